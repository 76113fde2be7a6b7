//! A walk along the bytes of a picture: each stretch that is passed is kept, replaced or left behind.

use std::borrow::Cow;
use std::ops::Range;

/// Why a file is not the picture that its first bytes promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It ends before the picture does.
    EndsEarly,
    /// Something in it is not as it must be.
    Broken,
}

/// A walk along some bytes.
pub(super) struct Walk<'b> {
    bytes: &'b [u8],
    at: usize,
    kept: Vec<Stretch>,
}

/// A stretch of what is kept.
enum Stretch {
    Own(Range<usize>),
    New(Vec<u8>),
}

impl<'b> Walk<'b> {
    /// A walk that begins.
    pub fn of(bytes: &'b [u8]) -> Walk<'b> {
        Walk { bytes, at: 0, kept: Vec::new() }
    }

    /// All bytes, passed or not.
    pub fn all(&self) -> &'b [u8] {
        self.bytes
    }

    /// How many bytes were passed.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Passes some bytes.
    pub fn pass(&mut self, count: usize) -> Result<&'b [u8], Fault> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let passed = rest.get(..count).ok_or(Fault::EndsEarly)?;
        self.at += count;
        Ok(passed)
    }

    /// Passes one byte.
    pub fn byte(&mut self) -> Result<u8, Fault> {
        self.pass(1).map(|passed| passed[0])
    }

    /// Keeps a stretch of the bytes.
    pub fn keep(&mut self, range: Range<usize>) {
        match self.kept.last_mut() {
            Some(Stretch::Own(last)) if last.end == range.start => last.end = range.end,
            _ => self.kept.push(Stretch::Own(range)),
        }
    }

    /// Keeps all that was passed since.
    pub fn keep_since(&mut self, start: usize) {
        self.keep(start..self.at);
    }

    /// Puts other bytes in the place of a stretch; where they are the same, it is kept.
    pub fn put(&mut self, range: Range<usize>, bytes: Vec<u8>) {
        if self.bytes.get(range.clone()) == Some(&bytes) {
            self.keep(range);
        } else {
            self.kept.push(Stretch::New(bytes));
        }
    }

    /// What was kept.
    pub fn kept(&self) -> Cow<'b, [u8]> {
        match &*self.kept {
            [Stretch::Own(range)] => Cow::Borrowed(&self.bytes[range.clone()]),
            stretches => {
                let each = stretches.iter().map(|stretch| match stretch {
                    Stretch::Own(range) => &self.bytes[range.clone()],
                    Stretch::New(bytes) => bytes,
                });
                Cow::Owned(each.collect::<Vec<_>>().concat())
            }
        }
    }
}

/// A number of up to eight bytes, the most significant first.
pub(super) fn big(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// A number of up to four bytes, the least significant first.
pub(super) fn little(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// A length or a position as far as this machine can count; what is longer ends too early.
pub(super) fn count(number: u64) -> Result<usize, Fault> {
    usize::try_from(number).map_err(|_| Fault::EndsEarly)
}

/// A width or height.
pub(super) fn side(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
