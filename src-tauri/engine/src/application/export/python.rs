//! Texts as Python reads them.

use std::fmt::Write;

use crate::application::export::Part;

/// A text as a Python literal on one line.
pub(super) fn literal(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            // What is not seen, or turns the direction of what is, must not hide in a file that
            // people review.
            letter if is_hidden(letter) => {
                let _ = write!(quoted, "\\U{:08x}", u32::from(letter));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The statements of all parts as a list of that name, a line of it for each of theirs.
pub(super) fn list(name: &str, parts: &[Part]) -> String {
    let mut text = format!("{name} = [\n");
    for Part { title, statements } in parts {
        let _ = writeln!(text, "    # {}", comment(title));
        for statement in statements {
            write_statement(&mut text, statement.trim_end().trim_end_matches(';'));
        }
    }
    text.push_str("]\n");
    text
}

fn write_statement(text: &mut String, statement: &str) {
    let lines: Vec<&str> = statement.split_inclusive('\n').collect();
    if let [line] = lines.as_slice() {
        let _ = writeln!(text, "    {},", literal(line));
        return;
    }
    text.push_str("    (\n");
    for line in lines {
        let _ = writeln!(text, "        {}", literal(line));
    }
    text.push_str("    ),\n");
}

/// A text that stands behind a `#`.
pub(super) fn comment(text: &str) -> String {
    text.chars().map(|letter| if is_hidden(letter) { ' ' } else { letter }).collect()
}

/// A text inside a documentation string.
pub(super) fn documentation(text: &str) -> String {
    comment(text).replace('\\', "\\\\").replace('"', "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_quotes() {
        assert_eq!(literal("a\"b\\n%s:x\nü"), r#""a\"b\\n%s:x\nü""#);
        assert_eq!(literal("a\u{202e}b\0"), r#""a\U0000202eb\U00000000""#);
    }

    #[test]
    fn a_statement_of_several_lines_keeps_them() {
        let parts = [Part { title: "one\ntwo".to_owned(), statements: vec!["A;".to_owned(), "B\nC".to_owned()] }];
        assert_eq!(
            list("L", &parts),
            "L = [\n    # one two\n    \"A\",\n    (\n        \"B\\n\"\n        \"C\"\n    ),\n]\n"
        );
    }
}
