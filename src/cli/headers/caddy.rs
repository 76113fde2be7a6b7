//! For Caddy: lines for a site's block in a Caddyfile.

use super::table::{ASKED_AGAIN, FOR_SOME, HEADERS, KEPT, KEYED, NOT_THERE, OWN, TYPES};
use std::fmt::Write;

/// The file.
pub fn file(base: &str) -> String {
    let mut out = "# Put this into /etc/caddy/casebook.caddy, and into the block of the site:\n\
        #     root * /srv/casebook    # the folder that `casebook build` wrote, or what holds it\n\
        #     import casebook.caddy\n\
        #     file_server\n\nheader {\n"
        .to_string();
    // Writing to a string cannot fail.
    for (name, value) in HEADERS {
        let _ = writeln!(out, "\t{name} \"{value}\"");
    }
    for (name, value, why) in FOR_SOME {
        let _ = write!(out, "\t# {why}:\n\t# {name} \"{value}\"\n");
    }
    let _ = write!(
        out,
        "}}\n\n# These carry a key of their content in their names.\n\
         @keyed path {base}{KEYED}*\nheader @keyed Cache-Control \"{KEPT}\"\n\
         @others not path {base}{KEYED}*\nheader @others Cache-Control \"{ASKED_AGAIN}\"\n\n"
    );
    for (ending, kind) in TYPES {
        let name = ending.trim_start_matches('.');
        let _ = write!(out, "@{name} path *{ending}\nheader @{name} Content-Type \"{kind}\"\n");
    }
    let own = OWN.split('-').next().unwrap_or_default();
    let _ = write!(
        out,
        "\n# What Casebook keeps there for itself.\n@own path {base}{own}*\nerror @own 404\n\n\
         handle_errors {{\n\t@missing expression {{err.status_code}} == 404\n\thandle @missing {{\n\
         \t\trewrite * {base}{NOT_THERE}\n\t\tfile_server\n\t}}\n}}\n"
    );
    out
}
