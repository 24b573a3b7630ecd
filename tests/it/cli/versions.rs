//! `versions`: what was kept is listed, and one of it is taken out.

use std::sync::Arc;

use jiping::{
    edit::command::EditCommand,
    model::{path::Place, project::header},
    session::{environment::Environment, saving::SaveEnd, session::Session},
    store::Folders,
};

use super::{Desk, FILED};

/// Saves the filed sample twice, each time under another name of the project.
fn save_twice(desk: &Desk) {
    let folders = Folders::at(desk.folder.path().join("data"));
    let environment = Arc::new(Environment::real().with_folders(folders));
    let path = desk.folder.path().join(FILED);
    let mut session = Session::open(environment, &path).expect("opens");
    for name in ["第一次", "第二次"] {
        let project = session.document().projects.first().expect("a project");
        let command = EditCommand::SetCell {
            at: project.at(Place::Header(header::PROJECT_NAME.into())),
            text: name.into(),
        };
        assert_eq!(session.edit(&command), Ok(true));
        assert!(matches!(session.save(), Ok(SaveEnd::Saved(_))));
    }
}

#[test]
fn versions_are_listed_and_taken_out() {
    let desk = Desk::new();
    let none = desk.expect(1, &["versions", FILED]);
    assert!(none.out.contains("还没有历史版本"), "{}", none.out);
    save_twice(&desk);

    let list = desk.json(0, &["versions", FILED, "--format", "json"]);
    let list = list.as_array().expect("a list");
    assert_eq!(list.len(), 2);
    assert_eq!(list[0]["number"], 1);
    assert_eq!(list[0]["usable"], true);
    assert_eq!(list[0]["difference"], "此后：1 个项目有改动，共 1 处");
    let text = desk.expect(0, &["versions", FILED]).out;
    assert!(text.contains("共 2 个版本"), "{text}");

    desk.expect(
        0,
        &["versions", FILED, "--restore", "1", "-o", "取出.jiping"],
    );
    assert!(desk.content("取出.jiping").contains("第一次"));
    desk.expect(
        2,
        &["versions", FILED, "--restore", "1", "-o", "取出.jiping"],
    );
    desk.expect(
        2,
        &["versions", FILED, "--restore", "9", "-o", "别的.jiping"],
    );
}

#[test]
fn a_file_that_was_cut_or_renamed_still_has_its_versions() {
    let desk = Desk::new();
    save_twice(&desk);
    let whole = desk.content(FILED);
    desk.put(FILED, &whole[..whole.floor_char_boundary(whole.len() / 2)]);
    let list = desk.json(0, &["versions", FILED, "--format", "json"]);
    assert_eq!(list.as_array().map(Vec::len), Some(2));
    desk.put("改名后.jiping", &whole);
    let list = desk.json(0, &["versions", "改名后.jiping", "--format", "json"]);
    assert_eq!(list.as_array().map(Vec::len), Some(2));
    let was = list[0]["was"].as_str().expect("where it was");
    assert!(was.ends_with(FILED), "{was}");
}
