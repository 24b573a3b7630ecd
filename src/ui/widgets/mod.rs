//! Parts that pages, panels and dialogs share.

pub mod badge;
pub mod button;
pub mod choice;
pub mod completion;
pub mod draft;
pub mod field;
