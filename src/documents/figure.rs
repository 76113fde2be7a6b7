//! Figures: exact decimals that keep the digits they were given, or a reason why there is none.

use super::date::When;
use super::fields::{Fields, Read};
use super::reader::Reader;
use super::text::scalar;
use super::yaml::{Node, Value};
use crate::diagnostics::{Code, Span};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A figure with its date and source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The value, with the digits given.
    pub value: Decimal,
    /// When it held.
    pub on: Option<When>,
    /// Where it comes from.
    pub source: Option<String>,
    /// Where it stands in the file.
    pub span: Span,
}

/// A figure, or why there is none; none of the reasons is zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Given<T> {
    /// It is given.
    Known(T),
    /// Its day has not come.
    NotDue(String),
    /// No one measured it.
    NotMeasured(String),
    /// It exists but is not shown.
    Withheld(String),
}

impl<T> Given<T> {
    /// The value, if it is given.
    pub fn known(&self) -> Option<&T> {
        match self {
            Given::Known(value) => Some(value),
            _ => None,
        }
    }

    /// Why it is withheld, if it is.
    pub fn withheld(&self) -> Option<&str> {
        match self {
            Given::Withheld(why) => Some(why),
            _ => None,
        }
    }
}

/// Digits that a figure may have before and behind its point: sums and products of such stay exact.
const WHOLE: usize = 16;
const PART: usize = 9;

/// Reads `-?(0|[1-9][0-9]*)(\.[0-9]+)?`.
pub fn decimal(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = match digits.split_once('.') {
        Some((whole, part)) => (whole, Some(part)),
        None => (digits, None),
    };
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let plain = all_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && part.is_none_or(all_digits)
        && whole.len() <= WHOLE
        && part.is_none_or(|part| part.len() <= PART);
    if !plain {
        return None;
    }
    Decimal::from_str_exact(text).ok()
}

impl Read for Decimal {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Decimal> {
        let text = scalar(node, "a number", reader)?;
        let value = decimal(text);
        if value.is_none() {
            let message = format!("`{text}` is not a plain number");
            reader.say(Code::BadNumber, node.span, message).help(mend(text));
        }
        value
    }
}

/// What to write in place of a number in another form.
fn mend(text: &str) -> String {
    let bare: String = text.chars().filter(|c| !matches!(c, '_' | ' ' | '\u{a0}' | '\'')).collect();
    let zeros = bare.trim_start_matches(['0', '+']);
    let point = format!("0{bare}");
    for candidate in [&*bare, zeros, bare.trim_end_matches('.'), &point, &without_comma(&bare)] {
        if decimal(candidate).is_some() && candidate != text {
            return format!("write {candidate}");
        }
    }
    let digits = bare.trim_end_matches(|c: char| c == '%' || c.is_alphabetic());
    let counts = bare[digits.len()..].chars().count() > 1 || bare.ends_with('%');
    if counts && decimal(digits).is_some() {
        return format!("write {digits}; what it counts stands in `measure`");
    }
    if matches!(
        text.to_lowercase().as_str(),
        "n/a" | "na" | "n.a." | "none" | "tbd" | "unknown" | "-" | "?"
    ) {
        return "leave it out, or say why there is none: `{not_measured: why}`".into();
    }
    if text.bytes().filter(u8::is_ascii_digit).count() > WHOLE {
        return format!("write at most {WHOLE} digits before the point and {PART} behind it");
    }
    "write digits and at most one point, as 1250 or 0.8".into()
}

/// `1,250` has a comma between thousands, `0,8` one for a point.
fn without_comma(text: &str) -> String {
    let groups = text.trim_start_matches('-').split(',').enumerate();
    let mut groups = groups.map(|(nth, group)| (nth, group.len()));
    let thousands = groups.all(|(nth, len)| if nth == 0 { len <= 3 } else { len == 3 });
    text.replace(',', if thousands && !text.starts_with("0,") { "" } else { "." })
}

impl Read for Given<Figure> {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Self> {
        if !matches!(node.value, Value::Map(_)) {
            let value = Decimal::read(node, reader)?;
            return Some(Given::Known(Figure { value, on: None, source: None, span: node.span }));
        }
        let fields = Fields::of(node, "a figure", reader)?;
        let reason = reasons(&fields);
        let value = match fields.node("value") {
            Some(value) => Decimal::read(value, reader),
            None if reason.is_none() => {
                fields.missing("value");
                None
            }
            None => None,
        };
        let figure = value.map(|value| Figure {
            value,
            on: fields.get("on"),
            source: fields.get("source"),
            span: node.span,
        });
        if figure.is_none() {
            // Asked for, so that they are known keys even where the value is wrong.
            let _: (Option<When>, Option<String>) = (fields.get("on"), fields.get("source"));
        }
        fields.done();
        figure.map(Given::Known).or(reason)
    }
}

/// `{not_due: why}`, `{not_measured: why}` or `{withheld: why}`.
pub fn reasons<T>(fields: &Fields<'_, '_, '_>) -> Option<Given<T>> {
    let not_due = fields.get("not_due").map(Given::NotDue);
    let not_measured = fields.get("not_measured").map(Given::NotMeasured);
    let withheld = fields.get("withheld").map(Given::Withheld);
    withheld.or(not_measured).or(not_due)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_numbers_keep_their_digits() {
        for text in ["0", "-0.5", "12", "1.10", "9007199254740993", "0.8"] {
            assert_eq!(decimal(text).unwrap().to_string(), text);
        }
        for text in ["1e3", "010", "1_000", "0x1F", "12:30", ".5", "5.", "+5", "NO", "1,5", "--1"] {
            assert_eq!(decimal(text), None, "{text}");
        }
    }
}
