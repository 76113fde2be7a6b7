//! Random edits of a casebook: a part of the sample, in a folder of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Edits, each following from a seed and those before it.
pub struct Edits {
    folder: tempfile::TempDir,
    random: u64,
    /// All files as they last made a site.
    sound: BTreeMap<PathBuf, Vec<u8>>,
    /// Whether they make one now.
    is_sound: bool,
    made: usize,
}

impl Edits {
    pub fn new(seed: u64) -> Edits {
        let folder = tempfile::tempdir().expect("a folder");
        let from = Path::new(env!("CARGO_MANIFEST_DIR"));
        for part in ["content", "themes", "casebook.yaml"] {
            copy(&from.join(part), &folder.path().join(part));
        }
        // A flat picture in the place of a high one: it has narrower copies as well, and a build of tests
        // takes no second to make them.
        let picture = folder.path().join("content/projects/same-day-motor-claims/claim-form.png");
        image::GrayImage::new(854, 20).save(picture).expect("a picture");
        // Cards come with an edit of the settings: to draw three takes as long as all pages.
        let settings = folder.path().join("casebook.yaml");
        let text = fs::read_to_string(&settings).expect("settings");
        fs::write(settings, text + "cards: none\n").expect("settings");
        Edits { folder, random: seed | 1, sound: BTreeMap::new(), is_sound: true, made: 0 }
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// A number below another.
    fn below(&mut self, most: usize) -> usize {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        usize::try_from(self.random >> 33).expect("31 bits") % most.max(1)
    }

    fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        let at = self.below(all.len());
        all[at].clone()
    }

    fn write_ups(&self) -> Vec<PathBuf> {
        let folder = self.root().join("content/projects");
        let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
        let files = walk.filter_map(|entry| Some(entry.ok()?.into_path()));
        files
            .filter(|path| {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                name.ends_with(".md") && name != "post-mortem.md"
            })
            .collect()
    }

    /// A write-up that was added here, so that no other links to it.
    fn added(&self) -> Option<PathBuf> {
        let is_added = |path: &PathBuf| path.to_string_lossy().contains("/added-");
        self.write_ups().into_iter().find(is_added)
    }

    /// Told whether the files make a site.
    pub fn made(&mut self, whole: bool) {
        self.is_sound = whole;
        if whole {
            self.sound = self.files();
        }
    }

    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let walk = walkdir::WalkDir::new(self.root()).min_depth(1).into_iter();
        // What a build puts away is no one's to edit.
        let walk = walk.filter_entry(|entry| entry.file_name() != ".casebook");
        let files = walk
            .map(|entry| entry.expect("an entry"))
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| entry.into_path());
        files.map(|path| (path.clone(), fs::read(&path).expect("a file"))).collect()
    }

    fn mend(&mut self) -> String {
        let now = self.files();
        for path in now.keys().filter(|path| !self.sound.contains_key(*path)) {
            fs::remove_file(path).expect("it goes");
        }
        for (path, bytes) in self.sound.iter().filter(|(path, bytes)| now.get(*path) != Some(bytes))
        {
            fs::write(path, bytes).expect("a file");
        }
        "mended".into()
    }

    /// Edits something, and says what.
    pub fn edit(&mut self) -> String {
        self.made += 1;
        // What is broken is mended at once, or nothing else would be seen.
        if !self.is_sound {
            return self.mend();
        }
        let write_up = {
            let all = self.write_ups();
            self.pick(&all)
        };
        let text = fs::read_to_string(&write_up).expect("a write-up");
        let nth = self.made;
        let (what, new) = match self.below(30) {
            0..=3 => ("body", format!("{text}\nOne more thought, the {nth}th.\n")),
            4 => ("heading", format!("{text}\n## A heading {nth}\n\nAnd words.\n")),
            5 | 6 => ("title", with_line(&text, "title:", &format!("title: Title {nth}"))),
            7 => ("summary", with_line(&text, "summary:", &format!("summary: In short, {nth}."))),
            8 => ("tags", with_line(&text, "tags:", &format!("tags: [tag-{}]", nth % 5))),
            9 => ("comment", text.replacen("---\n", &format!("---\n# {nth}\n"), 1)),
            10 => {
                let status = self.pick(&["completed", "stopped"]);
                ("status", with_line(&text, "status:", &format!("status: {status}")))
            }
            11 => (
                "lesson",
                format!("{text}\n## What went wrong\n\n- It was late, the {nth}th time.\n"),
            ),
            12 => ("break", text.replacen("title:", "titel:", 1)),
            13 => return self.add(nth, &text),
            14 => return self.gone(&self.added().unwrap_or(write_up)),
            15 => return self.renamed(&self.added().unwrap_or(write_up), nth),
            16 => return self.template(nth),
            17 => return self.settings(nth),
            18 => return self.series(nth),
            19 => return self.picture(nth),
            20 => return self.unit(nth),
            21 => {
                let (key, line) = self.borrowed();
                ("borrowed key", with_line(&text, key, &line))
            }
            22..=27 => return self.digit(),
            28 => return self.less(),
            _ => return self.page(nth),
        };
        fs::write(&write_up, new).expect("a file");
        format!("{what} of {}", write_up.display())
    }

    /// A key's line out of any write-up.
    fn borrowed(&mut self) -> (&'static str, String) {
        let key = self.pick(&["owner:", "sponsor:", "unit:", "units:", "tags:", "audience:"]);
        let all = self.write_ups();
        let texts = all.iter().map(|path| fs::read_to_string(path).expect("a write-up"));
        let lines: Vec<String> = texts
            .filter_map(|text| text.lines().find(|line| line.starts_with(key)).map(str::to_string))
            .collect();
        let line = if lines.is_empty() { format!("{key} claims") } else { self.pick(&lines) };
        (key, line)
    }

    /// A line of the front matter of any file, by its number: only those that hold what is asked
    /// for count.
    fn line(&mut self, holds: impl Fn(&str) -> bool) -> (PathBuf, Vec<String>, usize) {
        let path = self.beside("md").expect("a write-up");
        let text = fs::read_to_string(&path).expect("a text");
        let lines: Vec<String> = text.lines().map(str::to_string).collect();
        let front = lines.iter().skip(1).take_while(|line| *line != "---");
        let all: Vec<usize> =
            (1..).zip(front).filter(|(_, line)| holds(line)).map(|(nth, _)| nth).collect();
        let nth = if all.is_empty() { 0 } else { self.pick(&all) };
        (path, lines, nth)
    }

    /// Another digit: in a date, a figure, a name.
    fn digit(&mut self) -> String {
        let is_digit = |letter: char| letter.is_ascii_digit();
        let (path, mut lines, nth) = self.line(|line| line.contains(is_digit));
        let line = &lines[nth];
        let places: Vec<usize> = line.match_indices(is_digit).map(|(at, _)| at).collect();
        if !places.is_empty() {
            let at = self.pick(&places);
            let digit = self.below(10).to_string();
            lines[nth].replace_range(at..=at, &digit);
        }
        fs::write(&path, lines.join("\n") + "\n").expect("a file");
        format!("digit of {}: {}", path.display(), lines[nth])
    }

    /// A line less: a key, or a part of one.
    fn less(&mut self) -> String {
        let (path, mut lines, nth) = self.line(|line| !line.starts_with("title:"));
        let gone = if nth == 0 { String::new() } else { lines.remove(nth) };
        fs::write(&path, lines.join("\n") + "\n").expect("a file");
        format!("less in {}: {gone}", path.display())
    }

    fn put(&self, path: &str, text: impl AsRef<[u8]>) -> String {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("a file");
        format!("wrote {}", path.display())
    }

    fn add_to(&self, path: &str, more: &str) -> String {
        let text = fs::read_to_string(self.root().join(path)).expect("a file");
        self.put(path, text + more)
    }

    fn add(&mut self, nth: usize, like: &str) -> String {
        let text = with_line(like, "title:", &format!("title: Added {nth}"));
        // What lies beside the other one is not beside this one.
        let kept = text.lines().filter(|line| !line.contains(".csv") && !line.contains(".svg"));
        let text: Vec<&str> = kept.collect();
        self.put(&format!("content/projects/added-{nth}.md"), text.join("\n"))
    }

    fn gone(&mut self, write_up: &Path) -> String {
        fs::remove_file(write_up).expect("it goes");
        format!("removed {}", write_up.display())
    }

    fn renamed(&self, write_up: &Path, nth: usize) -> String {
        let to = self.root().join(format!("content/projects/added-again-{nth}.md"));
        fs::rename(write_up, to).expect("it moves");
        format!("renamed {} to {nth}", write_up.display())
    }

    fn template(&mut self, nth: usize) -> String {
        match self.below(4) {
            0 => self.add_to("themes/default/templates/base.html", &format!("<!-- {nth} -->\n")),
            1 => self.put(
                "themes/default/templates/404.html",
                format!("{{% extends \"default/404.html\" %}}{{# {nth} #}}"),
            ),
            2 => self.put("themes/default/assets/style.css", format!("body {{ margin: {nth}px }}")),
            _ => self.put("themes/default/templates/404.html", "{{ no_such_thing }}"),
        }
    }

    fn settings(&mut self, nth: usize) -> String {
        let path = self.root().join("casebook.yaml");
        let text = fs::read_to_string(&path).expect("settings");
        let (key, line) = self.pick(&[
            ("title:", format!("title: Casebook {nth}")),
            ("currency:", format!("currency: {}", ["USD", "EUR"][nth % 2])),
            ("language:", format!("language: {}", ["en", "de"][nth % 2])),
            ("people:", format!("people: {}", ["names", "roles"][nth % 2])),
            ("as_of:", format!("as_of: 2026-0{}-01", 6 + nth % 3)),
            ("cards:", format!("cards: {}", ["featured", "none"][nth % 2])),
            ("leave_out:", format!("leave_out: [{}]", ["people", "briefs"][nth % 2])),
        ]);
        fs::write(path, with_line(&text, key, &line)).expect("settings");
        format!("settings: {line}")
    }

    fn beside(&mut self, ending: &str) -> Option<PathBuf> {
        let walk = walkdir::WalkDir::new(self.root().join("content")).sort_by_file_name();
        let files = walk.into_iter().filter_map(|entry| Some(entry.ok()?.into_path()));
        let all: Vec<PathBuf> =
            files.filter(|path| path.extension().is_some_and(|e| e == ending)).collect();
        (!all.is_empty()).then(|| self.pick(&all))
    }

    fn series(&mut self, nth: usize) -> String {
        let path = self.beside("csv").expect("what is beside a write-up is never taken away");
        let text = fs::read_to_string(&path).expect("a series");
        let mut lines: Vec<&str> = text.lines().collect();
        let last = lines.pop().unwrap_or_default();
        // Its last reading is told with one digit more.
        let last = format!("{last}{}", nth % 10);
        lines.push(&last);
        fs::write(&path, lines.join("\n") + "\n").expect("a series");
        format!("series {}", path.display())
    }

    fn picture(&mut self, nth: usize) -> String {
        let ending = self.pick(&["png", "svg"]);
        let Some(path) = self.beside(ending) else { return self.drawn(nth) };
        let mut bytes = fs::read(&path).expect("a picture");
        let what = match self.below(4) {
            // What no one sees.
            0 => {
                bytes.extend(format!("<!-- {nth} -->").bytes());
                "noted in"
            }
            // Half of it.
            1 => {
                bytes.truncate(bytes.len() / 2);
                "cut"
            }
            // Another size.
            _ if ending == "svg" => {
                let size = format!("width=\"{nth}\" height=\"30\"");
                bytes = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {size}/>").into_bytes();
                "drew again"
            }
            _ => {
                bytes[16..20].copy_from_slice(&u32::try_from(nth).expect("few").to_be_bytes());
                "widened"
            }
        };
        fs::write(&path, bytes).expect("a picture");
        format!("{what} {}", path.display())
    }

    /// A picture that a write-up in a folder of its own, or another page, shows from now on.
    fn drawn(&mut self, nth: usize) -> String {
        let mut all = self.write_ups();
        all.retain(|path| path.ends_with("index.md"));
        let others = ["content/index.md", "content/pages/about.md", "content/units/it.md"];
        let others = others.iter().map(|path| self.root().join(path));
        all.extend(others.filter(|path| path.exists()));
        let write_up = self.pick(&all);
        let text = fs::read_to_string(&write_up).expect("a write-up");
        let name = ["drawn.svg", "drawn.jpg"][nth % 2];
        fs::write(&write_up, format!("{text}\n![Drawing {nth}]({name})\n")).expect("a write-up");
        let beside = write_up.with_file_name(name);
        match name {
            "drawn.svg" => fs::write(&beside, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
            // Wide enough for narrower copies: one, or two.
            _ => image::GrayImage::from_fn([700, 1300][nth / 2 % 2], 40, |x, y| {
                image::Luma([(x * 7 + y * 31 + u32::try_from(nth).expect("few")) as u8])
            })
            .save(&beside)
            .map_err(std::io::Error::other),
        }
        .expect("a picture");
        format!("drew {}", beside.display())
    }

    fn unit(&mut self, nth: usize) -> String {
        let unit = self.pick(&["it", "claims", "new-unit"]);
        self.put(
            &format!("content/units/{unit}.md"),
            format!("---\nname: Unit {unit} {}\n---\n\nWhat it does, {nth}.\n", nth % 3),
        )
    }

    fn page(&mut self, nth: usize) -> String {
        let page =
            self.pick(&["content/index.md", "content/pages/about.md", "content/pages/new.md"]);
        let title =
            if page == "content/index.md" { String::new() } else { format!("title: Page {nth}\n") };
        self.put(page, format!("---\n{title}---\n\nWords, the {nth}th.\n"))
    }
}

/// A text with the line that begins so replaced; with one more key where there is none.
fn with_line(text: &str, begins: &str, line: &str) -> String {
    let old = text.lines().find(|old| old.starts_with(begins));
    match old {
        // A value of several lines stays as it is.
        Some(old) if old.trim() != begins => text.replacen(old, line, 1),
        Some(_) => text.to_string(),
        None if text.starts_with("---\n") => text.replacen("---\n", &format!("---\n{line}\n"), 1),
        None => format!("{text}{line}\n"),
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("an entry");
        let below = entry.path().strip_prefix(from).expect("below");
        let to = if below == Path::new("") { to.to_path_buf() } else { to.join(below) };
        match entry.file_type().is_dir() {
            true => fs::create_dir_all(to).expect("a folder"),
            false => fs::copy(entry.path(), to).map(|_| ()).expect("a file"),
        }
    }
}
