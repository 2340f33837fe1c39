//! The engine itself, as the command drives it.

use rekey_engine::connect::{self, Address};
use rekey_engine::dialect::{Access, Connection, Database};
use rekey_engine::inspect::Inspection;
use rekey_engine::schema::Schema;
use rekey_engine::secret::secret;

use crate::support::mysql::{self, Server};

/// A database with whatever runs its work.
pub struct Wire {
    runtime: tokio::runtime::Runtime,
    /// The database.
    pub database: Box<dyn Database>,
}

impl Wire {
    /// As the owner.
    pub fn new(database: &mysql::Database) -> Wire {
        Wire::to(database.server(), &database.url(), database.server().password())
    }

    /// As somebody else.
    pub fn to(_: &Server, url: &str, password: &str) -> Wire {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let address = Address::parse(url).unwrap().address;
        Wire { runtime, database: connect::open(&address, Some(secret(password))).unwrap() }
    }

    /// Does a piece of work.
    pub fn block<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// A connection.
    pub fn connect(&self, access: Access) -> Box<dyn Connection> {
        self.block(self.database.connect(access, "rekey: test")).unwrap()
    }

    /// What the planner is told.
    pub fn schema(&self) -> Schema {
        let mut connection = self.connect(Access::Read);
        self.block(self.database.inspect(connection.as_mut())).unwrap()
    }

    /// What a person is told.
    pub fn inspection(&self) -> Inspection {
        let mut connection = self.connect(Access::Read);
        self.block(rekey_engine::inspect::inspect(self.database.as_ref(), connection.as_mut())).unwrap()
    }

    /// The catalogue's fingerprint.
    pub fn fingerprint(&self) -> String {
        let mut connection = self.connect(Access::Read);
        self.block(self.database.catalogue(connection.as_mut())).unwrap().fingerprint()
    }
}
