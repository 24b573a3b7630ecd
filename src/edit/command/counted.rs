//! How many parts a change is about, in words.

use super::{NewParts, Parts, Relocation};

impl NewParts {
    /// How many of what.
    pub(super) fn counted(&self) -> String {
        match self {
            Self::Indicators(_, parts) => rows_in_words(parts.len()),
            Self::Groups(_, parts) => groups_in_words(parts.len()),
            Self::Sections(_, parts) => sections_in_words(parts.len()),
            Self::Goals(parts) => goals_in_words(parts.len()),
            Self::Funds(parts) => funds_in_words(parts.len()),
            Self::TableRows(_, parts) => table_rows_in_words(parts.len()),
            Self::Reasons(_, parts) => reasons_in_words(parts.len()),
            Self::Evidence(parts) => evidence_in_words(parts.len()),
        }
    }
}

impl Parts {
    /// How many of what.
    pub(super) fn counted(&self) -> String {
        match self {
            Self::Indicators(parts) => rows_in_words(parts.len()),
            Self::Groups(parts) => groups_in_words(parts.len()),
            Self::Sections(parts) => sections_in_words(parts.len()),
            Self::Goals(parts) => goals_in_words(parts.len()),
            Self::Funds(parts) => funds_in_words(parts.len()),
            Self::TableRows(_, parts) => table_rows_in_words(parts.len()),
            Self::Reasons(parts) => reasons_in_words(parts.len()),
            Self::Evidence(parts) => evidence_in_words(parts.len()),
        }
    }
}

impl Relocation {
    /// How many of what.
    pub(super) fn counted(&self) -> String {
        match self {
            Self::Indicators(parts, _) => rows_in_words(parts.len()),
            Self::Groups(parts, _) => groups_in_words(parts.len()),
            Self::Sections(parts, _) => sections_in_words(parts.len()),
            Self::Goals(parts) => goals_in_words(parts.len()),
            Self::Funds(parts) => funds_in_words(parts.len()),
            Self::TableRows(_, parts) => table_rows_in_words(parts.len()),
            Self::Evidence(parts) => evidence_in_words(parts.len()),
        }
    }
}

fn rows_in_words(count: usize) -> String {
    format!("{count} 行指标")
}

fn groups_in_words(count: usize) -> String {
    format!("{count} 个二级指标")
}

fn sections_in_words(count: usize) -> String {
    format!("{count} 个一级指标")
}

fn goals_in_words(count: usize) -> String {
    format!("{count} 个目标")
}

fn funds_in_words(count: usize) -> String {
    format!("{count} 行资金")
}

fn table_rows_in_words(count: usize) -> String {
    format!("{count} 行附表")
}

fn reasons_in_words(count: usize) -> String {
    format!("{count} 处合并原因")
}

fn evidence_in_words(count: usize) -> String {
    format!("{count} 份佐证材料")
}
