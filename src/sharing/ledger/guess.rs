//! Which project and which cell a comment is about, by the names that stand in it.

use std::sync::Arc;

use super::EditionOf;
use crate::{
    exchange::comments::Comment,
    model::{
        document::Document,
        edition::{Edition, IndicatorRole},
        folding::squeezed,
        id::Id,
        indicator::{Group, Indicator, Section},
        path::{BlockField, CellPath, GoalField, IndicatorField, Place, StatedField},
        project::{Project, fund, header},
    },
};

/// Shorter names say nothing, in characters.
const SHORTEST: usize = 2;
/// A project's name that is cut short still names it when as much of it is left, in characters.
const TELLING: usize = 4;

/// What a comment is about, as far as its words tell.
pub(super) struct Found {
    pub project: Option<Id<Project>>,
    pub project_name: String,
    pub at: Option<CellPath>,
    /// Whether any of it is more than what the comment says itself.
    pub guessed: bool,
}

/// The names in a document, folded.
pub(super) struct Names {
    projects: Vec<OfProject>,
}

/// The names in one project.
struct OfProject {
    project: Arc<Project>,
    edition: Option<Arc<Edition>>,
    name: String,
    code: String,
    /// Rows and groups by their names, and the cell that is meant where no column is named.
    rows: Vec<(String, Row)>,
}

#[derive(Clone, Copy)]
enum Row {
    Indicator(Id<Indicator>),
    Group(Id<Group>),
    Section(Id<Section>),
}

impl Names {
    pub fn of(document: &Document, editions: EditionOf<'_>) -> Self {
        let names = document.projects.iter().map(|project| OfProject {
            name: squeezed(project.name()),
            code: squeezed(project.header(header::PROJECT_CODE)),
            rows: rows(project),
            edition: editions(project),
            project: Arc::clone(project),
        });
        Self {
            projects: names.collect(),
        }
    }

    pub fn find(&self, comment: &Comment) -> Found {
        let said = squeezed(&comment.project);
        let text = squeezed(&format!("{} {}", comment.place, comment.comment));
        let place = squeezed(&format!("{} {}", comment.project, comment.place));
        let named = self.named(&said).or_else(|| self.named(&text));
        let is_exact = named.is_some_and(|one| one.name == said);
        let known = named.or(match self.projects.as_slice() {
            [only] => Some(only),
            _ => None,
        });
        let of = |one: &OfProject| one.cell(&place, &text);
        // A name of a row that only one project has tells the project.
        let mut cells = self.projects.iter().filter_map(|one| Some((one, of(one)?)));
        let (known, at) = match known {
            Some(one) => (Some(one), of(one)),
            None => match (cells.next(), cells.next()) {
                (Some((one, place)), None) => (Some(one), Some(place)),
                _ => (None, None),
            },
        };
        let project_name = match known {
            Some(one) if comment.project.is_empty() || named.is_some() => {
                one.project.name().trim().to_owned()
            }
            _ => comment.project.clone(),
        };
        Found {
            project: known.map(|one| one.project.id),
            project_name,
            guessed: at.is_some() || (known.is_some() && !is_exact && self.projects.len() > 1),
            at: known.zip(at).map(|(one, place)| one.project.at(place)),
        }
    }

    /// The project that a text names: the longest name counts.
    fn named(&self, text: &str) -> Option<&OfProject> {
        let is_named = |one: &&OfProject| {
            let holds = |name: &str| name.chars().count() >= SHORTEST && text.contains(name);
            let is_cut = text.chars().count() >= TELLING && one.name.contains(text);
            holds(&one.name) || holds(&one.code) || is_cut
        };
        let named = self.projects.iter().filter(is_named);
        named.max_by_key(|one| one.name.len())
    }
}

fn rows(project: &Project) -> Vec<(String, Row)> {
    let indicators = project.rows().map(|view| {
        (
            squeezed(&view.indicator.name),
            Row::Indicator(view.indicator.id),
        )
    });
    let groups = project
        .groups()
        .map(|view| (squeezed(view.group.name()), Row::Group(view.group.id)));
    let sections = project.goals.iter().flat_map(|goal| goal.sections.iter());
    let sections = sections.map(|section| (squeezed(section.name()), Row::Section(section.id)));
    let mut rows: Vec<(String, Row)> = indicators.chain(groups).chain(sections).collect();
    rows.retain(|(name, _)| name.chars().count() >= SHORTEST);
    // The longest name counts, and of names as long the indicator's: those stand first.
    rows.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    rows
}

impl OfProject {
    /// The cell that is meant: what stands for the place counts before the comment's own words.
    fn cell(&self, place: &str, text: &str) -> Option<Place> {
        let row = |text: &str| {
            let mut rows = self.rows.iter();
            rows.find(|(name, _)| text.contains(name.as_str()))
                .map(|(_, row)| self.row(*row, text))
        };
        let both = format!("{place}{text}");
        row(place)
            .map(|found| match found {
                Place::Indicator(id, IndicatorField::Name) => {
                    Place::Indicator(id, self.field(text))
                }
                other => other,
            })
            .or_else(|| row(text))
            .or_else(|| self.fund(&both))
            .or_else(|| self.goal(&both))
            .or_else(|| stated(&both))
            .or_else(|| self.head(&both))
    }

    fn row(&self, row: Row, text: &str) -> Place {
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let block = || match () {
            () if has(SCORE) => BlockField::Score,
            () if has(WEIGHT) => BlockField::Weight,
            () => BlockField::Caption,
        };
        match row {
            Row::Indicator(id) => Place::Indicator(id, self.field(text)),
            Row::Group(id) => Place::Group(id, block()),
            Row::Section(id) => Place::Section(id, block()),
        }
    }

    /// The column of an indicator that a text names; the name where it names none.
    fn field(&self, text: &str) -> IndicatorField {
        const WORDS: &[(&[&str], IndicatorField)] = &[
            (&["偏差", "原因分析", "改进措施"], IndicatorField::Deviation),
            (
                &["实际完成", "完成值", "完成情况", "佐证", "证明材料"],
                IndicatorField::Actual,
            ),
            (WEIGHT, IndicatorField::Weight),
            (SCORE, IndicatorField::Score),
            (&["指标值", "目标值", "年度目标"], IndicatorField::Target),
            (&["计量单位", "度量单位"], IndicatorField::Unit),
        ];
        const COLUMNS: &[(IndicatorRole, IndicatorField)] = &[
            (IndicatorRole::Actual, IndicatorField::Actual),
            (IndicatorRole::Target, IndicatorField::Target),
            (IndicatorRole::Weight, IndicatorField::Weight),
            (IndicatorRole::Score, IndicatorField::Score),
            (IndicatorRole::Deviation, IndicatorField::Deviation),
        ];
        let named = self.edition.as_ref().and_then(|edition| {
            let mut columns = COLUMNS.iter();
            columns.find(|(role, _)| {
                let caption = squeezed(edition.indicator_caption(*role));
                caption.chars().count() > SHORTEST && text.contains(&caption)
            })
        });
        if let Some((_, field)) = named {
            return field.clone();
        }
        let mut words = WORDS.iter();
        let by_words = words.find(|(words, _)| words.iter().any(|word| text.contains(word)));
        by_words.map_or(IndicatorField::Name, |(_, field)| field.clone())
    }

    fn fund(&self, text: &str) -> Option<Place> {
        const WORDS: &[(&[&str], &str)] = &[
            (&["执行率", "支出进度"], fund::RATE),
            (&["年初预算"], fund::INITIAL),
            (&["全年预算", "调整后预算"], fund::ADJUSTED),
            (
                &["全年执行", "执行数", "支出数", "实际支出"],
                fund::EXECUTED,
            ),
        ];
        let mut words = WORDS.iter();
        let (_, column) = words.find(|(words, _)| words.iter().any(|word| text.contains(word)))?;
        let edition = self.edition.as_deref()?;
        let column = *edition.fund_columns_named(&[*column]).first()?;
        let named = self.project.funds.iter().find(|row| {
            let name = squeezed(row.short_name());
            name.chars().count() > SHORTEST && text.contains(&name)
        });
        let row = match named {
            Some(row) => row.id,
            None => self.project.total_fund_row(edition)?.id,
        };
        Some(Place::Fund(row, column.to_owned()))
    }

    fn goal(&self, text: &str) -> Option<Place> {
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let goal = self.project.goals.first()?.id;
        match () {
            () if has(&["预期目标", "总体目标"]) && has(&["完成情况"]) => {
                Some(Place::Goal(goal, GoalField::Actual))
            }
            () if has(&["预期目标", "总体目标", "年度目标"]) => {
                Some(Place::Goal(goal, GoalField::Expected))
            }
            () if has(&["完成情况"]) => Some(Place::Goal(goal, GoalField::Actual)),
            () => None,
        }
    }

    fn head(&self, text: &str) -> Option<Place> {
        let edition = self.edition.as_ref()?;
        let fields = edition.header.iter().filter_map(|field| {
            let caption = squeezed(&field.caption);
            let is_named = caption.chars().count() > SHORTEST && text.contains(&caption);
            is_named.then(|| (caption.len(), Place::Header(field.key.clone())))
        });
        fields
            .max_by_key(|(length, _)| *length)
            .map(|(_, place)| place)
    }
}

const WEIGHT: &[&str] = &["分值", "权重"];
const SCORE: &[&str] = &["得分", "打分", "评分", "扣分"];

fn stated(text: &str) -> Option<Place> {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let field = match () {
        () if has(&["总分", "总得分", "自评得分", "合计得分"]) => {
            StatedField::TotalScore
        }
        () if has(&["评价等级", "自评等级", "评价结果"]) => StatedField::Rating,
        () if has(&["金额单位"]) => StatedField::MoneyUnit,
        () => return None,
    };
    Some(Place::Stated(field))
}
