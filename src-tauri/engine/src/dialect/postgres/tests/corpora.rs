//! Schemas and data written by others: converted, proven, taken back, compared by dump.

use std::collections::BTreeMap;

use super::job::Job;
use super::server::{Server, corpus};

async fn there_and_back(name: &str) {
    let Some(script) = corpus(name) else { return };
    let Some(server) = Server::start() else { return };
    let database = server.create(name, &script);
    let before = server.dump(name);
    let job = Job::plan(database).await.unwrap();
    assert!(!job.conversions.is_empty(), "{name} has keys to convert");
    for (round, _) in ["first", "again"].iter().enumerate() {
        assert_eq!(job.convert().await.unwrap(), Vec::<String>::new(), "{name} is converted, round {round}");
        let left = server.sql(name, "SELECT count(*) FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name) WHERE t.table_type = 'BASE TABLE' AND table_schema = 'public' AND data_type = 'uuid'");
        assert_eq!(left.trim(), job.blueprint.assertions[0].expect, "{name} has UUIDs everywhere");
        assert_eq!(job.undo().await.unwrap(), Vec::<String>::new(), "{name} is taken back, round {round}");
        let after = server.dump(name);
        assert!(before == after, "{name} is as before:\n{}", first_difference(&before, &after));
    }
}

/// Schemas that hold more than this version carries: whatever has no obstacle and no block is
/// converted and taken back; the rest is refused by name.
async fn as_far_as_it_goes(name: &str, data: bool) {
    let Some(mut script) = corpus(name) else { return };
    if data {
        let Some(rows) = corpus(&format!("{name}.rows")) else {
            return;
        };
        script.push_str(&rows);
    }
    let Some(server) = Server::start() else { return };
    let database = server.create(name, &script);
    let before = server.dump(name);
    // What is left out can make a view of the rest invalid, so it is asked until nothing new comes up.
    let mut refused = BTreeMap::new();
    let mut job = Job::plan(database).await.unwrap();
    // Whatever can be taken away until the undo is answered so.
    let mut answers = job.answers().await.unwrap();
    job = Job::plan_some(job.database, |_| true, &answers).await.unwrap();
    loop {
        let more = job.refused().await.unwrap();
        if more.is_empty() {
            break;
        }
        refused.extend(more);
        job = Job::plan_some(job.database, |root| !refused.contains_key(root), &answers).await.unwrap();
        answers.extend(job.answers().await.unwrap());
    }
    eprintln!("{name}: {} domains converted, answered {answers:#?}, refused {refused:#?}", job.conversions.len());
    assert!(!job.conversions.is_empty(), "{name} has something to convert");
    assert_eq!(job.convert().await.unwrap(), Vec::<String>::new(), "{name} is converted");
    assert_eq!(job.undo().await.unwrap(), Vec::<String>::new(), "{name} is taken back");
    let after = server.dump(name);
    assert!(before == after, "{name} is as before:\n{}", first_difference(&before, &after));
}

pub fn first_difference(before: &str, after: &str) -> String {
    let pairs = before.lines().zip(after.lines());
    let lines: Vec<String> = pairs.filter(|(a, b)| a != b).take(5).map(|(a, b)| format!("- {a}\n+ {b}")).collect();
    lines.join("\n")
}

#[tokio::test]
async fn chinook() {
    there_and_back("chinook").await;
}

#[tokio::test]
async fn chinook_identity() {
    there_and_back("chinook_identity").await;
}

#[tokio::test]
async fn northwind() {
    there_and_back("northwind").await;
}

#[tokio::test]
async fn sakila() {
    there_and_back("sakila").await;
}

#[tokio::test]
async fn danbooru() {
    as_far_as_it_goes("danbooru", true).await;
}

#[tokio::test]
async fn farmbot() {
    as_far_as_it_goes("farmbot", true).await;
}

#[tokio::test]
async fn guacamole() {
    as_far_as_it_goes("guacamole", true).await;
}

#[tokio::test]
async fn kanboard() {
    as_far_as_it_goes("kanboard", true).await;
}

#[tokio::test]
async fn petclinic() {
    as_far_as_it_goes("petclinic", false).await;
}

#[tokio::test]
async fn postgrest() {
    as_far_as_it_goes("postgrest", false).await;
}
