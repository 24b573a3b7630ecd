//! The validation sidebar: what was found, in groups, with what can be done about it.
//!
//! | module | what it is |
//! |---|---|
//! | [`list`] | which findings are listed, in which order |
//! | `head` | counts, verdict, grouping, search |
//! | `rows` | the list on the screen; only what is visible costs |
//! | `item` | one finding |
//! | `actions` | the buttons of the finding that is open |
//! | [`report`] | the list for other programs |

mod actions;
mod head;
mod item;
mod list;
pub mod report;
mod rows;

use std::collections::{BTreeSet, HashSet};

use egui::Ui;

use crate::{
    model::{path::CellPath, policy::Severity},
    store::settings::Settings,
    ui::{
        desk::{Desk, Position},
        scene::Scene,
        widgets::badge,
    },
};
use list::{FindingKey, GroupKey, List, Query};
use rows::Rows;

/// A direction in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// To the next finding.
    Next,
    /// To the one before.
    Previous,
}

/// A finding that was stepped to.
pub struct Found {
    /// Where to go.
    pub at: CellPath,
    /// Level, place and message in a line.
    pub message: String,
}

/// What the sidebar remembers.
#[derive(Default)]
pub struct SidebarState {
    /// What is searched for.
    search: String,
    /// Levels that are not shown.
    hidden: BTreeSet<Severity>,
    /// Whether findings of all projects are listed.
    whole_document: bool,
    /// Groups that are not as they are at first.
    toggled: HashSet<GroupKey>,
    /// The finding that is open, and its place among those that are gone through: where it goes, the next stands there.
    expanded: Option<(FindingKey, usize)>,
    list: Option<List>,
    rows: Rows,
    /// The rule of the finding that had the focus last.
    rule_in_focus: Option<&'static str>,
}

/// Draws the sidebar.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut SidebarState) {
    let Some(desk) = scene.desk else { return };
    state.renew(desk, scene.settings, scene.position);
    head::show(ui, scene, state, desk);
    // The head may have changed what is asked for.
    state.renew(desk, scene.settings, scene.position);
    rows::show(ui, scene, state);
}

/// Has the search of findings take the focus.
pub fn focus(ctx: &egui::Context) {
    ctx.memory_mut(|memory| memory.request_focus(head::search_id()));
}

impl SidebarState {
    /// Whether filter or search leave anything out.
    pub fn is_narrowed(&self) -> bool {
        !self.hidden.is_empty() || !self.search.trim().is_empty()
    }

    /// The rule of the finding that had the focus last.
    pub fn rule_in_focus(&self) -> Option<&'static str> {
        self.rule_in_focus
    }

    /// Steps through the list from where the person is, round its end, and opens the finding it comes to. `None` where
    /// nothing is listed.
    pub fn step(
        &mut self,
        desk: &Desk,
        settings: &Settings,
        position: &Position,
        step: Step,
    ) -> Option<Found> {
        self.renew(desk, settings, position);
        let list = self.list.as_ref()?;
        let count = list.open().count();
        let index = match (self.current(list, position), step) {
            (_, _) if count == 0 => return None,
            (Current::At(index), Step::Next) => (index + 1) % count,
            (Current::At(index), Step::Previous) => (index + count - 1) % count,
            (Current::Before(index), Step::Next) => index % count,
            (Current::Before(index), Step::Previous) => (index + count - 1) % count,
        };
        let (group, entry) = list.open().nth(index)?;
        let finding = entry.finding()?;
        let found = Found {
            at: finding.at.clone(),
            message: format!(
                "{}：{}（{}）",
                badge::level_name(finding.level),
                finding.message,
                entry.place()
            ),
        };
        let key = entry.key.clone();
        if !self.is_open(group) {
            self.toggle(group);
        }
        self.expanded = Some((key, index));
        self.rows.reveal();
        Some(found)
    }

    /// Where the person is in the list: at the open finding while its cell has the focus, else at the first about the cell
    /// with the focus, else where the open finding is or was.
    fn current(&self, list: &List, position: &Position) -> Current {
        let is_about_cell = |entry: &list::Entry| {
            let cells = entry.finding().map(|finding| finding.cells.as_slice());
            position
                .cell
                .as_ref()
                .is_some_and(|cell| cells.unwrap_or_default().contains(cell))
        };
        let place_of = |is_it: &dyn Fn(&list::Entry) -> bool| {
            let mut open = list.open();
            open.position(|(_, entry)| is_it(entry))
        };
        let expanded = self.expanded.as_ref();
        let is_expanded = |entry: &list::Entry| expanded.is_some_and(|(key, _)| *key == entry.key);
        place_of(&|entry| is_expanded(entry) && is_about_cell(entry))
            .or_else(|| place_of(&is_about_cell))
            .or_else(|| place_of(&is_expanded))
            .map(Current::At)
            .unwrap_or(Current::Before(expanded.map_or(0, |(_, index)| *index)))
    }

    /// The listed findings as lines of a table; those set aside are left out.
    pub fn lines(
        &mut self,
        desk: &Desk,
        settings: &Settings,
        position: &Position,
    ) -> Vec<report::Line> {
        self.renew(desk, settings, position);
        let entries = self.list.iter().flat_map(List::open);
        entries.filter_map(|(_, entry)| line(entry)).collect()
    }

    /// Brings the list up to date with what is asked for.
    fn renew(&mut self, desk: &Desk, settings: &Settings, position: &Position) {
        let query = Query {
            revision: desk.session.revision(),
            in_force: desk.session.in_force().clone(),
            grouping: settings.grouping,
            project: (!self.whole_document).then_some(position.project),
            hidden: self.hidden.clone(),
            search: self.search.trim().to_lowercase(),
        };
        if self.list.as_ref().is_none_or(|list| list.query != query) {
            self.list = Some(List::of(desk, query));
            self.rows.forget();
        }
    }

    fn is_open(&self, group: GroupKey) -> bool {
        group.is_open_at_first() != self.toggled.contains(&group)
    }

    fn toggle(&mut self, group: GroupKey) {
        if !self.toggled.remove(&group) {
            self.toggled.insert(group);
        }
        self.rows.forget();
    }

    fn show_everything(&mut self) {
        self.hidden.clear();
        self.search.clear();
    }
}

/// Where the person is among the findings that are gone through.
enum Current {
    /// At this one.
    At(usize),
    /// At none; this one comes next.
    Before(usize),
}

fn line(entry: &list::Entry) -> Option<report::Line> {
    let finding = entry.finding()?;
    Some([
        entry.facts.project().name().to_owned(),
        badge::level_name(finding.level).to_owned(),
        format!("{} {}", finding.rule.code, finding.rule.name),
        entry.place().to_owned(),
        finding.message.clone(),
        finding.hint.clone(),
    ])
}
