//! The settings, for commands that need no more of a casebook.

use crate::diagnostics::{Failure, FileId, Severity};
use crate::documents::settings::Settings;
use crate::sources::Sources;
use std::path::Path;

/// Reads them for one thing that they say. Settings with mistakes might say another than was meant.
pub fn certain(root: &Path, what: &str) -> Result<Settings, Failure> {
    let file = Sources::settings(root)?;
    let (settings, said) = Settings::read(file.text().unwrap_or_default(), FileId(0));
    if said.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        let message = format!("casebook.yaml has mistakes, so the {what} is not certain");
        return Err(Failure::usage(message).help("run `casebook check` and mend them first"));
    }
    Ok(settings)
}
