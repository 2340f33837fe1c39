use super::*;

#[test]
fn references_lead_elsewhere() {
    let body = "FOREIGN KEY (`a`,`b)`) REFERENCES `s`.`p (x)` (`id`,`t`) ON DELETE SET NULL";
    let led = "FOREIGN KEY (`a`,`b)`) REFERENCES `s`.`p (x)` (`u``u`, `t`) ON DELETE SET NULL";
    assert_eq!(led_to(body, &["u`u".to_owned(), "t".to_owned()]), led);
}

const TABLE: &str = "CREATE TABLE `we,ird``x` (\n  `id` int(10) unsigned NOT NULL AUTO_INCREMENT COMMENT 'a, (b) ''c\\' d',\n  `pa)rent` int(11) DEFAULT NULL,\n  `kind` enum('a,b','c''d') CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'a,b',\n  `code` varchar(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '',\n  `made` datetime(6) NOT NULL DEFAULT current_timestamp(6) ON UPDATE current_timestamp(6),\n  PRIMARY KEY (`id`),\n  UNIQUE KEY `u` (`code`(10) DESC),\n  FULLTEXT KEY `f` (`code`) /*!50100 WITH PARSER `ngram` */ ,\n  KEY `k` ((`id` + 1)) /*!80000 INVISIBLE */,\n  CONSTRAINT `fk,1` FOREIGN KEY (`pa)rent`) REFERENCES `we,ird``x` (`id`) ON DELETE CASCADE,\n  CONSTRAINT `ch` CHECK (`id` > 0 and `code` <> ')')\n) ENGINE=InnoDB AUTO_INCREMENT=42 DEFAULT CHARSET=utf8mb4 COMMENT='AUTO_INCREMENT=7'";

fn table() -> TableText {
    TableText::parse(TABLE).expect("the text of a server")
}

#[test]
fn every_part_is_found() {
    let table = table();
    let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["id", "pa)rent", "kind", "code", "made"]);
    assert_eq!(table.primary_key.as_deref(), Some("PRIMARY KEY (`id`)"));
    let indexes: Vec<&str> = table.indexes.iter().map(|index| index.name.as_str()).collect();
    assert_eq!(indexes, ["u", "f", "k"]);
    assert_eq!(table.indexes[2].text, "KEY `k` ((`id` + 1)) /*!80000 INVISIBLE */");
    assert_eq!(table.foreign_keys[0].name, "fk,1");
    assert_eq!(table.foreign_keys[0].body, "FOREIGN KEY (`pa)rent`) REFERENCES `we,ird``x` (`id`) ON DELETE CASCADE");
    assert_eq!(table.checks[0].body, "CHECK (`id` > 0 and `code` <> ')')");
    assert_eq!(table.counter(), Some(42));
    assert_eq!(table.options_without_counter(), "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='AUTO_INCREMENT=7'");
}

#[test]
fn a_column_takes_another_type_and_keeps_the_rest() {
    let table = table();
    let retyped = |name: &str, default| table.column(name).expect("column").retyped("uuid", default).expect("text");
    assert_eq!(retyped("id", None), "`id` uuid NOT NULL COMMENT 'a, (b) ''c\\' d'");
    assert_eq!(retyped("id", Some("(uuid())")), "`id` uuid NOT NULL DEFAULT (uuid()) COMMENT 'a, (b) ''c\\' d'");
    assert_eq!(retyped("pa)rent", None), "`pa)rent` uuid DEFAULT NULL");
    assert_eq!(retyped("code", None), "`code` uuid NOT NULL");
}

#[test]
fn a_collation_that_is_the_tables_own_is_not_told_again() {
    let told = |text: &str| ColumnText { name: "a".to_owned(), text: text.to_owned() }.with_own_collation();
    assert_eq!(told("`a` varchar(9) COLLATE utf8mb3_bin DEFAULT 'COLLATE x'"), "`a` varchar(9) DEFAULT 'COLLATE x'");
    let chosen = "`a` varchar(9) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL";
    assert_eq!(told(chosen), chosen);
    assert_eq!(told("`a` int NOT NULL"), "`a` int NOT NULL");
}

#[test]
fn what_no_server_writes_is_not_taken() {
    assert_eq!(TableText::parse("CREATE TABLE `a`"), None);
    assert_eq!(TableText::parse("CREATE TABLE `a` (PERIOD FOR SYSTEM_TIME (`a`, `b`))"), None);
}

#[test]
fn a_column_loses_its_condition_alone() {
    let text = "`id` int(11) NOT NULL COMMENT 'CHECK (x)' CHECK (`id` > 0 and `b` <> ')') INVISIBLE";
    let column = ColumnText { name: "id".to_owned(), text: text.to_owned() };
    assert_eq!(column.condition(), Some("`id` > 0 and `b` <> ')'"));
    assert_eq!(column.without_condition().text, "`id` int(11) NOT NULL COMMENT 'CHECK (x)' INVISIBLE");
    assert_eq!(column.without_condition().without_condition().condition(), None);
    let computed =
        ColumnText { name: "c".to_owned(), text: "`c` int GENERATED ALWAYS AS (`a` + 1) VIRTUAL".to_owned() };
    assert_eq!((computed.expression(), computed.condition()), (Some("`a` + 1"), None));
    assert_eq!(table().checks[0].condition(), Some("`id` > 0 and `code` <> ')'"));
}
