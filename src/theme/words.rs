//! The words of templates: `say("Results")` becomes what the site's language says for it.
//!
//! That happens once, before a template is compiled: a page pays nothing for its language.

use crate::documents::wording::Wording;
use pulldown_cmark_escape::escape_html;

/// Opens a phrase in a template.
const OPENS: &str = "say(\"";
/// Closes it.
const CLOSES: &str = "\")";

/// A template with its phrases said in a language: as text where a phrase stands alone in
/// `{{ … }}`, as a text literal in any other expression.
pub(super) fn spoken(template: &str, wording: &Wording) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, phrase, after)) = next(rest) {
        let said = wording.say(phrase);
        match (before.strip_suffix("{{ "), after.strip_prefix(" }}")) {
            (Some(before), Some(after)) => {
                out.push_str(before);
                // Writing to a string cannot fail.
                let _ = escape_html(&mut out, said);
                rest = after;
            }
            _ => {
                out.push_str(before);
                out.push('"');
                out.push_str(&said.replace('\\', "\\\\").replace('"', "\\\""));
                out.push('"');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The next phrase, with what stands before and behind its `say("…")`.
fn next(text: &str) -> Option<(&str, &str, &str)> {
    let at = text.find(OPENS)?;
    let rest = &text[at + OPENS.len()..];
    let end = rest.find(CLOSES)?;
    Some((&text[..at], &rest[..end], &rest[end + CLOSES.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_become_text_or_literals() {
        let mut wording = Wording::default();
        wording.words.insert("Results".into(), "Ergebnisse <\"x\">".into());
        let template =
            "<h2>{{ say(\"Results\") }}</h2>{{ a or say(\"Results\") }}{{ say(\"New\") }}";
        assert_eq!(
            spoken(template, &wording),
            "<h2>Ergebnisse &lt;&quot;x&quot;&gt;</h2>{{ a or \"Ergebnisse <\\\"x\\\">\" }}New"
        );
    }
}
