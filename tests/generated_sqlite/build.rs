//! From a seed to the statements of a database.

use super::table::{Kind, Reference, Table, quoted};
use crate::generated::dice::Dice;

const NAMES: &[&str] =
    &["users", "Order Items", "group", "naïve", "a\"b", "x'y", "[z]", "line\ttab", "t", "main", "rowid_of", "日本"];

/// A database and what becomes of it.
pub struct Made {
    /// The statements that make it.
    pub create: String,
    /// What the application writes after the conversion.
    pub later: String,
    /// The arguments to `plan`.
    pub choices: Vec<String>,
}

impl Made {
    /// What the seed says.
    pub fn new(seed: u32) -> Made {
        let mut dice = Dice::new(seed);
        let uuid = *dice.pick(&["v7", "v7", "v6", "v5", "v4"]);
        let mut names = NAMES.to_vec();
        dice.shuffle(&mut names);
        let mut tables: Vec<Table> = Vec::new();
        for name in names.into_iter().take(2 + dice.below(5)) {
            tables.push(Table::new(&mut dice, name, &tables));
        }
        refer(&mut dice, &mut tables);
        let mut create = String::new();
        for number in 0..tables.len() {
            create += &definition(&mut dice, &tables, number);
        }
        for number in 0..tables.len() {
            create += &rows(&mut dice, &tables, number);
        }
        for (number, table) in tables.iter().enumerate() {
            create += &dependents(&mut dice, table, number);
        }
        if dice.chance(30) {
            create += "ANALYZE;\n";
        }
        let mut choices: Vec<String> = ["--all", "--accept-defaults", "--uuid", uuid].map(str::to_owned).to_vec();
        let short = tables.iter().find(|table| {
            table.kind != Kind::Shared
                && table.kind != Kind::Text
                && !table.name.contains(['.', '=', '"', '\'', '\t', '['])
        });
        if let Some(table) = short.filter(|_| dice.chance(20)) {
            choices.push(format!("--slug=main.{}=short_id", table.name));
        }
        let later = tables.iter().enumerate().map(|(number, table)| later(&tables, table, number, uuid)).collect();
        Made { create, later, choices }
    }
}

// To earlier tables, to itself, to later ones.
fn refer(dice: &mut Dice, tables: &mut [Table]) {
    for number in 0..tables.len() {
        for place in 0..dice.below(4) {
            let parent = dice.below(tables.len());
            let mandatory = parent != number && !tables[parent].ids.is_empty() && dice.chance(30);
            let column = format!("ref{place} to {parent}");
            tables[number].references.push(Reference { column, parent, mandatory });
        }
    }
}

fn definition(dice: &mut Dice, tables: &[Table], number: usize) -> String {
    let table = &tables[number];
    let strict = table.kind == Kind::Strict;
    let mut clauses = Vec::new();
    let mut columns = vec![match table.kind {
        Kind::Alias | Kind::Strict => "id INTEGER PRIMARY KEY".to_owned(),
        Kind::AutoIncrement => "id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL".to_owned(),
        Kind::Int => format!("id {} PRIMARY KEY", dice.pick(&["INT", "BIGINT", "UNSIGNED BIG INT (10)"])),
        Kind::WithoutRowId => "id INT NOT NULL PRIMARY KEY".to_owned(),
        Kind::Text => format!("id {} PRIMARY KEY", dice.pick(&["TEXT", "VARCHAR(36)", "CHAR(40) COLLATE BINARY"])),
        Kind::Shared => format!("id INTEGER PRIMARY KEY REFERENCES {}", tables[table.shares].quoted()),
    }];
    for reference in &table.references {
        let parent = &tables[reference.parent];
        let type_name = match (parent.is_number(), strict) {
            (true, true) => "INTEGER",
            (false, true) => "TEXT",
            (true, false) => *dice.pick(&["INTEGER", "INT", "", "BIGINT -- a comment, with a comma\n"]),
            (false, false) => *dice.pick(&["TEXT", "VARCHAR(36)", ""]),
        };
        let not_null = if reference.mandatory { " NOT NULL" } else { "" };
        let list = *dice.pick(&["", " (id)", "(\"ID\")"]);
        let action = *dice.pick(&["", " ON DELETE CASCADE", " ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED"]);
        let target = format!("REFERENCES {}{list}{action}", parent.quoted());
        let column = quoted(&reference.column);
        if dice.chance(40) {
            columns.push(format!("{column} {type_name}{not_null}"));
            clauses.push(format!("FOREIGN KEY ({column}) {target}"));
        } else {
            columns.push(format!("{column} {type_name}{not_null} {target}"));
        }
    }
    columns.push("name TEXT COLLATE NOCASE DEFAULT 'x' CHECK (name <> '')".to_owned());
    columns.push(if strict { "extra ANY" } else { "extra /* anything */" }.to_owned());
    if dice.chance(20) {
        columns.push("long TEXT GENERATED ALWAYS AS (name || '!') VIRTUAL".to_owned());
    }
    columns.extend(clauses);
    let ending = match table.kind {
        Kind::WithoutRowId => " WITHOUT ROWID",
        Kind::Strict => " STRICT",
        Kind::Alias | Kind::AutoIncrement | Kind::Int | Kind::Text | Kind::Shared => "",
    };
    format!("CREATE TABLE {} (\n  {}\n){ending};\n", table.quoted(), columns.join(",\n  "))
}

fn listed(table: &Table) -> String {
    let references = table.references.iter().map(|reference| quoted(&reference.column));
    references.chain(["name".to_owned(), "extra".to_owned()]).collect::<Vec<_>>().join(", ")
}

fn rows(dice: &mut Dice, tables: &[Table], number: usize) -> String {
    let table = &tables[number];
    let mut order = table.ids.clone();
    if dice.chance(40) {
        dice.shuffle(&mut order);
    }
    let extras = ["1", "'text'", "x'00ff'", "2.5", "NULL", "'it''s'", "9223372036854775807", "''"];
    let mut statements = String::new();
    for (place, id) in order.iter().enumerate() {
        let references: Vec<String> =
            table.references.iter().map(|one| tables[one.parent].id(dice, one.mandatory) + ", ").collect();
        statements += &format!(
            "INSERT INTO {} (id, {}) VALUES ({id}, {}'row {place}', {});\n",
            table.quoted(),
            listed(table),
            references.concat(),
            dice.pick(&extras)
        );
    }
    statements
}

fn dependents(dice: &mut Dice, table: &Table, number: usize) -> String {
    let (name, mut all) = (table.quoted(), String::new());
    if dice.chance(40) {
        all += &format!("CREATE INDEX part_{number} ON {name} (name DESC, id) WHERE name IS NOT NULL;\n");
    }
    if dice.chance(30) {
        all += &format!("CREATE INDEX lower_{number} ON {name} (lower(name) COLLATE RTRIM);\n");
    }
    if let Some(reference) = table.references.first() {
        let column = quoted(&reference.column);
        all += &format!("CREATE {}INDEX ref_{number} ON {name} ({column}, id);\n", dice.pick(&["", "UNIQUE "]));
        if dice.chance(30) {
            all += &format!(
                "CREATE VIEW seen_{number} AS SELECT o.id, o.name FROM {name} o WHERE o.{column} IS NOT NULL;\n"
            );
        }
    }
    if dice.chance(30) {
        all += &format!(
            "CREATE TRIGGER named_{number} AFTER UPDATE OF name ON {name} BEGIN UPDATE {name} SET extra = 'seen' WHERE id = NEW.id; END;\n"
        );
    }
    all
}

// Two rows in each table that can have more, the second of which leads to the first where it
// refers to itself.
fn later(tables: &[Table], table: &Table, number: usize, uuid: &str) -> String {
    if table.kind == Kind::Shared {
        return String::new();
    }
    let values: Vec<String> = table
        .references
        .iter()
        .map(|one| format!("(SELECT id FROM {} ORDER BY id DESC LIMIT 1), ", tables[one.parent].quoted()))
        .collect();
    let mut statements = String::new();
    for turn in 1..=2 {
        let (list, id) = if table.is_numbered() && uuid != "v5" {
            (String::new(), String::new())
        } else {
            ("id, ".to_owned(), format!("'0190a0a0-0000-7000-8000-{number:06}{turn:06}', "))
        };
        statements += &format!(
            "INSERT INTO {} ({list}{}) SELECT {id}{}'late {turn}', NULL;\n",
            table.quoted(),
            listed(table),
            values.concat()
        );
    }
    statements
}
