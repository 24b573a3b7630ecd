//! The comparator in force where a form writes none: ≥, but ≤ for costs, for words of harm and for the time that work takes.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::model::{edition::Sense, measure::Comparator};

/// Words for what should happen as rarely as possible.
const HARM: &[&str] = &[
    "投诉",
    "事故",
    "故障",
    "差错",
    "错误率",
    "失误",
    "死亡",
    "伤亡",
    "违规",
    "违纪",
    "违法",
    "超支",
    "逾期",
    "拖欠",
    "泄密",
    "返工",
    "延误",
    "上访",
    "流失率",
    "闲置率",
    "空置率",
    "发病率",
    "发案",
    "发生率",
    "发生数",
    "发生次数",
    "发生起数",
    "火灾起数",
    "信访",
    "失业率",
    "贫困率",
    "返贫",
    "辍学率",
    "感染率",
    "患病率",
    "漏损率",
    "破损率",
    "积压",
];

/// Before a word of harm: the harm is what did not happen, or what the work is directed against.
const SHIELDS_BEFORE: &[&str] = &[
    "无", "零", "未", "防", "防范", "防止", "预防", "避免", "杜绝", "减少", "降低", "遏制", "查处",
    "整治", "处理", "处置", "受理", "化解", "排查", "治理", "打击",
];

/// After a word of harm: what is done about it, measured by a rate or a number ("投诉处理率", "故障修复率").
const SHIELDS_AFTER: &[&str] = &[
    "处理", "办结", "处置", "修复", "排除", "整改", "解决", "化解", "回复", "答复", "回访", "受理",
    "查处", "下降", "降低", "减少", "压降", "应急", "救援", "演练", "防范", "预防", "治理", "排查",
    "结案", "响应", "反馈", "抢修", "维修", "调解", "调处", "监测", "知晓", "满意", "接待", "办理",
    "稳控", "清理",
];

/// How a name in 时效指标 ends that tells how long work takes.
const WORK_TIMES: &[&str] = &[
    "时限",
    "周期",
    "工期",
    "用时",
    "耗时",
    "响应时间",
    "到场时间",
    "到达时间",
    "办理时间",
    "办结时间",
    "审批时间",
    "处理时间",
    "处置时间",
    "排除时间",
    "修复时间",
    "反馈时间",
];

/// After what is done about it: the time it takes, of which less is better.
const DURATIONS: &[&str] = &["时间", "时长", "时限", "天数", "周期"];

/// In a cost indicator: what is saved, of which more is better.
const SAVINGS: &[&str] = &["节约", "节省", "节支", "降低", "下降", "压减"];

static HARM_FINDER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        // Names are short: a table that is stepped through beats looking for likely beginnings first.
        .kind(Some(AhoCorasickKind::DFA))
        .prefilter(false)
        .build(HARM)
        .expect("a short list of words can be searched for")
});

/// The comparator that an indicator has without one being written.
pub fn assumed(name: &str, sense: Sense) -> Comparator {
    let harms = || {
        let mut hits = HARM_FINDER.find_iter(name);
        hits.any(|hit| is_harm(&name[..hit.start()], &name[hit.end()..]))
    };
    let takes_time = || WORK_TIMES.iter().any(|word| name.ends_with(word));
    let less_is_better = match sense {
        Sense::Cost => !contains_any(name, SAVINGS),
        Sense::Timeliness => harms() || takes_time(),
        _ => harms(),
    };
    if less_is_better {
        Comparator::AtMost
    } else {
        Comparator::AtLeast
    }
}

/// Whether a word of harm between these parts of a name counts harm.
fn is_harm(before: &str, after: &str) -> bool {
    if SHIELDS_BEFORE.iter().any(|word| before.ends_with(word)) {
        return false;
    }
    !contains_any(after, SHIELDS_AFTER) || contains_any(after, DURATIONS)
}

fn contains_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_harm_turn_the_comparison() {
        for (name, less_is_better) in [
            ("年度课题数量", false),
            ("服务对象投诉次数", true),
            ("投诉处理率", false),
            ("群众投诉办结率", false),
            ("投诉处理时间", true),
            ("安全生产事故", true),
            ("事故处置率", false),
            ("无事故运行天数", false),
            ("设备故障率", true),
            ("故障修复率", false),
            ("故障排除率", false),
            ("事故应急演练次数", false),
            ("资金使用违规次数", true),
            ("违规问题整改率", false),
            ("查处违法案件", false),
            ("孕产妇死亡率", true),
            ("重大疫情发生数", true),
            ("未发生次数", false),
            ("投诉结案率", false),
            ("故障响应率", false),
            ("故障响应时间", true),
            ("城镇登记失业率", true),
            ("信访案件数量", true),
            ("信访事项办结率", false),
            ("审批办结时限", false),
        ] {
            assert_eq!(
                assumed(name, Sense::Quantity).is_upper_bound(),
                less_is_better,
                "{name}"
            );
        }
    }

    #[test]
    fn in_timeliness_work_is_to_take_little_time() {
        for (name, less_is_better) in [
            ("审批办结时限", true),
            ("项目实施周期", true),
            ("每日开放时间", false),
            ("按时完成率", false),
        ] {
            let comparator = assumed(name, Sense::Timeliness);
            assert_eq!(comparator.is_upper_bound(), less_is_better, "{name}");
        }
    }

    #[test]
    fn costs_are_bounded_above_unless_something_is_saved() {
        assert_eq!(assumed("人均培训成本", Sense::Cost), Comparator::AtMost);
        assert_eq!(assumed("资金节约率", Sense::Cost), Comparator::AtLeast);
    }
}
