//! 执行率与得分: all projects by what they spent and what they scored. Money not spent and yet all done is what a reviewer
//! asks about.

use rust_decimal::{Decimal, dec};

use super::{
    Across, Axis, Chart, Corner, Form, Kind, Lack, Mark, Series, Subject, rates,
    sections::total_place,
    words::{first_of, listed, name_of, percent, points},
};
use crate::model::numeral::plain;

/// A project with both numbers.
struct Weighed<'a> {
    index: usize,
    subject: Subject<'a>,
    name: String,
    rate: Decimal,
    /// Points of a hundred.
    points: Decimal,
}

/// From where on an execution is low and a score is high.
#[derive(Clone, Copy)]
struct Limits {
    low: Decimal,
    high: Decimal,
}

impl Limits {
    /// Those of an edition: below which a reason is asked for, or the rate at which full output scores need a second look;
    /// and from where on a form is 优.
    fn of(subject: &Subject<'_>) -> Option<Self> {
        let edition = subject.edition;
        let best = edition.scoring.ratings.first()?;
        let checks = &edition.checks;
        Some(Self {
            low: checks.explain_rate_below.unwrap_or(checks.very_low_rate),
            high: per_hundred(best.from, edition.scoring.total)?,
        })
    }

    fn both(self, other: Self) -> Self {
        Self {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
        }
    }

    fn words(self) -> String {
        format!(
            "执行率低于 {}%、总分 {} 分以上",
            plain(self.low),
            plain(self.high)
        )
    }
}

/// Points of a form of `total` points as points of a hundred.
pub(super) fn per_hundred(points: Decimal, total: Decimal) -> Option<Decimal> {
    if total == Decimal::ONE_HUNDRED {
        return Some(points);
    }
    points.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(total)
}

/// The total of a form: as stated, else as its scores add up.
pub(super) fn total_of(subject: &Subject<'_>) -> Option<Decimal> {
    let filed = &subject.score.total.filed;
    let stated = subject.project.stated.total_score.number();
    stated.or((filed.count > 0).then_some(filed.value))
}

/// The chart of these projects.
pub(super) fn chart(all: &[Subject<'_>]) -> Result<Chart, Lack> {
    let weighed: Vec<Weighed<'_>> = all.iter().enumerate().filter_map(weigh).collect();
    if weighed.is_empty() {
        return Err(Lack {
            kind: Kind::Merits,
            words: "还没有项目同时有预算执行率和得分。填写后，这里找出执行率低而得分高的项目。"
                .to_owned(),
            at: all
                .first()
                .map(|subject| match subject.score.execution.rate {
                    None => rates::budget_of(subject)
                        .unwrap_or_else(|| subject.project.at(total_place())),
                    Some(_) => subject.project.at(total_place()),
                }),
        });
    }
    let limits: Vec<Limits> = weighed
        .iter()
        .filter_map(|one| Limits::of(&one.subject))
        .collect();
    let corner = limits.iter().copied().reduce(Limits::both);
    let is_same = limits
        .windows(2)
        .all(|pair| pair[0].low == pair[1].low && pair[0].high == pair[1].high);
    let is_inside = |one: &Weighed<'_>| {
        corner.is_some_and(|corner| one.rate < corner.low && one.points >= corner.high)
    };
    let values = weighed.iter().map(|one| one.points);
    let across = weighed.iter().map(|one| one.rate);
    let high = corner.map(|corner| corner.high);
    let low = corner.map(|corner| corner.low);
    let is_scaled = weighed
        .iter()
        .any(|one| one.subject.edition.scoring.total != dec!(100));
    let name = if is_scaled {
        "总分折合百分制"
    } else {
        "总分"
    };
    Ok(Chart {
        kind: Kind::Merits,
        title: Kind::Merits.title().to_owned(),
        whose: String::new(),
        reading: reading(&weighed, all, corner, is_same, is_inside),
        form: Form::Points,
        across: Across::Axis(
            Axis::over("预算执行率", "%", across.chain(low), (dec!(0), dec!(100))),
            all.iter().map(|one| name_of(one.project)).collect(),
        ),
        values: Axis::over(name, "分", values.chain(high), (dec!(80), dec!(100))),
        lanes: 1,
        series: vec![
            series("项目", 0, weighed.iter().filter(|one| !is_inside(one))),
            series(
                "执行率低、得分高",
                1,
                weighed.iter().filter(|one| is_inside(one)),
            ),
        ],
        limits: Vec::new(),
        corner: corner.map(|corner| Corner {
            below: corner.low,
            from: corner.high,
            words: corner.words(),
        }),
    })
}

fn weigh<'a>((index, subject): (usize, &Subject<'a>)) -> Option<Weighed<'a>> {
    Some(Weighed {
        index,
        subject: *subject,
        name: name_of(subject.project),
        rate: subject.score.execution.rate?,
        points: per_hundred(total_of(subject)?, subject.edition.scoring.total)?,
    })
}

fn series<'a>(name: &str, hue: usize, of: impl Iterator<Item = &'a Weighed<'a>>) -> Series {
    Series {
        name: name.to_owned(),
        hue,
        lane: 0,
        marks: of
            .map(|one| {
                let rounding = one.subject.edition.scoring.execution.rate;
                let total = total_of(&one.subject).unwrap_or(one.points);
                Mark {
                    index: one.index,
                    across: Some(one.rate),
                    value: Some(one.points),
                    label: String::new(),
                    words: format!(
                        "{}：预算执行率 {}，总分 {}",
                        one.name,
                        percent(one.rate, rounding),
                        points(total),
                    ),
                    at: one.subject.project.at(total_place()),
                }
            })
            .collect(),
    }
}

fn reading(
    weighed: &[Weighed<'_>],
    all: &[Subject<'_>],
    corner: Option<Limits>,
    is_same: bool,
    is_inside: impl Fn(&Weighed<'_>) -> bool,
) -> String {
    let mut said = Vec::new();
    if let Some(corner) = corner {
        let inside: Vec<&str> = weighed
            .iter()
            .filter(|one| is_inside(one))
            .map(|one| one.name.as_str())
            .collect();
        let drawn = weighed.len();
        said.push(match inside.len() {
            0 => format!("{drawn} 个项目中没有{}的", corner.words()),
            count => format!(
                "{drawn} 个项目中有 {count} 个{}，请核实：{}",
                corner.words(),
                first_of(inside.into_iter())
            ),
        });
        if !is_same {
            said.push("各项目所用表样的界限不同，这里取都认定的范围".to_owned());
        }
    }
    let mut text = said.join("；");
    let lacking: Vec<String> = all
        .iter()
        .enumerate()
        .filter(|(index, _)| !weighed.iter().any(|one| one.index == *index))
        .map(|(_, subject)| name_of(subject.project))
        .collect();
    if !lacking.is_empty() {
        let names = listed(lacking.iter().map(String::as_str));
        text.push_str(&format!("；缺少执行率或得分、没有画出的有{names}"));
    }
    text.push('。');
    text
}
