//! Family X and H12: what shows only where the projects of a document stand side by side.
//!
//! | module | what it is |
//! |---|---|
//! | [`digest`] | what the rules need of one project, worked out once for each of its versions |
//! | [`buckets`] | projects that have something in common, by a hash of it |
//! | [`texts`] | H12 |
//! | [`targets`], [`full_marks`], [`budgets`] | X01, X02, X03 |
//! | [`names`] | X04, X05 |
//! | [`last_year`] | X06, X07 |
//! | [`found`] | what is found in one project |
//!
//! Every rule keeps an index. When a project changes, its old digest is taken out and the new one put in; what is told of those
//! it has something in common with follows. Nothing depends on the order of the projects or of the edits.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use super::{
    catalogue::{Check, FixKind, Phase, Rule},
    finding::Finding,
    profile::Applied,
};
use crate::model::{id::Id, policy::Severity, project::Project};

mod buckets;
mod budgets;
mod digest;
mod found;
mod full_marks;
mod last_year;
mod names;
mod targets;
mod texts;

pub use digest::Digest;

const SINCE: &str = "0.1.0";

/// The rules of this family.
pub const RULES: &[Rule] = &[
    Rule {
        code: "H12",
        name: "与其他项目文字高度雷同",
        level: Severity::Warning,
        summary: "预期目标、实际完成情况或整张指标表，与同一文件中另一个名称不同的项目几乎相同；多数项目都有的文字只作提示。",
        why: "看起来像是照搬别的项目，会被认为没有按本项目的实际编写目标、如实自评。",
        basis: "第三方复核口径（模板照搬）",
        mend: "按本项目自己的任务和完成情况改写；内容确实相近的，写明各自的对象、范围和数量。",
        example: "与项目“乡镇文化站免费开放补助”高度雷同：预期目标相似度100%（“全年免费开放不少于三百天，组织各…”）；实际完成情况相似度100%（“全年免费开放三百一十天，组织各类…”）",
        verified: true,
        since: SINCE,
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Across,
    },
    Rule {
        code: "X01",
        name: "同名指标在各项目中指标值不同",
        level: Severity::Hint,
        summary: "同一单位、同一年度的项目中，名称和单位相同的支出标准（人均、单价……）或名称较长的指标，指标值与多数项目不同；比率和满意度不比较。",
        why: "同一件事两个标准，不知以哪个为准。",
        basis: "评审实践",
        mend: "核对哪一个符合批复和现行标准；内容不同的，下年度在名称中写明各自的对象。",
        example: "同名指标的指标值与其他项目不同：人均培训费 本项目≤450元，“业务骨干培训”≤400元",
        verified: false,
        since: SINCE,
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Across,
    },
    Rule {
        code: "X02",
        name: "满分项目占比过高",
        level: Severity::Warning,
        summary: "同一年度的项目在十个以上，其中过半自评为满分（界限可由复核口径调整）；只在其中第一个项目提出。",
        why: "处处满分的自评是抽查复核的重点。",
        basis: "第三方复核口径：满分项目占比过高的，逐项复核真实性",
        mend: "逐个复核满分项目的得分是否属实；属实的可写核实说明。",
        example: "2020年度的项目中，超过50%的自评为满分",
        verified: true,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Across,
    },
    Rule {
        code: "X03",
        name: "项目之间调剂资金没有说明",
        level: Severity::Hint,
        summary: "预算调减的数额与同一单位、同一年度另一个项目调增的数额完全相同，表中没有说明；整万整十万的数额不比较。",
        why: "项目之间调剂预算要按规定报批，目标也应随之调整。",
        basis: "预算法：不同预算科目、预算级次或者项目间的预算资金需要调剂使用的，按照国务院财政部门的规定办理",
        mend: "两个项目都写明调剂的原因、数额和批准文号；只是数额相同的，可写核实说明。",
        example: "预算调减 12.65 万元，与“设备购置”调增的数额相同，没有说明",
        verified: false,
        since: SINCE,
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &["B08"],
        check: Check::Across,
    },
    Rule {
        code: "X04",
        name: "项目名称或编码重复",
        level: Severity::Warning,
        summary: "同一年度有两个项目编码相同而名称不同，或同一单位的两个项目名称相同；名称相同而编码不同的只作提示。",
        why: "同一个项目报两份，汇总时资金和得分会重复计算。",
        basis: "评审实践",
        mend: "重复录入的只报一份；确是两个项目的，按预算批复核对编码、写全名称。",
        example: "项目编码 P2020001 与“桥梁加固改造”重复",
        verified: false,
        since: SINCE,
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Across,
    },
    Rule {
        code: "X05",
        name: "同一单位在各项目中写法不同",
        level: Severity::Hint,
        summary: "主管部门或实施单位的字相同，标点、空格或全角半角的写法与多数项目不同。",
        why: "汇总按单位名称归并，写法不同就成了两家。",
        basis: "评审实践",
        mend: "改成与多数项目一致的写法。",
        example: "实施单位写作“某市财政局 培训中心”，其他项目写作“某市财政局培训中心”",
        verified: false,
        since: SINCE,
        phase: Phase::Targets,
        fix: FixKind::Always,
        silences: &[],
        check: Check::Across,
    },
    Rule {
        code: "X06",
        name: "上年结转与上年结余不一致",
        level: Severity::Warning,
        summary: "上年结转资金与上年全年预算减去全年执行的余额不同，元和万元换算后比较；上年的数来自登记的上年数据，或同一文件中同一项目上年的表；填 0 的只作提示。",
        why: "两年的表放在一起，结余从哪里来、到哪里去要对得上。",
        basis: "评审实践（预算法：结转结余资金管理）",
        mend: "与上年决算核对：填错的改正；被收回、上缴或结转到其他项目的，写明去向。",
        example: "上年结转资金填写 15.00 万元，上年结余 12.34 万元（2019 年全年预算 100.00，全年执行 87.66）",
        verified: false,
        since: SINCE,
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Across,
    },
    Rule {
        code: "X07",
        name: "指标值明显低于上年完成值",
        level: Severity::Hint,
        summary: "预算没有减少，同一数量指标上年的完成值达到今年指标值的1.3倍以上；比率、反向指标和名称不能确定相同的不比较，只在自评以前提出。",
        why: "上年轻松超额、今年目标不变或更低，会被认为目标定得过低。",
        basis: "评审实践（项目支出绩效目标管理：目标应与预算匹配、有一定挑战性）",
        mend: "参照上年实际重新测算指标值；任务确实减少的，在预期目标中写明。",
        example: "指标值明显低于上年完成值：举办业务培训场次 上年完成15场，今年≥10场",
        verified: false,
        since: SINCE,
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Across,
    },
];

/// All projects of a document as the rules across projects look at them.
#[derive(Default)]
pub struct Across {
    digests: HashMap<Id<Project>, Arc<Digest>>,
    changed: BTreeSet<Id<Project>>,
    texts: texts::Texts,
    targets: targets::Targets,
    full_marks: full_marks::FullMarks,
    budgets: budgets::Budgets,
    names: names::Names,
    last_years: last_year::LastYears,
}

impl Across {
    /// Puts a digest in the place of the project's former one; `None` takes the project out.
    pub fn replace(&mut self, id: Id<Project>, new: Option<Arc<Digest>>) {
        let old = match &new {
            Some(new) => self.digests.insert(id, Arc::clone(new)),
            None => self.digests.remove(&id),
        };
        let (old, new) = (old.as_deref(), new.as_deref());
        self.changed.insert(id);
        self.texts.replace(old, new);
        self.targets.replace(id, old, new);
        self.full_marks.replace(id, old, new);
        self.budgets.replace(id, old, new);
        self.names.replace(id, old, new);
        self.last_years.replace(id, old, new);
    }

    /// The projects for which something else may be found than before.
    pub fn settle(&mut self) -> BTreeSet<Id<Project>> {
        let mut changed = std::mem::take(&mut self.changed);
        self.texts.settle(&mut changed);
        self.targets.settle(&mut changed);
        self.full_marks.settle(&mut changed);
        self.budgets.settle(&mut changed);
        self.names.settle(&mut changed);
        self.last_years.settle(&mut changed);
        changed
    }

    /// What is found in a project, in the order of the catalogue.
    pub fn findings(&self, id: Id<Project>, judged_by: &Applied) -> Vec<Finding> {
        let Some(digest) = self.digests.get(&id) else {
            return Vec::new();
        };
        let is_on = |rule: &&Rule| rule.phase <= digest.phase && judged_by.is_on(rule.code);
        RULES
            .iter()
            .filter(is_on)
            .filter_map(|rule| {
                let found = match rule.code {
                    "H12" => self.texts.find(digest),
                    "X01" => self.targets.find(digest),
                    "X02" => self.full_marks.find(digest),
                    "X03" => self.budgets.find(digest),
                    "X04" => self.names.repeated(digest),
                    "X05" => self.names.spelt_differently(digest),
                    "X06" => self.last_years.carried_over(digest),
                    "X07" => self.last_years.lower_targets(digest),
                    _ => None,
                };
                found?.of(rule, &digest.project)
            })
            .collect()
    }
}
