//! Whether the services are well, by the address that they tell it at.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Trouble, read};
use crate::application::http::{self, Answer, Request, Silence};
use crate::execute::Cancel;

/// What such an address answers is short.
const BYTES: u64 = 64 << 10;

/// Where services tell that they are well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Health {
    /// The address.
    pub url: String,
    /// The status of whoever is well; without it any from 200 to 299.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// How often to ask before giving up.
    #[serde(default = "Health::often")]
    pub tries: u32,
    /// Seconds between two of them.
    #[serde(default = "Health::pause")]
    pub pause_seconds: u64,
    /// Seconds after which an answer is no longer waited for.
    #[serde(default = "Health::patience")]
    pub timeout_seconds: u64,
    /// Certificates to trust in place of the system's (PEM).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ca: Option<PathBuf>,
}

impl Health {
    fn often() -> u32 {
        10
    }

    fn pause() -> u64 {
        3
    }

    fn patience() -> u64 {
        5
    }

    pub(super) fn look_over(&self) -> Result<(), String> {
        read::address(&self.url)?;
        let limits = [
            ("tries", u64::from(self.tries), 1..=100),
            ("pause_seconds", self.pause_seconds, 0..=300),
            ("timeout_seconds", self.timeout_seconds, 1..=120),
        ];
        match limits.into_iter().find(|(_, value, range)| !range.contains(value)) {
            Some((name, _, range)) => Err(format!("\"{name}\" must be from {} to {}", range.start(), range.end())),
            None => Ok(()),
        }
    }

    fn is_well(&self, status: u16) -> bool {
        self.status.map_or((200..300).contains(&status), |wanted| wanted == status)
    }
}

/// How the services are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Wellbeing {
    /// The address.
    pub url: String,
    /// True where they are well.
    pub healthy: bool,
    /// How often it was asked.
    pub tries: u32,
    /// What was answered last.
    pub status: Option<u16>,
    /// How long that took.
    #[ts(type = "number | null")]
    pub milliseconds: Option<u64>,
    /// How long it was asked for in all.
    #[ts(type = "number")]
    pub seconds: u64,
    /// What that means, in a sentence.
    pub told: String,
    /// What to do where they are not well.
    pub remedy: Option<String>,
}

/// Asks until they are well or it was asked often enough.
///
/// # Errors
/// [`Trouble::Cancelled`], and [`Trouble::Description`] where the certificates cannot be read.
pub async fn health(health: &Health, cancel: &Cancel) -> Result<Wellbeing, Trouble> {
    let unusable = |reason: String| Trouble::Description { path: health.url.clone(), reason };
    let authority = authority(health.ca.as_ref())?;
    let url = http::address(&health.url).map_err(unusable)?;
    let limit = Duration::from_secs(health.timeout_seconds);
    let request = Request { url, headers: Vec::new(), login: None, authority, limit, bytes: BYTES };
    let begun = Instant::now();
    let mut tried = 0;
    loop {
        tried += 1;
        let asked = http::get(request.clone(), cancel).await;
        let (told, remedy, status, milliseconds) = match asked {
            Err(Silence::Cancelled) => return Err(Trouble::Cancelled),
            Err(Silence::Unanswered { what, remedy }) => (format!("Not well: {what}."), Some(remedy), None, None),
            Ok(answer) => {
                let (told, remedy) = judged(health, &answer);
                (told, remedy, Some(answer.status), Some(answer.milliseconds))
            }
        };
        let healthy = remedy.is_none();
        if healthy || tried >= health.tries {
            let seconds = begun.elapsed().as_secs();
            return Ok(Wellbeing {
                url: health.url.clone(),
                healthy,
                tries: tried,
                status,
                milliseconds,
                seconds,
                told,
                remedy,
            });
        }
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(health.pause_seconds)) => {}
            () = cancel.cancelled() => return Err(Trouble::Cancelled),
        }
    }
}

/// The certificates in a file, where one is named.
pub(in crate::application) fn authority(ca: Option<&PathBuf>) -> Result<Option<Vec<u8>>, Trouble> {
    ca.map(std::fs::read).transpose().map_err(|error| Trouble::Description {
        path: ca.map(|path| path.display().to_string()).unwrap_or_default(),
        reason: error.to_string(),
    })
}

fn judged(health: &Health, answer: &Answer) -> (String, Option<String>) {
    let status = answer.status;
    if health.is_well(status) {
        return (format!("Well: the answer is {status}, after {} ms.", answer.milliseconds), None);
    }
    let (what, remedy) = meaning(status, answer.location.as_deref());
    (format!("Not well: the answer is {status}, {what}."), Some(remedy))
}

/// What a status means that was not hoped for, and what to do.
pub(in crate::application) fn meaning(status: u16, location: Option<&str>) -> (String, String) {
    let told = |what: &str, remedy: &str| (what.to_owned(), remedy.to_owned());
    match (status, location) {
        (300..=399, Some(place)) => (
            format!("which sends on to {}", crate::redact::redact(place)),
            "Rekey goes to no other address by itself. Where this is the right one, write it into the file.".to_owned(),
        ),
        (401 | 403, _) => told(
            "which asks for a login or refuses it",
            "Check the token and what it may do; an address for health should need none.",
        ),
        (404 | 410, _) => {
            told("so nothing is there", "Check the path; the application may also have failed to load it.")
        }
        (429, _) => told("so it was asked too often", "Ask less often, with a longer pause."),
        (500, _) => told(
            "so the application failed while it answered",
            "Look at its log: 'rekey services log' names what has to do with the new ids.",
        ),
        (502..=504, _) => told(
            "so a server in front answers and the application behind it does not",
            "It is still starting, has fallen over, or the maintenance page is up. Look at its log.",
        ),
        _ => told("which is not what was expected", "Look at the application's log."),
    }
}
