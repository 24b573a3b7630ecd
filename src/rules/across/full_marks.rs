//! X02: most projects of a year have full marks.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{
    buckets::Buckets,
    digest::{Digest, Who},
    found::Found,
};
use crate::{
    model::{
        id::Id,
        numeral::plain,
        path::{Place, StatedField},
        project::Project,
    },
    rules::{catalogue::Phase, finding::Mend, form::Form},
};

/// How many there are, how many have full marks, and which of these is the first.
#[derive(PartialEq)]
struct Share {
    projects: usize,
    full: usize,
    first: Who,
}

#[derive(Default)]
pub struct FullMarks(Buckets<(Who, bool), Share>);

/// Whether the form has full marks, by its year; nothing where it has no total yet.
pub fn of(form: &Form<'_>, who: &Who) -> Vec<(u64, (Who, bool))> {
    let total = &form.score.total;
    let filed = (total.filed.count > 0).then_some(total.filed.value);
    let stated = form.project.stated.total_score.number();
    let points = stated.or(total.per_hundred).or(filed);
    let points = points.filter(|_| form.phase() >= Phase::Results);
    let entry = points.zip(form.year).map(|(points, year)| {
        let is_full = points >= form.edition.scoring.total;
        (u64::from(year.unsigned_abs()), (who.clone(), is_full))
    });
    entry.into_iter().collect()
}

fn of_digest(digest: Option<&Digest>) -> &[(u64, (Who, bool))] {
    digest.map_or(&[], |digest| &digest.marks)
}

impl FullMarks {
    pub fn replace(&mut self, id: Id<Project>, old: Option<&Digest>, new: Option<&Digest>) {
        self.0.replace(id, of_digest(old), of_digest(new));
    }

    pub fn settle(&mut self, changed: &mut BTreeSet<Id<Project>>) {
        self.0.settle(changed, |members| {
            let full = members.iter().filter(|(_, (_, is_full))| *is_full);
            Some(Share {
                projects: members.len(),
                full: full.clone().count(),
                first: full.map(|(_, (who, _))| who).min()?.clone(),
            })
        });
    }

    /// It is told once, at the first of those with full marks.
    pub fn find(&self, digest: &Digest) -> Option<Found> {
        let (_, share) = self.0.told(&digest.marks).next()?;
        let checks = &digest.edition.checks;
        let most = checks.full_marks_share * Decimal::from(share.projects);
        let is_told = share.projects >= checks.full_marks_projects as usize
            && Decimal::from(share.full) > most
            && share.first == digest.who;
        is_told.then(|| Found {
            level: None,
            cells: vec![match digest.edition.totals.score {
                true => Place::Stated(StatedField::TotalScore),
                false => Place::Whole,
            }],
            mend: Mend::Now,
            // Without the counts: a further project is no other finding.
            message: format!(
                "{}年度的项目中，超过{}%的自评为满分",
                digest.project.year().unwrap_or_default(),
                plain(checks.full_marks_share * Decimal::ONE_HUNDRED)
            ),
            hint: format!(
                "共{}个项目，{}个满分，本项目为其中之一；请逐个复核得分是否属实，属实的可写核实说明",
                share.projects, share.full
            )
            .into(),
            fix: None,
        })
    }
}
