//! A card: title and menu, what the chart says, its legend, the plot, and the words of the mark that is looked at.

use egui::{Label, Popup, RichText, Sense, Ui, Vec2, pos2, vec2};

use super::{Card, Ready, plot};
use crate::{
    sheet::chart::{Chart, Form, Kind, Lack},
    ui::{
        action::Action,
        charting::ChartFile,
        command::UiCommand,
        icons,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::button,
    },
};

/// What stands beneath the plot while no mark is looked at.
const HINT: &str = "指向或用 ← → 逐个查看，单击或回车转到填写处";

/// Draws a card, at least so high; how high it is by itself.
pub(super) fn show(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    card: &mut Card,
    least: f32,
    takes_focus: bool,
) -> f32 {
    let drawn = theme::card(ui).show(ui, |ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(space::XS);
        ui.set_min_width(ui.available_width());
        match card {
            Card::Ready(ready) => chart(ui, scene, ready, takes_focus),
            Card::Lacking(lack) => lacking(ui, scene, lack, takes_focus),
        }
        let drawn = ui.min_rect();
        ui.expand_to_include_y(drawn.top() + least);
        drawn.height()
    });
    drawn.inner
}

fn chart(ui: &mut Ui, scene: &mut Scene<'_>, ready: &mut Ready, takes_focus: bool) {
    let top = ui.cursor().top();
    head(ui, scene, &ready.chart);
    let palette = Palette::of(ui);
    let reading = RichText::new(&ready.chart.reading).font(theme::text::small());
    ui.add(Label::new(reading.color(palette.text_weak)).wrap());
    ui.add_space(space::XS);
    legend(ui, &ready.chart);
    ui.add_space(space::XS);
    let words = plot::show(ui, scene, ready, top, takes_focus);
    ui.add_space(space::XS);
    let (words, color) = match words {
        Some(words) => (words, palette.text),
        None => (HINT.to_owned(), palette.text_faint),
    };
    let line = RichText::new(&words).font(theme::text::small());
    ui.add(Label::new(line.color(color)).truncate());
}

fn head(ui: &mut Ui, scene: &mut Scene<'_>, chart: &Chart) {
    ui.horizontal(|ui| {
        title(ui, chart.kind);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let name = format!("存图或复制：{}", chart.title);
            let menu = button::icon(ui, icons::DOTS_THREE, &name);
            Popup::menu(&menu).show(|ui| {
                ui.set_min_width(140.0);
                if ui.button("存为 PNG…").clicked() {
                    let chart = Box::new(chart.clone());
                    scene.send.send(Action::SaveChart(chart, ChartFile::Png));
                }
                if ui.button("存为 SVG…").clicked() {
                    let chart = Box::new(chart.clone());
                    scene.send.send(Action::SaveChart(chart, ChartFile::Svg));
                }
                if ui.button("复制数据").clicked() {
                    scene.send.send(Action::Copy(chart.table()));
                    let text = format!("已复制“{}”的数据，可粘贴到 Excel", chart.title);
                    scene.send.send(Action::Say(text));
                }
            });
        });
    });
}

fn title(ui: &mut Ui, kind: Kind) {
    ui.label(RichText::new(kind.title()).font(theme::text::strong()));
    let whose = if kind.is_of_document() {
        "全部项目"
    } else {
        "当前项目"
    };
    let whose = RichText::new(whose).font(theme::text::small());
    ui.label(whose.color(Palette::of(ui).text_faint));
}

/// What hues, lines and shades mean.
fn legend(ui: &mut Ui, chart: &Chart) {
    let palette = Palette::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::XS, 2.0);
        ui.spacing_mut().interact_size.y = 16.0;
        for (index, series) in chart.series.iter().enumerate() {
            let color = palette.series[series.hue % palette.series.len()];
            let is_point = matches!(chart.form, Form::Points | Form::Lines);
            sample(ui, |painter, rect| {
                if is_point && index == 0 {
                    painter.circle_filled(rect.center(), 5.0, color);
                } else if is_point {
                    plot::diamond(painter, rect.center(), 6.0, color);
                } else {
                    painter.rect_filled(rect, 2.0, color);
                }
            });
            meaning(ui, &series.name);
        }
        for limit in &chart.limits {
            sample(ui, |painter, rect| {
                let ends = [rect.left_center(), rect.right_center()];
                plot::dashed(painter, ends, palette.error);
            });
            meaning(ui, &limit.words);
        }
        if let Some(corner) = &chart.corner {
            sample(ui, |painter, rect| {
                painter.rect_filled(rect, 2.0, palette.error_weak);
            });
            meaning(ui, &corner.words);
        }
    });
}

fn sample(ui: &mut Ui, paint: impl FnOnce(&egui::Painter, egui::Rect)) {
    let (rect, _) = ui.allocate_exact_size(vec2(14.0, 16.0), Sense::hover());
    let middle = rect.center();
    let sign = egui::Rect::from_center_size(pos2(middle.x, middle.y), vec2(12.0, 10.0));
    paint(ui.painter(), sign);
}

fn meaning(ui: &mut Ui, words: &str) {
    let text = RichText::new(words).font(theme::text::small());
    ui.label(text.color(Palette::of(ui).text_weak));
    ui.add_space(space::S);
}

/// What is to be filled in, and the way there.
fn lacking(ui: &mut Ui, scene: &mut Scene<'_>, lack: &Lack, takes_focus: bool) {
    ui.horizontal(|ui| {
        ui.set_min_height(theme::HIT);
        title(ui, lack.kind);
    });
    ui.add_space(space::S);
    let text = RichText::new(&lack.words).color(Palette::of(ui).text_weak);
    ui.add(Label::new(text).wrap());
    ui.add_space(space::S);
    let (label, action) = match &lack.at {
        Some(at) => ("去填写", Action::GoTo(at.clone())),
        None => {
            let command = UiCommand::NextYearProject;
            (command.label(), Action::Do(command))
        }
    };
    let button = button::plain(ui, label);
    button.widget_info(|| {
        let name = format!("{label}：{}", lack.kind.title());
        egui::WidgetInfo::labeled(egui::Role::Button, true, name)
    });
    if takes_focus {
        button.request_focus();
    }
    if button.clicked() {
        scene.send.send(action);
    }
}
