//! For Azure Static Web Apps: `staticwebapp.config.json`.

use super::table::{ASKED_AGAIN, HEADERS, KEPT, KEYED, NOT_THERE, OWN, TYPES};
use serde_json::{Map, Value, json};

/// The file.
pub fn file(base: &str) -> String {
    let texts = |pairs: &[(&str, &str)]| {
        let pairs = pairs.iter().map(|(name, value)| (name.to_string(), Value::from(*value)));
        pairs.collect::<Map<_, _>>()
    };
    let all = [HEADERS, &[("Cache-Control", ASKED_AGAIN)]].concat();
    let config = json!({
        "globalHeaders": texts(&all),
        "routes": [
            { "route": format!("{base}{KEYED}*"), "headers": { "Cache-Control": KEPT } },
            { "route": format!("{base}{OWN}"), "statusCode": 404 },
        ],
        "responseOverrides": { "404": { "rewrite": format!("{base}{NOT_THERE}") } },
        "mimeTypes": texts(TYPES),
    });
    serde_json::to_string_pretty(&config).expect("texts can be written as JSON") + "\n"
}
