//! For Netlify, and for Cloudflare Pages, which reads the same file: `_headers`.

use super::table::{FOR_SOME, HEADERS, KEPT, KEYED, OWN};
use std::fmt::Write;

/// The files whose type hosts do not always know. Patterns of endings are not alike on both hosts.
const TYPED: &[(&str, &str)] = &[
    ("calendar.ics", "text/calendar; charset=utf-8"),
    ("data/projects.csv", "text/csv; charset=utf-8"),
    ("data/kpis.csv", "text/csv; charset=utf-8"),
    ("data/actions.csv", "text/csv; charset=utf-8"),
    ("data/lessons.csv", "text/csv; charset=utf-8"),
    ("data/costs.csv", "text/csv; charset=utf-8"),
    ("data/benefits.csv", "text/csv; charset=utf-8"),
    ("data/portfolio.json", "application/json; charset=utf-8"),
    ("data/schema.json", "application/json; charset=utf-8"),
    ("feed.xml", "application/atom+xml; charset=utf-8"),
    ("sitemap.xml", "application/xml; charset=utf-8"),
];

/// The file.
pub fn file(base: &str) -> String {
    let mut out = format!(
        "# Put this into the file `_headers` in the folder that is uploaded, beside index.html. 404.html is\n\
         # found without a rule. A rule cannot refuse a file: remove {OWN} from what is uploaded.\n\
         # Files that are not named below are asked for again each time, as the host has it.\n\n\
         {base}*\n"
    );
    // Writing to a string cannot fail.
    for (name, value) in HEADERS {
        let _ = writeln!(out, "  {name}: {value}");
    }
    for (name, value, why) in FOR_SOME {
        let _ = write!(out, "  # {why}:\n  # {name}: {value}\n");
    }
    let _ = write!(
        out,
        "\n# These carry a key of their content in their names.\n{base}{KEYED}*\n  Cache-Control: {KEPT}\n"
    );
    for (address, kind) in TYPED {
        let _ = write!(out, "\n{base}{address}\n  Content-Type: {kind}\n");
    }
    out
}
