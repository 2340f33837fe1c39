//! `scenario.json`: what a folder says about itself.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::cases::Class;

/// `scenario.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// What is special about it, in one sentence.
    pub about: String,
    /// The cases of `tests/cases/list.txt` that it shows.
    #[serde(default)]
    pub cases: Vec<String>,
    /// What must become of those cases.
    pub class: Option<Class>,
    /// Why that is another class than the list has, where it is.
    pub differs: Option<String>,
    /// Arguments to `plan`.
    #[serde(default = "everything")]
    pub choices: Vec<String>,
    /// Answers by the question's id. Where the class is `ask`, each of these questions must
    /// be open before.
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
    /// Roots with all their references, as `schema/table/column`; `@` is the product's own
    /// schema, `public` or `main`.
    #[serde(default)]
    pub convert: BTreeMap<String, Vec<String>>,
    /// Columns whose ids are in arrays or of several keys.
    #[serde(default)]
    pub scattered: BTreeMap<String, Scattered>,
    /// What is refused, and why.
    #[serde(default)]
    pub refuse: Vec<Expected>,
    /// What the plan or the inspection must say.
    #[serde(default)]
    pub findings: Vec<Told>,
    /// Checks that hold on the database as it was, and again after undo.
    #[serde(default)]
    pub before: BTreeMap<String, Check>,
    /// Checks that hold on the converted database.
    #[serde(default)]
    pub after: BTreeMap<String, Check>,
    /// Proofs and assertions that must be among those of the run.
    #[serde(default)]
    pub proofs: Vec<String>,
    /// The oldest major version of PostgreSQL that has what the scenario is about.
    #[serde(default)]
    pub since: u32,
    /// A query that shows no ids; its answer must be the same at every stage.
    pub probe: Option<String>,
}

/// A column whose ids are in arrays or of several keys.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scattered {
    /// Its type after the conversion.
    #[serde(rename = "type")]
    pub type_name: String,
    /// The column that names the class; none for arrays.
    pub by: Option<String>,
    /// The root by class; arrays have but one, without a name.
    pub of: BTreeMap<String, String>,
}

/// One refusal that must be among those of the plan.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The root of the domain.
    pub root: String,
    /// The stable rule.
    pub rule: String,
    /// A word of the object or the meaning.
    pub says: String,
    /// The only product it holds for, where it does not for all.
    pub product: Option<String>,
}

/// One finding that must be told.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// The stable rule.
    pub rule: String,
    /// The object, whole.
    pub object: String,
    /// `info`, `warn`, `ask` or `block`.
    pub severity: String,
}

/// One question to the database with its right answer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// The query.
    pub sql: String,
    /// The answer as the product's own tool prints it, without the last line break.
    pub expect: String,
}

impl Scenario {
    /// Reads and judges it.
    pub fn read(folder: &Path) -> Scenario {
        let file = folder.join("scenario.json");
        let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let scenario: Scenario =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        assert!(!scenario.about.is_empty(), "{} does not say what it is about", file.display());
        assert_eq!(scenario.cases.is_empty(), scenario.class.is_none(), "{}: cases have a class", file.display());
        let asks = scenario.class == Some(Class::Ask);
        assert!(!asks || !scenario.answers.is_empty(), "{} asks and gives no answer", file.display());
        let refuses = scenario.class == Some(Class::Refuse);
        assert!(!refuses || !scenario.refuse.is_empty(), "{} refuses nothing", file.display());
        let warns = scenario.class == Some(Class::Warn);
        assert!(!warns || !scenario.findings.is_empty(), "{} warns of nothing", file.display());
        scenario
    }
}

fn everything() -> Vec<String> {
    vec!["--all".to_owned(), "--accept-defaults".to_owned()]
}
