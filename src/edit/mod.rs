//! How a form changes: one command type, applied in one place; undo; paste and copy.
//!
//! | module | what it is |
//! |---|---|
//! | [`command`] | every change of a document as data, with a label for the list of steps |
//! | [`apply`] | the one place that changes a document, all or nothing |
//! | [`refusal`] | why a change is not made |
//! | [`history`] | undo and redo over snapshots, bounded in steps and bytes |
//! | [`paste`] | a block of cells from a spreadsheet, previewed and then applied as one step |
//! | [`block`] | the clipboard's text form of a block of cells |
//! | [`batch_funds`] | amounts of many projects from one pasted table, previewed and then applied as one step |
//! | [`next_year`] | a project as next year's form: targets kept, results cleared, old dates marked |
//! | [`find`] | finding and replacing in all text of a document |
//! | [`change_edition`] | a project on another edition: what moves, what has no place, and the one step that does it |
//! | [`convert_unit`] | amounts in 元 and 万元 |
//! | [`cleanup`] | what a web form or word processor left in a text, taken out |
//! | [`edition`] | a 表样 being edited: steps, undo, what one change drags along, faults in words |
//! | [`suggest`] | what a person may be about to type, from what the document holds already |

pub mod apply;
pub mod batch_funds;
pub mod block;
pub mod change_edition;
pub mod cleanup;
pub mod command;
pub mod convert_unit;
pub mod edition;
pub mod find;
mod footprint;
pub mod history;
pub mod next_year;
pub mod paste;
pub mod refusal;
pub mod suggest;
