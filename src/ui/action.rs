//! What views ask for. A view never changes anything itself: what it wants goes into the [`Outbox`], and the app does it
//! after the frame.

use std::{path::PathBuf, sync::Arc};

use super::{
    charting::ChartFile,
    command::UiCommand,
    comparing::CompareAction,
    desk::Page,
    dialogs::Dialog,
    editions::EditionAction,
    evidence::EvidenceAction,
    exporting::{ExportAction, fill::FillAction, summary::SummaryAction},
    files::FileRequest,
    filling_in::FillInAction,
    help::book::Address,
    importing::ImportAction,
    ledger::LedgerAction,
    library::LibraryAction,
    merging::{MergeAction, MergeOffer},
    outgoing::OutgoingAction,
    outside::OutsideAction,
    preferences::Change,
    printing::PrintAction,
    profiles::ProfileAction,
    versions::VersionsAction,
};
use crate::{
    edit::{command::EditCommand, history::Grouping, refusal::Refusal},
    model::{
        edition::Edition,
        id::{Id, IdSource},
        path::CellPath,
        project::{Project, header},
    },
    rules::finding::Finding,
    session::saving::Conflict,
    sheet::chart::Chart,
    store::{Backup, editions::Shelved, recovery::Recovered, settings},
};

/// Something to do.
pub enum Action {
    /// A command of menu, tool bar, keys or palette.
    Do(UiCommand),
    /// Change the document as one step.
    Edit(EditCommand),
    /// Change the document, and say so with the way back: "已删除审核意见 · 撤销".
    EditAndSay(EditCommand, String),
    /// Change the document; keystrokes of one grouping melt into one step.
    Type(EditCommand, Grouping),
    /// Go to a cell: its project, its page, and focus on it.
    GoTo(CellPath),
    /// Show a project.
    ShowProject(Id<Project>),
    /// Show a page.
    ShowPage(Page),
    /// Make the change that a finding offers.
    Fix(Box<Finding>),
    /// Make all changes that findings of this rule offer, as one step: in a project, or in the whole document.
    FixRule(&'static str, Option<Id<Project>>),
    /// Put a dialog in front.
    Ask(Box<dyn Dialog>),
    /// Put a dialog in front that needs to know who is writing; the name is asked before it where it is not known yet.
    WithName(Box<dyn Dialog>),
    /// Remember who is writing.
    SetUser(String),
    /// Remember how findings are grouped.
    SetGrouping(settings::Grouping),
    /// Change what the person has set.
    Change(Change),
    /// Something about 表样.
    Edition(Box<EditionAction>),
    /// Something about 复核口径.
    Profile(ProfileAction),
    /// Turn off the rule with this code, and say so with the way back.
    TurnOffRule(&'static str),
    /// Find out which faces of the system there are.
    LookForFaces,
    /// Ask for the folder in which dialogs for files are to begin.
    ChooseFolder,
    /// Show the data folder in the file manager.
    OpenDataFolder,
    /// A new document on an edition.
    CreateDocument(NewForm),
    /// A new project on an edition at the end of the document.
    CreateProject(NewForm),
    /// Draw the blank form of an edition.
    DrawEdition(Shelved),
    /// Open a file; where a document is open, asks in which window.
    OpenFile(PathBuf),
    /// Open a file in a window of its own.
    OpenWindow(PathBuf),
    /// Go on to this; asks first what becomes of unsaved changes.
    Leave(Next),
    /// Take a file off the list of recent ones.
    ForgetRecent(PathBuf),
    /// Use the path that the person chose.
    UsePath(FileRequest, PathBuf, Option<Next>),
    /// Save, then go on.
    SaveThen(Option<Next>),
    /// Save under another name, then go on.
    SaveAsThen(Option<Next>),
    /// Save over what a conflict showed, then go on.
    SaveOver(Conflict, Option<Next>),
    /// Do this without asking again about unsaved changes: the person has answered.
    Proceed(Next),
    /// Open a recovery copy; asks first what becomes of the open document.
    Recover(Recovered),
    /// Note that a recovery copy is not wanted.
    DeclineRecovery(Recovered),
    /// Undo this many steps.
    Undo(usize),
    /// Redo this many steps.
    Redo(usize),
    /// Put text on the clipboard.
    Copy(String),
    /// Ask where, and write a text there: suggested file name, text.
    Export(String, String),
    /// Open help at a topic; `None` closes it.
    Help(Option<Address>),
    /// Take the pointers of first use away for good.
    EndPointers,
    /// Draw a chart as a file, and ask where to put it.
    SaveChart(Box<Chart>, ChartFile),
    /// Say something in passing.
    Say(String),
    /// Say why a change was not made, with the way out where there is one.
    Refuse(Refusal),
    /// Something about the preview and what is made of it.
    Print(PrintAction),
    /// Something about an import.
    Import(Box<ImportAction>),
    /// Something about an export.
    ExportFiles(Box<ExportAction>),
    /// Something about 填回原表.
    Fill(FillAction),
    /// Something about 汇总.
    SumUp(SummaryAction),
    /// Something about the 指标库.
    Library(Box<LibraryAction>),
    /// Something about the file on the disk.
    Outside(OutsideAction),
    /// Join another state with the open document: shows what is taken and what is to be decided.
    Merge(Box<MergeOffer>),
    /// Something that goes to others as one file, or a parcel that was received.
    Outgoing(Box<OutgoingAction>),
    /// Something about 合并.
    Merging(Box<MergeAction>),
    /// Something about the 整改台账.
    Ledger(Box<LedgerAction>),
    /// Something about 佐证材料.
    Evidence(Box<EvidenceAction>),
    /// Something about 填报表.
    FillIn(Box<FillInAction>),
    /// Ask for a file with the form of the year before this project's.
    ChooseLastYear(Id<Project>),
    /// Write stages and deadlines of all projects as a workbook; asks where.
    ExportProgress,
    /// Something about 历史版本.
    Versions(VersionsAction),
    /// Something about comparing.
    Compare(CompareAction),
    /// Read these files, which are no documents of this program.
    ImportFiles(Vec<PathBuf>),
}

/// What a new form begins with.
#[derive(Debug, Clone, PartialEq)]
pub struct NewForm {
    /// Its edition.
    pub edition: Arc<Edition>,
    /// 项目名称; may be empty.
    pub name: String,
    /// The year as it is to stand in the header; may be empty.
    pub year: String,
}

impl NewForm {
    /// The form, blank but for name and year.
    pub fn project(&self, ids: &mut dyn IdSource) -> Project {
        let mut project = Project::blank(&self.edition, ids);
        let given = [
            (header::PROJECT_NAME, &self.name),
            (header::YEAR, &self.year),
        ];
        for (key, text) in given {
            if let Some(field) = project.header.get_mut(key) {
                *field = text.trim().into();
            }
        }
        project
    }
}

/// What follows once the open document may be closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Show the start page.
    Close,
    /// End the program.
    Quit,
    /// Open this file.
    Open(PathBuf),
    /// Open the sample.
    Sample,
    /// Open a recovery copy.
    Recover(Recovered),
    /// Choose an edition for a new document.
    New,
    /// Open an earlier version: as a copy without a file, or in the place of a file that cannot be opened.
    Version(Backup, Option<PathBuf>),
}

/// Where views put what they ask for.
#[derive(Default)]
pub struct Outbox(Vec<Action>);

impl Outbox {
    /// Asks for something.
    pub fn send(&mut self, action: Action) {
        self.0.push(action);
    }

    /// Asks for a command.
    pub fn command(&mut self, command: UiCommand) {
        self.send(Action::Do(command));
    }

    /// Asks for a change of the document.
    pub fn edit(&mut self, command: EditCommand) {
        self.send(Action::Edit(command));
    }

    /// Takes what was asked for, in order.
    pub fn take(&mut self) -> Vec<Action> {
        std::mem::take(&mut self.0)
    }

    /// Whether nothing was asked for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
