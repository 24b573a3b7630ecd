//! 指标库: found by typing, looked at, put into the form.
//!
//! | module | what it is |
//! |---|---|
//! | [`list`] | the entries found |
//! | [`details`] | what is known of one |
//! | [`inserting`] | where chosen entries go, and putting them there |
//! | [`edit`] | an entry of the person's own |
//! | [`taking`] | what was read of forms and lists, before it is taken |

mod details;
pub mod edit;
mod inserting;
mod list;
pub mod taking;

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use egui::{Align, Key, Layout, Modifiers, RichText, Ui, vec2};

use super::{Dialog, Outcome, buttons, choosing::Choosing, is_composing, is_confirmed};
use crate::{
    library::{
        judge::{Fault, faults},
        search::Query,
        shelf::Item,
    },
    model::{edition::Sense, library::EntryKey, path::CellPath},
    session::library::{AtHand, HandedOn},
    ui::{
        action::Action,
        library::LibraryAction,
        scene::{Scene, Shown},
        theme::{self, HIT, Palette, space},
        widgets::{button, choice},
    },
};
use edit::EditEntry;
use inserting::{Asking, At};

/// The width of the details, in points.
const DETAILS: f32 = 340.0;

/// The dialog.
pub struct LibraryDialog {
    choosing: Choosing,
    kind: Option<String>,
    sense: Option<Sense>,
    only_own: bool,
    /// Entries that are to be put in together.
    marked: Vec<EntryKey>,
    /// Where the cursor was in the form.
    at: Option<At>,
    /// The kinds of the shown project.
    kinds: BTreeSet<String>,
    project_name: Option<Arc<crate::model::project::Project>>,
    /// What is found, as indexes of the shelf's items.
    found: Vec<usize>,
    /// What it was found for.
    searched: Option<Searched>,
    at_hand: AtHand,
    /// What the rules say of entries that were looked at.
    judged: HashMap<EntryKey, Arc<[Fault]>>,
    /// Entries for which the form has no group of their level.
    asking: Option<Asking>,
    /// Why the last attempt came to nothing.
    problem: Option<String>,
}

#[derive(PartialEq, Eq)]
struct Searched {
    words: String,
    kind: Option<String>,
    sense: Option<Sense>,
    only_own: bool,
    /// The shelf that was looked through, by its address.
    shelf: *const crate::library::search::Index,
}

fn ask(scene: &mut Scene<'_>, action: LibraryAction) {
    scene.send.send(Action::Library(Box::new(action)));
}

impl LibraryDialog {
    /// For the shown project, where there is one, with the cursor at a cell.
    pub fn new(shown: Option<&Shown>, cell: Option<&CellPath>) -> Self {
        Self {
            choosing: Choosing::default(),
            kind: None,
            sense: None,
            only_own: false,
            marked: Vec::new(),
            at: shown.and_then(|shown| At::of(shown, cell?)),
            kinds: BTreeSet::new(),
            project_name: shown.map(|shown| Arc::clone(&shown.project)),
            found: Vec::new(),
            searched: None,
            at_hand: AtHand::default(),
            judged: HashMap::new(),
            asking: None,
            problem: None,
        }
    }

    /// Looks again where what is looked for, or the library, changed.
    fn find(&mut self, scene: &Scene<'_>) {
        let at_hand = scene.environment.library();
        if !Arc::ptr_eq(&at_hand.index, &self.at_hand.index) {
            self.at_hand = at_hand;
            self.judged.clear();
            let shelf = self.at_hand.index.shelf();
            let kinds = self.project_name.as_ref();
            let kinds = kinds.map(|project| shelf.kinds_of(project));
            let kinds = kinds.into_iter().flatten().map(str::to_owned);
            self.kinds = kinds.collect();
        }
        let wanted = Searched {
            words: self.choosing.search.clone(),
            kind: self.kind.clone(),
            sense: self.sense,
            only_own: self.only_own,
            shelf: Arc::as_ptr(&self.at_hand.index),
        };
        if self.searched.as_ref() == Some(&wanted) {
            return;
        }
        self.found = self.at_hand.index.find(&Query {
            words: &wanted.words,
            kind: self.kind.as_deref(),
            sense: self.sense,
            only_own: self.only_own,
            fits: self.at.as_ref().and_then(At::wanted),
            kinds_of_project: self.kinds.iter().map(String::as_str).collect(),
        });
        self.choosing.line = self.choosing.line.min(self.found.len().saturating_sub(1));
        self.searched = Some(wanted);
    }

    fn item(&self, line: usize) -> Option<&Item> {
        let at = self.found.get(line)?;
        self.at_hand.index.shelf().items().get(*at)
    }

    fn current(&self) -> Option<&Item> {
        self.item(self.choosing.line)
    }

    /// What the rules say of an entry.
    fn faults(&mut self, scene: &Scene<'_>, line: usize) -> Arc<[Fault]> {
        let Some(item) = self.item(line) else {
            return Arc::new([]);
        };
        if let Some(known) = self.judged.get(&item.key) {
            return Arc::clone(known);
        }
        let edition = match scene.shown() {
            Some(shown) => Some(shown.edition),
            None => scene.environment.judging_edition(),
        };
        let found = edition.map_or_else(Vec::new, |edition| faults(&item.entry, &edition));
        let found: Arc<[Fault]> = found.into();
        let key = item.key.clone();
        self.judged.insert(key, Arc::clone(&found));
        found
    }

    fn filters(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            let caption = ui.label("项目类型").id;
            let shelf = self.at_hand.index.shelf();
            let names = shelf.kinds().iter().map(|kind| &*kind.name);
            let all = [ALL_KINDS].into_iter().chain(names);
            let about = |name: &str| {
                if self.kinds.contains(name) {
                    "本项目"
                } else {
                    ""
                }
            };
            let options: Vec<(&str, &str)> = all.map(|name| (name, about(name))).collect();
            let current = self.kind.as_deref().unwrap_or(ALL_KINDS);
            let taken = ui
                .allocate_ui(vec2(190.0, HIT), |ui| {
                    choice::show(ui, "项目类型", caption, current, options.iter().copied())
                })
                .inner;
            if let Some(taken) = taken {
                self.kind = (taken > 0).then(|| options[taken].0.to_owned());
            }
            ui.add_space(space::S);
            let caption = ui.label("级别").id;
            let current = self
                .sense
                .map_or(ALL_LEVELS, |sense| sense.usual_captions().1);
            let placed = Sense::PLACED.iter();
            let levels = placed.map(|sense| sense.usual_captions());
            let levels = levels.map(|(section, group)| (group, section));
            let levels = [(ALL_LEVELS, "")].into_iter().chain(levels);
            let taken = ui
                .allocate_ui(vec2(230.0, HIT), |ui| {
                    choice::show(ui, "级别", caption, current, levels)
                })
                .inner;
            if let Some(taken) = taken {
                let sense = taken.checked_sub(1).and_then(|at| Sense::PLACED.get(at));
                self.sense = sense.copied();
            }
            ui.add_space(space::S);
            choice::beside_one_another(ui, |ui| {
                ui.checkbox(&mut self.only_own, "只看自建和收录的");
            });
        });
    }

    /// The two halves: what is found, and what is known of the one that is chosen.
    fn halves(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> bool {
        let height = (ui.ctx().content_rect().height() - 380.0).clamp(200.0, 460.0);
        let whole = ui.available_width();
        let details = DETAILS.min(whole * 0.42);
        let mut is_taken = false;
        ui.allocate_ui_with_layout(
            vec2(whole, height),
            Layout::left_to_right(Align::Min),
            |ui| {
                ui.spacing_mut().item_spacing.x = space::L;
                let list = vec2(whole - details - space::L, height);
                ui.allocate_ui_with_layout(list, Layout::top_down(Align::Min), |ui| {
                    ui.set_min_size(list);
                    is_taken = self.list(ui, scene, height);
                });
                let room = vec2(details, height);
                ui.allocate_ui_with_layout(room, Layout::top_down(Align::Min), |ui| {
                    ui.set_min_size(room);
                    ui.set_max_width(details);
                    self.details(ui, scene, height);
                });
            },
        );
        is_taken
    }

    fn ways_in(&self, ui: &mut Ui, scene: &mut Scene<'_>) {
        ui.add_space(space::S);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            if scene.shown().is_some() && button::quiet(ui, "收录本项目的指标…").clicked()
            {
                ask(scene, LibraryAction::GatherProject);
            }
            for (words, action) in [
                ("从文件收录…", LibraryAction::ChooseForms),
                ("从文件夹收录…", LibraryAction::ChooseFolder),
                ("导入清单…", LibraryAction::ChooseList),
                ("导出 Excel…", LibraryAction::HandOn(HandedOn::Workbook)),
                ("导出数据文件…", LibraryAction::HandOn(HandedOn::Json)),
            ] {
                if button::quiet(ui, words).clicked() {
                    ask(scene, action);
                }
            }
            if button::quiet(ui, "新建指标…").clicked() {
                let dialog = EditEntry::new(None, &self.choosing.search);
                scene.send.send(Action::Ask(Box::new(dialog)));
            }
        });
    }

    fn foot(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, is_taken: bool) -> Outcome {
        let count = self.chosen().len();
        let can = scene.shown().is_some() && count > 0;
        let words = match self.marked.len() {
            0 => "加入表中".to_owned(),
            count => format!("加入 {count} 条"),
        };
        let confirmed = is_confirmed(ui);
        let palette = Palette::of(ui);
        buttons(ui, |ui| {
            let add = ui.add_enabled_ui(can, |ui| button::primary(ui, &words));
            if can && (add.inner.clicked() || confirmed || is_taken) {
                return self.insert(scene);
            }
            if button::plain(ui, "关闭").clicked() {
                return Outcome::Close;
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let said = match (&self.problem, scene.shown()) {
                    (Some(problem), _) => RichText::new(problem).color(palette.error),
                    (None, None) => {
                        let text = "打开一份自评表后，可以把指标加入表中";
                        RichText::new(text).color(palette.text_weak)
                    }
                    (None, Some(shown)) => {
                        RichText::new(self.where_to(&shown)).color(palette.text_weak)
                    }
                };
                ui.add(egui::Label::new(said.font(theme::text::small())).wrap());
            });
            Outcome::Open
        })
    }

    /// Marks the chosen entry, or takes the mark off, and goes on to the next.
    fn take_mark_key(&mut self, ui: &Ui) {
        let is_pressed = !is_composing(ui.ctx())
            && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        if is_pressed && let Some(key) = self.current().map(|item| item.key.clone()) {
            self.toggle(key);
            let last = self.found.len().saturating_sub(1);
            self.choosing.line = (self.choosing.line + 1).min(last);
            self.choosing.moved = true;
        }
    }

    fn toggle(&mut self, key: EntryKey) {
        match self.marked.iter().position(|marked| *marked == key) {
            Some(at) => drop(self.marked.remove(at)),
            None => self.marked.push(key),
        }
    }

    /// The entries that are to be put in: those marked, else the one that is chosen.
    fn chosen(&self) -> Vec<EntryKey> {
        match self.marked.is_empty() {
            true => self
                .current()
                .map(|item| item.key.clone())
                .into_iter()
                .collect(),
            false => self.marked.clone(),
        }
    }
}

const ALL_KINDS: &str = "全部类型";
const ALL_LEVELS: &str = "全部级别";

impl Dialog for LibraryDialog {
    fn title(&self) -> String {
        "指标库".into()
    }

    fn width(&self) -> f32 {
        980.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("library")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        self.find(scene);
        if self.asking.is_some() {
            return self.ask_where(ui, scene);
        }
        self.take_mark_key(ui);
        let lines = self.found.len();
        let hint = "输入名称、拼音首字母、项目类型或单位，如：出勤、hycq";
        let field = self.choosing.field(ui, "查找指标", hint, lines);
        // Back from another dialog, or after a click on a line, typing goes on here.
        if ui.memory(|memory| memory.focused().is_none()) {
            field.request_focus();
        }
        ui.add_space(space::XS);
        self.filters(ui);
        self.find(scene);
        ui.add_space(space::S);
        let is_taken = self.halves(ui, scene);
        self.ways_in(ui, scene);
        self.foot(ui, scene, is_taken)
    }
}
