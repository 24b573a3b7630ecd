//! The window, through what a screen reader sees: names and roles of widgets.

mod frame;
mod new_document;
mod palette;
mod pictures;
mod projects;
mod setting;
mod start;
