//! In what two editions differ, in words: for a person who has two versions of one 表样 before them.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use super::{
    edition::{Edition, FieldLayout, FirstLevel, IndicatorColumn},
    numeral::plain,
    policy::{ScoringPolicy, WeightSet},
    threshold,
};

/// What `now` has otherwise than `before`, one sentence each, in the order of the form; empty where both are the same.
pub fn differences(before: &Edition, now: &Edition) -> Vec<String> {
    let mut told = Told::default();
    told.identity(before, now);
    told.fields("表头", &before.header, &now.header);
    told.funds(before, now);
    told.goals(before, now);
    told.indicators(before, now);
    told.tables(before, now);
    told.fields("表下文字", &before.texts, &now.texts);
    told.part("合计", &before.totals, &now.totals);
    told.fields("表尾", &before.footer, &now.footer);
    told.part("表下注释", &before.footnotes, &now.footnotes);
    told.weights(&before.scoring.weights, &now.scoring.weights);
    told.policies(&before.scoring, &now.scoring);
    told.thresholds(before, now);
    if told.0.is_empty() && before != now {
        told.0.push("只有排版或说明不同".into());
    }
    told.0
}

#[derive(Default)]
struct Told(Vec<String>);

impl Told {
    fn say(&mut self, sentence: String) {
        self.0.push(sentence);
    }

    /// A text that is another one.
    fn text(&mut self, what: &str, before: &str, now: &str) {
        if before != now {
            self.say(format!("{what}由“{before}”改为“{now}”"));
        }
    }

    /// A part of which only is said that it is another one.
    fn part<T: PartialEq>(&mut self, what: &str, before: &T, now: &T) {
        if before != now {
            self.say(format!("{what}不同"));
        }
    }

    fn identity(&mut self, before: &Edition, now: &Edition) {
        self.text("名称", &before.name, &now.name);
        self.text("表题", &before.title, &now.title);
        self.text("地区", &before.region, &now.region);
        self.part("适用年度", &before.years, &now.years);
        self.text(
            "核对情况",
            &before.status.to_string(),
            &now.status.to_string(),
        );
        self.part("未核对之处的说明", &before.gaps, &now.gaps);
        self.part("纸张方向", &before.page, &now.page);
        self.text(
            "金额单位",
            &before.money_unit.to_string(),
            &now.money_unit.to_string(),
        );
    }

    /// Things of a list with a key and a caption: which came, which went, which are called otherwise, which are otherwise.
    fn list<T: PartialEq>(
        &mut self,
        what: &str,
        before: &[T],
        now: &[T],
        key: impl Fn(&T) -> String,
        caption: impl Fn(&T) -> String,
    ) {
        let of = |all: &[T]| all.iter().map(&key).collect::<Vec<_>>();
        let (old, new) = (of(before), of(now));
        for one in before.iter().filter(|one| !new.contains(&key(one))) {
            self.say(format!("{what}少了“{}”", caption(one)));
        }
        for one in now {
            let twin = before.iter().find(|twin| key(twin) == key(one));
            match twin {
                None => self.say(format!("{what}多了“{}”", caption(one))),
                Some(twin) if caption(twin) != caption(one) => {
                    let (before, now) = (caption(twin), caption(one));
                    self.say(format!("{what}“{before}”改称“{now}”"));
                }
                Some(twin) if twin != one => {
                    self.say(format!("{what}“{}”的设置不同", caption(one)));
                }
                Some(_) => {}
            }
        }
        let kept: BTreeSet<&String> = old.iter().filter(|key| new.contains(key)).collect();
        let order = |all: &[String]| -> Vec<String> {
            all.iter()
                .filter(|key| kept.contains(key))
                .cloned()
                .collect()
        };
        if order(&old) != order(&new) {
            self.say(format!("{what}的顺序不同"));
        }
    }

    fn fields(&mut self, what: &str, before: &[FieldLayout], now: &[FieldLayout]) {
        self.list(
            what,
            before,
            now,
            |field| field.key.clone(),
            |field| field.caption.clone(),
        );
    }

    fn funds(&mut self, before: &Edition, now: &Edition) {
        let (before, now) = (&before.funds, &now.funds);
        self.text("资金表标题", &before.caption, &now.caption);
        let caption = |column: &super::edition::FundColumn| column.caption.clone();
        self.list(
            "资金表的列",
            &before.columns,
            &now.columns,
            |column| column.key.clone(),
            caption,
        );
        self.list(
            "资金表的行",
            &before.rows,
            &now.rows,
            |row| row.key.clone(),
            |row| row.caption.clone(),
        );
        self.part("资金表各行的合计关系", &before.splits, &now.splits);
        self.part("资金表能否增行", &before.free_rows, &now.free_rows);
    }

    fn goals(&mut self, before: &Edition, now: &Edition) {
        let (before, now) = (&before.goals, &now.goals);
        self.text("年度目标的标题", &before.caption, &now.caption);
        let (one, other) = (&before.expected, &now.expected);
        self.fields(
            "年度目标",
            std::slice::from_ref(one),
            std::slice::from_ref(other),
        );
        let (one, other) = (&before.actual, &now.actual);
        self.fields(
            "年度目标",
            std::slice::from_ref(one),
            std::slice::from_ref(other),
        );
        self.fields("年度目标", &before.extra, &now.extra);
        self.part("年度目标的块数", &before.most_blocks, &now.most_blocks);
        self.part("年度目标是否计分", &before.weighted, &now.weighted);
        self.part("年度目标各块", &before.blocks, &now.blocks);
    }

    fn indicators(&mut self, before: &Edition, now: &Edition) {
        let (before, now) = (&before.indicators, &now.indicators);
        self.text("指标表标题", &before.caption, &now.caption);
        let key = |column: &IndicatorColumn| format!("{:?} {}", column.role, column.key);
        self.list(
            "指标表的列",
            &before.columns,
            &now.columns,
            key,
            |column| column.caption.clone(),
        );
        let name = |level: &FirstLevel| level.name.clone();
        self.list("一级指标", &before.levels, &now.levels, name, name);
        for level in &now.levels {
            let twin = before.levels.iter().find(|twin| twin.name == level.name);
            let Some(twin) = twin else { continue };
            let what = format!("“{}”的二级指标", level.name);
            self.list(
                &what,
                &twin.children,
                &level.children,
                |child| child.name.clone(),
                |child| child.name.clone(),
            );
        }
        self.part(
            "能否另加一、二级指标",
            &before.free_levels,
            &now.free_levels,
        );
        self.part("分值、得分写在哪里", &before.scored_by, &now.scored_by);
    }

    fn tables(&mut self, before: &Edition, now: &Edition) {
        self.list(
            "附表",
            &before.tables,
            &now.tables,
            |table| table.key.clone(),
            |table| table.caption.clone(),
        );
    }

    fn weights(&mut self, before: &[WeightSet], now: &[WeightSet]) {
        if before == now {
            return;
        }
        let (one, other) = (before.first(), now.first());
        if one != other {
            self.text("规定分值", &in_words(one), &in_words(other));
        } else {
            self.say("特殊情形的规定分值不同".into());
        }
    }

    fn policies(&mut self, before: &ScoringPolicy, now: &ScoringPolicy) {
        const NAMES: &[(&str, &str)] = &[
            ("total", "满分"),
            ("rounding", "得分取几位小数"),
            ("execution", "预算执行率的计分"),
            ("quantitative", "定量指标怎样得分"),
            ("qualitative", "定性指标怎样得分"),
            ("forward", "正向指标的公式"),
            ("reverse", "反向指标的公式"),
            ("equal", "等于类指标超额的算法"),
            ("strict_comparators", "大于、小于是否含本数"),
            ("tiers", "定性指标三档的界限"),
            ("missed_date", "逾期怎样扣分"),
            ("not_applicable", "不适用指标的分值"),
            ("group_members", "合并计分的组内办法"),
            ("goal_weights", "各目标分值的含义"),
            ("ratings", "评价等级"),
        ];
        let (before, now) = (json(before), json(now));
        for (field, name) in NAMES {
            if before.get(field) != now.get(field) {
                self.say(format!("{name}不同"));
            }
        }
    }

    fn thresholds(&mut self, before: &Edition, now: &Edition) {
        for threshold in threshold::ALL {
            let (one, other) = (threshold.value(before), threshold.value(now));
            if one != other {
                self.text(
                    &format!("校验界限“{}”", threshold.name),
                    &threshold.in_words(&one),
                    &threshold.in_words(&other),
                );
            }
        }
    }
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// A set of weights: "预算执行率10分、产出指标50分".
fn in_words(set: Option<&WeightSet>) -> String {
    let Some(set) = set else {
        return "由单位自定".into();
    };
    let execution = ("预算执行率", &set.execution);
    let levels = set
        .levels
        .iter()
        .map(|(name, points)| (name.as_str(), points));
    let words: Vec<String> = std::iter::once(execution)
        .chain(levels)
        .map(|(name, points)| format!("{name}{}分", plain(*points)))
        .collect();
    words.join("、")
}
