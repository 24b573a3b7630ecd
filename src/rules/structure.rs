//! Family H: header and form as a whole.

use super::catalogue::Rule;

/// The rules of this family.
pub const RULES: &[Rule] = &[];
