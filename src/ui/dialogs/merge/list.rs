//! The entries of a merge, project by project.

use egui::{Color32, RichText, ScrollArea, Ui};

use crate::{
    ui::{
        icons,
        merging::Ready,
        theme::{self, Palette},
        widgets::row::Row,
    },
    versions::merge::{Choice, Item, Key, Merge},
};

/// Height of a line, in points.
const LINE: f32 = 46.0;

/// Which entries are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    /// Conflicts.
    ToDecide,
    /// What makes this document another one.
    Taken,
    /// What is left as it is.
    Left,
}

impl Tab {
    pub(super) const ALL: [Self; 3] = [Self::ToDecide, Self::Taken, Self::Left];

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::ToDecide => "需要决定",
            Self::Taken => "合并后的变化",
            Self::Left => "不采用",
        }
    }

    /// What is to be looked at first.
    pub(super) fn first(merge: &Merge) -> Self {
        match Self::ToDecide.count(merge) {
            0 => Self::Taken,
            _ => Self::ToDecide,
        }
    }

    fn holds(self, item: &Item) -> bool {
        match self {
            Self::ToDecide => item.is_conflict(),
            Self::Taken => item.is_taken(),
            Self::Left => !item.is_taken() && (!item.is_conflict() || item.is_decided),
        }
    }

    pub(super) fn count(self, merge: &Merge) -> usize {
        merge.items().iter().filter(|item| self.holds(item)).count()
    }

    fn nothing(self) -> &'static str {
        match self {
            Self::ToDecide => "没有需要决定的",
            Self::Taken => "本文件没有变化",
            Self::Left => "对方的改动都已采用",
        }
    }
}

enum Line {
    /// The name of a project, and how many entries it has.
    Heading(String, usize),
    /// An entry, by its place.
    Item(usize),
}

/// What the list was made for.
type Wish = (u64, Tab, String);

/// The list.
#[derive(Default)]
pub(super) struct Listed {
    made_for: Option<Wish>,
    lines: Vec<Line>,
}

impl Listed {
    /// Lists anew where something changed.
    pub(super) fn list(&mut self, ready: &Ready, tab: Tab, search: &str) {
        let wish = (ready.version(), tab, search.to_owned());
        if self.made_for.as_ref() == Some(&wish) {
            return;
        }
        self.made_for = Some(wish);
        self.lines.clear();
        let merge = ready.merge();
        let mut heading: Option<(String, usize)> = None;
        for (at, (item, words)) in merge.items().iter().zip(ready.words()).enumerate() {
            let project = merge.project_name(item).unwrap_or("整个文件");
            let texts = [project, words, &item.mine, &item.theirs];
            let is_found = search.is_empty() || texts.iter().any(|text| text.contains(search));
            if !tab.holds(item) || !is_found {
                continue;
            }
            let is_new = heading.as_ref().is_none_or(|(name, _)| name != project);
            if is_new {
                heading = Some((project.to_owned(), self.lines.len()));
                self.lines.push(Line::Heading(project.to_owned(), 0));
            }
            if let Some((_, line)) = &heading
                && let Some(Line::Heading(_, count)) = self.lines.get_mut(*line)
            {
                *count += 1;
            }
            self.lines.push(Line::Item(at));
        }
    }

    /// The entries that are listed.
    pub(super) fn items<'a>(&'a self, items: &'a [Item]) -> impl Iterator<Item = &'a Item> {
        self.lines.iter().filter_map(|line| match line {
            Line::Item(at) => items.get(*at),
            Line::Heading(..) => None,
        })
    }

    /// Draws the list; returns what was clicked.
    pub(super) fn show(
        &self,
        ui: &mut Ui,
        ready: &Ready,
        picked: Option<&Key>,
        reveals: bool,
        height: f32,
    ) -> Option<Key> {
        let items = ready.merge().items();
        if let (Some((_, tab, search)), true) = (&self.made_for, self.lines.is_empty()) {
            let words = if search.is_empty() {
                tab.nothing()
            } else {
                "没有找到"
            };
            ui.label(RichText::new(words).color(Palette::of(ui).text_weak));
            return None;
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut area = ScrollArea::vertical()
            .id_salt("entries of the merge")
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, false]);
        let at = self.lines.iter().position(|line| match line {
            Line::Item(at) => items.get(*at).map(|item| &item.key) == picked,
            Line::Heading(..) => false,
        });
        if let Some(at) = at.filter(|_| reveals) {
            area = area.vertical_scroll_offset((at as f32 * LINE - height / 2.0).max(0.0));
        }
        let mut clicked = None;
        area.show_rows(ui, LINE, self.lines.len(), |ui, range| {
            for line in self.lines.get(range).unwrap_or_default() {
                match line {
                    Line::Heading(name, count) => heading(ui, name, *count),
                    Line::Item(at) => {
                        let known = items.get(*at).zip(ready.words().get(*at));
                        let Some((item, words)) = known else { continue };
                        if entry(ui, item, words, Some(&item.key) == picked) {
                            clicked = Some(item.key.clone());
                        }
                    }
                }
            }
        });
        clicked
    }
}

fn heading(ui: &mut Ui, name: &str, count: usize) {
    let words = format!("{name}（{count}）");
    let font = theme::text::strong();
    let color = Palette::of(ui).text;
    ui.add_enabled_ui(false, |ui| {
        Row::new(&words).line(&words, font, color).show(ui, LINE)
    });
}

/// What is decided, in a word.
pub(super) fn decided(item: &Item) -> &'static str {
    match item.choice {
        _ if item.is_told_only() => "",
        Choice::Mine if item.is_conflict() && !item.is_decided => "未决定",
        Choice::Mine => "我的",
        Choice::Theirs => "对方的",
        Choice::Both => "两者",
    }
}

fn entry(ui: &mut Ui, item: &Item, words: &str, is_picked: bool) -> bool {
    let palette = Palette::of(ui);
    let is_open = item.is_conflict() && !item.is_decided;
    let icon = match item.is_taken() {
        _ if is_open => icons::WARNING,
        true => icons::CHECK,
        false => icons::MINUS,
    };
    let below = below(item);
    let name = format!("{words}，{below}，{}", decided(item));
    let color: Color32 = if is_open {
        palette.warning
    } else {
        palette.text
    };
    Row::new(&name)
        .icon(Some(icon))
        .line(words, theme::text::grid(), color)
        .line(&below, theme::text::small(), palette.text_weak)
        .note(decided(item))
        .chosen(is_picked)
        .show(ui, LINE)
        .on_hover_text(words)
        .clicked()
}

/// Why it is told, and the other side's text.
fn below(item: &Item) -> String {
    let why = item.clash.map_or(item.matter.name(), |clash| clash.words());
    match item.theirs.lines().find(|line| !line.trim().is_empty()) {
        Some(line) => format!("{why}：{}", line.trim()),
        None => why.to_owned(),
    }
}
