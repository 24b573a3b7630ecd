//! What opens beneath a finding: why, on what basis, how to mend it, and the buttons that do it.

use std::sync::Arc;

use egui::{Button, Label, Response, RichText, Role, TextWrapMode, Ui, WidgetInfo};

use super::list::{Entry, List};
use crate::{
    edit::command::EditCommand,
    model::{
        path::{CellPath, Place},
        project::{Explanation, Project},
    },
    rules::finding::{Finding, Fix, Mend},
    ui::{
        action::Action,
        command::UiCommand,
        dialogs::{
            adjustment,
            deviation::DeviationDialog,
            set_aside::{SetAside, outdated},
        },
        help::book::Address,
        scene::{Scene, Shown},
        theme::{HIT, Palette, space, text},
    },
};

/// Draws it.
pub fn show(ui: &mut Ui, entry: &Entry, scene: &mut Scene<'_>, list: &List) {
    let Some(finding) = entry.finding() else {
        return;
    };
    ui.spacing_mut().item_spacing.y = space::XS;
    ui.add_space(space::S);
    part(ui, "怎么改", &finding.hint);
    if finding.mend == Mend::Approved {
        part(ui, "批复内容", "不影响报送；请办理调整，或在下年度修正。");
    }
    let project = entry.facts.project();
    if let Some(given) = outdated(finding, project) {
        part(ui, "原说明已失效", &signed(given));
    }
    if let Some(given) = standing(finding, entry) {
        part(ui, "核实说明", &signed(given));
    }
    if let Some(fix) = &finding.fix {
        changes(ui, entry, fix);
    }
    ui.add_space(space::XS);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(6.0, 6.0);
        buttons(ui, entry, finding, scene, list);
    });
    ui.add_space(space::XS);
    part(ui, "为什么", finding.rule.why);
    let read = match finding.rule.verified {
        true => "已核对原文",
        false => "依惯例，未核对原文",
    };
    part(ui, "依据", &format!("{}（{read}）", finding.rule.basis));
}

/// A caption, and beside it what it introduces.
fn part(ui: &mut Ui, caption: &str, words: &str) {
    if words.is_empty() {
        return;
    }
    captioned(ui, caption, |ui| {
        let words = RichText::new(words).font(text::small());
        ui.add(Label::new(words).wrap().selectable(true));
    });
}

/// A caption in a column of its own, and beside it something.
fn captioned(ui: &mut Ui, caption: &str, content: impl FnOnce(&mut Ui)) {
    /// Wide enough for four characters, in points.
    const CAPTION: f32 = 56.0;
    let color = Palette::of(ui).text_weak;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let text = RichText::new(caption).font(text::small()).color(color);
        let label = ui.add(Label::new(text).extend());
        ui.add_space((CAPTION - label.rect.width()).max(space::XS));
        ui.vertical(content);
    });
}

fn signed(given: &Explanation) -> String {
    format!("{}（{} {}）", given.text, given.author, given.time)
}

/// The explanation under which a finding was set aside.
fn standing<'e>(finding: &Finding, entry: &'e Entry) -> Option<&'e Explanation> {
    finding.explained.as_ref()?;
    let fingerprint = finding.fingerprint();
    let mut explanations = entry.facts.project().explanations.iter();
    let given = explanations.find(|given| {
        given.rule == finding.rule.code
            && given.at == finding.at
            && given.fingerprint == fingerprint
    });
    given.map(|given| &**given)
}

/// Each cell that the fix changes, with its old and its new text.
fn changes(ui: &mut Ui, entry: &Entry, fix: &Fix) {
    let palette = Palette::of(ui);
    let project = entry.facts.project();
    let Some(edition) = &entry.facts.edition else {
        return;
    };
    for change in &fix.changes {
        let old = project.cell_text(&change.at.place).unwrap_or_default();
        let (before, after) = difference(&old, &change.new);
        let place = change.at.in_words(project, edition);
        let mut job = egui::text::LayoutJob::default();
        let mut add = |words: &str, color, is_struck: bool| {
            let mut format = egui::TextFormat::simple(text::small(), color);
            if is_struck {
                format.strikethrough = egui::Stroke::new(1.0, color);
            }
            job.append(words, 0.0, format);
        };
        let is_one = fix.changes.len() == 1;
        if !is_one {
            add(&format!("{place}：　"), palette.text_weak, false);
        }
        add(&before, palette.text_weak, true);
        add(" → ", palette.text_weak, false);
        add(&after, palette.good, false);
        let name = format!("{place}：{before} → {after}");
        let draw = |ui: &mut Ui| {
            let label = ui.add(Label::new(job).wrap());
            label.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
            if is_cut(&before) || is_cut(&after) {
                label.on_hover_ui(|ui| {
                    ui.label(format!("原文：\n{old}"));
                    ui.label(format!("改为：\n{}", change.new));
                });
            }
        };
        if is_one {
            captioned(ui, "修正", draw);
        } else {
            draw(ui);
        }
    }
}

/// The most characters of a text that are shown of a change.
const SHOWN: usize = 40;

/// What two texts differ in, each with a little around it and cut to a length that can be taken in at a glance.
fn difference(old: &str, new: &str) -> (String, String) {
    /// Characters before and after what differs.
    const AROUND: usize = 6;
    let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    if old.len().max(new.len()) <= SHOWN {
        return (excerpt(&old, 0, 0), excerpt(&new, 0, 0));
    }
    let same = |(a, b): &(&char, &char)| a == b;
    let start = old.iter().zip(&new).take_while(same).count();
    let pairs = old[start..].iter().rev().zip(new[start..].iter().rev());
    let end = pairs.take_while(same).count();
    let (start, end) = (start.saturating_sub(AROUND), end.saturating_sub(AROUND));
    (excerpt(&old, start, end), excerpt(&new, start, end))
}

/// A text without its first and last characters, in one line.
fn excerpt(text: &[char], start: usize, end: usize) -> String {
    if text.is_empty() {
        return "（空）".to_owned();
    }
    let middle = &text[start..text.len() - end];
    let shown = &middle[..middle.len().min(SHOWN)];
    let is_short = shown.len() == middle.len() && end == 0;
    let words: String = shown
        .iter()
        .map(|c| if *c == '\n' { '↵' } else { *c })
        .collect();
    let before = if start > 0 { "…" } else { "" };
    let after = if is_short { "" } else { "…" };
    format!("{before}{words}{after}")
}

fn is_cut(text: &str) -> bool {
    text.starts_with('…') || text.ends_with('…')
}

fn buttons(ui: &mut Ui, entry: &Entry, finding: &Finding, scene: &mut Scene<'_>, list: &List) {
    let project = entry.facts.project();
    let is_editable = project.stage.is_editable();
    let locked = format!("项目处于“{}”阶段，内容不能修改", project.stage);
    let ask = |ui: &mut Ui, look: Look, words: &str, hover: &str| {
        let response = action(ui, look, is_editable, words).on_disabled_hover_text(&locked);
        match hover.is_empty() {
            true => response.clicked(),
            false => response.on_hover_text(hover).clicked(),
        }
    };
    if finding.explained.is_some() {
        if let Some(given) = standing(finding, entry)
            && ask(
                ui,
                Look::Plain,
                "撤回说明",
                "撤回后，这个问题重新计入校验结论",
            )
        {
            scene.send.edit(EditCommand::RemoveExplanation {
                project: project.id,
                explanation: given.id,
            });
        }
        jump(ui, finding, scene);
        about(ui, finding, scene);
        return;
    }
    if let Some(fix) = &finding.fix {
        let hover = "作为一步修改，可以撤销";
        if ask(ui, Look::Primary, &fix.title, hover) {
            scene.send.send(Action::Fix(Box::new(finding.clone())));
        }
        let count = list.fixes.get(finding.rule.code).copied();
        let words = count.filter(|count| *count > 1);
        if let Some(count) = words
            && ask(
                ui,
                Look::Plain,
                &format!("同类全部修正（{count}）"),
                "这条规则的问题一次全部修正，可以撤销",
            )
        {
            let scope = list.query.project;
            scene.send.send(Action::FixRule(finding.rule.code, scope));
        }
    }
    if let Some((words, command)) = way_of_approval(finding, project)
        && ask(ui, Look::Plain, words, "")
    {
        scene.send.send(Action::GoTo(finding.at.clone()));
        scene.send.command(command);
    }
    if WRITTEN.contains(&finding.rule.code) {
        let words = UiCommand::WriteDeviation.label();
        let hover = UiCommand::WriteDeviation.explanation();
        if ask(ui, Look::Plain, words, hover) {
            write_deviation(entry, finding, scene);
        }
    }
    jump(ui, finding, scene);
    if ask(ui, Look::Plain, "填写核实说明…", "") {
        let place = entry.place().to_owned();
        let dialog = SetAside::new(finding.clone(), place, project);
        scene.send.send(Action::WithName(Box::new(dialog)));
    }
    about(ui, finding, scene);
    let off = action(ui, Look::Plain, true, TURN_OFF);
    if off.on_hover_text(TURNED_OFF).clicked() {
        scene.send.send(Action::TurnOffRule(finding.rule.code));
    }
}

/// The command that deals with a departure from what was approved or recorded, and what its button says.
fn way_of_approval(finding: &Finding, project: &Project) -> Option<(&'static str, UiCommand)> {
    if finding.rule.code == "P02" {
        return Some(("登记批复值…", UiCommand::ApproveTargets));
    }
    let is_of_budget = matches!(finding.at.place, Place::Fund(..));
    if is_of_budget && BUDGET.contains(&finding.rule.code) {
        let command = UiCommand::BudgetAdjustments;
        return Some((command.label(), command));
    }
    if !finding.rule.code.starts_with('P') {
        return None;
    }
    match &finding.at.place {
        Place::Indicator(row, _) if adjustment::is_approved(project, *row) => {
            Some(("登记调整…", UiCommand::RecordAdjustment))
        }
        Place::Fund(..) => None,
        _ => Some(("登记调整…", UiCommand::MissingIndicators)),
    }
}

/// Rules that look at the record of adjustments of the budget.
const BUDGET: [&str; 3] = ["B08", "B21", "P09"];

/// Rules that ask for an explanation, or for a better one.
const WRITTEN: [&str; 7] = ["B07", "B08", "C06", "C07", "C11", "C12", "C13"];

/// Begins an explanation about the cell of a finding.
fn write_deviation(entry: &Entry, finding: &Finding, scene: &mut Scene<'_>) {
    let Some(edition) = &entry.facts.edition else {
        return;
    };
    let shown = Shown {
        project: Arc::clone(entry.facts.project()),
        edition: Arc::clone(edition),
        facts: Arc::clone(&entry.facts),
    };
    let today = scene.environment.today();
    if let Some(dialog) = DeviationDialog::new(&shown, &finding.at.place, today) {
        scene.send.send(Action::Ask(Box::new(dialog)));
    }
}

/// Opens the topic of the finding's rule.
fn about(ui: &mut Ui, finding: &Finding, scene: &mut Scene<'_>) {
    let hover = "打开帮助，看这条规则检查什么、依据什么";
    if action(ui, Look::Plain, true, "规则说明")
        .on_hover_text(hover)
        .clicked()
    {
        let at = Address::topic(finding.rule.code);
        scene.send.send(Action::Help(Some(at)));
    }
}

/// What turns a rule off, and what that means.
pub(super) const TURN_OFF: &str = "停用这条规则";
pub(super) const TURNED_OFF: &str =
    "这条规则的问题在所有文件中不再列出、不再计数，可以在“设置”中重新启用";

/// How a button looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// The one that mends the finding.
    Primary,
    /// Any other.
    Plain,
}

/// A button that stands whole in its row, however many there are; only words longer than a row are cut.
fn action(ui: &mut Ui, look: Look, is_enabled: bool, words: &str) -> Response {
    /// The width of a Chinese character of the button, and of its margins.
    const CHARACTER: f32 = 13.0;
    const MARGINS: f32 = 24.0;
    let most = ((ui.max_rect().width() - MARGINS) / CHARACTER).max(1.0) as usize;
    let is_long = words.chars().count() > most;
    let shown: String = match is_long {
        true => words.chars().take(most - 1).chain(['…']).collect(),
        false => words.to_owned(),
    };
    let palette = Palette::of(ui);
    let shown = RichText::new(shown).font(text::grid());
    let button = match look {
        Look::Primary => Button::new(shown.color(palette.on_accent))
            .fill(palette.accent)
            .stroke(egui::Stroke::NONE),
        Look::Plain => Button::new(shown),
    };
    let button = button
        .wrap_mode(TextWrapMode::Extend)
        .min_size(egui::vec2(0.0, HIT));
    let response = ui.add_enabled(is_enabled, button);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, is_enabled, words));
    match is_long {
        true => response.on_hover_text(words),
        false => response,
    }
}

/// Goes from one to the other of the cells of a finding that is about several; to a single one goes whoever opens the
/// finding.
fn jump(ui: &mut Ui, finding: &Finding, scene: &mut Scene<'_>) {
    let cells = finding.cells.as_slice();
    if cells.len() < 2 {
        return;
    }
    let is_here = |cell: &CellPath| scene.position.cell.as_ref() == Some(cell);
    let next = cells.iter().position(is_here).map_or(0, |here| here + 1);
    let next = next.checked_rem(cells.len()).unwrap_or_default();
    let words = format!("跳转（{}/{}）", next + 1, cells.len());
    if action(ui, Look::Plain, true, &words).clicked() {
        let at = cells.get(next).unwrap_or(&finding.at);
        scene.send.send(Action::GoTo(at.clone()));
    }
}
