//! Columns in letters: the values and the ranks of all rows, each in as many letters as the largest
//! needs.

/// The letters that stand for 0 to 51.
const LETTERS: &[u8; 52] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// A number in so many letters, the first counting most.
pub(super) fn letters(number: usize, width: usize) -> String {
    let mut out = String::with_capacity(width);
    put(number, width, &mut out);
    out
}

fn put(number: usize, width: usize, out: &mut String) {
    for place in (0..width).rev() {
        let nth = number / LETTERS.len().pow(u32::try_from(place).unwrap_or_default());
        out.push(char::from(LETTERS[nth % LETTERS.len()]));
    }
}

/// In how many letters numbers up to this one are written.
fn width(most: usize) -> usize {
    let mut width = 1;
    let mut room = LETTERS.len();
    while room <= most {
        room *= LETTERS.len();
        width += 1;
    }
    width
}

/// The values of each row, from 1; how many letters one takes, and whether a row can have several.
///
/// Where none has several, each takes its place and 0 stands for none; else rows end with a space.
pub(super) fn values(of: &[Vec<usize>], count: usize) -> (usize, bool, String) {
    let width = width(count);
    let several = of.iter().any(|values| values.len() > 1);
    let mut text = String::with_capacity(of.len() * (width + 1));
    for values in of {
        match several {
            true => {
                values.iter().for_each(|value| put(value + 1, width, &mut text));
                text.push(' ');
            }
            false => put(values.first().map_or(0, |value| value + 1), width, &mut text),
        }
    }
    (width, several, text)
}

/// The rank of each row, and how many letters one takes.
pub(super) fn ranks(ranks: &[usize]) -> (usize, String) {
    let width = width(ranks.iter().copied().max().unwrap_or_default());
    let mut text = String::with_capacity(ranks.len() * width);
    ranks.iter().for_each(|rank| put(*rank, width, &mut text));
    (width, text)
}

/// The rank of each key among all of them, from 1; equal keys have one rank, and none has 0.
pub(super) fn ranked<T: Ord>(keys: &[Option<T>]) -> Vec<usize> {
    let mut told: Vec<&T> = keys.iter().flatten().collect();
    told.sort_unstable();
    told.dedup();
    let rank = |key: &Option<T>| match key {
        Some(key) => told.partition_point(|other| *other <= key),
        None => 0,
    };
    keys.iter().map(rank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_as_many_letters_as_the_largest() {
        assert_eq!([0, 1, 51].map(|n| letters(n, 1)), ["A", "B", "z"]);
        assert_eq!([0, 52, 2703].map(|n| letters(n, 2)), ["AA", "BA", "zz"]);
        assert_eq!([51, 52, 2703, 2704].map(width), [1, 2, 2, 3]);
    }

    #[test]
    fn rows_have_their_values() {
        assert_eq!(values(&[vec![0], vec![], vec![2]], 3), (1, false, "BAD".into()));
        assert_eq!(values(&[vec![0, 2], vec![], vec![1]], 3), (1, true, "BD  C ".into()));
    }

    #[test]
    fn equal_keys_have_one_rank_and_none_has_none() {
        assert_eq!(ranked(&[Some(30), None, Some(10), Some(30)]), [2, 0, 1, 2]);
        assert_eq!(ranks(&[2, 0, 1, 60]), (2, "ACAAABBI".into()));
    }
}
