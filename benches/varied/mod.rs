//! Projects that differ: every name, target, result and goal is put together anew, so that nothing is gained by having seen
//! a text before.

use jiping::model::{
    document::Document,
    indicator::Indicator,
    project::{Goal, Project, header},
};

const DONE: &[&str] = &[
    "举办", "组织", "编印", "采购", "维护", "修缮", "走访", "检测", "培训", "资助", "审核", "更新",
    "巡查", "发放", "建设", "改造",
];
const WHOSE: &[&str] = &[
    "社区",
    "中小学",
    "乡镇",
    "科技企业",
    "困难家庭",
    "图书馆",
    "养老机构",
    "园区",
    "医院",
    "公园",
    "农村道路",
    "水库",
    "档案",
    "市场",
    "新业态",
    "残疾人",
    "青年",
    "志愿者",
    "驻点",
    "窗口",
];
const WHAT: &[&str] = &[
    "讲座",
    "资料",
    "设备",
    "系统",
    "路灯",
    "样品",
    "岗位",
    "课题",
    "活动",
    "站点",
    "管网",
    "校舍",
    "案件",
    "证照",
    "救助金",
    "展览",
    "教材",
    "平台",
    "林木",
    "消防器材",
    "数据",
    "服务项目",
];
const MEASURED: &[(&str, &str)] = &[
    ("数量", "个"),
    ("次数", "次"),
    ("人数", "人"),
    ("场次", "场"),
    ("完成率", "%"),
    ("合格率", "%"),
    ("及时率", "%"),
    ("覆盖率", "%"),
    ("满意度", "%"),
    ("费用", "万元"),
];
const WHY: &[&str] = &[
    "受汛期影响，部分工作顺延",
    "采购流程较长，设备到货晚于计划",
    "上级调整任务安排",
    "参加单位增加，场次相应增加",
    "年初测算不准，下年度细化测算",
    "合作单位人员变动，已重新签订协议",
];

/// Numbers that look drawn by lot and are the same every time (a linear congruence, of which the upper bits are used).
struct Lots(u64);

impl Lots {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % count
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

/// Gives every project of a document names, values and goals of its own.
pub fn vary(document: &mut Document) {
    let mut lots = Lots(1);
    for index in 0..document.projects.len() {
        let project = document.projects.get_mut(index).expect("a project");
        vary_project(project, &mut lots);
    }
}

fn vary_project(project: &mut Project, lots: &mut Lots) {
    let name = format!("{}{}{}专项", lots.of(WHOSE), lots.of(WHAT), lots.of(DONE));
    project
        .header
        .insert(header::PROJECT_NAME.to_owned(), name.into());
    for index in 0..project.goals.len() {
        let goal = project.goals.get_mut(index).expect("a goal");
        for section in 0..goal.sections.len() {
            let section = goal.sections.get_mut(section).expect("a section");
            for group in 0..section.groups.len() {
                let group = section.groups.get_mut(group).expect("a group");
                for row in 0..group.indicators.len() {
                    vary_row(group.indicators.get_mut(row).expect("a row"), lots);
                }
            }
        }
        vary_goal(goal, lots);
    }
}

fn vary_row(row: &mut Indicator, lots: &mut Lots) {
    let (measured, unit) = lots.of(MEASURED);
    row.name = format!(
        "{}{}{}{measured}",
        lots.of(WHOSE),
        lots.of(WHAT),
        lots.of(DONE)
    );
    let target = match unit {
        "%" => 80 + lots.below(21),
        _ => 1 + lots.below(400),
    };
    let missed = lots.below(12) == 0;
    let actual = if missed {
        target - target / 5
    } else {
        target + lots.below(2) * target / 10
    };
    let actual = if unit == "%" { actual.min(100) } else { actual };
    row.target = format!("≥{target}{unit}").as_str().into();
    row.actual = format!("{actual}{unit}").as_str().into();
    row.deviation = if missed {
        lots.of(WHY).into()
    } else {
        "".into()
    };
}

fn vary_goal(goal: &mut Goal, lots: &mut Lots) {
    const LABELS: [&str; 8] = ["一", "二", "三", "四", "五", "六", "七", "八"];
    let (mut expected, mut actual) = (String::new(), String::new());
    for label in LABELS {
        let (done, whose, what, count) = (
            lots.of(DONE),
            lots.of(WHOSE),
            lots.of(WHAT),
            1 + lots.below(300),
        );
        let (after, whom) = (lots.of(WHAT), lots.of(WHOSE));
        expected.push_str(&format!(
            "{label}、{done}{whose}{what}：面向{whom}全年{done}{whose}{what}{count}次，带动{after}工作，使{whom}得到实惠，服务质量稳步提高。\n"
        ));
        actual.push_str(&format!(
            "{label}、{done}{whose}{what}：全年共{done}{whose}{what}{count}次，涉及{whom}和{after}，各项工作按进度推进，{whom}反映良好，有关档案齐全，经费使用合规。\n"
        ));
    }
    goal.expected = expected.into();
    goal.actual = actual.into();
}
