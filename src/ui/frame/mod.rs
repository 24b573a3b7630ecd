//! What stands around the pages: menu bar, tool bar, projects, findings, status bar; and the start page where no document
//! is open.

pub mod availability;
mod menu_bar;
mod projects;
mod sidebar;
mod start;
mod status;
pub mod toasts;
mod tool_bar;

use egui::{CentralPanel, Frame, Margin, Panel, Ui};

use super::{
    grid::GridState,
    pages::{self, PageStates},
    scene::Scene,
    theme::Palette,
};
use crate::store::settings::Settings;
use toasts::Toasts;

/// What views remember between frames. Nothing here is part of the document.
#[derive(Default)]
pub struct Views {
    /// The indicator grid.
    pub grid: GridState,
    /// The other pages.
    pub pages: PageStates,
    /// The panel of projects.
    pub projects: projects::ProjectsState,
    /// The panel of findings.
    pub sidebar: sidebar::SidebarState,
    /// What was said in passing.
    pub toasts: Toasts,
    /// The widths of the panels as drawn last, in points at 100 %.
    widths: [Option<f32>; 2],
}

impl Views {
    /// Whether a text is being typed that is not the document's yet.
    pub fn is_typing(&self) -> bool {
        self.grid.is_editing()
    }

    /// Whether the grid holds the focus.
    pub fn grid_has_focus(&self) -> bool {
        self.grid.has_focus()
    }

    /// Forgets everything about the open document.
    pub fn forget_document(&mut self) {
        let toasts = std::mem::take(&mut self.toasts);
        *self = Self {
            toasts,
            ..Self::default()
        };
    }

    /// Puts what the person did to the panels into the settings.
    pub fn note_panels(&self, settings: &mut Settings) {
        let panels = [&mut settings.left_panel, &mut settings.right_panel];
        for (panel, width) in panels.into_iter().zip(self.widths) {
            if let Some(width) = width {
                panel.width = width.round() as u16;
            }
        }
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
        .show(ui, |ui| menu_bar::show(ui, scene));
    Panel::top("tool bar")
        .frame(bar)
        .show(ui, |ui| tool_bar::show(ui, scene));
    if scene.desk.is_none() {
        let ground = Frame::new()
            .fill(palette.ground)
            .inner_margin(Margin::same(24));
        CentralPanel::no_frame()
            .frame(ground)
            .show(ui, |ui| start::show(ui, scene));
        views.toasts.show(ui.ctx(), scene);
        return;
    }
    let status = Frame::new()
        .fill(palette.surface)
        .inner_margin(Margin::symmetric(12, 4));
    Panel::bottom("status bar")
        .frame(status)
        .show(ui, |ui| status::show(ui, scene, views));
    let side = Frame::new()
        .fill(palette.surface)
        .inner_margin(Margin::same(8));
    let zoom = ui.ctx().zoom_factor();
    if scene.settings.left_panel.open {
        let panel = Panel::left("projects")
            .frame(side)
            .default_size(f32::from(scene.settings.left_panel.width))
            .size_range(180.0..=400.0)
            .show(ui, |ui| projects::show(ui, scene, &mut views.projects));
        views.widths[0] = Some(panel.response.rect.width());
    }
    if scene.settings.right_panel.open {
        let panel = Panel::right("findings")
            .frame(side)
            .default_size(f32::from(scene.settings.right_panel.width))
            .size_range(240.0..=520.0)
            .show(ui, |ui| sidebar::show(ui, scene, &mut views.sidebar));
        views.widths[1] = Some(panel.response.rect.width());
    }
    let _ = zoom;
    let page = Frame::new().fill(palette.surface);
    CentralPanel::no_frame().frame(page).show(ui, |ui| {
        pages::show(ui, scene, &mut views.pages, &mut views.grid, !has_dialog);
    });
    views.toasts.show(ui.ctx(), scene);
}
