//! Charts as data: what they show, what they say of it, and where each mark leads.
//!
//! A chart is made from forms and their scores, without knowing what draws it. The window draws it with egui, `svg` writes it
//! for files and for the review copy. Both take their positions from `geometry`: only there do numbers become lengths.
//!
//! | module | what it is |
//! |---|---|
//! | `funds` | 各来源预算与执行 |
//! | `rates` | 各项目预算执行率 |
//! | `sections` | 各部分得分与分值 |
//! | `merits` | 执行率与得分 |
//! | `years` | 历年对比 |
//! | `ratings` | 等级分布 |
//! | `axis` | ranges and ticks |
//! | `geometry` | where marks lie |
//! | [`hues`] | the colours of series on paper |
//! | `words` | amounts, rates and names in sentences |
//! | `svg`, `png` | charts as files |

mod axis;
mod funds;
pub mod geometry;
pub mod hues;
mod merits;
mod png;
mod rates;
mod ratings;
mod sections;
mod svg;
mod words;
mod years;

use rust_decimal::Decimal;

use crate::{
    model::{edition::Edition, path::CellPath, project::Project},
    score::ProjectScore,
};

pub use axis::{Axis, Tick};
pub use words::clipped;

/// More projects than this are drawn as thin columns without names.
pub const MOST_NAMED: usize = 20;

/// A form that charts are made from.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The project.
    pub project: &'a Project,
    /// Its edition.
    pub edition: &'a Edition,
    /// Its score.
    pub score: &'a ProjectScore,
}

/// The charts that there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 各来源预算与执行, of one project
    Funds,
    /// 各部分得分与分值, of one project
    Sections,
    /// 各项目预算执行率, of all projects
    Rates,
    /// 执行率与得分, of all projects
    Merits,
    /// 历年对比, of one project through the years
    Years,
    /// 等级分布, of all projects; in the 汇总表 only
    Ratings,
}

impl Kind {
    /// The charts of a document in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::Funds,
        Self::Sections,
        Self::Rates,
        Self::Merits,
        Self::Years,
    ];

    /// The title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Funds => "各来源预算与执行",
            Self::Sections => "各部分得分与分值",
            Self::Rates => "各项目预算执行率",
            Self::Merits => "执行率与得分",
            Self::Years => "历年对比",
            Self::Ratings => "等级分布",
        }
    }

    /// Whether it is about all projects of the document rather than about one.
    pub fn is_of_document(self) -> bool {
        matches!(self, Self::Rates | Self::Merits | Self::Ratings)
    }
}

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Which one.
    pub kind: Kind,
    /// The title.
    pub title: String,
    /// The project that it is about; empty for a chart of several.
    pub whose: String,
    /// One sentence on what it shows.
    pub reading: String,
    /// How marks are drawn.
    pub form: Form,
    /// What stands across the values: names, or an axis of its own.
    pub across: Across,
    /// The axis of the values.
    pub values: Axis,
    /// How many bars stand side by side at each name.
    pub lanes: usize,
    /// The marks, by what they mean.
    pub series: Vec<Series>,
    /// Limits that values are seen against.
    pub limits: Vec<Limit>,
    /// What is shaded.
    pub corner: Option<Corner>,
}

/// How marks are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Upright bars, names beneath.
    Columns,
    /// Lying bars, names at the left.
    Rows,
    /// Thin upright bars without names.
    Thin,
    /// Points.
    Points,
    /// Points joined by lines.
    Lines,
}

/// What stands across the values.
#[derive(Debug, Clone, PartialEq)]
pub enum Across {
    /// Names, in order.
    Names(Vec<String>),
    /// Values of another kind, and the names of all that may have one, in order.
    Axis(Axis, Vec<String>),
}

/// Marks that mean the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What they mean.
    pub name: String,
    /// The index of its hue.
    pub hue: usize,
    /// Which of the bars at each name; 0 for points and lines.
    pub lane: usize,
    /// The marks.
    pub marks: Vec<Mark>,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// The index of its name among those across; for points, that of the project.
    pub index: usize,
    /// Its value across, where there is an axis.
    pub across: Option<Decimal>,
    /// The value; `None` where the cell is blank or no number: nothing is drawn.
    pub value: Option<Decimal>,
    /// The value as it stands at the mark.
    pub label: String,
    /// What it is: whose, which, how much.
    pub words: String,
    /// Where it comes from.
    pub at: CellPath,
}

/// A line across all values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// Where.
    pub at: Decimal,
    /// What it means.
    pub words: String,
}

/// The corner of few across and much of the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corner {
    /// Less than this across.
    pub below: Decimal,
    /// At least this value.
    pub from: Decimal,
    /// What lies in it.
    pub words: String,
}

/// Why there is no chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// Which chart.
    pub kind: Kind,
    /// What is to be done for it, in words.
    pub words: String,
    /// Where; `None` where no single cell would do.
    pub at: Option<CellPath>,
}

impl Chart {
    /// Draws a chart of `shown` among `all` projects of its document.
    ///
    /// # Errors
    ///
    /// There is nothing to draw; what is to be filled in first.
    pub fn of(kind: Kind, shown: &Subject<'_>, all: &[Subject<'_>]) -> Result<Self, Lack> {
        match kind {
            Kind::Funds => funds::chart(shown),
            Kind::Sections => sections::chart(shown),
            Kind::Rates => rates::chart(all),
            Kind::Merits => merits::chart(all),
            Kind::Years => years::chart(shown, all),
            Kind::Ratings => ratings::chart(all),
        }
    }

    /// The names across; of points, there are none.
    pub fn names(&self) -> &[String] {
        match &self.across {
            Across::Names(names) => names,
            Across::Axis(..) => &[],
        }
    }

    /// Its numbers as a table whose columns are separated by tabs, for spreadsheets.
    pub fn table(&self) -> String {
        let mut lines = Vec::new();
        match &self.across {
            Across::Names(names) => {
                let captions = self.series.iter().map(|series| self.caption(&series.name));
                lines.push(joined([String::new()].into_iter().chain(captions)));
                for (index, name) in names.iter().enumerate() {
                    let cells = self.series.iter().map(|series| {
                        let mut marks = series.marks.iter();
                        number(marks.find(|mark| mark.index == index))
                    });
                    lines.push(joined([name.clone()].into_iter().chain(cells)));
                }
            }
            Across::Axis(across, names) => {
                lines.push(joined(
                    [String::new(), across.caption(), self.values.caption()].into_iter(),
                ));
                for mark in self.series.iter().flat_map(|series| &series.marks) {
                    let name = names.get(mark.index).cloned().unwrap_or_default();
                    let across = mark.across.map(crate::model::numeral::plain);
                    let cells = [name, across.unwrap_or_default(), number(Some(mark))];
                    lines.push(joined(cells.into_iter()));
                }
            }
        }
        lines.join("\n")
    }

    fn caption(&self, series: &str) -> String {
        match self.values.unit.as_str() {
            "" => series.to_owned(),
            unit => format!("{series}（{unit}）"),
        }
    }
}

/// A line of a table; what would begin another cell or line is a space.
fn joined(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells
        .map(|cell| cell.replace(['\t', '\n', '\r'], " "))
        .collect();
    cells.join("\t")
}

fn number(mark: Option<&Mark>) -> String {
    mark.and_then(|mark| mark.value)
        .map(crate::model::numeral::plain)
        .unwrap_or_default()
}
