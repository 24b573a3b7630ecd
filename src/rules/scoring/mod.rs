//! Family C: whether scores agree with targets, actual values and reasons.
//!
//! | module | rules |
//! |---|---|
//! | [`marks`] | a row's score against its target: C01–C05, C18, C19, C21 |
//! | [`over_fulfilment`] | C07, C08 |
//! | [`reasons`] | where a reason is owed, and whom a shared one concerns: C06, C13 |
//! | [`wording`] | what a reason says: C10–C12, C20 |
//! | [`not_applicable`] | C14, C15 |
//! | [`group_scores`] | groups scored as one: C16, C17 |
//! | [`copied`] | C09 |

use rust_decimal::{Decimal, dec};

use super::{
    catalogue::{Check, FixKind, Phase, Rule},
    finding::{CellChange, Fix},
    form::{Form, GroupOf, Row, group_name, name_of},
};
use crate::{
    model::{
        indicator::Indicator,
        path::Place,
        policy::Severity,
        typed::{Reading, trim},
    },
    score::explanation::Working,
};

mod copied;
mod group_scores;
mod marks;
mod not_applicable;
mod over_fulfilment;
mod reasons;
mod wording;

const SINCE: &str = "0.1.0";

/// Scores that differ by no more are equal.
const TOLERANCE: Decimal = dec!(0.01);

/// The rules of this family.
pub const RULES: &[Rule] = &[
    Rule {
        code: "C01",
        name: "未达目标却得满分",
        level: Severity::Error,
        summary: "实际完成值没有达到指标值，得分却等于分值。",
        why: "未达标仍得满分是复核中最常被退回的问题。",
        basis: "地方预算管理一体化系统得分公式；评审实践",
        mend: "先核对实际完成值；确实没有达到的，按完成比例改得分，并写明偏差原因和改进措施。",
        example: "未达目标却得满分：举办培训 目标≥10场、实际7场，得50分，测算为35.00分",
        verified: true,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Sometimes,
        silences: &["C02", "C03", "C05", "C06", "C10", "C18", "C19"],
        check: Check::Form(marks::full_marks_for_missed_target),
    },
    Rule {
        code: "C02",
        name: "得分与完成比例不符",
        level: Severity::Error,
        summary: "按指标的计分办法（没有的按表样公式），由实际完成值和指标值算出的得分与填写的不一致；相差不超过0.1分时为警告。",
        why: "定量指标按完成比例计分，偏高或偏低都会被要求更正。",
        basis: "地方预算管理一体化系统得分公式：实际值÷指标值×分值",
        mend: "先核对实际完成值，再按表样的公式改得分；可以用自动修正。",
        example: "得分与完成情况不符：举办培训 目标≥10场、实际7场，应为35.00分，填写40分",
        verified: true,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Always,
        silences: &[],
        check: Check::Form(marks::off_formula),
    },
    Rule {
        code: "C03",
        name: "反向指标得分有误",
        level: Severity::Error,
        summary: "超出上限的指标（≤、<）按其计分办法（没有的按表样的反向公式）算出的得分与填写的不一致；相差不超过0.1分时为警告。",
        why: "反向指标超出上限要扣分，各地公式不同，容易算错。",
        basis: "地方预算管理一体化系统得分公式；部分地区表下注释：反向指标得分＝权重×A÷B",
        mend: "先核对实际完成值，再按表样的反向公式改得分；可以用自动修正。",
        example: "反向指标得分有误：人均费用 目标≤100元、实际150元，应为5.00分，填写8分",
        verified: true,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Always,
        silences: &[],
        check: Check::Form(marks::off_reverse_formula),
    },
    Rule {
        code: "C04",
        name: "已达目标却未得满分，且无说明",
        level: Severity::Warning,
        summary: "实际完成值已达到指标值，得分低于分值，又没有说明扣分原因。",
        why: "达标而扣分，阅表人无法判断是计算错误还是另有原因。",
        basis: "评审实践；公开审核工具",
        mend: "计算有误的，改得分；确有扣分理由的，在偏差原因栏写明。",
        example: "已达目标却未得满分，且无说明：设备成本 目标2万元、实际2万元，得18分，扣2分",
        verified: true,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &["C17"],
        check: Check::Form(marks::deducted_though_met),
    },
    Rule {
        code: "C05",
        name: "定性得分不在所选档次区间",
        level: Severity::Error,
        summary: "定性指标的得分不在所选完成档次对应的分值区间内。",
        why: "定性指标分三档计分，得分超出所选档次的区间时系统不予保存。",
        basis: "地方预算管理一体化系统保存校验",
        mend: "在所选档次的区间内打分；档次选错的，改选档次。",
        example: "定性得分不在所选档次区间：能力提升情况 档次为“部分达成年度指标并具有一定效果”，应在18至24（不含）分，填写30分",
        verified: true,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &["C04", "C10"],
        check: Check::Form(marks::outside_tier),
    },
    Rule {
        code: "C06",
        name: "扣分但未填写偏差原因及改进措施",
        level: Severity::Error,
        summary: "得分低于分值，偏差原因及改进措施栏（包括合并单元格）没有说明。",
        why: "扣分的指标必须说明原因和措施，否则系统不予保存。",
        basis: "地方预算管理一体化系统保存校验：得分小于分值时须填写偏差原因及改进措施",
        mend: "在偏差原因及改进措施栏写明为什么扣分、下一步怎么改进。",
        example: "扣分但未填写偏差原因及改进措施：举办培训 得35分，扣15分",
        verified: true,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(reasons::deducted_without_reason),
    },
    Rule {
        code: "C07",
        name: "超额完成较多，未说明原因",
        level: Severity::Warning,
        summary: "实际完成值大幅超过指标值（界限由表样规定），又没有说明原因；个别地区为必填。",
        why: "大幅超额往往说明指标值定得偏低，需要说明。",
        basis: "地方预算管理一体化系统：达到指标值120%提示，部分地区达到130%须说明；评审实践",
        mend: "写明超额的原因；是指标值定低了的，说明下年度怎样调整，可以适当调减得分。",
        example: "超额完成较多，未说明原因：参加招才引智活动 2场→10场（+400%）",
        verified: true,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &["C04", "C08"],
        check: Check::Form(over_fulfilment::unexplained),
    },
    Rule {
        code: "C08",
        name: "超额一倍以上仍得满分",
        level: Severity::Hint,
        summary: "实际完成值达到指标值的两倍以上且得满分，说明中没有提到指标值偏低。",
        why: "指标值明显偏低的，可按偏离程度适当调减得分。",
        basis: "财预〔2020〕10号；评审实践",
        mend: "适当调减得分；或者说明指标值偏低的原因和下年度的调整打算。",
        example: "超额一倍以上仍得满分：举办培训 2场→10场（+400%）",
        verified: false,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(over_fulfilment::far_beyond_at_full_marks),
    },
    Rule {
        code: "C09",
        name: "实际完成值与指标值大多逐字相同",
        level: Severity::Warning,
        summary: "多数定量指标的实际完成值与指标值一字不差；定性指标不计。",
        why: "看起来像是把指标值照抄为完成值。",
        basis: "评审实践",
        mend: "按台账、报表、验收材料逐项核实，填写实际的完成值。",
        example: "8条定量指标中有7条的实际完成值与指标值逐字相同，疑似照抄",
        verified: false,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &["V03"],
        check: Check::Form(copied::copied_actuals),
    },
    Rule {
        code: "C10",
        name: "满分但偏差栏写有未完成原因",
        level: Severity::Warning,
        summary: "得分为满分，偏差原因栏却写着未完成、未达到、压减或取消。",
        why: "文字与得分互相矛盾。",
        basis: "评审实践；公开审核工具",
        mend: "核对完成情况：确有未完成的，改得分；已经完成的，改写说明。",
        example: "满分但偏差栏写有未完成原因：举办培训 满分，说明写有“未完成”",
        verified: true,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(wording::unfinished_at_full_marks),
    },
    Rule {
        code: "C11",
        name: "偏差原因过于空泛",
        level: Severity::Warning,
        summary: "需要说明的指标只写了“疫情原因”“资金不足”一类的套话。",
        why: "看不出具体是什么原因、影响了多少。",
        basis: "公开审核工具；评审实践",
        mend: "写明具体是什么原因、影响了哪项工作、差多少，以及改进措施。",
        example: "偏差原因过于空泛：举办培训“受疫情影响。”",
        verified: true,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &["C12"],
        check: Check::Form(wording::vague),
    },
    Rule {
        code: "C12",
        name: "只有原因没有改进措施",
        level: Severity::Warning,
        summary: "未达标或扣分的指标说明了原因，没有写打算怎么改进。",
        why: "该栏要求同时写明原因和拟采取的措施。",
        basis: "表下注释：说明偏离目标、不能完成的原因及拟采取的措施",
        mend: "在原因之后补写下一步的改进措施：谁、在什么时候、做什么。",
        example: "只有原因没有改进措施：举办培训",
        verified: true,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(wording::without_measure),
    },
    Rule {
        code: "C13",
        name: "合并的偏差说明未指明对应指标",
        level: Severity::Warning,
        summary: "合并单元格的偏差说明跨多行，其中有需要说明的指标，文字却没有提到任何三级指标名称。",
        why: "阅表人看不出说明的是哪一个指标。",
        basis: "评审实践",
        mend: "在合并的说明里写出对应的三级指标名称，一项一项说明。",
        example: "合并的偏差说明跨2行，却没有提到任何三级指标；需要说明的有：举办培训",
        verified: false,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(reasons::shared_names_nothing),
    },
    Rule {
        code: "C14",
        name: "不适用指标仍有分值或得分",
        level: Severity::Error,
        summary: "指标已写明不适用，分值或得分栏却有数字；数字为0时为提示。",
        why: "不适用的指标不考核，分值和得分应为空或“—”。",
        basis: "表下注释：不适用的评价指标不考核；评审实践",
        mend: "不适用的指标，分值和得分填“—”；其实有工作内容的，照原指标填写完成值。",
        example: "不适用指标仍有分值或得分：生态环境改善 分值10、得分10",
        verified: true,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Sometimes,
        silences: &[],
        check: Check::Form(not_applicable::numbers),
    },
    Rule {
        code: "C15",
        name: "不适用指标的分值未重新分配或折算",
        level: Severity::Warning,
        summary: "有指标不适用，其余指标的分值合计不等于总分，总分也没有按百分制折算。",
        why: "分值合计不足总分，得分无法与其他项目比较。",
        basis: "表下注释：用适用指标得分汇总后按百分制折算计分",
        mend: "总分按百分制折算，并在说明中写明；要调整其他指标分值的，按规定办理。",
        example: "不适用指标的分值未重新分配或折算：适用指标（含预算执行率）分值合计90，应为100；按百分制折算得分为100",
        verified: true,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Sometimes,
        silences: &[],
        check: Check::Form(not_applicable::weight_lost),
    },
    Rule {
        code: "C16",
        name: "组内有指标未达标却得满分",
        level: Severity::Error,
        summary: "合并计分的一组指标中有指标未达标，该组得分却等于分值。",
        why: "满分与未达标的指标互相矛盾；如何在组内分摊是约定，矛盾本身必须改。",
        basis: "评审实践；地方预算管理一体化系统得分公式",
        mend: "核对未达标的指标，按未达标的程度改该组得分，并在偏差原因栏写明是哪个指标。",
        example: "数量指标得满分10分，但课题数量目标10个、实际7个未达标；按组内均分测算为8.50分",
        verified: false,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Sometimes,
        silences: &["C01", "C02", "C03", "C06", "C10", "C17"],
        check: Check::Form(group_scores::full_marks_beside_missed),
    },
    Rule {
        code: "C17",
        name: "合并计分组的得分与测算不同",
        level: Severity::Hint,
        summary: "合并计分的一组指标，填写的得分与按组内指标测算的得分不同。",
        why: "组内如何分摊是约定，供复核时参考。",
        basis: "评审实践",
        mend: "与本单位约定的组内分摊办法核对；一致的不用改，不一致的改得分。",
        example: "数量指标填写得分8分，按组内均分测算为8.50分",
        verified: false,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(group_scores::differs_from_computed),
    },
    Rule {
        code: "C18",
        name: "实际值为负数，应按0计分",
        level: Severity::Warning,
        summary: "指标值大于0而实际完成值为负数，得分却大于0；相差超过0.1分时为错误。",
        why: "负的实际完成值按0计算得分。",
        basis: "地方预算管理一体化系统保存校验",
        mend: "先核对实际完成值是不是真的为负；无误的，得分改为 0，并说明原因。",
        example: "实际值为负数，应按0计分：收入增长率 目标≥5%、实际-2%，应为0.00分，填写6分",
        verified: true,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Sometimes,
        silences: &["C02"],
        check: Check::Form(marks::negative_actual),
    },
    Rule {
        code: "C19",
        name: "指标值为0，超出后应为0分",
        level: Severity::Warning,
        summary: "指标值为0（零容忍）而实际完成值大于0，得分却大于0；相差超过0.1分时为错误。",
        why: "指标值为0时无法按比例计分：没有超出得满分，超出得0分。",
        basis: "地方预算管理一体化系统得分公式",
        mend: "先核对实际完成值；确实超出的，得分改为 0，并说明原因。",
        example: "指标值为0，超出后应为0分：安全事故数 目标=0起、实际1起，应为0.00分，填写6分",
        verified: true,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Sometimes,
        silences: &["C02", "C03"],
        check: Check::Form(marks::beyond_zero_target),
    },
    Rule {
        code: "C20",
        name: "说明的扣分比例与实际扣分不一致",
        level: Severity::Warning,
        summary: "说明中写有“扣几%”，与分值和得分算出的扣分比例相差15个百分点以上。",
        why: "文字与得分互相矛盾。",
        basis: "评审实践；第三方复核口径",
        mend: "核对说明和得分，把写错的一处改过来。",
        example: "说明的扣分比例与实际扣分不一致：举办培训 写明扣5%，实际扣30%",
        verified: true,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(wording::stated_deduction),
    },
    Rule {
        code: "C21",
        name: "实际完成值无法与指标值比较，得分无从核对",
        level: Severity::Warning,
        summary: "指标值是数字，实际完成值却是读不出数字的文字或日期，得分为满分。",
        why: "看不出完成了多少，满分没有依据。",
        basis: "评审实践",
        mend: "实际完成值写与指标值同单位的数字，其余的话写进偏差原因栏。",
        example: "实际完成值无法与指标值比较，得分无从核对（2处）：举办培训 目标≥10场、实际已按计划全部举办；编印资料 目标≥10册、实际线上3册，线下4册",
        verified: false,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &["V19"],
        check: Check::Form(marks::incomparable_at_full_marks),
    },
];

/// "目标10、实际7".
fn values_of(indicator: &Indicator) -> String {
    format!(
        "目标{}、实际{}",
        trim(indicator.target.text()),
        trim(indicator.actual.text())
    )
}

/// A computed score with the decimals the edition keeps: 14.70.
fn shown(score: Decimal, form: &Form<'_>) -> String {
    let mut score = score;
    score.rescale(form.edition.scoring.rounding.digits);
    score.to_string()
}

/// Offers to write a computed score into a score cell.
fn score_fix(place: Place, score: Decimal, form: &Form<'_>) -> Fix {
    let new = shown(score, form);
    Fix {
        title: format!("改为 {new}"),
        changes: vec![CellChange {
            at: form.at(place),
            new,
        }],
    }
}

/// Whether a score in a cell of the whole group equals the group's weight.
fn group_has_full_marks(group: &GroupOf<'_>) -> bool {
    let score = group.score;
    score.as_one
        && score.filed.count > 0
        && score.weight.value > Decimal::ZERO
        && score.filed.value == score.weight.value
}

/// Whether the row, or the group it is scored in, is at full marks.
fn has_full_marks(row: &Row<'_>, group: &GroupOf<'_>) -> bool {
    if row.as_one {
        group_has_full_marks(group)
    } else {
        row.has_full_marks()
    }
}

/// Whether the score follows from the row's own 计分办法 or from points that the form itself takes off: then it may be less
/// than the points of a target that is met.
fn is_by_its_own_terms(row: &Row<'_>) -> bool {
    matches!(row.indicator().method(), Reading::Value(_))
        || matches!(row.score.working, Working::Deducted { .. })
}

/// How many points are off the row's own weight; `None` where nothing is.
fn deducted(row: &Row<'_>) -> Option<Decimal> {
    let points = row.score.weight? - row.score.filed?;
    (row.score.counts && points > Decimal::ZERO).then_some(points)
}

/// How many points are off the weight of a group scored as one; `None` where nothing is.
fn group_deducted(group: &GroupOf<'_>) -> Option<Decimal> {
    let score = group.score;
    let points = score.weight.value - score.filed.value;
    (score.as_one && score.applicable && score.filed.count > 0 && points > Decimal::ZERO)
        .then_some(points)
}
