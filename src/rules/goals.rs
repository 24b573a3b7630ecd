//! Family G: goals and texts.

use rust_decimal::Decimal;
use similar::TextDiff;

use super::{
    catalogue::{FixKind, Phase, Rule},
    finding::Mend,
    form::{Form, GoalOf, Row},
    lexicon,
    sink::Sink,
};
use crate::model::{
    goal_items,
    measure::Quantity,
    numeral::{leading_number, plain},
    path::{GoalField, IndicatorField, Place},
    policy::Severity,
    project::Goal,
    typed::trim,
};

/// The rules of this family.
pub const RULES: &[Rule] = &[
    Rule {
        code: "G02",
        name: "实际完成情况照抄预期目标",
        level: Severity::Warning,
        summary: "实际完成情况与预期目标的文字几乎相同。",
        why: "照抄目标没有说明实际做了什么。",
        basis: "评审实践；多份公开表中的常见问题",
        verified: true,
        since: "0.1.0",
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &[],
        check: g02,
    },
    Rule {
        code: "G04",
        name: "目标条目数与完成情况不一致",
        level: Severity::Warning,
        summary: "预期目标与实际完成情况的一级编号条数不同。",
        why: "缺的那一条没有交代完成情况。",
        basis: "评审实践",
        verified: false,
        since: "0.1.0",
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &[],
        check: g04,
    },
    Rule {
        code: "G05",
        name: "写明未按计划开展，指标却全部满分",
        level: Severity::Warning,
        summary: "实际完成情况中有未完成、取消、因疫情等字样，而绩效指标全部满分。",
        why: "文字与得分不一致，评审会要求核实。",
        basis: "评审实践",
        verified: false,
        since: "0.1.0",
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &[],
        check: g05,
    },
    Rule {
        code: "G06",
        name: "目标中的数量与指标值不一致",
        level: Severity::Hint,
        summary: "预期目标写明的数量与同名指标的指标值不同。",
        why: "同一件事两个数，不知以哪个为准。",
        basis: "评审实践；公开表实例（425万粒与550万粒）",
        verified: true,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: g06,
    },
];

/// From this similarity on a text counts as copied.
const COPIED: f32 = 0.95;

fn g02(form: &Form<'_>, sink: &mut Sink<'_>) {
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

fn g04(form: &Form<'_>, sink: &mut Sink<'_>) {
    for goal in &form.goals {
        let expected = goal_items::split(&goal.expected).len();
        let actual = goal_items::split(&goal.actual).len();
        if expected != actual && expected > 1 && actual > 1 {
            let hit = sink.hit(
                Place::Goal(goal.goal.id, GoalField::Actual),
                format!("预期目标有{expected}条，实际完成情况有{actual}条"),
                "逐条对应说明完成情况",
            );
            sink.push(hit);
        }
    }
}

fn g05(form: &Form<'_>, sink: &mut Sink<'_>) {
    if !all_full_marks(form) {
        return;
    }
    for GoalOf { goal, actual, .. } in &form.goals {
        let items = goal_items::split(actual);
        if items.is_empty() {
            admitted(form, goal, "", actual, sink);
        }
        for item in items {
            admitted(form, goal, item.label, item.text, sink);
        }
    }
}

/// Whether every weighted group has all its points. A score without a readable weight leaves that open.
fn all_full_marks(form: &Form<'_>) -> bool {
    let is_open = form
        .groups
        .iter()
        .any(|group| group.score.filed.count > 0 && group.score.weight.count == 0);
    if is_open {
        return false;
    }
    let mut weighted = form
        .groups
        .iter()
        .filter(|group| !group.score.weight.value.is_zero())
        .peekable();
    weighted.peek().is_some()
        && weighted.all(|group| group.score.filed.value == group.score.weight.value)
}

/// Reports a text that admits a shortfall, unless the shortfall is that of a row which is reported as missed anyway.
fn admitted(form: &Form<'_>, goal: &Goal, label: &str, text: &str, sink: &mut Sink<'_>) {
    let Some(found) = lexicon::SHORTFALL.find(text).next() else {
        return;
    };
    let of_missed_row = |row: &Row<'_>| row.is_missed() && tells_actual_value(row, text);
    if form.counted().any(of_missed_row) {
        return;
    }
    let hit = sink.hit(
        Place::Goal(goal.id, GoalField::Actual),
        format!("{label}写有“{}”，绩效指标却全部满分", found.word),
        "请核实相应指标是否完成；已用其他方式完成的，写明方式和数量",
    );
    sink.push(hit);
}

fn tells_actual_value(row: &Row<'_>, text: &str) -> bool {
    let Some(number) = row
        .indicator()
        .actual
        .value()
        .and_then(|actual| actual.number())
    else {
        return false;
    };
    numbers(text).any(|(found, _)| found == number)
}

/// The numbers of a text and what follows each.
fn numbers(text: &str) -> impl Iterator<Item = (Decimal, &str)> {
    let starts = text.char_indices().scan(false, |in_number, (at, c)| {
        let digit = c.is_ascii_digit();
        let starts = digit && !*in_number;
        *in_number = digit || *in_number && matches!(c, '.' | ',');
        Some(starts.then_some(at))
    });
    starts
        .flatten()
        .filter_map(|at| leading_number(&text[at..]))
}

fn g06(form: &Form<'_>, sink: &mut Sink<'_>) {
    for goal in &form.goals {
        let numbered = Numbered::of(&goal.expected);
        for row in form.counted() {
            if let Some((label, told)) = contradiction(row, &numbered) {
                let target = trim(row.indicator().target.text());
                let name = trim(&row.indicator().name);
                let hit = sink.row_hit(
                    row,
                    IndicatorField::Target,
                    "目标中的数量与指标值不一致",
                    "核对批复的目标，以批复为准；需要调整的办理调整",
                );
                let item = format!("{name} 目标{label}写{told}，指标值为{target}");
                sink.push(hit.item(item).mend(Mend::Approved));
            }
        }
    }
}

/// The number that the goal text gives to exactly what the indicator names, where it differs from the target.
///
/// Only "name number unit" in one run of text is believed ("引进人才和项目团队5个"): numbers merely near a word mean all sorts
/// of things (第22届, 8类, 60强).
fn contradiction<'t>(row: &Row<'_>, numbered: &Numbered<'t>) -> Option<(&'t str, String)> {
    const SHORTEST_NAME: usize = 4;
    let aim = row
        .aim
        .as_ref()
        .filter(|aim| !aim.qualitative && !aim.unit.is_empty())?;
    let Quantity::Number { value, .. } = aim.measure.quantity else {
        return None;
    };
    let noun = noun_of(&row.indicator().name);
    if noun.chars().count() < SHORTEST_NAME {
        return None;
    }
    if !numbered.may_follow(noun) {
        return None;
    }
    let text = numbered.text;
    let start = text.find(noun)?;
    let rest = &text[start + noun.len()..];
    let (told, after) = leading_number(rest.trim_start_matches(LINKS))?;
    let same_unit = trim(after).starts_with(aim.unit);
    if !same_unit || told == value {
        return None;
    }
    let label = goal_items::split(text)
        .iter()
        .find(|item| item.text.contains(noun))
        .map_or("", |item| item.label);
    Some((label, format!("{}{}", plain(told), aim.unit)))
}

/// What may stand between a noun and its number.
const LINKS: [char; 6] = ['约', '共', '为', '：', ':', ' '];

/// A goal text with what stands before its numbers, so that most names need not be looked for in it.
struct Numbered<'t> {
    text: &'t str,
    /// The texts before each digit or sign, without links, and their last characters.
    before: Vec<(char, &'t str)>,
}

impl<'t> Numbered<'t> {
    fn of(text: &'t str) -> Self {
        let begins = |c: char| matches!(c, '0'..='9' | '０'..='９' | '-' | '－' | '+' | '＋');
        let before = text
            .char_indices()
            .filter(|(_, c)| begins(*c))
            .filter_map(|(at, _)| {
                let before = text[..at].trim_end_matches(LINKS);
                Some((before.chars().next_back()?, before))
            })
            .collect();
        Self { text, before }
    }

    /// Whether a number may follow `noun` somewhere; never denied wrongly.
    fn may_follow(&self, noun: &str) -> bool {
        let Some(last) = noun.chars().next_back() else {
            return false;
        };
        LINKS.contains(&last)
            || self
                .before
                .iter()
                .any(|(end, before)| *end == last && before.ends_with(noun))
    }
}

/// An indicator's name without the word that says it is counted.
fn noun_of(name: &str) -> &str {
    let name = trim(name);
    ["数量", "次数", "场次", "个数", "人数", "总数", "数"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .unwrap_or(name)
}
