//! How the catalogue will differ, exactly.

use std::collections::BTreeMap;

use super::super::catalogue::lineage::ORIGIN;
use super::super::quote;
use super::scope::Scope;
use super::{convert, indexes, repoint, sequences, slug, storage, toast, versions};
use crate::plan::Announcement;
use crate::schema::{
    Attributes, Catalogue, Column, ColumnKind, Dependent, DependentKind, Difference, ForeignKey, Generator, Table,
};

/// Stands for a value that only the server can tell: a view's column may change its type
/// with the columns it is computed from.
pub const ANY: &str = "*";

/// The objects that will be different, as they are and as they will be.
struct After<'c> {
    catalogue: &'c Catalogue,
    // None for what goes away.
    changed: BTreeMap<&'c String, Option<Attributes>>,
}

impl<'c> After<'c> {
    fn new(catalogue: &'c Catalogue) -> Self {
        After { catalogue, changed: BTreeMap::new() }
    }

    fn get_mut(&mut self, key: &str) -> Option<&mut Attributes> {
        let (key, attributes) = self.catalogue.objects.get_key_value(key)?;
        self.changed.entry(key).or_insert_with(|| Some(attributes.clone())).as_mut()
    }

    fn remove(&mut self, key: &str) {
        if let Some((key, _)) = self.catalogue.objects.get_key_value(key) {
            self.changed.insert(key, None);
        }
    }

    fn differences(self) -> Vec<Difference> {
        let own = |key: &&'c String| Some(((*key).clone(), self.catalogue.objects.get(*key)?.clone()));
        let before = Catalogue { objects: self.changed.keys().filter_map(own).collect() };
        let after = self.changed.into_iter().filter_map(|(key, object)| Some((key.clone(), object?)));
        before.differences(&Catalogue { objects: after.collect() })
    }
}

/// Writes the announcements: the differences between the catalogue as it is and as it will be.
pub fn write(scope: &Scope<'_>) -> Vec<Announcement> {
    let mut after = After::new(&scope.schema.catalogue);
    for (name, held) in &scope.columns {
        let Some(column) = scope.column(name) else { continue };
        if let Some(object) = after.get_mut(&quote::column_key(name)) {
            object.insert("type".to_owned(), held.to_type().to_owned());
            object.insert("storage".to_owned(), storage::of_new(held.to_type()).to_owned());
            object.remove("compression");
            if column.kind == ColumnKind::Text && held.plain().is_some() {
                object.remove("collation");
            }
            if column.generator != Generator::None {
                object.insert("default".to_owned(), versions::default_of(scope, name));
                object.remove("identity");
            }
        }
        if let Generator::Identity { sequence, .. } = &column.generator
            && let Some((key, _)) = convert::sequence_object(scope, sequence)
        {
            after.remove(key);
        }
    }
    for one in scope.dependents() {
        if scope.is_removed(one) {
            for object in &one.objects {
                after.remove(object);
            }
        }
        if one.kind == DependentKind::Default {
            set_default(scope, one, &mut after);
        }
    }
    for (key, object) in sequences::after(scope) {
        match object {
            Some(object) => after.get_mut(key).into_iter().for_each(|found| found.clone_from(&object)),
            None => after.remove(key),
        }
    }
    for (table, key) in scope.foreign_keys() {
        if let Some(definition) = repoint::definition(scope, key) {
            lead(scope, table, key, &definition, &mut after);
        }
    }
    let mut announced = after.differences();
    announced.extend(slug::announced(scope));
    announced.extend(view_columns(scope));
    announced.extend(indexes::announced(scope));
    announced.extend(toast::announced(scope));
    announced.sort();
    announced
}

// The server gives each partition the foreign keys of the whole, sometimes by another name.
fn lead(scope: &Scope<'_>, table: &Table, key: &ForeignKey, definition: &str, after: &mut After<'_>) {
    let own = quote::key("constraint", &[&table.name.schema, &table.name.name, &key.name]);
    let partitions = scope.partitions(table);
    let inherited = partitions.iter().flat_map(|partition| {
        let prefix = format!("{}.", quote::key("constraint", &[&partition.name.schema, &partition.name.name]));
        let all = scope.schema.catalogue.objects.range(prefix.clone()..);
        all.take_while(move |(name, _)| name.starts_with(&prefix))
            .filter(|(_, object)| object.get("definition") == Some(&key.definition))
            .map(|(name, _)| name)
    });
    for name in std::iter::once(&own).chain(inherited) {
        if let Some(object) = after.get_mut(name) {
            object.insert("definition".to_owned(), definition.to_owned());
        }
    }
}

// Which UUID a plain number becomes is known to the map alone; a proof says that it is the
// right one.
fn set_default(scope: &Scope<'_>, dependent: &Dependent, after: &mut After<'_>) {
    let objects = dependent.columns.iter().map(quote::column_key);
    for object in objects {
        let Some(attributes) = after.get_mut(&object) else { continue };
        if scope.is_removed(dependent) {
            attributes.remove("default");
        } else {
            attributes.insert("default".to_owned(), ANY.to_owned());
        }
    }
}

// A plain reference takes the type of what it refers to, at any depth, and what goes with
// the type. What is computed from a key may follow it, and only the server can tell.
fn view_columns(scope: &Scope<'_>) -> Vec<Difference> {
    let mut found: BTreeMap<&String, Difference> = BTreeMap::new();
    let mut more = Vec::new();
    let converted: BTreeMap<String, &str> =
        scope.columns.iter().map(|(name, held)| (quote::column_key(name), held.to_type())).collect();
    for view in scope.dependents().into_iter().filter(|one| {
        matches!(one.kind, DependentKind::View | DependentKind::MaterializedView) && !scope.is_removed(one)
    }) {
        let prefix = format!("column {}.", view.name);
        let beneath: Vec<&Column> = scope.beneath(view).into_iter().filter_map(|name| scope.column(name)).collect();
        for (key, object) in
            scope.schema.catalogue.objects.range(prefix.clone()..).take_while(|(key, _)| key.starts_with(&prefix))
        {
            let after = match object.get(ORIGIN) {
                Some(origin) if converted.contains_key(origin) => converted.get(origin).map(|to| (*to).to_owned()),
                Some(origin) => found.get(origin).and_then(|one| one.after.clone()),
                None => may_follow(object, &beneath).then(|| ANY.to_owned()),
            };
            let Some(after) = after else { continue };
            more.extend(beside_type(key, object, &after));
            let before = object.get("type").cloned();
            if before.as_ref() != Some(&after) {
                let difference =
                    Difference { object: key.clone(), attribute: "type".to_owned(), before, after: Some(after) };
                found.insert(key, difference);
            }
        }
    }
    more.extend(found.into_values());
    more
}

// A UUID has no collation and is stored plainly; arrays and texts are kept like other long values.
fn beside_type<'o>(key: &'o str, object: &'o Attributes, type_name: &'o str) -> impl Iterator<Item = Difference> + 'o {
    let attributes = match type_name {
        "uuid" => vec![("storage", Some("p")), ("collation", None), ("compression", None)],
        ANY => vec![("storage", Some(ANY)), ("collation", Some(ANY)), ("compression", Some(ANY))],
        _ => vec![("storage", Some("x"))],
    };
    attributes.into_iter().filter_map(move |(attribute, after)| {
        let before = object.get(attribute)?;
        (Some(before.as_str()) != after).then(|| Difference {
            object: key.to_owned(),
            attribute: attribute.to_owned(),
            before: Some(before.clone()),
            after: after.map(str::to_owned),
        })
    })
}

// Numbers may always be counted from numbers; others have the type of a key beneath.
fn may_follow(object: &Attributes, beneath: &[&Column]) -> bool {
    let type_name = object.get("type").map_or("", String::as_str).trim_end_matches("[]");
    let number = matches!(type_name, "smallint" | "integer" | "bigint");
    number || beneath.iter().any(|column| column.type_name == type_name || alike(column.kind, type_name))
}

fn alike(kind: ColumnKind, type_name: &str) -> bool {
    match kind {
        ColumnKind::Text => type_name == "text" || type_name.starts_with("character"),
        ColumnKind::Numeric => type_name.starts_with("numeric"),
        ColumnKind::Integer | ColumnKind::Uuid | ColumnKind::Other => false,
    }
}
