//! A secret: a value that is hidden and can be told again when it is met, in all the forms in which
//! a site could print it.
//!
//! Those are texts of twelve characters or more, numbers of five digits or more, and whole dates.
//! What is shorter is met everywhere by chance.

use super::leaves::Leaf;
use crate::diagnostics::Place;
use crate::documents::date::When;
use crate::documents::figure::decimal;
use crate::documents::id::slug;
use crate::documents::money::amount;
use crate::documents::settings::Settings;
use crate::pages::format::Format;
use pulldown_cmark_escape::escape_html;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// So many characters has a text that is looked for.
const LETTERS: usize = 12;

/// So many digits has a number that is looked for.
const DIGITS: usize = 5;

/// A value that is hidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Secret {
    /// Where it stands first.
    pub place: Place,
    /// How it could be printed.
    pub forms: Vec<String>,
    /// Whether it is a number, which stands alone: its digits within other digits are another.
    pub is_number: bool,
}

impl Secret {
    /// Whether it is more than a word, which many files may say without knowing of one another.
    pub fn is_telling(&self) -> bool {
        self.is_number || self.forms.iter().any(|form| form.contains([' ', '\u{a0}']))
    }
}

/// What tells one secret from another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Value {
    Text(String),
    Number(Decimal),
    Day(When),
}

/// How the site writes numbers and dates, and how its writers do.
pub(super) struct Tongue {
    format: Format,
    thousands: char,
}

impl Tongue {
    /// That of a site.
    pub fn of(settings: &Settings) -> Tongue {
        let conventions = settings.conventions();
        let format = Format::of(&settings.language, conventions.fiscal_start);
        Tongue { format, thousands: conventions.thousands }
    }
}

/// The secrets in these texts, each once, in the order of their places.
pub(super) fn secrets(leaves: &[Leaf], tongue: &Tongue) -> Vec<Secret> {
    let mut places: BTreeMap<Value, Place> = BTreeMap::new();
    for leaf in leaves {
        for value in values(&leaf.text, tongue) {
            places.entry(value).or_insert(leaf.place);
        }
    }
    let mut all: Vec<Secret> = places
        .into_iter()
        .map(|(value, place)| Secret {
            place,
            forms: value.forms(tongue),
            is_number: matches!(value, Value::Number(_)),
        })
        .collect();
    all.sort_by(|a, b| (a.place, &a.forms).cmp(&(b.place, &b.forms)));
    all
}

/// What a text tells that can be met again.
fn values(text: &str, tongue: &Tongue) -> Vec<Value> {
    let text = text.trim();
    if let Some(number) = decimal(text).or_else(|| amount(text, tongue.thousands)) {
        return is_long(number)
            .then(|| Value::Number(number.abs().normalize()))
            .into_iter()
            .collect();
    }
    if let Some(when) = When::parse(text) {
        return when.whole().map(|_| Value::Day(when)).into_iter().collect();
    }
    let long = |part: &&str| part.chars().count() >= LETTERS;
    let mut all: Vec<Value> =
        runs(text).filter(long).map(|run| Value::Text(run.to_string())).collect();
    if all.is_empty() && long(&text) {
        all.push(Value::Text(text.to_string()));
    }
    let words = text.split(|c: char| c.is_whitespace() || "()[]{}\"'`*_~|<>&;:/".contains(c));
    let words = words.map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()));
    all.extend(words.filter_map(|word| {
        let number = decimal(word).or_else(|| amount(word, tongue.thousands))?;
        is_long(number).then(|| Value::Number(number.abs().normalize()))
    }));
    all
}

fn is_long(number: Decimal) -> bool {
    let digits = number.abs().normalize().to_string();
    digits.trim_start_matches(['0', '.']).bytes().filter(u8::is_ascii_digit).count() >= DIGITS
}

/// The stretches of a text that every format writes as they are: between them stands what is
/// escaped somewhere, or means something in Markdown, or is made a finer sign in print.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let stays = |at: usize| {
        let c = chars[at].1;
        let letter = |at: Option<usize>| {
            at.and_then(|at| chars.get(at)).is_some_and(|(_, c)| c.is_alphanumeric())
        };
        match c {
            ' ' => true,
            '-' | '.' => letter(at.checked_sub(1)) && letter(Some(at + 1)),
            c => !c.is_ascii() && !c.is_control() && !c.is_whitespace() || c.is_alphanumeric(),
        }
    };
    let mut cuts = vec![0];
    for (at, (byte, c)) in chars.iter().enumerate() {
        if !stays(at) {
            cuts.extend([*byte, byte + c.len_utf8()]);
        }
    }
    cuts.push(text.len());
    let runs: Vec<&str> = cuts.chunks(2).filter_map(|cut| text.get(cut[0]..*cut.get(1)?)).collect();
    runs.into_iter().map(str::trim)
}

impl Value {
    /// How it could be printed.
    fn forms(&self, tongue: &Tongue) -> Vec<String> {
        let mut forms = match self {
            Value::Text(text) => texts(text),
            Value::Number(number) => numbers(*number, tongue),
            Value::Day(when) => {
                vec![when.iso(), tongue.format.when(*when), when.iso().replace('-', "")]
            }
        };
        forms.sort();
        forms.dedup();
        forms
    }
}

/// A text in pages, in feeds, in data, in a calendar and in an address.
fn texts(text: &str) -> Vec<String> {
    let mut html = String::new();
    // Writing to a text cannot fail.
    let _ = escape_html(&mut html, text);
    let json = serde_json::Value::from(text).to_string();
    let calendar = ["\\", ",", ";"]
        .iter()
        .fold(text.to_string(), |text, sign| text.replace(sign, &format!("\\{sign}")));
    let xml = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut forms = vec![
        text.to_string(),
        html.replace('\'', "&#39;"),
        html.replace('\'', "&#x27;"),
        html,
        xml.replace('"', "&quot;").replace('\'', "&apos;"),
        xml,
        json[1..json.len() - 1].to_string(),
        json[1..json.len() - 1].replace('<', "\\u003c"),
        calendar,
        text.replace('"', "\"\""),
    ];
    let address = slug(text);
    if address.chars().count() >= LETTERS {
        forms.push(address);
    }
    forms
}

/// A number in full, with gaps, in short, and as writers write it.
fn numbers(number: Decimal, tongue: &Tongue) -> Vec<String> {
    // No currency has this name, so it can be taken off again.
    const NONE: &str = "\u{1}";
    let format = &tongue.format;
    let bare = |text: String| text.replace(NONE, "").trim().to_string();
    let mut forms = vec![
        number.to_string(),
        format.number(number),
        bare(format.money(number, NONE)),
        bare(format.money_short(number, NONE)),
    ];
    for (zeros, letter) in [(3, 'k'), (6, 'm'), (9, 'b')] {
        let part = (number / Decimal::from(10_u64.pow(zeros))).normalize();
        if part >= Decimal::new(1, 2) && part.scale() <= 3 {
            forms.push(format!("{part}{letter}"));
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english() -> Tongue {
        Tongue { format: Format::of("en", 1), thousands: ',' }
    }

    #[test]
    fn a_text_is_looked_for_where_every_format_leaves_it_alone() {
        let found: Vec<_> = runs("Ruben Vos-Marbeck, Head of \"Claims\" (it) v2.1... so").collect();
        let found: Vec<_> = found.into_iter().filter(|run| !run.is_empty()).collect();
        assert_eq!(found, ["Ruben Vos-Marbeck", "Head of", "Claims", "it", "v2.1", "so"]);
        let text = |text: &str| Value::Text(text.into());
        assert_eq!(values("The heron, which flew over", &english()), [text("which flew over")]);
        assert_eq!(values("A, B & C, \"D\" E", &english()), [text("A, B & C, \"D\" E")]);
        assert_eq!(values("too short", &english()), []);
        let forms = texts("A & \"B\", C <D>");
        for form in [
            "A &amp; &quot;B&quot;, C &lt;D&gt;",
            "A & \\\"B\\\", C <D>",
            "A & \"B\"\\, C <D>",
            "A & \"\"B\"\", C <D>",
        ] {
            assert!(forms.contains(&form.to_string()), "{form} in {forms:?}");
        }
    }

    #[test]
    fn a_number_is_looked_for_in_each_of_its_forms() {
        let number = |text: &str| Value::Number(text.parse().expect("a number"));
        assert_eq!(values("870k", &english()), [number("870000")]);
        let told = values("It cost 1,310,000 in all (12345.", &english());
        assert!(told.ends_with(&[number("1310000"), number("12345")]), "{told:?}");
        assert_eq!(values("8700", &english()), []);
        let forms = number("1310000").forms(&english());
        for form in ["1310000", "1,310,000", "1.31m", "1310k"] {
            assert!(forms.contains(&form.to_string()), "{form} in {forms:?}");
        }
        let german = Tongue { format: Format::of("de", 1), thousands: '.' };
        assert!(number("1310000").forms(&german).contains(&"1.310.000".to_string()));
    }

    #[test]
    fn a_day_is_looked_for_as_it_is_written_and_printed() {
        let forms = values("2025-03-31", &english())[0].forms(&english());
        assert_eq!(forms, ["2025-03-31", "20250331", "31\u{a0}Mar\u{a0}2025"]);
        assert_eq!(values("2025-03", &english()), []);
    }
}
