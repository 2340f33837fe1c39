//! Rights: from the server's `aclitem` texts to the statements that grant them again.

use super::quote::ident;

/// One entry of an access list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// To whom; empty for everybody.
    grantee: String,
    /// The letters, each followed by `*` where it may be passed on.
    privileges: String,
    /// By whom.
    grantor: String,
}

impl Grant {
    /// Reads `bob=rw*/owner`. A name is quoted where it holds more than letters.
    pub fn parse(item: &str) -> Option<Self> {
        let (grantee, rest) = name(item)?;
        let rest = rest.strip_prefix('=')?;
        let (privileges, grantor) = rest.split_once('/')?;
        let (grantor, _) = name(grantor)?;
        Some(Grant { grantee, privileges: privileges.to_owned(), grantor })
    }

    /// To whom, as it stands in a statement.
    pub fn to(&self) -> String {
        if self.grantee.is_empty() { "PUBLIC".to_owned() } else { ident(&self.grantee) }
    }

    /// True where this role gave the rights.
    pub fn is_by(&self, role: &str) -> bool {
        self.grantor == role
    }

    // The rights that may, or may not, be passed on; none where a letter is not known.
    fn words(&self, with_option: bool, column: Option<&str>) -> Option<Vec<String>> {
        let suffix = column.map(|column| format!(" ({})", ident(column))).unwrap_or_default();
        let mut letters = self.privileges.chars().peekable();
        let mut words = Vec::new();
        while let Some(letter) = letters.next() {
            let word = word(letter)?;
            if letters.next_if_eq(&'*').is_some() == with_option {
                words.push(format!("{word}{suffix}"));
            }
        }
        Some(words)
    }
}

fn name(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(['=', '/']).unwrap_or(text.len());
        return Some((text[..end].to_owned(), &text[end..]));
    };
    let mut found = String::new();
    let mut letters = quoted.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if letter != '"' {
            found.push(letter);
        } else if letters.next_if(|&(_, next)| next == '"').is_some() {
            found.push('"');
        } else {
            return Some((found, &quoted[at + 1..]));
        }
    }
    None
}

/// An entry without some of its rights; none where nothing is left of it.
pub fn without(item: &str, taken: &[char]) -> Option<String> {
    let (_, rest) = name(item)?;
    let (head, (privileges, grantor)) = (item.strip_suffix(rest)?, rest.strip_prefix('=')?.split_once('/')?);
    let mut left = String::new();
    let mut letters = privileges.chars().peekable();
    while let Some(letter) = letters.next() {
        let passed_on = letters.next_if_eq(&'*').is_some();
        if !taken.contains(&letter) {
            left.push(letter);
            left.extend(passed_on.then_some('*'));
        }
    }
    (!left.is_empty()).then(|| format!("{head}={left}/{grantor}"))
}

fn word(letter: char) -> Option<&'static str> {
    Some(match letter {
        'r' => "SELECT",
        'a' => "INSERT",
        'w' => "UPDATE",
        'd' => "DELETE",
        'D' => "TRUNCATE",
        'x' => "REFERENCES",
        't' => "TRIGGER",
        'm' => "MAINTAIN",
        'U' => "USAGE",
        'X' => "EXECUTE",
        _ => return None,
    })
}

/// What the rights are on.
pub struct Object<'a> {
    /// Such as `TABLE "public"."v"` or `SEQUENCE "public"."s"`.
    pub phrase: &'a str,
    /// The column, where the rights are on one.
    pub column: Option<&'a str>,
    /// Who owns the object.
    pub owner: &'a str,
}

/// The statements that give an object without own rights exactly these, in this order;
/// none where a right is of a kind that is not known.
pub fn statements(object: &Object<'_>, items: &[String]) -> Option<Vec<String>> {
    let mut sql = Vec::new();
    if object.column.is_none() {
        sql.push(format!("REVOKE ALL ON {} FROM PUBLIC, {}", object.phrase, ident(object.owner)));
    }
    for item in items {
        let grant = Grant::parse(item)?;
        for (option, suffix) in [(false, ""), (true, " WITH GRANT OPTION")] {
            let words = grant.words(option, object.column)?.join(", ");
            if words.is_empty() {
                continue;
            }
            let to = grant.to();
            // A right is recorded under the role that grants it.
            let other = grant.grantor != object.owner;
            if other {
                sql.push(format!("SET LOCAL ROLE {}", ident(&grant.grantor)));
            }
            sql.push(format!("GRANT {words} ON {} TO {to}{suffix}", object.phrase));
            if other {
                sql.push("RESET ROLE".to_owned());
            }
        }
    }
    Some(sql)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_items() {
        let grant = Grant::parse("\"o\"\"dd = x\"=r*w/owner").unwrap();
        assert_eq!(grant, Grant { grantee: "o\"dd = x".into(), privileges: "r*w".into(), grantor: "owner".into() });
        assert_eq!(Grant::parse("=r/owner").unwrap().grantee, "");
    }

    #[test]
    fn writes_statements() {
        let object = Object { phrase: "TABLE \"s\".\"v\"", column: None, owner: "o" };
        let sql = statements(&object, &["o=r/o".into(), "=r/o".into(), "b=w*/o".into()]).unwrap();
        assert_eq!(
            sql,
            vec![
                "REVOKE ALL ON TABLE \"s\".\"v\" FROM PUBLIC, \"o\"",
                "GRANT SELECT ON TABLE \"s\".\"v\" TO \"o\"",
                "GRANT SELECT ON TABLE \"s\".\"v\" TO PUBLIC",
                "GRANT UPDATE ON TABLE \"s\".\"v\" TO \"b\" WITH GRANT OPTION",
            ]
        );
    }

    #[test]
    fn rights_are_taken_off_an_entry() {
        let without = |item| without(item, &['U', 'w']);
        assert_eq!(without("\"o = /\"\"x\"=r*w*U/\"o /\"").as_deref(), Some("\"o = /\"\"x\"=r*/\"o /\""));
        assert_eq!(without("=rwU/o").as_deref(), Some("=r/o"));
        assert_eq!(without("b=wU*/o"), None);
        assert_eq!(without("b=r/o").as_deref(), Some("b=r/o"));
    }

    #[test]
    fn an_unknown_letter_is_not_skipped() {
        let object = Object { phrase: "TABLE \"s\".\"v\"", column: None, owner: "o" };
        assert_eq!(statements(&object, &["b=?/o".into()]), None);
    }
}
