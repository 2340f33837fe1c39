//! Keys of text: what is asked and told of the values they hold, whichever product counted
//! them, and what the answers mean.

use crate::check::{AnswerOption, Finding, Severity};
use crate::plan::{Action, Assertion, Conversion, ConversionKind, Step};
use crate::schema::{ColumnName, Schema};

/// No value is a UUID; `convert` gives all of them new ones.
pub const NONE: &str = "RK-183";
/// Some values are none; `new` gives them new ones.
pub const MALFORMED: &str = "RK-184";
/// Some values stand behind `urn:uuid:` or between blanks; `normalise` takes that away.
pub const WRAPPED: &str = "RK-185";
/// One UUID is the key of several rows.
pub const TWICE: &str = "RK-186";
/// The shapes that values have.
pub const SHAPES: &str = "RK-187";
/// Key and references hold UUIDs as they would become.
const ALREADY: &str = "RK-233";
/// A reference is spelt differently from its key; `keep` keeps its spelling for the undo.
pub const SPELLING: &str = "RK-189";

/// How many values are shown of those that are no UUIDs.
pub const SHOWN: usize = 20;
/// How many keys are shown that belong to several rows.
const PAIRS: usize = 5;

/// True where the question of that rule about an object was answered so that it goes on.
pub fn answered(conversion: &Conversion, rule: &str, object: &ColumnName) -> bool {
    conversion.answers.contains_key(&format!("{rule} {object}"))
}

/// True where values that are no UUIDs get new ones.
pub fn makes_new(conversion: &Conversion) -> bool {
    answered(conversion, NONE, &conversion.root) || answered(conversion, MALFORMED, &conversion.root)
}

/// True where what stands around UUIDs is taken away.
pub fn unwraps(conversion: &Conversion) -> bool {
    conversion.members.iter().any(|member| answered(conversion, WRAPPED, &member.column))
}

/// The members of a conversion whose rows keep a spelling of their own, with their numbers.
pub fn deviating(conversion: &Conversion) -> impl Iterator<Item = (usize, &ColumnName)> {
    let members = conversion.members.iter().map(|member| &member.column).enumerate();
    members
        .filter(|(_, column)| conversion.kind == ConversionKind::TextToUuid && answered(conversion, SPELLING, column))
}

/// The step that keeps these spellings. It needs every map, since the keys of the rows may
/// change too. None without any.
pub fn keep(statements: Vec<String>) -> Option<Step> {
    (!statements.is_empty()).then(|| Step {
        id: "keep_spellings".to_owned(),
        action: Action::Prepare,
        title: "Keep the spelling of references that differ from their keys".to_owned(),
        statements,
    })
}

/// That every value is the one it was: `sql` counts those that are not.
pub fn same(conversion: &Conversion, sql: String) -> Assertion {
    let (root, digit) = (&conversion.root, conversion.uuid.number());
    Assertion {
        id: format!("same {root}"),
        title: format!(
            "Every value of {root} that was a UUID is the same one, every other one a new UUID of version {digit}"
        ),
        sql,
        expect: "0".to_owned(),
        lasting: true,
    }
}

/// That there is nothing to convert.
pub fn already(root: &ColumnName) -> Finding {
    Finding::new(
        Severity::Block,
        ALREADY,
        root.to_string(),
        "Key and references hold UUIDs already, in the spelling that Rekey would give them.",
        "Nothing needs to be done.",
    )
}

/// What was counted of the values of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Census {
    /// All of them.
    pub all: u64,
    /// Those that are UUIDs in some spelling.
    pub valid: u64,
    /// Those that are UUIDs with something around them.
    pub wrapped: u64,
    /// UUIDs with letters in upper case.
    pub upper: u64,
    /// UUIDs in braces.
    pub braces: u64,
    /// UUIDs without hyphens.
    pub bare: u64,
    /// UUIDs of zeros or of ones alone.
    pub edge: u64,
}

impl Census {
    /// Reads it from the cells of one row, in the order of its fields.
    pub fn of(cells: &[u64]) -> Option<Self> {
        let [all, valid, wrapped, upper, braces, bare, edge] = *cells else { return None };
        Some(Census { all, valid, wrapped, upper, braces, bare, edge })
    }

    /// How many values are no UUIDs.
    pub fn malformed(&self) -> u64 {
        self.all - self.valid - self.wrapped
    }

    /// True where no value is a UUID.
    pub fn has_none(&self) -> bool {
        self.valid + self.wrapped == 0
    }

    /// The question where no value is a UUID. An empty table says nothing; its type or its
    /// default may.
    pub fn unsaid(&self, schema: &Schema, root: &ColumnName) -> Option<Finding> {
        let column = schema.tables.get(&root.table)?.column(&root.column)?;
        let wide = ["(32)", "(36)"].iter().any(|width| column.type_name.ends_with(width));
        let told = self.all > 0 || !(wide || column.default.is_some());
        (self.has_none() && told).then(|| self.none(root, &column.type_name))
    }

    /// What is to be known of UUIDs as they are spelt.
    pub fn shapes(&self, root: &ColumnName, becomes: &str, remedy: &str) -> Vec<Finding> {
        let Census { valid, upper, braces, bare, edge, .. } = *self;
        let mut found = Vec::new();
        if upper + braces + bare > 0 {
            let meaning = format!(
                "{valid} values are UUIDs; of these {upper} have upper-case letters, {bare} no hyphens, {braces} braces. All become the same values {becomes}."
            );
            found.push(Finding::new(Severity::Info, SHAPES, root.to_string(), meaning, remedy));
        }
        if edge > 0 {
            let meaning = format!("{edge} values are the UUID of zeros or of ones alone, which often stands for none.");
            found.push(Finding::new(
                Severity::Warn,
                SHAPES,
                root.to_string(),
                meaning,
                "They stay as they are. Look whether the application gives them a meaning.",
            ));
        }
        found
    }

    /// That no value is a UUID, as a question.
    pub fn none(&self, root: &ColumnName, type_name: &str) -> Finding {
        let all = self.all;
        let meaning = if all == 0 {
            format!("The key is of type {type_name} and there is no row, so nothing says that it holds UUIDs.")
        } else {
            format!("The key is of type {type_name} and none of its {all} values is a UUID.")
        };
        asking(
            NONE,
            root,
            meaning,
            "Leave it as it is, or answer 'convert' to give every value a new UUID through the map.",
            vec![
                AnswerOption::new(
                    "convert",
                    "Each value gets a new UUID, all references follow, and the map keeps the old value.",
                ),
                AnswerOption::new("leave", "The key and its references stay text."),
            ],
            Some("leave"),
        )
    }

    /// That some values of the key are no UUIDs, as a question that shows some of them.
    pub fn malformed_key(&self, root: &ColumnName, sample: &str) -> Finding {
        malformed(
            root,
            format!("{} of {} values are no UUIDs: {sample}.", self.malformed(), self.all),
            "Each of these values gets a new UUID, all references to it follow, and the map keeps the old value. Values that are UUIDs stay the same.",
        )
    }
}

/// That some values of a reference are no UUIDs, as a question about its key.
pub fn malformed_reference(root: &ColumnName, column: &ColumnName, count: u64, sample: &str) -> Finding {
    malformed(
        root,
        format!("{count} values of {column} are no UUIDs: {sample}."),
        "Each of these values gets a new UUID, and the map keeps the old value.",
    )
}

fn malformed(root: &ColumnName, meaning: String, consequence: &str) -> Finding {
    let remedy = "Give them new UUIDs through the map, correct them first, or leave the key as it is.";
    asking(MALFORMED, root, meaning, remedy, vec![AnswerOption::new("new", consequence)], None)
}

/// That some values have something around their UUID, as a question. None where none has.
pub fn wrapped(column: &ColumnName, count: u64) -> Option<Finding> {
    (count > 0).then(|| {
        asking(
            WRAPPED,
            column,
            format!("{count} values are UUIDs behind 'urn:uuid:' or between blanks, which the server does not read as UUIDs."),
            "Let what stands around them be taken away, or correct them first.",
            vec![AnswerOption::new("normalise", "They become the UUIDs they hold; the map keeps each spelling for the undo.")],
            Some("normalise"),
        )
    })
}

/// That two rows whose keys are one UUID would become one. None where there are none.
pub fn twice(root: &ColumnName, pairs: &[String]) -> Option<Finding> {
    let shown = pairs.iter().take(PAIRS).cloned().collect::<Vec<_>>().join("; ");
    let meaning = format!("{} UUIDs are the key of more than one row, in several spellings: {shown}.", pairs.len());
    let remedy = "Decide which row each reference means, and give the others keys of their own first.";
    (!pairs.is_empty()).then(|| Finding::new(Severity::Block, TWICE, root.to_string(), meaning, remedy))
}

/// That rows spell the UUID of their key differently from it. `keyed` says whether there is
/// a primary key by which the undo can tell the rows. None where no row does.
pub fn spelt(column: &ColumnName, rows: u64, keyed: bool) -> Option<Finding> {
    if rows == 0 {
        return None;
    }
    let meaning = format!(
        "{rows} rows spell the UUID of their key differently from it. They lead to it all the same from then on."
    );
    if !keyed {
        let remedy = "Give the table a primary key, by which the undo can tell the rows, or spell the references like their keys first.";
        return Some(Finding::new(Severity::Block, SPELLING, column.to_string(), meaning, remedy));
    }
    let option = AnswerOption::new("keep", "Each row's own spelling is kept by its key, and the undo puts it back.");
    let finding = Finding::new(Severity::Info, SPELLING, column.to_string(), meaning, "Nothing has to be done.");
    Some(finding.asking(vec![option], Some("keep")))
}

fn asking(
    rule: &str,
    object: &ColumnName,
    meaning: String,
    remedy: &str,
    options: Vec<AnswerOption>,
    default: Option<&str>,
) -> Finding {
    Finding::new(Severity::Ask, rule, object.to_string(), meaning, remedy).asking(options, default)
}
