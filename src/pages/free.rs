//! Free pages and the page for addresses that lead nowhere.

use super::Here;
use super::story::toc;
use super::view::{FreePageView, NotFoundView};

impl Here<'_> {
    /// A free page.
    pub(super) fn free(&self, at: usize) -> FreePageView {
        let page = &self.portfolio().pages[at];
        let title = page.front.title.value.clone();
        let summary = page.front.summary.as_ref().map(|summary| summary.value.clone());
        FreePageView {
            frame: self.frame(&title, summary.clone(), &[]),
            title,
            summary: summary.unwrap_or_default(),
            html: self.body(&page.body, None),
            toc: toc(&page.body),
        }
    }

    /// The page for addresses that lead nowhere.
    pub(super) fn not_found(&self) -> NotFoundView {
        let mut frame = self.frame(self.say("Page not found"), None, &[]);
        frame.canonical = None;
        NotFoundView { frame, title: self.say("Page not found").into() }
    }
}
