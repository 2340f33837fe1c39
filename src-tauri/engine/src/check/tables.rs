//! Tables that tell of the application by their names: sessions of signed-in users, the
//! migrations of its framework, and frameworks that change the schema by themselves.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Finding, Looked, Severity, Subject};
use crate::application::versions::{self, VersionTable, found};
use crate::dialect::{Connection, Database};
use crate::schema::{Schema, Table};

/// Words that the name of a table with sessions of users is made of.
const SESSIONS: [&str; 10] = [
    "sessions",
    "session",
    "user_sessions",
    "user_session",
    "django_session",
    "auth_sessions",
    "active_sessions",
    "refresh_tokens",
    "access_tokens",
    "personal_access_tokens",
];

/// Tables of migrations with their newest revision, and whether that is the expected one.
pub(super) async fn migrations(
    database: &dyn Database,
    connection: &mut dyn Connection,
    subject: Subject<'_>,
    expected: &[ExpectedRevision],
) -> crate::Result<Looked> {
    let tables = versions::read(database, connection, subject.schema).await?;
    let mut findings: Vec<Finding> = tables.iter().flat_map(told).collect();
    findings.extend(expected.iter().filter_map(|one| one.against(&tables)));
    let measured: Vec<String> =
        tables.iter().map(|table| format!("{} ({}): {}", table.table, table.tool, at(table))).collect();
    if findings.is_empty() {
        return Ok(Looked::passed("no table of migrations that Rekey knows"));
    }
    Ok(Looked::found(measured.join("; "), findings).noted())
}

fn at(table: &VersionTable) -> String {
    table.newest.as_ref().map_or_else(|| "it is empty".to_owned(), |head| format!("its newest revision is {head}"))
}

fn told(table: &VersionTable) -> Vec<Finding> {
    let object = table.table.to_string();
    let mut found = vec![Finding::new(
        Severity::Info,
        "RK-052",
        object.clone(),
        format!("{} writes its migrations down here; {}. It does not know of the conversion.", table.tool, at(table)),
        "Add a migration to the application's code that describes the new types, and mark it as carried out once the run is finished.",
    )];
    if !table.failed.is_empty() {
        found.push(Finding::new(
            Severity::Warn,
            "RK-332",
            object,
            format!("{} has migrations that failed or were never finished: {}.", table.tool, table.failed.join(", ")),
            "Bring them to an end, or take them back, before the run: nobody knows how much of them was carried out.",
        ));
    }
    found
}

/// The revision at which the application's code expects a migration tool to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ExpectedRevision {
    /// The tool.
    pub tool: String,
    /// The revision; of Django `app.name`.
    pub revision: String,
}

impl ExpectedRevision {
    /// Reads `TOOL=REVISION`.
    pub fn read(text: &str) -> Option<ExpectedRevision> {
        let (tool, revision) = text.split_once('=')?;
        let known = |tool: &str| versions::tools().any(|name| name.to_lowercase().contains(&tool.to_lowercase()));
        (!tool.is_empty() && !revision.is_empty() && known(tool))
            .then(|| ExpectedRevision { tool: tool.to_owned(), revision: revision.to_owned() })
    }

    fn against(&self, tables: &[VersionTable]) -> Option<Finding> {
        let word = self.tool.to_lowercase();
        let table = tables.iter().find(|table| table.tool.to_lowercase().contains(&word));
        if table.is_some_and(|table| table.is_at(&self.revision)) {
            return None;
        }
        let (object, found) = table.map_or_else(
            || (self.tool.clone(), "there is no table of its migrations".to_owned()),
            |table| (table.table.to_string(), at(table)),
        );
        Some(Finding::new(
            Severity::Block,
            "RK-333",
            object,
            format!("The application's code is at revision {} of {}, but {found}.", self.revision, self.tool),
            "Bring database and code to the same revision first, or correct the expected revision (--expect-revision) if it is the one that is wrong.",
        ))
    }
}

/// Frameworks that compare the tables with their models.
pub(super) fn auto_sync(schema: &Schema) -> Looked {
    let known = found(schema).into_iter();
    let mut signs: Vec<(String, &str, &str)> = known
        .filter_map(|(table, framework)| Some((table.name.to_string(), framework.tool, framework.sync?)))
        .collect();
    // Their columns are a weaker sign than a table of migrations.
    if found(schema).is_empty() {
        signs.extend(schema.tables.values().filter_map(|table| by_columns(schema, table)));
    }
    signs.extend(by_sequence(schema));
    let mut told = std::collections::BTreeSet::new();
    signs.retain(|(_, name, _)| told.insert(*name));
    let findings: Vec<Finding> = signs
        .iter()
        .map(|(object, name, setting)| {
            Finding::new(
                Severity::Warn,
                "RK-053",
                object.clone(),
                format!("The application seems to use {name}. With {setting} it would compare the tables with its models at the next start, change the columns back and lose the ids."),
                format!("See that {setting} is off before the run, and that the models say UUID before the application starts again."),
            )
        })
        .collect();
    let names: Vec<&str> = signs.iter().map(|(_, name, _)| *name).collect();
    if names.is_empty() {
        return Looked::passed("no sign of a framework that changes the schema by itself");
    }
    Looked::found(format!("signs of {}", names.join(", ")), findings)
}

// Sequelize gives every table the same columns (sequelize.org/docs: createdAt, updatedAt), and
// GORM an index of that name over the moment of deletion (gorm.io/docs/delete: idx_users_deleted_at).
fn by_columns(schema: &Schema, table: &Table) -> Option<(String, &'static str, &'static str)> {
    let object = table.name.to_string();
    if ["createdAt", "updatedAt"].iter().all(|name| table.column(name).is_some()) {
        return Some((object, "Sequelize or TypeORM", "sequelize.sync or synchronize: true"));
    }
    let index = format!("idx_{}_deleted_at", table.name.name);
    let has_index = schema.catalogue.objects.keys().any(|name| name.ends_with(&index));
    (has_index && table.column("deleted_at").is_some()).then_some((object, "GORM", "AutoMigrate"))
}

// Hibernate's own sequence (docs.hibernate.org, SequenceStyleGenerator: hibernate_sequence).
fn by_sequence(schema: &Schema) -> Option<(String, &'static str, &'static str)> {
    let mut names =
        schema.catalogue.objects.keys().map(String::as_str).chain(schema.tables.keys().map(|name| name.name.as_str()));
    let own = names.find(|name| name.ends_with("hibernate_sequence") || name.ends_with("hibernate_sequences"))?;
    Some((own.to_owned(), "Hibernate", "hibernate.hbm2ddl.auto=update"))
}

/// Sessions of signed-in users.
pub(super) async fn user_sessions(
    database: &dyn Database,
    connection: &mut dyn Connection,
    schema: &Schema,
) -> crate::Result<Looked> {
    let (mut measured, mut findings) = (Vec::new(), Vec::new());
    for table in
        schema.tables.values().filter(|table| SESSIONS.iter().any(|name| table.name.name.eq_ignore_ascii_case(name)))
    {
        let place = format!("{}.{}", database.quote(&table.name.schema), database.quote(&table.name.name));
        let sql = format!("SELECT {} FROM {place}", database.text("count(*)"));
        let rows = connection.query(&sql).await?.into_iter().flatten().flatten().next().unwrap_or_default();
        measured.push(format!("{}: {rows} rows", table.name));
        if rows != "0" {
            findings.push(Finding::new(
                Severity::Info,
                "RK-047",
                table.name.to_string(),
                format!("{rows} sessions of users are kept here. What they hold of ids outside converted columns, and what browsers and caches hold, stays old."),
                "Let users sign in again after the run: remove these rows and the sessions in caches while the application is stopped.",
            ));
        }
    }
    if measured.is_empty() {
        return Ok(Looked::passed("no table of sessions by its name"));
    }
    Ok(Looked::found(measured.join("; "), findings).noted())
}
