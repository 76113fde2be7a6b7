//! The early cut: linking and planning look at no body, so what they made stands while only bodies
//! change.

use casebook::diagnostics::FileId;
use casebook::documents::settings::Settings;
use casebook::documents::wording::Wording;
use casebook::editions::{self, Wanted};
use casebook::memo::{BODY, Changed, Key, Keys, watch};
use casebook::pages::{self, Asked, Assets};
use casebook::sources::{Limits, Sources};
use casebook::{documents, portfolio};
use std::path::Path;

/// As if every body, and nothing else, had changed.
fn all_bodies() -> Changed {
    let keys = |body: &str| {
        let mut kinds = vec![vec![Key::of("same"); 100]; 3];
        kinds[BODY as usize] = vec![Key::of(body); 100];
        Keys::of(kinds)
    };
    keys("before").changed(&keys("after"))
}

#[test]
fn linking_and_planning_look_at_no_body() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = Sources::settings(root).expect("settings");
    let (settings, _) = Settings::read(file.text().expect("a text"), FileId(0));
    let sources = Sources::read(root, file, Limits::default(), None).expect("the sample");
    let documents = documents::read(&sources, &settings, None);
    let edition = editions::cut(documents, &sources, &settings, &Wanted::default());
    let edition = edition.expect("an edition");
    let (wording, _) = Wording::load(&sources, &settings);
    let day = settings.as_of.expect("the sample has a day");
    // What is looked at is seen by the thread that looks: there is one.
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    alone.install(|| {
        let ((mut portfolio, _), linking) = watch(|| portfolio::link(edition, &settings, day));
        let (plan, planning) =
            watch(|| pages::plan(&portfolio, &wording, Assets::default(), Asked::default()));
        assert!(!linking.is_empty() && !planning.is_empty());
        assert!(!all_bodies().any(&linking), "linking looks at a body: {linking:?}");
        assert!(!all_bodies().any(&planning), "planning looks at a body: {planning:?}");

        let (_, referring) = watch(|| portfolio.refer(&sources));
        assert!(all_bodies().any(&referring), "what bodies refer to is looked up by itself");
        let pages = plan.pages(&portfolio, &wording);
        let shows = |page: &&casebook::pages::Page| all_bodies().any(&watch(|| pages.view(page)).1);
        let showing = plan.list.iter().filter(shows).count();
        assert!(showing >= portfolio.projects.len(), "each project's page shows its body");
        assert!(showing * 3 < plan.list.len(), "most pages show none");
    });
}
