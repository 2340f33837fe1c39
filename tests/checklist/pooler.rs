//! PgBouncer in front of the shared server, in both of its ways.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::Pair;
use super::bench::{Bench, fired, quiet};
use super::everywhere::shop;
use crate::support::postgres::{Database, own, shared, unprivileged};
use crate::support::process::{Reaped, bound_to_us, find_program, finish, free_port, spawn_server, until};
use crate::support::requirement::Requirement;
use crate::support::subject::Postgres;

pub fn pairs() -> Vec<Pair> {
    vec![Pair::new("pooler", "postgres", &[Requirement::Postgres, Requirement::Pgbouncer], pooled)]
}

// A session of its own for each client passes; one that is handed around does not.
fn pooled() {
    let subject = Postgres(Database::create("list_pooler"));
    shop(&subject);
    let bench = Bench::new(&subject);
    bench.is_quiet("pooler");
    for (mode, hands_around) in [("session", false), ("transaction", true)] {
        let folder = tempfile::Builder::new().prefix("rk-pool-").tempdir().unwrap();
        let (_process, port) = start(folder.path(), mode);
        let url = format!("postgres://postgres@127.0.0.1:{port}/list_pooler");
        let check = bench.look_at(&url, "pooler");
        if hands_around { fired(&check, "RK-040") } else { quiet(&check) }
    }
}

fn start(folder: &Path, mode: &str) -> (Reaped, u16) {
    let server = shared();
    let word = server.password().replace('"', "\"\"");
    let port = free_port();
    std::fs::write(folder.join("users"), format!("\"postgres\" \"{word}\"\n")).unwrap();
    let settings = format!(
        "[databases]\n* = host=127.0.0.1 port={}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\n\
         auth_type = scram-sha-256\nauth_file = {folder}/users\npool_mode = {mode}\nunix_socket_dir =\n\
         ignore_startup_parameters = extra_float_digits\n",
        server.port(),
        folder = folder.display(),
    );
    std::fs::write(folder.join("pgbouncer.ini"), settings).unwrap();
    for path in [folder.to_owned(), folder.join("users"), folder.join("pgbouncer.ini")] {
        own(&path, unprivileged());
    }
    let program = find_program("pgbouncer").expect("the requirement was checked");
    let mut command = bound_to_us(&program, unprivileged());
    command.arg(folder.join("pgbouncer.ini")).current_dir(folder);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let process = spawn_server(command);
    until("the pooler's first answer", Duration::from_secs(20), || {
        let mut client = Command::new("psql");
        client.env("PGPASSWORD", server.password());
        client.args(["-XAtqc", "select 1", "-h", "127.0.0.1", "-U", "postgres", "-d", "list_pooler", "-p"]);
        (finish(client.arg(port.to_string()), None).code == Some(0)).then_some(())
    });
    (process, port)
}
