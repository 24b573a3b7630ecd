//! 脱敏副本 of the open document.

use std::{collections::BTreeMap, sync::Arc};

use super::{Target, Written};
use crate::{
    model::{document::Document, edition::Edition, id::Id, project::Project},
    session::{environment::Environment, session::Session},
    sharing::anonymise::Plan,
    store::format,
};

/// A copy without names that is to be made, on any thread.
#[derive(Debug, Clone)]
pub struct AnonymousOrder {
    /// The document.
    pub document: Arc<Document>,
    /// What is replaced.
    pub plan: Plan,
}

impl Session {
    /// What would be replaced in the document as it is now.
    pub fn anonymous_plan(&self) -> Plan {
        Plan::of(self.document(), &|project| self.editions().of(project))
    }

    /// The editions of all projects that have one at hand.
    pub fn editions_of_projects(&self) -> BTreeMap<Id<Project>, Arc<Edition>> {
        let projects = self.document().projects.iter();
        let with_edition =
            projects.filter_map(|project| Some((project.id, self.editions().of(project)?)));
        with_edition.collect()
    }
}

impl AnonymousOrder {
    /// Writes the copy.
    ///
    /// # Errors
    ///
    /// Why it was not written, in words.
    pub fn run(&self, environment: &Environment, target: Target<'_>) -> Result<Written, String> {
        let copy = self.plan.copy(&self.document, &mut &*environment);
        let copy = copy.map_err(|error| error.to_string())?;
        target.write(environment, &format::write(&copy), Vec::new())
    }
}
