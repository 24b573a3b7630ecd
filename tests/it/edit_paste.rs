//! Blocks of cells from and to the clipboard.

use std::sync::LazyLock;

use jiping::{
    edit::{
        apply::apply,
        block::{Block, copy_block},
        command::EditCommand,
        paste::{PastePlan, Verdict, plan},
        refusal::{Missing, Refusal},
    },
    model::{
        document::Document,
        edition::Edition,
        id::{CountedIds, Id},
        indicator::{Group, Indicator, SharedReason},
        path::{BlockField, CellPath, IndicatorField, Place},
        project::{Project, Stage},
    },
};
use proptest::prelude::*;

use super::generate::{assert_sound, cell_text};

static SHENZHEN: LazyLock<Edition> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../assets/editions/shenzhen-2020.json"))
        .expect("an edition")
});
static FORESTRY: LazyLock<Edition> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../assets/editions/forestry-2024.json"))
        .expect("an edition")
});

/// The Shenzhen form with two rows in 数量指标 and one in every other group.
struct Form {
    document: Document,
    edition: &'static Edition,
    ids: CountedIds,
}

impl Form {
    fn new(edition: &'static Edition) -> Self {
        let mut ids = CountedIds(1000);
        let mut document = Document::new(Id::new(&mut ids));
        document.projects.push(Project::blank(edition, &mut ids));
        let mut form = Self {
            document,
            edition,
            ids,
        };
        let row = Indicator::blank(&mut form.ids);
        form.change_group(0, |group| group.indicators.push(row));
        form
    }

    fn change_group(&mut self, index: usize, change: impl FnOnce(&mut Group)) {
        let project = self.document.projects.get_mut(0).expect("a project");
        let goal = project.goals.get_mut(0).expect("a goal");
        let section = goal.sections.get_mut(0).expect("a section");
        change(section.groups.get_mut(index).expect("a group"));
    }

    fn project(&self) -> &Project {
        self.document.projects.first().expect("a project")
    }

    fn row(&self, index: usize) -> &Indicator {
        self.project().rows().nth(index).expect("a row").indicator
    }

    fn cell(&self, row: usize, field: IndicatorField) -> CellPath {
        self.project().at_indicator(self.row(row), field)
    }

    fn count(&self) -> usize {
        self.project().rows().count()
    }

    fn plan(&mut self, start: &CellPath, text: &str) -> Result<PastePlan, Refusal> {
        let block = Block::parse(text);
        plan(&self.document, self.edition, start, &block, &mut self.ids)
    }

    /// Plans and makes a paste as one step.
    fn paste(&mut self, start: &CellPath, text: &str) -> PastePlan {
        let plan = self.plan(start, text).expect("a plan");
        self.document = apply(&self.document, &plan.command()).expect("a paste");
        assert_sound(&self.document);
        plan
    }
}

fn cells(rows: &[&[&str]]) -> Block {
    let owned = |row: &&[&str]| row.iter().map(|cell| (*cell).to_owned()).collect();
    Block::new(rows.iter().map(owned).collect())
}

#[test]
fn reads_what_spreadsheets_put_on_the_clipboard() {
    for (text, expected) in [
        ("", cells(&[])),
        ("a", cells(&[&["a"]])),
        ("\r\n", cells(&[&[""]])),
        ("a\tb\r\nc\td\r\n", cells(&[&["a", "b"], &["c", "d"]])),
        ("a\tb\nc\td", cells(&[&["a", "b"], &["c", "d"]])),
        ("a\n\n", cells(&[&["a"], &[""]])),
        ("a\t\n", cells(&[&["a", ""]])),
        ("\"一\n二\"\t3\r\n", cells(&[&["一\n二", "3"]])),
        ("\"一\r\n二\"\n", cells(&[&["一\n二"]])),
        ("\"a\tb\"\tc", cells(&[&["a\tb", "c"]])),
        ("\"说\"\"好\"\"\n了\"\t1", cells(&[&["说\"好\"\n了", "1"]])),
        ("说\"好\"\t1", cells(&[&["说\"好\"", "1"]])),
        ("\"未完\t1\n2", cells(&[&["\"未完", "1"], &["2"]])),
        ("\"甲\"乙\t1", cells(&[&["\"甲\"乙", "1"]])),
        ("1,234.00\t12%", cells(&[&["1,234.00", "12%"]])),
    ] {
        assert_eq!(Block::parse(text), expected, "{text:?}");
    }
}

proptest! {
    #[test]
    fn what_is_copied_reads_back(rows in proptest::collection::vec(proptest::collection::vec(cell_text(), 1..5), 0..6)) {
        let block = Block::new(rows);
        prop_assert_eq!(Block::parse(&block.to_string()), block);
    }

    #[test]
    fn any_text_is_a_block_without_line_breaks_lost_in_it(text in "[\"\t\r\na]{0,40}") {
        let block = Block::parse(&text);
        prop_assert_eq!(Block::parse(&block.to_string()), block);
    }

    #[test]
    fn a_copied_part_of_the_table_pastes_back_as_it_was(
        texts in proptest::collection::vec(proptest::collection::vec(cell_text(), 3), 2..5),
    ) {
        let mut form = Form::new(&SHENZHEN);
        let start = form.cell(0, IndicatorField::Name);
        let block = Block::new(texts.clone());
        form.paste(&start, &block.to_string());
        let fields = [IndicatorField::Name, IndicatorField::Target, IndicatorField::Actual];
        let paths: Vec<Vec<CellPath>> = (0..texts.len())
            .map(|row| fields.iter().map(|field| form.cell(row, field.clone())).collect())
            .collect();
        prop_assert_eq!(Block::parse(&copy_block(&form.document, &paths)), block);
    }
}

#[test]
fn a_block_goes_over_columns_and_on_into_the_next_group() {
    let mut form = Form::new(&SHENZHEN);
    let start = form.cell(1, IndicatorField::Target);
    let plan = form.paste(&start, "≥14个\t\"14\n个\"\r\n100%\t1,234.00\r\n");
    assert_eq!(form.row(1).target.text(), "≥14个");
    assert_eq!(form.row(1).actual.text(), "14\n个");
    assert_eq!(form.row(2).target.text(), "100%");
    assert_eq!(form.row(2).actual.text(), "1,234.00");
    assert_eq!(plan.command().label(), "粘贴 4 个单元格");
    assert!(plan.cells.iter().all(|cell| cell.verdict == Verdict::Fits));
    assert!(plan.new_rows.is_none());
}

#[test]
fn the_plan_tells_what_is_replaced_and_what_stays() {
    let mut form = Form::new(&SHENZHEN);
    let start = form.cell(0, IndicatorField::Name);
    form.paste(&start, "课题\t≥14\n培训\t≥3");
    let project = form.project().id;
    form.document =
        apply(&form.document, &EditCommand::ApproveTargets { project }).expect("approved");
    let before = form.document.clone();
    let plan = form.paste(&start, "课题\t≥15\t15\n培训\t\t3");
    let verdicts: Vec<_> = plan
        .cells
        .iter()
        .map(|cell| match &cell.verdict {
            Verdict::Fits => "fits",
            Verdict::Changed => "changed",
            Verdict::Refused(_) => "refused",
        })
        .collect();
    assert_eq!(
        verdicts,
        ["fits", "refused", "fits", "fits", "refused", "fits"]
    );
    assert_eq!(plan.refused().count(), 2);
    assert!(
        plan.refused()
            .all(|(_, why)| matches!(why, Refusal::LockedByApproval { .. }))
    );
    assert_eq!(form.row(0).target.text(), "≥14");
    assert_eq!(form.row(0).actual.text(), "15");
    assert_ne!(form.document, before);
    let again = form.cell(0, IndicatorField::Actual);
    let plan = form.plan(&again, "16\n3").expect("a plan");
    assert_eq!(plan.cells[0].verdict, Verdict::Changed);
    assert_eq!(
        (plan.cells[0].old.as_str(), plan.cells[0].new.as_str()),
        ("15", "16")
    );
    assert_eq!(plan.command().label(), "粘贴 1 个单元格");
}

#[test]
fn captions_are_compared_and_merged_ones_continue() {
    let mut form = Form::new(&SHENZHEN);
    let section = form
        .project()
        .goals
        .first()
        .expect("a goal")
        .sections
        .first()
        .expect("one")
        .id;
    let start = form
        .project()
        .at(Place::Section(section, BlockField::Caption));
    let text = "产出指标\t数量\t课题\n\t\t培训\n\t质量指标\t优秀率\n\t成本指标\t及时率\n";
    let plan = form.paste(&start, text);
    let names: Vec<_> = (0..4).map(|row| form.row(row).name.as_str()).collect();
    assert_eq!(
        names,
        ["课题", "培训", "优秀率", ""],
        "the last line belongs to another group"
    );
    let why: Vec<_> = plan.refused().map(|(_, why)| why.clone()).collect();
    let other = Refusal::OtherBlock {
        here: "时效指标".into(),
        pasted: "成本指标".into(),
    };
    assert_eq!(why, [other.clone(), other]);
    assert_eq!(
        form.project().section(section).expect("it").caption,
        "产出指标（50分）"
    );
}

#[test]
fn a_merged_score_is_taken_from_its_first_row() {
    let mut form = Form::new(&SHENZHEN);
    let start = form.cell(0, IndicatorField::Actual);
    let plan = form.paste(&start, "14\t15\t14.70\n3\t\t\n100%\t10\t10");
    let groups: Vec<_> = form.project().groups().take(2).collect();
    assert_eq!(
        (groups[0].group.weight.text(), groups[0].group.score.text()),
        ("15", "14.70")
    );
    assert_eq!(groups[1].group.score.text(), "10");
    assert_eq!(plan.refused().count(), 0);
    let inside = form.cell(1, IndicatorField::Actual);
    let plan = form.paste(&inside, "4\t15\t9");
    let refused: Vec<_> = plan.refused().map(|(_, why)| why.clone()).collect();
    assert_eq!(
        refused,
        [Refusal::InsideMerged],
        "the same weight fits, another score does not"
    );
    assert_eq!(form.row(1).actual.text(), "4");
}

#[test]
fn a_merged_reason_is_taken_from_its_first_row() {
    let mut form = Form::new(&SHENZHEN);
    let rows = vec![form.row(0).id, form.row(1).id];
    let id = Id::new(&mut form.ids);
    let project = form.document.projects.get_mut(0).expect("a project");
    project
        .goals
        .get_mut(0)
        .expect("a goal")
        .reasons
        .push(SharedReason {
            id,
            copied_from: None,
            section: None,
            group: None,
            rows,
            text: "旧".into(),
            unknown: Default::default(),
        });
    let start = form.project().at(Place::Reason(id));
    form.paste(&start, "压减课题\n\n本行的原因");
    assert_eq!(&*form.project().reason(id).expect("it").text, "压减课题");
    assert_eq!(&*form.row(1).deviation, "");
    assert_eq!(&*form.row(2).deviation, "本行的原因");
}

#[test]
fn lines_below_the_last_row_become_new_rows() {
    let mut form = Form::new(&SHENZHEN);
    let count = form.count();
    let last = form.cell(count - 1, IndicatorField::Name);
    let plan = form.paste(&last, "满意度\t≥90%\n投诉处理率\t100%\n\t\n回访率\t≥80%\n");
    assert_eq!(form.count(), count + 2);
    assert_eq!(form.row(count).name, "投诉处理率");
    assert_eq!(form.row(count + 1).target.text(), "≥80%");
    let groups: Vec<_> = form.project().groups().collect();
    assert_eq!(groups.last().expect("a group").group.indicators.len(), 3);
    assert_eq!(plan.command().label(), "粘贴 6 个单元格，新增 2 行");
}

#[test]
fn a_group_without_rows_can_be_filled() {
    let mut form = Form::new(&SHENZHEN);
    let mut id = None;
    form.change_group(1, |group| {
        group.indicators.remove(0);
        id = Some(group.id);
    });
    let id = id.expect("a group");
    let start = form.project().at(Place::Group(id, BlockField::Caption));
    form.paste(
        &start,
        "质量指标\t优秀率\t≥90%\t92%\t10\t9.5\n\t合格率\t100%\t100%\t\t",
    );
    let view = form
        .project()
        .groups()
        .find(|view| view.group.id == id)
        .expect("it");
    let names: Vec<_> = view
        .group
        .indicators
        .iter()
        .map(|row| row.name.clone())
        .collect();
    assert_eq!(names, ["优秀率", "合格率"]);
    assert_eq!(view.group.score.text(), "9.5");
}

#[test]
fn what_does_not_fit_is_refused_as_a_whole() {
    let mut form = Form::new(&SHENZHEN);
    let deviation = form.cell(0, IndicatorField::Deviation);
    assert_eq!(
        form.plan(&deviation, "a\tb\tc\nd"),
        Err(Refusal::PasteTooWide(2))
    );
    assert!(
        form.plan(&deviation, "a\t\t\nd\t").is_ok(),
        "blank cells beyond the table say nothing"
    );
    assert_eq!(form.plan(&deviation, ""), Err(Refusal::PasteNothing));
    let header = form.project().at(Place::Header("year".into()));
    assert_eq!(form.plan(&header, "a\tb"), Err(Refusal::PasteOutsideTable));
    let lost = form
        .project()
        .at(Place::Indicator(Id::from_bits(9), IndicatorField::Name));
    let gone = Err(Refusal::UnknownPlace(Missing::Indicator));
    assert_eq!(form.plan(&lost, "a\tb"), gone);
    assert_eq!(form.plan(&lost, "a"), gone);
    form.document.projects.get_mut(0).expect("a project").stage = Stage::Final;
    assert_eq!(
        form.plan(&deviation, "a"),
        Err(Refusal::LockedByStage(Stage::Final))
    );
}

#[test]
fn one_cell_goes_anywhere() {
    let mut form = Form::new(&SHENZHEN);
    let header = form.project().at(Place::Header("year".into()));
    form.paste(&header, "2020年\r\n");
    assert_eq!(form.project().header("year"), "2020年");
    let tier = form.cell(0, IndicatorField::Tier);
    let plan = form.paste(&tier, "很好");
    assert_eq!(
        plan.cells[0].verdict,
        Verdict::Refused(Refusal::UnknownTier("很好".into()))
    );
    assert_eq!(form.row(0).tier, None);
}

#[test]
fn the_fund_table_takes_blocks_too() {
    let mut form = Form::new(&SHENZHEN);
    let rows: Vec<_> = form.project().funds.iter().map(|row| row.id).collect();
    let cell =
        |form: &Form, row: usize, key: &str| form.project().at(Place::Fund(rows[row], key.into()));
    let start = cell(&form, 0, "initial");
    form.paste(&start, "620.82\t600\t596.54\n620.82\t\t596.54");
    let read = |form: &Form, row, key| {
        let at = cell(form, row, key);
        form.project()
            .cell_text(&at.place)
            .expect("a cell")
            .into_owned()
    };
    assert_eq!(read(&form, 0, "executed"), "596.54");
    assert_eq!(read(&form, 1, "adjusted"), "");
    assert_eq!(read(&form, 1, "initial"), "620.82");
    let last = cell(&form, rows.len() - 1, "initial");
    assert_eq!(form.plan(&last, "1\n2\n\n3"), Err(Refusal::PasteTooLong(2)));
}

#[test]
fn a_fund_table_with_free_rows_grows() {
    let mut form = Form::new(&FORESTRY);
    let count = form.project().funds.len();
    let last = form.project().funds.last().expect("a row").id;
    let start = form.project().at(Place::Fund(last, "name".into()));
    let plan = form.paste(&start, "其他资金\t1\n社会捐赠\t2");
    assert_eq!(form.project().funds.len(), count + 1);
    assert_eq!(form.project().funds.last().expect("a row").name, "社会捐赠");
    assert_eq!(plan.command().label(), "粘贴 4 个单元格，新增 1 行");
}
