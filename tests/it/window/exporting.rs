//! 导出, 填回原表 and 汇总 in the window.

use std::path::PathBuf;

use egui::{Key, Modifiers, Theme, Vec2, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiping::{
    model::{path::Place, project::header},
    store::simulated::SimulatedFs,
    ui::{action::Action, command::UiCommand as C},
};

use super::{
    importing::{FORM, read_pasted},
    setting::{SAMPLE, Setup, Window},
    start::drop_file,
};

/// The sample twice in one document.
fn with_two_projects() -> Window {
    let mut window = Window::with_sample();
    command(&mut window, C::DuplicateProject);
    assert_eq!(window.document().projects.len(), 2);
    window
}

fn command(window: &mut Window, command: C) {
    window.harness.state_mut().send(Action::Do(command));
    window.run();
}

fn is_pdf(window: &Window, path: &str) -> bool {
    let content = window.fs.content(path);
    content.is_some_and(|content| content.starts_with(b"%PDF-"))
}

#[test]
fn one_project_is_exported_by_keys_alone() {
    let mut window = Window::with_sample();
    let before = window.document();
    window.keys(Modifiers::COMMAND, Key::E);
    assert!(window.has_text("将生成："), "the name is shown beforehand");
    window.key(Key::Enter);
    assert!(window.has("已导出 1 个文件"));
    let name = format!("/docs/{}.pdf", window.project().name());
    assert!(is_pdf(&window, &name), "{name}");
    window.key(Key::Enter);
    assert!(!window.has("已导出 1 个文件"), "Enter closes the list");
    assert_eq!(window.document(), before);
}

#[test]
fn several_projects_become_several_files_or_one() {
    let mut window = with_two_projects();
    window.keys(Modifiers::COMMAND, Key::E);
    window.click("全部 2 个项目");
    window.click("导出 2 个文件");
    assert!(window.has("已导出 2 个文件"));
    let name = window.project().name().to_owned();
    assert!(is_pdf(&window, &format!("/docs/1 {name}.pdf")));
    assert!(is_pdf(&window, &format!("/docs/2 {name}.pdf")));
    window.click("再导出…");
    window.click("合成一个文件");
    window.click("导出 1 个文件");
    assert!(is_pdf(&window, "/docs/科协2020.pdf"));
}

#[test]
fn nothing_that_is_there_is_replaced_unasked() {
    let mut window = with_two_projects();
    let name = window.project().name().to_owned();
    let [first, second] = [1, 2].map(|n| format!("/docs/{n} {name}.pdf"));
    window.fs.put(&first, "another's");
    window.keys(Modifiers::COMMAND, Key::E);
    window.click("全部 2 个项目");
    window.click("导出 2 个文件");
    assert!(window.has_text("有 1 个同名文件已存在"));
    assert!(
        window.fs.content(&second).is_none(),
        "nothing is written yet"
    );
    window.key(Key::Enter);
    assert!(!is_pdf(&window, &first), "a key too many replaces nothing");
    window.click("只写其余的");
    assert!(is_pdf(&window, &second) && !is_pdf(&window, &first));
    assert!(window.has_text("1 个原来就有、没有动"));
    window.click("再导出…");
    window.click("导出 2 个文件");
    window.click("覆盖它们");
    assert!(is_pdf(&window, &first));
}

#[test]
fn names_and_folders_are_the_persons() {
    let mut window = Window::with_sample();
    window.keys(Modifiers::COMMAND, Key::E);
    window.will_choose("/报送");
    window.fs.put("/报送/说明.txt", "");
    window.click("更改…");
    let field = window
        .harness
        .get_by_role_and_label(Role::TextInput, "文件名");
    field.focus();
    window.run();
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("自评表 {name");
    assert!(window.has_text("自评表 {name.pdf"), "a brace is a brace");
    window.type_text("s}");
    assert!(window.has_text("不认识文件名中的“{names}”"));
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("自评表");
    window.click("导出 1 个文件");
    assert!(is_pdf(&window, "/报送/自评表.pdf"));
    window.click("打开文件夹");
    assert_eq!(window.opened_with_system(), [PathBuf::from("/报送")]);
}

#[test]
fn nothing_chosen_is_said_and_nothing_is_made() {
    let mut window = Window::with_sample();
    window.keys(Modifiers::COMMAND, Key::E);
    window.click("PDF 正式表");
    assert!(window.has("请勾选要导出的内容"));
    window.key(Key::Enter);
    assert!(window.has("请勾选要导出的内容"));
    window.key(Key::Escape);
    assert!(!window.has("请勾选要导出的内容"));
}

#[test]
fn an_export_goes_on_behind_a_closed_dialog() {
    let mut window = Window::with_sample();
    window.keys(Modifiers::COMMAND, Key::E);
    window.harness.get_by_label("导出 1 个文件").click();
    window.harness.step();
    window.harness.key_press(Key::Escape);
    window.run();
    let said = window.harness.state().said().join("\n");
    assert!(said.contains("已导出 1 个文件"), "{said}");
    assert!(!window.has("完成"), "no dialog comes back");
}

#[test]
fn what_cannot_be_written_is_told_with_its_reason() {
    let mut window = Window::with_sample();
    window.keys(Modifiers::COMMAND, Key::E);
    window.will_choose("/没有这个文件夹");
    window.click("更改…");
    window.click("导出 1 个文件");
    assert!(window.has_text("1 个没有写出"));
    assert!(window.has_text("表中内容没有改动"));
}

#[test]
fn a_workbook_and_a_document_are_made_of_the_form() {
    let mut window = Window::with_sample();
    window.keys(Modifiers::COMMAND, Key::E);
    window.click("PDF 正式表");
    window.click("Excel 正式表");
    window.click("Word 正式表");
    window.click("导出 2 个文件");
    assert!(window.has("已导出 2 个文件"));
    for ending in ["xlsx", "docx"] {
        let path = format!("/docs/{}.{ending}", window.project().name());
        let content = window.fs.content(&path).expect("a file");
        assert!(content.starts_with(b"PK"), "{ending} is a package");
    }
}

/// The form of the sample as a workbook beside it; its path.
fn exported_workbook(window: &mut Window) -> String {
    window.keys(Modifiers::COMMAND, Key::E);
    window.click("PDF 正式表");
    window.click("Excel 正式表");
    window.click("导出 1 个文件");
    window.click("完成");
    format!("/docs/{}.xlsx", window.project().name())
}

#[test]
fn a_template_is_filled_in_and_saved_under_another_name() {
    let mut window = Window::with_sample();
    let template = exported_workbook(&mut window);
    let before = window.fs.content(&template).expect("a template");
    command(&mut window, C::FillTemplate);
    window.will_choose(&template);
    window.click("选择文件…");
    window.click("填写");
    assert!(window.has_text("：填写 "), "how much was filled in is told");
    // Never over the template, whatever the person says.
    window.will_choose(&template);
    window.click("保存…");
    assert!(window.has_text("这个文件正是原表"));
    window.will_choose("/docs/报送/已填");
    window.fs.put("/docs/报送/说明.txt", "");
    window.click("保存…");
    let proposed = window.requests().pop().expect("a dialog for files").name;
    assert!(proposed.ends_with("（已填）.xlsx"), "{proposed}");
    assert!(window.has("填好的表已保存"));
    assert!(window.fs.content("/docs/报送/已填.xlsx").is_some());
    assert_eq!(window.fs.content(&template), Some(before));
    window.click("打开文件");
    let opened = window.opened_with_system();
    assert_eq!(opened, [PathBuf::from("/docs/报送/已填.xlsx")]);
}

#[test]
fn a_result_that_was_not_saved_is_still_there_and_says_when_it_is_old() {
    let mut window = Window::with_sample();
    let template = exported_workbook(&mut window);
    command(&mut window, C::FillTemplate);
    drop_file(&mut window, &template);
    window.click("填写");
    window.key(Key::Escape);
    command(&mut window, C::FillTemplate);
    assert!(window.has("保存…"), "the result is still there");
    window.key(Key::Escape);
    command(&mut window, C::DuplicateProject);
    command(&mut window, C::FillTemplate);
    window.click("重新填写");
    assert!(window.has("保存…"), "it is filled in anew");
    assert!(!window.has("重新填写"));
}

/// A workbook with this text, a row a line and a cell between tabs.
fn workbook(text: &str) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, line) in (0..).zip(text.lines()) {
        for (column, cell) in (0..).zip(line.split('\t')) {
            if !cell.is_empty() {
                sheet.write_string(row, column, cell).expect("a cell");
            }
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

#[test]
fn what_found_no_place_leads_to_its_field() {
    let mut window = Window::new();
    window.run();
    read_pasted(&mut window, FORM);
    window.click("导入 1 个项目");
    let template = workbook(&FORM.replace("主管部门\t市文化局\t", ""));
    window.fs.put("/docs/原表.xlsx", template);
    command(&mut window, C::FillTemplate);
    drop_file(&mut window, "/docs/原表.xlsx");
    window.click("填写");
    assert!(window.has_text("处没有填进去"));
    let mut lines = window.harness.query_all_by_label_contains("市文化局");
    let line = lines.find(|node| node.accesskit_node().role() == Role::Button);
    line.expect("the value is listed").click();
    drop(lines);
    window.run();
    let place = window.cell().expect("a cell").place;
    assert_eq!(place, Place::Header(header::DEPARTMENT.into()));
    command(&mut window, C::FillTemplate);
    assert!(window.has("保存…"), "the result is still there");
}

#[test]
fn a_file_without_a_form_is_refused_in_words() {
    let mut window = Window::with_sample();
    window.fs.put("/docs/通知.docx", "not a document");
    command(&mut window, C::FillTemplate);
    drop_file(&mut window, "/docs/通知.docx");
    window.click("填写");
    assert!(
        window.has("填写") && window.has("更换…"),
        "another can be chosen"
    );
    assert!(!window.has("保存…"));
    window.click("取消");
    assert!(!window.has("更换…"));
}

#[test]
fn the_open_document_is_summed_up() {
    let mut window = with_two_projects();
    command(&mut window, C::SumUp);
    window.will_choose("/docs/汇总");
    window.click("保存…");
    assert!(window.has("汇总表已保存"));
    let content = window.fs.content("/docs/汇总.xlsx").expect("a workbook");
    assert!(content.starts_with(b"PK"));
    window.key(Key::Enter);
    assert!(!window.has("汇总表已保存"));
}

#[test]
fn files_and_folders_are_summed_up_and_the_unreadable_told() {
    let fs = SimulatedFs::new();
    let sample = include_bytes!("../../../assets/samples/shenzhen-2020-filed.jiping");
    fs.put(SAMPLE, sample);
    fs.put("/年报/甲.jiping", sample);
    fs.put("/年报/乙.jiping", sample);
    fs.put("/年报/坏.jiping", "{");
    let mut window = Window::on(fs, Setup::default());
    window.run();
    command(&mut window, C::SumUp);
    window.will_choose("/年报");
    window.click("添加文件夹…");
    drop_file(&mut window, "/年报/甲.jiping");
    window.click("PDF");
    window.click("读取并汇总");
    let said = window.harness.query_all_by_label_contains("读取了");
    let said: Vec<_> = said.filter_map(|node| node.value()).collect();
    assert_eq!(said, ["读取了 3 个文件，共 2 个项目。"]);
    assert!(window.has("有 1 处请看一下："));
    window.will_choose("/年报/汇总.pdf");
    window.click("保存…");
    assert!(is_pdf(&window, "/年报/汇总.pdf"));
}

#[test]
fn the_dialogs_are_looked_at() {
    for (size, scale, name) in [
        (Vec2::new(1024.0, 700.0), 1.0, "small"),
        (Vec2::new(683.0, 512.0), 1.5, "large-letters"),
    ] {
        for (theme, colours) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
            let mut window = Window::with(Setup {
                size,
                scale,
                theme,
                pictures: true,
            });
            window.open(SAMPLE);
            command(&mut window, C::DuplicateProject);
            look(&mut window, &format!("{name}-{colours}"));
        }
    }
}

fn look(window: &mut Window, name: &str) {
    window.keys(Modifiers::COMMAND, Key::E);
    window.picture(&format!("export-{name}"));
    window.click("选择项目");
    window.picture(&format!("export-some-{name}"));
    window.click("全部 2 个项目");
    window.click("Excel 正式表");
    window.click("导出 4 个文件");
    window.picture(&format!("export-done-{name}"));
    window.click("再导出…");
    window.click("导出 4 个文件");
    window.picture(&format!("export-taken-{name}"));
    window.click("返回");
    window.key(Key::Escape);
    command(window, C::FillTemplate);
    window.picture(&format!("fill-{name}"));
    let template = format!("/docs/1 {}.xlsx", window.project().name());
    drop_file(window, &template);
    window.click("填写");
    window.picture(&format!("fill-done-{name}"));
    window.click("取消");
    command(window, C::SumUp);
    window.picture(&format!("summary-{name}"));
    window.click("其他文件和文件夹");
    drop_file(window, SAMPLE);
    window.picture(&format!("summary-files-{name}"));
    window.click("读取并汇总");
    window.picture(&format!("summary-read-{name}"));
    window.click("返回");
    window.click("取消");
}
