//! The appendix of charts: those of a project behind its form, those of all projects at the end.

use super::{Reviewed, appendix_part, heading};
use crate::{
    model::edition::Orientation,
    score::{ProjectScore, score_project},
    sheet::{
        booklet::{Drawing, Part},
        chart::{Chart, Kind, Subject},
        table::FormSheet,
    },
};

/// What charts are made from; nothing where none are wanted.
pub(super) struct Charts<'a>(Vec<Subject<'a>>);

/// The scores of these projects.
pub(super) fn scores(projects: &[Reviewed<'_>]) -> Vec<ProjectScore> {
    let scores = projects.iter();
    scores
        .map(|one| score_project(one.project, one.edition))
        .collect()
}

impl<'a> Charts<'a> {
    /// Of these projects with their scores.
    pub(super) fn new(projects: &[Reviewed<'a>], scores: &'a [ProjectScore]) -> Self {
        let subjects = projects.iter().zip(scores).map(|(one, score)| Subject {
            project: one.project,
            edition: one.edition,
            score,
        });
        Self(subjects.collect())
    }

    /// What charts of the project at an index are made from. Copies of one project may stand in several files.
    pub(super) fn of(&self, index: usize) -> Option<&Subject<'a>> {
        self.0.get(index)
    }

    /// The appendix of a project; `None` where there is nothing to draw.
    pub(super) fn project(
        &self,
        shown: &Subject<'_>,
        form: &FormSheet,
        ordinal: &str,
    ) -> Option<Part> {
        let kinds = Kind::ALL.into_iter().filter(|kind| !kind.is_of_document());
        let drawings = self.drawings(shown, kinds);
        let line = format!("{}：按表中填报的数字画出。", form.name);
        let sheet = FormSheet {
            project: form.project,
            name: form.name.clone(),
            page: form.page,
            blocks: vec![heading(&format!("{ordinal}　图表"), line)],
            seal: None,
        };
        (!drawings.is_empty()).then(|| Part {
            drawings,
            ..appendix_part(sheet)
        })
    }

    /// The charts of all projects, where there are several.
    pub(super) fn document(&self) -> Option<Part> {
        let [first, _, ..] = self.0.as_slice() else {
            return None;
        };
        let kinds = Kind::ALL.into_iter().filter(|kind| kind.is_of_document());
        let drawings = self.drawings(first, kinds);
        let line = format!("共 {} 个项目，按各表填报的数字画出。", self.0.len());
        let sheet = FormSheet {
            project: None,
            name: "各项目图表".to_owned(),
            page: Orientation::Portrait,
            blocks: vec![heading("各项目图表", line)],
            seal: None,
        };
        (!drawings.is_empty()).then(|| Part {
            drawings,
            ..Part::alone(sheet)
        })
    }

    fn drawings(&self, shown: &Subject<'_>, kinds: impl Iterator<Item = Kind>) -> Vec<Drawing> {
        let charts = kinds.filter_map(|kind| Chart::of(kind, shown, &self.0).ok());
        charts
            .map(|chart| Drawing {
                svg: chart.clear_svg(),
                alternative: chart.alternative(),
            })
            .collect()
    }
}
