//! `services`: the application around a run.

use std::path::Path;
use std::time::Duration;

use rekey_engine::application::services::{
    self, Ended, How, LogReport, Period, Presence, Services, Shown, Standing, Trouble, Verb, Wellbeing,
};
use rekey_engine::dialect::Attached;
use rekey_engine::execute::Cancel;
use rekey_engine::report::words::count;
use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::command::args::{ServicesCommand, ServicesDo, ServicesFile, ServicesLog, ServicesStopped};
use crate::command::interrupt::Interrupt;
use crate::command::session::Session;
use crate::command::text::{blocks, columns, plain};
use crate::command::{Outcome, Stop};
use crate::store::now;

/// Does what the second word says.
pub async fn services(session: &Session, command: &ServicesCommand) -> Result<Outcome, Stop> {
    let cancel = Cancel::default();
    let _interrupt = listen(session, &cancel);
    match command {
        ServicesCommand::Show(args) => show(args),
        ServicesCommand::Stop(args) => carry_out(session, Verb::Stop, args, &cancel).await,
        ServicesCommand::Start(args) => carry_out(session, Verb::Start, args, &cancel).await,
        ServicesCommand::MaintenanceOn(args) => carry_out(session, Verb::MaintenanceOn, args, &cancel).await,
        ServicesCommand::MaintenanceOff(args) => carry_out(session, Verb::MaintenanceOff, args, &cancel).await,
        ServicesCommand::Stopped(args) => stopped(session, args, &cancel).await,
        ServicesCommand::Health(args) => health(args, &cancel).await,
        ServicesCommand::Log(args) => log(session, args, &cancel).await,
    }
}

/// Listens for Ctrl-C while something outside the database is at work.
pub fn listen(session: &Session, cancel: &Cancel) -> Interrupt {
    Interrupt::saying(
        &session.console,
        cancel,
        "Cancelling: what is at work is ended, with all that it started.",
        "Already cancelling. Please wait.",
    )
}

/// The user's file.
pub fn read(path: &Path) -> Result<Services, Stop> {
    Services::read(path).map_err(stop)
}

/// What went wrong, as a command's end.
pub fn stop(trouble: Trouble) -> Stop {
    Stop::from(rekey_engine::Failure::from(trouble))
}

fn show(args: &ServicesFile) -> Result<Outcome, Stop> {
    let services = read(&args.file)?;
    let tasks = Verb::ALL.iter().filter_map(|verb| services.task(*verb).ok().map(|task| (verb.key(), task.shown())));
    let tasks: Vec<(&str, Shown)> = tasks.collect();
    let commands: Map<String, Value> = tasks.iter().map(|(key, shown)| ((*key).to_owned(), json!(shown))).collect();
    let logs: Vec<String> = services.logs.iter().map(|path| path.display().to_string()).collect();
    let log_commands: Vec<Shown> = services.log_commands.iter().map(services::Task::shown).collect();
    let document = json!({
        "commands": commands,
        "sessions": services.sessions,
        "health": services.health,
        "logs": logs,
        "log_commands": log_commands,
        "api": services.api,
    });
    let mut told: Vec<String> = tasks.iter().map(|(key, shown)| exact(key, shown)).collect();
    told.extend(services.health.iter().map(|health| format!("health\n  {}", plain(&health.url))));
    told.extend(logs.iter().map(|log| format!("log\n  {}", plain(log))));
    told.extend(log_commands.iter().map(|shown| exact("log", shown)));
    let probes = services.api.iter().flat_map(|api| &api.probes);
    told.extend(probes.map(|probe| format!("api\n  {}", plain(probe.title()))));
    Ok(Outcome::new(&document, blocks(&told)))
}

fn exact(key: &str, shown: &Shown) -> String {
    let mut text = format!(
        "{key}\n  {}\n  in {}, ended after {} s",
        plain(&shown.line),
        plain(&shown.folder),
        shown.timeout_seconds
    );
    if !shown.environment.is_empty() {
        text.push_str(&format!("\n  with {} of this environment", plain(&shown.environment.join(", "))));
    }
    text
}

async fn carry_out(session: &Session, verb: Verb, args: &ServicesDo, cancel: &Cancel) -> Result<Outcome, Stop> {
    let services = read(&args.file)?;
    let task = services.task(verb).map_err(stop)?;
    let shown = task.shown();
    exact(&format!("The command under \"{}\":", verb.key()), &shown)
        .lines()
        .for_each(|line| session.console.note(line));
    let agreed = args.yes || (session.console.can_ask() && session.console.agrees("Carry it out?").await);
    if !agreed {
        let document = json!({ "action": verb, "carried_out": false, "command": shown });
        return Err(Stop::usage(
            "Nothing was carried out: --yes is missing.",
            "Each command of yours needs your consent.",
            &["Look at the command, then give this one again with --yes."],
        )
        .with(&document, exact(verb.key(), &shown)));
    }
    let begun = now();
    let ended = services::carry_out(task, cancel).await.map_err(stop)?;
    let mut document = Map::new();
    document.insert("action".to_owned(), json!(verb));
    document.insert("carried_out".to_owned(), json!(true));
    document.insert("started_at".to_owned(), json!(begun));
    if let Ok(Value::Object(more)) = serde_json::to_value(&ended) {
        document.extend(more);
    }
    let text = blocks(&[said(&ended), ended.sentence(), left_running(&ended, verb)]);
    if ended.well {
        return Ok(Outcome::new(&document, text));
    }
    let cause = match ended.how {
        How::Exited | How::Signalled => "Something in it failed; what it said stands above.",
        How::TimedOut => "It hangs, or needs longer than \"timeout_seconds\" allows.",
        How::WroteTooMuch => "It writes without an end.",
        How::Cancelled => "What it had begun may be half done.",
    };
    let next = "See how the services are, put right what failed, and give the command again.";
    let mut stop = Stop::failed(&ended.sentence(), cause, &[next]).with(&document, blocks(&[said(&ended)]));
    stop.failure.state_sentence =
        "Rekey itself touched nothing; what the command had done by then is as it left it.".to_owned();
    Err(stop)
}

fn said(ended: &Ended) -> String {
    ended.said.text.lines().map(|line| format!("  {}", plain(line))).collect::<Vec<_>>().join("\n")
}

fn left_running(ended: &Ended, verb: Verb) -> String {
    match (ended.left_running, verb) {
        (false, _) => String::new(),
        (true, Verb::Start) => "What it started is running. What that writes to its standard output is read by nobody from now on; have it write a log.".to_owned(),
        (true, Verb::Stop | Verb::MaintenanceOn | Verb::MaintenanceOff) => "Something that it started is still running.".to_owned(),
    }
}

async fn stopped(session: &Session, args: &ServicesStopped, cancel: &Cancel) -> Result<Outcome, Stop> {
    let services = read(&args.file)?;
    let target = session.target(&args.target).await?;
    let patience = Duration::from_secs(args.wait);
    let found =
        services::wait_until_stopped(&services, target.database.as_ref(), patience, cancel).await.map_err(stop)?;
    let text = presence(&found);
    match found.standing {
        Standing::Stopped => Ok(Outcome::new(&found, text)),
        Standing::Running => Err(Stop::failed(
            &format!(
                "The services are not stopped: {} still connected.",
                count(found.theirs.len(), "session is", "sessions are")
            ),
            "They have not come to their end yet, something starts them again, or a connection pool outlives them.",
            &["Stop what is named above, then look again."],
        )
        .with(&found, text)),
        Standing::Unclear => Err(Stop::failed(
            "Whether the services are stopped cannot be told.",
            found.unclear.as_deref().unwrap_or_default(),
            &["Look as a user who may see all sessions, or name your services by what the server does tell."],
        )
        .with(&found, text)),
    }
}

fn presence(found: &Presence) -> String {
    let head = match found.standing {
        Standing::Stopped => "The services are stopped: none of their sessions is in the database.".to_owned(),
        Standing::Running | Standing::Unclear => String::new(),
    };
    let table = |head: &str, sessions: &[Attached]| {
        let rows = sessions.iter().map(|one| {
            let host = one.host.clone().unwrap_or_else(|| "not told".to_owned());
            [one.session.clone(), one.user.clone(), one.application.clone(), host]
        });
        let rows: Vec<[String; 4]> = rows.collect();
        if rows.is_empty() {
            String::new()
        } else {
            format!("{head}\n{}", columns(["Session", "User", "Application", "From"], &rows))
        }
    };
    blocks(&[
        head,
        table("Still connected", &found.theirs),
        table("Others who are connected, which are not these services", &found.others),
        found.caution.clone().unwrap_or_default(),
    ])
}

async fn health(args: &ServicesFile, cancel: &Cancel) -> Result<Outcome, Stop> {
    let services = read(&args.file)?;
    let health = services.health.as_ref().ok_or_else(|| stop(Trouble::Missing { key: "health" }))?;
    let found: Wellbeing = services::health(health, cancel).await.map_err(stop)?;
    if found.healthy {
        let text = format!("{}\n{}", plain(&found.url), plain(&found.told));
        return Ok(Outcome::new(&found, text));
    }
    let why = format!(
        "{} was asked {} in {} s. {}",
        found.url,
        count(found.tries as usize, "time", "times"),
        found.seconds,
        found.told
    );
    let remedy = found.remedy.clone().unwrap_or_default();
    Err(Stop::failed("The services are not well.", &why, &[&remedy]).with(&found, ""))
}

async fn log(session: &Session, args: &ServicesLog, cancel: &Cancel) -> Result<Outcome, Stop> {
    let services = read(&args.file)?;
    let since = args.since.as_deref().map(moment).transpose()?;
    let usual = Period::since(since);
    let period = Period { last_bytes: args.last.unwrap_or(usual.last_bytes), ..usual };
    for task in &services.log_commands {
        exact("The command that writes a log:", &task.shown()).lines().for_each(|line| session.console.note(line));
    }
    let asked = !services.log_commands.is_empty() && !args.yes && session.console.can_ask();
    let commands = args.yes || (asked && session.console.agrees("Carry it out?").await);
    let found = services::scan(&services, period, commands, cancel).await.map_err(stop)?;
    let mut document = serde_json::to_value(&found).unwrap_or_default();
    if let Value::Object(document) = &mut document {
        document.insert("clean".to_owned(), json!(found.is_clean()));
        document.insert("since".to_owned(), json!(args.since));
    }
    let text = report(&found);
    if found.is_clean() {
        return Ok(Outcome::new(&document, text));
    }
    let complaints: u64 = found.rules.iter().map(|rule| rule.lines).sum();
    if complaints == 0 {
        return Err(Stop::failed(
            "Not every log could be looked at.",
            "A file is not there or may not be read by you, or nobody said yes to its command.",
            &["See what is named above; --yes says yes to commands."],
        )
        .with(&document, text));
    }
    let complaints = usize::try_from(complaints).unwrap_or(usize::MAX);
    Err(Stop::failed(
        &format!("{} in the logs.", count(complaints, "complaint stands", "complaints stand")),
        "What each kind of them means stands above.",
        &["Begin with the first one of each log: others often follow from it."],
    )
    .with(&document, text))
}

fn moment(text: &str) -> Result<OffsetDateTime, Stop> {
    OffsetDateTime::parse(text, &Rfc3339).map_err(|_| {
        Stop::usage(
            &format!("'{}' is not a moment.", plain(text)),
            "It is written as date, time and zone.",
            &["Write it as in --since 2026-11-22T12:00:00+01:00."],
        )
    })
}

fn report(found: &LogReport) -> String {
    let sources = found.sources.iter().map(|one| {
        let state = match &one.trouble {
            Some(trouble) => format!("not looked at whole: {trouble}"),
            None => format!(
                "{} looked at, {}",
                count(to_size(one.lines), "line", "lines"),
                count(to_size(one.hits), "complaint", "complaints")
            ),
        };
        let note = one.note.as_ref().map(|note| format!("\n  {}", plain(note))).unwrap_or_default();
        format!("{}\n  {}{note}", plain(&one.source), plain(&state))
    });
    let hits = found
        .hits
        .iter()
        .map(|hit| format!("  {}:{}  {}\n      {}", plain(&hit.source), hit.line, hit.rule, plain(&hit.text)));
    let rules = found.rules.iter().map(|rule| {
        format!(
            "{} ({})\n  {}\n  {}",
            rule.rule,
            count(to_size(rule.lines), "line", "lines"),
            plain(&rule.meaning),
            plain(&rule.remedy)
        )
    });
    blocks(&[
        hits.collect::<Vec<_>>().join("\n"),
        rules.collect::<Vec<_>>().join("\n\n"),
        sources.collect::<Vec<_>>().join("\n"),
    ])
}

fn to_size(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
