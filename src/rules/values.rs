//! Family V: how targets and actual values are written.

use super::catalogue::Rule;

/// The rules of this family.
pub const RULES: &[Rule] = &[];
