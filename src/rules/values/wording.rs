//! Words as values: too vague (V11), no tier (V13), a state instead of an aim (V14).

use crate::{
    model::{
        edition::Sense, indicator::Aim, measure::Tier, path::IndicatorField, policy::Severity,
        typed::trim,
    },
    rules::{
        finding::{Fix, Mend},
        form::{Form, Row},
        lexicon,
        sink::Sink,
    },
    score::{Verdict, Why},
};

use super::{actual_becomes, quoted};

/// V11. A target that adds nothing to its indicator's name but words anything can meet. Deadlines in words are V22's.
pub(super) fn vague(form: &Form<'_>, sink: &mut Sink<'_>) {
    for row in form.counted() {
        let indicator = row.indicator();
        let plain =
            |aim: &Aim<'_>| aim.measure.is_qualitative() && aim.measure.comparator.is_none();
        let text = trim(indicator.target.text());
        if row.sense == Sense::Timeliness || !row.aim.as_ref().is_some_and(plain) || is_state(text)
        {
            continue;
        }
        if !says_nothing(text, &indicator.name) {
            if row.sense == Sense::Quantity && tells_no_number(text) {
                let hit = sink.row_hit(row, IndicatorField::Target, UNCOUNTED, UNCOUNTED_HINT);
                let hit = hit.item(quoted(row, text)).level(Severity::Hint);
                sink.push(hit.mend(Mend::Approved));
            }
            continue;
        }
        // Outputs and satisfaction can be counted; of benefits often only a direction can be told.
        let level = if row.sense.is_output() || row.sense == Sense::Satisfaction {
            Severity::Warning
        } else {
            Severity::Hint
        };
        let hit = sink.row_hit(
            row,
            IndicatorField::Target,
            "指标值过于笼统，难以判断是否达成",
            "本年在说明中写明做到了什么；下年度写明可核对的标准，如对象、数量、比例或频次",
        );
        let item = quoted(row, text);
        sink.push(hit.item(item).level(level).mend(Mend::Approved));
    }
}

const UNCOUNTED: &str = "数量指标的指标值没有数量";
const UNCOUNTED_HINT: &str = "本年在说明中写明做了多少；下年度写成数字加单位";

/// Whether the target of a quantity names no number, nor the whole of something ("全覆盖", "应救尽救", "每月一次").
fn tells_no_number(text: &str) -> bool {
    const NUMBERS: &[char] = &[
        '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '万', '半',
        '全', '尽', '每', '均', '无', '零',
    ];
    !text.is_empty() && !text.contains(|c: char| c.is_numeric() || NUMBERS.contains(&c))
}

/// Whether a text consists of vague words and parts of the indicator's name only.
fn says_nothing(text: &str, name: &str) -> bool {
    const FILLERS: &[char] = &[
        '的', '地', '得', '了', '和', '与', '及', '较', '更', '很', '、', '，', ',', '。', ';',
        '；', ' ',
    ];
    if matches!(text, "高" | "好" | "强" | "大") {
        return true;
    }
    let mut from = 0;
    let mut found_any = false;
    let adds = |piece: &str| {
        let piece = piece.trim_matches(FILLERS);
        !piece.is_empty() && !name.contains(piece)
    };
    for found in lexicon::VAGUE.find(text) {
        if adds(&text[from..found.start]) {
            return false;
        }
        found_any = true;
        from = found.end;
    }
    found_any && !adds(&text[from..])
}

/// V14
pub(super) fn state_for_aim(form: &Form<'_>, sink: &mut Sink<'_>) {
    for row in form.counted() {
        let text = trim(row.indicator().target.text());
        if row.aim.is_some_and(|aim| aim.qualitative) && is_state(text) {
            let hit = sink.row_hit(
                row,
                IndicatorField::Target,
                "指标值写的是完成状态，不是目标",
                "实际情况写在实际完成值；下年度指标值写要达到的数量、标准或时限",
            );
            sink.push(hit.item(quoted(row, text)).mend(Mend::Approved));
        }
    }
}

/// Whether a target tells in a few words what is done already: "已完成", "均已发放到位".
fn is_state(text: &str) -> bool {
    const LONGEST: usize = 9;
    const ENDS: &[&str] = &[
        "完成", "完毕", "落实", "到位", "支付", "发放", "拨付", "缴纳", "使用", "运行", "开展",
        "验收", "达标", "实现", "实施", "执行", "办理", "结束", "建成", "竣工", "投用", "提升",
        "提高", "改善",
    ];
    let told = ["已", "均已", "全部已", "都已", "现已", "业已"]
        .iter()
        .any(|word| text.starts_with(word));
    told && text.chars().count() <= LONGEST && ENDS.iter().any(|word| text.ends_with(word))
}

/// Other wordings of the tiers.
const TIER_WORDS: &[(&str, Tier)] = &[
    ("达成", Tier::Reached),
    ("已达成", Tier::Reached),
    ("全部达成", Tier::Reached),
    ("达成目标", Tier::Reached),
    ("达成指标", Tier::Reached),
    ("达成年度目标", Tier::Reached),
    ("达成预期目标", Tier::Reached),
    ("达到预期目标", Tier::Reached),
    ("达到预期指标", Tier::Reached),
    ("达到年度指标", Tier::Reached),
    ("完成年度指标", Tier::Reached),
    ("部分达成", Tier::PartlyReached),
    ("部分达成目标", Tier::PartlyReached),
    ("部分达成预期指标", Tier::PartlyReached),
    ("部分达成年度指标", Tier::PartlyReached),
    ("部分达成并具有一定效果", Tier::PartlyReached),
    ("部分完成", Tier::PartlyReached),
    ("未达成", Tier::Missed),
    ("未达成目标", Tier::Missed),
    ("未达成年度指标", Tier::Missed),
    ("未达成预期指标", Tier::Missed),
    ("未达成且效果较差", Tier::Missed),
];

/// V13. Where an edition asks for the words of the tiers, anything else is sent back; elsewhere only what means one of them
/// and is not recognised is worth a word.
pub(super) fn no_tier(form: &Form<'_>, sink: &mut Sink<'_>) {
    let required = form.edition.checks.tier_words_required;
    for row in form.counted() {
        let indicator = row.indicator();
        let unjudged = matches!(row.score.verdict, Verdict::Open(Why::NoTier));
        if !unjudged || indicator.effective_tier().is_some() || indicator.actual.is_empty() {
            continue;
        }
        let text = trim(indicator.actual.text());
        let tier = TIER_WORDS
            .iter()
            .find(|(words, _)| *words == text)
            .map(|(_, tier)| *tier);
        let (level, lead, hint) = match (required, tier) {
            (true, _) => (
                Severity::Error,
                "定性指标的实际完成值不是规定的三档之一",
                "按达成年度指标、部分达成年度指标并具有一定效果、未达成年度指标且效果较差三档填写",
            ),
            (false, Some(_)) => (
                Severity::Hint,
                "完成档次的写法与规定不同，未能识别",
                "改用规定的三档写法，或在完成档次中选择，以便测算得分",
            ),
            (false, None) => continue,
        };
        let item = match tier {
            Some(tier) => format!("{}，规定写法为“{tier}”", quoted(row, text)),
            None => quoted(row, text),
        };
        let fix = tier.and_then(|tier| as_tier(form, row, tier));
        let hit = sink.row_hit(row, IndicatorField::Actual, lead, hint);
        sink.push(hit.item(item).level(level).fix(fix));
    }
}

/// The tier in its prescribed words, where full marks agree with it. The lower tiers ask for a score and a reason as well.
fn as_tier(form: &Form<'_>, row: &Row<'_>, tier: Tier) -> Option<Fix> {
    (tier == Tier::Reached && row.has_full_marks())
        .then(|| actual_becomes(form, row, tier.words().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_says_nothing_beyond_its_name() {
        for (text, name, nothing) in [
            ("有效保障", "科普活动保障情况", true),
            ("得到提升", "节日影响力", true),
            ("提升科普工作能力", "科普工作能力提升", true),
            ("显著、持续改善", "人居环境", true),
            ("提升至区内前三名", "服务水平", false),
            ("正常运行", "系统运行质量", false),
            ("合规", "经费使用合规性", false),
            ("覆盖全部社区", "社区覆盖", false),
        ] {
            assert_eq!(says_nothing(text, name), nothing, "{text}");
        }
    }

    #[test]
    fn a_state_is_told_in_few_words() {
        for (text, state) in [
            ("已完成", true),
            ("均已发放到位", true),
            ("已建成项目的管护", false),
            ("完成", false),
        ] {
            assert_eq!(is_state(text), state, "{text}");
        }
    }
}
