//! Parcels: parts in one row of bytes, each with its length before it, and the key of all behind
//! them, so that parts are made and taken apart by many threads and none is kept longer than needed.

use super::Key;
use rayon::prelude::*;
use std::iter::from_fn;

/// What stands before a part: how many bytes it has.
const LENGTH: usize = 8;
const KEY: usize = 16;

/// The bytes of a parcel, a piece at a time. Its key knows the keys that stand before it, too.
pub fn tied<'p>(
    before: &[Key],
    mut parts: impl Iterator<Item = Vec<u8>> + 'p,
) -> impl Iterator<Item = Vec<u8>> + 'p {
    let mut keys = Some(before.to_vec());
    let pieces = from_fn(move || match parts.next() {
        Some(part) => {
            keys.as_mut()?.push(Key::of(&part));
            Some([(part.len() as u64).to_le_bytes().to_vec(), part])
        }
        None => Some([Key::all(keys.take()?).number().to_le_bytes().to_vec(), Vec::new()]),
    });
    pieces.flatten()
}

/// The parts of a parcel; none, where the bytes are not those of one, or not with these keys before.
pub fn untied<'b>(before: &[Key], bytes: &'b [u8]) -> Option<Vec<&'b [u8]>> {
    let (mut bytes, key) = bytes.split_last_chunk::<KEY>()?;
    let mut parts = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk::<LENGTH>()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let (part, rest) = rest.split_at_checked(length)?;
        parts.push(part);
        bytes = rest;
    }
    let keys: Vec<Key> = parts.par_iter().map(Key::of).collect();
    let whole = Key::all(before.iter().copied().chain(keys));
    (whole.number().to_le_bytes() == *key).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_out_as_they_went_in_and_only_whole() {
        let (all, this) = ([b"one".to_vec(), Vec::new(), vec![7; 300]], [Key::of("this")]);
        let of =
            |parts: &[Vec<u8>]| tied(&this, parts.iter().cloned()).collect::<Vec<_>>().concat();
        let bytes = of(&all);
        assert_eq!(untied(&this, &bytes), Some(all.iter().map(Vec::as_slice).collect()));
        assert_eq!(untied(&this, &of(&[])), Some(Vec::new()));
        assert_eq!(untied(&[Key::of("that")], &bytes), None);
        for at in 0..bytes.len() {
            assert_eq!(untied(&this, &bytes[..at]), None, "cut at {at}");
            let mut turned = bytes.clone();
            turned[at] ^= 1;
            assert_eq!(untied(&this, &turned), None, "turned at {at}");
        }
        assert_eq!(untied(&this, &[0xff; 24]), None);
    }
}
