//! A casebook on disk for one case, and the program run in it.
//!
//! In go files and commands, out come outputs in which paths and durations are named instead of
//! told. The surroundings are the same everywhere: no color, no variables but those given, a home
//! of its own. A command that does not end is ended.

use crate::fill::{self, Content};
use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// No command of a case may take longer.
const PATIENCE: Duration = Duration::from_secs(60);

/// A fresh folder with a casebook in it; gone with the value.
pub struct Casebook {
    above: PathBuf,
    root: PathBuf,
    _folder: TempDir,
}

/// What a command did.
pub struct Outcome {
    /// What it printed, and its messages.
    pub stdout: String,
    pub stderr: String,
    /// Its exit code; none where a signal ended it.
    pub exit: Option<i32>,
    pub took: Duration,
}

impl Casebook {
    /// An empty casebook: settings with a fixed day, and perhaps more of them.
    pub fn new(more: &str) -> Result<Casebook, String> {
        let folder = TempDir::new().map_err(|e| format!("no folder: {e}"))?;
        let above = folder.path().canonicalize().map_err(|e| format!("no folder: {e}"))?;
        let root = above.join("casebook");
        let casebook = Casebook { root, above, _folder: folder };
        casebook.write(OsStr::new("casebook.yaml"), &format!("as_of: 2026-06-30\n{more}"))?;
        fs::create_dir_all(casebook.above.join("home")).map_err(|e| format!("no home: {e}"))?;
        Ok(casebook)
    }

    /// Where a path of a case is.
    pub fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.root.join(path)
    }

    /// Writes a block as a file, its directives filled in.
    pub fn write(&self, path: &OsStr, block: &str) -> Result<(), String> {
        let path = self.path(path);
        let said = |e: std::io::Error| format!("cannot write {}: {e}", path.display());
        fs::create_dir_all(path.parent().unwrap_or(&self.root)).map_err(said)?;
        match fill::content(block, |other| fs::read(self.path(other)))? {
            Content::Bytes(bytes) => fs::write(&path, bytes).map_err(said),
            Content::Symlink(target) => std::os::unix::fs::symlink(target, &path).map_err(said),
            Content::Fifo => match Command::new("mkfifo").arg(&path).status() {
                Ok(status) if status.success() => Ok(()),
                other => Err(format!("cannot make the pipe {}: {other:?}", path.display())),
            },
            Content::Gone if path.is_dir() => fs::remove_dir_all(&path).map_err(said),
            Content::Gone => fs::remove_file(&path).map_err(said),
        }
    }

    /// Runs the program with some arguments and variables, in a folder of the casebook.
    pub fn run(
        &self,
        folder: &str,
        variables: &[&str],
        words: &[String],
    ) -> Result<Outcome, String> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
        command.args(words).current_dir(self.path(folder)).env_clear();
        command.envs([("NO_COLOR", "1"), ("TERM", "dumb"), ("LANG", "C.UTF-8")]);
        command.env("HOME", self.above.join("home")).env("PATH", "/usr/bin:/bin");
        // Tells where test coverage and sanitizers write, if they are on.
        command.envs(std::env::vars().filter(|(name, _)| name.starts_with("LLVM_")));
        command.envs(variables.iter().filter_map(|variable| variable.split_once('=')));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());

        let started = Instant::now();
        let mut child = command.spawn().map_err(|e| format!("cannot run casebook: {e}"))?;
        let stdout = read(child.stdout.take());
        let stderr = read(child.stderr.take());
        let (Ok(stdout), Ok(stderr)) =
            (stdout.recv_timeout(PATIENCE), stderr.recv_timeout(PATIENCE))
        else {
            child.kill().ok();
            child.wait().ok();
            return Err(format!("casebook {} did not end", words.join(" ")));
        };
        let status = child.wait().map_err(|e| format!("casebook is lost: {e}"))?;
        Ok(Outcome {
            stdout: self.named(&stdout),
            stderr: self.named(&stderr),
            exit: status.code(),
            took: started.elapsed(),
        })
    }

    /// A text with the folders and durations of this run named instead of told.
    fn named(&self, bytes: &[u8]) -> String {
        let text = String::from_utf8_lossy(bytes);
        let text = text.replace(&*self.root.to_string_lossy(), "[root]");
        let text = text.replace(&*self.above.to_string_lossy(), "[above]");
        without_durations(&text)
    }
}

/// Reads a stream to its end beside what else is going on.
fn read(stream: Option<impl Read + Send + 'static>) -> mpsc::Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut stream) = stream {
            stream.read_to_end(&mut bytes).ok();
        }
        sender.send(bytes).ok();
    });
    receiver
}

/// `12 ms` and `1.3 s` become `[time]`; how many pages a site has, which grows with every new kind
/// of page, how large it is and how much room a disk has become `[n]`, and none stays `0`.
fn without_durations(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, after) = rest.split_at(digits);
        let unit = [" ms", " µs", " s"].into_iter().find(|unit| {
            let next = after.strip_prefix(unit).map(|after| after.chars().next());
            next.is_some_and(|next| !next.is_some_and(char::is_alphanumeric))
        });
        let pages = [" page", " written", " unchanged", " removed", " files of the edition"];
        let sizes = [" KB; ", " GB free", " MB free"];
        let mut counts = pages.into_iter().chain(sizes);
        let of_pages = number != "0" && counts.any(|word| after.starts_with(word));
        out.push_str(match unit {
            Some(_) => "[time]",
            None if of_pages => "[n]",
            None => number,
        });
        rest = &after[unit.map_or(0, str::len)..];
    }
    out + rest
}
