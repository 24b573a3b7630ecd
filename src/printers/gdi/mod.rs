//! Printers of Windows: found through the spooler, drawn on through GDI. Pages are drawn here and sent as strips of pixels at
//! the printer's resolution: every driver takes those, and no font of the computer has a say.

// The functions of Windows are C. What is unsafe about them stays in the two files below.
mod device;
mod winspool;

use device::Device;
use winspool::{Queue, Setup};

use super::{
    Abilities, Condition, Details, Job, Plan, Printer, Progress, Receipt, SpoolError, Spooler,
    Ticket,
    band::{Cut, NotDrawn},
    dib::Dib,
    plan::Copies,
    ticket::Duplex,
};
use crate::sheet::pages::Pages;

/// What the printing service is called where an administrator looks for it.
const SERVICE: &str = "Windows 服务 Print Spooler";

/// The printers of Windows.
#[derive(Debug, Default, Clone, Copy)]
pub struct Gdi;

impl Spooler for Gdi {
    fn printers(&self) -> Result<Vec<Printer>, SpoolError> {
        let default = winspool::default_printer();
        let names = winspool::printers().map_err(no_service)?;
        let printer = |name: String| Printer {
            is_default: default.as_ref() == Some(&name),
            name,
        };
        Ok(names.into_iter().map(printer).collect())
    }

    fn details(&self, printer: &str) -> Result<Details, SpoolError> {
        let queue = open(printer)?;
        let state = queue.state().map_err(|error| failed(printer, &error))?;
        let setup = queue.setup().map_err(|error| failed(printer, &error))?;
        let unreachable = Device::to_measure(printer, &setup).map(|it| it.measures().unreachable());
        Ok(Details {
            condition: match state.trouble {
                None => Condition::Ready,
                Some(trouble) => Condition::Waiting(trouble.to_owned()),
            },
            about: state.about,
            abilities: Abilities {
                duplex: queue.can_duplex(),
                colour: queue.has_colours(),
                a4: queue.takes_a4(),
                unreachable: unreachable.ok(),
            },
        })
    }

    fn print(
        &self,
        job: &Job<'_>,
        goes_on: &dyn Fn(Progress) -> bool,
    ) -> Result<Receipt, SpoolError> {
        let queue = open(job.printer)?;
        let state = queue.state().map_err(|error| failed(job.printer, &error))?;
        let by = match queue.makes_copies(job.ticket) {
            true => Copies::ByPrinter,
            false => Copies::Sent,
        };
        let printing = Printing {
            job,
            queue: &queue,
            plan: job.plan(by),
        };
        Ok(Receipt {
            number: printing.run(goes_on)?,
            waits: state.trouble.map(str::to_owned),
        })
    }
}

/// One job on its way.
struct Printing<'a> {
    job: &'a Job<'a>,
    queue: &'a Queue,
    plan: Plan,
}

impl Printing<'_> {
    /// Draws all sides; the number that the service gave the job. A job that is not finished is taken back.
    fn run(&self, goes_on: &dyn Fn(Progress) -> bool) -> Result<String, SpoolError> {
        let total = self.plan.sides.len();
        let mut turned = self.is_landscape(0);
        let setup = self.setup(turned)?;
        let device =
            Device::to_draw(self.job.printer, &setup).map_err(|error| self.failed(error))?;
        let mut document = device
            .begin(self.job.title)
            .map_err(|error| self.not_begun(error))?;
        for (done, side) in self.plan.sides.iter().enumerate() {
            if self.is_landscape(done) != turned {
                turned = !turned;
                let setup = self.setup(turned)?;
                document.turn(&setup).map_err(|error| self.failed(error))?;
            }
            let check = || goes_on(Progress { done, total });
            if !check() {
                return Err(SpoolError::Cancelled);
            }
            document.begin_page().map_err(|error| self.failed(error))?;
            if let Some(page) = side {
                self.draw(&mut document, *page, &check)?;
            }
            document.end_page().map_err(|error| self.failed(error))?;
        }
        let number = document.end().map_err(|error| self.failed(error))?;
        Ok(number.to_string())
    }

    /// Draws a page, counted from 0.
    fn draw(
        &self,
        document: &mut device::Document<'_>,
        page: usize,
        goes_on: &dyn Fn() -> bool,
    ) -> Result<(), SpoolError> {
        let pages = self.job.pages;
        let not_drawn = |NotDrawn| SpoolError::NotDrawn(page + 1);
        let size = pages.size(page).ok_or(NotDrawn).map_err(not_drawn)?;
        let measures = document.measures();
        let cut = Cut::new(size, measures.finest(), self.job.ticket.grey);
        let aim = measures.aim(size, cut.scale());
        for index in 0..cut.count() {
            if !goes_on() {
                return Err(SpoolError::Cancelled);
            }
            if let Some(band) = cut.band(pages, page, index).map_err(not_drawn)? {
                document
                    .draw(&Dib::new(&band), aim.dots(band.region))
                    .map_err(|error| self.failed(error))?;
            }
        }
        Pages::forget_letters();
        Ok(())
    }

    /// Whether a side lies across. A blank one lies as its front does.
    fn is_landscape(&self, side: usize) -> bool {
        let shown = self.plan.sides.iter().take(side + 1).rev().flatten().next();
        shown.is_some_and(|page| lies_across(self.job.pages, *page))
    }

    fn setup(&self, landscape: bool) -> Result<Setup, SpoolError> {
        let mut setup = self.queue.setup().map_err(|error| self.failed(error))?;
        setup.set(self.job.ticket, self.plan.copies, landscape);
        self.queue.check(&mut setup);
        Ok(setup)
    }

    fn not_begun(&self, error: winspool::Failure) -> SpoolError {
        if error.is_cancelled() {
            return SpoolError::Cancelled;
        }
        SpoolError::Refused {
            printer: self.job.printer.to_owned(),
            words: error.to_string(),
        }
    }

    fn failed(&self, error: winspool::Failure) -> SpoolError {
        match error.is_cancelled() {
            true => SpoolError::Cancelled,
            false => failed(self.job.printer, &error),
        }
    }
}

fn lies_across(pages: &Pages, page: usize) -> bool {
    pages
        .size(page)
        .is_some_and(|(width, height)| width > height)
}

fn open(printer: &str) -> Result<Queue, SpoolError> {
    Queue::open(printer).map_err(|error| match error {
        error if error.is_unknown_printer() => SpoolError::Unknown(printer.to_owned()),
        error if error.is_no_service() => no_service(error),
        error => SpoolError::Refused {
            printer: printer.to_owned(),
            words: error.to_string(),
        },
    })
}

fn no_service(error: winspool::Failure) -> SpoolError {
    SpoolError::NoService {
        service: SERVICE,
        words: error.to_string(),
    }
}

fn failed(printer: &str, error: &winspool::Failure) -> SpoolError {
    if error.is_no_service() {
        return no_service(*error);
    }
    SpoolError::Failed {
        printer: printer.to_owned(),
        words: error.to_string(),
    }
}

/// What a setup says of both sides, in the numbers of Windows.
fn duplex_of(ticket: &Ticket) -> i16 {
    use windows_sys::Win32::Graphics::Gdi::{DMDUP_HORIZONTAL, DMDUP_SIMPLEX, DMDUP_VERTICAL};
    match ticket.duplex {
        Duplex::Off => DMDUP_SIMPLEX,
        Duplex::LongEdge => DMDUP_VERTICAL,
        Duplex::ShortEdge => DMDUP_HORIZONTAL,
    }
}
