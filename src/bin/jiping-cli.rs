//! The command line of Jiping. Everything it does stands in the library.

use std::{alloc::System, env::args_os, process::ExitCode};

use cap::Cap;
use jiping::{cli, exchange::child};

/// Counts, and limits the memory of a process that reads a file of other people.
#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

fn main() -> ExitCode {
    child::serve(args_os(), &ALLOCATOR).unwrap_or_else(|| cli::run(args_os()))
}
