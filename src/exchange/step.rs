//! What was recognised becomes one step of editing: new projects, projects that take the place of others, approved values and
//! accounts. Either all of it is made or nothing.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    account::{accounts, name_of},
    recognise::{File, Form, FormKind, Recognised},
    report::{Entry, Fate, Source},
};
use crate::{
    edit::{apply::apply, command::EditCommand, refusal::Refusal},
    model::{
        document::{Document, RowView},
        edition::Edition,
        figure::MoneyUnit,
        folding::squeezed,
        id::Id,
        indicator::{Approved, Indicator, Removed},
        last_year::LastYear,
        path::{CellPath, GoalField, IndicatorField, Place},
        project::{Project, fund, header},
        typed::trim,
    },
    store::editions::{EditionShelf, Origin},
};

/// What becomes of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Take {
    /// A new project behind the others.
    New,
    /// A new project in the place of this one, which goes with all that is filed in it.
    Replace(Id<Project>),
    /// Its values are recorded as the approved ones of this project, which may be one that the same step brings.
    Approve(Id<Project>),
    /// It is recorded as last year's form of this project.
    LastYear(Id<Project>),
    /// Nothing.
    Skip,
}

/// One step with all that is imported.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// The step.
    pub command: EditCommand,
    /// The first project that is new or changed.
    pub first: Option<Id<Project>>,
    /// What goes nowhere or was guessed, beyond what the report of the recogniser says.
    pub entries: Vec<Entry>,
}

impl Import {
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        matches!(&self.command, EditCommand::Many { commands, .. } if commands.is_empty())
    }
}

/// What is proposed for every form: 绩效目标申报表 and 批复表 are the approved values of the one project that they name, among the
/// forms or else in the document; all else is new.
pub fn proposed(document: &Document, recognised: &Recognised) -> Vec<Take> {
    let forms = recognised.forms.iter();
    let coming: Vec<&Project> = forms
        .filter(|form| form.what != FormKind::Targets)
        .map(|form| &form.project)
        .collect();
    let there: Vec<&Project> = document
        .projects
        .iter()
        .filter(|project| project.stage.is_editable())
        .map(|project| &**project)
        .collect();
    let propose = |form: &Form| match form.what {
        FormKind::SelfEvaluation | FormKind::Monitoring => Take::New,
        FormKind::Targets => only_same(&coming, &form.project)
            .or_else(|| only_same(&there, &form.project))
            .map_or(Take::New, Take::Approve),
    };
    recognised.forms.iter().map(propose).collect()
}

/// The one of `projects` that is the same as `project`, where there is exactly one.
fn only_same(projects: &[&Project], project: &Project) -> Option<Id<Project>> {
    let mut same = projects.iter().filter(|one| are_same(one, project));
    match (same.next(), same.next()) {
        (Some(only), None) => Some(only.id),
        _ => None,
    }
}

/// The project of the document that a form is about: it has the same code or name, and the same year.
pub fn twin(document: &Document, form: &Form) -> Option<Id<Project>> {
    let mut projects = document.projects.iter();
    let twin = projects.find(|project| are_same(project, &form.project))?;
    Some(twin.id)
}

/// The project of the document whose last year a form is of: it has the same code, or the same name and unit, and is of the year
/// after.
pub fn next_year(document: &Document, form: &Form) -> Option<Id<Project>> {
    let year = form.project.year()?.checked_add(1)?;
    let kinship = form.project.kinship();
    let is_next = |project: &Project| {
        project.year() == Some(year) && project.kinship().iter().any(|kin| kinship.contains(kin))
    };
    let mut projects = document.projects.iter();
    projects
        .find(|project| is_next(project))
        .map(|project| project.id)
}

/// Whether two forms are about the same project in the same year. A form without a year may be of any.
fn are_same(one: &Project, other: &Project) -> bool {
    let key = |project: &Project, key| squeezed(project.header(key));
    let codes = [one, other].map(|project| key(project, header::PROJECT_CODE));
    let names = [one, other].map(|project| key(project, header::PROJECT_NAME));
    let is_same = |texts: &[String; 2]| !texts[0].is_empty() && texts[0] == texts[1];
    let has_both_codes = codes.iter().all(|code| !code.is_empty());
    let is_same_year = match (one.year(), other.year()) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    is_same_year && (is_same(&codes) || !has_both_codes && is_same(&names))
}

/// The step that takes the forms of `recognised` as `taking` says, in the same order, and then its budget and payment tables,
/// with their amounts in `unit` or else in the unit they say. `shelf` is the document's; `files` are what was recognised.
///
/// # Errors
///
/// Something of it is not allowed.
pub fn step(
    document: &Document,
    shelf: &EditionShelf,
    files: &[File],
    recognised: &Recognised,
    taking: &[Take],
    unit: Option<MoneyUnit>,
) -> Result<Import, Refusal> {
    let mut draft = Draft::new(document);
    let taken = || recognised.forms.iter().zip(taking);
    for (form, take) in taken() {
        match take {
            Take::New => draft.bring(form, shelf, usize::MAX)?,
            Take::Replace(old) => draft.replace(form, shelf, *old)?,
            Take::Approve(_) | Take::LastYear(_) | Take::Skip => {}
        }
    }
    let mut approved = BTreeSet::new();
    for (form, take) in taken() {
        if let Take::Approve(project) = take {
            draft.approve(form, recognised, *project)?;
            approved.insert(*project);
        }
    }
    let mut recorded = BTreeSet::new();
    for (form, take) in taken() {
        if let Take::LastYear(project) = take {
            draft.record(form, files, *project)?;
            recorded.insert(*project);
        }
    }
    let shelf = shelf.for_document(&draft.document);
    let edition_of = |project: &Project| Some(shelf.get(&project.edition)?.edition);
    let booked = accounts(
        &draft.document,
        &edition_of,
        files,
        &recognised.accounts,
        unit,
        &draft.projects,
    )?;
    let first = draft
        .projects
        .iter()
        .chain(&approved)
        .chain(&recorded)
        .chain(&booked.projects);
    let first = first.copied().next();
    draft.commands.extend(booked.commands);
    draft.entries.extend(booked.entries);
    Ok(Import {
        command: EditCommand::Many {
            label: label([
                draft.projects.len(),
                approved.len(),
                recorded.len(),
                booked.projects.len(),
            ]),
            commands: draft.commands,
        },
        first,
        entries: draft.entries,
    })
}

/// "导入 3 个项目、1 个项目的批复值"
fn label(counts: [usize; 4]) -> String {
    const WHAT: [&str; 4] = [
        "个项目",
        "个项目的批复值",
        "个项目的上年数据",
        "个项目的账面数",
    ];
    let told = counts.iter().zip(WHAT).filter(|(count, _)| **count > 0);
    let told: Vec<String> = told
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    match told.as_slice() {
        [] => "导入 0 个项目".into(),
        told => format!("导入 {}", told.join("、")),
    }
}

/// The document as it becomes, with the changes so far: each is made at once, so that the next sees it.
struct Draft {
    document: Document,
    commands: Vec<EditCommand>,
    projects: Vec<Id<Project>>,
    entries: Vec<Entry>,
}

impl Draft {
    fn new(document: &Document) -> Self {
        Self {
            document: document.clone(),
            commands: Vec::new(),
            projects: Vec::new(),
            entries: Vec::new(),
        }
    }

    fn make(&mut self, command: EditCommand) -> Result<(), Refusal> {
        self.make_all(vec![command])
    }

    fn make_all(&mut self, commands: Vec<EditCommand>) -> Result<(), Refusal> {
        let step = EditCommand::Many {
            label: String::new(),
            commands,
        };
        self.document = apply(&self.document, &step)?;
        if let EditCommand::Many { commands, .. } = step {
            self.commands.extend(commands);
        }
        Ok(())
    }

    /// A form as a new project; an edition that is not built in travels with it.
    fn bring(&mut self, form: &Form, shelf: &EditionShelf, index: usize) -> Result<(), Refusal> {
        if !is_built_in(shelf, &form.edition) {
            let edition = Arc::clone(&form.edition);
            self.make(EditCommand::EmbedEdition { edition })?;
        }
        self.projects.push(form.project.id);
        let project = Arc::new(form.project.clone());
        self.make(EditCommand::InsertProject { index, project })
    }

    fn replace(
        &mut self,
        form: &Form,
        shelf: &EditionShelf,
        old: Id<Project>,
    ) -> Result<(), Refusal> {
        let at = self.document.projects.position(|known| known.id == old);
        self.bring(form, shelf, at.ok_or(Refusal::UnknownProject)?)?;
        self.make(EditCommand::RemoveProject { project: old })
    }

    /// A form as what is known of a project's last year.
    fn record(&mut self, form: &Form, files: &[File], project: Id<Project>) -> Result<(), Refusal> {
        let source = name_of(files, &form.source);
        let last = LastYear::of(&form.project, Some(&form.edition), source);
        self.make(EditCommand::SetLastYear {
            project,
            last: Some(Arc::new(last)),
        })
    }

    /// A form's rows as the approved values of a project's rows. What the project states stays; what it lacks is listed.
    fn approve(
        &mut self,
        form: &Form,
        recognised: &Recognised,
        id: Id<Project>,
    ) -> Result<(), Refusal> {
        let project = self.document.project(id).ok_or(Refusal::UnknownProject)?;
        let project = Arc::clone(project);
        let sources = Sources { form, recognised };
        let mut rows = Unapproved::of(&project);
        let mut commands = Vec::new();
        for view in form.project.rows() {
            let row = view.indicator;
            if trim(&row.name).is_empty() {
                continue;
            }
            let Some(of) = rows.take(&view) else {
                let is_listed = row.is_applicable();
                if is_listed {
                    let removed = Removed::of(&view, row.filed());
                    commands.push(EditCommand::ListRemoved {
                        project: id,
                        removed,
                    });
                }
                let place = Place::Indicator(row.id, IndicatorField::Name);
                let note = if is_listed { LISTED } else { WAIVED };
                self.entries.push(sources.left_out(&place, &row.name, note));
                continue;
            };
            commands.extend(found_again(&project, &view));
            commands.push(EditCommand::ApproveRow {
                project: id,
                row: of.id,
                approved: Some(approved(row, of)),
            });
        }
        self.make_all(commands)?;
        self.approve_goal(&sources, &project)?;
        self.entries.extend(sources.funds_left_out());
        Ok(())
    }

    /// The approved goal fills in a blank one; where both say something, the form's own stays.
    fn approve_goal(&mut self, sources: &Sources<'_>, project: &Project) -> Result<(), Refusal> {
        let goals = sources.form.project.goals.iter();
        for (told, own) in goals.zip(project.goals.iter()) {
            let text = &*told.expected;
            if trim(text).is_empty() || squeezed(text) == squeezed(&own.expected) {
                continue;
            }
            if trim(&own.expected).is_empty() {
                self.make(EditCommand::SetCell {
                    at: project.at(Place::Goal(own.id, GoalField::Expected)),
                    text: text.to_owned(),
                })?;
            } else {
                self.entries.push(sources.left_out(
                    &Place::Goal(told.id, GoalField::Expected),
                    text,
                    "批复的预期目标与自评表中的不同，自评表没有改动。请核对。",
                ));
            }
        }
        Ok(())
    }
}

fn is_built_in(shelf: &EditionShelf, edition: &Arc<Edition>) -> bool {
    let mut known = shelf.list().iter();
    known.any(|known| known.origin == Origin::BuiltIn && known.edition == *edition)
}

/// What is told of an approved indicator that the form lacks.
const LISTED: &str = "自评表中没有这个指标，已列入“批复中有、表中没有的指标”。请在自评表中补上这一行；只是名称写法不同的，改正名称后重新导入。";

/// What is told of a row that asks for nothing.
const WAIVED: &str = "批复表中这一行不适用，没有登记。";

/// Takes an indicator that the form has by now off the list of those that it lacks.
fn found_again(project: &Project, told: &RowView<'_>) -> Option<EditCommand> {
    let (section, group) = (told.section.name(), told.group.name());
    let is_it = |removed: &&Arc<Removed>| {
        removed.cancelled.is_none() && removed.is_named(section, group, &told.indicator.name)
    };
    let removed = project.removed.iter().find(is_it)?;
    Some(EditCommand::DropRemoved {
        project: project.id,
        removed: removed.id,
    })
}

/// The values of a row as approved. What the approval does not state counts as filed.
fn approved(told: &Indicator, filed: &Indicator) -> Approved {
    let (told, filed) = (told.filed(), filed.filed());
    let or_filed = |told: String, filed: String| if trim(&told).is_empty() { filed } else { told };
    Approved {
        name: or_filed(told.name, filed.name),
        nature: or_filed(told.nature, filed.nature),
        target: or_filed(told.target, filed.target),
        unit: or_filed(told.unit, filed.unit),
        weight: or_filed(told.weight, filed.weight),
        unknown: Default::default(),
    }
}

/// The rows of a project that no row of the approval was found to be yet.
struct Unapproved<'p> {
    rows: Vec<(Option<RowView<'p>>, [String; 3])>,
}

impl<'p> Unapproved<'p> {
    fn of(project: &'p Project) -> Self {
        let rows = project.rows().map(|view| (Some(view), names(&view)));
        Self {
            rows: rows.collect(),
        }
    }

    /// The row of the same name in the same section and group; else the only one of that name.
    fn take(&mut self, told: &RowView<'_>) -> Option<&'p Indicator> {
        let wanted = names(told);
        let open = |(view, _): &&(Option<RowView<'p>>, [String; 3])| view.is_some();
        let exact = self
            .rows
            .iter()
            .position(|row| open(&row) && row.1 == wanted);
        let at = exact.or_else(|| {
            let same_name = |row: &(Option<RowView<'p>>, [String; 3])| row.1[2] == wanted[2];
            let mut named = self.rows.iter().filter(|row| same_name(row));
            let only = named.next().is_some() && named.next().is_none();
            let at = self
                .rows
                .iter()
                .position(|row| open(&row) && same_name(row));
            at.filter(|_| only)
        })?;
        let view = self.rows.get_mut(at)?.0.take()?;
        Some(view.indicator)
    }
}

/// Section, group and row by name, to compare.
fn names(view: &RowView<'_>) -> [String; 3] {
    [
        view.section.name(),
        view.group.name(),
        view.indicator.name.as_str(),
    ]
    .map(squeezed)
}

/// Where the parts of a form stand in its file.
struct Sources<'a> {
    form: &'a Form,
    recognised: &'a Recognised,
}

impl Sources<'_> {
    fn of(&self, place: &Place) -> Source {
        let is_at = |at: &CellPath| at.project == self.form.project.id && at.place == *place;
        let mut entries = self.recognised.report.entries.iter();
        let entry = entries.find(|entry| entry.target.as_ref().is_some_and(is_at));
        entry
            .map_or(&self.form.source, |entry| &entry.source)
            .clone()
    }

    fn left_out(&self, place: &Place, text: &str, note: &str) -> Entry {
        Entry {
            fate: Fate::Ignored,
            source: self.of(place),
            text: text.to_owned(),
            target: None,
            field: String::new(),
            note: note.to_owned(),
        }
    }

    /// The amounts of an approval, which are not approved row by row.
    fn funds_left_out(&self) -> impl Iterator<Item = Entry> {
        const AMOUNTS: [&str; 3] = [fund::INITIAL, fund::ADJUSTED, fund::EXECUTED];
        let funds = self.form.project.funds.iter();
        funds.flat_map(|row| {
            let filled = AMOUNTS.iter().filter(|key| !row.figure(key).is_empty());
            filled.map(|key| {
                let place = Place::Fund(row.id, (*key).to_owned());
                let note =
                    "批复表的资金没有登记，自评表没有改动。需要核对的，请导入预算或支付明细表。";
                self.left_out(&place, row.figure(key).text(), note)
            })
        })
    }
}
