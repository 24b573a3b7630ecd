//! Import in the window: from files, a folder and pasted text to projects, with corrections on the way.

use egui::{Key, Modifiers, Vec2, accesskit::Toggled};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiping::{
    model::project::{fund, header},
    store::simulated::SimulatedFs,
    ui::command::UiCommand as C,
};

use super::{
    setting::{SAMPLE, Setup, Window},
    start::drop_file,
};

/// A small form as text out of a spreadsheet.
pub const FORM: &str = "项目支出绩效自评表\t\t\t\t\t\t\t\n\
    （2024年度）\t\t\t\t\t\t\t\n\
    项目名称\t社区图书角\t\t主管部门\t市文化局\t实施单位\t区图书馆\t\n\
    项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n\
    \t年度资金总额\t20\t18\t17.1\t10\t95%\t9.5\n\
    年度总体目标\t预期目标\t\t\t实际完成情况\t\t\t\n\
    \t新建十个图书角\t\t\t建成十个图书角\t\t\t\n\
    一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施\n\
    产出指标\t数量指标\t新建图书角\t≥10个\t10个\t30\t30\t\n\
    \t质量指标\t图书完好率\t≥95%\t96%\t20\t20\t\n\
    效益指标\t社会效益指标\t居民借阅便利程度\t明显提高\t明显提高\t30\t30\t\n\
    满意度指标\t服务对象满意度指标\t读者满意度\t≥90%\t93%\t10\t10\t\n\
    总分\t\t\t\t\t100\t99.5\t\n";

/// A payment table.
const PAYMENTS: &str =
    "单位：万元,,,\n项目名称,年初预算数,全年预算数,全年执行数\n社区图书角,20,18,17.05\n";

pub fn read_pasted(window: &mut Window, text: &str) {
    window.keys(Modifiers::COMMAND, Key::I);
    window
        .harness
        .input_mut()
        .events
        .push(egui::Event::Paste(text.to_owned()));
    window.run();
    window.click("读取粘贴的内容");
}

fn with_files(files: &[(&str, &str)]) -> Window {
    let fs = SimulatedFs::new();
    let sample = include_bytes!("../../../assets/samples/shenzhen-2020-filed.jiping");
    fs.put(SAMPLE, sample);
    for (path, text) in files {
        fs.put(path, text.as_bytes());
    }
    Window::on(fs, Setup::default())
}

#[test]
fn pasted_text_becomes_a_new_document() {
    let mut window = Window::new();
    window.run();
    read_pasted(&mut window, FORM);
    assert!(window.has("导入 1 个项目"), "the preview is shown");
    assert!(
        window.harness.state().desk().is_none(),
        "nothing happened yet"
    );
    window.click("导入 1 个项目");
    let project = window.project();
    assert_eq!(project.name(), "社区图书角");
    assert_eq!(project.header(header::DEPARTMENT), "市文化局");
    let total = project.funds.first().expect("the row of the total");
    assert_eq!(total.figure(fund::EXECUTED).text(), "17.1");
    let names: Vec<_> = project
        .rows()
        .map(|row| row.indicator.name.clone())
        .collect();
    assert_eq!(
        names,
        ["新建图书角", "图书完好率", "居民借阅便利程度", "读者满意度"]
    );
}

#[test]
fn an_import_into_an_open_document_is_one_step() {
    let mut window = Window::with_sample();
    read_pasted(&mut window, FORM);
    window.click("导入 1 个项目");
    assert_eq!(window.document().projects.len(), 2);
    assert_eq!(window.project().name(), "社区图书角", "it is shown");
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document().projects.len(), 1);
}

#[test]
fn dropped_files_are_read_and_a_scan_is_named() {
    let mut window = with_files(&[
        ("/docs/图书角.tsv", FORM),
        ("/docs/旧表.doc", "\u{0}\u{1}not a text\u{0}"),
    ]);
    window.run();
    drop_file(&mut window, "/docs/图书角.tsv");
    assert!(window.has("导入 1 个项目"));
    window.click("换别的文件");
    drop_file(&mut window, "/docs/旧表.doc");
    assert!(window.has("无法读取 1"));
    assert!(!window.has("导入 1 个项目"));
    window.click("取消");
    assert!(window.harness.state().desk().is_none());
}

#[test]
fn files_and_folders_are_chosen_in_a_dialog() {
    let mut window = with_files(&[
        ("/docs/图书角/2024.tsv", FORM),
        ("/docs/图书角/~$2024.tsv", "x"),
    ]);
    window.run();
    window.keys(Modifiers::COMMAND, Key::I);
    window.will_choose("/docs/图书角");
    window.click("选择文件夹…");
    assert!(window.has("导入 1 个项目"));
    window.click("换别的文件");
    window.will_choose("/docs/图书角/2024.tsv");
    window.click("选择文件…");
    window.click("导入 1 个项目");
    assert_eq!(window.project().name(), "社区图书角");
}

#[test]
fn a_wrong_column_is_corrected_by_its_heading() {
    let mut window = Window::new();
    window.run();
    // Nobody could know what this heading means.
    let form = FORM
        .replace("偏差原因分析及改进措施", "备忘")
        .replace("30\t30\t\n", "30\t30\t天气原因\n");
    read_pasted(&mut window, &form);
    window.click("H8 备忘");
    window.click("偏差原因分析及改进措施");
    window.click("导入 1 个项目");
    let project = window.project();
    let reasons: Vec<_> = project
        .rows()
        .filter(|row| &*row.indicator.deviation == "天气原因")
        .map(|row| row.indicator.name.clone())
        .collect();
    assert_eq!(reasons, ["新建图书角", "居民借阅便利程度"]);
}

#[test]
fn a_wrong_row_is_corrected_by_its_number() {
    let mut window = Window::new();
    window.run();
    read_pasted(&mut window, FORM);
    window.click("第 10 行");
    window.click("不导入这一行");
    window.click("导入 1 个项目");
    let project = window.project();
    assert_eq!(project.rows().count(), 3);
    assert!(project.rows().all(|row| row.indicator.name != "图书完好率"));
}

#[test]
fn payments_fill_the_funds_and_stay_to_reconcile_with() {
    let mut window = with_files(&[("/docs/支付.csv", PAYMENTS)]);
    window.run();
    read_pasted(&mut window, FORM);
    window.click("导入 1 个项目");
    drop_file(&mut window, "/docs/支付.csv");
    window.click("导入资金表");
    let project = window.project();
    let total = project.funds.first().expect("the row of the total");
    assert_eq!(total.figure(fund::EXECUTED).text(), "17.05");
    let account = project.account.as_ref().expect("an account");
    assert_eq!(account.executed.text(), "17.05");
    window.keys(Modifiers::COMMAND, Key::Z);
    assert!(window.project().account.is_none(), "one step");
}

#[test]
fn an_entry_leads_to_its_cell_and_back() {
    let mut window = Window::new();
    window.run();
    read_pasted(&mut window, FORM);
    window.click("D9 ≥10个");
    let mut entries = window.harness.query_all_by_label_contains("D9 → ");
    assert!(entries.any(|entry| entry.accesskit_node().toggled() == Some(Toggled::True)));
}

#[test]
fn a_stopped_import_changes_nothing() {
    let mut window = Window::with_sample();
    let before = window.document();
    read_pasted(&mut window, FORM);
    window.click("取消");
    assert_eq!(window.document(), before);
    assert!(window.harness.query_by_label("导入 1 个项目").is_none());
    // Closed with something in it only by a button.
    window
        .harness
        .state_mut()
        .send(jiping::ui::action::Action::Do(C::Import));
    window.run();
    assert!(window.has("读取粘贴的内容"), "it begins anew");
}

#[test]
fn an_edition_made_from_a_form_is_kept_for_later() {
    let mut window = Window::new();
    window.run();
    let form = FORM
        .replace("主管部门", "归口科室")
        .replace("三级指标\t年度指标值", "三级指标\t指标值（甲方）")
        .replace("偏差原因分析及改进措施", "佐证材料\t备忘事项");
    read_pasted(&mut window, &form);
    window.click("留作以后使用");
    window.click("导入 1 个项目");
    let edition = window.project().edition.id.clone();
    assert!(edition.starts_with("import-"), "{edition} is made from it");
    // At once, and in a later run.
    for mut window in [Window::beside(&window), window] {
        window.keys(Modifiers::COMMAND, Key::N);
        if window.has("不保存") {
            window.click("不保存");
        }
        assert!(window.has_text("（导入 "));
    }
}

#[test]
fn choices_outlive_a_correction() {
    let mut window = Window::with_sample();
    read_pasted(&mut window, &FORM.replace("偏差原因分析及改进措施", "备忘"));
    window.click("第 1 份表");
    window.click("不导入");
    window.click("H8 备忘");
    window.click("偏差原因分析及改进措施");
    assert!(!window.has("导入 1 个项目"), "it is still left out");
}

#[test]
fn the_dialog_is_looked_at_in_small_and_large_windows() {
    for (size, name) in [
        (Vec2::new(1024.0, 700.0), "small"),
        (Vec2::new(1366.0, 768.0), "usual"),
    ] {
        for (theme, colours) in [(egui::Theme::Light, "light"), (egui::Theme::Dark, "dark")] {
            let mut window = Window::with(Setup {
                size,
                theme,
                pictures: true,
                ..Setup::default()
            });
            window.run();
            window.keys(Modifiers::COMMAND, Key::I);
            window.picture(&format!("import-ask-{name}-{colours}"));
            window.key(Key::Escape);
            read_pasted(&mut window, FORM);
            window.picture(&format!("import-preview-{name}-{colours}"));
            window.click("取消");
            let seed = include_str!("../../exchange/seed-2020.txt");
            read_pasted(&mut window, seed);
            window.picture(&format!("import-guessed-{name}-{colours}"));
        }
    }
}
