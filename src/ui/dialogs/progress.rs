//! How far work in the background is, in a dialog.

use std::time::Duration;

use egui::{Label, ProgressBar, RichText, Ui};

use crate::{
    session::progress::Moment,
    ui::theme::{Palette, space},
};

/// How often it is looked how far the work is.
const STEP: Duration = Duration::from_millis(150);

/// Shows how far it is: `words` say what is being done, `note` what the person need not fear meanwhile.
pub fn show(ui: &mut Ui, words: &str, now: &Moment, note: &str) {
    ui.add_space(space::L);
    ui.add(Label::new(words).truncate());
    ui.add_space(space::S);
    ui.add(ProgressBar::new(now.share()).desired_height(8.0));
    ui.add_space(space::S);
    let weak = Palette::of(ui).text_weak;
    ui.add(Label::new(RichText::new(note).color(weak)).wrap());
    // The work does not draw: it is looked at a few times a second.
    ui.ctx().request_repaint_after(STEP);
}
