//! From an address to a database that can be connected to.

mod address;
mod certificates;
mod draft;
pub mod import;
pub(crate) mod part;
mod settings;
mod ssh;
pub mod tunnel;
mod url;
pub mod way;

pub use self::url::read;
pub use address::{Address, Parsed, Tls, is_local_host};
pub use certificates::Certificates;
pub use draft::Draft;
pub use ssh::Ssh;

use secrecy::SecretString;

use crate::dialect::Database;
use crate::error::Result;

/// Makes the database that an address speaks of. Connects to nothing yet.
///
/// # Errors
/// [`crate::Error::Address`] where the address lacks what its product needs.
pub fn open(address: &Address, password: Option<SecretString>) -> Result<Box<dyn Database>> {
    Ok(match address {
        Address::Postgres { .. } => Box::new(crate::dialect::postgres::Postgres::new(address, password)?),
        Address::Mysql { .. } => Box::new(crate::dialect::mysql::Mysql::new(address, password)?),
        Address::Sqlite { path } => Box::new(crate::dialect::sqlite::Sqlite::new(path)),
    })
}
