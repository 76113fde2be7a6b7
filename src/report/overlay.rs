//! Diagnostics for a browser: what `serve` lays over a page while something is wrong.
//!
//! In go diagnostics and their files, out come entries of a list in HTML, errors first. The
//! excerpt is the terminal's own, so that both show the same. All that comes from a file or a
//! message is escaped here; what frames the list is for `serve`.

use super::json::word;
use super::{Color, Files, terminal, visible};
use crate::diagnostics::{Diagnostic, Failure, Place, Severity};
use pulldown_cmark_escape::escape_html;

/// So many are shown; the others are counted.
const SHOWN: usize = 20;

/// Columns of an excerpt: a laptop's window; a narrow one scrolls it.
const WIDTH: usize = 88;

/// The diagnostics as `<li>` elements; empty where there are none.
pub fn overlay(diagnostics: &[Diagnostic], files: &dyn Files) -> String {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    // The order among errors, and among warnings, stays.
    sorted.sort_by_key(|diagnostic| diagnostic.severity);
    let secrets = terminal::secrets(diagnostics);
    let entries = sorted.iter().take(SHOWN).map(|one| entry(one, &secrets, files));
    let mut out: String = entries.collect();
    if let Some(more) = sorted.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        out.push_str(&format!(
            "<li>… and {more} more: see the terminal, or `casebook check`</li>\n"
        ));
    }
    out
}

/// What stopped us, as the same kind of entry.
pub fn overlay_failure(failure: &Failure) -> String {
    let title = title(Severity::Error, None, &failure.message);
    format!("<li class=\"error\">{title}{}</li>\n", help(failure.help.as_deref()))
}

/// A text in which nothing is markup.
pub fn escaped(text: &str) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = escape_html(&mut out, text);
    out.replace('\'', "&#39;")
}

fn entry(diagnostic: &Diagnostic, secrets: &[Place], files: &dyn Files) -> String {
    let class = word(diagnostic.severity);
    let title = title(diagnostic.severity, Some(diagnostic.code.name()), &diagnostic.message);
    let alone = Diagnostic { help: None, ..diagnostic.clone() };
    let painted = terminal::shown_without(secrets, &[alone], files, Color::Never, WIDTH);
    // The first line is the title, which stands above.
    let excerpt = painted.split_once('\n').map_or("", |(_, rest)| rest).trim_end();
    let excerpt = format!("<pre tabindex=\"0\">{}</pre>", escaped(excerpt));
    format!("<li class=\"{class}\">{title}{excerpt}{}</li>\n", help(diagnostic.help.as_deref()))
}

fn title(severity: Severity, code: Option<&str>, message: &str) -> String {
    let code = code.map_or(String::new(), |code| format!(" <code>{}</code>", escaped(code)));
    let message = escaped(&visible::lines(message));
    format!("<p class=\"what\"><b>{}</b> {message}{code}</p>", word(severity))
}

fn help(help: Option<&str>) -> String {
    let help = help.map(|help| escaped(&visible::lines(help)));
    help.map_or(String::new(), |help| format!("<p class=\"help\">{help}</p>"))
}

#[cfg(test)]
mod tests {
    use super::super::Desk;
    use super::*;
    use crate::diagnostics::{Code, FileId, Span};

    #[test]
    fn an_entry_shows_excerpt_caret_and_next_step_and_escapes_all_of_them() {
        let text = "title: <script>alert('1')</script>\n".to_string();
        let desk = Desk(vec![("content/<b>&.md", Some(text))]);
        let place = FileId(0).at(Span::new(7, 15));
        let problem = Diagnostic::new(Code::UnknownKey, place, "no <i>key</i> \u{1b}[2J")
            .label("a \"label\" & <u>")
            .help("did you mean `<a>`?");
        let html = overlay(&[problem], &desk);
        for markup in ["<script", "<b>&", "<i>", "<u>", "<a>", "\u{1b}", "alert('"] {
            assert!(!html.contains(markup), "{markup} in\n{html}");
        }
        assert!(html.contains("<b>error</b> no &lt;i&gt;key&lt;/i&gt; ␛[2J"), "{html}");
        assert!(html.contains("--&gt; content/&lt;b&gt;&amp;.md:1:8"), "{html}");
        assert!(html.contains("1 | title: &lt;script&gt;alert(&#39;1&#39;)"), "{html}");
        assert!(html.contains("       ^^^^^^^^ a &quot;label&quot; &amp; &lt;u&gt;"), "{html}");
        assert!(html.contains("<p class=\"help\">did you mean `&lt;a&gt;`?</p>"), "{html}");
    }

    #[test]
    fn errors_come_first_and_many_are_counted() {
        let desk = Desk(vec![("a.md", Some("a\n".to_string()))]);
        let at = |nth: usize| FileId(0).at(Span::new(nth % 2, 1));
        let warning = Diagnostic::new(Code::RawHtml, at(0), "a warning");
        let errors = (0..25).map(|nth| Diagnostic::new(Code::UnknownKey, at(nth), "an error"));
        let all: Vec<_> = std::iter::once(warning).chain(errors).collect();
        let html = overlay(&all, &desk);
        assert_eq!(html.matches("<li class=\"error\">").count(), SHOWN);
        assert!(!html.contains("a warning"));
        assert!(html.ends_with("<li>… and 6 more: see the terminal, or `casebook check`</li>\n"));
        assert_eq!(overlay(&[], &desk), "");
    }
}
