//! Sums and rating, the filed ones beside the reviewed ones.

use egui::{
    Align, Color32, FontId, TextStyle, Ui,
    text::{LayoutJob, TextFormat},
};
use rust_decimal::Decimal;

use crate::{
    model::figure::Rating,
    rules::working_paper::Paper,
    sheet::working_paper::changed_by,
    ui::theme::{self, Palette, space},
};

/// Draws the card.
pub fn show(ui: &mut Ui, paper: &Paper) {
    let palette = Palette::of(ui);
    let totals = &paper.totals;
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::XL;
            let body = TextStyle::Body.resolve(ui.style());
            let caption = |text: &str| (text.to_owned(), body.clone(), palette.text_weak);
            total(ui, caption("自评得分"), totals.filed, totals.filed_rating);
            total(
                ui,
                caption("复核得分"),
                totals.reviewed,
                totals.reviewed_rating,
            );
            let change = totals.change.filter(|change| !change.is_zero());
            let (text, color) = match change {
                Some(change) => (changed_by(change), palette.warning),
                None => ("与自评相同".to_owned(), palette.text_weak),
            };
            let section = theme::text::section();
            parts(ui, &[caption("相差"), (text, section, color)]);
            let notes = notes(paper);
            if !notes.is_empty() {
                parts(ui, &[(notes, theme::text::small(), palette.text_weak)]);
            }
        });
    });
}

fn total(ui: &mut Ui, caption: Part, points: Option<Decimal>, rating: Option<Rating>) {
    let color = Palette::of(ui).text;
    let points = points.map_or_else(|| "—".to_owned(), |points| points.to_string());
    let mut all = vec![caption, (points, theme::text::section(), color)];
    if let Some(rating) = rating {
        all.push((rating.to_string(), theme::text::strong(), color));
    }
    parts(ui, &all);
}

/// A text, how it is set, and its color.
type Part = (String, FontId, Color32);

/// Texts beside each other that stay together where the line breaks.
fn parts(ui: &mut Ui, parts: &[Part]) {
    let mut job = LayoutJob::default();
    job.wrap.max_width = ui.max_rect().width();
    for (text, font, color) in parts {
        let space = if job.is_empty() { 0.0 } else { space::S };
        let format = TextFormat {
            valign: Align::Center,
            ..TextFormat::simple(font.clone(), *color)
        };
        job.append(text, space, format);
    }
    // A label breaks a line within a text, but takes what is laid out already as it is.
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    ui.label(galley);
}

/// What else there is to know of the sums.
fn notes(paper: &Paper) -> String {
    let totals = &paper.totals;
    let mut notes = Vec::new();
    if totals.changed > 0 {
        notes.push(format!("调整得分 {} 处", totals.changed));
    }
    if totals.missing > 0 {
        notes.push(format!("{} 处没有复核得分，没有计入", totals.missing));
    }
    if let Some(sum) = totals.before_folding {
        notes.push(format!("百分制折算前合计 {sum} 分"));
    }
    if !totals.remark.is_empty() {
        notes.push(totals.remark.clone());
    }
    notes.join("；")
}
