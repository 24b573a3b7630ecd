//! 等级分布: how many projects have which rating.

use crate::{
    model::figure::Rating,
    summary::{
        facts::{Facts, share_of_counts},
        table::{Filled, Table, Value},
    },
};

/// The rating that stands: as stated, else by the total.
pub(super) fn rating_of(one: &Facts<'_>) -> Option<Rating> {
    let stated = one.project.stated.rating.value().copied();
    stated.or(one.score.total.rating)
}

struct Row {
    rating: Option<Rating>,
    stated: usize,
    by_score: usize,
    of: usize,
}

/// The table.
pub(super) fn table(facts: &[Facts<'_>]) -> Table {
    let columns: Vec<Filled<Row>> = vec![
        Filled("rating", "等级", 6, |one| {
            Value::text(
                one.rating
                    .map_or("未评级".to_owned(), |rating| rating.to_string()),
            )
        }),
        Filled("stated_count", "填报等级（项目数）", 8, |one| {
            Value::Count(one.stated)
        }),
        Filled("stated_share", "占比", 6, |one| {
            Value::share(share_of_counts(one.stated, one.of))
        }),
        Filled(
            "by_score_count",
            "按总分判定（项目数）",
            8,
            |one| Value::Count(one.by_score),
        ),
        Filled("by_score_share", "占比", 6, |one| {
            Value::share(share_of_counts(one.by_score, one.of))
        }),
    ];
    let ratings = [Rating::Excellent, Rating::Good, Rating::Fair, Rating::Poor];
    let rows = ratings.map(Some).into_iter().chain([None]).map(|rating| {
        let count = |of: fn(&Facts<'_>) -> Option<Rating>| {
            facts.iter().filter(|one| of(one) == rating).count()
        };
        Row {
            rating,
            stated: count(|one| one.project.stated.rating.value().copied()),
            by_score: count(|one| one.score.total.rating),
            of: facts.len(),
        }
    });
    Table::of("ratings", "等级分布", &columns, rows)
        .totalled(&["stated_count", "by_score_count"], Vec::new())
}
