//! Copying a project to the next year.

use crate::{
    edit::next_year::next_year,
    ui::{app::App, desk::Page},
};

impl App {
    /// Puts the next year's form beneath the shown one, and shows what is to be looked at in it.
    pub(in crate::ui) fn copy_to_next_year(&mut self) {
        let Some((desk, index)) = self.desk.as_ref().zip(self.project_index()) else {
            return;
        };
        let Some(project) = desk.project(self.position.project) else {
            return;
        };
        let edition = desk.session.editions().of(project);
        let author = self.settings.user.as_deref();
        let author = author.unwrap_or_else(|| self.environment.user());
        let time = self.environment.time_in_words();
        let copy = next_year(
            project,
            edition.as_deref(),
            author,
            &time,
            &mut &*self.environment,
        );
        let to = match copy.year() {
            Some(year) => format!("{year} 年"),
            None => "下一年度".to_owned(),
        };
        let notes = copy.notes.len();
        self.insert_project(copy, index + 1);
        if notes > 0 {
            self.position.page = Page::Notes;
        }
        self.views.toasts.done(match notes {
            0 => format!("已复制到 {to}"),
            notes => format!("已复制到 {to}，{notes} 处旧年份待核对"),
        });
    }
}
