//! Indicators with the files that prove them.

use egui::{Align, Color32, Id as UiId, Label, Layout, RichText, ScrollArea, Ui, WidgetInfo, vec2};

use super::ask;
use crate::{
    edit::command::{EditCommand, Parts},
    model::{
        id::Id,
        indicator::Indicator,
        project::{Evidence, Project},
        typed::trim,
    },
    sharing::evidence::{Line, check::State, completeness::Completeness, sheet::size_in_words},
    store::error::shown,
    ui::{
        action::Action,
        evidence::EvidenceAction,
        icons,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::{button, entry::Entry, written},
    },
};

/// The height of a row, in points.
const HEIGHT: f32 = 36.0;
/// The widths of columns, in points.
const TITLE: f32 = 300.0;
const SIZE: f32 = 72.0;
const STATE: f32 = 116.0;
const ACTS: f32 = 150.0;
/// How far files are set in.
const INDENT: f32 = 24.0;

/// The list.
#[derive(Default)]
pub(super) struct List {
    /// What files are added to: an indicator, or the project as a whole.
    chosen: Option<Id<Indicator>>,
}

/// A row.
enum Item<'a> {
    /// An indicator, or the project as a whole; with how many files it has, and whether it wants some.
    Head {
        indicator: Option<Id<Indicator>>,
        name: String,
        count: usize,
        wants: bool,
    },
    /// A file.
    File(&'a Line),
}

impl List {
    /// What files are added to.
    pub fn chosen(&self) -> Option<Id<Indicator>> {
        self.chosen
    }

    /// Draws it.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        project: &Project,
        lines: &[Line],
        room: f32,
        scene: &mut Scene<'_>,
    ) {
        let is_there = |id| project.rows().any(|view| view.indicator.id == id);
        self.chosen = self.chosen.filter(|id| is_there(*id));
        let items = items(project, lines);
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical()
            .id_salt("evidence")
            .max_height(room)
            .auto_shrink([false, true])
            .show_rows(ui, HEIGHT, items.len(), |ui, rows| {
                for item in items.get(rows).unwrap_or_default() {
                    match item {
                        Item::Head {
                            indicator,
                            name,
                            count,
                            wants,
                        } => self.head(ui, *indicator, name, *count, *wants),
                        Item::File(line) => file(ui, project, line, scene),
                    }
                }
            });
    }

    fn head(
        &mut self,
        ui: &mut Ui,
        indicator: Option<Id<Indicator>>,
        name: &str,
        count: usize,
        wants: bool,
    ) {
        use crate::ui::widgets::row::Row;
        let palette = Palette::of(ui);
        let is_on = self.chosen == indicator;
        let note = match (count, wants) {
            (0, true) => "还没有材料".to_owned(),
            (0, false) => String::new(),
            (count, _) => format!("{count} 份"),
        };
        let said = format!("材料 {name} {note}");
        let row = Row::new(said.trim_end())
            .line(name, theme::text::strong(), palette.text)
            .note(&note)
            .chosen(is_on)
            .show(ui, HEIGHT);
        if row.clicked() {
            self.chosen = indicator;
        }
    }
}

fn items<'a>(project: &Project, lines: &'a [Line]) -> Vec<Item<'a>> {
    let without = Completeness::of(project).without;
    let mut items = Vec::new();
    let mut add = |indicator: Option<Id<Indicator>>, name: String, wants: bool| {
        let own = lines
            .iter()
            .filter(|line| line.evidence.indicator == indicator);
        let own: Vec<&Line> = own.collect();
        items.push(Item::Head {
            indicator,
            name,
            count: own.len(),
            wants,
        });
        items.extend(own.into_iter().map(Item::File));
    };
    for view in project.rows() {
        let id = view.indicator.id;
        let name = match trim(&view.indicator.name) {
            "" => format!("{} 第{}行", view.group.name(), view.number),
            name => format!("{} · {name}", view.group.name()),
        };
        add(Some(id), name, without.contains(&id));
    }
    add(None, "整个项目".into(), false);
    items
}

fn file(ui: &mut Ui, project: &Project, line: &Line, scene: &mut Scene<'_>) {
    let state = scene.evidence.checked();
    let state = state.and_then(|one| one.state(&line.evidence)).cloned();
    let size = vec2(ui.available_width(), HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(size);
        ui.add_space(INDENT);
        title(ui, project, line, scene);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.allocate_ui_with_layout(
                vec2(ACTS, HEIGHT),
                Layout::left_to_right(Align::Center),
                |ui| {
                    ui.set_min_width(ACTS);
                    acts(ui, project, line, state.as_ref(), scene);
                },
            );
            ui.allocate_ui_with_layout(
                vec2(STATE, HEIGHT),
                Layout::left_to_right(Align::Center),
                |ui| {
                    ui.set_min_width(STATE);
                    shown_state(ui, line, state.as_ref());
                },
            );
            let bytes = match line.evidence.hash.is_empty() {
                true => String::new(),
                false => size_in_words(line.evidence.length),
            };
            ui.allocate_ui_with_layout(
                vec2(SIZE, HEIGHT),
                Layout::right_to_left(Align::Center),
                |ui| {
                    ui.set_min_width(SIZE);
                    small(ui, &bytes, Palette::of(ui).text_weak, "");
                },
            );
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let path = line.path.as_deref().map(shown).unwrap_or_default();
                small(ui, &line.evidence.file, Palette::of(ui).text_weak, &path);
            });
        });
    });
}

fn title(ui: &mut Ui, project: &Project, line: &Line, scene: &mut Scene<'_>) {
    let id = UiId::unique(("title of evidence", line.evidence.id));
    let name = format!("材料名称 {}", line.file_name());
    let field = Entry::new(id, &name).hint(line.file_name()).width(TITLE);
    let (project, evidence) = (project.id, line.evidence.clone());
    written::show(ui, id, field, &line.evidence.title, scene, |title| {
        EditCommand::SetEvidence {
            project,
            evidence: Evidence { title, ..evidence },
        }
    });
    ui.add_space(space::S);
}

fn shown_state(ui: &mut Ui, line: &Line, state: Option<&State>) {
    let palette = Palette::of(ui);
    let (icon, color, more) = match state {
        None => return,
        Some(State::Present) => (
            icons::CHECK_CIRCLE,
            palette.good,
            "内容与登记时相同".to_owned(),
        ),
        Some(State::Unregistered) => (
            icons::INFO,
            palette.text_weak,
            "文件在；登记时没有读出内容，无法核对是否改动。点“重新登记”即可".to_owned(),
        ),
        Some(State::Changed) => (
            icons::WARNING,
            palette.warning,
            "内容与登记时不同。确认是要用的那一份后，点“重新登记”".to_owned(),
        ),
        Some(State::Missing) => {
            let path = line.path.as_deref().map(shown).unwrap_or_default();
            (
                icons::WARNING_OCTAGON,
                palette.error,
                format!("这里没有文件：{path}"),
            )
        }
        Some(State::Unreadable(reason)) => (
            icons::WARNING,
            palette.warning,
            format!("读不出来：{reason}。共享盘没有连上时，连上后再核对"),
        ),
    };
    let words = state.map(ToString::to_string).unwrap_or_default();
    small(ui, &format!("{icon} {words}"), color, &more);
}

fn acts(ui: &mut Ui, project: &Project, line: &Line, state: Option<&State>, scene: &mut Scene<'_>) {
    ui.spacing_mut().item_spacing.x = 0.0;
    let name = line.title();
    let is_there = !matches!(state, Some(State::Missing));
    let mut open = |ui: &mut Ui, icon: &str, name: &str, path: Option<&std::path::Path>| {
        let pressed = ui.add_enabled_ui(path.is_some() && is_there, |ui| {
            button::icon(ui, icon, name)
        });
        if let Some(path) = path.filter(|_| pressed.inner.clicked()) {
            ask(scene, EvidenceAction::Open(path.to_path_buf()));
        }
    };
    let path = line.path.as_deref();
    open(ui, icons::ARROW_SQUARE_OUT, &format!("打开 {name}"), path);
    let folder = path.and_then(std::path::Path::parent);
    open(
        ui,
        icons::FOLDER_OPEN,
        &format!("打开所在文件夹 {name}"),
        folder,
    );
    let is_open = project.stage.is_editable();
    ui.add_enabled_ui(is_open, |ui| {
        match state {
            Some(State::Missing) => {
                let word = format!("指定新位置 {name}");
                if button::icon(ui, icons::MAGNIFYING_GLASS, &word).clicked() {
                    ask(scene, EvidenceAction::ChooseOther(Box::new(line.clone())));
                }
            }
            _ => {
                let word = format!("重新登记 {name}");
                if button::icon(ui, icons::ARROW_CLOCKWISE, &word).clicked() {
                    ask(scene, EvidenceAction::Again(vec![line.clone()]));
                }
            }
        }
        let remove = button::icon(ui, icons::TRASH, &format!("移出登记 {name}"));
        let remove = remove.on_hover_text("只从登记中去掉，文件不会删除");
        if remove.clicked() {
            let command = EditCommand::Remove {
                project: project.id,
                parts: Parts::Evidence(vec![line.evidence.id]),
            };
            let said = format!("已从登记中去掉“{name}”，文件还在原处");
            scene.send.send(Action::EditAndSay(command, said));
        }
    });
}

fn small(ui: &mut Ui, text: &str, color: Color32, more: &str) {
    if text.is_empty() {
        return;
    }
    let shown = RichText::new(text).font(theme::text::grid()).color(color);
    let response = ui.add(Label::new(shown).truncate());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, text));
    if !more.is_empty() {
        response.on_hover_text(more);
    }
}
