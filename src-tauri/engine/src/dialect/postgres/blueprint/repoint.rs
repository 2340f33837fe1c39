//! References that leave an integer key for a UUID column that its table has already. The
//! key stays as it is; the map is read from the table.

use std::borrow::Cow;

use super::super::quote;
use super::maps::values;
use super::names::shortest;
use super::random;
use super::scope::Scope;
use crate::dialect::repoint::target;
use crate::schema::ForeignKey;

/// A foreign key as it is after the conversion, every name in its definition quoted.
pub fn led<'a>(scope: &Scope<'_>, key: &'a ForeignKey) -> Cow<'a, ForeignKey> {
    lead_to(scope, key, quote::ident)
}

/// Its definition in the server's own words, where it is another than before.
pub fn definition(scope: &Scope<'_>, key: &ForeignKey) -> Option<String> {
    let led = lead_to(scope, key, shortest);
    (led.definition != key.definition).then(|| led.into_owned().definition)
}

fn lead_to<'a>(scope: &Scope<'_>, key: &'a ForeignKey, spell: fn(&str) -> String) -> Cow<'a, ForeignKey> {
    let mut led = Cow::Borrowed(key);
    for conversion in scope.conversions.iter().filter(|conversion| conversion.root.table == key.parent) {
        let Some(target) = target(conversion) else { continue };
        if let Some(at) = key.parent_columns.iter().position(|column| *column == conversion.root.column) {
            let led = led.to_mut();
            led.parent_columns[at] = target.column;
            led.definition = lead(&led.definition, &led.parent_columns, spell);
        }
    }
    led
}

// The second list in parentheses, outside of quoted names, holds the referenced columns.
fn lead(definition: &str, columns: &[String], spell: fn(&str) -> String) -> String {
    let (mut quoted, mut lists, mut from) = (false, 0, None);
    for (at, letter) in definition.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '(' if !quoted => {
                lists += 1;
                if lists == 2 {
                    from = Some(at + 1);
                }
            }
            ')' if !quoted && lists == 2 => {
                let names: Vec<String> = columns.iter().map(|column| spell(column)).collect();
                let head = from.and_then(|from| definition.get(..from)).unwrap_or_default();
                return format!("{head}{}{}", names.join(", "), definition.get(at..).unwrap_or_default());
            }
            _ => {}
        }
    }
    definition.to_owned()
}

/// Fills the map of a conversion: every key with the UUID of its row, and an id of its own
/// for each value of a loose reference that no row has.
pub fn fill(scope: &Scope<'_>, number: usize) -> Vec<String> {
    let Some(conversion) = scope.conversions.get(number) else { return Vec::new() };
    let Some(target) = target(conversion) else { return Vec::new() };
    let map = scope.map(number);
    let (id, uuid) = (quote::ident(&conversion.root.column), quote::ident(&target.column));
    let mut sql = vec![format!(
        "INSERT INTO {map} (old_id, new_id) SELECT t.{id}, t.{uuid} FROM {} t WHERE t.{id} IS NOT NULL AND t.{uuid} IS NOT NULL ORDER BY t.{id}",
        scope.from(&conversion.root.table)
    )];
    let loose = values(scope, number);
    if !loose.is_empty() {
        sql.push(format!(
            "INSERT INTO {map} (old_id, new_id) SELECT v.old_id, {} FROM (\n{loose}\n) v WHERE v.old_id IS NOT NULL AND NOT EXISTS (SELECT FROM {map} m WHERE m.old_id = v.old_id)",
            random::uuid(scope.version)
        ));
    }
    sql
}

/// Brings the map up to date before the way back: rows that came since, and UUIDs that
/// were changed. The number of an orphan may by now be that of a row too; both then have it.
pub fn renew(scope: &Scope<'_>, number: usize) -> Vec<String> {
    let Some(conversion) = scope.conversions.get(number) else { return Vec::new() };
    let Some(target) = target(conversion) else { return Vec::new() };
    let map = scope.map(number);
    let (id, uuid) = (quote::ident(&conversion.root.column), quote::ident(&target.column));
    let table = scope.from(&conversion.root.table);
    vec![
        // A publication of all tables has this one too, and it is left without a key.
        format!("ALTER TABLE {map} REPLICA IDENTITY FULL"),
        format!("ALTER TABLE {map} DROP CONSTRAINT {}", quote::ident(&format!("rk_{}_{number}_pkey", scope.tag()))),
        format!(
            "UPDATE {map} m SET old_id = t.{id} FROM {table} t WHERE t.{uuid} = m.new_id AND t.{id} IS DISTINCT FROM m.old_id"
        ),
        format!(
            "INSERT INTO {map} (old_id, new_id) SELECT t.{id}, t.{uuid} FROM {table} t WHERE t.{uuid} IS NOT NULL AND NOT EXISTS (SELECT FROM {map} m WHERE m.new_id = t.{uuid})"
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_referenced_columns_change() {
        let columns = ["uuid".to_owned()];
        assert_eq!(
            lead(
                "FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE SET NULL (user_id) NOT VALID",
                &columns,
                shortest
            ),
            "FOREIGN KEY (user_id) REFERENCES public.users(uuid) ON DELETE SET NULL (user_id) NOT VALID"
        );
        let columns = ["tenant".to_owned(), "Key (2)".to_owned()];
        assert_eq!(
            lead("FOREIGN KEY (a, \"b) (c\") REFERENCES s.\"t (\"\"u\"(tenant, id) MATCH FULL", &columns, shortest),
            "FOREIGN KEY (a, \"b) (c\") REFERENCES s.\"t (\"\"u\"(tenant, \"Key (2)\") MATCH FULL"
        );
    }
}
