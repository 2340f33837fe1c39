//! Types of columns that hold neither keys nor references, with values that are hard to keep.

/// A type with values for it.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// How it is declared.
    pub name: &'static str,
    /// Values as the server reads them.
    pub values: &'static [&'static str],
    /// An expression for `DEFAULT`.
    pub default: Option<&'static str>,
    /// What can be built on it.
    pub nature: Nature,
}

/// What can be built on a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// Text: collations, `lower`, patterns.
    Text,
    /// Ordered, so B-tree and BRIN serve it.
    Ordered,
    /// Contains something, so GIN serves it.
    Container,
    /// None of these.
    Opaque,
}

use Nature::{Container, Opaque, Ordered, Text};

const fn kind(
    name: &'static str,
    nature: Nature,
    default: Option<&'static str>,
    values: &'static [&'static str],
) -> Kind {
    Kind { name, values, default, nature }
}

const WORDS: &[&str] = &[
    "",
    "a",
    "b",
    "it's",
    "tab\tand\nline",
    "back\\slash",
    "ключ 🔑",
    "NULL",
    "\\N",
    "007",
    "\u{202e}rtl",
    "O'Neil, \"x\"",
];

/// All of them.
pub const KINDS: &[Kind] = &[
    kind("text", Text, Some("'none'"), WORDS),
    kind("text", Text, None, WORDS),
    kind("character varying(40)", Text, Some("''"), WORDS),
    kind("character(5)", Text, None, &["a", "bb", "", "ключ"]),
    kind("name", Ordered, None, &["a", "b"]),
    kind("boolean", Ordered, Some("true"), &["t", "f"]),
    kind("integer", Ordered, Some("7"), &["0", "-1", "1", "2147483647", "-2147483648", "5"]),
    kind("bigint", Ordered, None, &["0", "9223372036854775807", "-9223372036854775808", "12"]),
    kind("smallint", Ordered, Some("(1 + 1)"), &["0", "-32768", "32767"]),
    kind("numeric", Ordered, None, &["0", "NaN", "1.10", "1.1", "-0.000", "12345678901234567890.123456789"]),
    kind("numeric(12,4)", Ordered, Some("0"), &["0", "1.5", "-99999999.9999", "NaN"]),
    kind("real", Ordered, None, &["0", "-0", "NaN", "Infinity", "-Infinity", "0.1", "3.4e38"]),
    kind("double precision", Ordered, Some("random()"), &["0", "-0", "NaN", "Infinity", "0.1", "1e-300"]),
    kind(
        "timestamp without time zone",
        Ordered,
        Some("now()"),
        &["infinity", "-infinity", "2024-02-29 23:59:59.999999", "0044-03-15 12:00 BC"],
    ),
    kind(
        "timestamp with time zone",
        Ordered,
        Some("now()"),
        &["infinity", "2024-02-29 23:59:60+02", "1970-01-01 00:00:00Z"],
    ),
    kind("date", Ordered, Some("CURRENT_DATE"), &["infinity", "2024-02-29", "5874897-12-31", "4713-01-01 BC"]),
    kind("time without time zone", Ordered, None, &["00:00", "24:00", "12:34:56.789"]),
    kind("interval", Ordered, None, &["1 day", "24 hours", "-3 mons 2 days", "0"]),
    kind("bytea", Ordered, None, &["\\x", "\\x00ff", "\\xdeadbeef"]),
    kind(
        "uuid",
        Ordered,
        Some("gen_random_uuid()"),
        &[
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        ],
    ),
    kind("json", Opaque, None, &["{}", "{\"a\": 1.0,  \"a\": 2}", "null", "[1, \"2\"]"]),
    kind("jsonb", Container, Some("'{}'"), &["{}", "{\"user_id\": 5}", "[1, 1.0, null]", "\"\\\"\""]),
    kind("text[]", Container, Some("'{}'"), &["{}", "{NULL,\"NULL\",\"\"}", "{\"a,b\",\"c\\\\d\"}", "{{a,b},{c,d}}"]),
    kind("integer[]", Container, None, &["{}", "{1,2,NULL,1}", "[0:1]={1,2}"]),
    kind("inet", Ordered, None, &["10.0.0.1/8", "::1", "192.168.0.1"]),
    kind("macaddr", Ordered, None, &["08:00:2b:01:02:03"]),
    kind("point", Opaque, None, &["(0,-0)", "(1.5,NaN)"]),
    kind("box", Opaque, None, &["(1,1),(0,0)"]),
    kind("tsvector", Container, None, &["'a' 'b':1A", ""]),
    kind("bit(8)", Ordered, None, &["10101010", "00000000"]),
    kind("bit varying(9)", Ordered, None, &["1", "", "010"]),
    kind("int4range", Ordered, None, &["empty", "[1,5)", "(,)"]),
    kind("tstzrange", Ordered, None, &["empty", "[2020-01-01,infinity)"]),
    kind("xml", Opaque, None, &["<a/>", "<b>text &amp; more</b>"]),
    kind("public.gen_mood", Ordered, Some("'so so'::public.gen_mood"), &["good", "so so", "it's bad"]),
    kind("public.gen_mood[]", Container, None, &["{good,\"so so\"}"]),
    kind("public.gen_mail", Text, None, &["a@b", "ü@x"]),
    kind("public.gen_pair", Ordered, None, &["(1,a)", "(,)", "(2,\"b,c\")"]),
    kind("oid", Ordered, None, &["0", "4294967295"]),
    kind("money", Ordered, None, &["0", "-12.34"]),
];

/// The types that [`KINDS`] takes from the database itself.
pub const OWN_TYPES: &str = "CREATE TYPE public.gen_mood AS ENUM ('good', 'so so', 'it''s bad');
CREATE DOMAIN public.gen_mail AS text CHECK (VALUE LIKE '%@%');
CREATE TYPE public.gen_pair AS (a integer, b text);
";
