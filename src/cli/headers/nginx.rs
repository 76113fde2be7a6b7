//! For nginx: lines for a `server` block.

use super::table::{ASKED_AGAIN, FOR_SOME, HEADERS, KEPT, KEYED, NOT_THERE, OWN, TYPES};
use std::fmt::Write;

/// The file.
pub fn file(base: &str) -> String {
    let mut out = "# Put this into /etc/nginx/snippets/casebook.conf, and into the server block of the site:\n\
        #     root /srv/casebook;    # the folder that `casebook build` wrote, or what holds it\n\
        #     include snippets/casebook.conf;\n\n\
        index index.html;\n\
        charset utf-8;\n\
        charset_types text/plain text/css text/javascript application/javascript text/csv\n    \
        text/calendar application/json application/xml text/xml image/svg+xml;\n\n"
        .to_string();
    headers(&mut out, "", ASKED_AGAIN);
    for (name, value, why) in FOR_SOME {
        let _ =
            write!(out, "\n# {why}, here and below:\n# add_header {name} \"{value}\" always;\n");
    }
    let _ = write!(
        out,
        "\n# These carry a key of their content in their names. What has headers of its own takes over\n\
         # none, so all stand here again.\nlocation ^~ {base}{KEYED} {{\n"
    );
    headers(&mut out, "    ", KEPT);
    out.push_str("}\n\n");
    for (ending, kind) in TYPES {
        let kind = kind.split(';').next().unwrap_or_default();
        let _ = writeln!(out, "location ~ \\{ending}$ {{ types {{}} default_type {kind}; }}");
    }
    let own = OWN.replace('.', "\\.");
    let own = own.split('-').next().unwrap_or_default();
    let _ = write!(
        out,
        "\n# What Casebook keeps there for itself.\nlocation ~ /{own} {{ return 404; }}\n\n\
         error_page 404 {base}{NOT_THERE};\n"
    );
    out
}

fn headers(out: &mut String, indent: &str, kept: &str) {
    // Writing to a string cannot fail.
    for (name, value) in HEADERS.iter().chain(&[("Cache-Control", kept)]) {
        let _ = writeln!(out, "{indent}add_header {name} \"{value}\" always;");
    }
}
