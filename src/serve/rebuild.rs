//! Rebuilding: the one place where `serve` calls the pipeline.
//!
//! In go the request and what was made before, out comes what a build brings and, where nothing is
//! an error, the whole site in memory. What is remembered between two builds is kept here.

use crate::diagnostics::Failure;
use crate::pipeline::{self, Built, Request, Watch};
use crate::site::memory::{Filling, Held};

/// What one rebuild brought.
pub struct Rebuilt {
    /// What the pipeline says of it.
    pub built: Built,
    /// The site; none, where something is an error.
    pub site: Option<Held>,
}

/// Makes the site anew. `before` is the last good one, whose memory is shared where it is the same.
pub fn rebuild(
    request: &Request,
    watch: &dyn Watch,
    before: Option<&Held>,
) -> Result<Rebuilt, Failure> {
    let filling = Filling::after(before);
    let built = pipeline::build(request, watch, &filling)?;
    let site = built.whole.then(|| filling.whole());
    Ok(Rebuilt { built, site })
}
