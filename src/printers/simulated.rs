//! Printers of tests: what they are sent can be looked at, and they can be made to fail.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{
    Abilities, Condition, Details, Job, Plan, Printer, Progress, Receipt, SpoolError, Spooler,
    Ticket, plan::Copies,
};

/// Printers in memory. Clones share them.
#[derive(Clone, Default)]
pub struct SimulatedPrinters(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    printers: Vec<(Printer, Details)>,
    /// What is answered to everything.
    failure: Option<SpoolError>,
    sent: Vec<Sent>,
}

/// What was sent to a printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The printer.
    pub printer: String,
    /// The job's title.
    pub title: String,
    /// Which side shows what.
    pub plan: Plan,
    /// How.
    pub ticket: Ticket,
}

impl SimulatedPrinters {
    /// Adds a printer; the first is the default one.
    pub fn add(&self, name: &str, condition: Condition, abilities: Abilities) {
        let mut state = self.held();
        let is_default = state.printers.is_empty();
        let printer = Printer {
            name: name.to_owned(),
            is_default,
        };
        let details = Details {
            condition,
            about: String::new(),
            abilities,
        };
        state.printers.push((printer, details));
    }

    /// Has everything fail from now on.
    pub fn fail(&self, failure: SpoolError) {
        self.held().failure = Some(failure);
    }

    /// What was sent so far.
    pub fn sent(&self) -> Vec<Sent> {
        self.held().sent.clone()
    }

    fn held(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn fail_if_asked(&self) -> Result<(), SpoolError> {
        self.failure.clone().map_or(Ok(()), Err)
    }

    fn details(&self, name: &str) -> Result<Details, SpoolError> {
        let mut printers = self.printers.iter();
        let found = printers.find(|(printer, _)| printer.name == name);
        let (_, details) = found.ok_or_else(|| SpoolError::Unknown(name.to_owned()))?;
        Ok(details.clone())
    }
}

impl Spooler for SimulatedPrinters {
    fn printers(&self) -> Result<Vec<Printer>, SpoolError> {
        let state = self.held();
        state.fail_if_asked()?;
        Ok(state.printers.iter().map(|(one, _)| one.clone()).collect())
    }

    fn details(&self, printer: &str) -> Result<Details, SpoolError> {
        let state = self.held();
        state.fail_if_asked()?;
        state.details(printer)
    }

    fn print(
        &self,
        job: &Job<'_>,
        goes_on: &dyn Fn(Progress) -> bool,
    ) -> Result<Receipt, SpoolError> {
        let plan = job.plan(Copies::ByPrinter);
        let total = plan.sides.len();
        if !(0..total).all(|done| goes_on(Progress { done, total })) {
            return Err(SpoolError::Cancelled);
        }
        let mut state = self.held();
        state.fail_if_asked()?;
        let waits = match state.details(job.printer)?.condition {
            Condition::Ready => None,
            Condition::Waiting(reason) => Some(reason),
            Condition::Refusing(words) => {
                return Err(SpoolError::Refused {
                    printer: job.printer.to_owned(),
                    words,
                });
            }
        };
        state.sent.push(Sent {
            printer: job.printer.to_owned(),
            title: job.title.to_owned(),
            plan,
            ticket: *job.ticket,
        });
        Ok(Receipt {
            number: state.sent.len().to_string(),
            waits,
        })
    }
}
