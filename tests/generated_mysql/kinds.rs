//! Columns that are neither keys nor references.

use crate::support::mysql::Product;

/// How a column can be indexed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Index {
    /// Whole.
    Plain,
    /// Its beginning.
    Prefix,
    /// By place.
    Spatial,
    /// Not at all.
    No,
}

/// A kind of column.
#[derive(Debug)]
pub struct Kind {
    /// Its type.
    pub type_name: &'static str,
    /// Literals of values.
    pub values: &'static [&'static str],
    /// Its default, where it can have one.
    pub default: Option<&'static str>,
    /// How it can be indexed.
    pub index: Index,
    /// True for texts.
    pub text: bool,
    /// The one product that has it.
    pub on: Option<Product>,
}

const fn kind(
    type_name: &'static str,
    values: &'static [&'static str],
    default: Option<&'static str>,
    index: Index,
) -> Kind {
    Kind { type_name, values, default, index, text: false, on: None }
}

const fn text(type_name: &'static str, default: Option<&'static str>, index: Index) -> Kind {
    Kind { type_name, values: TEXTS, default, index, text: true, on: None }
}

const fn own(
    on: Product,
    type_name: &'static str,
    values: &'static [&'static str],
    default: Option<&'static str>,
) -> Kind {
    Kind { type_name, values, default, index: Index::No, text: false, on: Some(on) }
}

// Every letter of these is in every character set that the columns have.
const TEXTS: &[&str] =
    &["'plain'", "''", "'it''s'", "'back\\\\slash'", "'two\\nlines'", "'blank '", "'BLANK'", "'\"\\t`'", "'5'", "'0'"];
const MANY: &[&str] = &["'naïve'", "'日本 🔑'", "'NAIVE'", "''", "'a\\0b'", "REPEAT('long ', 3000)"];
const BYTES: &[&str] = &["x'00ff10'", "''", "x'27225c'", "REPEAT(x'fe', 2000)"];

impl Kind {
    /// True for shapes, which not every engine keeps.
    pub fn is_shape(&self) -> bool {
        self.type_name.starts_with("point") || self.type_name == "geometry"
    }
}

/// All of them.
pub const KINDS: &[Kind] = &[
    text("varchar(40)", Some("'it''s'"), Index::Plain),
    text("varchar(40)", None, Index::Plain),
    text("varchar(40) CHARACTER SET latin1", Some("'x'"), Index::Plain),
    text("varchar(30) CHARACTER SET utf8mb3 COLLATE utf8mb3_bin", None, Index::Plain),
    text("char(20) CHARACTER SET ascii", None, Index::Plain),
    text("varchar(50) COLLATE utf8mb4_bin", None, Index::Plain),
    text("text CHARACTER SET latin1", None, Index::Prefix),
    kind("text CHARACTER SET utf8mb4", MANY, None, Index::Prefix),
    kind("longtext CHARACTER SET utf8mb4", MANY, None, Index::Prefix),
    kind("json", &["'{\"a\": [1, \"x\"]}'", "'[]'", "'null'", "'\"t\"'"], None, Index::No),
    kind("decimal(20,6)", &["0", "-0.000001", "99999999999999.999999"], Some("1.50"), Index::Plain),
    kind("decimal(5,0) unsigned", &["0", "99999"], None, Index::Plain),
    kind("double", &["0", "-0e0", "1e300", "0.1", "-2.5e-300"], None, Index::Plain),
    kind("float", &["0", "0.1", "16777217", "-1e-30"], Some("0.5"), Index::Plain),
    kind("date", &["'2001-02-03'", "'0001-01-01'", "'9999-12-31'"], None, Index::Plain),
    kind("datetime(3)", &["'2001-02-03 04:05:06.789'", "'1000-01-01'"], Some("CURRENT_TIMESTAMP(3)"), Index::Plain),
    kind("timestamp(6)", &["'2001-02-03 04:05:06.000001'", "'2037-01-01'"], None, Index::Plain),
    kind("time(2)", &["'-838:59:59'", "'00:00:00.01'"], None, Index::Plain),
    kind("year", &["2001", "0", "2155"], None, Index::Plain),
    kind("enum('a','it''s','','é')", &["'a'", "'it''s'", "''", "'é'"], Some("'a'"), Index::Plain),
    kind("set('a','b','c')", &["'a,c'", "''", "'a,b,c'"], None, Index::Plain),
    kind("bit(5)", &["b'10101'", "b'0'"], Some("b'101'"), Index::Plain),
    kind("bit(64)", &["18446744073709551615", "0"], None, Index::Plain),
    kind("binary(5)", &["x'00'", "x'0102030405'", "''"], None, Index::Plain),
    kind("varbinary(20)", &["x'00ff'", "''", "'it''s'"], None, Index::Plain),
    kind("mediumblob", BYTES, None, Index::Prefix),
    kind("tinyblob", &["x'00'", "''"], None, Index::Prefix),
    kind("int", &["0", "-1", "2147483647"], Some("5"), Index::Plain),
    kind("bigint unsigned", &["0", "18446744073709551615"], None, Index::Plain),
    kind("tinyint(1)", &["0", "1"], Some("0"), Index::Plain),
    kind("point", &["ST_GeomFromText('POINT(1 2)')", "ST_GeomFromText('POINT(-1.5 0)')"], None, Index::Spatial),
    kind("geometry", &["ST_GeomFromText('LINESTRING(0 0,1 1)')"], None, Index::Spatial),
    own(Product::Mariadb, "inet6", &["'::1'", "'2001:db8::'"], Some("'::'")),
    own(Product::Mariadb, "uuid", &["'018f0000-0000-7000-8000-000000000001'"], None),
    own(Product::Mariadb, "varchar(200) COMPRESSED", &["REPEAT('x', 199)", "''"], None),
    own(Product::Mariadb, "blob", BYTES, Some("'it''s'")),
    own(Product::Mysql, "point SRID 4326", &["ST_GeomFromText('POINT(1 2)', 4326)"], None),
    own(
        Product::Mysql,
        "varchar(30) CHARACTER SET utf8mb4 COLLATE utf8mb4_ja_0900_as_cs",
        &["'日本'"],
        Some("(UPPER('a'))"),
    ),
];
