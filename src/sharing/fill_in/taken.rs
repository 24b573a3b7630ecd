//! What is taken of what came back: the document as it was sent and as it came back, for merging, and what is told of it.

use std::sync::Arc;

use super::read::{Answer, NewRow, Returned, ReturnedForm};
use crate::{
    edit::{
        apply::apply,
        command::{EditCommand, NewParts},
        refusal::Refusal,
    },
    model::{
        document::Document,
        edition::Edition,
        id::Id,
        indicator::Group,
        project::Project,
        sending::{Return, Sending},
    },
};

/// What a person decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choices {
    /// Whether cells that were locked and are changed all the same are taken.
    pub locked: bool,
    /// Whether rows that were not sent become new indicators.
    pub rows: bool,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            locked: false,
            rows: true,
        }
    }
}

/// What is to be merged.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// The document with the texts that were sent; `None` where of no file it is known what was sent.
    pub base: Option<Document>,
    /// The document with the texts that came back.
    pub theirs: Document,
    /// Notes that the forms came back; to be made in the same step.
    pub records: Vec<EditCommand>,
    /// How many cells and rows came back changed.
    pub changes: usize,
    /// What a person should know, one sentence each.
    pub notes: Vec<String>,
}

/// What came back as documents to merge. Of two files with the same project the one that was saved later counts. `now` is when
/// they are taken in, as "2021-03-05 14:32"; `edition_of` tells the edition of a project.
pub fn offer(
    document: &Document,
    returned: &[Returned],
    choices: Choices,
    now: &str,
    edition_of: &dyn Fn(&Project) -> Option<Arc<Edition>>,
) -> Offer {
    let mut offer = Offer {
        base: returned
            .iter()
            .any(|one| one.forms.iter().any(|form| form.has_base))
            .then(|| document.clone()),
        theirs: document.clone(),
        records: Vec::new(),
        changes: 0,
        notes: Vec::new(),
    };
    let mut order: Vec<&Returned> = returned.iter().collect();
    order.sort_by(|one, other| one.saved.cmp(&other.saved));
    for one in &order {
        let mut taken = 0;
        for form in &one.forms {
            let later = order.iter().rev().find(|other| other.has(form.project));
            if later.is_some_and(|later| !std::ptr::eq(*later, *one)) {
                let name = &form.name;
                offer.notes.push(format!(
                    "{}：另一个文件里有保存得更晚的“{name}”，没有取这一份。",
                    one.file
                ));
                continue;
            }
            taken += offer.take(document, form, choices, edition_of);
        }
        offer.changes += taken;
        offer.records.push(record(document, one, taken, now));
    }
    offer
}

impl Returned {
    fn has(&self, project: Id<Project>) -> bool {
        self.forms.iter().any(|form| form.project == project)
    }

    /// What is to be said before it is taken: that it, or a later one, was taken in before.
    pub fn cautions(&self, document: &Document) -> Vec<String> {
        let mut cautions = Vec::new();
        let own = document
            .sendings
            .iter()
            .find(|one| Some(one.id) == self.sending);
        let again = own.and_then(|own| own.returns.iter().find(|known| known.content == self.hash));
        if let Some(again) = again {
            cautions.push(format!(
                "这个文件已于 {} 收回过，内容完全相同。",
                again.time
            ));
        } else if let Some(own) = own {
            let is_later = |known: &&Return| !self.saved.is_empty() && known.saved > self.saved;
            if let Some(later) = own.returns.iter().find(is_later) {
                cautions.push(format!(
                    "已收回过保存得更晚的一份（{}，{} 收回），这一份较旧，请核对后再取入。",
                    later.file, later.time
                ));
            }
        }
        let is_newer = |other: &&Arc<Sending>| {
            Some(other.id) != self.sending
                && !self.sent.is_empty()
                && other.time > self.sent
                && !other.returns.is_empty()
                && other.projects.iter().any(|project| self.has(*project))
        };
        if let Some(newer) = document.sendings.iter().find(is_newer) {
            cautions.push(format!(
                "其中的项目后来又发出过（{}），并且已经收回；这一份是更早发出的，请核对后再取入。",
                newer.time
            ));
        }
        cautions
    }
}

impl Offer {
    /// Takes a form; how many cells and rows of it came back changed.
    fn take(
        &mut self,
        document: &Document,
        form: &ReturnedForm,
        choices: Choices,
        edition_of: &dyn Fn(&Project) -> Option<Arc<Edition>>,
    ) -> usize {
        let Some(project) = document.project(form.project) else {
            return 0;
        };
        let (name, stage) = (&form.name, project.stage);
        if !stage.is_editable() {
            self.notes.push(format!(
                "项目“{name}”处于“{stage}”阶段，内容已锁定，没有取入。需要取入的，请先退回或改回“自评”。"
            ));
            return 0;
        }
        let wanted = |answer: &&Answer| answer.is_open || (choices.locked && answer.is_changed());
        let answers: Vec<&Answer> = form.answers.iter().filter(wanted).collect();
        if form.has_base
            && let Some(base) = &mut self.base
        {
            for answer in &answers {
                // What cannot be put back is as it is now; then what came back is refused below.
                let _ = set(base, answer, &answer.sent);
            }
            for answer in &answers {
                let _ = set(&mut self.theirs, answer, &answer.sent);
            }
        }
        let edition = edition_of(project);
        let mut taken = 0;
        for answer in answers.into_iter().filter(|answer| answer.is_changed()) {
            match set(&mut self.theirs, answer, &answer.returned) {
                Ok(()) => taken += 1,
                Err(refusal) => {
                    let place = edition
                        .as_ref()
                        .map_or_else(String::new, |edition| answer.at.in_words(project, edition));
                    self.notes.push(format!("{name} · {place}：{refusal}"));
                }
            }
        }
        if choices.rows {
            taken += form
                .added
                .iter()
                .filter(|row| self.add(form.project, row))
                .count();
        }
        taken
    }

    /// Adds a row; whether it is new.
    fn add(&mut self, project: Id<Project>, row: &NewRow) -> bool {
        let Some(own) = self.theirs.project(project) else {
            return false;
        };
        let is_known = own.rows().any(|view| view.indicator.id == row.indicator.id);
        let Some(index) = index_of(own, row).filter(|_| !is_known) else {
            return false;
        };
        let parts = NewParts::Indicators(row.group, vec![row.indicator.clone()]);
        let command = EditCommand::Insert {
            project,
            parts,
            index,
        };
        match apply(&self.theirs, &command) {
            Ok(document) => {
                self.theirs = document;
                true
            }
            Err(refusal) => {
                let name = &row.indicator.name;
                self.notes
                    .push(format!("新增的“{name}”没有加入：{refusal}"));
                false
            }
        }
    }
}

/// Where a new row belongs in its group: behind the row above it, and behind new ones that stand there already.
fn index_of(project: &Project, row: &NewRow) -> Option<usize> {
    let group: &Group = project
        .groups()
        .find(|view| view.group.id == row.group)?
        .group;
    let after = row
        .after
        .and_then(|after| group.indicators.position(|one| one.id == after));
    Some(match after {
        Some(after) => after + 1,
        None => group.indicators.len(),
    })
}

fn set(document: &mut Document, answer: &Answer, text: &str) -> Result<(), Refusal> {
    let command = EditCommand::SetCell {
        at: answer.at.clone(),
        text: text.to_owned(),
    };
    *document = apply(document, &command)?;
    Ok(())
}

/// The note that a form came back; where it is not listed, with the form itself.
fn record(document: &Document, returned: &Returned, taken: usize, now: &str) -> EditCommand {
    let given = Return {
        time: now.to_owned(),
        file: returned.file.clone(),
        content: returned.hash.clone(),
        saved: returned.saved.clone(),
        taken: match taken {
            0 => "没有改动".into(),
            count => format!("交回 {count} 处改动").as_str().into(),
        },
        unknown: Default::default(),
    };
    let projects: Vec<Id<Project>> = returned.forms.iter().map(|form| form.project).collect();
    let listed = document
        .sendings
        .iter()
        .find(|one| Some(one.id) == returned.sending);
    // Without its ticket, it is the latest that these projects were sent in.
    let latest = || {
        let sendings = document.sendings.iter().rev();
        let mut sendings =
            sendings.filter(|one| projects.iter().all(|own| one.projects.contains(own)));
        sendings.next().filter(|_| returned.sending.is_none())
    };
    if let Some(known) = listed.or_else(latest) {
        return EditCommand::RecordReturn {
            sending: known.id,
            given,
        };
    }
    let id = returned.sending.unwrap_or_else(|| {
        // What came back alone tells which it was.
        Id::from_bits(
            projects
                .first()
                .map_or(0, |project| project.bits())
                .rotate_left(1),
        )
    });
    EditCommand::RecordSending {
        sending: Sending {
            id,
            to: returned.to.clone(),
            projects,
            file: returned.file.clone(),
            time: returned.sent.clone(),
            due: returned.due.clone(),
            returns: vec![given],
            unknown: Default::default(),
        },
    }
}
