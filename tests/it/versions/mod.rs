//! Two states of a document.

mod compare;
