//! `casebook explain`: what a code means, or the list of codes.
//!
//! In goes a code as it stands in a message, brackets or not; out comes its explanation as it
//! was written. The explanations themselves are in [`crate::diagnostics::explain`].

use super::Outcome;
use super::options::Options;
use super::typed::Explain;
use crate::diagnostics::{Code, Failure, Severity, did_you_mean, explain};
use std::fmt::Write;

/// Runs it.
pub fn run(typed: &Explain, options: &Options) -> Result<Outcome, Failure> {
    let text = match &typed.code {
        None => list(),
        Some(name) => format!("{}\n", explain::text(find(name)?).trim_end()),
    };
    options.voice.answer(&text)?;
    Ok(Outcome::Fine)
}

/// The code with a name, perhaps copied with its brackets from a message.
fn find(typed: &str) -> Result<Code, Failure> {
    let name = typed.rsplit_once('[').map_or(typed, |(_, name)| name);
    let name = name.trim_end_matches([']', ':']).to_lowercase();
    Code::find(&name).ok_or_else(|| {
        let near = did_you_mean(&name, Code::ALL.iter().map(|code| code.name()));
        let failure = Failure::usage(format!("there is no code `{name}`"));
        failure.help(near.unwrap_or_else(|| "run `casebook explain` for all codes".to_owned()))
    })
}

fn list() -> String {
    let width = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or_default();
    let mut list = String::new();
    for code in Code::ALL {
        let weight = match code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        writeln!(list, "{:width$}  {weight:7}  {}", code.name(), code.title())
            .expect("a String takes any text");
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_as_it_stands_in_a_message() {
        for typed in ["unknown-key", "Unknown-Key", "[unknown-key]", "error[unknown-key]:"] {
            assert_eq!(find(typed), Ok(Code::UnknownKey));
        }
        let failure = find("unknwon-key").expect_err("a slip");
        assert_eq!(failure.exit, 2);
        assert_eq!(failure.help.as_deref(), Some("did you mean `unknown-key`?"));
    }

    #[test]
    fn the_list_has_a_line_for_each_code() {
        let list = list();
        assert_eq!(list.lines().count(), Code::ALL.len());
        let line = list.lines().find(|line| line.starts_with("unknown-key ")).unwrap_or_default();
        assert!(line.ends_with("error    a key that Casebook does not know"), "{line}");
    }
}
