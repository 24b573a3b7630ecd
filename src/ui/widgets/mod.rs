//! Parts that pages, panels and dialogs share.

pub mod badge;
pub mod button;
pub mod entry;
pub mod field;
pub mod note_mark;
