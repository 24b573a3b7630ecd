//! Printers of Linux and macOS, by the commands that CUPS brings: `lpstat`, `lpoptions` and `lp`. They are on every desktop
//! that prints, find printers of the network by themselves, and keep the network out of this program.

mod answers;

use std::{
    io::{self, Write as _},
    process::{Command, Stdio},
};

use self::answers::Attributes;
use super::{
    Abilities, Condition, Details, Job, Plan, Printer, Progress, Receipt, SpoolError, Spooler,
    plan::Copies, ticket::Duplex,
};

/// What the printing service is called where an administrator looks for it.
const SERVICE: &str = "CUPS，系统服务 cups，命令在软件包 cups-client 中";

/// The printers of CUPS.
#[derive(Debug, Default, Clone, Copy)]
pub struct Cups;

impl Spooler for Cups {
    fn printers(&self) -> Result<Vec<Printer>, SpoolError> {
        is_running()?;
        let default = ask("lpstat", &["-d"])?;
        let default = answers::default_printer(&default.said);
        let names = ask("lpstat", &["-e"])?;
        let printer = |name: &str| Printer {
            name: name.to_owned(),
            is_default: default == Some(name),
        };
        Ok(answers::names(&names.said).map(printer).collect())
    }

    fn details(&self, printer: &str) -> Result<Details, SpoolError> {
        is_running()?;
        let attributes = ask("lpoptions", &["-p", printer])?;
        let attributes = Attributes::read(&attributes.said);
        if !attributes.is_printer() {
            return Err(SpoolError::Unknown(printer.to_owned()));
        }
        // Printers without a description of their own have no such list.
        let options = ask("lpoptions", &["-p", printer, "-l"])?;
        let options = answers::options(&options.said);
        Ok(Details {
            condition: condition(printer, &attributes)?,
            about: attributes.about(printer),
            abilities: Abilities {
                duplex: attributes.can_duplex(),
                colour: attributes.has_colours(),
                a4: options.takes_a4(),
                unreachable: None,
            },
        })
    }

    fn print(
        &self,
        job: &Job<'_>,
        goes_on: &dyn Fn(Progress) -> bool,
    ) -> Result<Receipt, SpoolError> {
        let details = self.details(job.printer)?;
        let waits = match details.condition {
            Condition::Ready => None,
            Condition::Waiting(reason) => Some(reason),
            Condition::Refusing(words) => return Err(refused(job.printer, words)),
        };
        let plan = job.plan(Copies::ByPrinter);
        let total = plan.sides.len();
        let pdf = job.pages.pdf_of(&plan.sides)?;
        if !goes_on(Progress { done: 0, total }) {
            return Err(SpoolError::Cancelled);
        }
        let answer = tell("lp", &arguments(job, &plan, details.abilities), &pdf)?;
        if !answer.is_fine {
            return Err(refused(job.printer, answer.complained));
        }
        goes_on(Progress { done: total, total });
        Ok(Receipt {
            number: answers::job_number(&answer.said),
            waits,
        })
    }
}

/// What `lp` is told of a job. Its document comes from the standard input.
fn arguments(job: &Job<'_>, plan: &Plan, abilities: Abilities) -> Vec<String> {
    let ticket = job.ticket;
    let sides = match ticket.duplex {
        Duplex::Off => "one-sided",
        Duplex::LongEdge => "two-sided-long-edge",
        Duplex::ShortEdge => "two-sided-short-edge",
    };
    let mut options = vec![
        format!("sides={sides}"),
        format!("collate={}", ticket.collate),
    ];
    if ticket.grey {
        options.push("print-color-mode=monochrome".to_owned());
        // Older drivers know it by this name.
        options.push("ColorModel=Gray".to_owned());
    }
    if abilities.a4 == Some(false) {
        options.push("print-scaling=fit".to_owned());
    } else {
        options.push("media=A4".to_owned());
        options.push("print-scaling=none".to_owned());
    }
    let mut arguments = vec![
        "-d".to_owned(),
        job.printer.to_owned(),
        "-t".to_owned(),
        job.title.to_owned(),
        "-n".to_owned(),
        plan.copies.to_string(),
    ];
    for option in options {
        arguments.extend(["-o".to_owned(), option]);
    }
    arguments.push("-".to_owned());
    arguments
}

/// Whether a printer prints now. The words come from its driver or from whoever stopped it.
fn condition(printer: &str, attributes: &Attributes) -> Result<Condition, SpoolError> {
    if !attributes.is_accepting() {
        let said = ask("lpstat", &["-a", printer])?.said;
        return Ok(Condition::Refusing(answers::message(&said)));
    }
    let reason = attributes.reason();
    if !attributes.is_stopped() {
        return Ok(reason.map_or(Condition::Ready, |reason| {
            Condition::Waiting(reason.to_owned())
        }));
    }
    let said = ask("lpstat", &["-p", printer])?.said;
    let reason = reason.unwrap_or("已停用");
    Ok(Condition::Waiting(match answers::message(&said) {
        message if message.is_empty() => reason.to_owned(),
        message => format!("{reason}（{message}）"),
    }))
}

fn refused(printer: &str, words: String) -> SpoolError {
    SpoolError::Refused {
        printer: printer.to_owned(),
        words,
    }
}

/// # Errors
///
/// The service does not run: the other commands do not tell that from a computer without printers.
fn is_running() -> Result<(), SpoolError> {
    let answer = ask("lpstat", &["-r"])?;
    if answers::is_running(&answer.said) {
        return Ok(());
    }
    Err(SpoolError::NoService {
        service: SERVICE,
        words: [answer.said.trim(), answer.complained.trim()].join(" "),
    })
}

/// What a command answered.
struct Answer {
    is_fine: bool,
    said: String,
    complained: String,
}

fn ask(command: &'static str, arguments: &[&str]) -> Result<Answer, SpoolError> {
    let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
    tell(command, &arguments, &[])
}

/// Runs a command with something to read.
fn tell(command: &'static str, arguments: &[String], input: &[u8]) -> Result<Answer, SpoolError> {
    let run = || -> io::Result<_> {
        let mut child = Command::new(command)
            .args(arguments)
            // Else the answers come in the language of the desktop.
            .env("LC_ALL", "C")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        if let Some(mut to) = child.stdin.take()
            && let Err(error) = to.write_all(input)
            // It ended without reading all; its answer says why.
            && error.kind() != io::ErrorKind::BrokenPipe
        {
            return Err(error);
        }
        child.wait_with_output()
    };
    let output = run().map_err(|error| SpoolError::NoService {
        service: SERVICE,
        words: format!("{command}: {error}"),
    })?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(Answer {
        is_fine: output.status.success(),
        said: text(&output.stdout),
        complained: text(&output.stderr).trim().to_owned(),
    })
}
