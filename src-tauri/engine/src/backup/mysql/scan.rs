//! Reading a dump from end to end, as far as that can be done without a server: every quote
//! and comment is closed, every statement ended, every row whole and as long as the others of
//! its statement, every value one that a dump writes, and the last line is the one that says
//! that the dump is complete.
//!
//! A digit that became another is no fault here. The SHA-256 of the file tells that, and the
//! comparison of what was restored.

use std::io::{BufRead, BufReader};
use std::path::Path;

use super::dump::TRAILER;
use crate::backup::Rung;
use crate::backup::file::failed;
use crate::execute::Cancel;
use crate::{Error, Result};

/// Reads it.
pub fn scan(path: &Path, cancel: &Cancel) -> Result<()> {
    let file = std::fs::File::open(path).map_err(|failure| failed(path, failure))?;
    let mut lines = BufReader::with_capacity(1 << 16, file);
    let (mut state, mut number, mut line) = (State::default(), 0_u64, Vec::new());
    loop {
        line.clear();
        let read = lines.read_until(b'\n', &mut line).map_err(|failure| failed(path, failure))?;
        if cancel.is_cancelled() {
            return Err(Error::Cancelled);
        }
        if read == 0 {
            break;
        }
        number += 1;
        state.line(&line).map_err(|fault| unreadable(&format!("line {number}: {fault}")))?;
    }
    state.end().map_err(|fault| unreadable(&fault))
}

fn unreadable(fault: &str) -> Error {
    Error::Backup { rung: Rung::Readable, detail: format!("the dump is damaged: {fault}") }
}

type Checked = std::result::Result<(), String>;

struct State {
    delimiter: Vec<u8>,
    // What is open at the end of a line: a quote, or a comment.
    quote: Option<u8>,
    comment: bool,
    // A statement has begun and is not ended.
    within: bool,
    rows: Option<Rows>,
    // The beginning of a statement with rows whose table or columns have a line break in their names.
    head: Vec<u8>,
    headed: bool,
    completed: bool,
}

impl Default for State {
    fn default() -> Self {
        State {
            delimiter: b";".to_vec(),
            quote: None,
            comment: false,
            within: false,
            rows: None,
            head: Vec::new(),
            headed: false,
            completed: false,
        }
    }
}

/// Has MariaDB's client refuse everything that is no statement.
const SANDBOX: &[u8] = b"/*M!999999\\- enable the sandbox mode */";

/// Names of a table and of 4,096 columns, 64 letters each, take less.
const LONGEST_HEAD: usize = 2 << 20;

/// Words that lines with statements of a dump begin with.
const WORDS: &[&str] = &[
    "CREATE ",
    "DROP ",
    "INSERT INTO `",
    "SET ",
    "DO SETVAL(",
    "DO setval(",
    "ALTER DATABASE ",
    "/*!",
    "/*M!",
    "USE ",
    "DELIMITER ",
    "SELECT ",
    "ANALYZE TABLE ",
    "--",
];

impl State {
    fn line(&mut self, line: &[u8]) -> Checked {
        if line.contains(&0) {
            return Err("it holds a zero byte".to_owned());
        }
        if !self.head.is_empty() {
            return self.begin_rows(line);
        }
        let open = self.quote.is_some() || self.comment || self.within || self.rows.is_some();
        if open {
            return self.walk(line);
        }
        let text = line.trim_ascii_end();
        if text.is_empty() {
            return Ok(());
        }
        self.completed = text.starts_with(TRAILER);
        if text.starts_with(b"--") {
            self.headed |= text.starts_with(b"-- MariaDB dump ") || text.starts_with(b"-- MySQL dump ");
            let plain = text.len() == 2 || text[2] == b' ';
            return if plain { Ok(()) } else { Err("a comment does not begin as one".to_owned()) };
        }
        // The client's own word, which ends with its line.
        if text == SANDBOX {
            return Ok(());
        }
        if let Some(delimiter) = text.strip_prefix(b"DELIMITER ") {
            self.delimiter = delimiter.to_vec();
            return if [&b";"[..], b";;"].contains(&delimiter) {
                Ok(())
            } else {
                Err("another delimiter than a dump's".to_owned())
            };
        }
        if !WORDS.iter().any(|word| text.starts_with(word.as_bytes())) {
            return Err("it begins with no statement of a dump".to_owned());
        }
        if text.starts_with(b"INSERT INTO `") {
            return self.begin_rows(line);
        }
        self.walk(line)
    }

    fn begin_rows(&mut self, line: &[u8]) -> Checked {
        self.head.extend(line);
        std::str::from_utf8(line).map_err(|_| "its characters are none of UTF-8".to_owned())?;
        let Some(at) = values(&self.head) else {
            let fits = self.head.len() < LONGEST_HEAD;
            return if fits { Ok(()) } else { Err("rows without VALUES".to_owned()) };
        };
        let head = std::mem::take(&mut self.head);
        let mut rows = Rows::default();
        let ended = rows.line(head[at..].trim_ascii_end())?;
        self.rows = (!ended).then_some(rows);
        Ok(())
    }

    fn walk(&mut self, line: &[u8]) -> Checked {
        if let Some(rows) = &mut self.rows {
            std::str::from_utf8(line).map_err(|_| "its characters are none of UTF-8".to_owned())?;
            if rows.line(line.trim_ascii_end())? {
                self.rows = None;
            }
            return Ok(());
        }
        let mut at = 0;
        while let Some(&byte) = line.get(at) {
            let rest = &line[at..];
            at += match (self.quote, byte) {
                // In bodies of programs the mode of the session says whether a backslash escapes.
                (Some(b'\''), b'\\') if self.delimiter == b";" => 2,
                (Some(open), _) if byte == open => {
                    self.quote = None;
                    1
                }
                (Some(_), _) => 1,
                (None, b'*') if rest.starts_with(b"*/") => {
                    self.comment = false;
                    2
                }
                (None, b'/') if rest.starts_with(b"/*") => {
                    self.comment = true;
                    self.within = true;
                    2
                }
                (None, b'\'' | b'`' | b'"') if self.delimiter == b";" => {
                    self.quote = Some(byte);
                    self.within = true;
                    1
                }
                (None, _) if rest.starts_with(&self.delimiter) && (!self.comment || self.delimiter == b";;") => {
                    self.within = false;
                    self.comment = false;
                    self.delimiter.len()
                }
                (None, _) => {
                    self.within |= !byte.is_ascii_whitespace();
                    1
                }
            };
        }
        Ok(())
    }

    fn end(self) -> Checked {
        if !self.headed {
            return Err("it does not begin as a dump does".to_owned());
        }
        if self.quote.is_some() || self.comment || self.within || self.rows.is_some() || !self.head.is_empty() {
            return Err("it ends within a statement".to_owned());
        }
        if self.completed { Ok(()) } else { Err("its last line does not say that the dump is complete".to_owned()) }
    }
}

// Behind the table's name and its columns.
fn values(text: &[u8]) -> Option<usize> {
    let (mut at, mut quoted) = (0, false);
    while let Some(&byte) = text.get(at) {
        if byte == b'`' {
            quoted = !quoted;
        } else if !quoted && text[at..].starts_with(b" VALUES") {
            return Some(at + " VALUES".len());
        }
        at += 1;
    }
    None
}

/// The rows of one statement.
#[derive(Default)]
struct Rows {
    columns: Option<usize>,
    // A row has ended, and a comma or the end must follow.
    parted: bool,
}

impl Rows {
    // True where the statement ended with this line.
    fn line(&mut self, line: &[u8]) -> std::result::Result<bool, String> {
        let mut rest = line.trim_ascii();
        while !rest.is_empty() {
            rest = match rest[0] {
                b'(' if !self.parted => self.row(&rest[1..])?,
                b',' if self.parted => {
                    self.parted = false;
                    rest[1..].trim_ascii_start()
                }
                b';' if self.parted && rest.len() == 1 => return Ok(true),
                _ => return Err("something between two rows".to_owned()),
            };
        }
        Ok(false)
    }

    fn row<'t>(&mut self, text: &'t [u8]) -> std::result::Result<&'t [u8], String> {
        self.parted = true;
        let (mut rest, mut count) = (text, 0);
        if let Some(rest) = rest.strip_prefix(b")") {
            return Ok(rest);
        }
        loop {
            rest = value(rest)?;
            count += 1;
            match rest.first() {
                Some(b',') => rest = &rest[1..],
                Some(b')') => break,
                Some(_) | None => return Err("a value does not end".to_owned()),
            }
        }
        if *self.columns.get_or_insert(count) != count {
            return Err("rows of different lengths".to_owned());
        }
        Ok(&rest[1..])
    }
}

fn value(text: &[u8]) -> std::result::Result<&[u8], String> {
    let marked = text.strip_prefix(b"_binary ").unwrap_or(text);
    if let Some(inside) = marked.strip_prefix(b"'") {
        let mut at = 0;
        while let Some(&byte) = inside.get(at) {
            match byte {
                b'\\' if inside.get(at + 1).is_some_and(|next| b"0nrtbZ\\'\"".contains(next)) => at += 2,
                b'\\' => return Err("an escape that no dump writes".to_owned()),
                b'\'' if inside.get(at + 1) == Some(&b'\'') => at += 2,
                b'\'' => return Ok(&inside[at + 1..]),
                _ => at += 1,
            }
        }
        return Err("a text does not end".to_owned());
    }
    let length = marked.iter().take_while(|byte| !b",()".contains(byte)).count();
    let (bare, rest) = marked.split_at(length);
    let hexadecimal = bare.strip_prefix(b"0x").is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
    if bare == b"NULL" || hexadecimal || is_number(bare) {
        Ok(rest)
    } else {
        Err("a value that no dump writes".to_owned())
    }
}

fn is_number(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"-").unwrap_or(text);
    text.first().is_some_and(u8::is_ascii_digit)
        && std::str::from_utf8(text).is_ok_and(|text| {
            text.bytes().all(|byte| byte.is_ascii_digit() || b".e+-".contains(&byte)) && text.parse::<f64>().is_ok()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(body: &str) -> Checked {
        let mut state = State::default();
        for line in
            format!("/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10\n{body}").split_inclusive('\n')
        {
            state.line(line.as_bytes())?;
        }
        state.end()
    }

    #[test]
    fn what_dumps_hold_is_read_and_damage_is_not() {
        let end = "\n-- Dump completed on 2026-01-01\n";
        let whole = [
            "INSERT INTO `a VALUES` (`x`) VALUES (1,'it\\'s ; ''x''',NULL,0xAF),\n(-1.5e-7,_binary 'a\\0b','(',0x);",
            "CREATE TABLE `a``;` (\n  `x` int DEFAULT '\\'' COMMENT '/* ; -- '\n);\n/*!40000 ALTER TABLE `a` DISABLE KEYS */;",
            "INSERT INTO `a\n-- b` (`x`,\n`y VALUES\n`) VALUES\n(1,2),\n(3,4);",
            "DELIMITER ;;\nCREATE PROCEDURE `p`() begin select 'it; -- ';\n end ;;\nDELIMITER ;\n",
        ];
        for body in whole {
            told(&format!("{body}{end}")).unwrap();
            told(body).unwrap_err();
        }
        for body in [
            "INSERT INTO `a` VALUES (1,2),(3);",
            "INSERT INTO `a` VALUES (1,NULX);",
            "INSERT INTO `a` VALUES (1,0xAG);",
            "INSERT INTO `a` VALUES (1,'a);",
            "INSERT INTO `a` VALUES (1,'\\q');",
            "INSERT INTO `a` VALUES (1.2.3);",
            "INSERT INTO `a` VALUES (1)(2);",
            "INSERT INTO `a\nb` (1);",
            "CREATE TABLE `a (x int);",
            "JNSERT INTO `a` VALUES (1);",
            "/*!40000 ALTER TABLE `a` DISABLE KEYS *;",
            "a\0b",
        ] {
            assert!(told(&format!("{body}{end}")).is_err(), "{body}");
        }
    }
}
