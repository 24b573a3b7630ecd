//! V18: several quantities in one indicator's name.

use crate::{
    model::{numeral::halfwidth, path::IndicatorField},
    rules::{facts::Facts, finding::Mend, form::Form, sink::Sink},
};

/// V18
pub(super) fn several_quantities(form: &Form<'_>, sink: &mut Sink<'_>) {
    let fewest = form.edition.checks.quantities_in_name;
    for row in form.counted() {
        let name = row.name;
        if !row.name_facts.has(Facts::DIGIT) {
            continue;
        }
        let clauses = name.matches(['；', ';']).count();
        let quantities = quantities(name);
        if quantities < fewest && (clauses < 2 || quantities == 0) {
            continue;
        }
        let hit = sink.row_hit(
            row,
            IndicatorField::Name,
            "一个三级指标里写了几件事",
            "本年在说明中逐项写明完成情况；下年度拆成几个指标，数量写进指标值",
        );
        let item = format!("“{name}”含{quantities}个数量");
        sink.push(hit.item(item).mend(Mend::Approved));
    }
}

/// Counting words and units that follow a number in a name. Those of dates, ages and sessions are left out.
const COUNTERS: &[&str] = &[
    "个", "项", "次", "场", "人", "名", "户", "台", "套", "件", "批", "期", "份", "册", "本", "篇",
    "条", "处", "座", "所", "家", "间", "张", "块", "辆", "幅", "棵", "株", "只", "头", "粒", "支",
    "门", "对", "亩", "公顷", "公里", "千米", "平方", "米", "吨", "公斤", "斤",
];

/// How many numbers with a counting word stand in a name. Years, dates and ordinals are none.
fn quantities(name: &str) -> u32 {
    const SCALES: &[char] = &['余', '多', '万', '亿', '千', '百'];
    let digit = |c: char| c.is_ascii_digit();
    if !name.contains(|c: char| digit(c) || matches!(c, '０'..='９')) {
        return 0;
    }
    let half = halfwidth(name);
    let mut count = 0;
    let mut rest = &*half;
    while let Some(start) = rest.find(digit) {
        let ordinal = rest[..start].ends_with('第');
        let after = rest[start..].trim_start_matches(|c: char| digit(c) || matches!(c, '.' | ','));
        let unit = after.trim_start_matches(SCALES);
        count += u32::from(!ordinal && COUNTERS.iter().any(|word| unit.starts_with(word)));
        rest = after;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_numbers_with_counting_words() {
        for (name, count) in [
            ("举办培训3期、讲座5场、印发资料2000份", 3),
            ("5000吨稻谷、500吨成品粮储备到位率", 2),
            ("科协六届五次常委会", 0),
            ("第22届高交会、第3期培训", 0),
            ("2018-2022监测资料", 0),
            ("孕产妇42天访视数", 0),
            ("0-6岁儿童健康管理数", 0),
            ("完成2020年12月31日前任务", 0),
        ] {
            assert_eq!(quantities(name), count, "{name}");
        }
    }
}
