//! The end of a body: one pass of writing, and the cuts at the marks that were left in it.

use super::{Events, MARK, Mark};
use crate::documents::body::{Body, Piece, Section};
use crate::documents::text::without_controls;

impl Events<'_, '_> {
    /// Cuts the HTML at the marks.
    pub fn finish(mut self, html: &str) -> Body {
        self.end_section();
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
            let mark = part.parse::<usize>().ok().and_then(|n| marks.get_mut(n)?.take());
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
}
