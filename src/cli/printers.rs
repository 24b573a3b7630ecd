//! `printers`: the printers of this computer.

use std::fmt::Write as _;

use serde::Serialize;

use super::one_line::one_line;
use crate::printers::{Condition, Details, Printer, SpoolError, Spooler};

/// A printer for programs. `null` where the system does not know.
#[derive(Debug, Serialize)]
pub struct PrinterOutput {
    name: String,
    is_default: bool,
    condition: &'static str,
    words: String,
    about: String,
    duplex: Option<bool>,
    colour: Option<bool>,
    a4: Option<bool>,
}

/// A printer with its details, or why these are not known.
type Found = (Printer, Result<Details, SpoolError>);

/// All printers.
pub fn found(spooler: &dyn Spooler) -> Result<Vec<Found>, String> {
    let printers = spooler.printers();
    let printers = printers.map_err(|error| one_line(&error.to_string()))?;
    let with_details = |printer: Printer| {
        let details = spooler.details(&printer.name);
        (printer, details)
    };
    Ok(printers.into_iter().map(with_details).collect())
}

/// The printers for programs.
pub fn as_json(found: Vec<Found>) -> Vec<PrinterOutput> {
    let output = |(printer, details): Found| {
        let Printer { name, is_default } = printer;
        match details {
            Ok(details) => PrinterOutput {
                condition: match details.condition {
                    Condition::Ready => "ready",
                    Condition::Waiting(_) => "waiting",
                    Condition::Refusing(_) => "refusing",
                },
                words: details.condition.in_words(),
                about: details.about,
                duplex: details.abilities.duplex,
                colour: details.abilities.colour,
                a4: details.abilities.a4,
                name,
                is_default,
            },
            Err(error) => PrinterOutput {
                condition: "unknown",
                words: error.to_string(),
                about: String::new(),
                duplex: None,
                colour: None,
                a4: None,
                name,
                is_default,
            },
        }
    };
    found.into_iter().map(output).collect()
}

/// The printers as text for people.
pub fn as_text(found: Vec<Found>) -> String {
    if found.is_empty() {
        return "这台电脑上没有打印机。请先在系统设置中添加打印机。\n".to_owned();
    }
    let mut text = String::new();
    for printer in as_json(found) {
        let mark = if printer.is_default {
            "（默认）"
        } else {
            ""
        };
        let abilities = [
            (printer.duplex, "双面"),
            (printer.colour, "彩色"),
            (printer.a4, "A4"),
        ];
        let abilities: Vec<&str> = abilities
            .into_iter()
            .filter(|(has, _)| *has == Some(true))
            .map(|(_, words)| words)
            .collect();
        let parts = [
            one_line(&printer.words),
            abilities.join("、"),
            one_line(&printer.about),
        ];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let _ = writeln!(
            text,
            "{}{mark}\n    {}",
            one_line(&printer.name),
            parts.join(" · ")
        );
    }
    text
}
