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
