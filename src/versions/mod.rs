//! Two states of a document: how they differ, field by field and in words, and how they are joined.

pub mod compare;
pub mod merge;
pub mod parts;
