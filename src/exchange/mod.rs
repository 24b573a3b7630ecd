//! Other people's files in: workbooks, Word, PDF and text become grids of cells ([`grid`]), the grids become forms
//! ([`recognise`]), the forms one step of editing ([`step`]); a [`report`] says what became of every cell.
//!
//! | module | subject |
//! |---|---|
//! | [`read`] | the one door: bytes of any kind become grids |
//! | [`kind`] | what a file is, told by its bytes |
//! | [`limits`], [`watch`] | how much is taken from a file, and who looks on meanwhile |
//! | [`guard`], [`markup`], `relations` | packages and XML, counted as they are unpacked |
//! | [`workbook`], [`old_workbook`], [`open_document`] | .xlsx and .xlsm; .xls and .xlsb; .ods |
//! | [`word`], [`pdf`] | .docx; .pdf with text |
//! | [`text`], [`encoding`] | .csv, .tsv, .txt and pasted text |
//! | [`child`] | the process of the own program in which some of them run |
//! | [`grid`] | what every source becomes |
//! | [`recognise`] | the forms in grids |
//! | [`account`], [`step`] | budget tables and forms as changes of a document |
//! | [`fill`] | 填回原表: a project back into the bureau's own file |
//! | [`system`] | projects in the columns of a budget system, to be imported there or retyped |
//! | [`library`] | lists of indicators for the 指标库 |
//! | [`comments`] | what a bureau objects to, for the 整改台账 |
//! | [`report`], [`error`] | what became of every cell; why a file cannot be read |
//!
//! Bytes pass the [`guard`] before any parser sees them. Readers that hold much of a file at once (.xls, .xlsb, .ods, .pdf) run
//! in a process of their own ([`child`]).

pub mod account;
pub mod child;
pub mod comments;
pub mod encoding;
pub mod error;
pub mod fill;
pub mod grid;
pub mod guard;
pub mod kind;
pub mod library;
pub mod limits;
pub mod markup;
pub mod old_workbook;
pub mod open_document;
pub mod pdf;
pub mod read;
pub mod recognise;
mod relations;
pub mod report;
pub mod step;
pub mod system;
pub mod text;
pub mod watch;
pub mod word;
pub mod workbook;
