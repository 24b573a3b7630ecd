//! What is known of one entry.

use egui::{Label, RichText, ScrollArea, Ui};

use super::{LibraryDialog, ask, edit::EditEntry};
use crate::{
    model::library::{Entry, levels_in_words},
    ui::{
        action::Action,
        icons,
        library::LibraryAction,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::button,
    },
};

impl LibraryDialog {
    /// Draws what is known of the chosen entry.
    pub(super) fn details(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, height: f32) {
        let faults = self.faults(scene, self.choosing.line);
        let Some(item) = self.current().cloned() else {
            return;
        };
        let palette = Palette::of(ui);
        let entry = &item.entry;
        ScrollArea::vertical()
            .id_salt("details")
            .max_height(height)
            .auto_shrink([false, false])
            .show(ui, |ui| {
                let name = RichText::new(&entry.name).font(theme::text::strong());
                ui.add(Label::new(name).wrap());
                ui.add_space(space::XS);
                for (caption, text) in told(entry) {
                    line(ui, caption, &text);
                }
                for fault in faults.iter() {
                    ui.add_space(space::XS);
                    let said = format!("{} {}", icons::WARNING, fault.message);
                    ui.add(Label::new(RichText::new(said).color(palette.warning)).wrap());
                    let hint = RichText::new(&fault.hint).font(theme::text::small());
                    ui.add(Label::new(hint.color(palette.text_weak)).wrap());
                }
                ui.add_space(space::S);
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = space::L;
                    let verb = if item.is_own {
                        "修改…"
                    } else {
                        "改成自己的…"
                    };
                    if button::quiet(ui, verb).clicked() {
                        let dialog = EditEntry::new(Some(&item), "");
                        scene.send.send(Action::Ask(Box::new(dialog)));
                    }
                    if item.is_own && button::quiet(ui, "删除这一条").clicked() {
                        ask(scene, LibraryAction::Forget(item.key.clone()));
                    }
                });
            });
    }
}

/// What is known, with its captions; nothing that is empty.
fn told(entry: &Entry) -> Vec<(&'static str, String)> {
    let used = match (entry.times_used(), entry.last_year) {
        (0, _) => String::new(),
        (times, Some(year)) => format!("{times} 个项目用过，最近是 {year} 年"),
        (times, None) => format!("{times} 个项目用过"),
    };
    // With a target the unit stands there.
    let unit = match entry.whole_target().is_empty() {
        true => entry.unit.clone(),
        false => String::new(),
    };
    let lines = [
        ("级别", levels_in_words(entry).into_owned()),
        ("参考指标值", entry.whole_target()),
        ("用过的指标值", entry.range().unwrap_or_default()),
        ("度量单位", unit),
        ("怎样统计", entry.measured.clone()),
        ("佐证材料", entry.evidence.clone()),
        ("适用项目", entry.kinds.join("、")),
        ("备注", entry.remark.clone()),
        ("使用", used),
        ("来源", entry.origin.to_string()),
    ];
    lines
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .collect()
}

fn line(ui: &mut Ui, caption: &str, text: &str) {
    let palette = Palette::of(ui);
    let caption = RichText::new(caption).font(theme::text::small());
    ui.spacing_mut().item_spacing.y = 1.0;
    ui.label(caption.color(palette.text_weak));
    ui.add(Label::new(text).wrap());
    ui.add_space(space::S);
}
