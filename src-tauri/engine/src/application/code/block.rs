//! Which blocks a line stands in, by its indentation.

/// The headers of the blocks that are open.
#[derive(Default)]
pub struct Blocks<'a> {
    open: Vec<(usize, &'a str)>,
}

impl<'a> Blocks<'a> {
    /// The headers around this line, the innermost first; the line may open a block itself.
    pub fn enter(&mut self, line: &'a str) -> Vec<&'a str> {
        let trimmed = line.trim_start();
        if trimmed.is_empty() {
            return self.headers();
        }
        let indent = line.len() - trimmed.len();
        // What closes a block belongs to it.
        if !trimmed.starts_with(['}', ')', ']']) {
            while self.open.last().is_some_and(|(other, _)| *other >= indent) {
                self.open.pop();
            }
        }
        let headers = self.headers();
        let end = trimmed.trim_end();
        if end.ends_with([':', '{', '(', '[']) {
            self.open.push((indent, line));
        }
        headers
    }

    fn headers(&self) -> Vec<&'a str> {
        self.open.iter().rev().map(|(_, header)| *header).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stands_in_the_blocks_that_are_open() {
        let mut blocks = Blocks::default();
        assert!(blocks.enter("class User(Base):").is_empty());
        assert_eq!(blocks.enter("    def of("), ["class User(Base):"]);
        assert_eq!(blocks.enter("        id: int,").len(), 2);
        assert!(blocks.enter("class Other:").is_empty());
    }
}
