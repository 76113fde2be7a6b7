//! The smaller parts of a write-up: what was seen, said and recognized along the way.

use super::date::When;
use super::fields::{Fields, Read, Spanned};
use super::reader::Reader;
use super::yaml::{Node, Value};
use crate::diagnostics::Span;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Declares a struct of texts and the like, read key by key.
macro_rules! told {
    ($(#[$doc:meta])* $name:ident, $what:literal,
     { $($(#[$fdoc:meta])* $field:ident: $type:ty = $how:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name {
            $($(#[$fdoc])* pub $field: $type,)*
            /// Where it stands.
            pub span: Span,
        }

        impl Read for $name {
            fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Self> {
                let fields = Fields::of(node, $what, reader)?;
                let told =
                    $name { $($field: fields.$how(key(stringify!($field))),)* span: node.span };
                fields.done();
                Some(told)
            }
        }
    };
}

told! {
    /// First-hand experience: someone of IT in a department.
    Shadowing, "a shadowing", {
        /// The department.
        unit: Spanned<String> = need,
        /// Who went.
        by: Option<String> = get,
        /// For how many days.
        days: Option<Decimal> = get,
        /// What they learned.
        learned: Option<String> = get,
    }
}

told! {
    /// What was to be done, and what was done.
    Scope, "the scope", {
        /// At the start.
        planned: Option<String> = get,
        /// At the end.
        r#final: Option<String> = get,
        /// Why it changed.
        reason: Option<String> = get,
    }
}

told! {
    /// A gap in the given problem, and who caught it.
    Gap, "a gap", {
        /// What was missing.
        text: String = need,
        /// The unit that found it.
        found_by: Option<Spanned<String>> = get,
    }
}

told! {
    /// What is different now.
    Outcome, "an outcome", {
        /// In one sentence.
        statement: String = need,
        /// The KPI that shows it.
        kpi: Option<Spanned<String>> = get,
    }
}

told! {
    /// What someone independent found.
    Assurance, "an assurance", {
        /// Who.
        by: String = need,
        /// When.
        on: Option<When> = get,
        /// What.
        finding: Option<String> = get,
    }
}

told! {
    /// What someone said.
    Quote, "a quote", {
        /// The words.
        text: String = need,
        /// Whose they are.
        by: Option<String> = get,
        /// What they do.
        role: Option<String> = get,
        /// Where.
        unit: Option<Spanned<String>> = get,
    }
}

told! {
    /// Praise from above.
    Recognition, "a recognition", {
        /// Who gave it.
        by: String = need,
        /// When.
        on: Option<When> = get,
        /// The words.
        text: Option<String> = get,
    }
}

/// The picture of a write-up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// The file, by its path in the folder.
    pub src: Spanned<String>,
    /// What it shows.
    pub alt: Option<String>,
}

impl Read for Image {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Image> {
        if let Value::Text(_) = node.value {
            return Some(Image { src: Spanned::read(node, reader)?, alt: None });
        }
        let fields = Fields::of(node, "an image", reader)?;
        let image = Image { src: fields.need("src"), alt: fields.get("alt") };
        fields.done();
        Some(image)
    }
}

/// The key of a field whose name is a word of Rust's.
fn key(field: &'static str) -> &'static str {
    field.trim_start_matches("r#")
}
