//! What the rules find in an entry, put into a form of its own, and what can be put right at once.

use jiff::civil::Date;

use super::insert::{Place as Where, group_for, insertion};
use crate::{
    edit::{apply::apply, command::EditCommand},
    model::{
        date::WrittenDate,
        document::Document,
        edition::{Edition, Sense},
        id::{CountedIds, Id},
        indicator::Indicator,
        library::Entry,
        measure::Comparator,
        path::{IndicatorField, Place},
        project::{Project, Stage, header},
    },
    rules::{checker::check_project, finding::Finding, usual_unit},
    score::comparator::assumed,
};

/// What is wrong with an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The rule's code.
    pub code: &'static str,
    /// What is wrong, in words.
    pub message: String,
    /// What to do, in words.
    pub hint: String,
}

/// The year of the forms in which entries are tried whose dates have none.
const YEAR: i16 = 2024;

/// The year of the form in which an entry is tried.
fn year_of(entry: &Entry) -> i16 {
    let date = WrittenDate::read(&entry.target);
    date.and_then(|date| date.year).unwrap_or(YEAR)
}

/// What the rules find in the name, sign, value, unit and level of an entry on an edition. An entry that leaves the target open
/// is not told that it does.
pub fn faults(entry: &Entry, edition: &Edition) -> Vec<Fault> {
    let Some(tried) = form_with(entry, edition) else {
        return Vec::new();
    };
    let Ok(today) = Date::new(year_of(entry).saturating_add(1), 1, 15) else {
        return Vec::new();
    };
    let findings = check_project(&tried.project, edition, today).findings;
    findings
        .into_iter()
        .filter(|finding| is_about(finding, &tried, entry))
        .map(|finding| Fault {
            code: finding.rule.code,
            message: finding.message,
            hint: finding.hint,
        })
        .collect()
}

/// An entry in a form.
struct Tried {
    project: Project,
    row: Id<Indicator>,
    /// Whether the form has a group for it.
    is_placed: bool,
}

/// A form with the entry as its last row, filled in as if the target was just reached.
fn form_with(entry: &Entry, edition: &Edition) -> Option<Tried> {
    let mut ids = CountedIds(0);
    let mut project = Project::blank(edition, &mut ids);
    project.stage = Stage::Returned;
    project
        .header
        .insert(header::YEAR.into(), year_of(entry).to_string().into());
    // With two things to be done, a name has to say which it means.
    let others = ["甲类事项办理件数", "乙类事项办理件数"].map(|name| Entry {
        name: name.to_owned(),
        sense: Sense::Quantity,
        comparator: Some(Comparator::AtLeast),
        target: "10".into(),
        unit: "件".into(),
        ..Entry::default()
    });
    let own = group_for(&project, edition, entry);
    let is_placed = own.is_some();
    let group = own.or_else(|| project.groups().next().map(|view| view.group.id))?;
    let mut document = Document::new(Id::new(&mut ids));
    document.projects.push(project);
    let (document, _) = put(&document, edition, &others, Where::ByLevel, &mut ids)?;
    let entries = std::slice::from_ref(entry);
    let place = Where::Group(group, None);
    let (document, rows) = put(&document, edition, entries, place, &mut ids)?;
    let row = *rows.first()?;
    let project = document.projects.first()?;
    let unit = if entry.is_number() { &*entry.unit } else { "" };
    let reached = EditCommand::SetCell {
        at: project.at(Place::Indicator(row, IndicatorField::Actual)),
        text: format!("{}{unit}", entry.target.trim_end_matches(['前', '内'])),
    };
    let document = apply(&document, &reached).ok()?;
    let project = Project::clone(document.projects.first()?);
    Some(Tried {
        project,
        row,
        is_placed,
    })
}

fn put(
    document: &Document,
    edition: &Edition,
    entries: &[Entry],
    place: Where,
    ids: &mut CountedIds,
) -> Option<(Document, Vec<Id<Indicator>>)> {
    let entries: Vec<(&Entry, Where)> = entries.iter().map(|entry| (entry, place)).collect();
    let insertion = insertion(document.projects.first()?, edition, &entries, ids);
    let document = match &insertion.command {
        Some(command) => apply(document, command).ok()?,
        None => document.clone(),
    };
    Some((document, insertion.rows))
}

/// Whether a finding is about what the entry says, not about what a form makes of it.
fn is_about(finding: &Finding, tried: &Tried, entry: &Entry) -> bool {
    /// What is said of the name alone, whatever level it stands under.
    const OF_NAMES: [&str; 4] = ["I03", "I09", "I10", "I20"];
    let code = finding.rule.code;
    if !tried.is_placed && code.starts_with('I') && !OF_NAMES.contains(&code) {
        return false;
    }
    let is_open = entry.target.trim().is_empty();
    let families = code.starts_with(['I', 'V']);
    let concerns = finding.cells.iter().any(|cell| match &cell.place {
        Place::Indicator(id, field) if *id == tried.row => match field {
            IndicatorField::Name
            | IndicatorField::Nature
            | IndicatorField::Target
            | IndicatorField::Unit => true,
            IndicatorField::Actual => families && code != "V13",
            _ => false,
        },
        _ => false,
    });
    concerns && !(is_open && matches!(code, "I10" | "I11" | "V04"))
}

/// The entry with what can be put right without asking: a missing or turned sign, the spelling of the unit, a rate among the
/// quantities. `None` where nothing of that makes it better.
pub fn corrected(entry: &Entry, edition: &Edition) -> Option<Entry> {
    let mut best = entry.clone();
    let told = faults(entry, edition);
    let mut left = told.len();
    let is_rate_as_quantity = told.iter().any(|fault| fault.code == "I06");
    let usual = assumed(&entry.name, entry.sense);
    let steps: [&dyn Fn(&mut Entry); 4] = [
        &|entry| entry.unit = usual_unit(&entry.unit).to_owned(),
        &|entry| {
            if entry.is_number() {
                entry.comparator.get_or_insert(usual);
            }
        },
        &|entry| entry.comparator = entry.comparator.map(|_| usual),
        &|entry| {
            if is_rate_as_quantity {
                entry.set_levels("", "", Sense::Quality);
            }
        },
    ];
    for step in steps {
        if left == 0 {
            break;
        }
        let mut tried = best.clone();
        step(&mut tried);
        let faults = faults(&tried, edition).len();
        if faults < left {
            (best, left) = (tried, faults);
        }
    }
    (best != *entry).then_some(best)
}
