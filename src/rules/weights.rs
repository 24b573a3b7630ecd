//! Family S: weights, sums and total.

use super::catalogue::Rule;

/// The rules of this family.
pub const RULES: &[Rule] = &[];
