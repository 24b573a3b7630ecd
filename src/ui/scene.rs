//! What views see: everything, and nothing that they could change but the outbox.

use std::sync::Arc;

use super::{
    action::Outbox,
    comparing::Comparing,
    desk::{Desk, Position},
    editions::FormReading,
    evidence::Evidencing,
    exporting::Exporting,
    faces::Faces,
    facts::ProjectFacts,
    filling_in::FillingIn,
    importing::Importing,
    ledger::Ledgering,
    library::Librarian,
    merging::Merging,
    outgoing::Outgoing,
    pictures::EditionPictures,
    printing::Printing,
    versions::Versions,
};
use crate::{
    edit::refusal::Refusal,
    model::{edition::Edition, path::Place, project::Project},
    rules::profile::InForce,
    session::{environment::Environment, session::Access},
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
    /// What was compared.
    pub comparing: &'a Comparing,
    /// What is on its way into the 指标库.
    pub library: &'a Librarian,
    /// Earlier versions of a file.
    pub versions: &'a Versions,
    /// What goes to others as one file.
    pub outgoing: &'a Outgoing,
    /// What is being merged.
    pub merging: &'a Merging,
    /// What is on its way into the 整改台账.
    pub ledger: &'a Ledgering,
    /// What is known of the files of 佐证材料.
    pub evidence: &'a Evidencing,
    /// 填报表 on their way out and back.
    pub filling_in: &'a FillingIn,
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
    /// Why nothing may be typed into the form; `None` where it may.
    pub fn lock_of(&self, shown: &Shown) -> Option<Refusal> {
        let stage = shown.project.stage;
        if !stage.is_editable() {
            return Some(Refusal::LockedByStage(stage));
        }
        let is_reviewing = self.desk.is_some_and(|desk| desk.session.is_reviewing());
        if self.is_only_looking() {
            return Some(Refusal::OnlyLooking);
        }
        is_reviewing.then_some(Refusal::Reviewing)
    }

    /// Whether something may be typed at a place: the working paper is open where the form is locked. While reviewing, fields
    /// take what is typed and say why it is not kept.
    pub fn may_type(&self, shown: &Shown, place: &Place) -> bool {
        shown.project.is_open(place) && !self.is_only_looking()
    }

    /// Whether the document was opened to look at it only.
    fn is_only_looking(&self) -> bool {
        self.desk
            .is_some_and(|desk| desk.session.access() == Access::Looking)
    }

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
