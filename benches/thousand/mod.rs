//! The documents that opening and checking are measured with: a thousand projects each.

use jiping::model::document::Document;

use crate::{large, varied};

/// The Shenzhen form corrected: few findings.
const CORRECTED: &[u8] = include_bytes!("../../assets/samples/shenzhen-2020-corrected.jiping");

/// Projects of a document.
pub const PROJECTS: usize = 1_000;
/// Indicators per project.
pub const ROWS: usize = 70;

/// The documents by name: copies of a form with many findings, of one with few, and projects that all differ.
pub fn documents() -> impl Iterator<Item = (&'static str, Document)> {
    let copies = |sample| move || large::document(sample, PROJECTS, ROWS);
    let varied = || {
        let mut document = large::document(CORRECTED, PROJECTS, ROWS);
        varied::vary(&mut document);
        document
    };
    let made: [(_, Box<dyn Fn() -> Document>); 3] = [
        ("filed", Box::new(copies(large::FILED))),
        ("corrected", Box::new(copies(CORRECTED))),
        ("varied", Box::new(varied)),
    ];
    made.into_iter().map(|(name, make)| (name, make()))
}
