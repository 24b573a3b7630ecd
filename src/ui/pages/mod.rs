//! The pages in the middle of the window.

mod basics;
mod charts;
mod funds;
mod goals;
mod monitoring;
mod notes;
mod preview;
mod working_paper;

use egui::{Frame, Margin, RichText, ScrollArea, Ui};

use super::{
    desk::Page,
    grid::{self, GridState},
    help::{book::Address, context},
    scene::Scene,
    theme::{self, Palette, space},
    widgets::anchor::Anchor,
};

/// What the pages remember.
#[derive(Default)]
pub struct PageStates {
    /// 资金
    pub funds: funds::FundsState,
    /// 年度目标
    pub goals: goals::GoalsState,
    /// 图表
    pub charts: charts::ChartsState,
    /// 预览
    pub preview: preview::PreviewState,
    /// 审核意见
    pub notes: notes::NotesState,
    /// 复核底稿
    pub working_paper: working_paper::PaperState,
    /// 年中监控
    pub monitoring: monitoring::MonitoringState,
}

/// Draws the title, the tabs and the page.
pub fn show(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    states: &mut PageStates,
    grid: &mut GridState,
    is_free: bool,
) {
    head(ui, scene);
    let Some(shown) = scene.shown() else {
        return missing(ui, scene);
    };
    if scene.position.page == Page::Indicators {
        return grid::show(ui, &shown, scene, grid, is_free);
    }
    grid.finish(scene.send);
    if scene.position.page == Page::Preview {
        return preview::show(ui, scene, &mut states.preview, is_free);
    }
    // The bar floats in the margin: the right edge is the same on every page.
    ui.spacing_mut().scroll.floating_allocated_width = 0.0;
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .id_salt(scene.position.page)
        .show(ui, |ui| {
            Frame::new()
                .inner_margin(Margin::same(16))
                .show(ui, |ui| match scene.position.page {
                    Page::Basics => basics::show(ui, &shown, scene),
                    Page::Funds => funds::show(ui, &shown, scene, &mut states.funds),
                    Page::Goals => goals::show(ui, &shown, scene, &mut states.goals),
                    Page::Charts => charts::show(ui, &shown, scene, &mut states.charts),
                    Page::Notes => notes::show(ui, &shown, scene, &mut states.notes),
                    Page::WorkingPaper => {
                        working_paper::show(ui, &shown, scene, &mut states.working_paper);
                    }
                    Page::Monitoring => {
                        monitoring::show(ui, &shown, scene, &mut states.monitoring);
                    }
                    Page::Indicators | Page::Preview => {}
                });
        });
}

/// The project's name with year, edition and unit, and the tabs.
fn head(ui: &mut Ui, scene: &mut Scene<'_>) {
    let palette = Palette::of(ui);
    let Some(project) = scene
        .desk
        .and_then(|desk| desk.project(scene.position.project))
    else {
        return;
    };
    let frame = Frame::new().inner_margin(Margin {
        left: 16,
        right: 16,
        top: 10,
        bottom: 0,
    });
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            let name = project.shown_name();
            let is_narrow = ui.available_width() < 620.0;
            let facts = scene.shown().map(|shown| about(&shown, is_narrow));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                mark_of_edition(ui, scene);
                if let Some(facts) = facts {
                    ui.label(
                        RichText::new(facts)
                            .font(theme::text::small())
                            .color(palette.text_weak),
                    );
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    let title = RichText::new(name).font(theme::text::section());
                    ui.add(egui::Label::new(title).truncate())
                        .on_hover_text(name);
                });
            });
        });
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = gap_of_tabs(ui);
            for page in Page::ALL {
                tab(ui, scene, page);
            }
            about_page(ui, scene);
        });
    });
    let line = ui.cursor().top();
    ui.painter().hline(
        ui.max_rect().x_range(),
        line,
        egui::Stroke::new(1.0, palette.line),
    );
    ui.add_space(1.0);
}

/// A quiet mark where the edition was not compared with a whole form: what is not known of it, and the way to it.
fn mark_of_edition(ui: &mut Ui, scene: &mut Scene<'_>) {
    let Some(edition) = scene.shown().map(|shown| shown.edition) else {
        return;
    };
    if edition.caution().is_none() {
        return;
    }
    let palette = Palette::of(ui);
    let words = RichText::new("表样未核对").font(theme::text::small());
    let button = egui::Button::new(words.color(palette.warning)).frame(false);
    let response = ui.add(button);
    let response = super::widgets::button::with_focus(ui, response);
    let response = response.on_hover_ui(|ui| super::widgets::gaps::show(ui, &edition));
    if response.clicked() {
        let dialog = super::dialogs::editions::EditionsDialog::at(&edition.hash());
        scene
            .send
            .send(super::action::Action::Ask(Box::new(dialog)));
    }
}

/// The gap between tabs, in points: less where the page is narrow, so that all of them are in sight.
fn gap_of_tabs(ui: &Ui) -> f32 {
    let size = egui::TextStyle::Button.resolve(ui.style()).size;
    let characters: usize = Page::ALL
        .iter()
        .map(|page| page.name().chars().count())
        .sum();
    let room = ui.available_width() - characters as f32 * size;
    let gaps = Page::ALL.len().saturating_sub(1) as f32;
    (room / gaps).clamp(space::XS, space::XL).floor()
}

/// Year, edition and unit; where there is little room, without the edition, so that the project's name has it.
fn about(shown: &super::scene::Shown, is_narrow: bool) -> String {
    let year = shown
        .project
        .year()
        .map(|year| format!("{year}年 · "))
        .unwrap_or_default();
    let unit = &shown.project.money_unit;
    match is_narrow {
        true => format!("{year}{unit}"),
        false => format!("{year}{} · {unit}", shown.edition.name),
    }
}

fn tab(ui: &mut Ui, scene: &mut Scene<'_>, page: Page) {
    let palette = Palette::of(ui);
    let is_shown = scene.position.page == page;
    let color = if is_shown {
        palette.accent
    } else {
        palette.text
    };
    let button = egui::Button::new(RichText::new(page.name()).color(color))
        .frame(false)
        .min_size(egui::vec2(0.0, 34.0));
    let response = ui.add(button);
    Anchor::Tab(page).note(ui.ctx(), response.rect.intersect(ui.clip_rect()));
    let response = super::widgets::button::with_focus(ui, response);
    response
        .widget_info(|| egui::WidgetInfo::selected(egui::Role::Tab, true, is_shown, page.name()));
    if is_shown {
        let rect = response.rect;
        let stroke = egui::Stroke::new(2.0, palette.accent);
        ui.painter()
            .hline(rect.x_range(), rect.bottom() - 1.0, stroke);
    }
    if response.clicked() {
        scene.send.send(super::action::Action::ShowPage(page));
    }
}

/// A quiet mark at the right that opens the page's topic of help, where there is room for it.
fn about_page(ui: &mut Ui, scene: &mut Scene<'_>) {
    let page = scene.position.page;
    if ui.available_width() < theme::HIT + space::XL {
        return;
    }
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let name = format!("{}页的帮助", page.name());
        if super::widgets::button::icon(ui, super::icons::QUESTION, &name).clicked() {
            let at = Address::topic(context::of_page(page));
            scene.send.send(super::action::Action::Help(Some(at)));
        }
        let has_room = ui.available_width() > theme::HIT + space::XL;
        if page == Page::Indicators && has_room {
            let library = super::command::UiCommand::Library;
            if super::widgets::button::command(ui, library, true).clicked() {
                scene.send.command(library);
            }
        }
    });
}

/// Where there is no project, or its edition is not at hand.
fn missing(ui: &mut Ui, scene: &mut Scene<'_>) {
    use super::command::UiCommand;
    Frame::new().inner_margin(Margin::same(24)).show(ui, |ui| {
        let project = scene
            .desk
            .and_then(|desk| desk.project(scene.position.project));
        match project {
            None => {
                ui.label("文件中还没有项目");
                if super::widgets::button::primary(ui, UiCommand::AddProject.label()).clicked() {
                    scene.send.command(UiCommand::AddProject);
                }
            }
            Some(project) => {
                ui.label(crate::session::editions::missing_edition(
                    &project.edition.id,
                ));
            }
        }
    });
}
