//! What of an open document is printed and how, and the proof of it: pages with what they show. Preview, paper, PDF and
//! pictures all come from the same proof.

pub mod failure;
pub mod files;
pub mod paper;

use std::{collections::HashMap, sync::Arc};

use super::{editions::cautions, export::item::OnForm, session::Session};
use crate::{
    model::{
        edition::Edition,
        id::Id,
        path::{CellPath, Place},
        project::Project,
    },
    rules::checker::ProjectFindings,
    sheet::{
        booklet::{Booklet, Mark},
        fonts::Face,
        layout::{LayoutError, Typesetter},
        pages::{Pages, PlacedCell, Rect},
        review::{Imprint, ReviewOptions, Reviewed},
        table::FormSheet,
    },
};

/// Which projects are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// One.
    Project(Id<Project>),
    /// All of the document.
    Document,
}

/// What is printed of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copy {
    /// 正式表: the form as the bureau wants it, and nothing else.
    Official,
    /// 审阅稿: with what was found and how scores come about.
    Review(Mark, ReviewOptions),
    /// 复核底稿: 自评复核工作底稿, without the form.
    WorkingPaper,
    /// 监控表: the project as a form for monitoring at mid-year.
    Monitoring,
}

/// How a document is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrintOptions {
    /// Which projects.
    pub extent: Extent,
    /// What of them.
    pub copy: Copy,
    /// In which face.
    pub face: Face,
}

/// A document ready to be printed, on any thread.
#[derive(Debug, Clone)]
pub struct PrintOrder {
    options: PrintOptions,
    items: Vec<Item>,
    /// Projects whose edition is not at hand.
    missing: Vec<String>,
    imprint: Imprint,
}

/// A project that can be printed.
#[derive(Debug, Clone)]
struct Item {
    project: Arc<Project>,
    edition: Arc<Edition>,
    findings: Arc<ProjectFindings>,
    monitoring: Option<OnForm>,
}

/// Pages with what they show.
#[derive(Debug)]
pub struct Proof {
    /// The pages.
    pub pages: Pages,
    /// What of them is drawn alike; see [`Pages::look_of`].
    pub looks: Vec<u128>,
    /// What a person should know of them, one sentence each.
    pub notes: Vec<String>,
    /// What a person should know of their editions before they are handed in, one sentence each.
    pub cautions: Vec<String>,
    booklet: Booklet,
    /// The cells on each page that show a field, as indexes into those of the pages.
    fields: Vec<Vec<usize>>,
    /// The parts that show each project.
    parts: HashMap<Id<Project>, Vec<usize>>,
}

impl Session {
    /// What is to be printed of the document as it is now.
    pub fn print_order(&mut self, options: PrintOptions) -> PrintOrder {
        let findings = self.findings().to_vec();
        let mut items = Vec::new();
        let mut missing = Vec::new();
        let projects = self.document().projects.iter().zip(findings);
        for (project, findings) in projects.filter(|(project, _)| match options.extent {
            Extent::Project(wanted) => project.id == wanted,
            Extent::Document => true,
        }) {
            match self.editions().of(project) {
                Some(edition) => items.push(Item {
                    project: Arc::clone(project),
                    monitoring: OnForm::monitoring(project, self.editions()),
                    edition,
                    findings,
                }),
                None => missing.push(project.name().to_owned()),
            }
        }
        let name = self.path().and_then(|path| path.file_name());
        let name = name.map(|name| name.to_string_lossy().into_owned());
        let saved = self.fingerprint().filter(|_| !self.is_dirty());
        let mark = match options.copy {
            Copy::Official | Copy::WorkingPaper | Copy::Monitoring => Mark::default(),
            Copy::Review(mark, _) => mark,
        };
        let imprint = Imprint {
            document: name.unwrap_or_else(|| "未命名".into()),
            revision: saved.map_or_else(|| "未保存".into(), |content| content.short()),
            time: self.environment().now().datetime(),
            mark,
        };
        PrintOrder {
            options,
            items,
            missing,
            imprint,
        }
    }
}

impl PrintOrder {
    /// Whether there is nothing to print.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// How it is printed.
    pub fn options(&self) -> PrintOptions {
        self.options
    }

    /// Whether the other gives the same pages, but for the time printed on them.
    pub fn is_same(&self, other: &Self) -> bool {
        let is_official = matches!(self.options.copy, Copy::Official | Copy::Monitoring);
        let has_imprint = matches!(self.options.copy, Copy::Review(..));
        let is_same_item = |(own, other): (&Item, &Item)| {
            Arc::ptr_eq(&own.project, &other.project)
                && Arc::ptr_eq(&own.edition, &other.edition)
                && own
                    .monitoring
                    .as_ref()
                    .map(|shown| Arc::as_ptr(&shown.edition))
                    == other
                        .monitoring
                        .as_ref()
                        .map(|shown| Arc::as_ptr(&shown.edition))
                && (is_official
                    || Arc::ptr_eq(&own.findings, &other.findings)
                    || own.findings == other.findings)
        };
        let is_same_imprint = !has_imprint
            || (&self.imprint.document, &self.imprint.revision)
                == (&other.imprint.document, &other.imprint.revision);
        self.options == other.options
            && self.missing == other.missing
            && is_same_imprint
            && self.items.len() == other.items.len()
            && self.items.iter().zip(&other.items).all(is_same_item)
    }

    /// A name for a file with it, without extension: the project's, or the document's where there are several.
    pub fn title(&self) -> String {
        let name = match self.items.as_slice() {
            [only] if !only.project.name().trim().is_empty() => only.project.name().trim(),
            _ => self.imprint.document.trim_end_matches(".jiping"),
        };
        match self.options.copy {
            Copy::Official => name.to_owned(),
            Copy::Review(mark, _) => format!("{name}（{}）", mark.words()),
            Copy::WorkingPaper => format!("{name}（复核底稿）"),
            Copy::Monitoring => format!("{name}（监控表）"),
        }
    }

    fn booklet(&self) -> Booklet {
        let booklet = match self.options.copy {
            Copy::Official => {
                let sheets = self.items.iter();
                let sheets = sheets.map(|item| FormSheet::new(&item.project, &item.edition));
                Booklet::official(sheets, self.imprint.time)
            }
            Copy::Review(_, options) => {
                let reviewed: Vec<Reviewed<'_>> = self.items.iter().map(Item::reviewed).collect();
                Booklet::review(&reviewed, &self.imprint, options)
            }
            Copy::WorkingPaper => {
                let reviewed = self.items.iter().map(Item::reviewed);
                let sheets = reviewed.map(|one| FormSheet::working_paper(&one));
                Booklet::official(sheets, self.imprint.time)
            }
            Copy::Monitoring => {
                let shown = self
                    .items
                    .iter()
                    .filter_map(|item| item.monitoring.as_ref());
                Booklet::official(shown.map(OnForm::sheet), self.imprint.time)
            }
        };
        Booklet {
            face: self.options.face,
            ..booklet
        }
    }

    /// Lays it out. Takes a while: some 0.1 s for a form.
    ///
    /// # Errors
    ///
    /// As [`Typesetter::lay_out`].
    pub fn proof(&self, typesetter: &Typesetter) -> Result<Proof, LayoutError> {
        let booklet = self.booklet();
        let pages = typesetter.lay_out(&booklet)?;
        let looks = (0..pages.count()).filter_map(|page| pages.look_of(page));
        let mut fields = vec![Vec::new(); pages.count()];
        for (index, cell) in pages.cells.iter().enumerate() {
            for (page, _) in cell.pieces.iter().filter(|_| cell.at.is_some()) {
                fields[*page].push(index);
            }
        }
        let mut parts: HashMap<Id<Project>, Vec<usize>> = HashMap::new();
        for (index, part) in booklet.parts.iter().enumerate() {
            if let Some(project) = part.sheet.project {
                parts.entry(project).or_default().push(index);
            }
        }
        Ok(Proof {
            looks: looks.collect(),
            notes: self.notes(&pages),
            cautions: cautions(self.items.iter().map(|item| &item.edition)),
            booklet,
            fields,
            parts,
            pages,
        })
    }

    /// What a person should know of the pages.
    fn notes(&self, pages: &Pages) -> Vec<String> {
        /// The most characters that are told one by one.
        const MOST: usize = 10;
        let mut notes = Vec::new();
        if !self.missing.is_empty() {
            let names = self.missing.join("、");
            notes.push(format!("以下项目缺少表样，没有印出：{names}"));
        }
        if !pages.has_face {
            let face = self.options.face.name();
            notes.push(format!("本机没有{face}，已改用自带字体"));
        }
        if !pages.unprintable.is_empty() {
            let characters = pages.unprintable.iter().take(MOST);
            let characters: Vec<String> = characters
                .map(|one| format!("“{}”", one.character))
                .collect();
            let more = if pages.unprintable.len() > MOST {
                "等"
            } else {
                ""
            };
            notes.push(format!(
                "本机没有字体能显示{}{more}，印成了带叉的方框",
                characters.join("、")
            ));
        }
        if !pages.is_settled {
            notes.push("页码和“（续）”可能印得不准，请核对后再用".into());
        }
        notes
    }
}

impl Item {
    fn reviewed(&self) -> Reviewed<'_> {
        Reviewed {
            project: &self.project,
            edition: &self.edition,
            findings: &self.findings,
        }
    }
}

impl Proof {
    /// The field at a point of a page, with the rectangle in which it is printed there.
    pub fn field_at(&self, page: usize, x: f64, y: f64) -> Option<(&CellPath, Rect)> {
        let cells = self.fields.get(page)?.iter();
        cells
            .filter_map(|index| self.pages.cells.get(*index))
            .find_map(|cell| {
                let mut pieces = cell.pieces.iter();
                let piece = pieces.find(|(on, rect)| *on == page && rect.contains(x, y))?;
                Some((cell.at.as_ref()?, piece.1))
            })
    }

    /// Where a field is printed: its pages, counted from 0, and rectangles there; none if it is printed nowhere.
    pub fn places_of(&self, at: &CellPath) -> &[(usize, Rect)] {
        let parts = self.parts.get(&at.project).into_iter().flatten();
        let mut cells = parts.filter_map(|part| self.cell(*part, &at.place));
        cells.next().map_or(&[], |cell| &cell.pieces)
    }

    fn cell(&self, part: usize, place: &Place) -> Option<&PlacedCell> {
        let address = self.booklet.parts.get(part)?.sheet.cell_for(place)?;
        self.pages.placed(part, address)
    }

    /// The first page of a project, counted from 0.
    pub fn page_of(&self, project: Id<Project>) -> Option<usize> {
        let part = self.parts.get(&project)?.first()?;
        self.pages.parts.get(*part).map(|pages| pages.first)
    }
}
