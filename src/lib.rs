//! Jiping (绩评): the data, scoring and checking of the 项目支出绩效自评表.
//!
//! | module | what it is |
//! |---|---|
//! | [`model`] | what a form *is*: plain data, no I/O, no clock |
//! | [`score`] | what it is *worth*: scoring policies, every number explained |
//! | [`rules`] | what is *wrong* with it: one catalogue, findings with place, hint and fix |
//! | [`sheet`] | what it looks like on *paper*: one table of cells, PDF, pictures |
//! | [`summary`] | *many* projects at once: tables, the 汇总表, the report |
//! | [`printers`] | the *printers* of this computer, and pages on their way onto paper |
//! | [`edit`] | how it *changes*: one command type, undo, paste |
//! | [`store`] | where it *lives*: files, editions, safe saving, backups |
//! | [`exchange`] | other people's *files* in and out: guarded, recognised, reported; filled in as they are |
//! | [`library`] | the 指标库: known indicators, found, judged, gathered from forms and put into them |
//! | [`versions`] | two states of a document: how they *differ*, and how they are joined |
//! | [`sharing`] | what goes to *others* and comes back |
//! | [`session`] | one open file: document, history, findings, disk state, jobs |
//! | [`cli`] | the command line |
//! | `ui` | the window; only with the feature `gui` |

pub mod cli;
pub mod edit;
pub mod exchange;
pub mod library;
pub mod model;
pub mod printers;
pub mod rules;
pub mod score;
pub mod session;
pub mod sharing;
pub mod sheet;
pub mod store;
pub mod summary;
#[cfg(feature = "gui")]
pub mod ui;
pub mod versions;
