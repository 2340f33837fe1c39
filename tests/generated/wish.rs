//! What proptest makes up: which tables and what stands on them. Every finer choice follows
//! from the number beside it, so that what shrinks are whole pieces.

use proptest::collection::vec;
use proptest::num::u32::ANY;
use proptest::prelude::Strategy;
use proptest::sample::select;

/// A database as wished for.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Its tables, in the order in which they are made.
    pub tables: Vec<TableWish>,
    /// What belongs to no single table.
    pub extras: Vec<(Extra, u32)>,
    /// For the number and the names of the schemas.
    pub pick: u32,
}

/// A table as wished for.
#[derive(Debug, Clone)]
pub struct TableWish {
    /// What stands on it.
    pub parts: Vec<(Part, u32)>,
    /// Its references beside those in the key.
    pub references: Vec<(Link, u32)>,
    /// Columns that are neither key nor reference.
    pub columns: Vec<u32>,
    /// Its key.
    pub key: KeyWish,
    /// How many rows, more or less.
    pub rows: usize,
    /// For its name and everything else.
    pub pick: u32,
}

/// Kinds of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyWish {
    /// An integer.
    Single,
    /// The key of an earlier table, which it references.
    Shared,
    /// Two references: a join table.
    Pair,
    /// A reference and a number that counts.
    Line,
    /// No primary key, but a unique column.
    Unique,
    /// None.
    None,
    /// A UUID already.
    Uuid,
    /// Inherits an earlier table.
    Heir,
    /// An integer and the column that the table is partitioned by.
    Split,
    /// Text, mostly with UUIDs in it.
    Text,
    /// Whole numbers stored as decimal ones.
    Numeric,
    /// Of a domain over a type of numbers.
    Domain,
}

/// Kinds of references.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// To any table before or after.
    Any,
    /// To itself.
    Own,
    /// To a unique column that is no key.
    Code,
    /// Not validated, with rows that point nowhere.
    Orphan,
    /// Not declared.
    Undeclared,
    /// Arrays of keys.
    Array,
    /// A class and the key of what is of that class.
    Object,
    /// The column of another reference once more, to another table.
    Twice,
}

/// What can stand on a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Part {
    Index,
    KeyIndex,
    Unique,
    Mark,
    Check,
    KeyCheck,
    ColumnSettings,
    Comment,
    Grant,
    Owner,
    Options,
    Statistics,
    Trigger,
    Rule,
    Policy,
    View,
    ViewOverView,
    MaterializedView,
    Function,
    Publication,
    DroppedColumn,
    GeneratedColumn,
    Exclusion,
    KeyPolicy,
    ReferenceDefault,
    Numeric,
    NumericCode,
    BoundFunction,
    PublishedColumns,
    KeyGenerated,
    OnPartition,
}

/// What belongs to no single table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Extra {
    DefaultPrivileges,
    AllTablesPublication,
    LooseSequence,
    SchemaRights,
    UnionView,
}

const PARTS: &[(Part, usize)] = &[
    (Part::Index, 12),
    (Part::KeyIndex, 8),
    (Part::Unique, 5),
    (Part::Mark, 5),
    (Part::Check, 5),
    (Part::KeyCheck, 4),
    (Part::ColumnSettings, 6),
    (Part::Comment, 6),
    (Part::Grant, 6),
    (Part::Owner, 3),
    (Part::Options, 3),
    (Part::Statistics, 4),
    (Part::Trigger, 8),
    (Part::Rule, 4),
    (Part::Policy, 5),
    (Part::View, 9),
    (Part::ViewOverView, 5),
    (Part::MaterializedView, 5),
    (Part::Function, 3),
    (Part::Publication, 3),
    (Part::DroppedColumn, 3),
    (Part::GeneratedColumn, 3),
    (Part::Exclusion, 2),
    (Part::KeyPolicy, 4),
    (Part::ReferenceDefault, 3),
    (Part::Numeric, 2),
    (Part::NumericCode, 1),
    (Part::BoundFunction, 3),
    (Part::PublishedColumns, 2),
    (Part::KeyGenerated, 1),
    (Part::OnPartition, 4),
];

const KEYS: &[(KeyWish, usize)] = &[
    (KeyWish::Single, 60),
    (KeyWish::Shared, 10),
    (KeyWish::Pair, 9),
    (KeyWish::Line, 6),
    (KeyWish::Unique, 2),
    (KeyWish::None, 4),
    (KeyWish::Uuid, 3),
    (KeyWish::Heir, 5),
    (KeyWish::Split, 6),
    (KeyWish::Text, 8),
    (KeyWish::Numeric, 3),
    (KeyWish::Domain, 4),
];

const LINKS: &[(Link, usize)] = &[
    (Link::Any, 120),
    (Link::Own, 28),
    (Link::Code, 10),
    (Link::Orphan, 20),
    (Link::Undeclared, 12),
    (Link::Array, 6),
    (Link::Object, 4),
    (Link::Twice, 1),
];

const EXTRAS: &[(Extra, usize)] = &[
    (Extra::DefaultPrivileges, 3),
    (Extra::AllTablesPublication, 1),
    (Extra::LooseSequence, 3),
    (Extra::SchemaRights, 3),
    (Extra::UnionView, 3),
];

const ROWS: &[(usize, usize)] = &[(0, 10), (1, 8), (3, 20), (10, 34), (40, 20), (200, 8)];

/// Every database that can be wished for.
pub fn wishes() -> impl Strategy<Value = Wish> {
    let extras = vec((weighted(EXTRAS), ANY.no_shrink()), 0..4);
    (vec(table(), 1..=12), extras, ANY.no_shrink()).prop_map(|(tables, extras, pick)| Wish { tables, extras, pick })
}

fn table() -> impl Strategy<Value = TableWish> {
    let parts = vec((weighted(PARTS), ANY.no_shrink()), 0..8);
    let references = vec((weighted(LINKS), ANY.no_shrink()), 0..4);
    let columns = vec(ANY.no_shrink(), 0..6);
    let picks = (weighted(KEYS), weighted(ROWS), ANY.no_shrink());
    (parts, references, columns, picks).prop_map(|(parts, references, columns, (key, rows, pick))| TableWish {
        parts,
        references,
        columns,
        key,
        rows,
        pick,
    })
}

// Each as often as its weight says; what it is does not shrink, it only goes away.
fn weighted<T: Copy + std::fmt::Debug + 'static>(choices: &'static [(T, usize)]) -> impl Strategy<Value = T> {
    let repeated: Vec<T> = choices.iter().flat_map(|(choice, weight)| std::iter::repeat_n(*choice, *weight)).collect();
    select(repeated).no_shrink()
}
