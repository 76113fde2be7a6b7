//! What differs between an expected and an actual text, line by line.
//!
//! Lines that agree are shown with two spaces before them, missing ones with `-`, unexpected ones
//! with `+`. Long stretches of agreement are left out.

/// How many agreeing lines are shown about a difference.
const CONTEXT: usize = 3;

/// The two texts as one, with marks.
pub fn lines(expected: &str, actual: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (expected.lines().collect(), actual.lines().collect());
    let longest = longest_common(&old, &new);
    let (mut i, mut j) = (0, 0);
    let mut marked = Vec::new();
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            marked.push((' ', old[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && longest[i + 1][j] >= longest[i][j + 1]) {
            marked.push(('-', old[i]));
            i += 1;
        } else {
            marked.push(('+', new[j]));
            j += 1;
        }
    }
    shortened(&marked)
}

/// For each pair of tails, how many lines they have in common, in order.
fn longest_common(old: &[&str], new: &[&str]) -> Vec<Vec<usize>> {
    let mut longest = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            longest[i][j] = if old[i] == new[j] {
                longest[i + 1][j + 1] + 1
            } else {
                longest[i + 1][j].max(longest[i][j + 1])
            };
        }
    }
    longest
}

fn shortened(marked: &[(char, &str)]) -> String {
    let mut out = String::new();
    let mut left_out = false;
    for (at, (mark, line)) in marked.iter().enumerate() {
        let about = at.saturating_sub(CONTEXT)..marked.len().min(at + CONTEXT + 1);
        if marked[about].iter().any(|(mark, _)| *mark != ' ') {
            out.push_str(&format!("{mark} {line}\n"));
            left_out = false;
        } else if !left_out {
            out.push_str("  …\n");
            left_out = true;
        }
    }
    out
}
