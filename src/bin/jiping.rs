//! The desktop program. Everything it does stands in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    jiping::ui::launch::main(std::env::args_os())
}
