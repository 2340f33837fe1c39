//! As much of Python's writing as settings are made of: texts, dictionaries, calls and what
//! is looked up. It is read, never carried out.

use secrecy::zeroize::Zeroizing;

// Deeper than any settings, and shallow enough for every stack.
const DEEPEST: usize = 24;

/// A value as it is written.
pub enum Value {
    /// A text, or a number as text.
    Text(Zeroizing<String>),
    /// Names and values in braces.
    Dictionary(Vec<(String, Value)>),
    /// `name(...)` or `name[...]`, with what is handed over by place and by name.
    Call(String, Vec<Value>, Vec<(String, Value)>),
    /// `BASE_DIR / "db.sqlite3"`: the last part.
    Joined(Box<Value>),
    /// Anything else.
    Other,
}

/// Reads the value that a text begins with.
pub fn value(text: &str) -> Value {
    Reader { rest: text, depth: 0 }.expression()
}

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

impl Reader<'_> {
    fn expression(&mut self) -> Value {
        if self.depth > DEEPEST {
            self.rest = "";
            return Value::Other;
        }
        self.depth += 1;
        let mut value = self.operand();
        loop {
            self.gap();
            if self.take("/") {
                value = Value::Joined(Box::new(self.operand()));
            } else if self.word("or") {
                // What stands in where the first is empty is what counts without an environment.
                let other = self.operand();
                if let Value::Call(_, places, _) = &mut value {
                    places.push(other);
                }
            } else if self.rest.starts_with([',', ')', ']', '}', ':', '\n', '\r', '#']) || self.rest.is_empty() {
                break;
            } else {
                // An operator or a word that says nothing to us: the value is not known.
                value = Value::Other;
                self.skip();
            }
        }
        self.depth -= 1;
        value
    }

    fn operand(&mut self) -> Value {
        self.blank();
        match self.rest.chars().next() {
            Some('{') => self.dictionary(),
            Some('(') => {
                self.step();
                let inside = self.arguments(')').0;
                inside.into_iter().next().unwrap_or(Value::Other)
            }
            Some('[') => {
                self.step();
                self.arguments(']');
                Value::Other
            }
            Some('"' | '\'') => self.texts(),
            Some(letter) if letter.is_ascii_digit() => Value::Text(Zeroizing::new(self.run(|c| c.is_ascii_digit()))),
            Some(letter) if letter.is_alphabetic() || letter == '_' => self.name(),
            _ => Value::Other,
        }
    }

    fn name(&mut self) -> Value {
        let name = self.run(|c| c.is_alphanumeric() || c == '_' || c == '.');
        if self.rest.starts_with(['"', '\'']) {
            // `f"..."` holds what only the program knows.
            let text = self.texts();
            return if name.to_ascii_lowercase().contains('f') { Value::Other } else { text };
        }
        let close = match self.rest.chars().next() {
            Some('(') => ')',
            Some('[') => ']',
            _ => return Value::Call(name, Vec::new(), Vec::new()),
        };
        self.step();
        let (places, named) = self.arguments(close);
        Value::Call(name, places, named)
    }

    fn arguments(&mut self, close: char) -> (Vec<Value>, Vec<(String, Value)>) {
        let (mut places, mut named) = (Vec::new(), Vec::new());
        while self.goes_on(close) {
            match keyword(self.rest) {
                Some((name, rest)) => {
                    self.rest = rest;
                    named.push((name.to_owned(), self.expression()));
                }
                None => places.push(self.expression()),
            }
            self.next_item(close);
        }
        (places, named)
    }

    fn dictionary(&mut self) -> Value {
        self.step();
        let mut items = Vec::new();
        while self.goes_on('}') {
            let key = self.expression();
            self.blank();
            if let (Value::Text(key), true) = (key, self.take(":")) {
                items.push((key.to_string(), self.expression()));
            }
            self.next_item('}');
        }
        Value::Dictionary(items)
    }

    // True where another item follows; else what closes is passed.
    fn goes_on(&mut self, close: char) -> bool {
        self.blank();
        if self.rest.is_empty() || self.rest.starts_with(close) {
            self.step();
            return false;
        }
        true
    }

    // To behind the comma, or to what closes, whatever stands in between.
    fn next_item(&mut self, close: char) {
        loop {
            self.blank();
            if self.rest.is_empty() || self.rest.starts_with(close) || self.take(",") {
                return;
            }
            self.skip();
        }
    }

    // Texts beside each other are one.
    fn texts(&mut self) -> Value {
        let mut text = Zeroizing::new(String::new());
        while let Some(quote) = self.rest.chars().next().filter(|letter| "\"'".contains(*letter)) {
            self.text(quote, &mut text);
            self.blank();
        }
        Value::Text(text)
    }

    fn text(&mut self, quote: char, text: &mut String) {
        let long: String = [quote; 3].iter().collect();
        let end = if self.rest.starts_with(&long) { long } else { quote.to_string() };
        self.rest = &self.rest[end.len()..];
        while !self.rest.is_empty() && !self.take(&end) {
            match self.step() {
                Some('\\') => text.extend(self.step().map(|letter| if letter == 'n' { '\n' } else { letter })),
                Some(letter) => text.push(letter),
                None => return,
            }
        }
    }

    // One thing that is not understood: a text, a bracket with all in it, or a letter.
    fn skip(&mut self) {
        match self.rest.chars().next() {
            Some('"' | '\'') => drop(self.texts()),
            Some('(' | '[' | '{') => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    self.rest = "";
                } else {
                    drop(self.operand());
                }
                self.depth = self.depth.saturating_sub(1);
            }
            _ => drop(self.step()),
        }
    }

    // Outside all brackets a line's end is a statement's.
    fn gap(&mut self) {
        if self.depth <= 1 {
            self.rest = self.rest.trim_start_matches([' ', '\t']);
        } else {
            self.blank();
        }
    }

    fn blank(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            let Some(comment) = self.rest.strip_prefix('#') else { return };
            self.rest = comment.find('\n').map_or("", |end| &comment[end..]);
        }
    }

    fn word(&mut self, word: &str) -> bool {
        let follows = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        match self.rest.strip_prefix(word).filter(|rest| follows(rest)) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn take(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn step(&mut self) -> Option<char> {
        let letter = self.rest.chars().next()?;
        self.rest = &self.rest[letter.len_utf8()..];
        Some(letter)
    }

    fn run(&mut self, wanted: impl Fn(char) -> bool) -> String {
        let end = self.rest.find(|letter| !wanted(letter)).unwrap_or(self.rest.len());
        let (run, rest) = self.rest.split_at(end);
        self.rest = rest;
        run.to_owned()
    }
}

fn keyword(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|letter: char| !(letter.is_alphanumeric() || letter == '_'))?;
    let (name, rest) = text.split_at(end);
    let rest = rest.trim_start().strip_prefix('=')?;
    (!name.is_empty() && !rest.starts_with('=')).then_some((name, rest))
}
