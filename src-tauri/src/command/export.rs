//! `export`: the plan as a script or as a migration file.

use std::collections::BTreeMap;

use rekey_engine::application::export::{self, Model, Script, Told, Way};
use rekey_engine::application::versions::{self, VersionTable};
use rekey_engine::dialect::{Connection, Database};
use rekey_engine::execute;
use rekey_engine::plan::Plan;
use rekey_engine::schema::Schema;
use serde::Deserialize;
use serde_json::json;
use ts_rs::TS;

use crate::command::args::ExportArgs;
use crate::command::session::Session;
use crate::command::text::plain;
use crate::command::{Outcome, Stop, plan as plan_file, safety};

/// Writes every statement of a plan, in order, for another program.
pub async fn export(session: &Session, args: &ExportArgs) -> Result<Outcome, Stop> {
    let wish = Wish::read(args)?;
    let plan = safety::plan(&args.plan)?;
    let (target, mut connection) = session.reader(&args.target).await?;
    let made = make(target.database.as_ref(), connection.as_mut(), &plan, &wish).await?;
    if !made.unknown.is_empty() {
        session.console.warn(&format!(
            "no model of Django's is known for {}; name each with --model TABLE=app.Model.",
            plain(&made.unknown.join(", "))
        ));
    }
    if let Some(path) = &args.output {
        plan_file::save(path, &made.text)?;
    }
    let document = json!({
        "plan_fingerprint": plan.fingerprint,
        "format": args.format,
        "script": made.text,
        "run": made.run,
        "file": args.output.as_ref().map(|path| path.display().to_string()),
        "unknown_models": made.unknown,
    });
    let told = args.output.as_ref().map_or(made.text, |path| format!("Saved as {}", path.display()));
    Ok(Outcome::new(&document, told))
}

/// For whom a plan is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export, rename = "ExportFormat")]
pub enum Format {
    /// The product's own client.
    Sql,
    /// A migration of Alembic.
    Alembic,
    /// A migration of Django.
    Django,
}

/// How a plan is to be written.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export, rename = "ExportWish")]
pub struct Wish {
    /// For whom.
    pub format: Format,
    /// The way back; a migration file holds both ways.
    pub undo: bool,
    /// Sends nothing, only moves version and models on; for a database that is converted.
    pub state_only: bool,
    /// The new revision of Alembic's; none takes the beginning of the fingerprint.
    pub revision: Option<String>,
    /// The revision that it comes after; none takes the one that the database is at.
    pub down_revision: Option<String>,
    /// The application of Django's; none takes that of most converted tables.
    pub app: Option<String>,
    /// Models of Django's, each as `TABLE=app.Model`.
    pub models: Vec<String>,
}

/// A plan as it was written.
pub struct Exported {
    /// The text.
    pub text: String,
    /// The run under which the journal will know it.
    pub run: String,
    /// Tables whose model nobody knows.
    pub unknown: Vec<String>,
}

/// Writes a plan for another program; only reads the database.
///
/// # Errors
/// A [`Stop`] where the plan does not fit the database any more, or the format cannot express it.
pub async fn make(
    database: &dyn Database,
    connection: &mut dyn Connection,
    plan: &Plan,
    wish: &Wish,
) -> Result<Exported, Stop> {
    let schema = database.inspect(connection).await?;
    let script = if wish.state_only {
        let runs = execute::runs(database, connection).await?;
        let run = runs.iter().find(|run| run.plan.fingerprint == plan.fingerprint).ok_or_else(not_carried_out)?;
        Script::carried_out(plan, &run.run)
    } else {
        rekey_engine::plan::verify(database, &schema, plan)?;
        export::script(database, connection, &schema, plan, env!("CARGO_PKG_VERSION")).await?
    };
    let (text, unknown) = match wish.format {
        Format::Sql => (export::sql(&script, if wish.undo { Way::Back } else { Way::Forward }), Vec::new()),
        Format::Alembic => {
            let tables = versions::read(database, connection, &schema).await?;
            (alembic(&script, wish, &tables)?, Vec::new())
        }
        Format::Django => {
            let tables = versions::read(database, connection, &schema).await?;
            django(&script, &schema, wish, &tables)?
        }
    };
    Ok(Exported { text, run: script.run, unknown })
}

fn not_carried_out() -> Stop {
    Stop::refused(
        "The journal in the database knows no run of this plan.",
        "A file that only moves versions and models on is for a database that 'rekey run' has converted.",
        &["Run the plan first, or have the migration itself carry it out (without --state-only)."],
    )
}

impl Wish {
    fn read(args: &ExportArgs) -> Result<Wish, Stop> {
        let wish = Wish {
            format: Format::read(&args.format)?,
            undo: args.undo,
            state_only: args.state_only,
            revision: args.revision.clone(),
            down_revision: args.down_revision.clone(),
            app: args.app.clone(),
            models: args.model.clone(),
        };
        let sql = wish.format == Format::Sql;
        if wish.undo && !sql {
            return Err(Stop::usage(
                "--undo is for --format sql.",
                "A migration file holds both ways.",
                &["Leave --undo out."],
            ));
        }
        if wish.state_only && sql {
            return Err(Stop::usage(
                "--state-only is for --format alembic and django.",
                "A script without statements does nothing.",
                &["Leave --state-only out, or name another format."],
            ));
        }
        Ok(wish)
    }
}

impl Format {
    fn read(word: &str) -> Result<Format, Stop> {
        match word {
            "sql" => Ok(Format::Sql),
            "alembic" => Ok(Format::Alembic),
            "django" => Ok(Format::Django),
            other => {
                let what = format!("'{other}' is not a format of 'rekey export'.");
                Err(Stop::usage(&what, "Rekey knows sql, alembic and django.", &["Use --format sql."]))
            }
        }
    }
}

fn alembic(script: &Script, wish: &Wish, tables: &[VersionTable]) -> Result<String, Stop> {
    let table = tables.iter().find(|table| table.tool == "Alembic");
    if wish.down_revision.is_none() && table.is_some_and(|table| table.applied > 1) {
        return Err(Stop::usage(
            "Alembic stands at several revisions at once.",
            "The new revision must come after one of them.",
            &["Merge the heads with 'alembic merge heads', or name the one that it comes after (--down-revision)."],
        ));
    }
    let before = wish.down_revision.as_deref().or_else(|| table?.newest.as_deref());
    let revision = wish.revision.clone().unwrap_or_else(|| script.plan.fingerprint.chars().take(12).collect());
    if !revision.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_') || revision.is_empty() {
        return Err(Stop::usage(
            &format!("'{}' is no revision of Alembic's.", plain(&revision)),
            "A revision is made of letters, digits and underscores.",
            &["Leave the revision (--revision) out to take the beginning of the plan's fingerprint."],
        ));
    }
    Ok(export::alembic(script, &revision, before, wish.state_only))
}

fn django(
    script: &Script,
    schema: &Schema,
    wish: &Wish,
    tables: &[VersionTable],
) -> Result<(String, Vec<String>), Stop> {
    let newest =
        tables.iter().find(|table| table.tool == "Django").map(|table| table.parts.clone()).unwrap_or_default();
    let named: BTreeMap<String, Model> = wish.models.iter().map(|text| model(text)).collect::<Result<_, Stop>>()?;
    let app = wish.app.clone().or_else(|| usual(script, &newest, &named)).ok_or_else(|| {
        Stop::usage(
            "It is not said to which application of Django's the migration belongs.",
            "No table of the plan is named after an application that the table django_migrations knows.",
            &["Name the application (--app LABEL), and models as TABLE=app.Model (--model)."],
        )
    })?;
    let told = Told { app: &app, newest: &newest, named: &named, state_only: wish.state_only };
    Ok(export::django(script, schema, &told))
}

// The application that most of the converted keys belong to.
fn usual(script: &Script, newest: &BTreeMap<String, String>, named: &BTreeMap<String, Model>) -> Option<String> {
    let apps = newest.keys().cloned().collect();
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for conversion in &script.plan.conversions {
        let table = &conversion.root.table.name;
        if let Some(model) = named.get(table).cloned().or_else(|| Model::of(table, &apps)) {
            *count.entry(model.app).or_default() += 1;
        }
    }
    // Django's own applications have migrations of their own, which are nobody's to add to.
    let own = ["admin", "auth", "contenttypes", "sessions", "sites"];
    count.retain(|app, _| !own.contains(&app.as_str()));
    count.into_iter().max_by_key(|(_, tables)| *tables).map(|(app, _)| app)
}

fn model(text: &str) -> Result<(String, Model), Stop> {
    let read = || {
        let (table, model) = text.split_once('=')?;
        let (app, name) = model.split_once('.')?;
        let word =
            |text: &str| !text.is_empty() && text.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
        (!table.is_empty() && word(app) && word(name))
            .then(|| (table.to_owned(), Model { app: app.to_owned(), name: name.to_owned() }))
    };
    read().ok_or_else(|| {
        Stop::usage(
            &format!("'{}' names no model.", plain(text)),
            "The form is TABLE=app.Model, as in customers=shop.Customer.",
            &["Write it so."],
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_a_table_an_application_and_a_name() {
        let (table, found) = model("customers=shop.Customer").unwrap();
        assert_eq!((table.as_str(), found.app.as_str(), found.name.as_str()), ("customers", "shop", "Customer"));
        for bad in ["customers", "customers=Customer", "=shop.Customer", "a=shop.\"x"] {
            assert_eq!(model(bad).expect_err("no model").failure.exit, 2, "{bad}");
        }
    }
}
