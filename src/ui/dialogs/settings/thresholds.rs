//! Where checks draw their lines: each threshold with its meaning, its unit, and what it is without the person's change.

use std::{collections::BTreeMap, sync::Arc};

use egui::{Id, Label, RichText, Ui};
use serde_json::Value;

use super::{hairline, judging::Judging};
use crate::{
    model::{
        edition::Edition,
        folding::Pattern,
        profile::Adjustments,
        threshold::{self, Kind, Threshold},
    },
    rules::profile::InForce,
    ui::{
        action::Action,
        dialogs::holds_preedit,
        preferences::Change,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::{button, choice, entry::Entry},
    },
};

/// What is typed, as long as it stands in a field: by edition and key.
#[derive(Default)]
pub struct Typed(BTreeMap<(Option<String>, &'static str), Draft>);

struct Draft {
    text: String,
    problem: Option<String>,
}

/// Whether any threshold answers a search.
pub fn answer(terms: &[Pattern]) -> bool {
    threshold::ALL.iter().any(|one| answers(one, terms))
}

fn answers(threshold: &Threshold, terms: &[Pattern]) -> bool {
    terms.iter().all(|term| {
        let codes = threshold.rules.iter().any(|code| term.is_in(code));
        codes || term.is_in(threshold.name) || term.is_in(threshold.about) || term.is_in("校验界限")
    })
}

/// Says what thresholds are.
pub fn head(ui: &mut Ui) {
    let words = "校验在哪里划线。不改的按口径和表样；各地表样自带的界限可以不同。清空即恢复。";
    let words = RichText::new(words).color(Palette::of(ui).text_weak);
    ui.add(Label::new(words).wrap());
}

impl Typed {
    /// Forgets what was typed: it came from elsewhere since.
    pub fn forget(&mut self) {
        self.0.clear();
    }

    /// Draws the thresholds that answer the search.
    pub fn list(
        &mut self,
        ui: &mut Ui,
        scene: &mut Scene<'_>,
        judging: &Judging,
        terms: &[Pattern],
    ) {
        for threshold in threshold::ALL.iter().filter(|one| answers(one, terms)) {
            self.row(ui, scene, judging, threshold);
            hairline(ui);
        }
    }

    fn row(
        &mut self,
        ui: &mut Ui,
        scene: &mut Scene<'_>,
        judging: &Judging,
        threshold: &'static Threshold,
    ) {
        let edition = judging.edition.as_deref();
        let own = scene.settings.own_rules.of(edition);
        let own = own
            .and_then(|changes| changes.thresholds.get(threshold.key))
            .cloned();
        let usual = usual(scene, judging, threshold);
        ui.spacing_mut().item_spacing.y = space::XS;
        let caption = ui.label(threshold.name).id;
        let wanted = ui
            .horizontal_wrapped(|ui| {
                let wanted = match threshold.kind {
                    Kind::Choice(options) => {
                        one_of(ui, threshold, options, own.as_ref(), &usual, caption)
                    }
                    _ => self.field(ui, threshold, edition, own.as_ref(), &usual),
                };
                let back = own.is_some() && {
                    let back = button::quiet(ui, "恢复");
                    let name = format!("恢复：{}", threshold.name);
                    back.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                    back.clicked()
                };
                match back {
                    true => Some(None),
                    false => wanted,
                }
            })
            .inner;
        let palette = Palette::of(ui);
        let key = (judging.edition.clone(), threshold.key);
        let problem = self.0.get(&key).and_then(|draft| draft.problem.clone());
        if let Some(problem) = problem {
            ui.add(Label::new(RichText::new(problem).color(palette.error)).wrap());
        }
        let mut about = threshold.about.to_owned();
        if !threshold.rules.is_empty() {
            about.push_str(&format!("用于 {}。", threshold.rules.join("、")));
        }
        let about = RichText::new(about).font(theme::text::small());
        ui.add(Label::new(about.color(palette.text_weak)).wrap());
        if let Some(value) = wanted {
            self.set(scene, judging, threshold, value);
        }
    }

    /// A field for a number; what the person set, where that is another than it was.
    fn field(
        &mut self,
        ui: &mut Ui,
        threshold: &'static Threshold,
        edition: Option<&str>,
        own: Option<&Value>,
        usual: &str,
    ) -> Option<Option<Value>> {
        let key = (edition.map(str::to_owned), threshold.key);
        let draft = self.0.entry(key).or_insert_with(|| Draft {
            text: own.map(|value| threshold.typed(value)).unwrap_or_default(),
            problem: None,
        });
        let id = Id::unique(("threshold", edition, threshold.key));
        // The unit stands behind the field.
        let hint = usual
            .strip_suffix(threshold.unit())
            .unwrap_or(usual)
            .trim_end();
        let field = Entry::new(id, threshold.name)
            .hint(hint)
            .width(200.0)
            .show(ui, &mut draft.text);
        ui.label(threshold.unit());
        if !field.changed() || holds_preedit(ui.ctx()) {
            return None;
        }
        draft.problem = None;
        if draft.text.trim().is_empty() {
            return own.is_some().then_some(None);
        }
        match threshold.read(&draft.text) {
            Ok(value) => (own != Some(&value)).then_some(Some(value)),
            Err(problem) => {
                draft.problem = Some(problem);
                None
            }
        }
    }

    /// Takes a value over, unless it contradicts another threshold.
    fn set(
        &mut self,
        scene: &mut Scene<'_>,
        judging: &Judging,
        threshold: &'static Threshold,
        value: Option<Value>,
    ) {
        let key = (judging.edition.clone(), threshold.key);
        let is_back = value.is_none();
        let mut own: Adjustments = scene.settings.own_rules.clone();
        own.set_threshold(judging.edition.as_deref(), threshold.key, value);
        let changed = InForce::new(scene.in_force.chosen().clone(), own.clone());
        let contradicts =
            sample(scene, judging).is_some_and(|edition| changed.contradicts(&edition));
        if contradicts && !is_back {
            if let Some(draft) = self.0.get_mut(&key) {
                draft.problem = Some("与另一个界限矛盾，没有采用：请先改那一个，或换一个数".into());
            }
            return;
        }
        if is_back {
            self.0.remove(&key);
        }
        let change = Change::Own(Box::new(own));
        scene.send.send(Action::Change(change));
    }
}

/// A choice; what the person set, where that is another than it was.
fn one_of(
    ui: &mut Ui,
    threshold: &Threshold,
    options: &[(&str, &str)],
    own: Option<&Value>,
    usual: &str,
    caption: Id,
) -> Option<Option<Value>> {
    let words = own.map(|value| threshold.in_words(value));
    let shown = words.as_deref().unwrap_or(usual).trim_end();
    let listed = std::iter::once((usual, "")).chain(options.iter().map(|(_, words)| (*words, "")));
    let taken = ui
        .scope(|ui| {
            ui.set_max_width(260.0);
            choice::show(ui, threshold.name, caption, shown, listed)
        })
        .inner?;
    let option = taken.checked_sub(1).and_then(|index| options.get(index));
    match option {
        None => own.is_some().then_some(None),
        Some((json, _)) => serde_json::from_str(json).ok().map(Some),
    }
}

/// What a threshold is without the person's change here. For forms of every edition that is what the profile says, else each
/// edition's own.
fn usual(scene: &Scene<'_>, judging: &Judging, threshold: &Threshold) -> String {
    let mut own = scene.settings.own_rules.clone();
    own.set_threshold(judging.edition.as_deref(), threshold.key, None);
    if let Some(edition) = judging.edition(scene) {
        let beneath = InForce::new(scene.in_force.chosen().clone(), own);
        let (edition, _) = beneath.on(&edition);
        return format!("现为 {}", threshold.in_words(&threshold.value(&edition)));
    }
    let of_profile = scene.in_force.profile().and_then(|profile| {
        let value = profile.changes.all.thresholds.get(threshold.key)?;
        Some(format!("按口径：{}", threshold.in_words(value)))
    });
    of_profile.unwrap_or_else(|| {
        let usual = threshold.in_words(&threshold.default_value());
        format!("按表样，一般为 {usual}")
    })
}

/// The edition by which is told whether thresholds agree.
fn sample(scene: &Scene<'_>, judging: &Judging) -> Option<Arc<Edition>> {
    let any = || {
        let editions = scene.environment.editions();
        editions
            .list()
            .first()
            .map(|shelved| Arc::clone(&shelved.edition))
    };
    judging.edition(scene).or_else(any)
}
