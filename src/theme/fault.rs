//! Faults of templates: what the engine says, as a diagnostic at its place.
//!
//! In goes an error of the engine and the site's own templates; out comes what is wrong in a line,
//! with the place in the template where the site can mend it. A fault that shows up within a
//! built-in template is placed where a template of the site led there.

use crate::diagnostics::{Code, Diagnostic, FileId, Place, Span, among};
use std::collections::BTreeMap;
use tera::ErrorKind;

/// What the theme's own limit says; the engine wraps it in words about input and output.
pub(super) const TOO_LARGE: &str = "the page grows beyond 16 MB";

/// A site's own templates: how the engine names them, their files and texts.
#[derive(Debug, Default)]
pub(super) struct Own {
    files: BTreeMap<String, (FileId, Box<str>)>,
    theme: String,
}

impl Own {
    /// No template yet, of a theme.
    pub(super) fn of(theme: &str) -> Own {
        Own { files: BTreeMap::new(), theme: theme.to_string() }
    }

    /// Adds a template; gives the name that the engine knows it by.
    pub(super) fn add(&mut self, template: &str, file: FileId, text: &str) -> String {
        let name = self.named(template);
        self.files.insert(name.clone(), (file, text.into()));
        name
    }

    /// How the engine names a template of this theme.
    fn named(&self, template: &str) -> String {
        if self.theme == "default" { format!("default/{template}") } else { template.to_string() }
    }

    /// A template that cannot be read; `otherwise` is the place where no template is known.
    pub(super) fn unreadable(&self, error: &tera::Error, otherwise: Place) -> Diagnostic {
        let fault = Fault::of(error);
        let place = self.place(&fault).unwrap_or(otherwise);
        let message = format!("a template cannot be read: {}", self.said(&fault));
        let help = fault.help.unwrap_or_else(|| "mend the template, or remove it".to_string());
        Diagnostic::new(Code::Template, place, message).help(help)
    }

    /// A page that its template cannot render.
    pub(super) fn unrenderable(
        &self,
        error: &tera::Error,
        template: &str,
        address: &str,
    ) -> Diagnostic {
        let fault = Fault::of(error);
        let page = || self.files.get(&self.named(template)).map(|(file, _)| file.top());
        let place = self.place(&fault).or_else(page).unwrap_or(FileId(0).top());
        let said = self.said(&fault);
        let message = format!("the template of /{address} cannot be rendered: {said}");
        let help = fault.help;
        let help =
            help.unwrap_or_else(|| format!("mend the template in themes/{}/templates", self.theme));
        Diagnostic::new(Code::Template, place, message).help(help)
    }

    /// Where the fault is, or the nearest template of the site that led there.
    fn place(&self, fault: &Fault) -> Option<Place> {
        if let Some((file, text)) = self.files.get(&fault.template) {
            return Some(file.at(fault.span_in(text)));
        }
        let led = fault.callers.iter().find_map(|caller| self.files.get(caller));
        let suspect = || {
            let components = |(_, text): &&(FileId, Box<str>)| text.contains("component ");
            self.files.values().find(components).filter(|_| fault.said.contains("recursion"))
        };
        led.or_else(suspect).map(|(file, _)| file.top())
    }

    fn said(&self, fault: &Fault) -> String {
        if fault.line == 0 || self.files.contains_key(&fault.template) {
            return fault.said.clone();
        }
        format!("{}, in {} on line {}", fault.said, fault.template, fault.line)
    }
}

/// What the engine says, taken apart.
#[derive(Debug, Default)]
struct Fault {
    said: String,
    help: Option<String>,
    template: String,
    /// Its line; 0 where none is told.
    line: usize,
    /// Where on it, in letters from 1, and how many of them.
    column: (usize, usize),
    /// The templates that led there, the nearest first.
    callers: Vec<String>,
}

impl Fault {
    fn of(error: &tera::Error) -> Fault {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let (said, help) = advised(report.message());
                let at = report.span();
                Fault {
                    said,
                    help,
                    template: report.filename().to_string(),
                    line: at.start_line,
                    column: (at.start_col + 1, at.end_col.saturating_sub(at.start_col).max(1)),
                    callers: callers(&error.to_string()),
                }
            }
            ErrorKind::CircularExtend { tpl, inheritance_chain } => {
                let said = format!("{} comes back to itself", chain(tpl, inheritance_chain));
                let name = tpl.trim_start_matches("default/");
                let help = Some(format!("extend the built-in one as `default/{name}`"));
                Fault { said, help, template: tpl.clone(), ..Fault::default() }
            }
            ErrorKind::CircularInclude { tpl, include_chain } => {
                let said = format!("{} comes back to itself", chain(tpl, include_chain));
                Fault { said, template: tpl.clone(), ..Fault::default() }
            }
            ErrorKind::MissingParent { current, parent } => {
                let said = format!("it extends `{parent}`, which is not there");
                Fault { said, template: current.clone(), ..Fault::default() }
            }
            _ => {
                let whole = whole(error);
                match Fault::of_report(&whole) {
                    Some(fault) => fault,
                    None if whole.contains(TOO_LARGE) => {
                        Fault { said: TOO_LARGE.to_string(), ..Fault::default() }
                    }
                    None => Fault::of_words(&whole),
                }
            }
        }
    }

    fn of_words(whole: &str) -> Fault {
        let said = lower(&whole.lines().map(str::trim).collect::<Vec<_>>().join("; "));
        let help = said
            .contains("recursion")
            .then(|| "look for a component that calls itself, perhaps through another".to_string());
        Fault { said, help, ..Fault::default() }
    }

    /// The first of the reports that the engine has written out: `error: …`, `--> x.html:3:15`,
    /// and below the line of the template a row of carets.
    fn of_report(whole: &str) -> Option<Fault> {
        let mut lines = whole.lines().map(str::trim);
        let (said, help) = advised(lines.find_map(|line| line.strip_prefix("error: "))?);
        let mut at = lines.find_map(|line| line.strip_prefix("--> "))?.rsplitn(3, ':');
        let column = at.next()?.parse().ok()?;
        let line = at.next()?.parse().ok()?;
        let template = at.next()?.to_string();
        let carets = lines.find(|line| line.ends_with('^')).unwrap_or_default();
        let column = (column, carets.matches('^').count());
        Some(Fault { said, help, template, line, column, ..Fault::default() })
    }

    /// Line and column as bytes of the template's text: all of the line where it has phrases, for
    /// the engine has read them in the site's language.
    fn span_in(&self, text: &str) -> Span {
        let Some(line) = self.line.checked_sub(1).and_then(|n| text.split('\n').nth(n)) else {
            return Span::default();
        };
        let start = line.as_ptr() as usize - text.as_ptr() as usize;
        if line.contains("say(") {
            return Span::new(start, start + line.trim_end().len());
        }
        let (from, length) = self.column;
        let bytes = |letters: usize| line.chars().take(letters).map(char::len_utf8).sum::<usize>();
        let from = from.saturating_sub(1);
        Span::new(start + bytes(from), start + bytes(from + length))
    }
}

/// `a.html → b.html → a.html`
fn chain(template: &str, through: &[String]) -> String {
    let mut names: Vec<&str> = through.iter().map(String::as_str).collect();
    if names.first() != Some(&template) {
        names.insert(0, template);
    }
    if names.len() < 2 || names.last() != Some(&template) {
        names.push(template);
    }
    names.join(" → ")
}

/// "Variable `x` is not defined. Available variables: a, b" as what is wrong and what is near.
fn advised(message: &str) -> (String, Option<String>) {
    let Some((said, rest)) = message.split_once(". Available ") else {
        return (lower(message.lines().next().unwrap_or_default()), None);
    };
    let word = said.split('`').nth(1).unwrap_or_default();
    let names = rest.split_once(": ").map_or("", |(_, names)| names);
    let known = names.split(", ").map(str::trim).filter(|name| !name.is_empty());
    (lower(said), among(word, known))
}

/// The templates that the engine's notes name: "called from home.html:54:4".
fn callers(report: &str) -> Vec<String> {
    let notes = report.split("called from ").skip(1);
    notes.filter_map(|note| Some(note.split(':').next()?.trim().to_string())).collect()
}

/// An error with the errors behind it.
fn whole(error: &tera::Error) -> String {
    let mut parts = vec![error.to_string()];
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        parts.push(error.to_string());
        source = error.source();
    }
    parts.join(": ")
}

/// Small at its beginning and without a stop at its end, as messages are.
fn lower(said: &str) -> String {
    let mut letters = said.trim_end_matches('.').chars();
    let first: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
    first + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_engine_says_is_taken_apart() {
        let (said, help) =
            advised("Variable `titel` is not defined. Available variables: a, title");
        assert_eq!(said, "variable `titel` is not defined");
        assert_eq!(help.as_deref(), Some("did you mean `title`?"));
        assert_eq!(advised("Unknown filter `shout`"), ("unknown filter `shout`".into(), None));
        let report =
            "error: Unknown filter `shout`\n --> a.html:2:4\n  |\n2 | é {{ x }}\n  |    ^^\n";
        let fault = Fault::of_report(report).expect("it is a report");
        assert_eq!((fault.template.as_str(), fault.line), ("a.html", 2));
        assert_eq!(fault.span_in("x\né {{ x }}\n"), Span::new(6, 8));
        assert_eq!(fault.span_in("x\n{{ say(\"y\") }}\n"), Span::new(2, 16));
        let report = "x; note: called from default/a.html:7:4; note: called from b.html:1:2";
        assert_eq!(callers(report), ["default/a.html", "b.html"]);
        assert_eq!(chain("a", &["a".into()]), "a → a");
        assert_eq!(chain("a", &["b".into(), "a".into()]), "a → b → a");
    }
}
