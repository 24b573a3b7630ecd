//! The window, through what a screen reader sees: names and roles of widgets.

mod basics;
mod frame;
mod funds;
mod grid;
mod pictures;
mod setting;
