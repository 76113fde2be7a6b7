//! The gate: the one function through which every path made from content goes, what no file can be
//! called on some system, and which names some system takes for one.
//!
//! All of it is the same on every system, so that what is built on one can be built on all.

use super::id::is_device;
use std::borrow::Cow;
use unicase::UniCase;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The longest name of a file, in bytes: every file system takes 255, and some get a key besides.
const LONGEST: usize = 200;

/// Why a path is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It could lead elsewhere, or hides what it is.
    Outside,
    /// A file cannot be called so on every system; why, and what helps.
    Name(String, String),
}

/// A path below the folder it is named in, by its components, its letters composed.
pub fn below(path: &str) -> Result<String, Refused> {
    if path.starts_with('/') || path.contains(is_odd) {
        return Err(Refused::Outside);
    }
    if path.contains('%') {
        return Err(with_percent(path));
    }
    let path = composed(path);
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => return Err(Refused::Outside),
            part => parts.push(part),
        }
    }
    match parts.iter().find_map(|part| unfit(part)) {
        _ if parts.is_empty() => Err(Refused::Outside),
        Some((message, help)) => Err(Refused::Name(message, help)),
        None => Ok(parts.join("/")),
    }
}

/// Why a path with a `%` is refused: it hides what it is, or is written as only a link writes it, or no
/// address could name it.
fn with_percent(path: &str) -> Refused {
    let plain = decoded(path);
    match (plain == path, plain.contains('%')) {
        (true, _) => Refused::Name(
            format!("no file here can be called `{path}`: addresses write other signs with `%`"),
            format!("rename it, for example to `{}`", path.replace('%', "-")),
        ),
        (false, false) if below(&plain).is_ok() => Refused::Name(
            format!("`{path}` is written as the address in a link"),
            format!("write the name as it is: `{plain}`"),
        ),
        _ => Refused::Outside,
    }
}

/// The path that an address writes, in which `%20` is a blank; as it stands, where that is no text.
pub fn decoded(address: &str) -> Cow<'_, str> {
    if !address.contains('%') {
        return Cow::Borrowed(address);
    }
    let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
    let bytes = address.as_bytes();
    let (mut plain, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(byte) = bytes.get(at) {
        let number = (digit(bytes.get(at + 1)), digit(bytes.get(at + 2)));
        match (byte, number) {
            (b'%', (Some(high), Some(low))) => {
                plain.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                plain.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(plain).map_or(Cow::Borrowed(address), Cow::Owned)
}

/// What leads elsewhere on some system, or is not seen.
fn is_odd(c: char) -> bool {
    c.is_control()
        || matches!(c, '\\' | ':' | '\u{61c}' | '\u{feff}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
}

/// Why a file or a folder cannot have a name on every system, and what helps.
pub fn unfit(name: &str) -> Option<(String, String)> {
    let sign = name.chars().find(|c| is_odd(*c) || "<>\"|?*".contains(*c));
    let stem = name.split('.').next().unwrap_or_default();
    let say = |message: String, help: &str| Some((message, help.to_string()));
    if let Some(sign) = sign {
        let plain: String = name.chars().map(|c| if c == sign { '-' } else { c }).collect();
        return say(
            format!("no file can be called `{name}` on every system"),
            &format!("rename it, for example to `{plain}`"),
        )
        .filter(|_| !plain.is_empty());
    }
    if name.ends_with(['.', ' ']) {
        return say(
            format!("no file can be called `{name}` on Windows, which takes off the last sign"),
            "rename it without the dot or the blank at its end",
        );
    }
    if is_device(&stem.trim_end().to_lowercase()) {
        return say(
            format!("no file can be called `{name}` on Windows"),
            &format!("rename it, for example to `our-{name}`"),
        );
    }
    if name.len() > LONGEST {
        let message =
            format!("this name has {} bytes; that of a file takes at most {LONGEST}", name.len());
        return say(message, "rename it to something shorter");
    }
    None
}

/// A name with its letters composed, as addresses have it.
pub fn composed(name: &str) -> Cow<'_, str> {
    match name.is_ascii() || is_nfc(name) {
        true => Cow::Borrowed(name),
        false => Cow::Owned(name.nfc().collect()),
    }
}

/// What all names come to that some system takes for one: composed or not, in large letters or in
/// small ones.
pub fn folded(path: &str) -> Cow<'_, str> {
    if path.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(path);
    }
    let apart: String = path.nfd().collect();
    Cow::Owned(UniCase::unicode(apart).to_folded_case().nfc().collect())
}

/// A path in the form in which a disk has its letters put together; none where it has no such file.
pub fn on_disk(path: &str, is_there: impl Fn(&str) -> bool) -> Option<String> {
    if is_there(path) {
        return Some(path.into());
    }
    (!path.is_ascii()).then_some(())?;
    let forms = [path.nfc().collect::<String>(), path.nfd().collect()];
    forms.into_iter().find(|path| is_there(path))
}

#[cfg(test)]
mod tests;
