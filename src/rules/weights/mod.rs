//! Family S: weights, sums and total.
//!
//! | module | rules |
//! |---|---|
//! | [`totals`] | the sums of the form: S01, S02, S12, S13 |
//! | [`levels`] | weights of first and second level: S03–S05 |
//! | [`footnotes`] | weights that footnotes state: S15 |
//! | [`cells`] | single weights and scores: S06, S07, S09–S11 |
//! | [`blanks`] | weights and scores not filled in: S08 |
//! | [`plausibility`] | S14, S16 |
//! | [`sums`] | parts of a sum, its 尾差 and what counts as equal |

use super::catalogue::{Check, FixKind, Phase, Rule};
use crate::model::{edition::ScoredBy, policy::Severity};

use super::form::{Form, group_name, name_of};

mod blanks;
mod cells;
mod footnotes;
mod levels;
mod plausibility;
mod sums;
mod totals;

const SINCE: &str = "0.1.0";

/// The rules of this family.
pub const RULES: &[Rule] = &[
    Rule {
        code: "S01",
        name: "分值合计不等于总分",
        level: Severity::Error,
        summary: "预算执行率分值加全部计分指标的分值，应等于表样规定的总分（一般为100分）；合计栏填写的分值应与之一致。",
        why: "分值合计不对，总分就没有意义，一体化系统也不能保存。",
        basis: "地方预算管理一体化系统保存校验",
        mend: "先核对是否漏计预算执行率、抄错分值；分值随预算批复，确需调整的按规定办理。",
        example: "分值合计为110，应为100，合计栏写100（预算执行率10、产出指标60、效益指标20、满意度指标20）",
        verified: true,
        since: SINCE,
        phase: Phase::Targets,
        fix: FixKind::Sometimes,
        silences: &[],
        check: Check::Form(totals::weights_off),
    },
    Rule {
        code: "S02",
        name: "总得分有误",
        level: Severity::Error,
        summary: "总分应等于预算执行率得分与各项指标得分之和，合并计分的组只计一次。",
        why: "总分是评价结论的依据，加错会直接影响等级。",
        basis: "评审实践",
        mend: "核对各项得分后更正总分，合并计分的组只加一次；可以用自动修正。",
        example: "总分填写99，各项得分合计为100（预算执行率10、产出指标50、效益指标30、满意度指标10）",
        verified: false,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Always,
        silences: &[],
        check: Check::Form(totals::score_off),
    },
    Rule {
        code: "S03",
        name: "一级指标分值合计与标明的分值不符",
        level: Severity::Error,
        summary: "一级指标标题（如“产出指标（50分）”）或合并单元格标明的分值，应等于其下指标分值之和。",
        why: "标题与明细矛盾，复核时无法判断以哪个为准。",
        basis: "地方预算管理一体化系统保存校验",
        mend: "先核对该部分各项分值有没有抄错；标题是套用表样的，按批复的分值更正标题。",
        example: "产出指标分值合计60，标明的是50",
        verified: true,
        since: SINCE,
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(levels::sections_off),
    },
    Rule {
        code: "S04",
        name: "二级指标分值与下级合计不符",
        level: Severity::Error,
        summary: "表样预设或表中标明的二级指标分值，应等于其下三级指标分值之和。",
        why: "上级分值与下级合计不等，一体化系统不能保存。",
        basis: "地方预算管理一体化系统保存校验",
        mend: "先核对组内各项分值有没有抄错；分值随预算批复，确需调整的按规定办理。",
        example: "数量指标分值合计25，合并单元格填写20",
        verified: true,
        since: SINCE,
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(levels::groups_off),
    },
    Rule {
        code: "S05",
        name: "一级指标分值与规定权重不符",
        level: Severity::Warning,
        summary: "预算执行率和一级指标的分值与表样允许的各套权重都不一致。",
        why: "规定的权重原则上统一执行，有特殊情况才可调整，调整要说得出理由。",
        basis: "财预〔2020〕10号；表样表下注释",
        mend: "有特殊情况调整过权重的，备好依据；没有的，下年度按规定的权重设置。",
        example: "一级指标分值与规定权重不符：产出指标60分（规定50分）、效益指标20分（规定30分）",
        verified: false,
        since: SINCE,
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &["S15"],
        check: Check::Form(levels::departs_from_sets),
    },
    Rule {
        code: "S06",
        name: "得分大于分值",
        level: Severity::Error,
        summary: "指标或合并计分的组，得分高于分值；几行的得分正好是别行的分值时，一并提出。",
        why: "得分不得突破分值。",
        basis: "地方预算管理一体化系统保存校验；部分地区表下注释",
        mend: "核对得分和分值有没有填串；得分最高为分值。",
        example: "得分大于分值：举办业务培训场次 分值20，得分25",
        verified: true,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &["C02", "C03", "C04", "C05", "C06"],
        check: Check::Form(cells::above_weight),
    },
    Rule {
        code: "S07",
        name: "得分为负数",
        level: Severity::Error,
        summary: "得分小于0。",
        why: "得分最低为0分。",
        basis: "地方预算管理一体化系统保存校验",
        mend: "核对得分，最低填 0 分，并写明扣分原因。",
        example: "得分为负数：举办业务培训场次 得分-5",
        verified: true,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &["C02", "C03", "C04", "C05", "C06"],
        check: Check::Form(cells::negative),
    },
    Rule {
        code: "S08",
        name: "分值或得分未填写",
        level: Severity::Error,
        summary: "计分的指标或预算执行率有分值未填得分，或有得分无分值；全部未填的只报一处，两格都空的为警告。",
        why: "缺了分值或得分，合计就不完整。",
        basis: "评审实践",
        mend: "补填得分；没有完成的填 0 并说明原因。缺分值的，照批复的分值填写。",
        example: "有分值未填得分：举办业务培训场次（分值20）",
        verified: false,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Sometimes,
        silences: &[],
        check: Check::Form(blanks::not_filled),
    },
    Rule {
        code: "S09",
        name: "计分指标分值为0",
        level: Severity::Error,
        summary: "适用的指标，分值为0或负数。",
        why: "没有分值的指标不起考核作用；不适用的指标应写明不适用。",
        basis: "地方预算管理一体化系统保存校验",
        mend: "不适用的指标写明“不适用”；要考核的，分值按规定办理调整，或下年度设置。",
        example: "计分指标的分值不大于0：培训考核合格率 分值0",
        verified: true,
        since: SINCE,
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &["S06", "S08"],
        check: Check::Form(cells::without_weight),
    },
    Rule {
        code: "S10",
        name: "单项指标分值过大",
        level: Severity::Warning,
        summary: "一个三级指标的分值超过表样的界限（一般30分，或总分的40%）。",
        why: "分值过于集中，其他指标就失去意义。",
        basis: "评审实践",
        mend: "下年度填报目标时把指标细分，分值分散到几项。",
        example: "单项指标分值过大，超过30分：举办业务培训场次 50分",
        verified: false,
        since: SINCE,
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(cells::too_heavy),
    },
    Rule {
        code: "S11",
        name: "分值小数位过多",
        level: Severity::Hint,
        summary: "分值的小数超过两位。",
        why: "得分只保留两位小数，分值更细会产生尾差。",
        basis: "评审实践",
        mend: "本年度不用改；下年度填报目标时，分值保留一两位小数。",
        example: "分值的小数超过两位（2处）：举办业务培训场次 3.335分；培训课时数 16.665分",
        verified: false,
        since: SINCE,
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(cells::too_fine),
    },
    Rule {
        code: "S12",
        name: "合并计分组与明细重复计分",
        level: Severity::Error,
        summary: "合并单元格填了整组得分，组内各行又填了得分；两者相等且总分只计一次的为提示。",
        why: "同一组的得分只能计一次。",
        basis: "评审实践",
        mend: "得分只填一处：填在合并单元格，或填在各行；再核对总分是不是加了两次。",
        example: "合并计分组与明细重复计分：数量指标合并单元格得分20，明细得分合计20，总分把两者都算了进去",
        verified: false,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Sometimes,
        silences: &[],
        check: Check::Form(totals::counted_twice),
    },
    Rule {
        code: "S13",
        name: "评价等级与总分不符",
        level: Severity::Warning,
        summary: "填写的评价等级与总分所在的档次不一致。",
        why: "等级随总分确定，不能另行认定。",
        basis: "地方预算管理一体化系统等级划分：90分以上为优，80—90分为良，60—80分为中，60分以下为差",
        mend: "先核对总分，再按总分所在的档次更正等级；可以用自动修正。",
        example: "评价等级填写“优”，总分84.47应为“良”",
        verified: true,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Always,
        silences: &[],
        check: Check::Form(totals::rating_off),
    },
    Rule {
        code: "S14",
        name: "绩效指标全部满分",
        level: Severity::Warning,
        summary: "全部指标都得满分，其中却有未达标、成倍超额完成的；指标较多而无一扣分的作提示。",
        why: "处处满分的自评是抽查复核的重点。",
        basis: "评审实践；财政部门抽查通报",
        mend: "逐项复核得分，与佐证材料对得上；情况属实的，写核实说明。",
        example: "绩效指标全部满分（90/90），但举办业务培训场次、培训考核合格率未达标",
        verified: false,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(plausibility::full_marks_everywhere),
    },
    Rule {
        code: "S15",
        name: "分值与表下注释的权重不一致",
        level: Severity::Warning,
        summary: "表下注释写明的一级指标或预算执行率分值，与表中分值不一致。",
        why: "注释和表格对不上，说明套用了别的表样或分值填错。",
        basis: "评审实践",
        mend: "核对用的是不是本年度的表样；分值随预算批复，确需调整的按规定办理。",
        example: "分值与表下注释的权重不一致：产出表中60分、注释50分；效益表中20分、注释30分",
        verified: false,
        since: SINCE,
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(footnotes::disagree),
    },
    Rule {
        code: "S16",
        name: "权重疑似重复折算",
        level: Severity::Warning,
        summary: "得分在按分值计算之后，又乘了一次权重占比。",
        why: "重复折算会使总分远低于实际。",
        basis: "评审实践",
        mend: "分值已经是权重，达到目标的得满分；把多乘的一次去掉，重新填写得分。",
        example: "得分疑似又乘了一次权重：如举办业务培训场次分值20，达到目标却得4（20×20÷100），全部得分合计仅27",
        verified: false,
        since: SINCE,
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &["C04"],
        check: Check::Form(plausibility::weighted_twice),
    },
];

/// Whether the edition has neither weights nor scores.
fn scores_nothing(form: &Form<'_>) -> bool {
    form.edition.indicators.scored_by == ScoredBy::Nothing
}

/// Whether anything in the form is 不适用.
fn has_waived(form: &Form<'_>) -> bool {
    form.rows.iter().any(|row| !row.indicator().is_applicable())
        || form
            .groups
            .iter()
            .any(|group| !group.score.applicable && !group.group.indicators.is_empty())
}
