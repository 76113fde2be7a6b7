//! Which way up a picture is shown: the one thing that Exif says of what is seen.

use super::walk::{big, little};

/// What Exif begins with in a JPEG, and with some writers elsewhere.
pub(super) const EXIF: &[u8] = b"Exif\0\0";

/// The number of the field that tells it.
const ORIENTATION: u32 = 0x0112;

/// How a picture is turned or mirrored, from 2 to 8; 1 where it is shown as it is.
pub(super) fn orientation(exif: &[u8]) -> u8 {
    let tiff = exif.strip_prefix(EXIF).unwrap_or(exif);
    field(tiff).filter(|way| (2..=8).contains(way)).unwrap_or(1)
}

fn field(tiff: &[u8]) -> Option<u8> {
    let number = |bytes: &[u8]| match tiff.starts_with(b"MM") {
        true => u32::try_from(big(bytes)).unwrap_or_default(),
        false => little(bytes),
    };
    if !tiff.starts_with(b"II*\0") && !tiff.starts_with(b"MM\0*") {
        return None;
    }
    let first = number(tiff.get(4..8)?) as usize;
    let fields = tiff.get(first..)?;
    let count = number(fields.get(..2)?) as usize;
    let mut fields = fields[2..].chunks_exact(12).take(count);
    let told = fields.find(|field| number(&field[..2]) == ORIENTATION)?;
    u8::try_from(number(&told[8..10])).ok()
}

/// Exif that says nothing else.
pub(super) fn alone(orientation: u8) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    tiff.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    tiff
}
