//! 表样 in the window: made from an office's own form, kept, taken over, handed out, removed, put into the document.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    action::Action,
    app::{App, JobKind, JobResult},
    dialogs::{
        edition_editor::EditionEditor,
        editions::{known::Known, remove::RemoveEdition},
    },
    files::{Export, Purpose},
};
use crate::{
    edit::{command::EditCommand, edition::keeps_all},
    model::edition::Edition,
    session::{
        form_edition::{self, FromForm},
        jobs::Wanted,
        own_editions::text_of,
        print::files::file_name,
        progress::Progress,
    },
    store::editions::{EditionShelf, Origin, Shelved},
};

/// What dialogs ask for.
#[derive(Debug, Clone)]
pub enum EditionAction {
    /// Ask for an office's form to make an edition of.
    ChooseForm,
    /// Make an edition of this file.
    ReadForm(PathBuf),
    /// Forget the edition that was made, or give up making one.
    ForgetForm,
    /// Keep an edition among the user's own, in the place of one with the same id.
    Keep {
        /// The edition.
        edition: Arc<Edition>,
        /// The hash that it had before: projects of the open document that are on it follow, where nothing is lost.
        before: Option<Arc<str>>,
    },
    /// Ask for an edition's file to take over.
    ChooseFile,
    /// Ask where to write an edition's file.
    HandOut(Arc<Edition>),
    /// Remove one of the user's own; what is to be done first is asked.
    Remove(Shelved),
    /// Remove it, after the person has agreed; `true` to put it into the document before.
    RemoveNow(Shelved, bool),
    /// Put an edition into the document.
    Embed(Arc<Edition>),
}

/// An edition that is being made of a form.
#[derive(Default)]
pub enum FormReading {
    /// None was asked for.
    #[default]
    Nothing,
    /// A file is being read; its name.
    Reading(Arc<Progress>, String),
    /// It is made, with its content hash; of this file.
    Made(Box<FromForm>, Shelved, String),
    /// It was not made, and why.
    Failed(String),
}

/// What a job made.
pub struct Outcome {
    of: Arc<Progress>,
    name: String,
    made: Result<FromForm, String>,
}

impl FormReading {
    /// The edition that was made.
    pub fn made(&self) -> Option<&Shelved> {
        match self {
            Self::Made(_, shelved, _) => Some(shelved),
            _ => None,
        }
    }

    /// Nothing comes of the job.
    pub(super) fn give_up(&mut self, kind: JobKind) {
        if kind == JobKind::Form {
            *self = Self::Nothing;
        }
    }
}

impl App {
    pub(super) fn perform_edition(&mut self, action: EditionAction) {
        match action {
            EditionAction::ChooseForm => self.ask_where(Purpose::Form, ""),
            EditionAction::ReadForm(path) => self.read_form(path),
            EditionAction::ForgetForm => {
                if let FormReading::Reading(progress, _) = &self.form {
                    progress.stop();
                }
                self.form = FormReading::Nothing;
            }
            EditionAction::Keep { edition, before } => self.keep_edition(&edition, before),
            EditionAction::ChooseFile => self.ask_where(Purpose::Edition, ""),
            EditionAction::HandOut(edition) => self.hand_edition_out(&edition),
            EditionAction::Remove(known) => self.ask_to_remove_edition(known),
            EditionAction::RemoveNow(known, embeds) => self.remove_edition(&known, embeds),
            EditionAction::Embed(edition) => {
                let said = format!("表样“{}”随文件保存", edition.name);
                let command = EditCommand::EmbedEdition { edition };
                self.send.send(Action::EditAndSay(command, said));
            }
        }
    }

    /// Makes an edition of a form in the background.
    pub(super) fn read_form(&mut self, path: PathBuf) {
        let progress = Arc::new(Progress::default());
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        self.form = FormReading::Reading(Arc::clone(&progress), name.clone());
        let environment = Arc::clone(&self.environment);
        let shelf = EditionShelf::clone(&environment.editions());
        self.start(JobKind::Form, "form", Wanted::Always, move || {
            let made = form_edition::edition_of(&environment, &shelf, &path, &progress);
            JobResult::Form(Box::new(Outcome {
                of: progress,
                name,
                made,
            }))
        });
    }

    /// Shows what was made, unless the person has given it up.
    pub(super) fn form_read(&mut self, outcome: Outcome) {
        let is_wanted = match &self.form {
            FormReading::Reading(progress, _) => Arc::ptr_eq(progress, &outcome.of),
            _ => false,
        };
        if !is_wanted {
            return;
        }
        self.form = match outcome.made {
            Ok(made) => {
                let shelved = Shelved::new(Arc::clone(&made.edition), Origin::User);
                FormReading::Made(Box::new(made), shelved, outcome.name)
            }
            Err(why) => FormReading::Failed(why),
        };
    }

    /// Keeps an edition. What is wrong is told, and everything is as before.
    fn keep_edition(&mut self, edition: &Arc<Edition>, before: Option<Arc<str>>) {
        if let Err(problem) = self.environment.put_edition(edition) {
            return self.tell("没有保存", problem);
        }
        if self
            .form
            .made()
            .is_some_and(|made| made.edition.id == edition.id)
        {
            self.form = FormReading::Nothing;
        }
        let followed = self.renew_editions(edition, before.as_deref());
        let said = match followed {
            0 => format!("已保存表样“{}”", edition.name),
            count => format!(
                "已保存表样“{}”，本文件的 {count} 个项目按新的内容",
                edition.name
            ),
        };
        match self.desk.as_ref().filter(|_| followed > 0) {
            Some(desk) => {
                let state = desk.session.history().state();
                self.views.toasts.undoable(said, state);
            }
            None => self.views.toasts.done(said),
        }
    }

    /// Has the open document see the user's own editions as they are now; projects that were on an earlier state of this one
    /// follow, where everything of them has its place. Returns how many did.
    fn renew_editions(&mut self, edition: &Arc<Edition>, before: Option<&str>) -> usize {
        let embeds = self.settings.embed_editions;
        let Some(desk) = &mut self.desk else { return 0 };
        let earlier = before.and_then(|before| {
            let mut known = desk.session.editions().shelf().list().iter();
            known
                .find(|known| known.edition.id == edition.id && *known.hash == *before)
                .cloned()
        });
        desk.session.renew_editions();
        let now = edition.reference();
        let Some(earlier) = earlier
            .filter(|earlier| *earlier.hash != *now.hash && keeps_all(&earlier.edition, edition))
        else {
            return 0;
        };
        let document = Arc::clone(desk.session.document());
        let is_on = |own: &crate::model::project::EditionRef| {
            own.id == now.id && *own.hash == *earlier.hash
        };
        let projects = document
            .projects
            .iter()
            .filter(|project| is_on(&project.edition));
        let mut commands: Vec<EditCommand> = projects
            .map(|project| EditCommand::SetEdition {
                project: project.id,
                edition: now.clone(),
            })
            .collect();
        let count = commands.len();
        if count == 0 {
            return 0;
        }
        if embeds {
            commands.push(EditCommand::EmbedEdition {
                edition: Arc::clone(edition),
            });
        }
        let label = "更新表样".into();
        match desk.session.edit(&EditCommand::Many { label, commands }) {
            Ok(_) => count,
            Err(refusal) => {
                self.views.toasts.refused(&refusal);
                0
            }
        }
    }

    /// Takes an edition over from a file. One of the user's own with the same id and another content is asked about.
    pub(super) fn take_edition_over(&mut self, path: &Path) {
        let edition = match self.environment.read_edition(path) {
            Ok(edition) => Arc::new(edition),
            Err(problem) => return self.tell("没有导入", problem),
        };
        let shelf = self.environment.editions();
        let hash = edition.hash();
        let same = |known: &&Shelved| *known.hash == *hash;
        if let Some(known) = shelf.list().iter().find(same) {
            let said = format!(
                "这份表样已经有了（{}）：{}",
                known.origin, known.edition.name
            );
            return self.views.toasts.say(said);
        }
        match shelf.user(&edition.id) {
            Some(own) => self
                .dialogs
                .push(Box::new(Known::new(edition, own.clone()))),
            None => self.keep_edition(&edition, None),
        }
    }

    fn hand_edition_out(&mut self, edition: &Edition) {
        let export = Export {
            bytes: Arc::from(text_of(edition).into_bytes()),
            title: "导出表样",
            filter: ("表样", &["json"]),
        };
        let name = format!("{}.json", file_name(&edition.name));
        self.ask_where(Purpose::Export(export), &name);
    }

    fn ask_to_remove_edition(&mut self, known: Shelved) {
        let used = self.desk.as_ref().map_or(0, |desk| {
            let wanting = desk.session.editions().to_embed(desk.session.document());
            let is_wanting = wanting
                .iter()
                .any(|edition| Arc::ptr_eq(edition, &known.edition));
            let editions = desk.session.editions();
            match is_wanting {
                true => editions.projects_on(&known, desk.session.document()),
                false => 0,
            }
        });
        self.dialogs.push(Box::new(RemoveEdition::new(known, used)));
    }

    fn remove_edition(&mut self, known: &Shelved, embeds: bool) {
        if embeds && let Some(desk) = &mut self.desk {
            let command = EditCommand::EmbedEdition {
                edition: Arc::clone(&known.edition),
            };
            if let Err(refusal) = desk.session.edit(&command) {
                return self.views.toasts.refused(&refusal);
            }
        }
        if let Err(problem) = self.environment.remove_edition(&known.edition.id) {
            return self.tell("没有删除", problem);
        }
        if let Some(desk) = &mut self.desk {
            desk.session.renew_editions();
        }
        let said = format!("已删除表样“{}”", known.edition.name);
        self.views.toasts.done(said);
    }

    /// Has the user's own editions that are used travel with the document, unless the settings say otherwise.
    pub(super) fn embed_editions(&mut self) {
        if !self.settings.embed_editions {
            return;
        }
        if let Some(desk) = &mut self.desk
            && let Err(refusal) = desk.session.embed_editions()
        {
            self.views.toasts.refused(&refusal);
        }
    }

    /// Opens the editor on an edition.
    pub fn edit_edition(&mut self, edition: Arc<Edition>) {
        self.dialogs.push(Box::new(EditionEditor::new(edition)));
    }
}
