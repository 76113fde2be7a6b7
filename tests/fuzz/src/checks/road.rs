//! The road that a check goes: files that are at hand, as the stages make them into pages.

use casebook::diagnostics::{Diagnostic, FileId, Severity};
use casebook::documents::settings::Settings;
use casebook::documents::wording::Wording;
use casebook::editions::{self, Wanted};
use casebook::pages::{self, Plan, View};
use casebook::portfolio::{self, Portfolio};
use casebook::report::{self, Color};
use casebook::sources::{Content, SourceFile, Sources};
use casebook::theme::Theme;
use std::sync::LazyLock;

/// The settings of checks that look at pages; the theme is loaded once for all of them.
pub const SETTINGS: &str = "title: Ours\nas_of: 2026-06-30\nbase_url: https://casebook.example/\n";

static DRESS: LazyLock<(Wording, Theme)> = LazyLock::new(|| {
    let sources = Sources::of(vec![text_file("casebook.yaml", SETTINGS)]);
    let (settings, _) = Settings::read(SETTINGS, FileId(0));
    let (wording, _) = Wording::load(&sources, &settings);
    let theme = Theme::load(&sources, &settings, &wording).expect("the built-in theme is sound");
    (wording, theme)
});

/// What the stages made of some files.
pub struct Told {
    /// The files.
    pub sources: Sources,
    /// All that is linked; nothing, where the settings name no circle.
    pub portfolio: Option<Portfolio>,
    /// All that is wrong.
    pub said: Vec<Diagnostic>,
}

/// A text as it arrives from the disk: without a mark of byte order, its lines ended by `\n`.
pub fn as_read(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// A text in a file.
pub fn text_file(path: &str, text: &str) -> SourceFile {
    SourceFile::of(path, Content::Text(as_read(text).into()))
}

/// Any bytes in a file.
pub fn byte_file(path: &str, bytes: &[u8]) -> SourceFile {
    SourceFile::of(path, Content::Bytes(bytes.into()))
}

/// A text as YAML that means just that text.
pub fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text can be written as JSON")
}

/// Goes the road from files to a linked portfolio.
pub fn go(settings: &str, mut files: Vec<SourceFile>) -> Told {
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|a, b| a.path == b.path);
    files.insert(0, text_file("casebook.yaml", settings));
    let sources = Sources::of(files);
    let text = sources.files[0].text().expect("the settings are a text");
    let (settings, mut said) = Settings::read(text, FileId(0));
    let mut documents = casebook::documents::read(&sources, &settings, None);
    said.append(&mut documents.diagnostics);
    let cut = editions::cut(documents, &sources, &settings, &Wanted::default());
    let portfolio = cut.ok().map(|mut edition| {
        said.append(&mut edition.diagnostics);
        let as_of = settings.as_of.unwrap_or(jiff::civil::date(2026, 6, 30));
        let (mut portfolio, problems) = portfolio::link(edition, &settings, as_of);
        said.extend(problems);
        said.extend(portfolio.refer(&sources));
        portfolio
    });
    casebook::diagnostics::sort(&mut said);
    places_exist(&said, &sources);
    Told { sources, portfolio, said }
}

impl Told {
    /// Whether a site would be made of it.
    pub fn is_sound(&self) -> bool {
        self.said.iter().all(|one| one.severity != Severity::Error)
    }

    /// The portfolio, which checks with settings of their own always have.
    pub fn portfolio(&self) -> &Portfolio {
        self.portfolio.as_ref().expect("the settings name no circle that is not there")
    }

    /// Which pages there are.
    pub fn plan(&self) -> Plan {
        let (wording, theme) = &*DRESS;
        pages::plan(self.portfolio(), wording, theme.assets.clone(), theme.asked.clone())
    }

    /// What is wrong with files beside pages.
    pub fn apart(&self, plan: &Plan) -> Vec<Diagnostic> {
        let (wording, theme) = &*DRESS;
        let (portfolio, pages) = (self.portfolio(), plan.pages(self.portfolio(), wording));
        casebook::pipeline::apart::check(portfolio, &pages, Some(theme), &self.sources)
    }

    /// What a page shows.
    pub fn view(&self, plan: &Plan, address: &str) -> Option<View> {
        let page = plan.list.iter().find(|page| page.address == address)?;
        Some(plan.pages(self.portfolio(), &DRESS.0).view(page))
    }

    /// The addresses of all files of the site.
    pub fn addresses(&self, plan: &Plan) -> Vec<String> {
        let pages = plan.list.iter().map(|page| page.address.clone());
        let pages_of = plan.pages(self.portfolio(), &DRESS.0);
        let made = pages_of.files();
        let made = made.iter().map(|file| file.address.clone());
        let files = self.portfolio().files.keys().chain(DRESS.1.files.keys()).cloned();
        pages.chain(made).chain(files).collect()
    }

    /// The bytes of each file beside pages, by its address.
    pub fn beside(&self, plan: &Plan) -> Vec<(String, Vec<u8>)> {
        let pages = plan.pages(self.portfolio(), &DRESS.0);
        let files = pages.files();
        let bytes = files.iter().map(|file| (0..file.stretches).flat_map(|nth| file.stretch(nth)));
        files.iter().map(|file| file.address.clone()).zip(bytes.map(Iterator::collect)).collect()
    }
}

/// A page, dressed by the built-in theme.
pub fn dressed(view: View, address: &str) -> String {
    let mut page = Vec::new();
    let put = |bytes: &[u8]| {
        page.extend_from_slice(bytes);
        Ok(())
    };
    let problem = DRESS.1.render(view, address, put).expect("memory takes any page");
    assert_eq!(problem, None, "the built-in theme renders each page");
    String::from_utf8(page).expect("a page is a text")
}

/// Each place lies within its file, between letters, and can be painted.
fn places_exist(said: &[Diagnostic], sources: &Sources) {
    for one in said {
        assert!(!one.message.is_empty(), "{one:?}");
        for label in &one.labels {
            let Some(text) = sources.file(label.place.file).excerpt() else { continue };
            let range = label.place.span.range();
            assert!(text.get(range.clone()).is_some(), "{range:?} of {}: {one:?}", text.len());
        }
    }
    report::terminal(said, sources, Color::Never, 100);
    let json = report::json(said, sources);
    assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{json}");
}
