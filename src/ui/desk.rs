//! The open document, its pages, and where the person is in it.

use std::sync::Arc;

use super::{facts::Facts, icons};
use crate::{
    model::{
        id::Id,
        monitoring::is_of_monitoring,
        path::{CellPath, Place, StatedField},
        project::Project,
    },
    session::session::Session,
};

/// A page of the middle of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Page {
    /// 基本信息
    Basics,
    /// 资金
    Funds,
    /// 年度目标
    Goals,
    /// 绩效指标
    #[default]
    Indicators,
    /// 图表
    Charts,
    /// 预览
    Preview,
    /// 审核意见
    Notes,
    /// 复核底稿
    WorkingPaper,
    /// 年中监控
    Monitoring,
}

impl Page {
    /// All pages in their order.
    pub const ALL: [Self; 9] = [
        Self::Basics,
        Self::Funds,
        Self::Goals,
        Self::Indicators,
        Self::Charts,
        Self::Preview,
        Self::Notes,
        Self::WorkingPaper,
        Self::Monitoring,
    ];

    /// What its tab says.
    pub fn name(self) -> &'static str {
        match self {
            Self::Basics => "基本信息",
            Self::Funds => "资金",
            Self::Goals => "年度目标",
            Self::Indicators => "绩效指标",
            Self::Preview => "预览",
            Self::Charts => "图表",
            Self::Notes => "审核意见",
            Self::WorkingPaper => "复核底稿",
            Self::Monitoring => "年中监控",
        }
    }

    /// The page on which a field is filled in.
    pub fn of(place: &Place) -> Self {
        match place {
            place if is_of_monitoring(place) => Self::Monitoring,
            Place::Whole
            | Place::Header(_)
            | Place::Text(_)
            | Place::Table(..)
            | Place::Footer(_)
            | Place::Stated(
                StatedField::Title | StatedField::MoneyUnit | StatedField::Footnote(_),
            ) => Self::Basics,
            Place::Fund(..) => Self::Funds,
            Place::Goal(..) => Self::Goals,
            Place::Section(..)
            | Place::Group(..)
            | Place::Indicator(..)
            | Place::Reason(_)
            | Place::Stated(
                StatedField::TotalWeight | StatedField::TotalScore | StatedField::Rating,
            ) => Self::Indicators,
            Place::Paper(_) => Self::WorkingPaper,
        }
    }
}

impl Page {
    /// Its icon.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Basics => icons::IDENTIFICATION_CARD,
            Self::Funds => icons::COINS,
            Self::Goals => icons::TARGET,
            Self::Indicators => icons::TABLE,
            Self::Preview => icons::EYE,
            Self::Charts => icons::CHART_BAR,
            Self::Notes => icons::CHAT_TEXT,
            Self::WorkingPaper => icons::LIST_CHECKS,
            Self::Monitoring => icons::CLOCK,
        }
    }
}

/// The open document and what follows from it.
pub struct Desk {
    /// The document.
    pub session: Session,
    /// What follows from it.
    pub facts: Facts,
}

impl Desk {
    /// A document just opened.
    pub fn new(mut session: Session) -> Self {
        Self {
            facts: Facts::of(&mut session),
            session,
        }
    }

    /// The name of its file.
    pub fn file_name(&self) -> String {
        if let Some(from) = self.session.copied_from() {
            let stem = from.file_stem().unwrap_or_default().to_string_lossy();
            return format!("{stem}（副本）.jiping");
        }
        let path = self.session.path();
        let name = path.and_then(|path| path.file_name());
        name.map_or_else(
            || "未命名.jiping".to_owned(),
            |name| name.to_string_lossy().into_owned(),
        )
    }

    /// The name of its file, with a mark while there is something in it that the file does not hold.
    pub fn marked_name(&self) -> String {
        let mark = if self.session.is_dirty() { "● " } else { "" };
        format!("{mark}{}", self.file_name())
    }

    /// A project of the document.
    pub fn project(&self, id: Id<Project>) -> Option<&Arc<Project>> {
        self.session.document().project(id)
    }
}

/// Where the person is in the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Position {
    /// The project that is shown.
    pub project: Id<Project>,
    /// The page that is shown.
    pub page: Page,
    /// The cell that is to be shown and focused by whoever draws it, and is taken by it.
    pub target: Option<CellPath>,
    /// The cell that holds the focus, for the sidebar, the notes and the commands.
    pub cell: Option<CellPath>,
    /// Whether the bar for finding is open: the cell may then be a hit, while the focus is in the bar.
    pub is_searching: bool,
}

impl Default for Position {
    fn default() -> Self {
        Self {
            project: Id::from_bits(0),
            page: Page::default(),
            target: None,
            cell: None,
            is_searching: false,
        }
    }
}

impl Position {
    /// Whether a cell is what was found.
    pub fn is_hit(&self, at: &CellPath) -> bool {
        self.is_searching && self.cell.as_ref() == Some(at)
    }

    /// At the first project of a document.
    pub fn start(desk: &Desk) -> Self {
        let mut position = Self::default();
        if let Some(project) = desk.session.document().projects.get(0) {
            position.project = project.id;
        }
        position
    }

    /// Shows a project.
    pub fn show(&mut self, project: Id<Project>) {
        if self.project != project {
            self.project = project;
            self.cell = None;
        }
    }

    /// Goes to a cell.
    pub fn go_to(&mut self, at: CellPath) {
        self.show(at.project);
        self.page = Page::of(&at.place);
        self.cell = Some(at.clone());
        self.target = Some(at);
    }

    /// Takes the target if `is_mine` says that the caller draws it.
    pub fn take_target(&mut self, is_mine: impl FnOnce(&CellPath) -> bool) -> Option<CellPath> {
        self.target.take_if(|target| is_mine(target))
    }

    /// Stays inside the document: when the shown project went, the one at its place is shown.
    pub fn follow(&mut self, desk: &Desk, last_index: usize) {
        let projects = &desk.session.document().projects;
        if projects.iter().any(|project| project.id == self.project) {
            return;
        }
        self.cell = None;
        let nearest = last_index.min(projects.len().saturating_sub(1));
        if let Some(project) = projects.get(nearest) {
            self.project = project.id;
        }
    }
}
