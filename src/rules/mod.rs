//! What is wrong with a form: one catalogue of rules, findings with a place and a hint, sometimes a fix.
//!
//! | module | what it is |
//! |---|---|
//! | [`catalogue`] | the table of rules: code, level, why, basis |
//! | [`finding`] | what a rule finds |
//! | [`form`] | the form as rules look at it: rows with their scores, senses and reasons |
//! | [`sink`] | collects hits, silences follow-ups, folds rows of a group |
//! | [`disabled`] | rules that a person has turned off |
//! | [`checker`] | checks documents, remembering projects that did not change |
//!
//! The rules themselves stand in one file per family.

pub mod catalogue;
pub mod checker;
pub mod disabled;
pub mod finding;
pub mod form;
pub mod sink;

mod account;
mod amounts;
mod cells;
mod execution;
mod fund_table;
mod funds;
mod goals;
mod indicators;
mod lexicon;
mod money_text;
mod remains;
mod scoring;
mod structure;
mod values;
mod weights;
