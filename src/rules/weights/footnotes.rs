//! S15: weights that the footnotes of the form state.

use rust_decimal::Decimal;

use crate::{
    model::{
        numeral::{leading_number, plain},
        path::{Place, StatedField},
        policy::{Departure, Severity},
    },
    rules::{finding::Mend, form::Form, sink::Sink},
};

use super::{
    blanks::Missing,
    scores_nothing,
    sums::{Points, Tail, judge},
};

/// What a footnote may give points to; the first one is the execution.
const NAMES: &[&str] = &[
    "执行率",
    "决策",
    "过程",
    "管理",
    "投入",
    "产出",
    "效益",
    "满意度",
    "成本",
];

/// Words by which a footnote allows other weights.
const ALLOWANCES: &[&str] = &["原则上", "适当调整", "可调整", "酌情"];

/// Points that a footnote gives.
struct Statement {
    name: &'static str,
    points: Decimal,
    /// Whether 分 stands behind the number.
    spelled: bool,
}

/// S15
pub(super) fn disagree(form: &Form<'_>, sink: &mut Sink<'_>) {
    let footnotes = &form.project.stated.footnotes;
    if footnotes.is_empty() || scores_nothing(form) || form.score.total.weight.count < 2 {
        return;
    }
    for (index, footnote) in footnotes.iter().enumerate() {
        let soft = ALLOWANCES.iter().any(|word| footnote.contains(word));
        if soft && is_judged_by_edition(form) {
            continue;
        }
        let statements = read(footnote);
        let off: Vec<String> = statements
            .iter()
            .filter_map(|statement| {
                let points = points_of(form, statement.name, &statements)?;
                is_off(form, points, statement.points).then(|| {
                    format!(
                        "{}表中{}分、注释{}分",
                        statement.name,
                        plain(points),
                        plain(statement.points)
                    )
                })
            })
            .collect();
        if off.is_empty() {
            continue;
        }
        let lead = format!("分值与表下注释的权重不一致：{}", off.join("；"));
        let place = Place::Stated(StatedField::Footnote(index));
        let hint = "请核对用的是不是本年度的表样；分值是随预算批复的，确需调整的按规定办理";
        let level = if soft {
            Severity::Hint
        } else {
            Severity::Warning
        };
        let hit = sink.hit(place, lead, hint);
        sink.push(hit.level(level).mend(Mend::Approved));
    }
}

/// Whether S05 compares the weights, with its exceptions.
fn is_judged_by_edition(form: &Form<'_>) -> bool {
    form.edition.checks.weights == Departure::Reported && !form.edition.scoring.weights.is_empty()
}

fn is_off(form: &Form<'_>, points: Decimal, stated: Decimal) -> bool {
    let tail = || Tail::of_form(form, Points::Weights);
    let missing = points < stated && Missing::of(form).weight;
    !missing && judge(points, stated, tail) == Some(Severity::Error)
}

/// The points that a footnote gives: "产出指标50分", or "产出50、效益30、满意度10" where there are several. A name that occurs
/// twice says nothing.
fn read(footnote: &str) -> Vec<Statement> {
    let mut found: Vec<Statement> = NAMES
        .iter()
        .filter_map(|name| {
            let mut at = footnote
                .match_indices(name)
                .filter_map(|(at, _)| statement(name, &footnote[at + name.len()..]));
            let first = at.next()?;
            at.next().is_none().then_some(first)
        })
        .collect();
    if found.len() < 2 {
        found.retain(|statement| statement.spelled);
    }
    found
}

/// What stands behind a name, where it is a number of points.
fn statement(name: &'static str, behind: &str) -> Option<Statement> {
    let behind = behind.strip_prefix("指标").unwrap_or(behind);
    let behind = behind.trim_start_matches([
        ' ', '（', '(', '：', ':', '=', '＝', '为', '占', '权', '重', '分', '值',
    ]);
    let (points, rest) = leading_number(behind)?;
    let rest = rest.trim_start();
    let spelled = rest.starts_with('分');
    let percent = rest.starts_with(['%', '％']) && name != NAMES[0];
    let ends = rest.is_empty()
        || rest.starts_with(['、', '，', ',', '；', ';', '。', '）', ')', '+', '＋']);
    (spelled || percent || ends).then_some(Statement {
        name,
        points,
        spelled,
    })
}

/// The points of what the footnote names: a group whose own caption has a stated name (成本 inside 产出, 满意度 inside 效益)
/// belongs there, any other to its section's. `None` where the form has no such thing.
fn points_of(form: &Form<'_>, name: &str, statements: &[Statement]) -> Option<Decimal> {
    if name == NAMES[0] {
        return form.score.execution.weight;
    }
    let mut points = None;
    for section in &form.sections {
        let section_name = section.section.name();
        for group in &form.groups[section.groups.clone()] {
            let own = statements.iter().find(|statement| {
                group.group.name().contains(statement.name)
                    && !section_name.contains(statement.name)
            });
            let belongs = match own {
                Some(own) => own.name == name,
                None => section_name.contains(name),
            };
            if belongs && group.score.weight.count > 0 {
                let sum: Decimal = points.unwrap_or_default();
                points = Some(sum.saturating_add(group.score.weight.value));
            }
        }
    }
    points
}
