//! Family I: presence and classification of indicators.

use super::catalogue::Rule;

/// The rules of this family.
pub const RULES: &[Rule] = &[];
