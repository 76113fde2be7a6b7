//! One literate case: its blocks, told from top to bottom.
//!
//! In goes the path of a case, out comes nothing or what did not hold, as text to read. With
//! `SNAPSHOTS=overwrite` in the environment what the commands print is written into the case
//! instead of being compared; what must stand in files is compared all the same.

use crate::casebook::{Casebook, Outcome};
use crate::{diff, fill};
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::time::Duration;

const FENCE: &str = "````";

/// The rules about the work itself are proved in cases of their own, and silent in all others.
fn rules(path: &Path) -> String {
    if path
        .parent()
        .is_some_and(|noun| ["rule", "partnership"].iter().any(|name| noun.ends_with(name)))
    {
        return String::new();
    }
    let off: Vec<_> =
        ::casebook::documents::rule::names().map(|name| format!("{name}: off")).collect();
    format!("rules: {{{}}}\n", off.join(", "))
}

/// A fenced block: what stands after the fence, and where its lines are in the case.
struct Block {
    info: String,
    lines: Range<usize>,
}

/// Tells a case; an error says all that did not hold.
pub fn tell(path: &Path) -> Result<(), String> {
    let text = fs::read_to_string(path).map_err(|e| format!("cannot read the case: {e}"))?;
    let overwrite = std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite");
    let rules = rules(path);
    let casebook = Casebook::new(&rules)?;
    let mut problems = Vec::new();
    let mut printed = Vec::new();
    for block in blocks(&text)? {
        let body = &text[block.lines.clone()];
        let sought = || fill::text(body);
        let info = block.info.as_str();
        if info == "console" || info.starts_with("console ") {
            let actual = console(&casebook, info, body)?;
            if !overwrite && actual != body {
                problems.push(diff::lines(body, &actual));
            }
            printed.push((block.lines, actual));
        } else if let Some(wanted) = info.strip_prefix("printed ") {
            let all = printed.last().map_or("", |(_, actual): &(_, String)| actual);
            let holds = match wanted {
                "~" => {
                    lacks(all, &sought()?).map(|lines| format!("it did not print:\n{lines}\n{all}"))
                }
                "!" => holds(all, &sought()?).map(|lines| format!("it printed:\n{lines}\n")),
                other => Some(format!("`printed {other}` is no block")),
            };
            problems.extend(holds);
        } else if let Some(path) = info.strip_suffix(" ~") {
            problems.extend(stands(&casebook.path(path.trim()), path, &sought()?));
        } else if let Some(path) = info.strip_suffix(" !") {
            problems.extend(stands_not(&casebook.path(path.trim()), path, &sought()?));
        } else if let Some(path) = info.strip_suffix(" -") {
            let there = casebook.path(path).symlink_metadata().is_ok();
            problems.extend(there.then(|| format!("{path} must not exist\n")));
        } else if let Some((one, other)) = info.split_once(" = ") {
            problems.extend(same(&casebook.path(one), &casebook.path(other)));
        } else if info.ends_with("casebook.yaml")
            && body.starts_with("as_of:")
            && !body.contains("rules:")
        {
            casebook.write(&fill::path(info)?, &format!("{body}{rules}"))?;
        } else {
            casebook.write(&fill::path(info)?, body)?;
        }
    }
    if overwrite {
        rewrite(path, text, printed)?;
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) }
}

fn blocks(text: &str) -> Result<Vec<Block>, String> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let next = at + line.len();
        match (open.take(), line.trim_end().strip_prefix(FENCE)) {
            (None, Some("")) => return Err("a block says after its fence what it is".into()),
            (None, Some(info)) => open = Some((info.trim().to_owned(), next)),
            (Some((info, start)), Some("")) => blocks.push(Block { info, lines: start..at }),
            (was, _) => open = was,
        }
        at = next;
    }
    match open {
        Some((info, _)) => Err(format!("the block `{info}` is not closed")),
        None if blocks.is_empty() => Err("a case has blocks fenced by four backticks".into()),
        None => Ok(blocks),
    }
}

/// Runs the commands of a console block; gives it as it should have been.
fn console(casebook: &Casebook, info: &str, body: &str) -> Result<String, String> {
    let limit = info.strip_prefix("console within ").and_then(|text| text.strip_suffix(" s"));
    let limit = limit.map(|seconds| seconds.parse().map(Duration::from_secs_f64));
    let limit = limit.transpose().map_err(|e| format!("`{info}`: {e}"))?;
    let mut out = String::new();
    let mut folder = String::from(".");
    for command in body.lines().filter_map(|line| line.strip_prefix("$ ")) {
        out.push_str(&format!("$ {command}\n"));
        let words = words(command)?;
        let named = words.iter().position(|word| !word.contains('=')).unwrap_or(words.len());
        match &words[named..] {
            [cd, to] if cd == "cd" => folder.clone_from(to),
            [program, arguments @ ..] if program == "casebook" => {
                let variables: Vec<_> = words[..named].iter().map(String::as_str).collect();
                let outcome = casebook.run(&folder, &variables, arguments)?;
                if limit.is_some_and(|limit| outcome.took > limit) {
                    return Err(format!("`{command}` took {:?}", outcome.took));
                }
                out.push_str(&told(&outcome));
            }
            _ => return Err(format!("`{command}` is not a command that a case can run")),
        }
    }
    Ok(out)
}

/// The words of a command, those in quotes together.
fn words(command: &str) -> Result<Vec<String>, String> {
    let parts: Vec<_> = command.split('"').collect();
    if parts.len() % 2 == 0 {
        return Err(format!("`{command}` has a quote that is not closed"));
    }
    let mut words = Vec::new();
    for (nth, part) in parts.into_iter().enumerate() {
        match nth % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_owned)),
            _ => words.push(part.to_owned()),
        }
    }
    Ok(words)
}

fn told(outcome: &Outcome) -> String {
    let mut out = String::new();
    for text in [&outcome.stdout, &outcome.stderr] {
        let text = text.trim_end_matches('\n');
        out.push_str(text);
        if !text.is_empty() {
            out.push('\n');
        }
    }
    match outcome.exit {
        Some(0) => {}
        Some(code) => out.push_str(&format!("[exit {code}]\n")),
        None => out.push_str("[ended by a signal]\n"),
    }
    out
}

fn stands(path: &Path, name: &str, body: &str) -> Option<String> {
    let text = match fs::read(path) {
        Ok(bytes) => with_plain_spaces(&bytes),
        Err(e) => return Some(format!("{}: {e}\n", name.trim())),
    };
    let whole = if text.len() < 4_000 { format!("It holds:\n{text}\n") } else { String::new() };
    lacks(&text, body).map(|lines| format!("{} lacks:\n{lines}\n{whole}", name.trim()))
}

fn stands_not(path: &Path, name: &str, body: &str) -> Option<String> {
    if !path.exists() {
        return Some(format!("{} is not there\n", name.trim()));
    }
    let mut found = String::new();
    for file in files(path) {
        let bytes = fs::read(&file).unwrap_or_default();
        if let Some(lines) = holds(&with_plain_spaces(&bytes), body) {
            let within = file.strip_prefix(path).unwrap_or(&file).display().to_string();
            found.push_str(&format!("{} {within} holds:\n{lines}\n", name.trim()));
        }
    }
    Some(found).filter(|found| !found.is_empty())
}

/// A page's text with its hard spaces as plain ones, for no one sees the difference.
fn with_plain_spaces(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace(['\u{a0}', '\u{202f}'], " ")
}

/// The lines of a block that do not stand in a text, if there are any.
fn lacks(text: &str, body: &str) -> Option<String> {
    chosen(body, |line| !text.contains(line))
}

/// The lines of a block that stand in a text, if there are any.
fn holds(text: &str, body: &str) -> Option<String> {
    chosen(body, |line| text.contains(line))
}

fn chosen(body: &str, choose: impl Fn(&str) -> bool) -> Option<String> {
    let lines: Vec<_> = body.lines().filter(|line| !line.is_empty() && choose(line)).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn same(one: &Path, other: &Path) -> Option<String> {
    let within = |top: &Path| -> Vec<_> {
        let name = |file: &Path| file.strip_prefix(top).unwrap_or(file).to_owned();
        files(top).into_iter().map(|file| (name(&file), fs::read(&file).ok())).collect()
    };
    let (one, other) = (within(one), within(other));
    let of = |entries: &[(std::path::PathBuf, _)]| entries.len();
    if of(&one) == 0 {
        return Some("nothing is there to compare\n".into());
    }
    let differing = one.iter().zip(&other).find(|(a, b)| a != b);
    match differing {
        Some((a, _)) => Some(format!("{} differs\n", a.0.display())),
        None if of(&one) != of(&other) => Some("one has more files than the other\n".into()),
        None => None,
    }
}

/// The files of a folder and of those in it, in order; a file itself.
fn files(path: &Path) -> Vec<std::path::PathBuf> {
    let found = walkdir::WalkDir::new(path).sort_by_file_name().into_iter();
    found
        .filter_map(Result::ok)
        .filter(|e| e.file_type().is_file())
        .map(|e| e.into_path())
        .collect()
}

fn rewrite(
    path: &Path,
    mut text: String,
    printed: Vec<(Range<usize>, String)>,
) -> Result<(), String> {
    let before = text.clone();
    for (lines, actual) in printed.into_iter().rev() {
        text.replace_range(lines, &actual);
    }
    if text == before {
        return Ok(());
    }
    fs::write(path, text).map_err(|e| format!("cannot write the case: {e}"))
}
