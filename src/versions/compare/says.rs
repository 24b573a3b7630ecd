//! What rows and entries say, in one line each: what a reader of a list of changes is shown of one that came or went.

use crate::model::{
    aside::Aside,
    budget::BudgetAdjustment,
    deadlines::Deadline,
    edition::Edition,
    indicator::{
        Adjustment, Approved, ApprovedField, Cancellation, Group, Indicator, Removed, Section,
        SharedReason,
    },
    last_year::{LastFunds, LastIndicator, LastYear},
    ledger::Rectification,
    project::{Account, Evidence, Explanation, FundRow, Goal, Note, TableRow, fund},
    review::{Reply, StageRecord, Withheld},
    sending::{Return, Sending},
    typed::trim,
};

/// Something that can be told in one line.
pub(super) trait Says {
    /// Says every part with its caption; an empty caption for what is known by itself.
    fn say(&self, say: &mut dyn FnMut(&str, &str));
}

/// The parts that say something, in one line.
pub(super) fn told(one: &impl Says) -> String {
    let mut line = String::new();
    one.say(&mut |caption, text| {
        let text = trim(text);
        if text.is_empty() {
            return;
        }
        if !line.is_empty() {
            line.push('；');
        }
        if !caption.is_empty() {
            line.push_str(caption);
            line.push('：');
        }
        line.push_str(text);
    });
    line
}

impl Says for FundRow {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        say("", &self.name);
        for (column, cell) in &self.figures {
            say(fund::usual_caption(column), cell.text());
        }
        say("说明", &self.remark);
    }
}

impl Says for Goal {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        say("", &self.caption);
        say("分值", self.weight.text());
        say("预期目标", &self.expected);
        say("实际完成情况", &self.actual);
        for text in self.texts.values() {
            say("", text);
        }
    }
}

impl Says for Section {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        say("", &self.caption);
        say("分值", self.weight.text());
        say("得分", self.score.text());
    }
}

impl Says for Group {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        say("", &self.caption);
        say("分值", self.weight.text());
        say("得分", self.score.text());
    }
}

impl Says for Indicator {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        say("", &self.name);
        say("指标性质", self.nature.text());
        say("指标值", self.target.text());
        say("度量单位", &self.unit);
        say("实际完成值", self.actual.text());
        say("分值", self.weight.text());
        say("得分", self.score.text());
        say("偏差原因", &self.deviation);
        for text in self.extra.values() {
            say("", text);
        }
    }
}

impl Says for SharedReason {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        say("", &self.text);
    }
}

impl Says for TableRow {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        for text in self.cells.values() {
            say("", text);
        }
    }
}

impl Says for Approved {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        for field in ApprovedField::ALL {
            say(field_caption(field), self.value(field));
        }
    }
}

impl Says for Adjustment {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        say("日期", &self.date);
        say("文号", &self.document_no);
        let caption = field_caption(self.field);
        say(&format!("{caption}由"), &self.old);
        say(&format!("{caption}改为"), &self.new);
        say("原因", &self.reason);
    }
}

impl Says for Removed {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        say("", &self.approved.name);
        say("目标", &self.goal);
        say("一级指标", &self.section);
        say("二级指标", &self.group);
        say("指标值", &self.approved.target);
    }
}

impl Says for Cancellation {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        say("日期", &self.date);
        say("文号", &self.document_no);
        say("原因", &self.reason);
    }
}

impl Says for Evidence {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        say("", &self.title);
        say("文件", &self.file);
    }
}

impl Says for Note {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        say("", &self.text);
        say("类别", &self.kind.to_string());
        say("时间", &self.time);
    }
}

impl Says for Reply {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        say("", &self.text);
        say("时间", &self.time);
    }
}

impl Says for Explanation {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        say("", &self.text);
        say("填写人", &self.author);
        say("时间", &self.time);
    }
}

impl Says for Account {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        say(fund::usual_caption(fund::INITIAL), self.initial.text());
        say(fund::usual_caption(fund::ADJUSTED), self.adjusted.text());
        say(fund::usual_caption(fund::EXECUTED), self.executed.text());
        say("单位", &self.money_unit.to_string());
        say("来源", &self.source);
    }
}

impl Says for BudgetAdjustment {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        say("", &format!("{} {}", self.way, trim(self.amount.text())));
        say("日期", &self.date);
        say("文号", &self.document_no);
        say("原因", &self.reason);
        say("备注", &self.remark);
    }
}

impl Says for StageRecord {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        say("", &format!("{} → {}", self.from, self.to));
        say("经办", &self.by);
        say("时间", &self.time);
        say("原因", &self.reason);
    }
}

impl Says for Withheld {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        let reason = trim(&self.reason);
        say(
            "",
            if reason.is_empty() {
                "不公开"
            } else {
                reason
            },
        );
    }
}

impl Says for Deadline {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        say("", &self.date);
        say("备注", &self.remark);
    }
}

impl Says for Aside {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        let rows: usize = self.tables.values().map(|rows| rows.len()).sum();
        say("", &format!("{} 行", self.funds.len() + rows));
    }
}

impl Says for LastYear {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        say("", &self.called());
        say("项目", &self.name);
        say("总分", self.total_score.text());
        say("来源", &self.source);
    }
}

impl Says for LastFunds {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        say("", &self.name);
        for column in [fund::INITIAL, fund::ADJUSTED, fund::EXECUTED] {
            let text = self.figure(column).map_or("", |cell| cell.text());
            say(fund::usual_caption(column), text);
        }
    }
}

impl Says for LastIndicator {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        say("", &self.name);
        say("一级指标", &self.section);
        say("二级指标", &self.group);
        say("指标性质", self.nature.text());
        say("指标值", self.target.text());
        say("度量单位", &self.unit);
        say("实际完成值", self.actual.text());
        say("分值", self.weight.text());
        say("得分", self.score.text());
    }
}

impl Says for Rectification {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        say("序号", &self.number);
        say("", &self.comment);
        say("整改情况", &self.reply);
    }
}

impl Says for Sending {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        say("发给", &self.to);
        say("文件", &self.file);
        say("时间", &self.time);
    }
}

impl Says for Return {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        say("时间", &self.time);
        say("文件", &self.file);
        say("", &self.taken);
    }
}

impl Says for Edition {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        say("", &self.name);
    }
}

/// The caption of a value that is approved with the budget.
pub(super) fn field_caption(field: ApprovedField) -> &'static str {
    match field {
        ApprovedField::Name => "指标名称",
        ApprovedField::Nature => "指标性质",
        ApprovedField::Target => "指标值",
        ApprovedField::Unit => "度量单位",
        ApprovedField::Weight => "分值",
    }
}
