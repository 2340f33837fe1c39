//! MySQL and MariaDB, dumped as statements by the program that comes with the server.

mod asleep;
mod dump;
mod find;
mod freeze;
mod option_file;
mod scan;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;

use async_trait::async_trait;
use tokio::process::Command;

use super::dumper::{Dumper, Moment};
use super::file;
use super::private::Private;
use super::program::Program;
use super::{Rung, Work};
use crate::connect::{Address, tunnel};
use crate::dialect::mysql::sibling;
use crate::dialect::mysql::version::Version;
use crate::dialect::{Connection, Database, Login};
use crate::{Error, Result};

/// The program that dumps and the one that restores, of the server's own product.
pub(super) struct Programs {
    dump: Program,
    client: Program,
    server: Version,
    /// There are tables with history, which a dump must be told to hold.
    history: bool,
}

impl Programs {
    /// Finds them.
    pub async fn find(database: &dyn Database, folder: Option<&Path>) -> Result<Self> {
        find::find(database, folder).await
    }

    // Only what is in the private file counts, whatever files of settings this machine has.
    fn command(&self, program: &Program, private: &Private, login: &Login) -> Result<Command> {
        let settings = private.write("client.cnf", option_file::text(login, self.server.is_mariadb())?.as_bytes())?;
        let mut command = Command::new(&program.path);
        command.arg(joined("--defaults-file=", &settings)).stdin(Stdio::null()).stdout(Stdio::null());
        Ok(command)
    }
}

fn joined(option: &str, path: &Path) -> std::ffi::OsString {
    let mut whole = std::ffi::OsString::from(option);
    whole.push(path);
    whole
}

fn database(login: &Login) -> &str {
    match &login.address {
        Address::Mysql { database, .. } | Address::Postgres { database, .. } => database,
        Address::Sqlite { .. } => "",
    }
}

/// What a program said last, as an error of the kind it is.
fn complaint(rung: Rung, login: &Login, said: &str) -> Error {
    let detail =
        if said.is_empty() { "the program ended with an error and said nothing".to_owned() } else { said.to_owned() };
    let number = |numbers: &[&str]| {
        numbers.iter().any(|one| {
            [" ", "("]
                .iter()
                .any(|before| [" ", ")", ":"].iter().any(|after| said.contains(&format!("{before}{one}{after}"))))
        })
    };
    let user = match &login.address {
        Address::Mysql { user, .. } | Address::Postgres { user, .. } => user.clone(),
        Address::Sqlite { .. } => String::new(),
    };
    if number(&["1045", "1698", "1862", "1820", "3118"]) {
        return Error::Login { user, detail };
    }
    if number(&["2002", "2003", "2006", "2013", "1053", "2055", "1927"]) {
        return Error::ConnectionLost { detail };
    }
    let hint = if said.contains("max_allowed_packet") {
        "\nA row is longer than the server takes in one statement: SET GLOBAL max_allowed_packet = 1073741824, then make the backup again."
    } else {
        ""
    };
    Error::Backup { rung, detail: format!("{detail}{hint}") }
}

#[async_trait]
impl Dumper for Programs {
    fn programs(&self) -> [&Program; 2] {
        [&self.dump, &self.client]
    }

    fn client(&self) -> String {
        self.dump.label()
    }

    fn ending(&self) -> &'static str {
        "sql"
    }

    async fn freeze(&self, database: &dyn Database, connection: &mut dyn Connection) -> Result<Moment> {
        freeze::freeze(database, connection).await
    }

    async fn numbers(&self, connection: &mut dyn Connection) -> Result<BTreeMap<String, i128>> {
        crate::dialect::mysql::content::next_numbers(connection).await
    }

    async fn dump(&self, login: &Login, moment: &mut Moment, path: &Path, work: &Work<'_>) -> Result<()> {
        dump::dump(self, login, moment, path, work).await
    }

    async fn read_whole(&self, path: &Path, work: &Work<'_>) -> Result<()> {
        work.tell("Read the backup from end to end", None, 0, 0);
        let (path, cancel) = (path.to_owned(), work.cancel.clone());
        let reading = tokio::task::spawn_blocking(move || scan::scan(&path, &cancel));
        reading.await.map_err(|failure| Error::Internal { detail: failure.to_string() })?
    }

    async fn restore(&self, path: &Path, into: &Login, work: &Work<'_>) -> Result<()> {
        let private = Private::new()?;
        let mut command = self.command(&self.client, &private, into)?;
        command.args(["--binary-mode", "--batch", "--default-character-set=utf8mb4", "--max-allowed-packet=1G"]);
        command.arg(format!("--database={}", database(into))).stdin(Stdio::piped());
        let mut running = super::child::Running::start(command)?;
        let input = running.input();
        let filled = asleep::fill(path, input, self.sleeping(), work);
        // Where the program ends early, that is what is told, and not that nobody reads any more.
        let (filled, ended) = tokio::join!(filled, running.wait(work.cancel, &|_| false));
        let ended = ended?;
        if !ended.well {
            return Err(complaint(Rung::Restored, into, &ended.said));
        }
        filled
    }

    fn by_hand(&self, path: &Path, source: &Login, settings: &BTreeMap<String, String>) -> Vec<String> {
        let Address::Mysql { host, port, user, database, .. } = &source.address else { return Vec::new() };
        let by_ssh = tunnel::by_hand(&source.address);
        let place = if let Some((_, port)) = &by_ssh {
            format!("--host=127.0.0.1 --port={port} --protocol=tcp")
        } else if host.starts_with('/') {
            format!("--socket={}", word(host))
        } else {
            format!("--host={} --port={port} --protocol=tcp", word(host))
        };
        let client = format!("{} {place} --user={}", file::quoted(&self.client.path, ""), word(user));
        let create = sibling::statement(database, settings).unwrap_or_default();
        let mut lines = vec![
            "# Put the password into ~/.my.cnf, readable by you alone: [client] and below it password=\"...\""
                .to_owned(),
            "# The dump does not hold who was granted what. Events run from the moment they are restored.".to_owned(),
            "# If there is still a database of that name, the first line fails and nothing is changed.".to_owned(),
            format!("{client} --execute={} &&", word(&create)),
            format!(
                "{client} --binary-mode --default-character-set=utf8mb4 --max-allowed-packet=1G --database={} < {}",
                word(database),
                file::quoted(path, "")
            ),
        ];
        if let Some((line, _)) = by_ssh {
            lines.insert(0, line);
        }
        lines
    }
}

impl Programs {
    // How events are put to sleep that would run in a copy too.
    fn sleeping(&self) -> &'static str {
        if !self.server.is_mariadb() && self.server.number >= (8, 2, 0) {
            "DISABLE ON REPLICA"
        } else {
            "DISABLE ON SLAVE"
        }
    }
}

fn word(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
