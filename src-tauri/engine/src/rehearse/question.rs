//! Questions of the user's own that are asked before and after.

use crate::dialect::{Access, Database};
use crate::error::Result;
use crate::schema::EngineKind;

const FIRST_WORDS: [&str; 4] = ["SELECT", "WITH", "VALUES", "TABLE"];
/// Of a long statement so much stands in a report.
const SHOWN: usize = 120;

/// One statement that only reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    sql: String,
}

impl Question {
    /// Takes a statement. It is asked in sessions in which the server refuses to write, so here
    /// only what would get past that is looked for: a second statement, and what writes files.
    ///
    /// # Errors
    /// Why it is not taken, as the rest of a sentence.
    pub fn new(text: &str, engine: EngineKind, database: &str) -> std::result::Result<Question, String> {
        let sql = text.trim().trim_end_matches(';').trim_end();
        let words =
            || sql.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty());
        let is = |word: &str, other: &str| word.eq_ignore_ascii_case(other);
        if sql.contains([';', '\0']) {
            return Err("it holds a semicolon, and only one statement is asked at a time".to_owned());
        }
        let begins = sql.trim_start_matches(|letter: char| letter == '(' || letter.is_whitespace());
        let first = begins.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        if !FIRST_WORDS.iter().any(|word| is(first, word)) {
            return Err(format!("it does not begin with one of {}", FIRST_WORDS.join(", ")));
        }
        if words().any(|word| is(word, "INTO")) {
            return Err("it holds the word INTO, which writes tables or files".to_owned());
        }
        let named = [format!("{database}."), format!("`{database}`.")].iter().any(|name| sql.contains(name.as_str()));
        if engine == EngineKind::Mysql && named {
            return Err(format!(
                "it names the database {database}, and would be answered there and not by the copy; leave the database's name out"
            ));
        }
        Ok(Question { sql: sql.to_owned() })
    }

    /// The statement.
    pub fn sql(&self) -> &str {
        &self.sql
    }

    /// Its words on one line, cut where they are many.
    pub fn title(&self) -> String {
        let line = self.sql.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.chars().count() <= SHOWN {
            return line;
        }
        format!("{} …", line.chars().take(SHOWN).collect::<String>())
    }

    /// Has the database itself say how it would answer, without doing so: a word that is spelt
    /// wrong should be found before a copy is made.
    ///
    /// # Errors
    /// When the server refuses it.
    pub async fn check(&self, database: &dyn Database) -> Result<()> {
        let mut connection = database.connect(Access::Read, "rekey").await?;
        for statement in database.as_application() {
            connection.execute(&statement).await?;
        }
        connection.query(&database.outline(&self.sql)).await.map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_statement_that_reads_is_taken() {
        let taken = |sql: &str| Question::new(sql, EngineKind::Mysql, "shop").is_ok();
        for sql in ["SELECT 1;", " ( select 1)\nUNION (select 2)", "WITH a AS (SELECT 1) SELECT * FROM a", "VALUES (1)"]
        {
            assert!(taken(sql), "{sql}");
        }
        for sql in [
            "",
            ";",
            "DELETE FROM a",
            "SELECT 1; DELETE FROM a",
            "-- x\nDELETE FROM a",
            "SELECT * INTO OUTFILE '/tmp/a' FROM a",
            "SELECT*into/**/dumpfile'/tmp/a'",
            "SELECT * FROM shop.a",
            "SELECT * FROM `shop`.a",
            "PRAGMA writable_schema=ON",
            "EXPLAIN SELECT 1",
            "selection",
        ] {
            assert!(!taken(sql), "{sql}");
        }
        assert!(Question::new("SELECT * FROM shop.a", EngineKind::Postgres, "shop").is_ok());
    }

    #[test]
    fn a_title_is_one_short_line() {
        let title = |sql: &str| Question::new(sql, EngineKind::Sqlite, "").expect("a question").title();
        assert_eq!(title("SELECT 1\n  FROM a ;"), "SELECT 1 FROM a");
        assert_eq!(title(&format!("SELECT '{}'", "é".repeat(200))).chars().count(), SHOWN + 2);
    }
}
