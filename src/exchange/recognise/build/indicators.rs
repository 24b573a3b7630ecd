//! The indicator table of an edition made from a form: columns, levels, and the points it prints for them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rust_decimal::Decimal;

use super::super::{
    FormKind, captions,
    choose::scored_by,
    clean,
    found::{FoundForm, FoundGoal, FoundSection},
};
use crate::model::{
    edition::{
        Edition, FirstLevel, IndicatorColumn, IndicatorLayout, IndicatorRole, Need, ScoredBy,
        SecondLevel, Sense,
    },
    figure::FigureCell,
    indicator::{caption_points, split_caption},
    policy::{WeightCondition, WeightSet},
    typed::trim,
};

/// First levels of a form at most, for points to be preset. No form has a quarter of that.
const MOST_LEVELS: usize = 40;

/// The indicator table.
pub(super) fn layout(found: &FoundForm) -> IndicatorLayout {
    let mut columns = columns(&found.goals);
    let levels = levels(found);
    complete(found, &mut columns, &levels);
    let has = |role| columns.iter().any(|column| column.role == role);
    let scored_by = if has(IndicatorRole::Score) {
        scored_by(found).unwrap_or_default()
    } else {
        ScoredBy::Nothing
    };
    IndicatorLayout {
        caption: found
            .goals
            .iter()
            .find_map(|goal| goal.table_caption.as_ref())
            .map(|cell| captions::label(&cell.text))
            .filter(|caption| !caption.is_empty())
            .unwrap_or_else(|| "绩效指标".into()),
        columns,
        levels,
        free_levels: true,
        scored_by,
    }
}

/// The columns of all goal blocks, each once. A second column of the same meaning is a further one.
fn columns(goals: &[FoundGoal]) -> Vec<IndicatorColumn> {
    let mut columns: Vec<IndicatorColumn> = Vec::new();
    let mut extras = 0usize;
    for goal in goals {
        let mut roles = Vec::new();
        let mut further: HashMap<String, usize> = HashMap::new();
        for (number, heading) in goal.columns.iter().enumerate() {
            let caption = captions::or_numbered(&heading.cell.text, number, "列");
            if heading.role != IndicatorRole::Extra && !roles.contains(&heading.role) {
                roles.push(heading.role);
                if columns.iter().all(|column| column.role != heading.role) {
                    columns.push(column(heading.role, caption));
                }
                continue;
            }
            // So many further columns of this caption the block has by now; the edition needs as many.
            let wanted = further.entry(captions::exact(&caption)).or_default();
            *wanted += 1;
            let same = columns.iter().filter(|column| {
                column.role == IndicatorRole::Extra
                    && captions::exact(&column.caption) == captions::exact(&caption)
            });
            if same.count() < *wanted {
                extras += 1;
                columns.push(IndicatorColumn {
                    key: format!("extra_{extras}"),
                    ..column(IndicatorRole::Extra, caption)
                });
            }
        }
    }
    columns
}

fn column(role: IndicatorRole, caption: String) -> IndicatorColumn {
    IndicatorColumn {
        role,
        caption,
        key: String::new(),
        limit: None,
        width: None,
    }
}

/// Adds the columns that a table cannot be without: one for every level, the name, a score beside the weight. A table of
/// targets gets those that self-evaluation fills in.
fn complete(found: &FoundForm, columns: &mut Vec<IndicatorColumn>, levels: &[FirstLevel]) {
    use IndicatorRole::{Actual, Deviation, Level1, Level2, Name, Score, Weight};
    let usual = |role: IndicatorRole| column(role, role.usual_caption().to_owned());
    let has_rows = found.goals.iter().any(|goal| !goal.sections.is_empty());
    if columns.is_empty() && !has_rows {
        return;
    }
    let has = |columns: &[IndicatorColumn], role| columns.iter().any(|column| column.role == role);
    let has_second = levels.iter().any(|level| !level.children.is_empty());
    let mut front = 0;
    for (role, wanted) in [
        (Level1, !levels.is_empty()),
        (Level2, has_second),
        (Name, true),
    ] {
        match columns.iter().position(|column| column.role == role) {
            Some(at) => front = at + 1,
            None if wanted => {
                columns.insert(front.min(columns.len()), usual(role));
                front += 1;
            }
            None => {}
        }
    }
    let is_targets = found.what == FormKind::Targets;
    if is_targets && !has(columns, Actual) {
        columns.push(usual(Actual));
    }
    if has(columns, Weight) && !has(columns, Score) {
        columns.push(usual(Score));
    }
    if is_targets && !has(columns, Deviation) {
        columns.push(usual(Deviation));
    }
}

/// The levels of all goal blocks by name, in the order in which they come.
fn levels(found: &FoundForm) -> Vec<FirstLevel> {
    let mut levels: Vec<FirstLevel> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut children: BTreeSet<(usize, String)> = BTreeSet::new();
    let by_group = scored_by(found) == Some(ScoredBy::Group);
    for section in found.goals.iter().flat_map(|goal| &goal.sections) {
        let Some(caption) = section_caption(section) else {
            continue;
        };
        let name = split_caption(&caption).0.to_owned();
        if name.is_empty() {
            continue;
        }
        let at = *known.entry(name.clone()).or_insert_with(|| {
            levels.push(first_level(name, &caption));
            levels.len() - 1
        });
        for group in &section.groups {
            let caption = group.caption.as_ref().map_or("", |cell| &cell.text);
            let caption = clean::caption(caption).text;
            let name = split_caption(&caption).0.to_owned();
            if name.is_empty() || !children.insert((at, name.clone())) {
                continue;
            }
            let weight = group.weight.as_ref().filter(|_| by_group);
            if let Some(level) = levels.get_mut(at) {
                level.children.push(SecondLevel {
                    sense: Sense::of_caption(&name),
                    name,
                    aliases: Vec::new(),
                    weight: weight.and_then(|cell| FigureCell::new(cell.text.as_str()).number()),
                    need: Need::Optional,
                });
            }
        }
    }
    levels
}

fn section_caption(section: &FoundSection) -> Option<String> {
    section
        .caption
        .as_ref()
        .map(|cell| clean::caption(&cell.text).text)
        .filter(|caption| !trim(caption).is_empty())
}

fn first_level(name: String, caption: &str) -> FirstLevel {
    FirstLevel {
        caption: if name == caption {
            String::new()
        } else {
            caption.to_owned()
        },
        sense: Sense::of_caption(&name),
        name,
        aliases: Vec::new(),
        need: Need::Optional,
        children: Vec::new(),
    }
}

/// The points that the form itself gives to its levels: in the captions, else in the cells of the groups. None unless every
/// level has some and all add up.
pub(super) fn weights(edition: &Edition) -> Vec<WeightSet> {
    let levels = &edition.indicators.levels;
    let unweighted =
        edition.indicators.scored_by == ScoredBy::Nothing || edition.goals.most_blocks > 1;
    if levels.is_empty() || levels.len() > MOST_LEVELS || unweighted {
        return Vec::new();
    }
    let mut points: BTreeMap<String, Decimal> = BTreeMap::new();
    for level in levels {
        let Some(own) = caption_points(&level.caption).or_else(|| sum_of_groups(level)) else {
            return Vec::new();
        };
        points.insert(level.name.clone(), own);
    }
    let execution = edition.scoring.execution.weight;
    let sum = points
        .values()
        .copied()
        .fold(execution, Decimal::saturating_add);
    if sum != edition.scoring.total {
        return Vec::new();
    }
    vec![WeightSet {
        when: WeightCondition::Always,
        execution,
        levels: points,
    }]
}

fn sum_of_groups(level: &FirstLevel) -> Option<Decimal> {
    let mut preset = level
        .children
        .iter()
        .filter_map(|child| child.weight)
        .peekable();
    preset.peek()?;
    Some(preset.fold(Decimal::ZERO, Decimal::saturating_add))
}
