//! The desktop program. Everything it does stands in the library.

// Without this, Windows opens a console behind the window.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    jiping::ui::launch::main(std::env::args_os())
}
