//! The columns of the table and the places of its rows.

use egui::{Ui, vec2};

use crate::{
    model::working_paper::PaperField,
    rules::working_paper::{Line, Paper},
    ui::{
        theme::{self, ROW},
        widgets::cell::MARGIN,
    },
};

/// The width of the names, which stay in sight while the other columns scroll, in points.
pub const NAMES: f32 = 176.0;
/// The width of the button beside a name, in points.
const BUTTON: f32 = 32.0;
/// The height of a caption between lines, in points.
const BAND: f32 = 28.0;
/// The least width of the remarks, in points.
const LEAST_NOTE: f32 = 200.0;
/// How far the name of a part of an indicator is set in, in points.
const INDENT: f32 = 14.0;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// 性质
    Kind,
    /// 指标值
    Target,
    /// 单位
    Unit,
    /// 权重
    Weight,
    /// 自评完成值
    FiledActual,
    /// 自评得分
    FiledScore,
    /// 偏离度
    Deviation,
    /// What a reviewer types into.
    Typed(PaperField),
}

/// The columns in their order; the widest first line of each caption decides how narrow it may be.
pub const COLUMNS: [Column; 10] = [
    Column::Kind,
    Column::Target,
    Column::Unit,
    Column::Weight,
    Column::FiledActual,
    Column::FiledScore,
    Column::Typed(PaperField::Actual),
    Column::Typed(PaperField::Score),
    Column::Deviation,
    Column::Typed(PaperField::Note),
];

impl Column {
    /// Its caption, in up to two lines.
    pub fn caption(self) -> &'static str {
        match self {
            Self::Kind => "性质",
            Self::Target => "指标值",
            Self::Unit => "单位",
            Self::Weight => "权重",
            Self::FiledActual => "自评\n完成值",
            Self::FiledScore => "自评\n得分",
            Self::Deviation => "偏离度",
            Self::Typed(PaperField::Actual) => "复核\n完成值",
            Self::Typed(PaperField::Score) => "复核\n得分",
            Self::Typed(PaperField::Note) => "备注",
        }
    }

    /// The least width and the usual one, in points; `None` for the remarks, which take what is left.
    fn width(self) -> Option<(f32, f32)> {
        Some(match self {
            Self::Kind => (50.0, 54.0),
            Self::Target => (72.0, 84.0),
            Self::Unit => (50.0, 60.0),
            Self::Weight => (46.0, 52.0),
            Self::FiledActual => (80.0, 96.0),
            Self::FiledScore => (56.0, 62.0),
            Self::Deviation => (78.0, 82.0),
            Self::Typed(PaperField::Actual) => (80.0, 96.0),
            Self::Typed(PaperField::Score) => (86.0, 96.0),
            Self::Typed(PaperField::Note) => return None,
        })
    }

    /// Whether its texts stand at the right, as numbers do.
    pub fn is_number(self) -> bool {
        matches!(
            self,
            Self::Weight | Self::FiledScore | Self::Deviation | Self::Typed(PaperField::Score)
        )
    }

    /// What it shows of a line where nothing can be typed.
    pub fn text(self, line: &Line) -> String {
        match self {
            Self::Kind => line.kind.map_or("", |kind| kind.word()).to_owned(),
            Self::Target => line.target.clone(),
            Self::Unit => line.unit.clone(),
            Self::Weight => line.weight.clone(),
            Self::FiledActual => line.filed_actual.clone(),
            Self::FiledScore => line.filed_score.clone(),
            Self::Deviation => line
                .deviation
                .map_or_else(String::new, |percent| format!("{percent}%")),
            Self::Typed(_) => String::new(),
        }
    }
}

/// What stands in a row of the table.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A caption over the whole width: goal, first and second level.
    Band(String),
    /// A line, by its index.
    Line(usize),
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// What stands in it.
    pub item: Item,
    /// Its upper edge below the head, in points.
    pub top: f32,
    /// Its height in points.
    pub height: f32,
}

/// Where everything lies.
pub struct Layout {
    /// Widths of [`COLUMNS`].
    pub widths: Vec<f32>,
    /// The rows from top to bottom.
    pub rows: Vec<Placed>,
    /// The height of the head, in points.
    pub head: f32,
}

impl Layout {
    /// Lays the table out in so much room beside the names.
    pub fn of(ui: &Ui, paper: &Paper, goals: &[String], room: f32) -> Self {
        let widths = widths(room);
        let ruler = Ruler::of(ui);
        let mut rows: Vec<Placed> = Vec::with_capacity(paper.lines.len());
        let mut add = |item, height| {
            let top = rows.last().map_or(0.0, |row: &Placed| row.top + row.height);
            rows.push(Placed { item, top, height });
        };
        let mut band = None;
        for (index, line) in paper.lines.iter().enumerate() {
            let here = (line.goal, &line.section, &line.group);
            if line.section.is_some() && band != Some(here) {
                add(Item::Band(caption(line, goals)), BAND);
            }
            band = Some(here);
            add(Item::Line(index), ruler.height(line, &widths));
        }
        Self {
            widths,
            rows,
            head: ruler.line * 2.0 + MARGIN.sum().y,
        }
    }

    /// The size of what stands beside the names.
    pub fn size(&self) -> egui::Vec2 {
        let height = self.rows.last().map_or(0.0, |row| row.top + row.height);
        vec2(self.widths.iter().sum(), self.head + height)
    }
}

/// The widths of [`COLUMNS`]: where there is not room for all of them, the figures are narrow, so that as many as possible are
/// in sight beside the names; the remarks are then scrolled to.
fn widths(room: f32) -> Vec<f32> {
    let of_figures = COLUMNS.iter().filter_map(|column| column.width());
    let usual: f32 = of_figures.map(|(_, usual)| usual).sum();
    let is_narrow = room < usual + LEAST_NOTE;
    let known = |column: &Column| {
        let (least, usual) = column.width()?;
        Some(if is_narrow { least } else { usual })
    };
    let fixed: f32 = COLUMNS.iter().filter_map(known).sum();
    let note = (room - fixed).max(LEAST_NOTE);
    COLUMNS
        .iter()
        .map(|column| known(column).unwrap_or(note))
        .collect()
}

/// Whether a reviewer typed anything in a line.
pub fn is_typed(line: &Line) -> bool {
    let is_typed = |field| line.value(field).is_some_and(|value| value.is_typed());
    PaperField::ALL.into_iter().any(is_typed)
}

/// How much of [`NAMES`] the name of a line has, in points: beside it stands the way back where something is typed.
pub fn width_of_name(line: &Line) -> f32 {
    NAMES - if is_typed(line) { BUTTON } else { 0.0 }
}

/// How far a name is set in, in points.
pub fn indent(line: &Line) -> f32 {
    if line.is_part { INDENT } else { 0.0 }
}

/// "产出指标（50分） · 数量指标", behind the goal where there are several.
fn caption(line: &Line, goals: &[String]) -> String {
    let goal = line.goal.filter(|_| goals.len() > 1);
    let goal = goal.and_then(|goal| goals.get(goal)).map(String::as_str);
    let section = line.section.as_ref().map(|(_, caption)| caption.as_str());
    let group = line.group.as_ref().map(|(_, caption)| caption.as_str());
    let parts = [goal, section, group].into_iter().flatten();
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    match parts.is_empty() {
        true => "绩效指标".to_owned(),
        false => parts.join(" · "),
    }
}

/// Tells heights of texts from widths of characters: a large form has very many lines, and only those in sight are laid out.
pub struct Ruler {
    /// The height of a line, in points.
    pub line: f32,
    size: f32,
}

impl Ruler {
    /// That of the tables of pages.
    pub fn of(ui: &Ui) -> Self {
        let font = theme::text::grid();
        Self {
            line: ui.fonts_mut(|fonts| fonts.row_height(&font)),
            size: font.size,
        }
    }

    fn height(&self, line: &Line, widths: &[f32]) -> f32 {
        let texts = COLUMNS.iter().zip(widths).map(|(column, width)| {
            let lines = match column {
                Column::Typed(field) => line
                    .value(*field)
                    .map_or(1, |value| self.lines(value.text(), *width)),
                column => self.lines(&column.text(line), *width),
            };
            lines.max(1)
        });
        let name = self.lines(&line.name, width_of_name(line) - indent(line));
        let lines = texts.chain([name]).max().unwrap_or(1);
        (lines as f32 * self.line + MARGIN.sum().y).max(ROW)
    }

    /// How many lines a text takes in a cell of this width; rather one too many.
    pub fn lines(&self, text: &str, width: f32) -> usize {
        let room = (width - MARGIN.sum().x - self.size * 0.5).max(self.size);
        let count = |part: &str| {
            let wide = part.chars().map(|c| if c.is_ascii() { 0.6 } else { 1.0 });
            let width = wide.sum::<f32>() * self.size;
            ((width / room).ceil() as usize).max(1)
        };
        text.split('\n').map(count).sum()
    }
}
