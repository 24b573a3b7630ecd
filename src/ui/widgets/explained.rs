//! How a number comes about, as a card: what it is, formula, what goes in, rounding, result and basis.

use std::fmt::Write as _;

use egui::{Grid, Label, RichText, Ui};

use crate::{
    model::{
        monitoring::key,
        path::{BlockField, GoalField, IndicatorField, Place, StatedField},
        typed::trim,
    },
    score::{Explained, explained},
    ui::{
        scene::Shown,
        theme::{Palette, space, text},
    },
};

/// The number at a cell, or that to which the cell belongs: in the row of an indicator its score, or that of the group that is
/// scored as one; in the fund table the score of the execution; in the total row the total.
pub fn of(shown: &Shown, place: &Place) -> Option<(Place, Explained)> {
    let score = shown.facts.score.as_ref()?;
    let (project, edition) = (&*shown.project, &*shown.edition);
    let explain = |place: Place| {
        let explained = explained(project, edition, score, &place)?;
        Some((place, explained))
    };
    match place {
        Place::Indicator(id, _) => {
            let mut rows = project.rows();
            let group = rows.find(|view| view.indicator.id == *id)?.group;
            let of_row = || explain(Place::Indicator(*id, IndicatorField::Score));
            match group.is_scored_as_one() {
                true => explain(Place::Group(group.id, BlockField::Score)).or_else(of_row),
                false => of_row(),
            }
        }
        Place::Group(id, _) => explain(Place::Group(*id, BlockField::Score)),
        Place::Section(id, _) => explain(Place::Section(*id, BlockField::Score)),
        Place::Goal(id, _) => explain(Place::Goal(*id, GoalField::Weight)),
        Place::Fund(..) => explain(place.clone()).or_else(|| {
            let row = score.execution.row.and_then(|at| project.funds.get(at))?;
            let column = edition.fund_column(crate::model::edition::FundRole::Score)?;
            explain(Place::Fund(row.id, column.key.clone()))
        }),
        Place::Stated(StatedField::Rating) => explain(place.clone()),
        Place::Stated(_) => explain(Place::Stated(StatedField::TotalScore)),
        _ => None,
    }
}

/// Whether there can be a number to explain at a place.
pub fn is_possible(place: &Place) -> bool {
    matches!(
        place,
        Place::Indicator(..)
            | Place::Group(..)
            | Place::Section(..)
            | Place::Goal(_, GoalField::Weight)
            | Place::Fund(..)
            | Place::Stated(
                StatedField::TotalWeight | StatedField::TotalScore | StatedField::Rating
            )
    )
}

/// The lines of the card: captions and what they introduce, without what is not said.
fn lines(explained: &Explained) -> impl Iterator<Item = (&str, &str)> {
    let inputs = explained.inputs.iter();
    let inputs = inputs.map(|(name, value)| (name.as_str(), value.as_str()));
    let ends = [("取整", &explained.rounding), ("结果", &explained.result)];
    std::iter::once(("公式", explained.formula.as_str()))
        .chain(inputs)
        .chain(ends.map(|(caption, words)| (caption, words.as_str())))
        .filter(|(_, words)| !words.is_empty())
}

fn basis(explained: &Explained) -> String {
    let read = match explained.verified {
        true => "已核对原文",
        false => "依惯例，未核对原文",
    };
    format!("{}（{read}）", explained.basis)
}

/// The card as text.
pub fn as_text(place: &str, explained: &Explained) -> String {
    let mut all = format!("{place}\n");
    for (caption, words) in lines(explained) {
        let _ = writeln!(all, "{caption}：{words}");
    }
    let _ = write!(all, "依据：{}", basis(explained));
    all
}

/// Draws the card's content.
pub fn show(ui: &mut Ui, explained: &Explained) {
    let weak = Palette::of(ui).text_weak;
    let line = |ui: &mut Ui, caption: &str, words: &str, is_result: bool| {
        ui.label(RichText::new(caption).font(text::small()).color(weak));
        let font = if is_result {
            text::grid_bold()
        } else {
            text::grid()
        };
        ui.add(
            Label::new(RichText::new(words).font(font))
                .wrap()
                .selectable(true),
        );
        ui.end_row();
    };
    let width = ui.available_width();
    Grid::new("how a number comes about")
        .num_columns(2)
        .spacing([space::M, space::XS])
        .max_col_width(width - 96.0)
        .show(ui, |ui| {
            for (caption, words) in lines(explained) {
                line(ui, caption, words, caption == "结果");
            }
            line(ui, "依据", &basis(explained), false);
        });
}

/// What was reached at mid-year, beside the value of the year at this place: "年中（7月31日）：6场".
pub fn at_mid_year(shown: &Shown, place: &Place) -> Option<String> {
    let project = &shown.project;
    let text = match place {
        Place::Indicator(id, IndicatorField::Actual) => {
            let mut rows = project.rows().map(|view| view.indicator);
            rows.find(|row| row.id == *id)?.monitoring(key::MONITORED)
        }
        Place::Fund(id, column) if *column == shown.edition.scoring.execution.numerator => {
            let row = project.funds.iter().find(|row| row.id == *id)?;
            row.figure(key::MONITORED).text()
        }
        _ => return None,
    };
    let until = match trim(project.header(key::UNTIL)) {
        "" => String::new(),
        until => format!("（{until}）"),
    };
    let text = trim(text);
    (!text.is_empty()).then(|| format!("年中{until}：{text}"))
}

/// The card in a tooltip, where there is a number at exactly this place.
pub fn hover(ui: &mut Ui, shown: &Shown, place: &Place) {
    const WIDTH: f32 = 420.0;
    let score = shown.facts.score.as_ref();
    let explained = score.and_then(|score| explained(&shown.project, &shown.edition, score, place));
    if let Some(explained) = explained {
        ui.set_max_width(WIDTH);
        show(ui, &explained);
    }
}
