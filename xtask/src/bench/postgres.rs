//! PostgreSQL: the floor is `VACUUM FULL` of both tables.
//!
//! The server is a child of this program, in a temporary folder, reachable through its
//! socket alone.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{Contest, Rows, Taken};
use crate::{Outcome, process};

const PORT: u16 = 5432;
const FLOOR: [&str; 2] = ["VACUUM FULL users", "VACUUM FULL orders"];

// What guides tell people to type, step by step: new columns, filled; the reference carried
// over by a join; then the columns change places, and what stood on the old ones is built again.
const RECIPE: &[(&str, &[&str])] = &[
    (
        "Add the new columns",
        &[
            "ALTER TABLE users ADD COLUMN new_id uuid",
            "ALTER TABLE orders ADD COLUMN new_id uuid, ADD COLUMN new_user_id uuid",
        ],
    ),
    (
        "Give every row its UUID",
        &["UPDATE users SET new_id = gen_random_uuid()", "UPDATE orders SET new_id = gen_random_uuid()"],
    ),
    (
        "Carry the reference over",
        &["UPDATE orders SET new_user_id = users.new_id FROM users WHERE users.id = orders.user_id"],
    ),
    (
        "Swap the columns",
        &[
            "ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey",
            "ALTER TABLE orders DROP COLUMN id, DROP COLUMN user_id",
            "ALTER TABLE users DROP COLUMN id",
            "ALTER TABLE users RENAME COLUMN new_id TO id",
            "ALTER TABLE orders RENAME COLUMN new_id TO id",
            "ALTER TABLE orders RENAME COLUMN new_user_id TO user_id",
            "ALTER TABLE orders ALTER COLUMN user_id SET NOT NULL",
        ],
    ),
    (
        "Build the keys again",
        &[
            "ALTER TABLE users ADD PRIMARY KEY (id), ALTER COLUMN id SET DEFAULT gen_random_uuid()",
            "ALTER TABLE orders ADD PRIMARY KEY (id), ALTER COLUMN id SET DEFAULT gen_random_uuid()",
        ],
    ),
    (
        "Build index and reference again",
        &[
            "CREATE INDEX orders_user_id ON orders (user_id)",
            "ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id)",
        ],
    ),
];

/// A server with a database for each side, all of the same content.
pub struct Server {
    programs: PathBuf,
    folder: PathBuf,
    // The user it runs as, where we are root: PostgreSQL refuses to be.
    user: Option<(u32, u32)>,
    child: Child,
}

impl Server {
    /// Starts it and fills the databases.
    pub fn start(folder: &Path, rows: Rows) -> Outcome<Self> {
        let server = Server::empty(folder)?;
        server.sql("postgres", &["CREATE DATABASE floor"])?;
        server.sql("floor", &script(rows))?;
        server.sql("floor", &["VACUUM ANALYZE"])?;
        server.sql(
            "postgres",
            &["CREATE DATABASE rekey TEMPLATE floor", "CREATE DATABASE recipe TEMPLATE floor", "CHECKPOINT"],
        )?;
        Ok(server)
    }

    /// Starts it without any database of ours.
    pub fn empty(folder: &Path) -> Outcome<Self> {
        let programs = programs()?;
        let user = ordinary_user(folder)?;
        let mut initdb = command(&programs.join("initdb"), folder, user);
        initdb.args(["--pgdata=data", "--username=bench", "--auth=trust", "--no-sync", "--encoding=UTF8"]);
        process::read(initdb.arg("--no-locale"))?;
        let mut server = command(&programs.join("postgres"), folder, user);
        server.args(["-D", "data", "-p", &PORT.to_string(), "-c", "listen_addresses="]);
        server.args(["-c", &format!("unix_socket_directories={}", folder.display())]);
        for setting in ["shared_buffers=256MB", "maintenance_work_mem=256MB", "max_wal_size=8GB", "autovacuum=off"] {
            server.args(["-c", setting]);
        }
        server.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let child = server.spawn().map_err(|error| format!("PostgreSQL could not be started: {error}"))?;
        let server = Server { programs, folder: folder.to_owned(), user, child };
        server.wait_until_ready()?;
        Ok(server)
    }

    fn wait_until_ready(&self) -> Outcome {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(30) {
            let mut ready = command(&self.programs.join("pg_isready"), &self.folder, self.user);
            if process::succeeds(ready.arg("--host").arg(&self.folder).args(["--port", &PORT.to_string()])) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err("PostgreSQL did not answer within 30 s".to_owned())
    }

    /// Sends statements and gives the answers of the last.
    pub fn sql<S: AsRef<str>>(&self, database: &str, statements: &[S]) -> Outcome<String> {
        let mut psql = command(&self.programs.join("psql"), &self.folder, self.user);
        psql.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", "bench", "-d", database]);
        psql.arg("--host").arg(&self.folder).args(["--port", &PORT.to_string()]);
        for statement in statements {
            psql.args(["-c", statement.as_ref()]);
        }
        process::read(&mut psql)
    }
}

impl Contest for Server {
    fn product(&self) -> String {
        format!("PostgreSQL {}", self.sql("postgres", &["SHOW server_version"]).unwrap_or_default())
    }

    fn floor_name(&self) -> &'static str {
        "VACUUM FULL"
    }

    fn floor(&mut self) -> Outcome<Duration> {
        let start = Instant::now();
        self.sql("floor", &FLOOR)?;
        let time = start.elapsed();
        // What the floor left to be written must not burden the other side.
        self.sql("postgres", &["CHECKPOINT"])?;
        Ok(time)
    }

    fn recipe(&mut self) -> Outcome<Vec<Taken>> {
        let mut taken = Vec::new();
        for (title, statements) in RECIPE {
            let start = Instant::now();
            self.sql("recipe", statements)?;
            taken.push((*title, start.elapsed()));
        }
        self.sql("postgres", &["CHECKPOINT"])?;
        Ok(taken)
    }

    fn target(&self) -> String {
        format!("postgres://bench@localhost:{PORT}/rekey?host={}", self.folder.display())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let mut stop = command(&self.programs.join("pg_ctl"), &self.folder, self.user);
        if !process::succeeds(stop.args(["stop", "-D", "data", "-m", "immediate"])) {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

// Debian keeps the server's programs off the search path; the newest version wins.
fn programs() -> Outcome<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().filter_map(Result::ok);
    let newest = versions
        .map(|entry| entry.path())
        .filter_map(|path| Some((path.file_name()?.to_str()?.parse::<u32>().ok()?, path.join("bin"))))
        .filter(|(_, folder)| folder.join("initdb").is_file())
        .max();
    newest
        .map(|(_, folder)| folder)
        .or_else(|| Some(process::on_path("initdb")?.parent()?.to_owned()))
        .ok_or_else(|| "PostgreSQL's server programs (initdb) were not found".to_owned())
}

/// A program that runs in the folder as that user.
pub fn command(program: &Path, folder: &Path, user: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder);
    #[cfg(unix)]
    if let Some((user, group)) = user {
        use std::os::unix::process::CommandExt;
        command.uid(user).gid(group);
    }
    #[cfg(not(unix))]
    let _ = user;
    command
}

/// The user that servers run as.
#[cfg(not(unix))]
pub fn ordinary_user(_: &Path) -> Outcome<Option<(u32, u32)>> {
    Err("the measurement with PostgreSQL runs on Linux and macOS only".to_owned())
}

/// Where we are root: an ordinary user, to whom the folder then belongs.
#[cfg(unix)]
pub fn ordinary_user(folder: &Path) -> Outcome<Option<(u32, u32)>> {
    if process::read(Command::new("id").arg("-u"))? != "0" {
        return Ok(None);
    }
    let id = |flag: &str, name: &str| process::read(Command::new("id").args([flag, name])).ok()?.parse::<u32>().ok();
    let user = ["postgres", "nobody"].into_iter().find_map(|name| Some((id("-u", name)?, id("-g", name)?)));
    let (user, group) = user.ok_or("neither the user postgres nor nobody exists; PostgreSQL refuses to run as root")?;
    std::os::unix::fs::chown(folder, Some(user), Some(group))
        .map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(Some((user, group)))
}

fn script(Rows { users, orders }: Rows) -> Vec<String> {
    vec![
        "CREATE TABLE users (id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, email text NOT NULL,
            name text, created_at timestamptz NOT NULL)"
            .to_owned(),
        "CREATE TABLE orders (id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
            user_id integer NOT NULL, status text NOT NULL, total_cents integer NOT NULL,
            created_at timestamptz NOT NULL)"
            .to_owned(),
        format!(
            "INSERT INTO users (email, name, created_at)
            SELECT 'user' || i || '@example.org', 'User ' || i, to_timestamp(1500000000 + i)
            FROM generate_series(1, {users}) AS i"
        ),
        format!(
            "INSERT INTO orders (user_id, status, total_cents, created_at)
            SELECT 1 + (i::bigint * 7919) % {users}, (ARRAY['new', 'paid', 'sent'])[1 + i % 3],
                (i::bigint * 37) % 100000, to_timestamp(1600000000 + i)
            FROM generate_series(1, {orders}) AS i"
        ),
        "ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id)".to_owned(),
        "CREATE INDEX users_email ON users (email)".to_owned(),
        "CREATE INDEX users_created_at ON users (created_at)".to_owned(),
        "CREATE INDEX orders_user_id ON orders (user_id)".to_owned(),
        "CREATE INDEX orders_created_at ON orders (created_at)".to_owned(),
    ]
}
