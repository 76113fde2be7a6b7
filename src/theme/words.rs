//! The words of templates: `say("Results")` becomes what the site's language says for it.
//!
//! That happens once, before a template is compiled: a page pays nothing for its language.

use crate::documents::wording::{Wording, parts};
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
                text(said, &mut out);
                rest = after;
            }
            _ => {
                out.push_str(before);
                literal(said, &mut out);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// A phrase as text of the page; `{name}` prints what the template knows by that name.
fn text(said: &str, out: &mut String) {
    for (words, name) in parts(said) {
        // Writing to a string cannot fail.
        let _ = escape_html(&mut *out, words);
        if let Some(name) = name {
            out.push_str(&format!("{{{{ {name} }}}}"));
        }
    }
}

/// A phrase as a value: texts and names joined.
fn literal(said: &str, out: &mut String) {
    let mut joined = Vec::new();
    for (words, name) in parts(said) {
        if !words.is_empty() {
            joined.push(format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\"")));
        }
        joined.extend(name.map(str::to_string));
    }
    match joined.is_empty() {
        true => out.push_str("\"\""),
        false => out.push_str(&joined.join(" ~ ")),
    }
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
            spoken("{{ say(\"Of {frame.n} all\") }}{{ x | y(z=say(\"{n} of\")) }}", &wording),
            "Of {{ frame.n }} all{{ x | y(z=n ~ \" of\") }}"
        );
        assert_eq!(
            spoken(template, &wording),
            "<h2>Ergebnisse &lt;&quot;x&quot;&gt;</h2>{{ a or \"Ergebnisse <\\\"x\\\">\" }}New"
        );
    }
}
