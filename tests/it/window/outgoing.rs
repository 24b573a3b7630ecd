//! 报送材料包, 公开版 and 脱敏副本 in the window, and a parcel that comes back.

use egui::{Theme, Vec2, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use jiping::{
    edit::command::{EditCommand, NewParts},
    model::{
        id::{CountedIds, Id},
        path::{GoalField, Place},
        project::Evidence,
    },
    store::format,
    ui::{action::Action, command::UiCommand as C},
};

use super::{
    setting::{SAMPLE, Setup, Window},
    start::drop_file,
};

impl Window {
    /// Puts names, a number and evidence into the shown project, and one of its files on the disk.
    pub fn put_telling(&mut self) {
        let project = self.project();
        let goal = project.goals.first().expect("a goal").id;
        let text = "由李晓华老师负责，联系人：王小明，电话13800138000";
        let at = project.at(Place::Goal(goal, GoalField::Expected));
        self.edit(EditCommand::SetCell {
            at,
            text: text.into(),
        });
        let mut ids = CountedIds(0xE000_0000_0000_0000);
        let evidence = ["签到表.pdf", "合同.pdf"].map(|file| Evidence {
            id: Id::new(&mut ids),
            indicator: None,
            title: file.trim_end_matches(".pdf").into(),
            file: file.into(),
            hash: String::new(),
            length: 0,
            unknown: Default::default(),
        });
        self.edit(EditCommand::Insert {
            project: project.id,
            parts: NewParts::Evidence(evidence.to_vec()),
            index: 0,
        });
        self.fs.put("/docs/签到表.pdf", b"%PDF-1.7 signed");
    }

    fn edit(&mut self, command: EditCommand) {
        self.harness.state_mut().send(Action::Edit(command));
        self.run();
    }

    fn call(&mut self, command: C) {
        self.harness.state_mut().send(Action::Do(command));
        self.run();
    }
}

fn telling(setup: Setup) -> Window {
    let mut window = Window::with(setup);
    window.open(SAMPLE);
    window.put_telling();
    window
}

#[test]
fn a_parcel_is_made_with_what_was_ticked_and_dropped_on_another_window() {
    let mut window = telling(Setup::default());
    window.call(C::Pack);
    assert!(
        window.has_text("找不到：合同.pdf"),
        "what is missing is told before"
    );
    window.click("佐证材料的文件（1 份，15 字节）");
    window.will_choose("/docs/报送.zip");
    window.click("保存材料包…");
    assert!(window.has_text("材料包已生成"));
    window.click("完成");
    let document = window.document();

    let mut bureau = Window::beside(&window);
    drop_file(&mut bureau, "/docs/报送.zip");
    assert!(bureau.has_text("文件与清单一致"));
    bureau.will_choose("/收到");
    bureau.click("取出佐证材料…");
    assert!(
        bureau
            .fs
            .content("/收到/佐证材料/01 科协组织建设与事业发展/签到表.pdf")
            .is_some()
    );
    bureau.click("打开其中的表");
    assert!(bureau.document().projects == document.projects);
    assert!(
        bureau
            .harness
            .state()
            .desk()
            .expect("open")
            .session
            .is_dirty(),
        "it has no file yet"
    );
}

#[test]
fn a_parcel_is_joined_with_the_open_document() {
    let mut window = telling(Setup::default());
    window.call(C::Save);
    window.call(C::Pack);
    window.will_choose("/docs/报送.zip");
    window.click("保存材料包…");
    window.click("完成");
    let goal = window.project().goals.first().expect("a goal").id;
    let at = window.project().at(Place::Goal(goal, GoalField::Expected));
    window.edit(EditCommand::SetCell {
        at,
        text: "本地改过".into(),
    });
    let before = window.document();
    drop_file(&mut window, "/docs/报送.zip");
    window.click("并入打开的文件…");
    // Nothing was changed in the parcel since: there is nothing to be taken, and nothing is lost.
    assert!(window.document() == before);
}

#[test]
fn a_zip_that_is_no_parcel_is_told_so() {
    let mut window = Window::with_sample();
    window.fs.put(
        "/docs/照片.zip",
        b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    );
    drop_file(&mut window, "/docs/照片.zip");
    assert!(window.has_text("不是报送材料包"));
}

#[test]
fn a_public_copy_waits_until_every_name_is_decided() {
    let mut window = telling(Setup::default());
    window.call(C::Publish);
    assert!(window.has("还有 2 个人名未定"));
    window.click("李晓华 保留");
    assert!(window.has("还有 1 个人名未定"));
    window.click("王小明 隐去名字");
    window.will_choose("/docs/公开.pdf");
    window.click("保存公开版…");
    assert!(window.has_text("公开版已生成"));
    assert!(
        window
            .fs
            .content("/docs/公开.pdf")
            .is_some_and(|bytes| bytes.starts_with(b"%PDF-"))
    );
}

#[test]
fn a_withheld_project_is_marked_and_left_out_and_the_mark_can_be_undone() {
    let mut window = telling(Setup::default());
    window.call(C::Withhold);
    window.type_text("涉密项目");
    window.click("标为不公开");
    assert_eq!(
        window
            .project()
            .withheld
            .as_ref()
            .map(|withheld| withheld.reason.as_str()),
        Some("涉密项目")
    );
    assert!(window.has_text("自评 · 不公开"));
    window.call(C::Publish);
    assert!(window.has_text("标为不公开（涉密项目）"));
    window.click("取消");
    window.call(C::Undo);
    assert_eq!(window.project().withheld, None);
}

#[test]
fn an_anonymous_copy_replaces_what_is_ticked() {
    let mut window = telling(Setup::default());
    window.call(C::Anonymise);
    window.click("李晓华 → 人员1");
    window
        .harness
        .get_by_role_and_label(Role::TextInput, "还要替换的词")
        .focus();
    window.run();
    window.type_text("签到");
    window.click("添加");
    assert!(window.has("签到 → 其他1"));
    window.will_choose("/docs/副本.jiping");
    window.click("保存副本…");
    assert!(window.has_text("脱敏副本已生成"));
    let bytes = window.fs.content("/docs/副本.jiping").expect("there");
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("李晓华") && !text.contains("王小明") && !text.contains("签到"));
    format::read(&bytes, &mut CountedIds(1)).expect("reads");
}

/// Pictures to look at: small windows and dark ones.
#[test]
fn dialogs_fit_small_and_dark_windows() {
    for (name, size, theme) in [
        ("dark", Vec2::new(1366.0, 768.0), Theme::Dark),
        ("small", Vec2::new(1024.0, 600.0), Theme::Light),
    ] {
        let mut window = telling(Setup {
            size,
            theme,
            pictures: true,
            ..Setup::default()
        });
        for (dialog, command) in [
            ("pack", C::Pack),
            ("publish", C::Publish),
            ("anonymise", C::Anonymise),
            ("withhold", C::Withhold),
        ] {
            window.call(command);
            window.picture(&format!("outgoing-{dialog}-{name}"));
            let button = window.get("取消").rect();
            assert!(button.bottom() < size.y, "{dialog}: {button:?}");
            window.click("取消");
        }
    }
}
