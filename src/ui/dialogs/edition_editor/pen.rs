//! What the parts of the editor write with: rows of a caption and a field, lists whose rows open, and the one change that a
//! frame makes.

use std::collections::BTreeMap;

use egui::{Align, AtomExt as _, Id, Label, Layout, RichText, Ui, WidgetInfo, vec2};
use rust_decimal::Decimal;

use crate::{
    edit::edition::faults::Told,
    model::{edition::Edition, folding::folded, numeral::plain, policy::Severity},
    ui::{
        icons,
        theme::{self, HIT, Palette, space},
        widgets::{badge, button, choice, entry::Entry},
    },
};

/// The width of the column of captions, in points.
const CAPTION: f32 = 104.0;
/// The width of a field for a number, in points.
const NUMBER: f32 = 96.0;

/// What the editor remembers of its fields and lists between frames.
#[derive(Default)]
pub struct Memory {
    /// What stands in fields for numbers, by their place.
    typed: BTreeMap<String, Typed>,
    /// The row that is open of each list.
    open: BTreeMap<String, usize>,
}

struct Typed {
    text: String,
    /// The value when the field was seen last.
    of: Option<Decimal>,
}

/// The number that is typed, or none where nothing is; `None` where it is no number.
fn read(text: &str) -> Option<Option<Decimal>> {
    match folded(text).as_str() {
        "" => Some(None),
        text => text.parse().ok().map(Some),
    }
}

/// What was asked of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Move this row up, or down.
    Step(usize, bool),
    /// Take this row out.
    Remove(usize),
    /// Add one.
    Add,
}

/// A change: what the step is called, and the field, where it is typing.
pub type Change = (String, Option<String>);

/// The edition of this frame, to be written into.
pub struct Pen<'a> {
    /// The edition.
    pub edition: &'a mut Edition,
    /// What is wrong with it, as it was at the beginning of the frame.
    pub faults: &'a [Told],
    /// Between frames.
    pub memory: &'a mut Memory,
    /// What was changed in this frame.
    pub change: Option<Change>,
}

impl Pen<'_> {
    /// Notes a change that is a step of its own.
    pub fn step(&mut self, label: &str) {
        self.change = Some((label.to_owned(), None));
    }

    /// Notes typing into a field.
    fn type_into(&mut self, name: &str, place: &str) {
        self.change = Some((format!("修改 {name}"), Some(place.to_owned())));
    }

    /// A text: `at` finds it. One line, or as many as are asked for.
    pub fn text(
        &mut self,
        ui: &mut Ui,
        name: &str,
        place: &str,
        lines: usize,
        at: impl for<'e> Fn(&'e mut Edition) -> Option<&'e mut String>,
    ) {
        let Some(text) = at(self.edition) else { return };
        let mut typed = text.clone();
        let changed = captioned(ui, name, |ui, _| {
            let id = Id::unique(("edition", place));
            let entry = Entry::new(id, name).lines(lines);
            entry.show(ui, &mut typed).changed()
        });
        if changed && let Some(text) = at(self.edition) {
            *text = typed;
            self.type_into(name, place);
        }
        self.told(ui, place);
    }

    /// Texts of a list, a line each.
    pub fn lines(
        &mut self,
        ui: &mut Ui,
        name: &str,
        place: &str,
        hint: &str,
        at: impl for<'e> Fn(&'e mut Edition) -> Option<&'e mut Vec<String>>,
    ) {
        let Some(list) = at(self.edition) else { return };
        let mut typed = list.join("\n");
        let changed = captioned(ui, name, |ui, _| {
            let id = Id::unique(("edition", place));
            let entry = Entry::new(id, name).lines(3).hint(hint);
            entry.show(ui, &mut typed).changed()
        });
        if changed && let Some(list) = at(self.edition) {
            *list = match typed.is_empty() {
                true => Vec::new(),
                false => typed.split('\n').map(str::to_owned).collect(),
            };
            self.type_into(name, place);
        }
        self.told(ui, place);
    }

    /// A number with its unit, or none where the field is empty; what was typed, where that is another one.
    pub fn number(
        &mut self,
        ui: &mut Ui,
        name: &str,
        place: &str,
        unit: &str,
        value: Option<Decimal>,
    ) -> Option<Option<Decimal>> {
        let wanted = captioned(ui, name, |ui, _| {
            ui.horizontal(|ui| {
                let wanted = self.bare_number(ui, name, place, value);
                ui.label(RichText::new(unit).color(Palette::of(ui).text_weak));
                wanted
            })
            .inner
        });
        self.told(ui, place);
        wanted
    }

    /// The field of a number alone.
    pub fn bare_number(
        &mut self,
        ui: &mut Ui,
        name: &str,
        place: &str,
        value: Option<Decimal>,
    ) -> Option<Option<Decimal>> {
        let shown = || value.map(plain).unwrap_or_default();
        let typed = self.memory.typed.entry(place.to_owned());
        let typed = typed.or_insert_with(|| Typed {
            text: shown(),
            of: value,
        });
        if typed.of != value {
            typed.of = value;
            if read(&typed.text) != Some(value) {
                // It came from elsewhere, as by undo.
                typed.text = shown();
            }
        }
        let id = Id::unique(("edition", place));
        let response = Entry::new(id, name).width(NUMBER).show(ui, &mut typed.text);
        let number = read(&typed.text);
        if number != Some(value) && !response.changed() {
            let still = match value {
                Some(_) => format!("没有采用，仍为 {}", shown()),
                None => "没有采用，请填数字".into(),
            };
            let words = RichText::new(still).color(Palette::of(ui).error);
            ui.label(words.font(theme::text::small()));
        }
        let number = number.filter(|number| response.changed() && *number != value)?;
        self.type_into(name, place);
        Some(number)
    }

    /// A whole number, or none.
    pub fn count(
        &mut self,
        ui: &mut Ui,
        name: &str,
        place: &str,
        unit: &str,
        value: Option<u32>,
    ) -> Option<Option<u32>> {
        let typed = self.number(ui, name, place, unit, value.map(Decimal::from))?;
        let whole = typed.and_then(|number| u32::try_from(number.trunc()).ok());
        (whole != value).then_some(whole)
    }

    /// One of several; the one that was taken.
    pub fn one_of<T: Copy + PartialEq>(
        &mut self,
        ui: &mut Ui,
        name: &str,
        place: &str,
        current: T,
        options: &[(T, &str)],
    ) -> Option<T> {
        let words = |wanted: T| {
            let mut all = options.iter();
            all.find(|(value, _)| *value == wanted)
                .map_or("", |(_, words)| *words)
        };
        let listed = options.iter().map(|(_, words)| (*words, ""));
        let taken = captioned(ui, name, |ui, caption| {
            ui.push_id(("edition", place), |ui| {
                choice::show(ui, name, caption, words(current), listed)
            })
            .inner
        });
        self.told(ui, place);
        let (value, _) = options.get(taken?)?;
        self.step(&format!("修改 {name}"));
        Some(*value)
    }

    /// A check box; what it is now, where it was clicked.
    pub fn check(&mut self, ui: &mut Ui, words: &str, is_on: bool) -> Option<bool> {
        let mut now = is_on;
        let response = choice::beside_one_another(ui, |ui| ui.checkbox(&mut now, words));
        if !response.changed() {
            return None;
        }
        self.step(&format!("修改 {words}"));
        Some(now)
    }

    /// What is wrong exactly here.
    pub fn told(&self, ui: &mut Ui, place: &str) {
        for fault in self.faults.iter().filter(|fault| fault.place == place) {
            let words = RichText::new(&fault.what).color(Palette::of(ui).error);
            ui.add(Label::new(words.font(theme::text::small())).wrap());
        }
    }

    /// Whether something is wrong here or below.
    fn has_fault(&self, place: &str) -> bool {
        self.faults.iter().any(|fault| {
            let rest = fault.place.strip_prefix(place);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        })
    }

    /// A list: each row has a title and a few words about it; the one that is open shows its content. What was asked of it.
    pub fn list(
        &mut self,
        ui: &mut Ui,
        place: &str,
        noun: &str,
        rows: &[(String, String)],
        mut content: impl FnMut(&mut Self, &mut Ui, usize),
    ) -> Option<Asked> {
        let mut asked = None;
        let opened = self.memory.open.get(place).copied();
        ui.push_id(("list", place), |ui| {
            for (index, (title, about)) in rows.iter().enumerate() {
                let is_open = opened == Some(index);
                let is_wrong = self.has_fault(&format!("{place}[{index}]"));
                let frame = match is_open {
                    true => theme::card(ui).inner_margin(space::S),
                    false => egui::Frame::new(),
                };
                frame.show(ui, |ui| {
                    ui.set_min_width(ui.available_width());
                    let head = Head {
                        title,
                        about,
                        is_open,
                        is_wrong,
                        index,
                        count: rows.len(),
                    };
                    if head.show(ui, &mut asked) {
                        match is_open {
                            true => self.memory.open.remove(place),
                            false => self.memory.open.insert(place.to_owned(), index),
                        };
                    }
                    if is_open {
                        ui.push_id(index, |ui| content(self, ui, index));
                        self.told(ui, &format!("{place}[{index}]"));
                        self.told(ui, &format!("{place}[{index}].key"));
                    }
                });
            }
        });
        self.told(ui, place);
        if button::plain(ui, &format!("＋ 添加{noun}")).clicked() {
            asked = Some(Asked::Add);
        }
        self.follow(place, rows.len(), asked);
        asked
    }

    /// What was asked for stays open.
    fn follow(&mut self, place: &str, count: usize, asked: Option<Asked>) {
        let open = &mut self.memory.open;
        match asked {
            Some(Asked::Add) => drop(open.insert(place.to_owned(), count)),
            Some(Asked::Remove(_)) => drop(open.remove(place)),
            Some(Asked::Step(index, is_up)) => {
                let other = match is_up {
                    true => index.saturating_sub(1),
                    false => index + 1,
                };
                open.insert(place.to_owned(), other.min(count.saturating_sub(1)));
            }
            None => {}
        }
        if asked.is_some() {
            // What was typed stands at other places now.
            self.memory.typed.clear();
        }
    }
}

/// The head of a row of a list.
struct Head<'a> {
    title: &'a str,
    about: &'a str,
    is_open: bool,
    is_wrong: bool,
    index: usize,
    count: usize,
}

impl Head<'_> {
    /// Draws it; whether the row is to be opened or closed.
    fn show(&self, ui: &mut Ui, asked: &mut Option<Asked>) -> bool {
        let name = match self.title.trim() {
            "" => "（没有名称）",
            title => title,
        };
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            let buttons = if self.is_open {
                3.0 * (HIT + space::XS)
            } else {
                0.0
            };
            let width = ui.available_width() - buttons;
            let clicked = self.title(ui, name, width);
            if self.is_open {
                self.buttons(ui, name, asked);
            }
            clicked
        })
        .inner
    }

    fn title(&self, ui: &mut Ui, name: &str, width: f32) -> bool {
        let palette = Palette::of(ui);
        let caret = match self.is_open {
            true => icons::CARET_DOWN,
            false => icons::CARET_RIGHT,
        };
        let caret = RichText::new(caret).size(12.0).color(palette.text_weak);
        // What a column holds is said where its caption does not say it.
        let about = if self.about == self.title {
            ""
        } else {
            self.about
        };
        let about = RichText::new(about).font(theme::text::small());
        let title = RichText::new(name);
        let title = if self.is_open {
            title.font(theme::text::strong())
        } else {
            title
        };
        let parts = (
            caret,
            title,
            egui::Atom::grow(),
            about.color(palette.text_weak).atom_shrink(true),
        );
        let row = egui::Button::new(parts)
            .frame_when_inactive(false)
            .truncate()
            .min_size(vec2(width, HIT));
        let response = ui.add_sized(vec2(width, HIT), row);
        response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, self.is_open, name));
        if self.is_wrong {
            let at = egui::pos2(response.rect.right() - 8.0, response.rect.center().y);
            badge::paint(ui.painter(), at, 13.0, Severity::Error, palette);
        }
        response.clicked()
    }

    fn buttons(&self, ui: &mut Ui, name: &str, asked: &mut Option<Asked>) {
        let up = ui.add_enabled_ui(self.index > 0, |ui| {
            button::icon(ui, icons::ARROW_UP, &format!("上移：{name}"))
        });
        if up.inner.clicked() {
            *asked = Some(Asked::Step(self.index, true));
        }
        let down = ui.add_enabled_ui(self.index + 1 < self.count, |ui| {
            button::icon(ui, icons::ARROW_DOWN, &format!("下移：{name}"))
        });
        if down.inner.clicked() {
            *asked = Some(Asked::Step(self.index, false));
        }
        if button::icon(ui, icons::TRASH, &format!("删除：{name}")).clicked() {
            *asked = Some(Asked::Remove(self.index));
        }
    }
}

/// A field beside its caption.
pub fn captioned<R>(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui, Id) -> R) -> R {
    ui.horizontal_top(|ui| {
        let layout = Layout::left_to_right(Align::Center);
        let caption = ui
            .allocate_ui_with_layout(vec2(CAPTION, HIT), layout, |ui| {
                ui.set_min_width(CAPTION);
                ui.add(Label::new(RichText::new(name).color(Palette::of(ui).text_weak)).wrap())
                    .id
            })
            .inner;
        ui.vertical(|ui| content(ui, caption)).inner
    })
    .inner
}

/// The title of a group of fields.
pub fn title(ui: &mut Ui, words: &str) {
    ui.add_space(space::S);
    ui.label(RichText::new(words).font(theme::text::strong()));
}

/// What explains a field or a group, in small letters.
pub fn remark(ui: &mut Ui, words: &str) {
    let words = RichText::new(words).font(theme::text::small());
    ui.add(Label::new(words.color(Palette::of(ui).text_weak)).wrap());
}
