//! A document as several, one for each project, and several as one. Projects keep their ids, so whatever is split finds together
//! again.

use std::sync::Arc;

use crate::model::{
    document::Document,
    edition::Edition,
    id::{Id, IdSource},
    project::Project,
};

use super::merge::Merge;

/// A document for each project, with the edition that travels with it and its part of the 整改台账. `more` are editions that are
/// to travel too. The documents have ids of their own: what they lack was not removed from the whole.
pub fn split(document: &Document, more: &[Arc<Edition>], ids: &mut dyn IdSource) -> Vec<Document> {
    let editions = || document.editions.iter().chain(more);
    let part = |project: &Arc<Project>, ids: &mut dyn IdSource| {
        let mut part = Document::new(Id::new(ids));
        part.projects.push(Arc::clone(project));
        let used = editions().find(|edition| edition.reference() == project.edition);
        part.editions.extend(used.cloned());
        let ledger = document.ledger.iter();
        let own = ledger.filter(|entry| entry.project == Some(project.id));
        part.ledger = own.cloned().collect();
        part
    };
    let projects = document.projects.iter();
    projects.map(|project| part(project, ids)).collect()
}

/// Several documents put together.
#[derive(Debug, Clone)]
pub struct Joined {
    /// The projects of all, each once.
    pub document: Document,
    /// How documents that had a project in common were joined, in their order: those with conflicts only. The earlier document
    /// stands where nobody decides.
    pub clashes: Vec<Merge>,
}

/// Puts documents together, in their order, under a new id.
pub fn join(documents: &[Arc<Document>], ids: &mut dyn IdSource) -> Joined {
    let mut joined = Joined {
        document: Document::new(Id::new(ids)),
        clashes: Vec::new(),
    };
    for document in documents {
        let merge = Merge::new(None, Arc::new(joined.document), Arc::clone(document));
        joined.document = (**merge.merged()).clone();
        if merge.conflicts().next().is_some() {
            joined.clashes.push(merge);
        }
    }
    joined
}
