//! The head of a statement that creates a trigger, with the database's name left out of it.
//!
//! Servers keep that statement as it was typed. Where the name of the database was, the dump
//! has it too, and could be restored into no database of another name.

/// A word of a statement: where it is, and what it says without its quotes.
struct Word {
    start: usize,
    end: usize,
    said: Vec<u8>,
    quoted: bool,
}

impl Word {
    fn is(&self, other: &str) -> bool {
        !self.quoted && self.said.eq_ignore_ascii_case(other.as_bytes())
    }
}

/// The statement with `database` left out before the trigger's and the table's name.
pub fn without_database(sql: &[u8], database: &str) -> Vec<u8> {
    let words = words(sql);
    let mut cuts = Vec::new();
    let mut at = words.iter().position(|word| word.is("TRIGGER")).map(|place| place + 1);
    if let Some(start) = at
        && ["IF", "NOT", "EXISTS"]
            .iter()
            .enumerate()
            .all(|(n, one)| words.get(start + n).is_some_and(|word| word.is(one)))
    {
        at = Some(start + 3);
    }
    if let Some(start) = at {
        cuts.extend(cut(&words, start, database));
        // Behind the name stand moment and event, which say none of these words.
        let on = words.iter().skip(start + 1).position(|word| word.is("ON")).map(|place| start + 1 + place);
        cuts.extend(on.and_then(|on| cut(&words, on + 1, database)));
    }
    let mut kept = Vec::with_capacity(sql.len());
    let mut done = 0;
    for (start, end) in cuts {
        kept.extend_from_slice(&sql[done..start]);
        done = end;
    }
    kept.extend_from_slice(&sql[done..]);
    kept
}

// From the database's name to the next word behind the dot.
fn cut(words: &[Word], at: usize, database: &str) -> Option<(usize, usize)> {
    let [own, dot, name] = words.get(at..at + 3)? else { return None };
    (own.said == database.as_bytes() && dot.is(".")).then_some((own.start, name.start))
}

fn words(sql: &[u8]) -> Vec<Word> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&byte) = sql.get(at) {
        let rest = &sql[at..];
        let end = match byte {
            b'`' | b'"' | b'\'' => quoted(rest),
            // What such a comment holds is read by the server.
            b'/' if rest.starts_with(b"/*!") || rest.starts_with(b"/*M!") => {
                let digits = rest.iter().skip(2).take_while(|one| b"M!".contains(one) || one.is_ascii_digit()).count();
                at += 2 + digits;
                continue;
            }
            b'/' if rest.starts_with(b"/*") => {
                at += rest.windows(2).skip(2).position(|two| two == b"*/").map_or(rest.len(), |end| end + 4);
                continue;
            }
            _ if is_letter(byte) => rest.iter().take_while(|one| is_letter(**one)).count(),
            b'.' => 1,
            _ => {
                at += 1;
                continue;
            }
        };
        let quoted = !is_letter(byte) && byte != b'.';
        let said = if quoted { unquoted(&rest[..end]) } else { rest[..end].to_vec() };
        found.push(Word { start: at, end: at + end, said, quoted });
        at = found.last().map_or(at + end, |word| word.end);
    }
    found
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte >= 0x80
}

// Bytes up to behind the closing quote; doubled ones are part of it.
fn quoted(text: &[u8]) -> usize {
    let quote = text[0];
    let mut at = 1;
    while let Some(&byte) = text.get(at) {
        if byte != quote {
            at += 1;
        } else if text.get(at + 1) == Some(&quote) {
            at += 2;
        } else {
            return at + 1;
        }
    }
    text.len()
}

fn unquoted(text: &[u8]) -> Vec<u8> {
    let quote = text[0];
    let inside = &text[1..text.len().max(2) - 1];
    let mut said = Vec::with_capacity(inside.len());
    let mut doubled = false;
    for &byte in inside {
        doubled = byte == quote && !doubled;
        if !doubled {
            said.push(byte);
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_is_left_out_of_the_head_alone() {
        for (typed, expected) in [
            (
                "CREATE DEFINER=`a`@`b` TRIGGER shop.t BEFORE INSERT ON shop.u FOR EACH ROW SET @a = shop.f()",
                "CREATE DEFINER=`a`@`b` TRIGGER t BEFORE INSERT ON u FOR EACH ROW SET @a = shop.f()",
            ),
            (
                "/*!50003 CREATE*/ /*!50017 DEFINER=`on`@`trigger`*/ /*!50003 trigger if not exists `shop` . `t` after update\n on /* shop. */ `shop`.`u` for each row begin end */",
                "/*!50003 CREATE*/ /*!50017 DEFINER=`on`@`trigger`*/ /*!50003 trigger if not exists `t` after update\n on /* shop. */ `u` for each row begin end */",
            ),
            (
                "CREATE TRIGGER `shop` BEFORE DELETE ON `on` FOR EACH ROW SET @a = 'TRIGGER shop.x'",
                "CREATE TRIGGER `shop` BEFORE DELETE ON `on` FOR EACH ROW SET @a = 'TRIGGER shop.x'",
            ),
            (
                "CREATE TRIGGER other.t BEFORE INSERT ON other.u FOR EACH ROW SET @a = 1",
                "CREATE TRIGGER other.t BEFORE INSERT ON other.u FOR EACH ROW SET @a = 1",
            ),
            ("CREATE TRIGGER", "CREATE TRIGGER"),
        ] {
            let kept = without_database(typed.as_bytes(), "shop");
            assert_eq!(String::from_utf8(kept).unwrap(), expected);
        }
        assert_eq!(without_database(b"TRIGGER `a``b`.t ON `a``b`.u", "a`b"), b"TRIGGER t ON u");
    }
}
