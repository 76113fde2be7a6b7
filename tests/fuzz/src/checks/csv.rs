//! CSV, in and out: a series of any bytes has its problems where they are told, and any texts in
//! fields come out of the data files as they went in, but for what guards a spreadsheet.

use super::road::{SETTINGS, byte_file, go, quoted, text_file};
use casebook::diagnostics::{Diagnostic, FileId};
use casebook::documents::series;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::str::FromStr;

/// Parts a text into fields.
pub const PART: char = '\u{1e}';

/// With this as its only odd field a write-up is sound.
pub const PLAIN: &str = "=A";

const SHORT: &str = "---\ntitle: A\nstatus: completed\nunit: it\nowner: Bela Fors\nkpis:\n  - \
                     {name: Days, baseline: 12, target: 1, series: data/x.csv}\n---\nPaid.\n";

/// Any bytes as the file of a series.
pub fn series(bytes: &[u8]) {
    let file = byte_file("content/projects/a/data/x.csv", bytes);
    let (readings, said) = series::csv(bytes, FileId(0));
    assert!(readings.len() <= 10_000 && readings.is_sorted_by_key(|reading| reading.on));
    if let Some(text) = file.excerpt() {
        said.iter().for_each(|one| is_where_it_is_told(one, text));
    }
    go(SETTINGS, vec![text_file("content/projects/a/index.md", SHORT), file]);
}

/// The place of a cell holds what the message says of it.
fn is_where_it_is_told(one: &Diagnostic, text: &str) {
    let shown = text.get(one.place().span.range());
    let shown = shown.unwrap_or_else(|| panic!("{one:?} in {text:?}"));
    assert!(!shown.contains(['\r', '\n']), "a place is in one line: {one:?} in {text:?}");
    let ends = ["` is not a date", "` is not a number", "` could be read in two ways"];
    let told = ends.iter().find_map(|end| one.message.strip_prefix('`')?.strip_suffix(end));
    if let Some(told) = told {
        let mut cell = ::csv::ReaderBuilder::new();
        cell.has_headers(false).delimiter(b'\x1f').trim(::csv::Trim::All);
        // Behind another cell, for a mark of byte order that begins a text is none of it.
        let row = format!("x\u{1f}{shown}");
        let read = cell.from_reader(row.as_bytes()).into_records().next();
        let read = read.map(|record| record.expect("two cells")[1].to_string());
        // Where blanks stand before a quotation mark, it is a sign as any other.
        let as_it_stands = shown.trim() == told;
        assert!(as_it_stands || read.as_deref() == Some(told), "{read:?}: {one:?} in {text:?}");
    }
}

/// Any texts in the fields of a write-up, and what the data files make of them.
pub fn data(text: &str) {
    let fields: Vec<String> = text.split(PART).map(quoted).collect();
    let of = |id, currency| {
        let front = write_up(&fields, id, currency);
        go(SETTINGS, vec![text_file("content/projects/a.md", &front)])
    };
    // An id or a currency that is none is an error: a site needs others.
    let first = of(&*fields[0], fields.last().expect("there is one"));
    let told = if first.is_sound() { first } else { of("days", "EUR") };
    assert!(told.is_sound() || text != PLAIN, "{:?}", told.said);
    let plan = told.plan();
    let files = told.beside(&plan);
    let tables = files.iter().filter(|(address, _)| address.ends_with(".csv"));
    let tables: BTreeMap<_, _> = tables.map(|(name, bytes)| (&**name, table(bytes))).collect();
    assert_eq!(tables.len(), 6);
    let json = files.iter().filter(|(address, _)| address.ends_with(".json"));
    for (address, bytes) in json {
        assert!(serde_json::from_slice::<serde_json::Value>(bytes).is_ok(), "{address}");
    }
    let Some(project) = told.portfolio().projects.all().first() else { return };
    let is_in = |table: &str, column: &str, text: &str| {
        let cell = tables[table].first().map(|row| row[column].as_str());
        let guarded = format!("'{text}");
        assert!([Some(text), Some(&guarded)].contains(&cell), "{column} of {table}: {text:?}");
    };
    let front = project.front();
    is_in("data/projects.csv", "title", project.title());
    is_in("data/projects.csv", "owner", &front.owner.name);
    if let Some(kpi) = front.kpis.first() {
        is_in("data/kpis.csv", "kpi", &kpi.id.value);
        is_in("data/kpis.csv", "name", &kpi.name);
        is_in("data/kpis.csv", "measure", &kpi.measure);
        kpi.source.iter().for_each(|source| is_in("data/kpis.csv", "source", source));
    }
    if let Some(benefit) = front.benefits.first() {
        is_in("data/benefits.csv", "name", &benefit.name);
    }
    let post_mortem = front.post_mortem.as_ref();
    if let Some(action) = post_mortem.and_then(|post_mortem| post_mortem.actions.first()) {
        is_in("data/actions.csv", "text", &action.text);
    }
    let lesson = post_mortem.and_then(|post_mortem| post_mortem.pain_points.first());
    if let Some(lesson) = lesson.filter(|lesson| !lesson.text.contains('{')) {
        is_in("data/lessons.csv", "text", &lesson.text);
    }
}

/// A write-up with a field wherever it takes any text.
fn write_up(fields: &[String], id: &str, currency: &str) -> String {
    let mut fields = fields.iter().map(String::as_str);
    let mut field = || fields.next().unwrap_or("\"x\"");
    let mut front = format!("---\ntitle: {}\nstatus: completed\nunit: it\n", field());
    front += &format!("owner: {{name: {}, role: {}}}\n", field(), field());
    front += &format!("kpis:\n  - {{id: {id}, name: {}, measure: {},", field(), field());
    front += &format!(" source: {}, baseline: -5, target: -2, actual: -1}}\n", field());
    front += &format!("investment: {{currency: {currency}, actual: 1k}}\n");
    front += &format!("benefits:\n  - {{name: {}, kind: cash_releasing,", field());
    front += &format!(" realized: {{2025: -1}}, confirmed_by: {{name: {}}}}}\n", field());
    front += &format!("post_mortem:\n  pain_points: [{{text: {}, theme: data}}]\n", field());
    front += &format!("  actions: [{{text: {}, owner: {{name: {}}}}}]\n", field(), field());
    front += &format!("tags: [{}]\n---\nPaid on the day.\n", field());
    front
}

/// The rows of a table by its header; no cell is one that a spreadsheet would run.
fn table(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let mut rows = ::csv::Reader::from_reader(bytes);
    let header = rows.headers().expect("a header").clone();
    let mut all = Vec::new();
    for record in rows.records() {
        let record = record.expect("each row has the header's columns");
        for cell in &record {
            let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            assert!(!runs || Decimal::from_str(cell).is_ok(), "{cell:?}");
        }
        let cells = header.iter().zip(&record);
        all.push(cells.map(|(name, cell)| (name.to_string(), cell.to_string())).collect());
    }
    all
}
