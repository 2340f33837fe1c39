//! How a column is written into a digest so that no two different values look alike.
//!
//! The server's hashes are made for finding equal values, and what is equal to it need not be
//! the same: case under some collations, a zero and a negative zero, 1.0 and 1.00. Others fold
//! a value to half its size, so that 1 and 4294967296 meet.

use crate::schema::Column;

/// The cells, one or two, that stand for a value of this column.
pub fn comparable(name: &str, column: &Column) -> String {
    of_type(name, &column.type_name)
}

/// The same for whatever is of that type, as `format_type` spells it.
pub fn of_type(name: &str, type_name: &str) -> String {
    let base = bare(type_name);
    match base.as_str() {
        // Their hash sees every bit.
        "smallint" | "integer" | "boolean" | "uuid" | "bytea" | "date" | "oid" | "\"char\"" | "name" => name.to_owned(),
        // Its hash is that of both halves laid over each other.
        "bigint" => format!("{name}, {name} >> 32"),
        "timestamp without time zone" => format!("timestamp_send({name})"),
        "timestamp with time zone" => format!("timestamptz_send({name})"),
        "time without time zone" => format!("time_send({name})"),
        // How its text looks follows from a setting.
        "money" => format!("cash_send({name})"),
        // A collation of the column's own may hold different texts for equal.
        "text" | "character varying" => format!("{name} COLLATE \"C\""),
        // An array's hash does not tell how its elements are arranged.
        "integer[]" | "uuid[]" => format!("{name}, array_dims({name})"),
        "text[]" => format!("{name} COLLATE \"C\", array_dims({name})"),
        // Their text is made by the server's own output function and tells everything.
        "numeric"
        | "real"
        | "double precision"
        | "interval"
        | "json"
        | "jsonb"
        | "time with time zone"
        | "inet"
        | "cidr"
        | "bit"
        | "bit varying"
        | "tsvector" => format!("{name}::text"),
        // A cast to text may tell less than the value: that of character drops blanks, and
        // types may have casts of the user's own. Inside a row no cast is used.
        _ => format!("ROW({name})::text"),
    }
}

// Without what stands in brackets, which may be in the middle: timestamp(3) without time zone.
fn bare(type_name: &str) -> String {
    match type_name.split_once('(') {
        Some((head, tail)) => format!("{head}{}", tail.split_once(')').map_or("", |(_, rest)| rest)),
        None => type_name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{ColumnKind, Generator};

    fn cells(type_name: &str) -> String {
        let column = Column {
            name: "v".into(),
            type_name: type_name.into(),
            domain_over: None,
            kind: ColumnKind::Other,
            nullable: true,
            default: None,
            generator: Generator::None,
            inherited: false,
        };
        comparable("t.v", &column)
    }

    #[test]
    fn the_precision_does_not_matter() {
        assert_eq!(cells("timestamp(3) with time zone"), "timestamptz_send(t.v)");
        assert_eq!(cells("time(0) without time zone"), "time_send(t.v)");
        assert_eq!(cells("numeric(8,2)"), "t.v::text");
        assert_eq!(cells("character varying(9)"), "t.v COLLATE \"C\"");
    }

    #[test]
    fn what_is_not_known_is_written_by_its_own_type() {
        for name in ["character(5)", "bpchar", "timestamp(3) without time zone[]", "public.mood", "timeout"] {
            assert_eq!(cells(name), "ROW(t.v)::text", "{name}");
        }
    }
}
