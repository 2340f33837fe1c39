//! `plan`: from the words of the command line to a saved plan.

use std::path::Path;

use rekey_engine::check::Severity;
use rekey_engine::dialect::{Connection, Database};
use rekey_engine::plan::{Choices, Plan, Question, Repoint, Selection, Slug, build};
use rekey_engine::report::words::{count, thousands};
use rekey_engine::schema::{ColumnName, EngineKind, TableName};
use rekey_engine::{Error, Result};

use crate::command::args::PlanArgs;
use crate::command::session::Session;
use crate::command::text::{blocks, columns, findings, plain};
use crate::command::{Outcome, Stop, answers, names, unsupported};

/// Makes a plan, saves it and shows it.
pub async fn plan(session: &Session, args: &PlanArgs) -> Result<Outcome, Stop> {
    if !args.all && args.domain.is_empty() && args.repoint.is_empty() {
        return Err(Stop::usage(
            "It is not said what to convert.",
            "A plan converts whole domains: a key with every reference to it.",
            &[
                "Add --all for everything that can be converted, or --domain schema.table.column for one key ('rekey inspect' lists them).",
            ],
        ));
    }
    let (target, mut connection) = session.reader(&args.target).await?;
    let choices = choices(target.database.as_ref(), connection.as_mut(), args).await?;
    let plan = build(target.database.as_ref(), connection.as_mut(), &choices).await?.plan;
    check_answers(session, &plan, &choices)?;
    let document = plan.to_json();
    if let Some(path) = &args.output {
        save(path, &document)?;
    }
    if let Some(path) = &args.sql {
        save(path, &plan.script())?;
    }
    let text = text(&plan, args.output.as_deref());
    match refusal(&plan, &choices.selection) {
        Some(stop) => Err(stop.with(&plan, text)),
        None => Ok(Outcome::of(document, text)),
    }
}

async fn choices(database: &dyn Database, connection: &mut dyn Connection, args: &PlanArgs) -> Result<Choices, Stop> {
    let names = Names::of(database, connection, args).await?;
    let repoint = args.repoint.iter().map(|text| names::repoint(text, &names.columns, names.engine));
    let repoint: Vec<Repoint> = repoint.collect::<Result<_, Stop>>()?;
    let slugs = args.slug.iter().map(|text| names::slug(text, &names.tables, names.engine));
    let slugs: Vec<Slug> = slugs.collect::<Result<_, Stop>>()?;
    let selection = if args.all {
        Selection::All
    } else {
        let named = args.domain.iter().map(|text| names::column(text, &names.columns, names.engine));
        let mut roots: Vec<ColumnName> = named.collect::<Result<_, Stop>>()?;
        roots.extend(
            repoint.iter().map(|one| one.root.clone()).filter(|root| !roots.contains(root)).collect::<Vec<_>>(),
        );
        Selection::Domains { roots }
    };
    let uuid = unsupported::uuid(&args.uuid)?;
    Ok(Choices {
        selection,
        uuid,
        namespace: unsupported::namespace(args.namespace.as_deref(), uuid)?,
        storage: unsupported::storage(args.storage.as_deref(), database.engine())?,
        include_inferred: args.include_inferred,
        repoint,
        slugs,
        accept_defaults: args.accept_defaults,
        answers: args.answers.as_deref().map(answers::read).transpose()?.unwrap_or_default(),
    })
}

// What the words of the command line can name.
struct Names {
    engine: EngineKind,
    columns: Vec<ColumnName>,
    tables: Vec<TableName>,
}

impl Names {
    // With --all alone nothing is named, and the schema need not be read twice.
    async fn of(database: &dyn Database, connection: &mut dyn Connection, args: &PlanArgs) -> Result<Names> {
        let mut names = Names { engine: database.engine(), columns: Vec::new(), tables: Vec::new() };
        if args.domain.is_empty() && args.repoint.is_empty() && args.slug.is_empty() {
            return Ok(names);
        }
        let schema = database.inspect(connection).await?;
        for table in schema.tables.values() {
            names.columns.extend(table.columns.iter().map(|column| table.column_name(&column.name)));
            names.tables.push(table.name.clone());
        }
        Ok(names)
    }
}

// A misspelt answer must not pass for one that was not given.
fn check_answers(session: &Session, plan: &Plan, choices: &Choices) -> Result<(), Stop> {
    for (id, answer) in &choices.answers {
        let Some(question) = plan.questions.iter().find(|question| question.id == *id) else {
            session.console.warn(&format!("no question of this plan has the id '{id}'; the answer is not used."));
            continue;
        };
        let possible: Vec<&str> = question.options.iter().map(|option| option.value.as_str()).collect();
        if !possible.contains(&answer.as_str()) {
            return Err(Stop::usage(
                &format!("'{answer}' is no answer to the question '{id}'."),
                &question.text,
                &[&format!("Answer with one of: {}.", possible.join(", "))],
            ));
        }
    }
    Ok(())
}

/// Writes a text to a file.
///
/// # Errors
/// A [`Stop`] where it cannot be written.
pub fn save(path: &Path, text: &str) -> Result<(), Stop> {
    std::fs::write(path, text)
        .map_err(|error| Error::File { path: path.display().to_string(), detail: error.to_string() }.into())
}

fn refusal(plan: &Plan, selection: &Selection) -> Option<Stop> {
    let named: Vec<String> = match selection {
        Selection::All => Vec::new(),
        Selection::Domains { roots } => roots
            .iter()
            .filter(|root| plan.refused.iter().any(|refused| refused.root == **root))
            .map(ToString::to_string)
            .collect(),
    };
    if !named.is_empty() {
        return Some(Stop::refused(
            &format!("What was named cannot be converted as it is: {}.", named.join(", ")),
            "The plan says why under 'refused', and which questions are open.",
            &[
                "Follow the remedy of each finding, answer the questions with --answers, or take the safe answers with --accept-defaults.",
            ],
        ));
    }
    plan.conversions.is_empty().then(|| {
        Stop::refused(
            "There is nothing left to convert.",
            "No integer key was found, or each one that was found is refused for the reasons given in the plan.",
            &["Follow the remedy of each finding, answer the questions with --answers, or take the safe answers with --accept-defaults."],
        )
    })
}

fn text(plan: &Plan, output: Option<&Path>) -> String {
    blocks(&[
        format!(
            "Plan {} for the {} database {}\n{}, about {} in the tables concerned",
            short(&plan.fingerprint),
            plan.engine.label(),
            plain(&plan.database),
            count(plan.conversions.len(), "domain to convert", "domains to convert"),
            format_args!("{} rows", thousands(plan.rows))
        ),
        conversions(plan),
        refused(plan),
        questions(&plan.questions),
        noted(plan),
        steps(plan),
        output.map(|path| format!("Saved as {}", path.display())).unwrap_or_default(),
    ])
}

/// The beginning of a fingerprint, enough to tell two plans apart.
pub fn short(fingerprint: &str) -> &str {
    fingerprint.get(..12).unwrap_or(fingerprint)
}

fn conversions(plan: &Plan) -> String {
    let rows: Vec<[String; 4]> = plan
        .conversions
        .iter()
        .flat_map(|conversion| &conversion.members)
        .map(|member| [member.column.to_string(), member.from_type.clone(), member.to_type.clone(), member.via.clone()])
        .collect();
    if rows.is_empty() { String::new() } else { columns(["Column", "From", "To", "Via"], &rows) }
}

fn refused(plan: &Plan) -> String {
    if plan.refused.is_empty() {
        return String::new();
    }
    let told = plan
        .refused
        .iter()
        .map(|refused| format!("  {}\n{}", plain(&refused.root.to_string()), findings(&refused.reasons)));
    format!("Not converted\n{}", told.collect::<Vec<_>>().join("\n"))
}

fn questions(questions: &[Question]) -> String {
    if questions.is_empty() {
        return String::new();
    }
    let told = |question: &Question| {
        let answer = match (&question.answer, &question.default) {
            (Some(answer), _) => format!("answered: {answer}"),
            (None, Some(default)) => format!("open; the safe answer is {default}"),
            (None, None) => "open; there is no safe answer".to_owned(),
        };
        let mut text = format!("  {}\n      {}\n      {}", plain(&question.id), plain(&question.text), plain(&answer));
        for option in &question.options {
            text.push_str(&format!("\n        {}: {}", plain(&option.value), plain(&option.consequence)));
        }
        text
    };
    format!("Questions\n{}", questions.iter().map(told).collect::<Vec<_>>().join("\n"))
}

fn noted(plan: &Plan) -> String {
    let heavy: Vec<_> = plan.findings.iter().filter(|finding| finding.severity > Severity::Info).cloned().collect();
    if heavy.is_empty() { String::new() } else { format!("Findings\n{}", findings(&heavy)) }
}

fn steps(plan: &Plan) -> String {
    if plan.blueprint.steps.is_empty() {
        return String::new();
    }
    let told = plan
        .blueprint
        .steps
        .iter()
        .enumerate()
        .map(|(place, step)| format!("  {:>3}. {}", place + 1, plain(&step.title)));
    format!("Steps, in one transaction (see every statement with --sql FILE)\n{}", told.collect::<Vec<_>>().join("\n"))
}
