//! AVIF: boxes in boxes, and items that lie where a table says.
//!
//! The table counts from the beginning of the file, so nothing is taken out: what programs wrote beside
//! the picture is written over in its place, and what lies behind the last box is cut off. Which way up
//! the picture is stands in a box of its own, never in Exif.

use super::walk::{Fault, Walk, big, count, side};
use super::{Size, upright};
use std::ops::Range;

/// Stretches that are written over, each with what is written.
type Over = Vec<(Range<usize>, Vec<u8>)>;

/// A box: its name, and where its content stands.
type Inner = ([u8; 4], Range<usize>);

/// No picture has more items, nor lies in more places.
const MOST: usize = 4096;

/// Boxes that hold the picture.
const OWN: [&[u8; 4]; 4] = [b"ftyp", b"meta", b"mdat", b"moov"];

/// Boxes of a moving picture that say nothing of what is seen.
const BESIDE: [&[u8; 4]; 5] = [b"udta", b"meta", b"uuid", b"free", b"skip"];

pub(super) fn begins(bytes: &[u8]) -> bool {
    let Some(length) = bytes.get(..4).map(big).filter(|_| bytes.get(4..8) == Some(b"ftyp")) else {
        return false;
    };
    let length = usize::try_from(length).unwrap_or_default().min(bytes.len()).min(256);
    let brands = bytes.get(8..length).unwrap_or_default().chunks_exact(4);
    brands.into_iter().any(|brand| brand == b"avif" || brand == b"avis")
}

pub(super) fn walk(walk: &mut Walk<'_>) -> Result<Size, Fault> {
    let bytes = walk.all();
    let mut over: Over = Vec::new();
    let (mut at, mut told) = (0, None);
    // Where items may lie.
    let mut rooms: Vec<Range<usize>> = Vec::new();
    while at < bytes.len() {
        let has_pixels = !rooms.is_empty();
        let (name, content) = match inner(bytes, at..bytes.len()) {
            Ok(one) if OWN.contains(&&one.0) || told.is_none() || !has_pixels => one,
            // Anything may stand behind the picture.
            Ok((_, content)) => {
                over.push((content.clone(), vec![0; content.len()]));
                at = content.end;
                continue;
            }
            Err(fault) if told.is_none() || !has_pixels || is_own(&bytes[at..]) => {
                return Err(fault);
            }
            Err(_) => break,
        };
        match &name {
            b"meta" if told.is_none() => told = Some(meta(bytes, content.clone())?),
            b"moov" => beside(bytes, content.clone(), 4, &mut over)?,
            b"mdat" => rooms.push(content.clone()),
            b"ftyp" => {}
            _ => over.push((content.clone(), vec![0; content.len()])),
        }
        at = content.end;
    }
    let meta: Meta = told.filter(|_| !rooms.is_empty()).ok_or(Fault::EndsEarly)?;
    // What is cut off behind the last box is never a part of the picture.
    if meta.seen.iter().any(|seen| seen.end > at) {
        return Err(Fault::EndsEarly);
    }
    rooms.push(meta.data);
    for (item, _) in &meta.unseen {
        let lies = rooms.iter().any(|room| room.start <= item.start && item.end <= room.end);
        let hides = meta.seen.iter().any(|seen| seen.start < item.end && item.start < seen.end);
        if !lies || hides {
            return Err(Fault::Broken);
        }
    }
    over.extend(meta.unseen);
    write_over(walk, over, at);
    Ok(meta.size)
}

/// Keeps all up to an end, with stretches written over.
fn write_over(walk: &mut Walk<'_>, mut over: Over, end: usize) {
    over.sort_by_key(|(range, _)| range.start);
    let mut at = 0;
    for (range, other) in over {
        // Two items in one place are written over once.
        if range.start >= at && range.end <= end {
            walk.keep(at..range.start);
            at = range.end;
            walk.put(range, other);
        }
    }
    walk.keep(at..end);
}

fn is_own(bytes: &[u8]) -> bool {
    bytes.get(4..8).is_some_and(|name| OWN.iter().any(|own| name == *own))
}

/// The box that begins a stretch.
fn inner(bytes: &[u8], stretch: Range<usize>) -> Result<Inner, Fault> {
    let rest = bytes.get(stretch.clone()).ok_or(Fault::EndsEarly)?;
    let name = rest.get(4..8).ok_or(Fault::EndsEarly)?;
    let (head, length) = match big(&rest[..4]) {
        0 => (8, rest.len()),
        1 => (16, count(big(rest.get(8..16).ok_or(Fault::EndsEarly)?))?),
        length => (8, count(length)?),
    };
    if length < head {
        return Err(Fault::Broken);
    }
    if length > rest.len() {
        return Err(Fault::EndsEarly);
    }
    let name = name.try_into().map_err(|_| Fault::EndsEarly)?;
    Ok((name, stretch.start + head..stretch.start + length))
}

/// All boxes in a stretch.
fn all(bytes: &[u8], mut stretch: Range<usize>) -> Result<Vec<Inner>, Fault> {
    let mut boxes = Vec::new();
    while !stretch.is_empty() {
        let one = inner(bytes, stretch.clone())?;
        stretch.start = one.1.end;
        boxes.push(one);
    }
    Ok(boxes)
}

fn find(boxes: &[Inner], name: &[u8; 4]) -> Option<Range<usize>> {
    boxes.iter().find(|(own, _)| own == name).map(|(_, content)| content.clone())
}

/// Writes over what stands beside a moving picture.
fn beside(bytes: &[u8], stretch: Range<usize>, deep: u8, over: &mut Over) -> Result<(), Fault> {
    for (name, content) in all(bytes, stretch)? {
        if BESIDE.contains(&&name) {
            over.push((content.clone(), vec![0; content.len()]));
        } else if deep > 0 && matches!(&name, b"trak" | b"mdia" | b"minf") {
            beside(bytes, content, deep - 1, over)?;
        }
    }
    Ok(())
}

/// What a picture tells of itself.
struct Meta {
    size: Size,
    /// Where its items lie that are seen.
    seen: Vec<Range<usize>>,
    /// The others, with what is written over each.
    unseen: Over,
    /// Room for items within it.
    data: Range<usize>,
}

fn meta(bytes: &[u8], content: Range<usize>) -> Result<Meta, Fault> {
    let boxes = all(bytes, content.start + 4..content.end)?;
    let size = size(bytes, find(&boxes, b"iprp").ok_or(Fault::Broken)?)?;
    let kinds = match find(&boxes, b"iinf") {
        Some(content) => unseen(bytes, content)?,
        None => Vec::new(),
    };
    let data = find(&boxes, b"idat").unwrap_or_default();
    let (mut seen, mut unseen) = (Vec::new(), Vec::new());
    let places = find(&boxes, b"iloc").map(|content| places(bytes, content, &data));
    for (item, place) in places.transpose()?.unwrap_or_default() {
        if bytes.get(place.clone()).is_none() {
            return Err(Fault::EndsEarly);
        }
        match kinds.iter().find(|(own, _)| *own == item) {
            Some((_, kind)) => {
                let other = instead(kind, place.len());
                unseen.push((place, other));
            }
            None => seen.push(place),
        }
    }
    Ok(Meta { size, seen, unseen, data })
}

/// What stands in the place of an item that is not seen.
fn instead(kind: &[u8], length: usize) -> Vec<u8> {
    if kind != b"Exif" {
        return vec![b' '; length];
    }
    // Exif that says nothing, for those who read it; before it, how far it is to it.
    let mut exif = [&[0; 4], &upright::alone(1)[..]].concat();
    exif.resize(length, 0);
    exif
}

/// The size of the largest item, turned where one is.
fn size(bytes: &[u8], content: Range<usize>) -> Result<Size, Fault> {
    let boxes = all(bytes, content)?;
    let boxes = all(bytes, find(&boxes, b"ipco").ok_or(Fault::Broken)?)?;
    let told = |name: &'static [u8; 4]| {
        boxes.iter().filter(move |(own, _)| own == name).map(|(_, content)| &bytes[content.clone()])
    };
    let sizes = told(b"ispe").filter_map(|told| Some((told.get(4..8)?, told.get(8..12)?)));
    let sizes =
        sizes.filter_map(|(width, height)| Size::of(side(big(width)), side(big(height))).ok());
    let largest = sizes.max_by_key(|size| u64::from(size.width) * u64::from(size.height));
    let is_turned = told(b"irot").any(|told| told.first().is_some_and(|turns| turns % 2 == 1));
    Ok(largest.ok_or(Fault::Broken)?.turned(if is_turned { 6 } else { 1 }))
}

/// The items that are not seen, each with its kind.
fn unseen(bytes: &[u8], content: Range<usize>) -> Result<Vec<(u64, &[u8])>, Fault> {
    let version = *bytes[content.clone()].first().ok_or(Fault::Broken)?;
    let head = if version == 0 { 6 } else { 8 };
    let mut items = Vec::new();
    for (_, content) in all(bytes, content.start + head..content.end)? {
        let mut item = Walk::of(&bytes[content]);
        let version = item.pass(4)?[0];
        let id = big(item.pass(if version < 3 { 2 } else { 4 })?);
        item.pass(2)?;
        let kind = item.pass(4)?;
        if matches!(kind, b"Exif" | b"mime" | b"uri ") {
            items.push((id, kind));
        }
        if items.len() > MOST {
            return Err(Fault::Broken);
        }
    }
    Ok(items)
}

/// Where each item lies; an item may lie in several places.
fn places(
    bytes: &[u8],
    content: Range<usize>,
    data: &Range<usize>,
) -> Result<Vec<(u64, Range<usize>)>, Fault> {
    let mut table = Walk::of(&bytes[content]);
    let version = table.pass(4)?[0];
    let widths = table.pass(2)?;
    let width = |nth: usize| usize::from(widths[nth / 2] >> (4 * (1 - nth % 2)) & 15).min(8);
    let (short, index) = (if version < 2 { 2 } else { 4 }, if version == 0 { 0 } else { width(3) });
    let mut places = Vec::new();
    for _ in 0..big(table.pass(short)?) {
        let item = big(table.pass(short)?);
        let way = if version == 0 { 0 } else { big(table.pass(2)?) & 15 };
        table.pass(2)?;
        let base = big(table.pass(width(2))?);
        for _ in 0..big(table.pass(2)?) {
            table.pass(index)?;
            let (offset, length) = (big(table.pass(width(0))?), big(table.pass(width(1))?));
            let from = if way == 1 { data.start as u64 } else { 0 };
            let start = from.checked_add(base).and_then(|start| start.checked_add(offset));
            let start = start.ok_or(Fault::EndsEarly)?;
            let end = start.checked_add(length).ok_or(Fault::EndsEarly)?;
            places.push((item, count(start)?..count(end)?));
            if places.len() > MOST {
                return Err(Fault::Broken);
            }
        }
    }
    Ok(places)
}
