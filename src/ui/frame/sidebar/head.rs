//! Above the list: how many findings of each level, the verdict, how the list is grouped and narrowed.

use egui::{
    Align, ComboBox, Label, Layout, Response, RichText, Role, Sense, Stroke, StrokeKind, TextEdit,
    Ui, Vec2, WidgetInfo, vec2,
};

use super::SidebarState;
use crate::{
    model::policy::Severity,
    rules::checker::Verdict,
    store::settings::Grouping,
    ui::{
        action::Action,
        command::UiCommand,
        desk::Desk,
        dialogs::settings::SettingsDialog,
        icons,
        scene::Scene,
        theme::{HIT, Palette, RADIUS, space, text},
        widgets::{badge, button, focus::Holder},
    },
};

/// Draws it.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut SidebarState, desk: &Desk) {
    ui.spacing_mut().item_spacing.y = 6.0;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(space::XS);
        for level in [Severity::Error, Severity::Warning, Severity::Hint] {
            chip(ui, level, state);
        }
    });
    let project = state.list.as_ref().and_then(|list| list.query.project);
    let facts = project.and_then(|id| desk.facts.project(id));
    let verdict = match facts {
        Some(facts) => Verdict::of([&*facts.findings]),
        None => desk.facts.verdict,
    };
    let about = match (facts, desk.facts.projects().len()) {
        (_, 0 | 1) => "",
        (Some(_), _) => "本项目",
        (None, _) => "全部项目",
    };
    verdict_line(ui, verdict, about);
    profile_line(ui, desk);
    disabled_line(ui, scene, desk);
    let is_several = desk.facts.projects().len() > 1;
    if !is_several {
        state.whole_document = false;
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        group_by(ui, scene);
        if is_several {
            scope(ui, &mut state.whole_document);
        }
        let rest = vec2(ui.available_width(), HIT);
        ui.allocate_ui_with_layout(rest, Layout::right_to_left(Align::Center), |ui| {
            for (command, icon) in [
                (UiCommand::ExportFindings, icons::EXPORT),
                (UiCommand::CopyFindings, icons::COPY),
            ] {
                let name = command.label().trim_end_matches('…');
                if button::icon(ui, icon, name).clicked() {
                    scene.send.command(command);
                }
            }
        });
    });
    search(ui, &mut state.search);
    let line = Stroke::new(1.0, Palette::of(ui).line);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, line);
}

/// A level with its count; a click shows or hides its findings.
fn chip(ui: &mut Ui, level: Severity, state: &mut SidebarState) {
    let palette = Palette::of(ui);
    let counts = state.list.as_ref().map(|list| &list.counts);
    let count = counts.and_then(|counts| counts.get(&level).copied());
    let name = badge::level_name(level);
    let words = format!("{name} {}", count.unwrap_or_default());
    let is_on = !state.hidden.contains(&level);
    let (fill, color) = match is_on {
        true => (palette.level_weak(level), palette.text),
        false => (palette.surface, palette.text_faint),
    };
    let font = text::grid();
    let galley = ui.painter().layout_no_wrap(words.clone(), font, color);
    let size = vec2(galley.size().x + 33.0, HIT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_on, &words));
    let painter = ui.painter();
    painter.rect(
        rect,
        RADIUS,
        fill,
        outline(ui, &response),
        StrokeKind::Inside,
    );
    let mark = rect.left_center() + vec2(14.0, 0.0);
    if is_on {
        badge::paint(painter, mark, 12.0, level, palette);
    } else {
        let eye = icons::EYE_SLASH;
        let centre = egui::Align2::CENTER_CENTER;
        painter.text(mark, centre, eye, text::grid(), palette.text_faint);
    }
    let at = rect.left_center() + vec2(25.0, -galley.size().y / 2.0);
    painter.galley(at, galley, color);
    let hover = match is_on {
        true => format!("点击隐藏{name}"),
        false => format!("点击显示{name}"),
    };
    if response.on_hover_text(hover).clicked() && !state.hidden.remove(&level) {
        state.hidden.insert(level);
    }
}

/// The outline of something drawn here: focus is always visible.
pub(super) fn outline(ui: &Ui, response: &Response) -> Stroke {
    let palette = Palette::of(ui);
    if response.has_focus() {
        Stroke::new(2.0, palette.accent)
    } else if response.hovered() {
        Stroke::new(1.0, palette.text_faint)
    } else {
        Stroke::new(1.0, palette.line)
    }
}

/// The verdict, and what it is about where there are several projects.
fn verdict_line(ui: &mut Ui, verdict: Verdict, scope: &str) {
    let palette = Palette::of(ui);
    let color = match verdict.is_ready() {
        true => palette.good,
        false => palette.error,
    };
    let words = match scope {
        "" => verdict.to_string(),
        scope => format!("{scope}：{verdict}"),
    };
    let label = Label::new(RichText::new(&words).font(text::strong()).color(color)).wrap();
    // The status bar says the same words: here they are the sidebar's own.
    let name = format!("校验结论：{words}");
    ui.add(label)
        .widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
}

/// Says by which profile was checked.
fn profile_line(ui: &mut Ui, desk: &Desk) {
    if let Some(words) = desk.session.in_force().in_words() {
        let words = RichText::new(words).font(text::small());
        ui.add(Label::new(words.color(Palette::of(ui).text_weak)).wrap());
    }
}

/// Says that rules are off, and leads to where they are turned on again.
fn disabled_line(ui: &mut Ui, scene: &mut Scene<'_>, desk: &Desk) {
    let count = desk.facts.verdict.disabled;
    if count == 0 {
        return;
    }
    let words = format!("已停用 {count} 条规则");
    let hover = "停用的规则不列出问题、不计数。点击查看和重新启用";
    if button::quiet(ui, &words).on_hover_text(hover).clicked() {
        let dialog = SettingsDialog::at_rules_that_are_off(&desk.facts.rules_off());
        scene.send.send(Action::Ask(Box::new(dialog)));
    }
}

fn group_by(ui: &mut Ui, scene: &mut Scene<'_>) {
    const CHOICES: [(Grouping, &str); 3] = [
        (Grouping::Page, "按页面"),
        (Grouping::Rule, "按规则"),
        (Grouping::Level, "按严重度"),
    ];
    let mut grouping = scene.settings.grouping;
    choose(ui, "分组方式", &CHOICES, &mut grouping);
    if grouping != scene.settings.grouping {
        scene.send.send(Action::SetGrouping(grouping));
    }
}

fn scope(ui: &mut Ui, whole_document: &mut bool) {
    const CHOICES: [(bool, &str); 2] = [(false, "当前项目"), (true, "全部项目")];
    choose(ui, "校验范围", &CHOICES, whole_document);
}

fn choose<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    choices: &[(T, &'static str)],
    chosen: &mut T,
) {
    let is_chosen = |choice: &&(T, &'static str)| choice.0 == *chosen;
    let words = choices
        .iter()
        .find(is_chosen)
        .map_or("", |(_, words)| *words);
    let combo = ComboBox::from_id_salt(name)
        .selected_text(RichText::new(words).font(text::grid()))
        .width(84.0);
    let shown = combo.show_ui(ui, |ui| {
        for (value, words) in choices {
            ui.selectable_value(chosen, *value, *words);
        }
    });
    shown.response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, true, name);
        info.current_text_value = Some(words.to_owned());
        info
    });
}

/// Where the keyboard comes into the panel.
pub fn search_id() -> egui::Id {
    egui::Id::unique("search of findings")
}

fn search(ui: &mut Ui, search: &mut String) {
    const NAME: &str = "查找问题";
    let row = vec2(ui.available_width(), HIT);
    // From the right, so that the field takes what room there is and not a point more: a row too wide would widen the panel.
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        if !search.is_empty() && button::icon(ui, icons::X, "清除查找").clicked() {
            search.clear();
        }
        let edit = TextEdit::singleline(search)
            .id(search_id())
            .hint_text(NAME)
            .desired_width(f32::INFINITY)
            .margin(egui::Margin::symmetric(8, 4));
        let field = ui.add(edit);
        if field.has_focus() {
            Holder::Findings.mark(ui);
        }
        field.widget_info(|| {
            let mut info = WidgetInfo::text_edit(true, "", search.as_str(), NAME);
            info.label = Some(NAME.to_owned());
            info
        });
    });
}
