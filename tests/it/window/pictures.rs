//! Every page in light and dark, at 100 % and 150 %, as pictures to be looked at: `target/window/`.

use egui::{Theme, Vec2};

use jiping::{
    model::path::IndicatorField,
    store::simulated::SimulatedFs,
    ui::{action::Action, command::UiCommand},
};

use super::{
    deviation::{cell, send},
    setting::{SAMPLE, Setup, Window},
};

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

#[test]
fn the_dialogs_of_scores_and_reasons_draw() {
    let looks = [
        ("light", Theme::Light, [1366.0, 768.0], 1.0),
        ("dark", Theme::Dark, [1366.0, 768.0], 1.0),
        ("1024", Theme::Light, [1024.0, 700.0], 1.0),
        ("150", Theme::Light, [683.0, 467.0], 1.5),
    ];
    for (name, theme, size, scale) in looks {
        let mut window = Window::with(Setup {
            size: size.into(),
            scale,
            theme,
            pictures: true,
        });
        window.open(SAMPLE);
        let at = cell(&window, "年度课题数量", IndicatorField::Score);
        for command in [
            UiCommand::ExplainScore,
            UiCommand::SplitGroup,
            UiCommand::WriteDeviation,
        ] {
            send(&mut window, Action::GoTo(at.clone()));
            send(&mut window, Action::Do(command));
            if command == UiCommand::WriteDeviation {
                window.click("人员变动");
            }
            window.picture(&format!("scores-{command:?}-{name}").to_lowercase());
            window.key(egui::Key::Escape);
        }
    }
}

/// A window whose settings know recent files.
fn with_recent(setup: Setup) -> Window {
    let fs = SimulatedFs::new();
    let sample = include_bytes!("../../../assets/samples/shenzhen-2020-filed.jiping");
    fs.put(SAMPLE, sample);
    let appearance = match setup.theme {
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    let recent = [
        (SAMPLE, 1, "99.97", "2021-03-04 17:20"),
        (
            "/home/财务科/绩效/2021/部门整体/市科学技术协会2021年度项目支出绩效自评表汇总.jiping",
            212,
            "",
            "2021-03-02 09:41",
        ),
        ("/docs/财政部表样.jiping", 3, "", "2021-02-26 15:03"),
    ];
    let recent: Vec<_> = recent
        .into_iter()
        .map(|(path, projects, score, time)| {
            serde_json::json!({"path": path, "projects": projects, "score": score, "time": time})
        })
        .collect();
    let settings = serde_json::json!({"appearance": appearance, "recent": recent});
    fs.put("/data/settings.json", settings.to_string());
    Window::on(fs, setup)
}

#[test]
fn the_frame_and_its_dialogs_draw() {
    let looks = [
        ("light", Theme::Light, [1366.0, 768.0], 1.0),
        ("dark", Theme::Dark, [1366.0, 768.0], 1.0),
        ("1024", Theme::Light, [1024.0, 700.0], 1.0),
        ("150", Theme::Light, [683.0, 467.0], 1.5),
    ];
    for (name, theme, size, scale) in looks {
        let mut window = with_recent(Setup {
            size: size.into(),
            scale,
            theme,
            pictures: true,
        });
        window.run();
        window.picture(&format!("frame-start-{name}"));
        window.open(SAMPLE);
        let run = |window: &mut Window, command: UiCommand| {
            window.harness.state_mut().send(Action::Do(command));
            window.run();
        };
        run(&mut window, UiCommand::DuplicateProject);
        run(&mut window, UiCommand::NextYearProject);
        window.picture(&format!("frame-panel-{name}"));
        let dialogs = [
            UiCommand::AddProject,
            UiCommand::Palette,
            UiCommand::Messages,
            UiCommand::About,
        ];
        for command in dialogs {
            run(&mut window, command);
            window.picture(&format!("frame-{command:?}-{name}").to_lowercase());
            window.key(egui::Key::Escape);
        }
    }
}
