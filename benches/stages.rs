//! What each stage of a build takes, over a casebook that is made for it: `cargo bench`.
//!
//! The stages are those of `src/pipeline.rs`, called one by one with what the ones before made. Whole
//! stages run on all cores, as in a build; a page is made on one. Throughput is in projects, and in
//! bytes of HTML where pages are rendered. `cargo bench -- render` runs those with that name; the
//! letters keep them in the order of a build.
#![expect(clippy::disallowed_methods, reason = "the casebook that is measured is written to disk")]

use casebook::diagnostics::FileId;
use casebook::documents::settings::Settings;
use casebook::documents::wording::Wording;
use casebook::editions::{Edition, Wanted};
use casebook::pages::{Page, Pages, Plan};
use casebook::portfolio::Portfolio;
use casebook::site::guard::Place;
use casebook::site::output::Output;
use casebook::sources::Sources;
use casebook::theme::Theme;
use casebook::{documents, editions, pages, portfolio, site};
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use rayon::prelude::*;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tempfile::TempDir;

/// As in the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many projects the casebook has.
const PROJECTS: usize = 1000;
const UNITS: [&str; 5] = ["claims", "finance", "legal", "logistics", "sales"];
const DAY: jiff::civil::Date = jiff::civil::date(2026, 6, 30);

fn main() {
    divan::main();
}

/// A casebook on disk, and what all stages but the last make of it.
struct Casebook {
    folder: TempDir,
    settings: Settings,
    sources: Sources,
    wording: Wording,
    portfolio: Portfolio,
    theme: Theme,
}

static CASEBOOK: LazyLock<Casebook> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    write_casebook(folder.path());
    let (settings, said) = Settings::read(&settings_text(folder.path()), FileId(0));
    assert!(said.is_empty(), "{said:?}");
    let sources = read_sources(folder.path(), &settings, None);
    let (wording, _) = Wording::load(&sources, &settings);
    let (mut portfolio, mut said) = portfolio::link(edition(&sources, &settings), &settings, DAY);
    said.extend(portfolio.refer(&sources));
    assert!(said.is_empty(), "what is measured has nothing to tell: {:?}", said.first());
    let theme = Theme::load(&sources, &settings, &wording).expect("the built-in theme");
    Casebook { folder, settings, sources, wording, portfolio, theme }
});

static PLAN: LazyLock<Plan> = LazyLock::new(plan);
static PAGES: LazyLock<Pages<'static>> =
    LazyLock::new(|| PLAN.pages(&CASEBOOK.portfolio, &CASEBOOK.wording));

fn plan() -> Plan {
    let theme = &CASEBOOK.theme;
    let (assets, asked) = (theme.assets.clone(), theme.asked.clone());
    pages::plan(&CASEBOOK.portfolio, &CASEBOOK.wording, assets, asked)
}

fn read_sources(root: &Path, settings: &Settings, before: Option<&Sources>) -> Sources {
    let file = Sources::settings(root).expect("settings");
    Sources::read(root, file, settings.limits, before).expect("a casebook that can be read")
}

fn edition(sources: &Sources, settings: &Settings) -> Edition {
    let wanted = Wanted::default();
    let documents = documents::read(sources, settings, None);
    assert!(documents.diagnostics.is_empty(), "{:?}", documents.diagnostics.first());
    editions::cut(documents, sources, settings, &wanted).expect("the widest edition")
}

fn page(address: &str) -> &'static Page {
    PAGES.list.iter().find(|page| page.address == address).expect(address)
}

/// The page of a project, and the longest page of a list.
const SHOWN: [&str; 2] = ["projects/project-0500/index.html", "projects/index.html"];

#[divan::bench]
fn a_sources(bencher: Bencher<'_, '_>) {
    let (root, settings) = (CASEBOOK.folder.path(), &CASEBOOK.settings);
    bencher.counter(ItemsCount::new(PROJECTS)).bench(|| read_sources(root, settings, None));
}

/// Once more, where no file has changed.
#[divan::bench]
fn a_sources_again(bencher: Bencher<'_, '_>) {
    let Casebook { folder, settings, sources, .. } = &*CASEBOOK;
    let all = bencher.counter(ItemsCount::new(PROJECTS));
    all.bench(|| read_sources(folder.path(), settings, Some(sources)));
}

#[divan::bench]
fn b_documents(bencher: Bencher<'_, '_>) {
    let casebook = &*CASEBOOK;
    let all = bencher.counter(ItemsCount::new(PROJECTS));
    all.bench(|| documents::read(&casebook.sources, &casebook.settings, None));
}

/// Once more, where no file has changed.
#[divan::bench]
fn b_documents_again(bencher: Bencher<'_, '_>) {
    let Casebook { settings, sources, .. } = &*CASEBOOK;
    let mut shelf = documents::Shelf::default();
    documents::read(sources, settings, Some(&mut shelf));
    let all = bencher.counter(ItemsCount::new(PROJECTS));
    all.bench_local(|| documents::read(sources, settings, Some(&mut shelf)));
}

#[divan::bench]
fn c_edition(bencher: Bencher<'_, '_>) {
    let Casebook { settings, sources, .. } = &*CASEBOOK;
    let wanted = Wanted::default();
    let all = bencher.counter(ItemsCount::new(PROJECTS));
    let all = all.with_inputs(|| documents::read(sources, settings, None));
    all.bench_values(|documents| editions::cut(documents, sources, settings, &wanted));
}

#[divan::bench]
fn d_portfolio(bencher: Bencher<'_, '_>) {
    let Casebook { settings, sources, .. } = &*CASEBOOK;
    let all = bencher.counter(ItemsCount::new(PROJECTS));
    let all = all.with_inputs(|| edition(sources, settings));
    all.bench_values(|edition| portfolio::link(edition, settings, DAY));
}

#[divan::bench]
fn e_theme(bencher: Bencher<'_, '_>) {
    let Casebook { settings, sources, wording, .. } = &*CASEBOOK;
    bencher.bench(|| Theme::load(sources, settings, wording));
}

#[divan::bench]
fn f_plan(bencher: Bencher<'_, '_>) {
    LazyLock::force(&CASEBOOK);
    bencher.counter(ItemsCount::new(PROJECTS)).bench(plan);
}

#[divan::bench(args = SHOWN)]
fn g_view(bencher: Bencher<'_, '_>, address: &str) {
    let page = page(address);
    bencher.bench(|| PAGES.view(page));
}

#[divan::bench(args = SHOWN)]
fn h_render(bencher: Bencher<'_, '_>, address: &str) {
    let page = page(address);
    let mut bytes = 0;
    let count = |html: &[u8]| {
        bytes = html.len();
        Ok(())
    };
    let told = CASEBOOK.theme.render(PAGES.view(page), address, count);
    assert!(matches!(told, Ok(None)), "{told:?}");
    let one = bencher.counter(BytesCount::new(bytes)).with_inputs(|| PAGES.view(page));
    one.bench_values(|view| {
        CASEBOOK.theme.render(view, address, |html| {
            black_box(html);
            Ok(())
        })
    });
}

/// All pages, viewed and rendered, and thrown away.
#[divan::bench(sample_count = 10)]
fn i_all_pages(bencher: Bencher<'_, '_>) {
    LazyLock::force(&PAGES);
    bencher.counter(ItemsCount::new(PROJECTS)).bench(|| rendered().count());
}

fn rendered() -> impl ParallelIterator<Item = (&'static str, Vec<u8>)> {
    PAGES.list.par_iter().with_max_len(8).map(|page| {
        let mut bytes = Vec::new();
        let told = CASEBOOK.theme.render(PAGES.view(page), &page.address, |html| {
            bytes.extend_from_slice(html);
            Ok(())
        });
        assert!(matches!(told, Ok(None)), "{told:?}");
        (page.address.as_str(), bytes)
    })
}

/// All pages into a folder that does not stand yet.
#[divan::bench(sample_count = 10)]
fn j_publish(bencher: Bencher<'_, '_>) {
    let pages: Vec<(&str, Vec<u8>)> = rendered().collect();
    let bytes: usize = pages.iter().map(|(_, bytes)| bytes.len()).sum();
    let new = bencher.counter(BytesCount::new(bytes));
    let new = new.with_inputs(|| tempfile::tempdir().expect("a folder"));
    new.bench_refs(|folder| publish(&pages, folder.path().join("site")));
}

/// All pages into a folder that holds the same site.
#[divan::bench(sample_count = 10)]
fn k_publish_again(bencher: Bencher<'_, '_>) {
    let pages: Vec<(&str, Vec<u8>)> = rendered().collect();
    let bytes: usize = pages.iter().map(|(_, bytes)| bytes.len()).sum();
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("site");
    publish(&pages, output.clone());
    bencher.counter(BytesCount::new(bytes)).bench(|| publish(&pages, output.clone()));
}

fn publish(pages: &[(&str, Vec<u8>)], output: PathBuf) {
    let place = Place { root: CASEBOOK.folder.path().into(), output, home: None };
    let roll = pages.iter().map(|(address, _)| *address).collect();
    let edition = site::edition::Edition::default();
    let staging = Output::open(place).and_then(|output| output.begin(&edition, &roll, None));
    let staging = staging.expect("a folder that may be written");
    let taken = pages.par_iter().try_for_each(|(address, bytes)| staging.take(address, bytes));
    taken.and_then(|()| staging.commit()).expect("a disk that can be written");
}

fn settings_text(root: &Path) -> String {
    fs::read_to_string(root.join("casebook.yaml")).expect("settings")
}

fn write_casebook(root: &Path) {
    let settings = "title: Measured\nbase_url: https://casebook.example.org/\nas_of: 2026-06-30\n";
    fs::write(root.join("casebook.yaml"), settings).expect("written");
    let (units, projects) = (root.join("content/units"), root.join("content/projects"));
    fs::create_dir_all(&units).expect("a folder");
    fs::create_dir_all(&projects).expect("a folder");
    for unit in UNITS {
        let text = format!("---\nname: The unit {unit}\nkind: business\n---\n");
        fs::write(units.join(format!("{unit}.md")), text).expect("written");
    }
    for nth in 0..PROJECTS {
        fs::write(projects.join(format!("project-{nth:04}.md")), write_up(nth)).expect("written");
    }
}

/// A write-up with three KPIs, cost, benefits, a post-mortem and some 700 words.
fn write_up(nth: usize) -> String {
    let unit = UNITS[nth % UNITS.len()];
    let year = 2016 + nth % 9;
    let mut text = format!(
        "---\n\
         title: Project {nth}\n\
         summary: The unit {unit} does in a day what took it a week.\n\
         status: completed\n\
         class: transformation\n\
         class_reason: It changes who decides.\n\
         owner: {{name: Owner {owner}, role: Head of a team, unit: {unit}}}\n\
         champions: [{{name: Champion {champion}, unit: {unit}}}]\n\
         stages:\n  kpis_agreed: {year}-01-05\n  it_engaged: {year}-01-20\n  kickoff: {year}-02-01\n\
         \x20 go_live: {{planned: {year}-09-01, actual: {year}-09-20}}\n\
         tags: [tag-{a}, tag-{b}]\n\
         investment: {{budget: {budget}, actual: {budget}, shares: {{{unit}: 100%}}, source: Ledger}}\n\
         benefits:\n  - name: Hours that are free\n    kind: cash_releasing\n    unit: {unit}\n\
         \x20   realized: {{{next}: {came}}}\n    source: Ledger\n\
         outcomes:\n  - {{statement: Requests are answered on the same day., kpi: days}}\n\
         kpis:\n",
        owner = nth % 97,
        champion = nth % 61,
        a = nth % 37,
        b = 37 + nth % 23,
        budget = 10_000 + 37 * nth,
        next = year + 1,
        came = 5_000 + 41 * nth,
    );
    for (at, id) in ["days", "hours", "errors"].into_iter().enumerate() {
        let before = 20 + (nth + at) % 30;
        let _ = write!(
            text,
            "  - id: {id}\n    name: The {id} of a case\n    measure: {id}\n    source: Monthly count\n\
             \x20   baseline: {{value: {before}, on: {year}-01-10}}\n\
             \x20   target: {{value: {target}, by: {year}-12-31}}\n\
             \x20   actual: {{value: {actual}, on: {year}-12-10}}\n",
            target = before / 2,
            actual = before / 2 + nth % 4,
        );
    }
    let _ = write!(
        text,
        "post_mortem:\n  held_on: {next}-02-01\n  attended: [{unit}]\n\
         \x20 pain_points: [{{text: The form was late., theme: scope, unit: {unit}}}]\n\
         \x20 bright_spots: [{{text: The pilot was small., theme: adoption, unit: {unit}}}]\n\
         \x20 opportunities: [{{text: Ask the desk first., theme: training, unit: {unit}}}]\n\
         \x20 evidence: [{{unit: {unit}, kpi: days}}]\n\
         \x20 decision: {{what: keep, why: It paid.}}\n\
         \x20 actions: [{{text: Tell the others., owner: {{name: Owner {owner}, unit: {unit}}}, \
         due: {next}-04-01, status: done}}]\n---\n\n",
        next = year + 1,
        owner = nth % 97,
    );
    for part in 0..6 {
        let _ = write!(
            text,
            "## Part {part} of the work\n\n\
             The desk answered **half of the requests** on the day they came, and the rest waited for\n\
             one signature. {sentences}\n\n\
             - What was measured stood on one page.\n- What was not, *no one* missed.\n\n\
             | Phase | Weeks |\n|---|---:|\n| Trial | {weeks} |\n| Roll-out | {part} |\n\n\
             > It is quieter now.\n\n\
             It began with [another project](/projects/project-{other:04}/).\n\n",
            sentences = "The branch kept its list and the list kept the branch. ".repeat(6),
            weeks = 2 + part,
            other = (nth * 7 + part) % PROJECTS,
        );
    }
    text
}
