//! Parts that pages, panels and dialogs share.

pub mod anchor;
pub mod badge;
pub mod blank_form;
pub mod button;
pub mod cell;
pub mod choice;
pub mod completion;
pub mod draft;
pub mod entry;
pub mod explained;
pub mod field;
pub mod focus;
pub mod gaps;
pub mod note_mark;
pub mod row;
pub mod written;
