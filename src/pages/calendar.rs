//! The calendar: benefits reviews and open actions as all-day events (RFC 5545), on the day on which
//! they are due.
//!
//! An event's id comes from its project and what was promised, not from its date or its place in the
//! file: an action that is put off moves in a calendar that already knows it.

use super::{Here, Pages};
use crate::documents::post_mortem::ActionStatus;
use crate::documents::project::Status;
use crate::portfolio::Project;
use crate::portfolio::action::told;
use foldhash::{HashMap, HashMapExt};
use jiff::civil::Date;

/// Where it lies.
pub(super) const CALENDAR: &str = "calendar.ics";

/// The longest line, in bytes, without its end.
const LONGEST: usize = 75;

/// Something that is due.
struct Due {
    on: Date,
    id: String,
    summary: String,
    about: String,
    url: Option<String>,
}

impl Pages<'_> {
    /// The calendar.
    pub(super) fn calendar(&self) -> Vec<u8> {
        let here = Here { pages: self, address: "index.html" };
        let portfolio = self.portfolio;
        let mut due: Vec<Due> =
            portfolio.projects.iter().flat_map(|project| here.due(project)).collect();
        due.sort_by(|a, b| (a.on, &a.id).cmp(&(b.on, &b.id)));
        let mut lines = Lines::default();
        lines.put("BEGIN", "VCALENDAR");
        lines.put("VERSION", "2.0");
        lines.put("PRODID", "-//Casebook//Casebook//EN");
        lines.put("CALSCALE", "GREGORIAN");
        lines.put("NAME", &text(&portfolio.settings.title));
        lines.put("X-WR-CALNAME", &text(&portfolio.settings.title));
        if due.is_empty() {
            lines.no_event();
        }
        let stamp = format!("{}T000000Z", day(portfolio.as_of));
        for event in due {
            lines.event(&event, &stamp);
        }
        lines.put("END", "VCALENDAR");
        lines.0.into_bytes()
    }

    /// What ends the id of an event, so that those of two casebooks differ.
    fn host(&self) -> &str {
        let base = self.portfolio.settings.base_url.as_deref().unwrap_or_default();
        let rest = base.split_once("://").map_or("", |(_, rest)| rest);
        let host = rest.split('/').next().unwrap_or_default();
        if host.is_empty() { "casebook.invalid" } else { host }
    }
}

impl Here<'_> {
    /// What is due of a project: its open actions with a day, and its benefits review.
    fn due(&self, project: &Project) -> Vec<Due> {
        let host = self.pages.host();
        let url = self.pages.on_the_web(&project.page);
        let mut list = Vec::new();
        let review = project.stages.iter().find(|stage| stage.key == "benefits_review");
        let review =
            review.filter(|stage| stage.actual.is_none() && project.status != Status::Stopped);
        if let Some(on) = review.and_then(|stage| stage.planned) {
            list.push(Due {
                on: on.to,
                id: format!("review-{}@{host}", project.id()),
                summary: format!("{}: {}", self.say("Benefits review"), project.title()),
                about: self.result(project),
                url: url.clone(),
            });
        }
        let mut twins: HashMap<&str, usize> = HashMap::new();
        for action in told(project) {
            let twin = twins.entry(action.text.as_str()).or_insert(0);
            *twin += 1;
            let Some(on) = action.due.filter(|_| action.status == ActionStatus::Open) else {
                continue;
            };
            let key = blake3::hash(format!("{twin}\n{}", action.text).as_bytes()).to_hex();
            let owner = match &action.owner {
                Some(owner) => self.person(owner),
                None => self.say("No owner").to_string(),
            };
            list.push(Due {
                on: on.to,
                id: format!("action-{}-{}@{host}", project.id(), &key[..16]),
                summary: format!("{}: {}", self.say("Action"), action.text),
                about: format!("{owner}\n{}", project.title()),
                url: url.as_ref().map(|url| format!("{url}#part-actions")),
            });
        }
        list
    }
}

/// Lines of a calendar, folded.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn event(&mut self, due: &Due, stamp: &str) {
        self.put("BEGIN", "VEVENT");
        self.put("UID", &text(&due.id));
        self.put("DTSTAMP", stamp);
        self.put("DTSTART;VALUE=DATE", &day(due.on));
        // The end is the day after; the last day that there is ends itself.
        if let Ok(end) = due.on.tomorrow() {
            self.put("DTEND;VALUE=DATE", &day(end));
        }
        self.put("SUMMARY", &text(&due.summary));
        if !due.about.is_empty() {
            self.put("DESCRIPTION", &text(&due.about));
        }
        if let Some(url) = &due.url {
            self.put("URL", url);
        }
        self.put("TRANSP", "TRANSPARENT");
        self.put("END", "VEVENT");
    }

    /// A calendar must hold something, so one without an event holds its time zone.
    fn no_event(&mut self) {
        for (name, value) in [
            ("BEGIN", "VTIMEZONE"),
            ("TZID", "Etc/UTC"),
            ("BEGIN", "STANDARD"),
            ("DTSTART", "19700101T000000"),
            ("TZOFFSETFROM", "+0000"),
            ("TZOFFSETTO", "+0000"),
            ("END", "STANDARD"),
            ("END", "VTIMEZONE"),
        ] {
            self.put(name, value);
        }
    }

    /// A line, folded between letters where it is too long.
    fn put(&mut self, name: &str, value: &str) {
        let mut length = 0;
        for letter in name.chars().chain([':']).chain(value.chars()) {
            if length + letter.len_utf8() > LONGEST {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(letter);
            length += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// A text as calendars write it.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// A day as calendars write it: `20260930`.
fn day(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_at_75_bytes_and_never_within_a_letter() {
        let value = "ü😀".repeat(40);
        let mut lines = Lines::default();
        lines.put("SUMMARY", &value);
        assert!(lines.0.split_terminator("\r\n").all(|line| line.len() <= LONGEST));
        assert_eq!(lines.0.replace("\r\n ", ""), format!("SUMMARY:{value}\r\n"));
        let mut exact = Lines::default();
        exact.put("A", &"x".repeat(73));
        assert_eq!(exact.0.matches("\r\n").count(), 1);
        exact.put("A", &"x".repeat(74));
        assert_eq!(exact.0.matches("\r\n").count(), 3);
    }

    #[test]
    fn texts_are_escaped() {
        assert_eq!(text("a, b; c\\ d\r\ne\u{7}: \"f\""), "a\\, b\\; c\\\\ d\\ne: \"f\"");
    }
}
