//! A merge in words: what each entry is called, and the report of it all.

use std::{fmt::Write as _, sync::Arc};

use crate::{
    edit::command::caption::caption,
    model::{edition::Edition, project::Project},
};

use super::{Choice, Item, Merge};

/// The edition of a project, where it is at hand.
pub type Editions<'a> = &'a dyn Fn(&Project) -> Option<Arc<Edition>>;

impl Merge {
    /// What an entry is about: "绩效指标 · 数量指标 第2行 培训场次 · 实际完成值".
    pub fn words(&self, item: &Item, editions: Editions<'_>) -> String {
        if !item.caption.is_empty() {
            return item.caption.clone();
        }
        let Some(at) = &item.at else {
            return item.matter.name().to_owned();
        };
        let has = |project: &&Arc<Project>| project.cell_text(&at.place).is_some();
        let known = [&self.merged, &self.ours, &self.theirs];
        let mut known = known.into_iter().filter_map(|one| one.project(at.project));
        let project = known.clone().find(has).or_else(|| known.next());
        match project.and_then(|project| Some((project, editions(project)?))) {
            Some((project, edition)) => at.in_words(project, &edition),
            None => caption(&at.place).to_owned(),
        }
    }

    /// The project of an entry, by name; `None` for what belongs to the document.
    pub fn project_name(&self, item: &Item) -> Option<&str> {
        let id = item.project?;
        let project = self.merged.project(id).or_else(|| self.ours.project(id));
        project.map(|project| project.shown_name())
    }

    /// What is told in one sentence: "采用 12 处，需要决定 3 处".
    pub fn summary(&self) -> String {
        let conflicts = self.conflicts().count();
        let is_taken = |item: &&Item| !item.is_conflict() && item.is_taken();
        let taken = self.items.iter().filter(is_taken).count();
        let mut parts = vec![format!("采用对方改动 {taken} 处")];
        if conflicts > 0 {
            parts.push(format!("双方不一致 {conflicts} 处"));
        }
        if !self.has_base() {
            parts.push("没有找到共同的上一版".to_owned());
        }
        parts.join("，")
    }

    /// The report: what was taken, what was in conflict and how it was decided, what was left out.
    pub fn report(&self, editions: Editions<'_>) -> String {
        let mut text = String::from("合并报告\n");
        text.push_str(match self.has_base() {
            true => "按双方共同的上一版比较：只有一方改过的直接采用，双方都改过的由人决定。\n",
            false => "没有找到双方共同的上一版：一方有、另一方没有的视为新增，空白让位于已填内容，其余不同之处由人决定。\n",
        });
        let taken: Vec<&Item> = self
            .items
            .iter()
            .filter(|item| !item.is_conflict() && item.is_taken())
            .collect();
        let left: Vec<&Item> = self
            .items
            .iter()
            .filter(|item| !item.is_conflict() && !item.is_taken())
            .collect();
        let conflicts: Vec<&Item> = self.conflicts().collect();
        self.chapter(&mut text, "采用的改动", &taken, editions);
        self.chapter(&mut text, "双方不一致", &conflicts, editions);
        self.chapter(&mut text, "没有采用", &left, editions);
        text
    }

    fn chapter(&self, text: &mut String, title: &str, items: &[&Item], editions: Editions<'_>) {
        if items.is_empty() {
            return;
        }
        // Writing to a text does not fail.
        let _ = writeln!(text, "\n{title}（{}）", items.len());
        let mut of = None;
        for item in items {
            let name = self.project_name(item).unwrap_or("整个文件");
            if of != Some(name) {
                let _ = writeln!(text, "【{name}】");
                of = Some(name);
            }
            let _ = writeln!(text, "- {}", self.line(item, editions));
        }
    }

    fn line(&self, item: &Item, editions: Editions<'_>) -> String {
        let words = self.words(item, editions);
        let (mine, theirs) = (shown(&item.mine), shown(&item.theirs));
        match item.clash {
            _ if item.is_told_only() => format!("{words}：{}", item.matter.name()),
            None => format!("{words}（{}）：{mine} → {theirs}", item.matter.name()),
            Some(clash) => {
                let decided = match (item.is_decided, item.choice) {
                    (true, choice) => choice.to_string(),
                    (false, Choice::Mine) => "没有决定，保留我的".to_owned(),
                    (false, choice) => format!("没有决定，{choice}"),
                };
                format!(
                    "{words}（{}）：我的 {mine}；对方 {theirs}；{decided}",
                    clash.words()
                )
            }
        }
    }
}

/// A text within a line.
fn shown(text: &str) -> String {
    let line: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    match line.join("／") {
        line if line.is_empty() => "（空）".to_owned(),
        line => format!("“{line}”"),
    }
}
