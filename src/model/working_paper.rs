//! 自评复核工作底稿: what a reviewer writes beside a filed form. Only what was typed is kept: what stands there before anybody
//! types is worked out from scores and findings (`rules::working_paper`), and never stored.

use super::{
    figure::FigureCell,
    id::Id,
    indicator::{Group, Indicator},
    measure::MeasureCell,
    project::Project,
    record::{FieldValue as _, Text, record},
    rows::Rows,
};

record! {
    /// What was typed into the working paper of a project.
    pub struct WorkingPaper {
        /// 复核人
        pub reviewer: Text,
        /// 复核日期, as typed.
        pub date: Text,
        /// 复核意见
        pub opinion: Text,
        /// What was typed into its lines; lines without an entry stand as they are worked out.
        pub lines: Rows<PaperLine>,
    }

    /// What was typed into a line: that of an indicator, of a group scored as one, or else of the budget execution.
    pub struct PaperLine {
        /// The indicator the line is about.
        pub indicator: Option<Id<Indicator>>,
        /// The group scored as one that the line is about.
        pub group: Option<Id<Group>>,
        /// 复核完成值; of the budget execution its rate.
        pub actual: MeasureCell,
        /// 复核得分
        pub score: FigureCell,
        /// 备注
        pub note: Text,
    }
}

/// What a line of the working paper is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaperSubject {
    /// 预算执行率
    Execution,
    /// A group scored as one.
    Group(Id<Group>),
    /// An indicator.
    Indicator(Id<Indicator>),
}

/// A cell of a line that a reviewer types into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaperField {
    /// 复核完成值; a group has none.
    Actual,
    /// 复核得分
    Score,
    /// 备注
    Note,
}

impl PaperField {
    /// All of them, in the order of the columns.
    pub const ALL: [Self; 3] = [Self::Actual, Self::Score, Self::Note];

    /// The caption of its column.
    pub fn caption(self) -> &'static str {
        match self {
            Self::Actual => "复核完成值",
            Self::Score => "复核得分",
            Self::Note => "备注",
        }
    }
}

/// A cell of the working paper that a reviewer types into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaperCell {
    /// 复核人
    Reviewer,
    /// 复核日期
    Date,
    /// 复核意见
    Opinion,
    /// A cell of a line.
    Line(PaperSubject, PaperField),
}

impl PaperCell {
    /// Its caption, the line not named.
    pub fn caption(self) -> &'static str {
        match self {
            Self::Reviewer => "复核人",
            Self::Date => "复核日期",
            Self::Opinion => "复核意见",
            Self::Line(_, field) => field.caption(),
        }
    }
}

impl PaperLine {
    fn blank(subject: PaperSubject) -> Self {
        let (indicator, group) = match subject {
            PaperSubject::Execution => (None, None),
            PaperSubject::Group(id) => (None, Some(id)),
            PaperSubject::Indicator(id) => (Some(id), None),
        };
        Self {
            indicator,
            group,
            actual: MeasureCell::default(),
            score: FigureCell::default(),
            note: Text::default(),
            unknown: Default::default(),
        }
    }

    /// What the line is about.
    pub fn subject(&self) -> PaperSubject {
        match (self.indicator, self.group) {
            (Some(id), _) => PaperSubject::Indicator(id),
            (None, Some(id)) => PaperSubject::Group(id),
            (None, None) => PaperSubject::Execution,
        }
    }

    /// The text of a cell as typed.
    pub fn text(&self, field: PaperField) -> &str {
        match field {
            PaperField::Actual => self.actual.text(),
            PaperField::Score => self.score.text(),
            PaperField::Note => &self.note,
        }
    }

    fn set(&mut self, field: PaperField, text: &str) {
        match field {
            PaperField::Actual => self.actual = MeasureCell::new(text),
            PaperField::Score => self.score = FigureCell::new(text),
            PaperField::Note => self.note = text.into(),
        }
    }

    /// Whether nothing is typed in it and nothing of a newer version is kept with it.
    fn says_nothing(&self) -> bool {
        let is_untyped = PaperField::ALL
            .into_iter()
            .all(|field| self.text(field).is_empty());
        is_untyped && self.unknown.is_empty()
    }
}

impl WorkingPaper {
    /// What was typed into the line about `subject`.
    pub fn line(&self, subject: PaperSubject) -> Option<&PaperLine> {
        let found = self.lines.iter().find(|line| line.subject() == subject);
        found.map(|line| &**line)
    }

    fn text(&self, cell: PaperCell) -> &str {
        match cell {
            PaperCell::Reviewer => &self.reviewer,
            PaperCell::Date => &self.date,
            PaperCell::Opinion => &self.opinion,
            PaperCell::Line(subject, field) => {
                self.line(subject).map_or("", |line| line.text(field))
            }
        }
    }

    fn set(&mut self, cell: PaperCell, text: &str) {
        match cell {
            PaperCell::Reviewer => self.reviewer = text.into(),
            PaperCell::Date => self.date = text.into(),
            PaperCell::Opinion => self.opinion = text.into(),
            PaperCell::Line(subject, field) => self.set_line(subject, field, text),
        }
    }

    fn set_line(&mut self, subject: PaperSubject, field: PaperField, text: &str) {
        let Some(at) = self.lines.position(|line| line.subject() == subject) else {
            let mut line = PaperLine::blank(subject);
            line.set(field, text);
            if !line.says_nothing() {
                self.lines.push(line);
            }
            return;
        };
        let is_over = self.lines.get_mut(at).is_some_and(|line| {
            line.set(field, text);
            line.says_nothing()
        });
        if is_over {
            self.lines.remove(at);
        }
    }
}

impl Project {
    /// The text that was typed into a cell of the working paper, empty where none was; `None` where there is no such cell.
    pub fn paper_text(&self, cell: PaperCell) -> Option<&str> {
        let is_there = match cell {
            PaperCell::Line(PaperSubject::Group(_), PaperField::Actual) => false,
            PaperCell::Line(PaperSubject::Group(id), _) => {
                self.groups().any(|view| view.group.id == id)
            }
            PaperCell::Line(PaperSubject::Indicator(id), _) => {
                self.rows().any(|view| view.indicator.id == id)
            }
            _ => true,
        };
        let paper = self.working_paper.as_ref();
        is_there.then(|| paper.map_or("", |paper| paper.text(cell)))
    }

    /// What was typed into the working paper, cell by cell; nothing where nothing was.
    pub fn paper_texts(&self) -> impl Iterator<Item = (PaperCell, &str)> {
        const HEAD: [PaperCell; 3] = [PaperCell::Reviewer, PaperCell::Date, PaperCell::Opinion];
        let paper = self.working_paper.iter();
        let texts = paper.flat_map(|paper| {
            let head = HEAD.into_iter().map(|cell| (cell, paper.text(cell)));
            head.chain(paper.lines.iter().flat_map(|line| {
                let subject = line.subject();
                let fields = PaperField::ALL.into_iter();
                fields.map(move |field| (PaperCell::Line(subject, field), line.text(field)))
            }))
        });
        texts.filter(|(_, text)| !text.is_empty())
    }

    /// Types into a cell of the working paper. An emptied cell shows again what is worked out for it; a working paper in
    /// which nothing is left is none.
    pub fn set_paper_text(&mut self, cell: PaperCell, text: &str) {
        let paper = self.working_paper.get_or_insert_with(WorkingPaper::blank);
        paper.set(cell, text);
        self.drop_blank_paper();
    }

    /// Takes out of the working paper what was typed into lines that `is_gone` picks.
    pub fn forget_paper_lines(&mut self, is_gone: impl Fn(PaperSubject) -> bool) {
        let Some(paper) = &mut self.working_paper else {
            return;
        };
        while let Some(at) = paper.lines.position(|line| is_gone(line.subject())) {
            paper.lines.remove(at);
        }
        self.drop_blank_paper();
    }

    fn drop_blank_paper(&mut self) {
        if self
            .working_paper
            .as_ref()
            .is_some_and(|paper| paper.is_blank())
        {
            self.working_paper = None;
        }
    }
}

impl WorkingPaper {
    fn blank() -> Self {
        Self {
            reviewer: Text::default(),
            date: Text::default(),
            opinion: Text::default(),
            lines: Rows::new(),
            unknown: Default::default(),
        }
    }
}
