//! Rewriting by rules: passes over all keys until one of them changes nothing.
//!
//! While one batch of keys is renamed, the ids of the next one are looked up and the one after it
//! is scanned; and where it may be, two batches are renamed at once, so that the server has something
//! to do while the answers to one are read and the next is made. Nothing is remembered from one key to the next but counts, so whoever is stopped
//! begins anew and finds what is left.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use tokio::sync::{Mutex, mpsc};

use super::domain::{Direction, Domains, Shape};
use super::inside::{self, Context, Settled};
use super::lookup::{Found, Lookup, Wanted};
use super::rename::{self, Rename, about};
use super::rule::{Kind, Rule};
use super::server::told;
use super::tally::Tally;
use super::template::{Place, Taking, replaced};
use super::walk::Walk;
use super::{Profile, Server, Trouble, note};
use crate::dialect::{Access, Database};
use crate::execute::Cancel;
use crate::observer::{Event, Observer, Progress};

/// How many passes are made at most. Keys that are written all the time would keep it going.
const PASSES: u32 = 5;
/// How many keys are looked up and renamed at once in the first batch and in the largest. The
/// first one is small so that renaming begins soon; in large ones ids of the same page of the map
/// come together.
const BATCHES: (usize, usize) = (2_000, 16_000);

/// What is to be done where.
pub struct Job<'a> {
    /// The run whose ids are translated.
    pub run: &'a str,
    /// The database with its map.
    pub database: &'a dyn Database,
    /// The run's domains.
    pub domains: &'a Domains,
    /// The rules; of several that fit a key's name the first one counts.
    pub rules: &'a [Rule],
    /// Which way.
    pub direction: Direction,
    /// Where Redis is.
    pub profile: &'a Profile,
    /// True where nothing is to be written.
    pub dry: bool,
    /// How many keys may be changed in a second, where that is limited.
    pub rate: Option<u64>,
}

/// How the passes went.
#[derive(Debug)]
pub struct Passed {
    /// What was found and done.
    pub tally: Tally,
    /// How many passes there were.
    pub passes: u32,
    /// What was changed by passes after the first: written or moved meanwhile.
    pub meanwhile: u64,
    /// True where the last pass changed nothing.
    pub complete: bool,
    /// True where the keys are spread over a cluster.
    pub cluster: bool,
    /// The statements that were sent to the database; of a dry run, those that would be.
    pub statements: Vec<String>,
    /// What stopped it, if something did.
    pub trouble: Option<Trouble>,
}

/// Goes over all keys until nothing is left to do.
pub async fn rewrite(job: &Job<'_>, observer: &dyn Observer, cancel: &Cancel) -> Passed {
    let mut passed = Passed {
        tally: Tally::new(job.rules),
        passes: 0,
        meanwhile: 0,
        complete: false,
        cluster: false,
        statements: Vec::new(),
        trouble: None,
    };
    passed.trouble = go(job, observer, cancel, &mut passed).await.err();
    passed
}

async fn go(job: &Job<'_>, observer: &dyn Observer, cancel: &Cancel, passed: &mut Passed) -> Result<(), Trouble> {
    let mut reader = Server::open(job.profile, cancel).await?;
    passed.cluster = reader.is_cluster();
    let keys = reader.size().await?;
    passed.statements = job.statements().await?;
    let shapes = job.domains.shapes(job.direction);
    let mut lookup = job.lookup().await?;
    let mut hands = Vec::new();
    while hands.len() < job.hands(passed.cluster) {
        hands.push(Hand {
            server: Server::open(job.profile, cancel).await?,
            lookup: job.lookup().await?,
            tally: Tally::new(job.rules),
        });
    }
    let began = Instant::now();
    while !passed.complete && passed.passes < PASSES {
        passed.passes += 1;
        passed.tally.begin();
        let pace = Pace { began, keys, done: AtomicU64::new(0), pass: passed.passes, job, observer };
        let (names, sifted) = mpsc::channel(1);
        let (sender, receiver) = mpsc::channel(1);
        let work = Work { job, shapes: &shapes, pace, cancel, batches: Mutex::new(receiver) };
        let (sorted, translated, worked) = tokio::join!(
            sort(job, &shapes, &mut reader, cancel, names),
            translate(&mut lookup, sifted, sender),
            join_all(hands.iter_mut().map(|hand| work.by(hand)))
        );
        hands.iter_mut().for_each(|hand| passed.tally.take(&mut hand.tally));
        worked.into_iter().collect::<Result<(), Trouble>>()?;
        translated?;
        let broken = sorted?;
        if passed.passes > 1 {
            passed.meanwhile += passed.tally.changed;
        }
        passed.complete = (passed.tally.changed == 0 && !broken) || job.dry;
    }
    Ok(())
}

impl<'a> Job<'a> {
    // How many batches are renamed at once. SCAN may give a key twice. RENAMENX does not mind, but
    // whoever copies it across slots must not meet himself; and a rate is kept by one alone.
    fn hands(&self, cluster: bool) -> usize {
        if cluster || self.rate.is_some() { 1 } else { 2 }
    }

    async fn lookup(&self) -> Result<Lookup<'a>, Trouble> {
        let connection = self.database.connect(Access::Read, &format!("rekey:{}", self.run)).await?;
        Ok(Lookup::new(self.database, connection, self.domains, self.direction))
    }

    // Those of the note, and on the way back those that make new ids easy to find: without an
    // index each batch of keys would have the whole map read.
    async fn statements(&self) -> Result<Vec<String>, Trouble> {
        let mut statements = note::statements(self.database);
        if self.direction == Direction::Forward {
            return Ok(statements);
        }
        let access = if self.dry { Access::Read } else { Access::Write };
        let mut connection = self.database.connect(access, &format!("rekey:{}", self.run)).await?;
        for index in self.domains.indexes() {
            let there = connection.query(&index.there).await?;
            if there.first().and_then(|row| row.first()).is_some_and(|value| value.as_deref() == Some("1")) {
                continue;
            }
            if !self.dry {
                connection.execute(&index.make).await?;
            }
            statements.push(index.make.clone());
        }
        Ok(statements)
    }

    // The letters that all keys of all rules begin with.
    fn start(&self) -> Vec<u8> {
        let starts = self.rules.iter().filter(|rule| rule.written.kind != Kind::Leave).map(|rule| rule.keys.start());
        let common = |one: &'a [u8], other: &'a [u8]| {
            &one[..one.iter().zip(other).take_while(|(one, other)| one == other).count()]
        };
        starts.reduce(common).unwrap_or_default().to_vec()
    }

    // What the rules say of a key.
    fn sort(&self, key: &[u8], shapes: &[Shape]) -> Sorted {
        let mut sorted = Sorted::default();
        for (number, rule) in self.rules.iter().enumerate() {
            let taking = match rule.written.kind {
                Kind::Names | Kind::Delete => Taking::Ids(shapes),
                Kind::Members | Kind::Fields | Kind::Values | Kind::Items | Kind::Json | Kind::Leave => {
                    Taking::Anything
                }
            };
            let Some(places) = rule.keys.matches(key, taking) else { continue };
            match rule.written.kind {
                Kind::Leave => return Sorted::default(),
                Kind::Delete if self.direction == Direction::Back => {}
                Kind::Delete => sorted.delete = sorted.delete.or(Some(number)),
                // New ids tell themselves apart, so on the way back any rule may be the one.
                Kind::Names if self.direction == Direction::Back || sorted.names.is_empty() => {
                    sorted.names.push((number, places));
                }
                Kind::Names => {}
                Kind::Members | Kind::Fields | Kind::Values | Kind::Items | Kind::Json => sorted.inside.push(number),
            }
        }
        sorted
    }
}

#[derive(Default)]
struct Sorted {
    delete: Option<usize>,
    names: Vec<(usize, Vec<Place>)>,
    inside: Vec<usize>,
}

// What is to be done with some keys.
#[derive(Default)]
struct Batch {
    seen: u64,
    deletes: Vec<(usize, Vec<u8>)>,
    insides: Vec<(usize, Vec<u8>)>,
    renames: Vec<Rename>,
    unmapped: Vec<(usize, Vec<u8>)>,
}

// A key with the rules that its name fits, one and perhaps more, each with the places where it
// says that ids stand.
struct Named {
    key: Vec<u8>,
    first: (usize, Vec<Place>),
    others: Vec<(usize, Vec<Place>)>,
}

impl Named {
    // Nothing where no rule fits.
    fn new(key: Vec<u8>, rules: Vec<(usize, Vec<Place>)>) -> Option<Self> {
        let mut fits = rules.into_iter();
        let (first, others) = (fits.next()?, fits.collect());
        Some(Named { key, first, others })
    }

    fn fits(&self) -> impl Iterator<Item = &(usize, Vec<Place>)> {
        std::iter::once(&self.first).chain(&self.others)
    }
}

// Scans and sorts, each page while the server looks for the next one. True where masters changed
// on the way.
async fn sort(
    job: &Job<'_>,
    shapes: &[Shape],
    server: &mut Server,
    cancel: &Cancel,
    sorted: mpsc::Sender<(Batch, Vec<Named>)>,
) -> Result<bool, Trouble> {
    let mut walk = Walk::new(server, &job.start());
    let mut sieve = Sieve::new(job, shapes, sorted);
    let mut page = walk.next(server).await?;
    while let Some(keys) = page {
        if cancel.is_cancelled() {
            return Err(Trouble::Cancelled);
        }
        let (next, listened) = tokio::join!(biased; walk.next(server), sieve.take(keys));
        if !listened {
            return Ok(false);
        }
        page = next?;
    }
    sieve.empty().await;
    Ok(walk.broken)
}

// Sorts keys and hands them on in batches.
struct Sieve<'a> {
    job: &'a Job<'a>,
    shapes: &'a [Shape],
    sorted: mpsc::Sender<(Batch, Vec<Named>)>,
    names: Vec<Named>,
    batch: Batch,
    // How many keys the next batch has, and how many one has at most.
    size: usize,
    most: usize,
}

impl<'a> Sieve<'a> {
    fn new(job: &'a Job<'a>, shapes: &'a [Shape], sorted: mpsc::Sender<(Batch, Vec<Named>)>) -> Self {
        let most = job.rate.map_or(BATCHES.1, |rate| usize::try_from(rate / 10).unwrap_or(BATCHES.1));
        let most = most.clamp(1, BATCHES.1);
        let (names, batch) = (Vec::new(), Batch::default());
        Sieve { job, shapes, sorted, names, batch, size: BATCHES.0.min(most), most }
    }

    // False where whoever comes after has stopped, and says why.
    async fn take(&mut self, keys: Vec<Vec<u8>>) -> bool {
        for key in keys {
            self.batch.seen += 1;
            let sorted = self.job.sort(&key, self.shapes);
            if let Some(rule) = sorted.delete {
                self.batch.deletes.push((rule, key));
                continue;
            }
            self.batch.insides.extend(sorted.inside.into_iter().map(|rule| (rule, key.clone())));
            self.names.extend(Named::new(key, sorted.names));
        }
        while self.names.len() >= self.size || self.batch.deletes.len() + self.batch.insides.len() >= self.size {
            if !self.hand_on().await {
                return false;
            }
        }
        true
    }

    // What is left in the end. Without any key there is still something to tell.
    async fn empty(mut self) {
        while self.hand_on().await && !self.names.is_empty() {}
    }

    async fn hand_on(&mut self) -> bool {
        let some = self.names.drain(..self.names.len().min(self.size)).collect();
        self.size = (self.size * 2).min(self.most);
        self.sorted.send((std::mem::take(&mut self.batch), some)).await.is_ok()
    }
}

// Looks up what the ids in names become.
async fn translate(
    lookup: &mut Lookup<'_>,
    mut sorted: mpsc::Receiver<(Batch, Vec<Named>)>,
    batches: mpsc::Sender<Batch>,
) -> Result<(), Trouble> {
    while let Some((mut batch, names)) = sorted.recv().await {
        let found = lookup.find(&wanted(&names)).await?;
        names.into_iter().for_each(|named| settle(named, &found, &mut batch));
        if batches.send(batch).await.is_err() {
            break;
        }
    }
    Ok(())
}

fn wanted(names: &[Named]) -> Wanted<'_> {
    let mut wanted = Wanted::new();
    for named in names {
        for place in named.fits().flat_map(|(_, places)| places) {
            wanted.entry(place.domain).or_default().push(inside::id_at(&named.key, place));
        }
    }
    wanted
}

// The first rule whose ids are known is the one.
fn settle(named: Named, found: &Found, batch: &mut Batch) {
    let mut becomes = None;
    for (rule, places) in named.fits() {
        match inside::settled(&named.key, places, found) {
            Settled::Becomes(ids) => {
                becomes = Some((*rule, replaced(&named.key, places, &ids)));
                break;
            }
            Settled::Already => return,
            Settled::Unmapped => {}
        }
    }
    match becomes {
        Some((rule, to)) => batch.renames.push(Rename { rule, from: named.key, to }),
        None => batch.unmapped.push((named.first.0, named.key)),
    }
}

// What is needed to carry out one batch at a time, and what came of it.
struct Hand<'a> {
    server: Server,
    lookup: Lookup<'a>,
    tally: Tally,
}

// What all hands share in a pass.
struct Work<'a> {
    job: &'a Job<'a>,
    shapes: &'a [Shape],
    pace: Pace<'a>,
    cancel: &'a Cancel,
    batches: Mutex<mpsc::Receiver<Batch>>,
}

impl Work<'_> {
    // Carries out batches until there are no more. Where one fails, the others end theirs and take
    // no new one.
    async fn by(&self, hand: &mut Hand<'_>) -> Result<(), Trouble> {
        let done = self.all(hand).await;
        if done.is_err() {
            self.batches.lock().await.close();
        }
        done
    }

    async fn all(&self, hand: &mut Hand<'_>) -> Result<(), Trouble> {
        while let Some(batch) = self.next().await {
            if self.cancel.is_cancelled() {
                return Err(Trouble::Cancelled);
            }
            crate::failpoint::reached("redis.batch");
            let before = hand.tally.changed;
            self.before_names(hand, &batch.deletes, &batch.insides).await?;
            batch.unmapped.iter().for_each(|(rule, key)| hand.tally.unmapped(*rule, key));
            if self.job.dry {
                rename::foresee(&mut hand.server, &batch.renames, &mut hand.tally).await?;
            } else {
                rename::rename(&mut hand.server, batch.renames, &mut hand.tally).await?;
            }
            self.pace.done(batch.seen);
            self.pace.keep(hand.tally.changed - before, self.cancel).await?;
        }
        Ok(())
    }

    async fn next(&self) -> Option<Batch> {
        self.batches.lock().await.recv().await
    }

    // Deletes, and rewrites inside: once its name is rewritten, a key is another one.
    async fn before_names(
        &self,
        hand: &mut Hand<'_>,
        deletes: &[(usize, Vec<u8>)],
        insides: &[(usize, Vec<u8>)],
    ) -> Result<(), Trouble> {
        let Hand { server, lookup, tally } = hand;
        delete(self.job, server, deletes, tally).await?;
        let context = Context { direction: self.job.direction, shapes: self.shapes, dry: self.job.dry };
        for (number, key) in insides {
            if let Some(rule) = self.job.rules.get(*number) {
                inside::rewrite(server, lookup, context, (*number, rule), key, tally).await?;
            }
        }
        Ok(())
    }
}

async fn delete(
    job: &Job<'_>,
    server: &mut Server,
    deletes: &[(usize, Vec<u8>)],
    tally: &mut Tally,
) -> Result<(), Trouble> {
    if job.dry {
        deletes.iter().for_each(|(rule, key)| tally.deleted(*rule, key));
        return Ok(());
    }
    let answers = server.send(deletes.iter().map(|(_, key)| about("UNLINK", key)).collect()).await?;
    for ((rule, key), answer) in deletes.iter().zip(answers) {
        match answer.said {
            Ok(redis::Value::Int(0)) if !answer.again => {}
            Ok(_) => tally.deleted(*rule, key),
            Err(error) => tally.skipped(*rule, key, &told(&error)),
        }
    }
    Ok(())
}

// How far a pass came, and not faster than was asked for.
struct Pace<'a> {
    began: Instant,
    keys: u64,
    done: AtomicU64,
    pass: u32,
    job: &'a Job<'a>,
    observer: &'a dyn Observer,
}

impl Pace<'_> {
    fn done(&self, keys: u64) {
        let done = self.done.fetch_add(keys, Ordering::Relaxed) + keys;
        let what = match (self.job.dry, self.job.direction) {
            (true, _) => "Look at the keys in Redis",
            (false, Direction::Forward) => "Rewrite ids in Redis",
            (false, Direction::Back) => "Bring the old ids back in Redis",
        };
        self.observer.notice(Event::Progress(Progress {
            run: self.job.run.to_owned(),
            step: format!("{what}, pass {}", self.pass),
            number: self.pass,
            of: PASSES,
            table: None,
            rows_done: done,
            rows_total: self.keys.max(done),
            elapsed: self.began.elapsed().as_secs_f64(),
            eta: None,
        }));
    }

    async fn keep(&self, changed: u64, cancel: &Cancel) -> Result<(), Trouble> {
        let Some(rate) = self.job.rate else { return Ok(()) };
        let pause = Duration::from_secs(changed).checked_div(u32::try_from(rate.max(1)).unwrap_or(u32::MAX));
        tokio::select! {
            () = cancel.cancelled() => Err(Trouble::Cancelled),
            () = tokio::time::sleep(pause.unwrap_or_default()) => Ok(()),
        }
    }
}
