//! How much disk a run needs: a simple model over the sizes of the tables.

use std::collections::BTreeSet;

use super::Subject;
use crate::schema::{EngineKind, Table};

/// Bytes that say nothing about a disk.
pub const SMALL: u64 = 256 << 20;
/// A map's row with its two indexes: some 60 bytes of row and twice some 40 of index.
const MAP_ROW: u64 = 140;
/// What a UUID takes beyond the number that it stands for, in the row and in an index.
const WIDER: u64 = 24;

/// What a run needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Bytes of the tables as they are.
    pub tables: u64,
    /// Bytes of the new ones and of the maps, while the old ones are still there.
    pub needed: u64,
    /// Rows of the tables.
    pub rows: u64,
}

/// The tables that are written anew, each once.
pub fn touched<'a>(subject: Subject<'a>) -> Vec<&'a Table> {
    let names: BTreeSet<_> =
        subject.conversions.iter().flat_map(|one| &one.members).map(|member| &member.column.table).collect();
    names.into_iter().filter_map(|name| subject.schema.tables.get(name)).collect()
}

/// What the conversion of these tables needs.
pub fn room(subject: Subject<'_>) -> Room {
    let tables = touched(subject);
    let bytes: u64 = tables.iter().map(|table| table.bytes).sum();
    let columns = |table: &Table| {
        let members = subject.conversions.iter().flat_map(|one| &one.members);
        u64::try_from(members.filter(|member| member.column.table == table.name).count()).unwrap_or_default()
    };
    let wider: u64 = tables.iter().map(|table| table.rows * columns(table) * WIDER).sum();
    let maps: u64 = subject
        .conversions
        .iter()
        .filter_map(|one| subject.schema.tables.get(&one.root.table))
        .map(|table| table.rows * MAP_ROW)
        .sum();
    Room { tables: bytes, needed: bytes + wider + maps, rows: tables.iter().map(|table| table.rows).sum() }
}

/// Minutes in which the tables cannot be written, from rows and bytes: a guess before there was
/// a rehearsal. Rows a second with everything that belongs to them (map, rewrite, indexes,
/// proofs) are what `cargo xtask bench` gave with 3.5 million of them on two cores, slower by a
/// tenth to a half for safety; bytes a second for what is wide are assumed.
pub fn minutes(engine: EngineKind, room: Room) -> f64 {
    let (rows, bytes) = match engine {
        EngineKind::Postgres => (150_000.0, 60e6),
        EngineKind::Mysql => (70_000.0, 30e6),
        EngineKind::Sqlite => (100_000.0, 50e6),
    };
    let seconds = 2.0 + (number(room.rows) / rows).max(number(room.tables) / bytes);
    seconds / 60.0
}

fn number(value: u64) -> f64 {
    // Exact up to 2^53, which is far beyond any estimate.
    #[allow(clippy::cast_precision_loss, reason = "an estimate")]
    let value = value as f64;
    value
}

/// Bytes for people.
pub fn bytes(bytes: u64) -> String {
    const UNITS: [(&str, u32); 3] = [("GB", 30), ("MB", 20), ("kB", 10)];
    let unit = UNITS.iter().find(|(_, shift)| bytes >> shift >= 1);
    match unit {
        None => format!("{bytes} bytes"),
        Some((name, shift)) if bytes >> shift >= 10 => format!("{} {name}", bytes >> shift),
        Some((name, shift)) => {
            let tenths = (bytes * 10) >> shift;
            format!("{}.{} {name}", tenths / 10, tenths % 10)
        }
    }
}

/// Bytes that may still be written into the file system of that path; none where the system
/// does not tell.
#[cfg(unix)]
pub fn free(path: &std::path::Path) -> Option<u64> {
    let system = rustix::fs::statvfs(path).ok()?;
    Some(system.f_bavail.saturating_mul(system.f_frsize))
}

/// Bytes that may still be written into the file system of that path; none where the system
/// does not tell.
#[cfg(not(unix))]
pub fn free(_: &std::path::Path) -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_told_in_their_unit() {
        for (value, told) in
            [(0, "0 bytes"), (1023, "1023 bytes"), (1536, "1.5 kB"), (31 << 20, "31 MB"), (5 << 29, "2.5 GB")]
        {
            assert_eq!(bytes(value), told);
        }
    }

    #[test]
    fn more_rows_and_wider_ones_take_longer() {
        let room = |rows, tables| Room { tables, needed: tables, rows };
        let few = minutes(EngineKind::Postgres, room(1_000, 1 << 20));
        let many = minutes(EngineKind::Postgres, room(10_000_000, 1 << 30));
        let wide = minutes(EngineKind::Postgres, room(10_000_000, 100 << 30));
        assert!(few < 0.1 && few < many && many < wide, "{few} {many} {wide}");
        assert!(minutes(EngineKind::Mysql, room(10_000_000, 1 << 30)) > many);
    }

    #[cfg(unix)]
    #[test]
    fn the_system_tells_its_free_bytes() {
        assert!(free(std::path::Path::new("/")).is_some());
        assert_eq!(free(std::path::Path::new("/no/such/folder")), None);
    }
}
