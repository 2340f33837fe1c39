//! How sure a guess about a reference is: by its name, and by the values that it holds.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How well a column's name fits a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It could be anything: only the values can tell.
    Weak,
    /// It has words of the key's table in it.
    Fair,
    /// It is how people call a reference to this key.
    Strong,
}

/// How sure it is, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Level {
    /// More likely not.
    Low,
    /// As likely as not, or better.
    Medium,
    /// Next to certain.
    High,
}

impl Level {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Level::Low => "low",
            Level::Medium => "medium",
            Level::High => "high",
        }
    }
}

/// How sure a guess about a reference is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Confidence {
    /// In a word.
    pub level: Level,
    /// Of a hundred.
    pub percent: u8,
    /// Rows that have a value.
    #[ts(type = "number")]
    pub values: u64,
    /// Those among them whose value the key does not have.
    #[ts(type = "number")]
    pub strays: u64,
}

impl Confidence {
    /// Weighs name and values. None where they do not make a question worth asking: the
    /// name says little, and the values do not speak for it.
    pub fn weigh(fit: Fit, values: u64, strays: u64) -> Option<Self> {
        let held = values.saturating_sub(strays);
        let supported = match fit {
            Fit::Strong => true,
            Fit::Fair => values == 0 || held > 0,
            Fit::Weak => values > 0 && strays == 0,
        };
        let sure: u64 = match (fit, values == 0) {
            (Fit::Strong, false) => 98,
            (Fit::Fair, false) => 85,
            (Fit::Strong, true) => 70,
            (Fit::Weak, false) => 60,
            (Fit::Fair, true) => 50,
            (Fit::Weak, true) => 0,
        };
        let percent = (sure * held).checked_div(values).unwrap_or(sure);
        let level = match percent {
            90.. => Level::High,
            50..90 => Level::Medium,
            0..50 => Level::Low,
        };
        let percent = u8::try_from(percent).unwrap_or(100);
        supported.then_some(Confidence { level, percent, values, strays })
    }

    /// True where nothing that the column holds speaks against it.
    pub fn is_contained(&self) -> bool {
        self.strays == 0
    }

    /// It in words.
    pub fn told(&self) -> String {
        let held = match (self.values, self.strays) {
            (0, _) => "The column holds no value yet.".to_owned(),
            (values, 0) => format!("Each of its {values} values is one of the key's."),
            (values, strays) => format!("{strays} of its {values} values are not among the key's."),
        };
        format!("{held} Confidence: {} ({} %).", self.level.word(), self.percent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_speak_louder_than_names() {
        let level = |fit, values, strays| Confidence::weigh(fit, values, strays).map(|sure| (sure.level, sure.percent));
        assert_eq!(level(Fit::Strong, 10, 0), Some((Level::High, 98)));
        assert_eq!(level(Fit::Strong, 10, 5), Some((Level::Low, 49)));
        assert_eq!(level(Fit::Strong, 10, 10), Some((Level::Low, 0)));
        assert_eq!(level(Fit::Strong, 0, 0), Some((Level::Medium, 70)));
        assert_eq!(level(Fit::Fair, 10, 10), None);
        assert_eq!(level(Fit::Weak, 10, 0), Some((Level::Medium, 60)));
        assert_eq!(level(Fit::Weak, 10, 1), None);
        assert_eq!(level(Fit::Weak, 0, 0), None);
    }
}
