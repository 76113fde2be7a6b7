//! The last stretch of the road: each page rendered, in parallel, and put on the shelf; what is
//! known from the last run is left there as it is.

use super::Watch;
use super::memory::{Looked, Site};
use crate::diagnostics::{Diagnostic, Failure};
use crate::memo::{self, BODY};
use crate::pages::{Page, Pages};
use crate::site::Shelf;
use crate::theme::Theme;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

/// All that rendering needs.
pub(super) struct Render<'r> {
    pub pages: &'r Pages<'r>,
    pub theme: &'r Theme,
    pub watch: &'r dyn Watch,
    pub shelf: &'r dyn Shelf,
    /// The last site that was whole.
    pub last: Option<&'r Site>,
    /// The site that is to be, where it is to be remembered.
    pub site: Option<Site>,
}

/// What rendering brought.
pub(super) enum Rendered {
    /// All files of the site, how they came to be, and how many pages were rendered.
    Whole(Option<Site>, usize),
    /// What is wrong in a template.
    Broken(Diagnostic),
}

impl<'r> Render<'r> {
    /// Puts all files on the shelf: pages, data, and `files`, which are at hand.
    pub fn all(
        mut self,
        output: &str,
        files: &BTreeMap<String, Vec<u8>>,
    ) -> Result<Rendered, Failure> {
        let made = self.pages.files();
        let addresses = self.pages.list.iter().map(|page| page.address.as_str());
        let addresses = addresses.chain(made.iter().map(|(address, _)| address.as_str()));
        let addresses = addresses.chain(files.keys().map(String::as_str));
        self.shelf.begin(output, addresses.map(str::to_string).collect())?;
        let same = self.data_is_same();
        let (put, rendered) = rayon::join(
            || {
                made.par_iter().with_max_len(1).try_for_each(|(address, make)| {
                    match same && self.shelf.keep(address)? {
                        true => Ok(()),
                        false => self.shelf.take_long(address, make()),
                    }
                })?;
                files.par_iter().try_for_each(|(address, bytes)| self.shelf.take(address, bytes))
            },
            || self.pages(),
        );
        put?;
        let rendered = rendered?;
        let count = rendered.iter().filter(|(_, fresh)| matches!(fresh, One::Made(_))).count();
        let mut site = self.site.take();
        for (page, one) in rendered {
            match (one, &mut site) {
                (One::Broken(problem), _) => return Ok(Rendered::Broken(*problem)),
                (One::Made(looked) | One::Kept(looked), Some(site)) => {
                    site.pages.insert(page.address.clone(), looked);
                }
                _ => {}
            }
        }
        Ok(Rendered::Whole(site, count))
    }

    /// Whether data files, which look at everything but bodies, are those of the last site.
    fn data_is_same(&self) -> bool {
        let (Some(last), Some(next)) = (self.last, &self.site) else { return false };
        last.is_like(next) && last.keys.agree_but_for(&next.keys, BODY)
    }

    fn pages(&self) -> Result<Vec<(&'r Page, One)>, Failure> {
        let done = AtomicUsize::new(0);
        let all = self.pages.list.len();
        let each = self.pages.list.par_iter().with_max_len(8).map(|page| {
            let one = self.page(page)?;
            self.watch.page(done.fetch_add(1, Ordering::Relaxed) + 1, all);
            Ok((page, one))
        });
        each.collect()
    }

    fn page(&self, page: &Page) -> Result<One, Failure> {
        let known = match (self.last, &self.site) {
            (Some(last), Some(next)) => last.same(page, next),
            _ => None,
        };
        if let Some(looked) = known
            && self.shelf.keep(&page.address)?
        {
            return Ok(One::Kept(looked.clone()));
        }
        let put = |bytes: &[u8]| self.shelf.take(&page.address, bytes);
        let (view, at) = match self.site.is_some() {
            true => memo::watch(|| self.pages.view(page)),
            false => (self.pages.view(page), Box::default()),
        };
        Ok(match self.theme.render(view, &page.address, put)? {
            Some(problem) => One::Broken(Box::new(problem)),
            None => One::Made(Looked { about: page.key(), at }),
        })
    }
}

/// What became of one page.
enum One {
    Made(Looked),
    Kept(Looked),
    Broken(Box<Diagnostic>),
}
