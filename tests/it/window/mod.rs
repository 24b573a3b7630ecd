//! The window, through what a screen reader sees: names and roles of widgets.

mod adjustment;
mod basics;
mod charts;
mod find;
mod findings;
mod frame;
mod funds;
mod goals;
mod grid;
mod help;
mod history;
mod launch;
mod new_document;
mod notes;
mod palette;
mod parts;
mod pictures;
mod pictures_of_filing;
mod pointers;
mod preview;
mod projects;
mod recovery;
mod setting;
mod settings;
mod start;
mod whole_form;
