use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::schema::{Catalogue, Column, EngineKind, ForeignKey, Generator, Key, TableName};

struct Sketch(Schema);

impl Sketch {
    fn new() -> Self {
        Sketch(Schema {
            engine: EngineKind::Postgres,
            server_version: "15".into(),
            database: "d".into(),
            tables: BTreeMap::new(),
            dependents: vec![],
            obstacles: vec![],
            system_tables: vec![],
            index_names: BTreeSet::new(),
            catalogue: Catalogue::default(),
        })
    }

    fn table(mut self, name: &str, columns: &[&str], key: &[&str]) -> Self {
        let table = Table {
            name: TableName::new("public", name),
            columns: columns
                .iter()
                .map(|column| Column {
                    name: (*column).into(),
                    type_name: "integer".into(),
                    domain_over: None,
                    kind: ColumnKind::Integer,
                    nullable: true,
                    default: None,
                    generator: Generator::None,
                    inherited: false,
                })
                .collect(),
            primary_key: (!key.is_empty()).then(|| Key {
                name: format!("{name}_pkey"),
                columns: key.iter().map(|column| (*column).into()).collect(),
            }),
            unique_keys: vec![],
            foreign_keys: vec![],
            parents: vec![],
            rows: 0,
            rows_estimated: false,
            bytes: 0,
            definition: None,
            partitioned: None,
        };
        self.0.tables.insert(table.name.clone(), table);
        self
    }

    fn reference(mut self, name: &str, child: &str, columns: &[&str], parent: &str, to: &[&str]) -> Self {
        let key = ForeignKey {
            name: name.into(),
            columns: columns.iter().map(|column| (*column).into()).collect(),
            parent: TableName::new("public", parent),
            parent_columns: to.iter().map(|column| (*column).into()).collect(),
            definition: String::new(),
            validated: true,
            comment: None,
        };
        let child = self.0.tables.get_mut(&TableName::new("public", child)).expect("child");
        child.foreign_keys.push(key);
        self
    }

    fn domains(&self) -> Vec<String> {
        domains(&self.0).iter().map(tell).collect()
    }
}

fn tell(domain: &Domain) -> String {
    let members: Vec<String> =
        domain.members.iter().map(|member| format!("{}.{}", member.column.table.name, member.column.column)).collect();
    format!("{:?} {}", domain.verdict, members.join(" "))
}

#[test]
fn a_reference_and_a_self_reference_belong_to_the_key() {
    let sketch = Sketch::new()
        .table("staff", &["id", "boss"], &["id"])
        .table("sale", &["id", "seller"], &["id"])
        .reference("a", "staff", &["boss"], "staff", &["id"])
        .reference("b", "sale", &["seller"], "staff", &["id"]);
    assert_eq!(sketch.domains(), ["Convert sale.id", "Convert staff.id sale.seller staff.boss"]);
}

#[test]
fn a_shared_key_passes_its_root_on_through_every_level() {
    let sketch = Sketch::new()
        .table("a", &["id"], &["id"])
        .table("b", &["a_ptr"], &["a_ptr"])
        .table("c", &["b_ptr"], &["b_ptr"])
        .table("d", &["id", "ref_c"], &["id"])
        .reference("f1", "b", &["a_ptr"], "a", &["id"])
        .reference("f2", "c", &["b_ptr"], "b", &["a_ptr"])
        .reference("f3", "d", &["ref_c"], "c", &["b_ptr"]);
    assert_eq!(sketch.domains(), ["Convert a.id b.a_ptr c.b_ptr d.ref_c", "Convert d.id"]);
}

#[test]
fn the_line_number_of_a_composite_key_stays() {
    let sketch = Sketch::new()
        .table("orders", &["id"], &["id"])
        .table("lines", &["order_no", "line"], &["order_no", "line"])
        .table("shipments", &["o", "l"], &["o", "l"])
        .reference("f1", "lines", &["order_no"], "orders", &["id"])
        .reference("f2", "shipments", &["o", "l"], "lines", &["order_no", "line"]);
    assert_eq!(sketch.domains(), ["Convert orders.id lines.order_no shipments.o"]);
}

#[test]
fn a_column_with_two_masters_is_refused_on_both_sides() {
    let sketch = Sketch::new()
        .table("a", &["id"], &["id"])
        .table("b", &["id"], &["id"])
        .table("c", &["x"], &[])
        .reference("f1", "c", &["x"], "a", &["id"])
        .reference("f2", "c", &["x"], "b", &["id"]);
    assert_eq!(sketch.domains(), ["Refuse a.id c.x", "Refuse b.id c.x"]);
}

#[test]
fn a_cycle_of_keys_is_one_domain() {
    let sketch = Sketch::new()
        .table("a", &["id"], &["id"])
        .table("b", &["id"], &["id"])
        .table("c", &["x"], &[])
        .reference("f1", "a", &["id"], "b", &["id"])
        .reference("f2", "b", &["id"], "a", &["id"])
        .reference("f3", "c", &["x"], "b", &["id"]);
    assert_eq!(sketch.domains(), ["Convert a.id b.id c.x"]);
}

#[test]
fn an_undeclared_reference_is_asked_about() {
    let sketch =
        Sketch::new().table("categories", &["id"], &["id"]).table("items", &["id", "category_id", "weight"], &["id"]);
    assert_eq!(sketch.domains(), ["Ask categories.id items.category_id", "Convert items.id"]);
}

#[test]
fn a_unique_column_is_a_root_only_where_it_is_named() {
    let mut sketch = Sketch::new().table("a", &["id", "code"], &["id"]).table("b", &["code"], &[]).reference(
        "f",
        "b",
        &["code"],
        "a",
        &["code"],
    );
    let table = sketch.0.tables.get_mut(&TableName::new("public", "a")).expect("a");
    table.unique_keys.push(Key { name: "a_code_key".into(), columns: vec!["code".into()] });
    assert_eq!(sketch.domains(), ["Convert a.id"]);
    let named = named_domain(&sketch.0, &ColumnName::new("public", "a", "code")).expect("named");
    assert_eq!(tell(&named), "Convert a.code b.code");
    assert!(named_domain(&sketch.0, &ColumnName::new("public", "b", "code")).is_none());
}
