//! Between the reader and whoever waits for it: progress, cancelling, and the budget of one file.

use super::{
    error::{Excess, ReadError},
    limits,
};

/// Looks on while a file is read.
pub trait Watch {
    /// Whether to stop: cancelled, or out of time.
    fn stopped(&self) -> Option<ReadError>;

    /// Tells how far it is, in thousandths.
    fn reached(&self, thousandths: u32);
}

/// Nobody looks on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn stopped(&self) -> Option<ReadError> {
        None
    }

    fn reached(&self, _: u32) {}
}

/// What is left for one file: readers take from it before they keep anything.
pub struct Budget<'w> {
    watch: &'w dyn Watch,
    cells: usize,
    text: usize,
    blanks: bool,
}

impl<'w> Budget<'w> {
    /// A full budget.
    pub fn new(watch: &'w dyn Watch) -> Self {
        Self {
            watch,
            cells: limits::CELLS,
            text: limits::TEXT,
            blanks: false,
        }
    }

    /// The same budget for a reader that also keeps blank cells: those of tables, and merged ones of sheets. Whoever fills
    /// a template in needs to know where they are.
    #[must_use]
    pub fn with_blanks(self) -> Self {
        Self {
            blanks: true,
            ..self
        }
    }

    /// Whether blank cells are kept.
    pub fn keeps_blanks(&self) -> bool {
        self.blanks
    }

    /// Who looks on.
    pub fn watch(&self) -> &'w dyn Watch {
        self.watch
    }

    /// Goes on unless stopped. Asked between steps of work: per row, per part, per page.
    ///
    /// # Errors
    ///
    /// Why it stops.
    pub fn go_on(&self) -> Result<(), ReadError> {
        self.watch.stopped().map_or(Ok(()), Err)
    }

    /// Takes one cell with its text.
    ///
    /// # Errors
    ///
    /// [`ReadError::TooLarge`] once cells, a cell's text or all texts are past their limits.
    pub fn take_cell(&mut self, text: &str) -> Result<(), ReadError> {
        if text.len() > limits::CELL {
            return Err(ReadError::TooLarge(Excess::Cell));
        }
        self.cells = self
            .cells
            .checked_sub(1)
            .ok_or(ReadError::TooLarge(Excess::Cells))?;
        self.take_text(text.len())
    }

    /// Takes so many bytes of text.
    ///
    /// # Errors
    ///
    /// [`ReadError::TooLarge`] once all texts are past their limit.
    pub fn take_text(&mut self, bytes: usize) -> Result<(), ReadError> {
        self.text = self
            .text
            .checked_sub(bytes)
            .ok_or(ReadError::TooLarge(Excess::Text))?;
        Ok(())
    }
}
