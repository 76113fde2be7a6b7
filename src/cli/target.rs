//! The target of `casebook publish`: a folder by its path, or a store by its address.
//!
//! In goes what was typed; what is neither, such as an address with a slip in it, is refused: it would
//! make a folder that no one asked for, or ask for a program that knows stores in vain.

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
        let Some((name, rest)) = typed.split_once(':').filter(|(name, _)| is_scheme(name)) else {
            return Ok(Target::Folder);
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
            "C:",
            "C:\\www",
            "c:/www",
            "./s3:bucket",
            "a/b:c",
            "10:30",
            "ä:b",
            ":",
            "./s3://bucket",
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
}
