//! Reviewing in the window: 审阅模式, from note to note, and a form's way from hand to hand.

use super::{
    app::App,
    desk::Page,
    dialogs::stage::{StageDialog, is_offered, records::RecordsDialog, verify::VerifyDialog},
    frame::sidebar::Step,
};
use crate::model::{
    id::Id,
    path::{CellPath, Place},
    project::{Note, Stage},
};

/// An open note on the way from note to note.
struct Stop {
    note: Id<Note>,
    at: CellPath,
    /// Whether the cell is still there; else the note stands on the page of notes alone.
    is_there: bool,
    told: String,
}

impl App {
    /// Begins or ends 审阅模式.
    pub(super) fn toggle_review(&mut self) {
        let Some(desk) = &mut self.desk else { return };
        let begins = !desk.session.is_reviewing();
        desk.session.set_reviewing(begins);
        self.views.toasts.say(
            match begins {
                true => "已进入审阅模式：表中内容锁定，可以写审核意见、填复核底稿",
                false => "已结束审阅，可以修改表中内容",
            }
            .to_owned(),
        );
    }

    /// Goes to the next or the previous open note of the document, round at its end.
    pub(super) fn step_note(&mut self, step: Step) {
        let stops = self.stops();
        let current = self.views.pages.notes.current();
        let at = stops.iter().position(|stop| Some(stop.note) == current);
        let count = stops.len();
        let in_project = stops
            .iter()
            .position(|stop| stop.at.project == self.position.project);
        let next = match (step, at) {
            (Step::Next, Some(at)) => at + 1,
            (Step::Previous, Some(at)) => at + count - 1,
            (_, None) => in_project.unwrap_or_default(),
        };
        let next = next.checked_rem(count);
        let Some((next, stop)) = next.and_then(|next| Some((next, stops.get(next)?))) else {
            let said = "没有未处理的审核意见".to_owned();
            return self.views.toasts.say(said);
        };
        self.views.pages.notes.go_to(stop.note);
        if self.position.page == Page::Notes || !stop.is_there {
            self.position.show(stop.at.project);
            self.position.page = Page::Notes;
        } else {
            self.position.go_to(stop.at.clone());
        }
        let said = format!("意见 {}/{count}　{}", next + 1, stop.told);
        self.views.toasts.say(said);
    }

    fn stops(&self) -> Vec<Stop> {
        let Some(desk) = &self.desk else {
            return Vec::new();
        };
        let projects = desk.session.document().projects.iter();
        let stops = projects.flat_map(|project| {
            let open = project.notes.iter().filter(|note| !note.resolved);
            open.map(|note| Stop {
                note: note.id,
                at: note.at.clone(),
                is_there: note.at.place != Place::Whole
                    && project.cell_text(&note.at.place).is_some(),
                told: format!("{}（{}）：{}", note.kind, note.signed(), &*note.text),
            })
        });
        stops.collect()
    }

    /// Asks whether projects are to move on to this stage; the shown one is chosen first.
    pub(super) fn ask_to_move_on(&mut self, to: Stage) {
        let Some(desk) = &self.desk else { return };
        let shown = self.position.project;
        let is_shown_possible = desk
            .project(shown)
            .is_some_and(|project| is_offered(project.stage, to));
        let dialog = StageDialog::new(
            desk,
            to,
            |project| is_offered(project.stage, to),
            |project| !is_shown_possible || project.id == shown,
        );
        self.ask_with_name(Box::new(dialog));
    }

    /// Shows the steps of the shown project.
    pub(super) fn show_stage_records(&mut self) {
        let desk = self.desk.as_ref();
        let project = desk.and_then(|desk| desk.project(self.position.project));
        if let Some(project) = project {
            let dialog = RecordsDialog::new(project);
            self.dialogs.push(Box::new(dialog));
        }
    }

    /// Asks for a 内容校验码.
    pub(super) fn verify_code(&mut self) {
        if let Some(desk) = &self.desk {
            let dialog = VerifyDialog::new(desk.session.document());
            self.dialogs.push(Box::new(dialog));
        }
    }
}
