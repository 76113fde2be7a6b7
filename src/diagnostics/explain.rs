//! Explanations: what a code means, why it matters, a wrong and a right example.
//!
//! Each is a Markdown file in `codes/`, so that it reads the same in the repository and in a
//! terminal. A test builds every wrong example, which must trip its code, and every right one.

use super::Code;
use include_dir::{Dir, include_dir};

static TEXTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/diagnostics/codes");

/// The explanation of a code, as Markdown.
pub fn text(code: Code) -> &'static str {
    TEXTS
        .get_file(format!("{}.md", code.name()))
        .and_then(|file| file.contents_utf8())
        .expect("each code has its explanation, as a test holds")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_has_an_explanation_and_each_explanation_a_code() {
        let missing: Vec<_> = Code::ALL
            .iter()
            .filter(|code| TEXTS.get_file(format!("{}.md", code.name())).is_none())
            .map(|code| code.name())
            .collect();
        assert!(missing.is_empty(), "without an explanation: {missing:?}");
        for file in TEXTS.files() {
            let name = file.path().file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            assert!(Code::find(name).is_some(), "codes/{name}.md explains no code");
        }
    }
}
