//! Databases behind an SSH server: the whole job through the system's `ssh`, what is refused and
//! why, and what is left when the way is lost.

use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use libtest_mimic::Trial;
use rekey::api::App;
use rekey::api::types::{ConnectionForm, Environment, PasswordSource, TestResult};
use rekey::secrets::SessionOnly;
use rekey_engine::connect::Ssh;

use crate::support::dump::assert_same;
use crate::support::failpoints::spoiling;
use crate::support::journey::{Journey, OVERRIDES};
use crate::support::mysql::Product;
use crate::support::postgres::shared;
use crate::support::process::{Reaped, drain, free_port, until};
use crate::support::rekey::Rekey;
use crate::support::requirement::{Requirement, trial};
use crate::support::sshd::Sshd;
use crate::support::subject::{Subject, new_postgres};
use crate::support::subject_mysql::new_mysql;

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    use Requirement::{Failpoints, Mariadb, Postgres, Ssh};
    vec![
        trial("ssh::whole_job::postgres", &[Postgres, Ssh], || whole_job(new_postgres("ssh_job").as_ref())),
        trial("ssh::whole_job::mariadb", &[Mariadb, Ssh], || {
            whole_job(new_mysql(Product::Mariadb, "ssh_job").as_ref());
        }),
        trial("ssh::cut::postgres", &[Postgres, Ssh, Failpoints], || {
            cut(new_postgres("ssh_cut").as_ref(), "SELECT pg_sleep(60)", 1);
        }),
        trial("ssh::cut::mariadb", &[Mariadb, Ssh, Failpoints], || {
            cut(new_mysql(Product::Mariadb, "ssh_cut").as_ref(), "DO SLEEP(60)", 5);
        }),
        trial("ssh::ends_with_us", &[Postgres, Ssh, Failpoints], ends_with_us),
        trial("ssh::refused", &[Postgres, Ssh], refused),
        trial("ssh::socket", &[Postgres, Ssh], socket),
        trial("ssh::connect", &[Postgres, Ssh], connect),
    ]
}

const TABLES: &str = "
CREATE TABLE shelf (id integer PRIMARY KEY, name varchar(20));
CREATE TABLE jar (id integer PRIMARY KEY, shelf_id integer NOT NULL, FOREIGN KEY (shelf_id) REFERENCES shelf (id));
INSERT INTO shelf VALUES (1, 'top'), (2, 'low');
INSERT INTO jar VALUES (7, 1), (8, 2), (9, 1);
";

fn planned<'a>(subject: &'a dyn Subject, sshd: &Sshd) -> Journey<'a> {
    subject.execute(TABLES);
    let mut journey = Journey::begin(subject);
    journey.rekey = journey.rekey.with_arguments(sshd.options("config"));
    journey.decide(&["--all", "--accept-defaults"]).expect(0);
    journey
}

fn whole_job(subject: &dyn Subject) {
    let mut sshd = Sshd::start("");
    let journey = planned(subject, &sshd);
    let target = subject.target();
    let inspected = journey.rekey.done(&["inspect", &target]);
    assert_eq!(inspected["tables"].as_array().unwrap().len(), 2);
    journey.check();
    // The programs of the product go the same way.
    let made = journey.rekey.done(&["backup", &target, "--dir", "backups"]);
    assert_eq!(made["verified"], true, "{made:#}");
    let by_hand = made["restore"].to_string();
    assert!(by_hand.contains("ssh -N") && by_hand.contains("'bastion'"), "{by_hand}");
    let backup = made["path"].as_str().unwrap();
    assert_eq!(journey.rekey.done(&["rehearse", &target, "--plan", "plan.json", "--backup", backup])["green"], true);
    let run = journey.convert();
    journey.rekey.done(&["validate", &target, "--run", &run]);
    journey.undo(&run);
    sshd.must_be_left();
    assert!(sshd.log().contains("Accepted publickey"), "{}", sshd.log());
    // Without it there is no way: nothing went past it.
    sshd.stop();
    let lost = journey.rekey.json(&["inspect", &target]).expect(1);
    assert_eq!(lost.failure()["code"], "RK-E16", "{lost}");
}

// True where a session of the database is at that statement.
fn is_at(subject: &dyn Subject, statement: &str) -> bool {
    let (list, text, database) = if subject.product() == "postgres" {
        ("pg_stat_activity", "query", "datname = current_database() AND state = 'active'")
    } else {
        ("information_schema.PROCESSLIST", "INFO", "DB = DATABASE()")
    };
    subject.answer(&format!("SELECT count(*) FROM {list} WHERE {text} LIKE '{statement}%' AND {database}")).trim()
        != "0"
}

// A run that waits just before its gate.
fn waiting(journey: &mut Journey<'_>, statement: &str) -> Reaped {
    let rekey = std::mem::replace(&mut journey.rekey, Rekey::new(None));
    let rekey = spoiling(rekey, statement);
    let target = journey.subject.target();
    let run = [&["run", &target, "--plan", "plan.json", "--yes", "--json"][..], &OVERRIDES].concat();
    let mut command = rekey.command(&run);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let process = Reaped::spawn(&mut command);
    journey.rekey = rekey.without_stop();
    until("the run to wait", Duration::from_secs(60), || is_at(journey.subject, statement).then_some(()));
    process
}

// In the middle of a run the way is gone: nothing is lost, and once there is a way again the run
// is made, or taken to its end.
fn cut(subject: &dyn Subject, statement: &str, code: i32) {
    let sshd = Sshd::start("");
    let mut journey = planned(subject, &sshd);
    let mut process = waiting(&mut journey, statement);
    let said = drain(process.0.stdout.take().unwrap());
    sshd.cut();
    let status = until("the end of the run", Duration::from_secs(90), || process.0.try_wait().unwrap());
    let told = String::from_utf8(said.join().unwrap()).unwrap();
    assert_eq!(status.code(), Some(code), "{told}");
    assert!(told.contains("RK-E10") && told.contains("through SSH by 'bastion' is gone"), "{told}");
    until("the server to let go", Duration::from_secs(60), || (!is_at(subject, statement)).then_some(()));
    let target = subject.target();
    let run = if code == 5 {
        let resumed = journey.rekey.done(&["resume", &target]);
        resumed["run"].as_str().unwrap_or_else(|| panic!("no run in {resumed:#}")).to_owned()
    } else {
        assert_same("the dump after the way was lost", &journey.start.dump, &subject.dump());
        journey.convert()
    };
    journey.assert_converted(&run);
    journey.undo(&run);
    sshd.must_be_left();
}

// Also where nobody is left to end it.
fn ends_with_us() {
    let subject = new_postgres("ssh_ends");
    let sshd = Sshd::start("");
    let mut journey = planned(subject.as_ref(), &sshd);
    let mut process = waiting(&mut journey, "SELECT pg_sleep(60)");
    assert_eq!(sshd.clients().len(), 1);
    process.kill();
    sshd.must_be_left();
}

fn refused() {
    let sshd = Sshd::start("");
    let rekey = Rekey::new(Some(shared().password()));
    let target = shared().url("postgres");
    let told = |options: &[String], target: &str, rekey: &Rekey, exit: i32| {
        let arguments: Vec<&str> = ["inspect", target].into_iter().chain(options.iter().map(String::as_str)).collect();
        let answer = rekey.json(&arguments).expect(exit);
        assert_eq!(answer.failure()["state"]["state"], "untouched", "{answer}");
        (answer.failure()["code"].as_str().unwrap().to_owned(), answer.failure().to_string())
    };
    for (config, code, word) in [
        ("wrong_key", "RK-E15", "Permission denied"),
        ("unknown", "RK-E14", "not known here yet"),
        ("changed", "RK-E14", "another key"),
    ] {
        let (found, said) = told(&sshd.options(config), &target, &rekey, 1);
        assert!(found == code && said.contains(word), "{config}: {said}");
    }
    let elsewhere = format!("postgres://postgres@127.0.0.1:{}/postgres", free_port());
    assert_eq!(told(&sshd.options("config"), &elsewhere, &rekey, 1).0, "RK-E17");
    let strict = Sshd::start("AllowTcpForwarding no");
    assert_eq!(told(&strict.options("config"), &target, &rekey, 1).0, "RK-E17");
    let to = |destination: &str| [format!("--ssh={destination}")];
    let proof = rekey.path("carried_out");
    for bad in [format!("-oProxyCommand=touch {}", proof.display()), "-V".to_owned(), "a b".to_owned()] {
        assert_eq!(told(&to(&bad), &target, &rekey, 2).0, "RK-E01", "{bad}");
    }
    assert!(!proof.exists());
    assert_eq!(told(&to("bastion"), "some.db", &rekey, 1).0, "RK-E05");
    std::fs::write(rekey.path("some.db"), "").unwrap();
    assert_eq!(told(&to("bastion"), "some.db", &rekey, 2).0, "RK-E01");
    let without = Rekey::new(Some(shared().password())).with_env("PATH", "/nonexistent");
    assert_eq!(told(&sshd.options("config"), &target, &without, 1).0, "RK-E13");
    rekey.json(&["inspect", &target, "--ssh-config", "file"]).expect(2);
    sshd.must_be_left();
}

// A server of PostgreSQL that listens at a socket of the other machine alone.
fn socket() {
    let subject = new_postgres("ssh_socket");
    subject.execute(TABLES);
    let sshd = Sshd::start("");
    let rekey = Rekey::new(Some(shared().password())).with_arguments(sshd.options("config"));
    let database = subject.target();
    let target = format!(
        "postgres:///{}?host={}&port={}&user=postgres",
        database.rsplit('/').next().unwrap(),
        shared().socket_folder().display(),
        shared().port()
    );
    let inspected = rekey.done(&["inspect", &target]);
    assert_eq!(inspected["tables"].as_array().unwrap().len(), 2, "{inspected:#}");
    let made = rekey.done(&["backup", &target, "--dir", "backups"]);
    assert_eq!(made["verified"], true, "{made:#}");
    sshd.must_be_left();
}

// What the window does on Connect: the stages of its test, the environment that must be chosen, and
// a connection that is kept with its way.
fn connect() {
    let subject = new_postgres("ssh_connect");
    let sshd = Sshd::start("");
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let app = App::new(folder.path(), Arc::new(SessionOnly::new()));
        let parsed = app.url_parse(&subject.target()).await.unwrap().form;
        let through = |config: &str| {
            let ssh = Ssh { destination: "bastion".to_owned(), config: sshd.config(config) };
            ConnectionForm { ssh, environment: None, ..parsed.clone() }
        };
        let password = || PasswordSource::Typed { password: shared().password().to_owned().into() };
        let passed = |told: &TestResult| told.stages.iter().map(|stage| stage.passed).collect::<Vec<_>>();

        let whole = app.connection_test(through("config"), password()).await.unwrap();
        assert_eq!(passed(&whole), [Some(true); 9], "{whole:?}");
        assert_eq!(whole.stages[1].title, "Connect through SSH");
        let unknown = app.connection_test(through("unknown"), password()).await.unwrap();
        assert_eq!(passed(&unknown)[..3], [Some(true), Some(false), None]);
        assert_eq!(unknown.failure.unwrap().code, "RK-E14");
        let nobody = ConnectionForm { port: free_port(), ..through("config") };
        let nobody = app.connection_test(nobody, password()).await.unwrap();
        assert_eq!(passed(&nobody)[..5], [Some(true), Some(true), Some(true), Some(false), None]);
        assert_eq!(nobody.failure.unwrap().code, "RK-E17");

        assert_eq!(app.connection_open(through("config"), password()).await.unwrap_err().code, "RK-E46");
        let kept =
            ConnectionForm { name: "behind".to_owned(), environment: Some(Environment::Staging), ..through("config") };
        app.connection_open(kept, password()).await.unwrap();
        let view = app.app_view().await.unwrap();
        assert_eq!(view.connections[0].form.ssh, through("config").ssh);
        assert!(view.connections[0].address.ends_with("through SSH by bastion"), "{}", view.connections[0].address);
        assert!(view.ssh.found);
        assert_eq!(sshd.clients().len(), 1);
        app.session_close().await.unwrap();
        sshd.must_be_left();
    });
}
