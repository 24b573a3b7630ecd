//! Where chosen entries go, and putting them there.

use egui::{Label, RichText, Ui, vec2};

use super::{LibraryDialog, Outcome};
use crate::{
    edit::apply::apply,
    library::insert::{Place as Into, group_for, insertion, is_blank},
    model::{
        edition::Sense,
        id::Id,
        indicator::{Group, Indicator},
        library::{Entry, EntryKey},
        path::{CellPath, IndicatorField, Place},
        project::Project,
    },
    ui::{
        action::Action,
        dialogs::buttons,
        scene::{Scene, Shown},
        theme::{HIT, Palette, space},
        widgets::{button, choice},
    },
};

/// Where the cursor was in the form.
pub(super) struct At {
    project: Id<Project>,
    group: Id<Group>,
    row: Option<Id<Indicator>>,
    /// What the group measures.
    sense: Sense,
    /// Whether the row waits to be filled in.
    is_blank: bool,
}

impl At {
    /// The group and row of a cell of the shown project.
    pub(super) fn of(shown: &Shown, cell: &CellPath) -> Option<Self> {
        let project = &shown.project;
        if cell.project != project.id {
            return None;
        }
        let (row, group) = match &cell.place {
            Place::Indicator(row, _) => (Some(*row), None),
            Place::Group(group, _) => (None, Some(*group)),
            _ => return None,
        };
        let view = project.groups().find(|view| match (row, group) {
            (Some(row), _) => view.group.indicators.iter().any(|each| each.id == row),
            (None, group) => Some(view.group.id) == group,
        })?;
        let rows = &view.group.indicators;
        let filled = |id| rows.iter().any(|row| row.id == id && !is_blank(row));
        Some(Self {
            project: project.id,
            group: view.group.id,
            row,
            sense: shown.edition.sense(view.section.name(), view.group.name()),
            is_blank: row.is_some_and(|row| !filled(row)),
        })
    }

    /// What an entry has to measure to fill in the row, where it waits for one.
    pub(super) fn wanted(&self) -> Option<Sense> {
        (self.is_blank && self.sense != Sense::Other).then_some(self.sense)
    }

    fn takes(&self, entry: &Entry) -> bool {
        self.sense == entry.sense || self.sense == Sense::Other
    }
}

/// Entries for which the form has no group of their level.
pub(super) struct Asking {
    keys: Vec<EntryKey>,
    group: Option<Id<Group>>,
}

impl LibraryDialog {
    /// Where the chosen entries will go, in words.
    pub(super) fn where_to(&self, shown: &Shown) -> String {
        let chosen = self.chosen();
        let [key] = &chosen[..] else {
            return match chosen.len() {
                0 => String::new(),
                _ => "按各自的级别加入表中，同一步可以撤销".into(),
            };
        };
        let Some(item) = self.at_hand.index.shelf().get(key) else {
            return String::new();
        };
        let group = match self.place_of(&item.entry, shown) {
            Into::Group(group, _) => Some(group),
            Into::ByLevel => group_for(&shown.project, &shown.edition, &item.entry),
        };
        let named = group.and_then(|group| name_of(&shown.project, group));
        match named {
            Some(name) => format!("将加入“{name}”"),
            None => format!("表中没有“{}”，加入时再选位置", item.entry.group_name()),
        }
    }

    /// Beside the cursor where that is among its like, else by its level.
    fn place_of(&self, entry: &Entry, shown: &Shown) -> Into {
        match &self.at {
            Some(at) if at.project == shown.project.id && at.takes(entry) => {
                Into::Group(at.group, at.row)
            }
            _ => Into::ByLevel,
        }
    }

    /// Puts the chosen entries into the form; asks first where some have no place.
    pub(super) fn insert(&mut self, scene: &mut Scene<'_>) -> Outcome {
        self.insert_with(scene, None)
    }

    /// With those of no place of their own in `otherwise`.
    fn insert_with(&mut self, scene: &mut Scene<'_>, otherwise: Option<Id<Group>>) -> Outcome {
        let (Some(shown), Some(desk)) = (scene.shown(), scene.desk) else {
            return Outcome::Open;
        };
        let keys = self.chosen();
        let shelf = self.at_hand.index.shelf();
        let items: Vec<_> = keys.iter().filter_map(|key| shelf.get(key)).collect();
        let entries: Vec<(&Entry, Into)> = items
            .iter()
            .map(|item| {
                let place = self.place_of(&item.entry, &shown);
                let has_none = place == Into::ByLevel
                    && group_for(&shown.project, &shown.edition, &item.entry).is_none();
                let place = match otherwise.filter(|_| has_none) {
                    Some(group) => Into::Group(group, None),
                    None => place,
                };
                (&item.entry, place)
            })
            .collect();
        let mut ids = &**scene.environment;
        let insertion = insertion(&shown.project, &shown.edition, &entries, &mut ids);
        if !insertion.without_place.is_empty() {
            let numbers = insertion.without_place.iter();
            let keys = numbers.filter_map(|number| keys.get(*number).cloned());
            self.asking = Some(Asking {
                keys: keys.collect(),
                group: None,
            });
            return Outcome::Open;
        }
        let Some(command) = insertion.command else {
            return Outcome::Open;
        };
        // What is refused is said here, with what was chosen still in sight.
        if let Err(refusal) = apply(desk.session.document(), &command) {
            self.asking = None;
            self.problem = Some(refusal.to_string());
            return Outcome::Open;
        }
        let said = format!("已从指标库加入 {} 条指标", insertion.rows.len());
        scene.send.send(Action::EditAndSay(command, said));
        if let Some(row) = insertion.rows.first() {
            let place = Place::Indicator(*row, IndicatorField::Target);
            scene.send.send(Action::GoTo(shown.project.at(place)));
        }
        Outcome::Close
    }

    /// Asks where entries go for which the form has no group of their level.
    pub(super) fn ask_where(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let (Some(asking), Some(shown)) = (&mut self.asking, scene.shown()) else {
            self.asking = None;
            return Outcome::Open;
        };
        let shelf = self.at_hand.index.shelf();
        let names = asking.keys.iter().filter_map(|key| shelf.get(key));
        let names: Vec<String> = names
            .map(|item| format!("“{}”（{}）", item.entry.name, item.entry.group_name()))
            .collect();
        let palette = Palette::of(ui);
        let words = format!("表中没有与它们相同的二级指标：{}", names.join("、"));
        ui.add(Label::new(words).wrap());
        ui.add_space(space::S);
        let groups: Vec<(Id<Group>, String)> = shown
            .project
            .groups()
            .filter_map(|view| {
                let group = view.group.id;
                Some((group, name_of(&shown.project, group)?))
            })
            .collect();
        ui.horizontal(|ui| {
            let caption = ui.label("放到").id;
            let current = groups
                .iter()
                .find(|(group, _)| Some(*group) == asking.group);
            let current = current.map_or("", |(_, name)| name);
            let options = groups.iter().map(|(_, name)| (&**name, ""));
            let taken = ui
                .allocate_ui(vec2(320.0, HIT), |ui| {
                    choice::show(ui, "放到", caption, current, options)
                })
                .inner;
            if let Some((group, _)) = taken.and_then(|taken| groups.get(taken)) {
                asking.group = Some(*group);
            }
        });
        let note = "同一步中其余的指标按各自的级别加入";
        ui.label(RichText::new(note).color(palette.text_weak));
        let group = asking.group;
        buttons(ui, |ui| {
            let add = ui.add_enabled_ui(group.is_some(), |ui| button::primary(ui, "放到这里"));
            if add.inner.clicked() {
                return self.insert_with(scene, group);
            }
            if button::plain(ui, "返回").clicked() {
                self.asking = None;
            }
            Outcome::Open
        })
    }
}

/// What a group is called: with its 一级指标.
fn name_of(project: &Project, group: Id<Group>) -> Option<String> {
    let view = project.groups().find(|view| view.group.id == group)?;
    Some(match (view.section.name(), view.group.name()) {
        ("", "") => "指标表".to_owned(),
        ("", name) | (name, "") => name.to_owned(),
        (section, name) => format!("{section} · {name}"),
    })
}
