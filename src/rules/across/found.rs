//! What a rule across projects finds in one of them.

use std::borrow::Cow;

use crate::{
    model::{path::Place, policy::Severity, project::Project},
    rules::{
        catalogue::Rule,
        finding::{CellChange, Finding, Fix, Mend},
    },
};

/// What a rule across projects finds in one of them. The message names no more than one other project or a few, so that a
/// 核实说明 stays as long as these do.
#[derive(Debug)]
pub struct Found {
    /// Another level than the rule's own.
    pub level: Option<Severity>,
    /// The cells it is about, at least one.
    pub cells: Vec<Place>,
    /// Who can mend it.
    pub mend: Mend,
    /// What is wrong, with the values.
    pub message: String,
    /// What to do.
    pub hint: Cow<'static, str>,
    /// What the program can do: the button, the cell and its new text.
    pub fix: Option<(String, Place, String)>,
}

impl Found {
    /// As a finding of `rule` in `project`; `None` where it is about no cell.
    pub fn of(self, rule: &'static Rule, project: &Project) -> Option<Finding> {
        let cells: Vec<_> = self.cells.into_iter().map(|at| project.at(at)).collect();
        Some(Finding {
            rule,
            level: self.level.unwrap_or(rule.level),
            at: cells.first()?.clone(),
            cells,
            mend: self.mend,
            message: self.message,
            hint: self.hint.into_owned(),
            fix: self.fix.map(|(title, at, new)| Fix {
                title,
                changes: vec![CellChange {
                    at: project.at(at),
                    new,
                }],
            }),
            explained: None,
        })
    }
}
