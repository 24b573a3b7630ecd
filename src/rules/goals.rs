//! Family G: goals and texts.

use super::catalogue::Rule;

/// The rules of this family.
pub const RULES: &[Rule] = &[];
