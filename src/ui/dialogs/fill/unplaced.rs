//! Values that found no place in the template, and where projects were filled in.

use egui::{Label, RichText, Ui};

use crate::{
    exchange::fill::Unplaced,
    model::path::CellPath,
    ui::{
        exporting::fill::Done,
        icons,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::row::Row,
    },
};

/// Height of a value in the list, in points.
const LINE: f32 = 62.0;
/// Values drawn at most: a list that long is read in the form itself.
const DRAWN: usize = 300;

/// Draws the lists; the field that was clicked.
pub(super) fn show(ui: &mut Ui, done: &Done, scene: &Scene<'_>) -> Option<CellPath> {
    let palette = Palette::of(ui);
    let unplaced = &done.filled.unplaced;
    if unplaced.is_empty() {
        let words = "所有内容都填进去了。";
        ui.add(Label::new(RichText::new(words).color(palette.good)).wrap());
        return None;
    }
    let words = format!(
        "有 {} 处没有填进去，请保存后在表中手工处理；点一处可转到表中的内容：",
        unplaced.len()
    );
    ui.add(Label::new(RichText::new(words).color(palette.warning)).wrap());
    ui.add_space(space::XS);
    let mut clicked = None;
    for one in unplaced.iter().take(DRAWN) {
        if line(ui, one, scene) {
            clicked = one.at.clone();
        }
    }
    if let Some(more) = unplaced.len().checked_sub(DRAWN).filter(|more| *more > 0) {
        ui.label(format!("另有 {more} 处"));
    }
    clicked
}

/// One value; whether it was clicked.
fn line(ui: &mut Ui, one: &Unplaced, scene: &Scene<'_>) -> bool {
    let palette = Palette::of(ui);
    let field = match (one.field.as_str(), one.place.as_str()) {
        ("", place) => place.to_owned(),
        (field, "") => field.to_owned(),
        (field, place) => format!("{field} → {place}"),
    };
    let value = match one.text.lines().next() {
        None | Some("") => "（空白）",
        Some(first) => first,
    };
    let leads = one.at.as_ref().is_some_and(|at| {
        let project = scene.desk.and_then(|desk| desk.project(at.project));
        project.is_some()
    });
    let name = format!("{field} {value} {}", one.why);
    let shown = Row::new(&name)
        .line(&field, theme::text::small(), palette.text_weak)
        .line(value, theme::text::grid(), palette.text)
        .line(&one.why, theme::text::small(), palette.warning)
        .note(if leads { icons::ARROW_RIGHT } else { "" })
        .enabled(leads)
        .show(ui, LINE)
        .on_hover_text(format!("{}\n{}", one.text, one.why));
    leads && shown.clicked()
}
