//! What tells of a person: numbers, names, and the fields that are made for them. Rules, copies without names and copies for
//! the public look for the same.
//!
//! | module | what is found |
//! |---|---|
//! | [`names`] | names of people in running text |
//! | [`numbers`] | telephone and identity numbers, accounts, addresses of e-mail |

pub mod names;
pub mod numbers;

use super::lexicon;

/// Whether a field of this caption is made for a telephone number.
pub fn is_for_telephone(caption: &str) -> bool {
    lexicon::TELEPHONE.is_in(caption)
}

/// Whether a field of this caption is made for the name of a person (填报人).
pub fn is_for_name(caption: &str) -> bool {
    lexicon::NAME_FIELDS.is_in(caption) && !is_for_telephone(caption)
}
