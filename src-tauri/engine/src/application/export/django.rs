//! A migration of Django (<https://docs.djangoproject.com/en/5.2/ref/migration-operations/>).
//!
//! `RunSQL` sends what stands in a list as it is, each statement by itself, and takes the state
//! operations for what they did. The state of another application's model is changed by an
//! operation of the file's own.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::application::export::{Script, Way, python};
use crate::plan::{Conversion, ConversionKind, Member, Storage};
use crate::schema::{EngineKind, Schema, TableName};

/// A model of the application.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Model {
    /// The application's label.
    pub app: String,
    /// The model's name.
    pub name: String,
}

impl Model {
    /// The model that a table belongs to by Django's own way of naming tables, given the labels
    /// of all applications.
    pub fn of(table: &str, apps: &BTreeSet<String>) -> Option<Model> {
        let fitting = apps.iter().filter(|app| table.starts_with(&format!("{app}_")));
        let app = fitting.max_by_key(|app| app.len())?;
        Some(Model { app: app.clone(), name: table.get(app.len() + 1..)?.to_owned() })
    }
}

/// What the file is written from.
pub struct Told<'a> {
    /// The application that the migration belongs to.
    pub app: &'a str,
    /// The newest migration of each application that it comes after.
    pub newest: &'a BTreeMap<String, String>,
    /// Models by their table, where they are not named in Django's own way.
    pub named: &'a BTreeMap<String, Model>,
    /// True where nothing is sent, for a database that Rekey itself has converted.
    pub state_only: bool,
}

/// The file, and the tables whose models nobody knows.
pub fn django(script: &Script, schema: &Schema, told: &Told<'_>) -> (String, Vec<String>) {
    let apps: BTreeSet<String> = told.newest.keys().cloned().chain([told.app.to_owned()]).collect();
    let (mut states, mut unknown, mut used) = (Vec::new(), Vec::new(), BTreeSet::from([told.app.to_owned()]));
    for (conversion, member) in fields(script, schema) {
        let table = &member.column.table;
        let model = told.named.get(&table.name).cloned().or_else(|| Model::of(&table.name, &apps));
        let Some(model) = model else {
            unknown.push(table.to_string());
            continue;
        };
        used.insert(model.app.clone());
        states.push(state(schema, conversion, member, &model));
    }
    let dependencies: Vec<String> = used
        .iter()
        .filter_map(|app| Some(format!("({}, {})", python::literal(app), python::literal(told.newest.get(app)?))))
        .collect();
    (file(script, told, &dependencies, &states), unknown)
}

// A foreign key's field takes the type of the key by itself, and so does a join table that
// Django makes by itself; what remains are keys and columns without a constraint.
fn fields<'a>(script: &'a Script, schema: &Schema) -> Vec<(&'a Conversion, &'a Member)> {
    let members = script
        .plan
        .conversions
        .iter()
        .filter(|one| one.kind != ConversionKind::Repoint)
        .flat_map(|one| one.members.iter().map(move |member| (one, member)));
    members
        .filter(|(_, member)| {
            let table = schema.tables.get(&member.column.table);
            let refers = table
                .is_some_and(|table| table.foreign_keys.iter().any(|key| key.columns.contains(&member.column.column)));
            !(refers || member.key && is_join(schema, &member.column.table))
        })
        .collect()
}

// A key and two references, nothing else.
fn is_join(schema: &Schema, name: &TableName) -> bool {
    schema.tables.get(name).is_some_and(|table| table.columns.len() == 3 && table.foreign_keys.len() == 2)
}

fn state(schema: &Schema, conversion: &Conversion, member: &Member, model: &Model) -> (Model, String) {
    let column = &member.column.column;
    let nullable = schema
        .tables
        .get(&member.column.table)
        .and_then(|table| table.column(column))
        .is_some_and(|column| column.nullable);
    let kind = match (conversion.storage, schema.engine) {
        // Where Django has no type of the server's for it, it would write 32 digits without hyphens.
        (Storage::Uuid, EngineKind::Postgres | EngineKind::Mysql | EngineKind::Sqlite) => "UUIDField(",
        (Storage::Char36, _) => "CharField(max_length=36, ",
        (Storage::Binary16, _) => "BinaryField(max_length=16, ",
    };
    let mut options = Vec::new();
    if member.key {
        options.push("primary_key=True");
        options.push("serialize=False");
        if conversion.storage == Storage::Uuid {
            options.push("default=uuid.uuid4");
            options.push("editable=False");
        }
    } else if nullable {
        options.extend(["null=True", "blank=True"]);
    }
    let field = format!("models.{kind}{}", options.join(", "));
    let operation = format!(
        "migrations.AlterField(model_name={}, name={}, field={}))",
        python::literal(&model.name),
        python::literal(column),
        field.trim_end_matches([',', ' '])
    );
    (model.clone(), operation)
}

fn file(script: &Script, told: &Told<'_>, dependencies: &[String], states: &[(Model, String)]) -> String {
    let plan = &script.plan;
    let mut text = format!(
        "\"\"\"Integer keys become UUIDs: Rekey plan {}.\n\nFor the {} database {} as it was when this was written.\n{}\n\"\"\"\n\n",
        plan.fingerprint,
        plan.engine.label(),
        python::documentation(&plan.database),
        said(script, told.state_only)
    );
    let uuid = if states.iter().any(|(_, state)| state.contains("uuid.uuid4")) { "import uuid\n\n" } else { "" };
    let _ = write!(text, "{uuid}from django.db import migrations, models\n\n");
    if !told.state_only {
        // The session and its transaction are Django's.
        let note = &script.client.note;
        let _ = write!(
            text,
            "{}\n{}\n",
            python::list("FORWARD", &script.surrounded(Way::Forward, note, &[])),
            python::list("BACK", &script.surrounded(Way::Back, note, &[]))
        );
    }
    if states.iter().any(|(model, _)| model.app != told.app) {
        text.push_str(STATE_OF);
    }
    let mut operations = String::new();
    for (model, state) in states {
        let state = if model.app == told.app {
            state.clone()
        } else {
            format!("StateOf({}, [{state}])", python::literal(&model.app))
        };
        let _ = writeln!(operations, "                {state},");
    }
    let atomic = plan.engine != EngineKind::Mysql;
    let _ = write!(
        text,
        "\nclass Migration(migrations.Migration):\n    atomic = {}\n\n    dependencies = [{}]\n\n    operations = [\n        {}\n            \
         state_operations=[\n{operations}            ],\n        ),\n    ]\n",
        if atomic { "True" } else { "False" },
        dependencies.join(", "),
        if told.state_only {
            "migrations.SeparateDatabaseAndState("
        } else {
            "migrations.RunSQL(\n            sql=FORWARD,\n            reverse_sql=BACK,"
        }
    );
    text
}

fn said(script: &Script, state_only: bool) -> String {
    if state_only {
        return "Nothing is sent: the database was converted by 'rekey run'; only the models' state follows."
            .to_owned();
    }
    let run = &script.run;
    match script.plan.engine {
        EngineKind::Postgres | EngineKind::Sqlite => {
            format!("One transaction. The journal in the database will know it as run {run}.")
        }
        EngineKind::Mysql => script.final_at_once(),
    }
}

const STATE_OF: &str = "
class StateOf(migrations.SeparateDatabaseAndState):
    \"\"\"Changes the state of another application's models; sends nothing.\"\"\"

    def __init__(self, app, state_operations):
        super().__init__(state_operations=state_operations)
        self.app = app

    def deconstruct(self):
        return self.__class__.__qualname__, [self.app, self.state_operations], {}

    def state_forwards(self, app_label, state):
        super().state_forwards(self.app, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        pass

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        pass

";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_belongs_to_the_longest_label_that_fits() {
        let apps: BTreeSet<String> = ["shop", "shop_orders", "auth"].map(str::to_owned).into();
        let model = |table: &str| Model::of(table, &apps).map(|model| format!("{}.{}", model.app, model.name));
        assert_eq!(model("shop_orders_line").as_deref(), Some("shop_orders.line"));
        assert_eq!(model("shop_item").as_deref(), Some("shop.item"));
        assert_eq!(model("item"), None);
    }
}
