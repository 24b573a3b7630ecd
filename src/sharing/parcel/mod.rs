//! 报送材料包: one zip with all that belongs to forms that are handed in. It opens with any program for zips; this one reads it
//! with care, since it comes from outside: nothing in it is trusted that its own list does not name and whose hash is not right,
//! and nothing is unpacked unless a person asks for it.
//!
//! | module | what it is |
//! |---|---|
//! | [`manifest`] | 清单.json: what is in the parcel, with sizes and hashes |
//! | [`names`] | names of members that are harmless everywhere |
//! | [`lists`] | 问题清单 and 佐证材料登记表 |
//! | [`evidence`] | files of evidence as they are when the parcel is made |
//! | [`mod@write`] | puts a parcel together |
//! | [`read`] | takes one apart |

pub mod evidence;
pub mod lists;
pub mod manifest;
pub mod names;
pub mod read;
pub mod write;
