//! Who may not do it: references from a schema without rights, rows that security hides.

use crate::support::dump::assert_same;
use crate::support::journey::OVERRIDES;
use crate::support::postgres::{Database, shared};
use crate::support::rekey::Rekey;

const PASSWORD: &str = "case-reader-4711";

fn rekey_of(role: &str, database: &Database) -> (Rekey, String) {
    let url = shared().url(database.name()).replace("postgres@", &format!("{role}@"));
    (Rekey::new(Some(PASSWORD)), url)
}

/// Another schema's table points to the key, and whoever converts may not touch it: it is
/// named with its owner before anything happens.
pub fn referenced_from_elsewhere() {
    let database = Database::create("case_elsewhere");
    database.execute(&format!(
        "CREATE ROLE case_hr; CREATE ROLE case_app LOGIN PASSWORD '{PASSWORD}';
         GRANT CREATE ON DATABASE case_elsewhere TO case_app;
         CREATE TABLE person (id serial PRIMARY KEY, name text);
         ALTER TABLE person OWNER TO case_app;
         CREATE SCHEMA hr AUTHORIZATION case_hr;
         GRANT REFERENCES ON person TO case_hr;
         CREATE TABLE hr.pay (id serial PRIMARY KEY, person_id integer REFERENCES person (id), amount numeric);
         ALTER TABLE hr.pay OWNER TO case_hr;
         INSERT INTO person (name) VALUES ('Ann'), ('Ben');
         INSERT INTO hr.pay (person_id, amount) VALUES (2, 100), (NULL, 0)"
    ));
    let before = database.dump(&[]);
    let (rekey, url) = rekey_of("case_app", &database);
    let planned = rekey.json(&["plan", &url, "-o", "plan.json", "--domain", "public.person.id"]);
    let refused = if planned.outcome.code == Some(0) {
        rekey.json(&[&["run", &url, "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat()).expect(3)
    } else {
        planned.expect(3)
    };
    let told = refused.json.to_string();
    refused.failure();
    assert!(told.contains("hr.pay") && told.contains("case_hr"), "table and owner are not named: {refused}");
    assert_same("the dump after it was refused", &before, &database.dump(&[]));
    database.execute("DROP OWNED BY case_app, case_hr CASCADE; DROP ROLE case_app, case_hr");
}

/// Row security is forced upon the owner too: nobody could prove anything about rows that
/// are not seen.
pub fn hidden_rows() {
    let database = Database::create("case_hidden");
    database.execute(&format!(
        "CREATE ROLE case_owner LOGIN PASSWORD '{PASSWORD}';
         GRANT CREATE ON DATABASE case_hidden TO case_owner;
         CREATE TABLE letter (id serial PRIMARY KEY, reader text);
         INSERT INTO letter (reader) VALUES ('case_owner'), ('somebody'), (NULL);
         CREATE POLICY own ON letter USING (reader = current_user);
         ALTER TABLE letter ENABLE ROW LEVEL SECURITY;
         ALTER TABLE letter FORCE ROW LEVEL SECURITY;
         CREATE TABLE stamp (id serial PRIMARY KEY, price numeric);
         ALTER TABLE letter OWNER TO case_owner;
         ALTER TABLE stamp OWNER TO case_owner"
    ));
    let before = database.dump(&[]);
    let (rekey, url) = rekey_of("case_owner", &database);
    let plan = rekey.done(&["plan", &url, "-o", "plan.json", "--all"]);
    let refused = plan["refused"].to_string();
    assert!(refused.contains("RK-127") && refused.contains("public.letter"), "hidden rows are not told: {plan:#}");
    assert_eq!(plan["conversions"].as_array().map(Vec::len), Some(1), "the table beside it is converted: {plan:#}");
    assert_same("the dump after planning", &before, &database.dump(&[]));
    database.execute("DROP OWNED BY case_owner CASCADE; DROP ROLE case_owner");
}
