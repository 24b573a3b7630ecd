//! The integration tests, one binary because linking is what costs time.
#![expect(
    clippy::disallowed_methods,
    reason = "tests prepare and look at real files"
)]

mod architecture;
mod cases;
mod cli;
mod dependencies;
mod duplicate;
mod edit_batch_funds;
mod edit_commands;
mod edit_find;
mod edit_history;
mod edit_next_year;
mod edit_paste;
mod edit_suggest;
mod editions;
mod exchange;
mod filed_forms;
mod foreign;
mod format;
mod generate;
mod rules;
mod score;
mod scoring_rules;
mod seed;
mod session;
mod sheet;
mod store;
mod summary;
mod weights;
#[cfg(feature = "gui")]
mod window;
