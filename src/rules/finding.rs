//! What a rule finds.

use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use super::catalogue::Rule;
use crate::model::{path::CellPath, policy::Severity};

/// One thing to look at, with its place, what it means and what to do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// The rule.
    #[serde(rename = "code", serialize_with = "code_of")]
    pub rule: &'static Rule,
    /// How bad it is; usually the rule's own level.
    pub level: Severity,
    /// Where to go.
    pub at: CellPath,
    /// All cells it is about, `at` first; more than one where rows of a group were folded.
    pub cells: Vec<CellPath>,
    /// Who can mend it, and when.
    pub mend: Mend,
    /// What is wrong, with the values.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// What the program can do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
    /// The 核实说明 under which it was set aside; it no longer counts for the verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explained: Option<String>,
}

fn code_of<S: Serializer>(rule: &&'static Rule, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(rule.code)
}

/// Who can mend a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mend {
    /// 本次可改: actual value, score, reason, text.
    Now,
    /// 批复内容: approved with the budget; noted for next year or changed by an adjustment.
    Approved,
}

/// A change the program offers. It only ever sets cells that can be mended now: it deletes and moves nothing, changes no
/// weight and touches no approved value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What the button says ("改为 14.70").
    pub title: String,
    /// The cells and their new texts.
    pub changes: Vec<CellChange>,
}

/// A cell and its new text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellChange {
    /// The cell.
    pub at: CellPath,
    /// The new text.
    pub new: String,
}

impl Finding {
    /// What the finding says, as a short hash: an explanation given for it holds only as long as this stays the same. There
    /// are no ids in it, so that it survives in a copy of the project.
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(self.rule.code);
        hash.update(&self.message);
        hash.finalize()
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// Whether the form must not be handed in with it.
    pub fn blocks(&self) -> bool {
        self.level == Severity::Error && self.mend == Mend::Now && self.explained.is_none()
    }
}
