//! The validation sidebar, the findings' commands and the status bar.

use egui::{Theme, Vec2};

use super::setting::{SAMPLE, Setup, Window};

#[test]
fn the_sidebar_draws_in_light_and_dark_and_small() {
    for (theme, name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        for size in [Vec2::new(1366.0, 768.0), Vec2::new(1024.0, 700.0)] {
            let mut window = Window::with(Setup {
                size,
                scale: 1.0,
                theme,
                pictures: true,
            });
            window.open(SAMPLE);
            let name = |part: &str| format!("findings-{part}-{name}-{}", size.x);
            window.picture(&name("list"));
            window.key(egui::Key::F8);
            window.picture(&name("open"));
        }
    }
}
