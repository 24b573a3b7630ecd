//! Lays a project's form out as the edition prints it.

mod foot;
mod funds;
mod further;
mod goals;
mod header;
mod indicators;

use super::{
    edges::{divided, snapped},
    table::{Block, FormSheet, Row},
};
use crate::model::{
    edition::{Edition, IndicatorColumn, IndicatorRole},
    path::{CellPath, Place},
    project::{Project, header as key},
};

/// The relative width of the caption at the side of the indicator table, beside columns of 6 to 20.
const SIDE_WIDTH: u32 = 5;
/// Where the captions of fields end, roughly, in thousandths.
const CAPTION_EDGE: u16 = 130;

impl FormSheet {
    /// The form of `project` as `edition` prints it. Everything typed is printed as typed; nothing is computed but columns
    /// that the edition itself derives from others, and those only where nothing was typed.
    pub fn new(project: &Project, edition: &Edition) -> Self {
        let form = Form::new(project, edition);
        let mut blocks = vec![header::title(&form)];
        blocks.extend(header::fields(&form));
        blocks.extend(funds::block(&form));
        for goal in project.goals.iter() {
            blocks.push(goals::block(&form, goal));
            blocks.extend(indicators::block(&form, goal));
        }
        add_total(&mut blocks, foot::total(&form));
        blocks.extend(further::tables(&form));
        blocks.extend(further::texts(&form));
        blocks.extend(foot::signatures(&form));
        blocks.extend(foot::notes(&form));
        blocks.retain(|block: &Block| !block.rows.is_empty());
        Self {
            project: Some(project.id),
            name: project.shown_name().to_owned(),
            page: edition.page,
            blocks,
            seal: project.seal().map(|seal| seal.to_string()),
        }
    }
}

/// The indicator tables of a form, one per goal block, as the edition prints them: what the window edits is what paper
/// shows. The first row of each holds the captions; a caption at the side stands left of the columns.
pub fn indicator_tables(project: &Project, edition: &Edition) -> Vec<Block> {
    let form = Form::new(project, edition);
    let goals = project.goals.iter();
    goals
        .filter_map(|goal| indicators::block(&form, goal))
        .collect()
}

/// The total goes under the last table, so that its columns keep their captions on a new page. It is never alone there.
fn add_total(blocks: &mut [Block], total: Vec<Row>) {
    if let Some(table) = blocks.last_mut()
        && !total.is_empty()
    {
        if let Some(last) = table.rows.last_mut() {
            last.keep_with_next = true;
        }
        table.rows.extend(total);
    }
}

/// A project beside its edition, and the lines that the indicator table draws.
struct Form<'a> {
    project: &'a Project,
    edition: &'a Edition,
    /// Edges of the caption at the side and of the indicator columns. Without a side caption the first two are both 0.
    lines: Vec<u16>,
}

impl<'a> Form<'a> {
    fn new(project: &'a Project, edition: &'a Edition) -> Self {
        let table = &edition.indicators;
        let side = if table.caption.is_empty() {
            0
        } else {
            SIDE_WIDTH
        };
        let widths: Vec<u32> = std::iter::once(side)
            .chain(table.columns.iter().map(width))
            .collect();
        Self {
            project,
            edition,
            lines: divided(0, &widths),
        }
    }

    fn at(&self, place: Place) -> CellPath {
        self.project.at(place)
    }

    /// Where the side caption ends.
    fn side(&self) -> u16 {
        self.lines[1]
    }

    /// Where captions at the left end.
    fn caption_edge(&self) -> u16 {
        self.snapped(vec![0, CAPTION_EDGE, super::table::FULL_WIDTH])[1]
    }

    fn snapped(&self, edges: Vec<u16>) -> Vec<u16> {
        snapped(edges, &self.lines)
    }

    /// Whether the title prints all that the year field says, which is then no field of the header. A title that the form
    /// states itself may leave the year out, and more than a year may have been typed.
    fn has_year_in_title(&self) -> bool {
        let typed = self.project.header(key::YEAR).trim();
        let year = typed.trim_end_matches('度').trim_end_matches('年');
        self.edition.title.contains("{year}") && self.title().contains(year)
    }

    /// The title: as the form states it, else as the edition has it.
    fn title(&self) -> String {
        let stated = self.project.stated.title.trim();
        if !stated.is_empty() {
            return stated.to_owned();
        }
        self.project.title_on(self.edition)
    }
}

fn width(column: &IndicatorColumn) -> u32 {
    column.width.unwrap_or(match column.role {
        IndicatorRole::Level1 => 8,
        IndicatorRole::Level2 => 10,
        IndicatorRole::Name | IndicatorRole::Deviation => 18,
        IndicatorRole::Target | IndicatorRole::Actual | IndicatorRole::Extra => 12,
        IndicatorRole::Nature | IndicatorRole::Unit => 7,
        IndicatorRole::Weight | IndicatorRole::Score => 6,
    })
}
