//! Reads what the two products say of how they answered a question.

use serde_json::Value;

use crate::dialect::Explained;

/// Reads `ANALYZE FORMAT=JSON` (mariadb.com/kb/en/analyze-format-json).
pub fn of_mariadb(text: &str) -> serde_json::Result<Explained> {
    let told: Value = serde_json::from_str(text)?;
    let mut found = Explained { seconds: seconds(&told["query_block"]), ..Explained::default() };
    follow(&told, &mut found);
    Ok(found)
}

// That of a union is in its parts.
fn seconds(block: &Value) -> Option<f64> {
    let own = block["r_total_time_ms"].as_f64().map(|milliseconds| milliseconds / 1000.0);
    let parts = block["union_result"]["query_specifications"].as_array();
    own.or_else(|| parts?.iter().map(|part| seconds(&part["query_block"])).sum())
}

fn follow(value: &Value, found: &mut Explained) {
    if let Some(table) = value["table_name"].as_str() {
        let access = value["access_type"].as_str().unwrap_or_default();
        let key = value["key"].as_str();
        found.plan.push(match key {
            Some(key) => format!("{access} {table} using {key}"),
            None => format!("{access} {table}"),
        });
        key.into_iter().for_each(|key| found.uses(key));
    }
    match value {
        Value::Object(parts) => parts.values().for_each(|part| follow(part, found)),
        Value::Array(parts) => parts.iter().for_each(|part| follow(part, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Reads `EXPLAIN ANALYZE` (dev.mysql.com/doc/refman/8.4/en/explain.html#explain-analyze): a tree
/// of lines, each with the milliseconds to its first and its last row, of all loops the mean.
pub fn of_mysql(text: &str) -> Explained {
    let mut found = Explained::default();
    for line in text.lines() {
        let what = line.split("  (").next().unwrap_or(line).trim_end();
        found.plan.push(what.replacen("-> ", "", 1));
        if let Some((_, index)) = what.split_once(" using ") {
            found.uses(index.split(" (").next().unwrap_or(index));
        }
    }
    found.plan.retain(|line| !line.trim().is_empty());
    found.seconds = text.lines().find_map(time);
    found
}

fn time(line: &str) -> Option<f64> {
    let (_, rest) = line.split_once("(actual time=")?;
    let (_, last) = rest.split_once("..")?;
    let milliseconds: f64 = last.split(' ').next()?.parse().ok()?;
    let loops: f64 = rest.split_once("loops=")?.1.split(')').next()?.parse().ok()?;
    Some(milliseconds * loops / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mariadb_tells_time_and_keys() {
        let text = r#"{"query_optimization": {"r_total_time_ms": 0.2}, "query_block": {"select_id": 1, "r_total_time_ms": 4.0,
            "nested_loop": [{"table": {"table_name": "c", "access_type": "ALL"}},
            {"table": {"table_name": "p", "access_type": "eq_ref", "key": "PRIMARY"}}]}}"#;
        let found = of_mariadb(text).expect("a plan");
        assert_eq!((found.seconds, found.indexes), (Some(0.004), vec!["PRIMARY".to_owned()]));
        assert_eq!(found.plan, ["ALL c", "eq_ref p using PRIMARY"]);
        let union = r#"{"query_block": {"union_result": {"query_specifications": [
            {"query_block": {"r_total_time_ms": 1.0}}, {"query_block": {"r_total_time_ms": 2.0}}]}}}"#;
        assert_eq!(of_mariadb(union).expect("a union").seconds, Some(0.003));
        assert!(of_mariadb("").is_err());
    }

    #[test]
    fn mysql_tells_both_in_a_tree() {
        let text = "-> Nested loop inner join  (cost=1.2 rows=3) (actual time=0.03..2.5 rows=3 loops=2)\n    \
            -> Table scan on c  (cost=0.5 rows=3) (actual time=0.02..0.03 rows=3 loops=1)\n    \
            -> Single-row covering index lookup on p using PRIMARY (id=c.p)  (cost=0.2 rows=1) (actual time=110e-6..155e-6 rows=1 loops=3)\n";
        let found = of_mysql(text);
        assert_eq!((found.seconds, found.indexes), (Some(0.005), vec!["PRIMARY".to_owned()]));
        assert_eq!(found.plan[1], "    Table scan on c");
        assert_eq!(of_mysql("").seconds, None);
    }
}
