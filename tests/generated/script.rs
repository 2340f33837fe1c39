//! A model as statements, in the order in which the server accepts them.

use super::dice::Dice;
use super::extras;
use super::keys;
use super::kinds::OWN_TYPES;
use super::model::{Column, Holds, Model, Reference, Source, Table, list, literal, quoted};
use super::parts::{self, Stage, since};
use super::rows;

/// Roles belong to the server, which several databases share.
const ROLES: &str = "DO $$ DECLARE one text; BEGIN
  FOREACH one IN ARRAY ARRAY['gen_reader', 'gen_owner', 'gen \"odd\", role'] LOOP
    BEGIN EXECUTE format('CREATE ROLE %I', one); EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END;
  END LOOP;
END $$;
";

/// For psql's `\\if`.
const VERSIONS: &str = "SELECT current_setting('server_version_num')::int >= 140000 AS since_14, current_setting('server_version_num')::int >= 150000 AS since_15 \\gset
";

const HELPERS: &str = "CREATE TABLE public.gen_audit (what text, row_key text);
CREATE FUNCTION public.gen_touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE FUNCTION public.gen_note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.gen_audit VALUES (TG_OP, TG_TABLE_NAME); RETURN NULL; END $$;
CREATE SEQUENCE public.gen_shared START WITH 1000;
";

/// Writes all of it.
pub fn write(model: &Model) -> String {
    let mut text = format!("{VERSIONS}{ROLES}{OWN_TYPES}{}{HELPERS}", keys::OWN_TYPES);
    for schema in &model.schemas {
        text += &format!("CREATE SCHEMA {};\n", quoted(schema));
    }
    // Rights by default are there before the objects that they reach.
    text += &extras::before(model);
    for table in &model.tables {
        text += &create(model, table);
    }
    for table in &model.tables {
        text += &insert(table);
    }
    for table in &model.tables {
        for reference in table.references.iter().filter(|reference| reference.declared) {
            text += &foreign_key(model, table, reference);
        }
    }
    let mut views = Vec::new();
    for stage in [Stage::Tables, Stage::Views, Stage::Rest] {
        for at in 0..model.tables.len() {
            text += &parts::write(model, at, stage, &mut views);
        }
    }
    text + &extras::after(model, &views)
}

/// What an application writes after the conversion: rows with keys of the server's making
/// and with references to the newest rows, as far as everything that stands on the tables lets it.
pub fn later(model: &Model) -> String {
    let makes_keys = |table: &&Table| {
        let only = (table.key.len() == 1).then(|| table.column(&table.key[0]));
        only.is_some_and(|key| key.is_key() && key.source != Source::Nothing)
    };
    let one = |table: &Table| {
        format!(
            "DO $later$ BEGIN INSERT INTO {} {}; SET CONSTRAINTS ALL IMMEDIATE; \
             EXCEPTION WHEN OTHERS THEN NULL; END $later$;\n",
            table.quoted(),
            written(model, table)
        )
    };
    model.tables.iter().filter(makes_keys).map(|table| one(table).repeat(2)).collect()
}

// Columns with their values, where there is something to say.
fn written(model: &Model, table: &Table) -> String {
    let value = |column: &Column| {
        let reference = table.references.iter().find(|one| one.columns == [column.name.clone()]);
        match (column.holds, reference) {
            (Holds::Reference, Some(reference)) => {
                let target = model.tables[reference.parent].column(&reference.parent_columns[0]);
                // What the column could not hold before, undo could not give it back.
                let (own, theirs) = (keys::range(&column.type_name), keys::range(&target.type_name));
                if own.0 > theirs.0 || own.1 < theirs.1 {
                    return None;
                }
                let key = target.quoted();
                let parent = model.tables[reference.parent].quoted();
                Some(format!("(SELECT p.{key} FROM {parent} p ORDER BY p.{key} DESC LIMIT 1)"))
            }
            (Holds::Other(kind), _) if column.not_null && column.source == Source::Nothing => {
                Some(literal(kind.values[0]))
            }
            (Holds::Moment(_), _) if column.not_null => Some("now()".to_owned()),
            _ => None,
        }
    };
    let made: Vec<(String, String)> =
        table.columns.iter().filter_map(|column| Some((column.name.clone(), value(column)?))).collect();
    if made.is_empty() {
        return "DEFAULT VALUES".to_owned();
    }
    let (names, values): (Vec<String>, Vec<String>) = made.into_iter().unzip();
    format!("({}) VALUES ({})", list(&names), values.join(", "))
}

fn create(model: &Model, table: &Table) -> String {
    let mut text = String::new();
    for column in table.columns.iter().filter(|column| !column.inherited) {
        if let Source::Sequence(name, options, _) = &column.source {
            text += &format!("CREATE SEQUENCE {}.{} {options};\n", quoted(&table.schema), quoted(name));
        }
    }
    let mut lines: Vec<String> =
        table.columns.iter().filter(|column| !column.inherited).map(|column| declare(table, column)).collect();
    let named =
        |word: &str| table.key_name.as_ref().map_or_else(String::new, |name| format!("{word} {} ", quoted(name)));
    if !table.key.is_empty() {
        lines.push(format!("{}PRIMARY KEY ({})", named("CONSTRAINT"), list(&table.key)));
    }
    lines.extend(table.unique.iter().map(|column| format!("UNIQUE ({})", quoted(column))));
    let unlogged = if table.unlogged { "UNLOGGED " } else { "" };
    let heir = table.heir_of.map(|parent| format!(" INHERITS ({})", model.tables[parent].quoted())).unwrap_or_default();
    let split = table.split.as_ref().map(|split| format!(" PARTITION BY {}", split.by)).unwrap_or_default();
    text += &format!("CREATE {unlogged}TABLE {} (\n  {}\n){heir}{split};\n", table.quoted(), lines.join(",\n  "));
    text += &partitions(table);
    for column in &table.columns {
        if let (Source::Sequence(name, _, true), false) = (&column.source, column.inherited) {
            let sequence = format!("{}.{}", quoted(&table.schema), quoted(name));
            text += &format!("ALTER SEQUENCE {sequence} OWNED BY {}.{};\n", table.quoted(), column.quoted());
        }
    }
    text
}

fn partitions(table: &Table) -> String {
    let Some(split) = &table.split else { return String::new() };
    let full = |name: &str| format!("{}.{}", quoted(&table.schema), quoted(name));
    let mut text = String::new();
    for (at, (name, bounds)) in split.partitions.iter().enumerate() {
        let below = split.below.as_ref().filter(|_| at == 0);
        let again = if below.is_some() { format!(" PARTITION BY {}", split.by) } else { String::new() };
        text += &format!("CREATE TABLE {} PARTITION OF {} {bounds}{again};\n", full(name), table.quoted());
        if let Some(below) = below {
            let rest =
                if split.by.starts_with("HASH") { "FOR VALUES WITH (MODULUS 1, REMAINDER 0)" } else { "DEFAULT" };
            text += &format!("CREATE TABLE {} PARTITION OF {} {rest};\n", full(below), full(name));
        }
    }
    text
}

fn declare(table: &Table, column: &Column) -> String {
    let null = if column.not_null { " NOT NULL" } else { "" };
    let (type_name, default) = match &column.source {
        Source::Nothing => (column.type_name.as_str(), String::new()),
        Source::Serial => (serial(&column.type_name), String::new()),
        Source::Identity(always, options) => {
            let options = if options.is_empty() { String::new() } else { format!(" ({options})") };
            let kind = if *always { "ALWAYS" } else { "BY DEFAULT" };
            (column.type_name.as_str(), format!(" GENERATED {kind} AS IDENTITY{options}"))
        }
        Source::Sequence(name, _, _) => {
            let sequence = format!("{}.{}", quoted(&table.schema), quoted(name));
            (column.type_name.as_str(), format!(" DEFAULT nextval({}::regclass)", literal(&sequence)))
        }
        Source::SharedSequence => (column.type_name.as_str(), " DEFAULT nextval('public.gen_shared')".to_owned()),
        Source::Expression(expression) => (column.type_name.as_str(), format!(" DEFAULT {expression}")),
    };
    format!("{} {type_name}{default}{null}", column.quoted())
}

fn serial(type_name: &str) -> &'static str {
    match type_name {
        "smallint" => "smallserial",
        "integer" => "serial",
        _ => "bigserial",
    }
}

fn insert(table: &Table) -> String {
    let names: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
    if table.rows.is_empty() || names.is_empty() {
        return String::new();
    }
    let value =
        |cell: Option<&Option<String>>| cell.and_then(Option::as_deref).map_or_else(|| "NULL".to_owned(), literal);
    let rows: Vec<String> = table
        .rows
        .iter()
        .map(|row| format!("({})", names.iter().map(|name| value(row.get(name))).collect::<Vec<_>>().join(", ")))
        .collect();
    let overriding = if rows::overrides(table) { " OVERRIDING SYSTEM VALUE" } else { "" };
    let mut text =
        format!("INSERT INTO {} ({}){overriding} VALUES\n{};\n", table.quoted(), list(&names), rows.join(",\n"));
    text += &advance(table);
    text
}

// Sequences stand somewhere, and not always behind the highest id.
fn advance(table: &Table) -> String {
    let mut dice = Dice::new(u32::try_from(table.rows.len()).unwrap());
    let mut text = String::new();
    for column in table.columns.iter().filter(|column| !column.inherited) {
        let sequence = match &column.source {
            Source::Serial | Source::Identity(..) => {
                format!("pg_get_serial_sequence({}, {})", literal(&table.quoted()), literal(&column.name))
            }
            Source::Sequence(name, ..) => literal(&format!("{}.{}", quoted(&table.schema), quoted(name))),
            Source::Nothing | Source::SharedSequence | Source::Expression(_) => continue,
        };
        for _ in 0..dice.below(4) {
            text += &format!("SELECT nextval({sequence}) \\g /dev/null\n");
        }
    }
    text
}

fn foreign_key(model: &Model, table: &Table, reference: &Reference) -> String {
    let named = reference.name.as_ref().map_or_else(String::new, |name| format!("CONSTRAINT {} ", quoted(name)));
    let full = if reference.full { " MATCH FULL" } else { "" };
    let unchecked = if reference.unchecked { " NOT VALID" } else { "" };
    let parent = &model.tables[reference.parent];
    let made = |attributes: &str| {
        format!(
            "ALTER TABLE {} ADD {named}FOREIGN KEY ({}) REFERENCES {} ({}){full}{attributes}{unchecked};\n",
            table.quoted(),
            list(&reference.columns),
            parent.quoted(),
            list(&reference.parent_columns),
        )
    };
    let mut text = made(&reference.attributes);
    if let Some(attributes) = &reference.since_15 {
        text = since(15, &made(attributes), &text);
    }
    if let (Some(name), Some(comment)) = (&reference.name, &reference.comment) {
        text += &format!("COMMENT ON CONSTRAINT {} ON {} IS {};\n", quoted(name), table.quoted(), literal(comment));
    }
    text
}
