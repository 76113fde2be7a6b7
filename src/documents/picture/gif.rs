//! GIF: a screen, then frames and blocks about them.
//!
//! Kept are frames, how each is shown, and how often all are; gone are comments and what else programs
//! wrote between them.

use super::Size;
use super::walk::{Fault, Walk, little};

/// Blocks that say how often the frames are shown.
const LOOPS: [&[u8]; 2] = [b"NETSCAPE2.0", b"ANIMEXTS1.0"];

pub(super) fn walk(walk: &mut Walk<'_>) -> Result<Size, Fault> {
    let head = walk.pass(13)?;
    colors(walk, head[10])?;
    walk.keep_since(0);
    let size = Size::of(little(&head[6..8]), little(&head[8..10]))?;
    let mut frames = 0;
    loop {
        let start = walk.at();
        match walk.byte()? {
            0x21 => match walk.byte()? {
                // How the next frame is shown.
                0xf9 => {
                    let told = walk.pass(6)?;
                    if told[0] != 4 || told[5] != 0 {
                        return Err(Fault::Broken);
                    }
                    walk.keep_since(start);
                }
                0xff => {
                    let length = walk.byte()?;
                    let name = walk.pass(usize::from(length))?;
                    let first = walk.at();
                    blocks(walk)?;
                    let told = &walk.all()[first..walk.at()];
                    if let ([3, 1, low, high, ..], true) = (told, LOOPS.contains(&name)) {
                        let loops = [&[0x21, 0xff, length], name, &[3, 1, *low, *high, 0]].concat();
                        walk.put(start..walk.at(), loops);
                    }
                }
                _ => blocks(walk)?,
            },
            0x2c => {
                let head = walk.pass(9)?;
                colors(walk, head[8])?;
                walk.byte()?;
                blocks(walk)?;
                walk.keep_since(start);
                frames += 1;
            }
            0x3b if frames > 0 => {
                walk.keep_since(start);
                return Ok(size);
            }
            _ => return Err(Fault::Broken),
        }
    }
}

/// Passes a table of colors, where the flags say that there is one.
fn colors(walk: &mut Walk<'_>, flags: u8) -> Result<(), Fault> {
    let has_table = flags & 0x80 != 0;
    walk.pass(if has_table { 3 << ((flags & 7) + 1) } else { 0 }).map(|_| ())
}

/// Passes blocks of up to 255 bytes, the last of which is empty.
fn blocks(walk: &mut Walk<'_>) -> Result<(), Fault> {
    loop {
        match walk.byte()? {
            0 => return Ok(()),
            length => walk.pass(usize::from(length))?,
        };
    }
}
