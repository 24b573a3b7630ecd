//! 金额单位: the amounts are converted, or only their unit is another.

use egui::{Label, RichText, ScrollArea, Ui};

use super::{Dialog, Outcome, buttons, is_confirmed};
use crate::{
    edit::convert_unit::{Amounts, change_unit},
    model::{edition::Edition, figure::MoneyUnit, id::Id, project::Project},
    ui::{
        action::Action,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::{button, choice},
    },
};

/// Asks what becomes of the amounts when a project's unit changes.
pub struct ChangeUnit {
    project: Id<Project>,
    unit: MoneyUnit,
    amounts: Amounts,
}

impl ChangeUnit {
    /// For a project that is to state its amounts in `unit`.
    pub fn new(project: Id<Project>, unit: MoneyUnit) -> Self {
        Self {
            project,
            unit,
            amounts: Amounts::default(),
        }
    }
}

impl Dialog for ChangeUnit {
    fn title(&self) -> String {
        format!("金额单位改为{}", self.unit)
    }

    fn help(&self) -> Option<&'static str> {
        Some("change-edition")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let Some((desk, project)) = scene
            .desk
            .and_then(|desk| Some((desk, desk.project(self.project)?)))
        else {
            return Outcome::Close;
        };
        let own = desk.session.editions().of(project);
        let shelf = desk.session.editions().shelf().list().iter();
        let all = own.as_deref().into_iter();
        let editions: Vec<&Edition> = all.chain(shelf.map(|known| &*known.edition)).collect();
        choice::beside_one_another(ui, |ui| {
            ui.radio_value(&mut self.amounts, Amounts::Convert, "换算数值");
            ui.radio_value(&mut self.amounts, Amounts::Keep, "只改单位，数字不变");
        });
        let (command, conversion) = change_unit(project, &editions, self.unit, self.amounts);
        let weak = Palette::of(ui).text_weak;
        let small = |ui: &mut Ui, words: &str| {
            let words = RichText::new(words).font(theme::text::small());
            ui.add(Label::new(words.color(weak)).wrap());
        };
        ui.add_space(space::XS);
        match self.amounts {
            Amounts::Convert => {
                let count = conversion.converted;
                small(ui, &format!("换算 {count} 个金额，小数不舍入。"));
            }
            Amounts::Keep => small(ui, "表中数字本来就是按新单位填的，选这一项。"),
        }
        if !conversion.left.is_empty() {
            let count = conversion.left.len();
            small(ui, &format!("有 {count} 处不是数字，没有换算，请改正："));
            ScrollArea::vertical().max_height(120.0).show(ui, |ui| {
                for (at, text) in &conversion.left {
                    let place = own.as_deref().map(|own| at.in_words(project, own));
                    small(ui, &format!("{}：{text}", place.unwrap_or_default()));
                }
            });
        }
        let confirmed = is_confirmed(ui);
        let (is_done, is_cancelled) = buttons(ui, |ui| {
            let done = button::primary(ui, "更改单位").clicked();
            (done, button::plain(ui, "取消").clicked())
        });
        if is_done || confirmed {
            let said = command.label();
            scene.send.send(Action::EditAndSay(command, said));
            return Outcome::Close;
        }
        if is_cancelled {
            Outcome::Close
        } else {
            Outcome::Open
        }
    }
}
