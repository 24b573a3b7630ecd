//! The panel of projects: search, one row for each project, and their order by keys and by drag.

mod ordering;
mod row;

use egui::{EventFilter, Key, Label, Modifiers, RichText, ScrollArea, TextEdit, Ui};

use super::{availability, menu_bar};
use crate::{
    model::{
        folding::Pattern,
        id::Id,
        path::{CellPath, Place},
        project::{Project, header},
    },
    session::jobs::Revision,
    ui::{
        action::Action,
        command::UiCommand,
        desk::Desk,
        facts::ProjectFacts,
        icons,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::button,
    },
};
use ordering::Drag;

/// What can be done with a project: the panel's menu and the context menu of a row.
const PROJECT_MENU: &[&[UiCommand]] = &[
    &[UiCommand::DuplicateProject, UiCommand::NextYearProject],
    &[UiCommand::MoveProjectUp, UiCommand::MoveProjectDown],
    &[UiCommand::Withhold],
    &[UiCommand::DeleteProject],
];

/// What the panel remembers.
#[derive(Default)]
pub struct ProjectsState {
    /// What is searched for.
    search: String,
    /// The projects that are found, as indexes; made anew when the search or the document changed.
    found: Option<Found>,
    /// A project on its way to another place.
    drag: Option<Drag>,
    /// The project that was shown last, to bring a newly shown one into view.
    shown: Option<Id<Project>>,
    /// Whether the row of the shown project is to take the focus.
    wants_focus: bool,
    has_focus: bool,
}

struct Found {
    search: String,
    revision: Revision,
    indexes: Vec<usize>,
}

impl ProjectsState {
    /// Has the row of the shown project take the focus.
    pub fn want_focus(&mut self) {
        self.wants_focus = true;
    }

    /// Whether a row holds the focus: the keys that move rows then move projects.
    pub fn has_focus(&self) -> bool {
        self.has_focus
    }
}

/// Draws the panel.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut ProjectsState) {
    let Some(desk) = scene.desk else { return };
    head(ui, scene, desk);
    search(ui, state);
    ui.add_space(space::XS);
    find(state, desk);
    let found = state.found.take();
    let indexes: &[usize] = found.as_ref().map_or(&[], |found| &found.indexes);
    if indexes.is_empty() {
        nothing(ui, scene, state);
    } else {
        list(ui, scene, state, desk, indexes);
    }
    state.found = found;
}

fn head(ui: &mut Ui, scene: &mut Scene<'_>, desk: &Desk) {
    let palette = Palette::of(ui);
    ui.horizontal(|ui| {
        ui.add_space(space::XS);
        ui.label(RichText::new("项目").font(theme::text::section()));
        let count = desk.session.document().projects.len();
        let count = RichText::new(count.to_string()).font(theme::text::small());
        ui.label(count.color(palette.text_weak));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            // As high as the button beside it.
            ui.spacing_mut().button_padding.y = 0.0;
            let dots = RichText::new(icons::DOTS_THREE).size(18.0);
            let menu = egui::Button::new(dots)
                .frame_when_inactive(false)
                .min_size(egui::Vec2::splat(theme::HIT));
            let (response, _) =
                egui::containers::menu::MenuButton::from_button(menu).ui(ui, |ui| {
                    ui.set_width(200.0);
                    project_menu(ui, scene);
                });
            let name = "更多项目操作";
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
            response.on_hover_text(name);
            if button::icon(ui, icons::PLUS, "添加项目").clicked() {
                scene.send.command(UiCommand::AddProject);
            }
        });
    });
}

fn project_menu(ui: &mut Ui, scene: &mut Scene<'_>) {
    for (index, group) in PROJECT_MENU.iter().enumerate() {
        if index > 0 {
            ui.separator();
        }
        for command in *group {
            menu_bar::item(ui, scene, *command);
        }
    }
}

fn search(ui: &mut Ui, state: &mut ProjectsState) {
    let edit = TextEdit::singleline(&mut state.search)
        .hint_text(format!("{} 搜索名称、编码", icons::MAGNIFYING_GLASS))
        .desired_width(f32::INFINITY)
        .margin(egui::Margin::symmetric(8, 5));
    let response = ui.add(edit);
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::text_edit(true, "", &state.search, "搜索名称、编码");
        info.label = Some("搜索项目".into());
        info
    });
    if response.has_focus() && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::ArrowDown)) {
        state.wants_focus = true;
    }
}

/// Finds the projects whose name or code holds what is searched for. Nothing is done while neither has changed.
fn find(state: &mut ProjectsState, desk: &Desk) {
    let revision = desk.session.revision();
    let is_current = state
        .found
        .as_ref()
        .is_some_and(|found| found.search == state.search && found.revision == revision);
    if is_current {
        return;
    }
    let pattern = Pattern::new(state.search.trim());
    let holds = |facts: &ProjectFacts| {
        let project = facts.project();
        pattern.is_empty()
            || pattern.is_in(project.name())
            || pattern.is_in(project.header(header::PROJECT_CODE))
    };
    let projects = desk.facts.projects().iter().enumerate();
    state.found = Some(Found {
        search: state.search.clone(),
        revision,
        indexes: projects
            .filter(|(_, facts)| holds(facts))
            .map(|(index, _)| index)
            .collect(),
    });
}

/// Where no row is to be shown.
fn nothing(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut ProjectsState) {
    let weak = Palette::of(ui).text_weak;
    ui.add_space(space::S);
    ui.vertical_centered(|ui| {
        if state.search.trim().is_empty() {
            ui.label(RichText::new("文件中还没有项目").color(weak));
            if button::plain(ui, UiCommand::AddProject.label()).clicked() {
                scene.send.command(UiCommand::AddProject);
            }
        } else {
            ui.add(Label::new(RichText::new("没有找到这样的项目").color(weak)).wrap());
            if button::quiet(ui, "显示全部项目").clicked() {
                state.search.clear();
            }
        }
    });
    state.has_focus = false;
}

/// The rows. Only those in view cost anything.
fn list(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    state: &mut ProjectsState,
    desk: &Desk,
    indexes: &[usize],
) {
    let projects = desk.facts.projects();
    let at = |line: usize| indexes.get(line).and_then(|index| projects.get(*index));
    let shown_line = (0..indexes.len())
        .find(|line| at(*line).is_some_and(|facts| facts.project().id == scene.position.project));
    // One row can be reached with Tab; the arrows go on from there.
    let tab_stop = shown_line.unwrap_or(0);
    let is_newly_shown =
        state.shown.replace(scene.position.project) != Some(scene.position.project);
    let mut has_focus = false;
    let mut dropped = false;
    let mut is_chosen = false;
    let is_whole = indexes.len() == projects.len();
    let today = scene.environment.today();

    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().auto_shrink([false, false]);
    let output = area.show_viewport(ui, |ui, viewport| {
        let top = ui.max_rect().top();
        let width = ui.max_rect().x_range();
        ui.set_height(row::HEIGHT * indexes.len() as f32);
        let rect = |line: usize| {
            let y = top + row::HEIGHT * line as f32;
            egui::Rect::from_x_y_ranges(width, y..=y + row::HEIGHT)
        };
        if let Some(line) = shown_line.filter(|_| is_newly_shown || state.wants_focus) {
            ui.scroll_to_rect(rect(line), None);
        }
        let first = (viewport.top() / row::HEIGHT).floor().max(0.0) as usize;
        let last = (viewport.bottom() / row::HEIGHT).ceil().max(0.0) as usize;
        for line in first..last.min(indexes.len()) {
            let Some(facts) = at(line) else { continue };
            let is_shown = Some(line) == shown_line;
            let response = row::show(ui, rect(line), facts, today, is_shown, line == tab_stop);
            let project = facts.project().id;
            if response.clicked() {
                scene.send.send(Action::ShowProject(project));
                is_chosen = true;
            }
            if response.double_clicked() {
                go_to_name(scene, project);
            }
            if response.secondary_clicked() {
                scene.send.send(Action::ShowProject(project));
            }
            if is_whole && response.drag_started_by(egui::PointerButton::Primary) {
                state.drag = Some(Drag::of(project, line));
            }
            if line == tab_stop {
                if state.wants_focus {
                    response.request_focus();
                    state.wants_focus = false;
                }
                has_focus = response.has_focus();
                lock_arrows(ui, &response);
            }
            response.context_menu(|ui| {
                ui.set_width(200.0);
                project_menu(ui, scene);
            });
        }
        if let Some(drag) = &mut state.drag {
            dropped = drag.follow(ui, top, width, indexes.len());
        }
    });
    // The row takes the focus once it is the one that is shown.
    state.wants_focus |= is_chosen;
    if dropped && let Some(command) = state.drag.take().and_then(Drag::command) {
        scene.send.edit(command);
        state.wants_focus = true;
    }
    if let Some(drag) = &state.drag {
        drag.scroll_at_edges(ui, output.inner_rect);
    }
    state.has_focus = has_focus;
    if has_focus {
        let neighbour = |by: isize| {
            let line = tab_stop.saturating_add_signed(by).min(indexes.len() - 1);
            at(line).map(|facts| facts.project().id)
        };
        take_keys(ui, scene, state, neighbour);
    }
}

/// The arrows move through the rows instead of moving the focus out of the panel.
fn lock_arrows(ui: &Ui, response: &egui::Response) {
    let filter = EventFilter {
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
}

/// The keys of the list. `neighbour` is the project so many rows further, as far as there are rows.
fn take_keys(
    ui: &Ui,
    scene: &mut Scene<'_>,
    state: &mut ProjectsState,
    neighbour: impl Fn(isize) -> Option<Id<Project>>,
) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let page = 8;
    let steps = [
        (Key::ArrowUp, -1),
        (Key::ArrowDown, 1),
        (Key::PageUp, -page),
        (Key::PageDown, page),
        (Key::Home, isize::MIN),
        (Key::End, isize::MAX),
    ];
    for (key, by) in steps {
        if pressed(key)
            && let Some(project) = neighbour(by)
        {
            scene.send.send(Action::ShowProject(project));
            state.wants_focus = true;
        }
    }
    let delete = UiCommand::DeleteProject;
    if pressed(Key::Delete) && availability::is_enabled(delete, scene.desk, scene.position) {
        scene.send.command(delete);
        state.wants_focus = true;
    }
    if pressed(Key::F2) {
        go_to_name(scene, scene.position.project);
    }
    if pressed(Key::Enter) {
        open(ui, scene);
    }
}

/// Goes on in the page: to the cell where the person was, else to the first one of it.
fn open(ui: &Ui, scene: &mut Scene<'_>) {
    if let Some(focused) = ui.memory(|memory| memory.focused()) {
        ui.memory_mut(|memory| memory.surrender_focus(focused));
    }
    scene.send.send(Action::ShowProject(scene.position.project));
    if scene.position.cell.is_some() {
        scene.position.target.clone_from(&scene.position.cell);
    }
}

fn go_to_name(scene: &mut Scene<'_>, project: Id<Project>) {
    let place = Place::Header(header::PROJECT_NAME.into());
    scene.send.send(Action::GoTo(CellPath { project, place }));
}
