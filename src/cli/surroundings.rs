//! The surroundings: clock, environment and terminal, met once and handed down.
//!
//! Below `cli` nothing asks for them, so that a build is a matter of its inputs alone.
#![expect(clippy::disallowed_methods, reason = "the surroundings are met here, and only here")]

use crate::diagnostics::Failure;
use crate::memo::Key;
#[cfg(feature = "object-store")]
use crate::site::remote::Environment;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::SystemTime;

/// What a run finds around it.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The folder it was started in; none, if that is gone.
    pub here: Option<PathBuf>,
    /// The home folder.
    pub home: Option<PathBuf>,
    /// Today in UTC, so that where a site is built does not decide what it says.
    pub today: Date,
    /// The moment at which the run began; nothing that it makes depends on it.
    pub began: SystemTime,
    /// `SOURCE_DATE_EPOCH` as it stands.
    pub epoch: Option<String>,
    /// Whether `RUST_BACKTRACE` is set: who sets it wants to see all of a bug.
    pub backtrace: bool,
    /// Whether `NO_COLOR` is set.
    pub no_color: bool,
    /// Whether a person reads what goes to stderr.
    pub watched: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Which program this is: what another one remembers is none of its.
    pub program: Option<Key>,
}

/// The program by its file: where, how long, and since when.
fn program() -> Option<Key> {
    let path = std::env::current_exe().ok()?;
    let met = path.metadata().ok()?;
    Some(Key::told(&(env!("CARGO_PKG_VERSION"), path, met.len(), met.modified().ok()?)))
}

impl Surroundings {
    /// Looks around.
    pub fn met() -> Surroundings {
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        Surroundings {
            here: std::env::current_dir().ok(),
            home: std::env::home_dir().filter(|home| !home.as_os_str().is_empty()),
            today: Surroundings::today(),
            began: SystemTime::now(),
            epoch: set("SOURCE_DATE_EPOCH"),
            backtrace: set("RUST_BACKTRACE").is_some(),
            no_color: set("NO_COLOR").is_some(),
            watched: std::io::stderr().is_terminal(),
            program: program(),
            width: set("COLUMNS").and_then(|columns| columns.parse().ok()).unwrap_or(100),
        }
    }

    /// Today in UTC, asked for again by what stays up over midnight.
    pub fn today() -> Date {
        Timestamp::now().to_zoned(TimeZone::UTC).date()
    }

    /// What no one can guess: two sums under keys that the system drew for this process alone.
    pub fn token() -> String {
        let drawn = RandomState::new();
        format!("{:016x}{:016x}", drawn.hash_one(1), drawn.hash_one(2))
    }

    /// What the environment says of object stores and who may use them.
    #[cfg(feature = "object-store")]
    pub fn stores() -> Environment {
        let all = std::env::vars_os();
        Environment::of(all.filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        }))
    }

    /// The day that `SOURCE_DATE_EPOCH` names: seconds since 1970, in UTC.
    pub fn source_date(&self) -> Result<Option<Date>, Failure> {
        let Some(text) = &self.epoch else { return Ok(None) };
        let moment = text.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
        let wrong = || {
            let message = format!("SOURCE_DATE_EPOCH is `{text}`, not seconds since 1970");
            Failure::usage(message).help("set it to a number such as 1751241600, or unset it")
        };
        Ok(Some(moment.ok_or_else(wrong)?.to_zoned(TimeZone::UTC).date()))
    }
}

#[cfg(test)]
impl Surroundings {
    /// Surroundings for a test: a folder, and nothing set.
    pub fn at(here: &std::path::Path) -> Surroundings {
        Surroundings {
            here: Some(here.to_path_buf()),
            home: None,
            today: jiff::civil::date(2026, 1, 15),
            began: SystemTime::UNIX_EPOCH,
            epoch: None,
            backtrace: false,
            no_color: false,
            watched: false,
            width: 100,
            program: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn no_token_is_like_another() {
        let (one, other) = (Surroundings::token(), Surroundings::token());
        assert_eq!(one.len(), 32);
        assert_ne!(one, other);
    }

    #[test]
    fn an_epoch_is_a_day_or_wrong_use() {
        let with = |epoch: &str| {
            let around = Surroundings::at(std::path::Path::new("/"));
            Surroundings { epoch: Some(epoch.to_owned()), ..around }.source_date()
        };
        assert_eq!(with("0"), Ok(Some(date(1970, 1, 1))));
        assert_eq!(with("1751327999"), Ok(Some(date(2025, 6, 30))));
        for wrong in ["yesterday", "1.5", "99999999999999999"] {
            assert_eq!(with(wrong).expect_err(wrong).exit, 2);
        }
    }
}
