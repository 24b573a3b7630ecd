//! 图表

use egui::{Key, Theme, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiping::{
    edit::command::EditCommand,
    model::{
        document::Document,
        figure::FigureCell,
        id::{CountedIds, Id},
        path::Place,
        project::{Project, fund, header},
    },
    store::{format, simulated::SimulatedFs},
    ui::{action::Action, command::UiCommand, desk::Page},
};

use super::setting::{SAMPLE, Setup, Window};
use crate::cases;

/// A document of forms of 财预〔2020〕10号: name, year, budget, executed, total.
fn document(forms: &[(&str, &str, &str, &str, &str)]) -> Vec<u8> {
    let edition = cases::edition("mof-2020");
    let mut ids = CountedIds(0);
    let mut document = Document::new(Id::new(&mut ids));
    for (name, year, budget, executed, total) in forms {
        let mut project = Project::blank(&edition, &mut ids);
        for (key, text) in [(header::PROJECT_NAME, name), (header::YEAR, year)] {
            project.header.insert(key.to_owned(), (*text).into());
        }
        let row = project.funds.get_mut(0).expect("a row");
        let figures = [
            (fund::INITIAL, budget),
            (fund::ADJUSTED, budget),
            (fund::EXECUTED, executed),
        ];
        for (key, text) in figures {
            row.figures.insert(key.to_owned(), FigureCell::new(*text));
        }
        project.stated.total_score = FigureCell::new(*total);
        document.projects.push(project);
    }
    format::write(&document)
}

const FEW: &[(&str, &str, &str, &str, &str)] = &[
    ("道路养护", "2019年", "1200", "1150", "95"),
    (
        "城乡结合部老旧小区雨污分流改造及配套道路恢复工程（第三标段，含征地拆迁补偿）",
        "2020年",
        "100",
        "45",
        "98",
    ),
    ("道路养护", "2020年", "1000", "620", "83.5"),
    ("绿化提升", "2020年", "300", "330", "91"),
];

fn window_with(bytes: Vec<u8>, setup: Setup) -> Window {
    let fs = SimulatedFs::new();
    fs.put("/docs/图表.jiping", bytes);
    let mut window = Window::on(fs, setup);
    window.open("/docs/图表.jiping");
    show_charts(&mut window);
    window
}

fn show_charts(window: &mut Window) {
    let command = UiCommand::ShowPage(Page::Charts);
    window.harness.state_mut().send(Action::Do(command));
    window.run();
}

/// All charts at once.
fn tall() -> Setup {
    Setup {
        size: egui::vec2(1366.0, 2400.0),
        ..Setup::default()
    }
}

fn few() -> Window {
    window_with(document(FEW), tall())
}

/// What a chart says of itself.
fn value(window: &Window, title: &str) -> String {
    let chart = window.harness.get_by_role_and_label(Role::Figure, title);
    chart.accesskit_node().value().unwrap_or_default().clone()
}

#[test]
fn charts_say_what_they_show() {
    let mut window = Window::with_sample();
    window.click("图表");
    assert!(value(&window, "各来源预算与执行").contains("执行率 99.7%"));
    assert!(value(&window, "各部分得分与分值").contains("99.97"));
    assert!(value(&window, "各项目预算执行率").contains("99.7%"));
    let few = few();
    assert!(value(&few, "历年对比").contains("降至 62.00%"));
    assert!(value(&few, "执行率与得分").contains("城乡结合部"));
}

#[test]
fn keys_go_through_the_marks_and_to_the_field() {
    let mut window = few();
    let chart = |window: &Window| value(window, "各来源预算与执行");
    assert!(
        window
            .harness
            .get_by_role_and_label(Role::Figure, "各来源预算与执行")
            .is_focused(),
        "the first chart has the focus when the page comes"
    );
    window.key(Key::ArrowRight);
    assert_eq!(chart(&window), "年度资金总额 年初预算数 1,200.00 万元");
    window.key(Key::ArrowRight);
    window.key(Key::ArrowRight);
    window.key(Key::ArrowRight);
    assert_eq!(chart(&window), "年度资金总额 全年执行数 1,150.00 万元");
    window.key(Key::ArrowLeft);
    window.key(Key::Enter);
    assert_eq!(window.harness.state().position().page, Page::Funds);
    let row = window.project().funds.first().expect("a row").id;
    let cell = window.cell().expect("a cell");
    assert_eq!(cell.place, Place::Fund(row, fund::ADJUSTED.to_owned()));
}

#[test]
fn tab_goes_from_chart_to_chart_and_f6_comes_back() {
    let mut window = few();
    let mut seen = Vec::new();
    for _ in 0..12 {
        for title in [
            "各来源预算与执行",
            "各项目预算执行率",
            "执行率与得分",
            "历年对比",
        ] {
            let chart = window.harness.get_by_role_and_label(Role::Figure, title);
            if chart.is_focused() && !seen.contains(&title) {
                seen.push(title);
            }
        }
        window.key(Key::Tab);
    }
    assert_eq!(seen.len(), 4, "{seen:?}");
    for _ in 0..3 {
        window.key(Key::F6);
    }
    let chart = window
        .harness
        .get_by_role_and_label(Role::Figure, "各来源预算与执行");
    assert!(chart.is_focused());
}

#[test]
fn a_click_on_a_bar_goes_to_the_project_behind_it() {
    let mut window = few();
    let chart = window
        .harness
        .get_by_role_and_label(Role::Figure, "各项目预算执行率");
    let rect = chart.rect();
    // The lowest rate stands at the top.
    let at = egui::pos2(rect.center().x, rect.top() + 14.0);
    window.harness.hover_at(at);
    window.run();
    assert!(value(&window, "各项目预算执行率").contains("45.00%"));
    window.harness.drag_at(at);
    window.harness.drop_at(at);
    window.run();
    assert_eq!(window.harness.state().position().page, Page::Funds);
    assert!(window.project().name().starts_with("城乡"));
}

#[test]
fn an_edit_is_in_the_charts_at_once() {
    let mut window = few();
    let project = window.project();
    let row = project.funds.first().expect("a row").id;
    let at = project.at(Place::Fund(row, fund::EXECUTED.to_owned()));
    let text = "600".to_owned();
    let edit = EditCommand::SetCell { at, text };
    window.harness.state_mut().send(Action::Edit(edit));
    window.run();
    assert!(value(&window, "各来源预算与执行").contains("执行率 50.00%"));
}

fn choose(window: &mut Window, chart: &str, entry: &str) {
    window.click(&format!("存图或复制：{chart}"));
    window.click(entry);
}

#[test]
fn charts_are_saved_as_svg_and_png_and_copied_as_a_table() {
    let mut window = few();
    window.will_choose("/docs/图");
    choose(&mut window, "各来源预算与执行", "存为 SVG…");
    let svg = window.fs.content("/docs/图.svg").expect("an SVG");
    let svg = String::from_utf8(svg).expect("text");
    assert!(svg.starts_with("<svg") && svg.contains("道路养护"));
    window.will_choose("/docs/图.png");
    choose(&mut window, "执行率与得分", "存为 PNG…");
    let png = window.fs.content("/docs/图.png").expect("a PNG");
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    assert!(window.harness.state().said()[0].starts_with("已导出"));
    choose(&mut window, "各项目预算执行率", "复制数据");
    assert!(window.harness.state().said()[0].starts_with("已复制"));
}

#[test]
fn empty_charts_say_what_to_fill_in_and_lead_there() {
    let mut window = window_with(document(&[("甲", "2020年", "", "", "")]), tall());
    assert!(!window.has("存图或复制：各来源预算与执行"));
    window.click("复制到下一年度：历年对比");
    assert_eq!(window.document().projects.len(), 2);
    show_charts(&mut window);
    window.click("去填写：各来源预算与执行");
    assert_eq!(window.harness.state().position().page, Page::Funds);
    show_charts(&mut window);
    window.click("去填写：各部分得分与分值");
    assert_eq!(window.harness.state().position().page, Page::Funds);
}

fn many() -> Vec<u8> {
    let forms: Vec<(String, String, String)> = (0..200)
        .map(|number| {
            let executed = (30 + number * 7 % 71).to_string();
            let total = (60 + number * 13 % 41).to_string();
            (format!("项目{number}"), executed, total)
        })
        .collect();
    let forms: Vec<_> = forms
        .iter()
        .map(|(name, executed, total)| {
            (
                name.as_str(),
                "2020年",
                "100",
                executed.as_str(),
                total.as_str(),
            )
        })
        .collect();
    document(&forms)
}

#[test]
fn two_hundred_projects_come_to_rest() {
    let mut window = window_with(many(), Setup::default());
    assert!(value(&window, "各项目预算执行率").starts_with("200 个项目"));
    // As soon as nothing changes, nothing is drawn.
    let steps = window.harness.try_run().expect("comes to rest");
    assert!(steps <= 2, "{steps}");
}

/// Pictures to be looked at: `target/window/charts-*.png`.
#[test]
fn the_page_draws() {
    let looks = [
        ("light", Theme::Light, [1366.0, 900.0], 1.0),
        ("dark", Theme::Dark, [1366.0, 900.0], 1.0),
        ("wide", Theme::Light, [1920.0, 1080.0], 1.0),
        ("1024", Theme::Light, [1024.0, 700.0], 1.0),
        ("150", Theme::Light, [911.0, 512.0], 1.5),
    ];
    for (name, theme, size, scale) in looks {
        let setup = || Setup {
            size: size.into(),
            scale,
            theme,
            pictures: true,
        };
        let mut window = window_with(document(FEW), setup());
        window.key(Key::ArrowRight);
        window.picture(&format!("charts-few-{name}"));
        let mut window = Window::with(setup());
        window.open(SAMPLE);
        show_charts(&mut window);
        window.picture(&format!("charts-sample-{name}"));
    }
    let tall = |theme| Setup {
        size: egui::vec2(1366.0, 1500.0),
        scale: 1.0,
        theme,
        pictures: true,
    };
    window_with(many(), tall(Theme::Light)).picture("charts-many-light");
    window_with(document(FEW), tall(Theme::Dark)).picture("charts-tall-dark");
}
