//! Views of the page that shows an auditor each figure of a project with where it comes from.

use super::frame::Frame;
use super::parts::Words;
use serde::Serialize;

/// A figure, as told or derived.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FigureRow {
    /// What it is.
    pub what: String,
    /// The raw value, not rounded; or why there is none.
    pub value: String,
    /// Whether there is none.
    pub absent: bool,
    /// The formula with its inputs, the reason of a change, or how it is measured; may be empty.
    pub how: String,
    /// Where it comes from, or that no source is given; empty where it is derived.
    pub source: String,
    /// When it held, or until when; may be empty.
    pub on: String,
    /// Who confirmed it, or that no one did; empty where no one is asked to.
    pub by: String,
    /// Its place: the file and the path of its key; empty where it is derived.
    pub at: String,
}

/// Figures of one kind.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FiguresPart {
    /// `KPIs`.
    pub title: String,
    /// Set where there is none, or all are withheld.
    pub none: String,
    /// The figures.
    pub rows: Vec<FigureRow>,
}

/// Every figure of a project.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EvidenceView {
    /// Around it.
    pub frame: Frame,
    /// `Evidence`.
    pub title: String,
    /// The project.
    pub project: Words,
    /// The file that tells it.
    pub file: String,
    /// The figures, by kind.
    pub parts: Vec<FiguresPart>,
}
