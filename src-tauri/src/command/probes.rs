//! Questions of the user's own that `rehearse` times before and after.

use rekey_engine::Error;
use rekey_engine::dialect::Database;
use rekey_engine::plan::Plan;
use rekey_engine::rehearse::Question;

use crate::command::Stop;
use crate::command::args::RehearseArgs;

/// Takes them from `--probe` and from the files of `--probes`.
pub fn read(args: &RehearseArgs, plan: &Plan) -> Result<Vec<Question>, Stop> {
    let mut texts = args.probe.clone();
    for path in &args.probes {
        let text = std::fs::read_to_string(path)
            .map_err(|error| Error::File { path: path.display().to_string(), detail: error.to_string() })?;
        texts.extend(text.split(';').filter(|part| !part.trim().is_empty()).map(str::to_owned));
    }
    texts.iter().map(|text| question(text, plan)).collect()
}

fn question(text: &str, plan: &Plan) -> Result<Question, Stop> {
    Question::new(text, plan.engine, &plan.database).map_err(|reason| {
        Stop::usage(
            &format!("The probe '{}' cannot be asked.", text.trim()),
            &format!("A probe is one statement that only reads: {reason}."),
            &["Give one SELECT for each --probe, or several in a file with a semicolon behind each."],
        )
    })
}

/// Has the database say that it understands them, before a copy is made.
pub async fn check(questions: &[Question], database: &dyn Database) -> Result<(), Stop> {
    for question in questions {
        match question.check(database).await {
            Err(Error::Statement { detail, .. }) => {
                return Err(Stop::usage(
                    &format!("The probe '{}' cannot be asked.", question.title()),
                    &format!("The database refuses it: {}.", detail.trim_end_matches('.')),
                    &["Correct it; the database was only asked how it would answer, and nothing was changed."],
                ));
            }
            other => other?,
        }
    }
    Ok(())
}
