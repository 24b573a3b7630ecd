//! 上年结余 offered as 上年结转: seen beneath the table, entered only by a click.

use egui::{Label, RichText, Ui, WidgetInfo};

use super::display::Money;
use crate::{
    edit::command::EditCommand,
    model::{
        id::Id,
        last_year::LastYear,
        numeral::{money as grouped, plain},
        path::Place,
        project::{Project, fund},
    },
    session::jobs::Revision,
    ui::{
        command::UiCommand,
        scene::{Scene, Shown},
        theme::{self, Palette, space},
        widgets::button,
    },
};

/// What is known of last year, and of which project and version of the document.
#[derive(Default)]
pub struct Carried {
    of: Option<(Id<Project>, Revision)>,
    last: Option<LastYear>,
}

impl Carried {
    /// Looks it up where project or document changed.
    fn renew(&mut self, shown: &Shown, scene: &Scene<'_>) {
        let Some(desk) = scene.desk else { return };
        let of = Some((shown.project.id, desk.session.revision()));
        if self.of != of {
            self.of = of;
            let editions = desk.session.editions();
            let document = desk.session.document();
            self.last = document.last_year(&shown.project, &|form| editions.of(form));
        }
    }

    /// Draws the line where something was left of last year: how much, where it comes from, and for each blank cell of 上年结转
    /// a button that enters it.
    pub fn show(&mut self, ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, money: &Money) {
        self.renew(shown, scene);
        let Some((last, left)) = self.last.as_ref().and_then(|last| {
            let left = last.unspent()?;
            let own = last.money_unit.convert(left, shown.project.money_unit)?;
            own.is_sign_positive().then_some((last, own))
        }) else {
            return;
        };
        if left.is_zero() {
            return;
        }
        let weak = Palette::of(ui).text_weak;
        ui.add_space(space::XS);
        ui.horizontal_wrapped(|ui| {
            let words = format!("上年结余 {} {}", money.amount(left), money.unit());
            let words = RichText::new(words).font(theme::text::grid());
            ui.add(Label::new(words.color(weak)))
                .on_hover_text(origin(last));
            let entered = enter(ui, shown, scene, plain(left));
            if !entered && shown.project.carried_over_row().is_none() {
                let words =
                    RichText::new("本表没有上年结转一行，只供核对").font(theme::text::small());
                ui.add(Label::new(words.color(weak)));
            }
            let word = UiCommand::CompareYears.label();
            if button::quiet(ui, word).clicked() {
                scene.send.command(UiCommand::CompareYears);
            }
        });
    }
}

/// "2019 年全年预算 100.00 万元 − 全年执行 87.66 万元，来自本文件"
fn origin(last: &LastYear) -> String {
    let total = last.total_funds();
    let amount = |cell| last.amount(cell).map(grouped).unwrap_or_default();
    let (budget, executed) = total.map_or_else(Default::default, |total| {
        (amount(&total.adjusted), amount(&total.executed))
    });
    let unit = last.money_unit;
    format!(
        "{}全年预算 {budget} {unit} − 全年执行 {executed} {unit}，来自{}",
        last.called(),
        last.source
    )
}

/// A button for each blank cell; whether there is one.
fn enter(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, typed: String) -> bool {
    let Some(row) = shown.project.carried_over_row() else {
        return false;
    };
    if !shown.project.stage.is_editable() {
        return false;
    }
    let columns = [fund::INITIAL, fund::ADJUSTED].into_iter();
    let blank = columns.filter(|key| {
        let column = shown.edition.fund_column_named(key);
        column.is_some_and(|column| column.formula.is_none()) && row.figure(key).is_empty()
    });
    let mut has_one = false;
    for key in blank {
        has_one = true;
        let caption = shown.edition.fund_caption(key);
        let response = button::quiet(ui, &format!("填入{caption}"));
        let name = format!("把上年结余填入上年结转的{caption}");
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
        if response.on_hover_text(&name).clicked() {
            scene.send.edit(EditCommand::SetCell {
                at: shown.project.at(Place::Fund(row.id, key.to_owned())),
                text: typed.clone(),
            });
        }
    }
    has_one
}
