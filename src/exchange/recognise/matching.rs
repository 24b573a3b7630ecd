//! Where the parts of a form have their place on an edition.

use std::collections::BTreeSet;

use super::{
    captions::{self, bare, exact, or_numbered, pair, unclassed},
    found::{Field, FoundForm, FoundGoal, Funds, FurtherTable},
};
use crate::model::{
    edition::{Edition, FieldLayout, IndicatorRole, TableLayout, TotalPlace},
    layout::FundColumn,
    project::fund,
};

/// The places of a form's parts on an edition; every list is as long as that of the form.
#[derive(Debug, Clone, Default)]
pub(in crate::exchange) struct Matches {
    pub(in crate::exchange) header: Vec<Spot>,
    pub(in crate::exchange) below: Vec<Spot>,
    /// Indices of the edition's fund columns.
    pub(in crate::exchange) fund_columns: Vec<Option<usize>>,
    /// Indices of the edition's fund rows.
    pub(in crate::exchange) fund_rows: Vec<Option<usize>>,
    pub(in crate::exchange) goals: Vec<GoalMatches>,
    pub(in crate::exchange) tables: Vec<Option<TableMatches>>,
}

/// Where a field of head or foot goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::exchange) enum Spot {
    /// A field of the header, by index.
    Header(usize),
    /// A further text, by index.
    Text(usize),
    /// A field at the foot, by index.
    Footer(usize),
    /// The total score.
    Total,
    /// 评价等级
    Rating,
    /// The edition has no such field.
    Nowhere,
}

/// The places of a goal block's parts.
#[derive(Debug, Clone, Default)]
pub(in crate::exchange) struct GoalMatches {
    /// Indices of the edition's further goal cells.
    pub(in crate::exchange) others: Vec<Option<usize>>,
    /// Indices of the edition's indicator columns.
    pub(in crate::exchange) columns: Vec<Option<usize>>,
}

/// The places of a further table's parts.
#[derive(Debug, Clone)]
pub(in crate::exchange) struct TableMatches {
    /// Index of the edition's table.
    pub(in crate::exchange) table: usize,
    /// Indices of its columns.
    pub(in crate::exchange) columns: Vec<Option<usize>>,
    /// Indices of its rows.
    pub(in crate::exchange) rows: Vec<Option<usize>>,
}

impl Matches {
    /// Looks for every part of the form on the edition.
    pub(in crate::exchange) fn new(found: &FoundForm, edition: &Edition) -> Self {
        let (header, below) = match_fields(found, edition);
        let funds = found.funds.as_ref();
        Self {
            header,
            below,
            fund_columns: funds.map_or_else(Vec::new, |funds| match_fund_columns(funds, edition)),
            fund_rows: funds.map_or_else(Vec::new, |funds| match_fund_rows(funds, edition)),
            goals: found
                .goals
                .iter()
                .map(|goal| match_goal(goal, edition))
                .collect(),
            tables: match_tables(&found.tables, &edition.tables),
        }
    }
}

/// The captions of fields, numbered where they are blank.
pub(in crate::exchange) fn field_captions<'f>(
    fields: impl IntoIterator<Item = &'f Field>,
) -> Vec<String> {
    fields
        .into_iter()
        .enumerate()
        .map(|(number, field)| or_numbered(&field.caption.text, number, "项"))
        .collect()
}

fn layout_captions(fields: &[FieldLayout]) -> Vec<String> {
    fields.iter().map(|field| field.caption.clone()).collect()
}

/// What a field is by its caption; the edition's own keys say the same by their captions.
fn match_fields(found: &FoundForm, edition: &Edition) -> (Vec<Spot>, Vec<Spot>) {
    let above = field_captions(&found.header);
    let below = field_captions(&found.fields_below);
    let mut header: Vec<Spot> = pair(&above, &layout_captions(&edition.header), captions::field)
        .into_iter()
        .map(|at| at.map_or(Spot::Nowhere, Spot::Header))
        .collect();
    let foot: Vec<FieldLayout> = edition
        .texts
        .iter()
        .chain(&edition.footer)
        .cloned()
        .collect();
    let texts = edition.texts.len();
    let at_foot = |at: usize| match at.checked_sub(texts) {
        None => Spot::Text(at),
        Some(at) => Spot::Footer(at),
    };
    let mut lower: Vec<Spot> = pair(&below, &layout_captions(&foot), captions::field)
        .into_iter()
        .map(|at| at.map_or(Spot::Nowhere, at_foot))
        .collect();
    // Some forms have above what others have below.
    let taken: BTreeSet<usize> = lower
        .iter()
        .filter_map(|spot| match *spot {
            Spot::Text(at) => Some(at),
            Spot::Footer(at) => Some(at + texts),
            _ => None,
        })
        .collect();
    let open_foot: Vec<usize> = (0..foot.len())
        .filter(|index| !taken.contains(index))
        .collect();
    let taken: BTreeSet<usize> = header
        .iter()
        .filter_map(|spot| match *spot {
            Spot::Header(at) => Some(at),
            _ => None,
        })
        .collect();
    let open_head: Vec<usize> = (0..edition.header.len())
        .filter(|index| !taken.contains(index))
        .collect();
    cross(&mut header, &above, &foot, &open_foot, at_foot);
    cross(
        &mut lower,
        &below,
        &edition.header,
        &open_head,
        Spot::Header,
    );
    place_statements(found, edition, &mut header, &mut lower);
    (header, lower)
}

/// Pairs what has no place yet with the open fields of the other end of the form.
fn cross(
    spots: &mut [Spot],
    captions: &[String],
    fields: &[FieldLayout],
    open: &[usize],
    spot: impl Fn(usize) -> Spot,
) {
    let left: Vec<usize> = (0..spots.len())
        .filter(|index| spots[*index] == Spot::Nowhere)
        .collect();
    let wanted: Vec<String> = left.iter().map(|index| captions[*index].clone()).collect();
    let known: Vec<String> = open
        .iter()
        .map(|index| fields[*index].caption.clone())
        .collect();
    for (index, partner) in left.into_iter().zip(pair(&wanted, &known, captions::field)) {
        if let Some(partner) = partner {
            spots[index] = spot(open[partner]);
        }
    }
}

/// Total and rating that stand in fields of their own.
fn place_statements(found: &FoundForm, edition: &Edition, header: &mut [Spot], below: &mut [Spot]) {
    let has_row = found.total.is_some();
    let mut total_open = found
        .total
        .as_ref()
        .is_none_or(|total| total.score.is_none());
    let mut rating_open = found
        .total
        .as_ref()
        .is_none_or(|total| total.rating.is_none());
    let fields = found.header.iter().chain(&found.fields_below);
    for (field, spot) in fields.zip(header.iter_mut().chain(below)) {
        if *spot != Spot::Nowhere {
            continue;
        }
        let caption = &field.caption.text;
        let is_total = captions::is_total(caption) || is_edition_total(edition, caption);
        if is_total && total_open && !(has_row && edition.totals.place == TotalPlace::Header) {
            *spot = Spot::Total;
            total_open = false;
        } else if captions::is_rating(caption) && rating_open {
            *spot = Spot::Rating;
            rating_open = false;
        }
    }
}

fn is_edition_total(edition: &Edition, caption: &str) -> bool {
    edition.totals.place == TotalPlace::Header && exact(&edition.totals.caption) == exact(caption)
}

fn match_fund_columns(funds: &Funds, edition: &Edition) -> Vec<Option<usize>> {
    let columns = &edition.funds.columns;
    let mut places: Vec<Option<usize>> = Vec::with_capacity(funds.columns.len());
    for heading in &funds.columns {
        let by_key = heading
            .key
            .and_then(|key| columns.iter().position(|column| column.key == key))
            .filter(|at| !places.contains(&Some(*at)));
        places.push(by_key);
    }
    let captions = fund_column_captions(funds);
    fill_by_caption(&mut places, &captions, columns, |column: &FundColumn| {
        column.caption.clone()
    });
    places
}

/// Gives those without a place one by their captions, among the columns still open.
fn fill_by_caption<C>(
    places: &mut [Option<usize>],
    captions: &[String],
    columns: &[C],
    caption: impl Fn(&C) -> String,
) {
    let open: Vec<usize> = (0..columns.len())
        .filter(|at| !places.contains(&Some(*at)))
        .collect();
    let left: Vec<usize> = (0..places.len())
        .filter(|index| places[*index].is_none())
        .collect();
    let wanted: Vec<String> = left.iter().map(|index| captions[*index].clone()).collect();
    let known: Vec<String> = open.iter().map(|at| caption(&columns[*at])).collect();
    for (index, partner) in left.into_iter().zip(pair(&wanted, &known, unclassed)) {
        places[index] = partner.map(|partner| open[partner]);
    }
}

/// The captions of the fund columns. Amounts that only have their row's caption are what the budget gave at first.
pub(in crate::exchange) fn fund_column_captions(funds: &Funds) -> Vec<String> {
    let columns = funds.columns.iter().enumerate();
    let captions = columns.map(|(number, heading)| match heading.key {
        Some(fund::INITIAL) if exact(&heading.cell.text).is_empty() => "年初预算数".into(),
        _ => or_numbered(&heading.cell.text, number, "列"),
    });
    captions.collect()
}

fn match_fund_rows(funds: &Funds, edition: &Edition) -> Vec<Option<usize>> {
    let captions: Vec<String> = fund_row_captions(funds);
    let known: Vec<String> = edition
        .funds
        .rows
        .iter()
        .map(|row| row.caption.clone())
        .collect();
    pair(&captions, &known, captions::fund_row)
}

/// The captions of the fund rows. The only row of a form that gives it no caption is the total.
pub(in crate::exchange) fn fund_row_captions(funds: &Funds) -> Vec<String> {
    let is_single = funds.rows.len() == 1;
    funds
        .rows
        .iter()
        .enumerate()
        .map(|(number, row)| match exact(&row.name.text).as_str() {
            "" if is_single => "年度资金总额".to_owned(),
            _ => or_numbered(&row.name.text, number, "行"),
        })
        .collect()
}

fn match_goal(goal: &FoundGoal, edition: &Edition) -> GoalMatches {
    let others = field_captions(&goal.others);
    GoalMatches {
        others: pair(&others, &layout_captions(&edition.goals.extra), unclassed),
        columns: match_indicator_columns(goal, edition),
    }
}

fn match_indicator_columns(goal: &FoundGoal, edition: &Edition) -> Vec<Option<usize>> {
    let columns = &edition.indicators.columns;
    let mut places: Vec<Option<usize>> = Vec::with_capacity(goal.columns.len());
    for heading in &goal.columns {
        let by_role = columns
            .iter()
            .position(|column| column.role == heading.role && column.role != IndicatorRole::Extra)
            .filter(|at| !places.contains(&Some(*at)));
        places.push(by_role);
    }
    let captions: Vec<String> = goal
        .columns
        .iter()
        .enumerate()
        .map(|(number, heading)| or_numbered(&heading.cell.text, number, "列"))
        .collect();
    // Only what is further can take the place of something else.
    fill_by_caption(&mut places, &captions, columns, |column| {
        match column.role {
            IndicatorRole::Extra => column.caption.clone(),
            _ => String::new(),
        }
    });
    places
}

fn match_tables(tables: &[FurtherTable], known: &[TableLayout]) -> Vec<Option<TableMatches>> {
    let captions: Vec<String> = tables
        .iter()
        .enumerate()
        .map(|(number, table)| table_caption(table, number))
        .collect();
    let known_captions: Vec<String> = known.iter().map(|table| table.caption.clone()).collect();
    let mut partners = pair(&captions, &known_captions, unclassed);
    if let ([partner @ None], [only]) = (partners.as_mut_slice(), known)
        && tables
            .first()
            .is_some_and(|table| shares_headings(table, only))
    {
        *partner = Some(0);
    }
    tables
        .iter()
        .zip(partners)
        .map(|(table, partner)| {
            let at = partner?;
            Some(match_table(table, at, known.get(at)?))
        })
        .collect()
}

/// The caption of a further table, or a numbered one.
pub(in crate::exchange) fn table_caption(table: &FurtherTable, number: usize) -> String {
    let caption = table.caption.as_ref().map_or("", |cell| cell.text.as_str());
    or_numbered(caption, number, "表")
}

/// The headings of a further table, numbered where they are blank.
pub(in crate::exchange) fn table_headings(table: &FurtherTable) -> Vec<String> {
    table
        .headings
        .iter()
        .enumerate()
        .map(|(number, cell)| or_numbered(&cell.text, number, "列"))
        .collect()
}

/// The captions of a further table's rows, numbered where they are blank.
pub(in crate::exchange) fn table_rows(table: &FurtherTable) -> Vec<String> {
    table
        .rows
        .iter()
        .enumerate()
        .map(|(number, row)| {
            let caption = row.first().and_then(Option::as_ref);
            or_numbered(caption.map_or("", |cell| cell.text.as_str()), number, "行")
        })
        .collect()
}

fn shares_headings(table: &FurtherTable, layout: &TableLayout) -> bool {
    let known: Vec<String> = layout
        .columns
        .iter()
        .map(|column| bare(&column.caption))
        .collect();
    !table.headings.is_empty()
        && table
            .headings
            .iter()
            .all(|heading| known.contains(&bare(&heading.text)))
}

fn match_table(table: &FurtherTable, at: usize, layout: &TableLayout) -> TableMatches {
    let rows: Vec<String> = layout.rows.iter().map(|row| row.caption.clone()).collect();
    TableMatches {
        table: at,
        columns: pair(
            &table_headings(table),
            &layout_captions(&layout.columns),
            unclassed,
        ),
        rows: pair(&table_rows(table), &rows, unclassed),
    }
}
