//! A server or a cluster: who holds which key, and commands that reach their node whatever
//! happens on the way.
//!
//! Nodes are chosen here and not by the library: a cluster's SCAN must go to every master, and
//! pipelines of keys of several slots to each of theirs.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use redis::aio::MultiplexedConnection;
use redis::{Cmd, Pipeline, ServerError, Value};

use super::topology::{self, Place, Topology};
use super::{Profile, Trouble, slot};
use crate::execute::Cancel;

/// The first pause before something is tried again, and the longest.
const PAUSES: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(5));
/// How often a command follows a slot that moved before a pause is made.
const HOPS: u32 = 3;

/// A command and the key that says where it goes.
#[derive(Debug, Clone)]
pub struct Request {
    slot: u16,
    command: Cmd,
}

impl Request {
    /// A command about a key.
    pub fn new(key: &[u8], command: Cmd) -> Self {
        Request { slot: slot::of(key), command }
    }
}

/// What a node said to a command.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The value, or why the server did not do it.
    pub said: Result<Value, ServerError>,
    /// True where it was sent before over a connection that broke: it may have been done then.
    pub again: bool,
}

/// A server or a cluster, connected.
pub struct Server {
    profile: Profile,
    cancel: Cancel,
    topology: Topology,
    links: BTreeMap<Place, MultiplexedConnection>,
    // How often the nodes were others than before: a walk over them then begins anew.
    turns: u64,
    // How many connections were opened: what a broken one watched, the next one does not.
    opened: u64,
    // How long the command at hand was tried, see `whole`.
    trying: Option<Wait>,
}

/// What became of a pipeline that must be carried out as a whole.
#[derive(Debug)]
pub(super) enum Whole {
    /// It was; errors that concern single commands are among the values.
    Said(Vec<Value>),
    /// It was not, or nobody knows.
    Again,
}

enum Outcome {
    Said(Result<Value, ServerError>),
    // The slot is elsewhere, for good or for this command alone.
    Moved,
    Asking(Place),
    // May pass by itself.
    Later(String),
    Lost(String),
    Denied(Trouble),
}

impl Server {
    /// Connects, and finds out whether it is a cluster.
    ///
    /// # Errors
    /// [`Trouble::Unreachable`], [`Trouble::Denied`].
    pub async fn open(profile: &Profile, cancel: &Cancel) -> Result<Server, Trouble> {
        let mut link = profile.connect().await?;
        let topology = topology::read(&mut link, profile).await?;
        let mut links = BTreeMap::new();
        if let Topology::Single = topology {
            links.insert(Place::Itself, link);
        }
        Ok(Server {
            profile: profile.clone(),
            cancel: cancel.clone(),
            topology,
            links,
            turns: 0,
            opened: 0,
            trying: None,
        })
    }

    /// True where keys are spread over several nodes.
    pub fn is_cluster(&self) -> bool {
        matches!(self.topology, Topology::Cluster { .. })
    }

    /// Every master.
    pub fn masters(&self) -> Vec<Place> {
        self.topology.masters()
    }

    /// How often the nodes were looked up again.
    pub fn turns(&self) -> u64 {
        self.turns
    }

    /// How many connections were opened since it was.
    pub fn opened(&self) -> u64 {
        self.opened
    }

    /// True where two keys can be part of one command.
    pub fn together(&self, one: &[u8], other: &[u8]) -> bool {
        !self.is_cluster() || slot::of(one) == slot::of(other)
    }

    /// Sends commands, those of each node as one pipeline, and gives the answers in their order.
    /// What may pass by itself (moved slots, a server that loads, reads only or is gone) is tried
    /// again with growing pauses.
    ///
    /// # Errors
    /// [`Trouble::Denied`] where trying again is of no use, [`Trouble::Unavailable`] where it was
    /// not, [`Trouble::Cancelled`].
    pub async fn send(&mut self, requests: Vec<Request>) -> Result<Vec<Answer>, Trouble> {
        let mut answers: Vec<Option<Answer>> = Vec::new();
        answers.resize_with(requests.len(), || None);
        let mut open: Vec<Open> = requests
            .into_iter()
            .enumerate()
            .map(|(at, request)| Open { at, request, asking: None, again: false })
            .collect();
        let mut wait = Wait::new(self.profile.patience);
        while !open.is_empty() {
            let sent = self.round(open).await;
            let (mut later, mut moved) = (None, false);
            open = Vec::new();
            for (mut one, outcome) in sent {
                one.asking = None;
                match outcome {
                    Outcome::Said(said) => {
                        answers[one.at] = Some(Answer { said, again: one.again });
                        continue;
                    }
                    Outcome::Denied(trouble) => return Err(trouble),
                    Outcome::Moved => moved = true,
                    Outcome::Asking(place) => one.asking = Some(place),
                    Outcome::Later(said) => later = Some(said),
                    Outcome::Lost(said) => {
                        one.again = true;
                        later = Some(said);
                    }
                }
                open.push(one);
            }
            if !open.is_empty() {
                self.settle(&mut wait, later, moved).await?;
            }
        }
        Ok(answers.into_iter().flatten().collect())
    }

    /// Sends one command to one node, such as SCAN.
    ///
    /// # Errors
    /// As [`Server::send`]; [`Trouble::Unexpected`] where the server does not do it.
    pub async fn ask(&mut self, place: &Place, command: Cmd) -> Result<Value, Trouble> {
        let mut wait = Wait::new(self.profile.patience);
        loop {
            let mut pipeline = Pipeline::with_capacity(1);
            pipeline.add_command(command.clone());
            let outcome = match self.link(place).await {
                Ok(mut link) => exchange(&mut link, &pipeline).await.pop().map_or_else(nothing, judge),
                Err(trouble) => trouble_of(trouble),
            };
            match outcome {
                Outcome::Said(Ok(value)) => return Ok(value),
                Outcome::Said(Err(error)) => return Err(Trouble::Unexpected { detail: told(&error) }),
                Outcome::Denied(trouble) => return Err(trouble),
                Outcome::Moved | Outcome::Asking(_) => self.settle(&mut wait, None, true).await?,
                Outcome::Later(said) | Outcome::Lost(said) => {
                    self.settle(&mut wait, Some(said), false).await?;
                }
            }
            if !self.masters().contains(place) {
                return Err(Trouble::Unexpected { detail: format!("{place} is no master any more") });
            }
        }
    }

    /// Sends one command about one key and gives the value.
    ///
    /// # Errors
    /// As [`Server::send`]; [`Trouble::Unexpected`] where the server does not do it.
    pub async fn one(&mut self, key: &[u8], command: Cmd) -> Result<Value, Trouble> {
        match self.send(vec![Request::new(key, command)]).await?.pop().map(|answer| answer.said) {
            Some(Ok(value)) => Ok(value),
            Some(Err(error)) => Err(Trouble::Unexpected { detail: told(&error) }),
            None => Err(Trouble::Unexpected { detail: "no answer".to_owned() }),
        }
    }

    /// Sends what must reach the key's node over one connection and in one go, such as a
    /// transaction after WATCH. Where something came in between that may pass by itself, a pause
    /// was made and everything must be begun anew.
    pub(super) async fn whole(&mut self, key: &[u8], pipeline: &Pipeline) -> Result<Whole, Trouble> {
        let place = self.topology.holder(slot::of(key));
        let answers = match self.link(&place).await {
            Ok(mut link) => exchange(&mut link, pipeline).await,
            Err(trouble @ Trouble::Denied { .. }) => return Err(trouble),
            Err(trouble) => vec![Err(trouble.to_string())],
        };
        let (mut values, mut later, mut moved) = (Vec::new(), None, false);
        for answer in answers {
            match judge(answer) {
                Outcome::Said(Ok(value)) => values.push(value),
                Outcome::Said(Err(error)) => values.push(Value::ServerError(error)),
                Outcome::Denied(trouble) => return Err(trouble),
                Outcome::Moved => moved = true,
                Outcome::Asking(_) => later = Some("a slot is being moved".to_owned()),
                Outcome::Later(said) => later = Some(said),
                Outcome::Lost(said) => {
                    self.links.remove(&place);
                    later = Some(said);
                }
            }
        }
        if later.is_none() && !moved {
            self.trying = None;
            return Ok(Whole::Said(values));
        }
        let mut wait = self.trying.take().unwrap_or_else(|| Wait::new(self.profile.patience));
        self.settle(&mut wait, later, moved).await?;
        self.trying = Some(wait);
        Ok(Whole::Again)
    }

    /// How many keys there are; 0 where the user may not ask, since nothing but the progress
    /// hangs on it.
    ///
    /// # Errors
    /// As [`Server::ask`].
    pub async fn size(&mut self) -> Result<u64, Trouble> {
        let mut keys = 0;
        for place in self.masters() {
            match self.ask(&place, redis::cmd("DBSIZE")).await {
                Ok(Value::Int(number)) => keys += u64::try_from(number).unwrap_or(0),
                Ok(other) => return Err(Trouble::unexpected("DBSIZE", &other)),
                Err(Trouble::Denied { code, .. }) if code == "NOPERM" => return Ok(0),
                Err(trouble) => return Err(trouble),
            }
        }
        Ok(keys)
    }

    // Every command to its node, one pipeline each, all nodes at once.
    async fn round(&mut self, open: Vec<Open>) -> Vec<(Open, Outcome)> {
        let mut groups: BTreeMap<(Place, bool), Vec<Open>> = BTreeMap::new();
        for one in open {
            let place = one.asking.clone().unwrap_or_else(|| self.topology.holder(one.request.slot));
            groups.entry((place, one.asking.is_some())).or_default().push(one);
        }
        let mut ready = Vec::new();
        let mut sent = Vec::new();
        for ((place, asking), group) in groups {
            match self.link(&place).await {
                Ok(link) => ready.push((place, asking, group, link)),
                Err(trouble) => {
                    let said = trouble.to_string();
                    let fatal = matches!(trouble, Trouble::Denied { .. }).then_some(trouble);
                    let mut fatal = fatal.map(Outcome::Denied);
                    sent.extend(group.into_iter().map(|one| {
                        let outcome = fatal.take().unwrap_or_else(|| Outcome::Later(said.clone()));
                        (one, outcome)
                    }));
                }
            }
        }
        let exchanged = join_all(ready.into_iter().map(|(place, asking, mut group, mut link)| async move {
            let mut pipeline = Pipeline::with_capacity(group.len() * (1 + usize::from(asking)));
            for one in &mut group {
                if asking {
                    pipeline.cmd("ASKING");
                }
                pipeline.add_command(std::mem::take(&mut one.request.command));
            }
            let values = exchange(&mut link, &pipeline).await;
            (place, asking, group, pipeline, values)
        }));
        for (place, asking, group, pipeline, values) in exchanged.await {
            if values.iter().any(Result::is_err) {
                self.links.remove(&place);
            }
            let (first, step) = (usize::from(asking), 1 + usize::from(asking));
            let outcomes = values.into_iter().skip(first).step_by(step).map(judge);
            let commands = pipeline.cmd_iter().skip(first).step_by(step);
            sent.extend(group.into_iter().zip(outcomes).zip(commands).map(|((mut one, outcome), command)| {
                // It goes out again.
                if !matches!(outcome, Outcome::Said(_)) {
                    one.request.command = command.clone();
                }
                (one, outcome)
            }));
        }
        sent
    }

    async fn link(&mut self, place: &Place) -> Result<MultiplexedConnection, Trouble> {
        if let Some(link) = self.links.get(place) {
            return Ok(link.clone());
        }
        let link = match place {
            Place::Itself => self.profile.connect().await?,
            Place::Node(host, port) => self.profile.connect_to(host, *port).await?,
        };
        self.links.insert(place.clone(), link.clone());
        self.opened += 1;
        Ok(link)
    }

    // Looks the nodes up again where that may help, after a pause where it may not help at once.
    async fn settle(&mut self, wait: &mut Wait, later: Option<String>, moved: bool) -> Result<(), Trouble> {
        if self.cancel.is_cancelled() {
            return Err(Trouble::Cancelled);
        }
        if later.is_some() || !wait.hop() {
            let said = later.clone().unwrap_or_else(|| "a slot is being moved".to_owned());
            let Some(pause) = wait.next() else {
                return Err(Trouble::Unavailable { seconds: wait.spent().as_secs(), detail: said });
            };
            tokio::select! {
                () = self.cancel.cancelled() => return Err(Trouble::Cancelled),
                () = tokio::time::sleep(pause) => {}
            }
        }
        if moved || later.is_some() {
            self.look_again().await;
        }
        Ok(())
    }

    /// Asks whoever answers who holds what now. Where nobody does, everything stays as it is known.
    pub async fn look_again(&mut self) {
        if !self.is_cluster() {
            return;
        }
        let mut places = self.topology.masters();
        places.push(Place::Itself);
        for place in places {
            let link = match &place {
                Place::Itself => self.profile.connect().await,
                Place::Node(..) => self.link(&place).await,
            };
            let Ok(mut link) = link else { continue };
            match topology::read(&mut link, &self.profile).await {
                Ok(found @ Topology::Cluster { .. }) => {
                    if found != self.topology {
                        self.topology = found;
                        self.turns += 1;
                    }
                    return;
                }
                Ok(Topology::Single) | Err(_) => {
                    self.links.remove(&place);
                }
            }
        }
    }
}

struct Open {
    at: usize,
    request: Request,
    asking: Option<Place>,
    again: bool,
}

// How long was waited, and how long to wait next.
struct Wait {
    began: Instant,
    patience: Duration,
    pause: Duration,
    hops: u32,
}

impl Wait {
    fn new(patience: Duration) -> Self {
        Wait { began: Instant::now(), patience, pause: PAUSES.0, hops: HOPS }
    }

    fn hop(&mut self) -> bool {
        let left = self.hops > 0;
        self.hops = self.hops.saturating_sub(1);
        left
    }

    fn next(&mut self) -> Option<Duration> {
        let left = self.patience.checked_sub(self.spent()).filter(|left| !left.is_zero())?;
        let pause = self.pause.min(left);
        self.pause = (self.pause * 2).min(PAUSES.1);
        Some(pause)
    }

    fn spent(&self) -> Duration {
        self.began.elapsed()
    }
}

// Sends a pipeline; where the connection breaks, no command has an answer.
async fn exchange(link: &mut MultiplexedConnection, pipeline: &Pipeline) -> Vec<Result<Value, String>> {
    let count = pipeline.len();
    match link.send_packed_commands(pipeline, 0, count).await {
        Ok(values) if values.len() == count => values.into_iter().map(Ok).collect(),
        Ok(values) => vec![Err(format!("{} answers to {count} commands", values.len())); count],
        Err(error) => vec![Err(error.to_string()); count],
    }
}

fn nothing() -> Outcome {
    Outcome::Lost("no answer".to_owned())
}

fn trouble_of(trouble: Trouble) -> Outcome {
    if matches!(trouble, Trouble::Denied { .. }) {
        Outcome::Denied(trouble)
    } else {
        Outcome::Later(trouble.to_string())
    }
}

fn judge(value: Result<Value, String>) -> Outcome {
    let error = match value {
        Ok(Value::ServerError(error)) => error,
        Ok(value) => return Outcome::Said(Ok(value)),
        Err(lost) => return Outcome::Lost(lost),
    };
    if let Some(trouble) = Trouble::denied(&error) {
        return Outcome::Denied(trouble);
    }
    match error.code() {
        "MOVED" => Outcome::Moved,
        "ASK" => error.details().and_then(topology::redirected).map_or(Outcome::Moved, Outcome::Asking),
        "TRYAGAIN" | "CLUSTERDOWN" | "LOADING" | "READONLY" | "MASTERDOWN" | "BUSY" => Outcome::Later(told(&error)),
        _ => Outcome::Said(Err(error)),
    }
}

/// An error of the server in its own words.
pub(super) fn told(error: &ServerError) -> String {
    format!("{} {}", error.code(), error.details().unwrap_or_default()).trim().to_owned()
}
