//! Jiping (绩评): the data, scoring and checking of the 项目支出绩效自评表.
//!
//! | module | what it is |
//! |---|---|
//! | [`model`] | what a form *is*: plain data, no I/O, no clock |
//! | [`edit`] | how a form changes: one command type, undo, paste |
//! | [`session`] | one open file: document, history, jobs |

pub mod edit;
pub mod model;
pub mod session;
