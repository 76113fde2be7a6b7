//! "did you mean": the nearest of the words that would have been right.

/// The candidate nearest to a word, if it is near enough to be what was meant.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let letters = Letters::of(&word);
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let lower = candidate.to_lowercase();
        // A large casebook has thousands of addresses, and a distance takes microseconds.
        if !is_part(&word, candidate) && !letters.may_be_near(&Letters::of(&lower)) {
            continue;
        }
        let score = score(&word, candidate, &lower);
        let nearer = best.is_none_or(|(other, c)| score > other || score == other && candidate < c);
        if score >= NEAR && nearer {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// From this likeness on, a word is what was perhaps meant.
const NEAR: f64 = 0.75;

/// How many letters of each kind a word has, of 64 kinds.
struct Letters {
    counts: [u16; 64],
    all: u16,
}

impl Letters {
    fn of(word: &str) -> Letters {
        let mut letters = Letters { counts: [0; 64], all: 0 };
        for letter in word.chars().take(usize::from(u16::MAX)) {
            letters.counts[letter as usize % 64] += 1;
            letters.all += 1;
        }
        letters
    }

    /// Whether the likeness of two words can be [`NEAR`]: each letter too many in either is a step.
    fn may_be_near(&self, other: &Letters) -> bool {
        let pairs = || self.counts.iter().zip(&other.counts);
        let more: u32 = pairs().map(|(a, b)| u32::from(a.saturating_sub(*b))).sum();
        let fewer: u32 = pairs().map(|(a, b)| u32::from(b.saturating_sub(*a))).sum();
        more.max(fewer) * 4 <= u32::from(self.all.max(other.all))
    }
}

/// "did you mean `x`?", if one of the candidates is near.
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    closest(word, candidates).map(|c| format!("did you mean `{c}`?"))
}

/// A next step for a name that is not there: what was perhaps meant, else the three nearest.
pub fn among<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    let near = did_you_mean(word, candidates.iter().copied());
    if near.is_some() {
        return near;
    }
    match ranked(word, candidates).as_slice() {
        [] => None,
        [(_, one)] => Some(format!("there is only `{one}`")),
        some => {
            let names: Vec<_> = some.iter().take(3).map(|(_, c)| format!("`{c}`")).collect();
            let more = if some.len() > 3 { ", …" } else { "" };
            Some(format!("write one of {}{more}", names.join(", ")))
        }
    }
}

fn ranked<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<(f64, &'a str)> {
    let word = word.to_lowercase();
    let mut scored: Vec<_> =
        candidates.into_iter().map(|c| (score(&word, c, &c.to_lowercase()), c)).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    scored.dedup_by(|a, b| a.1 == b.1);
    scored
}

fn score(word: &str, candidate: &str, lower: &str) -> f64 {
    let score = strsim::normalized_damerau_levenshtein(word, lower);
    if is_part(word, candidate) { score.max(NEAR) } else { score }
}

/// A plural, or a word cut short: `champion` for `champions`.
fn is_part(word: &str, candidate: &str) -> bool {
    word.len() >= 4 && candidate.len() <= word.len() + 3 && candidate.starts_with(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Those that are passed over could not have been the nearest.
        #[test]
        fn the_closest_is_the_first_of_all_by_their_likeness(
            word in "[a-dAé]{0,8}",
            candidates in prop::collection::vec("[a-dAé]{0,8}", 0..24),
        ) {
            let all = || candidates.iter().map(String::as_str);
            let first = ranked(&word, all()).first().copied();
            let near = first.filter(|(score, _)| *score >= NEAR).map(|(_, candidate)| candidate);
            prop_assert_eq!(closest(&word, all()), near);
        }
    }

    #[test]
    fn near_words_are_suggested_and_far_ones_are_not() {
        let keys = ["title", "status", "owner", "champions"];
        assert_eq!(closest("titel", keys), Some("title"));
        assert_eq!(closest("Status", keys), Some("status"));
        assert_eq!(closest("champion", keys), Some("champions"));
        assert_eq!(closest("budget", keys), None);
        assert_eq!(among("zzz", ["b", "a"]).as_deref(), Some("write one of `a`, `b`"));
    }
}
