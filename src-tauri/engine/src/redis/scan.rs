//! What is in a Redis server: the templates of its keys, with counts and examples.

use std::collections::BTreeMap;
use std::time::Instant;

use redis::Value;
use serde::Serialize;
use ts_rs::TS;

use super::rename::about;
use super::segment::template;
use super::tally::shown;
use super::walk::{Walk, bytes};
use super::{Profile, Server, Trouble};
use crate::execute::Cancel;
use crate::observer::{Event, Observer, Progress};

/// How many examples a template gets.
const EXAMPLES: usize = 5;
/// How many of its keys are kept to see whose ids stand in them.
const KEPT: usize = 20;
/// How many templates are told apart; keys without any order have as many as there are keys.
const TEMPLATES: usize = 5_000;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Found {
    /// The server and its database.
    pub server: String,
    /// True where the keys are spread over a cluster.
    pub cluster: bool,
    /// The masters that were looked at.
    #[ts(type = "number")]
    pub masters: usize,
    /// How many keys there are.
    #[ts(type = "number")]
    pub keys: u64,
    /// How many of them were looked at.
    #[ts(type = "number")]
    pub sampled: u64,
    /// The templates, the most frequent first.
    pub templates: Vec<TemplateFound>,
    /// Keys that were looked at and whose templates were too many to be told apart.
    #[ts(type = "number")]
    pub others: u64,
}

/// One template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct TemplateFound {
    /// The key with `{int}`, `{uuid}` and `{token}` where such segments stand.
    pub template: String,
    /// How many of the keys that were looked at have it.
    #[ts(type = "number")]
    pub count: u64,
    /// How many keys of the server that makes, where not all were looked at.
    #[ts(type = "number")]
    pub estimated: u64,
    /// The type of what is in them, by the examples; several are separated by commas.
    #[serde(rename = "type")]
    pub kind: String,
    /// Keys that have it.
    pub examples: Vec<String>,
    /// Whether the examples go by themselves: `none`, `some` or `all`.
    pub ttl: &'static str,
    /// Some of the keys as they are, to see whose ids stand in them.
    #[serde(skip)]
    pub keys: Vec<Vec<u8>>,
}

/// Looks at up to `most` keys, of every master the same share.
///
/// # Errors
/// As [`Server::open`] and [`Server::send`].
pub async fn scan(profile: &Profile, most: u64, observer: &dyn Observer, cancel: &Cancel) -> Result<Found, Trouble> {
    let mut server = Server::open(profile, cancel).await?;
    let masters = server.masters();
    let keys = server.size().await?;
    let share = most.div_ceil(u64::try_from(masters.len()).unwrap_or(1).max(1)).max(1);
    let mut seen: BTreeMap<String, (u64, Vec<Vec<u8>>)> = BTreeMap::new();
    let (mut sampled, mut others) = (0, 0);
    let began = Instant::now();
    let mut walk = Walk::new(&server, b"");
    let (mut at, mut here) = (walk.master(), 0);
    while let Some(page) = walk.next(&mut server).await? {
        if cancel.is_cancelled() {
            return Err(Trouble::Cancelled);
        }
        for key in page {
            sampled += 1;
            here += 1;
            let name = template(&key);
            let room = seen.len() < TEMPLATES;
            if !room && !seen.contains_key(&name) {
                others += 1;
                continue;
            }
            let (count, examples) = seen.entry(name).or_default();
            *count += 1;
            if examples.len() < KEPT {
                examples.push(key);
            }
        }
        observer.notice(progress(began, sampled, keys.min(most)));
        if walk.master() == at && here >= share {
            walk.leave();
        }
        if walk.master() != at {
            (at, here) = (walk.master(), 0);
        }
    }
    let mut templates = Vec::with_capacity(seen.len());
    for (name, (count, keys_of_it)) in seen {
        let examples = &keys_of_it[..keys_of_it.len().min(EXAMPLES)];
        let (kind, ttl) = about_examples(&mut server, examples).await?;
        let estimated = if sampled == 0 { 0 } else { scaled(count, keys.max(sampled), sampled) };
        let examples = examples.iter().map(|key| shown(key)).collect();
        templates.push(TemplateFound { template: name, count, estimated, kind, examples, ttl, keys: keys_of_it });
    }
    templates.sort_by(|one, other| other.count.cmp(&one.count).then(one.template.cmp(&other.template)));
    let (server_name, cluster) = (profile.address.place(), server.is_cluster());
    Ok(Found { server: server_name, cluster, masters: masters.len(), keys, sampled, templates, others })
}

fn progress(began: Instant, sampled: u64, all: u64) -> Event {
    Event::Progress(Progress {
        run: String::new(),
        step: "Look at the keys in Redis".to_owned(),
        number: 1,
        of: 1,
        table: None,
        rows_done: sampled,
        rows_total: all.max(sampled),
        elapsed: began.elapsed().as_secs_f64(),
        eta: None,
    })
}

fn scaled(count: u64, keys: u64, sampled: u64) -> u64 {
    u64::try_from(u128::from(count) * u128::from(keys) / u128::from(sampled)).unwrap_or(u64::MAX)
}

async fn about_examples(server: &mut Server, examples: &[Vec<u8>]) -> Result<(String, &'static str), Trouble> {
    let kinds = server.send(examples.iter().map(|key| about("TYPE", key)).collect()).await?;
    let times = server.send(examples.iter().map(|key| about("PTTL", key)).collect()).await?;
    let kinds = kinds.into_iter().filter_map(|answer| bytes(answer.said.ok()?));
    let mut kinds: Vec<String> = kinds.map(|kind| shown(&kind)).filter(|kind| kind != "none").collect();
    kinds.sort();
    kinds.dedup();
    let times: Vec<i64> = times
        .into_iter()
        .filter_map(|answer| if let Ok(Value::Int(time)) = answer.said { Some(time) } else { None })
        .filter(|time| *time != -2)
        .collect();
    let passing = times.iter().filter(|time| **time >= 0).count();
    let ttl = match passing {
        0 => "none",
        some if some == times.len() => "all",
        _ => "some",
    };
    Ok((kinds.join(","), ttl))
}
