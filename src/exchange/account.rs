//! A budget or payment table (编码 or 名称, 年初, 全年, 执行) among what is imported: it fills in the funds of the projects it
//! names, and is kept with each as the account (账面数) to reconcile with.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    grid::Place,
    recognise::{AccountTable, File},
    report::{Entry, Fate, Source},
};
use crate::{
    edit::{
        apply::apply,
        batch_funds::{self, BatchPlan, BatchRow, Column, told_unit},
        command::EditCommand,
        paste::{PlannedCell, Verdict},
        refusal::Refusal,
    },
    model::{
        document::Document,
        edition::Edition,
        figure::{Figure, FigureCell, MoneyUnit},
        id::Id,
        project::{Account, Project},
        typed::{Readable as _, trim},
    },
};

/// What budget and payment tables do to a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Accounts {
    /// The changes, in order.
    pub commands: Vec<EditCommand>,
    /// The projects that are changed.
    pub projects: BTreeSet<Id<Project>>,
    /// Rows and cells that go nowhere and why, and units that were guessed.
    pub entries: Vec<Entry>,
}

/// What `tables` do to `document`, with their amounts in `unit`, or else in the unit that each says. One that says none is read
/// in 万元, as most forms are, which is reported as a guess.
///
/// Amounts go into the forms' funds and the accounts; those of the projects in `stated`, which come with the tables, only
/// where the form says nothing: what it states stays, and rule B15 tells where the account differs. Of several tables that
/// name a project the later ones count.
///
/// # Errors
///
/// A change that cannot be made.
pub fn accounts(
    document: &Document,
    edition_of: &dyn Fn(&Project) -> Option<Arc<Edition>>,
    files: &[File],
    tables: &[AccountTable],
    unit: Option<MoneyUnit>,
    stated: &[Id<Project>],
) -> Result<Accounts, Refusal> {
    let mut found = Accounts::default();
    let mut document = document.clone();
    for table in tables {
        let told = unit.or_else(|| told_unit(&table.block));
        let unit = told.unwrap_or_default();
        let booking = Booking {
            plan: &batch_funds::plan(&document, edition_of, &table.block, unit),
            document: &document,
            table,
            unit,
            source: name_of(files, &table.source),
            stated,
        };
        let step = EditCommand::Many {
            label: String::new(),
            commands: booking.commands(&mut found),
        };
        let after = apply(&document, &step)?;
        let EditCommand::Many { commands, .. } = step else {
            continue;
        };
        if told.is_none() && !commands.is_empty() {
            found.entries.push(booking.guessed_unit());
        }
        found.commands.extend(commands);
        document = after;
    }
    Ok(found)
}

/// What a source is called: the file's name, and the sheet's where it has one.
pub fn name_of(files: &[File], source: &Source) -> String {
    let file = files.get(source.file);
    let name = match file.map(|file| file.name.as_str()) {
        Some("") => "粘贴的文字",
        name => name.unwrap_or_default(),
    };
    let grid = file.and_then(|file| file.content.grids.get(source.grid));
    match grid.map_or("", |grid| trim(&grid.name)) {
        "" => name.to_owned(),
        sheet => format!("{name} · {sheet}"),
    }
}

/// One table on its way into the document.
struct Booking<'a> {
    document: &'a Document,
    table: &'a AccountTable,
    plan: &'a BatchPlan,
    unit: MoneyUnit,
    source: String,
    stated: &'a [Id<Project>],
}

impl Booking<'_> {
    fn commands(&self, found: &mut Accounts) -> Vec<EditCommand> {
        let mut commands = Vec::new();
        for row in &self.plan.rows {
            let project = match &row.project {
                Ok(id) => self.document.project(*id),
                Err(unmatched) => {
                    let note = format!("这一行没有填入：{unmatched}。");
                    found.entries.push(self.row_left_out(row, note));
                    None
                }
            };
            let Some(project) = project else { continue };
            if !project.stage.is_editable() {
                let locked = Refusal::LockedByStage(project.stage);
                found
                    .entries
                    .push(self.row_left_out(row, locked.to_string()));
                continue;
            }
            found
                .entries
                .extend(row.cells.iter().filter_map(|cell| self.refused(row, cell)));
            let before = commands.len();
            let is_stated = self.stated.contains(&project.id);
            let is_filled = |cell: &&PlannedCell| {
                cell.is_written() && (!is_stated || trim(&cell.old).is_empty())
            };
            let cells = row.cells.iter().filter(is_filled);
            commands.extend(cells.map(|cell| EditCommand::SetCell {
                at: cell.at.clone(),
                text: cell.new.clone(),
            }));
            let account = self.account(row, project.account.as_ref());
            if account != project.account {
                let project = project.id;
                commands.push(EditCommand::SetAccount { project, account });
            }
            if commands.len() > before {
                found.projects.insert(project.id);
            }
        }
        commands
    }

    /// The project's account with the amounts of the row.
    fn account(&self, row: &BatchRow, known: Option<&Account>) -> Option<Account> {
        let mut account = known.cloned().unwrap_or_else(|| Account {
            initial: FigureCell::default(),
            adjusted: FigureCell::default(),
            executed: FigureCell::default(),
            money_unit: self.unit,
            source: String::new(),
            unknown: Default::default(),
        });
        let mut has_any = false;
        for column in Column::AMOUNTS {
            let Some(text) = self.amount(row, column) else {
                continue;
            };
            let cell = match column {
                Column::Initial => &mut account.initial,
                Column::Adjusted => &mut account.adjusted,
                _ => &mut account.executed,
            };
            *cell = FigureCell::new(in_unit(text, self.unit, account.money_unit));
            has_any = true;
        }
        if !has_any {
            return known.cloned();
        }
        if !account.source.split('；').any(|one| one == self.source) {
            let mark = if account.source.is_empty() { "" } else { "；" };
            account.source = format!("{}{mark}{}", account.source, self.source);
        }
        Some(account)
    }

    /// What the row says in a column, where it is an amount.
    fn amount(&self, row: &BatchRow, column: Column) -> Option<&str> {
        let at = self.column(column)?;
        let texts = self.table.block.rows().get(row.line.checked_sub(1)?)?;
        let text = trim(texts.get(at)?);
        let figure = Figure::read(text)?;
        (!figure.percent).then_some(text)
    }

    fn column(&self, wanted: Column) -> Option<usize> {
        let columns = self.plan.columns.iter();
        columns.clone().position(|column| *column == Some(wanted))
    }

    fn guessed_unit(&self) -> Entry {
        Entry {
            fate: Fate::Guessed { sure: 50 },
            source: self.table.source.clone(),
            text: String::new(),
            target: None,
            field: "金额单位".into(),
            note: format!("表中没有写明金额单位，按 {} 读入，请核对。", self.unit),
        }
    }

    fn row_left_out(&self, row: &BatchRow, note: String) -> Entry {
        let named = [&*row.code, &*row.name];
        let named: Vec<&str> = named.into_iter().filter(|text| !text.is_empty()).collect();
        Entry {
            fate: Fate::Ignored,
            source: self.place(row, 0),
            text: named.join(" "),
            target: None,
            field: String::new(),
            note,
        }
    }

    /// A cell that the form does not take.
    fn refused(&self, row: &BatchRow, cell: &PlannedCell) -> Option<Entry> {
        let Verdict::Refused(refusal) = &cell.verdict else {
            return None;
        };
        let key = match &cell.at.place {
            crate::model::path::Place::Fund(_, key) => key.as_str(),
            _ => "",
        };
        let mut amounts = Column::AMOUNTS.into_iter();
        let column = amounts.find(|column| column.key() == Some(key))?;
        Some(Entry {
            fate: Fate::Ignored,
            source: self.place(row, self.column(column).unwrap_or(0)),
            text: cell.new.clone(),
            target: Some(cell.at.clone()),
            field: column.to_string(),
            note: refusal.to_string(),
        })
    }

    /// Where a cell of the table stands.
    fn place(&self, row: &BatchRow, column: usize) -> Source {
        let start = self.table.source.place.unwrap_or_default();
        let beyond =
            |from: u32, by: usize| from.saturating_add(u32::try_from(by).unwrap_or(u32::MAX));
        Source {
            place: Some(Place {
                row: beyond(start.row, row.line.saturating_sub(1)),
                column: beyond(start.column, column),
            }),
            ..self.table.source.clone()
        }
    }
}

/// An amount of a table in `unit` as it stands in an account in `of_account`: with its own unit, where they differ.
fn in_unit(text: &str, unit: MoneyUnit, of_account: MoneyUnit) -> String {
    let has_own = Figure::read(text).is_some_and(|figure| figure.unit.is_some());
    if has_own || unit == of_account {
        text.to_owned()
    } else {
        format!("{text}{unit}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_of_another_unit_says_so() {
        const YUAN: MoneyUnit = MoneyUnit::Yuan;
        const WAN: MoneyUnit = MoneyUnit::TenThousandYuan;
        for (text, unit, of_account, kept) in [
            ("1,234.50", YUAN, YUAN, "1,234.50"),
            ("1,234.50", YUAN, WAN, "1,234.50元"),
            ("12万元", YUAN, WAN, "12万元"),
        ] {
            assert_eq!(in_unit(text, unit, of_account), kept);
            assert!(FigureCell::new(kept).value().is_some(), "{kept}");
        }
    }
}
