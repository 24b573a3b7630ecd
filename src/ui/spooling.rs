//! Printers in the window: which there are, how they are, and what is sent to them. The system is asked in the background: a
//! printer at the other end of a network may answer late.

use std::collections::HashMap;

use super::{
    app::{App, JobKind, JobResult},
    desk::Page,
    dialogs::print::PrintDialog,
    printing::Target,
};
use crate::{
    printers::{self, Details, Plan, Printer, Receipt, SpoolError},
    session::{jobs::Wanted, print::paper::Errand},
    store::settings,
};

/// What is known of the printers.
#[derive(Default)]
pub struct Printers {
    list: List,
    details: HashMap<String, Result<Details, SpoolError>>,
    /// The one whose details are on their way.
    asked: Option<String>,
}

/// Which printers there are.
#[derive(Default)]
pub enum List {
    /// Nobody asked yet, or the answer is on its way.
    #[default]
    Unknown,
    /// The system's answer.
    Found(Vec<Printer>),
    /// It did not answer.
    Failed(SpoolError),
}

impl Printers {
    /// Which printers there are.
    pub fn list(&self) -> &List {
        &self.list
    }

    /// How a printer is; `None` while that is not known.
    pub fn details(&self, printer: &str) -> Option<&Result<Details, SpoolError>> {
        self.details.get(printer)
    }

    /// Whether a printer's details are on their way.
    pub fn is_asked(&self, printer: &str) -> bool {
        self.asked.as_deref() == Some(printer)
    }

    /// Takes what the system said of the printers.
    pub(super) fn take_list(&mut self, answer: Result<Vec<Printer>, SpoolError>) {
        self.list = match answer {
            Ok(printers) => List::Found(printers),
            Err(error) => List::Failed(error),
        };
    }

    /// Takes what the system said of one printer.
    pub(super) fn take_details(&mut self, name: String, answer: Result<Details, SpoolError>) {
        if self.asked.as_ref() == Some(&name) {
            self.asked = None;
        }
        self.details.insert(name, answer);
    }

    /// Nothing comes of a job.
    pub(super) fn give_up(&mut self, kind: JobKind) {
        match kind {
            JobKind::Printers => self.list = List::Found(Vec::new()),
            JobKind::PrinterDetails => self.asked = None,
            _ => {}
        }
    }
}

impl App {
    /// Shows the pages, and asks in front of them how they are to be printed.
    pub(super) fn ask_to_print(&mut self, ctx: &egui::Context) {
        self.show_page(ctx, Page::Preview);
        self.look_for_printers();
        let page = self.views.pages.preview.page();
        let dialog = PrintDialog::new(&self.settings.print, page);
        self.dialogs.push(Box::new(dialog));
    }

    /// Asks the system for its printers. What was known before may have changed.
    fn look_for_printers(&mut self) {
        if self.jobs.is_running(JobKind::Printers) {
            return;
        }
        self.printing.printers = Printers::default();
        let environment = std::sync::Arc::clone(&self.environment);
        self.start(JobKind::Printers, "printers", Wanted::Always, move || {
            JobResult::Printers(environment.spooler().printers())
        });
    }

    /// Asks the system how a printer is.
    pub(super) fn ask_printer(&mut self, name: String) {
        let printers = &mut self.printing.printers;
        if printers.asked.is_some() || printers.details.contains_key(&name) {
            return;
        }
        printers.asked = Some(name.clone());
        let environment = std::sync::Arc::clone(&self.environment);
        self.start(
            JobKind::PrinterDetails,
            "printer",
            Wanted::Always,
            move || {
                let details = environment.spooler().details(&name);
                JobResult::PrinterDetails(name, details)
            },
        );
    }

    /// Sends pages to a printer, and remembers how.
    pub(super) fn send_to_printer(&mut self, errand: Errand) {
        self.settings.print = settings::Print {
            printer: Some(errand.printer.clone()),
            duplex: errand.ticket.duplex.into(),
            grey: errand.ticket.grey,
        };
        self.print_to(Target::Printer(errand));
    }

    /// Says that the printing service has the pages.
    pub(super) fn sent_to_printer(&mut self, errand: &Errand, plan: &Plan, receipt: Receipt) {
        let said = format!(
            "已交给打印机“{}”：{}",
            errand.printer,
            in_words(errand.chosen.len(), errand.ticket.copies, plan)
        );
        match receipt.waits {
            None => self.views.toasts.done(said),
            Some(reason) => self
                .views
                .toasts
                .warn(format!("{said}。打印机{reason}，会等它恢复后印出")),
        }
    }
}

/// How much is printed: "3 页，2 份，用纸 6 张".
pub fn in_words(pages: usize, copies: u16, plan: &Plan) -> String {
    let sheets = plan.sheets;
    match copies {
        0 | 1 => format!("{pages} 页，用纸 {sheets} 张"),
        copies => format!("{pages} 页，{copies} 份，用纸 {sheets} 张"),
    }
}

impl From<settings::Duplex> for printers::Duplex {
    fn from(duplex: settings::Duplex) -> Self {
        match duplex {
            settings::Duplex::Off => Self::Off,
            settings::Duplex::LongEdge => Self::LongEdge,
            settings::Duplex::ShortEdge => Self::ShortEdge,
        }
    }
}

impl From<printers::Duplex> for settings::Duplex {
    fn from(duplex: printers::Duplex) -> Self {
        match duplex {
            printers::Duplex::Off => Self::Off,
            printers::Duplex::LongEdge => Self::LongEdge,
            printers::Duplex::ShortEdge => Self::ShortEdge,
        }
    }
}
