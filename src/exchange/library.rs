//! A list of indicators that somebody keeps in Excel, as entries of the 指标库; and entries as such a list. Headings are
//! recognised in any order and many wordings; what stands in merged or repeated cells goes for all rows beneath.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError,
};

use super::{
    grid::{Content, Grid, Place},
    limits,
};
use crate::model::{
    edition::Sense,
    folding::squeezed,
    library::{Entry, Origin},
    measure::{Comparator, Nature},
    typed::{Readable as _, trim},
};

/// The longest name of an indicator, in characters.
const LONGEST_NAME: usize = 80;
/// Rows above the headings at most.
const ABOVE: u32 = 30;

/// What a column of a list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// 项目类型
    Kinds,
    /// 一级指标
    Section,
    /// 二级指标
    Group,
    /// 指标名称
    Name,
    /// 计算符号
    Sign,
    /// 指标值
    Target,
    /// 度量单位
    Unit,
    /// 怎样统计
    Measured,
    /// 佐证材料
    Evidence,
    /// 备注
    Remark,
}

impl Column {
    /// All of them, in the order in which lists are written.
    pub const ALL: [Self; 10] = [
        Self::Kinds,
        Self::Section,
        Self::Group,
        Self::Name,
        Self::Sign,
        Self::Target,
        Self::Unit,
        Self::Measured,
        Self::Evidence,
        Self::Remark,
    ];

    /// Its heading in lists that are written.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Kinds => "项目类型",
            Self::Section => "一级指标",
            Self::Group => "二级指标",
            Self::Name => "指标名称",
            Self::Sign => "计算符号",
            Self::Target => "指标值",
            Self::Unit => "度量单位",
            Self::Measured => "怎样统计",
            Self::Evidence => "佐证材料",
            Self::Remark => "备注",
        }
    }

    /// The column that a heading names.
    fn of(heading: &str) -> Option<Self> {
        /// Words that a heading holds, the telling ones first.
        const WORDS: &[(&[&str], Column)] = &[
            (&["一级", "壹级"], Column::Section),
            (&["二级", "贰级"], Column::Group),
            (&["三级", "指标名", "绩效指标名"], Column::Name),
            (
                &["佐证", "证明", "来源", "依据", "支撑材料"],
                Column::Evidence,
            ),
            (
                &[
                    "统计",
                    "口径",
                    "解释",
                    "说明",
                    "公式",
                    "计算方",
                    "算法",
                    "内涵",
                    "定义",
                ],
                Column::Measured,
            ),
            (&["性质", "符号", "方向", "比较", "运算"], Column::Sign),
            (
                &[
                    "指标值",
                    "目标值",
                    "参考值",
                    "标准值",
                    "典型值",
                    "建议值",
                    "参考标准",
                ],
                Column::Target,
            ),
            (&["计量单位", "度量单位", "指标单位"], Column::Unit),
            (
                &["指标类型", "指标类别", "指标分类", "指标维度"],
                Column::Group,
            ),
            (&["类型", "类别", "行业", "领域", "适用"], Column::Kinds),
            (&["备注", "注意"], Column::Remark),
        ];
        const WHOLE: &[(&str, Column)] = &[
            ("单位", Column::Unit),
            ("指标", Column::Name),
            ("名称", Column::Name),
            ("绩效指标", Column::Name),
            ("值", Column::Target),
            ("目标", Column::Target),
        ];
        const LONGEST: usize = 16;
        let heading = squeezed(heading);
        let heading = heading.trim_start_matches('*');
        if heading.is_empty() || heading.chars().count() > LONGEST {
            return None;
        }
        let whole = WHOLE.iter().find(|(word, _)| *word == heading);
        let within = || {
            let mut words = WORDS.iter();
            words.find(|(words, _)| words.iter().any(|word| heading.contains(word)))
        };
        whole
            .map(|(_, column)| *column)
            .or_else(|| within().map(|(_, column)| *column))
    }
}

/// What was read of a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct List {
    /// Its rows, in order.
    pub rows: Vec<Row>,
    /// What a person should know of it, one sentence each.
    pub notes: Vec<String>,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Where its first cell stands: "Sheet1 A5".
    pub place: String,
    /// The indicator.
    pub entry: Entry,
    /// How sure it is.
    pub reading: Reading,
}

/// How sure what was read is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// Nothing is in doubt.
    Sure,
    /// It was read, but something of it should be looked at.
    Doubtful(String),
    /// It is no indicator, and why.
    Refused(String),
}

/// The indicators that a file lists. `source` is what they are told to come from.
pub fn read(content: &Content, source: &str) -> List {
    let mut list = List {
        notes: content.remarks.clone(),
        ..List::default()
    };
    let mut has_any = false;
    for grid in &content.grids {
        let rows = Rows::of(grid);
        let Some((head, columns)) = headings(&rows) else {
            continue;
        };
        has_any = true;
        let mut above = Above::default();
        for row in head + 1..rows.height() {
            let cells = rows.cells(row, &columns);
            if let Some(read) = above.read(&cells, source) {
                let place = Place { row, column: 0 }.name();
                let place = match trim(&grid.name) {
                    "" => place,
                    sheet => format!("{sheet} {place}"),
                };
                list.rows.push(Row { place, ..read });
            }
        }
    }
    if !has_any {
        list.notes.push(
            "没有找到指标清单：表中要有一行标题，其中有“指标名称”或“三级指标”一栏，另外至少还有一栏（如二级指标、指标值、单位）。".into(),
        );
    }
    list
}

/// The rows of a grid with the cells that reach into them.
struct Rows<'g> {
    grid: &'g Grid,
    by_row: Vec<Vec<usize>>,
}

impl<'g> Rows<'g> {
    fn of(grid: &'g Grid) -> Self {
        let by_row = grid.by_row(|cell| !trim(&cell.text).is_empty());
        Self { grid, by_row }
    }

    fn height(&self) -> u32 {
        u32::try_from(self.by_row.len()).unwrap_or(limits::ROWS)
    }

    /// The cells of a row with their texts, from left to right.
    fn texts(&self, row: u32) -> impl Iterator<Item = (u32, u32, &'g str)> {
        let places = self.by_row.get(row as usize).into_iter().flatten();
        let cells = places.filter_map(|at| self.grid.cells.get(*at));
        cells.map(|cell| {
            let first = cell.place.column;
            (first, first.saturating_add(cell.columns), trim(&cell.text))
        })
    }

    fn cells(&self, row: u32, columns: &[(u32, Column)]) -> Vec<(Column, &'g str)> {
        let mut found = Vec::new();
        for (first, end, text) in self.texts(row) {
            let mut covered = columns.iter();
            if let Some((_, column)) = covered.find(|(at, _)| (first..end).contains(at)) {
                found.push((*column, text));
            }
        }
        found
    }
}

/// The row of the headings and what stands beneath each. Of two headings for one thing the first counts.
fn headings(rows: &Rows<'_>) -> Option<(u32, Vec<(u32, Column)>)> {
    (0..rows.height().min(ABOVE)).find_map(|row| {
        let mut columns: Vec<(u32, Column)> = Vec::new();
        for (at, _, text) in rows.texts(row) {
            let known = |column| columns.iter().any(|(_, known)| *known == column);
            if let Some(column) = Column::of(text).filter(|column| !known(*column)) {
                columns.push((at, column));
            }
        }
        let has_name = columns.iter().any(|(_, column)| *column == Column::Name);
        (has_name && columns.len() > 1).then_some((row, columns))
    })
}

/// What stands in rows above and goes for those beneath as well.
#[derive(Default)]
struct Above {
    kinds: String,
    section: String,
    group: String,
}

impl Above {
    /// `None` for a row without anything, and one that repeats the headings.
    fn read(&mut self, cells: &[(Column, &str)], source: &str) -> Option<Row> {
        let text = |wanted: Column| {
            let mut cells = cells.iter();
            cells
                .find(|(column, _)| *column == wanted)
                .map_or("", |(_, text)| *text)
        };
        let repeats = Column::of(text(Column::Name)) == Some(Column::Name);
        if cells.is_empty() || repeats {
            return None;
        }
        self.follow(&text);
        let name = one_line(text(Column::Name));
        let mut entry = Entry {
            name,
            measured: text(Column::Measured).to_owned(),
            evidence: text(Column::Evidence).to_owned(),
            remark: text(Column::Remark).to_owned(),
            kinds: kinds(&self.kinds),
            origin: Origin::From(source.to_owned()),
            ..Entry::default()
        };
        let sense = match Sense::of_caption(&self.group) {
            Sense::Other => Sense::of_caption(&self.section),
            sense => sense,
        };
        entry.set_levels(&one_line(&self.section), &one_line(&self.group), sense);
        let sign = sign(text(Column::Sign));
        let target = one_line(text(Column::Target));
        entry.set_target(&target, sign, &one_line(text(Column::Unit)));
        Some(Row {
            place: String::new(),
            reading: reading(&entry, cells),
            entry,
        })
    }

    fn follow<'t>(&mut self, text: &impl Fn(Column) -> &'t str) {
        let section = text(Column::Section);
        if !section.is_empty() && section != self.section {
            section.clone_into(&mut self.section);
            self.group.clear();
        }
        for (column, own) in [
            (Column::Group, &mut self.group),
            (Column::Kinds, &mut self.kinds),
        ] {
            if !text(column).is_empty() {
                text(column).clone_into(own);
            }
        }
    }
}

fn reading(entry: &Entry, cells: &[(Column, &str)]) -> Reading {
    if entry.name.is_empty() {
        let beyond = |(column, _): &&(Column, &str)| {
            !matches!(column, Column::Kinds | Column::Section | Column::Group)
        };
        return Reading::Refused(match cells.iter().find(beyond) {
            Some((_, text)) => format!("没有指标名称，只有“{}”", one_line(text)),
            None => "没有指标名称".into(),
        });
    }
    if entry.name.chars().count() > LONGEST_NAME {
        return Reading::Refused(format!("名称超过 {LONGEST_NAME} 字，不像指标名称"));
    }
    if entry.sense == Sense::Other {
        return Reading::Doubtful("没有认出属于哪一级指标".into());
    }
    let said = cells.iter().find(|(column, _)| *column == Column::Sign);
    if let Some((_, said)) = said
        && Nature::read(said).is_none()
        && sign(said).is_none()
    {
        return Reading::Doubtful(format!("没有认出计算符号“{}”", one_line(said)));
    }
    Reading::Sure
}

/// The sign that a cell says: "≥", "大于等于", "正向".
fn sign(text: &str) -> Option<Comparator> {
    match Nature::read(text) {
        Some(Nature::Compared(comparator)) => Some(comparator),
        _ if text.contains("正向") => Some(Comparator::AtLeast),
        _ if text.contains("反向") || text.contains("逆向") => Some(Comparator::AtMost),
        _ => None,
    }
}

fn kinds(text: &str) -> Vec<String> {
    let names = text.split(['、', '，', ',', '；', ';', '\n']);
    let names = names.map(trim).filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The entries as a workbook that [`read`] reads again.
///
/// # Errors
///
/// A text is longer than a cell takes.
pub fn workbook(entries: &[&Entry]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // No time of day: the same entries give the same file.
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&date));
    let cell = Format::new()
        .set_font_name("宋体")
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin);
    let head = cell.clone().set_bold().set_align(FormatAlign::Center);
    let sheet = book.add_worksheet();
    sheet.set_name("指标库")?;
    sheet.set_freeze_panes(1, 0)?;
    for (at, column) in (0..).zip(Column::ALL) {
        sheet.write_with_format(0, at, column.heading(), &head)?;
        sheet.set_column_width(at, f64::from(width(column)))?;
    }
    for (row, entry) in (1..).zip(entries) {
        for (at, column) in (0..).zip(Column::ALL) {
            sheet.write_string_with_format(row, at, text_of(entry, column), &cell)?;
        }
    }
    book.save_to_buffer()
}

/// In characters of the default font.
fn width(column: Column) -> u16 {
    match column {
        Column::Sign | Column::Unit => 9,
        Column::Kinds | Column::Section | Column::Group | Column::Target => 14,
        Column::Name | Column::Evidence | Column::Remark => 28,
        Column::Measured => 44,
    }
}

fn text_of(entry: &Entry, column: Column) -> String {
    match column {
        Column::Kinds => entry.kinds.join("、"),
        Column::Section => entry.section_name().to_owned(),
        Column::Group => entry.group_name().to_owned(),
        Column::Name => entry.name.clone(),
        Column::Sign => entry.comparator.map_or("", Comparator::sign).to_owned(),
        Column::Target => entry.target.clone(),
        Column::Unit => entry.unit.clone(),
        Column::Measured => entry.measured.clone(),
        Column::Evidence => entry.evidence.clone(),
        Column::Remark => entry.remark.clone(),
    }
}
