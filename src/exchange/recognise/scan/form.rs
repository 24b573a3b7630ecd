//! One form from top to bottom.

use std::ops::Range;

use super::{
    super::{
        FormKind,
        found::{FoundForm, FoundGoal, Remarked},
    },
    amounts, foot, funds, goals, head, heading, outline,
    sheet::Sheet,
    table, words,
};
use crate::model::edition::IndicatorRole;

/// What is said of a cell that nothing was made of.
const UNKNOWN: &str = "没有认出这一格的用途，没有导入；如有需要，请手工填入";

/// A form while it is read.
pub(super) struct Reading {
    pub(super) form: FoundForm,
    /// The first row after the form.
    pub(super) end: u32,
    /// Whether an indicator table was read.
    pub(super) tabled: bool,
    title: Option<words::Title>,
}

impl Reading {
    /// The goal block that the next goal or table belongs to.
    pub(super) fn goal(&mut self) -> &mut FoundGoal {
        if self.form.goals.is_empty() {
            self.form.goals.push(FoundGoal::default());
        }
        let last = self.form.goals.len() - 1;
        &mut self.form.goals[last]
    }

    /// A goal block without indicator table: the last one, else a new one.
    pub(super) fn goal_without_table(&mut self) -> &mut FoundGoal {
        if self
            .form
            .goals
            .last()
            .is_some_and(|goal| !goal.columns.is_empty())
        {
            self.form.goals.push(FoundGoal::default());
        }
        self.goal()
    }

    /// Whether the title says that the form states targets.
    pub(super) fn states_targets(&self) -> bool {
        self.title == Some(words::Title::Targets)
    }

    pub(super) fn ignore(&mut self, sheet: &mut Sheet, index: usize, note: &str) {
        let cell = sheet.take(index);
        self.form.ignored.push(Remarked {
            cell,
            note: note.to_owned(),
        });
    }
}

/// Reads the form in the rows.
pub(super) fn read(sheet: &mut Sheet, rows: Range<u32>) -> FoundForm {
    let mut reading = Reading {
        form: blank(rows.clone()),
        end: rows.end,
        tabled: false,
        title: None,
    };
    let mut row = rows.start;
    while let Some(next) = sheet.next_line(row, rows.end) {
        row = block(sheet, &mut reading, next).max(next + 1);
    }
    let Reading {
        mut form, title, ..
    } = reading;
    form.ignored.extend(sheet.leftovers(rows, UNKNOWN));
    form.what = kind(&form, title);
    form
}

/// Reads the block that begins in the row; gives the first row after it.
fn block(sheet: &mut Sheet, reading: &mut Reading, row: u32) -> u32 {
    if outline::is_title(sheet, row) {
        title(sheet, reading, row);
        head::line(sheet, reading, row);
        row + 1
    } else if heading::is_heading(sheet, row) {
        table::read(sheet, reading, row)
    } else if foot::is_further(sheet, row) {
        foot::further(sheet, reading, row)
    } else if funds::is_heading(sheet, row) && !reading.tabled {
        funds::read(sheet, reading, row)
    } else if funds::is_pairs(sheet, row) && !reading.tabled {
        funds::read_pairs(sheet, reading, row)
    } else if reading.form.funds.is_none() && !reading.tabled && amounts::begins(sheet, row) {
        amounts::read(sheet, reading, row)
    } else if !reading.tabled && goals::is_inline(sheet, row) {
        goals::read_inline(sheet, reading, row)
    } else if goals::begins(sheet, row) {
        goals::read(sheet, reading, row)
    } else if goals::goes_on(sheet, reading, row) {
        goals::read_further(sheet, reading, row)
    } else if reading.tabled {
        foot::read(sheet, reading, row)
    } else {
        head::line(sheet, reading, row);
        row + 1
    }
}

fn title(sheet: &mut Sheet, reading: &mut Reading, row: u32) {
    for index in sheet.line(row) {
        let Some(what) = words::title(sheet.text(index)) else {
            continue;
        };
        if reading.form.title.is_some() {
            reading.ignore(sheet, index, "重复的标题");
            continue;
        }
        let cell = sheet.take(index);
        if let (None, Some(year)) = (&reading.form.year, words::year(&cell.text)) {
            reading.form.year = Some((cell.clone(), year));
        }
        reading.title = Some(what);
        reading.form.title = Some(cell);
    }
}

/// What the form is for: by its title, and by its columns where that does not tell.
fn kind(form: &FoundForm, title: Option<words::Title>) -> FormKind {
    let mut columns = form.goals.iter().flat_map(|goal| &goal.columns).peekable();
    let tabled = columns.peek().is_some();
    let filled =
        columns.any(|heading| matches!(heading.role, IndicatorRole::Actual | IndicatorRole::Score));
    match title {
        Some(words::Title::SelfEvaluation) => FormKind::SelfEvaluation,
        Some(words::Title::Monitoring) => FormKind::Monitoring,
        Some(words::Title::Targets) | None if tabled && !filled => FormKind::Targets,
        Some(words::Title::Targets) if !tabled => FormKind::Targets,
        Some(words::Title::Targets) | None => FormKind::SelfEvaluation,
    }
}

fn blank(rows: Range<u32>) -> FoundForm {
    FoundForm {
        rows,
        what: FormKind::SelfEvaluation,
        title: None,
        form_no: None,
        year: None,
        money_unit: None,
        unit_caption: None,
        header: Vec::new(),
        funds: None,
        goals: Vec::new(),
        total: None,
        fields_below: Vec::new(),
        tables: Vec::new(),
        footnotes: Vec::new(),
        ignored: Vec::new(),
        warnings: Vec::new(),
    }
}
