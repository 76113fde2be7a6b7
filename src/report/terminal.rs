//! Diagnostics for a terminal: severity, code, message, excerpt, caret, second places, help.
//!
//! The excerpt is drawn by rustc's own renderer. It is handed the few lines that it will show,
//! long ones cut to a window about the caret, and nothing that could act on a terminal. Where a
//! problem stands is counted here, on the whole file, for a window has columns of its own.

use super::{Color, Files, places::Places, visible};
use crate::diagnostics::{Code, Diagnostic, Failure, FileId, Label, Place, Severity};
use annotate_snippets::{
    AnnotationKind, Element, Group, Level, Origin, Padding, Renderer, Snippet,
};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// How many diagnostics of one code are shown; the others are counted.
const SHOWN: usize = 50;
/// Of a rule about the work itself fewer are shown: a large casebook breaks one in every write-up.
const SHOWN_OF_A_RULE: usize = 5;
/// A line of more bytes is cut to a window about the caret.
const LONG: usize = 1_000;
/// Places in one file that are further apart, in lines, are shown apart.
const FAR: usize = 200;
/// Stands for a location until the rendered text is there; `visible` lets none of it through.
const LOCATION: char = '\u{1}';

/// The diagnostics as text, a blank line after each; empty where there are none.
pub fn terminal(
    diagnostics: &[Diagnostic],
    files: &dyn Files,
    color: Color,
    width: usize,
) -> String {
    shown_without(&secrets(diagnostics), diagnostics, files, color, width)
}

/// What looks like a secret: no excerpt shows it.
pub(super) fn secrets(diagnostics: &[Diagnostic]) -> Vec<Place> {
    diagnostics.iter().filter(|one| one.code == Code::Secret).map(Diagnostic::place).collect()
}

/// The same, with stars in these places.
pub(super) fn shown_without(
    secrets: &[Place],
    diagnostics: &[Diagnostic],
    files: &dyn Files,
    color: Color,
    width: usize,
) -> String {
    let mut painter = Painter { places: Places::new(files), secrets, width: width.max(40) };
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    let mut out = String::new();
    for diagnostic in diagnostics {
        let count = counts.entry(diagnostic.code).or_default();
        *count += 1;
        if *count <= shown(diagnostic.code) {
            out.push_str(&painter.paint(diagnostic, color));
            out.push_str("\n\n");
        }
    }
    for (code, count) in counts.into_iter().filter(|(code, count)| *count > shown(*code)) {
        let (more, name) = (count - shown(code), code.name());
        out.push_str(&format!("… and {more} more like [{name}]: `casebook explain {name}`\n"));
    }
    if out.ends_with("`\n") {
        out.push('\n');
    }
    out
}

/// How many diagnostics of a code are shown.
fn shown(code: Code) -> usize {
    if code.is_rule() { SHOWN_OF_A_RULE } else { SHOWN }
}

/// What stopped us, as one line and perhaps a next step.
pub fn failure(failure: &Failure, color: Color) -> String {
    let mut group = Group::with_title(Level::ERROR.primary_title(visible::lines(&failure.message)));
    if let Some(help) = &failure.help {
        group = group.element(Level::HELP.message(visible::lines(help)));
    }
    renderer(color).render(&[group]) + "\n"
}

fn renderer(color: Color) -> Renderer {
    match color {
        Color::Never => Renderer::plain(),
        Color::Always => Renderer::styled(),
    }
}

struct Painter<'f> {
    places: Places<'f>,
    secrets: &'f [Place],
    width: usize,
}

/// Some lines of one file, with one or several stretches marked.
struct Excerpt {
    file: FileId,
    location: String,
    marks: Vec<Mark>,
}

/// A line as it will be shown, and what is marked in it.
struct Mark {
    line: usize,
    text: String,
    span: Range<usize>,
    cut: bool,
    label: String,
    kind: AnnotationKind,
}

impl<'f> Painter<'f> {
    fn paint(&mut self, diagnostic: &Diagnostic, color: Color) -> String {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(visible::line(&diagnostic.message));
        let mut group = Group::with_title(title.id(diagnostic.code.name()));
        let excerpts = self.excerpts(&diagnostic.labels);
        let mut alone = None;
        for (nth, excerpt) in excerpts.iter().enumerate() {
            // A location without lines brings no empty line of its own.
            let bare = excerpt.marks.is_empty();
            group = group.elements(alone.take().or((bare && nth > 0).then_some(Padding)));
            group = group.element(self.element(excerpt));
            alone = bare.then_some(Padding);
        }
        if let Some(help) = &diagnostic.help {
            group = group.elements(alone);
            group = group.element(Level::HELP.message(visible::lines(help)));
        }
        let painted = renderer(color).term_width(self.width).render(&[group]);
        located(&painted, &excerpts)
    }

    /// The labels, those in near lines of one file together, in the order they were given.
    fn excerpts(&mut self, labels: &[Label]) -> Vec<Excerpt> {
        let mut excerpts: Vec<Excerpt> = Vec::new();
        for (nth, label) in labels.iter().enumerate() {
            let file = label.place.file;
            let mut location = visible::line(self.places.path(label.place));
            let Some(mut mark) = self.mark(label) else {
                if !label.text.is_empty() {
                    location = format!("{location}: {}", visible::line(&label.text));
                }
                excerpts.push(Excerpt { file, location, marks: Vec::new() });
                continue;
            };
            if nth == 0 {
                mark.kind = AnnotationKind::Primary;
            }
            match excerpts.iter_mut().find(|excerpt| excerpt.takes(file, &mark)) {
                Some(excerpt) => excerpt.marks.push(mark),
                None => {
                    if let Some(at) = self.places.stretch(label.place) {
                        location = format!("{location}:{}:{}", at.start.line, at.start.column);
                    }
                    excerpts.push(Excerpt { file, location, marks: vec![mark] });
                }
            }
        }
        excerpts
    }

    /// A label's line as it will be shown; nothing for a place that has no line.
    fn mark(&mut self, label: &Label) -> Option<Mark> {
        let stretch = self.places.stretch(label.place)?;
        let (start, line) = self.line(label.place.file, stretch.start.line)?;
        let line = &*line;
        // What goes on over several lines is marked to the end of the first.
        let within = |at: usize| at.saturating_sub(start).min(line.len());
        let span = within(stretch.range.start)..within(stretch.range.end);
        let most = self.width - 16;
        let span = span.start..span.end.min(after(line, span.start, most));
        let cut = line.len() > LONG;
        let (window, span) = if cut { window(line, span, self.width) } else { (line, span) };
        let before = visible::excerpt(&window[..span.start]);
        let marked = visible::excerpt(&window[span.clone()]);
        let after = visible::excerpt(&window[span.end..]);
        Some(Mark {
            line: stretch.start.line,
            span: before.len()..before.len() + marked.len(),
            text: before + &marked + &after,
            cut,
            label: visible::line(&label.text),
            kind: AnnotationKind::Context,
        })
    }

    fn element(&mut self, excerpt: &Excerpt) -> Element<'static> {
        let lines: BTreeMap<_, _> = excerpt.marks.iter().map(|m| (m.line, &m.text)).collect();
        let (Some((first, _)), Some((last, _))) = (lines.first_key_value(), lines.last_key_value())
        else {
            return Origin::path(LOCATION.to_string()).into();
        };
        let mut source = String::new();
        let mut starts = BTreeMap::new();
        for number in *first..=*last {
            starts.insert(number, source.len());
            match lines.get(&number) {
                Some(text) => source.push_str(text),
                // The renderer shows a line between two marked ones; the others it leaves out.
                None if lines.contains_key(&(number - 1)) => {
                    source.push_str(&self.unmarked(excerpt.file, number));
                }
                None => {}
            }
            source.push('\n');
        }
        let annotations = excerpt.marks.iter().map(|mark| {
            let start = starts.get(&mark.line).copied().unwrap_or_default();
            let label = Some(mark.label.clone()).filter(|label| !label.is_empty());
            mark.kind.span(start + mark.span.start..start + mark.span.end).label(label)
        });
        Snippet::source(source)
            .path(LOCATION.to_string())
            .line_start(*first)
            .annotations(annotations.collect::<Vec<_>>())
            .into()
    }

    /// A line and where it begins; of one with a secret, only plain words before it, and a star for
    /// each other byte: where one secret stands, others that look like nothing known are not far.
    fn line(&mut self, file: FileId, number: usize) -> Option<(usize, Cow<'f, str>)> {
        let (start, line) = self.places.line(file, number)?;
        let end = start + line.len();
        let here = self.secrets.iter().filter(|place| place.file == file);
        // Whole letters, wherever a place begins or ends.
        let here = here.filter_map(|place| self.places.stretch(*place).map(|found| found.range));
        let here = here.filter(|range| range.start < end && range.end > start);
        let first = here.map(|range| range.start.max(start) - start).min();
        let shown = first.map_or(Cow::Borrowed(line), |first| Cow::Owned(starred(line, first)));
        Some((start, shown))
    }

    fn unmarked(&mut self, file: FileId, number: usize) -> String {
        let line = self.line(file, number).map_or("".into(), |(_, line)| line);
        visible::excerpt(window(&line, 0..0, self.width).0)
    }
}

impl Excerpt {
    /// Whether a mark can be shown among these: near, and in lines that are whole.
    fn takes(&self, file: FileId, mark: &Mark) -> bool {
        let near = |own: &Mark| !own.cut && own.line.abs_diff(mark.line) <= FAR;
        self.file == file && !mark.cut && !self.marks.is_empty() && self.marks.iter().all(near)
    }
}

/// A line with stars from a byte on, and before it for each word that is more than letters.
fn starred(line: &str, from: usize) -> String {
    let is_part = |c: char| c.is_alphanumeric() || "-_+!@#$%^&*?~.".contains(c);
    let mut out = String::with_capacity(line.len());
    let mut rest = &line[..from];
    while let Some(next) = rest.chars().next() {
        let length = rest.find(|c| is_part(c) != is_part(next)).unwrap_or(rest.len());
        let (part, behind) = rest.split_at(length);
        // What is glued to a sign, as in `pin=…`, is no word of a sentence.
        let glued = out.ends_with(['=', ':', '/']) && !out.ends_with("//");
        let plain = part.chars().all(|c| c.is_alphabetic() || "-_.".contains(c));
        let mark = part.len() == 1 && !next.is_alphanumeric();
        match !is_part(next) || mark || plain && !glued {
            true => out.push_str(part),
            false => out.push_str(&"*".repeat(part.len())),
        }
        rest = behind;
    }
    out + &"*".repeat(line.len() - from)
}

/// The stretch of a line that is worth showing about a span: a screen's width to either side.
///
/// The renderer trims it further and puts its dots where something was left out.
fn window(line: &str, span: Range<usize>, width: usize) -> (&str, Range<usize>) {
    let before = line[..span.start].char_indices().rev().nth(width).map_or(0, |(at, _)| at);
    let end = after(line, span.end, width);
    (&line[before..end], span.start - before..span.end - before)
}

/// The byte some characters further on, or the line's end.
fn after(line: &str, from: usize, characters: usize) -> usize {
    line[from..].char_indices().nth(characters).map_or(line.len(), |(at, _)| from + at)
}

/// The rendered text with each location in its place.
fn located(painted: &str, excerpts: &[Excerpt]) -> String {
    let mut parts = painted.split(LOCATION);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (part, excerpt) in parts.zip(excerpts) {
        out.push_str(&excerpt.location);
        // The renderer's own line and column, which are those of the window.
        out.push_str(part.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()));
    }
    out
}

#[cfg(test)]
mod tests;
