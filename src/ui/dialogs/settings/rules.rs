//! The rules, family by family, to be turned on and off.

use std::collections::BTreeSet;

use egui::{Checkbox, Label, Margin, RichText, Role, Ui, WidgetInfo};

use crate::{
    model::folding::Pattern,
    rules::{
        catalogue::{self, Rule},
        disabled::Disabled,
    },
    ui::{
        action::Action,
        preferences::Change,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::{badge, choice},
    },
};

/// Whether any rule answers a search.
pub fn answer(terms: &[Pattern]) -> bool {
    catalogue::all().any(|rule| answers(rule, terms))
}

/// Whether all terms of a search occur in a rule.
fn answers(rule: &Rule, terms: &[Pattern]) -> bool {
    terms.iter().all(|term| {
        let texts = [rule.code, rule.name, rule.summary, rule.family()];
        texts.iter().any(|text| term.is_in(text)) || term.is_in(badge::level_name(rule.level))
    })
}

/// Draws the rules that answer the search; where `only` names some, these alone.
pub fn list(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    only: Option<&BTreeSet<String>>,
    terms: &[Pattern],
) {
    let disabled = Disabled::of(&scene.settings.disabled_rules);
    let is_listed =
        |rule: &&Rule| only.is_none_or(|codes| codes.contains(rule.code)) && answers(rule, terms);
    let mut family = "";
    for rule in catalogue::all().filter(is_listed) {
        if rule.family() != family {
            family = rule.family();
            ui.add_space(space::S);
            ui.label(RichText::new(family).font(theme::text::strong()));
        }
        row(ui, scene, rule, !disabled.has(rule.code));
    }
    ui.add_space(space::S);
}

/// Says what it means that a rule is off, and how many are.
pub fn head(ui: &mut Ui, scene: &Scene<'_>, only: &mut Option<BTreeSet<String>>) {
    let disabled = Disabled::of(&scene.settings.disabled_rules);
    let palette = Palette::of(ui);
    let words =
        "停用的规则不再列出问题，也不计入校验结论；结论、校验栏和审阅稿都会写明停用了几条。";
    ui.add(Label::new(RichText::new(words).color(palette.text_weak)).wrap());
    let all = catalogue::all().count();
    let count = match disabled.count() {
        0 => format!("共 {all} 条规则，全部启用"),
        off => format!("共 {all} 条规则，已停用 {off} 条"),
    };
    ui.horizontal_wrapped(|ui| {
        ui.label(count);
        let mut is_only = only.is_some();
        let is_some = disabled.count() > 0 || is_only;
        let words = "只列出停用的规则";
        let response = choice::beside_one_another(ui, |ui| {
            ui.add_enabled(is_some, Checkbox::new(&mut is_only, words))
        });
        if response.changed() {
            // A rule that is turned on again stays in the list until the list is asked for anew.
            *only = is_only.then(|| scene.settings.disabled_rules.clone());
        }
    });
}

fn row(ui: &mut Ui, scene: &mut Scene<'_>, rule: &Rule, is_on: bool) {
    /// As far as the words of a check box stand from its edge, in points.
    const INDENT: i8 = 26;
    let palette = Palette::of(ui);
    let name = format!("{} {}", rule.code, rule.name);
    let mut wanted = is_on;
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.horizontal(|ui| {
        let color = match is_on {
            true => palette.text,
            false => palette.text_faint,
        };
        let words = RichText::new(&name).color(color);
        let response = choice::beside_one_another(ui, |ui| ui.checkbox(&mut wanted, words));
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, wanted, &name));
        badge::show(ui, rule.level);
        let level = RichText::new(badge::level_name(rule.level)).font(theme::text::small());
        ui.label(level.color(palette.text_weak));
    });
    let margin = Margin {
        left: INDENT,
        bottom: 6,
        ..Margin::ZERO
    };
    egui::Frame::new().inner_margin(margin).show(ui, |ui| {
        let summary = RichText::new(rule.summary).font(theme::text::small());
        ui.add(Label::new(summary.color(palette.text_weak)).wrap());
    });
    if wanted != is_on {
        scene
            .send
            .send(Action::Change(Change::Rule(rule.code, wanted)));
    }
}
