//! Damaged backups: which rung of the ladder catches them, beside what the stock tools offer.

use std::collections::BTreeMap;

use rekey_engine::Error;
use rekey_engine::backup::{Backup, Rung, file};

use super::bench::Bench;
use super::corpora::loaded;
use crate::support::mysql::Product;

const CUTS: u64 = 100;
const FLIPS: u64 = 500;

// Each damaged file that is restored takes as long as a backup's proof; an ordinary run takes
// one in so many of them, `REKEY_LANES=all` every one.
const RESTORED_EACH: u64 = 8;

/// Truncated at many offsets and with single bits flipped.
pub fn is_caught(product: Product) {
    let database = loaded(product, "petclinic", "backup_damage");
    let bench = Bench::new(&database);
    let backup = bench.make().unwrap();
    let whole = std::fs::read(&backup.path).unwrap();
    let size = whole.len() as u64;
    let mut dice = 0x9e37_79b9_7f4a_7c15_u64;
    let mut tally = Tally::default();
    for n in 0..CUTS {
        let end = usize::try_from(n * size / CUTS).unwrap();
        tally.look(&bench, &backup, &whole[..end], "cut", n);
    }
    for n in 0..FLIPS {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        let mut damaged = whole.clone();
        damaged[usize::try_from(dice % size).unwrap()] ^= 1 << (dice >> 40 & 7);
        tally.look(&bench, &backup, &damaged, "bit flipped", n);
    }
    for (what, count) in &tally.0 {
        println!("{}: {what}: {count}", product.name());
    }
    let of = |what: &str| tally.0.get(what).copied().unwrap_or_default();
    assert_eq!(of("cut, caught by SHA-256"), CUTS);
    assert_eq!(of("bit flipped, caught by SHA-256"), FLIPS);
    assert_eq!(of("cut, caught without SHA-256 by Readable"), of("cut, looked at without SHA-256"));
    assert!(of("bit flipped, looked at without SHA-256") >= FLIPS / RESTORED_EACH);
    assert!(of("bit flipped, caught by the completion marker alone") < FLIPS / 10);
    std::fs::write(&backup.path, &whole).unwrap();
    bench.remove(bench.prove(&backup).unwrap());
}

fn restored_each() -> u64 {
    if std::env::var("REKEY_LANES").as_deref() == Ok("all") { 1 } else { RESTORED_EACH }
}

#[derive(Default)]
struct Tally(BTreeMap<String, u64>);

impl Tally {
    fn count(&mut self, what: String) {
        *self.0.entry(what).or_default() += 1;
    }

    fn look(&mut self, bench: &Bench, backup: &Backup, damaged: &[u8], kind: &str, number: u64) {
        std::fs::write(&backup.path, damaged).unwrap();
        match backup.check() {
            Err(Error::Backup { rung: Rung::Unchanged, .. }) => self.count(format!("{kind}, caught by SHA-256")),
            other => panic!("{other:?}"),
        }
        // What every dump of the stock tools ends with, and nothing else.
        let tail = &damaged[damaged.len().saturating_sub(100)..];
        if !String::from_utf8_lossy(tail).contains("-- Dump completed") {
            self.count(format!("{kind}, caught by the completion marker alone"));
        }
        if !number.is_multiple_of(restored_each()) {
            return;
        }
        self.count(format!("{kind}, looked at without SHA-256"));
        // As if its manifest had been written after the damage.
        let (sha256, bytes) = file::hash(std::path::Path::new(&backup.path)).unwrap();
        match bench.prove(&Backup { sha256, bytes, ..backup.clone() }) {
            Err(Error::Backup { rung, .. }) => self.count(format!("{kind}, caught without SHA-256 by {rung:?}")),
            Err(other) => panic!("{other:?}"),
            Ok(scratch) => {
                bench.remove(scratch);
                self.count(format!("{kind}, restores to the very same content"));
            }
        }
    }
}
