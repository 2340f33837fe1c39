//! How the catalogue will differ, exactly.

use std::collections::BTreeMap;

use super::super::catalogue::lineage::ORIGIN;
use super::super::quote;
use super::scope::Scope;
use super::{convert, indexes, repoint, slug, versions};
use crate::plan::Announcement;
use crate::schema::{Attributes, Catalogue, ColumnKind, Dependent, DependentKind, Difference, Generator};

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
            if held.to_type() == "text" && column.kind != ColumnKind::Text {
                object.insert("storage".to_owned(), "x".to_owned());
            }
            if column.kind == ColumnKind::Text && held.plain().is_some() {
                object.remove("collation");
                object.insert("storage".to_owned(), "p".to_owned());
                object.remove("compression");
            }
            if column.kind == ColumnKind::Numeric {
                object.insert("storage".to_owned(), "p".to_owned());
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
    for (table, key) in scope.foreign_keys() {
        let object = after.get_mut(&quote::key("constraint", &[&table.name.schema, &table.name.name, &key.name]));
        if let (Some(object), Some(definition)) = (object, repoint::definition(scope, key)) {
            object.insert("definition".to_owned(), definition);
        }
    }
    let mut announced = after.differences();
    announced.extend(slug::announced(scope));
    announced.extend(view_columns(scope));
    announced.extend(indexes::announced(scope));
    announced.sort();
    announced
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

// A plain reference takes the type of what it refers to, at any depth. What is computed
// from a key may follow it, and only the server can tell.
fn view_columns(scope: &Scope<'_>) -> Vec<Difference> {
    let mut found: BTreeMap<&String, Difference> = BTreeMap::new();
    let converted: BTreeMap<String, &str> =
        scope.columns.iter().map(|(name, held)| (quote::column_key(name), held.to_type())).collect();
    for view in scope.dependents().into_iter().filter(|one| {
        matches!(one.kind, DependentKind::View | DependentKind::MaterializedView) && !scope.is_removed(one)
    }) {
        let prefix = format!("column {}.", view.name);
        for (key, object) in
            scope.schema.catalogue.objects.range(prefix.clone()..).take_while(|(key, _)| key.starts_with(&prefix))
        {
            let after = match object.get(ORIGIN) {
                Some(origin) if converted.contains_key(origin) => converted.get(origin).map(|to| (*to).to_owned()),
                Some(origin) => found.get(origin).and_then(|one| one.after.clone()),
                None => may_follow(object).then(|| ANY.to_owned()),
            };
            let before = object.get("type").cloned();
            if after.is_some() && after != before {
                found.insert(key, Difference { object: key.clone(), attribute: "type".to_owned(), before, after });
            }
        }
    }
    found.into_values().collect()
}

fn may_follow(object: &Attributes) -> bool {
    let type_name = object.get("type").map_or("", String::as_str);
    matches!(type_name.trim_end_matches("[]"), "smallint" | "integer" | "bigint")
}
