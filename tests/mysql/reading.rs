//! Names of every kind, keys beyond what is signed, references across databases, and speed.

use std::time::Instant;

use rekey_engine::schema::{Generator, TableName};

use super::wire::Wire;
use crate::support::mysql::{Database, Product, quoted};

/// What is tied to ours in another database is taken in, and nothing else of it.
pub fn names_and_other_databases(product: Product) {
    let ours = Database::create(product, "names `q` \"x\"");
    let theirs = Database::create(product, "names_elsewhere");
    let near = Database::create(product, "NAMES_elsewhere");
    let own = quoted(ours.name());
    ours.sql(
        "CREATE TABLE `Order` (`id``x` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, `größe` int COMMENT 'it''s \\\\ `x`\n()');
         CREATE TABLE `order` (`id` int NOT NULL PRIMARY KEY, `order.id` bigint unsigned, CONSTRAINT `a``b.c` FOREIGN KEY (`order.id`) REFERENCES `Order` (`id``x`) ON UPDATE CASCADE);
         INSERT INTO `Order` VALUES (18446744073709551610, 1)",
    );
    theirs.sql(&format!(
        "CREATE TABLE tied (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, order_id bigint unsigned, CONSTRAINT over_there FOREIGN KEY (order_id) REFERENCES {own}.`Order` (`id``x`));
         CREATE TABLE tied_to_tied (id int PRIMARY KEY, tied_id int, FOREIGN KEY (tied_id) REFERENCES tied (id));
         CREATE TABLE loose (id int PRIMARY KEY)"
    ));
    near.sql("CREATE TABLE tied (id int PRIMARY KEY)");
    let schema = Wire::new(&ours).schema();
    let names: Vec<String> = schema.tables.keys().map(ToString::to_string).collect();
    assert_eq!(
        names,
        ["names `q` \"x\".Order", "names `q` \"x\".order", "names_elsewhere.tied", "names_elsewhere.tied_to_tied"]
    );
    let order = &schema.tables[&TableName::new(ours.name(), "Order")];
    assert_eq!(order.columns[0].generator, Generator::AutoIncrement);
    assert_eq!((order.rows, order.rows_estimated), (1, false));
    assert!(order.definition.as_ref().unwrap().contains("AUTO_INCREMENT=18446744073709551611"));
    let lower = &schema.tables[&TableName::new(ours.name(), "order")];
    assert_eq!(lower.foreign_keys[0].name, "a`b.c");
    assert!(lower.foreign_keys[0].definition.contains("ON UPDATE CASCADE"));
    let members: Vec<String> = rekey_engine::schema::domains(&schema)
        .into_iter()
        .find(|domain| domain.root.table.name == "Order")
        .unwrap()
        .members
        .iter()
        .filter(|member| !member.is_inferred())
        .map(|member| format!("{} via {}", member.column, member.via))
        .collect();
    assert_eq!(
        members,
        [
            "names `q` \"x\".Order.id`x via PRIMARY",
            "names `q` \"x\".order.order.id via a`b.c",
            "names_elsewhere.tied.order_id via over_there"
        ]
    );
    theirs.sql("DROP TABLE tied_to_tied, tied");
}

/// Inspected within seconds even without optimisation.
pub fn a_thousand_tables(product: Product) {
    let database = Database::create(product, "thousand");
    let mut script = String::from("SET foreign_key_checks = 0;\n");
    for number in 0..1000 {
        let references: String = (1..=if number % 2 == 0 { 2 } else { 1 })
            .map(|other| {
                format!(", r{other} int, FOREIGN KEY (r{other}) REFERENCES t{} (id)", (number * 7 + other) % 1000)
            })
            .collect();
        script.push_str(&format!(
            "CREATE TABLE t{number} (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(20){references});\n"
        ));
    }
    database.sql(&script);
    let wire = Wire::new(&database);
    let began = Instant::now();
    let schema = wire.schema();
    let seconds = began.elapsed().as_secs_f64();
    assert_eq!(schema.tables.len(), 1000);
    assert_eq!(schema.tables.values().map(|table| table.foreign_keys.len()).sum::<usize>(), 1500);
    println!("1,000 tables with 1,500 foreign keys read in {seconds:.2} s on {}", product.name());
    assert!(seconds < 20.0, "{seconds} s");
}
