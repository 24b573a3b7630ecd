//! Goals without text, or with hardly any: G01, G03, G11.

use crate::{
    model::{
        layout::Need,
        numeral::{halfwidth, leading_number},
        path::{GoalField, Place},
        policy::Severity,
        typed::trim,
    },
    rules::{
        catalogue::Phase,
        form::{Form, GoalOf},
        lexicon,
        sink::Sink,
    },
};

/// A cell of a goal block that is due at the form's stage.
struct Due<'g> {
    caption: &'g str,
    need: Need,
    text: &'g str,
    field: GoalField,
}

/// 预期目标, and from 自评 on 实际完成情况, as far as the form has such cells.
fn due<'g>(form: &'g Form<'_>, goal: &'g GoalOf<'_>) -> impl Iterator<Item = Due<'g>> {
    let layout = &form.edition.goals;
    let expected = Due {
        caption: &layout.expected.caption,
        need: layout.expected.need,
        text: trim(&goal.expected),
        field: GoalField::Expected,
    };
    let actual = Due {
        caption: &layout.actual.caption,
        need: layout.actual.need,
        text: trim(&goal.actual),
        field: GoalField::Actual,
    };
    let results = form.phase() >= Phase::Results;
    [Some(expected), results.then_some(actual)]
        .into_iter()
        .flatten()
        .filter(|due| !due.caption.is_empty())
}

const BOTH_HINT: &str = "预期目标按批复的目标申报表填写，实际完成情况对照预期目标填写";

fn is_owed(due: &Due<'_>) -> bool {
    due.text.is_empty() && due.need == Need::Required
}

/// G01
pub fn blank(form: &Form<'_>, sink: &mut Sink<'_>) {
    for goal in &form.goals {
        if due(form, goal).count() > 1 && due(form, goal).all(|due| is_owed(&due)) {
            for due in due(form, goal) {
                let place = Place::Goal(goal.goal.id, due.field);
                let mut hit = sink.hit(place, "年度总体目标未填写", BOTH_HINT);
                hit.folds = true;
                sink.push(hit.item(due.caption));
            }
            continue;
        }
        for due in due(form, goal).filter(|due| due.text.is_empty()) {
            let level = match due.need {
                Need::Required => Severity::Error,
                Need::Expected => Severity::Warning,
                Need::Optional => continue,
            };
            let hint = match due.field {
                GoalField::Actual => "对照预期目标写明实际完成了什么、完成到什么程度",
                _ => "按批复的目标申报表填写",
            };
            let lead = format!("年度总体目标的{}未填写", due.caption);
            let hit = sink.hit(Place::Goal(goal.goal.id, due.field), lead, hint);
            sink.push(hit.level(level));
        }
    }
}

/// G03
pub fn too_simple(form: &Form<'_>, sink: &mut Sink<'_>) {
    let fewest = form.edition.checks.shortest_result as usize;
    for goal in &form.goals {
        let text = trim(&goal.actual);
        if text.is_empty() || is_amount(text) || !says_nothing(text, fewest) {
            continue;
        }
        let hit = sink.hit(
            Place::Goal(goal.goal.id, GoalField::Actual),
            format!("实际完成情况只写了“{text}”"),
            "对照预期目标逐项写明实际做了什么、完成数量和效果",
        );
        sink.push(hit);
    }
}

/// Whether a text is short and states no number, or holds nothing but phrases of completion.
fn says_nothing(text: &str, fewest: usize) -> bool {
    let enough = 4 * fewest.max(1);
    let length = of_words(text).take(enough).count();
    if length >= enough {
        return false;
    }
    let phrases: usize = lexicon::SHALLOW
        .find(text)
        .map(|found| of_words(found.word).count())
        .sum();
    phrases == length
        || length < fewest && !text.chars().any(|c| c.is_ascii_digit() || is_numeral(c))
}

fn of_words(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric())
}

fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '一' | '二'
            | '两'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
            | '０'..='９'
    )
}

/// G11
pub fn only_an_amount(form: &Form<'_>, sink: &mut Sink<'_>) {
    for goal in &form.goals {
        for due in due(form, goal).filter(|due| is_amount(due.text)) {
            let hit = sink.hit(
                Place::Goal(goal.goal.id, due.field),
                format!("{}栏只填了“{}”", due.caption, due.text),
                "金额填在资金栏；这里用文字写明目标和完成情况",
            );
            sink.push(hit);
        }
    }
}

/// Whether a text is one number, a unit of money or percent behind it.
fn is_amount(text: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９');
    if !text.ends_with(|c: char| digit(c) || matches!(c, '元' | '%' | '％')) {
        return false;
    }
    let half = halfwidth(text);
    let bare = half.trim_start_matches(['¥', '￥']);
    leading_number(bare)
        .is_some_and(|(_, rest)| matches!(trim(rest), "" | "元" | "万元" | "亿元" | "%" | "％"))
}
