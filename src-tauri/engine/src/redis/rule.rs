//! What is to be done with which keys: the rules of a rewrite.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Trouble;
use super::domain::{Domains, Shape};
use super::json::JsonPath;
use super::template::Template;

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, rename = "RuleKind")]
pub enum Kind {
    /// Names of keys.
    Names,
    /// Members of sets and of sorted sets.
    Members,
    /// Names of the fields of hashes.
    Fields,
    /// Values of the fields of hashes, and whole strings.
    Values,
    /// Items of lists.
    Items,
    /// A value inside strings that are JSON.
    Json,
    /// Keys that go.
    Delete,
    /// Keys that nothing else may touch.
    Leave,
}

impl Kind {
    /// The option that gives such a rule.
    pub fn option(self) -> &'static str {
        match self {
            Kind::Names => "--rule",
            Kind::Members => "--members",
            Kind::Fields => "--fields",
            Kind::Values => "--values",
            Kind::Items => "--items",
            Kind::Json => "--json-value",
            Kind::Delete => "--delete",
            Kind::Leave => "--leave",
        }
    }
}

/// A rule as it was typed; so it is kept in the journal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Written {
    /// What it is about.
    pub kind: Kind,
    /// Its text.
    pub text: String,
}

/// A rule that was understood.
#[derive(Debug, Clone)]
pub struct Rule {
    /// As it was typed.
    pub written: Written,
    /// Which keys it is about.
    pub keys: Template,
    /// What is rewritten in them; none where it is about the keys themselves.
    pub inside: Option<Inside>,
}

/// What is rewritten inside a key.
#[derive(Debug, Clone)]
pub struct Inside {
    /// Where the id stands in it.
    pub element: Template,
    /// The place in a JSON document.
    pub path: Option<JsonPath>,
    /// True where JSON holds the id between quotes before it is rewritten; numbers come and go
    /// without them.
    pub quoted: bool,
}

impl Rule {
    /// Reads a rule. Inside of keys it is `KEYS=ELEMENT` (`online={public.users.id}`), in JSON
    /// `KEYS=PATH=ELEMENT` (`session:*=$.user.id={public.users.id}`); without ELEMENT it is the
    /// only id that stands in KEYS.
    ///
    /// # Errors
    /// [`Trouble::Rule`].
    pub fn read(written: &Written, domains: &Domains) -> Result<Rule, Trouble> {
        let bad = |(reason, remedy): (String, String)| Trouble::Rule {
            rule: format!("{} {}", written.kind.option(), written.text),
            reason,
            remedy,
        };
        let text = written.text.as_str();
        let rule = match written.kind {
            Kind::Names | Kind::Delete | Kind::Leave => whole(written, domains),
            Kind::Members | Kind::Fields | Kind::Values | Kind::Items => inside(written, text, None, domains),
            Kind::Json => json(written, domains),
        };
        let rule = rule.map_err(bad)?;
        if rule.keys.takes_all() && written.kind != Kind::Leave {
            let problem = "it would take every key there is".to_owned();
            return Err(bad((problem, "Say how the keys begin, as in user:*.".to_owned())));
        }
        Ok(rule)
    }

    /// Every domain whose ids it translates.
    pub fn translates(&self) -> Vec<usize> {
        match (&self.inside, self.written.kind) {
            (Some(inside), _) => inside.element.domains().collect(),
            (None, Kind::Names) => self.keys.domains().collect(),
            (None, _) => Vec::new(),
        }
    }
}

fn whole(written: &Written, domains: &Domains) -> Result<Rule, (String, String)> {
    let keys = Template::parse(&written.text, domains)?;
    if written.kind == Kind::Names && keys.domains().next().is_none() {
        return Err(no_id(domains));
    }
    Ok(Rule { written: written.clone(), keys, inside: None })
}

fn inside(written: &Written, text: &str, path: Option<JsonPath>, domains: &Domains) -> Result<Rule, (String, String)> {
    let (keys, element) = match text.rsplit_once('=') {
        Some((keys, element)) => (keys, Some(element)),
        None => (text, None),
    };
    let keys = Template::parse(keys, domains)?;
    let unquoted = element.and_then(|element| element.strip_prefix('"')?.strip_suffix('"'));
    let template = match unquoted.or(element) {
        Some(element) => Template::parse(element, domains)?,
        None => own(&keys, domains)?,
    };
    if template.domains().next().is_none() {
        return Err(no_id(domains));
    }
    let text = |domain| domains.get(domain).is_some_and(|domain| domain.old != Shape::Int);
    let quoted = path.is_some()
        && (unquoted.is_some()
            || element.is_some_and(|element| !element.starts_with('{'))
            || template.domains().any(text));
    Ok(Rule { written: written.clone(), keys, inside: Some(Inside { element: template, path, quoted }) })
}

fn json(written: &Written, domains: &Domains) -> Result<Rule, (String, String)> {
    let missing = || {
        (
            "it does not say where in the document".to_owned(),
            "Write KEYS=PATH=ID, as in session:*=$.user.id={public.users.id}.".to_owned(),
        )
    };
    let (keys, rest) = written.text.split_once("=$").ok_or_else(missing)?;
    let (path, element) = match rest.split_once('=') {
        Some((path, element)) => (path, format!("={element}")),
        None => (rest, String::new()),
    };
    let path = JsonPath::parse(&format!("${path}"))?;
    inside(written, &format!("{keys}{element}"), Some(path), domains)
}

// The only id of the keys stands for what is in them too.
fn own(keys: &Template, domains: &Domains) -> Result<Template, (String, String)> {
    let found: Vec<usize> = keys.domains().collect();
    match found.as_slice() {
        [domain] => Ok(Template::id(*domain)),
        _ => Err(no_id(domains)),
    }
}

fn no_id(domains: &Domains) -> (String, String) {
    (
        "it does not say which id stands there".to_owned(),
        format!("Put the column in braces where the id stands: one of {} or of its references.", domains.names()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(kind: Kind, text: &str) -> Result<Rule, Trouble> {
        Rule::read(
            &Written { kind, text: text.to_owned() },
            &Domains::named_for_tests(&["public.users.id", "public.rooms.id"]),
        )
    }

    #[test]
    fn a_rule_says_where_the_id_stands() {
        assert_eq!(rule(Kind::Names, "user:{public.users.id}").expect("rule").translates(), [0]);
        assert_eq!(
            rule(Kind::Members, "room:{public.rooms.id}:users={public.users.id}").expect("rule").translates(),
            [0]
        );
        assert_eq!(rule(Kind::Members, "room:{public.rooms.id}:rooms").expect("rule").translates(), [1]);
        assert!(rule(Kind::Names, "user:{int}").is_err());
        assert!(rule(Kind::Values, "user:*").is_err());
        assert!(rule(Kind::Delete, "*").is_err());
        assert!(rule(Kind::Leave, "*").is_ok());
    }

    #[test]
    fn in_json_the_quotes_say_whether_it_is_text() {
        let quoted = |text: &str| rule(Kind::Json, text).expect("rule").inside.expect("inside").quoted;
        assert!(!quoted("s:*=$.user.id={public.users.id}"));
        assert!(quoted("s:*=$.user.id=\"{public.users.id}\""));
        assert!(quoted("s:*=$.user=user:{public.users.id}"));
        assert!(!quoted("s:{public.users.id}=$.id"));
        assert!(rule(Kind::Json, "s:*={public.users.id}").is_err());
    }
}
