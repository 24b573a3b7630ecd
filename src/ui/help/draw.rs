//! Blocks on the screen. Links take the focus and have the role of a link; text can be marked and copied.

use egui::{
    Align, Label, Layout, Response, RichText, Sense, Stroke, TextFormat, Ui, Vec2, text::LayoutJob,
    vec2,
};

use super::{
    book::Address,
    text::{Block, KEPT, Span, Spans, joined},
};
use crate::{
    store::error::shown,
    ui::{
        action::Action,
        icons,
        scene::Scene,
        theme::{Palette, RADIUS, space, text},
        widgets::button,
    },
};

/// The height of a line, in points: more than the font's own, as it is read and not looked up.
const LINE: f32 = 20.0;
/// How far a list's lines stand to the right.
const INDENT: f32 = 20.0;

/// A heading that was asked for: it is marked, for it cannot always be brought to the top.
pub struct Wanted<'a> {
    /// The heading.
    pub heading: &'a str,
    /// Whether it is to be brought into view.
    pub is_new: bool,
}

/// Draws blocks, with the heading that was asked for. Returns the link that was followed.
pub fn blocks(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    blocks: &[Block],
    wanted: Option<&Wanted<'_>>,
) -> Option<Address> {
    let mut followed = None;
    ui.spacing_mut().item_spacing.y = space::XS;
    for (number, block) in blocks.iter().enumerate() {
        let link = match block {
            Block::Heading(words) => {
                heading(ui, words, number > 0, wanted);
                None
            }
            Block::Paragraph(spans) => {
                let link = paragraph(ui, spans);
                ui.add_space(space::XS);
                link
            }
            Block::Item(number, spans) => item(ui, *number, spans),
            Block::Table(head, rows) => table(ui, head, rows),
            Block::Folders => {
                folders(ui, scene);
                None
            }
        };
        followed = followed.or(link);
    }
    followed
}

fn heading(ui: &mut Ui, words: &str, has_gap: bool, wanted: Option<&Wanted<'_>>) {
    if has_gap {
        ui.add_space(space::S);
    }
    let words_drawn = RichText::new(words).font(text::strong());
    let wanted = wanted.filter(|wanted| wanted.heading == words);
    let ground = ui.painter().add(egui::Shape::Noop);
    let response = ui.add(Label::new(words_drawn).wrap().selectable(true));
    if let Some(wanted) = wanted {
        let rect = response.rect.expand2(vec2(space::XS, 2.0));
        let fill = Palette::of(ui).accent_weak;
        ui.painter()
            .set(ground, egui::Shape::rect_filled(rect, RADIUS, fill));
        if wanted.is_new {
            ui.scroll_to_rect(rect.expand(space::XS), Some(Align::TOP));
        }
    }
}

/// A paragraph; returns the link that was followed.
fn paragraph(ui: &mut Ui, spans: &[Span]) -> Option<Address> {
    let palette = Palette::of(ui);
    if spans.iter().all(|span| span.link.is_none()) {
        let mut job = LayoutJob::default();
        for span in spans {
            let mut format = TextFormat::simple(font(span), palette.text);
            format.line_height = Some(LINE);
            job.append(&span.text, 0.0, format);
        }
        ui.add(Label::new(job).wrap().selectable(true));
        return None;
    }
    let mut followed = None;
    ui.scope(|ui| {
        // The row is as high as its text, not as a button.
        ui.spacing_mut().interact_size.y = LINE;
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        ui.horizontal_wrapped(|ui| {
            for span in spans {
                let words = RichText::new(&span.text)
                    .font(font(span))
                    .line_height(Some(LINE));
                match &span.link {
                    None => {
                        ui.add(Label::new(words).selectable(true));
                    }
                    Some(to) => {
                        if link(ui, words).clicked() {
                            followed = Some(to.clone());
                        }
                    }
                }
            }
        });
    });
    followed
}

fn link(ui: &mut Ui, words: RichText) -> Response {
    let response = ui.add(egui::Link::new(words));
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    button::with_focus(ui, response)
}

fn font(span: &Span) -> egui::FontId {
    match span.is_bold {
        true => text::grid_bold(),
        false => text::grid(),
    }
}

fn item(ui: &mut Ui, number: Option<u64>, spans: &[Span]) -> Option<Address> {
    let mark = number.map_or_else(|| "•".to_owned(), |number| format!("{number}."));
    let color = Palette::of(ui).text_weak;
    let mut followed = None;
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = LINE;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let mark = RichText::new(mark).font(text::grid()).color(color);
            let mark = ui.add(Label::new(mark.line_height(Some(LINE))).extend());
            ui.add_space((INDENT - mark.rect.width()).max(space::XS));
            ui.vertical(|ui| followed = paragraph(ui, spans));
        });
    });
    followed
}

fn table(ui: &mut Ui, head: &[String], rows: &[Vec<Spans>]) -> Option<Address> {
    let widths = widths(ui, head, rows);
    let line = Stroke::new(1.0, Palette::of(ui).line);
    let mut followed = None;
    if !head.is_empty() {
        let cells = head.iter().map(|words| vec![Span::bold(words.clone())]);
        row(ui, &cells.collect::<Vec<_>>(), &widths);
    }
    for cells in rows {
        let y = ui.cursor().top() - space::XS / 2.0;
        ui.painter().hline(ui.max_rect().x_range(), y, line);
        followed = row(ui, cells, &widths).or(followed);
    }
    ui.add_space(space::XS);
    followed
}

fn row(ui: &mut Ui, cells: &[Spans], widths: &[f32]) -> Option<Address> {
    let mut followed = None;
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = LINE;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            for (cell, width) in cells.iter().zip(widths) {
                let size = vec2(*width, 0.0);
                let link = ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
                    ui.set_width(*width);
                    paragraph(ui, cell)
                });
                followed = link.inner.or(followed.take());
            }
        });
    });
    followed
}

/// How wide columns are: as their text where there is room for it, and the wide ones share what is left.
fn widths(ui: &Ui, head: &[String], rows: &[Vec<Spans>]) -> Vec<f32> {
    let columns = rows.first().map_or(head.len(), Vec::len);
    let room = ui.available_width() - space::M * columns.saturating_sub(1) as f32;
    if head.is_empty() {
        return evenly(columns, room);
    }
    let width = |words: String| {
        let color = Palette::of(ui).text;
        let galley = ui.painter().layout_no_wrap(words, text::grid_bold(), color);
        galley.size().x.ceil()
    };
    let natural: Vec<f32> = (0..columns)
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            let cells = cells.map(|cell| width(joined(cell)));
            let head = head.get(column).map(|words| width(words.clone()));
            cells.chain(head).fold(0.0, f32::max)
        })
        .collect();
    shared(&natural, room)
}

/// Columns of one width: tables without a heading stand beneath each other, and their columns too.
fn evenly(columns: usize, room: f32) -> Vec<f32> {
    vec![room / columns.max(1) as f32; columns]
}

/// Shares room among columns: those that need less than their share get what they need.
fn shared(natural: &[f32], room: f32) -> Vec<f32> {
    let mut widths = natural.to_vec();
    let mut wide: Vec<usize> = (0..natural.len()).collect();
    let mut left = room;
    while !wide.is_empty() {
        let share = left / wide.len() as f32;
        let narrow: Vec<usize> = wide
            .iter()
            .copied()
            .filter(|column| natural[*column] <= share)
            .collect();
        if narrow.is_empty() {
            wide.iter().for_each(|column| widths[*column] = share);
            break;
        }
        left -= narrow.iter().map(|column| natural[*column]).sum::<f32>();
        wide.retain(|column| !narrow.contains(column));
    }
    widths
}

/// Where this computer keeps what, each path with a button that copies it.
fn folders(ui: &mut Ui, scene: &mut Scene<'_>) {
    let palette = Palette::of(ui);
    let Some(folders) = scene.environment.folders() else {
        ui.label("这台电脑没有可用的个人文件夹：设置不保存，也不留备份和恢复副本。");
        return;
    };
    let paths = [
        shown(folders.data()),
        shown(&folders.settings()),
        shown(folders.backups().folder()),
        shown(folders.recoveries().folder()),
        shown(&folders.editions()),
        shown(&folders.profiles()),
        shown(&folders.log()),
    ];
    for (caption, path) in KEPT.into_iter().zip(paths) {
        ui.horizontal(|ui| {
            ui.label(RichText::new(caption).font(text::strong()));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let name = format!("复制路径：{caption}");
                if button::icon(ui, icons::COPY, &name).clicked() {
                    scene.send.send(Action::Copy(path.clone()));
                    scene
                        .send
                        .send(Action::Say(format!("已复制{caption}的路径")));
                }
            });
        });
        let words = RichText::new(&path)
            .font(text::grid())
            .color(palette.text_weak);
        ui.add(
            Label::new(words)
                .sense(Sense::hover())
                .wrap()
                .selectable(true),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrow_columns_keep_their_width_and_wide_ones_share() {
        assert_eq!(shared(&[40.0, 50.0], 200.0), [40.0, 50.0]);
        assert_eq!(shared(&[40.0, 500.0], 200.0), [40.0, 160.0]);
        assert_eq!(shared(&[300.0, 500.0], 200.0), [100.0, 100.0]);
    }
}
