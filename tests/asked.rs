//! A page is the same whether all of its view is made, or what its templates ask for.
#![allow(clippy::disallowed_methods, reason = "a test reads the templates of the repository")]

use casebook::diagnostics::FileId;
use casebook::documents::settings::Settings;
use casebook::documents::wording::Wording;
use casebook::editions::{self, Wanted};
use casebook::pages::{self, Asked};
use casebook::sources::{Content, Limits, SourceFile, Sources};
use casebook::theme::Theme;
use casebook::{documents, portfolio};
use std::collections::BTreeMap;
use std::path::Path;

/// Templates of a project that show one thing that other things are made with.
const ODD: &[&str] = &[
    "{{ has_charts }} {{ title }}",
    "{% for k in kpis %}{% for a in k.axis %}{{ a }} {% endfor %}{{ k['small'] }}{% endfor %}",
    "{{ money?.shares_svg | safe }}{% if money %}{{ money.shares_total?.share?.text or 'none' }}{% endif %}",
    "{% set which = 'text' %}{% for p in tags %}{{ p[which] }}{% endfor %}{{ kpis[0]?.svg or '' }}",
    "{% for key, part in kpis[0] or {} %}{{ key }}: {{ part }}{% endfor %}",
    "{% extends 'default/project.html' %}{% block people %}{% endblock %}",
];

/// The pages of the sample, in a theme of these templates.
fn rendered(own: &[(String, String)], everything: bool) -> BTreeMap<String, Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = Sources::settings(root).expect("settings");
    let text = format!("{}\ntheme: odd\n", file.text().expect("a text"));
    let file = SourceFile::of("casebook.yaml", Content::Text(text.as_str().into()));
    let (settings, _) = Settings::read(&text, FileId(0));
    let mut sources = Sources::read(root, file, Limits::default(), None).expect("the sample");
    for (name, text) in own {
        let path = format!("themes/odd/templates/{name}");
        sources.files.push(SourceFile::of(&path, Content::Text(text.as_str().into())).into());
    }
    let wanted = Wanted::default();
    let documents = documents::read(&sources, &settings, None);
    let edition = editions::cut(documents, &sources, &settings, &wanted).expect("an edition");
    let (wording, _) = Wording::load(&sources, &settings);
    let theme = Theme::load(&sources, &settings, &wording).expect("a theme");
    let day = settings.as_of.expect("the sample has a day");
    let (mut portfolio, _) = portfolio::link(edition, &settings, day);
    portfolio.refer(&sources);
    let asked = if everything { Asked::default() } else { theme.asked.clone() };
    let plan = pages::plan(&portfolio, &wording, theme.assets.clone(), asked);
    let pages = plan.pages(&portfolio, &wording);
    let mut made = BTreeMap::new();
    for page in &plan.list {
        let put = |bytes: &[u8]| {
            made.insert(page.address.clone(), bytes.to_vec());
            Ok(())
        };
        let problem = theme.render(pages.view(page), &page.address, put).expect("memory");
        assert!(problem.is_none(), "{problem:?}");
    }
    made
}

/// The templates in a folder of the repository.
fn folder(path: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    let name = |entry: &std::fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    entries.map(|e| (name(&e), std::fs::read_to_string(e.path()).expect("a text"))).collect()
}

#[test]
fn what_is_not_asked_for_is_on_no_page() {
    let mut themes = vec![
        folder("themes/default/templates"),
        folder("themes/ledger/templates"),
        folder("benches/plain/templates"),
    ];
    let odd = ODD.iter().map(|text| vec![("project.html".to_string(), (*text).to_string())]);
    themes.extend(odd);
    for theme in themes {
        let (asked, all) = (rendered(&theme, false), rendered(&theme, true));
        for (address, page) in &all {
            let text = |page: &Vec<u8>| String::from_utf8_lossy(page).into_owned();
            assert_eq!(text(&asked[address]), text(page), "{address} in {:?}", theme.first());
        }
    }
}
