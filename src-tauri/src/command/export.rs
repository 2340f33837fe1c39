//! `export`: the plan as a script or as a migration file.

use std::collections::BTreeMap;

use rekey_engine::application::export::{self, Model, Script, Told, Way};
use rekey_engine::application::versions::{self, VersionTable};
use rekey_engine::execute;
use rekey_engine::schema::Schema;
use serde_json::json;

use crate::command::args::ExportArgs;
use crate::command::session::Session;
use crate::command::text::plain;
use crate::command::{Outcome, Stop, plan as plan_file, safety};

/// Writes every statement of a plan, in order, for another program.
pub async fn export(session: &Session, args: &ExportArgs) -> Result<Outcome, Stop> {
    let format = Format::read(args)?;
    let plan = safety::plan(&args.plan)?;
    let (target, mut connection) = session.reader(&args.target).await?;
    let database = target.database.as_ref();
    let schema = database.inspect(connection.as_mut()).await?;
    let script = if args.state_only {
        let runs = execute::runs(database, connection.as_mut()).await?;
        let run = runs.iter().find(|run| run.plan.fingerprint == plan.fingerprint).ok_or_else(not_carried_out)?;
        Script::carried_out(&plan, &run.run)
    } else {
        rekey_engine::plan::verify(database, &schema, &plan)?;
        export::script(database, connection.as_mut(), &schema, &plan, env!("CARGO_PKG_VERSION")).await?
    };
    let (text, unknown) = match format {
        Format::Sql => (export::sql(&script, if args.undo { Way::Back } else { Way::Forward }), Vec::new()),
        Format::Alembic => {
            let tables = versions::read(database, connection.as_mut(), &schema).await?;
            (alembic(&script, args, &tables)?, Vec::new())
        }
        Format::Django => {
            let tables = versions::read(database, connection.as_mut(), &schema).await?;
            django(&script, &schema, args, &tables)?
        }
    };
    if !unknown.is_empty() {
        session.console.warn(&format!(
            "no model of Django's is known for {}; name each with --model TABLE=app.Model.",
            plain(&unknown.join(", "))
        ));
    }
    if let Some(path) = &args.output {
        plan_file::save(path, &text)?;
    }
    let document = json!({
        "plan_fingerprint": plan.fingerprint,
        "format": args.format,
        "script": text,
        "run": script.run,
        "file": args.output.as_ref().map(|path| path.display().to_string()),
        "unknown_models": unknown,
    });
    let told = args.output.as_ref().map_or(text, |path| format!("Saved as {}", path.display()));
    Ok(Outcome::new(&document, told))
}

fn not_carried_out() -> Stop {
    Stop::refused(
        "The journal in the database knows no run of this plan.",
        "A file that only moves versions and models on is for a database that 'rekey run' has converted.",
        &["Run the plan first, or leave --state-only out to have the migration itself carry it out."],
    )
}

enum Format {
    Sql,
    Alembic,
    Django,
}

impl Format {
    fn read(args: &ExportArgs) -> Result<Format, Stop> {
        let format = match args.format.as_str() {
            "sql" => Format::Sql,
            "alembic" => Format::Alembic,
            "django" => Format::Django,
            other => {
                let what = format!("'{other}' is not a format of 'rekey export'.");
                return Err(Stop::usage(&what, "Rekey knows sql, alembic and django.", &["Use --format sql."]));
            }
        };
        let sql = matches!(format, Format::Sql);
        if args.undo && !sql {
            return Err(Stop::usage(
                "--undo is for --format sql.",
                "A migration file holds both ways.",
                &["Leave --undo out."],
            ));
        }
        if args.state_only && sql {
            return Err(Stop::usage(
                "--state-only is for --format alembic and django.",
                "A script without statements does nothing.",
                &["Leave --state-only out, or name another format."],
            ));
        }
        Ok(format)
    }
}

fn alembic(script: &Script, args: &ExportArgs, tables: &[VersionTable]) -> Result<String, Stop> {
    let table = tables.iter().find(|table| table.tool == "Alembic");
    if args.down_revision.is_none() && table.is_some_and(|table| table.applied > 1) {
        return Err(Stop::usage(
            "Alembic stands at several revisions at once.",
            "The new revision must come after one of them.",
            &["Merge the heads with 'alembic merge heads', or name one with --down-revision."],
        ));
    }
    let before = args.down_revision.as_deref().or_else(|| table?.newest.as_deref());
    let revision = args.revision.clone().unwrap_or_else(|| script.plan.fingerprint.chars().take(12).collect());
    if !revision.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_') || revision.is_empty() {
        return Err(Stop::usage(
            &format!("'{}' is no revision of Alembic's.", plain(&revision)),
            "A revision is made of letters, digits and underscores.",
            &["Leave --revision out to take the beginning of the plan's fingerprint."],
        ));
    }
    Ok(export::alembic(script, &revision, before, args.state_only))
}

fn django(
    script: &Script,
    schema: &Schema,
    args: &ExportArgs,
    tables: &[VersionTable],
) -> Result<(String, Vec<String>), Stop> {
    let newest =
        tables.iter().find(|table| table.tool == "Django").map(|table| table.parts.clone()).unwrap_or_default();
    let named: BTreeMap<String, Model> = args.model.iter().map(|text| model(text)).collect::<Result<_, Stop>>()?;
    let app = args.app.clone().or_else(|| usual(script, &newest, &named)).ok_or_else(|| {
        Stop::usage(
            "It is not said to which application of Django's the migration belongs.",
            "No table of the plan is named after an application that the table django_migrations knows.",
            &["Name it with --app LABEL, and models with --model TABLE=app.Model."],
        )
    })?;
    let told = Told { app: &app, newest: &newest, named: &named, state_only: args.state_only };
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
            "The form is TABLE=app.Model, as in --model customers=shop.Customer.",
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
