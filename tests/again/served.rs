//! A preview that runs beside the edits, asked on its socket for all that it serves.

use crate::disk::{Files, differences};
use crate::running::{Answer, Asking, Listener, Running, build, dressing, undressed};
use casebook::diagnostics::{Failure, Severity};
use casebook::pipeline::Built;
use casebook::report;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

/// One of so many addresses is asked for though nothing there has changed.
const PART: u64 = 8;

/// Longer than it may take until what was saved is shown, however often it is built meanwhile.
const LIMIT: Duration = Duration::from_secs(20);

/// So many changed addresses are named in an event.
const NAMED: usize = 100;

/// `casebook serve`, and what it last showed.
pub struct Served {
    running: Running,
    listener: Listener,
    token: String,
    /// How many rebuilds it told of.
    builds: u64,
    /// The last good site.
    good: Files,
    /// All addresses that it ever had.
    ever: BTreeSet<String>,
}

/// What must be laid over pages while something is wrong.
pub struct Wrong {
    heading: String,
    entries: String,
}

impl Wrong {
    /// What a clean build says that made no site.
    pub fn of(built: Result<Built, Failure>) -> Wrong {
        let built = match built {
            Err(failure) => {
                let entries = report::overlay_failure(&failure);
                return Wrong { heading: "The site cannot be made".into(), entries };
            }
            Ok(built) => built,
        };
        assert!(!built.whole, "the program says that something is wrong");
        let errors = built.diagnostics.iter().filter(|one| one.severity == Severity::Error);
        let errors: Vec<_> = errors.cloned().collect();
        let entries = report::overlay(&errors, &built.sources);
        Wrong { heading: report::summary(&errors), entries }
    }
}

impl Served {
    /// Serves a casebook, as it stands.
    pub fn begin(root: &Path) -> Served {
        let folder = tempfile::tempdir().expect("a folder");
        let root = root.to_str().expect("a plain path");
        let running = Running::with(folder, &["--port", "0", "--root", root], &[]);
        let (listener, token) = (running.listen("/"), running.slip("/", "token"));
        let (good, ever) = (Files::new(), BTreeSet::new());
        Served { running, listener, token, builds: 0, good, ever }
    }

    /// Waits until it tells of a site that is the clean one, at each address.
    pub fn shows(&mut self, clean: &Files, at: &str) {
        let mut site = clean.clone();
        // The list of what a build wrote is no part of what it shows.
        site.remove(".casebook-manifest").expect("a build on the disk has one");
        self.until(&site, None, at);
        self.ever.extend(site.keys().cloned());
        self.good = site;
    }

    /// Waits until it tells what is wrong, and shows it over the last good site.
    pub fn warns(&mut self, wrong: &Wrong, at: &str) {
        let good = std::mem::take(&mut self.good);
        self.until(&good, Some(wrong), at);
        self.good = good;
    }

    /// An edit of several files may be told of more than once: the last word counts.
    fn until(&mut self, site: &Files, wrong: Option<&Wrong>, at: &str) {
        let mut differs = "nothing was told".to_string();
        let begun = Instant::now();
        loop {
            let Some(said) = self.listener.told() else { panic!("{at}: {differs}") };
            let next = build(&said) == self.builds + 1;
            self.builds = build(&said);
            let changed = match wrong {
                Some(_) => Some(Vec::new()),
                None if next => self.changed(site),
                None => None,
            };
            match self.same(site, wrong, changed.as_deref(), &said) {
                Ok(()) => return,
                Err(other) if begun.elapsed() > LIMIT => panic!("{at}: {other}, to the end"),
                Err(other) => differs = format!("after rebuild {}: {other}", self.builds),
            }
        }
    }

    /// The addresses that must be told as changed; none where all must be asked for.
    fn changed<'f>(&'f self, site: &'f Files) -> Option<Vec<&'f str>> {
        let styles = |files: &Files| -> Vec<String> {
            files.keys().filter(|address| address.ends_with(".css")).cloned().collect()
        };
        // A page that only names another style sheet is not told: a browser takes that alone.
        let known = !self.good.is_empty() && styles(site) == styles(&self.good);
        known.then(|| differences(site, &self.good))
    }

    /// Whether this site is served, under what is wrong; says where it is not. All that changed is
    /// asked for, and of the rest each time another part.
    fn same(
        &self,
        site: &Files,
        wrong: Option<&Wrong>,
        changed: Option<&[&str]>,
        said: &Value,
    ) -> Result<(), String> {
        match (wrong, said["overlay"]["html"].as_str()) {
            (None, None) => {}
            (Some(Wrong { heading, entries }), Some(html))
                if html.contains(&format!(">{heading}</h2>")) && html.contains(entries) => {}
            (_, overlay) => return Err(format!("{overlay:?} is told")),
        }
        if let (None, Some(changed)) = (wrong, changed) {
            tells(changed, said)?;
        }
        let mut asking = self.running.asking();
        for (nth, (address, bytes)) in (self.builds..).zip(site) {
            let passed = |changed: &[&str]| !changed.contains(&address.as_str());
            if nth % PART != 0 && changed.is_some_and(passed) {
                continue;
            }
            let sent = asking.get(&path(address));
            let page = address.ends_with(".html");
            let status = if page && wrong.is_some() { 500 } else { 200 };
            if sent.status != status {
                return Err(format!("{address} has the status {}, not {status}", sent.status));
            }
            if !(if page { self.is_page(&sent, bytes, said) } else { sent.body == *bytes }) {
                return Err(format!("{address} differs"));
            }
        }
        self.nothing_more(&mut asking, site, said)
    }

    /// Whether a page was sent that is the built one, dressed, with what is wrong laid over it.
    fn is_page(&self, sent: &Answer, built: &[u8], said: &Value) -> bool {
        let sent = sent.text();
        let text = |name: &str| said["overlay"][name].as_str().unwrap_or_default().to_string();
        undressed(&sent).as_bytes() == built
            && dressing(&sent).is(&self.token, &text("key"), &text("html"))
    }

    /// Whether nothing is left at an address that no site has any more.
    fn nothing_more(&self, asking: &mut Asking, site: &Files, said: &Value) -> Result<(), String> {
        let status = if said["overlay"].is_null() { 404 } else { 500 };
        let never = ["nowhere/index.html".to_string()];
        let gone = self.ever.iter().filter(|address| !site.contains_key(*address));
        for address in gone.chain(&never) {
            let sent = asking.get(&path(address));
            if sent.status != status || !self.is_page(&sent, &site["404.html"], said) {
                return Err(format!("{address} is still there, with {}", sent.status));
            }
        }
        Ok(())
    }
}

/// Whether the addresses that are told as changed are these.
fn tells(changed: &[&str], said: &Value) -> Result<(), String> {
    let told = said["changed"].as_array().ok_or("no list of changes")?;
    let told: Vec<&str> = told.iter().filter_map(Value::as_str).collect();
    let named = &changed[..changed.len().min(NAMED)];
    match told == named && said["changes"] == changed.len() {
        true => Ok(()),
        false => Err(format!("{changed:?} changed, {told:?} is told")),
    }
}

/// Where a reader asks for an address: by the folder of a page.
fn path(address: &str) -> String {
    let page = address.strip_suffix("index.html");
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte);
    let written = page.unwrap_or(address).bytes().map(|byte| match plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    });
    format!("/{}", written.collect::<String>())
}
