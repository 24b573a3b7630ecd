//! The printers of this computer, and laid out pages on their way onto paper.
//!
//! | module | what it is |
//! |---|---|
//! | [`printer`] | a printer, its condition, and what it can do |
//! | [`ticket`] | how something is to be printed |
//! | [`plan`] | which side of which sheet shows which page |
//! | [`band`] | pages as strips of pixels, for printers that are drawn on |
//! | [`measures`], [`dib`] | where these land on such a printer, and as Windows draws them |
//! | [`error`] | why nothing was printed, in words |
//! | `cups` | printers of Linux and macOS, by the commands of CUPS |
//! | `gdi` | printers of Windows |
//! | [`simulated`] | printers of tests |

pub mod band;
#[cfg(unix)]
pub mod cups;
pub mod dib;
pub mod error;
#[cfg(windows)]
pub mod gdi;
pub mod measures;
pub mod plan;
pub mod printer;
pub mod simulated;
pub mod ticket;

use std::sync::Arc;

pub use error::SpoolError;
pub use plan::Plan;
pub use printer::{Abilities, Condition, Details, Printer};
pub use ticket::{Duplex, Ticket};

use crate::sheet::pages::Pages;

/// What hands pages to printers. All of it may take seconds where a printer is far away: for jobs, not for the window.
pub trait Spooler: Send + Sync {
    /// The printers of this computer, by name; none is no error.
    ///
    /// # Errors
    ///
    /// There is no printing service, or it does not answer.
    fn printers(&self) -> Result<Vec<Printer>, SpoolError>;

    /// How a printer is and what it can do.
    ///
    /// # Errors
    ///
    /// There is no such printer any more, or the service does not answer.
    fn details(&self, printer: &str) -> Result<Details, SpoolError>;

    /// Prints, and comes back once the printing service has all of it. `goes_on` is told how many of the job's steps are done;
    /// where it says no, nothing is printed.
    ///
    /// # Errors
    ///
    /// There is no such printer, it takes nothing, the service failed, or `goes_on` said no.
    fn print(
        &self,
        job: &Job<'_>,
        goes_on: &dyn Fn(Progress) -> bool,
    ) -> Result<Receipt, SpoolError>;
}

/// What is printed.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// What the printing service calls it.
    pub title: &'a str,
    /// The printer's name.
    pub printer: &'a str,
    /// Where the pages come from.
    pub pages: &'a Pages,
    /// Which of them, counted from 0, in their order.
    pub chosen: &'a [usize],
    /// Pages that begin on a front side when both sides are printed: the first of each project.
    pub starts: &'a [usize],
    /// How.
    pub ticket: &'a Ticket,
}

impl Job<'_> {
    /// Which side shows what; `copies` of all of it come from the printer.
    pub fn plan(&self, copies: plan::Copies) -> Plan {
        Plan::new(self.chosen, self.starts, self.ticket, copies)
    }
}

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Sides that are done.
    pub done: usize,
    /// All of them.
    pub total: usize,
}

/// What the printing service said to a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// What the service calls the job; for people who look for it there.
    pub number: String,
    /// Why it waits, in words; `None` where nothing is known to stand in its way.
    pub waits: Option<String>,
}

/// The printers of this computer.
pub fn of_system() -> Arc<dyn Spooler> {
    #[cfg(windows)]
    return Arc::new(gdi::Gdi);
    #[cfg(unix)]
    return Arc::new(cups::Cups);
}
