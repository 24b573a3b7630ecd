//! `pack`: 报送材料包.

use super::{
    arguments::{Content, PackArguments},
    written,
};
use crate::{
    cli::{
        Answer, CLEAN, FINDINGS,
        workspace::{Workspace, tell},
    },
    session::{
        outgoing::{
            Target,
            parcel::{ParcelRequest, Prints},
        },
        progress::Progress,
    },
    sheet::layout::Typesetter,
};

/// Writes the parcel and says where it is. What is missing of the evidence is told on the error output, and is a finding where the
/// files were asked for.
pub fn pack(arguments: &PackArguments) -> Answer {
    let workspace = Workspace::new();
    let in_force = workspace.in_force(&arguments.judge)?;
    let file = workspace.open(&arguments.file)?;
    let chosen = file.chosen(arguments.projects.as_deref())?;
    let projects = chosen.iter().map(|project| project.id).collect();
    let has = |content| !arguments.without.contains(&content);
    let request = ParcelRequest {
        projects,
        prints: match (has(Content::Pdf), arguments.each) {
            (false, _) => Prints::None,
            (true, true) => Prints::Each,
            (true, false) => Prints::Together,
        },
        findings: has(Content::Findings),
        register: has(Content::Register),
        evidence: arguments.evidence,
        profile: in_force
            .profile()
            .filter(|_| has(Content::Profile))
            .cloned(),
        face: arguments.font,
    };
    let mut session = file.into_session();
    session.judge_by(in_force);
    let order = session.parcel_order(&request);
    let environment = workspace.environment();
    let survey = order.survey(environment);
    if !arguments.evidence {
        survey.problems.iter().for_each(|problem| tell(problem));
    }
    let target = Target {
        path: &arguments.out,
        replaces: arguments.overwrite,
        source: Some(&arguments.file),
    };
    let made = order.run(
        environment,
        &Typesetter::new(),
        &Progress::default(),
        target,
    )?;
    let is_whole = !arguments.evidence || survey.problems.is_empty();
    Ok((written(&made), if is_whole { CLEAN } else { FINDINGS }))
}
