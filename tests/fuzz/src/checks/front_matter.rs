//! Front matter: any text is read to its end, each problem has a place that exists, and the two
//! readers of ours and a third one agree.

use super::road::{as_read, go, text_file};
use super::twin::read_alike;
use casebook::diagnostics::{Diagnostic, FileId};
use casebook::documents::Conventions;
use casebook::documents::reader::Reader;
use casebook::documents::yaml::{Node, Value, parse};

/// A comment: what stands behind one is not plain, so that the walk reads it.
const COMMENT: &str = "# a comment\n";

/// Any text as front matter of each kind of file, and as the settings.
pub fn hold(text: &str) {
    let text = &as_read(text);
    let between = format!("---\n{text}\n---\nThe story.\n");
    let files = vec![
        text_file("content/index.md", &between),
        text_file("content/pages/about.md", text),
        text_file("content/projects/a/index.md", &between),
        text_file("content/projects/a/post-mortem.md", &between),
        text_file("content/projects/b.md", text),
        text_file("content/units/it.md", &between),
    ];
    go(text, files);
    a_comment_before_changes_nothing(text);
    // The twin is of YAML 1.1, in which more letters end a line; a last line always has its end.
    let odd = |c: char| c.is_control() && c != '\n' || "\u{2028}\u{2029}\u{feff}".contains(c);
    let alike = read_alike(&format!("{text}\n"));
    assert!(text.contains(odd) || alike != Some(false), "the twin reads {text:?} otherwise");
}

/// Plain texts are read fast and without a word, and all others by the walk: where nothing is said,
/// it must make the same of them, without a word too.
pub fn a_comment_before_changes_nothing(text: &str) {
    let (node, said) = read(text, COMMENT.len());
    // A directive and a mark of byte order stand before all else, and nothing has no place.
    let first = text.starts_with(['%', '\u{feff}']);
    if first || !said.is_empty() || node.value == Value::Absent {
        return;
    }
    let behind = format!("{COMMENT}{text}");
    let (walked, said) = read(&behind, 0);
    assert_eq!(said, [], "{text:?}");
    assert_eq!(node, walked, "{text:?}");
}

fn read(text: &str, at: usize) -> (Node<'_>, Vec<Diagnostic>) {
    let conventions = Conventions::default();
    let reader = Reader::new(FileId(0), &conventions);
    let node = parse(text, at, &reader);
    (node, reader.into_said())
}
