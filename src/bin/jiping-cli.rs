//! The command line of Jiping. Everything it does stands in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    jiping::cli::run(std::env::args_os())
}
