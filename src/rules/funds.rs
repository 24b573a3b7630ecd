//! Family B: the fund table.

use super::catalogue::Rule;

/// The rules of this family.
pub const RULES: &[Rule] = &[];
