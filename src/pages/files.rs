//! The files beside pages, by address, each with the function that makes it: data, feed, sitemap,
//! calendar, and what crawlers are told.

use super::Pages;
use super::calendar::CALENDAR;
use super::data::{DataFile, short};
use super::feed::FEED;
use super::sitemap::ROBOTS;

impl Pages<'_> {
    /// All files beside pages. What needs addresses on the web is not there without `base_url`.
    pub fn files(&self) -> Vec<(String, DataFile<'_>)> {
        let data = self.data().into_iter();
        let mut files: Vec<(String, DataFile<'_>)> =
            data.map(|(address, make)| (address.to_string(), make)).collect();
        if self.portfolio.settings.base_url.is_some() {
            let feed = || short(self.feed().expect("there is a base address"));
            files.push((FEED.into(), Box::new(feed)));
        }
        for file in self.sitemap_files() {
            let address = file.clone();
            files.push((address, Box::new(move || short(self.sitemap(&file)))));
        }
        files.push((ROBOTS.into(), Box::new(|| short(self.robots()))));
        files.push((CALENDAR.into(), Box::new(|| short(self.calendar()))));
        files.retain(|(address, _)| !self.portfolio.leaves_out(address));
        files
    }
}
