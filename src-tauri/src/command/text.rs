//! Text for people: aligned columns, and names that cannot play tricks on a terminal.

use rekey_engine::report::{Group, grouped};

/// The text without control characters: a table's name may hold escape sequences.
pub fn plain(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).collect()
}

/// Rows under a head, in columns as wide as their longest entry.
pub fn columns<const N: usize>(head: [&str; N], rows: &[[String; N]]) -> String {
    let rows: Vec<[String; N]> = rows.iter().map(|row| row.each_ref().map(|cell| plain(cell))).collect();
    let mut widths = head.map(|cell| cell.chars().count());
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut lines = vec![line(&head.map(str::to_owned), &widths)];
    lines.extend(rows.iter().map(|row| line(row, &widths)));
    lines.join("\n")
}

fn line(cells: &[String], widths: &[usize]) -> String {
    let mut text = String::from("  ");
    for (cell, width) in cells.iter().zip(widths) {
        text.push_str(cell);
        text.push_str(&" ".repeat(width.saturating_sub(cell.chars().count()) + 2));
    }
    text.trim_end().to_owned()
}

/// Blocks with an empty line between them; empty blocks are left out.
pub fn blocks(blocks: &[String]) -> String {
    blocks.iter().filter(|block| !block.is_empty()).map(String::as_str).collect::<Vec<_>>().join("\n\n")
}

/// Findings, the heaviest first; what is said of several objects is said once.
pub fn findings(findings: &[rekey_engine::check::Finding]) -> String {
    let told = |group: &Group| {
        let objects = plain(&group.objects.join(", "));
        let mut text =
            format!("  {:<8}{}  {objects}\n          {}", word(group.severity), group.rule, plain(&group.meaning));
        if !group.remedy.is_empty() {
            text.push_str(&format!("\n          {}", plain(&group.remedy)));
        }
        text
    };
    grouped(findings).iter().map(told).collect::<Vec<_>>().join("\n")
}

fn word(severity: rekey_engine::check::Severity) -> &'static str {
    use rekey_engine::check::Severity;
    match severity {
        Severity::Info => "note",
        Severity::Warn => "warning",
        Severity::Ask => "decide",
        Severity::Block => "blocked",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_and_harmless() {
        let rows = [["a\u{1b}[31m".to_owned(), "1".to_owned()], ["länger".to_owned(), "22".to_owned()]];
        assert_eq!(columns(["Name", "N"], &rows), "  Name    N\n  a\u{fffd}[31m  1\n  länger  22");
    }
}
