//! What stands in the way, each kind by a rule of its own. An object of a kind that is not
//! known is one too: nothing is skipped.

use std::collections::{BTreeMap, BTreeSet};

use super::super::catalogue::definition_of;
use super::super::conditions::COMPUTED;
use super::super::helper::is_reserved;
use super::super::read::{Raw, Record};
use super::{names, sizes};
use crate::schema::{ColumnKind, ColumnName, Obstacle, Table, TableName};

type Tables = BTreeMap<TableName, Table>;

/// All of them.
pub fn obstacles(raw: &Raw, tables: &Tables) -> Vec<Obstacle> {
    let mut found = server(raw, tables);
    for row in raw.of("tables") {
        if let Some(table) = tables.get(&row.table("TABLE_SCHEMA", "TABLE_NAME")) {
            of_table(raw, row, table, &mut found);
        }
    }
    for row in raw.of("columns") {
        if let Some(table) = tables.get(&row.table("TABLE_SCHEMA", "TABLE_NAME")) {
            found.extend(generated(row, table));
        }
    }
    for row in raw.of("indexes").iter().filter(|row| row.get("EXPRESSION").is_some()) {
        if let Some(table) = tables.get(&row.table("TABLE_SCHEMA", "TABLE_NAME")) {
            found.extend(functional_index(row, table));
        }
    }
    for row in raw.of("indexes") {
        if let Some(table) = tables.get(&row.table("TABLE_SCHEMA", "TABLE_NAME")) {
            found.extend(index_of_text(row, table));
        }
    }
    for row in raw.of("triggers") {
        if let Some(table) = tables.get(&row.table("EVENT_OBJECT_SCHEMA", "EVENT_OBJECT_TABLE")) {
            found.extend(trigger(raw, row, table));
        }
    }
    found.extend(hidden_rights(raw));
    found
}

fn obstacle(rule: &str, object: String, columns: Vec<ColumnName>, meaning: &str, remedy: &str) -> Obstacle {
    Obstacle {
        rule: rule.to_owned(),
        object,
        columns,
        meaning: meaning.to_owned(),
        remedy: remedy.to_owned(),
        options: Vec::new(),
        default: None,
    }
}

fn all_columns(table: &Table) -> Vec<ColumnName> {
    table.columns.iter().map(|column| table.column_name(&column.name)).collect()
}

fn server(raw: &Raw, tables: &Tables) -> Vec<Obstacle> {
    let told = |name: &str| raw.server.get(name).map(String::as_str).unwrap_or_default();
    let every = || tables.values().flat_map(all_columns).collect();
    let mut found = Vec::new();
    if told("wsrep_on") == "ON" && !matches!(told("wsrep_provider"), "" | "none") {
        found.push(obstacle(
            "RK-304",
            "the server".to_owned(),
            every(),
            "The server is a member of a Galera cluster. Each statement that defines a table stops the whole cluster for as long as it takes, and the locks of a run are those of one member alone.",
            "Convert on a single server outside the cluster and let the cluster join from it, or leave these keys as they are.",
        ));
    }
    if told("log_bin") == "ON" && told("binlog_format") == "STATEMENT" {
        found.push(obstacle(
            "RK-323",
            "the server".to_owned(),
            every(),
            "The server sends its replicas statements, not rows. Whatever is random in them would be something else there: each replica would have ids of its own.",
            "Have rows sent instead (SET GLOBAL binlog_format = 'ROW'; sessions that are open keep the old way), then make the plan.",
        ));
    }
    if !told("group_replication_group_name").is_empty() {
        found.push(obstacle(
            "RK-304",
            "the server".to_owned(),
            every(),
            "The server is a member of a replication group, where the locks of a run are those of one member alone.",
            "Convert on a single server outside the group and let the others join from it, or leave these keys as they are.",
        ));
    }
    found
}

fn of_table(raw: &Raw, row: &Record, table: &Table, found: &mut Vec<Obstacle>) {
    let name = table.name.to_string();
    let mut add = |rule: &str, meaning: &str, remedy: &str| {
        found.push(obstacle(rule, name.clone(), all_columns(table), meaning, remedy));
    };
    if table.definition.is_none() {
        add(
            "RK-314",
            "The server does not tell how this table was made, because a right is missing or the table is damaged.",
            "Have SELECT on the table granted, or repair it (CHECK TABLE says what is wrong).",
        );
        return;
    }
    match row.text("TABLE_TYPE") {
        "BASE TABLE" => {}
        "SYSTEM VERSIONED" => add(
            "RK-303",
            "The table keeps the history of its rows (system versioning), which a new table would not have.",
            "Leave this key as it is, or drop the history first (ALTER TABLE ... DROP SYSTEM VERSIONING).",
        ),
        other => add(
            "RK-312",
            &format!("It is an object of a kind that Rekey does not know ('{other}')."),
            "Leave this key as it is, and send in how the object was made.",
        ),
    }
    if is_reserved(&table.name.name) {
        add(
            "RK-319",
            "The table has a name of the kind that Rekey gives to what it keeps itself.",
            "Rename the table first, or leave this key as it is.",
        );
    }
    let engine = row.text("ENGINE");
    if !engine.eq_ignore_ascii_case("InnoDB") {
        add(
            "RK-301",
            &format!(
                "The table is kept by the engine {engine}, which has no transactions and no foreign keys: a failure half-way would leave it half changed."
            ),
            "Change its engine first (ALTER TABLE ... ENGINE = InnoDB), or leave this key as it is.",
        );
    }
    let definition = definition_of(raw, &table.name);
    if row.text("CREATE_OPTIONS").split(' ').any(|word| word == "partitioned")
        || definition.options.contains("PARTITION BY")
    {
        add(
            "RK-302",
            "The table is spread over partitions. Neither can it have foreign keys, nor would its rows find their partitions by UUIDs.",
            "Take the partitions away first (ALTER TABLE ... REMOVE PARTITIONING), or leave this key as it is.",
        );
    }
    if definition.others.iter().any(|line| line.starts_with("PERIOD FOR")) && row.text("TABLE_TYPE") == "BASE TABLE" {
        add(
            "RK-303",
            "The rows of the table hold for periods of time, which its keys may take part in.",
            "Leave this key as it is.",
        );
    }
    for line in definition.others.iter().filter(|line| !line.starts_with("PERIOD FOR")) {
        add(
            "RK-312",
            &format!("A part of the table is of a kind that Rekey does not know: {line}"),
            "Leave this key as it is, and send in how the table was made.",
        );
    }
    found.extend(sizes::obstacles(raw, row, table));
}

// An index over words, or over the beginnings of texts, can be had of texts alone.
fn index_of_text(row: &Record, table: &Table) -> Option<Obstacle> {
    let column = table.column(row.text("COLUMN_NAME")).filter(|column| column.kind == ColumnKind::Text)?;
    let what = match (row.text("INDEX_TYPE"), row.get("SUB_PART")) {
        ("FULLTEXT", _) => "the words of this column",
        (_, Some(_)) => "the beginnings of its texts",
        (_, None) => return None,
    };
    Some(obstacle(
        "RK-324",
        format!("{}.{}", table.name, row.text("INDEX_NAME")),
        vec![table.column_name(&column.name)],
        &format!("The index is over {what}, which UUIDs do not have."),
        "Drop the index, convert, and create one over the whole column; or leave this key as it is.",
    ))
}

// What is computed from keys the probe looks at, once it is known what becomes of them.
fn generated(row: &Record, table: &Table) -> Option<Obstacle> {
    row.get("GENERATION_EXPRESSION").filter(|text| !text.is_empty())?;
    let own = table.column_name(row.text("COLUMN_NAME"));
    Some(obstacle(
        COMPUTED,
        own.to_string(),
        vec![own],
        "The server computes this column from others, so nothing can be written into it.",
        "Convert the key that it is computed from, or leave this one as it is.",
    ))
}

fn functional_index(row: &Record, table: &Table) -> Option<Obstacle> {
    let expression = row.text("EXPRESSION");
    let columns: Vec<ColumnName> =
        all_columns(table).into_iter().filter(|one| names(expression, &one.column)).collect();
    (!columns.is_empty()).then(|| {
        obstacle(
            "RK-307",
            format!("{}.{}", table.name, row.text("INDEX_NAME")),
            columns,
            "The index is over an expression with this column; with UUIDs it would hold something else, or could not be made.",
            "Drop the index, convert, and create it again with the new ids; or leave this key as it is.",
        )
    })
}

// A trigger is made anew with the settings it was made with; what they cannot say again would be lost.
fn trigger(raw: &Raw, row: &Record, table: &Table) -> Option<Obstacle> {
    let name = row.table("TRIGGER_SCHEMA", "TRIGGER_NAME");
    let problem = if !raw.created.contains_key(&("TRIGGER", name.clone())) {
        Some(
            "The server does not tell how this trigger was made: the right TRIGGER on its table is missing.".to_owned(),
        )
    } else if !row.text("CHARACTER_SET_CLIENT").starts_with("utf8") && !row.text("ACTION_STATEMENT").is_ascii() {
        Some(format!(
            "The trigger's text was written in {}; sent as Unicode it would be another text.",
            row.text("CHARACTER_SET_CLIENT")
        ))
    } else {
        let usual = raw.of("database").first().map(|row| row.text("DEFAULT_COLLATION_NAME")).unwrap_or_default();
        (name.schema == raw.database && row.text("DATABASE_COLLATION") != usual).then(|| {
            format!(
                "The trigger was made when texts in the database were compared by {}; they are compared by {usual} now, and so would those of the trigger be if it were made anew.",
                row.text("DATABASE_COLLATION")
            )
        })
    };
    problem.map(|meaning| {
        obstacle(
            "RK-313",
            name.to_string(),
            all_columns(table),
            &meaning,
            "Have the right granted, or create the trigger anew yourself and see that it does what it should.",
        )
    })
}

// Without columns, so that it is told and holds nothing up: rights stand by the names of
// tables, which stay.
fn hidden_rights(raw: &Raw) -> Option<Obstacle> {
    let missing: BTreeSet<&str> =
        raw.unanswered.iter().copied().filter(|question| question.starts_with("rights")).collect();
    (!missing.is_empty()).then(|| {
        obstacle(
            "RK-315",
            raw.database.clone(),
            Vec::new(),
            "This user may not see what was granted to others, so Rekey cannot compare it before and after.",
            "Have SELECT on the database 'mysql' granted where the rights of others matter. They stand by the names of tables, which stay.",
        )
    })
}
