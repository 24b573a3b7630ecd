//! 校验界限: the thresholds of the edition itself.

use egui::Ui;
use rust_decimal::Decimal;
use serde_json::Value;

use super::pen::{Pen, remark};
use crate::{
    model::threshold::{self, Kind, Threshold, changed},
    ui::theme::space,
};

/// Draws the part.
pub fn show(pen: &mut Pen<'_>, ui: &mut Ui) {
    remark(
        ui,
        "校验在哪里划线。这里改的是表样本身，只用于这份表样的项目；复核口径和设置中的更改仍排在它前面。",
    );
    for threshold in threshold::ALL {
        row(pen, ui, threshold);
        remark(ui, threshold.about);
        ui.add_space(space::XS);
    }
    pen.told(ui, "scoring.over_fulfilment");
}

fn row(pen: &mut Pen<'_>, ui: &mut Ui, threshold: &'static Threshold) {
    let value = threshold.value(pen.edition);
    if let Kind::Choice(options) = threshold.kind {
        let current = value.to_string();
        let taken = pen.one_of(ui, threshold.name, threshold.key, current.as_str(), options);
        if let Some(json) = taken
            && let Ok(value) = serde_json::from_str(json)
        {
            set(pen, threshold, &value);
        }
        return;
    }
    let shown: Option<Decimal> = threshold.typed(&value).parse().ok();
    let unit = match threshold.kind {
        Kind::Optional(unit, ..) => format!("{unit}（不要求则留空）"),
        _ => threshold.unit().to_owned(),
    };
    let Some(typed) = pen.number(ui, threshold.name, threshold.key, &unit, shown) else {
        return;
    };
    let typed = typed.map_or_else(|| "无".to_owned(), |number| number.to_string());
    if let Ok(value) = threshold.read(&typed) {
        set(pen, threshold, &value);
    }
}

/// Takes a value over. One that contradicts another threshold is taken, too, and told as a fault of the edition.
fn set(pen: &mut Pen<'_>, threshold: &'static Threshold, value: &Value) {
    if let Some(changed) = changed(pen.edition, [(threshold, value)]) {
        *pen.edition = changed;
    }
}
