//! Checks of what holds for a whole server, each on a server of its own.

use super::Pair;
use super::bench::{Bench, fired, look, quiet};
use super::everywhere::shop;
use crate::support::mysql::{self, Product};
use crate::support::postgres::{Database, Server};
use crate::support::rekey::Rekey;
use crate::support::requirement::Requirement;
use crate::support::subject::{Postgres, Subject};
use crate::support::subject_mysql::Mysql;
use crate::support::versions::Programs;

const GALERA: &str = "/usr/lib/galera/libgalera_smm.so";

pub fn pairs() -> Vec<Pair> {
    let one = |check, test: fn()| Pair::new(check, "postgres", &[Requirement::Postgres], test);
    let mut pairs = vec![
        one("flavour", || on_own("flavour", "CREATE ROLE supabase_admin", "Supabase: limited")),
        one("replication", || on_own("replication", SLOT, "slot of_the_list (not in use)")),
        one("disk_for_log", || on_own("disk_for_log", SLOT, "1 slots keep it")),
        one("replica", replica),
    ];
    if std::path::Path::new(GALERA).is_file() {
        pairs.push(Pair::new("flavour", "mariadb", &[Requirement::Mariadb], galera));
    }
    for (product, needs) in [(Product::Mariadb, Requirement::Mariadb), (Product::Mysql, Requirement::Mysql)] {
        for (check, named) in [("replication", "binary log"), ("disk_for_log", "of binary log")] {
            pairs.push(Pair::new(check, product.name(), &[needs], move || logging(product, check, named)));
        }
        pairs.push(Pair::new("replica", product.name(), &[needs], move || reading(product)));
    }
    pairs
}

const SLOT: &str = "SELECT pg_create_physical_replication_slot('of_the_list', true)";

fn own() -> &'static Server {
    Box::leak(Box::new(Server::start(Programs::of(None).expect("the requirement was checked"))))
}

fn on_own(check: &str, fire: &str, named: &str) {
    let server = own();
    let subject = Postgres(Database::create_on(server, "list"));
    shop(&subject);
    Bench::new(&subject).pair(check, named, |bench| bench.subject.execute(fire));
    server.stop();
}

fn replica() {
    let server = Server::start(Programs::of(None).expect("the requirement was checked"));
    let tables = "CREATE TABLE customer (id int PRIMARY KEY, name text)";
    server.sql("postgres", tables);
    let rekey = Rekey::new(Some(server.password()));
    let url = server.url("postgres");
    rekey.done(&["plan", &url, "-o", "plan.json", "--all"]);
    quiet(&look(&rekey, &url, "replica"));
    let server = server.standing_by("CHECKPOINT");
    fired(&look(&rekey, &server.url("postgres"), "replica"), "RK-020");
    server.stop();
}

fn started(product: Product, settings: &'static [&'static str]) -> (&'static mysql::Server, Mysql) {
    let server: &'static mysql::Server = Box::leak(Box::new(mysql::Server::start(product, settings)));
    let subject = Mysql(mysql::Database::create_on(server, "list"));
    shop(&subject);
    (server, subject)
}

fn logging(product: Product, check: &str, named: &str) {
    let plain = Mysql(mysql::Database::create(product, &format!("list_{check}")));
    shop(&plain);
    Bench::new(&plain).is_quiet(check);
    let (server, subject) = started(product, &["--log-bin=bin", "--server-id=1", "--binlog-format=ROW"]);
    Bench::new(&subject).fires(check, named);
    drop(subject);
    server.stop();
}

fn reading(product: Product) {
    let (server, subject) = started(product, &[]);
    Bench::new(&subject).pair("replica", "read_only is on", |bench| bench.subject.execute("SET GLOBAL read_only = 1"));
    subject.0.sql("SET GLOBAL read_only = 0");
    drop(subject);
    server.stop();
}

// The plan is made where there is no cluster: in one there is none to be had.
fn galera() {
    let plain = Mysql(mysql::Database::create(Product::Mariadb, "list"));
    shop(&plain);
    let bench = Bench::new(&plain);
    bench.is_quiet("flavour");
    let settings: &[&str] = &[
        "--wsrep-on=ON",
        "--wsrep-provider=/usr/lib/galera/libgalera_smm.so",
        "--wsrep-cluster-address=gcomm://",
        "--wsrep-cluster-name=of_the_list",
        "--wsrep-node-address=127.0.0.1",
        "--wsrep-provider-options=gmcast.listen_addr=tcp://127.0.0.1:0;ist.recv_addr=127.0.0.1:0",
        "--binlog-format=ROW",
        "--innodb-autoinc-lock-mode=2",
        "--default-storage-engine=InnoDB",
    ];
    let (server, subject) = started(Product::Mariadb, settings);
    let rekey = Rekey::new(Some(server.password()));
    std::fs::copy(bench.rekey.path("plan.json"), rekey.path("plan.json")).unwrap();
    fired(&look(&rekey, &subject.target(), "flavour"), "Galera cluster: refused");
    drop(subject);
    server.stop();
}
