//! Narrower copies of a picture, for screens that show it small.
//!
//! In go the bytes of a picture as they are published, out come the same picture in a few widths, each
//! where it weighs clearly less. Copies are never wider than the picture, stand upright, keep its color
//! profile and its transparency. What cannot be copied without changing what is seen stays alone:
//! pictures that move, that are for printing presses, or whose colors are coded in a way of their own.

mod pixels;

use super::{Kind, Size, jpeg, png, webp};
use crate::memo::Key;
use pixels::Written;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;

/// The widths, in pixels: a small screen, the text's column, and that on a screen of twice the dots.
const WIDTHS: [u32; 3] = [480, 960, 1440];

/// A copy is a fifth narrower than the picture, and weighs a fifth less; else it is not worth its room.
const OF: (u64, u64) = (4, 5);

/// A picture of so many pixels takes so much memory that no two are copied at once.
pub const LARGE: u64 = 16_000_000;

/// A copy: how wide it is, and where it lies among the bytes of all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Copy {
    width: u32,
    written: Written,
    range: Range<usize>,
}

/// The copies of one picture.
#[derive(Clone, Debug)]
pub struct Copies {
    all: Arc<[u8]>,
    each: Vec<Copy>,
}

/// A copy that a site may have: how wide it is, and how its bytes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Its width in pixels.
    pub width: u32,
    written: Written,
    from: Kind,
}

impl Planned {
    /// Where it lies beside its picture: `hero.jpg` has `hero-480w.jpg`.
    pub fn address(self, picture: &str) -> String {
        let (stem, ending) = picture.rsplit_once('.').unwrap_or((picture, ""));
        let width = self.width;
        match (self.from, self.written) {
            // A JPEG of the same name may lie beside it.
            (Kind::Webp, Written::Jpeg) => format!("{stem}-webp-{width}w.jpg"),
            _ => format!("{stem}-{width}w.{ending}"),
        }
    }
}

/// The copies that a picture of this size may have; of these, the ones that weigh less are made.
pub fn planned(bytes: &[u8], size: Size) -> Vec<Planned> {
    let Some((from, written)) = written(bytes) else { return Vec::new() };
    let narrower = |width: &u32| u64::from(*width) * OF.1 <= u64::from(size.width) * OF.0;
    let widths = WIDTHS.into_iter().filter(narrower);
    widths.map(|width| Planned { width, written, from }).collect()
}

/// How copies of a picture are written; none, where it has none.
fn written(bytes: &[u8]) -> Option<(Kind, Written)> {
    let kind = Kind::of(bytes)?;
    let written = match kind {
        // Inks need their profile, and a screen has three colors.
        Kind::Jpeg => (!jpeg::is_of_inks(bytes)).then_some(Written::Jpeg),
        Kind::Png => png::is_plain(bytes).then_some(Written::Png),
        Kind::Webp => webp::is_lossy(bytes).map(|lossy| match lossy {
            // Nothing here writes a lossy WebP; without losses it would be several times as heavy.
            true => Written::Jpeg,
            false => Written::Webp,
        }),
        Kind::Gif | Kind::Avif | Kind::Svg => None,
    };
    written.map(|written| (kind, written))
}

/// The key of the copies of a picture.
pub fn key(picture: Key, size: Size) -> Key {
    Key::all([picture, Key::told(&("copies", WIDTHS, OF, size))])
}

/// Makes the copies of a picture, as bytes that [`Copies::of`] takes apart; says why where it cannot
/// be unpacked.
pub fn make(published: &[u8], size: Size) -> Result<Arc<[u8]>, Unpacked> {
    let wanted = planned(published, size);
    let Some((kind, written)) = written(published).filter(|_| !wanted.is_empty()) else {
        return Ok(tied(&[], &[]));
    };
    let Some(picture) = pixels::unpack(published, kind, size)? else { return Ok(tied(&[], &[])) };
    let (mut each, mut all) = (Vec::new(), Vec::new());
    for Planned { width, .. } in wanted {
        // What a JPEG cannot hold, as a transparency that nothing told of, stays alone.
        let Some(bytes) = picture.copy(width, written) else { continue };
        if bytes.len() as u64 * OF.1 <= published.len() as u64 * OF.0 {
            let from = all.len();
            all.extend(bytes);
            each.push(Copy { width, written, range: from..all.len() });
        }
    }
    Ok(tied(&each, &all))
}

/// Makes no copies of a picture, but says why where it cannot be unpacked.
pub fn look(published: &[u8], size: Size) -> Result<Arc<[u8]>, Unpacked> {
    if let Some((kind, _)) = written(published) {
        pixels::unpack(published, kind, size)?;
    }
    Ok(tied(&[], &[]))
}

/// Why a picture cannot be unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unpacked {
    /// Its pixels are not as they must be.
    Broken,
    /// It takes more memory than its size promises.
    TooLarge,
}

impl Copies {
    /// Takes bytes apart that were made; none, where they are nothing of the kind.
    pub fn of(all: Arc<[u8]>) -> Option<Copies> {
        let (length, rest) = all.split_first_chunk::<4>()?;
        let head = rest.get(..u32::from_le_bytes(*length) as usize)?;
        let mut each: Vec<Copy> = postcard::from_bytes(head).ok()?;
        let begin = length.len() + head.len();
        for Copy { range, .. } in &mut each {
            *range = range.start.checked_add(begin)?..range.end.checked_add(begin)?;
            all.get(range.clone())?;
        }
        Some(Copies { all, each })
    }

    /// The bytes that they were taken out of.
    pub fn all(&self) -> Arc<[u8]> {
        self.all.clone()
    }

    /// The bytes of the copy of a width, where there is one.
    pub fn bytes(&self, width: u32) -> Option<&[u8]> {
        let copy = self.each.iter().find(|copy| copy.width == width)?;
        Some(&self.all[copy.range.clone()])
    }
}

/// Copies in one row of bytes: what they are, and then they themselves.
fn tied(each: &[Copy], all: &[u8]) -> Arc<[u8]> {
    let head = postcard::to_stdvec(each).expect("widths and places are plain data");
    let length = u32::try_from(head.len()).expect("a few copies").to_le_bytes();
    [&length, &*head, all].concat().into()
}
