//! A project on another edition of the form: what is the same finds its new place, what is new comes blank, and what has no
//! place is kept for the way back.
//!
//! | module | what it is |
//! |---|---|
//! | [`fields`] | fields, columns and texts with keys |
//! | [`rows`] | rows of the fund table and of further tables |
//! | [`levels`] | 一级指标, 二级指标 and goal blocks |
//! | [`targets`] | ≥95% in one column, or as ≥, 95 and % in three |
//! | [`mod@unplaced`] | 本表样没有位置的内容 |
//!
//! Every step is its own way back: with old and new edition exchanged it leads to where it came from. A step of which that
//! is not so for the project at hand is not made, and things stay as they were typed.

mod fields;
mod footnotes;
mod levels;
mod rows;
mod targets;
mod told;
pub mod unplaced;

use std::sync::Arc;

use crate::model::{
    edition::Edition,
    id::IdSource,
    indicator::Indicator,
    path::{CellPath, Place},
    project::Project,
    rows::Rows,
    working_paper::PaperCell,
};

use super::{
    command::EditCommand,
    convert_unit::{Amounts, Conversion, convert, set_unit},
};
pub use told::{Counted, Moved, WeightDifference};
use unplaced::{Unplaced, unplaced};

/// What changing the edition of a project does.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The project on the new edition.
    pub form: Arc<Project>,
    /// 移到: what stands under another caption or in another place.
    pub moved: Vec<Moved>,
    /// 不变: what is filled in and stays as it is, by caption.
    pub kept: Vec<Counted>,
    /// 新表样多出: what the new edition has and the old one had not; blank.
    pub added: Vec<String>,
    /// 没有位置: what is kept and not on the new form.
    pub unplaced: Vec<Unplaced>,
    /// Where the weights differ from those of the new edition. They are not changed.
    pub weights: Vec<WeightDifference>,
    /// What became of the amounts.
    pub conversion: Conversion,
}

impl Plan {
    /// The one step that does it.
    pub fn command(&self) -> EditCommand {
        EditCommand::ReplaceForm {
            label: "更换表样".into(),
            form: Arc::clone(&self.form),
        }
    }
}

/// What is known when the edition of a project is changed.
#[derive(Debug, Clone, Copy)]
pub struct Editions<'a> {
    /// The edition the project is on; `None` where it is not at hand.
    pub from: Option<&'a Edition>,
    /// The edition it is put on.
    pub to: &'a Edition,
    /// All at hand, which tell the captions of what an earlier edition left behind.
    pub known: &'a [Arc<Edition>],
}

impl<'a> Editions<'a> {
    /// All of them, the project's own first.
    fn all(self) -> Vec<&'a Edition> {
        let known = self.known.iter().map(|edition| &**edition);
        self.from
            .into_iter()
            .chain([self.to])
            .chain(known)
            .collect()
    }
}

/// The plan to put `project` on another edition. Nothing is lost: without changes in between, the way back leads to the same
/// project but for blank rows. Weights and scores are not touched, and of approved rows no value.
pub fn plan(
    project: &Project,
    editions: Editions,
    amounts: Amounts,
    ids: &mut dyn IdSource,
) -> Plan {
    let mut form = project.clone();
    let mut told = told::Told::default();
    let Editions { from, to, .. } = editions;
    let all = editions.all();
    let conversion = match amounts {
        Amounts::Convert => convert(&mut form, &all, to.money_unit),
        Amounts::Keep => {
            set_unit(&mut form, to.money_unit);
            Conversion::default()
        }
    };
    form.edition = to.reference();
    if let Some(from) = from {
        fields::change(&mut form, from, to, &mut told);
        targets::change(&mut form, from, to, &mut told);
        footnotes::change(&mut form, from, to, &mut told);
    }
    rows::change(&mut form, from, to, ids, &mut told);
    levels::change(&mut form, from, to, ids, &mut told);
    told.fields_added(from, to);
    Plan {
        moved: told.moved,
        kept: told::kept(project, &form, to),
        added: told.added,
        unplaced: unplaced(&form, to, &all),
        weights: told::weights(&form, to),
        conversion,
        form: form.into(),
    }
}

/// Changes every indicator row of a project.
pub(super) fn each_row(project: &mut Project, mut change: impl FnMut(&mut Indicator)) {
    for goal in 0..project.goals.len() {
        let sections = project
            .goals
            .get(goal)
            .map_or(0, |goal| goal.sections.len());
        for section in 0..sections {
            let Some(section) = project
                .goals
                .get_mut(goal)
                .and_then(|goal| goal.sections.get_mut(section))
            else {
                continue;
            };
            for group in 0..section.groups.len() {
                let Some(group) = section.groups.get_mut(group) else {
                    continue;
                };
                for row in 0..group.indicators.len() {
                    if let Some(row) = group.indicators.get_mut(row) {
                        change(row);
                    }
                }
            }
        }
    }
}

/// Gives what was noted or explained at a place the place's new address.
fn redirect(project: &mut Project, moved: impl Fn(&Place) -> Option<Place>) {
    let here = project.id;
    let new = |at: &CellPath| moved(&at.place).filter(|_| at.project == here);
    for index in 0..project.notes.len() {
        let place = project.notes.get(index).and_then(|note| new(&note.at));
        if let (Some(place), Some(note)) = (place, project.notes.get_mut(index)) {
            note.at.place = place;
        }
    }
    for index in 0..project.explanations.len() {
        let place = project
            .explanations
            .get(index)
            .and_then(|given| new(&given.at));
        if let (Some(place), Some(given)) = (place, project.explanations.get_mut(index)) {
            given.at.place = place;
        }
    }
}

/// The ids of parts that something in the project refers to. Ids of different kinds are not told apart: one too many only
/// keeps a blank row.
fn referred(project: &Project) -> std::collections::HashSet<u64> {
    let mut ids = std::collections::HashSet::new();
    let notes = project.notes.iter().map(|note| &note.at);
    let given = project.explanations.iter().map(|given| &given.at);
    ids.extend(notes.chain(given).filter_map(|at| part_of(&at.place)));
    let evidence = project.evidence.iter();
    ids.extend(evidence.filter_map(|each| Some(each.indicator?.bits())));
    for reason in project.goals.iter().flat_map(|goal| goal.reasons.iter()) {
        ids.extend(reason.section.map(|id| id.bits()));
        ids.extend(reason.group.map(|id| id.bits()));
        ids.extend(reason.rows.iter().map(|id| id.bits()));
    }
    for line in project
        .working_paper
        .iter()
        .flat_map(|paper| paper.lines.iter())
    {
        ids.extend(line.indicator.map(|id| id.bits()));
        ids.extend(line.group.map(|id| id.bits()));
    }
    ids
}

fn part_of(place: &Place) -> Option<u64> {
    use crate::model::working_paper::PaperSubject;
    Some(match place {
        Place::Fund(id, _) => id.bits(),
        Place::Goal(id, _) => id.bits(),
        Place::Section(id, _) => id.bits(),
        Place::Group(id, _) => id.bits(),
        Place::Indicator(id, _) => id.bits(),
        Place::Reason(id) => id.bits(),
        Place::Table(_, id, _) => id.bits(),
        Place::Paper(PaperCell::Line(PaperSubject::Group(id), _)) => id.bits(),
        Place::Paper(PaperCell::Line(PaperSubject::Indicator(id), _)) => id.bits(),
        Place::Whole
        | Place::Header(_)
        | Place::Stated(_)
        | Place::Text(_)
        | Place::Footer(_)
        | Place::Paper(_) => return None,
    })
}

/// The index behind the last row that satisfies `test`; 0 where none does.
fn behind<T>(rows: &Rows<T>, mut test: impl FnMut(&T) -> bool) -> usize {
    let rows = rows.iter().enumerate();
    rows.filter(|(_, row)| test(row))
        .last()
        .map_or(0, |(at, _)| at + 1)
}

/// What something means, as a text to compare by; empty where it means nothing.
type Meaning<'w, T> = &'w dyn Fn(&T) -> String;

/// Pairs what only the old edition has with what only the new one has, where they mean the same in one of the `ways`, the
/// strictest first. A meaning that several of one side share pairs none of them, so the pairs are the same seen from the
/// other side.
fn pairs<T>(old: &[T], new: &[T], ways: &[Meaning<T>]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for way in ways {
        let meanings = |side: &[T], taken: &dyn Fn(usize) -> bool| -> Vec<(usize, String)> {
            let free = side.iter().enumerate().filter(|(at, _)| !taken(*at));
            free.map(|(at, one)| (at, way(one))).collect()
        };
        let ours = meanings(old, &|at| found.iter().any(|pair| pair.0 == at));
        let theirs = meanings(new, &|at| found.iter().any(|pair| pair.1 == at));
        for (at, meaning) in ours.iter().filter(|(_, meaning)| !meaning.is_empty()) {
            let count = |side: &[(usize, String)]| {
                side.iter().filter(|(_, other)| other == meaning).count()
            };
            let partner = theirs.iter().find(|(_, other)| other == meaning);
            if let Some((partner, _)) = partner
                && count(&ours) == 1
                && count(&theirs) == 1
            {
                found.push((*at, *partner));
            }
        }
    }
    found
}
