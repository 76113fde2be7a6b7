//! Messages that quote what looks like a secret: stars take its place, as they do in excerpts.

use crate::diagnostics::{Code, Diagnostic, Place};
use crate::sources::Sources;
use aho_corasick::{AhoCorasick, MatchKind};

/// What is shorter stands in many a message by chance.
const SHORTEST: usize = 4;

/// Takes what looks like a secret out of the words of all problems.
pub(super) fn hush(said: &mut [Diagnostic], sources: &Sources) {
    let places = said.iter().filter(|one| one.code == Code::Secret).map(Diagnostic::place);
    let secrets =
        places.filter_map(|Place { file, span }| sources.file(file).excerpt()?.get(span.range()));
    let secrets: Vec<&str> = secrets.filter(|secret| secret.len() >= SHORTEST).collect();
    if secrets.is_empty() {
        return;
    }
    let search = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&secrets);
    let Ok(search) = search else { return };
    let hidden = |words: &mut String| {
        if search.is_match(words.as_str()) {
            let mut out = String::with_capacity(words.len());
            search.replace_all_with(words, &mut out, |found, _, out| {
                out.push_str(&"*".repeat(found.len()));
                true
            });
            *words = out;
        }
    };
    for one in said {
        hidden(&mut one.message);
        one.help.iter_mut().for_each(hidden);
        one.labels.iter_mut().for_each(|label| hidden(&mut label.text));
    }
}
