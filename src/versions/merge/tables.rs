//! The tables of a form without levels: funds, further tables, what is put aside, and what the form states of itself.

use std::collections::{BTreeSet, HashSet};

use crate::model::{
    aside::Aside,
    id::Id,
    path::{Place, StatedField},
    project::{FundRow, Project, Stated, TableRow},
    record::KeyMap,
    rows::Rows,
    typed::trim,
};

use super::{
    level::{Node, rows},
    walk::{Spot, Three, Walk},
};

impl Node for FundRow {
    type Key = Id<Self>;
    const PART: &'static str = "fund";

    fn key(&self) -> Self::Key {
        self.id
    }

    fn name(&self) -> String {
        format!("资金行 {}", self.short_name())
    }

    fn place(&self) -> Option<Place> {
        Some(Place::Fund(self.id, "name".into()))
    }

    fn told(&self) -> String {
        let figures: Vec<&str> = self.figures.values().map(|figure| figure.text()).collect();
        let filled = figures.into_iter().filter(|text| !text.is_empty());
        filled.collect::<Vec<_>>().join("；")
    }

    fn merge(walk: &mut Walk<'_>, three: Three<'_, Self>) -> Self {
        let id = three.ours.id;
        let at = |key: &str| Place::Fund(id, key.into());
        Self {
            id,
            copied_from: walk.quiet(three.of(|row| &row.copied_from)),
            key: walk.quiet(three.of(|row| &row.key)),
            name: walk.cell(three.of(|row| &row.name), || at("name")),
            figures: walk.keyed(three.of(|row| &row.figures), |key| Place::Fund(id, key)),
            remark: walk.cell(three.of(|row| &row.remark), || at("remark")),
            unknown: walk.unknown(three.of(|row| &row.unknown)),
        }
    }
}

impl Node for TableRow {
    type Key = Id<Self>;
    const PART: &'static str = "table";

    fn key(&self) -> Self::Key {
        self.id
    }

    fn name(&self) -> String {
        "附表行".into()
    }

    fn told(&self) -> String {
        let texts = self.cells.values().map(|text| trim(text));
        let filled: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
        filled.join("；")
    }

    fn merge(walk: &mut Walk<'_>, three: Three<'_, Self>) -> Self {
        let id = three.ours.id;
        // The table's key is put in by whoever knows it.
        let table = walk.table.clone();
        Self {
            id,
            copied_from: walk.quiet(three.of(|row| &row.copied_from)),
            key: walk.quiet(three.of(|row| &row.key)),
            cells: walk.keyed(three.of(|row| &row.cells), |key| {
                Place::Table(table.clone(), id, key)
            }),
            unknown: walk.unknown(three.of(|row| &row.unknown)),
        }
    }
}

/// Further tables, by their keys.
pub(super) fn tables(
    walk: &mut Walk<'_>,
    three: Three<'_, KeyMap<Rows<TableRow>>>,
) -> KeyMap<Rows<TableRow>> {
    let none = Rows::new();
    let mut merged = KeyMap::new();
    let keys = three.ours.keys().chain(three.theirs.keys());
    for key in keys.collect::<BTreeSet<_>>() {
        let rows_of = three.of(|tables| tables.get(key).unwrap_or(&none));
        walk.table.clone_from(key);
        let table = rows(walk, rows_of, "附表行的顺序");
        let has_key =
            three.ours.contains_key(key) || three.base.is_none_or(|base| !base.contains_key(key));
        if has_key || !table.is_empty() {
            merged.insert(key.clone(), table);
        }
    }
    merged
}

/// What was put aside; what stands in the form again is not.
pub(super) fn aside(
    walk: &mut Walk<'_>,
    three: Three<'_, Option<Aside>>,
    project: &Project,
) -> Option<Aside> {
    let nothing = Aside {
        funds: Rows::new(),
        tables: KeyMap::new(),
        unknown: Default::default(),
    };
    let three = three.of(|aside| aside.as_ref().unwrap_or(&nothing));
    let funds = rows(walk, three.of(|aside| &aside.funds), "");
    let mut tables = tables(walk, three.of(|aside| &aside.tables));
    let shown: HashSet<_> = project
        .tables
        .values()
        .flat_map(Rows::iter)
        .map(|row| row.id)
        .collect();
    for rows in tables.values_mut() {
        *rows = rows
            .iter()
            .filter(|row| !shown.contains(&row.id))
            .cloned()
            .collect();
    }
    tables.retain(|_, rows| !rows.is_empty());
    let shown: HashSet<_> = project.funds.iter().map(|row| row.id).collect();
    let funds: Rows<FundRow> = funds
        .iter()
        .filter(|row| !shown.contains(&row.id))
        .cloned()
        .collect();
    let unknown = walk.unknown(three.of(|aside| &aside.unknown));
    let is_nothing = funds.is_empty() && tables.is_empty() && unknown.is_empty();
    (!is_nothing).then_some(Aside {
        funds,
        tables,
        unknown,
    })
}

/// What the form states of itself.
pub(super) fn stated(walk: &mut Walk<'_>, three: Three<'_, Stated>) -> Stated {
    let at = |field| move || Place::Stated(field);
    Stated {
        title: walk.cell(three.of(|stated| &stated.title), at(StatedField::Title)),
        total_weight: walk.cell(
            three.of(|stated| &stated.total_weight),
            at(StatedField::TotalWeight),
        ),
        total_score: walk.cell(
            three.of(|stated| &stated.total_score),
            at(StatedField::TotalScore),
        ),
        rating: walk.cell(three.of(|stated| &stated.rating), at(StatedField::Rating)),
        money_unit: walk.cell(
            three.of(|stated| &stated.money_unit),
            at(StatedField::MoneyUnit),
        ),
        footnotes: footnotes(walk, three.of(|stated| &stated.footnotes)),
        unknown: walk.unknown(three.of(|stated| &stated.unknown)),
    }
}

/// Footnotes have numbers and no identities: as long as none was added or removed, each is a cell; else they are one.
fn footnotes(walk: &mut Walk<'_>, three: Three<'_, Vec<String>>) -> Vec<String> {
    let count = three.ours.len();
    let is_even = three.theirs.len() == count && three.base.is_none_or(|base| base.len() == count);
    if !is_even {
        return walk.whole(
            three,
            |notes| notes.join("\n"),
            || Spot::field("footnotes".into(), "表下注释".into()),
        );
    }
    (0..count)
        .map(|index| {
            walk.cell(three.of(|notes| &notes[index]), || {
                Place::Stated(StatedField::Footnote(index))
            })
        })
        .collect()
}
