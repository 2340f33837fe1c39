//! What the application's interface answers, before and after a run: whether ids in its answers
//! are UUIDs, whether it answers with the status that it should, and how fast.
//!
//! It is only asked with GET. A token goes to the one place that the user's file names, and is
//! found in nothing that comes out of here.

mod ask;
mod compare;
mod values;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use compare::{Compared, Comparison, Judgement, compare};
pub use values::Held;

use crate::application::http;
use crate::application::services::Trouble;
use crate::execute::Cancel;

/// The format of a file with answers.
const FORMAT: u32 = 1;
/// Names of headers that hold a secret.
const SECRET: [&str; 6] = ["auth", "cookie", "token", "secret", "key", "password"];

/// What the interface is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Api {
    /// Where it is; every path is asked here.
    pub base: String,
    /// What goes with each question, without anything secret.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// True where it wants a token. The token itself never stands here.
    #[serde(default)]
    pub token: bool,
    /// The header that takes the token as it is, in place of `Authorization: Bearer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_header: Option<String>,
    /// Certificates to trust in place of the system's (PEM).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ca: Option<PathBuf>,
    /// Seconds after which an answer is no longer waited for.
    #[serde(default = "Api::patience")]
    pub timeout_seconds: u64,
    /// How often each question is asked; the middle time counts.
    #[serde(default = "Api::often")]
    pub times: usize,
    /// The questions.
    pub probes: Vec<Probe>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Probe {
    /// What to call it; without one its path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What is asked, from the slash on.
    pub path: String,
    /// The status that it should have.
    #[serde(default = "Probe::fine")]
    pub status: u16,
    /// Where its answer holds ids, as JSON paths (RFC 9535) such as `$.items[*].id`.
    #[serde(default)]
    pub uuids: Vec<String>,
}

impl Probe {
    fn fine() -> u16 {
        200
    }

    /// What it is called.
    pub fn title(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.path)
    }
}

impl Api {
    fn patience() -> u64 {
        10
    }

    fn often() -> usize {
        3
    }

    /// Scheme, host and port: whose token it is.
    pub fn origin(&self) -> String {
        http::address(&self.base).map_or_else(|_| String::new(), |url| http::origin(&url))
    }

    /// True where what is sent, a token included, can be read on its way.
    pub fn is_open(&self) -> bool {
        http::address(&self.base).is_ok_and(|url| http::is_open(&url))
    }

    pub(in crate::application) fn look_over(&self) -> Result<(), String> {
        http::address(&self.base).map_err(|reason| format!("the base cannot be asked: {reason}"))?;
        if let Some(name) = self.headers.keys().find(|name| is_secret(name)) {
            return Err(secret_header(name));
        }
        if self.probes.is_empty() {
            return Err("\"probes\" names no question".to_owned());
        }
        if !(1..=120).contains(&self.timeout_seconds) || !(1..=25).contains(&self.times) {
            return Err("\"timeout_seconds\" must be from 1 to 120 and \"times\" from 1 to 25".to_owned());
        }
        let mut seen = std::collections::BTreeSet::new();
        for probe in &self.probes {
            let title = probe.title();
            if !seen.insert(title) {
                return Err(format!("two probes are called '{title}'; give them names"));
            }
            ask::address(self, probe).map_err(|reason| format!("'{title}': {reason}"))?;
            for path in &probe.uuids {
                values::path(path).map_err(|reason| format!("'{title}': '{path}' is no JSON path: {reason}"))?;
            }
        }
        Ok(())
    }
}

fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRET.iter().any(|word| name.contains(word))
}

fn secret_header(name: &str) -> String {
    format!(
        "the header '{name}' holds a secret, which never stands in this file: write \"token\": true, and \"token_header\" where it goes into a header of its own"
    )
}

/// What one question was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Answered {
    /// What it is called.
    pub name: String,
    /// What was asked.
    pub path: String,
    /// The status that it should have.
    pub expected: u16,
    /// The status that it had.
    pub status: Option<u16>,
    /// The middle one of the times that it took.
    #[ts(type = "number | null")]
    pub milliseconds: Option<u64>,
    /// What stands at each path.
    pub values: Vec<Held>,
    /// Why there is no answer, or none that can be read.
    pub trouble: Option<String>,
    /// What to do about it.
    pub remedy: Option<String>,
}

impl Answered {
    /// True where there is an answer of the right status.
    pub fn is_expected(&self) -> bool {
        self.trouble.is_none() && self.status == Some(self.expected)
    }
}

/// All answers of one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Snapshot {
    /// The format of the file.
    pub format: u32,
    /// When it was asked.
    pub taken: String,
    /// Where.
    pub base: String,
    /// The answers.
    pub answers: Vec<Answered>,
}

impl Snapshot {
    /// True where everything was answered as it should.
    pub fn is_expected(&self) -> bool {
        self.answers.iter().all(Answered::is_expected)
    }

    /// Reads one that was written before.
    ///
    /// # Errors
    /// [`Trouble::Snapshot`].
    pub fn read(path: &Path) -> Result<Snapshot, Trouble> {
        let trouble = |reason: String| Trouble::Snapshot { path: path.display().to_string(), reason };
        let text = std::fs::read_to_string(path).map_err(|error| trouble(error.to_string()))?;
        let read: Snapshot = serde_json::from_str(&text).map_err(|error| trouble(error.to_string()))?;
        if read.format == FORMAT {
            Ok(read)
        } else {
            Err(trouble(format!("its format is {}, and this Rekey reads {FORMAT}", read.format)))
        }
    }
}

/// Asks everything. The first answer to a question is read, the others are only timed. `taken`
/// is the time to write down.
///
/// # Errors
/// [`Trouble::Cancelled`], [`Trouble::NoToken`], and [`Trouble::Description`] where certificates
/// cannot be read. A question without an answer is told in its [`Answered`].
pub async fn snapshot(
    api: &Api,
    token: Option<&SecretString>,
    taken: String,
    cancel: &Cancel,
) -> Result<Snapshot, Trouble> {
    if api.token && token.is_none() {
        return Err(Trouble::NoToken { origin: api.origin() });
    }
    let authority = crate::application::services::authority(api.ca.as_ref())?;
    let mut answers = Vec::new();
    for probe in &api.probes {
        answers.push(ask::ask(api, probe, token, authority.clone(), cancel).await?);
    }
    Ok(Snapshot { format: FORMAT, taken, base: api.base.clone(), answers })
}
