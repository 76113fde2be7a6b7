//! A page being written: the portfolio as seen from its address. Each noun's file adds to it what
//! it shows.

use super::Pages;
use super::format::Format;
use crate::portfolio::Portfolio;
use crate::portfolio::address::relative;

/// A page being written: the portfolio as seen from its address.
#[derive(Clone, Copy)]
pub(super) struct Here<'a> {
    pub(super) pages: &'a Pages<'a>,
    pub(super) address: &'a str,
}

impl<'a> Here<'a> {
    pub(super) fn portfolio(&self) -> &'a Portfolio {
        self.pages.portfolio
    }

    pub(super) fn format(&self) -> &'a Format {
        &self.pages.format
    }

    /// The address of another page as seen from this one; empty where the site does without it.
    pub(super) fn to(&self, address: &str) -> String {
        if self.portfolio().leaves_out(address) {
            return String::new();
        }
        if self.address == "404.html" {
            // It is served for any address, so its links count from the root of the host.
            return format!("{}{address}", self.base_path());
        }
        relative(self.address, address)
    }

    /// The path of the site on its host, with a slash at its end.
    fn base_path(&self) -> &str {
        let base = self.portfolio().settings.base_url.as_deref().unwrap_or("/");
        let rest = base.split_once("://").map_or(base, |(_, rest)| rest);
        rest.find('/').map_or("/", |at| &rest[at..])
    }
}
