//! A proof on real paper.

use super::{Proof, files::PrintError};
use crate::{
    printers::{Job, Plan, Progress, Receipt, Spooler, Ticket, plan::Copies},
    sheet::{booklet::Booklet, pages::Pages},
};

/// The pages, counted from 0, from which pages are counted anew: the first of each project. Where both sides are printed, these
/// come on a front.
pub fn starts(booklet: &Booklet, pages: &Pages) -> Vec<usize> {
    let parts = booklet.parts.iter().zip(&pages.parts);
    parts
        .filter(|(part, _)| part.restarts)
        .map(|(_, pages)| pages.first)
        .collect()
}

/// What of a proof goes to which printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errand {
    /// The printer's name.
    pub printer: String,
    /// The pages, counted from 0.
    pub chosen: Vec<usize>,
    /// How.
    pub ticket: Ticket,
}

impl Proof {
    /// The first page of each project.
    pub fn starts(&self) -> Vec<usize> {
        starts(&self.booklet, &self.pages)
    }

    /// How an errand comes out on paper, whoever makes the copies.
    pub fn plan(&self, errand: &Errand) -> Plan {
        Plan::new(
            &errand.chosen,
            &self.starts(),
            &errand.ticket,
            Copies::ByPrinter,
        )
    }

    /// Sends pages to a printer, under the title of what they are.
    ///
    /// # Errors
    ///
    /// As [`Spooler::print`].
    pub fn send(
        &self,
        spooler: &dyn Spooler,
        title: &str,
        errand: &Errand,
        goes_on: &dyn Fn(Progress) -> bool,
    ) -> Result<Receipt, PrintError> {
        let job = Job {
            title,
            printer: &errand.printer,
            pages: &self.pages,
            chosen: &errand.chosen,
            starts: &self.starts(),
            ticket: &errand.ticket,
        };
        Ok(spooler.print(&job, goes_on)?)
    }
}
