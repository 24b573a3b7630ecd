//! Every page in light and dark, at 100 % and 150 %, as pictures to be looked at: `target/window/`.

use egui::{Theme, Vec2};

use super::setting::{SAMPLE, Setup, Window};

#[test]
fn every_page_draws_in_light_and_dark() {
    for (theme, name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        for scale in [1.0, 1.5] {
            let mut window = Window::with(Setup {
                size: Vec2::new(1366.0, 768.0),
                scale,
                theme,
                pictures: true,
            });
            let percent = (scale * 100.0) as u32;
            window.run();
            window.picture(&format!("start-{name}-{percent}"));
            window.open(SAMPLE);
            for page in jiping::ui::desk::Page::ALL {
                window.click(page.name());
                window.picture(&format!("{page:?}-{name}-{percent}").to_lowercase());
            }
        }
    }
}
