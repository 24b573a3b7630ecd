//! 批量填资金: one pasted table fills in the funds of all projects, after it was seen what it would do.

use std::sync::Arc;

use egui::{Align, Button, Label, Layout, RichText, ScrollArea, TextEdit, Ui, WidgetInfo};
use egui_extras::{Column as Width, TableBuilder};

use super::{Dialog, Outcome, buttons};
use crate::{
    edit::{
        batch_funds::{self, BatchPlan, BatchRow, Column, told_unit},
        block::Block,
        paste::{PlannedCell, Verdict},
    },
    model::{
        figure::{FigureCell, MoneyUnit},
        id::Id,
        numeral::money,
        project::Project,
    },
    ui::{
        icons,
        scene::Scene,
        theme::{self, HIT, Palette, ROW, space},
        widgets::button,
    },
};

/// The dialog.
#[derive(Default)]
pub struct BatchFunds {
    text: String,
    /// The unit that the person chose; else the one that the text tells, else that of the shown project.
    chosen: Option<MoneyUnit>,
    /// The plan with what it was made from.
    planned: Option<Planned>,
}

struct Planned {
    text: String,
    unit: MoneyUnit,
    plan: BatchPlan,
    lines: Vec<Line>,
    /// The widths of the amounts' columns, in points.
    widths: [f32; 3],
}

/// A row of the preview.
struct Line {
    number: String,
    project: String,
    amounts: [Amount; 3],
    state: State,
    says: String,
}

/// The captions of the preview.
const HEADS: [&str; 6] = [
    "行",
    "项目",
    "年初预算数",
    "全年预算数",
    "全年执行数",
    "结果",
];

/// What becomes of an amount.
#[derive(Default)]
struct Amount {
    text: String,
    is_refused: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Written,
    Same,
    Trouble,
    Unnamed,
}

impl Dialog for BatchFunds {
    fn title(&self) -> String {
        "批量填资金".into()
    }

    fn width(&self) -> f32 {
        1080.0
    }

    fn holds_text(&self) -> bool {
        !self.text.trim().is_empty()
    }

    fn help(&self) -> Option<&'static str> {
        Some("funds")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let palette = Palette::of(ui);
        let explanation = "从 Excel 复制一张表粘贴到这里：项目编码或项目名称、年初预算数、全年预算数、全年执行数。填入的是各项目的资金总额行。";
        ui.add(Label::new(RichText::new(explanation).color(palette.text_weak)).wrap());
        self.paste_area(ui);
        self.unit_choice(ui, scene);
        self.plan(ui, scene);
        let room = (ui.ctx().content_rect().height() - 400.0).max(150.0);
        let top = ui.cursor().top();
        match &self.planned {
            Some(planned) if !planned.plan.rows.is_empty() => {
                summary(ui, planned);
                preview(ui, planned, room - 2.0 * ROW);
            }
            _ => {
                ui.add_space(space::XL);
                let text = "粘贴后在这里预览：哪些项目对上了、每个数由什么改成什么";
                ui.vertical_centered(|ui| {
                    ui.label(RichText::new(text).color(palette.text_faint));
                });
            }
        }
        // The buttons stay where they are.
        ui.add_space((top + room - ui.cursor().top()).max(0.0));
        self.foot(ui, scene)
    }
}

impl BatchFunds {
    fn paste_area(&mut self, ui: &mut Ui) {
        ScrollArea::vertical()
            .id_salt("pasted")
            .max_height(96.0)
            .show(ui, |ui| {
                let edit = TextEdit::multiline(&mut self.text)
                    .desired_rows(4)
                    .font(theme::text::grid())
                    .hint_text("在此按 Ctrl+V 粘贴")
                    .desired_width(f32::INFINITY);
                let response = ui.add(edit);
                response.widget_info(|| {
                    let mut info = WidgetInfo::text_edit(true, "", &self.text, "");
                    info.label = Some("粘贴的资金表".into());
                    info
                });
                // What is pasted goes here from the first moment on.
                if ui.memory(|memory| memory.focused().is_none()) {
                    response.request_focus();
                }
            });
    }

    fn unit_choice(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let unit = self.unit(scene);
        ui.horizontal(|ui| {
            ui.label("这张表的金额单位");
            ui.spacing_mut().item_spacing.x = 2.0;
            for each in [MoneyUnit::Yuan, MoneyUnit::TenThousandYuan] {
                let is_on = unit == each;
                let choice =
                    Button::selectable(is_on, each.to_string()).min_size(egui::vec2(48.0, HIT));
                let response = ui.add(choice);
                let name = format!("表的单位 {each}");
                response.widget_info(|| {
                    WidgetInfo::selected(egui::Role::RadioButton, true, is_on, &name)
                });
                if response.clicked() {
                    self.chosen = Some(each);
                }
            }
            ui.add_space(space::S);
            let note = "与项目的单位不同时自动换算，只移小数点";
            let note = RichText::new(note).font(theme::text::small());
            ui.label(note.color(Palette::of(ui).text_weak));
            if !self.text.is_empty() {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if button::quiet(ui, "清空").clicked() {
                        self.text.clear();
                    }
                });
            }
        });
    }

    fn unit(&self, scene: &Scene<'_>) -> MoneyUnit {
        let known = self
            .planned
            .as_ref()
            .filter(|planned| planned.text == self.text);
        self.chosen
            .or_else(|| Some(known?.unit))
            .or_else(|| told_unit(&Block::parse(&self.text)))
            .or_else(|| Some(scene.shown()?.project.money_unit))
            .unwrap_or_default()
    }

    /// Plans anew where text or unit changed.
    fn plan(&mut self, ui: &Ui, scene: &Scene<'_>) {
        let unit = self.unit(scene);
        let is_known = self
            .planned
            .as_ref()
            .is_some_and(|planned| planned.unit == unit && planned.text == self.text);
        let Some(desk) = scene.desk.filter(|_| !is_known) else {
            return;
        };
        let editions = |project: &Project| desk.session.editions().of(project);
        let document = desk.session.document();
        let block = Block::parse(&self.text);
        let plan = batch_funds::plan(document, &editions, &block, unit);
        let name = |id: Id<Project>| document.project(id).map(Arc::clone);
        let rows = plan.rows.iter().map(|row| line(row, &name));
        let unnamed = plan.unnamed_projects.iter();
        let unnamed = unnamed.map(|id| left_out(&name(*id)));
        let lines: Vec<Line> = rows.chain(unnamed).collect();
        self.planned = Some(Planned {
            widths: widths(ui, &lines),
            lines,
            text: self.text.clone(),
            unit,
            plan,
        });
    }

    fn foot(&self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let count = self
            .planned
            .as_ref()
            .map_or(0, |planned| planned.plan.changed_projects());
        buttons(ui, |ui| {
            let word = match count {
                0 => "填入".to_owned(),
                count => format!("填入 {count} 个项目"),
            };
            let fill = ui.add_enabled_ui(count > 0, |ui| button::primary(ui, &word));
            if fill.inner.clicked()
                && let Some(planned) = &self.planned
            {
                scene.send.edit(planned.plan.command());
                return Outcome::Close;
            }
            if button::plain(ui, "取消").clicked() {
                return Outcome::Close;
            }
            Outcome::Open
        })
    }
}

fn line(row: &BatchRow, project: &dyn Fn(Id<Project>) -> Option<Arc<Project>>) -> Line {
    let pasted = match (row.code.as_str(), row.name.as_str()) {
        (code, "") => code.to_owned(),
        ("", name) => name.to_owned(),
        (code, name) => format!("{code} {name}"),
    };
    let mut line = Line {
        number: row.line.to_string(),
        project: pasted,
        amounts: Default::default(),
        state: State::Trouble,
        says: String::new(),
    };
    match &row.project {
        Err(unmatched) => line.says = unmatched.to_string(),
        Ok(id) => {
            if let Some(project) = project(*id).filter(|_| row.name.is_empty()) {
                line.project = format!("{} {}", row.code, project.name());
            }
            fill(&mut line, row);
        }
    }
    line
}

fn fill(line: &mut Line, row: &BatchRow) {
    let mut troubles = Vec::new();
    for cell in &row.cells {
        let column = column_of(cell);
        if let Some(index) = Column::AMOUNTS
            .iter()
            .position(|each| Some(*each) == column)
        {
            line.amounts[index] = amount(cell);
        }
        if let Verdict::Refused(refusal) = &cell.verdict {
            let sentence = refusal.to_string();
            if !troubles.contains(&sentence) {
                troubles.push(sentence);
            }
        }
    }
    if !row.without_column.is_empty() {
        let columns: Vec<String> = row.without_column.iter().map(Column::to_string).collect();
        troubles.push(format!("此项目的表中没有{}", columns.join("、")));
    }
    let is_written = row.cells.iter().any(PlannedCell::is_written);
    (line.state, line.says) = match (troubles.is_empty(), is_written) {
        (true, true) => (State::Written, "将填入".into()),
        (true, false) => (State::Same, "没有变化".into()),
        (false, _) => (State::Trouble, troubles.join("；")),
    };
}

fn column_of(cell: &PlannedCell) -> Option<Column> {
    use crate::model::path::Place;
    let Place::Fund(_, key) = &cell.at.place else {
        return None;
    };
    Column::AMOUNTS
        .into_iter()
        .find(|column| column.key() == Some(key.as_str()))
}

fn amount(cell: &PlannedCell) -> Amount {
    let is_refused = matches!(cell.verdict, Verdict::Refused(_));
    let text = if cell.is_written() && !cell.old.is_empty() {
        format!("{} → {}", as_money(&cell.old), as_money(&cell.new))
    } else {
        as_money(&cell.new)
    };
    Amount { text, is_refused }
}

/// A cell as the page of funds shows it: amounts grouped, everything else as it stands.
fn as_money(text: &str) -> String {
    let cell = FigureCell::new(text);
    let figure = cell.value();
    match figure.filter(|figure| !figure.percent && figure.unit.is_none()) {
        Some(figure) => money(figure.value),
        None => text.to_owned(),
    }
}

fn left_out(project: &Option<Arc<Project>>) -> Line {
    Line {
        number: String::new(),
        project: project
            .as_ref()
            .map_or_else(String::new, |project| project.name().to_owned()),
        amounts: Default::default(),
        state: State::Unnamed,
        says: "粘贴的表中没有，保持原样".into(),
    }
}

fn summary(ui: &mut Ui, planned: &Planned) {
    let palette = Palette::of(ui);
    let plan = &planned.plan;
    let refused = plan.rows.iter().flat_map(|row| &row.cells);
    let refused = refused.filter(|cell| matches!(cell.verdict, Verdict::Refused(_)));
    let parts = [
        (plan.changed_projects(), "个项目将改动", palette.good),
        (plan.unmatched().count(), "行对不上", palette.warning),
        (refused.count(), "格填不进去", palette.error),
        (
            plan.unnamed_projects.len(),
            "个项目没有提到",
            palette.text_weak,
        ),
    ];
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        for (count, word, color) in parts.into_iter().filter(|(count, ..)| *count > 0) {
            ui.label(RichText::new(format!("{count} {word}")).color(color));
        }
    });
}

/// As wide as the widest amount needs: what remains is for the reasons.
fn widths(ui: &Ui, lines: &[Line]) -> [f32; 3] {
    let color = Palette::of(ui).text;
    let width = |text: &str| {
        let font = theme::text::grid();
        ui.fonts_mut(|fonts| fonts.layout_no_wrap(text.to_owned(), font, color).size().x)
    };
    std::array::from_fn(|index| {
        let amounts = lines.iter().map(|line| width(&line.amounts[index].text));
        let head = width(HEADS[index + 2]);
        (amounts.fold(head, f32::max) + space::L).min(240.0)
    })
}

fn preview(ui: &mut Ui, planned: &Planned, room: f32) {
    let lines = &planned.lines;
    let palette = Palette::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    let width = ui.available_width();
    TableBuilder::new(ui)
        .id_salt("batch preview")
        .striped(false)
        .cell_layout(Layout::left_to_right(Align::Center))
        .auto_shrink([false, true])
        .min_scrolled_height(room)
        .max_scroll_height(room)
        .column(Width::exact(36.0))
        .column(Width::exact(width * 0.18).clip(true))
        .column(Width::exact(planned.widths[0]).clip(true))
        .column(Width::exact(planned.widths[1]).clip(true))
        .column(Width::exact(planned.widths[2]).clip(true))
        .column(Width::remainder().clip(true))
        .header(ROW, |mut header| {
            for (index, head) in HEADS.iter().enumerate() {
                header.col(|ui| {
                    let head = RichText::new(*head).font(theme::text::grid());
                    aligned(ui, is_number(index), head.color(palette.text_weak), None);
                });
            }
        })
        .body(|body| {
            body.rows(ROW, lines.len(), |mut row| {
                let line = &lines[row.index()];
                for index in 0..HEADS.len() {
                    row.col(|ui| cell(ui, line, index));
                }
            });
        });
}

fn is_number(index: usize) -> bool {
    (2..5).contains(&index)
}

fn cell(ui: &mut Ui, line: &Line, index: usize) {
    let palette = Palette::of(ui);
    let (text, color) = match index {
        0 => (line.number.as_str(), palette.text_faint),
        1 => (line.project.as_str(), palette.text),
        5 => {
            let color = match line.state {
                State::Written => palette.good,
                State::Same => palette.text_weak,
                State::Trouble if line.amounts.iter().any(|amount| amount.is_refused) => {
                    palette.error
                }
                State::Trouble => palette.warning,
                State::Unnamed => palette.text_faint,
            };
            let icon = match line.state {
                State::Written => icons::CHECK,
                State::Trouble => icons::WARNING,
                State::Same | State::Unnamed => icons::MINUS,
            };
            let text = RichText::new(format!("{icon} {}", line.says));
            let text = text.font(theme::text::grid()).color(color);
            return aligned(ui, false, text, Some(&line.says));
        }
        _ => {
            let amount = &line.amounts[index - 2];
            let color = if amount.is_refused {
                palette.error
            } else {
                palette.text
            };
            (amount.text.as_str(), color)
        }
    };
    let rich = RichText::new(text).font(theme::text::grid()).color(color);
    let rich = if line.state == State::Unnamed {
        rich.color(palette.text_faint)
    } else {
        rich
    };
    aligned(ui, is_number(index), rich, Some(text));
}

/// A text of one line; the whole of it in its tooltip where it is cut.
fn aligned(ui: &mut Ui, right: bool, text: RichText, whole: Option<&str>) {
    let layout = if right {
        Layout::right_to_left(Align::Center)
    } else {
        Layout::left_to_right(Align::Center)
    };
    ui.with_layout(layout, |ui| {
        ui.add_space(space::XS);
        let response = ui.add(Label::new(text).truncate());
        if let Some(whole) = whole.filter(|whole| !whole.is_empty()) {
            response.on_hover_text(whole);
        }
    });
}
