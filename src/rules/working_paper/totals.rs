//! Sums and rating of a working paper: the filed ones as the form states them beside the reviewed ones.

use rust_decimal::Decimal;

use super::{Line, Totals};
use crate::{
    model::{edition::Edition, id::Id, indicator::Section, project::Project},
    score::{ProjectScore, SectionScore, per_hundred, rating},
};

/// Adds the lines up. A group scored as one has one line that counts, so it is counted once.
pub(super) fn totals(
    project: &Project,
    edition: &Edition,
    score: &ProjectScore,
    lines: &[Line],
) -> Totals {
    let total = &score.total;
    let by_band = |points| rating(points, &edition.scoring.ratings);
    let stated = project.stated.total_score.number();
    let sum = (total.filed.count > 0).then_some(total.filed.value);
    let filed = stated.or(total.per_hundred).or(sum);
    let reviewed = reviewed_sum(project, score, lines);
    let folded = reviewed.and_then(|sum| per_hundred(sum, total.weight.value, project, edition));
    let shown = folded.or(reviewed);
    Totals {
        weight: (total.weight.count > 0).then_some(total.weight.value),
        filed,
        reviewed: shown,
        change: shown
            .zip(filed)
            .and_then(|(now, then)| now.checked_sub(then)),
        filed_rating: project
            .stated
            .rating
            .value()
            .copied()
            .or(filed.and_then(by_band)),
        // More than full marks is a mistake in the weights, and no rating.
        reviewed_rating: shown
            .filter(|points| *points <= edition.scoring.total)
            .and_then(by_band),
        before_folding: reviewed.filter(|_| folded.is_some()),
        missing: lines
            .iter()
            .filter(|line| line.counts && line.points.is_none())
            .count(),
        remark: String::new(),
        changed: lines.iter().filter(|line| line.change.is_some()).count(),
    }
}

/// The sum of the reviewed scores. A section that is scored in its own cell alone has no line for that and counts as filed.
fn reviewed_sum(project: &Project, score: &ProjectScore, lines: &[Line]) -> Option<Decimal> {
    let mut points: Vec<Decimal> = lines.iter().filter_map(|line| line.points).collect();
    let blocks = project.goals.iter().zip(&score.goals);
    for (goal, outcome) in blocks {
        for (section, outcome) in goal.sections.iter().zip(&outcome.sections) {
            if is_scored_alone(outcome) && !has_points(section.id, lines) {
                points.extend(section.score.number());
            }
        }
    }
    let mut points = points.into_iter();
    let first = points.next()?;
    points.try_fold(first, |sum, more| sum.checked_add(more))
}

/// Whether no score is filed beneath the section's own cell.
fn is_scored_alone(section: &SectionScore) -> bool {
    section.groups.iter().all(|group| group.filed.count == 0)
}

fn has_points(section: Id<Section>, lines: &[Line]) -> bool {
    lines.iter().any(|line| {
        let is_in = line.section.as_ref().is_some_and(|(id, _)| *id == section);
        is_in && line.points.is_some()
    })
}
