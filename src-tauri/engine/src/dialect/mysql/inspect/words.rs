//! What can be told of a text in SQL without reading it as SQL: which names and which kinds
//! of values it speaks of. Errs on the side of a warning too many.

const INTEGERS: [&str; 7] = ["int", "integer", "bigint", "mediumint", "smallint", "tinyint", "int unsigned"];

/// True where the word stands in the text, whatever its case, quoted or not.
pub fn has_word(text: &str, word: &str) -> bool {
    let (text, word) = (text.to_lowercase(), word.to_lowercase());
    // Between quotes a backtick stands twice.
    stands_in(&text, &word) || (word.contains('`') && stands_in(&text, &word.replace('`', "``")))
}

fn stands_in(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

/// True where the text declares variables, parameters or columns that hold whole numbers.
pub fn declares_integers(text: &str) -> bool {
    INTEGERS.iter().any(|word| has_word(text, word))
}

/// True where a stored expression, in which the server quotes each name, speaks of the column.
pub fn names(expression: &str, column: &str) -> bool {
    expression.contains(&super::quote::ident(column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole() {
        assert!(has_word("SELECT `Id` FROM t", "id") && !has_word("SELECT paid, id_x FROM t", "id"));
        assert!(has_word("FROM `a ``b``` o", "a `b`") && has_word("FROM \"a `b`\"", "a `b`"));
        assert!(declares_integers("DECLARE n INT;") && !declares_integers("SELECT point FROM print"));
    }
}
