//! 自评复核工作底稿 on paper: landscape, a line for everything that is scored or measured, sums and rating beneath.

use rust_decimal::Decimal;

use super::{
    edges::divided,
    review::Reviewed,
    table::{Block, BlockKind, Cell, FULL_WIDTH, FormSheet, Row, Style},
};
use crate::{
    model::{
        edition::{Edition, FundRole, Orientation},
        id::Id,
        indicator::Group,
        path::{BlockField, CellPath, IndicatorField, Place, StatedField},
        project::{FundRow, Project, fund, header},
        typed::trim,
        working_paper::{PaperCell, PaperField, PaperSubject},
    },
    rules::working_paper::{Line, Paper},
    score::score_project,
};

/// Its title.
pub const TITLE: &str = "自评复核工作底稿";

/// The columns with their relative widths.
const COLUMNS: [(&str, u32); 13] = [
    ("一级指标", 10),
    ("二级指标", 10),
    ("三级指标", 17),
    ("性质", 5),
    ("指标值", 9),
    ("单位", 6),
    ("权重", 5),
    ("自评完成值", 11),
    ("自评得分", 9),
    ("复核完成值", 11),
    ("复核得分", 9),
    ("偏离度", 9),
    ("备注", 23),
];
const NAME: usize = 2;
const KIND: usize = 3;
const TARGET: usize = 4;
const UNIT: usize = 5;
const WEIGHT: usize = 6;
const FILED_ACTUAL: usize = 7;
const FILED_SCORE: usize = 8;
const ACTUAL: usize = 9;
const SCORE: usize = 10;
const DEVIATION: usize = 11;
const NOTE: usize = 12;

/// What the signs of the table mean.
const NOTES: &[&str] = &[
    "注：1.偏离度＝（复核完成值－指标值）÷指标值；定性指标、日期和指标值为0的不计算。",
    "2.复核人没有填写的，复核完成值同自评完成值；校验认为自评得分有误且能够测算的，复核得分按测算，其余同自评得分。",
];

impl FormSheet {
    /// The working paper of a project.
    pub fn working_paper(one: &Reviewed<'_>) -> Self {
        let score = score_project(one.project, one.edition);
        let paper = Paper::of(one.project, one.edition, &score, one.findings);
        let widths = COLUMNS.map(|(_, width)| width);
        let row = score
            .execution
            .row
            .and_then(|row| one.project.funds.get(row));
        let table = Table {
            project: one.project,
            edition: one.edition,
            execution: row.map(|row| row.id),
            paper: &paper,
            edges: divided(0, &widths),
        };
        Self {
            project: Some(one.project.id),
            name: one.project.shown_name().to_owned(),
            page: Orientation::Landscape,
            blocks: vec![
                title(),
                table.fields(),
                table.body(),
                table.signatures(),
                notes(&paper),
            ],
            seal: None,
        }
    }
}

fn title() -> Block {
    Block {
        kind: BlockKind::Title,
        header_rows: 0,
        rows: vec![Row::of([Cell::new(0, FULL_WIDTH, TITLE, Style::Title)]).kept()],
    }
}

fn notes(paper: &Paper) -> Block {
    let mut notes: Vec<String> = NOTES.iter().map(|note| (*note).to_owned()).collect();
    if paper.elsewhere > 0 {
        notes.push(format!(
            "3.另有 {} 处错误或警告涉及资金、目标等，没有列入备注，见校验意见。",
            paper.elsewhere
        ));
    }
    Block {
        kind: BlockKind::Notes,
        header_rows: 0,
        rows: notes
            .into_iter()
            .map(|note| Row::of([Cell::new(0, FULL_WIDTH, note, Style::Note)]))
            .collect(),
    }
}

struct Table<'a> {
    project: &'a Project,
    edition: &'a Edition,
    /// The fund row that is scored.
    execution: Option<Id<FundRow>>,
    paper: &'a Paper,
    edges: Vec<u16>,
}

impl Table<'_> {
    fn cell(&self, column: usize, text: impl Into<String>, style: Style) -> Cell {
        self.over(column, column + 1, text, style)
    }

    fn over(&self, from: usize, to: usize, text: impl Into<String>, style: Style) -> Cell {
        Cell::new(self.edges[from], self.edges[to], text, style)
    }

    fn paper_text(&self, cell: PaperCell) -> &str {
        self.project.paper_text(cell).map_or("", trim)
    }

    fn at_paper(&self, cell: PaperCell) -> CellPath {
        self.project.at(Place::Paper(cell))
    }

    /// Whose form it is about.
    fn fields(&self) -> Block {
        let pairs = [
            [header::PROJECT_NAME, header::YEAR],
            [header::DEPARTMENT, header::UNIT],
        ];
        let rows = pairs.map(|[left, right]| {
            let pair = |key: &str, from, middle, to| {
                let at = self.project.at(Place::Header(key.to_owned()));
                [
                    self.over(
                        from,
                        middle,
                        self.edition.header_caption(key),
                        Style::Caption,
                    ),
                    self.over(middle, to, self.project.header(key), Style::Text)
                        .at(at),
                ]
            };
            let [caption, value] = pair(left, 0, NAME, FILED_ACTUAL);
            let [second, other] = pair(right, FILED_ACTUAL, FILED_SCORE + 1, NOTE + 1);
            Row::of([caption, value, second, other]).kept()
        });
        Block::table(0, rows.into())
    }

    /// The lines, the sums and the opinion.
    fn body(&self) -> Block {
        let captions = COLUMNS.iter().enumerate();
        let captions = captions.map(|(at, (caption, _))| self.cell(at, *caption, Style::Caption));
        let mut rows = vec![Row::of(captions)];
        let several = self.project.goals.len() > 1;
        let mut goal = None;
        let mut lines = &self.paper.lines[..];
        while let Some(first) = lines.first() {
            if several && first.goal.is_some() && first.goal != goal {
                goal = first.goal;
                rows.push(self.goal(goal.unwrap_or_default()));
            }
            let same = |line: &&Line| line.goal == first.goal && line.section == first.section;
            let (section, rest) = lines.split_at(lines.iter().take_while(same).count());
            rows.extend(self.section(section));
            lines = rest;
        }
        if let Some(last) = rows.last_mut() {
            last.keep_with_next = true;
        }
        rows.extend(self.totals());
        // Where nothing is typed there is room to write by hand.
        let opinion = match self.paper_text(PaperCell::Opinion) {
            "" => "\n\n\n",
            opinion => opinion,
        };
        rows.push(Row::of([
            self.over(0, NAME, PaperCell::Opinion.caption(), Style::Caption),
            self.over(NAME, NOTE + 1, opinion, Style::Passage)
                .at(self.at_paper(PaperCell::Opinion)),
        ]));
        Block::table(1, rows)
    }

    fn goal(&self, number: usize) -> Row {
        let goal = self.project.goals.get(number);
        let caption = match goal.map_or("", |goal| trim(&goal.caption)) {
            "" => format!("{}{}", self.edition.goals.caption, number + 1),
            caption => caption.to_owned(),
        };
        Row::of([Cell::new(0, FULL_WIDTH, caption, Style::Caption)]).kept()
    }

    /// The lines of a section, its caption beside all of them and those of its groups beside theirs.
    fn section(&self, lines: &[Line]) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::with_capacity(lines.len());
        let mut left = lines;
        while let Some(first) = left.first() {
            let same = |line: &&Line| line.group == first.group;
            let (group, rest) = left.split_at(left.iter().take_while(same).count());
            for (index, line) in group.iter().enumerate() {
                let mut cells = self.line(line);
                if let (0, Some((_, caption))) = (index, &line.group) {
                    cells.insert(0, self.cell(1, caption, Style::Span).over(group.len()));
                }
                rows.push(Row::of(cells));
            }
            left = rest;
        }
        let caption = lines.first().and_then(|line| line.section.as_ref());
        if let (Some(first), Some((_, caption))) = (rows.first_mut(), caption) {
            let caption = self.cell(0, caption, Style::Span).over(lines.len());
            first.cells.insert(0, caption);
        }
        rows
    }

    fn line(&self, line: &Line) -> Vec<Cell> {
        let name_style = if line.is_part {
            Style::Part
        } else {
            Style::Text
        };
        let name = match line.section {
            Some(_) => self.cell(NAME, &line.name, name_style),
            // The budget execution stands in no level.
            None => self.over(0, NAME + 1, &line.name, Style::Caption),
        };
        let kind = line.kind.map_or("", |kind| kind.word());
        let deviation = line.deviation.map(|percent| format!("{percent}%"));
        let filed = |column, text: &str, style, field: Filed| {
            let cell = self.cell(column, text, style);
            match self.filed(line, field) {
                Some(at) => cell.at(at),
                None => cell,
            }
        };
        let reviewed = |column, text: &str, style, field| {
            let cell = PaperCell::Line(line.subject, field);
            self.cell(column, text, style).at(self.at_paper(cell))
        };
        let changed = match line.change {
            Some(_) => Style::Total,
            None => Style::Figure,
        };
        vec![
            name,
            self.cell(KIND, kind, Style::Short),
            filed(TARGET, &line.target, Style::Short, Filed::Target),
            self.cell(UNIT, &line.unit, Style::Short),
            filed(WEIGHT, &line.weight, Style::Figure, Filed::Weight),
            filed(
                FILED_ACTUAL,
                &line.filed_actual,
                Style::Short,
                Filed::Actual,
            ),
            filed(FILED_SCORE, &line.filed_score, Style::Figure, Filed::Score),
            reviewed(ACTUAL, line.actual.text(), Style::Short, PaperField::Actual),
            reviewed(SCORE, line.score.text(), changed, PaperField::Score),
            self.cell(DEVIATION, deviation.unwrap_or_default(), Style::Figure),
            reviewed(NOTE, &noted(line), Style::Text, PaperField::Note),
        ]
    }

    /// The field of the form that a cell shows.
    fn filed(&self, line: &Line, field: Filed) -> Option<CellPath> {
        let place = match line.subject {
            PaperSubject::Execution => {
                let (role, usual) = match field {
                    Filed::Target => return None,
                    Filed::Actual => (FundRole::Rate, fund::RATE),
                    Filed::Weight => (FundRole::Weight, fund::WEIGHT),
                    Filed::Score => (FundRole::Score, fund::SCORE),
                };
                let column = self.edition.fund_column(role);
                let key = column.map_or(usual, |column| &column.key);
                Place::Fund(self.execution?, key.to_owned())
            }
            PaperSubject::Group(id) => of_group(id, field)?,
            PaperSubject::Indicator(id) => {
                let field = match field {
                    Filed::Target => IndicatorField::Target,
                    Filed::Actual => IndicatorField::Actual,
                    Filed::Weight => IndicatorField::Weight,
                    Filed::Score => IndicatorField::Score,
                };
                Place::Indicator(id, field)
            }
        };
        Some(self.project.at(place))
    }

    /// 总分 and 评价等级: the filed ones beside the reviewed ones.
    fn totals(&self) -> Vec<Row> {
        if !self.paper.is_scored {
            return Vec::new();
        }
        let totals = &self.paper.totals;
        let number = |number: Option<Decimal>| number.map_or_else(String::new, |n| n.to_string());
        let stated = self.project.at(Place::Stated(StatedField::TotalScore));
        let sums = Row::of([
            self.over(0, WEIGHT, "总分", Style::Caption),
            self.cell(WEIGHT, number(totals.weight), Style::Total),
            self.cell(FILED_ACTUAL, "", Style::Short),
            self.cell(FILED_SCORE, number(totals.filed), Style::Total)
                .at(stated),
            self.cell(ACTUAL, "", Style::Short),
            self.cell(SCORE, number(totals.reviewed), Style::Total),
            self.over(DEVIATION, NOTE + 1, self.summary(), Style::Text),
        ]);
        let word =
            |rating: Option<_>| rating.map_or_else(String::new, |rating| format!("{rating}"));
        let ratings = Row::of([
            self.over(0, FILED_ACTUAL, "评价等级", Style::Caption),
            self.over(
                FILED_ACTUAL,
                ACTUAL,
                word(totals.filed_rating),
                Style::Short,
            ),
            self.over(
                ACTUAL,
                DEVIATION,
                word(totals.reviewed_rating),
                Style::Short,
            ),
            self.over(DEVIATION, NOTE + 1, "", Style::Text),
        ]);
        vec![sums.kept(), ratings.kept()]
    }

    /// What became of the total in a sentence.
    fn summary(&self) -> String {
        let totals = &self.paper.totals;
        let mut parts = Vec::new();
        match totals.change {
            Some(change) if change.is_zero() => parts.push("复核得分与自评得分相同".to_owned()),
            Some(change) => parts.push(changed_by(change)),
            None => {}
        }
        if totals.changed > 0 {
            parts.push(format!("调整得分 {} 处", totals.changed));
        }
        if totals.missing > 0 {
            parts.push(format!("{} 处没有复核得分，没有计入", totals.missing));
        }
        if let Some(sum) = totals.before_folding {
            parts.push(format!("折算前合计 {sum} 分"));
        }
        if !totals.remark.is_empty() {
            parts.push(totals.remark.clone());
        }
        parts.join("；")
    }

    fn signatures(&self) -> Block {
        let fields = [PaperCell::Reviewer, PaperCell::Date];
        let edges = divided(0, &[1; 3]);
        let mut cells: Vec<Cell> = Vec::new();
        for (cell, edge) in fields.into_iter().zip(edges.windows(2)) {
            let name = match self.paper_text(cell) {
                "" => BLANK,
                name => name,
            };
            let text = format!("{}：{name}", cell.caption());
            let cell = Cell::new(edge[0], edge[1], text, Style::Signature).at(self.at_paper(cell));
            cells.push(cell);
        }
        let seal = format!("复核单位（盖章）：{BLANK}");
        cells.push(Cell::new(edges[2], edges[3], seal, Style::Signature));
        Block {
            kind: BlockKind::Signatures,
            header_rows: 0,
            rows: vec![Row::of(cells).kept()],
        }
    }
}

/// Room for what is written by hand.
const BLANK: &str = "____________";

/// A column of what was filed.
#[derive(Clone, Copy)]
enum Filed {
    Target,
    Weight,
    Actual,
    Score,
}

fn of_group(id: Id<Group>, field: Filed) -> Option<Place> {
    let field = match field {
        Filed::Weight => BlockField::Weight,
        Filed::Score => BlockField::Score,
        Filed::Target | Filed::Actual => return None,
    };
    Some(Place::Group(id, field))
}

/// The remark, beginning with what was taken off or added.
fn noted(line: &Line) -> String {
    let note = trim(line.note.text());
    match line.change {
        Some(change) if note.is_empty() => changed_by(change),
        Some(change) => format!("{}；{note}", changed_by(change)),
        None => note.to_owned(),
    }
}

/// "核减3.00分", "核增0.50分".
pub fn changed_by(change: Decimal) -> String {
    let word = if change.is_sign_negative() {
        "核减"
    } else {
        "核增"
    };
    format!("{word}{}分", change.abs())
}
