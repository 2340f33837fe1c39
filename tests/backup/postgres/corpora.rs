//! Public databases, a hostile one and other versions of the server: backed up and proven, or
//! refused by name.

use libtest_mimic::Trial;

use super::{back_up, content, manifest, no_scratch, nothing_left, own_server, own_server_of};
use crate::support::postgres::{Database, shared, shared_of};
use crate::support::process::finish;
use crate::support::rekey::Rekey;
use crate::support::requirement::{Requirement, corpora, trial};

const HOSTILE: &str = include_str!("hostile.sql");
/// What describes every kind of object, for the trials of the fingerprint.
const EVERY_KIND: &str = include_str!("../../seeded/fingerprint.sql");
/// Its views that read themselves can be made in steps, but by no dump.
const RECURSIVE: &str = "postgrest";

/// One trial per database or version.
pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    let mut names: Vec<String> = std::fs::read_dir(corpora().join("postgresql"))
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok()?.strip_suffix(".sql").map(str::to_owned))
        .filter(|name| !name.ends_with(".rows"))
        .collect();
    names.sort();
    let needs = [Requirement::Postgres, Requirement::Corpora];
    if names.is_empty() {
        trials.push(trial("backup::postgres::corpora", &needs, || ()));
    }
    for name in names {
        trials.push(trial(&format!("backup::postgres::corpora::{name}"), &needs, move || take(&name)));
    }
    let needs = [Requirement::Postgres, Requirement::Installed(15)];
    trials.push(trial("backup::postgres::hostile_and_by_hand", &needs, hostile));
    for version in [12, 14] {
        let needs = [Requirement::Postgres, Requirement::Version(version)];
        trials.push(trial(&format!("backup::postgres::versions::{version}"), &needs, move || proven_on(version)));
    }
    for version in [16, 17, 18] {
        let needs = [Requirement::Postgres, Requirement::Version(version)];
        trials.push(trial(&format!("backup::postgres::versions::{version}"), &needs, move || refused_on(version)));
    }
    trials
}

fn take(name: &str) {
    let file = corpora().join(format!("postgresql/{name}.sql"));
    // Roles belong to the server: another trial may make those of this database at the same time.
    let makes_roles = std::fs::read_to_string(&file).unwrap().to_uppercase().contains("CREATE ROLE");
    let own = makes_roles.then(own_server);
    let database = Database::create_on(own.unwrap_or_else(shared), &format!("backup_{name}"));
    database.load(&file);
    let rows = corpora().join(format!("postgresql/{name}.rows.sql"));
    if rows.is_file() {
        database.load(&rows);
    }
    let rekey = Rekey::new(Some(database.server().password()));
    if name == RECURSIVE {
        let answer = back_up(&rekey, &database, &[]).expect(1);
        let what = answer.failure()["what"].as_str().unwrap().to_owned();
        assert!(what.contains("to be restored") && what.contains("VIEW"), "{what}");
        database.execute("DROP VIEW test.infinite_recursion; DROP VIEW test.self_recursive_view");
    }
    proven(&rekey, &database);
    drop(database);
    if let Some(server) = own {
        server.stop();
    }
}

fn proven(rekey: &Rekey, database: &Database) {
    let made = back_up(rekey, database, &[]).expect(0).json;
    assert_eq!(made["verified"], true, "{made:#}");
    let backup = manifest(&made);
    backup.check().unwrap();
    let tables = "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')";
    let digests = backup.digests.keys().filter(|name| name.starts_with("rows ")).count();
    assert_eq!(digests.to_string(), database.value(tables), "a digest for each table");
    eprintln!("{}: {} bytes, {digests} tables", database.name(), backup.bytes);
}

// On a server of its own: what is made there has roles, which all databases of a server share.
fn proven_on(version: u32) {
    let server = own_server_of(Some(version));
    let database = Database::create_on(server, "backed_up");
    database.execute(EVERY_KIND);
    proven(&Rekey::new(Some(server.password())), &database);
    drop(database);
    server.stop();
}

fn refused_on(version: u32) {
    let database = Database::create_on(shared_of(version), "backed_up");
    let rekey = Rekey::new(Some(database.server().password()));
    let answer = back_up(&rekey, &database, &[]);
    if answer.outcome.code == Some(0) {
        // A machine with newer clients.
        return;
    }
    let failure = answer.failure().to_string();
    assert!(failure.contains("new enough") && failure.contains(&format!("postgresql-client-{version}")), "{failure}");
}

// Everything that is hard to dump, in a database whose name is hard to write; then what the
// manifest says about restoring is typed, word by word.
fn hostile() {
    let server = own_server();
    let database = Database::create_on(server, "it's \"odd\" \\ %d $x é");
    database.execute(EVERY_KIND);
    database.execute(HOSTILE);
    let rekey = Rekey::new(Some(server.password()));
    let backup = manifest(&back_up(&rekey, &database, &[]).expect(0).json);
    no_scratch(server);
    let before = content(server, database.name());
    assert!(before.digests.contains_key("large objects") && before.digests.contains_key("rows rekey.run"));
    // Of the dump, so it must be restored.
    database.execute("DROP SUBSCRIPTION heard");
    let name = database.name().to_owned();
    drop(database);
    let passwords = rekey.path("pgpass");
    let password = server.password().replace('\\', "\\\\").replace(':', "\\:");
    std::fs::write(&passwords, format!("*:*:*:*:{password}\n")).unwrap();
    std::fs::set_permissions(&passwords, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let mut shell = std::process::Command::new("sh");
    shell.args(["-e", "-c", &backup.restore.join("\n")]).env("PGPASSFILE", &passwords);
    let typed = finish(&mut shell, None);
    assert_eq!(typed.code, Some(0), "{}\n{}", backup.restore.join("\n"), typed.stderr);
    let after = content(server, &name);
    assert_eq!(before.complaint(&after), None);
    let restored = std::mem::ManuallyDrop::new(Database::create_on(server, "beside"));
    let kept = "SELECT setconfig::text FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase WHERE d.datname LIKE 'it%'";
    assert!(restored.value(kept).contains("side.word"), "the settings of the database come back");
    nothing_left(&rekey, true);
    server.stop();
}
