//! The target of `casebook publish`: a folder by its path, or a store by its address; and the folder
//! of a build, which is the first of the two.
//!
//! In goes what was typed; what is neither, such as an address with a slip in it, another machine's
//! folder or a `~` that no shell filled in, is refused: it would make a folder that no one asked for,
//! or ask for a program that knows stores in vain. What begins with `./` is always a folder.

use crate::diagnostics::Failure;

/// What was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    Folder,
    Store,
}

/// What the addresses of stores begin with.
const SCHEMES: [&str; 8] = ["s3", "s3a", "az", "azure", "adl", "abfs", "abfss", "gs"];

const NEXT_STEP: &str = "name a store as s3://bucket/folder, az://container/folder or \
                         gs://bucket/folder, and a folder by its path";

impl Target {
    /// Tells one from the other.
    pub fn of(typed: &str) -> Result<Target, Failure> {
        if typed.starts_with("./") {
            return Ok(Target::Folder);
        }
        let Some((name, rest)) = typed.split_once(':').filter(|(name, _)| is_scheme(name)) else {
            return meant_otherwise(typed).map_or(Ok(Target::Folder), Err);
        };
        let scheme = name.to_ascii_lowercase();
        let is_known = SCHEMES.contains(&scheme.as_str());
        if rest.starts_with("//") {
            // Stores have addresses on the web as well; their hosts are known to the engine.
            if is_known || (cfg!(feature = "object-store") && scheme == "https") {
                return Ok(Target::Store);
            }
            // What an address might hide is not shown.
            let message = format!("`{name}://` leads to no store that casebook knows");
            return Err(Failure::usage(message).help(NEXT_STEP));
        }
        if !is_known {
            let message = format!("`{name}:` leads to no store and no folder that casebook knows");
            let help = format!("{NEXT_STEP}, such as ./{name}:…");
            return Err(Failure::usage(message).help(help));
        }
        let below = rest.trim_start_matches('/');
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "-._/".contains(letter);
        let meant = if !below.is_empty() && below.chars().all(plain) { below } else { "…" };
        let message = format!("`{name}:` is not how the address of a store begins");
        Err(Failure::usage(message).help(format!("did you mean `{scheme}://{meant}`?")))
    }
}

/// Refuses what names no folder of this machine, for who builds there.
pub fn folder(typed: &str) -> Result<(), Failure> {
    match Target::of(typed)? {
        Target::Folder => Ok(()),
        Target::Store => {
            let message = "a site is built into a folder, and this is the address of a store";
            Err(Failure::usage(message)
                .help("build into a folder, and hand that out with `casebook publish`"))
        }
    }
}

/// A path that its writer means to be another than it is. What an address might hide is not shown.
fn meant_otherwise(typed: &str) -> Option<Failure> {
    let refuse = |message: String, help: &str| {
        let help = format!("{help}; a folder that is called so is written ./…");
        Some(Failure::usage(message).help(help))
    };
    if let Some(part) = unfilled(typed) {
        let message = format!("`{part}` in `{typed}` stands for a path that was not filled in");
        return refuse(message, "write the path out, or let the shell fill it in");
    }
    let is_drive = |(name, _): &(&str, &str)| name.len() == 1 && is_letters(name);
    let drive = typed.split_once(':').filter(is_drive);
    if cfg!(windows) && (drive.is_some() || typed.starts_with('\\')) {
        return None;
    }
    if let Some((name, _)) = drive {
        let message = format!("`{name}:` is a drive of Windows, and this system has none");
        return refuse(message, "name the folder by its path here");
    }
    if typed.starts_with(r"\\") {
        let message = r"`\\` begins a path of Windows, and this system has none such";
        return refuse(message.into(), "name the folder where it is mounted");
    }
    if is_elsewhere(typed) {
        let message = "this is a folder of another machine, and casebook writes to this one";
        return refuse(message.into(), "take the output folder there with `rsync` or `scp`");
    }
    None
}

/// The part of a path that a shell would have filled in: `~` and what it begins, `$NAME`, `${…}`.
fn unfilled(typed: &str) -> Option<&str> {
    let mut parts = typed.split('/');
    if typed.starts_with('~') {
        return parts.next();
    }
    parts.find(|part| {
        let named = part.strip_prefix('$').is_some_and(|name| {
            let is_sign = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
            let begins = name.starts_with(|letter: char| !letter.is_ascii_digit());
            begins && name.chars().all(is_sign)
        });
        named || part.split_once("${").is_some_and(|(_, rest)| rest.contains('}'))
    })
}

/// `user@host:…` and `host:/…`, whatever the host looks like.
fn is_elsewhere(typed: &str) -> bool {
    let is_host = |head: &str| !head.is_empty() && !head.contains('/');
    let user = typed.split_once(':').is_some_and(|(head, _)| is_host(head) && head.contains('@'));
    user || typed.split_once(":/").is_some_and(|(head, _)| is_host(head))
}

fn is_letters(name: &str) -> bool {
    name.chars().all(|letter| letter.is_ascii_alphabetic())
}

/// Whether an address could begin so; on Windows, one letter alone is a drive.
fn is_scheme(name: &str) -> bool {
    let is_sign = |letter: char| letter.is_ascii_alphanumeric() || "+-.".contains(letter);
    name.len() > 1
        && name.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && name.chars().all(is_sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_told_from_a_store_and_a_slip_is_told() {
        for folder in [
            "www",
            "/srv/www",
            "./s3:bucket",
            "a/b:c",
            "10:30",
            "ä:b",
            ":",
            "./s3://bucket",
            "./~",
            "./$HOME/www",
            "./me@host:www",
            "./c:/www",
            "a/~b",
            "a~",
            "a$b",
            "a/$",
            "$5",
            "a/b@c:d",
            "me@host",
            "a/b:/c",
        ] {
            assert_eq!(Target::of(folder), Ok(Target::Folder), "{folder}");
        }
        for store in ["s3://bucket", "S3://bucket/x", "az://c", "gs://b/f", "abfss://c@a.host/f"] {
            assert_eq!(Target::of(store), Ok(Target::Store), "{store}");
        }
        for (slip, meant) in [
            ("s3:bucket", "s3://bucket"),
            ("s3:/bucket/f", "s3://bucket/f"),
            ("AZ:c", "az://c"),
            ("gs:", "gs://…"),
            ("s3:me:secret@bucket", "s3://…"),
        ] {
            let failure = Target::of(slip).expect_err(slip);
            assert_eq!(failure.exit, 2);
            assert_eq!(failure.help, Some(format!("did you mean `{meant}`?")), "{slip}");
        }
        for unknown in ["ftp://me:secret@host/x", "scp://secret", "file:///secret", "me:secret"] {
            let failure = Target::of(unknown).expect_err(unknown);
            let help = failure.help.clone().unwrap_or_default();
            assert!(failure.exit == 2 && help.contains("s3://"), "{unknown}: {failure}");
            assert!(!format!("{failure}{help}").contains("secret"), "{unknown}: {failure}");
        }
    }

    #[test]
    fn what_was_meant_otherwise_is_no_folder() {
        let told = |typed: &str| {
            let failure = Target::of(typed).expect_err(typed);
            let help = failure.help.clone().unwrap_or_default();
            assert!(failure.exit == 2 && help.contains("./…"), "{typed}: {failure}");
            failure.message
        };
        for (typed, part) in [
            ("~", "~"),
            ("~/www", "~"),
            ("~me/www", "~me"),
            ("$HOME/www", "$HOME"),
            ("/srv/$SITE/www", "$SITE"),
            ("/srv/${SITE}", "${SITE}"),
            ("www/a-${SITE:-b}/c", "a-${SITE:-b}"),
        ] {
            let message = format!("`{part}` in `{typed}` stands for a path that was not filled in");
            assert_eq!(told(typed), message);
        }
        for typed in [
            "me@host:",
            "me@host:www",
            "me@secret_host:/srv",
            "host_1:/srv",
            "10.0.0.1:/srv/www",
            "[::1]:/srv",
            "me@[fe80::1]:www",
            "ä:/b",
        ] {
            assert!(told(typed).starts_with("this is a folder of another machine"), "{typed}");
            assert!(!told(typed).contains("secret"));
        }
        for typed in ["C:", "C:\\www", "c:/www", "c:www", r"\\server\www"] {
            if cfg!(windows) {
                assert_eq!(Target::of(typed), Ok(Target::Folder), "{typed}");
            } else {
                assert!(told(typed).contains("Windows"), "{typed}");
            }
        }
    }

    #[test]
    fn a_build_goes_into_a_folder() {
        for folder in ["public", "/srv/www", "./s3://bucket", "./~"] {
            assert_eq!(super::folder(folder), Ok(()), "{folder}");
        }
        for other in ["s3://bucket", "s3:bucket", "~/www", "me@host:www", "server:/srv"] {
            assert_eq!(super::folder(other).expect_err(other).exit, 2);
        }
    }
}
