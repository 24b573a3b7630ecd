//! 公开版 of chosen projects.

use super::{Target, Written};
use crate::{
    model::{id::Id, project::Project},
    session::{environment::Environment, progress::Progress, session::Session},
    sharing::publish::{Form, Kind, Plan},
    sheet::{fonts::Face, layout::Typesetter},
};

/// What can be published of chosen projects.
#[derive(Debug, Clone, Default)]
pub struct Publishable {
    /// The forms with the names in them.
    pub plan: Plan,
    /// What is left out and why, one sentence each.
    pub left_out: Vec<String>,
}

/// A copy for the public that is to be made, on any thread.
#[derive(Debug, Clone)]
pub struct PublishOrder {
    /// The forms, and what was decided on names.
    pub plan: Plan,
    /// As what.
    pub kind: Kind,
    /// Printed in this face.
    pub face: Face,
}

impl Session {
    /// What can be published of these projects; of all where none is named.
    pub fn publishable(&self, projects: &[Id<Project>]) -> Publishable {
        let (forms, left_out) = self.forms_to_publish(projects);
        Publishable {
            plan: Plan::of(forms),
            left_out,
        }
    }

    /// The forms of these projects that may be made public, and what is left out and why; the names in them are still to be
    /// looked for.
    pub fn forms_to_publish(&self, projects: &[Id<Project>]) -> (Vec<Form>, Vec<String>) {
        let mut forms: Vec<Form> = Vec::new();
        let mut left_out = Vec::new();
        for project in self.document().projects.iter() {
            if !projects.is_empty() && !projects.contains(&project.id) {
                continue;
            }
            let name = project.shown_name();
            match (&project.withheld, self.editions().of(project)) {
                (Some(withheld), _) => left_out.push(match withheld.reason.trim() {
                    "" => format!("“{name}”标为不公开，不放入公开版。"),
                    reason => format!("“{name}”标为不公开（{reason}），不放入公开版。"),
                }),
                (None, Some(edition)) => forms.push((project.clone(), edition)),
                (None, None) => left_out.push(format!("“{name}”缺少表样，放不进公开版。")),
            }
        }
        (forms, left_out)
    }
}

impl PublishOrder {
    /// Writes the copy.
    ///
    /// # Errors
    ///
    /// Why it was not written, in words.
    pub fn run(
        &self,
        environment: &Environment,
        typesetter: &Typesetter,
        progress: &Progress,
        target: Target<'_>,
    ) -> Result<Written, String> {
        target.refuse_source(environment)?;
        progress.begin(0, 1, &self.kind.to_string());
        let time = environment.now().datetime();
        let bytes = self.plan.bytes(self.kind, self.face, time, typesetter);
        let bytes = bytes.map_err(|error| error.to_string())?;
        if progress.is_stopped() {
            return Err("已停止，没有生成公开版。".into());
        }
        target.write(environment, &bytes, Vec::new())
    }
}
