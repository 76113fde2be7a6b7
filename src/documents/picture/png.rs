//! PNG: chunks one behind the other, each with its length, its name and a sum.
//!
//! Kept are the chunks that decide what is seen, those of moving pictures among them, and of Exif which
//! way up the picture is.

use super::Size;
use super::upright;
use super::walk::{Fault, Walk, big, count, side};

/// What is seen depends on these.
const SEEN: &[&[u8]] = &[
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
    b"cICP", b"mDCV", b"mDCv", b"cLLI", b"cLLi", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

pub(super) fn walk(walk: &mut Walk<'_>) -> Result<Size, Fault> {
    walk.pass(8)?;
    walk.keep_since(0);
    let (mut size, mut orientation, mut has_pixels) = (None, 1, false);
    loop {
        let start = walk.at();
        let length = count(big(walk.pass(4)?))?;
        let name = walk.pass(4)?;
        let body = walk.pass(length)?;
        walk.pass(4)?;
        let range = start..walk.at();
        match name {
            b"IHDR" if size.is_none() && length == 13 => {
                size = Some(Size::of(side(big(&body[..4])), side(big(&body[4..8])))?);
            }
            _ if size.is_none() || name == b"IHDR" => return Err(Fault::Broken),
            b"IDAT" => has_pixels = true,
            b"IEND" if !has_pixels || length > 0 => return Err(Fault::Broken),
            b"eXIf" if orientation == 1 => {
                orientation = upright::orientation(body);
                if orientation != 1 {
                    walk.put(range.clone(), chunk(name, &upright::alone(orientation)));
                }
            }
            _ => {}
        }
        if SEEN.contains(&name) {
            walk.keep(range);
        } else if name[0].is_ascii_uppercase() {
            // No one shows a picture with a chunk that it must know and does not.
            return Err(Fault::Broken);
        }
        if name == b"IEND" {
            return size.map(|size| size.turned(orientation)).ok_or(Fault::Broken);
        }
    }
}

/// Whether it stands still, and its colors are those of most screens or told by a profile that a copy
/// can take along.
pub(super) fn is_plain(bytes: &[u8]) -> bool {
    // One part in 2.2, as it is written; and the three colors and the white of sRGB.
    const GAMMA: u64 = 45_455;
    const COLORS: [u64; 8] = [31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000];
    let (mut is_usual, mut is_told) = (true, false);
    let mut rest = bytes.get(8..).unwrap_or_default();
    while let Some((length, name)) = rest.get(..4).zip(rest.get(4..8)) {
        let end = usize::try_from(big(length)).ok().and_then(|length| length.checked_add(12));
        let Some(all) = end.and_then(|end| rest.get(..end)) else { break };
        let body = &all[8..all.len() - 4];
        match name {
            b"acTL" | b"cICP" | b"mDCV" | b"mDCv" | b"cLLI" | b"cLLi" => return false,
            b"sRGB" | b"iCCP" => is_told = true,
            b"gAMA" => is_usual &= big(body).abs_diff(GAMMA) < 500,
            b"cHRM" => is_usual &= body.chunks(4).map(big).eq(COLORS),
            b"IDAT" => break,
            _ => {}
        }
        rest = &rest[all.len()..];
    }
    is_told || is_usual
}

/// A chunk as it is written.
fn chunk(name: &[u8], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).expect("it is a few bytes long");
    let named = [name, body].concat();
    let sum = sum(&named);
    [&length.to_be_bytes(), &*named, &sum.to_be_bytes()].concat()
}

/// The sum behind a chunk: CRC-32, as PNG has it.
fn sum(bytes: &[u8]) -> u32 {
    let sum = bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            let low = sum & 1;
            (sum >> 1) ^ (low * 0xedb8_8320)
        })
    });
    !sum
}
