//! A secret in every field and kind of file (T57, T58): in no byte of the wider edition, and found in the
//! narrower one by who looks for it there.

use crate::casebook_of::{self, KEYS, Values};
use crate::made::{Files, put, site};
use casebook::diagnostics::FileId;
use casebook::documents;
use casebook::documents::settings::Settings;
use casebook::editions::{Drafts, Wanted};
use casebook::leaks::{Guard, Known};
use casebook::sources::{Limits, Sources};
use std::collections::BTreeSet;
use std::path::Path;

/// Paths and what the files say, or places and what was planted there.
type Texts = Vec<(String, String)>;

/// Gives each field a value of its own, and keeps them.
#[derive(Default)]
struct Planted {
    /// The kind of place, and the bytes that must not be met.
    all: Vec<(String, String)>,
    of: String,
}

impl Planted {
    fn plant(&mut self, what: &str, secret: &str) {
        self.all.push((format!("{} {what}", self.of), secret.to_string()));
    }

    /// Letters that no other text has.
    fn letters(&self) -> String {
        let nth = self.all.len();
        let letter = |at: usize| char::from(b'a' + u8::try_from(at % 20).expect("a letter"));
        format!("{}{}{}", letter(nth / 400), letter(nth / 20), letter(nth))
    }
}

impl Values for Planted {
    fn text(&mut self, what: &str) -> String {
        let secret = format!("Zq{}vx heron over {}", self.letters(), self.letters());
        self.plant(what, &secret);
        secret
    }

    fn address(&mut self, what: &str) -> String {
        let secret = format!("zq{}vx-heron", self.letters());
        self.plant(what, &secret);
        secret
    }

    fn number(&mut self, what: &str) -> u32 {
        let number = 770_013 + 1_009 * u32::try_from(self.all.len()).expect("a number");
        self.plant(what, &number.to_string());
        number
    }

    fn day(&mut self, what: &str) -> String {
        let days = i64::try_from(self.all.len()).expect("a number");
        let day = jiff::civil::date(2011, 1, 1).checked_add(jiff::Span::new().days(days));
        let day = day.expect("a day").to_string();
        self.plant(what, &day);
        day
    }

    fn count(&mut self, _what: &str) -> usize {
        1
    }
}

/// A casebook in which the widest circle may see hardly anything.
fn casebook() -> (Texts, Texts) {
    let mut planted = Planted::default();
    let mut files = vec![
        ("casebook.yaml".into(), "as_of: 2026-06-30\nbase_url: https://example.org/\n".into()),
        ("content/units/claims.md".into(), "---\nname: Claims\n---\n".into()),
        ("content/projects/other.md".into(), open("Other", "")),
    ];
    // Each key alone: all in front matter, then what a body and files of its own can tell.
    planted.of = "restricted".into();
    let keys: Vec<String> = KEYS.iter().map(|key| format!("{key}: board")).collect();
    let restricted = format!("restricted: {{{}}}\n", keys.join(", "));
    let mut front = restricted.clone();
    for key in KEYS {
        front += &format!("{key}: {}\n", casebook_of::value(key, &mut planted));
    }
    files.push(("content/projects/keys/index.md".into(), open("Keys", &front)));
    files.push(("content/projects/keys/hero.svg".into(), svg(&mut planted)));
    planted.of = "restricted, told in".into();
    let body = casebook_of::told_in_body(&mut planted);
    files.push(("content/projects/body.md".into(), open("Body", &restricted) + &body));
    beside("content/projects/files/", &restricted, &mut planted, &mut files);
    planted.of = "hidden".into();
    hidden("content/projects/", "audience: board\n", &mut planted, &mut files);
    planted.of = "draft".into();
    hidden("content/projects/", "draft: true\n", &mut planted, &mut files);
    for (of, key) in [("hidden page", "audience: board"), ("draft page", "draft: true")] {
        planted.of = of.into();
        let id = planted.address("id");
        let (title, summary) = (planted.text("title"), planted.text("summary"));
        let text = format!(
            "---\ntitle: {title}\nsummary: {summary}\n{key}\n---\n\n{}\n",
            planted.text("body")
        );
        files.push((format!("content/pages/{id}.md"), text));
    }
    (files, planted.all)
}

/// A write-up that all may see but for some keys.
fn open(title: &str, keys: &str) -> String {
    format!(
        "---\ntitle: {title}\nstatus: completed\nunit: claims\nowner: Amara Osei\n{keys}---\n\nIt is done.\n\n"
    )
}

fn svg(v: &mut Planted) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><text>{}</text></svg>\n",
        v.text("image file")
    )
}

/// A write-up with a post-mortem and a series in files of their own.
fn beside(folder: &str, keys: &str, v: &mut Planted, files: &mut Vec<(String, String)>) {
    let kpi = casebook_of::kpi(v, Some("data/a.csv"));
    let keys = format!("{keys}kpis:\n  - {kpi}\n");
    files.push((format!("{folder}index.md"), open("Files", &keys)));
    let (day, number, note) =
        (v.day("series file"), v.number("series file"), v.text("series file"));
    let table = format!("date,value,note\n{day},{number},{note}\n");
    files.push((format!("{folder}data/a.csv"), table));
    let told = casebook_of::post_mortem(v).replace("\n  ", "\n");
    let text = format!("---\n{}---\n\n{}\n", told.trim_start(), v.text("post-mortem file"));
    files.push((format!("{folder}post-mortem.md"), text));
}

/// A write-up of which nothing may be seen, every key of it told.
fn hidden(folder: &str, why: &str, v: &mut Planted, files: &mut Vec<(String, String)>) {
    let (id, title, owner) = (v.address("id"), v.text("title"), v.text("owner"));
    let mut front = format!(
        "---\ntitle: {title}\nstatus: completed\nunit: {}\nowner: {owner}\n{why}",
        v.address("unit")
    );
    front += &format!("aliases: [/old/{}/]\n", v.address("alias"));
    for key in KEYS {
        front += &format!("{key}: {}\n", casebook_of::value(key, v));
    }
    let story = format!(
        "{front}---\n\n{}\n\n- {}\n\n![{}](hero.svg)\n",
        v.text("lead"),
        v.text("list"),
        v.text("alt")
    );
    files.push((format!("{folder}{id}/index.md"), story));
    files.push((format!("{folder}{id}/hero.svg"), svg(v)));
}

/// What the widest circle may not see, as a build looks for it.
fn guard(root: &Path) -> (Guard, Sources) {
    let file = Sources::settings(root).expect("settings");
    let (settings, _) = Settings::read(file.text().expect("a text"), FileId(0));
    let sources = Sources::read(root, file, Limits::default(), None).expect("readable");
    let read = documents::read(&sources, &settings, None);
    let mut known = Known::default();
    let wanted = Wanted { audience: Some("internal".into()), ..Wanted::default() };
    let guard = Guard::of(&read, &sources, &settings, &wanted, &mut known).expect("a circle");
    (guard.looking(), sources)
}

/// The places in a site where bytes stand, in the forms in which a site prints them.
fn met(site: &Files, secret: &str) -> BTreeSet<String> {
    let grouped = |digits: &str| match digits.len() {
        6 => format!("{},{}", &digits[..3], &digits[3..]),
        _ => digits.to_string(),
    };
    let forms = match secret.parse::<u32>() {
        Ok(_) => vec![secret.to_string(), grouped(secret)],
        Err(_) => vec![secret.to_string()],
    };
    let has = |text: &str| forms.iter().any(|form| text.contains(form.as_str()));
    let files = site.iter().filter(|(address, bytes)| {
        has(address) || has(&String::from_utf8_lossy(bytes).replace("\r\n ", ""))
    });
    files.map(|(address, _)| address.clone()).collect()
}

#[test]
fn nothing_planted_is_in_the_wider_edition() {
    let (files, planted) = casebook();
    let folder = put(&files);
    let (wide, errors) = site(folder.path(), "internal", Drafts::Hidden);
    assert!(errors.is_empty(), "{errors:#?}");
    assert!(planted.len() > 250 && wide.len() > 30, "{} in {}", planted.len(), wide.len());
    for (what, secret) in &planted {
        assert!(met(&wide, secret).is_empty(), "{what}: {secret} in {:?}", met(&wide, secret));
    }
}

#[test]
fn with_nothing_cut_away_each_secret_is_found() {
    let (files, planted) = casebook();
    let folder = put(&files);
    let (guard, sources) = guard(folder.path());
    // The edition for who may see all of it: as if nothing had been cut away for the others.
    let (all, errors) = site(folder.path(), "board", Drafts::Shown);
    assert!(errors.is_empty(), "{errors:#?}");
    let mut found: BTreeSet<usize> = BTreeSet::new();
    for (address, bytes) in &all {
        found.extend(guard.found_in(address, bytes));
        found.extend(guard.found_in(address, address.as_bytes()));
    }
    let places: Vec<_> = guard.secrets().collect();
    let told = |nth: &usize| {
        let place = places[*nth];
        let file = sources.file(place.file);
        format!("{} {}", file.path, &file.excerpt().expect("a text")[place.span.range()])
    };
    let told: Vec<String> = found.iter().map(told).collect();
    for (what, secret) in &planted {
        assert!(!met(&all, secret).is_empty(), "{what}: no page of the board's says {secret}");
        assert!(told.iter().any(|text| text.contains(secret.as_str())), "{what}: {secret}");
    }
}
