//! What a writer at a terminal is told of a preview: one line a rebuild.
//!
//! In goes what happened, out come lines. Errors are told each time, warnings once: a warning that
//! stood there before the save is not what the writer looks for after it.

use crate::cli::check::left_out;
use crate::cli::voice::some;
use crate::diagnostics::{Diagnostic, Severity};
use crate::pipeline::{Built, LeftOut};
use crate::report;
use crate::serve::{News, Open, Preview, Round};
use std::collections::BTreeSet;
use std::time::Duration;

/// What was told before.
#[derive(Debug, Default)]
pub struct Told {
    warnings: BTreeSet<[String; 3]>,
}

impl Told {
    /// The errors of a round, and its warnings that were not told before.
    pub fn worth_telling(&mut self, built: &Built) -> Vec<Diagnostic> {
        let name = |one: &Diagnostic| {
            let path = &built.sources.file(one.place().file).path;
            [path.clone(), one.code.name().to_string(), one.message.clone()]
        };
        let known = |one: &&Diagnostic| {
            one.severity == Severity::Warning && self.warnings.contains(&name(one))
        };
        let told = built.diagnostics.iter().filter(|one| !known(one)).cloned().collect();
        if built.whole {
            // One that went away is told again when it comes again. With errors about, some are
            // not looked for.
            self.warnings.clear();
        }
        self.warnings.extend(built.diagnostics.iter().map(name));
        told
    }
}

/// Whether it is told to someone who wants to hear only what is wrong.
pub fn is_trouble(news: &News<'_>) -> bool {
    match news {
        News::Round(round) => round.after.overlay.is_some(),
        News::Polling(_) | News::Gone => true,
        News::Open(_) | News::Back => false,
    }
}

/// What happened, as one line or a few.
pub fn lines(news: &News<'_>) -> String {
    match news {
        News::Round(round) if !is_worth_a_word(round) => String::new(),
        News::Round(round) => match round.outcome {
            Err(_) => format!("{}{}\n", caused(round.causes), stays(round)),
            Ok(built) if round.after.overlay.is_some() => {
                let summary = report::summary(&built.diagnostics);
                format!("{}{summary}; {}\n", caused(round.causes), stays(round))
            }
            Ok(built) if round.before.site.is_none() => made(built, round.took),
            Ok(built) => changed(built, round),
        },
        News::Open(open) => opened(open),
        News::Polling(why) => format!("{why}: files are looked at twice a second from here on\n"),
        News::Gone => "the casebook's folder or its content is gone: the last good site stays, \
                       until it is back\n"
            .to_string(),
        News::Back => "it is back\n".to_string(),
    }
}

/// A round that no file is known for and that changed nothing came of an editor's own doings.
fn is_worth_a_word(round: &Round<'_>) -> bool {
    let Round { causes, before, after, .. } = round;
    let same = before.site.is_some() && after.changed.is_empty() && !after.restyled;
    !(same && causes.is_empty() && before.overlay == after.overlay)
}

fn opened(open: &Open) -> String {
    let taken = open.taken.map_or(String::new(), |port| format!("port {port} is taken; "));
    let exposed = if open.exposed {
        "everyone on this network can read it, drafts and withheld figures included if you serve \
         them\n"
    } else {
        ""
    };
    format!("{taken}serving {} until Ctrl-C\n{exposed}", open.url)
}

fn made(built: &Built, took: Duration) -> String {
    let made = &built.made;
    format!(
        "made {}, {} and {} as {} in {}{}\n{}",
        some(made.projects, "project"),
        some(made.units, "unit"),
        some(made.kpis, "KPI"),
        some(made.pages, "page"),
        time(took),
        warnings(built),
        left_out(&built.left_out),
    )
}

fn changed(built: &Built, round: &Round<'_>) -> String {
    let Round { causes, after, before, took, .. } = round;
    let mended = if before.overlay.is_some() { "mended; " } else { "" };
    let concerned = |one: &&LeftOut| causes.contains(&one.path);
    let left: Vec<LeftOut> = built.left_out.iter().filter(concerned).cloned().collect();
    format!(
        "{}{mended}{}, {}{}\n{}",
        caused(causes),
        differences(after, built.made.pages),
        time(*took),
        warnings(built),
        left_out(&left)
    )
}

/// "the style, 3 of 171 pages and 2 files changed, 1 page removed".
fn differences(after: &Preview, all: usize) -> String {
    let is_page = |address: &&String| address.ends_with(".html");
    let is_style = |address: &&String| after.restyled && address.ends_with(".css");
    let stands =
        |address: &&String| after.site.as_ref().is_some_and(|site| site.file(address).is_some());
    let pages = after.changed.iter().filter(is_page).filter(stands).count();
    let removed = after.changed.iter().filter(is_page).count() - pages;
    let files = after.changed.iter().filter(|one| !is_page(one) && !is_style(one)).count();
    let mut parts = Vec::new();
    if after.restyled {
        parts.push("the style".to_string());
    }
    if pages > 0 {
        parts.push(format!("{pages} of {}", some(all, "page")));
    }
    if files > 0 {
        parts.push(some(files, "file"));
    }
    let changed = match &parts[..] {
        [] if removed > 0 => None,
        [] => Some("no page changed".to_string()),
        [one] => Some(format!("{one} changed")),
        [rest @ .., last] => Some(format!("{} and {last} changed", rest.join(", "))),
    };
    let removed = (removed > 0).then(|| format!("{} removed", some(removed, "page")));
    changed.into_iter().chain(removed).collect::<Vec<_>>().join(", ")
}

fn warnings(built: &Built) -> String {
    if built.diagnostics.is_empty() {
        return String::new();
    }
    format!("; {}", report::summary(&built.diagnostics))
}

/// What a save that went wrong leaves.
fn stays(round: &Round<'_>) -> &'static str {
    if round.after.site.is_some() {
        "the last good site stays"
    } else {
        "there is no page until it is mended"
    }
}

/// The files that were touched, and what follows from them behind a colon.
fn caused(causes: &[String]) -> String {
    match causes {
        [] => String::new(),
        [one] => format!("{one}: "),
        [one, other] => format!("{one} and {other}: "),
        [one, rest @ ..] => format!("{one} and {} more files: ", rest.len()),
    }
}

fn time(took: Duration) -> String {
    match took.as_millis() {
        few @ 0..1_000 => format!("{few} ms"),
        _ => format!("{:.1} s", took.as_secs_f64()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::memory::Held;
    use std::sync::Arc;

    #[test]
    fn a_line_begins_with_what_was_touched() {
        let touched = |names: &[&str]| {
            caused(&names.iter().map(|name| (*name).to_string()).collect::<Vec<_>>())
        };
        assert_eq!(touched(&[]), "");
        assert_eq!(touched(&["a.md"]), "a.md: ");
        assert_eq!(touched(&["a.md", "b.md"]), "a.md and b.md: ");
        assert_eq!(touched(&["a.md", "b.md", "c.md"]), "a.md and 2 more files: ");
    }

    #[test]
    fn an_address_says_what_was_taken_and_who_can_read() {
        let open = |taken, exposed| opened(&Open { url: "http://x/".to_string(), taken, exposed });
        assert_eq!(open(None, false), "serving http://x/ until Ctrl-C\n");
        assert_eq!(open(Some(4000), false), "port 4000 is taken; serving http://x/ until Ctrl-C\n");
        assert!(open(None, true).contains("everyone on this network can read it"));
    }

    #[test]
    fn a_page_that_went_is_none_of_those_that_stand() {
        let site = |addresses: &[&str]| {
            let files: Vec<_> = addresses.iter().map(|address| (*address, &b""[..])).collect();
            Some(Arc::new(Held::of(&files)))
        };
        let told = |changed: &[&str], restyled| {
            let changed = changed.iter().map(ToString::to_string).collect();
            let site = site(&["a.html", "b.html", "c.csv", "d.css"]);
            differences(&Preview { site, changed, restyled, ..Preview::default() }, 2)
        };
        assert_eq!(told(&[], false), "no page changed");
        assert_eq!(told(&["a.html"], false), "1 of 2 pages changed");
        assert_eq!(told(&["gone.html"], false), "1 page removed");
        assert_eq!(
            told(&["a.html", "b.html", "c.csv", "d.css", "gone.html"], true),
            "the style, 2 of 2 pages and 1 file changed, 1 page removed"
        );
    }

    #[test]
    fn times_are_read_at_a_glance() {
        assert_eq!(time(Duration::from_micros(21_900)), "21 ms");
        assert_eq!(time(Duration::from_millis(4_120)), "4.1 s");
    }
}
