//! The indicator grid, by keyboard and pointer.

use egui::{Event, ImeEvent, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::setting::Window;

/// The text of the cell at the cursor.
fn cell(window: &Window) -> String {
    let at = window
        .harness
        .state()
        .position()
        .cell
        .clone()
        .expect("a cell");
    let project = window.project();
    project
        .cell_text(&at.place)
        .expect("it is there")
        .into_owned()
}

#[test]
fn the_grid_has_the_keyboard_as_soon_as_it_is_seen() {
    let mut window = Window::with_sample();
    window.keys(Modifiers::NONE, Key::ArrowRight);
    window.keys(Modifiers::NONE, Key::ArrowRight);
    assert_eq!(cell(&window), "信息安全维护次数");
    window.key(Key::ArrowDown);
    window.key(Key::Tab);
    assert_eq!(cell(&window), "1");
    window.type_text("3");
    window.key(Key::Enter);
    window.key(Key::ArrowUp);
    assert_eq!(cell(&window), "3");
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(cell(&window), "1");
}
