//! The desktop program. Everything it does stands in the library.

// Without this, Windows opens a console behind the window.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use std::{alloc::System, env::args_os, process::ExitCode};

use cap::Cap;
use jiping::{exchange::child, ui::launch};

/// Counts, and limits the memory of a process that reads a file of other people.
#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

fn main() -> ExitCode {
    child::serve(args_os(), &ALLOCATOR).unwrap_or_else(|| launch::main(args_os()))
}
