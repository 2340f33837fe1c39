//! Fixed patterns, put together when they are first used. One that were no pattern would fit
//! nothing, which the tests of its file would see.

use std::borrow::Cow;
use std::sync::OnceLock;

use regex::{Captures, Regex, Replacer};

/// A fixed pattern.
pub struct Pattern {
    text: &'static str,
    made: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// One of this text.
    pub const fn new(text: &'static str) -> Self {
        Pattern { text, made: OnceLock::new() }
    }

    /// True where it fits somewhere.
    pub fn is_in(&self, text: &str) -> bool {
        self.made().is_some_and(|made| made.is_match(text))
    }

    /// The first place that it fits.
    pub fn first<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.made()?.captures(text)
    }

    /// Every place that it fits.
    pub fn each<'t>(&'static self, text: &'t str) -> impl Iterator<Item = Captures<'t>> {
        self.made().into_iter().flat_map(move |made| made.captures_iter(text))
    }

    /// The text with every such place replaced.
    pub fn replaced<'t>(&self, text: &'t str, with: impl Replacer) -> Cow<'t, str> {
        match self.made() {
            Some(made) => made.replace_all(text, with),
            None => Cow::Borrowed(text),
        }
    }

    fn made(&self) -> Option<&Regex> {
        self.made.get_or_init(|| Regex::new(self.text).ok()).as_ref()
    }
}
