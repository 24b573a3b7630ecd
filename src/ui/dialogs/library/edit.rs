//! An entry of the person's own: typed anew, changed, or made of one that comes with the program.

use egui::{Grid, Id, Label, RichText, ScrollArea, Ui, vec2};

use crate::{
    library::{
        judge::{Fault, corrected, faults},
        shelf::Item,
    },
    model::{
        edition::Sense,
        library::{Entry, EntryKey, Origin},
        measure::Comparator,
    },
    ui::{
        dialogs::{Dialog, Outcome, buttons},
        icons,
        library::LibraryAction,
        scene::Scene,
        theme::{self, HIT, Palette, space},
        widgets::{button, choice, entry},
    },
};

/// Signs in the order in which they are offered.
const SIGNS: [(Option<Comparator>, &str, &str); 6] = [
    (None, "没有", "日期或文字"),
    (Some(Comparator::AtLeast), "≥", "不少于"),
    (Some(Comparator::AtMost), "≤", "不超过"),
    (Some(Comparator::Equal), "=", "等于"),
    (Some(Comparator::MoreThan), ">", "超过"),
    (Some(Comparator::LessThan), "<", "少于"),
];

/// Asks for an entry.
pub struct EditEntry {
    /// The entry that is changed; `None` for a new one.
    before: Option<EntryKey>,
    entry: Entry,
    kinds: String,
    begun: (Entry, String),
    /// What the rules say, and of what.
    judged: Option<(Entry, Vec<Fault>, Option<Entry>)>,
    is_shown: bool,
}

impl EditEntry {
    /// For an entry, or a new one of this name.
    pub fn new(item: Option<&Item>, name: &str) -> Self {
        let mut entry = item.map_or_else(
            || Entry {
                name: name.trim().to_owned(),
                sense: Sense::Quantity,
                comparator: Some(Comparator::AtLeast),
                ..Entry::default()
            },
            |item| item.entry.clone(),
        );
        if entry.origin == Origin::BuiltIn {
            entry.origin = Origin::Own;
        }
        let kinds = entry.kinds.join("、");
        Self {
            before: item.filter(|item| item.is_own).map(|item| item.key.clone()),
            begun: (entry.clone(), kinds.clone()),
            entry,
            kinds,
            judged: None,
            is_shown: false,
        }
    }

    /// The entry as it is to be kept.
    fn finished(&self) -> Entry {
        let mut entry = self.entry.clone();
        for text in [
            &mut entry.name,
            &mut entry.target,
            &mut entry.unit,
            &mut entry.measured,
            &mut entry.evidence,
            &mut entry.remark,
        ] {
            *text = text.trim().to_owned();
        }
        let kinds = self.kinds.split(['、', '，', ',', '；', ';', ' ']);
        let kinds = kinds.map(str::trim).filter(|kind| !kind.is_empty());
        entry.kinds = kinds.map(str::to_owned).collect();
        // The sign may be typed with the value.
        if entry
            .target
            .starts_with(['≥', '≤', '>', '<', '=', '＞', '＜'])
        {
            let (target, unit) = (entry.target.clone(), entry.unit.clone());
            entry.set_target(&target, None, &unit);
        }
        entry
    }

    fn judge(&mut self, scene: &Scene<'_>) {
        let entry = self.finished();
        if self.judged.as_ref().is_some_and(|(of, ..)| *of == entry) || entry.name.is_empty() {
            return;
        }
        let edition = match scene.shown() {
            Some(shown) => Some(shown.edition),
            None => scene.environment.judging_edition(),
        };
        let Some(edition) = edition else { return };
        let found = faults(&entry, &edition);
        let better = (!found.is_empty()).then(|| corrected(&entry, &edition));
        self.judged = Some((entry, found, better.flatten()));
    }

    fn fields(&mut self, ui: &mut Ui) {
        let Self {
            entry,
            kinds,
            is_shown,
            ..
        } = self;
        Grid::new("entry of the library")
            .num_columns(2)
            .spacing(vec2(space::M, space::S))
            .show(ui, |ui| {
                let field = line(ui, "指标名称", "写明考核什么，不写数值", &mut entry.name, 1);
                if !std::mem::replace(is_shown, true) {
                    field.request_focus();
                }
                level(ui, entry);
                target(ui, entry);
                for (name, hint, text, lines) in [
                    ("怎样统计", "分子、分母和取数范围", &mut entry.measured, 2),
                    ("佐证材料", "如：签到表、验收单", &mut entry.evidence, 1),
                    ("适用项目", "项目类型，几个的用顿号隔开", kinds, 1),
                    ("备注", "", &mut entry.remark, 2),
                ] {
                    line(ui, name, hint, text, lines);
                }
            });
    }

    fn said(&mut self, ui: &mut Ui) {
        let palette = Palette::of(ui);
        let mut better = None;
        let Some((_, faults, corrected)) = &self.judged else {
            return;
        };
        ui.add_space(space::S);
        for fault in faults {
            let said = format!("{} {}", icons::WARNING, fault.message);
            ui.add(Label::new(RichText::new(said).color(palette.warning)).wrap());
            let hint = RichText::new(&fault.hint).font(theme::text::small());
            ui.add(Label::new(hint.color(palette.text_weak)).wrap());
        }
        if let Some(corrected) = corrected {
            let levels = corrected.group_name();
            let words = format!("改为 {} {}", levels, corrected.whole_target());
            if button::quiet(ui, words.trim()).clicked() {
                better = Some(corrected.clone());
            }
        }
        if let Some(better) = better {
            self.entry = better;
        }
    }
}

fn line(ui: &mut Ui, name: &str, hint: &str, text: &mut String, lines: usize) -> egui::Response {
    ui.label(name);
    let id = Id::unique(("entry of the library", name));
    let field = entry::Entry::new(id, name).hint(hint).lines(lines);
    let response = field.width(440.0).show(ui, text);
    ui.end_row();
    response
}

fn level(ui: &mut Ui, entry: &mut Entry) {
    let caption = ui.label("级别").id;
    let captions = Sense::PLACED.map(Sense::usual_captions);
    let current = match entry.group_name() {
        "" => entry.section_name(),
        group => group,
    };
    let options = captions.iter().map(|(section, group)| (*group, *section));
    let taken = ui
        .allocate_ui(vec2(300.0, HIT), |ui| {
            choice::show(ui, "级别", caption, current, options)
        })
        .inner;
    if let Some(sense) = taken.and_then(|taken| Sense::PLACED.get(taken)) {
        entry.set_levels("", "", *sense);
    }
    ui.end_row();
}

fn target(ui: &mut Ui, own: &mut Entry) {
    let caption = ui.label("参考指标值").id;
    ui.horizontal(|ui| {
        let current = SIGNS.iter().find(|(sign, ..)| *sign == own.comparator);
        let current = current.map_or("", |(_, name, _)| name);
        let options = SIGNS.iter().map(|(_, name, about)| (*name, *about));
        let taken = ui
            .allocate_ui(vec2(110.0, HIT), |ui| {
                choice::show(ui, "计算符号", caption, current, options)
            })
            .inner;
        if let Some((sign, ..)) = taken.and_then(|taken| SIGNS.get(taken)) {
            own.comparator = *sign;
        }
        let id = Id::unique("target of the entry");
        entry::Entry::new(id, "参考指标值")
            .hint("如 95")
            .width(150.0)
            .show(ui, &mut own.target);
        ui.label("单位");
        let id = Id::unique("unit of the entry");
        entry::Entry::new(id, "度量单位")
            .hint("如 %")
            .width(90.0)
            .show(ui, &mut own.unit);
    });
    ui.end_row();
}

impl Dialog for EditEntry {
    fn title(&self) -> String {
        match self.before {
            Some(_) => "修改指标".into(),
            None => "新建指标".into(),
        }
    }

    fn width(&self) -> f32 {
        580.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("library")
    }

    fn holds_text(&self) -> bool {
        (&self.entry, &self.kinds) != (&self.begun.0, &self.begun.1)
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let height = (ui.ctx().content_rect().height() - 220.0).max(200.0);
        ScrollArea::vertical()
            .id_salt("fields of the entry")
            .max_height(height)
            .show(ui, |ui| {
                self.fields(ui);
                self.judge(scene);
                self.said(ui);
            });
        let is_ready = !self.entry.name.trim().is_empty();
        buttons(ui, |ui| {
            let keep = ui.add_enabled_ui(is_ready, |ui| button::primary(ui, "保存到指标库"));
            if keep.inner.clicked() {
                let entry = Box::new(self.finished());
                super::ask(scene, LibraryAction::Keep(self.before.clone(), entry));
                return Outcome::Close;
            }
            match button::plain(ui, "取消").clicked() {
                true => Outcome::Close,
                false => Outcome::Open,
            }
        })
    }
}
