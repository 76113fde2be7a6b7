//! The words themselves, for a reader who mistyped one letter: in their order, and in the order of
//! what they are from behind, as an error at the beginning leaves the end.

use super::digits::letter;
use super::gather::MEANT;
use super::shards::{Group, cut, shared, signs};

/// Words of these lengths are offered.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=24;

/// Signs for how many pages have a word: each for twice as many as the one before.
const COUNTS: &[u8; 16] = b"!#$%()*+,-./:;=?";

/// The words in one order, cut into parts: what each says, and by what is known which one to read.
pub(super) struct Vocabulary {
    pub texts: Vec<String>,
    pub signs: String,
}

/// The words to offer, with about how many pages have each: those that more than one page has or
/// that stand where they are meant. A word that one text has is a slip as likely as not. Words with
/// digits are none: what is one digit away is another number.
pub(super) fn offered<'g>(groups: &'g [Group<'g>]) -> Vec<(&'g str, usize)> {
    let known = |group: &&Group<'_>| {
        group.pages.len() > 1 || group.pages.iter().any(|at| at.place() <= MEANT)
    };
    let fits = |form: &&str| {
        LENGTHS.contains(&form.chars().count()) && !form.bytes().any(|byte| byte.is_ascii_digit())
    };
    let of = |group: &'g Group<'g>| {
        let count = group.pages.len().max(1).ilog2() as usize;
        group.forms.iter().copied().filter(fits).map(move |form| (form, count))
    };
    groups.iter().filter(known).flat_map(of).collect()
}

/// A word from behind.
pub(super) fn reversed(word: &str) -> String {
    word.chars().rev().collect()
}

/// Words cut into parts.
pub(super) fn vocabulary(words: &[(impl AsRef<str>, usize)], parts: usize) -> Vocabulary {
    let word = |at: usize| words[at].0.as_ref();
    let begins = cut((0..words.len()).map(|at| (word(at), 1)), parts);
    let mut all = String::new();
    super::shards::spelled(signs(&begins, word, words.len()).into_iter(), &mut all);
    let ends = begins.iter().skip(1).copied().chain([words.len()]);
    let texts = begins.iter().zip(ends).map(|(from, to)| {
        let (mut text, mut last) = (String::new(), "");
        for at in *from..to {
            let same = shared(last, word(at));
            text.push(letter(same.0));
            text.push_str(&word(at)[same.1..]);
            text.push(char::from(COUNTS[words[at].1.min(COUNTS.len() - 1)]));
            last = word(at);
        }
        text
    });
    Vocabulary { texts: texts.collect(), signs: all }
}

#[cfg(test)]
mod tests {
    use super::super::kept::At;
    use super::*;

    #[test]
    fn words_of_one_text_and_numbers_are_not_offered() {
        let group = |forms: &[&'static str], pages: &[(u32, u8)]| Group {
            forms: forms.to_vec(),
            pages: pages.iter().map(|(page, place)| At::new(*page, *place)).collect(),
        };
        let groups = [
            group(&["claim", "claims"], &[(0, 5), (1, 5), (4, 5), (5, 5)]),
            group(&["once"], &[(0, 5)]),
            group(&["titled"], &[(0, 0)]),
            group(&["2024", "pay", "9times"], &[(0, 0), (1, 0)]),
        ];
        assert_eq!(offered(&groups), [("claim", 2), ("claims", 2), ("titled", 0)]);
        let found = vocabulary(&offered(&groups), 1);
        assert_eq!(found.texts, ["Aclaim$Fs$Atitled!"]);
        assert_eq!((found.signs.as_str(), reversed("straße")), ("A", "eßarts".to_string()));
    }
}
