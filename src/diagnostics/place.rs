//! A place: a stretch of bytes in one of the files that were read.
//!
//! Lines and columns are counted only when a diagnostic is painted; until then a place is three
//! numbers, cheap to keep with every key and value.

use serde::{Deserialize, Serialize};

/// A file among those that were read, by its position in the order of paths.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct FileId(pub u32);

/// Byte offsets in a file: from `start`, up to and without `end`.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

/// A span in a file.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The stretch in it.
    pub span: Span,
}

impl Span {
    /// A span from one byte offset up to another.
    pub fn new(start: usize, end: usize) -> Span {
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { start: narrow(start), end: narrow(end.max(start)) }
    }

    /// The span as a range, for slicing a text.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The span, moved to the right by a number of bytes.
    pub fn shifted(self, by: usize) -> Span {
        Span::new(self.start as usize + by, self.end as usize + by)
    }
}

impl FileId {
    /// The file at a position in the order of paths.
    pub fn nth(position: usize) -> FileId {
        FileId(u32::try_from(position).unwrap_or(u32::MAX))
    }

    /// A span in this file.
    pub fn at(self, span: Span) -> Place {
        Place { file: self, span }
    }

    /// The beginning of this file, for problems that concern all of it.
    pub fn top(self) -> Place {
        self.at(Span::default())
    }
}
