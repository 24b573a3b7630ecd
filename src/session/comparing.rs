//! Two states of a document side by side, ready for list, file and paper: which is which, and every change in words.

use std::{path::Path, sync::Arc};

use jiff::{Timestamp, Zoned};

use super::{
    editions::DocumentEditions,
    environment::Environment,
    session::{OpenError, Session},
};
use crate::{
    model::{document::Document, edition::Edition, project::Project},
    session::print::files::PrintError,
    sheet::{
        booklet::{Booklet, Run, Tense},
        fonts::Face,
        layout::Typesetter,
        office::OfficeError,
        pdf::Conformance,
        review::changes::{ChangesImprint, Marked, MarkedChange},
    },
    store::editions::EditionShelf,
    summary::{
        csv,
        overview::Overview,
        table::{Column, Table, Value},
        workbook,
    },
    versions::compare::{
        Comparison, Kind, Line, What, compare,
        passages::{Tag, excerpts, passages},
    },
};

/// The name of the edition whose captions stand in where a project's own is not at hand.
const USUAL: &str = "mof-2020";

/// A state of a document with the name by which people know it.
#[derive(Debug, Clone)]
pub struct NamedState {
    /// "自评表.jiping", "自评表.jiping 的历史版本".
    pub name: String,
    /// When it was written, as "2021-03-05 14:32"; empty where that is not known or it is the open document.
    pub time: String,
    /// The content.
    pub document: Arc<Document>,
}

impl NamedState {
    /// The open document as it is now.
    pub fn of_session(session: &Session) -> Self {
        let path = session.path().and_then(Path::file_name);
        let name = path.map_or_else(
            || "未命名".to_owned(),
            |name| name.to_string_lossy().into_owned(),
        );
        let time = match session.is_dirty() {
            true => "正在编辑，有未保存的改动",
            false => "正在编辑",
        };
        Self {
            name,
            time: time.to_owned(),
            document: Arc::clone(session.document()),
        }
    }

    /// The document in a file. Called in a job's thread.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is no document.
    pub fn read(environment: &Arc<Environment>, path: &Path) -> Result<Self, OpenError> {
        let session = Session::open(Arc::clone(environment), path)?;
        Ok(Self::of_file(environment, path, &session))
    }

    /// The document that was opened from a file, as the file holds it.
    pub fn of_file(environment: &Environment, path: &Path, session: &Session) -> Self {
        let modified = environment.fs().info(path).ok();
        let modified = modified.and_then(|info| Timestamp::try_from(info.modified?).ok());
        let zone = environment.now().time_zone().clone();
        let time = modified.map(|time| shown_time(&time.to_zoned(zone)));
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Self {
            name: name.into_owned(),
            time: time.unwrap_or_default(),
            document: Arc::clone(session.document()),
        }
    }

    /// Name and time in one line.
    pub fn in_words(&self) -> String {
        match &*self.time {
            "" => self.name.clone(),
            time => format!("{}（{time}）", self.name),
        }
    }
}

fn shown_time(time: &Zoned) -> String {
    time.strftime("%Y-%m-%d %H:%M").to_string()
}

/// Two states side by side.
#[derive(Debug, Clone)]
pub struct Compared {
    /// 旧
    pub older: NamedState,
    /// 新
    pub newer: NamedState,
    /// How they differ.
    pub comparison: Comparison,
    /// All changes in words.
    pub lines: Vec<Line>,
    captions: Captions,
}

/// The editions of both states.
#[derive(Debug, Clone)]
struct Captions {
    older: Arc<DocumentEditions>,
    newer: Arc<DocumentEditions>,
    usual: Option<Arc<Edition>>,
}

impl Captions {
    fn of(at_hand: &EditionShelf, older: &Document, newer: &Document) -> Self {
        let usual = at_hand.list().iter();
        let usual = usual
            .clone()
            .find(|one| one.edition.id == USUAL)
            .or_else(|| at_hand.list().first());
        Self {
            older: Arc::new(DocumentEditions::new(at_hand, older)),
            newer: Arc::new(DocumentEditions::new(at_hand, newer)),
            usual: usual.map(|one| Arc::clone(&one.edition)),
        }
    }

    /// The edition whose captions name the cells of a project.
    fn naming(&self, project: &Project) -> Option<Arc<Edition>> {
        self.printing(project).or_else(|| self.usual.clone())
    }

    /// The edition that a project is printed on.
    fn printing(&self, project: &Project) -> Option<Arc<Edition>> {
        let newer = self.newer.of(project);
        newer.or_else(|| self.older.of(project))
    }
}

impl Compared {
    /// Compares. Called in a job's thread: large files take a moment.
    pub fn of(older: NamedState, newer: NamedState, at_hand: &EditionShelf) -> Self {
        let captions = Captions::of(at_hand, &older.document, &newer.document);
        let comparison = compare(&older.document, &newer.document);
        let lines = comparison.lines(&|project| captions.naming(project));
        Self {
            older,
            newer,
            comparison,
            lines,
            captions,
        }
    }

    /// With the newer state as the older one.
    pub fn swapped(&self, at_hand: &EditionShelf) -> Self {
        Self::of(self.newer.clone(), self.older.clone(), at_hand)
    }

    /// The pairs that may be the same project, in words.
    pub fn alike_in_words(&self) -> Vec<String> {
        let pairs = self.comparison.alike.iter();
        pairs
            .map(|(project, _)| {
                format!(
                    "“{}”在两份文件中名称、编码相同，可能是同一项目，但来源不同，没有逐项比较。",
                    project.shown_name()
                )
            })
            .collect()
    }

    /// These changes as a table.
    pub fn table<'l>(&self, lines: impl IntoIterator<Item = &'l Line>) -> Table {
        let column = |key, caption: &str, width| Column {
            key,
            caption: caption.to_owned(),
            width,
        };
        let rows = lines.into_iter().zip(1..).map(|(line, number)| {
            vec![
                Value::Count(number),
                Value::text(&*line.project_name),
                Value::text(line.topic.to_string()),
                Value::text(&*line.place),
                Value::text(line.kind.to_string()),
                Value::text(&*line.before),
                Value::text(&*line.after),
            ]
        });
        Table {
            key: "changes",
            name: "改动清单",
            columns: vec![
                column("number", "序号", 3),
                column("project_name", "项目名称", 14),
                column("topic", "内容", 5),
                column("place", "位置", 20),
                column("kind", "类别", 5),
                column("before", "改动前", 20),
                column("after", "改动后", 20),
            ],
            rows: rows.collect(),
            totals: None,
        }
    }

    /// These changes as a workbook.
    ///
    /// # Errors
    ///
    /// There are more than a worksheet has rows, or the writer failed.
    pub fn workbook<'l>(
        &self,
        lines: impl IntoIterator<Item = &'l Line>,
        now: &Zoned,
    ) -> Result<Vec<u8>, OfficeError> {
        let mut remarks = vec![
            format!("旧：{}", self.older.in_words()),
            format!("新：{}", self.newer.in_words()),
            self.comparison.summary().to_string(),
        ];
        remarks.extend(self.alike_in_words());
        workbook::workbook(&Overview {
            time: now.datetime(),
            tables: vec![self.table(lines)],
            charts: Vec::new(),
            remarks,
        })
    }

    /// These changes as CSV.
    pub fn csv<'l>(&self, lines: impl IntoIterator<Item = &'l Line>) -> Vec<u8> {
        csv::csv(&self.table(lines))
    }

    /// 对照审阅稿: the forms as they are in the newer state with these changes marked.
    pub fn booklet<'l>(
        &self,
        lines: impl IntoIterator<Item = &'l Line> + Clone,
        now: &Zoned,
        face: Face,
    ) -> Booklet {
        let mut sheets: Vec<(&Project, Arc<Edition>, Vec<MarkedChange>)> = Vec::new();
        let mut rest = Vec::new();
        let all = lines.into_iter().collect::<Vec<_>>();
        let of = |project: &Project| {
            let own = all.iter().filter(|line| line.project == Some(project.id));
            own.map(|line| marked(line)).collect::<Vec<_>>()
        };
        let newer = self.newer.document.projects.iter();
        for project in newer {
            let changes = of(project);
            match self.captions.printing(project) {
                _ if changes.is_empty() => {}
                Some(edition) => sheets.push((project, edition, changes)),
                None => rest.extend(changes),
            }
        }
        let is_here = |line: &&&Line| {
            let project = line.project.and_then(|id| self.newer.document.project(id));
            project.is_none()
        };
        rest.extend(all.iter().filter(is_here).map(|line| MarkedChange {
            place: format!("{} · {}", line.project_name, line.place),
            ..marked(line)
        }));
        let marked: Vec<Marked<'_>> = sheets
            .iter()
            .map(|(project, edition, changes)| Marked {
                project,
                edition,
                changes,
            })
            .collect();
        let imprint = ChangesImprint {
            older: self.older.in_words(),
            newer: self.newer.in_words(),
            summary: self.comparison.summary().to_string(),
            time: now.datetime(),
        };
        Booklet {
            face,
            ..Booklet::changes(&marked, &rest, &imprint)
        }
    }

    /// 对照审阅稿 as a PDF.
    ///
    /// # Errors
    ///
    /// The pages were not laid out.
    pub fn pdf<'l>(
        &self,
        lines: impl IntoIterator<Item = &'l Line> + Clone,
        now: &Zoned,
        face: Face,
        typesetter: &Typesetter,
    ) -> Result<Vec<u8>, PrintError> {
        let pages = typesetter.lay_out(&self.booklet(lines, now, face))?;
        Ok(pages.pdf(Conformance::Tagged)?)
    }
}

/// A change ready to be drawn. What is gone from the form is marked nowhere.
fn marked(line: &Line) -> MarkedChange {
    let is_gone = line.kind == Kind::Removed && matches!(line.what, What::Cell | What::Row);
    let is_text = line.what == What::Cell && !is_gone;
    let runs = passages(&line.before, &line.after);
    let runs = runs.into_iter().filter(|_| is_text).map(|passage| Run {
        tense: match passage.tag {
            Tag::Same => Tense::Stays,
            Tag::Removed => Tense::Went,
            Tag::Added => Tense::Came,
        },
        text: passage.text.to_owned(),
    });
    let at = line.at.as_ref().filter(|_| !is_gone);
    let (before, after) = excerpts(&line.before, &line.after);
    MarkedChange {
        at: at.map(|at| at.place.clone()),
        is_new_row: line.kind == Kind::Added && line.what == What::Row,
        kind: line.kind.to_string(),
        place: line.place.clone(),
        text: line.after.clone(),
        before,
        after,
        runs: runs.collect(),
    }
}
