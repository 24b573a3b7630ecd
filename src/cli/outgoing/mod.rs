//! `pack`, `publish`, `anonymise`: what goes to others as one file.

mod anonymise;
pub mod arguments;
mod pack;
mod publish;

pub use anonymise::anonymise;
pub use pack::pack;
pub use publish::publish;

use super::workspace::tell;
use crate::session::{
    export::order::told,
    outgoing::{Written, size_in_words},
};

/// The file that was written, one line; what a person should know of it is told on the error output.
fn written(file: &Written) -> String {
    file.notes.iter().for_each(|note| tell(note));
    format!("{}  {}\n", told(&file.path), size_in_words(file.size))
}
