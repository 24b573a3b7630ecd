//! Carries plans out in .xlsx and .xlsm: the parts of the package that hold the cells are rewritten cell by cell, all others
//! are copied as they are.
//!
//! | module | subject |
//! |---|---|
//! | `parts`, `pieces` | the parts of a package, and XML by the bytes that its pieces stand in |
//! | `survey`, `cells` | a sheet as it is: what holds for all of it; its rows and cells |
//! | `shift`, `formula`, `merges` | where rows come to stand; what formulas and merged areas make of that |
//! | `stale` | which results of formulas are not true any more |
//! | `value` | what is written into a cell |
//! | `looks`, `heights` | the room that texts take, and rows that are too low for them |
//! | `rows`, `sheet` | the rows of a sheet and the sheet, written anew |
//! | `around` | everything else that refers to rows |
//! | `book` | what holds for the whole workbook |
//!
//! Formulas are neither written nor calculated here: results that may be wrong now are taken out, and whoever opens the file is
//! asked to calculate it.

use std::collections::{BTreeMap, btree_map::Entry};

use super::{Plan, Write};
use crate::exchange::{
    error::{Excess, ReadError},
    grid::{Grid, Place},
    guard::Package,
    limits,
    relations::Relations,
    watch::{Budget, Watch},
    workbook::{
        Read,
        formats::Formats,
        outline::{Outline, SheetPart},
        read_parts,
    },
};

mod around;
mod book;
mod cells;
mod formula;
mod heights;
mod looks;
mod merges;
pub(super) mod parts;
pub(super) mod pieces;
pub(super) mod rows;
mod sheet;
mod shift;
mod stale;
mod survey;
mod value;

use self::{
    around::Around,
    heights::Heights,
    looks::Looks,
    merges::Merges,
    parts::Parts,
    rows::{Pending, Rows},
    shift::{Shift, Shifts},
    stale::Mentions,
    survey::Survey,
};

/// A workbook after the plans.
#[derive(Debug, Clone)]
pub struct Written {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What kept its own content, with the plan's number and why (a formula).
    pub kept: Vec<(usize, Write, String)>,
    /// What a person should know, one sentence each.
    pub remarks: Vec<String>,
}

/// Carries the plans out. Grids are counted as [`crate::exchange::workbook::read`] counts them.
///
/// A number is written as one where the cell's format shows it as it was typed, else as text. A cell with a formula keeps it.
///
/// # Errors
///
/// The package is broken, or more than limits allow.
pub fn apply(bytes: &[u8], plans: &[Plan], watch: &dyn Watch) -> Result<Written, ReadError> {
    let mut package = Package::open(bytes)?;
    let budget = &mut Budget::new(watch);
    let read = read_parts(&mut package, budget)?;
    let targets = targets(plans, &read)?;
    let mut shifts = Shifts::default();
    for (at, target) in &targets {
        shifts.add(&read.outline.sheets[*at].name, target.shift.clone());
    }
    let mut parts = Parts::of(package);
    let styles = read.outline.styles.as_deref().unwrap_or("xl/styles.xml");
    let styles = parts.text(styles)?;
    let looks = Looks::of(styles.as_deref().unwrap_or_default())?;
    let mut filling = Filling {
        looks: &looks,
        parts,
        shifts: &shifts,
        formats: &read.formats,
        budget,
        kept: Vec::new(),
        remarks: Vec::new(),
        raised: 0,
        cut: Vec::new(),
        has_formulas: false,
    };
    if targets.values().any(Target::changes) {
        filling.sheets(&read.outline, &targets)?;
        filling.whole_book(&read.outline.path)?;
    }
    filling.finish()
}

/// What is planned for a sheet.
#[derive(Default)]
struct Target<'a> {
    shift: Shift,
    /// What the sheet shows as it is.
    before: Option<&'a Grid>,
    /// The rows after which others come, and what takes those in.
    grown: Vec<(u32, Place)>,
    /// With the numbers of their plans.
    writes: Vec<(usize, &'a Write)>,
}

impl Target<'_> {
    fn changes(&self) -> bool {
        !self.writes.is_empty() || !self.shift.is_still()
    }
}

/// What is planned, by the sheets of the outline.
fn targets<'a>(
    plans: &'a [Plan],
    read: &'a Read,
) -> Result<BTreeMap<usize, Target<'a>>, ReadError> {
    let mut by_sheet: BTreeMap<usize, Vec<(usize, &Plan)>> = BTreeMap::new();
    for (number, plan) in plans.iter().enumerate() {
        let sheet = read.sheets.get(plan.grid);
        let missing = || ReadError::Broken("找不到要填写的工作表".to_owned());
        let sheet = *sheet.ok_or_else(missing)?;
        by_sheet.entry(sheet).or_default().push((number, plan));
    }
    let mut targets = BTreeMap::new();
    for (sheet, plans) in by_sheet {
        let inserts = || plans.iter().flat_map(|(_, plan)| &plan.inserts);
        let shift = Shift::by(inserts().map(|insert| (insert.after, insert.count)));
        if shift.inserted() > limits::ROWS {
            return Err(ReadError::TooLarge(Excess::Rows));
        }
        let grown = inserts().flat_map(|insert| {
            let places = insert.grown.iter();
            places.map(|place| (insert.after, *place))
        });
        let writes = plans
            .iter()
            .flat_map(|(number, plan)| plan.writes.iter().map(|write| (*number, write)));
        let grid = plans.first().map(|(_, plan)| plan.grid);
        let target = Target {
            before: grid.and_then(|grid| read.content.grids.get(grid)),
            grown: grown.collect(),
            writes: writes.collect(),
            shift,
        };
        targets.insert(sheet, target);
    }
    Ok(targets)
}

/// A workbook that is filled in.
struct Filling<'a, 'b, 'w> {
    parts: Parts<'b>,
    shifts: &'a Shifts,
    formats: &'a Formats,
    looks: &'a Looks,
    budget: &'a Budget<'w>,
    kept: Vec<(usize, Write, String)>,
    remarks: Vec<String>,
    /// How many rows are higher now.
    raised: usize,
    /// Cells that show a part of their text.
    cut: Vec<String>,
    has_formulas: bool,
}

impl Filling<'_, '_, '_> {
    fn sheets(
        &mut self,
        outline: &Outline,
        targets: &BTreeMap<usize, Target>,
    ) -> Result<(), ReadError> {
        let names: Vec<&str> = outline
            .sheets
            .iter()
            .map(|part| part.name.as_str())
            .collect();
        let mentions = Mentions::of(&names, &self.parts.needed(&outline.path)?)?;
        let mut surveys = Vec::with_capacity(names.len());
        for part in &outline.sheets {
            surveys.push(match part.has_cells {
                true => Survey::of(&self.parts.needed(&part.path)?, &mentions, self.budget)?,
                false => Survey::default(),
            });
        }
        self.has_formulas = surveys.iter().any(|survey| survey.has_formulas);
        let named: Vec<_> = surveys.iter().map(|survey| survey.named.clone()).collect();
        let changing = targets.iter().filter(|(_, target)| target.changes());
        let stale = stale::sheets(changing.map(|(at, _)| *at).collect(), &named);
        let nothing = Target::default();
        for (at, (part, survey)) in outline.sheets.iter().zip(&surveys).enumerate() {
            let target = targets.get(&at).unwrap_or(&nothing);
            if part.has_cells && (stale.contains(&at) || !self.shifts.is_empty()) {
                self.sheet(part, survey, target, stale.contains(&at))?;
            }
        }
        Ok(())
    }

    fn sheet(
        &mut self,
        part: &SheetPart,
        survey: &Survey,
        target: &Target,
        is_stale: bool,
    ) -> Result<(), ReadError> {
        self.budget.go_on()?;
        let text = self.parts.needed(&part.path)?;
        let merges = Merges::moved(&survey.merges, &target.shift, &target.grown)?;
        let pending = self.pending(target, &merges);
        let mut rows = Rows {
            sheet: &part.name,
            survey,
            merges: &merges,
            shifts: self.shifts,
            own: &target.shift,
            formats: self.formats,
            is_stale,
            pending,
            kept: Vec::new(),
            uncounted: Vec::new(),
            rounded: Vec::new(),
            written: Vec::new(),
            one_by_one: Vec::new(),
        };
        let mut changed = sheet::rewritten(&text, &mut rows, self.budget)?;
        let Rows {
            kept,
            uncounted,
            rounded,
            written,
            one_by_one,
            ..
        } = rows;
        self.kept.extend(kept);
        self.tell_numbers(&uncounted, &rounded);
        self.tell_formulas(&part.name, &one_by_one);
        if !written.is_empty() {
            let before = target.before.iter().flat_map(|grid| &grid.cells);
            let before = before.map(|cell| (target.shift.place(cell.place), cell.text.as_str()));
            let heights = Heights {
                looks: self.looks,
                merges: &merges,
                written: &written,
                before: before.collect(),
            };
            changed = self.raised(&part.name, &heights, changed)?;
        }
        if changed != text {
            self.parts.set(&part.path, changed);
        }
        self.attached(part, &target.shift)
    }

    /// A sheet with rows that are high enough for what was written.
    fn raised(
        &mut self,
        sheet: &str,
        heights: &Heights,
        text: String,
    ) -> Result<String, ReadError> {
        let Some(raised) = heights.raise(&text, self.budget)? else {
            return Ok(text);
        };
        self.raised += raised.rows;
        let cut = raised.cut.iter();
        self.cut
            .extend(cut.map(|place| format!("{sheet}!{}", place.name())));
        Ok(raised.text)
    }

    /// What is to be written, by the corners of the cells that cover it.
    fn pending<'t>(&mut self, target: &Target<'t>, merges: &Merges) -> Pending<'t> {
        const TAKEN: &str = "所在的合并单元格已填入另一项内容";
        let mut pending = Pending::new();
        for (plan, write) in &target.writes {
            let place = merges.corner(write.place);
            match pending.entry(place.row).or_default().entry(place.column) {
                Entry::Vacant(free) => {
                    free.insert((*plan, *write));
                }
                Entry::Occupied(_) => {
                    self.kept.push((*plan, (*write).clone(), TAKEN.to_owned()));
                }
            }
        }
        pending
    }

    fn tell_numbers(&mut self, uncounted: &[String], rounded: &[String]) {
        if let Some(cells) = some_cells(uncounted) {
            self.remarks.push(format!(
                "{cells}的数字格式会把填写的数显示成别的数，已按文字写入；引用它的公式不会把它计入，请核对。"
            ));
        }
        if let Some(cells) = some_cells(rounded) {
            self.remarks.push(format!(
                "{cells}按原表的格式显示四舍五入后的数，格内是完整的数。"
            ));
        }
    }

    fn tell_formulas(&mut self, sheet: &str, one_by_one: &[String]) {
        if !one_by_one.is_empty() {
            self.remarks.push(format!(
                "工作表“{sheet}”中 {} 的公式逐个引用单元格，新插入的行没有计入，请核对公式。",
                one_by_one.join("、")
            ));
        }
    }

    fn tell_heights(&mut self) {
        if self.raised > 0 {
            let told = format!("有 {} 行加高，以便看到全部文字。", self.raised);
            self.remarks.push(told);
        }
        if let Some(cells) = some_cells(&self.cut) {
            self.remarks.push(format!(
                "{cells}的文字很长，行高已到上限，仍显示不全。文字都已写入；打印前请调小字号，或加宽列。"
            ));
        }
    }

    /// What lies on a sheet or beside it: drawings, notes, tables.
    fn attached(&mut self, part: &SheetPart, shift: &Shift) -> Result<(), ReadError> {
        if self.shifts.is_empty() {
            return Ok(());
        }
        let relations = Relations::of(&mut self.parts.package, &part.path, self.budget)?;
        for relation in relations.all() {
            match relation.kind.as_str() {
                "drawing" | "comments" | "threadedComment" | "table" | "ctrlProp"
                | "pivotTable" => {
                    self.references(&relation.path, Some(&part.name))?;
                }
                "vmlDrawing" => {
                    let text = self.parts.text(&relation.path)?;
                    let moved = text.and_then(|text| around::old_drawing(&text, shift));
                    if let Some(moved) = moved {
                        self.parts.set(&relation.path, moved);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The references of a part that is no sheet.
    fn references(&mut self, path: &str, sheet: Option<&str>) -> Result<(), ReadError> {
        self.budget.go_on()?;
        if let Some(text) = self.parts.text(path)?
            && let Some(moved) = Around::of(sheet, self.shifts).rewritten(&text)?
        {
            self.parts.set(path, moved);
        }
        Ok(())
    }

    /// What holds for the whole workbook: names, charts, calculation, signatures.
    fn whole_book(&mut self, path: &str) -> Result<(), ReadError> {
        let names: Vec<String> = self.parts.package.names().map(str::to_owned).collect();
        let text = self.parts.needed(path)?;
        let moved = Around::of(None, self.shifts).rewritten(&text)?;
        let mut changed = moved.unwrap_or_else(|| text.clone());
        if self.has_formulas {
            changed = book::to_be_calculated(&changed)?;
            let told = "原表的公式都已保留，用 Excel 或 WPS 打开时会自动重新计算。";
            self.remarks.push(told.to_owned());
        }
        if changed != text {
            self.parts.set(path, changed);
        }
        if !self.shifts.is_empty() {
            self.without_order(path, &names)?;
            for chart in names.iter().filter(|name| is_chart(name)) {
                self.references(chart, None)?;
            }
        }
        if names.iter().any(|name| name.starts_with("_xmlsignatures/")) {
            let told = "原文件带有数字签名，内容改变后签名不再有效；需要签名的，请填好后重新签名。";
            self.remarks.push(told.to_owned());
        }
        Ok(())
    }

    /// Takes out the order in which formulas were calculated: once rows have moved it names cells that hold none.
    fn without_order(&mut self, book: &str, names: &[String]) -> Result<(), ReadError> {
        let Some(order) = names.iter().find(|name| book::is_order(name)) else {
            return Ok(());
        };
        self.parts.remove(order);
        let (folder, file) = book.rsplit_once('/').unwrap_or(("", book));
        let relations = format!("{folder}/_rels/{file}.rels");
        for (path, attribute) in [
            (relations.as_str(), "Target"),
            ("[Content_Types].xml", "PartName"),
        ] {
            if let Some(text) = self.parts.text(path)? {
                self.parts.set(path, book::without_order(&text, attribute)?);
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Written, ReadError> {
        self.tell_heights();
        Ok(Written {
            bytes: self.parts.finish()?,
            kept: self.kept,
            remarks: self.remarks,
        })
    }
}

/// Cells in words: the first of them, and how many there are.
fn some_cells(cells: &[String]) -> Option<String> {
    let first = cells.first()?;
    Some(match cells.len() {
        1 => first.clone(),
        count => format!("{first}等 {count} 个单元格"),
    })
}

/// Whether a part is a chart, which names the cells that it shows.
fn is_chart(name: &str) -> bool {
    name.starts_with("xl/charts/chart") && name.ends_with(".xml")
}
