//! From domains and answers to what is converted, what is asked and what is refused.

use std::collections::BTreeMap;

use crate::check::{Finding, Severity};
use crate::dialect::Database;
use crate::plan::{AnswerOption, Choices, Conversion, ConversionKind, Question, Storage, UuidVersion};
use crate::schema::{ColumnName, Domain, DomainMember, Schema};

/// The answer that makes an undeclared reference follow its key.
const INCLUDE: &str = "include";
/// The answer that leaves it as it is.
const IGNORE: &str = "ignore";
/// The answer that makes it follow its key and lose the values that the key does not have.
pub const SET_NULL: &str = "set_null";
/// The answer that goes on with open eyes.
const ACCEPT: &str = "accept";
/// The answer that leaves things as they are.
pub const LEAVE: &str = "leave";

/// A domain with the questions about it. Its findings hold only what is still open or
/// worth knowing, its members only what will be converted.
#[derive(Clone)]
pub(super) struct Decided {
    pub domain: Domain,
    pub questions: Vec<Question>,
    /// The answers that shape statements, by the question's id.
    pub answers: BTreeMap<String, String>,
}

impl Decided {
    /// The conversion of the domain as it was decided.
    pub fn conversion(&self, schema: &Schema, choices: &Choices, storage: Storage) -> Conversion {
        let mut conversion = Conversion::of(schema, &self.domain, choices.uuid, storage);
        if choices.uuid == UuidVersion::V5 && choices.namespace.is_some() {
            conversion.namespace.clone_from(&choices.namespace);
        }
        if let Some(one) = choices.repoint.iter().find(|one| one.root == conversion.root) {
            conversion.kind = ConversionKind::Repoint;
            conversion.target = Some(one.target.clone());
            conversion.take_type_of_target(schema);
        }
        conversion.slug =
            choices.slugs.iter().find(|one| one.table == conversion.root.table).map(|one| one.column.clone());
        conversion.answers.clone_from(&self.answers);
        conversion
    }

    /// The answers on which it may depend what else is found. A choice that need not be made
    /// concerns nothing but its own statements, so nothing has to be looked at again for it.
    pub fn decisions(&self) -> BTreeMap<String, String> {
        let free: Vec<String> = self
            .domain
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Info)
            .map(Finding::question)
            .collect();
        let made = self.answers.iter().filter(|(id, _)| !free.contains(id));
        made.map(|(id, answer)| (id.clone(), answer.clone())).collect()
    }
}

/// The query that counts values of a column that its root does not hold. `source` is what
/// stands behind `FROM`: the column's values.
pub(super) fn orphans_query(
    database: &dyn Database,
    schema: &Schema,
    root: &ColumnName,
    column: &ColumnName,
    source: &str,
) -> String {
    let root_table = format!("{}.{}", database.quote(&root.table.schema), database.quote(&root.table.name));
    let (root_key, key) = (database.quote(&root.column), database.quote(&column.column));
    format!(
        "SELECT {} FROM {source} c WHERE c.{key} IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM {root_table} r WHERE r.{root_key} = {})",
        database.text("count(*)"),
        database.comparable(schema, root, column, &format!("c.{key}"))
    )
}

/// The questions about the undeclared references of a domain, as a plan asks them before
/// anything was answered.
pub(crate) fn undeclared(domain: &Domain) -> Vec<Question> {
    let guesses = domain.members.iter().filter(|member| member.is_inferred());
    guesses.map(|guess| inferred_question(domain, guess)).collect()
}

/// Applies the answers to the undeclared references of a domain.
pub(super) fn decide(mut domain: Domain, choices: &Choices) -> Decided {
    let mut questions = Vec::new();
    let mut answers = BTreeMap::new();
    let guesses: Vec<DomainMember> = domain.members.iter().filter(|member| member.is_inferred()).cloned().collect();
    for guess in guesses {
        let mut question = inferred_question(&domain, &guess);
        let by_flag = (choices.include_inferred && is_contained(&guess)).then(|| INCLUDE.to_owned());
        question.answer = given(&question, choices).or(by_flag);
        apply(&mut domain, &guess.column, question.answer.as_deref());
        if let Some(answer) = question.answer.as_ref().filter(|answer| *answer == SET_NULL) {
            answers.insert(question.id.clone(), answer.clone());
        }
        questions.push(question);
    }
    domain.add([]);
    Decided { domain, questions, answers }
}

fn is_contained(guess: &DomainMember) -> bool {
    guess.confidence.is_some_and(|sure| sure.is_contained())
}

/// Turns what was found into questions, and takes answered ones off the domain.
pub(super) fn ask(decided: &mut Decided, choices: &Choices) {
    let open: Vec<Finding> = decided.domain.findings.iter().filter(|finding| is_question(finding)).cloned().collect();
    for finding in open {
        let mut question = general_question(&decided.domain, &finding);
        let by_itself = (finding.severity != Severity::Ask).then(|| question.default.clone()).flatten();
        question.answer = given(&question, choices).or(by_itself);
        match question.answer.as_deref() {
            Some(LEAVE) if finding.severity == Severity::Ask => harden(&mut decided.domain, &finding),
            Some(answer) => {
                decided.answers.insert(question.id.clone(), answer.to_owned());
                soften(&mut decided.domain, &finding);
                let option = finding.options.iter().find(|option| option.value == answer);
                if finding.takes_in() {
                    decided.domain.take_in(option.and_then(|option| option.member.as_deref()), &finding.object);
                }
            }
            None => {
                decided.answers.remove(&question.id);
            }
        }
        decided.questions.retain(|known| known.id != question.id);
        // What need not be decided stands with its finding, unless somebody did decide it.
        if finding.severity == Severity::Ask || choices.answers.contains_key(&question.id) {
            decided.questions.push(question);
        }
    }
    decided.domain.add([]);
}

// A guess about a reference has its own question.
fn is_question(finding: &Finding) -> bool {
    // What was decided against is not asked again.
    finding.rule != "RK-013"
        && finding.severity != Severity::Block
        && (finding.severity == Severity::Ask || !finding.options.is_empty())
}

fn given(question: &Question, choices: &Choices) -> Option<String> {
    let valid = |answer: &&String| question.options.iter().any(|option| option.value == **answer);
    let typed = choices.answers.get(&question.id).filter(valid).cloned();
    typed.or_else(|| choices.accept_defaults.then(|| question.default.clone()).flatten())
}

fn apply(domain: &mut Domain, column: &ColumnName, answer: Option<&str>) {
    let name = column.to_string();
    match answer {
        Some(INCLUDE | SET_NULL) => {
            domain.findings.retain(|finding| finding.rule != "RK-013" || finding.object != name)
        }
        Some(IGNORE) => {
            domain.members.retain(|member| member.column != *column);
            domain.findings.retain(|finding| finding.rule != "RK-013" || finding.object != name);
            domain.findings.push(Finding::new(
                Severity::Warn,
                "RK-015",
                name,
                format!("You answered that this column is no reference to {}. It keeps its integers.", domain.root),
                "Nothing, if that is so. Joins over it would no longer work.",
            ));
        }
        Some(LEAVE) => {
            for finding in domain.findings.iter_mut().filter(|known| known.rule == "RK-013" && known.object == name) {
                finding.severity = Severity::Block;
            }
        }
        _ => {}
    }
}

fn soften(domain: &mut Domain, finding: &Finding) {
    for known in domain.findings.iter_mut().filter(|known| *known == finding) {
        known.severity = known.severity.min(Severity::Warn);
    }
}

fn harden(domain: &mut Domain, finding: &Finding) {
    for known in domain.findings.iter_mut().filter(|known| *known == finding) {
        known.severity = Severity::Block;
    }
}

fn option(value: &str, consequence: impl Into<String>) -> AnswerOption {
    AnswerOption::new(value, consequence)
}

fn inferred_question(domain: &Domain, guess: &DomainMember) -> Question {
    let column = &guess.column;
    let told = guess.confidence.map(|sure| sure.told()).unwrap_or_default();
    let strays = guess.confidence.map_or(0, |sure| sure.strays);
    let kept = match strays {
        0 => "It is converted together with the key.".to_owned(),
        1 => {
            "It is converted together with the key; the one value that the key lacks gets a UUID of its own.".to_owned()
        }
        _ => format!(
            "It is converted together with the key; the {strays} values that the key lacks get UUIDs of their own."
        ),
    };
    let mut options = vec![option(INCLUDE, kept)];
    if strays > 0 && guess.can_let_go {
        options.push(option(SET_NULL, format!("It is converted together with the key, and becomes NULL in the {strays} rows whose value the key lacks. The undo gives them their values back, unless they have got another one since.")));
    }
    options.push(option(IGNORE, "It keeps its integers; if it is a reference after all, it then points nowhere."));
    if strays > 0 {
        options.push(option(LEAVE, format!("{} is not converted.", domain.root)));
    }
    Question {
        id: format!("inferred {column}"),
        root: domain.root.clone(),
        text: format!("Does {column} reference {}? No foreign key says so. {told}", domain.root),
        options,
        default: is_contained(guess).then(|| INCLUDE.to_owned()),
        answer: None,
    }
}

fn general_question(domain: &Domain, finding: &Finding) -> Question {
    let mut options = finding.options.clone();
    if options.is_empty() {
        options.push(option(ACCEPT, "The conversion goes on as the plan shows it; the report names this."));
    }
    if finding.severity >= Severity::Ask && options.iter().all(|option| option.value != LEAVE) {
        options.push(option(LEAVE, format!("{} is not converted.", domain.root)));
    }
    Question {
        id: finding.question(),
        root: domain.root.clone(),
        text: format!("{} {}", finding.meaning, finding.remedy),
        options,
        default: finding.default.clone(),
        answer: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Confidence, Fit, INFERRED, Shape, Verdict};

    fn sample() -> Domain {
        let root = ColumnName::new("s", "users", "id");
        let guess = ColumnName::new("s", "notes", "user_id");
        let member = |column: &ColumnName, via: &str| DomainMember {
            column: column.clone(),
            via: via.to_owned(),
            type_name: "integer".to_owned(),
            confidence: None,
            fit: None,
            can_let_go: false,
            shape: Shape::Plain,
            to_type: None,
        };
        let mut domain = Domain {
            members: vec![member(&root, "users_pkey"), member(&guess, INFERRED)],
            root,
            verdict: Verdict::Convert,
            findings: vec![],
            rows: 1,
        };
        domain.add([Finding::new(Severity::Ask, "RK-013", guess.to_string(), "", "")]);
        domain
    }

    fn outcome(choices: &Choices, strays: u64) -> (Verdict, usize) {
        let mut domain = sample();
        domain.settle_guess(&ColumnName::new("s", "notes", "user_id"), Confidence::weigh(Fit::Strong, 9, strays));
        let decided = decide(domain, choices);
        (decided.domain.verdict, decided.domain.members.len())
    }

    #[test]
    fn what_inspect_asks_is_what_the_plan_asks() {
        let mut domain = sample();
        domain.settle_guess(&ColumnName::new("s", "notes", "user_id"), Confidence::weigh(Fit::Strong, 9, 2));
        let asked = undeclared(&domain);
        assert_eq!(asked.len(), 1);
        assert_eq!(asked, decide(domain, &Choices::default()).questions);
    }

    #[test]
    fn without_an_answer_a_guess_stays_a_question() {
        assert_eq!(outcome(&Choices::default(), 0), (Verdict::Ask, 2));
    }

    #[test]
    fn the_flag_includes_only_guesses_whose_values_are_all_the_keys() {
        let choices = Choices { include_inferred: true, ..Choices::default() };
        assert_eq!(outcome(&choices, 0), (Verdict::Convert, 2));
        assert_eq!(outcome(&choices, 3), (Verdict::Ask, 2));
    }

    #[test]
    fn an_answer_counts_and_an_unknown_one_does_not() {
        let mut choices = Choices::default();
        choices.answers.insert("inferred s.notes.user_id".into(), "ignore".into());
        assert_eq!(outcome(&choices, 0), (Verdict::Convert, 1));
        choices.answers.insert("inferred s.notes.user_id".into(), "perhaps".into());
        assert_eq!(outcome(&choices, 0), (Verdict::Ask, 2));
    }

    fn asked(severity: Severity, default: Option<&str>, choices: &Choices) -> (Verdict, BTreeMap<String, String>) {
        let mut decided = decide(sample(), choices);
        decided.domain.findings = vec![
            Finding::new(severity, "RK-999", "check c", "It compares numbers.", "Drop it.")
                .asking(vec![AnswerOption::new("drop", "It is taken away.")], default),
        ];
        ask(&mut decided, choices);
        (decided.domain.verdict, decided.answers)
    }

    #[test]
    fn an_answer_of_a_findings_own_shapes_the_conversion() {
        let given = BTreeMap::from([("RK-999 check c".to_owned(), "drop".to_owned())]);
        let mut choices = Choices { answers: given.clone(), ..Choices::default() };
        assert_eq!(asked(Severity::Ask, None, &choices), (Verdict::Convert, given.clone()));
        choices.answers.insert("RK-999 check c".into(), LEAVE.into());
        assert_eq!(asked(Severity::Ask, None, &choices), (Verdict::Refuse, BTreeMap::new()));
        assert_eq!(asked(Severity::Ask, Some("drop"), &Choices::default()), (Verdict::Ask, BTreeMap::new()));
        choices = Choices { accept_defaults: true, ..Choices::default() };
        assert_eq!(asked(Severity::Ask, Some("drop"), &choices), (Verdict::Convert, given));
        assert_eq!(asked(Severity::Ask, None, &choices), (Verdict::Ask, BTreeMap::new()));
    }

    #[test]
    fn a_choice_that_need_not_be_made_takes_its_default() {
        let taken = BTreeMap::from([("RK-999 check c".to_owned(), "drop".to_owned())]);
        assert_eq!(asked(Severity::Info, Some("drop"), &Choices::default()), (Verdict::Convert, taken));
    }
}
