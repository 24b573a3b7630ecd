//! 合并: another state of the document, read and compared in the background, shown and decided in a dialog, taken as one step.
//! And the way before that: a file for each project.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    action::Action,
    app::{App, JobKind, JobResult},
    dialogs::{
        merge::{MergeDialog, report::ReportDialog},
        split::SplitDialog,
    },
    files::{Export, Purpose},
};
use crate::{
    edit::command::EditCommand,
    model::{document::Document, path::CellPath},
    session::{
        environment::Environment,
        jobs::Wanted,
        one_line::one_line,
        session::Session,
        splitting::{SplitEnd, SplitOrder},
        versions::FileVersions,
    },
    store::error::shown,
    versions::{
        merge::{Choice, Key, Merge},
        parts::join,
    },
};

/// Another state of the open document, to be joined with it.
#[derive(Debug, Clone)]
pub struct MergeOffer {
    /// What it is called: the name of its file.
    pub title: String,
    /// The state that both come from; `None` where it is not at hand.
    pub base: Option<Arc<Document>>,
    /// The other state.
    pub theirs: Arc<Document>,
    /// What is done in the same step once the person takes the result.
    pub also: Vec<EditCommand>,
}

/// What the dialog asks for.
#[derive(Debug, Clone)]
pub enum MergeAction {
    /// Decide entries.
    Choose(Vec<(Key, Choice)>),
    /// Take the result into the document.
    Finish,
    /// Show a cell; what was decided is kept for the next time.
    Later(CellPath),
    /// Give it up.
    Stop,
    /// Ask where the report is to be written.
    ExportReport,
    /// Write a file for each project, by names after this pattern: asks for the folder.
    Split(String),
}

/// What is being merged.
#[derive(Default)]
pub struct Merging {
    ready: Option<Ready>,
    /// The report on what was merged last.
    report: String,
    /// The pattern of names of split files.
    pattern: String,
}

/// What is shown and decided.
pub struct Ready {
    offer: MergeOffer,
    merge: Merge,
    /// What its entries are about, in words.
    words: Vec<String>,
    /// Another one after every decision.
    version: u64,
}

/// What a job came to.
pub enum Outcome {
    /// Two states were joined, with what a person should know of the file.
    Joined(MergeOffer, Merge, Vec<String>),
    /// A file could not be read.
    Failed(String),
    /// Files were written.
    Split(SplitEnd),
}

impl Merging {
    /// What is shown and decided; `None` where nothing is being merged.
    pub fn ready(&self) -> Option<&Ready> {
        self.ready.as_ref()
    }

    /// The report on what was merged last.
    pub fn report(&self) -> &str {
        &self.report
    }
}

impl Ready {
    fn new(offer: MergeOffer, merge: Merge, session: &Session) -> Self {
        Self {
            words: in_words(&merge, session),
            offer,
            merge,
            version: 0,
        }
    }

    /// What is called the other side's file.
    pub fn title(&self) -> &str {
        &self.offer.title
    }

    /// The merge.
    pub fn merge(&self) -> &Merge {
        &self.merge
    }

    /// What its entries are about, in their order.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Another number after every decision.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Whether taking it does anything.
    pub fn does_anything(&self) -> bool {
        self.merge.changes_anything() || !self.offer.also.is_empty()
    }

    fn command(&self) -> EditCommand {
        let label = format!("合并 {}", self.offer.title);
        let merged = self.merge.command(label.clone());
        if self.offer.also.is_empty() {
            return merged;
        }
        let also = self.offer.also.iter().cloned();
        EditCommand::Many {
            label,
            commands: [merged].into_iter().chain(also).collect(),
        }
    }
}

fn in_words(merge: &Merge, session: &Session) -> Vec<String> {
    let editions = |project: &_| session.editions().of(project);
    let items = merge.items().iter();
    items.map(|item| merge.words(item, &editions)).collect()
}

/// Joining.
impl App {
    pub(super) fn ask_what_to_merge(&mut self) {
        let Some(desk) = &self.desk else { return };
        let is_same = |ready: &Ready| Arc::ptr_eq(ready.merge.ours(), desk.session.document());
        // What was put off goes on.
        match self.merging.ready.take() {
            Some(ready) if is_same(&ready) => {
                self.merging.ready = Some(ready);
                self.show_merge();
            }
            _ => self.ask_where(Purpose::Merge, ""),
        }
    }

    fn show_merge(&mut self) {
        self.dialogs.push(Box::new(MergeDialog::default()));
    }

    /// Joins another state with the open document, and shows what comes of it.
    pub(super) fn merge(&mut self, offer: MergeOffer) {
        let Some(desk) = &self.desk else { return };
        let ours = Arc::clone(desk.session.document());
        self.start(JobKind::Merge, "merge", Wanted::Always, move || {
            let (base, theirs) = (offer.base.clone(), Arc::clone(&offer.theirs));
            let merge = Merge::new(base, ours, theirs);
            JobResult::Merged(Box::new(Outcome::Joined(offer, merge, Vec::new())))
        });
    }

    /// Reads a copy of the document and joins it.
    pub(super) fn merge_file(&mut self, path: PathBuf) {
        self.join_files(vec![path]);
    }

    /// Reads documents and joins them: their projects are taken in, and those that are here already are merged.
    pub(super) fn join_files(&mut self, paths: Vec<PathBuf>) {
        let Some(desk) = &self.desk else { return };
        let ours = Arc::clone(desk.session.document());
        let versions = desk.session.versions();
        let environment = Arc::clone(&self.environment);
        self.start(JobKind::Merge, "merge", Wanted::Always, move || {
            let outcome = read(&environment, &versions, &ours, &paths);
            JobResult::Merged(Box::new(outcome))
        });
    }

    /// Takes what a job came to.
    pub(super) fn merge_made(&mut self, outcome: Outcome) {
        let (offer, merge, notes) = match outcome {
            Outcome::Joined(offer, merge, notes) => (offer, merge, notes),
            Outcome::Failed(why) => return self.tell("没有合并", why),
            Outcome::Split(end) => return self.split_made(end),
        };
        let Some(desk) = &self.desk else { return };
        if !Arc::ptr_eq(merge.ours(), desk.session.document()) {
            // The document changed meanwhile.
            return self.merge(offer);
        }
        for note in notes {
            self.views.toasts.warn(note);
        }
        let ready = Ready::new(offer, merge, &desk.session);
        if !ready.merge.items().is_empty() {
            self.merging.ready = Some(ready);
            return self.show_merge();
        }
        self.joined(&ready.offer.theirs);
        match ready.does_anything() {
            true => self.edit_and_say(&ready.command(), "对方没有改动，已登记".to_owned()),
            false => {
                let said = format!("{}没有本文件之外的改动，不需要合并", ready.offer.title);
                self.views.toasts.say(said);
            }
        }
    }

    pub(super) fn perform_merging(&mut self, action: MergeAction) {
        match action {
            MergeAction::Choose(choices) => {
                let Some((ready, desk)) = self.merging.ready.as_mut().zip(self.desk.as_ref())
                else {
                    return;
                };
                ready.merge.choose(choices);
                ready.words = in_words(&ready.merge, &desk.session);
                ready.version += 1;
            }
            MergeAction::Finish => self.finish_merge(),
            MergeAction::Later(at) => {
                self.send.send(Action::GoTo(at));
                let said = "合并还没有完成：文件 → 合并退回的文件，可以接着做".to_owned();
                self.send.send(Action::Say(said));
            }
            MergeAction::Stop => self.merging.ready = None,
            MergeAction::ExportReport => {
                let export = Export {
                    bytes: Arc::from(self.merging.report.clone().into_bytes()),
                    title: "导出合并报告",
                    filter: ("文本文件", &["txt"]),
                };
                self.ask_where(Purpose::Export(export), "合并报告.txt");
            }
            MergeAction::Split(pattern) => {
                self.merging.pattern = pattern;
                self.ask_where(Purpose::SplitFolder, "");
            }
        }
    }

    fn finish_merge(&mut self) {
        let Some((ready, desk)) = self.merging.ready.take().zip(self.desk.as_mut()) else {
            return;
        };
        let report = {
            let editions = |project: &_| desk.session.editions().of(project);
            ready.merge.report(&editions)
        };
        match desk.session.edit(&ready.command()) {
            Ok(_) => {
                let state = desk.session.history().state();
                let said = format!("已合并：{}", ready.merge.summary());
                self.views.toasts.undoable(said, state);
                self.merging.report = format!("文件：{}\n{report}", ready.offer.title);
                self.joined(&ready.offer.theirs);
                self.dialogs.push(Box::new(ReportDialog));
            }
            Err(refusal) => {
                self.tell("没有合并", refusal.to_string());
                self.merging.ready = Some(ready);
            }
        }
    }
}

/// Reads the files, puts them together, and joins them with the document; called in a job's thread.
fn read(
    environment: &Arc<Environment>,
    versions: &FileVersions,
    ours: &Arc<Document>,
    paths: &[PathBuf],
) -> Outcome {
    let mut documents = Vec::new();
    let mut bases = Vec::new();
    let mut notes = Vec::new();
    for path in paths {
        match Session::open(Arc::clone(environment), path) {
            Ok(session) => {
                let about = |note: String| format!("{note}文件：{}", shown(path));
                notes.extend(session.notes().into_iter().map(about));
                bases.push(versions.ancestor_of(session.lineage()));
                documents.push(Arc::clone(session.document()));
            }
            Err(error) => return Outcome::Failed(error.to_string()),
        }
    }
    let title = match paths {
        [one] => name_of(one),
        several => format!("{} 个文件", several.len()),
    };
    let theirs = match &*documents {
        [one] => Arc::clone(one),
        several => {
            let joined = join(several, &mut &**environment);
            let clashes = joined.clashes.iter();
            let clashes: usize = clashes.map(|merge| merge.conflicts().count()).sum();
            if clashes > 0 {
                notes.push(format!(
                    "选中的文件之间有 {clashes} 处不一致，按排在前面的文件；要逐处决定，请一次合并一个文件。"
                ));
            }
            Arc::new(joined.document)
        }
    };
    // Files that come from different states have no state in common.
    let base = bases.first().cloned().flatten();
    let base = base.filter(|base| bases.iter().all(|other| other.as_ref() == Some(base)));
    let base = base.map(Arc::new);
    let merge = Merge::new(base.clone(), Arc::clone(ours), Arc::clone(&theirs));
    let offer = MergeOffer {
        title,
        base,
        theirs,
        also: Vec::new(),
    };
    Outcome::Joined(offer, merge, notes)
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    one_line(&name)
}

/// Splitting.
impl App {
    pub(super) fn ask_to_split(&mut self) {
        self.dialogs.push(Box::new(SplitDialog::default()));
    }

    /// Writes a file for each project into a folder.
    pub(super) fn split_into(&mut self, folder: PathBuf) {
        let Some(desk) = &self.desk else { return };
        let order: Result<SplitOrder, String> =
            desk.session.split_order(&folder, &self.merging.pattern);
        let order = match order {
            Ok(order) => order,
            Err(why) => return self.tell("没有拆分", why),
        };
        let environment = Arc::clone(&self.environment);
        self.start(JobKind::Merge, "split", Wanted::Always, move || {
            let end = order.run(&environment);
            JobResult::Merged(Box::new(Outcome::Split(end)))
        });
    }

    fn split_made(&mut self, end: SplitEnd) {
        let count = end.written.len();
        if let Some(folder) = end.written.first().and_then(|path| path.parent()) {
            let said = format!("已拆分为 {count} 个文件：{}", shown(folder));
            self.views.toasts.written(said, folder.to_path_buf());
        }
        if !end.problems.is_empty() {
            self.tell("有文件没有写入", end.problems.join("\n"));
        }
    }
}
