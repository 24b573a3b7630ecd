//! 填报表 in the window: given out to colleagues, taken back from them. Workbooks are written and read in jobs.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    app::{App, JobKind, JobResult},
    dialogs::{collect::CollectDialog, hand_out::HandOutDialog},
    files::{Export, Purpose},
    merging::MergeOffer,
};
use crate::{
    edit::command::EditCommand,
    model::{id::Id, project::Project},
    session::{
        collecting::Collected,
        handing_out::{self, HandedOut, Request},
        jobs::Wanted,
        progress::Progress,
    },
    sharing::fill_in::{
        reminding,
        taken::{Choices, Offer},
    },
    summary::{overview::Overview, workbook},
};

/// What the dialogs ask for.
#[derive(Debug, Clone)]
pub enum FillInAction {
    /// Give these projects out, or all where there are none.
    Ask(Vec<Id<Project>>),
    /// Ask for the folder that workbooks are put into.
    ChooseFolder,
    /// Write the workbooks.
    HandOut(Box<Request>),
    /// Show the dialog for taking back.
    AskBack,
    /// Ask for files that came back.
    ChooseFiles,
    /// Ask for a folder with files that came back.
    ChooseReturned,
    /// Read files that came back.
    Read(Vec<PathBuf>),
    /// Decide what is taken.
    Choose(Choices),
    /// Merge what came back.
    Merge,
    /// Give up what is under way.
    Stop,
    /// Begin anew.
    Again,
    /// Write the list of what was given out as a workbook; asks where.
    ExportList,
    /// Open a file or folder.
    Open(PathBuf),
}

/// What is being given out or taken back.
#[derive(Default)]
pub struct FillingIn {
    folder: Option<PathBuf>,
    out: Out,
    back: Back,
}

/// Where giving out stands.
#[derive(Default)]
pub enum Out {
    /// Nothing was asked for yet.
    #[default]
    Asking,
    /// Workbooks are being written.
    Running(Arc<Progress>),
    /// What came of it: the workbooks, and what is not among them.
    Done(Vec<HandedOut>, Vec<String>),
}

/// Where taking back stands.
#[derive(Default)]
pub enum Back {
    /// Nothing was chosen yet.
    #[default]
    Asking,
    /// Files are being read.
    Reading(Arc<Progress>),
    /// What came back.
    Read(Box<Reading>),
}

/// What came back, and what would be taken of it.
pub struct Reading {
    /// The files.
    pub collected: Collected,
    /// What the person decided.
    pub choices: Choices,
    /// What would be merged.
    pub offer: Offer,
}

/// What a job came to.
pub enum Outcome {
    /// Workbooks were written; what is not among them.
    Out(Vec<HandedOut>, Vec<String>),
    /// Files were read.
    Back(Arc<Progress>, Collected),
}

impl FillingIn {
    /// The folder that was chosen.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Where giving out stands.
    pub fn out(&self) -> &Out {
        &self.out
    }

    /// Where taking back stands.
    pub fn back(&self) -> &Back {
        &self.back
    }

    /// Gives up what is under way: the program ends, and would wait for it.
    pub(super) fn stop(&self) {
        if let Out::Running(progress) = &self.out {
            progress.stop();
        }
        if let Back::Reading(progress) = &self.back {
            progress.stop();
        }
    }

    /// Nothing comes of a job.
    pub(super) fn give_up(&mut self, kind: JobKind) {
        match kind {
            JobKind::HandOut => self.out = Out::Asking,
            JobKind::Collect => self.back = Back::Asking,
            _ => {}
        }
    }
}

impl App {
    pub(super) fn perform_filling_in(&mut self, action: FillInAction) {
        match action {
            FillInAction::Ask(projects) => self.ask_to_hand_out(projects),
            FillInAction::ChooseFolder => self.ask_where(Purpose::HandOutFolder, ""),
            FillInAction::HandOut(request) => self.hand_out(&request),
            FillInAction::AskBack => self.ask_to_collect(),
            FillInAction::ChooseFiles => self.ask_where(Purpose::Collect, ""),
            FillInAction::ChooseReturned => self.ask_where(Purpose::CollectFolder, ""),
            FillInAction::Read(paths) => self.collect(paths),
            FillInAction::Choose(choices) => self.choose_of_returned(choices),
            FillInAction::Merge => self.merge_returned(),
            FillInAction::Stop => self.filling_in.stop(),
            FillInAction::Again => {
                if !matches!(self.filling_in.out, Out::Running(_)) {
                    self.filling_in.out = Out::Asking;
                }
                if let Back::Read(_) = self.filling_in.back {
                    self.filling_in.back = Back::Asking;
                }
            }
            FillInAction::ExportList => self.export_sendings(),
            FillInAction::Open(path) => self.open_with_system(&path),
        }
    }

    /// Shows the dialog for giving out.
    pub(super) fn ask_to_hand_out(&mut self, projects: Vec<Id<Project>>) {
        if !matches!(self.filling_in.out, Out::Running(_)) {
            self.filling_in.out = Out::Asking;
        }
        if self.filling_in.folder.is_none() {
            self.filling_in.folder = self.first_export_folder();
        }
        let stage = self.desk.as_ref().and_then(|desk| {
            let first = projects.first().copied().unwrap_or(self.position.project);
            desk.project(first).map(|project| project.stage)
        });
        let dialog = HandOutDialog::new(projects, stage.unwrap_or_default());
        self.dialogs.push(Box::new(dialog));
    }

    /// Puts workbooks into this folder from now on.
    pub(super) fn hand_out_into(&mut self, folder: PathBuf) {
        self.filling_in.folder = Some(folder);
    }

    fn hand_out(&mut self, request: &Request) {
        let Some(desk) = &self.desk else { return };
        if matches!(self.filling_in.out, Out::Running(_)) {
            return;
        }
        let order = match desk.session.hand_out_order(request) {
            Ok(order) => order,
            Err(problem) => return self.tell("没有发出", problem),
        };
        let progress = Arc::new(Progress::default());
        self.filling_in.out = Out::Running(Arc::clone(&progress));
        let environment = Arc::clone(&self.environment);
        self.start(JobKind::HandOut, "hand-out", Wanted::Always, move || {
            let written = order.run(&environment, &progress);
            let left_out = order.left_out().to_vec();
            JobResult::FilledIn(Box::new(Outcome::Out(written, left_out)))
        });
    }

    /// Shows the dialog for taking back.
    pub(super) fn ask_to_collect(&mut self) {
        self.filling_in.back = Back::Asking;
        self.dialogs.push(Box::new(CollectDialog));
    }

    /// Reads files that came back.
    pub(super) fn collect(&mut self, paths: Vec<PathBuf>) {
        let Some(desk) = &self.desk else { return };
        let order = desk.session.collect_order(paths);
        let progress = Arc::new(Progress::default());
        self.filling_in.back = Back::Reading(Arc::clone(&progress));
        let environment = Arc::clone(&self.environment);
        self.start(JobKind::Collect, "collect", Wanted::Always, move || {
            let collected = order.run(&environment, &progress);
            JobResult::FilledIn(Box::new(Outcome::Back(progress, collected)))
        });
    }

    /// Takes what a job came to.
    pub(super) fn filled_in(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Out(written, left_out) => {
                let count = written.iter().filter(|one| one.end.is_ok()).count();
                if let Some(command) = handing_out::record(&written) {
                    self.edit_and_say(&command, format!("已发出 {count} 份填报表，并登记"));
                }
                self.filling_in.out = Out::Done(written, left_out);
            }
            Outcome::Back(progress, collected) => {
                let is_meant = matches!(&self.filling_in.back, Back::Reading(own) if Arc::ptr_eq(own, &progress));
                let Some(desk) = self.desk.as_ref().filter(|_| is_meant) else {
                    return;
                };
                let choices = Choices::default();
                let offer = desk.session.offer(&collected, choices);
                self.filling_in.back = match progress.is_stopped() {
                    true => Back::Asking,
                    false => Back::Read(Box::new(Reading {
                        collected,
                        choices,
                        offer,
                    })),
                };
            }
        }
    }

    fn choose_of_returned(&mut self, choices: Choices) {
        if let (Back::Read(reading), Some(desk)) = (&mut self.filling_in.back, &self.desk) {
            reading.choices = choices;
            reading.offer = desk.session.offer(&reading.collected, choices);
        }
    }

    fn merge_returned(&mut self) {
        let back = std::mem::take(&mut self.filling_in.back);
        let (Back::Read(reading), Some(desk)) = (back, &self.desk) else {
            return;
        };
        let Reading {
            collected, offer, ..
        } = *reading;
        let returned = &collected.returned;
        let title = match returned.as_slice() {
            [only] => only.file.clone(),
            several => format!("{} 份填报表", several.len()),
        };
        if offer.theirs == **desk.session.document() {
            let step = EditCommand::Many {
                label: format!("收回 {title}"),
                commands: offer.records,
            };
            return self.edit_and_say(&step, format!("{title}没有改动，已登记收回"));
        }
        self.merge(MergeOffer {
            title,
            base: offer.base.map(Arc::new),
            theirs: Arc::new(offer.theirs),
            also: offer.records,
        });
    }

    fn export_sendings(&mut self) {
        let Some(desk) = &self.desk else { return };
        let now = self.environment.now();
        let overview = Overview {
            time: now.datetime(),
            tables: vec![reminding::table(desk.session.document(), now.date())],
            charts: Vec::new(),
            remarks: Vec::new(),
        };
        match workbook::workbook(&overview) {
            Ok(bytes) => {
                let export = Export {
                    bytes: Arc::from(bytes),
                    title: "导出填报表收发情况",
                    filter: ("Excel 文件", &["xlsx"]),
                };
                self.ask_where(Purpose::Export(export), "填报表收发情况.xlsx");
            }
            Err(error) => self.tell("没有导出", error.to_string()),
        }
    }
}
