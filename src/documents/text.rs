//! Texts, flags and words from a closed list.

use super::fields::Read;
use super::reader::Reader;
use super::yaml::{Node, Value};
use crate::diagnostics::{Code, did_you_mean};

impl Read for String {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<String> {
        let text = scalar(node, "a text", reader)?.trim_end();
        if memchr::memchr(b'<', text.as_bytes()).is_some() && text.contains("<!--") {
            let message = "this is plain text, and readers would see the comment in it";
            let help = "take it out; behind `#` a comment of YAML is for writers only";
            reader.say(Code::RawHtml, node.span, message).help(help);
        }
        Some(text.to_string())
    }
}

impl Read for bool {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<bool> {
        match scalar(node, "true or false", reader)? {
            "true" => Some(true),
            "false" => Some(false),
            other => {
                let message = format!("`{other}` is neither true nor false");
                reader.say(Code::BadFlag, node.span, message).help("write true or false");
                None
            }
        }
    }
}

/// A text without the control characters that no page can hold, where it has any. They come with
/// what is pasted, and no writer sees them.
pub fn without_controls(text: &str) -> Option<String> {
    // Few texts have any. Bytes looked at in stretches are looked at many at once.
    let odd = |byte: &u8| (*byte < b' ' && *byte != b'\n' && *byte != b'\t') || *byte == 0x7f;
    let maybe = |stretch: &[u8]| stretch.iter().fold(false, |any, b| any | odd(b) | (*b == 0xc2));
    let any = text.as_bytes().chunks(64).any(maybe);
    any.then(|| text.replace(|c: char| c.is_control() && c != '\n' && c != '\t', ""))
}

/// The source form of a value that must not be a list or a map.
pub fn scalar<'n>(node: &'n Node<'_>, what: &str, reader: &Reader<'_>) -> Option<&'n str> {
    match &node.value {
        Value::Text(text) => Some(text),
        Value::Absent => Some(""),
        Value::List(_) => {
            reader
                .say(Code::WrongShape, node.span, format!("this must be {what}, not a list"))
                .help("write one value, or put a text that begins with `[` or `-` in quotes");
            None
        }
        Value::Map(_) => {
            reader
                .say(
                    Code::WrongShape,
                    node.span,
                    format!("this must be {what}, not keys and values"),
                )
                .help("put a text that holds `: ` or begins with `{` in quotes");
            None
        }
    }
}

/// A type whose values are the words of a closed list.
pub trait Choice: Sized + Copy + 'static {
    /// What is chosen, as "status".
    const WHAT: &'static str;
    /// The usual words.
    const NAMES: &'static [&'static str];
    /// The words and what they stand for; other spellings come after the usual ones.
    const WORDS: &'static [(&'static str, Self)];
}

/// Reads one of a closed list of words.
pub fn choice<T: Choice>(node: &Node<'_>, reader: &Reader<'_>) -> Option<T> {
    let word = scalar(node, "a word", reader)?;
    let found = T::WORDS.iter().find(|(name, _)| *name == word);
    if found.is_none() {
        let message = format!("`{word}` is no {}", T::WHAT);
        let names = T::WORDS.iter().map(|(name, _)| *name);
        let help = did_you_mean(word, names).unwrap_or_else(|| format!("write {}", listed::<T>()));
        reader.say(Code::BadChoice, node.span, message).help(help);
    }
    found.map(|(_, value)| *value)
}

/// "`planned`, `active`, `completed` or `stopped`".
fn listed<T: Choice>() -> String {
    let mut names: Vec<_> = T::NAMES.iter().map(|name| format!("`{name}`")).collect();
    let last = names.pop().unwrap_or_default();
    if names.is_empty() { last } else { format!("{} or {last}", names.join(", ")) }
}

/// Declares an enum whose values are words in front matter.
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident, $what:literal,
     { $($(#[$vdoc:meta])* $variant:ident $word:literal $(| $also:literal)*),* $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $crate::documents::text::Choice for $name {
            const WHAT: &'static str = $what;
            const NAMES: &'static [&'static str] = &[$($word,)*];
            const WORDS: &'static [(&'static str, Self)] =
                &[$(($word, $name::$variant),)* $($(($also, $name::$variant),)*)*];
        }

        impl $name {
            /// The word that stands for it in front matter and data files.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }
        }

        impl $crate::documents::fields::Read for $name {
            fn read(
                node: &$crate::documents::yaml::Node<'_>,
                reader: &$crate::documents::reader::Reader<'_>,
            ) -> Option<Self> {
                $crate::documents::text::choice(node, reader)
            }
        }
    };
}
pub(crate) use choices;
