//! `inspect`: what is in a database and what can be converted.

use rekey_engine::check::Severity;
use rekey_engine::inspect::{Inspection, TableInfo};
use rekey_engine::report::words::{count, thousands};
use rekey_engine::schema::{Domain, Verdict};

use crate::command::args::TargetArgs;
use crate::command::session::Session;
use crate::command::text::{blocks, columns, findings, plain};
use crate::command::{Outcome, Stop};

/// Looks at a database and changes nothing.
pub async fn inspect(session: &Session, args: &TargetArgs) -> Result<Outcome, Stop> {
    let (target, mut connection) = session.reader(&args.target).await?;
    let found = rekey_engine::inspect::inspect(target.database.as_ref(), connection.as_mut()).await?;
    Ok(Outcome::new(&found, text(&found)))
}

fn text(found: &Inspection) -> String {
    let server = &found.server;
    let head = format!(
        "{} {}, database {}\n{}",
        server.engine.product(&server.version),
        plain(&server.version),
        plain(&server.database),
        plain(&server.place)
    );
    let mut parts = vec![head, tables(&found.tables), domains(&found.domains)];
    if !found.findings.is_empty() {
        parts.push(format!("About the whole database\n{}", findings(&found.findings)));
    }
    blocks(&parts)
}

fn tables(tables: &[TableInfo]) -> String {
    let row = |table: &TableInfo| {
        let about = if table.rows_estimated { "about " } else { "" };
        [
            table.name.to_string(),
            format!("{about}{}", thousands(table.rows)),
            table.key.join(", "),
            table.references_in.to_string(),
            table.references_out.to_string(),
            table.verdict.map_or("-", word).to_owned(),
        ]
    };
    let head = ["Table", "Rows", "Key", "Referenced by", "References", "Verdict"];
    let rows: Vec<_> = tables.iter().map(row).collect();
    format!("{}\n{}", count(tables.len(), "table", "tables"), columns(head, &rows))
}

fn domains(domains: &[Domain]) -> String {
    if domains.is_empty() {
        return "No integer key was found: there is nothing to convert.".to_owned();
    }
    let told = |domain: &Domain| {
        let mut text = format!(
            "  {}: {}, {}",
            plain(&domain.root.to_string()),
            word(domain.verdict),
            count(domain.members.len().saturating_sub(1), "reference", "references",)
        );
        for member in domain.members.iter().skip(1) {
            text.push_str(&format!("\n      {} (via {})", plain(&member.column.to_string()), plain(&member.via)));
        }
        let heavy: Vec<_> =
            domain.findings.iter().filter(|finding| finding.severity > Severity::Info).cloned().collect();
        if !heavy.is_empty() {
            text.push_str(&format!("\n{}", indent(&findings(&heavy))));
        }
        text
    };
    let all: Vec<String> = domains.iter().map(told).collect();
    format!("{}: each a key with every reference to it\n{}", count(domains.len(), "domain", "domains"), all.join("\n"))
}

fn indent(text: &str) -> String {
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

/// A verdict in words.
pub fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Convert => "can be converted",
        Verdict::Ask => "needs a decision",
        Verdict::Refuse => "cannot be converted",
    }
}
