//! `casebook headers`: what a web server is to say with each file, written down for one kind of host.
//!
//! In goes the kind of host, out comes its file on stdout, with what to put where as a comment if its
//! form has comments. Of the settings only the path in `base_url` is looked at, for rules name addresses;
//! where no casebook is, it is written for a site at the root of its host, and that is told.
//! All hosts are told the same, which stands in `table`; how each writes it down is a file of its own.

mod azure;
mod caddy;
mod cloudfront;
mod netlify;
mod nginx;
mod table;

use super::Outcome;
use super::options::Options;
use super::settings;
use super::typed::{Headers, Host};
use crate::diagnostics::Failure;

/// Runs it.
pub fn run(typed: &Headers, options: &Options) -> Result<Outcome, Failure> {
    let base = match options.root_if_any()? {
        Some(root) => base(settings::certain(&root, "address")?.base_url.as_deref()),
        None => {
            options.voice.tell(
                "there is no casebook here, so this is for a site at the root of its host: for \
                 one below a path, name its casebook with --root\n",
            );
            base(None)
        }
    };
    let write = match typed.host {
        Host::Nginx => nginx::file,
        Host::Caddy => caddy::file,
        Host::Netlify => netlify::file,
        Host::Cloudfront => cloudfront::file,
        Host::Azure => azure::file,
    };
    options.voice.answer(&write(&base))?;
    Ok(Outcome::Fine)
}

/// The path of the site on its host, with a slash at both ends.
fn base(url: Option<&str>) -> String {
    let path =
        url.and_then(|url| url.split("://").nth(1)?.split_once('/')).map_or("", |(_, path)| path);
    format!("/{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_stands_at_the_path_of_its_address() {
        assert_eq!(base(None), "/");
        assert_eq!(base(Some("https://a.example/")), "/");
        assert_eq!(base(Some("https://a.example:8080/b/c/")), "/b/c/");
    }

    #[test]
    fn each_file_says_each_header() {
        for write in [nginx::file, caddy::file, netlify::file, cloudfront::file, azure::file] {
            let file = write("/b/");
            for (name, value) in table::HEADERS {
                // CloudFront has fields of its own for some.
                let name = name.split('-').next_back().unwrap_or_default();
                let told = file.contains(value)
                    || value == &"nosniff" && file.contains("ContentTypeOptions");
                assert!(file.contains(name) && told, "{name}\n{file}");
            }
        }
    }
}
