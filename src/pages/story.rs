//! Bodies made whole: the gaps that reading left are filled with figures, charts and links.

use super::Here;
use super::chart::{self, Said};
use super::kpi::Kpi;
use super::view::TocEntry;
use super::xml::percent;
use crate::documents::body::{Body, Piece, Reference, Target, Which, parts_of, read_again};
use crate::documents::fields::Spanned;
use crate::documents::figure::Given;
use crate::documents::picture::Size;
use crate::documents::post_mortem::Lesson;
use crate::portfolio::Project;
use crate::portfolio::address::{Base, Resolved};
use crate::portfolio::investment::{Investment, Known};
use crate::portfolio::kpi::Label;
use crate::portfolio::references::{Picture, base_of};
use crate::portfolio::returns::Payback;
use pulldown_cmark_escape::{escape_href, escape_html};
use rust_decimal::Decimal;
use std::fmt::Write;

impl Here<'_> {
    /// The HTML of a body.
    pub(super) fn body(&self, body: &Body, project: Option<&Project>) -> String {
        let base = match project {
            Some(project) => base_of(project),
            None => self.base(),
        };
        // All of it at once: to grow is to copy.
        let pieces = body.sections.iter().flat_map(|section| &section.pieces);
        let room = pieces.map(|piece| match piece {
            Piece::Html(text) => text.len(),
            _ => 96,
        });
        let mut html = String::with_capacity(room.sum());
        for piece in body.sections.iter().flat_map(|section| &section.pieces) {
            self.piece(piece, project, &base, &mut html);
        }
        html
    }

    /// Where the write-up of a page without a project stands.
    fn base(&self) -> Base {
        let source = match self.address {
            "index.html" => "content/",
            address if address.starts_with("units/") => "content/units/",
            _ => "content/pages/",
        };
        Base { source: source.into(), page: self.address.to_string() }
    }

    fn piece(&self, piece: &Piece, project: Option<&Project>, base: &Base, html: &mut String) {
        // Writing to a string cannot fail.
        match piece {
            Piece::Html(text) => html.push_str(text),
            Piece::Figure(reference) => {
                let _ = escape_html(html, &self.quoted(reference, project));
            }
            Piece::Chart(kpi) => self.chart(kpi, project, html),
            Piece::Project(id) => self.title_of(id, html),
            Piece::Href(target) => {
                let _ = escape_href(html, &self.href(target, base));
            }
            Piece::Src(path) => {
                let folder = base.page.strip_suffix("index.html").unwrap_or_default();
                let below = crate::documents::path::below(path).unwrap_or_default();
                let address = format!("{folder}{below}");
                let _ = escape_href(&mut *html, &file_href(&self.to(&address)));
                // The gap stands between quotes, which raw HTML around it needs to be read.
                if let Some(picture) = self.portfolio().pictures.get(&address) {
                    if let Some(copies) = self.copies(&address, picture) {
                        let _ = write!(html, "\" srcset=\"{copies}\" sizes=\"{IN_TEXT}");
                    }
                    let Size { width, height } = picture.size;
                    let _ = write!(html, "\" width=\"{width}\" height=\"{height}");
                }
            }
        }
    }

    /// The copies of a picture and the picture itself, each with its width; nothing, where it has none.
    pub(super) fn copies(&self, address: &str, picture: &Picture) -> Option<String> {
        if picture.copies.is_empty() {
            return None;
        }
        let own = (picture.size.width, address);
        let all = picture.copies.iter().map(|(width, copy)| (*width, copy.as_str())).chain([own]);
        // In such a list an address ends at a blank, and one cannot begin with a comma.
        let each = all.map(|(width, at)| format!("{} {width}w", percent(&self.to(at))));
        Some(each.collect::<Vec<_>>().join(", "))
    }

    fn title_of(&self, id: &Spanned<String>, html: &mut String) {
        let Some(project) = self.portfolio().project(id) else { return };
        html.push_str("<a href=\"");
        let _ = escape_href(&mut *html, &self.to(&project.page));
        html.push_str("\">");
        let _ = escape_html(&mut *html, project.title());
        html.push_str("</a>");
    }

    fn href(&self, target: &Target, base: &Base) -> String {
        if target.path.is_empty() {
            return target.fragment.clone();
        }
        let files = |path: &str| self.portfolio().files.values().any(|source| source == path);
        match self.portfolio().addresses.resolve(target, base, files) {
            Some(Resolved::Page(page)) => format!("{}{}", self.to(&page), target.fragment),
            Some(Resolved::File { address, .. }) => file_href(&self.to(&address)),
            None => String::new(),
        }
    }

    /// The KPI that a reference names, on this project or another.
    fn named<'p>(&'p self, name: &str, project: Option<&'p Project>) -> Option<Kpi<'p>> {
        let (project, id) = match name.split_once('/') {
            Some((project, id)) => (self.portfolio().project(project)?, id),
            None => (project?, name),
        };
        let at = project.front().kpis.iter().position(|kpi| kpi.id.value == id)?;
        Some(Kpi::of(project, at))
    }

    /// A figure that the body quotes, as text; what is not there is said in a word.
    pub(super) fn quoted(&self, reference: &Reference, project: Option<&Project>) -> String {
        let investment = project.and_then(|project| project.investment.as_ref());
        let missing = || match project {
            Some(project) if project.withholds("investment") => self.say("withheld"),
            _ => self.say("not given"),
        };
        match reference {
            Reference::Kpi { kpi, which } => match self.named(kpi, project) {
                Some(kpi) => self.kpi_figure(kpi, *which),
                None => self.say("withheld").into(),
            },
            Reference::Chart(_) => String::new(),
            reference => match investment {
                Some(investment) => self.money_quoted(reference, investment, missing()),
                None => missing().into(),
            },
        }
    }

    fn kpi_figure(&self, kpi: Kpi<'_>, which: Which) -> String {
        let told = kpi.told;
        let figure = |value| self.format().figure(value, &told.measure);
        match which {
            Which::Actual => match &kpi.judgement.judged {
                Some(judged) => figure(judged.value),
                None => match kpi.judgement.label {
                    Label::NotGiven => self.say("not given").into(),
                    label => self.inline(label.words()),
                },
            },
            Which::Baseline => match &told.baseline {
                Some(Given::Known(base)) => figure(base.value),
                Some(Given::Withheld(_)) => self.say("withheld").into(),
                Some(Given::NotMeasured(_)) => self.say("not measured").into(),
                _ => self.say("not given").into(),
            },
            Which::Target => match (kpi.judgement.bounds.min, kpi.judgement.bounds.max) {
                (Some(min), Some(max)) if min != max => {
                    let (low, high) = (self.format().number(min), figure(max));
                    self.fill("{low} to {high}", &[("low", &low), ("high", &high)])
                }
                (min, max) => min.or(max).map_or_else(|| self.say("not set").into(), figure),
            },
        }
    }

    fn money_quoted(
        &self,
        reference: &Reference,
        investment: &Investment,
        missing: &str,
    ) -> String {
        let money = |amount| self.format().money(amount, &investment.currency);
        let said = |amount: Known<Decimal>, write: &dyn Fn(Decimal) -> String| match amount {
            Known::Told(amount) => write(amount),
            Known::Withheld => self.say("withheld").into(),
            Known::Nothing => self.say("not given").into(),
        };
        match reference {
            Reference::Invested => said(investment.actual, &money),
            Reference::Budget => said(investment.budget, &money),
            Reference::Benefits if investment.realized.withheld > 0 => self.say("withheld").into(),
            Reference::Benefits => money(investment.realized.all()),
            Reference::Roi => said(investment.to_date.cash, &|roi| self.format().percent(roi)),
            Reference::Payback => match &investment.payback {
                Known::Told(Payback::Years(years)) => {
                    self.span(super::format::round(*years, 1), "years")
                }
                Known::Told(Payback::Recovered(part, _)) => {
                    self.fill("{part} recovered", &[("part", &self.format().percent(*part))])
                }
                Known::Withheld => self.say("withheld").into(),
                Known::Nothing => self.say("not given").into(),
            },
            Reference::Share(unit) => {
                let unit = self.portfolio().units.find(unit);
                let part = investment.parts.iter().find(|part| part.unit == unit);
                match part {
                    Some(part) => said(part.percent, &|percent| self.format().share(percent)),
                    None => missing.into(),
                }
            }
            Reference::Kpi { .. } | Reference::Chart(_) => String::new(),
        }
    }

    /// A chart in place of a paragraph: the series where there is one, else the bullet.
    fn chart(&self, name: &str, project: Option<&Project>, html: &mut String) {
        let Some(kpi) = self.named(name, project) else {
            html.push_str(self.say("This chart is withheld."));
            return;
        };
        let title = kpi.told.name.value.as_str();
        let twin = format!("{}#kpi-{}", self.to(&kpi.project.page), kpi.told.id.value);
        let drawn = match (kpi.readings.len() > 1, &kpi.judgement.judged) {
            (true, _) => Some(self.series(kpi).svg),
            (false, Some(judged)) => Some({
                let bullet = chart::Bullet {
                    actual: judged.value,
                    baseline: kpi.told.baseline.as_ref().and_then(Given::known).map(|b| b.value),
                    bounds: kpi.judgement.bounds,
                    direction: kpi.judgement.direction,
                };
                let desc = self.kpi_in_words(kpi);
                chart::bullet(&bullet, Said { title, desc: &desc }).0
            }),
            (false, None) => None,
        };
        html.push_str("<span class=\"chart\">");
        html.push_str(drawn.as_deref().unwrap_or_default());
        html.push_str("<a href=\"");
        let _ = escape_href(&mut *html, &twin);
        html.push_str("\">");
        let mut caption = format!("{title}{}", self.kpi_figures(kpi));
        if drawn.is_none() {
            caption.push_str(self.say(": no figure to draw"));
        }
        let _ = escape_html(&mut *html, &caption);
        html.push_str("</a></span>");
    }

    /// A lesson's text with its figures and titles.
    pub(super) fn plain_text(&self, text: &str, lesson: &Lesson, project: &Project) -> String {
        let mut out = String::new();
        for part in parts_of(text) {
            match part {
                Ok(text) => out.push_str(text),
                Err(inner) => match read_again(inner) {
                    Some(reference) => out.push_str(&self.quoted(&reference, Some(project))),
                    None => {
                        let _ = write!(out, "{{{inner}}}");
                    }
                },
            }
        }
        for id in &lesson.mentions {
            if let Some(project) = self.portfolio().project(id) {
                out = out.replace(id.as_str(), project.title());
            }
        }
        out
    }

    /// The result in one sentence: the summary, else the body's first paragraph.
    pub(super) fn result(&self, project: &Project) -> String {
        if let Some(summary) = &project.front().summary {
            return summary.value.clone();
        }
        if project.withholds("summary") {
            return self.say("The result is withheld.").into();
        }
        let mut text = String::new();
        for piece in &project.shown.document.body.lead {
            match piece {
                Piece::Html(words) => text.push_str(words),
                Piece::Figure(reference) => text.push_str(&self.quoted(reference, Some(project))),
                Piece::Project(id) => {
                    text.push_str(self.portfolio().project(id).map_or("", Project::title));
                }
                _ => {}
            }
        }
        shortened(text.trim())
    }
}

/// At most a summary's length: whole sentences where one fits.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 280;
    if text.chars().count() <= LONGEST {
        return text.to_string();
    }
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let head = &text[..end];
    match head.rfind(". ") {
        Some(stop) => head[..=stop].to_string(),
        None => format!("{} …", head.rsplit_once(' ').map_or(head, |(words, _)| words)),
    }
}

/// The headings of a body for its table of contents; one heading alone needs none.
pub(super) fn toc(body: &Body) -> Vec<TocEntry> {
    let top = body.headings().map(|heading| heading.level).min().unwrap_or(2);
    let near = body.headings().filter(|heading| heading.level <= top + 1);
    let entries: Vec<_> = near
        .map(|heading| TocEntry {
            text: heading.text.clone(),
            href: format!("#{}", heading.id),
            depth: heading.level - top + 1,
        })
        .collect();
    if entries.len() < 2 { Vec::new() } else { entries }
}

/// How wide a picture in the text is shown: as the column, or as a screen that is narrower.
const IN_TEXT: &str = "(min-width: 48em) 44em, 100vw";

/// The address of a file, which ends at `#`; a name does not.
pub(super) fn file_href(address: &str) -> String {
    address.replace('#', "%23")
}
