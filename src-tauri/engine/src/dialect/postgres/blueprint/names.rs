//! Names in the server's own words.

use super::super::quote;

// Words that the server quotes where they are names, as `pg_get_keywords()` lists them for
// every version up to 18.
const WORDS: &str = "all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast char character check coalesce collate collation column concurrently constraint create cross current_catalog current_date current_role current_schema current_time current_timestamp current_user dec decimal default deferrable desc distinct do else end except exists extract false fetch float for foreign freeze from full grant greatest group grouping having ilike in initially inner inout int integer intersect interval into is isnull join lateral leading least left like limit localtime localtimestamp national natural nchar none normalize not notnull null nullif numeric offset on only or order out outer overlaps overlay placing position precision primary real references returning right row select session_user setof similar smallint some substring symmetric table tablesample then time timestamp to trailing treat trim true union unique user using values varchar variadic verbose when where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable merge_action json json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar json_serialize json_table json_value system_user";

/// A name as the server writes it: quoted only where it has to be.
pub fn shortest(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if plain && !WORDS.split(' ').any(|word| word == name) { name.to_owned() } else { quote::ident(name) }
}

#[cfg(test)]
mod tests {
    use super::shortest;

    #[test]
    fn only_what_must_be_quoted_is() {
        assert_eq!(shortest("users_2"), "users_2");
        assert_eq!(shortest("user"), "\"user\"");
        assert_eq!(shortest("a \"b\""), "\"a \"\"b\"\"\"");
    }
}
