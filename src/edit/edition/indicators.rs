//! 指标表: columns, levels and points. A level is named in the sets of weights too, and may print its points.

use rust_decimal::Decimal;

use super::fresh;
use crate::model::{
    edition::{
        Edition, FirstLevel, IndicatorColumn, IndicatorRole, Need, ScoredBy, SecondLevel, Sense,
    },
    indicator::caption_points,
    numeral::plain,
    policy::{Departure, WeightCondition, WeightSet},
};

/// What a column of the indicator table holds, in the order in which forms have them, and what a person calls it.
pub const COLUMN_USES: &[(IndicatorRole, &str)] = &[
    (IndicatorRole::Level1, "一级指标"),
    (IndicatorRole::Level2, "二级指标"),
    (IndicatorRole::Name, "三级指标"),
    (IndicatorRole::Nature, "指标性质、计算符号"),
    (IndicatorRole::Target, "年度指标值"),
    (IndicatorRole::Unit, "度量单位"),
    (IndicatorRole::Actual, "实际完成值"),
    (IndicatorRole::Weight, "分值"),
    (IndicatorRole::Score, "得分"),
    (IndicatorRole::Deviation, "偏差原因分析及改进措施"),
    (IndicatorRole::Extra, "其他"),
];

/// Puts a new column at the end: of this use where no column has it yet, else one of the form's own.
pub fn add_column(edition: &mut Edition, role: IndicatorRole, caption: &str) {
    let role = match edition.has_column(role) {
        true => IndicatorRole::Extra,
        false => role,
    };
    let key = match role {
        IndicatorRole::Extra => own_key(edition),
        _ => String::new(),
    };
    edition.indicators.columns.push(IndicatorColumn {
        role,
        caption: caption.to_owned(),
        key,
        limit: None,
        width: None,
    });
    follow_points(edition);
}

fn own_key(edition: &Edition) -> String {
    let columns = edition.indicators.columns.iter();
    fresh("extra", columns.map(|column| column.key.as_str()))
}

/// Takes a column out. Without a column of levels the form has none, and without points none are given.
pub fn remove_column(edition: &mut Edition, index: usize) {
    if index >= edition.indicators.columns.len() {
        return;
    }
    match edition.indicators.columns.remove(index).role {
        IndicatorRole::Level1 => {
            edition.indicators.levels.clear();
            forget_levels(edition);
        }
        IndicatorRole::Level2 => {
            for level in &mut edition.indicators.levels {
                level.children.clear();
            }
        }
        IndicatorRole::Score | IndicatorRole::Weight => follow_points(edition),
        _ => {}
    }
}

/// Says what a column holds. One that held it before is a column of the form's own from now on.
pub fn set_use(edition: &mut Edition, index: usize, role: IndicatorRole) {
    let mut own = own_key(edition);
    let columns = &mut edition.indicators.columns;
    let held = columns.iter().position(|column| column.role == role);
    if let Some(other) = held.filter(|other| *other != index && role != IndicatorRole::Extra)
        && let Some(column) = columns.get_mut(other)
    {
        column.role = IndicatorRole::Extra;
        column.key = std::mem::take(&mut own);
    }
    let Some(column) = columns.get_mut(index) else {
        return;
    };
    if role == IndicatorRole::Extra {
        if column.role != IndicatorRole::Extra {
            column.key = own;
        }
    } else {
        column.key.clear();
    }
    column.role = role;
    follow_points(edition);
}

/// A form without a column of scores has none; one that gets it is scored row by row.
fn follow_points(edition: &mut Edition) {
    let has_points =
        edition.has_column(IndicatorRole::Score) || edition.has_column(IndicatorRole::Weight);
    let scored_by = &mut edition.indicators.scored_by;
    match (has_points, *scored_by) {
        (false, _) => *scored_by = ScoredBy::Nothing,
        (true, ScoredBy::Nothing) => *scored_by = ScoredBy::Row,
        (true, _) => {}
    }
}

/// Puts a new first-level indicator at the end.
pub fn add_level(edition: &mut Edition) {
    let name = new_name("新的一级指标", |name| {
        edition.first_level(name).is_some()
    });
    if !edition.has_column(IndicatorRole::Level1) {
        let column = IndicatorColumn {
            role: IndicatorRole::Level1,
            caption: IndicatorRole::Level1.usual_caption().into(),
            key: String::new(),
            limit: None,
            width: None,
        };
        edition.indicators.columns.insert(0, column);
    }
    edition.indicators.levels.push(FirstLevel {
        name,
        caption: String::new(),
        aliases: Vec::new(),
        need: Need::Optional,
        sense: Sense::Other,
        children: Vec::new(),
    });
}

/// Puts a new second-level indicator at the end of a level.
pub fn add_child(edition: &mut Edition, level: usize) {
    if !edition.has_column(IndicatorRole::Level2) {
        let column = IndicatorColumn {
            role: IndicatorRole::Level2,
            caption: IndicatorRole::Level2.usual_caption().into(),
            key: String::new(),
            limit: None,
            width: None,
        };
        let columns = &mut edition.indicators.columns;
        let first = columns
            .iter()
            .position(|one| one.role == IndicatorRole::Level1);
        columns.insert(first.map_or(0, |first| first + 1), column);
    }
    let Some(level) = edition.indicators.levels.get_mut(level) else {
        return;
    };
    let known = |name: &str| level.children.iter().any(|child| child.name == name);
    let name = new_name("新的二级指标", known);
    level.children.push(SecondLevel {
        name,
        aliases: Vec::new(),
        weight: None,
        need: Need::Optional,
        sense: Sense::Other,
    });
}

fn new_name(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut number = 1usize;
    let mut proposed = name.to_owned();
    while is_taken(&proposed) {
        number += 1;
        proposed = format!("{name}{number}");
    }
    proposed
}

/// Renames a level; its points stay its own.
pub fn rename_level(edition: &mut Edition, index: usize, name: &str) {
    let Some(level) = edition.indicators.levels.get_mut(index) else {
        return;
    };
    let before = std::mem::replace(&mut level.name, name.to_owned());
    if !level.caption.is_empty() {
        level.caption = level.caption.replacen(&before, name, 1);
    }
    for set in &mut edition.scoring.weights {
        if let Some(points) = set.levels.remove(&before) {
            set.levels.insert(name.to_owned(), points);
        }
    }
}

/// Takes a level out, and out of the sets of weights.
pub fn remove_level(edition: &mut Edition, index: usize) {
    if index < edition.indicators.levels.len() {
        edition.indicators.levels.remove(index);
        forget_levels(edition);
    }
}

fn forget_levels(edition: &mut Edition) {
    let levels = &edition.indicators.levels;
    for set in &mut edition.scoring.weights {
        set.levels
            .retain(|name, _| levels.iter().any(|level| level.name == *name));
    }
}

/// Takes a second-level indicator out.
pub fn remove_child(edition: &mut Edition, level: usize, index: usize) {
    if let Some(level) = edition.indicators.levels.get_mut(level)
        && index < level.children.len()
    {
        level.children.remove(index);
    }
}

/// Says whether the form prints the points of a level behind its name.
pub fn set_printed(edition: &mut Edition, index: usize, is_printed: bool) {
    let weights = edition.scoring.weights.first();
    let points = |name: &str| weights.and_then(|set| set.levels.get(name)).copied();
    if let Some(level) = edition.indicators.levels.get_mut(index) {
        level.caption = match points(&level.name).filter(|_| is_printed) {
            Some(points) => with_points(&level.name, points),
            None => String::new(),
        };
    }
}

fn with_points(name: &str, points: Decimal) -> String {
    format!("{name}（{}分）", plain(points))
}

/// Gives a level its points in one of the sets; `None` leaves them to the unit. A caption that prints them follows.
pub fn set_points(edition: &mut Edition, set: usize, name: &str, points: Option<Decimal>) {
    let Some(weights) = edition.scoring.weights.get_mut(set) else {
        return;
    };
    match points {
        Some(points) => weights.levels.insert(name.to_owned(), points),
        None => weights.levels.remove(name),
    };
    if set > 0 {
        return;
    }
    let mut levels = edition.indicators.levels.iter_mut();
    if let Some(level) = levels.find(|level| level.name == name)
        && caption_points(&level.caption).is_some()
    {
        level.caption = match points {
            Some(points) => with_points(name, points),
            None => String::new(),
        };
    }
}

/// Gives the budget execution its points, in the first set too.
pub fn set_execution(edition: &mut Edition, points: Decimal) {
    edition.scoring.execution.weight = points;
    if let Some(first) = edition.scoring.weights.first_mut() {
        first.execution = points;
    }
}

/// Adds a set of weights for the first case that has none; the first set is for the ordinary case. It begins as the one
/// before.
pub fn add_weights(edition: &mut Edition) {
    const CASES: [WeightCondition; 4] = [
        WeightCondition::Always,
        WeightCondition::NoSatisfaction,
        WeightCondition::WithCost,
        WeightCondition::WithoutCost,
    ];
    let sets = &mut edition.scoring.weights;
    let free = CASES
        .into_iter()
        .find(|case| sets.iter().all(|set| set.when != *case));
    let Some(when) = free else { return };
    let set = match sets.last() {
        Some(last) => WeightSet {
            when,
            ..last.clone()
        },
        None => WeightSet {
            when,
            execution: edition.scoring.execution.weight,
            levels: Default::default(),
        },
    };
    sets.push(set);
    if sets.len() == 1 {
        edition.checks.weights = Departure::Reported;
    }
}

/// Takes a set of weights out. Without any, the unit divides the points.
pub fn remove_weights(edition: &mut Edition, index: usize) {
    let sets = &mut edition.scoring.weights;
    if index >= sets.len() {
        return;
    }
    sets.remove(index);
    match sets.first() {
        Some(first) => edition.scoring.execution.weight = first.execution,
        None => edition.checks.weights = Departure::Free,
    }
}
