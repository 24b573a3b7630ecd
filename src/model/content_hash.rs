//! What stands in a form, in 16 digits that are printed on a final form, so that paper and file can be matched.

use std::fmt;

use sha2::{Digest, Sha256};

use super::{
    project::{Project, Stage},
    rows::Rows,
};

/// A hash of what a form says: edition, head, unit of money, funds, goals, indicators, further tables and texts, foot and
/// statements. Where it stands in the year and what lies beside it (notes, explanations, evidence, records, deadlines, the working paper) is
/// no part of it.
///
/// Shown as "3F2A-91C0-77B4-0E15".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentHash([u8; 8]);

impl Project {
    /// The hash of what the form says now.
    pub fn content_hash(&self) -> ContentHash {
        let said = Self {
            copied_from: None,
            stage: Stage::default(),
            evidence: Rows::new(),
            notes: Rows::new(),
            explanations: Rows::new(),
            account: None,
            budget_adjustments: Rows::new(),
            removed: Rows::new(),
            working_paper: None,
            last_year: None,
            deadlines: Vec::new(),
            aside: None,
            stages: Rows::new(),
            withheld: None,
            ..self.clone()
        };
        let written = serde_json::to_vec(&said).unwrap_or_default();
        let hash: [u8; 32] = Sha256::digest(&written).into();
        let mut short = [0; 8];
        short.copy_from_slice(&hash[..8]);
        ContentHash(short)
    }
}

impl ContentHash {
    /// Reads a hash as a person copies it from paper: small letters, spaces, and signs of full width are accepted.
    pub fn read(text: &str) -> Option<Self> {
        let half = super::numeral::halfwidth(text);
        let is_between = |c: &char| !c.is_whitespace() && !matches!(c, '-' | '–' | '—' | '－');
        let digits: Option<Vec<u8>> = half
            .chars()
            .filter(is_between)
            .map(|c| c.to_digit(16).map(|digit| digit as u8))
            .collect();
        let digits = digits.filter(|digits| digits.len() == 16)?;
        let mut short = [0; 8];
        for (byte, pair) in short.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = (pair[0] << 4) | pair[1];
        }
        Some(Self(short))
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, pair) in self.0.chunks_exact(2).enumerate() {
            let gap = if index == 0 { "" } else { "-" };
            write!(f, "{gap}{:02X}{:02X}", pair[0], pair[1])?;
        }
        Ok(())
    }
}
