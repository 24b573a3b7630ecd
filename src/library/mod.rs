//! 指标库: the indicators that the program and the person know, found, judged, taken out of forms and put into them.
//!
//! | module | what it is |
//! |---|---|
//! | [`shelf`] | the program's entries and the person's own, as one list |
//! | [`search`] | finding by words, initials and whole pinyin; what fits comes first |
//! | [`judge`] | what the rules find in an entry, and what can be put right at once |
//! | [`gather`] | 收录: entries out of filled in forms |
//! | [`insert`] | entries as rows of a form, in the way its edition writes them |

pub mod gather;
pub mod insert;
pub mod judge;
pub mod search;
pub mod shelf;
