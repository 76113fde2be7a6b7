//! Tags: the list of them from A to Z, and the projects of each with what they came to.

use super::alphabet::Alphabet;
use super::view::{NameView, TagView, TagsView, Words};
use super::{Here, ROWS, list};
use crate::portfolio::alphabet::Place;
use crate::portfolio::facet::Facet;
use foldhash::HashMap;
use std::cmp::Reverse;

/// How many tags are named beside a tag.
const TOGETHER: usize = 12;

impl Here<'_> {
    /// A page of the list of tags.
    pub(super) fn tags(&self, nth: usize) -> TagsView {
        let facets = self.portfolio().facets.all.iter();
        let tags = facets.filter(|facet| facet.kind == "tag");
        let mut names: Vec<(Place, &Facet)> =
            tags.map(|facet| (Place::of(&facet.label), facet)).collect();
        names.sort_by(|(a, one), (b, other)| (a, &one.id).cmp(&(b, &other.id)));
        let result = match names.len() {
            0 => self.say("No project has a tag yet.").to_string(),
            n => self.plural(
                n,
                "{n} tag leads to the projects that share it.",
                "{n} tags lead to the projects that share them.",
            ),
        };
        let list = Alphabet {
            first: "tags/index.html",
            what: "Tags",
            names: &names,
            letter: &|(place, _)| place.letter(),
        };
        TagsView {
            frame: self.frame(self.say("Tags"), Some(result.clone()), &[]),
            title: self.say("Tags").into(),
            result,
            list: list.page(self, nth, |(_, facet)| NameView {
                name: facet.label.clone(),
                href: self.to(&facet.tag_page()),
                note: self.plural(facet.projects.len(), "{n} project", "{n} projects"),
            }),
        }
    }

    /// A page of the projects of a tag.
    pub(super) fn tag(&self, at: usize, nth: usize) -> TagView {
        let facet = &self.portfolio().facets.all[at];
        let count = self.plural(facet.projects.len(), "{n} project", "{n} projects");
        let result = format!(
            "{count}: {}. {}",
            self.standings_of(&facet.projects),
            self.coverage_sentence(&self.coverage_of(&facet.projects))
        );
        let rows = facet.projects.iter().skip((nth - 1) * ROWS).take(ROWS);
        TagView {
            frame: self.frame(
                &facet.label,
                Some(result.clone()),
                &[(self.say("Tags"), "tags/index.html")],
            ),
            title: self.fill("Tag: {tag}", &[("tag", &facet.label)]),
            result,
            rows: rows.map(|at| self.row(*at)).collect(),
            listing: list::listing(
                self,
                &facet.tag_page(),
                nth,
                (facet.projects.len(), "Projects"),
            ),
            together: if nth == 1 { self.together(facet) } else { Vec::new() },
            narrow: Words::link(self.say("Narrow by unit, year or status"), self.to(&facet.page()))
                .if_linked(),
        }
    }

    /// The tags that the projects of a tag have as well, the most frequent first.
    fn together(&self, facet: &Facet) -> Vec<Words> {
        let portfolio = self.portfolio();
        let mut counts: HashMap<&str, usize> = HashMap::default();
        for at in &facet.projects {
            for tag in &portfolio.projects[*at].front().tags {
                *counts.entry(tag.value.as_str()).or_default() += 1;
            }
        }
        let mut others: Vec<(&str, usize)> = counts.into_iter().collect();
        others.retain(|(tag, _)| *tag != facet.label);
        others.sort_unstable_by_key(|(tag, count)| (Reverse(*count), *tag));
        let link = |(tag, count): (&str, usize)| {
            let other = portfolio.facets.tag(tag)?;
            let text = format!("{tag} ({})", self.format().count(count));
            Some(Words::link(text, self.to(&other.tag_page())))
        };
        others.into_iter().take(TOGETHER).filter_map(link).collect()
    }
}
