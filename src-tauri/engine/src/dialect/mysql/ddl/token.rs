//! Words, names, texts and groups of the server's own definitions.

use std::ops::Range;

/// One piece of a definition, with its place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    kind: Kind,
    place: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    /// A keyword, a type or a number.
    Word(String),
    /// A name between backticks, without them.
    Name(String),
    /// Everything between a pair of parentheses, with them.
    Group,
    /// A text between quotes.
    Text,
    /// A sign.
    Sign,
}

impl Token {
    /// True for this keyword, in whatever case.
    pub fn is(&self, wanted: &str) -> bool {
        matches!(&self.kind, Kind::Word(word) if word.eq_ignore_ascii_case(wanted))
    }

    /// True for what stands between parentheses.
    pub fn is_group(&self) -> bool {
        self.kind == Kind::Group
    }

    /// True for a sign.
    pub fn is_sign(&self) -> bool {
        self.kind == Kind::Sign
    }

    /// The name, where it is one.
    pub fn name(&self) -> Option<&str> {
        match &self.kind {
            Kind::Name(name) => Some(name),
            Kind::Word(_) | Kind::Group | Kind::Text | Kind::Sign => None,
        }
    }

    /// Where it begins.
    pub fn start(&self) -> usize {
        self.place.start
    }

    /// Where it ends.
    pub fn end(&self) -> usize {
        self.place.end
    }

    /// Its place.
    pub fn range(&self) -> Range<usize> {
        self.place.clone()
    }
}

/// The pieces of a definition; what stands in parentheses is one piece.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = next(text, at) {
        at = token.end();
        found.push(token);
    }
    found
}

/// What stands between the outer parentheses, parted at its commas, and what stands behind.
pub fn split(text: &str) -> Option<(Vec<&str>, &str)> {
    let mut at = 0;
    let body = loop {
        let token = next(text, at)?;
        at = token.end();
        if token.is_group() {
            break token.place;
        }
    };
    let inner = &text[body.start + 1..body.end - 1];
    let mut items = Vec::new();
    let (mut begin, mut at) = (0, 0);
    while let Some(token) = next(inner, at) {
        at = token.end();
        if token.kind == Kind::Sign && &inner[token.range()] == "," {
            items.push(&inner[begin..token.start()]);
            begin = at;
        }
    }
    items.push(&inner[begin..]);
    Some((items, &text[body.end..]))
}

fn next(text: &str, from: usize) -> Option<Token> {
    let rest = text.get(from..)?;
    let start = from + (rest.len() - rest.trim_start().len());
    let first = text[start..].chars().next()?;
    let end = match first {
        '`' | '\'' | '"' => quoted(text, start, first),
        '(' => group(text, start),
        _ if is_word(first) => text[start..].find(|c| !is_word(c)).map_or(text.len(), |length| start + length),
        _ => start + first.len_utf8(),
    };
    let inner = || text[start + 1..end - 1].replace("``", "`");
    let kind = match first {
        '`' if end > start + 1 => Kind::Name(inner()),
        '\'' | '"' => Kind::Text,
        '(' => Kind::Group,
        _ if is_word(first) => Kind::Word(text[start..end].to_owned()),
        _ => Kind::Sign,
    };
    Some(Token { kind, place: start..end })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '.' || c == '$'
}

// To the closing quote. A doubled quote stands for itself, and so does one behind a
// backslash, except in names.
fn quoted(text: &str, start: usize, quote: char) -> usize {
    let mut letters = text[start + 1..].char_indices().peekable();
    while let Some((place, letter)) = letters.next() {
        if letter == '\\' && quote != '`' {
            letters.next();
        } else if letter == quote {
            if letters.peek().is_none_or(|(_, next)| *next != quote) {
                return start + 1 + place + quote.len_utf8();
            }
            letters.next();
        }
    }
    text.len()
}

fn group(text: &str, start: usize) -> usize {
    let mut at = start + 1;
    loop {
        let Some(token) = next(text, at) else { return text.len() };
        at = token.end();
        if token.kind == Kind::Sign && &text[token.range()] == ")" {
            return at;
        }
    }
}
