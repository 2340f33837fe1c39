//! `map`: old and new ids of a run.

use std::io::Write;

use rekey_engine::execute::{self, MapRow, RunState, runs};
use serde_json::json;

use crate::command::args::{MapArgs, MapFormat};
use crate::command::session::Session;
use crate::command::{Outcome, Stop, csv, history};

/// Writes the map to stdout as it comes from the database, so that memory stays flat.
pub async fn map(session: &Session, args: &MapArgs) -> Result<Outcome, Stop> {
    let (target, mut connection) = session.reader(&args.target).await?;
    let database = target.database.as_ref();
    let known = runs(database, connection.as_mut()).await?;
    let stored = history::choose(&known, Some(&args.run), &[])?;
    if stored.state != RunState::Converted {
        return Err(Stop::refused(
            &format!("Run {} has no map any more: it is {}.", stored.run, stored.state.word().replace('_', " ")),
            "The map goes when a run is kept or undone.",
            &["Use the file that was written before, where there is one."],
        ));
    }
    let MapFormat::Csv = args.format;
    // Whoever closes the pipe has seen enough; the rest is then not written.
    let mut sheet =
        Sheet { out: std::io::BufWriter::new(std::io::stdout()), json: session.console.json(), first: true };
    let _ = sheet.begin(&stored.run);
    execute::map(database, connection.as_mut(), stored, &mut |row| {
        let _ = sheet.row(&row);
    })
    .await?;
    let _ = sheet.end();
    Ok(Outcome::Written)
}

struct Sheet<W: Write> {
    out: W,
    json: bool,
    first: bool,
}

impl<W: Write> Sheet<W> {
    fn begin(&mut self, run: &str) -> std::io::Result<()> {
        if self.json {
            return write!(self.out, "{{\"run\":{},\"map\":[", json!(run));
        }
        self.out.write_all(csv::record(&["schema", "table", "column", "old_id", "new_id"]).as_bytes())
    }

    fn row(&mut self, row: &MapRow) -> std::io::Result<()> {
        let (schema, table, column) = (&row.column.table.schema, &row.column.table.name, &row.column.column);
        if !self.json {
            return self.out.write_all(csv::record(&[schema, table, column, &row.old_id, &row.new_id]).as_bytes());
        }
        let comma = if std::mem::take(&mut self.first) { "" } else { "," };
        let row =
            json!({ "schema": schema, "table": table, "column": column, "old_id": row.old_id, "new_id": row.new_id });
        write!(self.out, "{comma}\n{row}")
    }

    fn end(&mut self) -> std::io::Result<()> {
        if self.json {
            self.out.write_all(b"]}\n")?;
        }
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use rekey_engine::schema::ColumnName;

    use super::*;

    fn written(json: bool, rows: &[MapRow]) -> String {
        let mut sheet = Sheet { out: Vec::new(), json, first: true };
        sheet.begin("abc").expect("begin");
        for row in rows {
            sheet.row(row).expect("row");
        }
        sheet.end().expect("end");
        String::from_utf8(sheet.out).expect("text")
    }

    #[test]
    fn both_forms_hold_every_row() {
        let row = |old_id: &str| MapRow {
            column: ColumnName::new("main", "a,b", "id"),
            old_id: old_id.to_owned(),
            new_id: "018f3c5e-7d2a-7b41-9c30-5f1e2a6b8d04".to_owned(),
        };
        let rows = [row("1"), row("2")];
        let lines = "main,\"a,b\",id,1,018f3c5e-7d2a-7b41-9c30-5f1e2a6b8d04\nmain,\"a,b\",id,2,018f3c5e-7d2a-7b41-9c30-5f1e2a6b8d04\n";
        assert_eq!(written(false, &rows), format!("schema,table,column,old_id,new_id\n{lines}"));
        let read: serde_json::Value = serde_json::from_str(&written(true, &rows)).expect("json");
        assert_eq!(read["map"][1]["old_id"], "2");
        let empty: serde_json::Value = serde_json::from_str(&written(true, &[])).expect("json");
        assert_eq!(empty["map"].as_array().map(Vec::len), Some(0));
    }
}
