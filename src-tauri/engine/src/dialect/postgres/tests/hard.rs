//! The hard cases: everything that this version says it carries.

use std::time::Duration;

use super::job::Job;
use super::server::Server;
use crate::check::Severity;
use crate::dialect::{Access, Database as _};
use crate::execute::{Cancel, Overrides, RunOptions, keep, run, runs, undo};
use crate::observer::Silent;
use crate::plan::{Choices, Conversion, Storage, UuidVersion, build};
use crate::schema::domains;

#[tokio::test]
async fn everything_at_once() {
    let Some(server) = Server::start() else { return };
    let database = server.create("hard", include_str!("hard.sql"));
    let before = server.dump("hard");
    let job = Job::plan(database).await.unwrap();
    assert_eq!(job.schema.obstacles, Vec::new());
    let mut connection = job.database.connect(Access::Read, "rekey: test").await.unwrap();
    let found = job.database.probe(connection.as_mut(), &job.schema, &job.conversions).await.unwrap();
    let blocks: Vec<_> = found.iter().filter(|(_, finding)| finding.severity >= Severity::Ask).collect();
    assert!(blocks.is_empty(), "{blocks:#?}");
    assert_eq!(job.convert().await.unwrap(), Vec::<String>::new());
    assert_eq!(job.undo().await.unwrap(), Vec::<String>::new());
    let after = server.dump("hard");
    assert!(before == after, "{}", super::corpora::first_difference(&before, &after));
}

// Who only looks is not made to wait for the catalogue.
#[tokio::test]
async fn the_catalogue_adds_nothing_to_what_is_found() {
    let Some(server) = Server::start() else { return };
    let database = server.create("hard", include_str!("hard.sql"));
    let mut connection = database.connect(Access::Read, "rekey: test").await.unwrap();
    let whole = database.inspect(connection.as_mut()).await.unwrap();
    let bare = database.structure(connection.as_mut()).await.unwrap();
    assert!(bare.catalogue.objects.is_empty() && !whole.catalogue.objects.is_empty());
    let found = domains(&whole);
    assert_eq!(found, domains(&bare));
    let conversions: Vec<Conversion> =
        found.iter().map(|domain| Conversion::of(&whole, domain, UuidVersion::V7, Storage::Uuid)).collect();
    let with = database.probe(connection.as_mut(), &whole, &conversions).await.unwrap();
    let without = database.probe(connection.as_mut(), &bare, &conversions).await.unwrap();
    assert!(with.iter().any(|(_, finding)| finding.rule == "RK-139"), "no index is offered");
    assert_eq!(with, without);
}

#[tokio::test]
async fn planned_and_run_as_users_do() {
    let Some(server) = Server::start() else { return };
    let database = server.create("hard", include_str!("hard.sql"));
    let before = server.dump("hard");
    let mut connection = database.connect(Access::Read, "rekey: test").await.unwrap();
    let choices = Choices { accept_defaults: true, ..Choices::default() };
    let built = build(&database, connection.as_mut(), &choices).await.unwrap();
    assert!(built.plan.refused.is_empty(), "{:#?}", built.plan.refused);
    let options = RunOptions {
        run: "0123456789".into(),
        tool_version: "test".into(),
        lock_limit: Duration::from_secs(10),
        safety_net: crate::execute::SafetyNet::default(),
        overrides: Overrides::default(),
    };
    run(&database, &built.plan, &options, &Silent, &Cancel::default()).await.unwrap();
    let stored = runs(&database, connection.as_mut()).await.unwrap();
    undo(&database, &stored[0], &options, &Silent, &Cancel::default()).await.unwrap();
    let after = server.dump("hard");
    assert!(before == after, "{}", super::corpora::first_difference(&before, &after));
    assert_eq!(server.sql("hard", "SELECT count(*) FROM pg_namespace WHERE nspname = 'rekey'").trim(), "0");

    // A second time, and for good: only what new rows need stays.
    let mut connection = database.connect(Access::Read, "rekey: test").await.unwrap();
    let built = build(&database, connection.as_mut(), &choices).await.unwrap();
    run(&database, &built.plan, &options, &Silent, &Cancel::default()).await.unwrap();
    let stored = runs(&database, connection.as_mut()).await.unwrap();
    keep(&database, &stored[0], &options, &Silent).await.unwrap();
    let left =
        server.sql("hard", "SELECT relname FROM pg_class WHERE relnamespace = 'rekey'::regnamespace AND relkind = 'r'");
    assert_eq!(left, "run\n");
    server.sql(
        "hard",
        "INSERT INTO shop.customer (name) VALUES ('after'); INSERT INTO public.event_big (a_id) VALUES (NULL)",
    );
}
