//! 更换表样: which edition, what moves, what is new, what has no place; then one step.

use std::sync::Arc;

use egui::{Label, RichText, ScrollArea, Ui};

use super::{Dialog, Outcome, buttons, choosing::Choosing, is_confirmed, new::list::Found};
use crate::{
    edit::convert_unit::Amounts,
    model::{
        document::Document,
        edition::Edition,
        figure::MoneyUnit,
        id::Id,
        project::{EditionRef, Project},
    },
    session::changing::{Change, Knowledge, Line},
    store::editions::{EditionShelf, Shelved},
    ui::{
        action::Action,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::{button, choice},
    },
};

/// Asks for another edition, and tells what it means before it is changed.
pub struct ChangeEdition {
    project: Id<Project>,
    choosing: Choosing,
    found: Found,
    /// All projects of the document, not only the shown one.
    all: bool,
    amounts: Amounts,
    /// What was planned last, and for what.
    planned: Option<(Wish, Change)>,
    is_new: bool,
}

/// What a plan was made for.
#[derive(Clone)]
struct Wish {
    document: Arc<Document>,
    edition: Arc<Edition>,
    all: bool,
    amounts: Amounts,
}

impl PartialEq for Wish {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.document, &other.document)
            && Arc::ptr_eq(&self.edition, &other.edition)
            && (self.all, self.amounts) == (other.all, other.amounts)
    }
}

impl ChangeEdition {
    /// For a project of the open document.
    pub fn new(project: Id<Project>) -> Self {
        Self {
            project,
            choosing: Choosing::default(),
            found: Found::default(),
            all: false,
            amounts: Amounts::default(),
            planned: None,
            is_new: true,
        }
    }

    /// The editions; returns the chosen one.
    fn list(
        &mut self,
        ui: &mut Ui,
        shelf: &EditionShelf,
        own: &EditionRef,
        height: f32,
    ) -> Option<Shelved> {
        self.found.find(shelf, None, &self.choosing.search);
        let is_new = std::mem::take(&mut self.is_new);
        if is_new {
            let own = self.found.position(|known| known.edition.id == own.id);
            self.choosing.line = own.unwrap_or(0);
        }
        let hint = "搜索名称、地区、拼音首字母";
        self.choosing
            .field(ui, "搜索表样", hint, self.found.count());
        self.choosing.moved |= is_new;
        self.found.find(shelf, None, &self.choosing.search);
        self.found.show(ui, &mut self.choosing, height);
        self.found.get(self.choosing.line)
    }

    /// Plans anew where the document or a wish changed.
    fn plan(&mut self, scene: &Scene<'_>, shelf: &EditionShelf, known: &Shelved) {
        let Some(desk) = scene.desk else { return };
        let document = desk.session.document();
        let wish = Wish {
            document: Arc::clone(document),
            edition: Arc::clone(&known.edition),
            all: self.all,
            amounts: self.amounts,
        };
        if self.planned.as_ref().is_some_and(|(made, _)| *made == wish) {
            return;
        }
        let projects: Vec<_> = match self.all {
            true => document.projects.iter().map(|project| project.id).collect(),
            false => vec![self.project],
        };
        let knowledge = Knowledge {
            shelf,
            in_force: scene.in_force,
            today: scene.environment.today(),
        };
        let mut ids = &**scene.environment;
        let (edition, amounts) = (&known.edition, self.amounts);
        let change = Change::new(document, &projects, edition, amounts, &knowledge, &mut ids);
        self.planned = Some((wish, change));
    }

    fn wishes(&mut self, ui: &mut Ui, count: usize, unit: MoneyUnit) {
        if count > 1 {
            ui.horizontal(|ui| {
                choice::beside_one_another(ui, |ui| {
                    ui.radio_value(&mut self.all, false, "只换当前项目");
                    ui.radio_value(&mut self.all, true, format!("全部 {count} 个项目"));
                });
            });
        }
        let other_unit = |(_, change): &(Wish, Change)| change.told.other_unit;
        if self.planned.as_ref().is_some_and(other_unit) {
            ui.label(format!("新表样的金额以{unit}为单位："));
            ui.horizontal(|ui| {
                choice::beside_one_another(ui, |ui| {
                    ui.radio_value(&mut self.amounts, Amounts::Convert, "换算数值");
                    ui.radio_value(&mut self.amounts, Amounts::Keep, "只改单位，数字不变");
                });
            });
        }
    }
}

fn small(ui: &mut Ui, words: &str) {
    let words = RichText::new(words).font(theme::text::small());
    ui.add(Label::new(words.color(Palette::of(ui).text_weak)).wrap());
}

/// What the change does, in groups with all their items.
fn told(ui: &mut Ui, change: &Change, height: f32) {
    let told = &change.told;
    ScrollArea::vertical()
        .id_salt("plan")
        .max_height(height)
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            if change.is_empty() && told.locked.is_empty() {
                small(ui, "已经是这份表样，没有要换的");
            }
            if let Some([before, after]) = told.blocking {
                let words = format!("必须修改的问题：现在 {before} 处，换后 {after} 处");
                ui.add(Label::new(words).wrap());
            }
            if told.converted > 0 {
                let words = format!("换算 {} 个金额，小数不舍入", told.converted);
                ui.add(Label::new(words).wrap());
            }
            for (name, lines) in told.groups() {
                group(ui, name, lines);
            }
            if !told.locked.is_empty() {
                let count = told.locked.len();
                heading(ui, &format!("已锁定，不换（{count}）"));
                small(ui, &told.locked.join("、"));
            }
        });
}

fn heading(ui: &mut Ui, words: &str) {
    ui.add_space(space::S);
    ui.label(RichText::new(words).font(theme::text::strong()));
}

fn group(ui: &mut Ui, name: &str, lines: &[Line]) {
    heading(ui, &format!("{name}（{}）", lines.len()));
    let counted = |line: &Line| match line.count {
        1 => line.caption.clone(),
        count => format!("{} ×{count}", line.caption),
    };
    if lines.iter().all(|line| line.text.is_empty()) {
        let captions: Vec<String> = lines.iter().map(counted).collect();
        small(ui, &captions.join("、"));
        return;
    }
    let arrow = if name == "移到" { " → " } else { "：" };
    for line in lines {
        let text = line.text.replace('\n', "；");
        small(ui, &format!("{}{arrow}{text}", counted(line)));
    }
}

impl Dialog for ChangeEdition {
    fn title(&self) -> String {
        "更换表样".into()
    }

    fn width(&self) -> f32 {
        900.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("change-edition")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let Some(desk) = scene.desk else {
            return Outcome::Close;
        };
        let Some(project) = desk.project(self.project) else {
            return Outcome::Close;
        };
        let own = project.edition.clone();
        let shelf = desk.session.editions().shelf().clone();
        let count = desk.session.document().projects.len();
        let height = (ui.ctx().content_rect().height() - 250.0).clamp(120.0, 520.0);
        let width = ui.available_width();
        let list = (width * 0.4).clamp(220.0, 340.0);
        let mut chosen = None;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            ui.vertical(|ui| {
                ui.set_width(list);
                chosen = self.list(ui, &shelf, &own, height);
            });
            ui.vertical(|ui| {
                ui.set_width(width - list - space::L);
                ui.set_height(height);
                let Some(known) = &chosen else { return };
                self.plan(scene, &shelf, known);
                self.wishes(ui, count, known.edition.money_unit);
                self.plan(scene, &shelf, known);
                if let Some((_, change)) = &self.planned {
                    let room = ui.available_height();
                    told(ui, change, room);
                }
            });
        });
        let confirmed = is_confirmed(ui);
        let planned = self.planned.as_ref().filter(|_| chosen.is_some());
        let change = planned.map(|(_, change)| change);
        let change = change.filter(|change| !change.is_empty());
        let (is_done, is_cancelled) = buttons(ui, |ui| {
            let done = ui.add_enabled_ui(change.is_some(), |ui| button::primary(ui, "更换"));
            let cancelled = button::plain(ui, "取消").clicked();
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                small(ui, "填过的内容都保留，换回原表样时照样显示");
            });
            (done.inner.clicked(), cancelled)
        });
        if let Some(change) = change
            && (is_done || confirmed)
        {
            let said = match change.told.projects {
                1 => "已更换表样".to_owned(),
                count => format!("已更换 {count} 个项目的表样"),
            };
            scene.send.send(Action::EditAndSay(change.command(), said));
            return Outcome::Close;
        }
        if is_cancelled {
            Outcome::Close
        } else {
            Outcome::Open
        }
    }
}
