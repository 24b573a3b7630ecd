//! 公开版: what of a form the public sees. Left out: what is no part of the form (notes and replies, explanations, the working
//! paper, evidence, records, approved values), telephone and identity numbers, accounts, and projects that are marked 不公开.
//! Names of persons are found and shown; what becomes of each, a person decides.
//!
//! | module | what it is |
//! |---|---|
//! | `names` | which names of persons stand in forms, and where |
//! | `clean` | a form without all that is not for the public |

mod clean;
mod names;

use std::{fmt, sync::Arc};

use jiff::civil::DateTime;

use crate::{
    model::{document::Document, edition::Edition, id::Id, project::Project},
    sheet::{
        booklet::Booklet,
        fonts::Face,
        layout::Typesetter,
        office::Behind,
        pdf::Conformance,
        public,
        word::{self, form},
        workbook::{self, WorkbookOptions},
    },
};

/// What becomes of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Decision {
    /// Nobody has decided yet.
    #[default]
    Undecided,
    /// It stays.
    Keep,
    /// All but the family name is hidden: 张**.
    Hide,
    /// It is taken out.
    Remove,
}

impl Decision {
    /// What can be decided.
    pub const ALL: [Self; 3] = [Self::Keep, Self::Hide, Self::Remove];
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Undecided => "未定",
            Self::Keep => "保留",
            Self::Hide => "隐去名字",
            Self::Remove => "删去",
        })
    }
}

/// The name of a person that stands in forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Where it stands.
    pub places: Vec<Placed>,
    /// What becomes of it.
    pub decision: Decision,
}

/// A place of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The project.
    pub project: Id<Project>,
    /// The place in words ("表尾 · 填报人").
    pub place: String,
    /// What stands around it.
    pub context: String,
}

/// A form with its edition.
pub type Form = (Arc<Project>, Arc<Edition>);

/// What is made public: forms, and what was decided on names.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    forms: Vec<Form>,
    /// The names that stand in them, in the order of the forms.
    pub names: Vec<Name>,
}

/// As what it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// .pdf
    #[default]
    Pdf,
    /// .xlsx
    Workbook,
    /// .docx
    Word,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Workbook, Self::Word];

    /// The ending of its files, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Workbook => "xlsx",
            Self::Word => "docx",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pdf => "PDF",
            Self::Workbook => "Excel",
            Self::Word => "Word",
        })
    }
}

/// Why there is no copy for the public. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PublishError {
    /// There is nothing to publish.
    #[error("没有可以公开的项目，没有生成公开版。请检查所选项目是否都标了“不公开”。")]
    Nothing,
    /// Names are undecided.
    #[error(
        "表中有 {0} 个人名还没有决定保留、隐去还是删去，没有生成公开版。请逐个选定，或一次全部选定。"
    )]
    Undecided(usize),
    /// The file could not be made, in words.
    #[error("没有生成公开版，原文件没有改动。{0}")]
    Failed(String),
}

impl Plan {
    /// The forms of these with all names undecided. Those marked 不公开 are left out.
    pub fn of(forms: impl IntoIterator<Item = Form>) -> Self {
        let is_public = |form: &Form| form.0.withheld.is_none();
        let forms: Vec<Form> = forms.into_iter().filter(is_public).collect();
        let names = names::of(&forms);
        Self { forms, names }
    }

    /// How many forms there are.
    pub fn len(&self) -> usize {
        self.forms.len()
    }

    /// Whether there is no form.
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    /// Decides on all names alike.
    pub fn decide_all(&mut self, decision: Decision) {
        self.names
            .iter_mut()
            .for_each(|name| name.decision = decision);
    }

    /// How many names are undecided.
    pub fn undecided(&self) -> usize {
        let is_open = |name: &&Name| name.decision == Decision::Undecided;
        self.names.iter().filter(is_open).count()
    }

    /// The forms as the public sees them.
    ///
    /// # Errors
    ///
    /// There is none, or names are undecided.
    pub fn public_forms(&self) -> Result<Vec<Form>, PublishError> {
        if self.is_empty() {
            return Err(PublishError::Nothing);
        }
        match self.undecided() {
            0 => {}
            open => return Err(PublishError::Undecided(open)),
        }
        let cleaned = clean::cleaned(&self.forms, &self.names);
        let projects =
            cleaned.ok_or_else(|| PublishError::Failed("表中内容没有整理好。".into()))?;
        let editions = self.forms.iter().map(|(_, edition)| Arc::clone(edition));
        Ok(projects.into_iter().zip(editions).collect())
    }

    /// The bytes of the file, made at `time`. The same plan and time give the same bytes.
    ///
    /// # Errors
    ///
    /// Why there is none.
    pub fn bytes(
        &self,
        kind: Kind,
        face: Face,
        time: DateTime,
        typesetter: &Typesetter,
    ) -> Result<Vec<u8>, PublishError> {
        let forms = self.public_forms()?;
        let borrowed: Vec<(&Project, &Edition)> = forms
            .iter()
            .map(|(project, edition)| (&**project, &**edition))
            .collect();
        let booklet = Booklet {
            face,
            ..public::booklet(&borrowed, time)
        };
        let failed = |error: String| PublishError::Failed(error);
        match kind {
            Kind::Pdf => {
                let pages = typesetter.lay_out(&booklet);
                let pages = pages.map_err(|error| failed(format!("{error}。")))?;
                let bytes = pages.pdf(Conformance::Tagged);
                bytes.map_err(|error| failed(error.to_string()))
            }
            Kind::Workbook => {
                let behind = behind(&borrowed);
                let bytes = workbook::workbook(&booklet, &behind, WorkbookOptions::default());
                bytes.map_err(|error| failed(error.to_string()))
            }
            Kind::Word => {
                let behind = behind(&borrowed);
                let document = form::document(&booklet, &behind);
                let bytes = document.and_then(|document| word::write(&document));
                bytes.map_err(|error| failed(error.to_string()))
            }
        }
    }
}

fn behind<'a>(forms: &[(&'a Project, &'a Edition)]) -> Vec<Behind<'a>> {
    let behind = forms.iter().map(|(project, edition)| Behind {
        project,
        edition,
        findings: None,
    });
    behind.collect()
}

/// The projects of a document that are marked 不公开, with the reason.
pub fn withheld(document: &Document) -> impl Iterator<Item = (&Arc<Project>, &str)> {
    let projects = document.projects.iter();
    projects.filter_map(|project| Some((project, project.withheld.as_ref()?.reason.as_str())))
}
