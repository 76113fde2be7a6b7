//! For an object store behind CloudFront: a response headers policy. Types, the time that files are
//! kept and the page for what is not there are set elsewhere, as the README tells.

use super::table::HEADERS;
use serde_json::{Value, json};

/// The file.
pub fn file(_base: &str) -> String {
    let mut security = serde_json::Map::new();
    let mut custom = Vec::new();
    for (name, value) in HEADERS {
        let (field, mut told) = match *name {
            "Content-Security-Policy" => {
                ("ContentSecurityPolicy", json!({ "ContentSecurityPolicy": value }))
            }
            "X-Content-Type-Options" => ("ContentTypeOptions", json!({})),
            "Referrer-Policy" => ("ReferrerPolicy", json!({ "ReferrerPolicy": value })),
            "X-Frame-Options" => ("FrameOptions", json!({ "FrameOption": value })),
            _ => {
                custom.push(json!({ "Header": name, "Value": value, "Override": true }));
                continue;
            }
        };
        told["Override"] = Value::Bool(true);
        security.insert(field.into(), told);
    }
    let policy = json!({
        "Name": "casebook",
        "Comment": "aws cloudfront create-response-headers-policy \
                    --response-headers-policy-config file://casebook.json",
        "SecurityHeadersConfig": security,
        "CustomHeadersConfig": { "Quantity": custom.len(), "Items": custom },
    });
    serde_json::to_string_pretty(&policy).expect("texts can be written as JSON") + "\n"
}
