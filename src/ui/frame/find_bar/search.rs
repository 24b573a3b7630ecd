//! What is looked for and where it stands. Looked up again only when the question or the document changed.

use std::sync::Arc;

use crate::{
    edit::find::{self, Match, Options, ReplacePlan},
    model::{document::Document, id::Id, path::CellPath, project::Project},
    session::jobs::Revision,
    ui::desk::{Desk, Position},
};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question {
    /// What is looked for.
    pub query: String,
    /// Whether capital and small letters, full and half width differ.
    pub match_case: bool,
    /// Whether the whole cell must be it.
    pub whole_cell: bool,
    /// Whether all projects are searched, not only the shown one.
    pub everywhere: bool,
}

/// The answer to a question about one state of the document.
#[derive(Default)]
pub struct Search {
    known: Option<Known>,
    matches: Vec<Match>,
    /// Every place, as a match and one of its ranges.
    places: Vec<(usize, usize)>,
    /// The place that is shown.
    current: Option<usize>,
    excerpt: Option<Excerpt>,
    /// Where to go on after a replacement.
    resume: Option<Resume>,
    plan: Option<(String, ReplacePlan)>,
}

#[derive(PartialEq)]
struct Known {
    question: Question,
    project: Option<Id<Project>>,
    revision: Revision,
}

/// After a replacement: the cell, the byte up to which it is done, and the place's number before.
struct Resume {
    at: CellPath,
    from: usize,
    index: usize,
}

/// The shown place with some text around it.
pub struct Excerpt {
    /// Where it stands, in words.
    pub place: String,
    /// What stands before it.
    pub before: String,
    /// What was found.
    pub found: String,
    /// What stands after it.
    pub after: String,
}

impl Question {
    fn options(&self, position: &Position) -> Options {
        Options {
            match_case: self.match_case,
            whole_cell: self.whole_cell,
            project: (!self.everywhere).then_some(position.project),
        }
    }
}

impl Search {
    /// Looks again where anything changed. Returns the cell to go to where a replacement is to be followed by the next place.
    pub fn refresh(
        &mut self,
        question: &Question,
        desk: &Desk,
        position: &Position,
    ) -> Option<CellPath> {
        let options = question.options(position);
        let known = Known {
            question: question.clone(),
            project: options.project,
            revision: desk.session.revision(),
        };
        if self.known.as_ref() == Some(&known) {
            return None;
        }
        let same_question = self
            .known
            .as_ref()
            .is_some_and(|before| before.question == *question && before.project == known.project);
        self.known = Some(known);
        self.plan = None;
        self.matches = find::find(desk.session.document(), &question.query, &options);
        self.places = self
            .matches
            .iter()
            .enumerate()
            .flat_map(|(index, found)| (0..found.ranges.len()).map(move |range| (index, range)))
            .collect();
        if !same_question {
            self.current = None;
            self.resume = None;
        }
        if let Some(resume) = self.resume.take() {
            self.current = self.resumed(&resume);
            self.excerpt = self.make_excerpt(desk);
            return self.at().cloned();
        }
        let last = self.places.len().checked_sub(1);
        self.current = self.current.and_then(|current| Some(current.min(last?)));
        self.excerpt = self.make_excerpt(desk);
        None
    }

    fn resumed(&self, resume: &Resume) -> Option<usize> {
        let last = self.places.len().checked_sub(1)?;
        let is_same = |place: &(usize, usize)| {
            self.matches
                .get(place.0)
                .is_some_and(|found| found.at == resume.at)
        };
        let is_done = |place: &&(usize, usize)| {
            is_same(place)
                && self
                    .range(**place)
                    .is_some_and(|range| range.start < resume.from)
        };
        // Places of the same cell before the replaced one were counted in its number already.
        let next = match self.places.iter().position(is_same) {
            Some(first) => first + self.places.iter().filter(is_done).count(),
            None => resume.index,
        };
        Some(if next > last { 0 } else { next })
    }

    fn range(&self, (found, range): (usize, usize)) -> Option<std::ops::Range<usize>> {
        self.matches.get(found)?.ranges.get(range).cloned()
    }

    /// How many places there are.
    pub fn count(&self) -> usize {
        self.places.len()
    }

    /// The number of the place that is shown, counted from 1.
    pub fn number(&self) -> Option<usize> {
        self.current.map(|current| current + 1)
    }

    /// The place that is shown.
    pub fn excerpt(&self) -> Option<&Excerpt> {
        self.excerpt.as_ref()
    }

    fn at(&self) -> Option<&CellPath> {
        let place = self.places.get(self.current?)?;
        self.matches.get(place.0).map(|found| &found.at)
    }

    /// Goes to the next place, or with `back` to the one before, round the end. The first time it is the first place of the
    /// selected cell or of the shown project, or the first of all.
    pub fn step(&mut self, back: bool, desk: &Desk, position: &Position) -> Option<CellPath> {
        let count = self.places.len();
        if count == 0 {
            return None;
        }
        let next = match self.current {
            Some(current) if back => (current + count - 1) % count,
            Some(current) => (current + 1) % count,
            None => self.nearest(position),
        };
        self.current = Some(next);
        self.excerpt = self.make_excerpt(desk);
        self.at().cloned()
    }

    fn nearest(&self, position: &Position) -> usize {
        let place_of = |test: &dyn Fn(&CellPath) -> bool| {
            self.places
                .iter()
                .position(|place| self.matches.get(place.0).is_some_and(|m| test(&m.at)))
        };
        place_of(&|at| Some(at) == position.cell.as_ref())
            .or_else(|| place_of(&|at| at.project == position.project))
            .unwrap_or_default()
    }

    /// The plan of replacing the shown place. The search then goes on behind it.
    pub fn replace_current(
        &mut self,
        question: &Question,
        new: &str,
        desk: &Desk,
        position: &Position,
    ) -> Option<ReplacePlan> {
        let current = self.current?;
        let place = *self.places.get(current)?;
        let range = self.range(place)?;
        let at = self.matches.get(place.0)?.at.clone();
        let one = Match {
            at: at.clone(),
            ranges: vec![range.clone()],
        };
        let options = question.options(position);
        let document = desk.session.document();
        let plan = find::replace(document, &[one], &question.query, new, &options);
        if plan.places() > 0 {
            self.resume = Some(Resume {
                at,
                from: range.start + new.len(),
                index: current,
            });
        }
        Some(plan)
    }

    /// The plan of replacing every place; made again only when something changed.
    pub fn plan(
        &mut self,
        question: &Question,
        new: &str,
        desk: &Desk,
        position: &Position,
    ) -> &ReplacePlan {
        let kept = self.plan.take().filter(|(planned, _)| planned == new);
        let plan = kept.unwrap_or_else(|| {
            let options = question.options(position);
            let document = desk.session.document();
            let plan = find::replace(document, &self.matches, &question.query, new, &options);
            (new.to_owned(), plan)
        });
        &self.plan.insert(plan).1
    }

    fn make_excerpt(&self, desk: &Desk) -> Option<Excerpt> {
        const AROUND: usize = 14;
        let range = self.range(*self.places.get(self.current?)?)?;
        let at = self.at()?;
        let document: &Arc<Document> = desk.session.document();
        let project = document.project(at.project)?;
        let text = project.cell_text(&at.place)?;
        let (before, rest) = text.split_at_checked(range.start)?;
        let (found, after) = rest.split_at_checked(range.len())?;
        let one_line = |text: String| text.replace(['\n', '\r'], " ");
        let start = before.char_indices().rev().nth(AROUND);
        let before = start.map_or(before.to_owned(), |(start, c)| {
            format!("…{}", &before[start + c.len_utf8()..])
        });
        let end = after.char_indices().nth(AROUND);
        let after = end.map_or(after.to_owned(), |(end, _)| format!("{}…", &after[..end]));
        Some(Excerpt {
            place: in_words(at, desk),
            before: one_line(before),
            found: one_line(found.to_owned()),
            after: one_line(after),
        })
    }
}

/// A cell in words, with its project where there are several.
pub fn in_words(at: &CellPath, desk: &Desk) -> String {
    let document = desk.session.document();
    let Some(facts) = desk.facts.project(at.project) else {
        return String::new();
    };
    let project = facts.project();
    let words = match &facts.edition {
        Some(edition) => at.in_words(project, edition),
        None => String::new(),
    };
    if document.projects.len() > 1 {
        format!("{} · {words}", project.name())
    } else {
        words
    }
}
