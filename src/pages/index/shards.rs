//! Words that are forms of one, with the pages that have them, and the stretches into which all of
//! them are cut.
//!
//! How many stretches there are is told by the number of projects, so that the names of files do not
//! hang on what bodies say; where one ends and the next begins is told at few words and by rough
//! sizes, so that a word more or less in a body moves few of them.

use super::digits::{letter, rising};
use super::gather::PLACES;
use super::kept::At;

/// Forms of one word.
#[derive(Debug, Default)]
pub(super) struct Group<'g> {
    /// The forms, in order.
    pub forms: Vec<&'g str>,
    /// The pages that have one, in order, and the first place where it stands.
    pub pages: Vec<At>,
}

impl Group<'_> {
    /// About how many letters it takes of `all` pages: some pages more or less are the same.
    fn size(&self, all: usize) -> usize {
        let pages = self.pages.len().min(all / 6);
        let rough = match pages {
            few if few < 4 => 4,
            many => many & (0b11 << (many.ilog2() - 1)),
        };
        8 + rough
    }

    /// Writes it: its forms, and of `all` pages those that have one, by place; the place with the
    /// most of them first. Where many have one, a list can count only those that none before it has.
    fn write(&self, all: usize, out: &mut String) {
        spelled(self.forms.iter().copied(), out);
        let mut lists: [Vec<u32>; PLACES] = Default::default();
        self.pages.iter().for_each(|at| lists[usize::from(at.place())].push(at.number()));
        let mut order: Vec<usize> = (0..PLACES).filter(|at| !lists[*at].is_empty()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(lists[*at].len()));
        let is_dense = order.len() > 1 && self.pages.len() * DENSE >= all;
        let mut rest: Vec<u32> = Vec::new();
        let (mut own, mut among) = (String::new(), String::new());
        for (nth, place) in order.into_iter().enumerate() {
            let list = &lists[place];
            own.clear();
            rising(list, &mut own);
            out.push('&');
            if nth == 0 || !is_dense {
                rest.extend((0..).take(if is_dense { all } else { 0 }));
                out.push(letter(place));
                out.push_str(&own);
            } else {
                among.clear();
                rising(&positions(list, &rest), &mut among);
                let shorter = among.len() < own.len();
                out.push(letter(if shorter { PLACES + place } else { place }));
                out.push_str(if shorter { &among } else { &own });
            }
            without(&mut rest, list);
        }
        out.push('<');
    }
}

/// One page of so many has a word that many have.
const DENSE: usize = 8;

/// The positions of rising numbers among others, which have all of them.
fn positions(list: &[u32], among: &[u32]) -> Vec<u32> {
    let mut list = list.iter().peekable();
    let each = (0..).zip(among);
    each.filter(|(_, number)| list.next_if_eq(number).is_some()).map(|(at, _)| at).collect()
}

/// Takes rising numbers out of others, which have all of them or are none.
fn without(rest: &mut Vec<u32>, list: &[u32]) {
    let mut list = list.iter().peekable();
    rest.retain(|number| list.next_if_eq(&number).is_none());
}

/// Words in their order, each as how many letters it begins with that the one before it has as well,
/// as a capital, and the rest.
pub(super) fn spelled<'w>(words: impl Iterator<Item = &'w str>, out: &mut String) {
    let mut last = "";
    for word in words {
        let same = shared(last, word);
        out.push(letter(same.0));
        out.push_str(&word[same.1..]);
        last = word;
    }
}

/// With how much of a word another begins: in units of UTF-16, as scripts count, and in bytes.
pub(super) fn shared(a: &str, b: &str) -> (usize, usize) {
    const MOST: usize = 25;
    let (mut units, mut bytes) = (0, 0);
    for (own, other) in a.chars().zip(b.chars()) {
        if own != other || units + own.len_utf16() > MOST {
            break;
        }
        units += own.len_utf16();
        bytes += own.len_utf8();
    }
    (units, bytes)
}

/// From this size on, a stretch may begin at any word.
const LARGE: usize = 512;

/// Where a stretch may begin: at a word that takes much, or else at one of eight, whichever others
/// there are.
fn may_begin(word: &str, size: usize) -> bool {
    let hash = word
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    size >= LARGE || (hash >> 16).is_multiple_of(8)
}

/// Cuts words of some sizes into parts: the position at which each begins. Where there are few, some
/// have none.
pub(super) fn cut<'w>(words: impl Iterator<Item = (&'w str, usize)>, parts: usize) -> Vec<usize> {
    let words: Vec<(&str, usize)> = words.collect();
    let all: usize = words.iter().map(|(_, size)| size).sum();
    let (mut begins, mut before) = (vec![0], 0);
    for (at, (word, size)) in words.iter().enumerate() {
        let due = |begun: usize| before * parts >= all * begun;
        if at > 0 && may_begin(word, *size) {
            while begins.len() < parts && due(begins.len()) {
                begins.push(at);
            }
        }
        before += size;
    }
    begins.resize(parts, words.len());
    begins
}

/// The words by which is known in which part another word would be, of those that are not empty: the
/// shortest beginning of the first word of each by which it comes behind the one before.
pub(super) fn signs<'w>(
    begins: &[usize],
    word: impl Fn(usize) -> &'w str,
    all: usize,
) -> Vec<&'w str> {
    let there = begins.iter().filter(|begin| **begin < all);
    let sign = |begin: &usize| match begin.checked_sub(1) {
        None => "",
        Some(before) => {
            let (before, own) = (word(before), word(*begin));
            let same = shared(before, own).1;
            let next = own[same..].chars().next().map_or(0, char::len_utf8);
            &own[..same + next]
        }
    };
    there.map(sign).collect()
}

/// The text of each part, where there are `all` pages. A group of which some forms stand beyond its end is told in their parts as
/// well.
pub(super) fn texts(
    groups: &[Group<'_>],
    begins: &[usize],
    signs: &[&str],
    all: usize,
) -> Vec<String> {
    use rayon::prelude::*;
    let part_of = |form: &str| signs.partition_point(|sign| *sign <= form).saturating_sub(1);
    let mut guests: Vec<Vec<usize>> = vec![Vec::new(); begins.len()];
    let mut own = 0;
    for (at, group) in groups.iter().enumerate() {
        while begins.get(own + 1).is_some_and(|next| *next <= at) {
            own += 1;
        }
        let mut last = own;
        for part in group.forms.iter().map(|form| part_of(form)) {
            if part > last {
                guests[part].push(at);
                last = part;
            }
        }
    }
    (0..begins.len())
        .into_par_iter()
        .map(|part| {
            let end = begins.get(part + 1).copied().unwrap_or(groups.len());
            let mut text = String::new();
            let own = groups[begins[part]..end].iter();
            own.chain(guests[part].iter().map(|at| &groups[*at]))
                .for_each(|g| g.write(all, &mut text));
            text
        })
        .collect()
}

/// The groups' first forms with their sizes, of `all` pages.
pub(super) fn sizes<'g>(
    groups: &'g [Group<'g>],
    all: usize,
) -> impl Iterator<Item = (&'g str, usize)> {
    groups.iter().map(move |group| (group.forms[0], group.size(all)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(count: usize) -> Vec<String> {
        let mut all: Vec<String> =
            (0..count).map(|n| format!("w{}", (n * 7919) % 100_003)).collect();
        all.sort();
        all
    }

    fn begins(all: &[String], parts: usize) -> Vec<usize> {
        cut(all.iter().map(|word| (word.as_str(), 10)), parts)
    }

    #[test]
    fn parts_are_as_many_as_asked_for_and_about_as_long() {
        let all = words(5000);
        let begins = begins(&all, 20);
        assert_eq!((begins.len(), begins[0]), (20, 0));
        let ends = begins[1..].iter().copied().chain([all.len()]);
        let lengths: Vec<usize> = begins.iter().zip(ends).map(|(from, to)| to - from).collect();
        assert!(lengths.iter().all(|length| (150..350).contains(length)), "{lengths:?}");
    }

    #[test]
    fn a_word_more_moves_few_of_them() {
        let all = words(5000);
        let mut more = all.clone();
        more.insert(40, format!("{}x", all[39]));
        let firsts = |all: &[String]| -> Vec<String> {
            begins(all, 20).iter().map(|at| all[*at].clone()).collect()
        };
        let (before, after) = (firsts(&all), firsts(&more));
        let moved = before.iter().zip(&after).filter(|(a, b)| a != b).count();
        assert!(moved <= 3, "{moved}");
    }

    #[test]
    fn few_words_leave_parts_empty() {
        assert_eq!(cut(std::iter::empty(), 3), [0, 0, 0]);
        let all = words(3);
        let begins = begins(&all, 40);
        assert_eq!(begins.len(), 40);
        assert_eq!(*begins.last().expect("parts"), 3);
        let signs = signs(&begins, |at| &all[at], all.len());
        assert_eq!(signs[0], "");
        assert!(signs.len() < 40 && signs.windows(2).all(|pair| pair[0] <= pair[1]));
    }

    #[test]
    fn groups_are_told_where_each_of_their_forms_is_looked_for() {
        let group =
            |forms: &[&'static str]| Group { forms: forms.to_vec(), pages: vec![At::new(3, 0)] };
        let groups = [group(&["studied", "study"]), group(&["stuff"]), group(&["tea"])];
        let texts = texts(&groups, &[0, 1], &["", "studj"], 40);
        assert_eq!(texts.len(), 2);
        assert!(texts[0].starts_with("AstudiedEy&AAD<") && texts[1].contains("AstudiedEy&"));
    }

    #[test]
    fn lists_count_what_is_left_by_those_before_where_that_is_shorter() {
        let place = |page: u32| if page.is_multiple_of(3) { 1 } else { 5 };
        let pages: Vec<At> = (0..60).map(|page| At::new(page, place(page))).collect();
        let mut text = String::new();
        Group { forms: vec!["claim"], pages: pages.clone() }.write(60, &mut text);
        // Of 60 pages, 40 as a bit each, and the 20 that are left as one stretch of bits.
        assert_eq!(text, "Aclaim&FBBtttttttttN&HBA///B<");
        text.clear();
        Group { forms: vec!["claim"], pages }.write(600, &mut text);
        assert!(text.contains("&F") && text.contains("&B"), "{text}");
    }

    #[test]
    fn words_are_spelled_by_what_they_share() {
        let mut out = String::new();
        spelled(["claim", "claims", "cläim", "𐐨a", "𐐨b"].into_iter(), &mut out);
        assert_eq!(out, "AclaimFsCäimA𐐨aCb");
    }
}
