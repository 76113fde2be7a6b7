//! Numbers in few letters: how the index writes which pages have a word.
//!
//! No digit is among the letters, so that no number that an edition withholds can come about by
//! chance; nor is any sign that ends a text of a script or stands between parts of the index.

/// The letters that stand for 0 to 79.
pub(super) const LETTERS: &[u8; 80] =
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%()*+,-./:;=?@[]^_{|}~'`>";

/// What one letter can say.
const BASE: usize = LETTERS.len();
/// Below this a number is one letter.
const ONE: usize = 60;
/// Below this, two.
const TWO: usize = ONE + (BASE - 1 - ONE) * BASE;
/// So many letters follow the last one, where two are too few.
const LONG: u32 = 4;

/// A letter for a number below 80.
pub(super) fn letter(number: usize) -> char {
    char::from(LETTERS[number % BASE])
}

/// Writes a number in as many letters as it needs.
pub(super) fn number(number: usize, out: &mut String) {
    if number < ONE {
        out.push(letter(number));
    } else if number < TWO {
        let rest = number - ONE;
        out.push(letter(ONE + rest / BASE));
        out.push(letter(rest));
    } else {
        out.push(letter(BASE - 1));
        (0..LONG).rev().for_each(|place| out.push(letter(number / BASE.pow(place))));
    }
}

/// How many letters a number needs.
fn length(number: usize) -> usize {
    match number {
        number if number < ONE => 1,
        number if number < TWO => 2,
        _ => 1 + LONG as usize,
    }
}

/// Writes rising numbers, each as its distance from the one before: or as a bit for each number
/// from the first to the last, six to a letter, where that is shorter. The letter before them says
/// which.
pub(super) fn rising(numbers: &[u32], out: &mut String) {
    let (Some(first), Some(last)) = (numbers.first(), numbers.last()) else { return };
    let steps = numbers.windows(2).map(|pair| (pair[1] - pair[0] - 1) as usize);
    let by_steps: usize = steps.clone().map(length).sum();
    let bits = (last - first) as usize;
    let by_bits = bits.div_ceil(6);
    out.push(letter(usize::from(by_bits < by_steps)));
    number(*first as usize, out);
    if by_steps <= by_bits {
        steps.for_each(|step| number(step, out));
        return;
    }
    let mut held = vec![0_usize; by_bits];
    for bit in numbers[1..].iter().map(|number| (number - first - 1) as usize) {
        held[bit / 6] |= 1 << (bit % 6);
    }
    held.into_iter().for_each(|six| out.push(letter(six)));
}

/// A number in letters, of which the next begins where it ends.
#[cfg(test)]
pub(super) fn read(text: &mut impl Iterator<Item = u8>) -> Option<usize> {
    let mut next = || text.next().and_then(|letter| LETTERS.iter().position(|own| *own == letter));
    let first = next()?;
    Some(match first {
        _ if first < ONE => first,
        _ if first < BASE - 1 => ONE + (first - ONE) * BASE + next()?,
        _ => (0..LONG).try_fold(0, |sum, _| Some(sum * BASE + next()?))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// Reads what `rising` wrote, as `search.js` does.
    fn again(text: &str) -> Vec<u32> {
        let mut letters = text.bytes();
        let as_bits = letters.next() == Some(LETTERS[1]);
        let mut all = vec![read(&mut letters).expect("a number") as u32];
        let mut at = all[0];
        if !as_bits {
            while let Some(step) = read(&mut letters) {
                at += step as u32 + 1;
                all.push(at);
            }
            return all;
        }
        for (nth, six) in letters.enumerate() {
            let six = LETTERS.iter().position(|own| *own == six).expect("a letter");
            let bits = (0..6).filter(|bit| six & (1 << bit) != 0);
            all.extend(bits.map(|bit| at + 1 + (nth * 6 + bit) as u32));
        }
        all
    }

    #[test]
    fn no_letter_stands_for_two_numbers_or_ends_a_text() {
        let each: BTreeSet<u8> = LETTERS.iter().copied().collect();
        assert_eq!(each.len(), LETTERS.len());
        assert!(
            !LETTERS.iter().any(|letter| letter.is_ascii_digit() || b"\"\\<&".contains(letter))
        );
    }

    #[test]
    fn dense_numbers_take_a_bit_each() {
        let mut text = String::new();
        rising(&(0..6001).collect::<Vec<_>>(), &mut text);
        assert_eq!(text.len(), 1002);
        assert_eq!(again(&text), (0..6001).collect::<Vec<_>>());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(numbers in proptest::collection::btree_set(0_u32..3_000_000, 1..200),
                                   near in proptest::collection::btree_set(0_u32..300, 1..200)) {
            for numbers in [numbers, near] {
                let numbers: Vec<u32> = numbers.into_iter().collect();
                let mut text = String::new();
                rising(&numbers, &mut text);
                prop_assert_eq!(again(&text), numbers);
            }
        }
    }
}
