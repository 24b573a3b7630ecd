//! 整改台账: the bureau's comments, what was done about each, and how far it is.

pub mod adding;
pub mod against;
mod details;
mod table;

use egui::{Button, Label, ProgressBar, RichText, Ui, WidgetInfo, vec2};

use super::{Dialog, Outcome, buttons};
use crate::{
    edit::command::EditCommand,
    model::{
        document::Document,
        id::Id,
        ledger::{Rectification, Rectified},
        project::Project,
        review::NoteKind,
    },
    session::listing::ListForm,
    sharing::ledger::{of_notes, sheet},
    ui::{
        action::Action,
        desk::Desk,
        ledger::LedgerAction,
        scene::Scene,
        theme::{self, HIT, Palette, space},
        widgets::{button, choice},
    },
};
use against::AgainstDialog;

/// The dialog.
#[derive(Default)]
pub struct LedgerDialog {
    filter: Filter,
    /// Only entries about this project.
    project: Option<Id<Project>>,
    /// The entry whose fields are shown.
    chosen: Option<Id<Rectification>>,
}

/// Which entries are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Filter {
    #[default]
    All,
    Open,
    Done,
}

impl Filter {
    const ALL: [(Self, &'static str); 3] = [
        (Self::All, "全部"),
        (Self::Open, "未完成"),
        (Self::Done, "已完成"),
    ];

    fn takes(self, entry: &Rectification) -> bool {
        match self {
            Self::All => true,
            Self::Open => !entry.done,
            Self::Done => entry.done,
        }
    }
}

pub(super) fn ask(scene: &mut Scene<'_>, action: LedgerAction) {
    scene.send.send(Action::Ledger(Box::new(action)));
}

impl Dialog for LedgerDialog {
    fn title(&self) -> String {
        "整改台账".into()
    }

    fn width(&self) -> f32 {
        1240.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("ledger")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let Some(desk) = scene.desk else {
            return Outcome::Close;
        };
        let document = desk.session.document();
        self.head(ui, document, scene);
        if document.ledger.is_empty() {
            empty(ui);
            return foot(ui, desk, scene);
        }
        self.filters(ui, document);
        let listed: Vec<&Rectification> = document
            .ledger
            .iter()
            .map(|entry| &**entry)
            .filter(|entry| self.filter.takes(entry))
            .filter(|entry| self.project.is_none_or(|id| entry.project == Some(id)))
            .collect();
        let is_listed = |id| listed.iter().any(|entry| entry.id == id);
        if self.chosen.is_none_or(|id| !is_listed(id)) {
            self.chosen = listed.first().map(|entry| entry.id);
        }
        let room = (ui.ctx().content_rect().height() - 590.0).clamp(96.0, 420.0);
        table::show(ui, &listed, &mut self.chosen, desk, room, scene);
        let chosen = self.chosen.and_then(|id| document.rectification(id));
        let outcome = match chosen {
            Some(entry) => details::show(ui, entry, desk, scene),
            None => Outcome::Open,
        };
        match foot(ui, desk, scene) {
            Outcome::Open => outcome,
            Outcome::Close => Outcome::Close,
        }
    }
}

impl LedgerDialog {
    /// What can be added.
    fn head(&mut self, ui: &mut Ui, document: &Document, scene: &mut Scene<'_>) {
        ui.horizontal_wrapped(|ui| {
            let more = "粘贴文字，或从 Word、Excel、PDF 中读取";
            if button::plain(ui, "添加审核意见…")
                .on_hover_text(more)
                .clicked()
            {
                ask(scene, LedgerAction::AskForComments);
            }
            if button::plain(ui, "新增一条").clicked() {
                let id = Id::new(&mut &**scene.environment);
                let number = (document.ledger.len() + 1).to_string();
                let entry = Rectification {
                    number,
                    ..Rectification::blank(id)
                };
                (self.filter, self.project, self.chosen) = (Filter::All, None, Some(id));
                scene.send.edit(EditCommand::AddRectifications {
                    entries: vec![entry],
                    index: usize::MAX,
                });
            }
            let is_wanted = |project: &Project| {
                let mut notes = project.notes.iter();
                notes.any(|note| note.kind == NoteKind::MustChange && !note.resolved)
            };
            if document.projects.iter().any(|project| is_wanted(project)) {
                let more = "表中标为“必须改”、还没有处理的审核意见；已在台账中的不重复添加";
                if button::plain(ui, "添加表中的必须改意见")
                    .on_hover_text(more)
                    .clicked()
                {
                    take_notes(document, scene);
                }
            }
            let has_some = !document.ledger.is_empty();
            ui.add_enabled_ui(has_some, |ui| {
                let more = "与一份旧版比较，填写空着的修改前、修改后；已填的不动";
                if button::plain(ui, "对照旧版填修改前后…")
                    .on_hover_text(more)
                    .clicked()
                {
                    ask(scene, LedgerAction::ListVersions);
                    scene
                        .send
                        .send(Action::Ask(Box::new(AgainstDialog::default())));
                }
            });
        });
        ui.add_space(space::S);
    }

    /// Which entries are shown, and how far it is.
    fn filters(&mut self, ui: &mut Ui, document: &Document) {
        ui.horizontal(|ui| {
            for (filter, word) in Filter::ALL {
                let entries = document.ledger.iter();
                let count = entries.filter(|entry| filter.takes(entry)).count();
                let is_on = self.filter == filter;
                let shown = format!("{word} {count}");
                let one = Button::selectable(is_on, &shown).min_size(vec2(72.0, HIT));
                let response = ui.add(one);
                let name = format!("只看{word}");
                response.widget_info(|| {
                    WidgetInfo::selected(egui::Role::RadioButton, true, is_on, &name)
                });
                if response.clicked() {
                    self.filter = filter;
                }
            }
            let Rectified { done, all } = document.rectified();
            let share = done as f32 / all.max(1) as f32;
            ui.add_space(space::M);
            let bar = ProgressBar::new(share)
                .desired_width(160.0)
                .desired_height(8.0);
            let bar = ui.add(bar.fill(Palette::of(ui).good));
            let words = format!("已整改 {done} / {all}");
            bar.widget_info(|| WidgetInfo::labeled(egui::Role::ProgressIndicator, true, &words));
            ui.label(RichText::new(&words).font(theme::text::strong()));
            self.project_filter(ui, document);
        });
        ui.add_space(space::XS);
    }

    fn project_filter(&mut self, ui: &mut Ui, document: &Document) {
        if document.projects.len() < 2 {
            self.project = None;
            return;
        }
        ui.add_space(space::M);
        ui.scope(|ui| {
            ui.set_max_width(260.0);
            let all = "全部项目";
            let names: Vec<&str> = std::iter::once(all)
                .chain(document.projects.iter().map(|project| project.shown_name()))
                .collect();
            let current = self.project.and_then(|id| document.project(id));
            let current = current.map_or(all, |project| project.shown_name());
            let options = names.iter().map(|name| (*name, ""));
            if let Some(taken) = choice::show(ui, "台账的项目", None, current, options) {
                let project = taken
                    .checked_sub(1)
                    .and_then(|at| document.projects.get(at));
                self.project = project.map(|project| project.id);
            }
        });
    }
}

fn take_notes(document: &Document, scene: &mut Scene<'_>) {
    match of_notes(document, &mut &**scene.environment).is_empty() {
        true => {
            let said = "表中的必须改意见都已在台账中".to_owned();
            scene.send.send(Action::Say(said));
        }
        false => ask(scene, LedgerAction::TakeNotes),
    }
}

fn empty(ui: &mut Ui) {
    let weak = Palette::of(ui).text_weak;
    ui.add_space(space::XL);
    ui.vertical_centered(|ui| {
        ui.label(RichText::new("还没有整改事项").font(theme::text::strong()));
        let about =
            "收到财政部门或主管部门的审核意见后，点“添加审核意见…”，粘贴或选文件即可逐条列出。";
        ui.add(Label::new(RichText::new(about).color(weak)).wrap());
    });
    ui.add_space(space::XL);
}

fn foot(ui: &mut Ui, desk: &Desk, scene: &mut Scene<'_>) -> Outcome {
    let has_some = !desk.session.document().ledger.is_empty();
    buttons(ui, |ui| {
        if button::primary(ui, "关闭").clicked() {
            return Outcome::Close;
        }
        ui.add_enabled_ui(has_some, |ui| {
            for form in ListForm::ALL.into_iter().rev() {
                let word = format!("导出 {}…", form.name());
                let made = button::plain(ui, &word).on_hover_text("导出整改情况反馈表");
                if made.clicked() {
                    ask(scene, LedgerAction::Make(form));
                }
            }
            let copy = button::plain(ui, "复制为表格").on_hover_text("可粘贴到 Excel");
            if copy.clicked() {
                let editions = |project: &Project| desk.session.editions().of(project);
                let time = scene.environment.now().datetime();
                let list = sheet::listing(desk.session.document(), &editions, time);
                scene.send.send(Action::Copy(list.as_cells()));
                let said = "已复制，可粘贴到 Excel".to_owned();
                scene.send.send(Action::Say(said));
            }
        });
        Outcome::Open
    })
}
