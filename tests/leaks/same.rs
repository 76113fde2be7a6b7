//! Whatever is withheld, the wider edition is the same, byte for byte (T58).

use crate::casebook_of::{self, KEYS, Values};
use crate::made::{put, site};
use casebook::editions::Drafts;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Gives values at random, of random lengths and in random numbers.
struct Random {
    runner: TestRunner,
}

impl Random {
    fn of(seed: u64) -> Random {
        let mut bytes = [7; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        Random { runner: TestRunner::new_with_rng(Config::default(), rng) }
    }

    fn one<S: Strategy>(&mut self, strategy: S) -> S::Value {
        strategy.new_tree(&mut self.runner).expect("a value").current()
    }
}

impl Values for Random {
    fn text(&mut self, what: &str) -> String {
        let text = match what.contains("section") {
            // Where Markdown means nothing by them.
            true => self.one("[A-Za-z][a-z]{2,9}( [a-zäöü]{1,12}){0,8}"),
            false => self.one("[A-Z][a-z&<>\"'{}%,;:$äß東 -]{2,60}[a-z]"),
        };
        text.replace("  ", " ")
    }

    fn address(&mut self, _what: &str) -> String {
        self.one("[a-z]{4,9}(-[a-z]{2,9}){0,2}")
    }

    fn number(&mut self, _what: &str) -> u32 {
        self.one(100_000..999_999_u32)
    }

    fn day(&mut self, _what: &str) -> String {
        let (year, month, day) = self.one((2011..2025, 1..13, 1..29));
        format!("{year}-{month:02}-{day:02}")
    }

    fn count(&mut self, _what: &str) -> usize {
        self.one(1..4_usize)
    }
}

/// A casebook whose open values come from one seed and whose hidden ones from another.
fn casebook(open: u64, secret: u64, restricted: &[bool], in_files: bool) -> Vec<(String, String)> {
    let (mut v, mut s) = (Random::of(open), Random::of(secret));
    let keys = KEYS.iter().zip(restricted);
    let names: Vec<String> =
        keys.clone().filter(|(_, is)| **is).map(|(key, _)| format!("{key}: board")).collect();
    let mut front = format!("restricted: {{{}}}\n", names.join(", "));
    for (key, is_hidden) in keys {
        let from: &mut dyn Values = if *is_hidden { &mut s } else { &mut v };
        let elsewhere = in_files && ["need", "objective", "post_mortem"].contains(key);
        if !elsewhere {
            front += &format!("{key}: {}\n", casebook_of::value(key, from));
        }
    }
    let head = |title: &str| {
        format!("---\ntitle: {title}\nstatus: completed\nunit: claims\nowner: Amara Osei\n")
    };
    let mut body = String::from("It is done. [[hidden]]\n\n");
    let all_hidden = KEYS
        .iter()
        .zip(restricted)
        .all(|(key, is_hidden)| *is_hidden || !["need", "objective", "post_mortem"].contains(key));
    if in_files {
        body += &casebook_of::told_in_body(if all_hidden { &mut s } else { &mut v });
    }
    let mut hidden = head("Hidden") + "audience: board\n";
    for key in KEYS {
        hidden += &format!("{key}: {}\n", casebook_of::value(key, &mut s));
    }
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"></svg>\n";
    let files = [
        ("casebook.yaml", "as_of: 2026-06-30\nbase_url: https://example.org/\n".into()),
        ("content/units/claims.md", "---\nname: Claims\n---\n".into()),
        ("content/projects/other.md", head("Other") + "---\n\nIt goes on.\n"),
        ("content/projects/a/index.md", head("A") + &front + "---\n\n" + &body),
        ("content/projects/a/hero.svg", svg.into()),
        ("content/projects/hidden/index.md", hidden + "---\n\n" + &s.text("section")),
        ("content/projects/hidden/hero.svg", svg.into()),
    ];
    files.map(|(path, text)| (path.to_string(), text)).into()
}

proptest! {
    // Each case is two sites; PROPTEST_CASES=4096 makes 256 of them.
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases / 16))]

    #[test]
    fn what_is_withheld_changes_no_byte(
        open: u64,
        one: u64,
        other: u64,
        restricted in proptest::collection::vec(any::<bool>(), KEYS.len()),
        in_files: bool,
    ) {
        // Sections of a body stand for keys that are hidden together or not at all.
        let mut restricted = restricted;
        if in_files {
            let is_hidden = restricted[0];
            for (key, is) in KEYS.iter().zip(&mut restricted) {
                if ["need", "objective", "post_mortem"].contains(key) {
                    *is = is_hidden;
                }
            }
        }
        let made = |secret: u64| {
            let folder = put(&casebook(open, secret, &restricted, in_files));
            site(folder.path(), "internal", Drafts::Hidden)
        };
        let ((first, errors), (second, others)) = (made(one), made(other));
        prop_assert!(errors.is_empty() && others.is_empty(), "{errors:#?} {others:#?}");
        let differ: Vec<&String> = first
            .keys()
            .chain(second.keys())
            .filter(|address| first.get(*address) != second.get(*address))
            .collect();
        prop_assert!(differ.is_empty(), "{differ:?}");
    }
}
