//! 预算调整记录: what is on record of changes of the budget, where it leads, and changes of targets beside it.

mod entry;

use egui::{Label, Response, RichText, Role, ScrollArea, Ui, WidgetInfo};

use super::{Dialog, Outcome, buttons, is_confirmed};
use crate::{
    edit::command::EditCommand,
    model::{
        budget::{BudgetAdjustment, BudgetLedger},
        changes::RecordedChange,
        edition::Edition,
        id::Id,
        numeral::money,
        path::Place,
        project::{FundRow, Project, fund},
        typed::trim,
    },
    rules::budget::signed,
    ui::{
        action::Action,
        icons,
        scene::{Scene, Shown},
        theme::{self, Palette, space},
        widgets::button,
    },
};
use entry::Open;

/// Shows the record, and takes new adjustments.
pub struct BudgetDialog {
    project: Id<Project>,
    today: String,
    open: Option<Open>,
}

impl BudgetDialog {
    /// For a project; where nothing is on record yet, with an adjustment to be filled in.
    pub fn new(project: &Project, today: String) -> Self {
        let is_new = project.budget_adjustments.is_empty() && project.stage.is_editable();
        Self {
            project: project.id,
            open: is_new.then(|| Open::new(today.clone())),
            today,
        }
    }

    fn list(&mut self, ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>) {
        let (project, edition) = (&shown.project, &shown.edition);
        ledger(ui, project, edition, scene);
        ui.add_space(space::S);
        let height = (ui.available_height() - 64.0).clamp(120.0, 420.0);
        ScrollArea::vertical()
            .max_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                if project.budget_adjustments.is_empty() {
                    weak(ui, "还没有登记预算调整");
                }
                for record in project.budget_adjustments.iter() {
                    self.record(ui, shown, record, scene);
                    ui.add_space(space::S);
                }
                of_targets(ui, project, edition);
            });
    }

    fn record(
        &mut self,
        ui: &mut Ui,
        shown: &Shown,
        record: &BudgetAdjustment,
        scene: &mut Scene<'_>,
    ) {
        let project = &shown.project;
        let row = project.adjusted_row(record, &shown.edition);
        let name = row.map_or("", |row| row.short_name());
        let change = record.change_in_words(project);
        let title = RichText::new(format!("{change}　{name}")).font(theme::text::strong());
        ui.horizontal_wrapped(|ui| {
            ui.add(Label::new(title).wrap());
            ui.add_enabled_ui(project.stage.is_editable(), |ui| {
                if named(button::quiet(ui, "修改"), "修改", &change).clicked() {
                    self.open = Some(Open::of(record));
                }
                if named(button::quiet(ui, "删除"), "删除", &change).clicked() {
                    let command = EditCommand::DropBudgetAdjustment {
                        project: self.project,
                        adjustment: record.id,
                    };
                    let said = format!("已删除一笔预算调整：{change}");
                    scene.send.send(Action::EditAndSay(command, said));
                }
            });
        });
        let number = match trim(&record.document_no) {
            "" => "没有文号",
            number => number,
        };
        let parts = [
            trim(&record.date),
            number,
            trim(&record.reason),
            trim(&record.remark),
        ];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        weak(ui, &parts.join("　"));
    }

    /// Records what was filled in; what stands in the way, where something does.
    fn record_open(&mut self, shown: &Shown, scene: &mut Scene<'_>) {
        let Some(open) = &mut self.open else { return };
        match open.adjustment(&shown.project, &mut &**scene.environment) {
            Err(problem) => open.problem = problem,
            Ok(adjustment) => {
                let said = format!(
                    "已登记预算调整：{}",
                    adjustment.change_in_words(&shown.project)
                );
                let project = self.project;
                let command = EditCommand::RecordBudgetAdjustment {
                    project,
                    adjustment,
                };
                scene.send.send(Action::EditAndSay(command, said));
                self.open = None;
            }
        }
    }
}

/// Buttons of several records have the same words; their names say whose they are.
fn named(response: Response, words: &str, of: &str) -> Response {
    let is_enabled = response.enabled();
    let label = format!("{words}：{of}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, is_enabled, &label));
    response
}

fn weak(ui: &mut Ui, text: &str) {
    let text = RichText::new(text).font(theme::text::small());
    ui.add(Label::new(text.color(Palette::of(ui).text_weak)).wrap());
}

/// 年初 + 登记的调整 = 全年, and the offer to fill that in.
fn ledger(ui: &mut Ui, project: &Project, edition: &Edition, scene: &mut Scene<'_>) {
    let total = project.total_fund_row(edition);
    let Some((row, ledger)) =
        total.and_then(|row| Some((row, project.budget_ledger(row, edition)?)))
    else {
        return;
    };
    let unit = project.money_unit;
    let amount = |amount: Option<_>| amount.map_or_else(|| "—".to_owned(), money);
    let initial = edition.fund_caption(fund::INITIAL);
    let adjusted = edition.fund_caption(fund::ADJUSTED);
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        let sum = ledger.sum.map_or_else(|| "—".to_owned(), signed);
        let text = format!(
            "{initial} {}　登记的调整 {sum}　合计 {} {unit}",
            amount(ledger.initial),
            amount(ledger.expected())
        );
        ui.add(Label::new(RichText::new(text).font(theme::text::strong())).wrap());
        ui.horizontal_wrapped(|ui| {
            let text = format!(
                "{}的{adjusted}：{} {unit}",
                row.short_name(),
                amount(ledger.adjusted)
            );
            ui.label(text);
            let Some(expected) = ledger.expected() else {
                return;
            };
            if ledger.adjusted == Some(expected) {
                let text = format!("{} 与记录一致", icons::CHECK);
                ui.label(RichText::new(text).color(Palette::of(ui).good));
                return;
            }
            let label = format!("把{adjusted}填为 {}", money(expected));
            let command = fill(project, edition).filter(|_| project.stage.is_editable());
            if let Some(command) = command
                && button::plain(ui, &label).clicked()
            {
                let said = format!("已把{adjusted}填为 {} {unit}", money(expected));
                scene.send.send(Action::EditAndSay(command, said));
            }
        });
    });
}

/// Fills in what the record leads to: for the total, and for every row that an adjustment names. `None` where the form has no
/// such column to type into, or nothing would change.
fn fill(project: &Project, edition: &Edition) -> Option<EditCommand> {
    let column = edition.fund_column_named(fund::ADJUSTED)?;
    if column.formula.is_some() {
        return None;
    }
    let changed = |row: &FundRow| {
        let ledger: BudgetLedger = project.budget_ledger(row, edition)?;
        let expected = ledger.expected()?;
        (ledger.adjusted != Some(expected)).then(|| EditCommand::SetCell {
            at: project.at(Place::Fund(row.id, fund::ADJUSTED.to_owned())),
            text: expected.to_string(),
        })
    };
    let rows = project.funds.iter();
    let commands: Vec<EditCommand> = rows.filter_map(|row| changed(row)).collect();
    (!commands.is_empty()).then(|| EditCommand::Many {
        label: format!("按预算调整填写 {}", edition.fund_caption(fund::ADJUSTED)),
        commands,
    })
}

/// Changes of indicators, which are recorded at the indicator.
fn of_targets(ui: &mut Ui, project: &Project, edition: &Edition) {
    let budget = project.budget_adjustments.len();
    let changes = project.recorded_changes(edition);
    let Some(targets) = changes.get(budget..).filter(|targets| !targets.is_empty()) else {
        return;
    };
    ui.add_space(space::S);
    ui.label(RichText::new("指标的调整").font(theme::text::strong()));
    for change in targets {
        let subject = change.subject.trim_start_matches("指标 · ");
        let parts = [
            change.change.as_str(),
            &change.date,
            &change.document_no,
            &change.reason,
        ];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        weak(ui, &format!("{subject}　{}", parts.join("　")));
    }
}

/// All recorded changes as cells to paste into a table.
fn as_table(changes: &[RecordedChange]) -> String {
    let rows = std::iter::once(RecordedChange::CAPTIONS.join("\t"));
    let rows = rows.chain(changes.iter().map(|change| {
        let parts = change
            .parts()
            .map(|part| part.replace(['\t', '\n', '\r'], " "));
        parts.join("\t")
    }));
    rows.map(|row| row + "\n").collect()
}

impl Dialog for BudgetDialog {
    fn title(&self) -> String {
        "预算调整记录".into()
    }

    fn width(&self) -> f32 {
        620.0
    }

    fn holds_text(&self) -> bool {
        self.open.as_ref().is_some_and(Open::holds_text)
    }

    fn help(&self) -> Option<&'static str> {
        Some("monitoring")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let Some(shown) = scene
            .shown()
            .filter(|shown| shown.project.id == self.project)
        else {
            return Outcome::Close;
        };
        let Some(open) = &mut self.open else {
            self.list(ui, &shown, scene);
            return self.feet(ui, &shown, scene);
        };
        ledger(ui, &shown.project, &shown.edition, scene);
        open.ui(ui, &shown.project, &shown.edition);
        let has_list = !shown.project.budget_adjustments.is_empty();
        let confirmed = is_confirmed(ui);
        buttons(ui, |ui| {
            if button::primary(ui, "登记").clicked() || confirmed {
                self.record_open(&shown, scene);
            } else if button::plain(ui, if has_list { "返回" } else { "取消" }).clicked() {
                self.open = None;
                if !has_list {
                    return Outcome::Close;
                }
            }
            Outcome::Open
        })
    }
}

impl BudgetDialog {
    /// The buttons beneath the list.
    fn feet(&mut self, ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>) -> Outcome {
        let changes = shown.project.recorded_changes(&shown.edition);
        let is_editable = shown.project.stage.is_editable();
        buttons(ui, |ui| {
            if button::primary(ui, "关闭").clicked() {
                return Outcome::Close;
            }
            let adds = ui.add_enabled_ui(is_editable, |ui| button::plain(ui, "登记一笔…"));
            if adds.inner.clicked() {
                self.open = Some(Open::new(self.today.clone()));
            }
            let copies = ui.add_enabled_ui(!changes.is_empty(), |ui| button::plain(ui, "复制清单"));
            if copies.inner.clicked() {
                scene.send.send(Action::Copy(as_table(&changes)));
                let said = format!("已复制 {} 项调整，可粘贴到 Excel", changes.len());
                scene.send.send(Action::Say(said));
            }
            Outcome::Open
        })
    }
}
