//! What pages say, in the site's language: English phrases, and what stands for them.
//!
//! A phrase is whole: what is filled in has a name, for each language has its own order of words.

use super::Here;
use super::format::NBSP;
use super::view::{Headline, Reckoned, Words};
use rust_decimal::Decimal;

impl<'a> Here<'a> {
    /// What is said for an English phrase.
    pub(super) fn say(&self, phrase: &'a str) -> &'a str {
        self.pages.wording.say(phrase)
    }

    /// What is said for a label in the middle of a sentence: only its first letter is made small,
    /// for the nouns of some languages keep theirs.
    pub(super) fn inline(&self, label: &'a str) -> String {
        small(self.say(label))
    }

    /// A phrase with what is filled in.
    pub(super) fn fill(&self, phrase: &'static str, with: &[(&str, &str)]) -> String {
        filled(self.say(phrase), with)
    }

    /// A span of time in our own measure: `1 day`, `3.3 years`.
    pub(super) fn span(&self, value: Decimal, measure: &'static str) -> String {
        let one = value == Decimal::ONE;
        let word = match measure {
            "days" if one => "day",
            "years" if one => "year",
            many => many,
        };
        format!("{}{NBSP}{}", self.format().number(value), self.say(word))
    }

    /// The phrase for one or for many, with `{n}` filled in.
    pub(super) fn plural(&self, n: usize, one: &'static str, many: &'static str) -> String {
        self.fill(if n == 1 { one } else { many }, &[("n", &self.format().count(n))])
    }
}

impl Headline {
    /// Where a number goes on in words, as in `4,65 Mio. $`, they stand in small letters: in big
    /// ones they would not fit beside the next.
    pub(super) fn fitted(self) -> Headline {
        let (value, small) = fitted(&self.value, &self.small);
        Headline { value, small, ..self }
    }
}

impl Reckoned {
    /// The same of a number that tells how it was reckoned.
    pub(super) fn fitted(self) -> Reckoned {
        let (value, small) = fitted(&self.value, &self.small);
        Reckoned { value, small, ..self }
    }
}

fn fitted(value: &str, small: &str) -> (String, String) {
    match value.split_once(NBSP) {
        Some((number, words)) if words.chars().count() > 1 => {
            (number.to_string(), format!("{NBSP}{words}{small}"))
        }
        _ => (value.to_string(), small.to_string()),
    }
}

/// A phrase with words, perhaps linked, where it has their place.
pub(super) fn around(phrase: &str, place: &str, words: Vec<Words>) -> Vec<Words> {
    let (before, after) = phrase.split_once(place).unwrap_or((phrase, ""));
    let plain = |text: &str| (!text.is_empty()).then(|| Words::plain(text));
    plain(before).into_iter().chain(words).chain(plain(after)).collect()
}

/// A text whose first letter alone is made small.
pub(super) fn small(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

/// A text in which each `{name}` that is known is filled in.
pub(super) fn filled(text: &str, with: &[(&str, &str)]) -> String {
    let room: usize = with.iter().map(|(_, value)| value.len()).sum();
    let mut out = String::with_capacity(text.len() + room);
    let mut rest = text;
    // Phrases are short: there is nothing to gain from looking at many bytes at a time.
    let find = |text: &str, sign: u8| text.bytes().position(|byte| byte == sign);
    while let Some(open) = find(rest, b'{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let name = find(rest, b'}').map(|close| &rest[1..close]);
        match name.and_then(|name| Some((name, with.iter().find(|(known, _)| *known == name)?))) {
            Some((name, (_, value))) => {
                out.push_str(value);
                rest = &rest[name.len() + 2..];
            }
            None => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_filled_in_wherever_they_stand() {
        let with = [("met", "{due}"), ("due", "36")];
        assert_eq!(filled("{met} of {due} KPIs", &with), "{due} of 36 KPIs");
        assert_eq!(filled("Von {due} sind {met}", &with), "Von 36 sind {due}");
        assert_eq!(filled("{ } {x} {due", &with), "{ } {x} {due");
    }
}
