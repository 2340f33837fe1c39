//! Words for the converted columns as code writes them.

use std::collections::BTreeSet;

use crate::plan::{Conversion, ConversionKind, Storage};

/// What a plan's ids are called in code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// Tables whose own key is converted, in lower case.
    pub tables: BTreeSet<String>,
    /// What one row of such a table is called: `order_item` of `shop_order_items`, and `item`.
    pub things: BTreeSet<String>,
    /// Converted columns that are not called `id`, in lower case.
    pub columns: BTreeSet<String>,
    /// How the ids are stored.
    pub storage: Option<Storage>,
}

impl Names {
    /// The words for the columns of a plan, or of a run.
    pub fn of(conversions: &[Conversion]) -> Names {
        let mut names = Names { storage: conversions.first().map(|one| one.storage), ..Names::default() };
        for conversion in conversions {
            let stays = conversion.kind == ConversionKind::Repoint;
            for member in &conversion.members {
                let (table, column) = (&member.column.table.name, member.column.column.to_lowercase());
                if member.key {
                    names.take_table(table);
                }
                if !is_plain(&column) {
                    names.columns.insert(column);
                }
            }
            if stays {
                // What leads to it is called after it all the same.
                names.things.extend(things(&conversion.root.table.name));
            }
        }
        names
    }

    fn take_table(&mut self, table: &str) {
        self.tables.insert(table.to_lowercase());
        self.things.extend(things(table));
    }

    /// True for a word that names one of the ids by itself: `user_id`, `selectedUserId`, `authorIds`.
    pub fn is_id(&self, word: &str) -> bool {
        let snake = snake(word);
        let base = snake.strip_suffix('s').filter(|base| base.ends_with("_id")).unwrap_or(&snake);
        if self.columns.contains(base) {
            return true;
        }
        let Some(thing) = base.strip_suffix("_id").or_else(|| base.strip_suffix("_pk")) else { return false };
        self.things.iter().any(|known| thing == known || thing.ends_with(&format!("_{known}")))
    }

    /// True for a word that is an id where something else says of what.
    pub fn is_plain(word: &str) -> bool {
        is_plain(&snake(word))
    }

    /// True for a text in which a converted thing is spoken of.
    pub fn speaks_of(&self, text: &str) -> bool {
        words(text).any(|word| {
            let word = snake(word);
            let parts: Vec<&str> = word.split('_').collect();
            (0..parts.len()).any(|from| {
                (from + 1..=parts.len()).any(|to| {
                    let part = parts[from..to].join("_");
                    self.things.contains(&part) || self.things.contains(&singular(&part))
                })
            })
        })
    }

    /// True for a table of the plan, with or without its schema.
    pub fn is_table(&self, text: &str) -> bool {
        let own = text.rsplit('.').next().unwrap_or(text).trim_matches(['"', '`', '\'']).to_lowercase();
        self.tables.contains(&own)
    }

    /// True for the name of a model whose table is in the plan.
    pub fn is_model(&self, class: &str) -> bool {
        let snake = snake(class);
        let joined = snake.replace('_', "");
        let fits = |name: &String| {
            let flat = name.replace('_', "");
            *name == snake || flat == joined || singular(name) == snake || singular(&flat) == joined
        };
        let last = |table: &String| table.split_once('_').is_some_and(|(_, rest)| fits(&rest.to_owned()));
        self.tables.iter().any(|table| fits(table) || last(table))
    }
}

fn is_plain(word: &str) -> bool {
    matches!(word, "id" | "pk" | "ids" | "object_id")
}

fn things(table: &str) -> Vec<String> {
    let snake = snake(table);
    let parts: Vec<&str> = snake.split('_').filter(|part| !part.is_empty()).collect();
    (0..parts.len()).map(|from| singular(&parts[from..].join("_"))).filter(|thing| thing.len() > 2).collect()
}

fn singular(noun: &str) -> String {
    if let Some(stem) = noun.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    for ending in ["sses", "shes", "ches", "xes"] {
        if noun.ends_with(ending) {
            return noun[..noun.len() - 2].to_owned();
        }
    }
    match noun.strip_suffix('s') {
        Some(stem) if !stem.ends_with('s') && stem.len() > 1 => stem.to_owned(),
        _ => noun.to_owned(),
    }
}

/// The words of a text.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty())
}

/// A word as Python writes it: `selected_user_id` of `selectedUserId`.
pub fn snake(word: &str) -> String {
    let mut snake = String::new();
    let mut before = '_';
    for letter in word.chars() {
        if letter.is_uppercase() && (before.is_lowercase() || before.is_ascii_digit()) {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
        before = letter;
    }
    // `userID` is one id.
    snake.trim_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        let mut names = Names::default();
        names.take_table("shop_customers");
        names.take_table("order_items");
        names.columns.insert("author_id".to_owned());
        names
    }

    #[test]
    fn ids_are_known_by_their_thing() {
        let names = names();
        for word in
            ["customer_id", "customerId", "customerID", "selectedCustomerId", "customerIds", "orderItemId", "author_id"]
        {
            assert!(names.is_id(word), "{word}");
        }
        for word in ["page_id", "quantity", "customer", "id", "invalid", "customer_idea"] {
            assert!(!names.is_id(word), "{word}");
        }
    }

    #[test]
    fn things_models_and_tables_are_known_in_every_spelling() {
        let names = names();
        assert!(names.speaks_of("def get_customer(") && names.speaks_of("interface OrderItem {"));
        assert!(!names.speaks_of("class Invoice"));
        assert!(names.is_model("Customer") && names.is_model("OrderItem") && !names.is_model("Basket"));
        assert!(names.is_table("public.shop_customers") && !names.is_table("shop_baskets"));
    }
}
