//! Ids beside the name of a class: `commentable_type` and `commentable_id`, or Django's
//! `content_type_id` and `object_id`. The names tell which key each id is of.

use super::super::blueprint::{Scope, can_scatter};
use super::super::quote;
use super::Found;
use super::scattered::{CONVERT, asking, changing, is_free, member, rows};
use crate::check::{AnswerOption, Finding, Severity};
use crate::dialect::Connection;
use crate::error::Result;
use crate::plan::Conversion;
use crate::schema::{Column, ColumnKind, Shape, Table, is_class_of, type_beside};

/// The answer that makes a text of a column of which only some keys are converted.
const TEXT: &str = "text";
/// Characters that the text of a UUID takes.
const ROOM: u32 = 36;

/// A class that occurs, or may.
struct Class {
    // The name by which people know it; none where nothing says what some ids are of.
    name: Option<String>,
    // The value that stands for it.
    value: Option<String>,
    // Rows with an id of it.
    rows: u64,
}

impl Class {
    fn told(&self) -> String {
        let name = self.name.as_deref().or(self.value.as_deref()).unwrap_or("nothing");
        format!("{name} ({})", self.rows)
    }

    // The conversion of the key that it stands for. A name in full goes before its last part,
    // and a table of that name that is not converted keeps the class from being another's.
    fn owner<'s>(&self, scope: &'s Scope<'_>, beside: &Table) -> Option<&'s Conversion> {
        let name = self.name.as_ref()?;
        let full = name.replace(['.', ':', '/', '\\'], "_");
        let tables = scope.schema.tables.values();
        let exact = tables.clone().any(|table| is_class_of(&table.column_name("id"), &full));
        let name = if exact { &full } else { name };
        let fitting: Vec<&Conversion> = changing(scope).filter(|one| is_class_of(&one.root, name)).collect();
        let near = |one: &&&Conversion| one.root.table.schema == beside.name.schema;
        match fitting.as_slice() {
            [only] => Some(only),
            several => {
                let mut near = several.iter().filter(near);
                near.next().copied().filter(|_| near.next().is_none())
            }
        }
    }
}

/// Looks at one column.
pub async fn look(
    connection: &mut dyn Connection,
    scope: &Scope<'_>,
    table: &Table,
    column: &Column,
) -> Result<Vec<Found>> {
    let wanted = matches!(column.kind, ColumnKind::Integer | ColumnKind::Text);
    let Some(kind) = type_beside(table, &column.name).filter(|_| wanted) else {
        return Ok(Vec::new());
    };
    let classes = classes(connection, scope, table, column, kind).await?;
    let told: Vec<String> = classes.iter().filter(|class| class.rows > 0).map(Class::told).collect();
    let name = table.column_name(&column.name);
    let targets = targets(scope, table, column, &classes);
    let mut found = Vec::new();
    for conversion in changing(scope) {
        let root = &conversion.root;
        let is_own = |class: &&Class| class.owner(scope, table).is_some_and(|owner| owner.root == *root);
        let own: Vec<&Class> = classes.iter().filter(is_own).collect();
        if own.iter().all(|class| class.rows == 0) {
            continue;
        }
        let names: Vec<&str> = own.iter().filter_map(|class| class.name.as_deref()).collect();
        let meaning = format!(
            "The column holds ids of what {}.{} names: {}. {} stands for {root}; ids beside a class's name are converted only where you say so.",
            table.name,
            kind.name,
            told.join(", "),
            names.join(" and ")
        );
        let finding = Finding::new(
            Severity::Ask,
            "RK-194",
            name.to_string(),
            meaning,
            "Convert them together with the keys, leave those keys as they are, or rewrite the column through the maps after the run.",
        );
        let values: Vec<String> = own.iter().filter_map(|class| class.value.clone()).collect();
        let shape = Shape::Typed { by: kind.name.clone(), values };
        let possible = can_scatter(scope, conversion);
        let answers = targets.iter().filter(|_| possible).map(|target| {
            AnswerOption::new(target.answer, &target.consequence).taking_in(member(
                table,
                column,
                shape.clone(),
                &target.to_type,
            ))
        });
        let kept = "The ids stay as they are, and lead nowhere until they are rewritten through the map.";
        found.push((root.clone(), asking(finding, answers.collect(), kept)));
    }
    Ok(found)
}

/// What the column can become.
struct Target {
    answer: &'static str,
    to_type: String,
    consequence: String,
}

fn targets(scope: &Scope<'_>, table: &Table, column: &Column, classes: &[Class]) -> Vec<Target> {
    if !is_free(table, column) {
        return Vec::new();
    }
    if column.kind == ColumnKind::Text {
        let (base, room) = match column.type_name.split_once('(') {
            Some((base, rest)) => (base, rest.trim_end_matches(')').parse().unwrap_or(0)),
            None => (column.type_name.as_str(), u32::MAX),
        };
        let fits = matches!(base, "text" | "character varying") && room >= ROOM;
        let consequence = "Each text that is the id of such a row becomes its UUID; every other text stays, and so does the type. The undo gives the numbers back.";
        let target = Target { answer: CONVERT, to_type: column.type_name.clone(), consequence: consequence.to_owned() };
        return fits.then_some(target).into_iter().collect();
    }
    let known = |class: &Class| class.owner(scope, table).is_some_and(|owner| can_scatter(scope, owner));
    let others: Vec<String> = classes.iter().filter(|class| class.rows > 0 && !known(class)).map(Class::told).collect();
    let mut found = Vec::new();
    if others.is_empty() {
        found.push(Target {
            answer: CONVERT,
            to_type: "uuid".to_owned(),
            consequence: "The column becomes uuid: each id becomes the UUID of the row that it and its class stand for, and an id of no row gets one of its own. The undo gives the integers back.".to_owned(),
        });
    }
    let rest = match others.as_slice() {
        [] => String::new(),
        others => format!(" Ids of {} stay the numbers that they are, as texts.", others.join(", ")),
    };
    found.push(Target {
        answer: TEXT,
        to_type: "text".to_owned(),
        consequence: format!(
            "The column becomes text and holds the UUIDs as such.{rest} The undo gives the integers back."
        ),
    });
    found
}

// The classes that occur, and of content types the others too.
async fn classes(
    connection: &mut dyn Connection,
    scope: &Scope<'_>,
    table: &Table,
    column: &Column,
    kind: &Column,
) -> Result<Vec<Class>> {
    let (id, class, from) = (quote::ident(&column.name), quote::ident(&kind.name), quote::table(&table.name));
    let sql = if kind.kind == ColumnKind::Text {
        format!(
            "SELECT t.{class}::text, t.{class}::text, count(*)::text FROM {from} t WHERE t.{id} IS NOT NULL GROUP BY 1, 2 ORDER BY 1 LIMIT 1000"
        )
    } else {
        let Some(types) = content_types(scope, table, kind) else {
            return Ok(Vec::new());
        };
        format!(
            "SELECT c.app_label || '.' || c.model, coalesce(c.id, v.class)::text, coalesce(v.rows, 0)::text\n             FROM {types} c FULL JOIN (SELECT t.{class} AS class, count(*) AS rows FROM {from} t WHERE t.{id} IS NOT NULL GROUP BY 1) v ON v.class = c.id ORDER BY 1, 2"
        )
    };
    let rows = rows(connection, &sql).await?;
    let class = |row| {
        let [name, value, rows] = <[Option<String>; 3]>::try_from(row).ok()?;
        Some(Class { name, value, rows: rows?.parse().ok()? })
    };
    Ok(rows.into_iter().filter_map(class).collect())
}

// Django's list of models, in the same schema where there are several.
fn content_types(scope: &Scope<'_>, table: &Table, kind: &Column) -> Option<String> {
    let declared = table.foreign_keys.iter().find(|key| key.columns == [kind.name.clone()]).map(|key| &key.parent);
    let all = scope.schema.tables.values().filter(|other| other.name.name == "django_content_type");
    let own = all.clone().find(|other| declared == Some(&other.name) || other.name.schema == table.name.schema);
    own.or_else(|| all.clone().next()).map(|found| quote::table(&found.name))
}
