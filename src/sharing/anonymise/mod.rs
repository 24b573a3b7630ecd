//! 脱敏副本: the same document without the names of anybody, for those who are asked for help. Structure and figures stay, so
//! what the checks find stays of the same kind; the same name becomes the same 代称 everywhere.
//!
//! | module | what it is |
//! |---|---|
//! | `found` | which words tell whose form it is |
//! | `replacing` | putting others in their place, in every text |

mod found;
mod replacing;

use std::sync::Arc;

use crate::model::{document::Document, edition::Edition, id::IdSource, project::Project};
use replacing::Replacing;

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 主管部门, 实施单位
    Unit,
    /// 项目名称
    Project,
    /// The name of a person.
    Person,
    /// 省, 市, 区, 县
    Region,
    /// 项目编码
    Code,
    /// 文号
    DocumentNumber,
    /// A telephone number.
    Telephone,
    /// An address of e-mail.
    Mail,
    /// 身份证号
    Identity,
    /// The number of an account.
    Account,
    /// What the person added.
    Other,
}

impl Kind {
    /// What it is called in lists.
    pub fn words(self) -> &'static str {
        match self {
            Self::Unit => "单位",
            Self::Project => "项目",
            Self::Person => "人员",
            Self::Region => "地区",
            Self::Code => "编码",
            Self::DocumentNumber => "文号",
            Self::Telephone => "电话",
            Self::Mail => "邮箱",
            Self::Identity => "证件号",
            Self::Account => "账号",
            Self::Other => "其他",
        }
    }
}

/// A word and what stands in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub text: String,
    /// 代称: what is put in its place ("单位1").
    pub alias: String,
    /// What it is.
    pub kind: Kind,
    /// How many cells and notes hold it.
    pub places: usize,
    /// Whether it is replaced.
    pub is_on: bool,
}

/// What is replaced by what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The words, in the order of their kinds.
    pub words: Vec<Word>,
}

/// Why a word cannot be added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadWord {
    /// One character stands in too many words.
    #[error("要隐去的词至少两个字，没有添加。")]
    TooShort,
    /// It is part of what replaces others.
    #[error("“{0}”是代称用的词，没有添加。请写得完整一些，例如带上单位名称。")]
    OfAliases(String),
    /// It is on the list.
    #[error("“{0}”已在清单中。")]
    Known(String),
}

/// No copy could be made, which would be a fault of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "没有生成脱敏副本：替换后的内容不再是完整的文件。请减少要隐去的词再试一次。原文件没有改动。"
)]
pub struct NotMade;

impl Plan {
    /// All that is found in the document by fields, labels and forms of numbers.
    pub fn of(document: &Document, edition_of: &dyn Fn(&Project) -> Option<Arc<Edition>>) -> Self {
        let mut plan = Self {
            words: found::words(document, edition_of),
        };
        plan.count(document);
        plan
    }

    /// Adds a word of the person's own.
    ///
    /// # Errors
    ///
    /// It would replace too much, or is there already.
    pub fn add(&mut self, word: &str, document: &Document) -> Result<(), BadWord> {
        let word = word.trim();
        if word.chars().nth(1).is_none() {
            return Err(BadWord::TooShort);
        }
        if found::is_of_aliases(word) {
            return Err(BadWord::OfAliases(word.to_owned()));
        }
        if let Some(known) = self.words.iter_mut().find(|known| known.text == word) {
            if known.is_on {
                return Err(BadWord::Known(word.to_owned()));
            }
            known.is_on = true;
            return Ok(());
        }
        let number = 1 + self
            .words
            .iter()
            .filter(|known| known.kind == Kind::Other)
            .count();
        self.words.push(Word {
            text: word.to_owned(),
            alias: format!("{}{number}", Kind::Other.words()),
            kind: Kind::Other,
            places: 0,
            is_on: true,
        });
        self.count(document);
        Ok(())
    }

    /// The document with the words replaced, ids renewed, and without what tells of the file: paths, content hashes, fields of
    /// other programs.
    ///
    /// # Errors
    ///
    /// What came of it is no document.
    pub fn copy(&self, document: &Document, ids: &mut dyn IdSource) -> Result<Document, NotMade> {
        let on: Vec<&Word> = self.words.iter().filter(|word| word.is_on).collect();
        let copy = Replacing::new(&on, Some(ids)).copy(document);
        copy.ok_or(NotMade)
    }

    fn count(&mut self, document: &Document) {
        let places = found::places(document, &self.words);
        for (word, places) in self.words.iter_mut().zip(places) {
            word.places = places;
        }
    }
}
