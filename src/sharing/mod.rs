//! What goes to others and comes back: workbooks to fill in, parcels with all that belongs to a form, copies without names,
//! copies for the public; and what bureaus object to.
//!
//! | module | subject |
//! |---|---|
//! | [`anonymise`] | 脱敏副本: the same document without the names of anybody |
//! | [`evidence`] | 佐证材料: where files lie, whether they are still what was registered, which indicators have none |
//! | [`fill_in`] | 填报表: workbooks for colleagues who have no Jiping, and reading them when they come back |
//! | [`ledger`] | 整改台账: comments taken in, what was changed since, 整改情况反馈表 |
//! | [`listing`] | a list on paper, and as .xlsx and .docx |
//! | [`parcel`] | 报送材料包: one zip with forms, prints, findings and evidence, and reading it with care |
//! | [`publish`] | 公开版: what of a form the public sees |
//! | `rewriting` | every text of a document, found along its published schema |

pub mod anonymise;
pub mod evidence;
pub mod fill_in;
pub mod ledger;
pub mod listing;
pub mod parcel;
pub mod publish;
mod rewriting;
