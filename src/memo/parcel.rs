//! Parcels: parts in one row of bytes, each with its length before it, so that many threads can make
//! them, look through them and take them apart.

use super::Key;
use rayon::prelude::*;

/// What stands before a part: how many bytes it has.
const LENGTH: usize = 8;

/// What stands before a part in a parcel.
pub fn before(part: &[u8]) -> [u8; LENGTH] {
    (part.len() as u64).to_le_bytes()
}

/// The parts of a parcel; none, where the bytes are nothing of the kind.
pub fn parts(mut bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut parts = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk::<LENGTH>()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let (part, rest) = rest.split_at_checked(length)?;
        parts.push(part);
        bytes = rest;
    }
    Some(parts)
}

/// One key for all parts in their order, and for some keys before them.
pub fn key(before: &[Key], parts: &[&[u8]]) -> Key {
    let keys: Vec<Key> = parts.par_iter().map(Key::of).collect();
    Key::all(before.iter().copied().chain(keys))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_out_as_they_went_in() {
        let all = [&b"one"[..], &[], &[7; 300]];
        let bytes: Vec<u8> =
            all.iter().flat_map(|part| [&before(part)[..], part].concat()).collect();
        assert_eq!(parts(&bytes).as_deref(), Some(&all[..]));
        assert_eq!(parts(&[]), Some(Vec::new()));
        let cut = (1..bytes.len()).filter(|end| parts(&bytes[..*end]).is_some());
        assert_eq!(cut.collect::<Vec<_>>(), [11, 19], "where a part ends, and nowhere else");
        assert_eq!(parts(&u64::MAX.to_le_bytes()), None);
    }

    #[test]
    fn the_key_knows_each_part_and_where_it_ends() {
        let of = |parts: &[&[u8]]| key(&[Key::of("this")], parts);
        assert_eq!(of(&[b"ab", b"c"]), of(&[b"ab", b"c"]));
        assert_ne!(of(&[b"ab", b"c"]), of(&[b"a", b"bc"]));
        assert_ne!(of(&[b"ab"]), of(&[b"ab", b""]));
        assert_ne!(of(&[b"ab"]), key(&[Key::of("that")], &[b"ab"]));
    }
}
