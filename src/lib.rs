//! Jiping (绩评): the data, scoring and checking of the 项目支出绩效自评表.
//!
//! | module | what it is |
//! |---|---|
//! | [`model`] | what a form *is*: plain data, no I/O, no clock |
//! | [`edit`] | how it *changes*: one command type, undo, paste |
//! | [`score`] | what it is *worth*: scoring policies, every number explained |
//! | [`rules`] | what is *wrong* with it: one catalogue, findings with place, hint and fix |
//! | [`store`] | where it *lives*: files, editions, safe saving, backups |
//! | [`session`] | one open file: document, undo, background jobs |

pub mod edit;
pub mod model;
pub mod rules;
pub mod score;
pub mod session;
pub mod store;
