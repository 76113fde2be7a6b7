//! The files beside pages, each with what makes it: data, feed, sitemap, calendar, what explorers of
//! lists read, and what crawlers are told.

use super::Pages;
use super::calendar::CALENDAR;
use super::data::DataFile;
use super::feed::FEED;
use super::sitemap::ROBOTS;

impl Pages<'_> {
    /// All files beside pages. What needs addresses on the web is not there without `base_url`.
    pub fn files(&self) -> Vec<DataFile<'_>> {
        let mut files = self.data();
        if self.portfolio.settings.base_url.is_some() {
            let feed = || self.feed().expect("there is a base address");
            files.push(DataFile::short(FEED, feed));
        }
        for file in self.sitemap_files() {
            files.push(DataFile::short(file.clone(), move || self.sitemap(&file)).of_pages());
        }
        files.extend(self.explorers());
        files.push(DataFile::short(ROBOTS, || self.robots()));
        files.push(DataFile::short(CALENDAR, || self.calendar()));
        files.retain(|file| !self.portfolio.leaves_out(&file.address));
        files
    }
}
