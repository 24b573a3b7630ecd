//! The menu bar, and at its right the file's name.

use egui::{
    Align, Button, Context, FocusDirection, Id, Key, Layout, MenuBar, Modifiers, Popup, RichText,
    ScrollArea, Ui,
};

use super::availability;
use crate::{
    store::{error::shown, settings::Appearance},
    ui::{
        command::{self, MENUS, Menu, UiCommand},
        scene::Scene,
        theme::{HIT, Palette, space},
        widgets::button,
    },
};

/// How wide a menu is, in points.
const MENU: f32 = 256.0;

/// What the menu bar remembers.
#[derive(Default)]
pub struct MenuBarState {
    /// The captions as drawn last, and the menus that they open.
    captions: Vec<Caption>,
    /// What had the focus before the bar was called: it gets it back.
    before: Option<Id>,
    is_called: bool,
    /// Whether one of the captions had the focus in the last frame.
    had_focus: bool,
}

struct Caption {
    id: Id,
    menu: Id,
}

impl MenuBarState {
    /// Has the first caption take the focus; called again, gives it back.
    pub fn call(&mut self, ctx: &Context) {
        let focused = ctx.memory(|memory| memory.focused());
        if self.holds(focused) || self.open(ctx).is_some() {
            return self.leave(ctx);
        }
        self.before = focused;
        self.is_called = true;
    }

    fn holds(&self, focused: Option<Id>) -> bool {
        self.captions
            .iter()
            .any(|caption| Some(caption.id) == focused)
    }

    /// The menu that is open, as an index.
    fn open(&self, ctx: &Context) -> Option<usize> {
        let is_open = |caption: &Caption| Popup::is_id_open(ctx, caption.menu);
        self.captions.iter().position(is_open)
    }

    fn leave(&mut self, ctx: &Context) {
        if let Some(caption) = self.open(ctx).and_then(|index| self.captions.get(index)) {
            Popup::close_id(ctx, caption.menu);
        }
        if let Some(before) = self.before.take() {
            ctx.memory_mut(|memory| memory.request_focus(before));
        }
    }

    /// Forgets where to go back to once the person has left by another way.
    fn note_focus(&mut self, ctx: &Context) {
        self.had_focus = self.holds(ctx.memory(|memory| memory.focused()));
        if !self.had_focus && self.open(ctx).is_none() {
            self.before = None;
        }
    }

    /// Takes the keys that go from menu to menu. Those within an open menu are egui's.
    fn take_keys(&self, ctx: &Context) {
        let focused = ctx.memory(|memory| memory.focused());
        let open = self.open(ctx);
        let has_focus = |caption: &Caption| Some(caption.id) == focused;
        let Some(at) = open.or_else(|| self.captions.iter().position(has_focus)) else {
            return;
        };
        let take = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let count = self.captions.len();
        let next = if take(Key::ArrowRight) {
            (at + 1) % count
        } else if take(Key::ArrowLeft) {
            (at + count - 1) % count
        } else if open.is_none() && take(Key::ArrowDown) {
            at
        } else {
            return;
        };
        let Some(caption) = self.captions.get(next) else {
            return;
        };
        ctx.memory_mut(|memory| {
            memory.move_focus(FocusDirection::None);
            memory.request_focus(caption.id);
        });
        if open.is_some() || next == at {
            Popup::open_id(ctx, caption.menu);
        }
    }

    /// Esc closes an open menu and leaves its caption with the focus; pressed there, it goes back to where the person was.
    fn take_escape(&mut self, ctx: &Context) {
        if !ctx.input(|input| input.key_pressed(Key::Escape)) {
            return;
        }
        // By now egui has taken the focus from whatever had it.
        let open = self.open(ctx).and_then(|index| self.captions.get(index));
        match open {
            Some(caption) => ctx.memory_mut(|memory| memory.request_focus(caption.id)),
            None if self.had_focus => self.leave(ctx),
            None => {}
        }
    }
}

/// Draws the menu bar.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut MenuBarState) {
    state.take_escape(ui.ctx());
    state.take_keys(ui.ctx());
    let mut captions = Vec::with_capacity(MENUS.len());
    let mut is_done = false;
    MenuBar::new().ui(ui, |ui| {
        for menu in MENUS {
            let shown = ui.menu_button(menu.caption, |ui| {
                // What is left of the default width would stand between a command and its keys.
                ui.set_width(MENU);
                // Beneath the bar.
                let room = ui.ctx().content_rect().height() - HIT - 4.0 * space::M;
                pack(ui, menu, room);
                let list = ScrollArea::vertical()
                    .max_height(room)
                    .min_scrolled_height(room);
                list.show(ui, |ui| {
                    for (index, group) in menu.groups.iter().enumerate() {
                        if index > 0 {
                            ui.separator();
                        }
                        for command in *group {
                            is_done |= item(ui, scene, *command);
                        }
                    }
                });
            });
            let response = button::with_focus(ui, shown.response);
            if std::mem::take(&mut state.is_called) {
                response.request_focus();
            }
            captions.push(Caption {
                id: response.id,
                menu: Popup::default_response_id(&response),
            });
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            file_name(ui, scene)
        });
    });
    state.captions = captions;
    if is_done {
        state.leave(ui.ctx());
    }
    state.note_focus(ui.ctx());
}

/// Moves the commands of a menu closer together where the window is too low for them.
fn pack(ui: &mut Ui, menu: &Menu, room: f32) {
    /// The height of a line between groups, in points.
    const LINE: f32 = 6.0;
    let groups = menu.groups.len() as f32;
    let commands = menu.groups.iter().map(|group| group.len()).sum::<usize>() as f32;
    let bare = commands * HIT + (groups - 1.0) * LINE;
    let gap = (room - bare) / (commands + groups - 2.0).max(1.0);
    let usual = ui.spacing().item_spacing.y;
    ui.spacing_mut().item_spacing.y = gap.clamp(0.0, usual);
}

/// A command of a menu; whether it was called.
pub(super) fn item(ui: &mut Ui, scene: &mut Scene<'_>, command: UiCommand) -> bool {
    let enabled = availability::is_enabled(command, scene.desk, scene.position);
    let mark = if is_on(command, scene) {
        crate::ui::icons::CHECK
    } else {
        "\u{2003}"
    };
    let mut button = Button::new((mark, command.label())).frame_when_inactive(false);
    if let Some(keys) = command.shortcuts().first() {
        button = button.shortcut_text(command::in_words(keys));
    }
    let response = ui
        .add_enabled_ui(enabled, |ui| {
            let width = ui.available_width();
            ui.add(button.min_size(egui::vec2(width, 0.0)))
        })
        .inner;
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::MenuItem, enabled, command.label()));
    if response.gained_focus() {
        // In a low window the list of a menu may be longer than the window.
        response.scroll_to_me(None);
    }
    let is_called = response.on_hover_text(command.explanation()).clicked();
    if is_called {
        scene.send.command(command);
        ui.close();
    }
    is_called
}

/// Whether a command that switches something is on.
fn is_on(command: UiCommand, scene: &Scene<'_>) -> bool {
    let appearance = scene.settings.appearance;
    match command {
        UiCommand::ToggleProjects => scene.settings.left_panel.open,
        UiCommand::ToggleFindings => scene.settings.right_panel.open,
        UiCommand::AppearanceSystem => appearance == Appearance::System,
        UiCommand::AppearanceLight => appearance == Appearance::Light,
        UiCommand::AppearanceDark => appearance == Appearance::Dark,
        UiCommand::ShowPage(page) => scene.desk.is_some() && scene.position.page == page,
        _ => false,
    }
}

fn file_name(ui: &mut Ui, scene: &Scene<'_>) {
    let Some(desk) = scene.desk else { return };
    let palette = Palette::of(ui);
    if desk.session.is_read_only() {
        ui.label(RichText::new("只读").color(palette.warning).small())
            .on_hover_text("文件标为只读，只能另存为别的文件");
    }
    let name = ui.label(RichText::new(desk.marked_name()).color(palette.text_weak));
    if let Some(path) = desk.session.path() {
        name.on_hover_text(shown(path));
    }
}
