//! Sections of lines such as `name = value`, as libpq and MySQL's programs write them.

/// A section.
pub struct Section<'a> {
    /// What stands in brackets; empty for what stands before the first.
    pub name: &'a str,
    /// The lines. A line that has no value has an empty one.
    pub settings: Vec<(&'a str, &'a str)>,
}

/// All sections, in their order.
pub fn sections(text: &str) -> Vec<Section<'_>> {
    let mut sections = vec![Section { name: "", settings: Vec::new() }];
    for line in text.lines().map(str::trim) {
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            sections.push(Section { name: name.trim(), settings: Vec::new() });
        } else if let Some(section) = sections.last_mut() {
            let (name, value) = line.split_once('=').unwrap_or((line, ""));
            section.settings.push((name.trim(), value.trim()));
        }
    }
    sections
}
