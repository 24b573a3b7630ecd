//! What came of an export, file by file; and the files that are there already.

use std::path::Path;

use egui::{Label, RichText, ScrollArea, Ui};

use super::ask;
use crate::{
    session::export::{End, Made, Request},
    store::error::shown,
    ui::{
        dialogs::{Outcome, buttons, is_confirmed},
        exporting::{ExportAction, Results},
        icons,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::{button, row::Row},
    },
};

/// Height of a file in the list, in points.
const LINE: f32 = 48.0;

/// Shows what came of it.
pub(super) fn show(ui: &mut Ui, results: &Results, scene: &mut Scene<'_>) -> Outcome {
    let palette = Palette::of(ui);
    let color = match results.is_whole() {
        true => palette.good,
        false => palette.warning,
    };
    ui.add(Label::new(RichText::new(summary(results)).color(color)).wrap());
    for sentence in &results.left_out {
        ui.add(Label::new(RichText::new(sentence).color(palette.warning)).wrap());
    }
    ui.add_space(space::XS);
    let height = (ui.available_height() - 56.0).clamp(2.0 * LINE, 8.0 * LINE);
    ScrollArea::vertical()
        .id_salt("what came of the export")
        .max_height(height)
        .auto_shrink([false, true])
        .show_rows(ui, LINE, results.made.len(), |ui, rows| {
            for made in results.made.get(rows).into_iter().flatten() {
                if let Some(path) = line(ui, made) {
                    ask(scene, ExportAction::Open(path.to_path_buf()));
                }
            }
        });
    let confirmed = is_confirmed(ui);
    buttons(ui, |ui| {
        if button::primary(ui, "完成").clicked() || confirmed {
            return Outcome::Close;
        }
        if results.written() > 0 && button::plain(ui, "打开文件夹").clicked() {
            ask(scene, ExportAction::Open(results.folder.clone()));
        }
        if button::plain(ui, "再导出…").clicked() {
            ask(scene, ExportAction::Again);
        }
        Outcome::Open
    })
}

/// "已导出 12 个文件；1 个没有写出，2 个原来就有、没有动。"
fn summary(results: &Results) -> String {
    let count = |wanted: fn(&End) -> bool| {
        let ends = results.made.iter().map(|made| &made.end);
        ends.filter(|end| wanted(end)).count()
    };
    let parts = [
        (
            count(|end| matches!(end, End::Failed(_) | End::Stopped)),
            "个没有写出",
        ),
        (count(|end| *end == End::Taken), "个原来就有、没有动"),
        (count(|end| *end == End::Cancelled), "个已取消"),
    ];
    let told = parts.iter().filter(|(count, _)| *count > 0);
    let told: Vec<String> = told
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let written = results.written();
    match (written, told.is_empty()) {
        (0, true) => "没有可以导出的内容".into(),
        (_, true) => format!("已导出 {written} 个文件"),
        (0, false) => format!("没有导出文件：{}", told.join("，")),
        (_, false) => format!("已导出 {written} 个文件；{}", told.join("，")),
    }
}

/// One file; its path if it was clicked to be opened.
fn line<'m>(ui: &mut Ui, made: &'m Made) -> Option<&'m Path> {
    let palette = Palette::of(ui);
    let (icon, said, color) = match &made.end {
        End::Written { size, notices } => {
            let sentences = notices.sentences();
            match sentences.is_empty() {
                true => (icons::CHECK_CIRCLE, size.clone(), palette.text_weak),
                false => (icons::WARNING, sentences.join(" "), palette.warning),
            }
        }
        End::Taken => (
            icons::MINUS,
            "原来就有同名文件，没有动它".to_owned(),
            palette.warning,
        ),
        End::Failed(why) => (icons::X, why.clone(), palette.error),
        End::Cancelled => (icons::MINUS, "已取消".to_owned(), palette.text_weak),
        End::Stopped => (
            icons::X,
            "前面的文件写不进去，没有再写这一个".to_owned(),
            palette.error,
        ),
    };
    let name = made.path.file_name().unwrap_or_default().to_string_lossy();
    let is_written = matches!(made.end, End::Written { .. });
    let label = match is_written {
        true => format!("打开 {name}：{} {said}", made.what),
        false => format!("{name}：{} {said}", made.what),
    };
    let below = format!("{}  {said}", made.what);
    let shown = Row::new(&label)
        .icon(Some(icon))
        .line(&name, theme::text::grid(), palette.text)
        .line(&below, theme::text::small(), color)
        .note(if is_written { "打开" } else { "" })
        .enabled(is_written)
        .show(ui, LINE)
        .on_hover_text(format!("{}\n{said}", self::shown(&made.path)));
    (shown.clicked() && is_written).then_some(&*made.path)
}

/// Shows files that are there already, and asks what becomes of them.
pub(super) fn taken(
    ui: &mut Ui,
    request: &Request,
    taken: &[std::path::PathBuf],
    planned: usize,
    scene: &mut Scene<'_>,
) -> Outcome {
    let count = taken.len();
    let words = format!("有 {count} 个同名文件已存在，目前还没有写入任何文件：");
    ui.add(Label::new(words).wrap());
    ui.add_space(space::XS);
    ScrollArea::vertical()
        .id_salt("files that are there")
        .max_height(240.0)
        .auto_shrink([false, true])
        .show_rows(ui, 22.0, count, |ui, rows| {
            for path in taken.get(rows).into_iter().flatten() {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                ui.add(Label::new(format!("· {name}")).truncate())
                    .on_hover_text(shown(path));
            }
        });
    buttons(ui, |ui| {
        // Nothing is replaced by a key pressed too often: Enter does nothing here.
        if button::plain(ui, "返回").clicked() {
            ask(scene, ExportAction::Again);
        }
        if planned > count && button::plain(ui, "只写其余的").clicked() {
            ask(scene, ExportAction::StartBeside(request.clone()));
        }
        if button::plain(ui, "覆盖它们").clicked() {
            let request = Request {
                overwrites: true,
                ..request.clone()
            };
            ask(scene, ExportAction::Start(request));
        }
        Outcome::Open
    })
}
