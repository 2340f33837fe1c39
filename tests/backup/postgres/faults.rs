//! What goes wrong around a backup: each stops it with the right words and leaves nothing.

use std::process::Command;
use std::time::Duration;

use libtest_mimic::Trial;

use super::{back_up, no_scratch, nothing_left, own_server, shim, words};
use crate::support::oracle::assert_secret_free;
use crate::support::postgres::{Database, Server, is_root, literal};
use crate::support::process::{LIMIT, family, finish, until};
use crate::support::rekey::{Answer, Rekey};
use crate::support::requirement::{Requirement, trial};

/// All of them.
pub fn trials() -> Vec<Trial> {
    let needs = &[Requirement::Postgres];
    let mut trials = vec![
        trial("backup::postgres::programs_missing_or_old", needs, programs),
        trial("backup::postgres::programs_that_lie", needs, liars),
        trial("backup::postgres::no_secret_and_cancelled", needs, seen_from_outside),
        trial("backup::postgres::password_changed", needs, password_changed),
        trial("backup::postgres::server_restarted", needs, server_restarted),
        trial("backup::postgres::folder_in_the_way", needs, folder_in_the_way),
    ];
    match cannot_mount() {
        None => trials.push(trial("backup::postgres::disk_full_and_read_only", needs, disk)),
        Some(reason) => {
            let name = "backup::postgres::disk_full_and_read_only";
            eprintln!("skipped: {name}: {reason}");
            trials.push(Trial::test(name, || Ok(())).with_ignored_flag(true));
        }
    }
    trials
}

fn filled(server: &'static Server, rows: u32) -> Database {
    let database = Database::create_on(server, "shop");
    database.execute(&format!(
        "CREATE TABLE item (id integer PRIMARY KEY, a uuid, b uuid, c uuid);
         INSERT INTO item SELECT n, gen_random_uuid(), gen_random_uuid(), gen_random_uuid() FROM generate_series(1, {rows}) n"
    ));
    database
}

// The failure in one text, after it was found whole.
fn said(answer: Answer) -> String {
    let answer = answer.expect(1);
    assert_eq!(answer.failure()["state"]["state"], "untouched", "{answer}");
    answer.failure().to_string()
}

fn contains(said: &str, words: &[&str]) {
    for word in words {
        assert!(said.contains(word), "'{word}' is not said: {said}");
    }
}

fn programs() {
    let server = own_server();
    let database = filled(server, 10);
    let rekey = Rekey::new(Some(server.password()));
    let folder = rekey.file("programs");
    let attempt = || said(back_up(&rekey, &database, &["--programs", &folder]));
    std::fs::create_dir_all(rekey.path("programs")).unwrap();
    contains(&attempt(), &["RK-E34", "no pg_dump was found in", "apt install postgresql-client-", "--programs"]);
    shim::write(&rekey, "pg_dump", "echo 'pg_dump (PostgreSQL) 11.22'");
    contains(&attempt(), &["RK-E34", "new enough", "pg_dump 11.22 at"]);
    shim::before(&rekey, "pg_dump", "");
    contains(&attempt(), &["RK-E34", "no pg_restore of its version"]);
    shim::write(&rekey, "pg_restore", "echo 'pg_restore (PostgreSQL) 11.22'");
    contains(&attempt(), &["RK-E34", "no pg_restore of its version"]);
    shim::write(&rekey, "pg_dump", "echo nonsense");
    contains(&attempt(), &["no pg_dump was found in"]);
    no_scratch(server);
    server.stop();
}

// They end well and did nothing, or half of it, or talk without end.
fn liars() {
    let server = own_server();
    let database = filled(server, 2000);
    let rekey = Rekey::new(Some(server.password()));
    let folder = rekey.file("programs");
    let attempt = || back_up(&rekey, &database, &["--programs", &folder]);
    shim::before(&rekey, "pg_restore", "");
    shim::before(&rekey, "pg_dump", "exit 0");
    contains(&said(attempt()), &["RK-E35", "read from end to end"]);
    let real = shim::real("pg_dump");
    let path = "for word in \"$@\"; do case \"$word\" in --file=*) path=${word#--file=};; esac; done";
    let half =
        format!("{path}\n{real} \"$@\" || exit 1\ntruncate -s $(( $(stat -c %s \"$path\") / 2 )) \"$path\"\nexit 0");
    shim::before(&rekey, "pg_dump", &half);
    contains(&said(attempt()), &["RK-E35", "read from end to end", "pg_restore"]);
    // Of another moment: rows are missing, and everything else is whole.
    let other = format!("{real} \"$@\" --exclude-table-data=item\nexit $?");
    shim::before(&rekey, "pg_dump", &other);
    contains(&said(attempt()), &["RK-E35", "compared with its source", "rows public.item"]);
    shim::before(
        &rekey,
        "pg_dump",
        "head -c 100000000 /dev/zero | tr '\\0' 'x' >&2; echo >&2; echo 'pg_dump: error: gave up' >&2; exit 1",
    );
    contains(&said(attempt()), &["RK-E35", "to be written", "gave up"]);
    shim::before(&rekey, "pg_dump", "");
    attempt().expect(0);
    no_scratch(server);
    server.stop();
}

// What other users of the machine see of a running backup; then it is interrupted.
fn seen_from_outside() {
    let server = own_server();
    let database = filled(server, 10);
    let rekey = Rekey::new(Some(server.password()));
    let mut children = Vec::new();
    let answer = shim::meanwhile(&rekey, &words(&database, &[]), |process| {
        children = family(process);
        assert!(children.len() > 1, "it has no children");
        for child in &children[1..] {
            for file in ["cmdline", "environ"] {
                let seen = std::fs::read(format!("/proc/{child}/{file}")).unwrap_or_default();
                assert_secret_free(file, &seen, server.password());
                assert!(file == "cmdline" || !seen.windows(11).any(|word| word == b"PGPASSWORD="));
            }
        }
        let mode = |path: &std::path::Path| {
            std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path).unwrap().permissions()) & 0o777
        };
        let private = std::fs::read_dir(rekey.path("tmp")).unwrap().flatten().next().expect("a private folder").path();
        assert_eq!((mode(&private), mode(&private.join("login"))), (0o700, 0o600));
    });
    let made = answer.expect(0).json;
    let manifest = std::fs::read(made["manifest"].as_str().unwrap()).unwrap();
    assert_secret_free("the manifest", &manifest, server.password());
    std::fs::remove_dir_all(rekey.path("out")).unwrap();
    let answer = shim::meanwhile(&rekey, &words(&database, &[]), |process| {
        children = family(process);
        let stopped = finish(Command::new("sh").args(["-c", &format!("kill -INT {process}")]), None);
        assert_eq!(stopped.code, Some(0));
        let gone = |child: &u32| {
            std::fs::read_to_string(format!("/proc/{child}/stat")).map_or(true, |stat| stat.contains(") Z "))
        };
        until("the end of the children", LIMIT, || children[1..].iter().all(gone).then_some(()));
    });
    contains(&said(answer), &["RK-E31"]);
    nothing_left(&rekey, false);
    no_scratch(server);
    server.stop();
}

// Whoever is in stays in, but the scratch database needs a new login.
fn password_changed() {
    let server = own_server();
    server.sql("postgres", &format!("CREATE ROLE keeper SUPERUSER LOGIN PASSWORD {}", literal(server.password())));
    let database = filled(server, 10);
    let rekey = Rekey::new(Some(server.password()));
    let url = server.url("shop").replace("postgres@", "keeper@");
    let words = ["backup", &url, "--dir", "out"].map(str::to_owned);
    let change = |word: &str| server.sql("postgres", &format!("ALTER ROLE keeper PASSWORD {}", literal(word)));
    let answer = shim::meanwhile(&rekey, &words, |_| change("another"));
    contains(&said(answer), &["password"]);
    nothing_left(&rekey, false);
    change(server.password());
    shim::meanwhile(&rekey, &words, |_| ()).expect(0);
    no_scratch(server);
    drop(database);
    server.stop();
}

// While the dump is being written.
fn server_restarted() {
    let mut server = Server::start(crate::support::versions::Programs::of(None).unwrap());
    server.sql("postgres", "CREATE TABLE item AS SELECT n, gen_random_uuid() AS a, gen_random_uuid() AS b FROM generate_series(1, 1000000) n");
    let rekey = Rekey::new(Some(server.password()));
    let url = server.url("postgres");
    let answer = shim::finish(&rekey, &["backup", &url, "--dir", "out", "--json"], |_| {
        let written = || {
            std::fs::read_dir(rekey.path("out")).into_iter().flatten().flatten().find_map(|file| file.metadata().ok())
        };
        until("the first bytes", Duration::from_secs(30), || {
            written().is_some_and(|file| file.len() > 100_000).then_some(())
        });
        server.restart();
    });
    let told = said(answer);
    assert!(told.contains("RK-E10") || (told.contains("RK-E35") && told.contains("to be written")), "{told}");
    nothing_left(&rekey, false);
    let again = rekey.json(&["backup", &url, "--dir", "out"]);
    again.expect(0);
    let left = finish(
        server
            .client("psql", "postgres")
            .args(["-XAtc", "SELECT count(*) FROM pg_database WHERE datname LIKE 'rekey%'"]),
        None,
    );
    assert_eq!(left.text().trim(), "0");
    server.stop();
}

fn folder_in_the_way() {
    let server = own_server();
    let database = filled(server, 10);
    let rekey = Rekey::new(Some(server.password()));
    std::fs::write(rekey.path("out"), "a file").unwrap();
    let words = words(&database, &["--json"]);
    let answer =
        rekey.judge(&[], finish(&mut rekey.command(&words.iter().map(String::as_str).collect::<Vec<_>>()), None));
    assert_eq!(answer.outcome.code, Some(1), "{answer}");
    contains(&answer.outcome.text(), &["RK-E33", "out"]);
    assert_eq!(std::fs::read_to_string(rekey.path("out")).unwrap(), "a file");
    no_scratch(server);
    server.stop();
}

fn mount(options: &str, place: &std::path::Path) -> bool {
    let _ = std::fs::create_dir_all(place);
    finish(Command::new("mount").args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(place), None).code == Some(0)
}

fn unmount(place: &std::path::Path) {
    let _ = finish(Command::new("umount").arg(place), None);
}

fn cannot_mount() -> Option<String> {
    if !is_root() {
        return Some("a small file system can only be mounted as root".to_owned());
    }
    let folder = tempfile::tempdir().unwrap();
    let mounted = mount("size=1m", folder.path());
    unmount(folder.path());
    (!mounted).then(|| "this machine lets nobody mount a small file system".to_owned())
}

struct Small<'a>(&'a std::path::Path);

impl Drop for Small<'_> {
    fn drop(&mut self) {
        unmount(self.0);
    }
}

fn disk() {
    let server = own_server();
    let database = filled(server, 100_000);
    let rekey = Rekey::new(Some(server.password()));
    let out = rekey.path("out");
    {
        assert!(mount("size=1m", &out));
        let _small = Small(&out);
        contains(&said(back_up(&rekey, &database, &[])), &["RK-E35", "too little room", "MB are free"]);
    }
    {
        assert!(mount("size=40m", &out));
        let _small = Small(&out);
        let filler = out.join("filler");
        let answer = shim::meanwhile(&rekey, &words(&database, &[]), |_| {
            // Up to the last megabyte.
            let fill = format!("dd if=/dev/zero of='{}' bs=1M count=39 2>&1", filler.display());
            finish(Command::new("sh").args(["-c", &fill]), None);
        });
        contains(&said(answer), &["RK-E35", "to be written", "No space left on device"]);
        std::fs::remove_file(filler).unwrap();
        nothing_left(&rekey, false);
    }
    {
        assert!(mount("size=40m,ro", &out));
        let _small = Small(&out);
        contains(&said(back_up(&rekey, &database, &[])), &["RK-E33", "Read-only file system"]);
    }
    no_scratch(server);
    server.stop();
}
