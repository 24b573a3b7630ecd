//! Forms found in grids: every layout that offices use, as rows of cells.

use proptest::prelude::*;

use jiping::{
    exchange::{
        grid::{Cell, Columns, Grid, Place},
        recognise::{
            ColumnUse, FormKind, RowUse,
            found::{Field, Findings, FoundForm, FoundGoal, FoundSpan, Funds},
            scan::{Said, scan},
        },
    },
    model::edition::IndicatorRole,
};

use super::found_cells;

/// Nobody said anything.
struct Nothing;

impl Said for Nothing {
    fn column(&self, _: Place) -> Option<&ColumnUse> {
        None
    }

    fn row(&self, _: u32) -> Option<&RowUse> {
        None
    }
}

/// Text as it comes out of a PDF: a field's column is its number in the line.
fn loose(text: &str) -> Grid {
    let mut cells = Vec::new();
    for (row, line) in (0..).zip(text.lines()) {
        for (column, field) in (0..).zip(line.split('\t')) {
            if !field.trim().is_empty() {
                cells.push(Cell::new(row, column, field.trim()));
            }
        }
    }
    Grid {
        name: String::new(),
        columns: Columns::Loose,
        cells,
    }
}

/// A sheet, written as one line for each row and | between cells: < belongs to the cell at its left, ^ to the one above.
pub fn sheet(text: &str) -> Grid {
    let mut cells: Vec<Cell> = Vec::new();
    let rows = text.lines().map(str::trim).filter(|line| !line.is_empty());
    for (row, line) in (0_u32..).zip(rows) {
        for (column, field) in (0_u32..).zip(line.split('|')) {
            let field = field.trim().replace("\\n", "\n");
            let mut grow = |place: Place, down: bool| {
                let Some(cell) = cells.iter_mut().find(|cell| cell.covers(place)) else {
                    panic!("no cell to merge with at {row}, {column}")
                };
                if down {
                    cell.rows = row - cell.place.row + 1;
                } else {
                    cell.columns = column - cell.place.column + 1;
                }
            };
            match field.as_str() {
                "<" => grow(
                    Place {
                        row,
                        column: column - 1,
                    },
                    false,
                ),
                "^" => grow(
                    Place {
                        row: row - 1,
                        column,
                    },
                    true,
                ),
                _ => cells.push(Cell::new(row, column, field)),
            }
        }
    }
    cells.sort_by_key(|cell| cell.place);
    Grid {
        name: "表".to_owned(),
        columns: Columns::Aligned,
        cells,
    }
}

/// The only form of a grid, after looking that nothing of it is lost.
fn only(grid: &Grid) -> FoundForm {
    let mut findings = found(grid);
    assert_eq!(findings.forms.len(), 1, "{findings:#?}");
    findings.forms.remove(0)
}

fn found(grid: &Grid) -> Findings {
    let findings = scan(grid, &Nothing);
    assert_eq!(lost(grid, &findings), Vec::<String>::new());
    findings
}

/// Cells with text that are nowhere in what was found: each must be in a text found at its place, whole or in pieces.
fn lost(grid: &Grid, findings: &Findings) -> Vec<String> {
    let all = texts(findings);
    let whole = |text: &str| {
        let text = text.trim();
        all.iter().any(|found| found.contains(text)) || pieces(&all, text)
    };
    grid.cells
        .iter()
        .filter(|cell| !cell.text.trim().is_empty())
        .filter(|cell| {
            !findings
                .accounts
                .iter()
                .any(|rows| rows.contains(&cell.place.row))
        })
        .filter(|cell| !whole(&cell.text))
        .map(|cell| cell.text.clone())
        .collect()
}

/// Whether a text was told apart at its colons and every piece was found.
fn pieces(all: &[String], text: &str) -> bool {
    text.contains(['：', ':'])
        && text
            .split(|c: char| c.is_whitespace() || c == '：' || c == ':')
            .all(|piece| all.iter().any(|found| found.contains(piece)))
}

/// All texts that were found.
fn texts(findings: &Findings) -> Vec<String> {
    let ignored = findings.ignored.iter().map(|remark| &remark.cell);
    let found = findings.forms.iter().flat_map(found_cells::of);
    ignored.chain(found).map(|cell| cell.text.clone()).collect()
}

fn text(cell: Option<&Cell>) -> String {
    cell.map(|cell| cell.text.trim().replace('\n', "⏎"))
        .unwrap_or_default()
}

/// A goal's table as lines: "= section weight/score", "- group weight/score", "name|target|actual|weight|score|deviation".
fn table(goal: &FoundGoal) -> Vec<String> {
    use IndicatorRole as R;
    let mut lines = Vec::new();
    let points = |weight: &Option<Cell>, score: &Option<Cell>| {
        if weight.is_none() && score.is_none() {
            String::new()
        } else {
            format!(" {}/{}", text(weight.as_ref()), text(score.as_ref()))
        }
    };
    for section in &goal.sections {
        let caption = text(section.caption.as_ref());
        lines.push(format!(
            "= {caption}{}",
            points(&section.weight, &section.score)
        ));
        for group in &section.groups {
            let caption = text(group.caption.as_ref());
            lines.push(format!(
                "- {caption}{}",
                points(&group.weight, &group.score)
            ));
            for row in &group.rows {
                let of = |role: IndicatorRole| {
                    let column = goal
                        .columns
                        .iter()
                        .position(|heading| heading.role == role)?;
                    let (_, cell) = row.cells.iter().find(|(at, _)| *at == column)?;
                    Some(cell)
                };
                let values: Vec<String> = [
                    R::Name,
                    R::Nature,
                    R::Target,
                    R::Unit,
                    R::Actual,
                    R::Weight,
                    R::Score,
                    R::Deviation,
                ]
                .into_iter()
                .filter(|role| goal.columns.iter().any(|heading| heading.role == *role))
                .map(|role| text(of(role)))
                .collect();
                let part = if row.part { "其中 " } else { "" };
                lines.push(format!("{part}{}", values.join("|")));
            }
        }
    }
    lines
}

/// A fund table as lines: the keys, then the rows.
fn funds(funds: &Funds) -> Vec<String> {
    let keys: Vec<&str> = funds
        .columns
        .iter()
        .map(|heading| heading.key.unwrap_or("?"))
        .collect();
    let mut lines = vec![keys.join("|")];
    for row in &funds.rows {
        let mut values = vec![row.name.text.clone()];
        for column in 0..funds.columns.len() {
            let cell = row.cells.iter().find(|(at, _)| *at == column);
            values.push(text(cell.map(|(_, cell)| cell)));
        }
        lines.push(values.join("|"));
    }
    lines
}

fn fields(fields: &[Field]) -> Vec<String> {
    fields
        .iter()
        .map(|field| {
            format!(
                "{}={}",
                text(Some(&field.caption)),
                text(field.value.as_ref())
            )
        })
        .collect()
}

#[test]
fn the_seed_is_read_row_by_row() {
    let grid = loose(include_str!("../../exchange/seed-2020.txt"));
    let form = only(&grid);
    assert_eq!(form.what, FormKind::SelfEvaluation);
    assert_eq!(text(form.title.as_ref()), "项目支出绩效自评表");
    assert_eq!(form.money_unit.as_ref().unwrap().1, "元");
    assert_eq!(
        fields(&form.header),
        [
            "项目名称=科协组织建设与事业发展",
            "实施年度=2020年",
            "主管部门=深圳市科学技术协会",
            "实施单位=深圳市科学技术协会本级",
        ]
    );
    assert_eq!(
        funds(form.funds.as_ref().unwrap()),
        [
            "initial|adjusted|executed|weight|rate|score",
            "年度资金总额|8620000.00|8108600.00|8086475.64|10|99.7%|9.97",
            "其中:当年财政拨款|8620000.00|8108600.00|8086475.64|—|99.7%|—",
            "上年结转资金|0.00|0.00|0.00|—|—|—",
            "其他资金|0.00|0.00|0.00|—|—|—",
        ]
    );
    let [goal] = form.goals.as_slice() else {
        panic!("{:?}", form.goals)
    };
    assert_eq!(text(goal.side.as_ref()), "年度总体目标");
    assert_eq!(text(goal.table_caption.as_ref()), "年度绩效指标");
    let starts = |field: &Option<Field>| {
        text(field.as_ref().unwrap().value.as_ref())
            .chars()
            .take(8)
            .collect::<String>()
    };
    assert_eq!(starts(&goal.expected), "<p>一、场馆日");
    assert_eq!(starts(&goal.actual), "<p>一、场馆日");
    let groups: Vec<(usize, String, usize, String)> = goal
        .sections
        .iter()
        .enumerate()
        .flat_map(|(at, section)| {
            section.groups.iter().map(move |group| {
                let points = format!(
                    "{}/{}",
                    text(group.weight.as_ref()),
                    text(group.score.as_ref())
                );
                (at, text(group.caption.as_ref()), group.rows.len(), points)
            })
        })
        .collect();
    let wanted = [
        (0, "数量指标", 15, "15/15"),
        (0, "质量指标", 13, "15/15"),
        (0, "时效指标", 15, "10/10"),
        (0, "成本指标", 1, "10/10"),
        (1, "经济效益指标", 1, "—/—"),
        (1, "社会效益指标", 11, "30/30"),
        (1, "生态效益指标", 1, "—/—"),
        (1, "满意度指标", 3, "10/10"),
    ];
    assert_eq!(
        groups,
        wanted.map(|(at, name, rows, points)| (at, name.to_owned(), rows, points.to_owned()))
    );
    let captions: Vec<String> = goal
        .sections
        .iter()
        .map(|section| text(section.caption.as_ref()))
        .collect();
    assert_eq!(captions, ["产出指标(50分)", "效益指标 (40分)"]);
    let total = form.total.as_ref().unwrap();
    assert_eq!(
        (
            text(total.weight.as_ref()).as_str(),
            text(total.score.as_ref()).as_str()
        ),
        ("100", "99.97")
    );
    assert!(total.rating.is_none());
}

#[test]
fn the_seeds_rows_keep_name_target_and_actual() {
    let form = only(&loose(include_str!("../../exchange/seed-2020.txt")));
    let lines = table(&form.goals[0]);
    for wanted in [
        "信息安全维护次数|1|1|||",
        "举办科技工作者座谈会|1个|1|||",
        "市青年奖获奖者数量|8个|8个|||",
        "专家联谊会工作完成情况|顺利完成|顺利完成|||",
        "参加国际知名展完成度|100%|100%|||",
        "科普后勤管理支付及时性|及时|及时|||",
        "高层次人才活动及时性|及时|及时|||",
        "当年完成|当年完成|当年完成|||",
        "项目预算金额|不超过全年预算数|未超过全年预算数|||",
        "不适用|不适用|不适用|||",
        "科普工作能力提升|提升科普工作能利|提升科普工作能利|||",
        "服务对象投诉次数|≤1次|0|||",
        "受众人员满意度|90%|90%|||",
    ] {
        assert!(
            lines.iter().any(|line| line == wanted),
            "{wanted}\n{lines:#?}"
        );
    }
    assert_eq!(lines.len(), 2 + 8 + 60);
}

#[test]
fn the_seeds_breaks_are_told() {
    let form = only(&loose(include_str!("../../exchange/seed-2020.txt")));
    let goal = &form.goals[0];
    let [reason] = goal.reasons.as_slice() else {
        panic!("{:?}", goal.reasons)
    };
    assert_eq!((&reason.span, reason.sure), (&FoundSpan::Section(0), 60));
    let guessed: Vec<u32> = goal
        .sections
        .iter()
        .flat_map(|section| &section.groups)
        .flat_map(|group| &group.rows)
        .filter(|row| row.sure < 100)
        .map(|row| row.row)
        .collect();
    assert_eq!(guessed, [38]);
    let notes: Vec<&str> = form
        .ignored
        .iter()
        .map(|remark| remark.cell.text.as_str())
        .collect();
    assert_eq!(notes, ["方)", "—"]);
    let [warning] = form.warnings.as_slice() else {
        panic!("{:?}", form.warnings)
    };
    assert!(
        warning.note.contains("质量指标") && warning.note.contains("请与原件核对"),
        "{}",
        warning.note
    );
}

#[test]
fn the_common_form_with_merged_cells() {
    let form = only(&sheet(
        "项目支出绩效自评表|<|<|<|<|<|<|<|<
        （2022年度）|<|<|<|<|<|<|<|<
        项目名称|<|城区道路养护|<|<|<|<|<|<
        主管部门|<|市住建局|<|<|实施单位|<|市政管理处|<
        项目资金（万元）|<||年初预算数|全年预算数|全年执行数|分值|执行率|得分
        ^|^|年度资金总额|120|110|99|10|90.00%|9
        ^|^|其中：当年财政拨款|120|110|99|—|90.00%|—
        ^|^|上年结转资金|0|0|0|—||—
        ^|^|其他资金|0|0|0|—||—
        年度总体目标|预期目标|<|<|<|实际完成情况|<|<|<
        ^|养护主干道20公里|<|<|<|完成18公里|<|<|<
        绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
        ^|产出指标（50分）|数量指标|养护里程|≥20公里|18公里|20|18|雨季停工，次年提前安排
        ^|^|^|修补坑槽|≥300处|320处|10|10|
        ^|^|质量指标|验收合格率|100%|100%|20|20|
        ^|效益指标（30分）|社会效益指标|通行状况|改善|改善|30|30|
        ^|满意度指标（10分）|服务对象满意度指标|群众满意度|≥90%|93%|10|10|
        总分|<|<|<|<|<|100|97|
        注：1.得分一档最高不能超过该指标分值上限。|<|<|<|<|<|<|<|<
        2.定量指标若为正向指标，按比例记分。|<|<|<|<|<|<|<|<
        填表人：李四  联系电话：0755-1234|<|<|<|<|<|<|<|<",
    ));
    assert_eq!(form.year.as_ref().unwrap().1, "2022");
    assert_eq!(form.money_unit.as_ref().unwrap().1, "万元");
    assert_eq!(
        fields(&form.header),
        [
            "项目名称=城区道路养护",
            "主管部门=市住建局",
            "实施单位=市政管理处"
        ]
    );
    let fund = form.funds.as_ref().unwrap();
    assert_eq!(text(fund.caption.as_ref()), "项目资金（万元）");
    assert_eq!(
        funds(fund),
        [
            "initial|adjusted|executed|weight|rate|score",
            "年度资金总额|120|110|99|10|90.00%|9",
            "其中：当年财政拨款|120|110|99|—|90.00%|—",
            "上年结转资金|0|0|0|—||—",
            "其他资金|0|0|0|—||—",
        ]
    );
    let goal = &form.goals[0];
    assert_eq!(text(goal.side.as_ref()), "年度总体目标");
    assert_eq!(
        text(goal.expected.as_ref().unwrap().value.as_ref()),
        "养护主干道20公里"
    );
    assert_eq!(
        text(goal.actual.as_ref().unwrap().value.as_ref()),
        "完成18公里"
    );
    assert_eq!(text(goal.table_caption.as_ref()), "绩效指标");
    assert_eq!(
        table(goal),
        [
            "= 产出指标（50分）",
            "- 数量指标",
            "养护里程|≥20公里|18公里|20|18|雨季停工，次年提前安排",
            "修补坑槽|≥300处|320处|10|10|",
            "- 质量指标",
            "验收合格率|100%|100%|20|20|",
            "= 效益指标（30分）",
            "- 社会效益指标",
            "通行状况|改善|改善|30|30|",
            "= 满意度指标（10分）",
            "- 服务对象满意度指标",
            "群众满意度|≥90%|93%|10|10|",
        ]
    );
    let total = form.total.as_ref().unwrap();
    assert_eq!(
        (text(total.weight.as_ref()), text(total.score.as_ref())),
        ("100".to_owned(), "97".to_owned())
    );
    assert_eq!(form.footnotes.len(), 2);
    assert_eq!(
        fields(&form.fields_below),
        ["填表人=李四", "联系电话=0755-1234"]
    );
    assert!(form.ignored.is_empty(), "{:?}", form.ignored);
}

#[test]
fn merged_weights_scores_and_reasons_belong_to_groups_and_blocks() {
    let form = only(&sheet(
        "项目支出绩效自评表|<|<|<|<|<|<|<
        项目名称|<|图书采购|<|<|<|<|<
        一级指标|二级指标|三级指标|年度指标值|*实际完成值|*分值|*得分|偏差原因分析及改进措施
        产出指标|数量指标|采购册数|1000册|900册|20|18|到货推迟
        ^|^|上架册数|1000册|900册|^|^|^
        ^|质量指标|完好率|100%|100%|30|30|^
        效益指标|社会效益指标|借阅|提升|提升|40|40|
        ^|^|读者|增加|增加|^|^|
        合计|<|<|<|<|90|88|",
    ));
    let goal = &form.goals[0];
    assert_eq!(
        table(goal),
        [
            "= 产出指标",
            "- 数量指标 20/18",
            "采购册数|1000册|900册|||",
            "上架册数|1000册|900册|||",
            "- 质量指标 30/30",
            "完好率|100%|100%|||",
            "= 效益指标",
            "- 社会效益指标 40/40",
            "借阅|提升|提升|||",
            "读者|增加|增加|||",
        ]
    );
    let [reason] = goal.reasons.as_slice() else {
        panic!("{:?}", goal.reasons)
    };
    assert_eq!((&reason.span, reason.sure), (&FoundSpan::Section(0), 100));
}

#[test]
fn weight_before_value_core_indicators_and_parts() {
    let form = only(&sheet(
        "2021年度扶贫资金绩效目标自评表|<|<|<|<|<|<|<
        项目名称|<|产业帮扶|<|<|项目负责人及电话|<|王五 13900000000
        项目资金|全年预算数（A）|<|全年执行数（B）|<|分值|执行率（B/A）|得分
        年度资金总额|50|<|50|<|10|100%|10
        其中：本年财政拨款|50|<|50|<|||
        一级指标|二级指标|三级指标|分值|年度指标值|全年实际值|得分|未完成原因及拟采取的改进措施
        产出指标(50分)|数量指标|★扶持户数|30|≥100户|100户|30|
        ||其中：脱贫户||≥60户|60户||
        ||监测户||≥40户|40户||
        ||培训|20|≥2场|2场|20|
        满意度指标(10分)|服务对象满意度指标|满意度|10|≥95%|96%|10|",
    ));
    assert_eq!(form.year.as_ref().unwrap().1, "2021");
    assert_eq!(
        fields(&form.header),
        ["项目名称=产业帮扶", "项目负责人及电话=王五 13900000000"]
    );
    assert_eq!(
        funds(form.funds.as_ref().unwrap()),
        [
            "adjusted|executed|weight|rate|score",
            "年度资金总额|50|50|10|100%|10",
            "其中：本年财政拨款|50|50|||",
        ]
    );
    assert_eq!(
        table(&form.goals[0]),
        [
            "= 产出指标(50分)",
            "- 数量指标",
            "★扶持户数|≥100户|100户|30|30|",
            "其中 其中：脱贫户|≥60户|60户|||",
            "其中 监测户|≥40户|40户|||",
            "培训|≥2场|2场|20|20|",
            "= 满意度指标(10分)",
            "- 服务对象满意度指标",
            "满意度|≥95%|96%|10|10|",
        ]
    );
}

#[test]
fn split_values_reasons_of_funds_and_conclusions() {
    let form = only(&sheet(
        "报表编号：510000_0013zp|<|<|<|<|<|<|<|<|<
        部门预算项目支出绩效自评表(2023年度)|<|<|<|<|<|<|<|<|<
        项目名称|<|51000021R000000019951-公用经费|<|<|<|<|<|<|<
        主管部门|<|县发展和改革局|<|<|实施单位（盖章）|<|县发展和改革局|<|<
        项目预算执行情况（万元）|<|年度|年初预算|调整后预算数|预算执行数|预算执行率|权重|得分|原因
        ^|^|总额|238.93|251.89|251.89|100.00%|10|10|年中追加
        ^|^|其中：财政资金|238.93|251.89|251.89|100.00%|||
        ^|^|单位资金|0|0|0|0.00%|||
        项目年度目标|<|按时发放|<|<|<|完成情况|<|已发放|<
        一级指标|二级指标|三级指标|指标性质|指标值|度量单位|完成值|权重|得分|未完成原因分析
        产出指标|数量指标|覆盖率|＝|100|%|100|60|60|
        效益指标|社会效益指标|保障率|＝|100|%|100|30|30|
        合计|<|<|<|<|<|<|100|100|
        评价结论|<|较好完成。|<|<|<|<|<|<|<
        存在问题|<|无|<|<|<|<|<|<|<
        改进措施|<|加强管理|<|<|<|<|<|<|<
        项目负责人：赵六|<|<|<|<|财务负责人：钱七|<|<|<|<",
    ));
    assert_eq!(text(form.form_no.as_ref()), "报表编号：510000_0013zp");
    assert_eq!(form.year.as_ref().unwrap().1, "2023");
    assert_eq!(
        funds(form.funds.as_ref().unwrap()),
        [
            "initial|adjusted|executed|rate|weight|score|remark",
            "总额|238.93|251.89|251.89|100.00%|10|10|年中追加",
            "其中：财政资金|238.93|251.89|251.89|100.00%|||",
            "单位资金|0|0|0|0.00%|||",
        ]
    );
    let goal = &form.goals[0];
    assert_eq!(
        text(goal.expected.as_ref().unwrap().value.as_ref()),
        "按时发放"
    );
    assert_eq!(text(goal.actual.as_ref().unwrap().value.as_ref()), "已发放");
    assert_eq!(table(goal)[2], "覆盖率|＝|100|%|100|60|60|");
    assert_eq!(
        fields(&form.fields_below),
        [
            "评价结论=较好完成。",
            "存在问题=无",
            "改进措施=加强管理",
            "项目负责人=赵六",
            "财务负责人=钱七"
        ]
    );
}

#[test]
fn several_goals_each_with_its_own_table() {
    let form = only(&sheet(
        "2020年度水土保持项目绩效自评表|<|<|<|<|<
        单位名称：水保所|<|<|填报日期：2021年3月1日|<|<
        项目类别|1、部门预算项目 ☑|2、市直专项 □|<|<|<
        预算执行情况（万元）（20分）|<|预算数（A）|执行数（B）|执行率（B/A）|得分（20分*执行率）
        ^|<|10|10|100%|20
        年度绩效目标1（40分）|完成监测资料整编|<|<|<|<
        一级指标|二级指标|三级指标|年初目标值（A）|实际完成值（B）|得分
        产出指标|质量指标|数据合格率|100%|100%|20
        效益指标|服务对象满意度指标|资料审核|98%|98%|20
        年度绩效目标2（40分）|完成宣传|<|<|<|<
        一级指标|二级指标|三级指标|年初目标值（A）|实际完成值（B）|得分
        产出指标|数量指标|宣传次数|4次|4次|39.6
        总分|<|<|<|<|99.6
        偏差大或目标未完成原因分析|<|无|<|<|<
        改进措施及结果应用方案|<|继续执行|<|<|<",
    ));
    assert_eq!(
        fields(&form.header),
        [
            "单位名称=水保所",
            "填报日期=2021年3月1日",
            "项目类别=1、部门预算项目 ☑ 2、市直专项 □"
        ]
    );
    let fund = form.funds.as_ref().unwrap();
    assert_eq!(text(fund.caption.as_ref()), "预算执行情况（万元）（20分）");
    assert_eq!(
        funds(fund),
        ["adjusted|executed|rate|score", "|10|10|100%|20"]
    );
    let blocks: Vec<(String, String, usize)> = form
        .goals
        .iter()
        .map(|goal| {
            (
                text(goal.caption.as_ref()),
                text(goal.weight.as_ref()),
                goal.sections.len(),
            )
        })
        .collect();
    assert_eq!(
        blocks,
        [
            ("年度绩效目标1（40分）".to_owned(), "40".to_owned(), 2),
            ("年度绩效目标2（40分）".to_owned(), "40".to_owned(), 1),
        ]
    );
    assert_eq!(text(form.total.as_ref().unwrap().score.as_ref()), "99.6");
    assert_eq!(
        fields(&form.fields_below),
        [
            "偏差大或目标未完成原因分析=无",
            "改进措施及结果应用方案=继续执行"
        ]
    );
}

#[test]
fn transfer_payments_without_points_and_their_fund_management() {
    let form = only(&sheet(
        "中央对地方转移支付区域绩效自评表|<|<|<|<|<
        （2022年度）|<|<|<|<|<
        转移支付名称|<|农业生产发展资金|<|<|<
        中央主管部门|<|农业农村部|<|<|<
        地方主管部门|<|省农业农村厅|<|资金使用单位|市农业局
        资金投入情况（万元）|<||全年预算数（A）|全年执行数（B）|预算执行率（B/A×100%）
        ^|^|年度资金总额：|1000|980|98%
        ^|^|其中：中央财政资金|800|790|98.75%
        ^|^|地方资金|200|190|95%
        资金管理情况|<|<|情况说明|<|存在问题和改进措施
        ^|^|分配科学性|按因素法分配|<|无
        ^|^|下达及时性|30日内下达|<|
        总体目标完成情况|总体目标|<|<|全年实际完成情况|<
        ^|提高产量|<|<|已提高|<
        绩效指标|一级指标|二级指标|三级指标|指标值|全年实际完成值
        ^|产出指标|数量指标|示范面积|5万亩|5.1万亩
        ^|效益指标|社会效益指标|带动农户|1000户|1020户
        说明|无|<|<|<|<
        注：1.资金使用单位按项目绩效目标填报。|<|<|<|<|<
        2.其他资金包括自有资金等。|<|<|<|<|<",
    ));
    assert_eq!(
        fields(&form.header),
        [
            "转移支付名称=农业生产发展资金",
            "中央主管部门=农业农村部",
            "地方主管部门=省农业农村厅",
            "资金使用单位=市农业局",
        ]
    );
    assert_eq!(
        funds(form.funds.as_ref().unwrap()),
        [
            "adjusted|executed|rate",
            "年度资金总额：|1000|980|98%",
            "其中：中央财政资金|800|790|98.75%",
            "地方资金|200|190|95%",
        ]
    );
    let [further] = form.tables.as_slice() else {
        panic!("{:?}", form.tables)
    };
    assert_eq!(text(further.caption.as_ref()), "资金管理情况");
    let rows: Vec<Vec<String>> = further
        .rows
        .iter()
        .map(|row| row.iter().map(|cell| text(cell.as_ref())).collect())
        .collect();
    assert_eq!(
        rows,
        [
            ["分配科学性", "按因素法分配", "无"],
            ["下达及时性", "30日内下达", ""]
        ]
    );
    let goal = &form.goals[0];
    assert_eq!(text(goal.side.as_ref()), "总体目标完成情况");
    assert_eq!(
        text(goal.expected.as_ref().unwrap().value.as_ref()),
        "提高产量"
    );
    assert_eq!(text(goal.actual.as_ref().unwrap().value.as_ref()), "已提高");
    assert_eq!(table(goal)[2], "示范面积|5万亩|5.1万亩");
    assert_eq!(fields(&form.fields_below), ["说明=无"]);
    assert_eq!(form.footnotes.len(), 2);
}

#[test]
fn a_flat_list_with_three_goals_and_the_total_in_the_header() {
    let form = only(&sheet(
        "2023年项目支出绩效自评表|<|<|<|<|<|<|<
        填报单位：卫生健康委||||||金额单位：元|<
        项目名称|公卫服务|项目编码|50023|自评总分|96.5|项目负责人|孙八
        主管部门|卫健委|财政归口处室|社保处|联系人||联系电话|
        项目资金|年初预算数|全年（调整）预算数|全年执行数|执行率（%）|执行率权重|执行率得分|
        年度总金额|5000000|4764453.11|4614453.11|96.85|10|9.68|
        其中：财政拨款|5000000|4764453.11|4614453.11|96.85|||
        绩效目标|年初目标|<|调整后目标|<|目标完成情况|<|<
        |服务覆盖全区|<|不变|<|已覆盖|<|<
        指标名称|计量单位|指标性质|指标值|指标权重（分）|全年完成值|指标得分（分）|说明
        建档人数|人|≥|38000|50|37000|48|迁出较多
        随访率|%|≥|90|40|92|40|",
    ));
    assert_eq!(form.money_unit.as_ref().unwrap().1, "元");
    assert_eq!(
        fields(&form.header),
        [
            "填报单位=卫生健康委",
            "项目名称=公卫服务",
            "项目编码=50023",
            "自评总分=96.5",
            "项目负责人=孙八",
            "主管部门=卫健委",
            "财政归口处室=社保处",
            "联系人=",
            "联系电话=",
        ]
    );
    assert_eq!(
        funds(form.funds.as_ref().unwrap())[0],
        "initial|adjusted|executed|rate|weight|score"
    );
    let goal = &form.goals[0];
    assert_eq!(
        text(goal.expected.as_ref().unwrap().value.as_ref()),
        "服务覆盖全区"
    );
    assert_eq!(text(goal.actual.as_ref().unwrap().value.as_ref()), "已覆盖");
    assert_eq!(fields(&goal.others), ["调整后目标=不变"]);
    assert_eq!(
        table(goal),
        [
            "= ",
            "- ",
            "建档人数|≥|38000|人|37000|50|48|迁出较多",
            "随访率|≥|90|%|92|40|40|"
        ]
    );
}

#[test]
fn two_rows_of_headings_and_the_execution_rate_as_a_row() {
    let form = only(&sheet(
        "项目支出绩效自评表|<|<|<|<|<|<|<|<
        项目名称|<|<|设备更新|<|<|<|<|<
        绩效指标|<|<|年度指标值|<|<|实际完成值|分值|得分
        一级指标|二级指标|三级指标|指标性质|指标值|度量单位|^|^|^
        预算执行率|<|<|||||10|9.5
        产出指标|数量指标|设备台数|=|10|台|10台|50|50
        |质量指标|指标1：|||||
        ||……||||||
        效益指标|社会效益指标|不适用|—|—|—|—|—|—
        小计|<|<|||||50|50
        合计|<|<|||||100|99.5",
    ));
    assert_eq!(
        table(&form.goals[0]),
        [
            "= 预算执行率",
            "- ",
            "预算执行率|||||10|9.5",
            "= 产出指标",
            "- 数量指标",
            "设备台数|=|10|台|10台|50|50",
            "- 质量指标",
            "= 效益指标 50/50",
            "- 社会效益指标",
            "不适用|—|—|—|—|—|—",
        ]
    );
    let ignored: Vec<&str> = form
        .ignored
        .iter()
        .map(|remark| remark.cell.text.as_str())
        .collect();
    assert_eq!(ignored, ["绩效指标", "年度指标值", "指标1：", "……", "小计"]);
    assert_eq!(text(form.total.as_ref().unwrap().score.as_ref()), "99.5");
}

#[test]
fn captions_in_every_row_and_a_rating() {
    let form = only(&sheet(
        "项目支出绩效自评表|||||||
        项目名称|宣传|||||
        一级指标|二级指标|三级指标|年初目标值|全年实际值|权重|自评得分|复核得分
        产出指标|数量指标|海报|10张|10张|25|25|20
        产出指标|数量指标|展板|5块|5块|25|25|25
        产出指标|质量指标|合格率|100%|100%|40|40|40
        自评总分|||||90|90|85
        等级|优||||||",
    ));
    let goal = &form.goals[0];
    assert_eq!(goal.columns[7].role, IndicatorRole::Extra);
    assert_eq!(goal.sections.len(), 1);
    assert_eq!(goal.sections[0].groups.len(), 2);
    assert_eq!(goal.sections[0].groups[0].rows.len(), 2);
    let total = form.total.as_ref().unwrap();
    assert_eq!(
        (text(total.weight.as_ref()), text(total.score.as_ref())),
        ("90".to_owned(), "90".to_owned())
    );
    assert_eq!(fields(&form.fields_below), ["等级=优"]);
    assert_eq!(
        form.ignored
            .iter()
            .map(|remark| remark.cell.text.as_str())
            .collect::<Vec<_>>(),
        ["85"]
    );
}

#[test]
fn amounts_beside_their_captions_and_goals_one_above_the_other() {
    let form = only(&sheet(
        "项目绩效自评表|<|<|<|<|<
        项目名称|绿化|主管部门|园林局|实施单位|园林处
        资金情况（元）|年初预算数|1,000.00|全年预算数|900.00|
        ^|全年执行数|880.00|执行率|97.78%|
        年度目标|种树一千棵，保证成活率达到百分之九十|<|<|<|<
        完成情况|种了九百八十棵|<|<|<|<
        二级指标|三级指标|指标值|完成值|分值|得分
        数量指标|种树|1000棵|980棵|50|49
        质量指标|成活率|90%|92%|40|40",
    ));
    assert_eq!(
        funds(form.funds.as_ref().unwrap()),
        [
            "initial|adjusted|executed|rate",
            "|1,000.00|900.00|880.00|97.78%"
        ]
    );
    assert_eq!(form.money_unit.as_ref().unwrap().1, "元");
    let goal = &form.goals[0];
    assert!(text(goal.expected.as_ref().unwrap().value.as_ref()).starts_with("种树一千棵"));
    assert_eq!(
        text(goal.actual.as_ref().unwrap().value.as_ref()),
        "种了九百八十棵"
    );
    assert_eq!(
        table(goal),
        [
            "= ",
            "- 数量指标",
            "种树|1000棵|980棵|50|49",
            "- 质量指标",
            "成活率|90%|92%|40|40"
        ]
    );
}

#[test]
fn approved_targets_are_told_from_self_evaluations() {
    let text = "项目支出绩效目标申报表|<|<|<
        项目名称|<|供水|<
        一级指标|二级指标|三级指标|指标值
        产出指标|数量指标|管网|3公里";
    assert_eq!(only(&sheet(text)).what, FormKind::Targets);
    let filled = text.replace("申报表", "自评表");
    assert_eq!(only(&sheet(&filled)).what, FormKind::SelfEvaluation);
}

#[test]
fn several_forms_an_account_and_other_things_in_one_sheet() {
    let grid = sheet(
        "这是一份说明，请先阅读后填写。|<|<|<|<
        附件1|<|<|<|<
        项目支出绩效自评表|<|<|<|<
        项目名称|甲项目|<|<|<
        一级指标|二级指标|三级指标|指标值|完成值
        产出指标|数量指标|台账|1本|1本
        项目名称|乙项目|<|<|<
        一级指标|二级指标|三级指标|指标值|完成值
        产出指标|数量指标|册子|2本|2本
        2022年项目支出绩效自评表|<|<|<|<
        项目名称|丙项目|<|<|<
        一级指标|二级指标|三级指标|指标值|完成值
        产出指标|数量指标|本子|3本|3本
        单位：万元|<|<|<|<
        项目编码|项目名称|年初预算数|全年预算数|全年执行数
        001|甲项目|10|10|9
        002|乙项目|20|20|20",
    );
    let findings = found(&grid);
    let names: Vec<String> = findings
        .forms
        .iter()
        .flat_map(|form| fields(&form.header))
        .collect();
    assert_eq!(
        names,
        ["项目名称=甲项目", "项目名称=乙项目", "项目名称=丙项目"]
    );
    assert_eq!(findings.accounts, vec![13..17]);
    assert!(
        findings
            .ignored
            .iter()
            .any(|remark| remark.cell.text.contains("请先阅读"))
    );
}

/// What a person said of one column and of rows.
struct Said2 {
    column: (Place, ColumnUse),
    rows: Vec<(u32, RowUse)>,
}

impl Said for Said2 {
    fn column(&self, heading: Place) -> Option<&ColumnUse> {
        (heading == self.column.0).then_some(&self.column.1)
    }

    fn row(&self, row: u32) -> Option<&RowUse> {
        self.rows
            .iter()
            .find(|(at, _)| *at == row)
            .map(|(_, said)| said)
    }
}

#[test]
fn what_a_person_says_goes_before_everything() {
    let grid = sheet(
        "项目支出绩效自评表|<|<|<|<|<|<
        项目名称|甲|<|<|<|<|<
        一级指标|二级指标|三级指标|指标值|完成值|参考值|得分
        产出指标|数量指标|台账|1本|1本|30|30
        ||存在问题|2个|2个|30|30
        ||合计|3个|3个||
        特别事项|<|<|<|<|<|<
        ||备查|1|1|10|10
        不要|<|<|<|<|<|<",
    );
    let said = Said2 {
        column: (
            Place { row: 2, column: 5 },
            ColumnUse::Indicator(IndicatorRole::Weight),
        ),
        rows: vec![
            (4, RowUse::Part),
            (5, RowUse::Ignored),
            (6, RowUse::Section),
            (8, RowUse::Footnote),
        ],
    };
    let findings = scan(&grid, &said);
    assert_eq!(lost(&grid, &findings), Vec::<String>::new());
    let form = &findings.forms[0];
    assert_eq!(
        table(&form.goals[0]),
        [
            "= 产出指标",
            "- 数量指标",
            "台账|1本|1本|30|30",
            "其中 存在问题|2个|2个|30|30",
            "= 特别事项",
            "- ",
            "备查|1|1|10|10",
        ]
    );
    assert_eq!(form.footnotes[0].text, "不要");
}

#[test]
fn loose_text_names_its_levels_by_their_words_only() {
    let form = only(&loose(
        "项目支出绩效自评表
单位：万元
项目名称\t治理
一级指标\t二级指标\t三级指标\t分值\t年度指标值\t实际完成值\t得分\t偏差原因
产出指标（50\t数量指标\t清淤\t20\t5公里\t5公里\t20
分）\t护岸\t10\t2公里\t1公里\t5\t征地未完成
质量指标
验收\t20\t合格\t合格\t20
时效\t及时\t及时
满意度指标（10分）\t服务对象满意度指标\t群众满意度\t10\t≥90%\t95%\t10
第 1 页 共 1 页
总分\t60\t55",
    ));
    assert_eq!(
        table(&form.goals[0]),
        [
            "= 产出指标（50分）",
            "- 数量指标",
            "清淤|5公里|5公里|20|20|",
            "护岸|2公里|1公里|10|5|征地未完成",
            "- 质量指标",
            "验收|合格|合格|20|20|",
            "时效|及时|及时|||",
            "= 满意度指标（10分）",
            "- 服务对象满意度指标",
            "群众满意度|≥90%|95%|10|10|",
        ]
    );
    assert_eq!(text(form.total.as_ref().unwrap().score.as_ref()), "55");
}

/// Words that mean something to a form, so that random grids come near to one.
const WORDS: &[&str] = &[
    "项目支出绩效自评表",
    "项目支出绩效目标申报表",
    "（2022年度）",
    "单位：万元",
    "项目名称",
    "主管部门",
    "实施单位",
    "项目资金（万元）",
    "年初预算数",
    "全年预算数（A）",
    "全年执行数（B）",
    "执行率",
    "分值",
    "得分",
    "年度资金总额",
    "其中：当年财政拨款",
    "其他资金",
    "年度总体目标",
    "预期目标",
    "实际完成情况",
    "年度绩效目标1（40分）",
    "绩效指标",
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "指标性质",
    "度量单位",
    "实际完成值",
    "偏差原因分析及改进措施",
    "说明",
    "产出指标（50分）",
    "效益指标",
    "数量指标",
    "质量指标",
    "满意度指标",
    "小计",
    "总分",
    "合计",
    "评价等级",
    "优",
    "存在问题",
    "情况说明",
    "填表人：张三  联系电话：123",
    "注：1.按实际填写，不得空缺。",
    "其中：",
    "指标1：",
    "……",
    "方)",
    "—",
    "10",
    "99.7%",
    "1,000.00",
    "≥20个",
    "及时",
    "不适用",
    "编码",
    "第 1 页 共 2 页",
    "",
];

fn grids() -> impl Strategy<Value = Grid> {
    let cell = (0..WORDS.len() + 12, 0_u32..3, 1_u32..4, 1_u32..4);
    let rows = prop::collection::vec(prop::collection::vec(cell, 0..7), 1..24);
    (rows, any::<bool>()).prop_map(|(rows, loose)| {
        let mut cells: Vec<Cell> = Vec::new();
        for (row, line) in (0_u32..).zip(rows) {
            let mut column = 0;
            for (word, skip, height, width) in line {
                column += skip;
                let value = || format!("值{row}和{column}，写得长一些直到像一段话");
                let text = WORDS
                    .get(word)
                    .map_or_else(value, |word| (*word).to_owned());
                let merged = !loose && (height, width) != (3, 3);
                let (height, width) = if merged { (height, width) } else { (1, 1) };
                let cell = Cell::new(row, column, text).spanning(height, width);
                column += width;
                let covered = |place: Place| cells.iter().any(|other| other.covers(place));
                if !(cell.place.column..column).any(|column| covered(Place { row, column })) {
                    cells.push(cell);
                }
            }
        }
        Grid {
            name: String::new(),
            columns: if loose {
                Columns::Loose
            } else {
                Columns::Aligned
            },
            cells,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_cell_is_dropped_in_silence(grid in grids()) {
        let findings = scan(&grid, &Nothing);
        prop_assert_eq!(lost(&grid, &findings), Vec::<String>::new());
    }
}

#[test]
fn points_only_in_the_first_row_of_each_group_are_the_groups() {
    let form = only(&sheet(
        "项目支出绩效自评表||||||
        项目名称|甲|||||
        一级指标|二级指标|三级指标|指标值|完成值|分值|得分
        产出指标|数量指标|一|1|1|20|20
        |||||| 
        ||二|2|2||
        |质量指标|三|3|3|30|30
        ||四|4|4||
        |成本指标|五|5|5|40|40",
    ));
    let goal = &form.goals[0];
    let groups: Vec<String> = table(goal)
        .into_iter()
        .filter(|line| line.starts_with('-'))
        .collect();
    assert_eq!(
        groups,
        ["- 数量指标 20/20", "- 质量指标 30/30", "- 成本指标 40/40"]
    );
    assert!(goal.sections[0].groups[0].rows[0].sure < 100);
}

#[test]
fn columns_of_every_kind_keep_their_places() {
    let form = only(&sheet(
        "市级项目绩效自评表|<|<|<|<|<|<|<|<
        项目名称|甲|<|<|<|<|<|<|<
        资金来源|中央|省级|本级|其他|合计|执行数|执行率|
        金额|0|0|10|0|10|9|90%|
        序号|一级指标|二级指标|三级指标|年初指标值|年度（调整后）指标值|年终完成值|自评分|评价标准及依据
        1|项目决策|项目立项|立项规范|规范|规范|规范|2|查看文件
        2|项目管理|资金管理|资金到位率|90%|100%|100%|13|按比例
        自评总分|<|<|<|<|<|<|15|
        评价结论：较好
        存在问题及原因|<|<|<|<|<|<|<|<
        没有发现问题，今后继续加强管理。|<|<|<|<|<|<|<|<
        单位负责人（签章）|赵|<|填表人|钱|<|填报日期|2023年1月5日|<",
    ));
    assert_eq!(
        funds(form.funds.as_ref().unwrap()),
        ["?|?|?|?|adjusted|executed|rate", "金额|0|0|10|0|10|9|90%"]
    );
    let goal = &form.goals[0];
    let roles: Vec<IndicatorRole> = goal.columns.iter().map(|heading| heading.role).collect();
    use IndicatorRole as R;
    assert_eq!(
        roles,
        [
            R::Extra,
            R::Level1,
            R::Level2,
            R::Name,
            R::Extra,
            R::Target,
            R::Actual,
            R::Score,
            R::Extra
        ]
    );
    assert_eq!(table(goal)[5], "资金到位率|100%|100%|13");
    assert_eq!(text(form.total.as_ref().unwrap().score.as_ref()), "15");
    assert_eq!(
        fields(&form.fields_below),
        [
            "评价结论=较好",
            "存在问题及原因=没有发现问题，今后继续加强管理。",
            "单位负责人（签章）=赵",
            "填表人=钱",
            "填报日期=2023年1月5日",
        ]
    );
}

#[test]
fn a_row_for_every_goal_and_reasons_of_some_rows() {
    let form = only(&sheet(
        "项目支出绩效自评表|<|<|<|<|<|<
        项目名称|甲|<|<|<|<|<
        年度总体目标|预期目标|<|<|实际完成情况|<|<
        ^|目标1：建好平台|<|<|已建好|<|<
        ^|目标2：用好平台|<|<|已用好|<|<
        一级指标|二级指标|三级指标|指标值|完成值|分值|未完成原因
        产出指标|数量指标|一|1|0|20|都受疫情影响
        ||二|2|1|20|^
        ||三|3|3|20|",
    ));
    let goal = &form.goals[0];
    assert_eq!(
        text(goal.expected.as_ref().unwrap().value.as_ref()),
        "目标1：建好平台⏎目标2：用好平台"
    );
    assert_eq!(
        text(goal.actual.as_ref().unwrap().value.as_ref()),
        "已建好⏎已用好"
    );
    assert_eq!(goal.reasons[0].span, FoundSpan::Rows(6..8));
    assert_eq!(goal.sections[0].groups[0].rows.len(), 3);
}

#[test]
fn the_heading_repeated_on_the_next_page_is_no_second_table() {
    let form = only(&sheet(
        "项目支出绩效自评表|<|<|<|<
        项目名称|甲|<|<|<
        一级指标|二级指标|三级指标|指标值|完成值
        产出指标|数量指标|一|1|1
        一级指标|二级指标|三级指标|指标值|完成值
        ||二|2|2
        绩效指标完成率|98%",
    ));
    assert_eq!(form.goals.len(), 1);
    assert_eq!(
        table(&form.goals[0])[..4],
        ["= 产出指标", "- 数量指标", "一|1|1", "二|2|2"]
    );
}

#[test]
fn a_huge_sheet_takes_no_time() {
    let mut text =
        "项目支出绩效自评表\n项目名称\t甲\n一级指标\t二级指标\t三级指标\t指标值\t完成值\n"
            .to_owned();
    for row in 0..2000 {
        text.push_str(&format!(
            "一段很长的文字，说明第{row}项的情况。\n名称{row}\t{row}\t{row}\n"
        ));
    }
    let start = std::time::Instant::now();
    let mut grid = loose(&text);
    for columns in [Columns::Loose, Columns::Aligned] {
        grid.columns = columns;
        assert_eq!(scan(&grid, &Nothing).forms.len(), 1);
    }
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn a_title_repeated_on_the_next_page_is_no_second_form() {
    let form = only(&sheet(
        "项目支出绩效自评表|<|<|<|<
        项目名称|甲|<|<|<
        一级指标|二级指标|三级指标|指标值|完成值
        产出指标|数量指标|一|1|1
        项目支出绩效自评表|<|<|<|<
        一级指标|二级指标|三级指标|指标值|完成值
        ||二|2|2
        总分|100|<|<|<",
    ));
    assert_eq!(form.goals.len(), 1);
    assert_eq!(
        table(&form.goals[0]),
        ["= 产出指标", "- 数量指标", "一|1|1", "二|2|2"]
    );
    assert_eq!(text(form.total.as_ref().unwrap().score.as_ref()), "100");
}

#[test]
fn goals_of_loose_text_that_are_not_in_columns_are_to_be_looked_at() {
    let form = only(&loose(
        "项目支出绩效自评表
项目名称\t甲
年度总体目标\t预期目标\t实际完成情况
修好三条路
一级指标\t二级指标\t三级指标\t指标值\t完成值
产出指标\t数量指标\t道路\t3条\t3条",
    ));
    let goal = &form.goals[0];
    assert_eq!(
        text(goal.expected.as_ref().unwrap().value.as_ref()),
        "修好三条路"
    );
    assert!(goal.actual.as_ref().unwrap().value.is_none());
    assert_eq!(form.warnings.len(), 1);
}

#[test]
fn fund_headings_in_two_rows() {
    let form = only(&sheet(
        "项目支出绩效自评表|<|<|<|<|<
        项目名称|甲|<|<|<|<
        资金情况（万元）|预算安排（调整后）|<|资金执行|<|预算执行进度%
        ^|财政资金|其他|财政资金|其他|^
        |100|0|90|0|90%
        一级指标|二级指标|三级指标|预期指标值|实际完成值|单项得分
        产出指标|数量指标|一|1|1|10",
    ));
    assert_eq!(
        funds(form.funds.as_ref().unwrap()),
        ["?|?|?|?|rate", "|100|0|90|0|90%"]
    );
    let captions: Vec<String> = form
        .funds
        .unwrap()
        .columns
        .into_iter()
        .map(|heading| heading.cell.text)
        .collect();
    assert_eq!(captions[2], "资金执行·财政资金");
}

#[test]
fn forms_side_by_side_are_two() {
    let findings = found(&sheet(
        "项目支出绩效自评表|<|<|<||绩效自评表|<|<|<
        项目名称|甲项目|主管部门|甲局||项目名称|乙项目|主管部门|乙局
        三级指标|指标值|实际完成值|得分||三级指标|指标值|实际完成值|得分
        培训人数|≥10人|12人|100||出版册数|≥5册|6册|90
        总分|<|<|100||总分|<|<|90",
    ));
    let names: Vec<Vec<String>> = findings
        .forms
        .iter()
        .map(|form| fields(&form.header))
        .collect();
    assert_eq!(
        names,
        [
            ["项目名称=甲项目", "主管部门=甲局"],
            ["项目名称=乙项目", "主管部门=乙局"]
        ]
    );
    assert_eq!(
        table(&findings.forms[1].goals[0]).last().unwrap(),
        "出版册数|≥5册|6册|90"
    );
    // A second title without a form below it is only repeated.
    only(&sheet(
        "项目支出绩效自评表|<|绩效自评表|<
        项目名称|甲项目|主管部门|甲局
        三级指标|指标值|实际完成值|得分
        培训人数|≥10人|12人|100",
    ));
}

#[test]
fn a_whole_departments_tasks_are_a_further_table() {
    let form = only(&sheet(
        "2023年度部门整体支出绩效自评表|<|<|<|<
        部门名称|甲区教育局|<|填报时间：|2024年3月
        年度主要任务|任务名称|主要内容|预算金额（万元）|实际支出
        ^|学校改造|改造校舍5所|300|290
        ^|教师培训|培训600人次|150|150
        年度总体目标|改善办学条件。|<|<|<
        一级指标|二级指标|三级指标|年度指标值|实际完成值
        履职效能|重点工作|校舍改造数|5所|5所",
    ));
    assert_eq!(
        fields(&form.header),
        ["部门名称=甲区教育局", "填报时间：=2024年3月"]
    );
    assert!(form.funds.is_none());
    let tasks = &form.tables[0];
    assert_eq!(text(tasks.caption.as_ref()), "年度主要任务");
    let row: Vec<String> = tasks.rows[1]
        .iter()
        .map(|cell| text(cell.as_ref()))
        .collect();
    assert_eq!(row, ["教师培训", "培训600人次", "150", "150"]);
}

#[test]
fn amounts_without_headings_are_rows() {
    let form = only(&sheet(
        "项目支出绩效目标申报表|<|<|<|<
        项目名称|甲项目|<|<|<
        项目资金（万元）|中期资金总额：|90|年度资金总额：|30
        ^|其中：财政拨款|80|其中：财政拨款|25
        ^|其他资金|10|其他资金|
        总体目标|完成采购。|<|<|<
        一级指标|二级指标|三级指标|指标值|分值
        产出指标|数量指标|采购册数|≥5册|50",
    ));
    assert_eq!(
        funds(form.funds.as_ref().unwrap()),
        [
            "?|initial",
            "年度资金总额：|90|30",
            "其中：财政拨款|80|25",
            "其他资金|10|"
        ]
    );
}

#[test]
fn goals_have_captions_in_an_offices_own_words() {
    let form = only(&sheet(
        "项目支出绩效自评表|<|<|<
        项目名称：|甲项目|年度：|2021
        目标完成情况|预期年度目标|<|具体完成情况
        ^|采购图书|<|采购2万册
        未完成原因|无|<|<
        一级指标|三级指标|指标值|实际完成值
        产出指标|采购册数|2万册|2万册",
    ));
    assert_eq!(fields(&form.header), ["项目名称：=甲项目", "年度：=2021"]);
    let goal = &form.goals[0];
    assert_eq!(text(goal.side.as_ref()), "目标完成情况");
    assert_eq!(fields(goal.expected.as_slice()), ["预期年度目标=采购图书"]);
    assert_eq!(fields(goal.actual.as_slice()), ["具体完成情况=采购2万册"]);
    assert_eq!(fields(&goal.others), ["未完成原因=无"]);
}

#[test]
fn points_that_count_and_ratings_with_their_caption() {
    let form = only(&sheet(
        "项目支出绩效自评表|<|<|<|<|<
        项目名称|甲项目|金额单位|万元||
        项目资金|资金来源|预算数|<|资金执行情况|执行率
        ^|^|年初|调整后|^|^
        ^|财政资金|20|22|21|95.45%
        一级指标|三级指标|指标值|实际完成值|单项得分|折算得分
        产出指标|采购册数|2万册|2万册|100|40
        合计|<|<|<|（自评等级）优|40",
    ));
    assert_eq!(form.money_unit.as_ref().unwrap().1, "万元");
    assert_eq!(fields(&form.header), ["项目名称=甲项目"]);
    assert_eq!(
        funds(form.funds.as_ref().unwrap()),
        ["initial|adjusted|executed|rate", "财政资金|20|22|21|95.45%"]
    );
    let roles: Vec<IndicatorRole> = form.goals[0].columns.iter().map(|own| own.role).collect();
    assert_eq!(roles[4..], [IndicatorRole::Extra, IndicatorRole::Score]);
    let total = form.total.as_ref().unwrap();
    assert_eq!(text(total.rating.as_ref()), "（自评等级）优");
    assert_eq!(text(total.score.as_ref()), "40");
}

#[test]
fn captions_and_texts_may_share_a_cell() {
    let form = only(&sheet(
        "项目支出绩效自评表|<|<|<|<|<
        一、基本情况|<|<|<|<|<
        项目名称|展览|<|<|<|<
        目标|年初目标：举办展览8场。|<|完成情况：举办展览9场。|<|<
        一级指标|权重|三级指标|权重|指标值|实际完成值
        产出指标|50|展览场次|30|8场|9场",
    ));
    let goal = &form.goals[0];
    assert_eq!(text(goal.side.as_ref()), "目标");
    assert_eq!(fields(goal.expected.as_slice()), ["年初目标=举办展览8场。"]);
    assert_eq!(fields(goal.actual.as_slice()), ["完成情况=举办展览9场。"]);
    assert_eq!(table(goal).last().unwrap(), "展览场次|8场|9场|30");
}
