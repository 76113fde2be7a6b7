//! What a block of a case becomes on disk: its directives filled in.
//!
//! In goes the block's text, out come bytes, or that the file is a link, a pipe or to be removed.
//! Braces that are no directive stay, for cases about template syntax hold such.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;

/// What a file of a case is.
pub enum Content {
    Bytes(Vec<u8>),
    Symlink(String),
    Fifo,
    Gone,
}

/// The content that a block asks for; other files are read where it names one.
pub fn content(
    block: &str,
    read: impl Fn(&str) -> std::io::Result<Vec<u8>>,
) -> Result<Content, String> {
    let whole = block.trim().strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
    match whole.and_then(|word| word.split_once(' ').or(Some((word, "")))) {
        Some(("fifo", _)) => Ok(Content::Fifo),
        Some(("gone", _)) => Ok(Content::Gone),
        Some(("symlink", target)) => Ok(Content::Symlink(target.to_owned())),
        Some(("same", of)) => {
            let of = of.strip_prefix("as ").ok_or("write {{same as PATH}}")?;
            let (path, form) = of.split_once(" with ").unwrap_or((of, ""));
            let bytes = read(path).map_err(|e| format!("cannot read {path}: {e}"))?;
            Ok(Content::Bytes(in_form(bytes, form)?))
        }
        _ => Ok(Content::Bytes(bytes(block)?)),
    }
}

/// A path, in which directives may stand as well.
pub fn path(text: &str) -> Result<OsString, String> {
    Ok(OsString::from_vec(bytes(text)?))
}

/// A text to be looked for, in which directives may stand as well.
pub fn text(block: &str) -> Result<String, String> {
    String::from_utf8(bytes(block)?).map_err(|e| format!("a text to look for: {e}"))
}

fn in_form(bytes: Vec<u8>, form: &str) -> Result<Vec<u8>, String> {
    let line_ends = |end: &[u8]| bytes.split(|b| *b == b'\n').collect::<Vec<_>>().join(end);
    match form {
        "" => Ok(bytes),
        "crlf" => Ok(line_ends(b"\r\n")),
        "cr" => Ok(line_ends(b"\r")),
        "bom" => Ok([b"\xef\xbb\xbf".as_slice(), &bytes].concat()),
        other => Err(format!("no form `{other}` of a file")),
    }
}

fn bytes(text: &str) -> Result<Vec<u8>, String> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("{{") {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        let Some((directive, after)) = rest[at + 2..].split_once("}}") else {
            rest = &rest[at..];
            break;
        };
        rest = after;
        match directive.split_once(' ').unwrap_or((directive, "")) {
            ("repeat", what) => out.extend_from_slice(repeated(what)?.as_bytes()),
            ("byte", hex) => out
                .push(u8::from_str_radix(hex, 16).map_err(|e| format!("{{{{byte {hex}}}}}: {e}"))?),
            ("cr", "") => out.push(b'\r'),
            ("tab", "") => out.push(b'\t'),
            ("bom", "") => out.extend_from_slice("\u{feff}".as_bytes()),
            ("end", "") => rest = rest.strip_prefix('\n').unwrap_or(rest),
            _ => {
                out.extend_from_slice(b"{{");
                out.extend_from_slice(directive.as_bytes());
                out.extend_from_slice(b"}}");
            }
        }
    }
    out.extend_from_slice(rest.as_bytes());
    Ok(out)
}

fn repeated(what: &str) -> Result<String, String> {
    let wrong = || format!("write {{{{repeat 3 \"text\"}}}}, not `repeat {what}`");
    let (count, text) = what.split_once(' ').ok_or_else(wrong)?;
    let count: usize = count.parse().map_err(|_| wrong())?;
    let text = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).ok_or_else(wrong)?;
    let mut plain = String::new();
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match (c, c == '\\') {
            (_, true) => plain.extend(characters.next().map(|c| match c {
                'n' => '\n',
                't' => '\t',
                other => other,
            })),
            (c, false) => plain.push(c),
        }
    }
    Ok(plain.repeat(count))
}
