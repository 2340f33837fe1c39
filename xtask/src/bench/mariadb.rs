//! MariaDB: the floor is `ALTER TABLE ... FORCE` of both tables.
//!
//! The server is a child of this program, in a temporary folder, on a free port of this
//! machine alone. Its settings are its own: the servers of small teams run near them.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::postgres::{command, ordinary_user};
use super::{Contest, Rows};
use crate::{Outcome, process};

const FLOOR: [&str; 2] = ["ALTER TABLE users FORCE", "ALTER TABLE orders FORCE"];
const SIDES: [&str; 2] = ["floor", "rekey"];

/// A server with a database for each side, all of the same content.
pub struct Server {
    child: Child,
    port: u16,
}

impl Server {
    /// Starts it and fills the databases.
    pub fn start(folder: &Path, rows: Rows) -> Outcome<Self> {
        let user = ordinary_user(folder)?;
        let data = folder.join("data");
        let mut install = command(Path::new("mariadb-install-db"), folder, user);
        install.args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"]);
        process::read(install.arg(format!("--datadir={}", data.display())))?;
        let port = free_port()?;
        let mut server = command(&program()?, folder, user);
        server.args(["--no-defaults", "--bind-address=127.0.0.1", "--skip-log-bin", "--skip-name-resolve"]);
        for (name, path) in [("datadir", &data), ("socket", &folder.join("s")), ("pid-file", &folder.join("pid"))] {
            server.arg(format!("--{name}={}", path.display()));
        }
        server.arg(format!("--port={port}"));
        server.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let child = server.spawn().map_err(|error| format!("MariaDB could not be started: {error}"))?;
        let server = Server { child, port };
        server.wait_until_ready()?;
        for side in SIDES {
            server.sql("", &[format!("CREATE DATABASE {side}")])?;
            server.sql(side, &script(rows))?;
        }
        Ok(server)
    }

    fn wait_until_ready(&self) -> Outcome {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(60) {
            if self.sql("", &["SELECT 1".to_owned()]).is_ok() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err("MariaDB did not answer within 60 s".to_owned())
    }

    fn sql(&self, database: &str, statements: &[String]) -> Outcome<String> {
        let mut client = Command::new("mariadb");
        client.args(["--no-defaults", "-u", "root", "-h", "127.0.0.1", "-N", "-B", "-P"]).arg(self.port.to_string());
        client.args(["-e", &statements.join(";\n")]);
        process::read(client.args(Some(database).filter(|name| !name.is_empty())).stderr(Stdio::null()))
    }
}

impl Contest for Server {
    fn product(&self) -> String {
        let asked = "SELECT CONCAT('MariaDB ', VERSION(), ', buffer pool ', @@innodb_buffer_pool_size DIV 1048576, \
                     ' MB, log ', @@innodb_log_file_size DIV 1048576, ' MB')";
        self.sql("", &[asked.to_owned()]).unwrap_or_default().trim().to_owned()
    }

    fn floor_name(&self) -> &'static str {
        "ALTER TABLE ... FORCE"
    }

    fn floor(&mut self) -> Outcome<Duration> {
        let start = Instant::now();
        self.sql("floor", &FLOOR.map(str::to_owned))?;
        Ok(start.elapsed())
    }

    fn target(&self) -> String {
        format!("mysql://root@127.0.0.1:{}/rekey", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

// Debian keeps the server off the search path of ordinary users.
fn program() -> Outcome<PathBuf> {
    let usual = PathBuf::from("/usr/sbin/mariadbd");
    process::on_path("mariadbd")
        .or_else(|| usual.is_file().then_some(usual))
        .ok_or_else(|| "MariaDB's server (mariadbd) was not found".to_owned())
}

fn free_port() -> Outcome<u16> {
    let found = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    found.map(|address| address.port()).map_err(|error| format!("no free port: {error}"))
}

fn script(Rows { users, orders }: Rows) -> Vec<String> {
    vec![
        "CREATE TABLE users (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, email varchar(100) NOT NULL,
            name varchar(100), created_at datetime NOT NULL)"
            .to_owned(),
        "CREATE TABLE orders (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, user_id int NOT NULL,
            status varchar(10) NOT NULL, total_cents int NOT NULL, created_at datetime NOT NULL)"
            .to_owned(),
        format!(
            "INSERT INTO users (id, email, name, created_at)
            SELECT seq, CONCAT('user', seq, '@example.org'), CONCAT('User ', seq), FROM_UNIXTIME(1500000000 + seq)
            FROM seq_1_to_{users}"
        ),
        format!(
            "INSERT INTO orders (id, user_id, status, total_cents, created_at)
            SELECT seq, 1 + (seq * 7919) % {users}, ELT(1 + seq % 3, 'new', 'paid', 'sent'), (seq * 37) % 100000,
                FROM_UNIXTIME(1600000000 + seq)
            FROM seq_1_to_{orders}"
        ),
        "ALTER TABLE users ADD INDEX users_email (email), ADD INDEX users_created_at (created_at)".to_owned(),
        "ALTER TABLE orders ADD INDEX orders_user_id (user_id), ADD INDEX orders_created_at (created_at),
            ADD FOREIGN KEY (user_id) REFERENCES users (id)"
            .to_owned(),
        "ANALYZE TABLE users, orders".to_owned(),
    ]
}
