//! The window, through what a screen reader sees: names and roles of widgets.

mod adjustment;
mod find;
mod findings;
mod frame;
mod grid;
mod pictures;
mod recovery;
mod goals;
mod history;
mod notes;
mod parts;
mod pictures_of_filing;
mod setting;
