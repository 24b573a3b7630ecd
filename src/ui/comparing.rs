//! 与其他文件比较 in the window: the open document beside another state of it, and what is made of the comparison.

use std::{path::PathBuf, sync::Arc};

use super::{
    app::{App, JobKind, JobResult},
    dialogs::compare::CompareDialog,
    files::{Export, Purpose},
};
use crate::{
    session::{
        comparing::{Compared, NamedState},
        jobs::Wanted,
        print::files::plain_name,
    },
    sheet::layout::Typesetter,
    versions::compare::Line,
};

/// What is asked for.
#[derive(Debug, Clone)]
pub enum CompareAction {
    /// Ask for another file to compare with.
    ChooseFile,
    /// Compare the open document, as the newer state, with this one.
    With(Box<NamedState>),
    /// Take the newer state as the older one.
    Swap,
    /// Save these changes as a file; asks where once it is made.
    Save(SavedAs, Vec<usize>),
}

/// What changes are saved as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SavedAs {
    /// 改动清单 as .xlsx
    Workbook,
    /// 改动清单 as .csv
    Csv,
    /// 对照审阅稿 as .pdf
    MarkedCopy,
}

impl SavedAs {
    /// Its file, once it is made.
    fn export(self, bytes: Vec<u8>) -> Export {
        let (title, filter): (_, (&'static str, &'static [&'static str])) = match self {
            Self::Workbook => ("导出改动清单", ("Excel 文件", &["xlsx"])),
            Self::Csv => ("导出改动清单", ("CSV 文件", &["csv"])),
            Self::MarkedCopy => ("导出对照审阅稿", ("PDF 文件", &["pdf"])),
        };
        Export {
            bytes: Arc::from(bytes),
            title,
            filter,
        }
    }

    fn file_name(self, compared: &Compared) -> String {
        let name = plain_name(compared.newer.name.trim_end_matches(".jiping"));
        match self {
            Self::Workbook => format!("{name} 改动清单.xlsx"),
            Self::Csv => format!("{name} 改动清单.csv"),
            Self::MarkedCopy => format!("{name} 对照审阅稿.pdf"),
        }
    }
}

/// Where the comparison stands.
#[derive(Default)]
pub struct Comparing {
    /// The latest one that was made.
    compared: Option<Arc<Compared>>,
    is_busy: bool,
}

/// What a job came to.
pub enum Outcome {
    /// Two states were compared, or why not.
    Compared(Result<Arc<Compared>, String>),
    /// A file was made, or why not.
    Made(SavedAs, String, Result<Vec<u8>, String>),
}

impl Comparing {
    /// What was compared last.
    pub fn compared(&self) -> Option<&Arc<Compared>> {
        self.compared.as_ref()
    }

    /// Whether something is being read, compared or made.
    pub fn is_busy(&self) -> bool {
        self.is_busy
    }

    /// A job of this kind came to no end.
    pub(super) fn give_up(&mut self, kind: JobKind) {
        if kind == JobKind::Compare {
            self.is_busy = false;
        }
    }
}

impl App {
    /// Shows the latest comparison of the open document, as it is now; where there is none, asks for a file.
    pub(super) fn compare_files(&mut self) {
        let open = self.desk.as_ref().map(|desk| desk.session.document().id);
        let latest = self.comparing.compared.clone();
        let latest = latest.filter(|latest| Some(latest.newer.document.id) == open);
        match latest {
            Some(latest) => self.compare_with(latest.older.clone()),
            None => self.ask_where(Purpose::Compare, ""),
        }
    }

    pub(super) fn perform_comparing(&mut self, action: CompareAction) {
        match action {
            CompareAction::ChooseFile => self.ask_where(Purpose::Compare, ""),
            CompareAction::With(state) => self.compare_with(*state),
            CompareAction::Swap => self.swap_compared(),
            CompareAction::Save(as_what, lines) => self.make_of_comparison(as_what, lines),
        }
    }

    /// Compares the open document with a file that was chosen.
    pub(super) fn compare_with_file(&mut self, path: PathBuf) {
        let environment = Arc::clone(&self.environment);
        let read = move || NamedState::read(&environment, &path).map_err(|error| error.to_string());
        self.start_comparing(read);
    }

    fn compare_with(&mut self, state: NamedState) {
        self.start_comparing(move || Ok(state));
    }

    fn start_comparing(
        &mut self,
        older: impl FnOnce() -> Result<NamedState, String> + Send + 'static,
    ) {
        let Some(desk) = &self.desk else { return };
        let newer = NamedState::of_session(&desk.session);
        self.compare(move || Ok((older()?, newer)));
    }

    fn swap_compared(&mut self) {
        if let Some(compared) = self.comparing.compared.clone() {
            let states = (compared.newer.clone(), compared.older.clone());
            self.compare(move || Ok(states));
        }
    }

    fn compare(
        &mut self,
        states: impl FnOnce() -> Result<(NamedState, NamedState), String> + Send + 'static,
    ) {
        self.comparing.is_busy = true;
        if !self.dialogs.iter().any(|dialog| dialog.is_comparison()) {
            self.dialogs.push(Box::new(CompareDialog::default()));
        }
        let at_hand = self.environment.editions();
        self.start(JobKind::Compare, "compare", Wanted::Always, move || {
            let compared =
                states().map(|(older, newer)| Arc::new(Compared::of(older, newer, &at_hand)));
            JobResult::Compared(Box::new(Outcome::Compared(compared)))
        });
    }

    fn make_of_comparison(&mut self, as_what: SavedAs, chosen: Vec<usize>) {
        let Some(compared) = self.comparing.compared.clone() else {
            return;
        };
        self.comparing.is_busy = true;
        let now = self.environment.now();
        let face = self.settings.face.into();
        let typesetter = Arc::clone(&self.typesetter);
        self.start(JobKind::Compare, "compare", Wanted::Always, move || {
            let lines = || {
                let lines = chosen.iter();
                lines.filter_map(|index| compared.lines.get(*index))
            };
            let lines: Vec<&Line> = lines().collect();
            let lines = lines.iter().copied();
            let made = match as_what {
                SavedAs::Workbook => compared
                    .workbook(lines, &now)
                    .map_err(|error| error.to_string()),
                SavedAs::Csv => Ok(compared.csv(lines)),
                SavedAs::MarkedCopy => compared
                    .pdf(lines, &now, face, typesetter.get_or_init(Typesetter::new))
                    .map_err(|error| error.to_string()),
            };
            let name = as_what.file_name(&compared);
            JobResult::Compared(Box::new(Outcome::Made(as_what, name, made)))
        });
    }

    /// Takes what a job came to.
    pub(super) fn compared(&mut self, outcome: Outcome) {
        self.comparing.is_busy = false;
        match outcome {
            Outcome::Compared(Ok(compared)) => self.comparing.compared = Some(compared),
            Outcome::Compared(Err(why)) => {
                if self.comparing.compared.is_none() {
                    self.dialogs.retain(|dialog| !dialog.is_comparison());
                }
                self.tell("没有比较", why);
            }
            Outcome::Made(as_what, name, Ok(bytes)) => {
                self.ask_where(Purpose::Export(as_what.export(bytes)), &name);
            }
            Outcome::Made(_, _, Err(why)) => self.tell("没有导出", why),
        }
    }
}
