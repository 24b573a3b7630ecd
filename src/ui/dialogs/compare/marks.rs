//! What differs between two texts, drawn: what went is struck through, what came is underlined, both in a colour besides.

use egui::{Color32, Stroke, TextFormat, Ui, text::LayoutJob};

use crate::{
    ui::theme::{self, Palette},
    versions::compare::passages::{Passage, Tag, passages},
};

/// Characters shown ahead of the first difference in one line.
const AHEAD: usize = 8;
/// Characters of a text that one line has room for, rather too many.
const LINE: usize = 120;

/// One side of a change in full.
pub(super) fn whole(ui: &Ui, before: &str, after: &str, is_before: bool) -> LayoutJob {
    let mut job = LayoutJob::default();
    for passage in side(&passages(before, after), is_before) {
        job.append(passage.text, 0.0, format(ui, passage.tag));
    }
    job
}

/// One side of a change in one line that begins a little ahead of what differs.
pub(super) fn one_line(ui: &Ui, before: &str, after: &str, is_before: bool) -> LayoutJob {
    let passages = passages(before, after);
    let mut job = LayoutJob::default();
    let mut room = LINE;
    for (index, passage) in side(&passages, is_before).enumerate() {
        let count = passage.text.chars().count();
        let skipped = match (index, passage.tag) {
            (0, Tag::Same) if count > 2 * AHEAD && passages.len() > 1 => count - AHEAD,
            _ => 0,
        };
        if skipped > 0 {
            job.append("…", 0.0, format(ui, Tag::Same));
        }
        let text: String = passage
            .text
            .chars()
            .skip(skipped)
            .take(room)
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        room = room.saturating_sub(text.chars().count());
        job.append(&text, 0.0, format(ui, passage.tag));
    }
    job
}

/// That nothing stands there.
pub(super) fn nothing(ui: &Ui) -> LayoutJob {
    let mut job = LayoutJob::default();
    let color = Palette::of(ui).text_faint;
    job.append("（空）", 0.0, plain(color));
    job
}

fn side<'p, 't>(
    passages: &'p [Passage<'t>],
    is_before: bool,
) -> impl Iterator<Item = &'p Passage<'t>> {
    let other = if is_before { Tag::Added } else { Tag::Removed };
    passages.iter().filter(move |passage| passage.tag != other)
}

fn plain(color: Color32) -> TextFormat {
    TextFormat::simple(theme::text::grid(), color)
}

fn format(ui: &Ui, tag: Tag) -> TextFormat {
    let palette = Palette::of(ui);
    match tag {
        Tag::Same => plain(palette.text),
        Tag::Removed => TextFormat {
            strikethrough: Stroke::new(1.0, palette.error),
            background: palette.error_weak,
            ..plain(palette.error)
        },
        Tag::Added => TextFormat {
            underline: Stroke::new(1.0, palette.good),
            background: palette.good_weak,
            ..plain(palette.good)
        },
    }
}
