//! Parts that pages, panels and dialogs share.

pub mod badge;
pub mod button;
pub mod field;
pub mod row;
