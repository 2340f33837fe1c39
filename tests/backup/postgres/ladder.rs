//! Damaged files: cut off anywhere, single bits turned over. What the ladder catches, with the
//! digest of the file and without it, beside what the stock tool's listing catches.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use rekey_engine::backup::{self, Backup, Scratch, file};
use rekey_engine::dialect::Database as Engine;
use rekey_engine::execute::Cancel;
use rekey_engine::observer::Silent;

use super::{back_up, engine, manifest, shim, wait};
use crate::support::dump::without_noise;
use crate::support::postgres::Database;
use crate::support::process::finish;
use crate::support::rekey::Rekey;

const CUTS: usize = 100;
const FLIPS: usize = 500;
/// How long the whole ladder is climbed in an ordinary run. `REKEY_LANES=all` has no limit.
const PATIENCE: Duration = Duration::from_secs(50);

/// How long the stock tool may take with one file. Some damage keeps it at work for ever.
const LONGEST: Duration = Duration::from_secs(15);

const SCHEMA: &str = "
CREATE TABLE item (id integer PRIMARY KEY, name text NOT NULL, price numeric(8, 2), made timestamptz DEFAULT now());
INSERT INTO item SELECT n, md5(n::text), n * 1.5, '2020-01-01' FROM generate_series(1, 300) n;
CREATE TABLE line (id serial PRIMARY KEY, item_id integer REFERENCES item, note text);
INSERT INTO line (item_id, note) SELECT n, repeat('x', n) FROM generate_series(1, 40) n;
CREATE INDEX line_item ON line (item_id);
COMMENT ON TABLE item IS 'items';
";

#[derive(Default)]
struct Count {
    all: usize,
    harmful: usize,
    digest: usize,
    listing: usize,
    reading: usize,
    climbed: usize,
    climbed_harmful: usize,
    ladder: usize,
}

/// Counts them, and fails where one gets through.
pub fn catches() {
    let database = Database::create("backup_ladder");
    database.execute(SCHEMA);
    let rekey = Rekey::new(Some(database.server().password()));
    let backup = manifest(&back_up(&rekey, &database, &[]).expect(0).json);
    let whole = std::fs::read(&backup.path).unwrap();
    let damaged = damages(whole.len());
    let place = rekey.path("damaged.dump");
    let script = script(Path::new(&backup.path)).expect("the whole one is read");
    let mut cut = Count::default();
    let mut flip = Count::default();
    let begun = Instant::now();
    let all = std::env::var("REKEY_LANES").as_deref() == Ok("all");
    for (number, damage) in damaged.iter().enumerate() {
        let count = if matches!(damage, Damage::Cut(_)) { &mut cut } else { &mut flip };
        std::fs::write(&place, damage.done_to(&whole)).unwrap();
        let climb = all || begun.elapsed() < PATIENCE;
        judge(count, &backup, &place, &script, climb.then_some((&database, number)), damage);
    }
    for (name, count) in [("cut off", &cut), ("a bit flipped", &flip)] {
        eprintln!(
            "backup ladder, {name}: {} files, {} of them would restore something else or nothing; caught by the SHA-256 rung {}, \
             by 'pg_restore --list' {}, by reading from end to end {}; climbed without the SHA-256 rung {} ({} harmful), caught {}",
            count.all,
            count.harmful,
            count.digest,
            count.listing,
            count.reading,
            count.climbed,
            count.climbed_harmful,
            count.ladder
        );
    }
    eprintln!("backup ladder: {} bytes, {:.1} s", whole.len(), begun.elapsed().as_secs_f64());
    assert_eq!((cut.digest, flip.digest), (CUTS, FLIPS));
    assert!(cut.climbed + flip.climbed > 20, "the ladder was climbed too seldom to tell anything");
}

#[derive(Debug)]
enum Damage {
    Cut(usize),
    Flip(usize, u8),
}

impl Damage {
    fn done_to(&self, whole: &[u8]) -> Vec<u8> {
        match self {
            Damage::Cut(length) => whole[..*length].to_vec(),
            Damage::Flip(place, bit) => {
                let mut bytes = whole.to_vec();
                bytes[*place] ^= 1 << bit;
                bytes
            }
        }
    }
}

// In turns, since the ladder may not be climbed with all of them.
fn damages(length: usize) -> Vec<Damage> {
    let mut found = Vec::new();
    for (number, cut) in (0..CUTS).map(|number| Damage::Cut(cut_at(number, length))).enumerate() {
        found.push(cut);
        let place = |n: u64| usize::try_from(mixed(n) >> 3).unwrap() % length;
        let each = FLIPS / CUTS;
        let numbers = (number * each..(number + 1) * each).map(|n| n as u64);
        found.extend(numbers.map(|n| Damage::Flip(place(n), u8::try_from(mixed(n) & 7).unwrap())));
    }
    found
}

// Every fifth near the end, where what is missing is missed the least.
fn cut_at(number: usize, length: usize) -> usize {
    if number.is_multiple_of(5) { length - 1 - number / 5 } else { number * length / CUTS }
}

// SplitMix64: the same places in every run.
fn mixed(number: u64) -> u64 {
    let mut state = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

fn judge(
    count: &mut Count,
    backup: &Backup,
    place: &Path,
    script: &[String],
    climb: Option<(&Database, usize)>,
    damage: &Damage,
) {
    count.all += 1;
    let harmful = self::script(place).is_none_or(|found| found != script);
    count.harmful += usize::from(harmful);
    let (sha256, bytes) = file::hash(place).unwrap();
    let moved = Backup { path: place.display().to_string(), ..backup.clone() };
    count.digest += usize::from(moved.check().is_err());
    count.listing += usize::from(stock(&["--list"], place).is_none());
    count.reading += usize::from(stock(&["--file=/dev/null"], place).is_none());
    let Some((database, number)) = climb else { return };
    let believed = Backup { sha256, bytes, ..moved };
    let run = format!("ladder{number:04}");
    let server = engine(database.server(), database.name());
    let proven = proven(&believed, server.as_ref(), &run);
    count.climbed += 1;
    count.climbed_harmful += usize::from(harmful);
    match proven {
        Ok(scratch) => {
            // Such as a keyword in capitals: another text that makes the same database.
            assert_eq!(
                dump(database, scratch.name()),
                dump(database, database.name()),
                "{damage:?} got through the ladder"
            );
            wait(scratch.remove()).unwrap();
            count.harmful -= usize::from(harmful);
            count.climbed_harmful -= usize::from(harmful);
        }
        Err(_) => count.ladder += 1,
    }
}

// Whoever waits in vain presses Cancel, and has no proven backup.
fn proven(backup: &Backup, server: &dyn Engine, run: &str) -> rekey_engine::Result<Scratch> {
    let cancel = Cancel::default();
    wait(async {
        let work = backup::prove(backup, server, run, None, &Silent, &cancel);
        tokio::pin!(work);
        match tokio::time::timeout(LONGEST * 2, &mut work).await {
            Ok(proven) => proven,
            Err(_) => {
                cancel.cancel();
                work.await
            }
        }
    })
}

fn stock(arguments: &[&str], place: &Path) -> Option<Vec<u8>> {
    let mut command = Command::new("timeout");
    command.args(["--signal=KILL", &LONGEST.as_secs().to_string()]);
    let outcome = finish(command.arg(shim::real("pg_restore")).args(arguments).arg(place), None);
    (outcome.code == Some(0)).then_some(outcome.stdout)
}

fn dump(database: &Database, name: &str) -> String {
    let outcome = finish(&mut database.server().client("pg_dump", name), None);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    without_noise(&outcome.text())
}

// What would be restored, as the tool itself writes it: the statements without remarks, in no
// order, since another order that works makes the same database.
fn script(place: &Path) -> Option<Vec<String>> {
    let text = stock(&["--file=-"], place)?;
    let text = String::from_utf8_lossy(&text).into_owned();
    let token = |line: &str| line.starts_with("\\restrict") || line.starts_with("\\unrestrict");
    let mut lines: Vec<String> = text
        .lines()
        .filter(|line| !line.starts_with("--") && !line.is_empty() && !token(line))
        .map(str::to_owned)
        .collect();
    lines.sort();
    Some(lines)
}
