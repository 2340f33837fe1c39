//! The engine's own connection to a database under test: what is asked here is asked in the
//! way the gate asks it.

use rekey_engine::connect::{self, Address, Tls};
use rekey_engine::dialect::{Access, Connection, Database, Row};
use rekey_engine::schema::Catalogue;
use rekey_engine::secret::secret;
use serde_json::Value;

use crate::support::subject::Subject;

/// One connection that may write.
pub struct Wire {
    runtime: tokio::runtime::Runtime,
    database: Box<dyn Database>,
    connection: Box<dyn Connection>,
}

impl Wire {
    /// Connects.
    pub fn open(subject: &dyn Subject) -> Wire {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut address = Address::parse(&subject.target()).unwrap().address;
        if let Address::Postgres { tls, .. } = &mut address {
            *tls = Tls::Off;
        }
        let database = connect::open(&address, subject.password().map(secret)).unwrap();
        let connection = runtime.block_on(database.connect(Access::Write, "a test of the oracles")).unwrap();
        Wire { runtime, database, connection }
    }

    /// Sends statements.
    pub fn execute(&mut self, statements: &str) {
        let outcome = self.runtime.block_on(self.connection.execute(statements));
        outcome.unwrap_or_else(|error| panic!("{statements}: {error:?}"));
    }

    /// Asks.
    pub fn query(&mut self, query: &str) -> Vec<Row> {
        let outcome = self.runtime.block_on(self.connection.query(query));
        outcome.unwrap_or_else(|error| panic!("{query}: {error:?}"))
    }

    /// Asks for a single value.
    pub fn value(&mut self, query: &str) -> String {
        self.query(query).into_iter().flatten().flatten().next().unwrap_or_default()
    }

    /// The server's major version.
    pub fn version(&mut self) -> u32 {
        self.value("SELECT current_setting('server_version_num')").parse::<u32>().unwrap() / 10_000
    }

    /// The catalogue as the gate reads it.
    pub fn catalogue(&mut self) -> Catalogue {
        self.runtime.block_on(self.database.catalogue(self.connection.as_mut())).unwrap()
    }

    /// Sends a defect, asks, and takes it back. Where the server refuses it, its reason.
    pub fn spoilt<T>(&mut self, statements: &str, ask: impl FnOnce(&mut Wire) -> T) -> Result<T, String> {
        let statements = format!(
            "BEGIN; SET LOCAL search_path = public, pg_catalog; {statements}; SET LOCAL search_path = pg_catalog"
        );
        let sent = self.runtime.block_on(self.connection.execute(&statements));
        let answer = sent.map_err(|error| format!("{error:?}")).map(|()| ask(self));
        self.execute("ROLLBACK");
        answer
    }
}

/// A proof of a plan: its id and both its questions.
#[derive(Debug, Clone)]
pub struct Proof {
    /// Such as `rows public.jar`.
    pub id: String,
    /// What is asked of the old keys.
    pub before: String,
    /// What is asked of the new ones.
    pub after: String,
}

/// The proofs in a plan's file, and its assertions: these are asked of the new keys alone.
pub fn proofs(file: &std::path::Path) -> Vec<Proof> {
    let plan: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let text = |proof: &Value, field: &str| proof[field].as_str().unwrap().to_owned();
    let proofs = plan["proofs"].as_array().expect("a plan holds its proofs").iter();
    let proofs =
        proofs.map(|proof| Proof { id: text(proof, "id"), before: text(proof, "before"), after: text(proof, "after") });
    let assertions = plan["assertions"].as_array().expect("a plan holds its assertions").iter();
    let assertions = assertions.map(|one| Proof {
        id: text(one, "id"),
        before: format!("SELECT '{}'", text(one, "expect")),
        after: text(one, "sql"),
    });
    proofs.chain(assertions).collect()
}
