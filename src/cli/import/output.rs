//! The report of an import as JSON. Names of fields stay as they are: programs read them. The help text lists them.

use serde::Serialize;

use super::Outcome;
use crate::{
    exchange::{
        recognise::{AccountTable, Fit, Form, FormKind},
        report::{Entry, Fate, Source},
    },
    model::project::header,
};

/// The whole report.
#[derive(Debug, Serialize)]
pub struct Output<'a> {
    files: Vec<FileOutput<'a>>,
    forms: Vec<FormOutput<'a>>,
    accounts: Vec<AccountOutput<'a>>,
    entries: Vec<EntryOutput<'a>>,
    passed_over: &'a [String],
    written: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct FileOutput<'a> {
    name: &'a str,
    refused: Option<&'a str>,
    read: usize,
    cleaned: usize,
    guessed: usize,
    ignored: usize,
}

/// Where something stands.
#[derive(Debug, Serialize)]
struct PlaceOutput<'a> {
    file: &'a str,
    sheet: &'a str,
    cell: Option<String>,
}

#[derive(Debug, Serialize)]
struct FormOutput<'a> {
    #[serde(flatten)]
    place: PlaceOutput<'a>,
    kind: &'static str,
    project: &'a str,
    year: &'a str,
    edition: &'a str,
    edition_name: &'a str,
    fit: &'static str,
    share: Option<u8>,
}

#[derive(Debug, Serialize)]
struct AccountOutput<'a> {
    #[serde(flatten)]
    place: PlaceOutput<'a>,
    rows: usize,
}

#[derive(Debug, Serialize)]
struct EntryOutput<'a> {
    fate: &'static str,
    sure: Option<u8>,
    #[serde(flatten)]
    place: PlaceOutput<'a>,
    text: &'a str,
    field: &'a str,
    target: Option<String>,
    note: &'a str,
}

/// The report for programs.
pub fn as_json(outcome: &Outcome) -> Output<'_> {
    let files = 0..outcome.gathered.files.len();
    let recognised = &outcome.recognised;
    Output {
        files: files.map(|number| file(outcome, number)).collect(),
        forms: recognised
            .forms
            .iter()
            .map(|one| form(outcome, one))
            .collect(),
        accounts: recognised
            .accounts
            .iter()
            .map(|table| account(outcome, table))
            .collect(),
        entries: outcome
            .report
            .entries
            .iter()
            .map(|one| entry(outcome, one))
            .collect(),
        passed_over: &outcome.gathered.passed_over,
        written: outcome.written.as_deref(),
    }
}

fn file(outcome: &Outcome, number: usize) -> FileOutput<'_> {
    let count = |name: &str| {
        let entries = outcome.report.entries.iter();
        entries
            .filter(|entry| entry.source.file == number && fate(entry.fate) == name)
            .count()
    };
    let mut refused = outcome.gathered.refused.iter();
    let refused = refused.find(|(file, _)| *file == number);
    FileOutput {
        name: outcome
            .gathered
            .files
            .get(number)
            .map_or("", |file| &*file.name),
        refused: refused.map(|(_, why)| &**why),
        read: count("read"),
        cleaned: count("cleaned"),
        guessed: count("guessed"),
        ignored: count("ignored"),
    }
}

fn place<'a>(outcome: &'a Outcome, source: &Source) -> PlaceOutput<'a> {
    let file = outcome.gathered.files.get(source.file);
    let grid = file.and_then(|file| file.content.grids.get(source.grid));
    PlaceOutput {
        file: file.map_or("", |file| &*file.name),
        sheet: grid.map_or("", |grid| &*grid.name),
        cell: source.place.map(|place| place.name()),
    }
}

fn form<'a>(outcome: &'a Outcome, form: &'a Form) -> FormOutput<'a> {
    let (fit, share) = match form.fit {
        Fit::Chosen => ("chosen", None),
        Fit::Known { share } => ("known", Some(share)),
        Fit::Built => ("built", None),
    };
    FormOutput {
        place: place(outcome, &form.source),
        kind: match form.what {
            FormKind::SelfEvaluation => "self_evaluation",
            FormKind::Monitoring => "monitoring",
            FormKind::Targets => "targets",
        },
        project: form.project.name(),
        year: form.project.header(header::YEAR),
        edition: &form.edition.id,
        edition_name: &form.edition.name,
        fit,
        share,
    }
}

fn account<'a>(outcome: &'a Outcome, table: &AccountTable) -> AccountOutput<'a> {
    AccountOutput {
        place: place(outcome, &table.source),
        rows: table.block.rows().len(),
    }
}

fn entry<'a>(outcome: &'a Outcome, entry: &'a Entry) -> EntryOutput<'a> {
    let sure = match entry.fate {
        Fate::Guessed { sure } => Some(sure),
        _ => None,
    };
    EntryOutput {
        fate: fate(entry.fate),
        sure,
        place: place(outcome, &entry.source),
        text: &entry.text,
        field: &entry.field,
        target: entry.target.as_ref().map(ToString::to_string),
        note: &entry.note,
    }
}

fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Read => "read",
        Fate::Cleaned => "cleaned",
        Fate::Guessed { .. } => "guessed",
        Fate::Ignored => "ignored",
        Fate::Refused => "refused",
    }
}
