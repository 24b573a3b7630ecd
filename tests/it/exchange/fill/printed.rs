//! What a bureau printed into its blank form stays: headings, points and totals.

use std::sync::Arc;

use jiping::{
    exchange::{
        fill::{
            Subject,
            plan::{Plans, plan},
        },
        grid::Content,
    },
    model::{
        figure::FigureCell,
        id::{CountedIds, Id},
        project::Project,
    },
    store::format,
};

use super::{super::scanned::sheet, carried};
use crate::cases;

/// A blank form with its goals' texts below their headings.
const BLANK: &str = r"
项目支出绩效自评表|<|<|<|<|<|<|<|<
（    年度）|<|<|<|<|<|<|<|<
项目名称|   |<|<|<|<|<|<|<
主管部门|   |<|<|实施单位|   |<|<|<
项目资金（万元）|  |年初预算数|全年预算数|全年执行数|分值|执行率|得分|<
^|总金额|  |  |  |10分|  |  |<
年度总体目标|年初设定目标|<|<|年度总体目标完成情况综述|<|<|<|<
^|  |<|<|  |<|<|<|<
绩效指标|一级指标|二级指标|三级指标|分值|指标值|实际完成值|得分|偏差原因分析及改进措施
^|产出指标|数量指标|  |12|  |  |  |
^|^|质量指标|  |  |  |  |  |
^|满意度指标（10分）|服务对象满意度指标|  |  |  |  |  |
总分|<|<|<|100|  |  |  |
";

/// A filed form whose only group states its points, and another group that the template lacks.
fn subject() -> Subject {
    let folder = env!("CARGO_MANIFEST_DIR");
    let bytes = std::fs::read(format!("{folder}/tests/forms/12.jiping")).expect("a form");
    let document = format::read(&bytes, &mut CountedIds(1 << 40)).expect("opens");
    let mut project = Project::clone(document.document.projects.first().expect("a project"));
    let goal = project.goals.get_mut(0).expect("a goal");
    goal.expected = "全年服务居民三万人。".into();
    goal.actual = "全年服务居民三万一千人。".into();
    let section = goal.sections.get_mut(0).expect("a section");
    section.caption = "产出指标（50分）".into();
    let group = section.groups.get_mut(0).expect("a group");
    while group.indicators.len() > 1 {
        group.indicators.remove(1);
    }
    group.indicators.get_mut(0).expect("a row").weight = FigureCell::new("");
    let mut other = group.clone();
    let mut ids = CountedIds(1 << 41);
    other.id = Id::new(&mut ids);
    other.caption = "时效指标".into();
    other.weight = FigureCell::new("7");
    other.score = FigureCell::new("6.5");
    let row = other.indicators.get_mut(0).expect("a row");
    row.id = Id::new(&mut ids);
    row.name = "体检及时率".into();
    row.score = FigureCell::new("");
    section.groups.push(Arc::new(other));
    Subject {
        edition: Arc::new(cases::edition(&project.edition.id)),
        project: Arc::new(project),
    }
}

fn filled(template: &str) -> (Plans, Content) {
    let template = Content {
        grids: vec![sheet(template)],
        ..Content::default()
    };
    let plans = plan(&template, &[subject()]);
    let content = carried::out(&template, &plans.plans);
    (plans, content)
}

/// The texts of cells by their names.
fn texts<'c, const N: usize>(content: &'c Content, names: [&str; N]) -> [&'c str; N] {
    names.map(|name| {
        let place = super::place(name);
        let mut cells = content.grids[0].cells.iter();
        let cell = cells.find(|cell| cell.place == place);
        cell.map_or("", |cell| &cell.text)
    })
}

#[test]
fn a_heading_beside_a_caption_stays_and_the_texts_go_below() {
    let texts_below = ["全年服务居民三万人。", "全年服务居民三万一千人。"];
    let (_, content) = filled(BLANK);
    assert_eq!(texts(&content, ["B8", "E8"]), texts_below);
    assert_eq!(
        texts(&content, ["B7", "E7"]),
        ["年初设定目标", "年度总体目标完成情况综述"]
    );
    // Three of them side by side, of which the edition has two.
    let three = BLANK
        .replace(
            "年初设定目标|<|<|年度总体目标完成情况综述|<|<|<|<",
            "年初设定目标|<|全年目标（调整后）|<|全年完成情况|<|<|<",
        )
        .replace("^|  |<|<|  |<|<|<|<", "^|  |<|  |<|  |<|<|<");
    let (_, content) = filled(&three);
    assert_eq!(texts(&content, ["B8", "F8"]), texts_below);
    assert_eq!(
        texts(&content, ["B7", "D7", "F7", "D8"]),
        ["年初设定目标", "全年目标（调整后）", "全年完成情况", ""]
    );
}

#[test]
fn a_text_beside_its_caption_is_no_heading() {
    // Without a blank cell below, the text is an earlier filling's.
    let beside = BLANK.replace(
        "年初设定目标|<|<|年度总体目标完成情况综述|<|<|<|<\n^|  |<|<|  |<|<|<|<",
        "预期目标|完成全部目标|<|<|<|<|<|<\n^|实际完成情况|  |<|<|<|<|<|<",
    );
    let (_, content) = filled(&beside);
    assert_eq!(
        texts(&content, ["C7", "C8"]),
        ["全年服务居民三万人。", "全年服务居民三万一千人。"]
    );
}

#[test]
fn points_that_the_project_leaves_blank_stay_and_are_told_once() {
    let (plans, content) = filled(BLANK);
    // A row with printed points is filled in; one came in for the group that the template lacks.
    assert_eq!(
        texts(&content, ["D10", "E10", "E14"]),
        ["指标1:居民健康档案", "12", "100"]
    );
    let kept = |place: &str| {
        let told = |remark: &&String| remark.starts_with(&format!("表!{place}："));
        let told: Vec<&String> = plans.remarks.iter().filter(told).collect();
        assert!(
            matches!(told.as_slice(), [told] if told.ends_with("项目中没有填写，保留了原表的内容，请核对。")),
            "{:#?}",
            plans.remarks
        );
    };
    kept("E10");
    kept("E13");
    // A figure with its unit and a caption with or without its points say the same.
    assert_eq!(
        texts(&content, ["F6", "B10", "B13"]),
        ["10分", "产出指标", "满意度指标（10分）"]
    );
    // Beside these two, only the other title is told.
    assert_eq!(plans.remarks.len(), 3, "{:#?}", plans.remarks);
}

#[test]
fn other_points_in_a_caption_are_told() {
    let other = BLANK.replace("产出指标|", "产出指标（40分）|");
    let (plans, content) = filled(&other);
    assert_eq!(texts(&content, ["B10"]), ["产出指标（50分）"]);
    let told = "“产出指标（40分）”，已按项目写为“产出指标（50分）”";
    let remarks = plans.remarks.join("\n");
    assert!(remarks.contains(told), "{remarks}");
}

#[test]
fn points_of_a_group_that_comes_in_stand_in_its_first_row() {
    let (plans, content) = filled(BLANK);
    assert_eq!(
        texts(&content, ["C12", "D12", "E12", "H12"]),
        ["时效指标", "体检及时率", "7", "6.5"]
    );
    let lost: Vec<&str> = plans
        .unplaced
        .iter()
        .map(|lost| lost.field.as_str())
        .collect();
    assert!(
        lost.iter().all(|field| !field.contains("时效指标")),
        "{lost:?}"
    );
}

#[test]
fn the_total_of_the_funds_is_known_by_its_short_name() {
    let (_, content) = filled(BLANK);
    assert_eq!(
        texts(&content, ["C6", "D6", "E6", "G6", "H6"]),
        ["0", "207.4538", "207.4538", "100%", "10"]
    );
}
