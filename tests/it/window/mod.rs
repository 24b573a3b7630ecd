//! The window, through what a screen reader sees: names and roles of widgets.

mod frame;
mod grid;
mod launch;
mod pictures;
mod recovery;
mod setting;
