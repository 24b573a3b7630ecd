//! What each action does. Everything that changes the document goes through the session here.

mod findings;
mod help;
mod next_year;
mod pages;
mod years;

use egui::Context;

use super::{
    action::{Action, Next},
    app::{App, ZOOM_STEP},
    command::UiCommand as C,
    desk::Page,
    dialogs::{
        about::AboutDialog, batch_funds::BatchFunds, change_edition::ChangeEdition,
        deadlines::DeadlinesDialog, editions::EditionsDialog, message::Message,
        messages::MessagesDialog, new::NewDialog, palette::PaletteDialog, sendings::SendingsDialog,
        settings::SettingsDialog,
    },
    files::Purpose,
    frame::{panels::Side, sidebar::Step},
    help::{book::Address, keys},
    preferences::Change,
    printing::Target,
};
use crate::{
    edit::{command::EditCommand, refusal::Refusal},
    model::project::{Project, Stage},
    session::session::FixError,
    store::settings::Appearance,
};
use std::sync::Arc;

impl App {
    /// Does one action.
    pub(super) fn perform(&mut self, ctx: &Context, action: Action) {
        if needs_what_is_typed(&action) {
            self.finish_typing();
        }
        match action {
            Action::Do(command) => self.run(ctx, command),
            Action::Edit(command) => self.edit(&command),
            Action::EditAndSay(command, said) => self.edit_and_say(&command, said),
            Action::Type(command, grouping) => {
                let Some(desk) = &mut self.desk else { return };
                if let Err(refusal) = desk.session.type_into(&command, grouping) {
                    self.views.toasts.refused(&refusal);
                }
            }
            Action::GoTo(at) => self.position.go_to(at),
            Action::ShowProject(project) => self.position.show(project),
            Action::ShowPage(page) => self.position.page = page,
            Action::Fix(finding) => {
                let Some(desk) = &mut self.desk else { return };
                match desk.session.apply_fix(&finding) {
                    Ok(_) => {
                        let title = finding.fix.as_ref().map_or("", |fix| &fix.title);
                        let state = desk.session.history().state();
                        let said = format!("已修正：{title}");
                        self.views.toasts.undoable(said, state);
                    }
                    Err(FixError::Refused(refusal)) => self.views.toasts.refused(&refusal),
                    Err(error) => self.views.toasts.warn(error.to_string()),
                }
            }
            Action::FixRule(code, project) => self.fix_rule(code, project),
            Action::Ask(dialog) => self.dialogs.push(dialog),
            Action::WithName(dialog) => self.ask_with_name(dialog),
            Action::Change(change) => self.change_settings(change),
            Action::Edition(action) => self.perform_edition(*action),
            Action::Profile(action) => self.perform_profile(action),
            Action::TurnOffRule(code) => self.turn_off_rule(code),
            Action::LookForFaces => self.look_for_faces(),
            Action::ChooseFolder => self.ask_for_folder(),
            Action::OpenDataFolder => self.open_data_folder(),
            Action::SetUser(name) => self.settings.user = Some(name),
            Action::SetGrouping(grouping) => self.settings.grouping = grouping,
            Action::CreateDocument(form) => self.create_document(&form),
            Action::CreateProject(form) => {
                let project = form.project(&mut &*self.environment);
                self.insert_project(project, usize::MAX);
                self.begin_form();
            }
            Action::DrawEdition(edition) => self.draw_edition(edition),
            Action::OpenFile(path) => self.open_or_ask(path),
            Action::OpenWindow(path) => self.open_in_new_window(&path),
            Action::Leave(next) => self.leave_for(next),
            Action::ForgetRecent(path) => self.settings.forget(&path),
            Action::UsePath(request, path, next) => self.use_path(request, path, next),
            Action::SaveThen(next) => self.save(next),
            Action::SaveAsThen(next) => self.ask_where_to_save(next),
            Action::SaveOver(conflict, next) => self.save_over(&conflict, next),
            Action::Proceed(next) => self.proceed(next),
            Action::Recover(entry) => self.leave_for(Next::Recover(entry)),
            Action::DeclineRecovery(entry) => self.decline_recovery(&entry),
            Action::Undo(steps) => self.undo_steps(steps),
            Action::Redo(steps) => self.redo_steps(steps),
            Action::Copy(text) => ctx.copy_text(text),
            Action::Export(name, text) => self.ask_where_to_export(&name, text),
            Action::Help(at) => self.help(ctx, at),
            Action::EndPointers => self.end_pointers(),
            Action::SaveChart(chart, file) => self.save_chart(&chart, file),
            Action::Say(text) => self.views.toasts.say(text),
            Action::Refuse(refusal) => self.views.toasts.refused(&refusal),
            Action::Print(action) => self.perform_print(action),
            Action::Import(action) => self.perform_import(*action),
            Action::ExportFiles(action) => self.perform_export(*action),
            Action::Fill(action) => self.perform_fill(action),
            Action::SumUp(action) => self.perform_summary(action),
            Action::Library(action) => self.perform_library(*action),
            Action::Outside(action) => self.perform_outside(action),
            Action::Merge(offer) => self.merge(*offer),
            Action::Outgoing(action) => self.perform_outgoing(*action),
            Action::Merging(action) => self.perform_merging(*action),
            Action::Ledger(action) => self.perform_ledger(*action),
            Action::Evidence(action) => self.perform_evidence(*action),
            Action::FillIn(action) => self.perform_filling_in(*action),
            Action::ChooseLastYear(project) => self.ask_where(Purpose::LastYear(project), ""),
            Action::ExportProgress => self.ask_where_to_export_progress(),
            Action::Versions(action) => self.perform_versions(action),
            Action::Compare(action) => self.perform_comparing(action),
            Action::ImportFiles(paths) => self.import_dropped(paths),
        }
    }

    /// Takes what stands in the grid's editor into the document, so that what follows sees it.
    pub(super) fn finish_typing(&mut self) {
        if let Some(draft) = self.views.grid.take_draft() {
            self.edit(&draft);
            self.refresh();
        }
    }

    /// Whether a command can be called now.
    pub fn is_enabled(&self, command: C) -> bool {
        use super::frame::availability;
        availability::is_enabled(command, self.desk.as_ref(), &self.position)
    }

    fn run(&mut self, ctx: &Context, command: C) {
        if !self.is_enabled(command) {
            return;
        }
        match command {
            C::New => self.leave_for(Next::New),
            C::Open => self.ask_to_open(),
            C::Import => self.ask_what_to_import(),
            C::OpenSample => self.leave_for(Next::Sample),
            C::Recover => self.show_recoveries(),
            C::Save => self.save(None),
            C::SaveAs => self.ask_where_to_save(None),
            C::SaveCopy => self.ask_where_to_copy(),
            C::Versions => self.show_versions(),
            C::Print => self.ask_to_print(ctx),
            C::ExportFiles => self.ask_what_to_export(),
            C::FillTemplate => self.ask_what_to_fill(),
            C::SumUp => self.ask_what_to_sum_up(),
            C::ExportPdf => self.ask_where_to_print(Purpose::ExportPdf, "pdf"),
            C::ExportPictures => self.ask_where_to_print(Purpose::ExportPictures, "png"),
            C::OpenPdf => self.print_to(Target::View),
            C::Transcribe => self.open_transcribing(ctx),
            C::Settings => self.dialogs.push(Box::new(SettingsDialog::default())),
            C::CloseDocument => self.leave_for(Next::Close),
            C::Quit => self.leave_for(Next::Quit),
            C::Undo => self.undo(),
            C::Redo => self.redo(),
            C::NextPane => self.go_to_next_pane(ctx),
            C::MenuBar => self.views.menus.call(ctx),
            C::ToggleProjects => self.views.panels.toggle(Side::Left, &mut self.settings),
            C::ToggleFindings => self.toggle_findings(ctx),
            C::ZoomIn => self.zoom_by(ZOOM_STEP),
            C::ZoomOut => self.zoom_by(-ZOOM_STEP),
            C::ZoomReset => self.settings.zoom = 100,
            C::AppearanceSystem => self.settings.appearance = Appearance::System,
            C::AppearanceLight => self.settings.appearance = Appearance::Light,
            C::AppearanceDark => self.settings.appearance = Appearance::Dark,
            C::ShowPage(page) => self.show_page(ctx, page),
            C::NextFinding => self.step_finding(Step::Next),
            C::PreviousFinding => self.step_finding(Step::Previous),
            C::CopyFindings => self.copy_findings(ctx),
            C::ExportFindings => self.export_findings(),
            C::ChangeName => self.change_name(),
            C::DeleteProject => self.delete_project(),
            C::DuplicateProject => self.duplicate_project(),
            C::NextYearProject => self.copy_to_next_year(),
            C::CompareYears => self.compare_years(),
            C::Compare => self.compare_files(),
            C::Progress => self.dialogs.push(Box::new(DeadlinesDialog::default())),
            C::ChangeEdition => self.change_edition(),
            C::MergeFile => self.ask_what_to_merge(),
            C::Split => self.ask_to_split(),
            C::HandOut => self.ask_to_hand_out(Vec::new()),
            C::Collect => self.ask_to_collect(),
            C::Sendings => self.dialogs.push(Box::new(SendingsDialog::default())),
            C::Join => self.ask_where(Purpose::Join, ""),
            C::AddProject => self.dialogs.push(Box::new(NewDialog::project())),
            C::Palette => self.dialogs.push(Box::new(PaletteDialog::default())),
            C::Help => self.toggle_help(ctx),
            C::Keys => self.help_with_focus(ctx, Address::topic(keys::NAME)),
            C::Messages => {
                let messages = self.views.toasts.texts().map(str::to_owned).collect();
                self.dialogs.push(Box::new(MessagesDialog::new(messages)));
            }
            C::About => self.dialogs.push(Box::new(AboutDialog)),
            C::MoveProjectUp => self.move_project(-1),
            C::MoveProjectDown => self.move_project(1),
            C::PreviousProject => self.step_project(-1),
            C::NextProject => self.step_project(1),
            C::Editions => self.dialogs.push(Box::new(EditionsDialog::default())),
            C::BatchFunds => self.dialogs.push(Box::new(BatchFunds::default())),
            C::InsertRow
            | C::RemoveRows
            | C::MoveRowUp
            | C::MoveRowDown
            | C::UseComputed
            | C::UseAllComputed => self.views.grid.ask(command),
            C::Library => self.show_library(),
            C::ApproveTargets => self.ask_to_approve(),
            C::RecordAdjustment => self.ask_for_adjustment(),
            C::BudgetAdjustments => self.show_budget_adjustments(),
            C::Ledger => self.show_ledger(),
            C::Evidence => self.show_evidence(),
            C::MissingIndicators => self.show_missing_indicators(),
            C::ExplainScore => self.explain_score(),
            C::Pack => self.ask_for_parcel(),
            C::Publish => self.ask_to_publish(),
            C::Anonymise => self.ask_to_anonymise(),
            C::Withhold => self.ask_to_withhold(),
            C::SplitGroup => self.show_splits(),
            C::WriteDeviation => self.write_deviation(),
            C::AddNote => self.ask_for_note(),
            C::NextNote => self.step_note(Step::Next),
            C::PreviousNote => self.step_note(Step::Previous),
            C::ReviewMode => self.toggle_review(),
            C::SendForReview => self.ask_to_move_on(Stage::Submitted),
            C::ReturnForm => self.ask_to_move_on(Stage::Returned),
            C::CloseForm => self.ask_to_move_on(Stage::Final),
            C::ReopenForm => self.ask_to_move_on(Stage::SelfEvaluation),
            C::StageRecords => self.show_stage_records(),
            C::VerifyCode => self.verify_code(),
            C::History => self.show_history(),
            C::Find => self.views.find.open(false),
            C::Replace => self.views.find.open(true),
        }
    }

    /// Changes the document and says why where it is refused.
    pub(super) fn edit(&mut self, command: &EditCommand) {
        let Some(desk) = &mut self.desk else { return };
        if let Err(refusal) = desk.session.edit(command) {
            self.views.toasts.refused(&refusal);
        }
    }

    /// Changes the document and says so with the way back.
    pub(super) fn edit_and_say(&mut self, command: &EditCommand, said: String) {
        let Some(desk) = &mut self.desk else { return };
        match desk.session.edit(command) {
            Ok(true) => {
                let state = desk.session.history().state();
                self.views.toasts.undoable(said, state);
            }
            Ok(false) => {}
            Err(refusal) => self.views.toasts.refused(&refusal),
        }
    }

    fn undo(&mut self) {
        let Some(desk) = &mut self.desk else { return };
        match desk.session.undo() {
            Some(label) => self.views.toasts.say(format!("已撤销：{label}")),
            None => self.tell_why_not_undone(),
        }
    }

    fn redo(&mut self) {
        let Some(desk) = &mut self.desk else { return };
        match desk.session.redo() {
            Some(label) => self.views.toasts.say(format!("已重做：{label}")),
            None => self.tell_why_not_undone(),
        }
    }

    /// A step that changed a form stays while the form is being reviewed.
    fn tell_why_not_undone(&mut self) {
        let desk = self.desk.as_ref();
        if desk.is_some_and(|desk| desk.session.is_reviewing()) {
            self.views.toasts.refused(&Refusal::Reviewing);
        }
    }

    fn undo_steps(&mut self, steps: usize) {
        let Some(desk) = &mut self.desk else { return };
        let undone = (0..steps).map_while(|_| desk.session.undo()).count();
        self.views.toasts.say(format!("已撤销 {undone} 步"));
    }

    fn redo_steps(&mut self, steps: usize) {
        let Some(desk) = &mut self.desk else { return };
        let redone = (0..steps).map_while(|_| desk.session.redo()).count();
        self.views.toasts.say(format!("已重做 {redone} 步"));
    }

    pub(super) fn zoom_by(&mut self, percent: i32) {
        let zoom = i32::from(self.settings.zoom).saturating_add(percent);
        self.change_settings(Change::Zoom(u16::try_from(zoom).unwrap_or_default()));
    }

    /// Tells something that must not be overlooked.
    pub(super) fn tell(&mut self, title: &str, text: String) {
        self.dialogs.push(Box::new(Message::new(title, text)));
    }
}

/// Projects.
impl App {
    pub(super) fn project_index(&self) -> Option<usize> {
        let desk = self.desk.as_ref()?;
        let projects = &desk.session.document().projects;
        projects.position(|project| project.id == self.position.project)
    }

    pub(super) fn insert_project(&mut self, project: Project, index: usize) {
        let id = project.id;
        self.edit(&EditCommand::InsertProject {
            index,
            project: Arc::new(project),
        });
        self.position.show(id);
    }

    fn change_edition(&mut self) {
        if self.project_index().is_some() {
            let dialog = ChangeEdition::new(self.position.project);
            self.dialogs.push(Box::new(dialog));
        }
    }

    fn duplicate_project(&mut self) {
        let Some((desk, index)) = self.desk.as_ref().zip(self.project_index()) else {
            return;
        };
        if let Some(project) = desk.project(self.position.project) {
            let copy = project.duplicate(&mut &*self.environment);
            self.insert_project(copy, index + 1);
        }
    }

    fn delete_project(&mut self) {
        let name = self
            .desk
            .as_ref()
            .and_then(|desk| desk.project(self.position.project))
            .map(|project| project.name().to_owned())
            .unwrap_or_default();
        let project = self.position.project;
        let command = EditCommand::RemoveProject { project };
        let said = match name.trim() {
            "" => "已删除项目（未填写项目名称）".to_owned(),
            name => format!("已删除项目“{name}”"),
        };
        self.edit_and_say(&command, said);
    }

    fn move_project(&mut self, by: isize) {
        let Some(index) = self.project_index() else {
            return;
        };
        self.edit(&EditCommand::MoveProject {
            project: self.position.project,
            index: index.saturating_add_signed(by),
        });
    }

    fn step_project(&mut self, by: isize) {
        let Some(desk) = &self.desk else { return };
        let projects = &desk.session.document().projects;
        let next = self
            .project_index()
            .and_then(|index| index.checked_add_signed(by))
            .and_then(|index| projects.get(index));
        if let Some(project) = next {
            let page: Page = self.position.page;
            self.position.show(project.id);
            self.position.page = page;
        }
    }
}

/// Whether an action reads, saves, replaces or leaves what is being typed in the grid. Those that only change how the window
/// looks, and those by which the grid itself passes on what was typed, do not.
fn needs_what_is_typed(action: &Action) -> bool {
    match action {
        Action::Do(command) => !matches!(
            command,
            C::ZoomIn
                | C::ZoomOut
                | C::ZoomReset
                | C::MenuBar
                | C::ToggleProjects
                | C::ToggleFindings
                | C::AppearanceSystem
                | C::AppearanceLight
                | C::AppearanceDark
        ),
        Action::Edit(_)
        | Action::EditAndSay(..)
        | Action::Type(..)
        | Action::Change(_)
        | Action::Edition(_)
        | Action::Profile(_)
        | Action::TurnOffRule(_)
        | Action::LookForFaces
        | Action::OpenDataFolder
        | Action::SetGrouping(_)
        | Action::DrawEdition(_)
        | Action::ForgetRecent(_)
        | Action::SetUser(_)
        | Action::Copy(_)
        | Action::Help(_)
        | Action::EndPointers
        | Action::SaveChart(..)
        | Action::Refuse(_)
        | Action::Say(_) => false,
        Action::Print(action) => action.reads_document(),
        _ => true,
    }
}
