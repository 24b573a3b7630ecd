//! The rules, family by family: on or off, and at which level.

use std::collections::BTreeSet;

use egui::{Checkbox, Id, Label, Margin, RichText, Role, Ui, WidgetInfo};

use super::judging::Judging;
use crate::{
    model::{folding::Pattern, policy::Severity, profile::RuleChange},
    rules::{
        catalogue::{self, Rule},
        profile::{Applied, InForce, highest},
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

/// What the rows say: what is in force, what would be without the person's changes here, and these.
struct Rows<'a> {
    applied: Applied,
    beneath: Applied,
    edition: Option<&'a str>,
}

impl<'a> Rows<'a> {
    fn new(scene: &Scene<'_>, judging: &'a Judging) -> Self {
        let edition = judging.edition.as_deref();
        let mut own = scene.settings.own_rules.clone();
        match edition {
            Some(id) => drop(own.editions.remove(id)),
            None => own = Default::default(),
        }
        let beneath = InForce::new(scene.in_force.chosen().clone(), own);
        Self {
            applied: scene.in_force.rules_on(edition),
            beneath: beneath.rules_on(edition),
            edition,
        }
    }

    fn own(&self, scene: &Scene<'_>, rule: &Rule) -> RuleChange {
        let changes = scene.settings.own_rules.of(self.edition);
        let own = changes.and_then(|changes| changes.rules.get(rule.code));
        own.cloned().unwrap_or_default()
    }
}

/// Draws the rules that answer the search; where `only` names some, these alone.
pub fn list(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    judging: &Judging,
    only: Option<&BTreeSet<String>>,
    terms: &[Pattern],
) {
    let rows = Rows::new(scene, judging);
    let is_listed =
        |rule: &&Rule| only.is_none_or(|codes| codes.contains(rule.code)) && answers(rule, terms);
    let mut family = "";
    for rule in catalogue::sorted().into_iter().filter(is_listed) {
        if rule.family() != family {
            family = rule.family();
            ui.add_space(space::S);
            ui.label(RichText::new(family).font(theme::text::strong()));
        }
        row(ui, scene, &rows, rule);
    }
    ui.add_space(space::S);
}

/// Says what it means that a rule is off, and how many are.
pub fn head(
    ui: &mut Ui,
    scene: &Scene<'_>,
    judging: &Judging,
    only: &mut Option<BTreeSet<String>>,
) {
    let applied = scene.in_force.rules_on(judging.edition.as_deref());
    let palette = Palette::of(ui);
    let words = "停用的规则不再列出问题，也不计入校验结论；结论、校验栏、审阅稿和汇总表都会写明用的是哪份口径、停用了几条。";
    ui.add(Label::new(RichText::new(words).color(palette.text_weak)).wrap());
    let all = catalogue::all().count();
    let count = match applied.off().len() {
        0 => format!("共 {all} 条规则，全部启用"),
        off => format!("共 {all} 条规则，已停用 {off} 条"),
    };
    ui.horizontal_wrapped(|ui| {
        ui.label(count);
        let mut is_only = only.is_some();
        let is_some = applied.off().len() > 0 || is_only;
        let words = "只列出停用的规则";
        let response = choice::beside_one_another(ui, |ui| {
            ui.add_enabled(is_some, Checkbox::new(&mut is_only, words))
        });
        if response.changed() {
            // A rule that is turned on again stays in the list until the list is asked for anew.
            *only = is_only.then(|| applied.off().map(str::to_owned).collect());
        }
    });
}

fn row(ui: &mut Ui, scene: &mut Scene<'_>, rows: &Rows<'_>, rule: &Rule) {
    /// As far as the words of a check box stand from its edge, in points.
    const INDENT: i8 = 26;
    let palette = Palette::of(ui);
    let name = format!("{} {}", rule.code, rule.name);
    let is_on = rows.applied.is_on(rule.code);
    let own = rows.own(scene, rule);
    let mut wanted = is_on;
    ui.spacing_mut().item_spacing.y = 0.0;
    let caption = ui
        .horizontal(|ui| {
            let color = match is_on {
                true => palette.text,
                false => palette.text_faint,
            };
            let words = RichText::new(&name).color(color);
            let response = choice::beside_one_another(ui, |ui| ui.checkbox(&mut wanted, words));
            response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, wanted, &name));
            badge::show(ui, rows.applied.level_of(rule));
            response.id
        })
        .inner;
    let margin = Margin {
        left: INDENT,
        bottom: 6,
        ..Margin::ZERO
    };
    let mut level = own.level;
    egui::Frame::new().inner_margin(margin).show(ui, |ui| {
        let summary = RichText::new(rule.summary).font(theme::text::small());
        ui.add(Label::new(summary.color(palette.text_weak)).wrap());
        level = choose_level(ui, rule, rows.beneath.level_of(rule), own.level, caption);
    });
    let on = match wanted == is_on {
        true => own.on,
        false => (wanted != rows.beneath.is_on(rule.code)).then_some(wanted),
    };
    if (on, level) != (own.on, own.level) {
        let mut changed = scene.settings.own_rules.clone();
        changed.set_rule(rows.edition, rule.code, on, level);
        let change = Change::Own(Box::new(changed));
        scene.send.send(Action::Change(change));
    }
}

/// The level of the person's own; `None` for what it is without.
fn choose_level(
    ui: &mut Ui,
    rule: &Rule,
    beneath: Severity,
    own: Option<Severity>,
    caption: Id,
) -> Option<Severity> {
    const LEVELS: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Hint];
    let usual = format!("默认（{}）", badge::level_name(beneath));
    let levels: Vec<Severity> = LEVELS
        .into_iter()
        .filter(|level| *level <= highest(rule))
        .collect();
    let shown = own.map_or(usual.as_str(), |level| {
        badge::level_name(level.min(highest(rule)))
    });
    let names = levels.iter().map(|level| (badge::level_name(*level), ""));
    let options = std::iter::once((usual.as_str(), "")).chain(names);
    let name = format!("{} 的级别", rule.code);
    let taken = ui
        .scope(|ui| {
            ui.set_max_width(140.0);
            choice::show(ui, &name, caption, shown, options)
        })
        .inner;
    match taken {
        None => own,
        Some(0) => None,
        Some(index) => levels.get(index - 1).copied(),
    }
}
