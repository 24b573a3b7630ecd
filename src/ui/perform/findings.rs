//! What commands about findings do, and the name under explanations.

use egui::Context;

use crate::{
    model::{id::Id, project::Project},
    ui::{
        action::Action,
        app::App,
        dialogs::{Dialog, name::NameDialog},
        frame::{
            panels::Side,
            sidebar::{Step, report},
        },
    },
};

impl App {
    /// Goes to the next or the previous finding of the sidebar's list. Where the sidebar is hidden, says what it is.
    pub(super) fn step_finding(&mut self, step: Step) {
        let Some(desk) = &self.desk else { return };
        let sidebar = &mut self.views.sidebar;
        let Some(found) = sidebar.step(desk, &self.settings, &self.position, step) else {
            return self.say_nothing_is_listed();
        };
        let panels = &self.views.panels;
        if !panels.is_in_sight(Side::Right) || panels.has_guest() {
            self.views.toasts.say(found.message);
        }
        self.position.go_to(found.at);
    }

    /// Puts the sidebar's list on the clipboard, as Excel takes it.
    pub(super) fn copy_findings(&mut self, ctx: &Context) {
        let Some(rows) = self.listed_findings() else {
            return;
        };
        ctx.copy_text(report::tab_separated(&rows));
        let count = rows.len();
        self.views
            .toasts
            .done(format!("已复制 {count} 个问题，可以粘贴到 Excel"));
    }

    /// Writes the sidebar's list as a table that Excel opens.
    pub(super) fn export_findings(&mut self) {
        let Some(rows) = self.listed_findings() else {
            return;
        };
        let name = match &self.desk {
            Some(desk) => desk.file_name(),
            None => return,
        };
        let stem = name.strip_suffix(".jiping").unwrap_or(&name);
        let name = format!("{stem} 问题清单.csv");
        self.send
            .send(Action::Export(name, report::comma_separated(&rows)));
    }

    /// The rows of the sidebar's list; says so where there are none.
    fn listed_findings(&mut self) -> Option<Vec<report::Line>> {
        let desk = self.desk.as_ref()?;
        let sidebar = &mut self.views.sidebar;
        let lines = sidebar.lines(desk, &self.settings, &self.position);
        if lines.is_empty() {
            self.say_nothing_is_listed();
            return None;
        }
        Some(lines)
    }

    fn say_nothing_is_listed(&mut self) {
        let words = if self.views.sidebar.is_narrowed() {
            "筛选后没有问题。请在校验栏中清除筛选。"
        } else {
            "没有发现问题"
        };
        let off = self
            .desk
            .as_ref()
            .map_or(0, |desk| desk.facts.verdict.disabled);
        let words = match off {
            0 => words.to_owned(),
            count => format!("{words}（已停用 {count} 条规则）"),
        };
        self.views.toasts.say(words);
    }

    /// Makes the changes that findings of a rule offer.
    pub(super) fn fix_rule(&mut self, code: &str, project: Option<Id<Project>>) {
        let Some(desk) = &mut self.desk else { return };
        match desk.session.apply_fixes(code, project) {
            Ok(0) => {}
            Ok(count) => {
                let state = desk.session.history().state();
                let said = format!("已修正 {count} 处");
                self.views.toasts.undoable(said, state);
            }
            Err(refusal) => self.views.toasts.refused(&refusal),
        }
    }
}

/// The name.
impl App {
    /// Shows a dialog that needs the name, after asking for the name where it is not known.
    pub(in crate::ui) fn ask_with_name(&mut self, dialog: Box<dyn Dialog>) {
        let is_known = |name: &String| !name.trim().is_empty();
        let dialog = if self.settings.user.as_ref().is_some_and(is_known) {
            dialog
        } else {
            Box::new(NameDialog::before(self.environment.user(), dialog))
        };
        self.dialogs.push(dialog);
    }

    /// Asks for another name.
    pub(super) fn change_name(&mut self) {
        let name = self.settings.user.as_deref();
        let name = name.unwrap_or(self.environment.user());
        self.dialogs.push(Box::new(NameDialog::change(name)));
    }
}
