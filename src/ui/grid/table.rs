//! The table that the grid shows: the indicator tables of the printed form, cell for cell, in rows and columns. Built when
//! the project changed, never per frame.

use std::{collections::HashMap, sync::Arc};

use crate::{
    model::{
        edition::{Edition, IndicatorColumn, IndicatorRole},
        id::Id,
        indicator::{ApprovedField, Group, Indicator, Section},
        path::{BlockField, CellPath, GoalField, IndicatorField, Place},
        project::{Goal, Project},
    },
    sheet::{
        indicator_tables,
        table::{Block, Style},
    },
    ui::scene::Shown,
};

/// A place in the table: row and column, merged or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Spot {
    /// The row, from 0.
    pub row: usize,
    /// The column, from 0.
    pub column: usize,
}

/// A row of the table.
#[derive(Debug, Clone)]
pub struct GridRow {
    /// The goal block it belongs to.
    pub goal: Id<Goal>,
    /// 一级指标; `None` for the line that names a goal block.
    pub section: Option<Id<Section>>,
    /// 二级指标
    pub group: Option<Id<Group>>,
    /// 三级指标
    pub indicator: Option<Id<Indicator>>,
    /// The number of the row among indicators, from 1; 0 for other lines.
    pub number: usize,
}

/// A cell, perhaps merged over several rows.
#[derive(Debug, Clone)]
pub struct GridCell {
    /// Its first row.
    pub row: usize,
    /// How many rows it spans.
    pub rows: usize,
    /// Its column.
    pub column: usize,
    /// How many columns it spans: more than one only in the line that names a goal block.
    pub columns: usize,
    /// The text it shows.
    pub text: String,
    /// How it is shown.
    pub style: Style,
    /// The field; `None` for a cell that nothing can be typed into.
    pub at: Option<Place>,
}

/// The table.
pub struct GridTable {
    project: Arc<Project>,
    edition: Arc<Edition>,
    /// Columns in printed order.
    pub columns: Vec<GridColumn>,
    /// Rows from top to bottom.
    pub rows: Vec<GridRow>,
    /// Cells.
    pub cells: Vec<GridCell>,
    /// The index of the cell that covers each spot, row by row.
    covering: Vec<u32>,
    /// Where each indicator stands: goal block, section, group and row. A search through the project for every cell would
    /// grow with the square of the rows.
    stands: HashMap<Id<Indicator>, [usize; 4]>,
}

/// An indicator and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct StandingRow<'a> {
    /// Its group.
    pub group: &'a Group,
    /// Its place in the group, from 0.
    pub index: usize,
    /// The indicator.
    pub indicator: &'a Indicator,
}

fn stands(project: &Project) -> HashMap<Id<Indicator>, [usize; 4]> {
    let mut stands = HashMap::new();
    for (goal, in_goal) in project.goals.iter().enumerate() {
        for (section, in_section) in in_goal.sections.iter().enumerate() {
            for (group, in_group) in in_section.groups.iter().enumerate() {
                let rows = in_group.indicators.iter().enumerate();
                stands.extend(rows.map(|(index, row)| (row.id, [goal, section, group, index])));
            }
        }
    }
    stands
}

/// A column.
#[derive(Debug, Clone)]
pub struct GridColumn {
    /// What stands in it.
    pub role: IndicatorRole,
    /// Its caption as printed.
    pub caption: String,
    /// Its caption for people who cannot see it.
    pub name: String,
    /// The least width, in points.
    pub least: f32,
    /// The width where there is room for it, in points.
    pub width: f32,
}

impl GridTable {
    /// The table of a project.
    pub fn new(shown: &Shown) -> Self {
        let columns: Vec<GridColumn> = shown
            .edition
            .indicators
            .columns
            .iter()
            .map(column)
            .collect();
        let mut table = Self {
            project: Arc::clone(&shown.project),
            edition: Arc::clone(&shown.edition),
            columns,
            rows: Vec::new(),
            cells: Vec::new(),
            covering: Vec::new(),
            stands: stands(&shown.project),
        };
        let has_several = shown.project.goals.len() > 1;
        let blocks = indicator_tables(&shown.project, &shown.edition);
        for (goal, block) in shown.project.goals.iter().zip(&blocks) {
            if has_several {
                table.add_band(goal);
            }
            table.add_goal(goal, block);
        }
        table.cover();
        table
    }

    /// Whether it is the table of this project as it is now.
    pub fn is_of(&self, shown: &Shown) -> bool {
        Arc::ptr_eq(&self.project, &shown.project) && Arc::ptr_eq(&self.edition, &shown.edition)
    }

    /// The line that names a goal block.
    fn add_band(&mut self, goal: &Goal) {
        let text = match goal.caption.trim() {
            "" => format!(
                "目标 {}",
                self.rows.iter().filter(|row| row.section.is_none()).count() + 1
            ),
            caption => caption.to_owned(),
        };
        self.cells.push(GridCell {
            row: self.rows.len(),
            rows: 1,
            column: 0,
            columns: self.columns.len(),
            text,
            style: Style::Heading,
            at: Some(Place::Goal(goal.id, GoalField::Caption)),
        });
        self.rows.push(GridRow {
            goal: goal.id,
            section: None,
            group: None,
            indicator: None,
            number: 0,
        });
    }

    fn add_goal(&mut self, goal: &Goal, block: &Block) {
        let first = self.rows.len();
        self.add_lines(goal);
        // The sheet keeps one empty line for a table without rows; so does the grid.
        if self.rows.len() == first {
            self.rows.push(GridRow {
                goal: goal.id,
                section: None,
                group: None,
                indicator: None,
                number: 0,
            });
        }
        let lefts = column_edges(block, self.columns.len());
        for (line, row) in block.rows.iter().skip(1).enumerate() {
            for cell in &row.cells {
                let Ok(column) = lefts.binary_search(&cell.left) else {
                    continue;
                };
                self.cells.push(GridCell {
                    row: first + line,
                    rows: cell.rows,
                    column,
                    columns: 1,
                    text: cell.text.clone(),
                    style: cell.style,
                    at: cell.at.as_ref().map(|at| at.place.clone()),
                });
            }
        }
    }

    fn add_lines(&mut self, goal: &Goal) {
        let mut number = self
            .rows
            .iter()
            .map(|row| row.number)
            .max()
            .unwrap_or_default();
        for section in goal.sections.iter() {
            let line = GridRow {
                goal: goal.id,
                section: Some(section.id),
                group: None,
                indicator: None,
                number: 0,
            };
            if section.groups.is_empty() {
                self.rows.push(line.clone());
            }
            for group in section.groups.iter() {
                let line = GridRow {
                    group: Some(group.id),
                    ..line.clone()
                };
                if group.indicators.is_empty() {
                    self.rows.push(line.clone());
                }
                for indicator in group.indicators.iter() {
                    number += 1;
                    self.rows.push(GridRow {
                        indicator: Some(indicator.id),
                        number,
                        ..line.clone()
                    });
                }
            }
        }
    }

    fn cover(&mut self) {
        self.covering = vec![u32::MAX; self.rows.len() * self.columns.len()];
        for (index, cell) in self.cells.iter().enumerate() {
            let rows = cell.row..(cell.row + cell.rows).min(self.rows.len());
            for row in rows {
                let start = row * self.columns.len() + cell.column;
                let end = start + cell.columns.min(self.columns.len() - cell.column);
                self.covering[start..end].fill(u32::try_from(index).unwrap_or(u32::MAX));
            }
        }
    }

    /// The index of the cell that covers a spot.
    pub fn index_at(&self, spot: Spot) -> Option<usize> {
        if spot.column >= self.columns.len() {
            return None;
        }
        let index = *self
            .covering
            .get(spot.row * self.columns.len() + spot.column)?;
        (index != u32::MAX).then_some(index as usize)
    }

    /// The cell that covers a spot.
    pub fn at(&self, spot: Spot) -> Option<&GridCell> {
        self.index_at(spot).and_then(|index| self.cells.get(index))
    }

    /// The address of the cell that covers a spot.
    pub fn path(&self, spot: Spot) -> Option<CellPath> {
        let place = self.at(spot)?.at.clone()?;
        Some(self.project.at(place))
    }

    /// The spot of a field: its own cell, else the nearest that stands for it.
    pub fn find(&self, place: &Place) -> Option<Spot> {
        let own = |place: &Place| {
            let cell = self
                .cells
                .iter()
                .find(|cell| cell.at.as_ref() == Some(place))?;
            Some(Spot {
                row: cell.row,
                column: cell.column,
            })
        };
        own(place).or_else(|| self.near(place))
    }

    /// Where a field without a cell of its own is looked for: in its row or block, in the column of its kind.
    fn near(&self, place: &Place) -> Option<Spot> {
        let (row, role) = match place {
            Place::Indicator(id, field) => (
                self.rows
                    .iter()
                    .position(|row| row.indicator == Some(*id))?,
                IndicatorRole::of(field),
            ),
            Place::Group(id, field) => (
                self.rows.iter().position(|row| row.group == Some(*id))?,
                block_role(*field, IndicatorRole::Level2),
            ),
            Place::Section(id, field) => (
                self.rows.iter().position(|row| row.section == Some(*id))?,
                block_role(*field, IndicatorRole::Level1),
            ),
            Place::Reason(id) => {
                let reason = self.project.reason(*id)?;
                let row = self.rows.iter().position(|row| {
                    row.section.is_some() && row.section == reason.section
                        || row.group.is_some() && row.group == reason.group
                        || row.indicator.is_some_and(|id| reason.rows.contains(&id))
                })?;
                (row, IndicatorRole::Deviation)
            }
            _ => return None,
        };
        let column = self.columns.iter().position(|column| column.role == role);
        Some(Spot {
            row,
            column: column.unwrap_or_default(),
        })
    }

    /// The project it is made from.
    pub fn project(&self) -> &Arc<Project> {
        &self.project
    }

    /// The text of a field as typed.
    pub fn typed(&self, place: &Place) -> String {
        let text = match place {
            Place::Indicator(id, field) => self.row(*id).map(|row| row.indicator.cell_text(field)),
            _ => self.project.cell_text(place),
        };
        text.unwrap_or_default().into_owned()
    }

    /// An indicator with where it stands.
    pub fn row(&self, id: Id<Indicator>) -> Option<StandingRow<'_>> {
        let [goal, section, group, index] = *self.stands.get(&id)?;
        let section = self.project.goals.get(goal)?.sections.get(section)?;
        let group = section.groups.get(group)?;
        Some(StandingRow {
            group,
            index,
            indicator: group.indicators.get(index)?,
        })
    }

    /// The approved value that a cell holds, where it is one and approved.
    pub fn approved_field(&self, place: &Place) -> Option<ApprovedField> {
        let Place::Indicator(id, field) = place else {
            return None;
        };
        let field = match field {
            IndicatorField::Name => ApprovedField::Name,
            IndicatorField::Nature => ApprovedField::Nature,
            IndicatorField::Target => ApprovedField::Target,
            IndicatorField::Unit => ApprovedField::Unit,
            IndicatorField::Weight => ApprovedField::Weight,
            _ => return None,
        };
        let row = self.row(*id)?;
        row.indicator.approved.is_some().then_some(field)
    }

    /// Whether a cell holds an approved value.
    pub fn is_approved(&self, cell: &GridCell) -> bool {
        let at = cell.at.as_ref();
        at.and_then(|place| self.approved_field(place)).is_some()
    }

    /// How many of the leftmost columns stay in sight: the captions and the name.
    pub fn frozen(&self) -> usize {
        let name = self
            .columns
            .iter()
            .position(|column| column.role == IndicatorRole::Name);
        name.filter(|column| *column < 4)
            .map_or(0, |column| column + 1)
    }

    /// The edition that it is drawn by.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// Where the cursor begins: in the first actual value that is missing, or in the name where that row has none yet; else
    /// in the actual value of the first row. A key typed by mistake there does not replace a caption.
    pub fn first_to_fill(&self) -> Spot {
        let actual = |column: &GridColumn| column.role == IndicatorRole::Actual;
        let column = self.columns.iter().position(actual);
        let column = column.unwrap_or_else(|| self.first_own_column());
        let is_missing = |cell: &&GridCell| cell.column == column && cell.text.trim().is_empty();
        let first = self.cells.iter().filter(is_missing).map(|cell| cell.row);
        let row = first.min().unwrap_or_default();
        let name = Spot {
            row,
            column: self.first_own_column(),
        };
        let is_nameless = |cell: &GridCell| cell.text.trim().is_empty();
        if self.at(name).is_some_and(is_nameless) {
            return name;
        }
        Spot { row, column }
    }

    /// The first column whose cells belong to one row: where a whole row begins.
    pub fn first_own_column(&self) -> usize {
        let name = self
            .columns
            .iter()
            .position(|column| column.role == IndicatorRole::Name);
        name.unwrap_or_default()
    }

    /// What a screen reader calls a cell: "绩效指标 第3行 得分 8.5".
    pub fn name_of(&self, cell: &GridCell) -> String {
        let caption = self
            .columns
            .get(cell.column)
            .map_or("", |column| &*column.name);
        let number = self.rows.get(cell.row).map_or(0, |row| row.number);
        let text = cell.text.replace('\n', " ");
        let name = match number {
            0 => format!("绩效指标 {caption} {text}"),
            number => format!("绩效指标 第{number}行 {caption} {text}"),
        };
        let mark = if self.is_approved(cell) {
            "（批复值）"
        } else {
            ""
        };
        format!("{}{mark}", name.trim_end())
    }
}

fn block_role(field: BlockField, level: IndicatorRole) -> IndicatorRole {
    match field {
        BlockField::Caption => level,
        BlockField::Weight => IndicatorRole::Weight,
        BlockField::Score => IndicatorRole::Score,
    }
}

/// The left edges of the columns, from the row of captions; the caption at the side is no column.
fn column_edges(block: &Block, columns: usize) -> Vec<u16> {
    let head = block.rows.first().map_or(&[][..], |row| &row.cells);
    let aside = head.len().saturating_sub(columns);
    head.iter().skip(aside).map(|cell| cell.left).collect()
}

fn column(column: &IndicatorColumn) -> GridColumn {
    let (least, width) = match column.role {
        IndicatorRole::Level1 => (60.0, 84.0),
        IndicatorRole::Level2 => (64.0, 96.0),
        IndicatorRole::Name => (148.0, 220.0),
        IndicatorRole::Deviation => (132.0, 200.0),
        IndicatorRole::Target | IndicatorRole::Actual => (84.0, 112.0),
        IndicatorRole::Extra => (90.0, 120.0),
        IndicatorRole::Nature | IndicatorRole::Unit => (56.0, 72.0),
        IndicatorRole::Weight => (52.0, 64.0),
        IndicatorRole::Score => (84.0, 96.0),
    };
    let name = column.caption.trim_start_matches(['*', '＊']);
    GridColumn {
        role: column.role,
        caption: column.caption.clone(),
        name: name.replace('\n', ""),
        least,
        width,
    }
}
