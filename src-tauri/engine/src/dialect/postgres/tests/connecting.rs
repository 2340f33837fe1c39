//! Connections: what goes wrong is told as what it is, and nothing leaks.

use super::job::Job;
use super::server::Server;
use crate::connect::{Address, Certificates, Tls};
use crate::dialect::postgres::Postgres;
use crate::dialect::{Access, Database as _};
use crate::error::Error;
use crate::schema::TableName;

#[tokio::test]
async fn errors_say_what_it_is() {
    let Some(server) = Server::start() else { return };
    let database = server.create("one", "CREATE TABLE t (id serial PRIMARY KEY); CREATE ROLE mallory LOGIN;");
    let open = |port, user: &str, name: &str| {
        let address = Address::Postgres {
            host: "127.0.0.1".into(),
            port,
            user: user.into(),
            database: name.into(),
            tls: Tls::Off,
            certificates: Certificates::default(),
            ssh: crate::connect::Ssh::default(),
        };
        Postgres::new(&address, Some("canary-5f1b".to_owned().into())).unwrap()
    };
    let fails = async |database: Postgres| database.connect(Access::Read, "rekey: test").await.err().unwrap();
    assert!(
        matches!(fails(open(server.port, "owner", "two")).await, Error::NoDatabase { database } if database == "two")
    );
    assert!(matches!(fails(open(server.port, "nobody", "one")).await, Error::Login { user, .. } if user == "nobody"));
    let nowhere = fails(open(1, "owner", "one")).await;
    assert!(matches!(&nowhere, Error::Unreachable { place, .. } if place == "127.0.0.1:1/one"));
    assert!(!format!("{nowhere:?}").contains("canary"));

    let mut reader = database.connect(Access::Read, "rekey: test").await.unwrap();
    assert!(matches!(reader.execute("CREATE TABLE u (id int)").await, Err(Error::ReadOnly { .. })));
    assert!(matches!(reader.query("SELECT nonsense").await, Err(Error::Statement { code, .. }) if code == "42703"));
    let mallory = open(server.port, "mallory", "one");
    let mut other = mallory.connect(Access::Write, "rekey: test").await.unwrap();
    assert!(matches!(other.execute("DROP TABLE public.t").await, Err(Error::Rights { .. })));
    other.execute_with("SELECT set_config('rekey.x', $1, false)", &[Some("it's".to_owned())]).await.unwrap();
    assert_eq!(
        other.query("SELECT current_setting('rekey.x'), NULL").await.unwrap(),
        vec![vec![Some("it's".to_owned()), None]]
    );

    let interrupter = reader.interrupter();
    let sleep = reader.query("SELECT pg_sleep(30)::text");
    let (outcome, ()) = tokio::join!(sleep, async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        interrupter.interrupt().await;
    });
    assert!(matches!(outcome, Err(Error::Statement { code, .. }) if code == "57014"));
    server.sql("one", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'rekey: test' AND usename = 'owner'");
    assert!(matches!(reader.query("SELECT 1::text").await, Err(Error::ConnectionLost { .. })));
}

#[tokio::test]
async fn one_runner_at_a_time_and_blockers_by_name() {
    let Some(server) = Server::start() else { return };
    let database = server.create("one", "CREATE TABLE t (id serial PRIMARY KEY)");
    let lock = database.run_lock("abc123").await.unwrap();
    let second = database.run_lock("def456").await.err().unwrap();
    assert!(matches!(&second, Error::AnotherRunner { run, .. } if run == "abc123"), "{second:?}");
    lock.release().await;
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    database.run_lock("def456").await.unwrap().release().await;

    let mut holder = database.connect(Access::Write, "someone else").await.unwrap();
    holder.execute("BEGIN").await.unwrap();
    holder.execute("LOCK TABLE public.t IN ACCESS SHARE MODE").await.unwrap();
    let mut writer = database.connect(Access::Write, "rekey: test").await.unwrap();
    writer.execute("BEGIN").await.unwrap();
    let refused = writer.execute("LOCK TABLE public.t IN ACCESS EXCLUSIVE MODE").await.unwrap_err();
    assert!(database.is_lock_timeout(&refused), "{refused:?}");
    let blockers = database.blockers(&[TableName::new("public", "t")]).await.unwrap();
    assert_eq!(blockers.len(), 1);
    assert_eq!(
        (blockers[0].application.as_str(), blockers[0].user.as_str(), blockers[0].state.as_str()),
        ("someone else", "owner", "idle in transaction")
    );
    assert!(blockers[0].query.starts_with("LOCK TABLE"));
}

#[tokio::test]
async fn rows_written_since_get_fresh_integers() {
    let Some(server) = Server::start() else { return };
    let script = "CREATE TABLE p (id serial PRIMARY KEY, name text); INSERT INTO p (name) VALUES ('a'), ('b'), ('c');
        CREATE TABLE c (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, p_id int REFERENCES p, name text); INSERT INTO c (p_id, name) VALUES (1, 'x'), (2, 'y');
        CREATE TABLE app (id int PRIMARY KEY); INSERT INTO app VALUES (40);
        CREATE ROLE writer; GRANT ALL ON p, c TO writer;";
    let job = Job::plan(server.create("one", script)).await.unwrap();
    assert_eq!(job.convert().await.unwrap(), Vec::<String>::new());
    server.sql("one", "SET ROLE writer; WITH n AS (INSERT INTO p (name) VALUES ('new') RETURNING id) INSERT INTO c (p_id, name) SELECT id, 'of new' FROM n; INSERT INTO p (name) VALUES ('newer')");
    server.sql("one", "INSERT INTO app VALUES (gen_random_uuid()); DELETE FROM p WHERE name = 'c'");
    let versions = server.sql("one", "SELECT DISTINCT substr(id::text, 15, 1) FROM p");
    assert_eq!(versions.trim(), "7");
    assert_eq!(job.undo().await.unwrap(), Vec::<String>::new());
    assert_eq!(server.sql("one", "SELECT id, name FROM p ORDER BY id"), "1|a\n2|b\n4|new\n5|newer\n");
    assert_eq!(server.sql("one", "SELECT id, p_id, name FROM c ORDER BY id"), "1|1|x\n2|2|y\n3|4|of new\n");
    assert_eq!(server.sql("one", "SELECT id FROM app ORDER BY id"), "40\n41\n");
    server.sql("one", "INSERT INTO p (name) VALUES ('next'); INSERT INTO c (name) VALUES ('next')");
    assert_eq!(server.sql("one", "SELECT max(p.id), max(c.id) FROM p, c"), "6|4\n");
}
