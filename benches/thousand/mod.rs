//! The documents that opening and checking are measured with: a thousand projects each.

use jiping::model::document::Document;

use crate::large;

/// The Shenzhen form corrected: few findings.
const CORRECTED: &[u8] = include_bytes!("../../assets/samples/shenzhen-2020-corrected.jiping");

/// Projects of a document.
pub const PROJECTS: usize = 1_000;
/// Indicators per project.
pub const ROWS: usize = 70;

/// The documents by name: many findings, few findings.
pub fn documents() -> impl Iterator<Item = (&'static str, Document)> {
    let samples = [("filed", large::FILED), ("corrected", CORRECTED)];
    samples
        .into_iter()
        .map(|(name, sample)| (name, large::document(sample, PROJECTS, ROWS)))
}
