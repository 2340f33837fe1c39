//! The script for the product's own command-line client.

use std::fmt::Write;

use crate::application::export::{Part, Script, Way};
use crate::schema::EngineKind;

/// The whole script, in one direction.
pub fn sql(script: &Script, way: Way) -> String {
    let (plan, client) = (&script.plan, &script.client);
    let parts = match way {
        Way::Forward => &script.forward,
        Way::Back => &script.back,
    };
    let mut text = String::new();
    for line in header(script, way) {
        let _ = writeln!(text, "{}", format!("-- {}", one_line(&line)).trim_end());
    }
    text.push('\n');
    for directive in &client.directives {
        let _ = writeln!(text, "{directive}");
    }
    let end = Ending { engine: plan.engine };
    end.write(&mut text, "Begin", &[client.begin.clone(), client.settings.clone()].concat());
    for (number, Part { title, statements }) in (1..).zip(parts) {
        end.write(&mut text, &format!("{number} of {}: {title}", parts.len()), statements);
    }
    end.write(&mut text, "Make it final", &client.end);
    text
}

fn header(script: &Script, way: Way) -> Vec<String> {
    let (plan, program) = (&script.plan, script.client.program);
    let what = match way {
        Way::Forward => "integer keys become UUIDs",
        Way::Back => "the way back",
    };
    let mut lines = vec![
        format!("Rekey plan {}: {what}", plan.fingerprint),
        format!(
            "For the {} database {} as it was when this was written; run it with {program}.",
            plan.engine.label(),
            plan.database
        ),
        format!("The journal in the database will know it as run {}.", script.run),
    ];
    match plan.engine {
        EngineKind::Postgres => lines.push("One transaction: whatever fails takes everything back.".to_owned()),
        EngineKind::Sqlite => lines.extend([
            "One transaction: whatever fails takes everything back.".to_owned(),
            "Rows are counted and references looked at; digests of rows are asked by 'rekey run' alone.".to_owned(),
        ]),
        EngineKind::Mysql => lines.extend([
            "Each statement is final at once. Stop the application first: nothing here keeps writers out.".to_owned(),
            format!("Should it stop half-way, 'rekey undo --run {}' takes it back.", script.run),
        ]),
    }
    lines
}

// How a client is told where a statement ends.
struct Ending {
    engine: EngineKind,
}

impl Ending {
    fn write(&self, text: &mut String, title: &str, statements: &[String]) {
        if statements.is_empty() {
            return;
        }
        let _ = writeln!(text, "\n-- {}", one_line(title));
        for statement in statements {
            self.statement(text, statement.trim_end().trim_end_matches(';'));
        }
    }

    fn statement(&self, text: &mut String, statement: &str) {
        match self.engine {
            EngineKind::Postgres | EngineKind::Sqlite => {
                let _ = writeln!(text, "{statement}{};", before_end(statement));
            }
            EngineKind::Mysql if statement.contains(';') => {
                let delimiter = delimiter(statement);
                let _ = writeln!(text, "DELIMITER {delimiter}\n{statement}\n{delimiter}\nDELIMITER ;");
            }
            EngineKind::Mysql => {
                let _ = writeln!(text, "{statement}{};", before_end(statement));
            }
        }
    }
}

// A comment at the end would swallow what ends the statement.
fn before_end(statement: &str) -> &'static str {
    let last = statement.lines().last().unwrap_or_default();
    if last.contains("--") || last.contains('#') { "\n" } else { "" }
}

// Letters that the statement does not hold.
fn delimiter(statement: &str) -> String {
    let mut delimiter = "//".to_owned();
    while statement.contains(&delimiter) {
        delimiter.push('/');
    }
    delimiter
}

// A name may hold a line break; what follows it must not become a statement.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_with_statements_in_it_gets_a_delimiter_of_its_own() {
        let end = Ending { engine: EngineKind::Mysql };
        let mut text = String::new();
        end.write(&mut text, "a\nDROP", &["BEGIN a; b // c; END".to_owned(), "SELECT 1;".to_owned()]);
        assert_eq!(text, "\n-- a DROP\nDELIMITER ///\nBEGIN a; b // c; END\n///\nDELIMITER ;\nSELECT 1;\n");
    }
}
