//! What stands in a workbook that came back: which form is which, what was filled in, what was changed besides, which rows are
//! new.

mod added;
mod answers;
mod whose;

use std::sync::Arc;

pub use added::NewRow;
pub use answers::Answer;

use super::ticket::{NoTicket, Ticket};
use crate::{
    exchange::grid::Content,
    model::{document::Document, edition::Edition, id::Id, project::Project, sending::Sending},
};

/// A file that came back.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// Its name.
    pub file: &'a str,
    /// The hash of its bytes.
    pub hash: &'a str,
    /// What was read of it.
    pub content: &'a Content,
}

/// What came back in a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Returned {
    /// The file's name.
    pub file: String,
    /// The hash of its bytes.
    pub hash: String,
    /// When it was last saved, as it says itself; empty where it does not.
    pub saved: String,
    /// Under what it was listed; `None` where what was noted in it is lost.
    pub sending: Option<Id<Sending>>,
    /// To whom it was given; empty where that is lost.
    pub to: String,
    /// When it was given out.
    pub sent: String,
    /// By when it was to be back.
    pub due: String,
    /// Its forms.
    pub forms: Vec<ReturnedForm>,
    /// What a person should know of it, one sentence each.
    pub notes: Vec<String>,
}

/// A form that came back.
#[derive(Debug, Clone, PartialEq)]
pub struct ReturnedForm {
    /// The project.
    pub project: Id<Project>,
    /// Its name.
    pub name: String,
    /// Whether it is known what stood in it when it was sent.
    pub has_base: bool,
    /// The cells that were sent to be filled in, and all others that were changed.
    pub answers: Vec<Answer>,
    /// Rows that were not sent.
    pub added: Vec<NewRow>,
    /// What a person should know of it, one sentence each.
    pub notes: Vec<String>,
}

impl ReturnedForm {
    /// How many cells that were to be filled in were changed.
    pub fn filled(&self) -> usize {
        let is_filled = |answer: &&Answer| answer.is_open && answer.is_changed();
        self.answers.iter().filter(is_filled).count()
    }

    /// The cells that were locked and are changed all the same.
    pub fn locked(&self) -> impl Iterator<Item = &Answer> {
        self.answers
            .iter()
            .filter(|answer| !answer.is_open && answer.is_changed())
    }
}

/// Why nothing of a file is taken. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// It is no form of this document.
    #[error(
        "没有认出填报表，没有收回任何内容。它可能不是从绩评发出的，或表名和项目名称都改过；这样的表请用“导入”读入。"
    )]
    NotOurs,
    /// It was given out from another document.
    #[error(
        "这份填报表（{0}）是从另一份绩评文件发出的，没有收回任何内容。请打开当初发出它的那份文件，再收回。"
    )]
    OtherDocument(String),
    /// None of its projects is there any more.
    #[error(
        "表中的项目（{0}）已不在本文件中，没有收回任何内容。误删的可以撤销；改在别的文件里的，请打开那份文件再收回。"
    )]
    Gone(String),
}

/// Reads a file that came back, against the document as it is now. `edition_of` tells the edition of a project.
///
/// # Errors
///
/// Why nothing of it is taken.
pub fn read(
    found: Found<'_>,
    document: &Document,
    edition_of: &dyn Fn(&Project) -> Option<Arc<Edition>>,
) -> Result<Returned, NotTaken> {
    let own = &found.content.own;
    let ticket = Ticket::read(own.sheet.as_ref());
    let mut notes = Vec::new();
    match ticket {
        Ok(_) => {}
        Err(NoTicket::Missing) => notes.push(
            "文件中记录发出内容的隐藏工作表已经没有了，改按行的标记和名称与现在的表对应，请仔细核对。".to_owned(),
        ),
        Err(NoTicket::Damaged) => notes.push(
            "文件中记录发出内容的隐藏工作表被改动过，不再可靠，改按行的标记和名称与现在的表对应，请仔细核对。".to_owned(),
        ),
    }
    let ticket = ticket.ok();
    let sheets = whose::sheets(found.content, ticket.as_ref(), document);
    let mut forms: Vec<ReturnedForm> = Vec::new();
    for sheet in sheets {
        let Some(project) = document.project(sheet.project) else {
            continue;
        };
        let Some(edition) = edition_of(project) else {
            notes.push(format!(
                "项目“{}”缺少表样，没有收回。",
                project.shown_name()
            ));
            continue;
        };
        let known = ticket
            .as_ref()
            .and_then(|ticket| ticket.form(sheet.project));
        let form = answers::form(&sheet, known, project, &edition);
        match forms.iter_mut().find(|one| one.project == form.project) {
            // A sheet that was copied: the one in which more was filled in counts.
            Some(other) => {
                notes.push(format!(
                    "项目“{}”在文件中有两张表，只收回填得多的一张，请核对。",
                    project.shown_name()
                ));
                if form.filled() > other.filled() {
                    *other = form;
                }
            }
            None => forms.push(form),
        }
    }
    if forms.is_empty() {
        return Err(refusal(ticket.as_ref(), document));
    }
    if let Some(ticket) = &ticket {
        notes.extend(missing(ticket, &forms, document));
    }
    let head = ticket.as_ref().map(|ticket| &ticket.head);
    Ok(Returned {
        file: found.file.to_owned(),
        hash: found.hash.to_owned(),
        saved: own.saved.clone(),
        sending: head.map(|head| head.sending),
        to: head.map_or_else(String::new, |head| head.to.clone()),
        sent: head.map_or_else(String::new, |head| head.time.clone()),
        due: head.map_or_else(String::new, |head| head.due.clone()),
        forms,
        notes,
    })
}

/// Why nothing was found.
fn refusal(ticket: Option<&Ticket>, document: &Document) -> NotTaken {
    let Some(ticket) = ticket else {
        return NotTaken::NotOurs;
    };
    match ticket.head.document == document.id {
        true => NotTaken::Gone(ticket.names()),
        false => NotTaken::OtherDocument(ticket.names()),
    }
}

/// Forms that were sent and are not in what came back, or not in the document any more.
fn missing(ticket: &Ticket, forms: &[ReturnedForm], document: &Document) -> Vec<String> {
    let sent = ticket.forms.iter().map(|form| &form.head);
    let lost = sent.filter(|head| forms.iter().all(|form| form.project != head.project));
    lost.map(|head| match document.project(head.project) {
        Some(project) => format!(
            "文件中没有找到项目“{}”的表，没有收回它。",
            project.shown_name()
        ),
        None => format!("项目“{}”已不在本文件中，没有收回它。", head.name),
    })
    .collect()
}
