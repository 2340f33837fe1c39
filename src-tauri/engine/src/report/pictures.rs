//! Pictures of a run: which step took how long, and how large the tables are before and after.
//! Each is drawn with numbers alone, no name from the database stands in it, and beside it a
//! table says the same in words.

use crate::check::room::bytes;
use crate::execute::{RunRecord, Size, StepRecord};
use crate::report::words::{line, span};

/// The width of a picture, in units of its own.
const WIDTH: f64 = 720.0;
/// Room for the numbers at the left.
const MARGIN: f64 = 36.0;
/// From one line to the next.
const PITCH: f64 = 18.0;
/// The tables that are drawn: the largest.
const TABLES: usize = 12;
/// The steps that are drawn: the longest, in their order.
const STEPS: usize = 20;

/// One bar of a picture.
pub struct Bar {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    /// True where it stands for what is now, false for what was before.
    pub new: bool,
}

/// A line of a picture, and of the table beside it.
pub struct Line {
    pub number: usize,
    /// Where the number stands.
    pub y: f64,
    pub bars: Vec<Bar>,
    /// The cells of the table, the name first.
    pub cells: Vec<String>,
}

/// A picture.
pub struct Picture {
    /// In words, for whoever cannot see it.
    pub told: String,
    pub height: f64,
    /// Lines across, with what stands at each.
    pub ticks: Vec<(f64, String)>,
    pub lines: Vec<Line>,
    /// True where not every line of the table is drawn.
    pub partly: bool,
}

/// When each step began and how long it took; nothing where there are no steps.
pub fn timeline(steps: &[StepRecord]) -> Option<Picture> {
    let begins = begins(steps);
    let end = steps.iter().zip(&begins).map(|(step, at)| at + step.seconds).fold(0.0, f64::max);
    let longest = steps.iter().max_by(|one, other| one.seconds.total_cmp(&other.seconds))?;
    let scale = if end > 0.0 { (WIDTH - MARGIN) / end } else { 0.0 };
    let mut seconds: Vec<f64> = steps.iter().map(|step| step.seconds).collect();
    seconds.sort_by(|one, other| other.total_cmp(one));
    let least = seconds.get(STEPS.min(seconds.len()) - 1).copied().unwrap_or_default();
    let mut drawn = 0;
    let mut lines = Vec::new();
    for (place, (step, at)) in steps.iter().zip(&begins).enumerate() {
        let y = PITCH * place_of(drawn);
        let mut bars = Vec::new();
        if step.seconds >= least && drawn < STEPS {
            drawn += 1;
            bars.push(Bar { x: MARGIN + at * scale, y: y + 4.0, width: (step.seconds * scale).max(2.0), new: true });
        }
        let cells = vec![line(&step.title), span(*at), span(step.seconds)];
        lines.push(Line { number: place + 1, y: y + 13.0, bars, cells });
    }
    let told = format!(
        "Timeline of {} steps in {}. The longest is step {}, {}: {}.",
        steps.len(),
        span(end),
        steps.iter().position(|step| std::ptr::eq(step, longest)).unwrap_or_default() + 1,
        line(&longest.title),
        span(longest.seconds)
    );
    let ticks = [0.0, 0.25, 0.5, 0.75, 1.0].map(|part| (MARGIN + part * (WIDTH - MARGIN), span(part * end)));
    Some(Picture { told, height: PITCH * place_of(drawn), ticks: ticks.into(), lines, partly: steps.len() > drawn })
}

// What was recorded by an older version has no beginnings: its steps came one after the other.
fn begins(steps: &[StepRecord]) -> Vec<f64> {
    let mut next = 0.0;
    let begin = |step: &StepRecord| {
        let at = step.at.unwrap_or(next);
        next = at + step.seconds;
        at
    };
    steps.iter().map(begin).collect()
}

/// How large the converted tables were and are; nothing where the server did not tell.
pub fn sizes(record: &RunRecord) -> Option<Picture> {
    let mut sizes: Vec<_> = record.sizes.iter().collect();
    sizes.sort_by_key(|one| std::cmp::Reverse(whole(one.after).max(whole(one.before))));
    let largest = sizes.first().map(|one| whole(one.after).max(whole(one.before))).filter(|bytes| *bytes > 0)?;
    let lines = sizes.iter().enumerate().map(|(place, one)| {
        let y = PITCH * 1.6 * place_of(place);
        let bar = |size: Option<Size>, y: f64, new: bool| {
            size.map(|size| Bar { x: MARGIN, y, width: share(whole(Some(size)), largest).max(2.0), new })
        };
        let bars = [bar(one.before, y + 4.0, false), bar(one.after, y + 14.0, true)];
        let bars = bars.into_iter().flatten().filter(|_| place < TABLES).collect();
        let cell = |part: Option<u64>| part.map_or_else(|| "–".to_owned(), bytes);
        let cells = vec![
            line(&one.table.to_string()),
            cell(one.before.map(|size| size.table)),
            cell(one.after.map(|size| size.table)),
            cell(one.before.map(|size| size.indexes)),
            cell(one.after.map(|size| size.indexes)),
        ];
        Line { number: place + 1, y: y + 17.0, bars, cells }
    });
    let sum =
        |of: fn(&crate::execute::Sizes) -> Option<Size>| bytes(record.sizes.iter().map(|one| whole(of(one))).sum());
    let told = format!(
        "Sizes of {} tables with their indexes: {} before, {} after.",
        record.sizes.len(),
        sum(|one| one.before),
        sum(|one| one.after)
    );
    let height = PITCH * 1.6 * place_of(sizes.len().min(TABLES));
    Some(Picture { told, height, ticks: Vec::new(), partly: sizes.len() > TABLES, lines: lines.collect() })
}

impl Picture {
    /// The lines that are drawn.
    pub fn drawn(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| !line.bars.is_empty())
    }
}

fn whole(size: Option<Size>) -> u64 {
    size.map_or(0, |size| size.table + size.indexes)
}

#[allow(clippy::cast_precision_loss, reason = "a length in a picture")]
fn share(bytes: u64, largest: u64) -> f64 {
    bytes as f64 / largest as f64 * (WIDTH - MARGIN)
}

#[allow(clippy::cast_precision_loss, reason = "a line of a picture")]
fn place_of(place: usize) -> f64 {
    place as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(seconds: f64, at: Option<f64>) -> StepRecord {
        StepRecord { id: "a".to_owned(), title: "A <step>".to_owned(), seconds, at }
    }

    #[test]
    fn steps_stand_where_they_began_and_side_by_side_where_they_overlapped() {
        let picture = timeline(&[step(2.0, Some(0.0)), step(3.0, Some(1.0))]).expect("picture");
        let bars: Vec<(f64, f64)> = picture.lines.iter().map(|line| (line.bars[0].x, line.bars[0].width)).collect();
        assert_eq!(bars, [(36.0, 342.0), (207.0, 513.0)]);
        assert_eq!(picture.told, "Timeline of 2 steps in 4.0 s. The longest is step 2, A <step>: 3.0 s.");
    }

    #[test]
    fn steps_without_a_beginning_follow_each_other() {
        let begins = begins(&[step(2.0, None), step(3.0, None), step(1.0, None)]);
        assert_eq!(begins.iter().map(f64::to_string).collect::<Vec<_>>(), ["0", "2", "5"]);
        assert!(timeline(&[]).is_none());
    }
}
