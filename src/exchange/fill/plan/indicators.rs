//! Which row of the template each indicator goes to.

use std::collections::BTreeMap;

use super::{
    board::Spot,
    draft::Draft,
    frame::{Frame, FrameGroup, FrameRow, below, level},
    value::{Entry, is_example},
};
use crate::{
    exchange::{
        fill::Unplaced,
        grid::Place,
        recognise::{
            captions::{exact, pair, unclassed},
            found::FoundGoal,
            matching::Matches,
        },
    },
    model::{
        edition::IndicatorRole as Role,
        id::Id,
        indicator::{Group, Indicator, Section},
        path::{self, BlockField, IndicatorField},
        project::Goal,
        typed::trim,
    },
};

/// Where an indicator goes.
#[derive(Clone, Copy)]
pub(super) enum Goes<'t> {
    /// To a row of the template.
    Old(FrameRow<'t>),
    /// To a row that is inserted: after which, and which of those.
    New((u32, u32)),
}

/// A group of the project with the block that it stands in.
#[derive(Clone, Copy)]
pub(super) struct Own<'p> {
    pub(super) section: &'p Section,
    pub(super) group: &'p Group,
}

/// Something with its name, folded.
type Named<T> = (String, T);

/// Whether a row of the template is that of an indicator.
type Fits<'f> = dyn Fn(&Named<&FrameRow>, &Named<&Indicator>) -> bool + 'f;

/// The table while it is filled in.
pub(super) struct Filling<'t> {
    pub(super) frame: Frame<'t>,
    /// For every heading of the template the index of the edition's column.
    pub(super) columns: Vec<Option<usize>>,
    /// Where indicators went.
    pub(super) rows: BTreeMap<Id<Indicator>, Goes<'t>>,
}

impl<'t> Draft<'t> {
    /// Fills the indicator table of a goal block.
    pub(super) fn indicators(
        &mut self,
        matches: &Matches,
        index: usize,
        found: &'t FoundGoal,
        goal: &Goal,
    ) {
        let frame = Frame::new(self.board, self.found, index);
        let Some(frame) = frame.filter(|_| !found.columns.is_empty()) else {
            return;
        };
        let columns = matches.goals.get(index).map(|goal| goal.columns.clone());
        let mut filling = Filling {
            frame,
            columns: columns.unwrap_or_default(),
            rows: BTreeMap::new(),
        };
        let (homes, homeless) = homes(&filling.frame.groups, goal);
        let sections = section_partners(&filling.frame.groups, goal);
        for (at, own) in homes.iter().enumerate() {
            self.group(&mut filling, at, own);
        }
        for own in homeless {
            self.new_group(&mut filling, &sections, own);
        }
        for section in goal.sections.iter() {
            self.section(&filling, &sections, section);
        }
        self.reasons(&filling, goal);
    }

    /// The rows of a group of the template.
    fn group(&mut self, filling: &mut Filling<'t>, at: usize, own: &[Own]) {
        let Some(group) = filling.frame.groups.get(at) else {
            return;
        };
        let rows: Vec<FrameRow<'t>> = group.rows.clone();
        let indicators: Vec<&Indicator> = own
            .iter()
            .flat_map(|own| own.group.indicators.iter().map(AsRef::as_ref))
            .collect();
        let (homes, free) = self.rows_for(filling, &rows, &indicators);
        let last = group.range.end.saturating_sub(1);
        let mut before: Option<u32> = None;
        for (indicator, home) in indicators.iter().zip(homes) {
            let goes = match home {
                Some(row) => Some(Goes::Old(row)),
                None => {
                    // Parts (其中) stay with what they are part of.
                    let after = before.filter(|_| indicator.part_of.is_some());
                    self.insert(&filling.frame, at, after.unwrap_or(last))
                        .map(Goes::New)
                }
            };
            match goes {
                Some(goes) => {
                    before = match goes {
                        Goes::Old(row) => Some(row.row),
                        Goes::New((after, _)) => Some(after),
                    };
                    filling.rows.insert(indicator.id, goes);
                    self.row(filling, indicator, own, goes);
                }
                None => self.homeless_row(indicator, "原表这一组的行不够，且不能在此插入行"),
            }
        }
        for row in free {
            self.left_over(filling, &row);
        }
        if let [own] = own {
            self.group_cells(filling, at, own);
        } else {
            for own in own {
                self.see(&path::Place::Group(own.group.id, BlockField::Caption));
                self.see(&path::Place::Section(own.section.id, BlockField::Caption));
            }
        }
    }

    /// A row for every indicator: one of the same name, else a blank one or one with the same target and weight, which was
    /// renamed; and the rows that are left.
    fn rows_for(
        &self,
        filling: &Filling<'t>,
        rows: &[FrameRow<'t>],
        indicators: &[&Indicator],
    ) -> (Vec<Option<FrameRow<'t>>>, Vec<FrameRow<'t>>) {
        // Each name is folded once: every row may be held against every indicator.
        let mut left: Vec<Named<&FrameRow<'t>>> =
            rows.iter().map(|row| (exact(row.name), row)).collect();
        let indicators = indicators.iter().map(|own| (exact(&own.name), *own));
        let mut homes: Vec<(Named<&Indicator>, Option<FrameRow<'t>>)> =
            indicators.map(|own| (own, None)).collect();
        let ways: [&Fits; 3] = [
            &|(name, row), (own, _)| !row.name.is_empty() && name == own,
            &|(_, row), (_, own)| !row.name.is_empty() && filling.is_renamed(row, own),
            &|(_, row), _| row.name.is_empty(),
        ];
        for way in ways {
            for (own, home) in &mut homes {
                if home.is_none()
                    && let Some(at) = left.iter().position(|row| way(row, own))
                {
                    *home = Some(*left.remove(at).1);
                }
            }
        }
        let homes = homes.into_iter().map(|(_, home)| home);
        (
            homes.collect(),
            left.into_iter().map(|(_, row)| *row).collect(),
        )
    }

    /// A row of the template that no indicator went to.
    fn left_over(&mut self, filling: &Filling<'t>, row: &FrameRow<'t>) {
        if row.name.is_empty() {
            for column in 0..filling.columns.len() {
                let cell = filling.frame.cell(row, column);
                let role = filling.role(column);
                let own = cell.filter(|cell| cell.place.row == row.row && cell.rows == 1);
                let stays = |cell: &Spot| match role {
                    Role::Level1 | Role::Level2 => true,
                    // Points that the bureau printed.
                    Role::Weight => !is_example(cell.text),
                    _ => false,
                };
                if let Some(cell) = own.filter(|cell| !stays(cell)) {
                    self.blank(cell.place, &path::Place::Whole);
                }
            }
            return;
        }
        let name = filling.frame.column(Role::Name);
        let place = name.and_then(|name| filling.frame.cell(row, name));
        self.unplaced.push(Unplaced {
            at: None,
            field: "原表的指标".to_owned(),
            text: row.name.to_owned(),
            place: place.map_or_else(String::new, |spot| self.place_name(spot.place)),
            why: "原表有这一行，项目中没有同名的指标，这一行按原样保留".to_owned(),
        });
    }

    /// The next of the rows inserted after a row of a group; `None` where none may be.
    fn insert(&mut self, frame: &Frame<'t>, at: usize, after: u32) -> Option<(u32, u32)> {
        self.may_insert
            .then(|| self.new_row(after, || grown(frame, at, after)))
    }

    /// A group that the template lacks comes at the end of its block.
    fn new_group(
        &mut self,
        filling: &mut Filling<'t>,
        sections: &BTreeMap<Id<Section>, usize>,
        own: Own,
    ) {
        let section = sections.get(&own.section.id).copied();
        let in_section = |group: &FrameGroup| group.section.map(|(at, _)| at) == section;
        let last = section.and_then(|_| filling.frame.groups.iter().rposition(in_section));
        let column = filling.frame.column(Role::Level2);
        let after = last
            .and_then(|at| filling.frame.groups.get(at))
            .map(|group| group.range.end.saturating_sub(1));
        let open = after.filter(|_| self.may_insert);
        let (Some(last), Some(after), Some(column)) = (last, open, column) else {
            let why = "原表没有这一组指标";
            for row in own.group.indicators.iter() {
                self.homeless_row(row, why);
            }
            return;
        };
        let level = filling.frame.cell_at(after, column);
        let grown = grown_sections(&filling.frame, last, after);
        // Where rows of the last group come in here too, its own cells cannot cover these alone.
        if let Some(insert) = self.inserts.get_mut(&after) {
            insert.grown.retain(|place| grown.contains(place));
        }
        let mut first = None;
        for (at, indicator) in own.group.indicators.iter().enumerate() {
            let next = self.new_row(after, || grown.clone());
            first = first.or(Some(next));
            if at == 0 {
                let place = path::Place::Group(own.group.id, BlockField::Caption);
                let words = "绩效指标 · 二级指标";
                let entry = Entry::line(place, words, &own.group.caption);
                let column = level.map(|spot| spot.place.column);
                self.put_new(next, column.unwrap_or_default(), &entry);
            }
            filling.rows.insert(indicator.id, Goes::New(next));
            self.row(filling, indicator, &[own], Goes::New(next));
        }
        // What the whole group has stands in its first row, unless that has its own.
        let (weight, score) = self.group_points(own.group);
        for (role, entry) in [(Role::Weight, weight), (Role::Score, score)] {
            if let Some((next, column)) = first.zip(filling.frame.column(role)) {
                self.new_cell(filling, next, column, &entry);
            }
        }
    }

    fn homeless_row(&mut self, indicator: &Indicator, why: &str) {
        let place = path::Place::Indicator(indicator.id, IndicatorField::Name);
        let text = [
            trim(&indicator.name),
            indicator.target.text(),
            indicator.actual.text(),
            indicator.weight.text(),
            indicator.score.text(),
        ];
        let text: Vec<&str> = text.into_iter().filter(|text| !text.is_empty()).collect();
        let entry = Entry::line(place, "绩效指标 · 整行", &text.join(" | "));
        self.lacks(&entry, None, why);
        for field in [
            IndicatorField::Nature,
            IndicatorField::Target,
            IndicatorField::Unit,
            IndicatorField::Actual,
            IndicatorField::Weight,
            IndicatorField::Score,
        ] {
            self.see(&path::Place::Indicator(indicator.id, field));
        }
    }
}

impl Filling<'_> {
    /// What the column of a heading is.
    pub(super) fn role(&self, column: usize) -> Role {
        let heading = self.frame.goal.columns.get(column);
        heading.map_or(Role::Extra, |heading| heading.role)
    }

    /// Whether a row states the target and the weight of an indicator under another name.
    fn is_renamed(&self, row: &FrameRow, own: &Indicator) -> bool {
        let says = |role: Role, text: &str| {
            let cell = self
                .frame
                .column(role)
                .and_then(|at| self.frame.cell(row, at));
            let cell = cell.filter(|cell| cell.place.row == row.row);
            !trim(text).is_empty() && cell.is_some_and(|cell| exact(cell.text) == exact(text))
        };
        says(Role::Target, own.target.text()) && says(Role::Weight, own.weight.text())
    }
}

/// For every group of the template those of the project, and the groups that have none.
fn homes<'p>(groups: &[FrameGroup], goal: &'p Goal) -> (Vec<Vec<Own<'p>>>, Vec<Own<'p>>) {
    let mut homes: Vec<Vec<Own>> = groups.iter().map(|_| Vec::new()).collect();
    let mut homeless = Vec::new();
    let partners = section_partners(groups, goal);
    let has_captions = groups.iter().any(|group| {
        group
            .section
            .is_some_and(|(_, section)| section.caption.is_some())
    });
    let caption = |at: &usize| {
        let group = groups.get(*at).and_then(|group| group.group);
        let caption = group.and_then(|group| group.caption.as_ref());
        level(caption.map_or("", |caption| &caption.text))
    };
    // The blocks of the template, each with the groups of the project that belong there.
    let mut blocks: BTreeMap<Option<usize>, Vec<Own>> = BTreeMap::new();
    for section in goal.sections.iter() {
        let block = partners.get(&section.id).copied();
        for group in section.groups.iter() {
            let own = Own { section, group };
            if block.is_none() && has_captions && !level(&section.caption).is_empty() {
                homeless.push(own);
            } else {
                blocks.entry(block).or_default().push(own);
            }
        }
    }
    for (block, own) in blocks {
        // Without first level on either side all groups are looked at.
        let places: Vec<usize> = (0..groups.len())
            .filter(|at| {
                let section = groups.get(*at).and_then(|group| group.section);
                block.is_none() || section.map(|(at, _)| at) == block
            })
            .collect();
        let captions: Vec<String> = places.iter().map(caption).collect();
        if let [only] = places.as_slice()
            && captions.iter().all(String::is_empty)
        {
            homes[*only].extend(own);
            continue;
        }
        let names: Vec<String> = own.iter().map(|own| level(&own.group.caption)).collect();
        for (own, partner) in own.iter().zip(pair(&names, &captions, unclassed)) {
            let single = (names.len() == 1 && places.len() == 1).then_some(0);
            match partner.or(single).and_then(|at| places.get(at)) {
                Some(at) => homes[*at].push(*own),
                None => homeless.push(*own),
            }
        }
    }
    (homes, homeless)
}

/// The first-level block of the template for each of the project.
fn section_partners(groups: &[FrameGroup], goal: &Goal) -> BTreeMap<Id<Section>, usize> {
    let mut blocks: Vec<(usize, String)> = Vec::new();
    for (at, section) in groups.iter().filter_map(|group| group.section) {
        let caption = section.caption.as_ref();
        if blocks.iter().all(|(known, _)| *known != at) {
            blocks.push((at, level(caption.map_or("", |caption| &caption.text))));
        }
    }
    let names: Vec<String> = goal
        .sections
        .iter()
        .map(|section| level(&section.caption))
        .collect();
    let captions: Vec<String> = blocks.iter().map(|(_, caption)| caption.clone()).collect();
    let partners = pair(&names, &captions, unclassed);
    let single = (names.len() == 1 && captions.len() == 1).then_some(0);
    goal.sections
        .iter()
        .zip(partners)
        .filter_map(|(section, partner)| {
            let (at, _) = blocks.get(partner.or(single)?)?;
            Some((section.id, *at))
        })
        .collect()
}

/// The cells that end with a row of a group and cover the rows inserted after it too.
fn grown(frame: &Frame, at: usize, after: u32) -> Vec<Place> {
    let mut grown = tall(frame, after);
    let Some(group) = frame.groups.get(at).filter(|_| frame.merges) else {
        return grown;
    };
    let of_group = group.group.and_then(|group| group.caption.as_ref());
    let of_section = group
        .section
        .and_then(|(_, section)| section.caption.as_ref());
    let captions = of_group.into_iter().chain(of_section);
    let ends = captions.filter(|caption| below(caption) == after + 1);
    grown.extend(ends.map(|caption| caption.place));
    grown.sort_unstable();
    grown.dedup();
    grown
}

/// The same where another group comes: only what belongs to the block or the whole table grows.
fn grown_sections(frame: &Frame, at: usize, after: u32) -> Vec<Place> {
    let group = frame.groups.get(at);
    let start = group.map_or(after, |group| group.range.start);
    let section = group.and_then(|group| group.section);
    let caption = section.and_then(|(_, section)| section.caption.as_ref());
    let mut grown = tall(frame, after);
    let is_caption = |place: &Place| caption.is_some_and(|caption| caption.place == *place);
    grown.retain(|place| place.row < start || is_caption(place));
    let ends = caption.filter(|caption| frame.merges && below(caption) == after + 1);
    grown.extend(ends.map(|caption| caption.place));
    grown.sort_unstable();
    grown.dedup();
    grown
}

/// Cells of several rows that end with a row.
fn tall(frame: &Frame, after: u32) -> Vec<Place> {
    let ends = frame.board.row(after);
    ends.filter(|spot| spot.rows > 1 && spot.below() == after + 1)
        .map(|spot| spot.place)
        .collect()
}
