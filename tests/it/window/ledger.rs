//! 整改台账 and 佐证材料 in the window.

use egui::{Theme, Vec2};
use jiping::{
    model::path::IndicatorField,
    session::import::Source,
    store::Fs as _,
    ui::{
        action::Action,
        command::UiCommand as C,
        evidence::{EvidenceAction, Proves},
        ledger::LedgerAction,
    },
};

use super::{
    parts::{field, press},
    setting::{SAMPLE, Setup, Window},
};

pub const COMMENTS: &str = "一、年度课题数量的实际完成值没有依据，请补充合同和验收单，并说明偏差原因\n\
    二、总分计算有误\n三、全年预算数与批复的预算不一致，请核对\n四、报送的材料不全\n";

pub fn send(window: &mut Window, action: Action) {
    window.harness.state_mut().send(action);
    window.run();
}

pub fn ask(window: &mut Window, action: LedgerAction) {
    send(window, Action::Ledger(Box::new(action)));
}

pub fn register(window: &mut Window, files: &[(&str, &str)]) {
    for (path, content) in files {
        window.fs.put(path, content.as_bytes().to_vec());
    }
    let project = window.project();
    let rows: Vec<_> = project.rows().map(|view| view.indicator.id).collect();
    for ((path, _), row) in files.iter().zip(rows) {
        let proves = Proves {
            project: project.id,
            indicator: Some(row),
        };
        let action = EvidenceAction::Register(proves, vec![path.into()]);
        send(window, Action::Evidence(Box::new(action)));
    }
}

#[test]
fn pasted_comments_become_a_ledger_that_is_worked_off_in_the_table() {
    let mut window = Window::with_sample();
    send(&mut window, Action::Do(C::Ledger));
    press(&mut window, "添加审核意见…");
    ask(
        &mut window,
        LedgerAction::Read(Source::Text(COMMENTS.into())),
    );
    assert!(window.has_text("找到 4 条意见，3 条找到了单元格"));
    assert!(
        window.document().ledger.is_empty(),
        "nothing before it is looked at"
    );
    press(&mut window, "添加 4 条");
    assert_eq!(window.document().ledger.len(), 4);
    assert!(window.has_text("已整改 0 / 4"));
    field(&window, "整改情况 一").focus();
    window.run();
    window.type_text("已补充合同");
    window.run();
    let ledger = |window: &Window| window.document().ledger.first().expect("one").clone();
    assert_eq!(
        &*ledger(&window).reply,
        "已补充合同",
        "each key is in the document"
    );
    window.click("已完成 一");
    assert!(window.has_text("已整改 1 / 4"));
    assert_eq!(ledger(&window).date, "2021-03-05");
    press(&mut window, "推测正确");
    assert!(!ledger(&window).guessed);
    window.click("只看未完成");
    assert!(!window.has("已完成 一"));
    window.click("只看已完成");
    press(&mut window, "转到此处");
    let row = window.project();
    let row = row
        .rows()
        .find(|view| view.indicator.name == "年度课题数量")
        .expect("it");
    let at = window
        .project()
        .at_indicator(row.indicator, IndicatorField::Actual);
    assert_eq!(window.cell(), Some(at));
    // All of it can be taken back.
    send(&mut window, Action::Undo(9));
    assert!(window.document().ledger.is_empty());
}

#[test]
fn before_and_after_are_filled_in_from_a_version_that_was_kept() {
    let mut window = Window::with_sample();
    send(&mut window, Action::Do(C::Ledger));
    press(&mut window, "添加审核意见…");
    ask(
        &mut window,
        LedgerAction::Read(Source::Text("1. 年度课题数量的得分应为14.70\n".into())),
    );
    press(&mut window, "添加 1 条");
    let at = window
        .document()
        .ledger
        .first()
        .expect("one")
        .at
        .clone()
        .expect("found");
    let set = jiping::edit::command::EditCommand::SetCell {
        at,
        text: "14.70".into(),
    };
    send(&mut window, Action::Edit(set));
    send(&mut window, Action::Do(C::Save));
    press(&mut window, "对照旧版填修改前后…");
    assert!(window.has("选择一份旧版文件…"));
    press(&mut window, "2021-03-05 14:32:00");
    let entry = window.document().ledger.first().expect("one").clone();
    assert_eq!(&*entry.after, "14.70");
    assert_ne!(entry.before, entry.after);
}

#[test]
fn files_are_registered_dropped_from_the_register_and_told_when_they_are_gone() {
    let mut window = Window::with_sample();
    send(&mut window, Action::Do(C::Evidence));
    register(
        &mut window,
        &[
            ("/docs/佐证/合同.pdf", "contract"),
            ("/docs/佐证/签到表.xlsx", "list"),
        ],
    );
    let evidence = |window: &Window| window.project().evidence.clone();
    assert_eq!(evidence(&window).len(), 2);
    assert_eq!(
        evidence(&window).first().expect("one").file,
        "佐证/合同.pdf"
    );
    assert!(window.has_text("在 2 份"));
    window.fs.put("/docs/佐证/合同.pdf", b"CONTRACT".to_vec());
    window
        .fs
        .remove(std::path::Path::new("/docs/佐证/签到表.xlsx"))
        .expect("removed");
    press(&mut window, "重新核对");
    assert!(window.has_text("已改动 1 份 · 找不到 1 份"));
    press(&mut window, "重新登记 合同");
    assert!(window.has_text("在 1 份 · 找不到 1 份"));
    press(&mut window, "打开 合同");
    assert_eq!(
        window.opened_with_system(),
        [std::path::PathBuf::from("/docs/佐证/合同.pdf")]
    );
    window.fs.put("/归档/别名.xlsx", b"list".to_vec());
    window.will_choose("/归档");
    press(&mut window, "找回移动过的文件…");
    assert!(window.has_text("在 2 份"));
    press(&mut window, "移出登记 合同");
    assert_eq!(evidence(&window).len(), 1);
    assert!(
        window
            .fs
            .info(std::path::Path::new("/docs/佐证/合同.pdf"))
            .is_ok(),
        "the file stays"
    );
}

#[test]
fn the_feedback_table_is_made_and_written_where_the_person_says() {
    let mut window = Window::with_sample();
    send(&mut window, Action::Do(C::Ledger));
    press(&mut window, "新增一条");
    window.will_choose("/docs/反馈.xlsx");
    press(&mut window, "导出 Excel…");
    assert!(
        window
            .fs
            .content("/docs/反馈.xlsx")
            .is_some_and(|bytes| bytes.starts_with(b"PK"))
    );
}

#[test]
fn pictures() {
    for (name, theme, size) in [
        ("light", Theme::Light, Vec2::new(1366.0, 768.0)),
        ("dark", Theme::Dark, Vec2::new(1366.0, 768.0)),
        ("1024", Theme::Light, Vec2::new(1024.0, 700.0)),
    ] {
        let mut window = Window::with(Setup {
            size,
            theme,
            pictures: true,
            ..Setup::default()
        });
        window.open(SAMPLE);
        send(&mut window, Action::Do(C::Ledger));
        press(&mut window, "添加审核意见…");
        ask(
            &mut window,
            LedgerAction::Read(Source::Text(COMMENTS.into())),
        );
        window.picture(&format!("ledger-adding-{name}"));
        press(&mut window, "添加 4 条");
        window.click("已完成 二");
        window.picture(&format!("ledger-{name}"));
        press(&mut window, "关闭");
        send(&mut window, Action::Do(C::Evidence));
        register(
            &mut window,
            &[
                ("/docs/佐证/合同.pdf", "contract"),
                ("/docs/佐证/签到表.xlsx", "list"),
            ],
        );
        window.fs.put("/docs/佐证/合同.pdf", b"CONTRACT".to_vec());
        press(&mut window, "重新核对");
        window.picture(&format!("evidence-{name}"));
    }
}
