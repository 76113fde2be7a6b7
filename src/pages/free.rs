//! Free pages and the page for addresses that lead nowhere.

use super::Here;
use super::story::toc;
use super::view::{AccessibilityView, FreePageView, NotFoundView};

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

    /// How the site can be read, which a free page of that name tells in a site's own words.
    pub(super) fn accessibility(&self) -> AccessibilityView {
        let title = self.say("Accessibility");
        AccessibilityView {
            frame: self.frame(title, None, &[]),
            title: title.into(),
            names: self.to("search/index.html"),
        }
    }

    /// The page for addresses that lead nowhere.
    pub(super) fn not_found(&self) -> NotFoundView {
        let mut frame = self.frame(self.say("Page not found"), None, &[]);
        frame.canonical = None;
        NotFoundView { frame, title: self.say("Page not found").into() }
    }
}
