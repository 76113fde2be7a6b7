//! `casebook init`: starts a casebook with a page of each kind, which builds as it stands.
//!
//! The files are in `starter/`, to be read there as they will be read by a writer; dates in them
//! follow from today, so that the example is never overdue. What is there already is kept.

use super::Outcome;
use super::options::Options;
use super::typed::Init;
use super::voice::some;
use crate::diagnostics::Failure;
use crate::site::starter;
use jiff::ToSpan;
use jiff::civil::Date;
use std::path::Path;

const FILES: &[(&str, &str)] = &[
    ("casebook.yaml", include_str!("starter/casebook.yaml")),
    ("content/index.md", include_str!("starter/index.md")),
    ("content/pages/about.md", include_str!("starter/about.md")),
    ("content/units/operations.md", include_str!("starter/operations.md")),
    ("content/units/it.md", include_str!("starter/it.md")),
    ("content/projects/first-project.md", include_str!("starter/first-project.md")),
    (".gitignore", "/public\n"),
];

/// Runs it.
pub fn run(typed: &Init, options: &Options) -> Result<Outcome, Failure> {
    let root = options.new_root(typed.folder.as_deref());
    let kept = start(&root, options.today)?;
    let told = typed.folder.as_deref().unwrap_or(Path::new("."));
    let mut said = format!("started a casebook in {}\n", told.display());
    for path in &kept {
        said += &format!("kept {path}, which was there already\n");
    }
    if kept.len() == FILES.len() {
        said = format!("nothing to do: all {} are there already\n", some(FILES.len(), "file"));
    }
    let root = match told.to_str() {
        Some(".") => String::new(),
        _ => format!(" --root {}", told.display()),
    };
    said += "next: change content/projects/first-project.md, then run `casebook build";
    options.voice.say(&(said + &root + "`\n"))?;
    Ok(Outcome::Fine)
}

/// Makes the files that are not there; returns those that are.
fn start(root: &Path, today: Date) -> Result<Vec<&'static str>, Failure> {
    let mut kept = Vec::new();
    FILES.iter().try_for_each(|(path, _)| starter::stays_within(root, path))?;
    for (path, text) in FILES {
        let whole = root.join(path);
        if starter::is_there(&whole) {
            kept.push(*path);
        } else {
            starter::create_new(root, path, &dated(text, today))?;
        }
    }
    Ok(kept)
}

/// Puts dates around today into a starter.
fn dated(text: &str, today: Date) -> String {
    let last_month = today.first_of_month().saturating_sub(1.day());
    text.replace("@LAST-MONTH@", &last_month.strftime("%Y-%m").to_string())
        .replace("@LAST-YEAR@", &(today.year() - 1).to_string())
        .replace("@NEXT-YEAR@", &(today.year() + 1).to_string())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test makes files and looks at them")]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::fs;

    #[test]
    fn dates_follow_from_today() {
        let text = "@LAST-MONTH@ @LAST-YEAR@ @NEXT-YEAR@";
        assert_eq!(dated(text, date(2026, 1, 31)), "2025-12 2025 2027");
        assert!(FILES.iter().all(|(_, text)| !dated(text, date(2026, 5, 5)).contains('@')));
    }

    #[test]
    fn what_is_there_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("a new/casebook");
        fs::create_dir_all(root.join("content")).expect("a folder");
        fs::write(root.join("content/index.md"), "mine").expect("a file");
        let today = date(2026, 5, 5);
        assert_eq!(start(&root, today), Ok(vec!["content/index.md"]));
        assert_eq!(fs::read_to_string(root.join("content/index.md")).expect("kept"), "mine");
        let first = root.join("content/projects/first-project.md");
        let before = fs::read_to_string(&first).expect("made");
        assert!(before.contains("2026-04"), "{before}");
        assert_eq!(start(&root, date(2030, 1, 1)).map(|kept| kept.len()), Ok(FILES.len()));
        assert_eq!(fs::read_to_string(&first).expect("kept"), before);
    }
}
