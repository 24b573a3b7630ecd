//! Changing the edition of several projects as one step, and what is told of it before: the window's dialog and the command
//! line say the same.

use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use crate::{
    edit::{
        change_edition::{Counted, Editions, Moved, Plan, WeightDifference, plan},
        command::EditCommand,
        convert_unit::Amounts,
    },
    model::{
        document::Document,
        edition::Edition,
        id::{Id, IdSource},
        numeral::plain,
        project::Project,
    },
    rules::{checker::check_by, profile::InForce},
    store::editions::EditionShelf,
};

/// The most projects whose findings are counted before and after: with more it would take too long for a dialog.
const MOST_CHECKED: usize = 20;

/// What changing the edition of some projects does.
#[derive(Debug, Clone)]
pub struct Change {
    /// What is done with every project that can be changed.
    plans: Vec<(Arc<Project>, Plan)>,
    /// What is told of it.
    pub told: Told,
}

/// What is told of a change of editions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Told {
    /// How many projects are put on the edition.
    pub projects: usize,
    /// Names of projects that are locked by their stage and stay.
    pub locked: Vec<String>,
    /// Whether amounts are in another unit than the edition's.
    pub other_unit: bool,
    /// 移到
    pub moved: Vec<Line>,
    /// 不变
    pub kept: Vec<Line>,
    /// 新表样多出
    pub added: Vec<Line>,
    /// 没有位置
    pub unplaced: Vec<Line>,
    /// Where weights differ from the edition's.
    pub weights: Vec<Line>,
    /// How many amounts were converted.
    pub converted: usize,
    /// Amounts that are no plain number and stay.
    pub left: Vec<Line>,
    /// Findings that must be mended before and after; `None` where they were not counted.
    pub blocking: Option<[usize; 2]>,
}

/// Something that is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What it is about.
    pub caption: String,
    /// Where it goes, what it says; may be empty.
    pub text: String,
    /// How often.
    pub count: usize,
}

/// What is known when projects are put on another edition.
pub struct Knowledge<'a> {
    /// The editions at hand.
    pub shelf: &'a EditionShelf,
    /// By what is checked.
    pub in_force: &'a InForce,
    /// The day of the check.
    pub today: Date,
}

impl Change {
    /// Plans to put the projects on `to`. Those on it already, with the same content and unit, are left out.
    pub fn new(
        document: &Document,
        projects: &[Id<Project>],
        to: &Arc<Edition>,
        amounts: Amounts,
        knowledge: &Knowledge<'_>,
        ids: &mut dyn IdSource,
    ) -> Self {
        let known: Vec<Arc<Edition>> = knowledge
            .shelf
            .list()
            .iter()
            .map(|known| Arc::clone(&known.edition))
            .collect();
        let mut change = Self {
            plans: Vec::new(),
            told: Told::default(),
        };
        let reference = to.reference();
        for id in projects {
            let Some(project) = document.project(*id) else {
                continue;
            };
            if project.edition == reference && project.money_unit == to.money_unit {
                continue;
            }
            if !project.stage.is_editable() {
                change.told.locked.push(project.shown_name().to_owned());
                continue;
            }
            let from = knowledge.shelf.get(&project.edition);
            let editions = Editions {
                from: from.as_ref().map(|found| &*found.edition),
                to,
                known: &known,
            };
            let plan = plan(project, editions, amounts, ids);
            change.told.add(project, &plan, to);
            change.plans.push((Arc::clone(project), plan));
        }
        change.told.blocking = change.blocking(to, knowledge);
        change
    }

    fn blocking(&self, to: &Arc<Edition>, knowledge: &Knowledge<'_>) -> Option<[usize; 2]> {
        if self.plans.is_empty() || self.plans.len() > MOST_CHECKED {
            return None;
        }
        let count = |project: &Project, edition: &Arc<Edition>| {
            let (edition, applied) = knowledge.in_force.on(edition);
            check_by(project, &edition, knowledge.today, &applied).blocking()
        };
        let mut counts = [0, 0];
        for (before, plan) in &self.plans {
            let from = knowledge.shelf.get(&before.edition)?;
            counts[0] += count(before, &from.edition);
            counts[1] += count(&plan.form, to);
        }
        Some(counts)
    }

    /// Whether nothing would change.
    pub fn is_empty(&self) -> bool {
        self.plans.is_empty()
    }

    /// The one step that does it.
    pub fn command(&self) -> EditCommand {
        let commands: Vec<EditCommand> =
            self.plans.iter().map(|(_, plan)| plan.command()).collect();
        EditCommand::Many {
            label: match commands.len() {
                1 => "更换表样".into(),
                count => format!("更换 {count} 个项目的表样"),
            },
            commands,
        }
    }
}

impl Told {
    fn add(&mut self, project: &Project, plan: &Plan, to: &Edition) {
        self.projects += 1;
        self.other_unit |= project.money_unit != to.money_unit;
        for Moved { from, to, count } in &plan.moved {
            put(&mut self.moved, from, to, *count);
        }
        for Counted { caption, count } in &plan.kept {
            put(&mut self.kept, caption, "", *count);
        }
        for caption in &plan.added {
            put(&mut self.added, caption, "", 1);
        }
        for item in &plan.unplaced {
            put(&mut self.unplaced, &item.caption, &item.text, item.count);
        }
        for difference in &plan.weights {
            let WeightDifference {
                caption,
                own,
                usual,
            } = difference;
            let text = format!("现为 {} 分，新表样 {} 分", plain(*own), plain(*usual));
            put(&mut self.weights, caption, &text, 1);
        }
        self.converted += plan.conversion.converted;
        for (at, text) in &plan.conversion.left {
            put(&mut self.left, &at.in_words(project, to), text, 1);
        }
    }

    /// The groups with their names, in the order in which they are told; empty ones left out.
    pub fn groups(&self) -> impl Iterator<Item = (&'static str, &[Line])> {
        [
            ("移到", &self.moved),
            ("不变", &self.kept),
            ("新表样多出", &self.added),
            ("没有位置，留在文件中", &self.unplaced),
            ("分值与新表样不同，没有改动", &self.weights),
            ("不是数字，没有换算", &self.left),
        ]
        .into_iter()
        .map(|(name, lines)| (name, lines.as_slice()))
        .filter(|(_, lines)| !lines.is_empty())
    }
}

/// The same of another project only counts.
fn put(lines: &mut Vec<Line>, caption: &str, text: &str, count: usize) {
    let known = lines
        .iter_mut()
        .find(|line| line.caption == caption && line.text == text);
    match known {
        Some(line) => line.count += count,
        None => lines.push(Line {
            caption: caption.to_owned(),
            text: text.to_owned(),
            count,
        }),
    }
}
