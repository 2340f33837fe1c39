//! Failures of the window itself, in the same shape as those of the engine.

use rekey_engine::{DataState, Failure};

use crate::secrets::SecretError;

fn failure(code: &str, what: &str, why: &str, remedy: &str) -> Failure {
    let state = DataState::Untouched;
    Failure {
        code: code.to_owned(),
        what: what.to_owned(),
        why: why.to_owned(),
        remedy: vec![remedy.to_owned()],
        state_sentence: state.sentence(),
        state,
        details: None,
        exit: 2,
    }
}

/// A stage that is not open, for the reason that the wizard gives.
pub fn closed(reason: &str) -> Failure {
    failure(
        "RK-E40",
        reason,
        "The stages build on each other, so that nothing runs unchecked.",
        "Go through the stages in their order.",
    )
}

/// The typed confirmation is not what was asked for.
pub fn not_confirmed(expected: &str) -> Failure {
    failure(
        "RK-E41",
        "The confirmation does not match, so nothing was started.",
        "A production database is only changed after its name was typed.",
        &format!("Type the name of the database exactly as it is shown: {expected}"),
    )
}

/// The typed confirmation is not the name of the Redis.
pub fn redis_not_confirmed(expected: &str) -> Failure {
    failure(
        "RK-E41",
        "The confirmation does not match, so nothing was started.",
        "What is in Redis is only changed after it was said which Redis it is.",
        &format!("Type its name exactly as it is shown: {expected}"),
    )
}

/// Ids of a run cannot be translated any more, or not yet.
pub fn no_map(run: &str) -> Failure {
    failure(
        "RK-E50",
        &format!("Run {run} has no map, so no id in Redis can be translated."),
        "Ids are translated through the map of a finished run; it goes when the run is kept or taken back.",
        "Convert the database first. What was rewritten before an undo can still be brought back.",
    )
}

/// Nothing was rewritten in Redis for a run.
pub fn nothing_in_redis(run: &str) -> Failure {
    failure(
        "RK-E50",
        &format!("Nothing was rewritten in Redis for run {run}."),
        "The database keeps the rules of every rewrite beside its journal, and there are none for this run.",
        "There is nothing to bring back.",
    )
}

/// The command is no longer the one that the user said yes to.
pub fn not_agreed(line: &str) -> Failure {
    failure(
        "RK-E59",
        "The command is another one than the one you said yes to, so nothing was carried out.",
        "Another file was chosen meanwhile.",
        &format!("Look at the command as it is now: {line}"),
    )
}

/// The new database is there already.
pub fn taken(place: &str) -> Failure {
    failure(
        "RK-E49",
        &format!("'{place}' is there already, so nothing was restored."),
        "A backup is restored into a new database, so that nothing that is there is ever lost.",
        "Choose a name that no database has.",
    )
}

/// What was named is not the whole path of what is wanted, such as "a folder".
pub fn no_path(path: &str, wanted: &str) -> Failure {
    failure(
        "RK-E53",
        &format!("'{path}' is not the whole path of {wanted}."),
        "The window has no folder of its own that a shorter path could begin in, or there is no such thing at that place.",
        "Choose it in the dialog, or type its whole path.",
    )
}

/// The file is there already.
pub fn file_taken(path: &str) -> Failure {
    failure(
        "RK-E53",
        &format!("'{path}' is there already, so nothing was written."),
        "A path that was typed never replaces a file.",
        "Type another name, or choose the file in the dialog, which asks before it replaces one.",
    )
}

/// The answer belongs to a job that is no longer open.
pub fn outdated() -> Failure {
    failure(
        "RK-E42",
        "Another database was opened while this one was being read.",
        "The answer came too late and was dropped.",
        "Do it again for the database that is open now.",
    )
}

/// There is no password where one should be.
pub fn no_password(name: &str) -> Failure {
    failure(
        "RK-E43",
        &format!("There is no saved password for '{name}'."),
        "It was removed from the keyring, or could only be kept until Rekey was closed.",
        "Type the password.",
    )
}

/// The held password of a pasted URL is gone.
pub fn no_ticket() -> Failure {
    failure(
        "RK-E44",
        "The password from the pasted URL is no longer held.",
        "It is held for one connection only and zeroed afterwards.",
        "Type the password, or paste the URL again.",
    )
}

/// The reason for going on without a backup or a rehearsal says too little.
pub fn reason_too_short(least: usize) -> Failure {
    failure(
        "RK-E45",
        &format!("The reason has fewer than {least} characters."),
        "It is printed in the report, where others must be able to understand it.",
        "Write in a few words where the backup is or where the plan was tried, or why that is not needed.",
    )
}

/// The environment is not chosen although the server is on another machine.
pub fn no_environment() -> Failure {
    failure(
        "RK-E46",
        "It is not said which environment this database belongs to.",
        "The server is on another machine, and a production database asks for more care.",
        "Choose production, staging or development.",
    )
}

/// What people vouch for is not filled in as it must be.
pub fn not_signed(fault: &str) -> Failure {
    failure(
        "RK-E49",
        &format!("What people vouch for cannot be kept: {fault}."),
        "It is printed in the report, where others must be able to see who answers for what.",
        "Fill in the field, or take the line away.",
    )
}

/// The keyring did not give or take a password.
pub fn keyring(error: &SecretError) -> Failure {
    let mut told = match error {
        SecretError::RemoteControlled => failure(
            "RK-E48",
            "Saved passwords are not loaded while the window is under remote control.",
            "The variable TAURI_WEBVIEW_AUTOMATION is set, with which another program can read the window.",
            "Close Rekey and start it without that variable, or type the password.",
        ),
        SecretError::Locked { .. }
        | SecretError::Missing { .. }
        | SecretError::TooSlow
        | SecretError::Refused { .. } => failure(
            "RK-E48",
            "The system's keyring could not be used.",
            "It is locked, does not run, or did not answer in time.",
            "Unlock the keyring and try again, or type the password.",
        ),
    };
    told.details = Some(error.to_string());
    told
}
