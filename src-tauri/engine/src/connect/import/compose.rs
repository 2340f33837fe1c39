//! Files of Docker Compose: databases that run in containers, as they are reached from outside.

use serde_json::Value;

use super::variables::{Style, Variables, unknown};
use super::{Found, product, yaml};
use crate::connect::draft::Draft;
use crate::schema::EngineKind;

/// A connection for each service whose image is that of a database.
pub fn read(text: &str, variables: &Variables) -> Result<Vec<Found>, String> {
    let documents = yaml::Documents::read(text)?;
    let services = documents.each().filter_map(|document| document.get("services")?.as_object()).flatten();
    Ok(services.filter_map(|(name, service)| one(name, service, variables)).collect())
}

fn one(name: &str, service: &Value, variables: &Variables) -> Option<Found> {
    let mut remarks = Vec::new();
    let image = variables.resolve(&yaml::scalar(service.get("image")?)?, Style::Compose, &mut remarks);
    let engine = engine_of(&image)?;
    let settings = environment(service, variables, &mut remarks);
    let mut draft = Draft { host: Some("127.0.0.1".to_owned()), remarks, ..Draft::of(engine) };
    match engine {
        EngineKind::Postgres => postgres(&mut draft, &settings),
        EngineKind::Mysql | EngineKind::Sqlite => mysql(&mut draft, &settings),
    }
    publish(&mut draft, service, variables);
    if service.get("env_file").is_some_and(|file| yaml::scalar(file).as_deref() != Some(".env")) {
        draft.remarks.push("More of its settings stand in its env_file, which was not read.".to_owned());
    }
    Some(Found::new(format!("service {name}"), draft))
}

// The last part of the name, without registry, tag and digest: an exporter or an
// administration page may bear the name of the database too.
fn engine_of(image: &str) -> Option<EngineKind> {
    let name = image.split('@').next()?.rsplit('/').next()?.split(':').next()?;
    let beside = ["exporter", "admin", "backup", "pgbouncer", "pgpool", "router", "client"];
    if beside.iter().any(|word| name.contains(word)) {
        return None;
    }
    product(name).filter(|engine| *engine != EngineKind::Sqlite)
}

fn environment(service: &Value, variables: &Variables, remarks: &mut Vec<String>) -> Variables {
    let mut settings = Variables::default();
    let mut set = |name: &str, value: Option<String>| match value {
        Some(value) => settings.add(name, &variables.resolve(&value, Style::Compose, remarks)),
        // A name alone is handed on.
        None => match variables.get(name) {
            Some(value) => settings.add(name, value),
            None => remarks.push(unknown(name)),
        },
    };
    match service.get("environment") {
        Some(Value::Object(values)) => values.iter().for_each(|(name, value)| set(name, yaml::scalar(value))),
        Some(Value::Array(lines)) => {
            lines.iter().filter_map(Value::as_str).for_each(|line| match line.split_once('=') {
                Some((name, value)) => set(name, Some(value.to_owned())),
                None => set(line, None),
            })
        }
        _ => {}
    }
    if service.get("env_file").is_some_and(|file| yaml::scalar(file).as_deref() == Some(".env")) {
        variables.each().for_each(|(name, value)| settings.add(name, value));
    }
    settings
}

fn postgres(draft: &mut Draft, settings: &Variables) {
    let first = |names: [&str; 2]| names.iter().find_map(|name| settings.get(name)).map(str::to_owned);
    let user = first(["POSTGRES_USER", "POSTGRESQL_USERNAME"]).unwrap_or_else(|| "postgres".to_owned());
    draft.database = first(["POSTGRES_DB", "POSTGRESQL_DATABASE"]).or_else(|| Some(user.clone()));
    draft.user = Some(user);
    secret(draft, settings, &["POSTGRES_PASSWORD", "POSTGRESQL_PASSWORD"]);
}

fn mysql(draft: &mut Draft, settings: &Variables) {
    let first = |part: &str| {
        ["MARIADB_", "MYSQL_"].iter().find_map(|prefix| settings.get(&format!("{prefix}{part}"))).map(str::to_owned)
    };
    draft.database = first("DATABASE");
    if draft.database.is_none() {
        draft.remarks.push("It names no database.".to_owned());
    }
    draft.user = first("USER");
    if draft.user.is_some() {
        return secret(draft, settings, &["MARIADB_PASSWORD", "MYSQL_PASSWORD"]);
    }
    draft.user = Some("root".to_owned());
    secret(draft, settings, &["MARIADB_ROOT_PASSWORD", "MYSQL_ROOT_PASSWORD"]);
}

fn secret(draft: &mut Draft, settings: &Variables, names: &[&str]) {
    match names.iter().find_map(|name| settings.get(name)) {
        Some(password) => draft.with_password(password),
        None if names.iter().any(|name| settings.get(&format!("{name}_FILE")).is_some()) => {
            draft.remarks.push("The password stands in a file of its own, which was not read.".to_owned());
        }
        None => {}
    }
}

fn publish(draft: &mut Draft, service: &Value, variables: &Variables) {
    let inside = if draft.engine == Some(EngineKind::Postgres) { 5432 } else { 3306 };
    let mut remarks = Vec::new();
    let ports = service.get("ports").and_then(Value::as_array).into_iter().flatten();
    let published = ports.filter_map(|port| mapped(port, variables, &mut remarks)).find(|(_, to)| *to == inside);
    draft.remarks.append(&mut remarks);
    match published {
        Some((Some(outside), _)) => draft.port = Some(outside),
        Some((None, _)) => draft
            .remarks
            .push("Docker chooses the port anew at each start: 'docker compose port' tells which it is.".to_owned()),
        None => draft
            .remarks
            .push("It publishes no port, so it can be reached only from containers in its network.".to_owned()),
    }
}

// The port outside, where one is fixed, and the one inside.
fn mapped(port: &Value, variables: &Variables, remarks: &mut Vec<String>) -> Option<(Option<u16>, u16)> {
    if let Some(inside) = port.get("target") {
        let outside = port.get("published").and_then(yaml::scalar);
        return Some((outside.and_then(|port| port.parse().ok()), yaml::scalar(inside)?.parse().ok()?));
    }
    let text = variables.resolve(&yaml::scalar(port)?, Style::Compose, remarks);
    let text = text.split('/').next().unwrap_or_default();
    let mut parts = text.rsplit(':');
    let inside = parts.next()?.parse().ok()?;
    Some((parts.next().and_then(|port| port.parse().ok()), inside))
}
