//! The text that creates a table, taken apart as the server writes it: one entry for each
//! column, index and constraint, then the table's options and partitions.

use std::collections::BTreeMap;

use super::ddl::split;

/// A table's text in parts. Every word of it is in one of them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Definition {
    /// Columns by name: what stands behind the name.
    pub columns: BTreeMap<String, Line>,
    /// Indexes by name; that of the primary key is `PRIMARY`.
    pub indexes: BTreeMap<String, Line>,
    /// Foreign keys and checks by name.
    pub constraints: BTreeMap<String, Line>,
    /// What else stands between the parentheses, such as periods.
    pub others: Vec<String>,
    /// What stands behind the closing parenthesis, the next number of the table left out.
    pub options: String,
}

/// One line.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its place among its kind, from 1.
    pub place: usize,
    /// Its text.
    pub text: String,
}

/// Takes it apart. What does not have the shape that servers write is one part of its own.
pub fn parse(sql: &str) -> Definition {
    let mut found = Definition::default();
    let Some((entries, options)) = split(sql) else {
        found.others.push(sql.to_owned());
        return found;
    };
    found.options = without_next_number(&format!("){options}"));
    // Names and texts may go over several lines, so lines do not tell where one ends.
    for entry in entries {
        let entry = entry.strip_prefix("\n  ").unwrap_or(entry);
        sort(&mut found, entry.strip_suffix('\n').unwrap_or(entry));
    }
    found
}

fn sort(found: &mut Definition, entry: &str) {
    let add = |list: &mut BTreeMap<String, Line>, name: String, text: &str| {
        let line = Line { place: list.len() + 1, text: text.to_owned() };
        list.insert(name, line);
    };
    if let Some((name, rest)) = name(entry) {
        return add(&mut found.columns, name, rest.trim_start());
    }
    if let Some((name, rest)) = entry.strip_prefix("CONSTRAINT ").and_then(name) {
        return add(&mut found.constraints, name, rest.trim_start());
    }
    if entry.starts_with("PRIMARY KEY") {
        return add(&mut found.indexes, "PRIMARY".to_owned(), entry);
    }
    let start = entry.find('`').unwrap_or(entry.len());
    if entry[..start].ends_with("KEY ")
        && let Some((name, _)) = name(&entry[start..])
    {
        return add(&mut found.indexes, name, entry);
    }
    found.others.push(entry.to_owned());
}

// A quoted name at the beginning, and what stands behind it.
fn name(text: &str) -> Option<(String, &str)> {
    let inside = text.strip_prefix('`')?;
    let mut at = 0;
    loop {
        let end = at + inside[at..].find('`')?;
        if !inside[end + 1..].starts_with('`') {
            return Some((inside[..end].replace("``", "`"), &inside[end + 1..]));
        }
        at = end + 2;
    }
}

/// The next number moves with every row. It stands before any text.
fn without_next_number(options: &str) -> String {
    const WORD: &str = " AUTO_INCREMENT=";
    let end = options.find('\'').unwrap_or(options.len());
    let Some(at) = options[..end].find(WORD) else { return options.to_owned() };
    let rest = options[at + WORD.len()..].trim_start_matches(|c: char| c.is_ascii_digit());
    format!("{}{rest}", &options[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "CREATE TABLE `a ``b` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `two
  lines` int,
  `PRIMARY KEY` varchar(10) DEFAULT 'x,' COMMENT 'AUTO_INCREMENT=5',
  `n``n` int(11) DEFAULT NULL CHECK (`n``n` <> 'a
b'),
  PRIMARY KEY (`id`),
  UNIQUE KEY `u` (`n``n`) USING BTREE,
  FULLTEXT KEY `f` (`PRIMARY KEY`) /*!50100 WITH PARSER `ngram` */ ,
  CONSTRAINT `c` FOREIGN KEY (`n``n`) REFERENCES `other`.`t` (`id`) ON DELETE CASCADE,
  PERIOD FOR `p` (`s`, `e`)
) ENGINE=InnoDB AUTO_INCREMENT=77 DEFAULT CHARSET=utf8mb4 COMMENT='ENGINE AUTO_INCREMENT=3'
 PARTITION BY HASH (`id`)
PARTITIONS 4";

    #[test]
    fn every_line_finds_its_place() {
        let found = parse(TEXT);
        assert_eq!(found.columns["id"], Line { place: 1, text: "int(11) NOT NULL AUTO_INCREMENT".to_owned() });
        assert_eq!(found.columns["n`n"].text, "int(11) DEFAULT NULL CHECK (`n``n` <> 'a\nb')");
        assert_eq!(found.columns["PRIMARY KEY"].place, 3);
        assert_eq!(found.columns["two\n  lines"].text, "int");
        assert_eq!(found.indexes.keys().collect::<Vec<_>>(), ["PRIMARY", "f", "u"]);
        assert!(found.constraints["c"].text.starts_with("FOREIGN KEY"));
        assert_eq!(found.others, ["PERIOD FOR `p` (`s`, `e`)"]);
        assert_eq!(
            found.options,
            ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='ENGINE AUTO_INCREMENT=3'\n PARTITION BY HASH (`id`)\nPARTITIONS 4"
        );
    }
}
