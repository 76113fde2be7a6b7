//! "did you mean": the nearest of the words that would have been right.

/// The candidate nearest to a word, if it is near enough to be what was meant.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    ranked(word, candidates).first().filter(|(score, _)| *score >= 0.75).map(|(_, c)| *c)
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
    let near = ranked(word, candidates);
    match near.as_slice() {
        [] => None,
        [(score, one), ..] if *score >= 0.75 => Some(format!("did you mean `{one}`?")),
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
    let mut scored: Vec<_> = candidates
        .into_iter()
        .map(|c| (strsim::normalized_damerau_levenshtein(&word, &c.to_lowercase()), c))
        .map(|(score, c)| if is_part(&word, c) { (score.max(0.75), c) } else { (score, c) })
        .collect();
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
