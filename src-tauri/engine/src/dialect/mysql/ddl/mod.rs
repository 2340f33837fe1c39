//! The text of `SHOW CREATE TABLE`, taken apart and put together again with a few columns
//! changed. Everything that is not changed stays to the letter.
//!
//! The server writes this text itself, so its shape is fixed: one definition after another
//! between the outer parentheses, keys behind columns, options behind the parentheses.

mod expression;
mod token;

pub use expression::{alike, speaks_of};
pub use token::split;
use token::{Token, tokens};

/// One table's text in its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableText {
    /// Columns in their order.
    pub columns: Vec<ColumnText>,
    /// The primary key, as text.
    pub primary_key: Option<String>,
    /// The other indexes in their order.
    pub indexes: Vec<IndexText>,
    /// Checks of the table.
    pub checks: Vec<ConstraintText>,
    /// Foreign keys.
    pub foreign_keys: Vec<ConstraintText>,
    /// What stands behind the closing parenthesis.
    pub options: String,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnText {
    /// Its name.
    pub name: String,
    /// Its whole definition.
    pub text: String,
}

/// One index that is no primary key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexText {
    /// Its name.
    pub name: String,
    /// Its whole definition, such as ``UNIQUE KEY `a` (`b`)``.
    pub text: String,
}

/// One named constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConstraintText {
    /// Its name.
    pub name: String,
    /// What stands behind the name.
    pub body: String,
}

impl TableText {
    /// Takes the text apart. None where it does not have the shape that servers write.
    pub fn parse(text: &str) -> Option<Self> {
        let (items, options) = split(text)?;
        let mut table = TableText {
            columns: Vec::new(),
            primary_key: None,
            indexes: Vec::new(),
            checks: Vec::new(),
            foreign_keys: Vec::new(),
            options: options.trim().to_owned(),
        };
        for item in items {
            table.take(item.trim())?;
        }
        Some(table)
    }

    fn take(&mut self, item: &str) -> Option<()> {
        let tokens = tokens(item);
        let first = tokens.first()?;
        if let Some(name) = first.name() {
            self.columns.push(ColumnText { name: name.to_owned(), text: item.to_owned() });
            return Some(());
        }
        let word = |place: usize, wanted: &str| tokens.get(place).is_some_and(|token| token.is(wanted));
        if word(0, "PRIMARY") {
            self.primary_key = Some(item.to_owned());
        } else if word(0, "CONSTRAINT") {
            let name = tokens.get(1)?.name()?.to_owned();
            let body = item[tokens.get(1)?.end()..].trim_start().to_owned();
            let constraint = ConstraintText { name, body };
            if word(2, "FOREIGN") {
                self.foreign_keys.push(constraint);
            } else if word(2, "CHECK") {
                self.checks.push(constraint);
            } else {
                return None;
            }
        } else if ["UNIQUE", "KEY", "FULLTEXT", "SPATIAL", "VECTOR"].iter().any(|wanted| word(0, wanted)) {
            let name = tokens.iter().find_map(Token::name)?.to_owned();
            self.indexes.push(IndexText { name, text: item.to_owned() });
        } else {
            return None;
        }
        Some(())
    }

    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&ColumnText> {
        self.columns.iter().find(|column| column.name.eq_ignore_ascii_case(name))
    }

    /// The options without the number that the next row would get.
    pub fn options_without_counter(&self) -> String {
        let tokens = tokens(&self.options);
        let Some(place) = tokens.iter().position(|token| token.is("AUTO_INCREMENT")) else {
            return self.options.clone();
        };
        let end = tokens.get(place + 2).map_or(self.options.len(), Token::end);
        let (before, after) = (&self.options[..tokens[place].start()], &self.options[end..]);
        format!("{}{}", before.trim_end(), after)
    }

    /// The number that the next row would get.
    pub fn counter(&self) -> Option<u64> {
        let tokens = tokens(&self.options);
        let place = tokens.iter().position(|token| token.is("AUTO_INCREMENT"))?;
        self.options[tokens.get(place + 2)?.range()].parse().ok()
    }
}

impl ConstraintText {
    /// What a check asks of each row, without the parentheses around it.
    pub fn condition(&self) -> Option<&str> {
        behind(&self.body, "CHECK").and_then(|(_, group)| inside(&self.body, &group))
    }
}

// The first group that stands behind that word, with the word.
fn behind(text: &str, word: &str) -> Option<(Token, Token)> {
    let tokens = tokens(text);
    let place = tokens.windows(2).position(|pair| pair[0].is(word) && pair[1].is_group())?;
    Some((tokens[place].clone(), tokens[place + 1].clone()))
}

fn inside<'t>(text: &'t str, group: &Token) -> Option<&'t str> {
    text.get(group.start() + 1..group.end().checked_sub(1)?)
}

impl ColumnText {
    /// True where the server computes its values.
    pub fn is_generated(&self) -> bool {
        self.expression().is_some()
    }

    /// What the server computes its values by.
    pub fn expression(&self) -> Option<&str> {
        behind(&self.text, "AS").and_then(|(_, group)| inside(&self.text, &group))
    }

    /// The condition that stands with it, as MariaDB has it.
    pub fn condition(&self) -> Option<&str> {
        behind(&self.text, "CHECK").and_then(|(_, group)| inside(&self.text, &group))
    }

    /// The column without the condition that stands with it.
    pub fn without_condition(&self) -> ColumnText {
        let Some((word, group)) = behind(&self.text, "CHECK") else { return self.clone() };
        let text = format!("{}{}", self.text[..word.start()].trim_end(), &self.text[group.end()..]);
        ColumnText { name: self.name.clone(), text }
    }

    /// The definition as MySQL must be told it to write it so again: there, a collation without
    /// a character set is the table's own, and told again it would count as chosen.
    pub fn with_own_collation(&self) -> String {
        let tokens = tokens(&self.text);
        let place = tokens.iter().position(|token| token.is("COLLATE"));
        let Some(place) = place.filter(|_| !tokens.iter().any(|token| token.is("CHARACTER"))) else {
            return self.text.clone();
        };
        let end = tokens.get(place + 1).map_or(self.text.len(), Token::end);
        format!("{}{}", self.text[..tokens[place].start()].trim_end(), &self.text[end..])
    }

    /// The definition with another type. What belongs to the old type alone goes: character
    /// set and collation, `unsigned` and `zerofill`, `AUTO_INCREMENT`. `default` takes the
    /// place of the old default.
    pub fn retyped(&self, type_name: &str, default: Option<&str>) -> Option<String> {
        let tokens = tokens(&self.text);
        let name = tokens.first()?;
        let mut kept: Vec<&str> = Vec::new();
        let mut emptied = false;
        let mut rest = tokens.iter().skip(2).peekable();
        // What stands in parentheses right behind the type belongs to it.
        if rest.peek().is_some_and(|token| token.is_group()) {
            rest.next();
        }
        while let Some(token) = rest.next() {
            if ["UNSIGNED", "ZEROFILL", "SIGNED", "BINARY", "AUTO_INCREMENT"].iter().any(|word| token.is(word)) {
                continue;
            }
            if token.is("CHARACTER") {
                rest.nth(1)?;
            } else if ["CHARSET", "COLLATE"].iter().any(|word| token.is(word)) {
                rest.next()?;
            } else if token.is("DEFAULT") {
                let value = rest.next()?;
                let call = rest.next_if(|next| next.is_group());
                let end = call.map_or(value.end(), Token::end);
                if default.is_none() && value.is("NULL") {
                    kept.push(&self.text[token.start()..end]);
                }
                emptied = default.is_none() && !value.is("NULL");
            } else {
                kept.push(&self.text[token.range()]);
            }
        }
        // So the server writes a column that has no default and may be empty.
        if emptied && !kept.iter().any(|part| part.eq_ignore_ascii_case("NOT")) {
            let place = usize::from(kept.first().is_some_and(|part| part.eq_ignore_ascii_case("NULL")));
            kept.insert(place, "DEFAULT NULL");
        }
        let mut text = format!("{} {type_name}", &self.text[name.range()]);
        // The server wants the default between NOT NULL and the comment.
        let nullness = kept.iter().position(|part| part.eq_ignore_ascii_case("NULL")).map_or(0, |place| place + 1);
        let (head, tail) = kept.split_at(nullness);
        let default = default.map(|value| format!("DEFAULT {value}"));
        let parts = head.iter().copied().chain(default.as_deref()).chain(tail.iter().copied());
        for part in parts {
            text.push(' ');
            text.push_str(part);
        }
        Some(text)
    }
}

/// The body of a foreign key with other columns that it leads to.
pub fn led_to(body: &str, columns: &[String]) -> String {
    // The first group holds the key's own columns.
    let groups = tokens(body).into_iter().filter(Token::is_group);
    let Some(group) = groups.into_iter().nth(1) else { return body.to_owned() };
    let names: Vec<String> = columns.iter().map(|column| super::quote::ident(column)).collect();
    format!("{}({}){}", &body[..group.start()], names.join(", "), &body[group.end()..])
}

#[cfg(test)]
mod tests;
