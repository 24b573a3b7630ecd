//! Finding and replacing in all text of a document.

use std::{
    collections::{BTreeMap, HashMap},
    ops::Range,
};

use crate::model::{
    document::Document,
    folding::Pattern,
    id::Id,
    indicator::Indicator,
    path::{CellPath, IndicatorField, Place},
    project::Project,
    typed::trim,
};

use super::{
    apply::{refuse_locked_cell, refuse_locked_stage},
    command::EditCommand,
    refusal::{Missing, Refusal},
};

/// How text is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Whether capital and small letters, full and half width differ.
    pub match_case: bool,
    /// Whether the whole cell must be the text, white space at its ends aside.
    pub whole_cell: bool,
    /// The only project to look in; `None` means all.
    pub project: Option<Id<Project>>,
}

/// A cell that holds what was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The cell.
    pub at: CellPath,
    /// Where in its text, as bytes, from left to right.
    pub ranges: Vec<Range<usize>>,
}

/// What replacing would do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReplacePlan {
    /// The cells that hold what is to be replaced, in the order of the matches.
    pub cells: Vec<Replacement>,
}

/// One cell of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// The cell.
    pub at: CellPath,
    /// Its text now.
    pub old: String,
    /// Its text afterwards.
    pub new: String,
    /// How many places of the text are replaced.
    pub places: usize,
    /// Why the cell stays as it is, where it does.
    pub refusal: Option<Refusal>,
}

/// All filled cells that hold `query`, in the order of the projects and of the form, those of the working paper last. An empty
/// query finds nothing.
pub fn find(document: &Document, query: &str, options: &Options) -> Vec<Match> {
    let Some(finder) = Finder::new(query, options) else {
        return Vec::new();
    };
    let mut matches = Vec::new();
    for project in document.projects.iter() {
        if options.project.is_some_and(|only| only != project.id) {
            continue;
        }
        project.each_filled_cell(&mut |cell| {
            let ranges = finder.ranges(cell.text);
            if !ranges.is_empty() {
                matches.push(Match {
                    at: project.at(cell.place()),
                    ranges,
                });
            }
        });
        for (cell, text) in project.paper_texts() {
            let ranges = finder.ranges(text);
            if !ranges.is_empty() {
                matches.push(Match {
                    at: project.at(Place::Paper(cell)),
                    ranges,
                });
            }
        }
    }
    matches
}

/// Plans to put `new` where `matches` found `query`. What no longer stands there is left out; so one place of a cell is
/// replaced by a match with one range.
pub fn replace(
    document: &Document,
    matches: &[Match],
    query: &str,
    new: &str,
    options: &Options,
) -> ReplacePlan {
    let Some(finder) = Finder::new(query, options) else {
        return ReplacePlan::default();
    };
    let mut projects = Projects {
        document,
        known: BTreeMap::new(),
    };
    let cells = matches
        .iter()
        .filter_map(|found| projects.replacement(found, &finder, new))
        .collect();
    ReplacePlan { cells }
}

impl ReplacePlan {
    /// The cells that are given another text.
    pub fn written(&self) -> impl Iterator<Item = &Replacement> {
        self.cells.iter().filter(|cell| cell.is_written())
    }

    /// The cells that stay as they are because changing them is refused.
    pub fn refused(&self) -> impl Iterator<Item = (&CellPath, &Refusal)> {
        self.cells
            .iter()
            .filter_map(|cell| Some((&cell.at, cell.refusal.as_ref()?)))
    }

    /// How many places are replaced.
    pub fn places(&self) -> usize {
        self.written().map(|cell| cell.places).sum()
    }

    /// The replacement as one step; refused cells are left out.
    pub fn command(&self) -> EditCommand {
        let set = |cell: &Replacement| EditCommand::SetCell {
            at: cell.at.clone(),
            text: cell.new.clone(),
        };
        EditCommand::Many {
            label: format!("替换 {} 处", self.places()),
            commands: self.written().map(set).collect(),
        }
    }
}

impl Replacement {
    /// Whether the cell is given another text.
    pub fn is_written(&self) -> bool {
        self.refusal.is_none() && self.old != self.new
    }
}

/// Finds a query in a text.
struct Finder<'q> {
    exact: Option<&'q str>,
    folded: Pattern,
    whole_cell: bool,
}

impl<'q> Finder<'q> {
    fn new(query: &'q str, options: &Options) -> Option<Self> {
        let query = if options.whole_cell {
            trim(query)
        } else {
            query
        };
        (!query.is_empty()).then(|| Self {
            exact: options.match_case.then_some(query),
            folded: Pattern::new(query),
            whole_cell: options.whole_cell,
        })
    }

    /// Allocates only where there is something to tell.
    fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        if self.whole_cell {
            return self.whole(text).into_iter().collect();
        }
        match self.exact {
            Some(query) => text
                .match_indices(query)
                .map(|(start, found)| start..start + found.len())
                .collect(),
            None => self.folded.ranges(text).collect(),
        }
    }

    fn whole(&self, text: &str) -> Option<Range<usize>> {
        let visible = trim(text);
        let is_found = match self.exact {
            Some(query) => visible == query,
            None => self.folded.is_whole(visible),
        };
        let start = visible.as_ptr().addr() - text.as_ptr().addr();
        is_found.then(|| start..start + visible.len())
    }
}

/// The projects of the matches, each with its rows by id and whether its stage locks it.
struct Projects<'d> {
    document: &'d Document,
    known: BTreeMap<Id<Project>, Option<Known<'d>>>,
}

struct Known<'d> {
    project: &'d Project,
    rows: HashMap<Id<Indicator>, &'d Indicator>,
    stage: Result<(), Refusal>,
}

impl<'d> Known<'d> {
    fn of(document: &'d Document, id: Id<Project>) -> Option<Self> {
        let project: &Project = document.project(id)?;
        let rows = project.rows().map(|view| view.indicator);
        Some(Self {
            project,
            rows: rows.map(|row| (row.id, row)).collect(),
            stage: refuse_locked_stage(project),
        })
    }

    fn text(&self, place: &Place) -> Option<String> {
        let text = match place {
            Place::Indicator(row, field) => self.rows.get(row)?.cell_text(field),
            _ => self.project.cell_text(place)?,
        };
        Some(text.into_owned())
    }

    fn allowed(&self, place: &Place) -> Result<(), Refusal> {
        match place {
            Place::Paper(_) => return Ok(()),
            _ => self.stage.clone()?,
        }
        match place {
            Place::Indicator(_, IndicatorField::Tier) => Err(Refusal::UnknownPlace(Missing::Cell)),
            Place::Indicator(row, field) => match self.rows.get(row) {
                Some(row) => refuse_locked_cell(row, field),
                None => Err(Refusal::UnknownPlace(Missing::Indicator)),
            },
            _ => Ok(()),
        }
    }
}

impl Projects<'_> {
    fn replacement(
        &mut self,
        found: &Match,
        finder: &Finder<'_>,
        new: &str,
    ) -> Option<Replacement> {
        let document = self.document;
        let id = found.at.project;
        let known = self
            .known
            .entry(id)
            .or_insert_with(|| Known::of(document, id))
            .as_ref()?;
        let old = known.text(&found.at.place)?;
        let mut ranges = finder.ranges(&old);
        ranges.retain(|range| found.ranges.contains(range));
        (!ranges.is_empty()).then(|| Replacement {
            at: found.at.clone(),
            new: with_replaced(&old, &ranges, new),
            old,
            places: ranges.len(),
            refusal: known.allowed(&found.at.place).err(),
        })
    }
}

fn with_replaced(text: &str, ranges: &[Range<usize>], new: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut from = 0;
    for range in ranges {
        replaced.push_str(&text[from..range.start]);
        replaced.push_str(new);
        from = range.end;
    }
    replaced.push_str(&text[from..]);
    replaced
}
