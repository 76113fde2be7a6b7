//! "did you mean": the nearest of the words that would have been right.

use rapidfuzz::distance::osa;

/// The candidate nearest to a word, if it is near enough to be what was meant.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let likeness = Likeness::to(word);
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let least = best.map_or(NEAR, |(score, _)| score);
        let Some(score) = likeness.of(candidate, least) else { continue };
        if best.is_none_or(|(other, c)| score > other || candidate < c) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// From this likeness on, a word is what was perhaps meant.
const NEAR: f64 = 0.75;

/// How alike candidates are to a word: the steps between them by the longer of both. A step is a
/// letter more, less, changed, or taken with the next one.
struct Likeness {
    word: String,
    steps: osa::BatchComparator<char>,
}

impl Likeness {
    fn to(word: &str) -> Likeness {
        let word = word.to_lowercase();
        Likeness { steps: osa::BatchComparator::new(word.chars()), word }
    }

    /// That of a candidate; none where it is less than `least`. A large casebook has thousands of
    /// candidates, and nearly all of them are given up early.
    fn of(&self, candidate: &str, least: f64) -> Option<f64> {
        let lower = candidate.to_lowercase();
        let args = osa::Args::default().score_cutoff(least);
        let score = self.steps.normalized_similarity_with_args(lower.chars(), &args);
        match is_part(&self.word, candidate) {
            true => Some(score.unwrap_or_default().max(NEAR)).filter(|score| *score >= least),
            false => score,
        }
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
    let likeness = Likeness::to(word);
    let score = |c| (likeness.of(c, 0.0).unwrap_or_default(), c);
    let mut scored: Vec<_> = candidates.into_iter().map(score).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    scored.dedup_by(|a, b| a.1 == b.1);
    scored
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
