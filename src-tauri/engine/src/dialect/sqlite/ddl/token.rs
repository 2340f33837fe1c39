//! SQL text cut into words, quoted names, texts, numbers and signs, as SQLite cuts it.

use std::ops::Range;

/// What a piece of SQL text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A keyword or a bare name.
    Word,
    /// A name in `"`, `` ` `` or `[ ]`.
    Quoted,
    /// A text in `'`; SQLite also takes it for a name in some places.
    Text,
    /// A number.
    Number,
    /// Any other sign.
    Sign,
    /// White space or a comment.
    Space,
}

/// One piece of SQL text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'a> {
    /// What it is.
    pub kind: Kind,
    /// The piece itself, quotes included.
    pub text: &'a str,
    /// Where it stands, in bytes.
    pub span: Range<usize>,
}

impl Token<'_> {
    /// True for this keyword, in any case.
    pub fn is(&self, keyword: &str) -> bool {
        self.kind == Kind::Word && self.text.eq_ignore_ascii_case(keyword)
    }

    /// True for this sign.
    pub fn is_sign(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.text == sign
    }

    /// The name that it spells, without quotes; none where it can be no name.
    pub fn name(&self) -> Option<String> {
        match self.kind {
            Kind::Word => Some(self.text.to_owned()),
            Kind::Quoted | Kind::Text => Some(unquoted(self.text)),
            Kind::Number | Kind::Sign | Kind::Space => None,
        }
    }

    /// True where it spells this name; SQLite's names know no case.
    pub fn names(&self, name: &str) -> bool {
        self.name().is_some_and(|own| own.eq_ignore_ascii_case(name))
    }
}

fn unquoted(text: &str) -> String {
    let mut letters = text.chars();
    let (Some(open), Some(_)) = (letters.next(), letters.next_back()) else { return String::new() };
    let inner = letters.as_str();
    if open == '[' { inner.to_owned() } else { inner.replace(&format!("{open}{open}"), &open.to_string()) }
}

/// All pieces of a text; together they are the text.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let rest = &text[start..];
        let (kind, length) = next(rest);
        let length = length.clamp(1, rest.len());
        found.push(Token { kind, text: &rest[..length], span: start..start + length });
        start += length;
    }
    found
}

/// The pieces that mean something.
pub fn significant(text: &str) -> Vec<Token<'_>> {
    tokens(text).into_iter().filter(|token| token.kind != Kind::Space).collect()
}

fn next(rest: &str) -> (Kind, usize) {
    let first = rest.chars().next().unwrap_or(' ');
    match first {
        _ if first.is_ascii_whitespace() => (Kind::Space, run(rest, |c| c.is_ascii_whitespace())),
        '-' if rest.starts_with("--") => (Kind::Space, rest.find('\n').unwrap_or(rest.len())),
        '/' if rest.starts_with("/*") => (Kind::Space, rest[2..].find("*/").map_or(rest.len(), |end| end + 4)),
        '\'' => (Kind::Text, quoted(rest, '\'')),
        '"' | '`' => (Kind::Quoted, quoted(rest, first)),
        '[' => (Kind::Quoted, rest.find(']').map_or(rest.len(), |end| end + 1)),
        '0'..='9' => (Kind::Number, number(rest)),
        '.' if rest[1..].starts_with(|c: char| c.is_ascii_digit()) => (Kind::Number, number(rest)),
        'x' | 'X' if rest[1..].starts_with('\'') => (Kind::Text, 1 + quoted(&rest[1..], '\'')),
        _ if in_word(first) => (Kind::Word, run(rest, in_word)),
        _ => (Kind::Sign, sign(rest, first)),
    }
}

fn run(rest: &str, belongs: impl Fn(char) -> bool) -> usize {
    rest.find(|c| !belongs(c)).unwrap_or(rest.len())
}

fn in_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || letter == '$' || !letter.is_ascii()
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut from = 1;
    while let Some(at) = rest[from..].find(quote) {
        from += at + 1;
        if !rest[from..].starts_with(quote) {
            return from;
        }
        from += 1;
    }
    rest.len()
}

fn number(rest: &str) -> usize {
    let mut length = run(rest, |c| in_word(c) || c == '.');
    let exponent = rest[..length].ends_with(['e', 'E']) && !rest[..length].starts_with("0x");
    if exponent && rest[length..].starts_with(['+', '-']) {
        length += 1 + run(&rest[length + 1..], in_word);
    }
    length
}

fn sign(rest: &str, first: char) -> usize {
    const LONG: [&str; 10] = ["->>", "->", "||", "<<", ">>", "<=", ">=", "<>", "!=", "=="];
    LONG.iter().find(|sign| rest.starts_with(**sign)).map_or(first.len_utf8(), |sign| sign.len())
}
