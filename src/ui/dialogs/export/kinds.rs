//! What is made: the form as files of several kinds, data for programs, and what is made of all projects together.

use std::{collections::BTreeSet, sync::Arc};

use egui::{Grid, Label, RichText, Ui, WidgetInfo};

use crate::{
    exchange::system::{SystemMap, SystemShelf},
    session::{export::What, print::Copy},
    sheet::{booklet::Mark, review::ReviewOptions},
    ui::{
        theme::{self, Palette, space},
        widgets::choice,
    },
};

/// Pixels per inch of pictures: sharp in a document, and small enough for mail.
const PER_INCH: u16 = 200;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Pdf,
    Workbook,
    Word,
    Pictures,
    System,
    Csv,
    Lines,
    Summary,
    SummaryPdf,
    Report,
}

use Kind as K;

/// The kinds that there are of the form and of the review copy, with a line on each.
const FORMS: [(Kind, &str, &str); 4] = [
    (K::Pdf, "PDF", "与预览、打印完全一样"),
    (K::Workbook, "Excel", "同样的版式，可以继续填"),
    (K::Word, "Word", "同样的版式，可以继续改"),
    (K::Pictures, "图片", "每页一张 PNG"),
];

const DATA: [(Kind, &str, &str); 3] = [
    (K::System, "一体化系统数据", "按系统的栏目排列，供导入"),
    (
        K::Csv,
        "CSV 数据表",
        "项目、资金、指标、问题各一张，可用 Excel 打开",
    ),
    (K::Lines, "JSON Lines 数据", "同样的四张表，供程序读取"),
];

const TOGETHER: [(Kind, &str, &str); 3] = [
    (
        K::Summary,
        "汇总表（Excel）",
        "一个项目一行，另有指标、问题、等级等分表",
    ),
    (K::SummaryPdf, "汇总表（PDF）", "同样的内容，供打印"),
    (
        K::Report,
        "绩效自评报告（Word）",
        "能填的已填好，要写的地方有标记",
    ),
];

/// The kinds that are chosen.
#[derive(Debug, Clone)]
pub(super) struct Kinds {
    official: BTreeSet<Kind>,
    review: BTreeSet<Kind>,
    paper: BTreeSet<Kind>,
    monitoring: BTreeSet<Kind>,
    others: BTreeSet<Kind>,
    /// Sums, rate and scores as formulas.
    formulas: bool,
    /// The id of the system's map.
    system: Option<String>,
}

impl Default for Kinds {
    fn default() -> Self {
        Self {
            official: BTreeSet::from([K::Pdf]),
            review: BTreeSet::new(),
            paper: BTreeSet::new(),
            monitoring: BTreeSet::new(),
            others: BTreeSet::new(),
            formulas: false,
            system: None,
        }
    }
}

impl Kinds {
    /// What is made.
    pub(super) fn what(&self, shelf: &SystemShelf) -> Vec<What> {
        let review = Copy::Review(Mark::default(), ReviewOptions::default());
        let forms = self.official.iter().map(|kind| (*kind, Copy::Official));
        let reviews = self.review.iter().map(|kind| (*kind, review));
        let papers = self.paper.iter().map(|kind| (*kind, Copy::WorkingPaper));
        let monitoring = self.monitoring.iter();
        let monitoring = monitoring.map(|kind| (*kind, Copy::Monitoring));
        let others = self.others.iter().map(|kind| (*kind, Copy::Official));
        let all = forms.chain(reviews).chain(papers);
        let all = all.chain(monitoring).chain(others);
        all.map(|(kind, copy)| self.one(kind, copy, shelf))
            .collect()
    }

    fn one(&self, kind: Kind, copy: Copy, shelf: &SystemShelf) -> What {
        match kind {
            K::Pdf => What::Pdf(copy),
            K::Workbook => What::Workbook {
                copy,
                formulas: self.formulas,
            },
            K::Word => What::Word(copy),
            K::Pictures => What::Pictures(copy, PER_INCH),
            K::System => {
                let map = self.map(shelf);
                What::System(map.map_or_else(String::new, |map| map.id.clone()))
            }
            K::Csv => What::Csv,
            K::Lines => What::Lines,
            K::Summary => What::Summary,
            K::SummaryPdf => What::SummaryPdf,
            K::Report => What::Report,
        }
    }

    /// Draws the kinds of the form.
    pub(super) fn forms(&mut self, ui: &mut Ui) {
        caption(ui, "自评表");
        Grid::new("kinds of the form")
            .num_columns(6)
            .spacing([space::M, space::XS])
            .show(ui, |ui| {
                for (kind, name, about) in FORMS {
                    ui.label(name);
                    for (column, set) in [
                        ("正式表", &mut self.official),
                        ("审阅稿", &mut self.review),
                        ("复核底稿", &mut self.paper),
                        ("监控表", &mut self.monitoring),
                    ] {
                        tick(ui, set, kind, column, &format!("{name} {column}"));
                    }
                    weak(ui, about);
                    ui.end_row();
                }
            });
        let has_workbook =
            self.official.contains(&K::Workbook) || self.review.contains(&K::Workbook);
        ui.add_enabled_ui(has_workbook, |ui| {
            choice::beside_one_another(ui, |ui| {
                ui.checkbox(&mut self.formulas, "Excel 中合计、执行率、得分写成公式")
            });
        });
    }

    /// Draws the other kinds.
    pub(super) fn others(&mut self, ui: &mut Ui, shelf: &SystemShelf) {
        caption(ui, "全部项目合成一份");
        for (kind, name, about) in TOGETHER {
            self.other(ui, kind, name, about);
        }
        ui.add_space(space::S);
        caption(ui, "数据");
        for (kind, name, about) in DATA {
            self.other(ui, kind, name, about);
            if kind == K::System && self.others.contains(&K::System) {
                self.systems(ui, shelf);
            }
        }
    }

    fn other(&mut self, ui: &mut Ui, kind: Kind, name: &str, about: &str) {
        ui.horizontal(|ui| {
            tick(ui, &mut self.others, kind, name, name);
            weak(ui, about);
        });
    }

    /// The map that is chosen, else the first.
    fn map<'s>(&self, shelf: &'s SystemShelf) -> Option<&'s Arc<SystemMap>> {
        let chosen = self.system.as_ref().and_then(|id| shelf.get(id));
        chosen.or_else(|| shelf.list().first())
    }

    /// Which system, where several are known.
    fn systems(&mut self, ui: &mut Ui, shelf: &SystemShelf) {
        let Some(chosen) = self.map(shelf) else {
            return;
        };
        let maps = shelf.list();
        ui.horizontal(|ui| {
            ui.add_space(space::XL);
            let caption = ui.label("系统").id;
            let options = maps.iter().map(|map| {
                let about = if map.verified {
                    ""
                } else {
                    "未经系统核对"
                };
                (map.name.as_str(), about)
            });
            let taken = choice::show(ui, "系统", caption, &chosen.name, options);
            if let Some(map) = taken.and_then(|index| maps.get(index)) {
                self.system = Some(map.id.clone());
            }
        });
    }
}

fn caption(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(words).font(theme::text::strong()));
}

fn weak(ui: &mut Ui, words: &str) {
    let words = RichText::new(words).font(theme::text::small());
    ui.add(Label::new(words.color(Palette::of(ui).text_weak)).truncate());
}

/// A check box with these words; `name` is what screen readers say.
fn tick(ui: &mut Ui, set: &mut BTreeSet<Kind>, kind: Kind, words: &str, name: &str) {
    let mut is_on = set.contains(&kind);
    let shown = choice::beside_one_another(ui, |ui| ui.checkbox(&mut is_on, words));
    shown.widget_info(|| WidgetInfo::selected(egui::Role::CheckBox, true, is_on, name));
    if shown.changed() {
        match is_on {
            true => set.insert(kind),
            false => set.remove(&kind),
        };
    }
}
