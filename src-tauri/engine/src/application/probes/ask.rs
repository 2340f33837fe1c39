//! One question, asked as often as its times are wanted.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{Answered, Api, Probe, values};
use crate::application::http::{self, Answer, Request, Silence};
use crate::application::services::{Trouble, meaning};
use crate::execute::Cancel;

/// How much of an answer is read; a longer one is not looked into.
const BYTES: u64 = 16 << 20;

/// Where it is asked: under the base, and nowhere else.
pub fn address(api: &Api, probe: &Probe) -> Result<Url, String> {
    let base = http::address(&api.base)?;
    if !probe.path.starts_with('/') {
        return Err("the path must begin with a slash".to_owned());
    }
    let whole = http::address(&format!("{}{}", api.base.trim_end_matches('/'), probe.path))?;
    if http::origin(&whole) == http::origin(&base) {
        Ok(whole)
    } else {
        Err("the path leads to another place".to_owned())
    }
}

/// Asks it.
pub async fn ask(
    api: &Api,
    probe: &Probe,
    token: Option<&SecretString>,
    authority: Option<Vec<u8>>,
    cancel: &Cancel,
) -> Result<Answered, Trouble> {
    let unusable = |reason: String| Trouble::Description { path: probe.title().to_owned(), reason };
    let mut headers: Vec<(String, String)> = api.headers.clone().into_iter().collect();
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("accept")) {
        headers.push(("Accept".to_owned(), "application/json".to_owned()));
    }
    let request = Request {
        url: address(api, probe).map_err(unusable)?,
        headers,
        login: token.map(|token| login(api, token)),
        authority,
        limit: Duration::from_secs(api.timeout_seconds),
        bytes: BYTES,
    };
    let mut answered = blank(probe);
    let mut times = Vec::new();
    for time in 0..api.times {
        match http::get(request.clone(), cancel).await {
            Err(Silence::Cancelled) => return Err(Trouble::Cancelled),
            Err(Silence::Unanswered { what, remedy }) => {
                answered.trouble = Some(what);
                answered.remedy = Some(remedy);
                break;
            }
            Ok(answer) => {
                times.push(answer.milliseconds);
                if time == 0 {
                    read(&mut answered, probe, &answer);
                } else if Some(answer.status) != answered.status {
                    answered.trouble = Some(format!("the status is {} another time", answer.status));
                    answered.remedy =
                        Some("Ask again; an application that answers now so and now so is not well.".to_owned());
                }
            }
        }
    }
    times.sort_unstable();
    answered.milliseconds = times.get(times.len() / 2).copied();
    Ok(without(answered, token))
}

fn blank(probe: &Probe) -> Answered {
    Answered {
        name: probe.title().to_owned(),
        path: probe.path.clone(),
        expected: probe.status,
        status: None,
        milliseconds: None,
        values: Vec::new(),
        trouble: None,
        remedy: None,
    }
}

fn login(api: &Api, token: &SecretString) -> (String, SecretString) {
    match &api.token_header {
        Some(name) => (name.clone(), token.clone()),
        None => ("Authorization".to_owned(), SecretString::from(format!("Bearer {}", token.expose_secret()))),
    }
}

fn read(answered: &mut Answered, probe: &Probe, answer: &Answer) {
    answered.status = Some(answer.status);
    let mut trouble = |what: String, remedy: String| {
        answered.trouble = Some(what);
        answered.remedy = Some(remedy);
    };
    if answer.status != probe.status {
        let (what, remedy) = meaning(answer.status, answer.location.as_deref());
        return trouble(format!("the answer is {} and not {}, {what}", answer.status, probe.status), remedy);
    }
    if probe.uuids.is_empty() {
        return;
    }
    if !answer.whole {
        return trouble(
            format!("the answer is longer than {} MiB", BYTES >> 20),
            "Ask for fewer rows, with a limit in the path.".to_owned(),
        );
    }
    match serde_json::from_slice(&answer.body) {
        Ok(document) => answered.values = probe.uuids.iter().map(|path| values::at(&document, path)).collect(),
        Err(error) => trouble(
            format!("the answer is no JSON: {error}"),
            "Check the path, and whether a header is missing that asks for JSON.".to_owned(),
        ),
    }
}

// An interface may answer with what it was sent.
fn without(mut answered: Answered, token: Option<&SecretString>) -> Answered {
    let Some(token) = token.map(ExposeSecret::expose_secret).filter(|token| !token.is_empty()) else { return answered };
    let examples = answered.values.iter_mut().flat_map(|held| held.examples.iter_mut());
    for text in examples.chain(answered.trouble.iter_mut()) {
        *text = text.replace(token, "***");
    }
    answered
}
