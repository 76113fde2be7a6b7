//! Places as people count them: lines and columns from 1, columns in characters.
//!
//! In go byte spans, whatever they hold; out come lines and columns that exist. A file is looked
//! through once, however many diagnostics it has and however long its lines are. A place that
//! concerns a whole file, or lies in one that is not a text, has neither line nor column.

use super::Files;
use crate::diagnostics::{FileId, Place};
use std::collections::BTreeMap;
use std::ops::Range;

/// A point in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// A stretch of a text, with its ends at characters' boundaries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The bytes.
    pub range: Range<usize>,
    /// The first character.
    pub start: Point,
    /// The character after the last.
    pub end: Point,
}

/// The files, each indexed when it is first asked for.
pub struct Places<'f> {
    files: &'f dyn Files,
    indexes: BTreeMap<FileId, Index<'f>>,
}

impl<'f> Places<'f> {
    /// Nothing is looked through yet.
    pub fn new(files: &'f dyn Files) -> Places<'f> {
        Places { files, indexes: BTreeMap::new() }
    }

    /// The path of a place's file.
    pub fn path(&self, place: Place) -> &'f str {
        self.files.path(place.file)
    }

    /// Where a place is; nothing for a whole file or one that is not a text.
    pub fn stretch(&mut self, place: Place) -> Option<Stretch> {
        if place.span.end == 0 {
            return None;
        }
        Some(self.index(place.file)?.stretch(place.span.range()))
    }

    /// A line of a text file, without its end, and where it begins.
    pub fn line(&mut self, file: FileId, number: usize) -> Option<(usize, &'f str)> {
        let index = self.index(file)?;
        let range = index.line(number);
        Some((range.start, &index.text[range]))
    }

    fn index(&mut self, file: FileId) -> Option<&Index<'f>> {
        let text = self.files.text(file)?;
        Some(self.indexes.entry(file).or_insert_with(|| Index::new(text)))
    }
}

/// How many bytes lie between two counts of characters: small enough to count again from.
const STEP: usize = 1024;

struct Index<'t> {
    text: &'t str,
    /// Where each line begins.
    starts: Vec<usize>,
    /// How many characters begin before each STEP bytes.
    counts: Vec<usize>,
}

impl<'t> Index<'t> {
    fn new(text: &'t str) -> Index<'t> {
        let bytes = text.as_bytes();
        // A byte order mark belongs to no line: editors do not count it.
        let mut starts = vec![if text.starts_with('\u{feff}') { 3 } else { 0 }];
        for (at, byte) in bytes.iter().enumerate() {
            if *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
                starts.push(at + 1);
            }
        }
        let mut counts = Vec::with_capacity(bytes.len() / STEP + 1);
        let mut count = 0;
        for block in bytes.chunks(STEP) {
            counts.push(count);
            count += beginnings(block);
        }
        Index { text, starts, counts }
    }

    fn stretch(&self, range: Range<usize>) -> Stretch {
        let first = self.starts[0];
        let start = self.boundary(range.start.max(first), |at| at - 1);
        let end = self.boundary(range.end.max(start), |at| at + 1);
        Stretch { range: start..end, start: self.point(start), end: self.point(end) }
    }

    /// The nearest boundary of characters in one direction.
    fn boundary(&self, at: usize, step: impl Fn(usize) -> usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at = step(at);
        }
        at
    }

    fn point(&self, at: usize) -> Point {
        let line = self.starts.partition_point(|start| *start <= at).max(1);
        let column = self.characters(at) - self.characters(self.starts[line - 1]) + 1;
        Point { line, column }
    }

    /// The bytes of a line without its end; the last line for a number beyond it.
    fn line(&self, number: usize) -> Range<usize> {
        let number = number.clamp(1, self.starts.len());
        let start = self.starts[number - 1];
        let next = self.starts.get(number).copied().unwrap_or(self.text.len());
        let text = &self.text[start..next];
        let end = text.strip_suffix("\r\n").or_else(|| text.strip_suffix(['\n', '\r']));
        start..start + end.unwrap_or(text).len()
    }

    fn characters(&self, at: usize) -> usize {
        let Some(before) = self.counts.get(at / STEP).or(self.counts.last()) else { return 0 };
        let from = (at / STEP).min(self.counts.len() - 1) * STEP;
        before + beginnings(&self.text.as_bytes()[from..at])
    }
}

/// How many characters begin in some bytes of UTF-8.
fn beginnings(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(text: &str, offsets: &[usize]) -> Vec<(usize, usize)> {
        let index = Index::new(text);
        offsets
            .iter()
            .map(|at| index.stretch(*at..*at).start)
            .map(|point| (point.line, point.column))
            .collect()
    }

    #[test]
    fn lines_end_as_the_three_systems_end_them() {
        for text in ["ab\ncd\n", "ab\rcd\r"] {
            assert_eq!(points(text, &[0, 2, 3, 5, 6]), [(1, 1), (1, 3), (2, 1), (2, 3), (3, 1)]);
        }
        assert_eq!(points("ab\r\ncd", &[2, 4, 6]), [(1, 3), (2, 1), (2, 3)]);
        assert_eq!(Index::new("ab\r\ncd\r").line(1), 0..2);
        assert_eq!(Index::new("ab\r\ncd\r").line(2), 4..6);
    }

    #[test]
    fn columns_count_characters_wherever_a_span_falls() {
        // Within a letter, beyond the end, and before a byte order mark is over.
        assert_eq!(points("é目x", &[2, 3, 5, 99]), [(1, 2), (1, 2), (1, 3), (1, 4)]);
        assert_eq!(points("\u{feff}ab", &[0, 3, 4]), [(1, 1), (1, 1), (1, 2)]);
        assert_eq!(Index::new("é").stretch(1..1).range, 0..2);
        assert_eq!(points("", &[0, 7]), [(1, 1), (1, 1)]);
    }

    #[test]
    fn counting_from_a_step_agrees_with_counting_from_the_start() {
        let text = "目é-".repeat(2_000);
        let index = Index::new(&text);
        for (nth, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(index.point(at).column, nth + 1);
        }
        assert_eq!(index.point(text.len()).column, 6_001);
    }
}
