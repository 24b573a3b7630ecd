//! 各项目预算执行率: all projects of a document, lowest first, against the limit below which reasons are to be given.

use std::collections::BTreeSet;

use rust_decimal::{Decimal, dec};

use super::{
    Across, Axis, Chart, Form, Kind, Lack, Limit, MOST_NAMED, Mark, Series, Subject,
    words::{first_of, listed, name_of, percent},
};
use crate::model::{
    numeral::plain,
    path::{CellPath, Place},
    policy::Rounding,
    project::fund,
};

/// A project with its rate.
struct Rated<'a> {
    subject: Subject<'a>,
    name: String,
    rate: Decimal,
}

impl Rated<'_> {
    fn limit(&self) -> Option<Decimal> {
        self.subject.edition.checks.explain_rate_below
    }

    fn is_low(&self) -> bool {
        self.limit().is_some_and(|limit| self.rate < limit)
    }

    fn rounding(&self) -> Rounding {
        self.subject.edition.scoring.execution.rate
    }

    fn words(&self) -> String {
        percent(self.rate, self.rounding())
    }
}

/// The chart of these projects.
pub(super) fn chart(all: &[Subject<'_>]) -> Result<Chart, Lack> {
    let mut rated: Vec<Rated<'_>> = all
        .iter()
        .filter_map(|subject| {
            Some(Rated {
                subject: *subject,
                name: name_of(subject.project),
                rate: subject.score.execution.rate?,
            })
        })
        .collect();
    // Of equal rates, the order of the document stays.
    rated.sort_by_key(|one| one.rate);
    if rated.is_empty() {
        return Err(Lack {
            kind: Kind::Rates,
            words: "还没有项目能算出预算执行率。填写全年预算数和全年执行数后，这里按执行率由低到高排列各项目。"
                .to_owned(),
            at: all.first().and_then(budget_of),
        });
    }
    let limits: BTreeSet<Decimal> = rated.iter().filter_map(Rated::limit).collect();
    let series = series(&rated, !limits.is_empty());
    let values = rated.iter().map(|one| one.rate);
    let values = Axis::over(
        "预算执行率",
        "%",
        values.chain(limits.iter().copied()),
        (dec!(0), dec!(100)),
    );
    let lacking: Vec<String> = all
        .iter()
        .filter(|subject| subject.score.execution.rate.is_none())
        .map(|subject| name_of(subject.project))
        .collect();
    Ok(Chart {
        kind: Kind::Rates,
        title: Kind::Rates.title().to_owned(),
        whose: String::new(),
        reading: reading(&rated, &limits, &lacking),
        form: if rated.len() > MOST_NAMED {
            Form::Thin
        } else {
            Form::Rows
        },
        across: Across::Names(rated.iter().map(|one| one.name.clone()).collect()),
        values,
        lanes: 1,
        series,
        limits: limits
            .into_iter()
            .map(|at| Limit {
                at,
                words: format!("低于 {}% 须说明原因", plain(at)),
            })
            .collect(),
        corner: None,
    })
}

fn series(rated: &[Rated<'_>], has_limit: bool) -> Vec<Series> {
    let series = |name: &str, hue: usize, is_low: bool| Series {
        name: name.to_owned(),
        hue,
        lane: 0,
        marks: rated
            .iter()
            .enumerate()
            .filter(|(_, one)| one.is_low() == is_low)
            .map(|(index, one)| Mark {
                index,
                across: None,
                value: Some(one.rate),
                label: one.words(),
                words: format!("{} 预算执行率 {}", one.name, one.words()),
                at: executed_of(&one.subject),
            })
            .collect(),
    };
    if has_limit {
        let others = match rated.iter().all(|one| one.limit().is_some()) {
            true => "不低于界限",
            false => "不低于界限或没有界限",
        };
        vec![series(others, 0, false), series("低于界限", 1, true)]
    } else {
        vec![series("预算执行率", 0, false)]
    }
}

/// The cell of what was spent in the row that is scored.
pub(super) fn executed_of(subject: &Subject<'_>) -> CellPath {
    cell_of(subject, &subject.edition.scoring.execution.numerator)
        .unwrap_or_else(|| subject.project.at(Place::Whole))
}

/// The cell of what could be spent in the row that is scored.
pub(super) fn budget_of(subject: &Subject<'_>) -> Option<CellPath> {
    cell_of(subject, &subject.edition.scoring.execution.denominator)
}

fn cell_of(subject: &Subject<'_>, key: &str) -> Option<CellPath> {
    let rows = &subject.project.funds;
    let row = rows.get(subject.score.execution.row.unwrap_or_default())?;
    let key = if subject.edition.fund_column_named(key).is_some() {
        key
    } else {
        fund::EXECUTED
    };
    Some(subject.project.at(Place::Fund(row.id, key.to_owned())))
}

fn reading(rated: &[Rated<'_>], limits: &BTreeSet<Decimal>, lacking: &[String]) -> String {
    let mut said = vec![range(rated)];
    said.extend(against_limits(rated, limits));
    let over: Vec<&str> = rated
        .iter()
        .filter(|one| one.rate > Decimal::ONE_HUNDRED)
        .map(|one| one.name.as_str())
        .collect();
    if !over.is_empty() {
        said.push(format!("超过 100% 的有{}", listed(over.into_iter())));
    }
    let mut text = said.join("，");
    if !lacking.is_empty() {
        let names = listed(lacking.iter().map(String::as_str));
        text.push_str(&format!("；算不出执行率、没有画出的有{names}"));
    }
    text.push('。');
    text
}

fn range(rated: &[Rated<'_>]) -> String {
    let (Some(first), Some(last)) = (rated.first(), rated.last()) else {
        return String::new();
    };
    let count = rated.len();
    match (count, first.words() == last.words()) {
        (1, _) => format!(
            "{} 预算执行率 {}",
            listed([first.name.as_str()].into_iter()),
            first.words()
        ),
        (_, true) => format!("{count} 个项目的预算执行率都是 {}", first.words()),
        (_, false) => format!(
            "{count} 个项目的预算执行率在 {} 到 {} 之间，最低的是{}",
            first.words(),
            last.words(),
            listed([first.name.as_str()].into_iter()),
        ),
    }
}

fn against_limits(rated: &[Rated<'_>], limits: &BTreeSet<Decimal>) -> Vec<String> {
    let mut said = Vec::new();
    let all: Vec<String> = limits
        .iter()
        .map(|limit| format!("{}%", plain(*limit)))
        .collect();
    let low: Vec<&str> = rated
        .iter()
        .filter(|one| one.is_low())
        .map(|one| one.name.as_str())
        .collect();
    let limit = match all.as_slice() {
        [] => {
            said.push("所用表样没有规定须说明原因的界限".to_owned());
            return said;
        }
        [only] => only.clone(),
        several => {
            said.push(format!(
                "各项目所用表样的界限不同（{}）",
                several.join("、")
            ));
            "各自的界限".to_owned()
        }
    };
    let without = rated.iter().filter(|one| one.limit().is_none()).count();
    said.push(match low.len() {
        0 => format!("没有低于{}的", spaced(&limit)),
        count => format!(
            "低于{}的有 {count} 个：{}",
            spaced(&limit),
            first_of(low.into_iter())
        ),
    });
    if without > 0 {
        said.push(format!("{without} 个项目的表样没有规定界限"));
    }
    said
}

/// Numbers stand apart from the words before and after them.
fn spaced(limit: &str) -> String {
    if limit.starts_with(|c: char| c.is_ascii()) {
        format!(" {limit} ")
    } else {
        limit.to_owned()
    }
}
