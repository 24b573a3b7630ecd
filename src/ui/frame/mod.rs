//! What stands around the pages: menu bar, tool bar, projects, findings, status bar; and the start page where no document
//! is open.

pub mod availability;
mod banner;
pub mod find_bar;
mod menu_bar;
pub mod panels;
pub mod pointers;
mod projects;
mod review_bar;
pub mod sidebar;
pub mod start;
mod status;
pub mod toasts;
mod tool_bar;

use egui::{CentralPanel, Frame, Margin, Panel, Ui};

use super::{
    command::UiCommand,
    grid::GridState,
    help::panel::{self as help, HelpState},
    pages::{self, PageStates},
    scene::Scene,
    theme::Palette,
};
use crate::store::settings::Settings;
use panels::{Panels, Side};
use toasts::Toasts;

/// What views remember between frames. Nothing here is part of the document.
#[derive(Default)]
pub struct Views {
    /// The menu bar.
    pub menus: menu_bar::MenuBarState,
    /// The indicator grid.
    pub grid: GridState,
    /// The other pages.
    pub pages: PageStates,
    /// The panel of projects.
    pub projects: projects::ProjectsState,
    /// The panel of findings.
    pub sidebar: sidebar::SidebarState,
    /// The panel of help.
    pub help: HelpState,
    /// Find and replace.
    pub find: find_bar::FindState,
    /// How many pieces of unsaved work of earlier runs can be recovered.
    pub recoveries: usize,
    /// When the copy of what is not saved was written last, as "14:32".
    pub copied_at: Option<String>,
    /// What was said in passing.
    pub toasts: Toasts,
    /// The panels beside the page.
    pub panels: Panels,
    /// The pointers of first use.
    pub pointers: pointers::Pointers,
}

impl Views {
    /// Whether a text is being typed that is not the document's yet.
    pub fn is_typing(&self) -> bool {
        self.grid.is_editing() || self.find.has_focus()
    }

    /// Whether the grid holds the focus.
    pub fn grid_has_focus(&self) -> bool {
        self.grid.has_focus()
    }

    /// The command that the keys of `command` mean where the focus is: in the panel of projects, those that move rows move
    /// projects.
    pub fn meant(&self, command: UiCommand) -> UiCommand {
        match command {
            UiCommand::MoveRowUp if self.projects.has_focus() => UiCommand::MoveProjectUp,
            UiCommand::MoveRowDown if self.projects.has_focus() => UiCommand::MoveProjectDown,
            other => other,
        }
    }

    /// Forgets everything about the open document.
    pub fn forget_document(&mut self) {
        let toasts = std::mem::take(&mut self.toasts);
        let help = std::mem::take(&mut self.help);
        let has_guest = self.panels.has_guest();
        *self = Self {
            toasts,
            help,
            recoveries: self.recoveries,
            ..Self::default()
        };
        // Help is about the program, and stays.
        if has_guest {
            self.panels.call_guest();
        }
    }

    /// Puts what the person did to the panels into the settings.
    pub fn note_panels(&self, settings: &mut Settings) {
        self.panels.note(settings);
    }
}

/// Draws everything but dialogs. Where a dialog is in front, nothing takes keys.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, views: &mut Views, has_dialog: bool) {
    let palette = Palette::of(ui);
    let bar = Frame::new()
        .fill(palette.surface)
        .inner_margin(Margin::symmetric(8, 4));
    Panel::top("menu bar")
        .frame(bar)
        .show(ui, |ui| menu_bar::show(ui, scene, &mut views.menus));
    Panel::top("tool bar")
        .frame(bar)
        .show(ui, |ui| tool_bar::show(ui, scene));
    if scene.desk.is_none() {
        panels_beside_start(ui, scene, views);
        let ground = Frame::new()
            .fill(palette.ground)
            .inner_margin(Margin::same(24));
        CentralPanel::no_frame()
            .frame(ground)
            .show(ui, |ui| start::show(ui, scene, views.recoveries));
        views.toasts.show(ui.ctx(), scene, None);
        return;
    }
    review_bar::show(ui, scene);
    let status = Frame::new()
        .fill(palette.surface)
        .inner_margin(Margin::symmetric(12, 4));
    Panel::bottom("status bar")
        .frame(status)
        .show(ui, |ui| status::show(ui, scene, views));
    let side = side_frame(palette);
    let panels = &mut views.panels;
    panels.fit(ui.available_width(), scene.settings, true);
    let width = scene.settings.left_panel.width;
    panels.show(ui, Side::Left, width, side, |ui| {
        projects::show(ui, scene, &mut views.projects);
    });
    let width = scene.settings.right_panel.width;
    let has_guest = panels.has_guest();
    panels.show(ui, Side::Right, width, side, |ui| match has_guest {
        true => help::show(ui, scene, &mut views.help),
        false => sidebar::show(ui, scene, &mut views.sidebar),
    });
    let page = Frame::new().fill(palette.surface);
    CentralPanel::no_frame().frame(page).show(ui, |ui| {
        banner::show(ui, scene);
        find_bar::show(ui, scene, &mut views.find);
        pages::show(ui, scene, &mut views.pages, &mut views.grid, !has_dialog);
    });
    if start::is_hovered(ui.ctx()) {
        start::veil(ui.ctx());
    }
    pointers::show(ui.ctx(), scene, &views.pointers, has_dialog);
    let panel = views.panels.width(Side::Left);
    views.toasts.show(ui.ctx(), scene, panel);
}

fn side_frame(palette: &Palette) -> Frame {
    Frame::new()
        .fill(palette.surface)
        .inner_margin(Margin::same(8))
}

/// Help beside the start page.
fn panels_beside_start(ui: &mut Ui, scene: &mut Scene<'_>, views: &mut Views) {
    let panels = &mut views.panels;
    panels.fit(ui.available_width(), scene.settings, false);
    let width = scene.settings.right_panel.width;
    let frame = side_frame(Palette::of(ui));
    panels.show(ui, Side::Right, width, frame, |ui| {
        help::show(ui, scene, &mut views.help);
    });
}
