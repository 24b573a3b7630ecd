//! Goals and results that repeat a text: G02, G12.

use similar::TextDiff;

use crate::{
    model::{
        goal_items::GoalItem,
        path::{GoalField, Place},
        typed::trim,
    },
    rules::{finding::Mend, form::Form, sink::Sink},
};

/// From this similarity on a text counts as copied.
const COPIED: f32 = 0.95;

/// G02
pub fn result_repeats_goal(form: &Form<'_>, sink: &mut Sink<'_>) {
    for goal in &form.goals {
        let (expected, actual) = (trim(&goal.expected), trim(&goal.actual));
        if !expected.is_empty() && is_copied(expected, actual) {
            let hit = sink.hit(
                Place::Goal(goal.goal.id, GoalField::Actual),
                "实际完成情况与预期目标文字基本相同",
                "写明实际做了什么、完成到什么程度、有什么效果",
            );
            sink.push(hit);
        }
    }
}

fn is_copied(expected: &str, actual: &str) -> bool {
    expected == actual
        || could_be_copied(expected, actual)
            && TextDiff::from_chars(expected, actual).ratio() >= COPIED
}

/// Cheap upper bounds of the similarity, so that different texts are never compared in full: their lengths, then the
/// characters that both have. Characters are told apart by the last bits of their numbers only, which leaves it a bound.
fn could_be_copied(expected: &str, actual: &str) -> bool {
    const KINDS: usize = 1 << 9;
    let lengths = (expected.chars().count(), actual.chars().count());
    let enough = |common: usize| 2.0 * common as f32 >= COPIED * (lengths.0 + lengths.1) as f32;
    if !enough(lengths.0.min(lengths.1)) {
        return false;
    }
    let mut left = [0_usize; KINDS];
    for c in expected.chars() {
        left[c as usize % KINDS] += 1;
    }
    let mut common = 0;
    for c in actual.chars() {
        let left = &mut left[c as usize % KINDS];
        common += usize::from(*left > 0);
        *left = left.saturating_sub(1);
    }
    enough(common)
}

/// G12
pub fn items_repeat(form: &Form<'_>, sink: &mut Sink<'_>) {
    for goal in &form.goals {
        for (field, items) in [
            (GoalField::Expected, long(goal.expected_items())),
            (GoalField::Actual, long(goal.actual_items())),
        ] {
            for twins in repeated(items) {
                let labels: Vec<&str> = twins.iter().map(|item| item.label).collect();
                let lead = format!(
                    "{}第{}条文字相同：“{}”",
                    if field == GoalField::Expected {
                        "预期目标"
                    } else {
                        "实际完成情况"
                    },
                    labels
                        .iter()
                        .map(|label| bare_label(label))
                        .collect::<Vec<_>>()
                        .join("、"),
                    beginning(body(&twins[0])),
                );
                let hint = match field {
                    GoalField::Expected => {
                        "两条内容不同的，下年度写明各自的任务；内容相同的，下年度合并"
                    }
                    _ => "分别写明各条目标的完成情况",
                };
                let hit = sink.hit(Place::Goal(goal.goal.id, field.clone()), lead, hint);
                let mend = match field {
                    GoalField::Expected => Mend::Approved,
                    _ => Mend::Now,
                };
                sink.push(hit.mend(mend));
            }
        }
    }
}

/// Items with text enough, each beside its text without title and closing marks: short phrases ("完成年度目标") are no
/// copies.
fn long<'t>(items: impl Iterator<Item = GoalItem<'t>>) -> Vec<(&'t str, GoalItem<'t>)> {
    const SHORTEST: usize = 10;
    items
        .map(|item| (body(&item), item))
        .filter(|(body, _)| body.chars().nth(SHORTEST - 1).is_some())
        .collect()
}

/// Items whose texts are the same, their titles and closing marks aside.
fn repeated<'t>(mut items: Vec<(&'t str, GoalItem<'t>)>) -> Vec<Vec<GoalItem<'t>>> {
    items.sort_by_key(|(body, item)| (*body, item.label_start));
    let mut twins: Vec<Vec<GoalItem<'_>>> = items
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|same| same.len() > 1)
        .map(|same| same.iter().map(|(_, item)| *item).collect())
        .collect();
    twins.sort_by_key(|same| same.first().map(|item| item.label_start));
    twins
}

/// An item's text behind its title, without closing marks.
fn body<'t>(item: &GoalItem<'t>) -> &'t str {
    let rest = item.text.strip_prefix(item.title).unwrap_or(item.text);
    rest.trim_start_matches(['：', ':', ' '])
        .trim_end_matches(['。', '；', ';', '，', ',', ' ', '\n'])
}

/// "十二" for "十二、".
fn bare_label(label: &str) -> &str {
    label.trim_matches(|c: char| !c.is_alphanumeric())
}

fn beginning(text: &str) -> String {
    const SHOWN: usize = 20;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
