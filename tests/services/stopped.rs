//! Sessions that are open, and sessions that are gone.

use libtest_mimic::Trial;
use serde_json::{Value, json};

use super::Home;
use crate::support::holder::Holder;
use crate::support::mysql::{self, Product};
use crate::support::postgres::{Database, shared};
use crate::support::process::{LIMIT, Reaped, drain, until};
use crate::support::rekey::Rekey;
use crate::support::requirement::{Requirement, trial};
use crate::support::sqlite::File;

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    vec![
        trial("services are known by their sessions on PostgreSQL", &[Requirement::Postgres], postgres),
        trial("services are waited for until they are gone", &[Requirement::Postgres], waited_for),
        trial("services are seen by whoever may see little", &[Requirement::Postgres], little),
        trial("services are known by their users on MariaDB", &[Requirement::Mariadb], || users(Product::Mariadb)),
        trial("services are known by their users on MySQL", &[Requirement::Mysql], || users(Product::Mysql)),
        trial("services are known by their programs on SQLite", &[Requirement::SqliteTool], sqlite),
    ]
}

fn home(password: Option<&str>, sessions: &Value) -> Home {
    Home::of(Rekey::new(password), &json!({ "sessions": sessions }))
}

fn postgres() {
    let database = Database::create("services_sessions");
    let url = shared().url(database.name());
    let home = home(
        Some(shared().password()),
        &json!([{ "application": "gunicorn*" }, { "application": "celery", "user": "postgres" }]),
    );
    let look = || home.services("stopped", &["--target", &url, "--wait", "0"]);
    assert_eq!(look().expect(0).json["standing"], "stopped");
    let celery = Holder::postgres(&database, "SET application_name = 'celery'");
    let other = Holder::postgres(&database, "SET application_name = 'backup of ann'");
    let told = look().expect(1);
    told.failure();
    assert_eq!(
        (&told.json["standing"], &told.json["theirs"][0]["session"]),
        (&json!("running"), &json!(celery.said())),
        "{told}"
    );
    assert_eq!(
        (&told.json["theirs"][0]["application"], &told.json["others"][0]["application"]),
        (&json!("celery"), &json!("backup of ann"))
    );
    assert_eq!(told.json["theirs"].as_array().unwrap().len(), 1, "{told}");
    celery.release();
    let told = home.services("stopped", &["--target", &url]).expect(0);
    assert_eq!(told.json["others"][0]["session"], other.said(), "{told}");
    let everybody = Home::of(Rekey::new(Some(shared().password())), &json!({}));
    let told = everybody.services("stopped", &["--target", &url, "--wait", "0"]).expect(1);
    assert_eq!(told.json["theirs"][0]["session"], other.said(), "without signs everybody counts: {told}");
}

fn waited_for() {
    let database = Database::create("services_waits");
    let home = home(Some(shared().password()), &json!([{ "application": "worker" }]));
    let worker = Holder::postgres(&database, "SET application_name = 'worker'");
    let url = shared().url(database.name());
    let mut command =
        home.rekey.command(&["services", "stopped", "services.json", "--target", &url, "--wait", "100", "--json"]);
    command.stdout(std::process::Stdio::piped());
    let mut waiting = Reaped::spawn(&mut command);
    let said = drain(waiting.0.stdout.take().unwrap());
    until("Rekey to look", LIMIT, || {
        (database.value(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'rekey' AND datname = current_database()",
        ) != "0")
            .then_some(())
    });
    assert!(waiting.0.try_wait().unwrap().is_none(), "it did not wait");
    worker.release();
    let status = until("the end of the command", LIMIT, || waiting.0.try_wait().unwrap());
    assert_eq!(status.code(), Some(0));
    let told: Value = serde_json::from_slice(&said.join().unwrap()).unwrap();
    assert_eq!(told["standing"], "stopped", "{told:#}");
}

// Without a right to look at others their sessions are there all the same.
fn little() {
    let database = Database::create("services_little");
    database.execute("CREATE ROLE services_little LOGIN PASSWORD 'services-canary-77'");
    let url = shared().url(database.name()).replace("//postgres@", "//services_little@");
    let _worker = Holder::postgres(&database, "SET application_name = 'worker'");
    let seen = |sessions: Value| {
        let home = home(Some("services-canary-77"), &sessions);
        home.services("stopped", &["--target", &url, "--wait", "0"])
    };
    let told = seen(json!([{ "application": "worker" }])).expect(1);
    assert_eq!(told.json["standing"], "running", "{told}");
    let told = seen(json!([{ "host": "10.1.2.3" }])).expect(1);
    assert_eq!(told.json["standing"], "unclear", "{told}");
    database.execute("DROP ROLE services_little");
}

fn users(product: Product) {
    let database = mysql::Database::create(product, "services_users");
    let home = home(
        Some(database.server().password()),
        &json!([{ "user": "own*", "host": "local*" }, { "user": "own*", "host": "127.*" }]),
    );
    let look = |wait: &str| home.services("stopped", &["--target", &database.url(), "--wait", wait]);
    assert_eq!(look("0").expect(0).json["standing"], "stopped");
    let worker = Holder::mysql(&database, "SELECT 1");
    let told = look("0").expect(1);
    let sessions: Vec<&str> =
        told.json["theirs"].as_array().unwrap().iter().map(|one| one["session"].as_str().unwrap()).collect();
    assert!(sessions.len() == 1, "{told}");
    worker.release();
    look("60").expect(0);
    let nameless = self::home(Some(database.server().password()), &json!([{ "application": "gunicorn" }]));
    let told = nameless.services("stopped", &["--target", &database.url()]).expect(1);
    assert_eq!(told.json["standing"], "unclear", "{told}");
}

fn sqlite() {
    let file = File::create("services.db");
    file.execute("CREATE TABLE users (id INTEGER PRIMARY KEY)");
    let home = home(None, &json!([{ "application": "sqlite3" }]));
    let path = file.path().display().to_string();
    let look = || home.services("stopped", &["--target", &path, "--wait", "0"]);
    assert_eq!(look().expect(0).json["standing"], "stopped");
    let holder = Holder::sqlite(&file, "SELECT 1");
    let told = look().expect(1);
    assert_eq!(told.json["theirs"][0]["session"], holder.process_id().to_string(), "{told}");
    holder.release();
    assert!(look().expect(0).json["caution"].is_string());
}
