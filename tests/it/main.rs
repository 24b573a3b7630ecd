//! The integration tests, one binary because linking is what costs time.
#![expect(
    clippy::disallowed_methods,
    reason = "tests prepare and look at real files"
)]

mod across;
mod architecture;
mod cascades;
mod cases;
mod cli;
mod dependencies;
mod deviation;
mod duplicate;
mod edit_batch_funds;
mod edit_change_edition;
mod edit_commands;
mod edit_edition;
mod edit_find;
mod edit_history;
mod edit_next_year;
mod edit_paste;
mod edit_suggest;
mod edition_scores;
mod editions;
mod exchange;
mod failures;
mod false_alarms;
mod filed_forms;
mod filled_in;
mod fixes;
mod foreign;
mod format;
mod generate;
mod hostile_forms;
mod library;
mod merge;
mod mid_year;
mod monitoring_form;
mod profiles;
mod reviewing;
mod rules;
mod score;
mod scoring_rules;
mod seed;
mod session;
mod sharing;
mod sheet;
mod soak;
mod store;
mod summary;
mod value_rules;
mod versions;
mod weights;
#[cfg(feature = "gui")]
mod window;
mod working_paper;
mod years;
