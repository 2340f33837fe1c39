//! The plan: what will be converted, every statement that will be sent, and how the
//! outcome will be proven. Pure data; nothing here touches a connection.

mod builder;
mod choices;
mod decide;
mod extras;
mod file;
mod staged;
mod transplant;
mod verify;
mod weigh;

pub(crate) use builder::keyless;
pub use builder::{Built, build};
pub use choices::{Choices, Repoint, Selection, Slug};
use decide::orphans_query;
pub(crate) use decide::undeclared;
pub use decide::{LEAVE, SET_NULL};
pub use staged::{Slices, Staged, Way};
pub use transplant::{differing_statements, transplant};
pub use verify::verify;
pub(crate) use weigh::weigh;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use crate::check::AnswerOption;
use crate::check::Finding;
use crate::schema::{ColumnKind, ColumnName, Confidence, Difference, Domain, DomainMember, EngineKind, Schema, Shape};

/// Version of the plan's format. A plan of another version is refused by name.
pub const FORMAT: u32 = 1;

/// The namespace of UUIDs of version 5 where the user names none.
pub const NAMESPACE: &str = "7ba6a0c3-2f5d-4e86-9c1b-53d0e8f4a917";

/// What happens to a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ConversionKind {
    /// Integers become new UUIDs.
    IntToUuid,
    /// Text that holds UUIDs becomes the same values in the server's own type.
    TextToUuid,
    /// References leave an integer key for a UUID column that its table has already; the
    /// key itself stays.
    Repoint,
}

/// The kind of the new UUIDs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum UuidVersion {
    /// Ordered by time: the order of the old ids is kept.
    #[default]
    V7,
    /// Ordered by time in the older layout: the order of the old ids is kept.
    V6,
    /// Made from a namespace and the old id: whoever knows both can compute it.
    V5,
    /// Random, in no order.
    V4,
}

impl UuidVersion {
    /// Its number.
    pub fn number(self) -> u8 {
        match self {
            UuidVersion::V7 => 7,
            UuidVersion::V6 => 6,
            UuidVersion::V5 => 5,
            UuidVersion::V4 => 4,
        }
    }

    /// True where new ids are in the order of the old ones.
    pub fn ordered(self) -> bool {
        match self {
            UuidVersion::V7 | UuidVersion::V6 => true,
            UuidVersion::V5 | UuidVersion::V4 => false,
        }
    }
}

/// How a UUID is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Storage {
    /// The server's own type.
    Uuid,
    /// 16 bytes.
    Binary16,
    /// 36 characters of text.
    Char36,
}

impl Storage {
    /// The type's name as that product writes it.
    pub fn type_name(self, engine: EngineKind) -> &'static str {
        match (self, engine) {
            (Storage::Uuid, _) => "uuid",
            (Storage::Binary16, EngineKind::Mysql) => "binary(16)",
            (Storage::Binary16, EngineKind::Postgres | EngineKind::Sqlite) => "BLOB",
            (Storage::Char36, EngineKind::Mysql) => "char(36)",
            (Storage::Char36, EngineKind::Postgres | EngineKind::Sqlite) => "TEXT",
        }
    }

    /// How a column of MySQL or MariaDB of that type would store UUIDs. None where it would not.
    pub fn of_mysql(type_name: &str) -> Option<Self> {
        match type_name {
            "uuid" => Some(Storage::Uuid),
            "binary(16)" => Some(Storage::Binary16),
            "char(36)" | "varchar(36)" => Some(Storage::Char36),
            _ => None,
        }
    }

    /// The word for it on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Storage::Uuid => "uuid",
            Storage::Binary16 => "binary16",
            Storage::Char36 => "char36",
        }
    }
}

/// Whether the application stops for the conversion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Mode {
    /// It stops; the conversion is one piece.
    #[default]
    Offline,
}

/// One domain that is converted: its root key and every reference to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Conversion {
    /// What happens.
    pub kind: ConversionKind,
    /// The root key.
    pub root: ColumnName,
    /// Kind of the new ids.
    pub uuid: UuidVersion,
    /// How they are stored.
    pub storage: Storage,
    /// The root itself first, then every reference.
    pub members: Vec<Member>,
    /// The UUID column of the root's table that the references lead to afterwards
    /// ([`ConversionKind::Repoint`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub target: Option<String>,
    /// The column of short ids that the root's table gets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub slug: Option<String>,
    /// The namespace of its UUIDs ([`UuidVersion::V5`]): the id of a row is the UUID of
    /// version 5 of this namespace and the name `schema.table.column:old id` of the root.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub namespace: Option<String>,
    /// The answers that shape its statements, by the question's id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(optional, as = "Option<BTreeMap<String, String>>")]
    pub answers: BTreeMap<String, String>,
}

impl Conversion {
    /// The conversion of a whole domain: every member that it lists.
    pub fn of(schema: &Schema, domain: &Domain, uuid: UuidVersion, storage: Storage) -> Self {
        let member = |member: &DomainMember| {
            let table = schema.tables.get(&member.column.table);
            Member {
                column: member.column.clone(),
                via: member.via.clone(),
                from_type: member.type_name.clone(),
                to_type: member.to_type.clone().unwrap_or_else(|| storage.type_name(schema.engine).to_owned()),
                key: table.and_then(|table| table.single_key()) == Some(&member.column.column),
                confidence: member.confidence,
                shape: member.shape.clone(),
            }
        };
        let text = schema
            .tables
            .get(&domain.root.table)
            .and_then(|table| table.column(&domain.root.column))
            .is_some_and(|column| column.kind == ColumnKind::Text);
        Conversion {
            kind: if text { ConversionKind::TextToUuid } else { ConversionKind::IntToUuid },
            root: domain.root.clone(),
            uuid,
            storage,
            members: domain.members.iter().map(member).collect(),
            target: None,
            slug: None,
            namespace: (uuid == UuidVersion::V5).then(|| NAMESPACE.to_owned()),
            answers: BTreeMap::new(),
        }
    }

    /// What leads to a column must be of its very type, where the product has several.
    fn take_type_of_target(&mut self, schema: &Schema) {
        let table = schema.tables.get(&self.root.table).filter(|_| schema.engine == EngineKind::Mysql);
        let target = self.target.as_ref().and_then(|target| table?.column(target));
        let Some((column, storage)) = target.and_then(|column| Some((column, Storage::of_mysql(&column.type_name)?)))
        else {
            return;
        };
        self.storage = storage;
        for member in &mut self.members {
            member.to_type.clone_from(&column.type_name);
        }
    }

    /// The column of the root's table that references lead to afterwards, where they leave the key.
    pub fn led_to(&self) -> Option<&str> {
        self.target.as_deref().filter(|_| self.kind == ConversionKind::Repoint)
    }

    /// The answer that was given to this finding, or its default.
    pub fn answer<'a>(&'a self, finding: &'a Finding) -> Option<&'a str> {
        self.answers.get(&finding.question()).or(finding.default.as_ref()).map(String::as_str)
    }
}

/// One column of a conversion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Member {
    /// The column.
    #[serde(flatten)]
    pub column: ColumnName,
    /// The constraint that makes it a member, or `inferred`.
    pub via: String,
    /// Its type before, as the server writes it.
    pub from_type: String,
    /// Its type after.
    pub to_type: String,
    /// True where the column is the whole primary key of its table.
    pub key: bool,
    /// How sure it is that the column belongs to the domain, where no constraint says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub confidence: Option<Confidence>,
    /// How it holds the ids.
    #[serde(default, skip_serializing_if = "Shape::is_plain")]
    #[ts(optional, as = "Option<Shape>")]
    pub shape: Shape,
}

/// What a step is about. Ids of steps are made from this and the names in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[ts(export)]
pub enum Action {
    /// Make the place for maps and journal.
    Prepare,
    /// Lock every table of the plan, in one fixed order.
    LockTables,
    /// Give every old id of a domain its new one.
    BuildMap {
        /// The domain's root.
        root: ColumnName,
    },
    /// Give every new id that was written since an old one (undo).
    ExtendMap {
        /// The domain's root.
        root: ColumnName,
    },
    /// Take away what stands on the columns.
    DropDependents,
    /// Convert all columns of one table.
    ConvertTable {
        /// The table, as `schema.table`.
        table: String,
    },
    /// Build the indexes of one table that was made beside the live one.
    BuildIndexes {
        /// The table, as `schema.table`.
        table: String,
    },
    /// Exchange the new tables for the old ones, all of them by one statement.
    CutOver,
    /// Put the references of one table back.
    RestoreForeignKeys {
        /// The table, as `schema.table`.
        table: String,
    },
    /// Put back what stood on the columns.
    RestoreDependents,
    /// Renew the planner's statistics.
    Analyze,
    /// Write what was done into the journal.
    Record,
    /// Remove what only the run needed.
    CleanUp,
}

/// One step: what it does and the very statements that are sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Step {
    /// Stable id, such as `convert_table public.actor`.
    pub id: String,
    /// What it is about.
    pub action: Action,
    /// What it does, in plain words.
    pub title: String,
    /// The statements, in order.
    pub statements: Vec<String>,
}

/// A question whose answer must be the same before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// Stable id, such as `rows public.actor`.
    pub id: String,
    /// What it proves, in plain words.
    pub title: String,
    /// The query on the database with the old keys. One row of text columns.
    pub before: String,
    /// The query on the database with the new keys, translated back through the map.
    pub after: String,
    /// The same question as the undo asks it first, where rows that were written since need
    /// other words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back: Option<String>,
}

/// A question with one right answer once the new keys are in place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assertion {
    /// Stable id, such as `references public.film_actor.actor_id`.
    pub id: String,
    /// What it proves, in plain words.
    pub title: String,
    /// The query. One row with one text column.
    pub sql: String,
    /// The right answer.
    pub expect: String,
    /// True where it still holds later, when the application has written new rows.
    pub lasting: bool,
}

/// A change of the catalogue that the plan announces. `before` and `after` hold the exact
/// values; the gate lets nothing else through.
pub type Announcement = Difference;

/// Everything a dialect contributes to a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blueprint {
    /// The steps of the conversion in order.
    pub steps: Vec<Step>,
    /// The steps of the undo in order. What comes before the first
    /// [`Action::DropDependents`] runs before the proofs are taken.
    pub undo: Vec<Step>,
    /// What must be the same before and after.
    pub proofs: Vec<Proof>,
    /// What must hold afterwards.
    pub assertions: Vec<Assertion>,
    /// What is asked only later in place of assertions that do not last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<Assertion>,
    /// How the catalogue will differ.
    pub announced: Vec<Announcement>,
    /// What is needed beside where DDL is no part of a transaction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staged: Option<Staged>,
}

/// A decision that a person must take before the plan can run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Question {
    /// Stable id, such as `inferred public.orders.customer_ref`.
    pub id: String,
    /// The domain it is about.
    pub root: ColumnName,
    /// The question in plain words.
    pub text: String,
    /// The possible answers with their consequence.
    pub options: Vec<AnswerOption>,
    /// The answer that is safe without further thought, where there is one.
    pub default: Option<String>,
    /// The answer that was given.
    pub answer: Option<String>,
}

/// A domain that is not converted, with the reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Refusal {
    /// The domain's root.
    #[serde(flatten)]
    pub root: ColumnName,
    /// Every reason, as a finding.
    pub reasons: Vec<Finding>,
}

/// A plan, ready to be looked at, saved and run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// [`FORMAT`].
    pub format: u32,
    /// SHA-256 over everything that decides what will run: see [`Plan::compute_fingerprint`].
    pub fingerprint: String,
    /// Which product it is for.
    pub engine: EngineKind,
    /// Which database it is for.
    pub database: String,
    /// Fingerprint of the catalogue it was made for.
    pub schema_fingerprint: String,
    /// A short digest of every object of that catalogue, to name what changed since.
    pub objects: BTreeMap<String, String>,
    /// Whether the application stops.
    pub mode: Mode,
    /// What was chosen; the same choices on the same schema give the same plan.
    pub choices: Choices,
    /// What is converted.
    pub conversions: Vec<Conversion>,
    /// Statements and proofs.
    #[serde(flatten)]
    pub blueprint: Blueprint,
    /// Decisions.
    pub questions: Vec<Question>,
    /// What was found while planning.
    pub findings: Vec<Finding>,
    /// What is not converted.
    pub refused: Vec<Refusal>,
    /// Rows in the tables to be converted, estimated.
    pub rows: u64,
}
