//! The heading of an indicator table: its columns and what they mean.

use super::{
    super::{ColumnUse, found::Heading},
    sheet::Sheet,
    words,
};
use crate::model::edition::IndicatorRole as Role;

/// The heading of a table.
pub(super) struct Head {
    /// Its columns from left to right.
    pub(super) columns: Vec<Heading>,
    /// Where the columns' cells are.
    pub(super) cells: Vec<usize>,
    /// The rows it takes up.
    pub(super) depth: u32,
    /// The captions beside it, from left to right.
    pub(super) sides: Vec<usize>,
    /// Headings over several columns.
    pub(super) parents: Vec<usize>,
    /// Headings of columns that a person wants left out.
    pub(super) unwanted: Vec<usize>,
}

/// Whether the row heads an indicator table.
pub(super) fn is_heading(sheet: &Sheet, row: u32) -> bool {
    let line = sheet.line(row);
    let roles: Vec<Role> = line
        .iter()
        .filter_map(|&index| Some(words::role(sheet.key(index))?.role))
        .collect();
    let has = |wanted: &[Role]| roles.iter().any(|role| wanted.contains(role));
    let named = line.iter().any(|&index| {
        matches!(
            words::role(sheet.key(index)),
            Some(words::RoleWord {
                role: Role::Level1 | Role::Level2 | Role::Name,
                ..
            })
        ) || words::is_table_side(sheet.key(index))
    });
    let valued = has(&[
        Role::Target,
        Role::Actual,
        Role::Weight,
        Role::Score,
        Role::Nature,
    ]);
    // The second row of the heading may hold what the first one lacks: the levels alone are enough.
    let levels = has(&[Role::Level1]) && has(&[Role::Level2]) && line.len() >= 2;
    // Indicators without targets, each of which is told of in words.
    let told = has(&[Role::Level1]) && is_told(sheet, &line) && line.len() >= 3;
    named
        && ((valued && roles.len() >= 3)
            || levels
            || told
            || (valued && roles.len() >= 2 && has(&[Role::Name])))
}

fn is_told(sheet: &Sheet, line: &[usize]) -> bool {
    line.iter()
        .any(|&index| sheet.key(index).starts_with("情况说明"))
}

/// Reads the heading that begins in the row.
pub(super) fn read(sheet: &Sheet, row: u32, end: u32) -> Head {
    let depth = depth(sheet, row, end);
    let rows = row..row.saturating_add(depth).min(end);
    let (parents, leaves) = sheet.headings(rows);
    let over = |index: usize| {
        parents
            .iter()
            .copied()
            .find(|&parent| sheet.is_over(parent, index))
    };
    let first_known = leaves
        .iter()
        .position(|&index| words::role(sheet.key(index)).is_some())
        .unwrap_or(0);
    let (mut sides, mut columns, mut kept) = (Vec::new(), Vec::new(), Vec::new());
    let mut unwanted = Vec::new();
    for (at, &index) in leaves.iter().enumerate() {
        if at < first_known {
            sides.push(index);
            continue;
        }
        match sheet.said.column(sheet.cell(index).place) {
            // Where columns have slipped, the place is needed to count by.
            Some(ColumnUse::Ignored) if !sheet.loose => unwanted.push(index),
            _ => kept.push((index, over(index))),
        }
    }
    for (&(index, _), role) in kept.iter().zip(roles(sheet, &kept)) {
        columns.push(Heading {
            cell: sheet.cell(index).clone(),
            role,
        });
    }
    let cells = kept.iter().map(|&(index, _)| index).collect();
    Head {
        columns,
        cells,
        depth,
        sides,
        parents,
        unwanted,
    }
}

/// How many rows the heading takes up.
fn depth(sheet: &Sheet, row: u32, end: u32) -> u32 {
    let known = |index: &usize| words::role(sheet.key(*index)).is_some();
    let merged = sheet
        .line(row)
        .into_iter()
        .filter(known)
        .map(|index| sheet.cell(index).rows)
        .max()
        .unwrap_or(1)
        .min(3);
    let next = sheet.line(row + 1);
    let below_is_heading = row + 1 < end && !next.is_empty() && next.iter().all(known);
    // A repeated heading is no second row.
    let repeats = next
        .iter()
        .map(|&index| sheet.key(index))
        .eq(sheet.line(row).iter().map(|&index| sheet.key(index)));
    if below_is_heading && !repeats && !is_heading(sheet, row + 1) {
        merged.max(2)
    } else {
        merged
    }
}

/// What the columns mean, each by its own words, those above it and the other columns.
fn roles(sheet: &Sheet, leaves: &[(usize, Option<usize>)]) -> Vec<Role> {
    let said: Vec<Option<Role>> = leaves
        .iter()
        .map(
            |&(index, _)| match sheet.said.column(sheet.cell(index).place) {
                Some(ColumnUse::Indicator(role)) => Some(*role),
                Some(ColumnUse::Fund(_) | ColumnUse::Ignored) | None => None,
            },
        )
        .collect();
    let guesses: Vec<Option<words::RoleWord>> = leaves
        .iter()
        .map(|&(index, parent)| {
            let own = words::role(sheet.key(index));
            own.filter(|word| !word.weak)
                .or_else(|| words::role(sheet.key(parent?)).filter(|_| own.is_none()))
                .or(own)
        })
        .collect();
    let mut roles: Vec<Role> = said
        .iter()
        .map(|role| role.unwrap_or(Role::Extra))
        .collect();
    let mut given: Vec<Role> = said.iter().flatten().copied().collect();
    // 中长期目标 and 年度目标 side by side: the right half is this year's.
    let twice = |wanted: Role| {
        let is = |guess: &&Option<words::RoleWord>| {
            guess.is_some_and(|word| word.role == wanted && !word.weak)
        };
        guesses.iter().filter(is).count() == 2
    };
    let halves = twice(Role::Target) && twice(Role::Name);
    let is = |at: usize, wanted: Role| guesses[at].is_some_and(|word| word.role == wanted);
    for weak in [false, true] {
        let mut order: Vec<usize> = (0..leaves.len()).collect();
        if halves {
            order.reverse();
        }
        // An adjusted target goes before the first one, points that count towards the total before those of one indicator,
        // the share of an indicator before those of its levels.
        order.sort_by_key(|&at| {
            !leaves.get(at).is_some_and(|&(index, _)| {
                is_adjusted_target(sheet, index)
                    || words::is_weighted_score(sheet.key(index))
                    || (is(at, Role::Weight)
                        && at.checked_sub(1).is_some_and(|at| is(at, Role::Name)))
            })
        });
        for at in order {
            let Some(word) = guesses[at] else { continue };
            let free = said[at].is_none() && word.weak == weak && word.role != Role::Extra;
            if free && !given.contains(&word.role) {
                given.push(word.role);
                roles[at] = word.role;
            }
        }
    }
    name_the_names(sheet, leaves, &said, &mut roles);
    roles
}

fn is_adjusted_target(sheet: &Sheet, index: usize) -> bool {
    sheet.text(index).contains("调整")
        && words::role(sheet.key(index)).is_some_and(|word| word.role == Role::Target)
}

/// Where no column has the names: 二级指标 has them, or "绩效指标", or what stands behind 一级指标 under words of its own.
fn name_the_names(
    sheet: &Sheet,
    leaves: &[(usize, Option<usize>)],
    said: &[Option<Role>],
    roles: &mut [Role],
) {
    if roles.contains(&Role::Name) {
        return;
    }
    let free = |at: &usize| said.get(*at).is_some_and(Option::is_none);
    let side = leaves
        .iter()
        .position(|&(index, _)| words::is_table_side(sheet.key(index)));
    let of = |wanted: Role| roles.iter().position(|role| *role == wanted);
    let behind = of(Role::Level1).map(|at| at + 1).filter(|&at| {
        let next = leaves.get(at);
        next.is_some_and(|&(index, _)| words::role(sheet.key(index)).is_none())
    });
    if let Some(at) = side
        .or_else(|| of(Role::Level2))
        .or(behind)
        .or_else(|| of(Role::Level1))
        .filter(free)
    {
        roles[at] = Role::Name;
    }
}
