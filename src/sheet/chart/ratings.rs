//! 等级分布: how many projects have which rating, as stated and by their totals.

use rust_decimal::{Decimal, dec};

use super::{Across, Axis, Chart, Form, Kind, Lack, Mark, Series, Subject, words::listed};
use crate::model::{
    figure::Rating,
    path::{Place, StatedField},
};

const RATINGS: [Rating; 4] = [Rating::Excellent, Rating::Good, Rating::Fair, Rating::Poor];

/// A way to tell a project's rating.
type Told = fn(&Subject<'_>) -> Option<Rating>;

fn stated(subject: &Subject<'_>) -> Option<Rating> {
    subject.project.stated.rating.value().copied()
}

fn by_score(subject: &Subject<'_>) -> Option<Rating> {
    subject.score.total.rating
}

/// The chart of these projects.
pub(super) fn chart(all: &[Subject<'_>]) -> Result<Chart, Lack> {
    let is_rated = |one: &&Subject<'_>| stated(one).or(by_score(one)).is_some();
    let rated = all.iter().filter(is_rated).count();
    if rated == 0 {
        return Err(Lack {
            kind: Kind::Ratings,
            words: "还没有项目填写评价等级或总分。填写后，这里显示各等级的项目数。".to_owned(),
            at: all.first().map(|one| rating_of(one)),
        });
    }
    let series = vec![
        series("填报等级", 0, stated, all),
        series("按总分判定", 1, by_score, all),
    ];
    let marks = series.iter().flat_map(|series| &series.marks);
    let values = marks.filter_map(|mark| mark.value);
    Ok(Chart {
        kind: Kind::Ratings,
        title: Kind::Ratings.title().to_owned(),
        whose: String::new(),
        reading: reading(all, rated),
        form: Form::Columns,
        across: Across::Names(RATINGS.map(|rating| rating.to_string()).into()),
        values: Axis::over("项目数", "个", values, (dec!(0), dec!(5))),
        lanes: series.len(),
        series,
        limits: Vec::new(),
        corner: None,
    })
}

fn series(name: &str, lane: usize, told: Told, all: &[Subject<'_>]) -> Series {
    let marks = RATINGS.iter().enumerate().filter_map(|(index, rating)| {
        let mut rated = all.iter().filter(|one| told(one) == Some(*rating));
        let first = rated.next()?;
        let count = rated.count() + 1;
        Some(Mark {
            index,
            across: None,
            value: Some(Decimal::from(count)),
            label: count.to_string(),
            words: format!("{name}为{rating}的 {count} 个项目"),
            at: rating_of(first),
        })
    });
    Series {
        name: name.to_owned(),
        hue: lane,
        lane,
        marks: marks.collect(),
    }
}

fn rating_of(subject: &Subject<'_>) -> crate::model::path::CellPath {
    subject.project.at(Place::Stated(StatedField::Rating))
}

fn reading(all: &[Subject<'_>], rated: usize) -> String {
    let mut text = format!("{} 个项目", all.len());
    for (words, told) in [("填报等级", stated as Told), ("按总分判定", by_score)] {
        let counts: Vec<String> = RATINGS
            .iter()
            .map(|rating| {
                (
                    rating,
                    all.iter().filter(|one| told(one) == Some(*rating)).count(),
                )
            })
            .filter(|(_, count)| *count > 0)
            .map(|(rating, count)| format!("{rating} {count} 个"))
            .collect();
        if !counts.is_empty() {
            text.push_str(&format!("，{words}：{}", counts.join("、")));
        }
    }
    let differ = |one: &&Subject<'_>| {
        stated(one)
            .zip(by_score(one))
            .is_some_and(|(stated, by_score)| stated != by_score)
    };
    let differing: Vec<&str> = all
        .iter()
        .filter(differ)
        .map(|one| one.project.name())
        .collect();
    if !differing.is_empty() {
        let names = listed(differing.into_iter());
        text.push_str(&format!("；填报等级与总分不符的有{names}"));
    }
    if rated < all.len() {
        text.push_str(&format!("；{} 个项目未评级", all.len() - rated));
    }
    text.push('。');
    text
}
