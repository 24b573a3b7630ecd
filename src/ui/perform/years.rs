//! Last year's form beside this year's, and the list of stages and deadlines.

use std::{path::PathBuf, sync::Arc};

use crate::{
    edit::command::EditCommand,
    model::{id::Id, last_year::LastYear, project::Project},
    session::{import::is_office_file, session::Session},
    summary::{overview::Overview, progress, workbook},
    ui::{
        app::App,
        dialogs::years::{YearsDialog, choose::ChooseLastYear},
        files::{Export, Purpose},
    },
};

impl App {
    /// Shows the form beside that of the year before.
    pub(in crate::ui) fn compare_years(&mut self) {
        let project = self.position.project;
        self.dialogs.push(Box::new(YearsDialog::new(project)));
    }

    /// Takes the form of the year before out of a file: of a document of this program at once, of others by an import.
    pub(in crate::ui) fn take_last_year_from(&mut self, path: PathBuf, id: Id<Project>) {
        if is_office_file(&path) {
            return self.import_last_year(path, id);
        }
        let session = match Session::open(Arc::clone(&self.environment), &path) {
            Ok(session) => session,
            Err(error) => return self.tell("没有读取", error.to_string()),
        };
        let Some(project) = self.desk.as_ref().and_then(|desk| desk.project(id)) else {
            return;
        };
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let (is_sure, found) = forms_of_last_year(&session, project, &file);
        match found.as_slice() {
            [] => {
                let text = format!("“{file}”中没有项目，没有登记上年数据。请另选一个文件。");
                self.tell("没有读取", text);
            }
            [only] if is_sure => {
                let said = format!("已登记上年数据：{}（{file}）", only.called());
                let command = EditCommand::SetLastYear {
                    project: id,
                    last: Some(Arc::clone(only)),
                };
                self.edit_and_say(&command, said);
            }
            _ => self.dialogs.push(Box::new(ChooseLastYear::new(id, found))),
        }
    }

    /// Asks where stages and deadlines of all projects are to be written as a workbook.
    pub(in crate::ui) fn ask_where_to_export_progress(&mut self) {
        let Some(desk) = &self.desk else { return };
        let now = self.environment.now();
        let projects = desk.session.document().projects.iter().map(|one| &**one);
        let overview = Overview {
            time: now.datetime(),
            tables: vec![progress::table(projects, now.date())],
            charts: Vec::new(),
            remarks: Vec::new(),
        };
        match workbook::workbook(&overview) {
            Ok(bytes) => {
                let export = Export {
                    bytes: Arc::from(bytes),
                    title: "导出进度一览",
                    filter: ("Excel 文件", &["xlsx"]),
                };
                self.ask_where(Purpose::Export(export), "项目进度一览.xlsx");
            }
            Err(error) => self.tell("没有导出", error.to_string()),
        }
    }
}

/// The forms of a document that may be those of the year before: the only one of the same project, or else all of them. Whether
/// there is no doubt.
fn forms_of_last_year(
    session: &Session,
    project: &Project,
    file: &str,
) -> (bool, Vec<Arc<LastYear>>) {
    let forms = || session.document().projects.iter();
    let year = project.year().and_then(|year| year.checked_sub(1));
    let kinship = project.kinship();
    let is_same = |other: &Project| {
        other.year().is_some()
            && other.year() == year
            && other.kinship().iter().any(|kin| kinship.contains(kin))
    };
    let taken = |form: &Arc<Project>| {
        let edition = session.editions().of(form);
        Arc::new(LastYear::of(form, edition.as_deref(), file))
    };
    let same: Vec<_> = forms().filter(|form| is_same(form)).map(taken).collect();
    match same.len() {
        1 => (true, same),
        _ => (false, forms().map(taken).collect()),
    }
}
