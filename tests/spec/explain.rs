//! The examples of an explanation: the wrong one trips its code, the right one is accepted.
//!
//! In goes `src/diagnostics/codes/NAME.md`. A paragraph `Wrong:` or `Right, in PATH:` says what
//! the indented block below it is; `Both, in PATH:` stands beside the wrong and the right. Codes
//! that no text can show have no examples, and nothing is proved of them.

use crate::casebook::Casebook;
use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

const USUAL: &str = "content/projects/example.md";

/// Files by path.
type Files = Vec<(String, String)>;

/// Builds the examples of one explanation; an error says what did not hold.
pub fn prove(path: &Path) -> Result<(), String> {
    let code = path.file_stem().unwrap_or_default().to_string_lossy();
    let text = fs::read_to_string(path).map_err(|e| format!("cannot read: {e}"))?;
    let (wrong, right) = (example(&text, "Wrong"), example(&text, "Right"));
    if !wrong.is_empty() {
        let told = check(&wrong)?;
        if !codes(&told).any(|(found, _)| found == code) {
            return Err(format!("the wrong example does not trip {code}:\n{told:#}"));
        }
    }
    if !right.is_empty() {
        let told = check(&right)?;
        if codes(&told).any(|(found, severity)| found == code || severity == "error") {
            return Err(format!("the right example is not right:\n{told:#}"));
        }
    }
    Ok(())
}

fn codes(told: &Value) -> impl Iterator<Item = (&str, &str)> {
    let entries = told["diagnostics"].as_array().map_or(&[][..], Vec::as_slice);
    entries.iter().filter_map(|entry| Some((entry["code"].as_str()?, entry["severity"].as_str()?)))
}

/// What the program says of some files.
fn check(files: &Files) -> Result<Value, String> {
    let casebook = Casebook::new("")?;
    fs::create_dir_all(casebook.path("content")).map_err(|e| format!("no content: {e}"))?;
    for (path, text) in files {
        casebook.write(OsStr::new(path), text)?;
    }
    let words = ["check", "--format", "json"].map(str::to_owned);
    let outcome = casebook.run(".", &[], &words)?;
    let said = || format!("no JSON came:\n{}{}", outcome.stdout, outcome.stderr);
    serde_json::from_str(&outcome.stdout).map_err(|e| format!("{e}; {}", said()))
}

/// The files of the wrong or of the right example; none where there is no such example.
fn example(text: &str, kind: &str) -> Files {
    let mut files: Vec<(&str, String, String)> = Vec::new();
    let mut target: Option<usize> = None;
    for line in text.lines() {
        if let Some((kind, path)) = heading(line) {
            files.push((kind, path, String::new()));
            target = Some(files.len() - 1);
        } else if let Some((at, line)) = target.zip(line.strip_prefix("    ")) {
            files[at].2.push_str(&format!("{line}\n"));
        } else if let Some(at) = target.filter(|_| line.is_empty()) {
            files[at].2.push('\n');
        } else {
            target = None;
        }
    }
    if !files.iter().any(|(own, ..)| *own == kind) {
        return Vec::new();
    }
    let wanted = files.into_iter().filter(|(own, ..)| *own == kind || *own == "Both");
    wanted.map(|(_, path, text)| (path, text.trim_matches('\n').to_owned() + "\n")).collect()
}

/// `Wrong:` or `Right, in content/units/claims.md:`.
fn heading(line: &str) -> Option<(&str, String)> {
    let rest = line.strip_suffix(':')?;
    let (kind, path) = rest.split_once(", in ").unwrap_or((rest, USUAL));
    ["Wrong", "Right", "Both"].contains(&kind).then(|| (kind, path.to_owned()))
}
