//! Widgets by role and name, where the name alone is also that of a caption.

use egui::accesskit::Role;
use egui_kittest::{
    Node,
    kittest::{NodeT as _, Queryable as _},
};

use super::setting::Window;

/// Clicks on the button with this name.
pub fn press(window: &mut Window, name: &str) {
    let button = window.harness.get_by_role_and_label(Role::Button, name);
    button.click();
    window.run();
}

/// The text field with this name.
pub fn field<'w>(window: &'w Window, name: &'w str) -> Node<'w> {
    let is_field = |node: &Node<'_>| {
        let role = node.accesskit_node().role();
        matches!(role, Role::TextInput | Role::MultilineTextInput)
    };
    let found = window.harness.query_all_by_label(name).find(is_field);
    found.unwrap_or_else(|| panic!("no field {name}"))
}

/// Clicks into the text field with this name.
pub fn enter(window: &mut Window, name: &str) {
    field(window, name).click();
    window.run();
}

/// Begins a note with the keys; gives a name where it is asked for first.
pub fn begin_note(window: &mut Window) {
    window.keys(egui::Modifiers::SHIFT, egui::Key::F2);
    sign(window);
}

/// Agrees to the step that is asked about, whatever stands against it; gives a name where it is asked for first.
pub fn agree(window: &mut Window, verb: &str) {
    sign(window);
    let hindered = format!("仍要{verb}");
    let is_hindered = window.has(&hindered);
    press(window, if is_hindered { &hindered } else { verb });
}

/// Gives a name where it is asked for.
pub fn sign(window: &mut Window) {
    if window.has("填写姓名") {
        window.keys(egui::Modifiers::COMMAND, egui::Key::A);
        window.type_text("李梅");
        window.key(egui::Key::Enter);
    }
}
