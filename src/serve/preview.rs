//! The preview: all that a browser may ask for, as it stands after one rebuild.
//!
//! It is made whole and then put in the place of the one before, so that no answer mixes two
//! sites. While something is wrong it holds the last good site and the overlay.

use super::dress::{Below, Overlay};
use super::seen;
use crate::site::memory::Held;
use rayon::prelude::*;
use std::sync::Arc;

/// What is shown.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// How many rebuilds led here.
    pub build: u64,
    /// The last good site; none, if there was none yet.
    pub site: Option<Arc<Held>>,
    /// The path that the site will have on its host.
    pub base: String,
    /// The addresses of its style sheets.
    pub styles: Vec<String>,
    /// What is wrong, if anything is.
    pub overlay: Option<Overlay>,
    /// The addresses that the last rebuild changed.
    pub changed: Vec<String>,
    /// Whether it changed a style sheet.
    pub restyled: bool,
}

impl Preview {
    /// The preview after a rebuild that made a site.
    pub fn mended(&self, site: Held, base: String) -> Preview {
        let styles: Vec<String> =
            site.addresses().filter(|address| address.ends_with(".css")).map(Into::into).collect();
        let nothing = Held::default();
        let before = self.site.as_deref().unwrap_or(&nothing);
        let restyled = styles != self.styles;
        let differ = site.differences(before).into_par_iter().filter(|address| {
            // With another style sheet all pages have other bytes; those that only name it have
            // not changed for a reader.
            !restyled || !address.ends_with(".html") || {
                let plain = |held: &Held, styles: &[String]| {
                    held.file(address).map(|file| seen::unstyled(&file.bytes(), styles))
                };
                plain(&site, &styles) != plain(before, &self.styles)
            }
        });
        let changed = differ.map(str::to_string).collect();
        Preview {
            build: self.build + 1,
            site: Some(Arc::new(site)),
            base,
            styles,
            overlay: None,
            changed,
            restyled,
        }
    }

    /// The same preview, with files that came after the others.
    pub fn followed(&self, site: Held) -> Preview {
        let nothing = Held::default();
        let late = site.differences(self.site.as_deref().unwrap_or(&nothing));
        let mut changed = self.changed.clone();
        changed.extend(late.into_iter().map(str::to_string));
        changed.sort_unstable();
        changed.dedup();
        Preview { site: Some(Arc::new(site)), changed, ..self.clone() }
    }

    /// The preview after a rebuild that found something wrong: the last good site stays.
    pub fn broken(&self, summary: &str, entries: &str) -> Preview {
        let below = if self.site.is_some() { Below::LastGood } else { Below::Nothing };
        Preview {
            build: self.build + 1,
            overlay: Some(Overlay::new(summary, entries, below)),
            changed: Vec::new(),
            restyled: false,
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &str)]) -> Held {
        let files = files.iter().map(|(address, text)| (*address, text.as_bytes()));
        Held::of(&files.collect::<Vec<_>>())
    }

    #[test]
    fn a_new_style_changes_the_style_and_the_pages_that_say_more() {
        let (one, two) = ("assets/style-0123456789.css", "assets/style-abcdefabcd.css");
        let files = |style: &'static str, b: &'static str| {
            site(&[
                (style, style),
                ("a.html", &format!("{style} a")),
                ("b.html", &format!("{style} {b}")),
            ])
        };
        let first = Preview::default().mended(files(one, "b"), "/".into());
        assert_eq!(first.changed, ["a.html", one, "b.html"]);
        let same = first.mended(files(one, "b"), "/".into());
        assert_eq!((same.changed.len(), same.restyled, same.build), (0, false, 2));
        let second = same.mended(files(two, "c"), "/".into());
        assert_eq!(second.changed, [one, two, "b.html"]);
        assert!(second.restyled);
    }

    #[test]
    fn what_follows_is_told_with_what_came_before() {
        let first = Preview::default().mended(site(&[("a.html", "a"), ("b.js", "b")]), "/".into());
        let pages = first.mended(site(&[("a.html", "A"), ("b.js", "b")]), "/".into());
        let whole = pages.followed(site(&[("a.html", "A"), ("b.js", "B")]));
        assert_eq!((whole.build, pages.changed.len()), (pages.build, 1));
        assert_eq!(whole.changed, ["a.html", "b.js"]);
        let all = whole.site.expect("a site");
        assert_eq!(&*all.file("b.js").expect("a file").bytes(), b"B");
    }

    #[test]
    fn what_is_wrong_leaves_the_site_and_goes_when_it_is_mended() {
        let good = Preview::default().mended(site(&[("a.html", "a")]), "/".into());
        let broken = good.broken("1 error", "<li>x</li>");
        let overlay = broken.overlay.as_ref().expect("something is wrong");
        assert!(overlay.html.contains("the last good page"), "{}", overlay.html);
        assert!(Arc::ptr_eq(
            broken.site.as_ref().expect("it stays"),
            good.site.as_ref().expect("it was good")
        ));
        let mended = broken.mended(site(&[("a.html", "a")]), "/".into());
        assert!(mended.overlay.is_none() && mended.changed.is_empty());
        let never = Preview::default().broken("1 error", "");
        assert!(never.overlay.is_some_and(|overlay| !overlay.html.contains("last good")));
    }
}
