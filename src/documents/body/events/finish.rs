//! The end of a body: one pass of writing, and the cuts at the marks that were left in it.

use super::{Events, MARK, Mark};
use crate::documents::body::{Body, Piece, Section, balance};
use crate::documents::text::without_controls;

impl Events<'_, '_> {
    /// Cuts the HTML at the marks.
    pub fn finish(mut self, html: &str) -> Body {
        self.end_section();
        self.end_raw_of_section();
        let whole;
        let html = match self.raw.any {
            false => html,
            true => {
                let ends = |mark: &str| matches!(self.mark_of(mark), Some(Mark::Section(_)));
                whole = balance::sections(html, MARK, ends);
                &whole
            }
        };
        // A tag that is closed too late stands twice in what a parser makes of it.
        let twice = self.raw.any;
        let mut body = Body {
            sections: vec![Section::default()],
            lead: self.lead,
            told: self.told,
            anchors: Vec::new(),
        };
        let mut marks: Vec<_> = self.marks.into_iter().map(Some).collect();
        for (nth, part) in html.split(MARK).enumerate() {
            let last = body.sections.last_mut().expect("there is always one section");
            if nth % 2 == 0 {
                if !part.is_empty() {
                    let html = without_controls(part).unwrap_or_else(|| part.to_string());
                    last.pieces.push(Piece::Html(html));
                }
                continue;
            }
            let mark = part.parse::<usize>().ok().and_then(|n| match twice {
                false => marks.get_mut(n)?.take(),
                true => marks.get(n)?.clone(),
            });
            match mark {
                Some(Mark::Piece(piece)) => last.pieces.push(piece),
                Some(Mark::Section(fills)) => {
                    body.sections.push(Section { fills, ..Section::default() });
                }
                None => {}
            }
        }
        for (section, heading) in self.toc {
            if let Some(section) = body.sections.get_mut(section) {
                section.headings.push(heading);
            }
        }
        body.sections.retain(|section| !section.pieces.is_empty());
        body.anchors = self.headings.into_ids();
        body
    }

    fn mark_of(&self, number: &str) -> Option<&Mark> {
        self.marks.get(number.parse::<usize>().ok()?)
    }
}
