//! `api`: the application's interface, asked before and after a run.

use std::path::Path;

use rekey_engine::application::probes::{self, Answered, Api, Comparison, Judgement, Snapshot};
use rekey_engine::application::services::Trouble;
use rekey_engine::execute::Cancel;
use rekey_engine::secret::SecretString;
use serde_json::{Value, json};

use crate::command::args::{ApiAfter, ApiBefore, ApiCommand, ApiToken};
use crate::command::services::{listen, read, stop};
use crate::command::session::Session;
use crate::command::text::{blocks, columns, plain};
use crate::command::{Outcome, Stop, plan as plan_file};
use crate::store::now;
use crate::target::read_password;
use crate::{api_token, secrets};

/// Does what the second word says.
pub async fn api(session: &Session, command: &ApiCommand) -> Result<Outcome, Stop> {
    let cancel = Cancel::default();
    let _interrupt = listen(session, &cancel);
    match command {
        ApiCommand::Before(args) => before(session, args, &cancel).await,
        ApiCommand::After(args) => after(session, args, &cancel).await,
        ApiCommand::Token(args) => token(session, args).await,
    }
}

fn described(path: &Path) -> Result<Api, Stop> {
    read(path)?.api.ok_or_else(|| stop(Trouble::Missing { key: "api" }))
}

async fn find(session: &Session, api: &Api, file: Option<&Path>) -> Result<Option<SecretString>, Stop> {
    let token = match file {
        Some(file) => Some(token_in(session, file)?),
        None if api.token => kept(session, api).await,
        None => None,
    };
    if token.is_some() && api.is_open() {
        session.console.warn("what goes to and from the interface, the token included, can be read on its way; use https:// where it is offered.");
    }
    Ok(token)
}

fn token_in(session: &Session, file: &Path) -> Result<SecretString, Stop> {
    let mut warnings = Vec::new();
    let token = read_password(file, &mut warnings)?;
    warnings.iter().for_each(|warning| session.console.warn(warning));
    Ok(token)
}

async fn kept(session: &Session, api: &Api) -> Option<SecretString> {
    let id = api_token::id(api);
    match secrets::ask(session.keyring(), move |keyring| keyring.get(&id)).await {
        Ok(token) => token,
        Err(error) => {
            session.console.warn(&format!("the token for {} could not be read: {error}.", api.origin()));
            None
        }
    }
}

async fn before(session: &Session, args: &ApiBefore, cancel: &Cancel) -> Result<Outcome, Stop> {
    let api = described(&args.file)?;
    let token = find(session, &api, args.token_file.as_deref()).await?;
    let found = probes::snapshot(&api, token.as_ref(), now(), cancel).await.map_err(stop)?;
    let text = serde_json::to_string_pretty(&found).unwrap_or_default();
    plan_file::save(&args.output, &text)?;
    let mut document = serde_json::to_value(&found).unwrap_or_default();
    if let Value::Object(document) = &mut document {
        document.insert("file".to_owned(), json!(args.output.display().to_string()));
        document.insert("expected".to_owned(), json!(found.is_expected()));
    }
    let told = format!("{}\n\nSaved as {}", answers(&found), args.output.display());
    if found.is_expected() {
        return Ok(Outcome::new(&document, told));
    }
    Err(Stop::failed(
        "The interface does not answer as the file expects.",
        "What is wrong before the run cannot be told from what the run brings.",
        &["Put it right, in the application or in the file, and ask again before the run."],
    )
    .with(&document, told))
}

fn answers(found: &Snapshot) -> String {
    let rows: Vec<[String; 4]> = found.answers.iter().map(row).collect();
    columns(["Probe", "Status", "ms", "Ids"], &rows)
}

fn row(answered: &Answered) -> [String; 4] {
    let number = |value: Option<u64>| value.map_or_else(|| "-".to_owned(), |value| value.to_string());
    let ids = answered
        .values
        .iter()
        .map(|held| format!("{}: {} UUIDs, {} numbers, {} others", held.path, held.uuids, held.numbers, held.others));
    let ids = match &answered.trouble {
        Some(trouble) => trouble.clone(),
        None => ids.collect::<Vec<_>>().join("; "),
    };
    [answered.name.clone(), number(answered.status.map(u64::from)), number(answered.milliseconds), ids]
}

async fn after(session: &Session, args: &ApiAfter, cancel: &Cancel) -> Result<Outcome, Stop> {
    let api = described(&args.file)?;
    let then = Snapshot::read(&args.before).map_err(stop)?;
    let token = find(session, &api, args.token_file.as_deref()).await?;
    let now = probes::snapshot(&api, token.as_ref(), now(), cancel).await.map_err(stop)?;
    let found = probes::compare(&then, &now);
    let text = compared(&found);
    match found.judgement {
        Judgement::Good | Judgement::Look => Ok(Outcome::new(&found, text)),
        Judgement::Bad => Err(Stop::failed(
            "The interface does not answer as it should after the run.",
            "What is wrong with each answer stands above. The run itself is proven by 'rekey validate'.",
            &["Put the application right, or take the run back with 'rekey undo'."],
        )
        .with(&found, text)),
    }
}

fn compared(found: &Comparison) -> String {
    let told = found.probes.iter().map(|probe| {
        let word = match probe.judgement {
            Judgement::Good => "good",
            Judgement::Look => "look",
            Judgement::Bad => "bad",
        };
        let remarks = probe.remarks.iter().map(|remark| format!("\n        {}", plain(remark))).collect::<String>();
        format!("  {word:<6}{}{remarks}", plain(&probe.name))
    });
    blocks(&[told.collect::<Vec<_>>().join("\n")])
}

async fn token(session: &Session, args: &ApiToken) -> Result<Outcome, Stop> {
    let api = described(&args.file)?;
    let (id, origin) = (api_token::id(&api), api.origin());
    if args.forget {
        secrets::ask(session.keyring(), move |keyring| keyring.delete(&id)).await.map_err(|error| not_kept(&error))?;
        return Ok(Outcome::new(
            &json!({ "origin": origin, "kept": false }),
            format!("The keyring holds no token for {origin} any more."),
        ));
    }
    let token = match &args.token_file {
        Some(file) => token_in(session, file)?,
        None if session.console.can_ask() => typed(&origin).await?,
        None => {
            return Err(Stop::usage(
                "There is no token to keep.",
                "Nobody can be asked for it here.",
                &["Name a file with --token-file, or give the command on a terminal."],
            ));
        }
    };
    secrets::ask(session.keyring(), move |keyring| keyring.set(&id, &token)).await.map_err(|error| not_kept(&error))?;
    Ok(Outcome::new(
        &json!({ "origin": origin, "kept": true }),
        format!("The keyring holds the token for {origin}; it is sent nowhere else."),
    ))
}

async fn typed(origin: &str) -> Result<SecretString, Stop> {
    let question = format!("Token for {origin}: ");
    match tokio::task::spawn_blocking(move || rpassword::prompt_password(question)).await {
        Ok(Ok(token)) if !token.is_empty() => Ok(SecretString::from(token)),
        Ok(Ok(_)) => Err(Stop::usage("There is no token to keep.", "Nothing was typed.", &["Give the command again."])),
        Ok(Err(error)) => {
            Err(rekey_engine::Error::File { path: "the terminal".to_owned(), detail: error.to_string() }.into())
        }
        Err(error) => Err(rekey_engine::Error::Internal { detail: error.to_string() }.into()),
    }
}

fn not_kept(error: &secrets::SecretError) -> Stop {
    Stop::failed(
        "The token was not kept.",
        &format!("{error}."),
        &["Unlock or start the keyring, or name a file with --token-file each time."],
    )
}
