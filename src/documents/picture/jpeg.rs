//! JPEG: segments one behind the other, and scans between them.
//!
//! Kept are tables, frames and scans, the color profile, and of Exif which way up the picture is. Gone
//! are all else that programs wrote, comments, thumbnails, and further pictures behind the end.

use super::Size;
use super::upright::{self, EXIF};
use super::walk::{Fault, Walk, big, side};
use memchr::memchr;

pub(super) fn walk(walk: &mut Walk<'_>) -> Result<Size, Fault> {
    walk.pass(2)?;
    walk.keep_since(0);
    let (mut size, mut orientation, mut scans) = (None, None, 0);
    loop {
        let start = walk.at();
        let marker = marker(walk)?;
        match marker {
            0xd9 => {
                walk.put(start..walk.at(), vec![0xff, marker]);
                break;
            }
            // What stands only within scans, what begins another picture, and what is no marker.
            0x00..=0xbf | 0xd0..=0xd8 | 0xf0..=0xfd => return Err(Fault::Broken),
            _ => {}
        }
        let length = big(walk.pass(2)?) as usize;
        let body = walk.pass(length.checked_sub(2).ok_or(Fault::Broken)?)?;
        let range = start..walk.at();
        match marker {
            // A thumbnail may show what was cut away.
            0xe0 if body.starts_with(b"JFIF\0") && body.len() >= 14 => {
                walk.put(range, segment(marker, &[&body[..12], &[0, 0]]));
            }
            0xe1 if body.starts_with(EXIF) && orientation.is_none() => {
                let way = upright::orientation(body);
                orientation = Some(way);
                if way != 1 {
                    walk.put(range, segment(marker, &[EXIF, &upright::alone(way)]));
                }
            }
            0xe2 if body.starts_with(b"ICC_PROFILE\0") => walk.put(range, segment(marker, &[body])),
            // How colors are coded.
            0xee if body.starts_with(b"Adobe") && body.len() >= 12 => {
                walk.put(range, segment(marker, &[&body[..12]]));
            }
            0xe0..=0xef | 0xfe => {}
            _ => {
                if is_frame(marker) {
                    if size.is_some() || body.len() < 6 {
                        return Err(Fault::Broken);
                    }
                    let (height, width) = (side(big(&body[1..3])), side(big(&body[3..5])));
                    size = Some(Size::of(width, height)?);
                }
                walk.put(range, segment(marker, &[body]));
                if marker == 0xda {
                    scan(walk)?;
                    scans += 1;
                }
            }
        }
    }
    let size = size.filter(|_| scans > 0).ok_or(Fault::Broken)?;
    Ok(size.turned(orientation.unwrap_or(1)))
}

/// Passes a marker, before which any number of bytes may fill the room.
fn marker(walk: &mut Walk<'_>) -> Result<u8, Fault> {
    if walk.byte()? != 0xff {
        return Err(Fault::Broken);
    }
    loop {
        match walk.byte()? {
            0xff => {}
            marker => return Ok(marker),
        }
    }
}

fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}

/// Whether it is made of four inks, as for a printing press.
pub(super) fn is_of_inks(bytes: &[u8]) -> bool {
    let mut walk = Walk::of(bytes);
    let frame = walk.pass(2).and_then(|_| {
        loop {
            let marker = marker(&mut walk)?;
            let length = big(walk.pass(2)?) as usize;
            let body = walk.pass(length.checked_sub(2).ok_or(Fault::Broken)?)?;
            if is_frame(marker) {
                return Ok(body.get(5) == Some(&4));
            }
        }
    });
    frame.unwrap_or_default()
}

/// A segment as it is written.
fn segment(marker: u8, parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let length =
        u16::try_from(body.len() + 2).expect("it is no longer than the one it was read from");
    let mut segment = vec![0xff, marker];
    segment.extend(length.to_be_bytes());
    segment.extend(body);
    segment
}

/// Keeps what was scanned, up to the next marker.
fn scan(walk: &mut Walk<'_>) -> Result<(), Fault> {
    let start = walk.at();
    let bytes = &walk.all()[start..];
    let mut length = 0;
    loop {
        let next = memchr(0xff, &bytes[length..]).ok_or(Fault::EndsEarly)?;
        length += next;
        match bytes.get(length + 1).ok_or(Fault::EndsEarly)? {
            // A byte of the scan that looks like a marker, and places to begin again.
            0x00 | 0xd0..=0xd7 => length += 2,
            0xff => length += 1,
            _ => break,
        }
    }
    walk.pass(length)?;
    walk.keep_since(start);
    Ok(())
}
