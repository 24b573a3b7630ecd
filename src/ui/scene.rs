//! What views see: everything, and nothing that they could change but the outbox.

use std::sync::Arc;

use super::{
    action::Outbox,
    desk::{Desk, Position},
    editions::FormReading,
    exporting::Exporting,
    faces::Faces,
    facts::ProjectFacts,
    importing::Importing,
    library::Librarian,
    pictures::EditionPictures,
    printing::Printing,
};
use crate::{
    model::{edition::Edition, project::Project},
    rules::profile::InForce,
    session::environment::Environment,
    store::settings::Settings,
};

/// What a view sees.
pub struct Scene<'a> {
    /// Clock, ids, disk, editions.
    pub environment: &'a Arc<Environment>,
    /// What the person has set.
    pub settings: &'a Settings,
    /// By what is checked.
    pub in_force: &'a InForce,
    /// The open document.
    pub desk: Option<&'a Desk>,
    /// Pictures of blank forms.
    pub pictures: &'a EditionPictures,
    /// The edition that is being made of a form.
    pub form: &'a FormReading,
    /// The proof of what is printed.
    pub printing: &'a Printing,
    /// What is being imported.
    pub importing: &'a Importing,
    /// What is being exported.
    pub exporting: &'a Exporting,
    /// What is on its way into the 指标库.
    pub library: &'a Librarian,
    /// Faces of the system.
    pub faces: &'a Faces,
    /// Where the person is in it. The one thing that views set themselves.
    pub position: &'a mut Position,
    /// Where the view puts what it asks for.
    pub send: &'a mut Outbox,
}

/// The shown project with everything about it; cheap to make.
#[derive(Clone)]
pub struct Shown {
    /// The project.
    pub project: Arc<Project>,
    /// Its edition.
    pub edition: Arc<Edition>,
    /// What follows from it.
    pub facts: Arc<ProjectFacts>,
}

impl Scene<'_> {
    /// The shown project, where there is one and its edition is at hand.
    pub fn shown(&self) -> Option<Shown> {
        Shown::of(self.desk?, self.position)
    }
}

impl Shown {
    /// The project at a position, where there is one and its edition is at hand.
    pub fn of(desk: &Desk, position: &Position) -> Option<Self> {
        let project = desk.project(position.project)?;
        let facts = desk.facts.project(project.id)?;
        Some(Self {
            project: Arc::clone(project),
            edition: facts.edition.clone()?,
            facts: Arc::clone(facts),
        })
    }
}
