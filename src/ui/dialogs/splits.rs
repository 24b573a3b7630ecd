//! 合并计分助手: what a group that is scored as one comes to by each convention, row by row. It never changes weights.

use egui::{Align, Align2, Label, Rect, RichText, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};
use rust_decimal::Decimal;

use super::{Dialog, Outcome, buttons};
use crate::{
    edit::command::EditCommand,
    model::{
        id::Id,
        indicator::{Group, Indicator},
        numeral::plain,
        path::{BlockField, CellPath, Place},
        typed::trim,
    },
    score::{IndicatorScore, Share, Split, Verdict, group_splits},
    ui::{
        action::Action,
        scene::{Scene, Shown},
        theme::{self, Palette, space},
        widgets::{button, choice},
    },
};

/// Shows how the points of a group can be divided, and takes a score.
pub struct SplitsDialog {
    at: CellPath,
    name: String,
    /// What the group's cells say now: points, score.
    filed: [String; 2],
    rows: Vec<Row>,
    splits: Vec<Split>,
    chosen: usize,
    is_editable: bool,
}

/// A row of the group that counts.
struct Row {
    id: Id<Indicator>,
    name: String,
    /// "≥10场 → 7场".
    values: String,
    /// "完成 70%".
    achieved: String,
}

/// The group at a place that is scored as one.
pub fn group_at(shown: &Shown, place: &Place) -> Option<Id<Group>> {
    let mut groups = shown.project.groups();
    let view = groups.find(|view| match place {
        Place::Group(id, _) => view.group.id == *id,
        Place::Indicator(id, _) => view.group.indicators.iter().any(|row| row.id == *id),
        _ => false,
    })?;
    view.group.is_scored_as_one().then_some(view.group.id)
}

impl SplitsDialog {
    /// For the group at a place; `None` where it is not scored as one or has nothing to divide.
    pub fn new(shown: &Shown, place: &Place) -> Option<Self> {
        let id = group_at(shown, place)?;
        let score = shown.facts.score.as_ref()?;
        let splits = group_splits(&shown.project, &shown.edition, score, id);
        let first = splits.first()?;
        let scores = score.goals.iter().flat_map(|goal| &goal.sections);
        let scores = scores.flat_map(|section| &section.groups);
        let (view, group_score) = shown
            .project
            .groups()
            .zip(scores)
            .find(|(view, _)| view.group.id == id)?;
        let members = view.group.indicators.iter().zip(&group_score.members);
        let rows = members
            .filter(|(row, _)| first.rows.iter().any(|part| part.row == row.id))
            .map(|(row, member)| Row::new(row, member))
            .collect();
        Some(Self {
            at: shown.project.at(Place::Group(id, BlockField::Score)),
            name: view.group.name().to_owned(),
            filed: [&view.group.weight, &view.group.score].map(|cell| match trim(cell.text()) {
                "" => "未填".to_owned(),
                text => text.to_owned(),
            }),
            rows,
            splits,
            chosen: 0,
            is_editable: shown.project.stage.is_editable(),
        })
    }

    fn choices(&mut self, ui: &mut Ui) {
        ui.horizontal_wrapped(|ui| {
            choice::beside_one_another(ui, |ui| {
                for (index, split) in self.splits.iter().enumerate() {
                    ui.radio_value(&mut self.chosen, index, split.how.words());
                }
            });
        });
    }

    /// The table: the group's sum, the difference from what is filed and the form's total; then the rows of the group.
    fn table(&self, ui: &mut Ui) {
        let mut lines = vec![Line::head(&self.splits)];
        let difference = |split: &Split| split.difference.map(signed);
        lines.push(Line::sum("组得分", &self.splits, |split| {
            split.sum.map(text)
        }));
        lines.push(Line::sum("与填报相差", &self.splits, difference));
        lines.push(Line::sum("全表得分合计", &self.splits, |split| {
            split.total.map(plain)
        }));
        let rows = self.rows.iter();
        lines.extend(rows.map(|row| Line::of_row(row, &self.splits)));
        for line in lines {
            line.draw(ui, self.splits.len(), self.chosen);
        }
    }

    fn score(&self) -> Option<String> {
        Some(text(self.splits.get(self.chosen)?.sum?))
    }
}

impl Row {
    fn new(row: &Indicator, member: &IndicatorScore) -> Self {
        Self {
            id: row.id,
            name: trim(&row.name).to_owned(),
            values: format!("{} → {}", trim(row.target.text()), trim(row.actual.text())),
            achieved: achieved(member),
        }
    }
}

/// How far a row reached its target, in words.
fn achieved(member: &IndicatorScore) -> String {
    match (member.verdict, member.share) {
        (Verdict::Met, _) => "已达成".into(),
        (Verdict::Open(_), _) if member.unranked => "未判档，按达成计".into(),
        (Verdict::Open(why), _) => why.words().into(),
        (_, Some(Share::Exact(share))) => {
            let percent = (share * Decimal::ONE_HUNDRED).round_dp(1);
            format!("完成 {}%", plain(percent))
        }
        (_, Some(Share::Deduct(points))) => format!("扣 {} 分", plain(points)),
        (_, Some(Share::Points(points))) => format!("得 {} 分", plain(points)),
        (_, Some(Share::Band { tier, .. })) => tier.words().into(),
        (_, None) => "未达成".into(),
    }
}

fn text(score: Decimal) -> String {
    score.to_string()
}

fn signed(difference: Decimal) -> String {
    // As many places as the scores above it have.
    let sign = if difference > Decimal::ZERO { "+" } else { "" };
    format!("{sign}{difference}")
}

/// A line of the table: a name with something about it, and a text for each split.
struct Line {
    name: String,
    about: String,
    figures: Vec<String>,
    is_strong: bool,
}

impl Line {
    fn head(splits: &[Split]) -> Self {
        Self {
            name: "三级指标".into(),
            about: "指标值 → 实际完成值".into(),
            figures: splits
                .iter()
                .map(|split| split.how.words().to_owned())
                .collect(),
            is_strong: false,
        }
    }

    fn of_row(row: &Row, splits: &[Split]) -> Self {
        let figure = |split: &Split| {
            let part = split.rows.iter().find(|part| part.row == row.id);
            part.map_or_else(String::new, |part| {
                let score = part.score.map_or_else(|| "—".to_owned(), text);
                format!("{score} / {}", part.weight)
            })
        };
        Self {
            name: row.name.clone(),
            about: format!("{}　{}", row.values, row.achieved),
            figures: splits.iter().map(figure).collect(),
            is_strong: false,
        }
    }

    fn sum(name: &str, splits: &[Split], figure: impl Fn(&Split) -> Option<String>) -> Self {
        let figures = splits.iter();
        Self {
            name: name.to_owned(),
            about: String::new(),
            figures: figures
                .map(|split| figure(split).unwrap_or_else(|| "不能测算".into()))
                .collect(),
            is_strong: true,
        }
    }

    /// Draws the line; the column of the chosen split stands out.
    fn draw(&self, ui: &mut Ui, splits: usize, chosen: usize) {
        let palette = Palette::of(ui);
        let width = ui.available_width();
        let figure = (width * 0.5 / splits.max(1) as f32).min(150.0);
        let names = width - figure * splits as f32;
        let font = if self.is_strong {
            theme::text::grid_bold()
        } else {
            theme::text::grid()
        };
        let layout = |ui: &Ui, words: &str, font, color, room: f32, align| {
            let mut job = egui::text::LayoutJob::simple(words.to_owned(), font, color, room);
            job.halign = align;
            ui.fonts_mut(|fonts| fonts.layout_job(job))
        };
        let room = names - 2.0 * space::S;
        let name = layout(
            ui,
            &self.name,
            font.clone(),
            palette.text,
            room,
            Align::LEFT,
        );
        let about = layout(
            ui,
            &self.about,
            theme::text::small(),
            palette.text_weak,
            room,
            Align::LEFT,
        );
        let figures: Vec<_> = self
            .figures
            .iter()
            .map(|words| {
                let room = figure - 2.0 * space::S;
                layout(ui, words, font.clone(), palette.text, room, Align::RIGHT)
            })
            .collect();
        let about_height = if self.about.is_empty() {
            0.0
        } else {
            about.size().y
        };
        let left_height = name.size().y + about_height;
        let tallest = figures.iter().map(|galley| galley.size().y);
        let height = tallest.fold(left_height, f32::max) + 2.0 * space::XS;
        let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
        let said = self.said();
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Row, true, &said));
        let painter = ui.painter();
        let cell = |index: usize| {
            let left = rect.left() + names + figure * index as f32;
            Rect::from_min_size(pos2(left, rect.top()), vec2(figure, height))
        };
        painter.rect_filled(cell(chosen), 0, palette.accent_weak);
        painter.hline(
            rect.x_range(),
            rect.bottom() - 0.5,
            egui::Stroke::new(1.0, palette.line),
        );
        let at = rect.left_top() + vec2(space::S, space::XS);
        let name_height = name.size().y;
        painter.galley(at, name, palette.text);
        if about_height > 0.0 {
            painter.galley(at + vec2(0.0, name_height), about, palette.text_weak);
        }
        for (index, galley) in figures.into_iter().enumerate() {
            let cell = cell(index);
            let size = galley.size();
            let corner = Align2::RIGHT_CENTER
                .anchor_size(pos2(cell.right() - space::S, cell.center().y), size);
            painter.galley(corner.right_top(), galley, palette.text);
        }
    }

    fn said(&self) -> String {
        let mut said = self.name.clone();
        for words in std::iter::once(&self.about).chain(&self.figures) {
            if !words.is_empty() {
                said.push('，');
                said.push_str(words);
            }
        }
        said
    }
}

impl Dialog for SplitsDialog {
    fn title(&self) -> String {
        "合并计分助手".into()
    }

    fn width(&self) -> f32 {
        760.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("scores")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let [weight, score] = &self.filed;
        let words = format!("{}：分值 {weight}，填报得分 {score}", self.name);
        let words = RichText::new(words).font(theme::text::strong());
        ui.add(Label::new(words).wrap());
        let note =
            "组内怎样分摊没有统一规定，这里只供参考；各行分值不会改动。表中为“得分 / 分值”。";
        let note = RichText::new(note).font(theme::text::small());
        ui.add(Label::new(note.color(Palette::of(ui).text_weak)).wrap());
        self.choices(ui);
        let room = ui.available_height() - theme::HIT - 2.0 * space::L;
        ScrollArea::vertical()
            .max_height(room)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                self.table(ui);
            });
        let confirmed = super::is_confirmed(ui);
        let adopted = self.score().filter(|_| self.is_editable);
        buttons(ui, |ui| {
            let words = match &adopted {
                Some(score) => format!("采用组内测算得分 {score}"),
                None => "采用组内测算得分".to_owned(),
            };
            let take = ui.add_enabled_ui(adopted.is_some(), |ui| button::primary(ui, &words));
            if let Some(score) = adopted
                && (take.inner.clicked() || confirmed)
            {
                let said = format!("{}得分改为 {score}", self.name);
                let command = EditCommand::SetCell {
                    at: self.at.clone(),
                    text: score,
                };
                scene.send.send(Action::EditAndSay(command, said));
                return Outcome::Close;
            }
            if button::plain(ui, "取消").clicked() {
                return Outcome::Close;
            }
            Outcome::Open
        })
    }
}
