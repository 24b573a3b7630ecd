//! What is wrong with a form: one catalogue of rules, findings with a place and a hint, sometimes a fix.
//!
//! | module | what it is |
//! |---|---|
//! | [`book`] | the rule book as text |
//! | [`catalogue`] | the table of rules: code, level, why, basis |
//! | [`finding`] | what a rule finds |
//! | [`form`] | the form as rules look at it: rows with their scores, senses and reasons |
//! | [`sink`] | collects hits, silences follow-ups, folds rows of a group |
//! | [`profile`] | which rules are in force, at which level, with which thresholds |
//! | [`personal`] | names and numbers of persons in a text |
//! | [`working_paper`] | 自评复核工作底稿: form, scores and findings beside what a reviewer makes of them |
//! | [`monitoring`] | 年中监控: what follows from the figures of mid-year |
//! | [`alike`] | finds texts that are alike |
//! | [`checker`] | checks documents, remembering projects that did not change |
//! | [`years`] | the form beside that of the year before |
//! | [`deviation`] | sentence patterns for 偏差说明 |
//! | [`money_text`] | amounts of money told in running text |
//!
//! The rules themselves stand in one file per family.

pub mod alike;
pub mod book;
pub mod budget;
pub mod catalogue;
pub mod checker;
pub mod deviation;
pub mod finding;
pub mod form;
pub mod money_text;
pub mod monitoring;
pub mod personal;
pub mod profile;
pub mod sink;
pub mod working_paper;
pub mod years;

mod account;
mod across;
mod amounts;
mod approval;
mod carried;
mod cells;
mod execution;
mod facts;
mod fund_table;
mod funds;
mod goals;
mod indicators;
mod lexicon;

mod remains;
mod scoring;
mod structure;
mod values;
mod weights;

/// The usual spelling of a unit: "%" for "百分比".
pub fn usual_unit(unit: &str) -> &str {
    values::usual_unit(unit)
}

/// The name of an indicator without its running number ("指标1：").
pub fn unnumbered(name: &str) -> &str {
    indicators::unnumbered(name)
}
