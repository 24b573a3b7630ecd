//! What a column or a row can be, for a person to choose.

use egui::{Response, Ui};

use crate::{
    exchange::recognise::{ColumnUse, RowUse},
    model::{edition::IndicatorRole, project::fund},
};

/// Columns of the fund table, by their keys.
fn funds() -> impl Iterator<Item = &'static str> {
    fund::ALL.into_iter().chain(["remark"])
}

const ROLES: [IndicatorRole; 11] = [
    IndicatorRole::Level1,
    IndicatorRole::Level2,
    IndicatorRole::Name,
    IndicatorRole::Nature,
    IndicatorRole::Target,
    IndicatorRole::Unit,
    IndicatorRole::Actual,
    IndicatorRole::Weight,
    IndicatorRole::Score,
    IndicatorRole::Deviation,
    IndicatorRole::Extra,
];

const ROWS: [(RowUse, &str); 8] = [
    (RowUse::Indicator, "一行指标"),
    (RowUse::Part, "上一行的“其中”"),
    (RowUse::Section, "一级指标的名称"),
    (RowUse::Group, "二级指标的名称"),
    (RowUse::Total, "总分行"),
    (RowUse::Reason, "偏差原因的段落"),
    (RowUse::Footnote, "表下注释"),
    (RowUse::Ignored, "不导入这一行"),
];

/// What a column is, in words.
pub(super) fn words_of_column(column: &ColumnUse) -> &str {
    match column {
        ColumnUse::Indicator(role) => role.usual_caption(),
        ColumnUse::Fund(key) if funds().any(|known| known == key) => fund::usual_caption(key),
        ColumnUse::Fund(_) => "其他资金栏",
        ColumnUse::Ignored => "不导入",
    }
}

/// Opens under a heading that was clicked; what was chosen.
pub(super) fn of_column(response: &Response, now: &ColumnUse) -> Option<ColumnUse> {
    let shown = egui::Popup::menu(response).show(|ui| {
        ui.set_min_width(180.0);
        ui.weak("这一列是");
        let options: Vec<ColumnUse> = match now {
            ColumnUse::Fund(_) => funds().map(|key| ColumnUse::Fund(key.to_owned())).collect(),
            _ => ROLES.into_iter().map(ColumnUse::Indicator).collect(),
        };
        let options = options.into_iter().chain([ColumnUse::Ignored]);
        choose(ui, options, words_of_column, now)
    });
    shown.and_then(|shown| shown.inner)
}

/// Opens under a row number that was clicked; what was chosen.
pub(super) fn of_row(response: &Response, now: &RowUse) -> Option<RowUse> {
    let shown = egui::Popup::menu(response).show(|ui| {
        ui.set_min_width(180.0);
        ui.weak("这一行是");
        choose(
            ui,
            ROWS.into_iter().map(|(each, _)| each),
            words_of_row,
            now,
        )
    });
    shown.and_then(|shown| shown.inner)
}

fn words_of_row(row: &RowUse) -> &str {
    let mut known = ROWS.iter();
    known
        .find(|(each, _)| each == row)
        .map_or("", |(_, words)| words)
}

fn choose<T: PartialEq>(
    ui: &mut Ui,
    options: impl IntoIterator<Item = T>,
    words: impl Fn(&T) -> &str,
    now: &T,
) -> Option<T> {
    let mut chosen = None;
    for option in options {
        let is_on = option == *now;
        if ui.selectable_label(is_on, words(&option)).clicked() && !is_on {
            chosen = Some(option);
        }
    }
    chosen
}
