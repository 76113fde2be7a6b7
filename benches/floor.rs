//! The floor: what a build would take if it did nothing but what no build can leave out: read every
//! write-up, parse its YAML and its Markdown, put every line of every page through a template, and
//! write every file.
//!
//! `cargo bench --bench floor -- CASEBOOK SITE`, where SITE is what was built of CASEBOOK. It is
//! written once more, beside SITE, and removed.
#![allow(clippy::disallowed_methods, reason = "it measures the disk as well")]
#![allow(clippy::print_stdout, reason = "it has nothing but an answer")]

use casebook::diagnostics::FileId;
use casebook::documents::Conventions;
use casebook::documents::reader::Reader;
use casebook::documents::yaml::{Value, parse};
use pulldown_cmark::{Options, Parser};
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tera::{Context, Tera};

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 5;

fn main() {
    let paths = std::env::args().skip(1).filter(|word| !word.starts_with("--"));
    let [casebook, site] = &paths.map(PathBuf::from).collect::<Vec<_>>()[..] else {
        println!("floor: say which casebook, and the site that was built of it");
        return;
    };
    let write_ups = files(&casebook.join("content"));
    let read = || write_ups.par_iter().map(|path| fs::read_to_string(path).unwrap_or_default());
    let mut sum = timed("read the write-ups", || read().collect::<Vec<_>>());

    let texts: Vec<String> = read().collect();
    let parts: Vec<(&str, &str)> = texts.iter().map(|text| split(text)).collect();
    sum += timed("YAML: the tree that Casebook makes", || {
        let conventions = Conventions::default();
        let trees = parts.par_iter().map(|(yaml, _)| {
            let reader = Reader::new(FileId(0), &conventions);
            usize::from(parse(yaml, 0, &reader).value != Value::Absent)
        });
        trees.sum::<usize>()
    });
    timed("  (saphyr-parser's events instead)", || {
        let parsers = parts.par_iter().map(|(yaml, _)| saphyr_parser::Parser::new_from_str(yaml));
        parsers.map(|events| events.take_while(Result::is_ok).count()).sum::<usize>()
    });
    timed("  (serde_yaml into values instead)", || {
        let values = parts.par_iter().map(|(yaml, _)| serde_yaml::from_str(yaml));
        values.filter(Result::<serde_yaml::Value, _>::is_ok).count()
    });
    sum += timed("Markdown: pulldown-cmark to HTML", || {
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
        let html = parts.par_iter().map(|(_, body)| {
            let mut html = String::with_capacity(body.len() * 2);
            pulldown_cmark::html::push_html(&mut html, Parser::new_ext(body, options));
            html.len()
        });
        html.sum::<usize>()
    });

    let addresses = files(site);
    let below = |path: &'_ PathBuf| path.strip_prefix(site).expect("it is below").to_path_buf();
    let bytes: Vec<(PathBuf, Vec<u8>)> = addresses
        .par_iter()
        .map(|path| (below(path), fs::read(path).unwrap_or_default()))
        .collect();
    let mut tera = Tera::default();
    tera.add_raw_template("page", "{% for line in lines %}{{ line }}\n{% endfor %}")
        .expect("a template");
    sum += timed("Tera: each line of each page printed", || {
        let pages =
            bytes.par_iter().filter(|(path, _)| path.extension().is_some_and(|e| e == "html"));
        let rendered = pages.map(|(_, bytes)| {
            let lines: Vec<&str> = std::str::from_utf8(bytes).unwrap_or_default().lines().collect();
            let mut context = Context::new();
            context.insert("lines", &lines);
            let mut page = Vec::with_capacity(bytes.len() * 2);
            tera.render_to("page", &context, &mut page).expect("it prints lines");
            page.len()
        });
        rendered.sum::<usize>()
    });
    let again = site.with_extension("again");
    let remove = || drop(fs::remove_dir_all(&again));
    sum += timed_after(remove, "write the files", || {
        bytes.par_iter().for_each(|(path, bytes)| {
            let path = again.join(path);
            if fs::write(&path, bytes).is_err() {
                fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
                fs::write(&path, bytes).expect("a file");
            }
        });
    });
    remove();
    let (count, size) = (bytes.len(), bytes.iter().map(|(_, bytes)| bytes.len()).sum::<usize>());
    println!("{:40} {:6} ms", "in all", sum.as_millis());
    println!("{} write-ups; {count} files of {} MB", write_ups.len(), size / 1_000_000);
}

/// The median of some rounds, which it tells.
fn timed<T>(what: &str, run: impl Fn() -> T) -> Duration {
    timed_after(|| (), what, run)
}

/// The same; something is done before each round, and not timed.
fn timed_after<T>(before: impl Fn(), what: &str, run: impl Fn() -> T) -> Duration {
    let mut rounds: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            before();
            let begun = Instant::now();
            let done = run();
            let took = begun.elapsed();
            drop(std::hint::black_box(done));
            took
        })
        .collect();
    rounds.sort();
    println!("{what:40} {:6} ms", rounds[ROUNDS / 2].as_millis());
    rounds[ROUNDS / 2]
}

/// All files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    entries.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path()).collect()
}

/// The front matter and the body of a write-up.
fn split(text: &str) -> (&str, &str) {
    let parts = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    parts.unwrap_or(("", text))
}
