//! Keys: what stands for a value's content; two values of one key are the same.

use serde::{Deserialize, Serialize};
use std::fmt::{self, Debug, Write};

/// What stands for a content: the first half of its BLAKE3 hash.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Key([u8; 16]);

impl Key {
    /// The key of bytes.
    pub fn of(bytes: impl AsRef<[u8]>) -> Key {
        Key::done(&blake3::hash(bytes.as_ref()))
    }

    /// The key of bytes that come in pieces: that of all of them, one behind the other.
    pub fn of_pieces<'b>(pieces: impl IntoIterator<Item = &'b [u8]>) -> Key {
        let mut hash = blake3::Hasher::new();
        pieces.into_iter().for_each(|piece| {
            hash.update(piece);
        });
        Key::done(&hash.finalize())
    }

    /// The key of a value, by all that its `Debug` tells; figures tell their digits there.
    pub fn told(value: &impl Debug) -> Key {
        let mut hasher = Hasher::default();
        write!(hasher, "{value:?}").expect("a hasher takes any text");
        hasher.key()
    }

    /// The key as a number, for sums that know no order.
    pub fn number(self) -> u128 {
        u128::from_le_bytes(self.0)
    }

    /// The key that a number stands for.
    pub fn from_number(number: u128) -> Key {
        Key(number.to_le_bytes())
    }

    /// One key for several, in their order.
    pub fn all(keys: impl IntoIterator<Item = Key>) -> Key {
        let mut hasher = Hasher::default();
        keys.into_iter().for_each(|key| hasher.take(&key.0));
        hasher.key()
    }

    fn done(hash: &blake3::Hash) -> Key {
        let mut key = [0; 16];
        key.copy_from_slice(&hash.as_bytes()[..16]);
        Key(key)
    }
}

/// Gathers bytes, so that the hash is made of long stretches.
#[derive(Default)]
struct Hasher {
    bytes: Vec<u8>,
    hash: blake3::Hasher,
}

/// So much is gathered.
const STRETCH: usize = 64 << 10;

impl Hasher {
    fn take(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        if self.bytes.len() >= STRETCH {
            self.hash.update(&self.bytes);
            self.bytes.clear();
        }
    }

    fn key(mut self) -> Key {
        self.hash.update(&self.bytes);
        Key::done(&self.hash.finalize())
    }
}

impl Write for Hasher {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.take(text.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    #[test]
    fn equal_content_has_one_key_and_digits_count() {
        assert_eq!(Key::of("ab"), Key::of(b"ab"));
        assert_ne!(Key::of("ab"), Key::of("a"));
        assert_eq!(Key::told(&vec![1, 2]), Key::told(&[1, 2]));
        let digits = |text| Decimal::from_str_exact(text).expect("a number");
        assert_eq!(digits("1.0"), digits("1.00"));
        assert_ne!(Key::told(&digits("1.0")), Key::told(&digits("1.00")));
        assert_ne!(Key::all([Key::of("a"), Key::of("b")]), Key::all([Key::of("b"), Key::of("a")]));
        let long = vec![7u32; 50_000];
        assert_ne!(Key::told(&long), Key::told(&long[1..].to_vec()));
    }
}
