//! `data/portfolio.json` against `data/schema.json`, with a validator that knows neither.
#![allow(clippy::disallowed_methods, reason = "tests build into folders of their own")]

use jsonschema::Validator;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Builds a casebook; gives its document and its schema.
fn built(root: &Path, options: &[&str]) -> (Value, Validator) {
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("site");
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.args(["build", "--quiet", "--root"]).arg(root).arg("--output").arg(&output);
    let ran = command.args(options).output().expect("the program runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let read = |name: &str| {
        let bytes = fs::read(output.join("data").join(name)).expect("a data file");
        serde_json::from_slice::<Value>(&bytes).expect("JSON")
    };
    let schema = read("schema.json");
    jsonschema::meta::validate(&schema).expect("the schema is one");
    let validator = jsonschema::draft202012::new(&schema).expect("the schema can be used");
    (read("portfolio.json"), validator)
}

fn faults(validator: &Validator, document: &Value) -> Vec<String> {
    let faults = validator.iter_errors(document);
    faults.map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
}

/// A casebook of the files given.
fn casebook(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it is below")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

fn sample() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_sample_is_what_its_schema_says() {
    for options in [&[][..], &["--audience", "board"], &["--drafts"]] {
        let (document, validator) = built(sample(), options);
        assert_eq!(faults(&validator, &document), [""; 0], "{options:?}");
        let projects = document["projects"].as_array().expect("projects");
        assert_eq!(document["totals"]["projects"], projects.len());
        assert!(
            projects.len() > 10
                && projects.iter().any(|p| p["kpis"][0]["readings"][0]["on"].is_string())
        );
    }
}

#[test]
fn a_casebook_of_almost_nothing_is_what_its_schema_says() {
    let bare = "---\ntitle: A\nstatus: planned\nunit: claims\nowner: Amara Osei\n---\n";
    let files = [("casebook.yaml", "as_of: 2026-06-30\n"), ("content/projects/a.md", bare)];
    let nothing = casebook(&files[..1]);
    fs::create_dir(nothing.path().join("content")).expect("a folder");
    let (document, validator) = built(nothing.path(), &[]);
    assert_eq!(faults(&validator, &document), [""; 0]);
    assert_eq!((&document["projects"], &document["units"]), (&json!([]), &json!([])));
    let (document, validator) = built(casebook(&files).path(), &[]);
    assert_eq!(faults(&validator, &document), [""; 0]);
    assert_eq!(document["projects"][0]["investment"], Value::Null);
}

#[test]
fn a_document_that_was_tampered_with_is_not() {
    let (document, validator) = built(sample(), &[]);
    let tampered: [(&str, Value); 8] = [
        ("/totals/money/0/invested/amount", json!(4654000)),
        ("/projects/0/status", json!("finished")),
        ("/projects/0/kpis", json!({ "hidden": "why" })),
        ("/projects/0/title", Value::Null),
        ("/projects/0/stages", json!([{ "stage": "kickoff" }])),
        ("/projects/0/year", json!("2025")),
        ("/about/as_of", Value::Null),
        ("/units/0", json!({ "id": "claims" })),
    ];
    for (place, value) in tampered {
        let mut document = document.clone();
        *document.pointer_mut(place).unwrap_or_else(|| panic!("{place}")) = value;
        assert!(!faults(&validator, &document).is_empty(), "{place}");
    }
    let mut more = document;
    more["projects"][0]["secret"] = json!("more than the schema knows");
    assert!(!faults(&validator, &more).is_empty());
}

#[test]
fn every_key_has_words_and_figures_are_texts() {
    let (document, _) = built(sample(), &["--audience", "board"]);
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.args(["build", "--quiet", "--root"]).arg(sample()).arg("--output").arg(folder.path());
    assert!(command.status().expect("it runs").success());
    let schema = fs::read(folder.path().join("data/schema.json")).expect("the schema");
    let schema: Value = serde_json::from_slice(&schema).expect("JSON");
    let mut silent = Vec::new();
    let all = schema["$defs"].as_object().expect("definitions").iter();
    for (name, definition) in all {
        let keys = definition["properties"].as_object().into_iter().flatten();
        let dumb = keys.filter(|(_, key)| key["description"].as_str().is_none_or(str::is_empty));
        silent.extend(dumb.map(|(key, _)| format!("{name}.{key}")));
    }
    assert_eq!(silent, [""; 0]);
    // No number of the document has a fraction: those would be read as binary ones.
    let mut open = vec![&document];
    while let Some(value) = open.pop() {
        match value {
            Value::Number(number) => assert!(number.is_i64(), "{number}"),
            Value::Array(values) => open.extend(values),
            Value::Object(map) => open.extend(map.values()),
            _ => {}
        }
    }
}
