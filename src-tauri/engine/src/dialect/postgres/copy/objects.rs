//! Data that is in no table: where sequences stand, and large objects.

use std::collections::BTreeMap;

use super::super::quote;
use super::rows;
use crate::dialect::Connection;
use crate::error::Result;

/// Sequences of one question.
const AT_ONCE: usize = 200;

// Those of an extension are the extension's.
const SEQUENCES: &str = "
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY n.nspname, c.relname";

/// The last value of each sequence, and whether it was given out.
pub async fn sequences(connection: &mut dyn Connection, digests: &mut BTreeMap<String, String>) -> Result<()> {
    let mut questions = Vec::new();
    for row in connection.query(SEQUENCES).await? {
        if let [Some(schema), Some(name)] = row.as_slice() {
            let key = quote::literal(&quote::key("sequence", &[schema, name]));
            let from = quote::qualified(schema, name);
            questions.push(format!("SELECT {key}, last_value::text || ' ' || is_called::text FROM {from}"));
        }
    }
    for some in questions.chunks(AT_ONCE) {
        rows::ask(connection, some, digests).await?;
    }
    Ok(())
}

// Read in pieces: one may have more bytes than fit into a value. It is closed before the
// next is opened, since each that is open takes memory until the transaction ends.
const LARGE_OBJECTS: &str = "
SELECT 'large objects', count(*) || ' ' || coalesce(sum(hashtextextended(d.told, 0)), 0) || ' ' || coalesce(sum(hashtextextended(d.told, 1)), 0)
FROM (SELECT ROW(o.oid, pg_get_userbyid(o.lomowner), (SELECT array_agg(i::text ORDER BY i::text COLLATE \"C\") FROM unnest(coalesce(o.lomacl, acldefault('L', o.lomowner))) i),
        obj_description(o.oid, 'pg_largeobject'), s.size,
        (SELECT string_agg(encode(sha256(lo_get(o.oid, piece, 1048576)), 'hex'), '' ORDER BY piece) FROM generate_series(0, s.size - 1, 1048576) piece))::text AS told
      FROM pg_largeobject_metadata o
      CROSS JOIN LATERAL (SELECT lo_open(o.oid, 262144) AS handle OFFSET 0) h
      CROSS JOIN LATERAL (SELECT lo_lseek64(h.handle, 0, 2) AS size, lo_close(h.handle) AS closed OFFSET 0) s
      WHERE s.closed = 0) d
HAVING count(*) > 0";

/// Bytes, owner, rights and comment of the large objects, all in one digest.
pub async fn large_objects(connection: &mut dyn Connection, digests: &mut BTreeMap<String, String>) -> Result<()> {
    rows::ask(connection, &[LARGE_OBJECTS.to_owned()], digests).await
}
