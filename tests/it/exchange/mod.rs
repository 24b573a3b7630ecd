//! Other people's files in, through public interfaces.

pub mod any_form;
mod apart;
mod around;
pub mod compared;
mod documents;
mod fill;
mod forms;
mod found_cells;
mod from_word;
mod fuzz;
mod hostile;
mod monitored;
mod old;
mod packages;
mod paper;
mod pdfs;
mod printed;
mod returned;
pub mod scanned;
mod settled;
mod shown;
mod stepped;
mod systems;
mod texts;
mod workbooks;
