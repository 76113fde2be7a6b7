//! WebP: chunks in a RIFF, each with its name and its length, filled up to an even one.
//!
//! Kept are the chunks that decide what is seen, those within the frames of a moving picture among
//! them, and of Exif which way up the picture is.

use super::Size;
use super::upright;
use super::walk::{Fault, Walk, count, little};
use std::ops::Range;

/// What is seen depends on these.
const SEEN: &[&[u8]] = &[b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];

/// In the first byte of VP8X: there is Exif; there is XMP.
const EXIF: u8 = 0x08;
const XMP: u8 = 0x04;

/// Where a frame's own chunks begin.
const FRAME: usize = 16;

/// A chunk: its name, its body, and all of it up to the next.
struct Chunk<'b> {
    name: &'b [u8],
    body: &'b [u8],
    all: Range<usize>,
}

pub(super) fn walk(walk: &mut Walk<'_>) -> Result<Size, Fault> {
    let head = walk.pass(12)?;
    let end = count(8 + u64::from(little(&head[4..8])))?;
    let bytes = walk.all().get(..end).ok_or(Fault::EndsEarly)?;
    let chunks = chunks(bytes, 12)?;
    let first = chunks.first().ok_or(Fault::Broken)?;
    let size = size(first.name, first.body)?;
    let has_pixels = chunks.iter().any(|one| matches!(one.name, b"VP8 " | b"VP8L" | b"ANMF"));
    let exif = chunks.iter().position(|one| one.name == b"EXIF");
    let orientation = exif.map_or(1, |at| upright::orientation(chunks[at].body));
    let mut kept: Vec<(Range<usize>, Option<Vec<u8>>)> = Vec::new();
    for (at, one) in chunks.iter().enumerate() {
        let other = match one.name {
            b"VP8X" => {
                let way = if orientation == 1 { 0 } else { EXIF };
                let (flags, rest) = one.body.split_first().ok_or(Fault::Broken)?;
                Some(chunk(one.name, &[&[flags & !(EXIF | XMP) | way], rest].concat()))
            }
            b"ANMF" => Some(chunk(one.name, &frame(one.body)?)),
            b"EXIF" if orientation != 1 && exif == Some(at) => {
                Some(chunk(one.name, &upright::alone(orientation)))
            }
            name if SEEN.contains(&name) => None,
            _ => continue,
        };
        kept.push((one.all.clone(), other));
    }
    let lengths = kept.iter().map(|(all, other)| other.as_ref().map_or(all.len(), Vec::len));
    let length = u32::try_from(4 + lengths.sum::<usize>()).map_err(|_| Fault::Broken)?;
    walk.put(0..12, [b"RIFF", &length.to_le_bytes()[..], b"WEBP"].concat());
    for (all, other) in kept {
        match other {
            Some(other) => walk.put(all, other),
            None => walk.keep(all),
        }
    }
    // Browsers disagree on whether they turn a WebP: its Exif stays, and its size is that of its pixels.
    if has_pixels { Ok(size) } else { Err(Fault::Broken) }
}

/// Whether what it lost to be small can be lost again, as nothing shines through it; none, where it
/// moves, or where browsers disagree on which way up it is.
pub(super) fn is_lossy(bytes: &[u8]) -> Option<bool> {
    let chunks = chunks(bytes, 12).ok()?;
    let has = |name: &[u8]| chunks.iter().any(|one| one.name == name);
    match has(b"ANMF") || has(b"ANIM") || has(b"EXIF") {
        true => None,
        false => Some(has(b"VP8 ") && !has(b"ALPH")),
    }
}

/// The chunks that begin at a position.
fn chunks(bytes: &[u8], mut at: usize) -> Result<Vec<Chunk<'_>>, Fault> {
    let mut chunks = Vec::new();
    while at < bytes.len() {
        let head = bytes.get(at..at + 8).ok_or(Fault::EndsEarly)?;
        let length = count(u64::from(little(&head[4..8])))?;
        let rest = &bytes[at + 8..];
        let body = rest.get(..length).ok_or(Fault::EndsEarly)?;
        let end = (at + 8 + length + length % 2).min(bytes.len());
        chunks.push(Chunk { name: &head[..4], body, all: at..end });
        at = end;
    }
    Ok(chunks)
}

/// A chunk as it is written.
fn chunk(name: &[u8], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).expect("it is no longer than the one it was read from");
    let fill: &[u8] = if body.len() % 2 == 1 { &[0] } else { &[] };
    [name, &length.to_le_bytes(), body, fill].concat()
}

/// A frame without chunks that are not seen.
fn frame(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut frame = bytes.get(..FRAME).ok_or(Fault::Broken)?.to_vec();
    let seen = chunks(bytes, FRAME)?.into_iter().filter(|one| SEEN.contains(&one.name));
    seen.for_each(|one| frame.extend(chunk(one.name, one.body)));
    Ok(frame)
}

fn size(name: &[u8], body: &[u8]) -> Result<Size, Fault> {
    const SIDE: u32 = 0x3fff;
    match (name, body) {
        (b"VP8X", [_, _, _, _, size @ ..]) if size.len() == 6 => {
            Size::of(little(&size[..3]) + 1, little(&size[3..]) + 1)
        }
        (b"VP8 ", [_, _, _, 0x9d, 0x01, 0x2a, a, b, c, d, ..]) => {
            Size::of(little(&[*a, *b]) & SIDE, little(&[*c, *d]) & SIDE)
        }
        (b"VP8L", [0x2f, a, b, c, d, ..]) => {
            let both = little(&[*a, *b, *c, *d]);
            Size::of((both & SIDE) + 1, (both >> 14 & SIDE) + 1)
        }
        _ => Err(Fault::Broken),
    }
}
