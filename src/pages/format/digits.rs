//! The digits of a number, written where they are needed: a site has millions of them, and
//! `Decimal` divides three words by ten for each and writes through the formatter.

use rust_decimal::Decimal;

/// The digits of a number without its sign, the same that `Decimal` writes.
#[derive(Clone, Copy, Debug)]
pub(in crate::pages) struct Digits {
    bytes: [u8; ROOM],
    from: usize,
    point: usize,
}

/// A decimal has 29 digits at most, and 28 behind the point.
const ROOM: usize = 32;

impl Digits {
    /// The digits of a number.
    pub fn of(value: Decimal) -> Digits {
        let mut bytes = [b'0'; ROOM];
        let point = ROOM - (value.scale() as usize).min(ROOM - 1);
        let mut at = ROOM;
        let mut put = |digit: u64| {
            at -= 1;
            bytes[at] = b'0' + digit as u8;
        };
        let mut long = value.mantissa().unsigned_abs();
        while long > u128::from(u64::MAX) {
            put((long % 10) as u64);
            long /= 10;
        }
        let mut rest = long as u64;
        while rest > 0 {
            put(rest % 10);
            rest /= 10;
        }
        // There is a digit before the point.
        Digits { bytes, from: at.min(point - 1), point }
    }

    /// Those before the point.
    pub fn whole(&self) -> &str {
        std::str::from_utf8(&self.bytes[self.from..self.point]).unwrap_or_default()
    }

    /// Those behind it.
    pub fn part(&self) -> &str {
        std::str::from_utf8(&self.bytes[self.point..]).unwrap_or_default()
    }
}

/// A number as `Decimal` itself writes it.
pub(in crate::pages) fn put_raw(out: &mut String, value: Decimal) {
    let digits = Digits::of(value);
    if value.is_sign_negative() {
        out.push('-');
    }
    out.push_str(digits.whole());
    if !digits.part().is_empty() {
        out.push('.');
        out.push_str(digits.part());
    }
}

/// A whole number.
pub(in crate::pages) fn put_whole(out: &mut String, number: i64) {
    let mut bytes = [b'0'; 20];
    let (mut at, mut rest) = (bytes.len(), number.unsigned_abs());
    while rest > 0 {
        at -= 1;
        bytes[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    if number < 0 {
        out.push('-');
    }
    let at = at.min(bytes.len() - 1);
    out.push_str(std::str::from_utf8(&bytes[at..]).unwrap_or_default());
}

/// A number as a text of its own, as `Decimal` itself writes it.
pub(in crate::pages) fn raw(value: Decimal) -> String {
    let mut out = String::with_capacity(16);
    put_raw(&mut out, value);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_those_of_the_formatter() {
        for number in [0, 7, -7, 10, 640, -640, 1_000_000, i64::MAX, i64::MIN] {
            let mut out = String::new();
            put_whole(&mut out, number);
            assert_eq!(out, number.to_string());
        }
    }

    #[test]
    fn digits_are_those_that_a_decimal_writes() {
        let mut mantissa: i128 = 1;
        let largest = Decimal::MAX.mantissa();
        for nth in 0..6_000_u32 {
            // All lengths and scales, of both signs, and the edges of a word.
            mantissa = (mantissa * 7 + i128::from(nth)) % largest;
            let short = mantissa >> (nth % 96);
            for mantissa in [mantissa, short, -short, i128::from(u64::MAX) + i128::from(nth), 0] {
                let value = Decimal::from_i128_with_scale(mantissa, nth % 29);
                assert_eq!(raw(value), value.to_string());
            }
        }
        for value in [Decimal::MAX, Decimal::MIN, -Decimal::ZERO, Decimal::new(-1, 28)] {
            assert_eq!(raw(value), value.to_string());
        }
    }
}
