//! The window, through what a screen reader sees: names and roles of widgets.

mod findings;
mod frame;
mod grid;
mod pictures;
mod setting;
