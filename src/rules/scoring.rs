//! Family C: whether scores agree with targets, actual values and reasons.

use super::catalogue::Rule;

/// The rules of this family.
pub const RULES: &[Rule] = &[];
