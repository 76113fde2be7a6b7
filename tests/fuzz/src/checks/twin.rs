//! Two readers of YAML: ours, for front matter, and `serde_yaml`, its slow twin.
//!
//! Ours keeps a scalar's source form and the twin gives it a type: they agree where the twin gives
//! that form, read alone, the same type and value.

use casebook::diagnostics::FileId;
use casebook::documents::Conventions;
use casebook::documents::reader::Reader;
use casebook::documents::yaml::{Node, Value, parse};
use serde_yaml::Value as Twin;

/// Whether both read the same of a text; nothing where one of them has something to say.
pub fn read_alike(text: &str) -> Option<bool> {
    let conventions = Conventions::default();
    let reader = Reader::new(FileId(0), &conventions);
    let node = parse(text, 0, &reader);
    if !reader.into_said().is_empty() {
        return None;
    }
    // Front matter is a map; a lone block of text at the left edge is read either way by parsers.
    let twin: Twin = serde_yaml::from_str(text).ok().filter(Twin::is_mapping)?;
    Some(agree(&node, &twin))
}

fn agree(node: &Node<'_>, twin: &Twin) -> bool {
    match (&node.value, twin) {
        (Value::Absent, twin) => twin.is_null() || twin.as_str() == Some(""),
        (Value::Text(text), Twin::String(twin)) => text == twin,
        (Value::Text(text), twin) => serde_yaml::from_str::<Twin>(text).is_ok_and(|t| t == *twin),
        (Value::List(nodes), Twin::Sequence(twins)) => {
            nodes.len() == twins.len() && nodes.iter().zip(twins).all(|(n, t)| agree(n, t))
        }
        (Value::Map(entries), Twin::Mapping(twins)) => {
            let pairs = entries.iter().zip(twins);
            entries.len() == twins.len()
                && pairs.into_iter().all(|(entry, (key, twin))| {
                    let key_node =
                        Node { span: entry.key_span, value: Value::Text(entry.key.clone()) };
                    // A list or a map as a key is an unknown key, whatever it holds.
                    let odd = (key.is_sequence() || key.is_mapping()) && entry.key == "?";
                    (odd || agree(&key_node, key)) && agree(&entry.value, twin)
                })
        }
        _ => false,
    }
}
