//! 预览: the very pages that are printed. A click on a printed cell goes to its field, and the field where the person was is
//! marked on the pages.

mod bar;
mod options;
mod paper;

use std::sync::Arc;

use egui::{CentralPanel, Frame, Margin, Panel, Ui};

use crate::{
    store::settings::{PageSize, Preview, Settings},
    ui::{
        action::Action,
        printing::PrintAction,
        scene::Scene,
        theme::{Palette, space},
    },
};

/// The narrowest page on which the options stand beside the paper, in points.
const WITH_OPTIONS: f32 = 660.0;
/// How wide the options are, in points.
const OPTIONS: f32 = 196.0;
/// A step of the size of pages, as a factor.
const STEP: f32 = 1.1;

/// What the page remembers.
#[derive(Default)]
pub struct PreviewState {
    paper: paper::PaperState,
    /// The number of a page that is being typed.
    typed: Option<String>,
}

impl PreviewState {
    /// Whether the pointer is over the paper: turning the wheel with Ctrl then sizes it, not the window.
    pub fn takes_zoom(&self) -> bool {
        self.paper.is_hovered()
    }

    /// The preview with its pages larger or smaller by so many steps.
    pub fn zoomed(&self, preview: Preview, steps: f32) -> PrintAction {
        let percent = self.paper.percent() * STEP.powf(steps);
        PrintAction::Show(Preview {
            size: sized(percent),
            ..preview
        })
    }

    /// The page in sight, counted from 0.
    pub fn page(&self) -> usize {
        self.paper.page()
    }

    /// Has the paper take the focus.
    pub fn want_focus(&mut self) {
        self.paper.want_focus();
    }
}

/// A size within what is useful.
fn sized(percent: f32) -> PageSize {
    let (least, most) = Settings::PREVIEW;
    // Between the bounds, so that nothing is cut off.
    PageSize::Percent(percent.round().clamp(f32::from(least), f32::from(most)) as u16)
}

/// Draws the page.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut PreviewState, is_free: bool) {
    let palette = Palette::of(ui);
    let has_room = ui.available_width() >= WITH_OPTIONS;
    let bar = Frame::new()
        .fill(palette.surface)
        .inner_margin(Margin::symmetric(12, 4));
    Panel::top("preview bar").frame(bar).show(ui, |ui| {
        bar::show(ui, scene, state, has_room);
    });
    if has_room && !scene.settings.preview.plain {
        let side = Frame::new()
            .fill(palette.surface)
            .inner_margin(Margin::same(12));
        Panel::right("preview options")
            .frame(side)
            .resizable(false)
            .exact_size(OPTIONS)
            .show(ui, |ui| {
                egui::ScrollArea::vertical().show(ui, |ui| options::show(ui, scene));
            });
    }
    let ground = Frame::new().fill(palette.ground);
    CentralPanel::no_frame().frame(ground).show(ui, |ui| {
        match (scene.printing.proof(), scene.printing.failure()) {
            (Some(proof), _) => {
                let proof = Arc::clone(proof);
                paper::show(ui, scene, &mut state.paper, &proof, is_free);
            }
            (None, Some(failure)) => note(ui, failure),
            (None, None) => note(ui, "正在排版…"),
        }
    });
}

/// What stands in place of pages.
fn note(ui: &mut Ui, words: &str) {
    let color = Palette::of(ui).text_weak;
    ui.add_space(space::XL * 2.0);
    ui.vertical_centered(|ui| {
        ui.add(egui::Label::new(egui::RichText::new(words).color(color)).wrap());
    });
}

/// Asks for another way of showing the preview.
fn show_as(scene: &mut Scene<'_>, preview: Preview) {
    if preview != scene.settings.preview {
        scene.send.send(Action::Print(PrintAction::Show(preview)));
    }
}
