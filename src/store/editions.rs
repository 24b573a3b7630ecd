//! 表样 at hand: those built into the program, those the user added, and those that travel inside a document.

use std::{
    fmt,
    sync::{Arc, LazyLock},
};

use super::json_fault::JsonFault;
use crate::model::{document::Document, edition::Edition, project::EditionRef};

macro_rules! built_in {
    ($($id:literal)*) => {
        &[$((
            concat!($id, ".json"),
            include_str!(concat!("../../assets/editions/", $id, ".json")),
        )),*]
    };
}

/// The editions built into the program, as file name and JSON text; sorted by id.
const BUILT_IN: &[(&str, &str)] = built_in! {
    "anhui-2020"
    "beijing-2016"
    "chongqing-2022"
    "department-2020"
    "fengjie-2023"
    "forestry-2024"
    "guangshui-city"
    "guangxi"
    "hebei-2019"
    "hebei-county-2020"
    "hubei-2019"
    "jiangxi-2017"
    "mof-2020"
    "mof-2021"
    "monitoring-mof"
    "ningxia-2022"
    "shanxi-2020"
    "shenzhen-2020"
    "sichuan-2022"
    "suining-2021"
    "suzhou-city"
    "tianjin-2024"
    "transfer-2019"
    "transfer-2022"
    "yinchuan-2021"
    "yueyang-2018"
    "yunnan-2022"
};

/// Where an edition comes from. When several have the same id, the first in this order is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// Inside the open document.
    Document,
    /// Added by the user.
    User,
    /// Built into the program.
    BuiltIn,
}

/// An edition on the shelf.
#[derive(Debug, Clone, PartialEq)]
pub struct Shelved {
    /// The edition.
    pub edition: Arc<Edition>,
    /// Its content hash, computed once.
    pub hash: Arc<str>,
    /// Where it comes from.
    pub origin: Origin,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Document => "文件自带",
            Self::User => "自行添加",
            Self::BuiltIn => "程序自带",
        })
    }
}

impl Shelved {
    /// An edition with its hash, computed here.
    pub fn new(edition: Arc<Edition>, origin: Origin) -> Self {
        let hash = edition.hash().into();
        Self {
            edition,
            hash,
            origin,
        }
    }

    /// The reference a project keeps to this edition.
    pub fn reference(&self) -> EditionRef {
        EditionRef {
            id: self.edition.id.clone(),
            hash: self.hash.to_string(),
            unknown: Default::default(),
        }
    }
}

/// The edition that a project refers to.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The edition.
    pub edition: Arc<Edition>,
    /// Whether its content is the one the project was filled in on. Where not, captions and policies may have changed
    /// since, which has to be reported.
    pub exact: bool,
}

/// An edition file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditionError {
    /// The text is not JSON or not of an edition's shape.
    #[error(
        "表样没有载入：第 {line} 行第 {column} 列{what}。请按表样格式改正后重新载入。（{name}）"
    )]
    Json {
        /// Name of the file or other source.
        name: String,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What is wrong.
        what: String,
    },
    /// The edition contradicts itself.
    #[error(
        "表样没有载入：有 {} 处问题。请逐项改正后重新载入：\n{}\n（{name}）",
        .problems.len(), .problems.join("\n")
    )]
    Problems {
        /// Name of the file or other source.
        name: String,
        /// Each with its place in the JSON.
        problems: Vec<String>,
    },
    /// The user already has an edition of this id.
    #[error(
        "表样没有载入：标识“{id}”已用于另一份自行添加的表样。请换一个标识，或先移除原有的一份。（{name}）"
    )]
    Taken {
        /// Name of the file or other source.
        name: String,
        /// The edition's id.
        id: String,
    },
}

/// The editions at hand. Cheap to clone: editions are shared.
#[derive(Debug, Clone)]
pub struct EditionShelf {
    editions: Vec<Shelved>,
    refused: Vec<EditionError>,
}

impl EditionShelf {
    /// The shelf with the built-in editions only. That each of them loads is tested.
    pub fn built_in() -> Self {
        static SHELVED: LazyLock<Vec<Shelved>> = LazyLock::new(|| {
            BUILT_IN
                .iter()
                .filter_map(|(name, text)| read_edition(name, text).ok())
                .map(|edition| Shelved::new(Arc::new(edition), Origin::BuiltIn))
                .collect()
        });
        Self {
            editions: SHELVED.clone(),
            refused: Vec::new(),
        }
    }

    /// Adds an edition of the user's from the text of a file; `name` is for messages.
    ///
    /// # Errors
    ///
    /// What is wrong with the text; the shelf is then as before.
    pub fn add_user(&mut self, name: &str, text: &str) -> Result<&Shelved, EditionError> {
        let edition = read_edition(name, text)?;
        let taken = self
            .editions
            .iter()
            .any(|known| known.origin == Origin::User && known.edition.id == edition.id);
        if taken {
            return Err(EditionError::Taken {
                name: name.to_owned(),
                id: edition.id,
            });
        }
        let index = self.put(Shelved::new(Arc::new(edition), Origin::User));
        Ok(&self.editions[index])
    }

    /// A shelf without editions.
    pub fn none() -> Self {
        Self {
            editions: Vec::new(),
            refused: Vec::new(),
        }
    }

    /// Puts an edition of the user's own on the shelf, in the place of one with the same id.
    ///
    /// # Errors
    ///
    /// What is wrong with it; the shelf is then as before.
    pub fn put_user(&mut self, edition: Arc<Edition>) -> Result<(), EditionError> {
        let problems = edition.problems();
        if !problems.is_empty() {
            let name = edition.name.clone();
            return Err(EditionError::Problems { name, problems });
        }
        self.remove_user(&edition.id);
        self.put(Shelved::new(edition, Origin::User));
        Ok(())
    }

    /// Takes the edition of the user's own with this id off the shelf.
    pub fn remove_user(&mut self, id: &str) {
        let is_meant = |known: &Shelved| known.origin == Origin::User && known.edition.id == id;
        self.editions.retain(|known| !is_meant(known));
    }

    /// The edition of the user's own with this id.
    pub fn user(&self, id: &str) -> Option<&Shelved> {
        let mut own = self
            .editions
            .iter()
            .filter(|known| known.origin == Origin::User);
        own.find(|known| known.edition.id == id)
    }

    /// This shelf with the editions that travel inside `document` put before all others. Those that contradict themselves
    /// are not used; see [`Self::refused`].
    pub fn for_document(&self, document: &Document) -> Self {
        let mut shelf = self.clone();
        for edition in &document.editions {
            let problems = edition.problems();
            if problems.is_empty() {
                shelf.put(Shelved::new(Arc::clone(edition), Origin::Document));
            } else {
                shelf.refused.push(EditionError::Problems {
                    name: format!("文件内嵌的表样 {}", edition.id),
                    problems,
                });
            }
        }
        shelf
    }

    /// The editions inside the document that are not used.
    pub fn refused(&self) -> &[EditionError] {
        &self.refused
    }

    /// The edition a project refers to: the one with the same content, else one with the same id; the document's own before
    /// the user's, the user's before built-in ones. A reference without hash is content with the id.
    pub fn get(&self, reference: &EditionRef) -> Option<Found> {
        let of_id = || {
            self.editions
                .iter()
                .filter(|known| known.edition.id == reference.id)
        };
        let same_content =
            |known: &&Shelved| reference.hash.is_empty() || *known.hash == *reference.hash;
        let exact = of_id().find(same_content);
        exact.or_else(|| of_id().next()).map(|known| Found {
            edition: Arc::clone(&known.edition),
            exact: exact.is_some(),
        })
    }

    /// All editions, those taken first in front.
    pub fn list(&self) -> &[Shelved] {
        &self.editions
    }

    /// The first form for monitoring, the document's own before the user's before the program's.
    pub fn monitoring_form(&self) -> Option<&Arc<Edition>> {
        let mut editions = self.editions.iter().map(|shelved| &shelved.edition);
        editions.find(|edition| edition.is_for_monitoring())
    }

    /// Puts an edition after those of its origin; its index.
    fn put(&mut self, edition: Shelved) -> usize {
        let index = self
            .editions
            .partition_point(|known| known.origin <= edition.origin);
        self.editions.insert(index, edition);
        index
    }
}

impl Default for EditionShelf {
    fn default() -> Self {
        Self::built_in()
    }
}

/// The edition in the JSON text of a file; `name` is for messages.
///
/// # Errors
///
/// Text that is not an edition, with line and column, or an edition that contradicts itself, with all its problems.
pub fn read_edition(name: &str, text: &str) -> Result<Edition, EditionError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let edition: Edition = serde_json::from_str(text).map_err(|error| {
        const TYPES: &str = "表样格式（金额、分值和比例写成带引号的数）";
        let JsonFault { line, column, what } = JsonFault::of(text, &error, TYPES);
        EditionError::Json {
            name: name.to_owned(),
            line,
            column,
            what,
        }
    })?;
    let problems = edition.problems();
    if problems.is_empty() {
        Ok(edition)
    } else {
        Err(EditionError::Problems {
            name: name.to_owned(),
            problems,
        })
    }
}
