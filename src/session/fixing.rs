//! The fixes of one rule in one project, made one after another: each is worked out on the form as those before it left it. A
//! fix of a score carries the total with it, and two may change the same cell; made side by side, the last would win.

use std::sync::Arc;

use jiff::civil::Date;

use crate::{
    edit::{apply::apply, command::EditCommand, refusal::Refusal},
    model::{document::Document, edition::Edition, id::Id, project::Project},
    rules::{
        catalogue::Check,
        checker::check_by,
        finding::{CellChange, Finding, Fix},
        profile::InForce,
    },
};

/// What mends several findings together.
#[derive(Debug, Default)]
pub struct Mended {
    /// The cells and their new texts, in the order in which they are set; a cell may come up again.
    pub changes: Vec<CellChange>,
    /// How many findings that were. What was mended along with another one is not counted.
    pub count: usize,
}

/// Whether a fix may be made along with others: what was set aside stays as it is.
pub fn is_offered(finding: &Finding) -> bool {
    finding.fix.is_some() && finding.explained.is_none()
}

/// The changes that mend `findings`, all of one rule and of `project`. They are those of a check by the rules in force.
///
/// # Errors
///
/// A change is not allowed.
pub fn one_after_another(
    project: &Arc<Project>,
    findings: &[&Finding],
    edition: &Arc<Edition>,
    in_force: &InForce,
    today: Date,
) -> Result<Mended, Refusal> {
    let (edition, applied) = in_force.on(edition);
    let mut draft = Document::new(Id::from_bits(0));
    draft.projects.push(Arc::clone(project));
    let mut mended = Mended::default();
    for finding in findings {
        // What shows only beside other projects is not found again here; its fixes do not touch one another.
        let is_as_checked = mended.count == 0 || matches!(finding.rule.check, Check::Across);
        let fix = match (is_as_checked, draft.projects.first()) {
            (false, Some(project)) => {
                let now = check_by(project, &edition, today, &applied).findings;
                now.into_iter()
                    .find(|one| is_offered(one) && one.rule == finding.rule && one.at == finding.at)
                    .and_then(|one| one.fix)
            }
            _ => finding.fix.clone(),
        };
        let Some(fix) = fix else { continue };
        draft = apply(&draft, &command(&fix))?;
        mended.changes.extend(fix.changes);
        mended.count += 1;
    }
    Ok(mended)
}

/// The edit that a fix asks for.
pub fn command(fix: &Fix) -> EditCommand {
    EditCommand::Many {
        label: fix.title.clone(),
        commands: fix.changes.iter().map(change_command).collect(),
    }
}

/// The edit of one cell that a fix asks for.
pub fn change_command(change: &CellChange) -> EditCommand {
    EditCommand::SetCell {
        at: change.at.clone(),
        text: change.new.clone(),
    }
}
