//! What the form is: stage, edition, money unit, title.

use std::collections::BTreeSet;

use egui::{Button, Label, RichText, Ui, WidgetInfo, vec2};

use super::in_columns;
use crate::{
    model::{
        edition::EditionStatus,
        figure::MoneyUnit,
        path::{Place, StatedField},
        project::Stage,
    },
    ui::{
        action::Action,
        command::UiCommand,
        dialogs::{
            change_unit::ChangeUnit, editions::EditionsDialog, message::Message, stage,
            unplaced::UnplacedDialog,
        },
        icons,
        scene::{Scene, Shown},
        theme::{self, HIT, Palette, space},
        widgets::{
            badge, button, choice,
            field::{self, Field},
            gaps,
        },
    },
};

/// The stages with what is done in them.
const STAGES: [(Stage, &str); 8] = [
    (Stage::Targets, "填绩效目标、指标值和分值"),
    (Stage::Adjustment, "登记经批准的调整"),
    (Stage::Monitoring, "填年中完成情况"),
    (Stage::SelfEvaluation, "填全年执行、完成值和得分"),
    (Stage::Submitted, "已送审核，内容锁定"),
    (Stage::Returned, "按审核意见修改"),
    (Stage::Final, "已经定稿，内容锁定"),
    (Stage::Published, "已经公开，内容锁定"),
];

/// What stands in a place of this part.
#[derive(Clone, Copy)]
enum Part {
    Stage,
    Edition,
    MoneyUnit,
    StatedUnit,
    Title,
}

/// Draws the part.
pub fn show(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>) {
    let parts = [
        Part::Stage,
        Part::Edition,
        Part::MoneyUnit,
        Part::StatedUnit,
        Part::Title,
    ];
    in_columns(ui, &parts, |ui, part| {
        ui.spacing_mut().item_spacing.y = space::XS;
        match part {
            Part::Stage => stage(ui, shown, scene),
            Part::Edition => edition(ui, shown, scene),
            Part::MoneyUnit => money_unit(ui, shown, scene),
            Part::StatedUnit => stated(ui, shown, scene, StatedField::MoneyUnit),
            Part::Title => stated(ui, shown, scene, StatedField::Title),
        }
    });
}

fn explanation(ui: &mut Ui, text: &str) -> egui::Response {
    let text = RichText::new(text).font(theme::text::small());
    ui.add(Label::new(text.color(Palette::of(ui).text_faint)).wrap())
}

fn stage(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>) {
    let caption = field::caption(ui, "填报阶段", |_| {});
    let now = shown.project.stage;
    let names = STAGES.map(|(stage, about)| (stage.to_string(), about));
    let options = names.iter().map(|(name, about)| (name.as_str(), *about));
    if let Some(taken) = choice::show(ui, "填报阶段", caption, &now.to_string(), options) {
        let shown = BTreeSet::from([shown.project.id]);
        stage::move_on(scene, &shown, STAGES[taken].0);
    }
    if let Some((_, about)) = STAGES.iter().find(|(stage, _)| *stage == now) {
        if now.is_editable() {
            explanation(ui, about);
        } else {
            explanation(
                ui,
                &format!("{} {about}，改回“自评”或“退回”可继续修改", icons::LOCK),
            );
        }
    }
    if let Some(last) = shown.project.stages.last()
        && button::quiet(ui, &format!("{} {}…", last.day(), last.called()))
            .on_hover_text("查看流转记录")
            .clicked()
    {
        scene.send.command(UiCommand::StageRecords);
    }
}

fn edition(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>) {
    let edition = &shown.edition;
    field::caption(ui, "表样", |_| {});
    ui.horizontal_wrapped(|ui| {
        ui.set_min_height(HIT);
        ui.label(&edition.name).on_hover_text(&edition.source);
        let color = match edition.status {
            EditionStatus::Verified => Palette::of(ui).good,
            EditionStatus::Reference | EditionStatus::Draft => Palette::of(ui).warning,
        };
        let status = RichText::new(edition.status.to_string()).font(theme::text::small());
        ui.add(Label::new(status.color(color)).extend())
            .on_hover_ui(|ui| gaps::show(ui, edition));
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        if !edition.region.is_empty() {
            let region = RichText::new(&edition.region).font(theme::text::small());
            ui.label(region.color(Palette::of(ui).text_faint));
        }
        if button::quiet(ui, "在表样管理中查看…").clicked() {
            let dialog = EditionsDialog::at(&edition.hash());
            scene.send.send(Action::Ask(Box::new(dialog)));
        }
        if button::quiet(ui, "表样来源").clicked() {
            let message = Message::new("表样来源", edition.source.as_str());
            scene.send.send(Action::Ask(Box::new(message)));
        }
        if button::quiet(ui, "更换表样…").clicked() {
            scene.send.command(UiCommand::ChangeEdition);
        }
        if shown.facts.has_unplaced {
            let words = "没有位置的内容…";
            if button::quiet(ui, words).clicked() {
                let dialog = UnplacedDialog::new(shown.project.id);
                scene.send.send(Action::Ask(Box::new(dialog)));
            }
        }
    });
}

fn money_unit(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>) {
    field::caption(ui, "金额单位", |ui| {
        let unit = Place::Stated(StatedField::MoneyUnit);
        badge::findings(ui, shown, &unit);
    });
    let is_editable = shown.project.stage.is_editable();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for unit in [MoneyUnit::Yuan, MoneyUnit::TenThousandYuan] {
            let is_on = shown.project.money_unit == unit;
            let choice = Button::selectable(is_on, unit.to_string()).min_size(vec2(56.0, HIT));
            let response = ui.add_enabled(is_editable, choice);
            let name = format!("金额单位 {unit}");
            response.widget_info(|| {
                WidgetInfo::selected(egui::Role::RadioButton, is_editable, is_on, &name)
            });
            if response.clicked() && !is_on {
                let dialog = ChangeUnit::new(shown.project.id, unit);
                scene.send.send(Action::Ask(Box::new(dialog)));
            }
        }
    });
    explanation(ui, "表内金额按此单位理解；改单位时问是否换算数字");
}

fn stated(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, field: StatedField) {
    let at = shown.project.at(Place::Stated(field));
    let title = shown.project.title_on(&shown.edition);
    let (label, hint) = match field {
        StatedField::Title => ("标题（与表样不同时填写）", title.as_str()),
        _ => ("表上写的金额单位", ""),
    };
    Field::new(at, label).hint(hint).show(ui, shown, scene);
}
