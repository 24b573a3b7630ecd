//! 历年对比: one project through the years that the document has of it.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::{Decimal, dec};

use super::{
    Across, Axis, Chart, Form, Kind, Lack, Mark, Series, Subject, merits,
    rates::executed_of,
    sections::total_place,
    words::{name_of, percent, places, points},
};
use crate::model::{id::Id, numeral::plain, project::Project};

/// A year of the project.
struct Year<'a> {
    year: i16,
    subject: Subject<'a>,
    rate: Option<Decimal>,
    /// Points of a hundred.
    points: Option<Decimal>,
}

/// The chart of `shown` among all projects of its document.
pub(super) fn chart(shown: &Subject<'_>, all: &[Subject<'_>]) -> Result<Chart, Lack> {
    let years = years_of(shown, all);
    let distinct: BTreeSet<i16> = years.iter().map(|one| one.year).collect();
    let counted = years
        .iter()
        .filter(|one| one.rate.is_some() || one.points.is_some())
        .count();
    if distinct.len() < 2 || counted < 2 {
        return Err(lack(shown, distinct.len()));
    }
    let names: Vec<String> = years.iter().map(|one| format!("{}年", one.year)).collect();
    let series = vec![rates(&years, &names), totals(&years, &names)];
    let marks = series.iter().flat_map(|series| &series.marks);
    let values = marks.filter_map(|mark| mark.value);
    let values = Axis::over("执行率（%）、总分（分）", "", values, (dec!(0), dec!(100)));
    Ok(Chart {
        kind: Kind::Years,
        title: Kind::Years.title().to_owned(),
        whose: name_of(shown.project),
        reading: reading(&years, &names),
        form: Form::Lines,
        across: Across::Names(names),
        values,
        lanes: 1,
        series,
        limits: Vec::new(),
        corner: None,
    })
}

fn rates(years: &[Year<'_>], names: &[String]) -> Series {
    let marks = years
        .iter()
        .zip(names)
        .enumerate()
        .map(|(index, (one, name))| {
            let rounding = one.subject.edition.scoring.execution.rate;
            let label = one.rate.map(|rate| percent(rate, rounding));
            Mark {
                index,
                across: None,
                value: one.rate,
                words: format!("{name} 预算执行率 {}", label.as_deref().unwrap_or("算不出")),
                label: label.unwrap_or_default(),
                at: executed_of(&one.subject),
            }
        });
    Series {
        name: "预算执行率（%）".to_owned(),
        hue: 0,
        lane: 0,
        marks: marks.collect(),
    }
}

fn totals(years: &[Year<'_>], names: &[String]) -> Series {
    let marks = years
        .iter()
        .zip(names)
        .enumerate()
        .map(|(index, (one, name))| {
            let said = merits::total_of(&one.subject).map(points);
            Mark {
                index,
                across: None,
                value: one.points,
                label: one.points.map(plain).unwrap_or_default(),
                words: format!("{name} 总分 {}", said.as_deref().unwrap_or("未填写")),
                at: one.subject.project.at(total_place()),
            }
        });
    Series {
        name: "总分（分）".to_owned(),
        hue: 1,
        lane: 0,
        marks: marks.collect(),
    }
}

/// The forms of the same project, by year: those of its name, and those that were copied from one another for another year.
fn years_of<'a>(shown: &Subject<'a>, all: &[Subject<'a>]) -> Vec<Year<'a>> {
    let mut names: BTreeSet<&str> = [shown.project.name().trim()].into();
    let dated: Vec<(&Subject<'a>, Option<i16>)> = all
        .iter()
        .map(|subject| (subject, subject.project.year()))
        .collect();
    let mut same: BTreeMap<Id<Project>, Option<i16>> =
        [(shown.project.id, shown.project.year())].into();
    let mut before = 0;
    while before < same.len() {
        before = same.len();
        for (subject, year) in &dated {
            let project = subject.project;
            let origin = project.copied_from.and_then(|origin| same.get(&origin));
            let is_copy = origin.is_some_and(|origin| origin != year);
            let name = project.name().trim();
            let is_named = !name.is_empty() && names.contains(name);
            if is_copy || is_named {
                same.insert(project.id, *year);
                names.insert(name);
            }
            // What a known one was copied from is known as well.
            let is_known = same.contains_key(&project.id);
            let origin = project.copied_from.filter(|_| is_known);
            let found = origin.and_then(|id| dated.iter().find(|(one, _)| one.project.id == id));
            if let Some((origin, of)) = found.filter(|(_, of)| of != year) {
                same.insert(origin.project.id, *of);
                names.insert(origin.project.name().trim());
            }
        }
    }
    let mut years: Vec<Year<'a>> = dated
        .into_iter()
        .filter(|(subject, _)| same.contains_key(&subject.project.id))
        .filter_map(|(subject, year)| {
            let total = merits::total_of(subject);
            Some(Year {
                year: year?,
                subject: *subject,
                rate: subject.score.execution.rate,
                points: total
                    .and_then(|total| merits::per_hundred(total, subject.edition.scoring.total)),
            })
        })
        .collect();
    years.sort_by_key(|one| one.year);
    years
}

fn lack(shown: &Subject<'_>, years: usize) -> Lack {
    let words = match years {
        0 => "表中还没有年度。填写年度后，同一文件中同名项目的各年数据在这里对比。".to_owned(),
        1 => format!(
            "文件中只有“{}”一个年度的数据。用“项目 → 复制到下一年度”添加下一年，或把往年的同名项目放进这个文件，就能在这里对比。",
            super::words::clipped(&name_of(shown.project), 18)
        ),
        _ => "各年度中，有执行率或总分的不到两年。填写后，就能在这里对比。".to_owned(),
    };
    let at = match years {
        0 => {
            use crate::model::{path::Place, project::header::YEAR};
            Some(shown.project.at(Place::Header(YEAR.to_owned())))
        }
        1 => None,
        _ => Some(executed_of(shown)),
    };
    Lack {
        kind: Kind::Years,
        words,
        at,
    }
}

fn reading(years: &[Year<'_>], names: &[String]) -> String {
    let (Some(first), Some(last)) = (names.first(), names.last()) else {
        return String::new();
    };
    let mut said = vec![format!("{first}到{last}")];
    let rates: Vec<(Decimal, String)> = years
        .iter()
        .filter_map(|one| {
            let rounding = one.subject.edition.scoring.execution.rate;
            one.rate.map(|rate| (rate, percent(rate, rounding)))
        })
        .collect();
    said.extend(course("预算执行率", &rates));
    let totals: Vec<(Decimal, String)> = years
        .iter()
        .filter_map(|one| one.points.map(|total| (total, points(total))))
        .collect();
    said.extend(course("总分", &totals));
    let mut text = said.join("，");
    let missing: Vec<String> = years
        .iter()
        .zip(names)
        .flat_map(|(one, name)| {
            let rate = one.rate.is_none().then(|| format!("{name}的执行率"));
            let total = one.points.is_none().then(|| format!("{name}的总分"));
            rate.into_iter().chain(total)
        })
        .collect();
    if !missing.is_empty() {
        text.push_str(&format!("；没有数据：{}", places(&missing)));
    }
    text.push('。');
    text
}

/// From the first to the last number.
fn course(what: &str, numbers: &[(Decimal, String)]) -> Option<String> {
    let (first, first_words) = numbers.first()?;
    let (last, last_words) = numbers.last()?;
    if numbers.len() == 1 {
        return Some(format!("{what}只有一年（{first_words}）"));
    }
    let went = match last.cmp(first) {
        std::cmp::Ordering::Greater => "升至",
        std::cmp::Ordering::Less => "降至",
        std::cmp::Ordering::Equal => return Some(format!("{what}都是 {last_words}")),
    };
    // Between a Chinese and a Latin character stands a space.
    let gap = if first_words.ends_with('分') {
        ""
    } else {
        " "
    };
    Some(format!("{what}由 {first_words}{gap}{went} {last_words}"))
}
