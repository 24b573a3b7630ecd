//! The editions of an open file: its own, the user's, the program's; and none.

use std::{ffi::OsStr, sync::Arc};

use jiping::{
    model::{
        edition::Edition,
        project::{EditionRef, header},
    },
    session::{environment::Clock, form_edition, progress::Progress},
    store::{Fs as _, editions::EditionShelf},
};

use super::*;

/// An edition that the program does not have.
fn own_text() -> String {
    include_str!("../../../assets/editions/chongqing-2022.json").replacen(
        "chongqing-2022",
        "chongqing-own",
        1,
    )
}

fn own() -> Arc<Edition> {
    Arc::new(serde_json::from_str(&own_text()).expect("an edition"))
}

/// Puts the first project on another edition of the form.
fn put_on(session: &mut Session, edition: EditionRef) {
    let project = session.document().projects.first().expect("a project").id;
    let command = EditCommand::SetEdition { project, edition };
    assert_eq!(session.edit(&command), Ok(true));
}

#[test]
fn a_project_whose_edition_is_missing_is_kept_shown_and_reported_but_not_checked() {
    let fs = disk();
    let mut session = open(&fs);
    put_on(&mut session, own().reference());
    session.save().expect("saved");

    let mut session = open(&fs);
    let notes = session.notes();
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(
        notes[0].contains("缺少表样“") && notes[0].contains("不能校验"),
        "{notes:?}"
    );
    let found = &session.findings()[0];
    assert!(!found.is_checked());
    assert!(found.findings.is_empty());
    let verdict = session.verdict();
    assert!(!verdict.is_ready());
    assert_eq!(verdict.to_string(), "有 1 个项目缺少表样，未校验");
    rename(&mut session, "照样可以修改");
    session.save().expect("saved");
    assert_eq!(name(&open(&fs)), "照样可以修改");
}

#[test]
fn an_edition_put_into_the_document_is_used_at_once_and_taken_back_by_undo() {
    let fs = disk();
    let mut session = open(&fs);
    let edition = own();
    put_on(&mut session, edition.reference());
    assert_eq!(session.verdict().unchecked, 1);
    assert_eq!(
        session.edit(&EditCommand::EmbedEdition { edition }),
        Ok(true)
    );
    assert_eq!(session.verdict().unchecked, 0);
    assert!(session.notes().is_empty());
    session.undo();
    assert_eq!(session.verdict().unchecked, 1);
    session.redo();
    session.save().expect("saved");
    assert_eq!(open(&fs).verdict().unchecked, 0, "it travels with the file");
}

#[test]
fn a_changed_edition_is_used_and_reported() {
    let fs = disk();
    let mut session = open(&fs);
    let mut reference = session
        .document()
        .projects
        .first()
        .expect("a project")
        .edition
        .clone();
    reference.hash = "0000000000000000".into();
    put_on(&mut session, reference);
    assert_eq!(session.verdict().unchecked, 0);
    let notes = session.notes();
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(notes[0].contains("内容不同"), "{notes:?}");
}

#[test]
fn editions_of_the_users_own_are_at_hand_and_travel_with_new_documents() {
    let fs = SimulatedFs::new();
    fs.put("/data/editions/重庆.json", own_text());
    fs.put("/data/editions/坏的.json", "{");
    fs.put("/data/editions/说明.txt", "not an edition");
    let world = world(&fs);
    assert_eq!(world.problems().len(), 1, "{:?}", world.problems());
    assert!(
        world.problems()[0].contains("坏的.json"),
        "{:?}",
        world.problems()
    );
    let built_in = EditionShelf::built_in().list().len();
    assert_eq!(world.editions().list().len(), built_in + 1);

    let found = world
        .editions()
        .get(&own().reference())
        .expect("the user's");
    assert!(found.exact);
    let session = Session::new(world, &found.edition);
    assert_eq!(session.document().editions, [found.edition]);
}

#[test]
fn the_clock_can_be_fixed_in_seconds_since_1970() {
    let fixed = |value| FixedClock::from_epoch(OsStr::new(value));
    let clock = fixed("1614600000").expect("a number");
    assert_eq!(clock.now().to_string(), "2021-03-01T12:00:00+00:00[UTC]");
    assert!(fixed("yesterday").is_none());
    assert!(fixed("").is_none());
}

/// The shipped edition of the sample with another caption, under the same id.
fn other_shenzhen() -> Arc<Edition> {
    let shelf = EditionShelf::built_in();
    let mut all = shelf.list().iter();
    let found = all.find(|known| known.edition.id == "shenzhen-2020");
    let mut edition = Edition::clone(&found.expect("shipped").edition);
    edition.header[0].caption = "项目".into();
    Arc::new(edition)
}

#[test]
fn a_known_edition_with_another_content_is_told_with_what_differs_and_which_counts() {
    let fs = disk();
    let mut session = open(&fs);
    assert!(session.editions().conflicts().is_empty());
    let edition = other_shenzhen();
    let command = EditCommand::EmbedEdition {
        edition: Arc::clone(&edition),
    };
    session.edit(&command).expect("embedded");
    let notes = session.notes();
    assert_eq!(notes.len(), 1, "{notes:?}");
    let told = "文件自带的与程序自带的内容不同（表头“项目名称”改称“项目”）";
    assert!(notes[0].contains(told), "{notes:?}");
    let project = session
        .document()
        .projects
        .first()
        .expect("a project")
        .clone();
    let counts = session.editions().of(&project).expect("at hand");
    assert_eq!(
        counts.header[0].caption, "项目名称",
        "the one it was filled in on"
    );
}

#[test]
fn an_own_edition_is_put_replaced_and_removed_and_travels_where_it_is_used() {
    let fs = disk();
    let mut session = open(&fs);
    let world = world(&fs);
    let mut edition = Edition::clone(&other_shenzhen());
    edition.id = "own-1".into();
    let first = Arc::new(edition.clone());
    world.put_edition(&first).expect("kept");
    edition.name = "某市表".into();
    let second = Arc::new(edition);
    world.put_edition(&second).expect("kept in its place");
    let files = fs.list("/data/editions".as_ref()).expect("a folder");
    assert_eq!(files.len(), 1, "{files:?}");
    assert_eq!(
        world.editions().user("own-1").expect("at hand").edition,
        second
    );

    let mut broken = Edition::clone(&second);
    broken.name.clear();
    assert!(world.put_edition(&Arc::new(broken)).is_err());
    assert_eq!(
        world.editions().user("own-1").expect("as before").edition,
        second
    );

    put_on(&mut session, second.reference());
    assert!(
        !session.embed_editions().expect("nothing to do"),
        "not at hand in this session"
    );
    session.save().expect("saved");
    let mut session = Session::open(Arc::clone(&world), Path::new(FILE)).expect("opens");
    assert_eq!(session.embed_editions(), Ok(true));
    assert_eq!(session.embed_editions(), Ok(false), "once");
    assert_eq!(session.document().editions, [second]);
    world.remove_edition("own-1").expect("removed");
    assert!(world.editions().user("own-1").is_none());
    session.renew_editions();
    assert_eq!(session.verdict().unchecked, 0, "the document has it");
}

/// A plain form as text: its captions become the edition, with keys that the program knows where it knows them.
#[test]
fn an_office_s_own_form_becomes_an_edition() {
    let form = "某区财政支出绩效自评表\t\t\t\t\t\t\t\n\
        项目名称\t\t\t主管单位\t\t实施单位\t\t\n\
        项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n\
        \t年度资金总额\t\t\t\t10\t\t\n\
        年度总体目标\t预期目标\t\t\t实际完成情况\t\t\t\n\
        一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施\n\
        产出指标\t数量指标\t\t\t\t\t\t\n\
        \t质量指标\t\t\t\t\t\t\n\
        效益指标\t社会效益指标\t\t\t\t\t\t\n\
        满意度指标\t服务对象满意度指标\t\t\t\t\t\t\n\
        总分\t\t\t\t\t100\t\t\n";
    let fs = disk();
    fs.put("/来件/某区空白表.txt", form);
    fs.put("/来件/通知.txt", "请于三月底前报送");
    let world = world(&fs);
    let read = |path: &str| {
        let progress = Progress::default();
        form_edition::edition_of(&world, &world.editions(), Path::new(path), &progress)
    };
    let made = read("/来件/某区空白表.txt").expect("an edition");
    let edition = made.edition;
    assert_eq!(edition.problems(), [""; 0]);
    assert_eq!(edition.name, "某区空白表");
    assert_eq!(edition.title, "某区财政支出绩效自评表");
    let levels: Vec<_> = edition
        .indicators
        .levels
        .iter()
        .map(|level| level.name.as_str())
        .collect();
    assert_eq!(levels, ["产出指标", "效益指标", "满意度指标"]);
    assert!(edition.fund_column_named("executed").is_some());
    assert!(!edition.gaps.is_empty(), "what was not read is told");
    assert!(
        read("/来件/通知.txt")
            .expect_err("no form")
            .contains("没有在文件中找到自评表")
    );
    assert!(read("/来件/没有.xlsx").is_err());
    for (head, title) in [
        ("某区自评表\n（    年度）", "某区自评表（{year}年度）"),
        ("某区自评表\n（20  年度）", "某区自评表（{year}年度）"),
        ("某区自评表（    年度）", "某区自评表（{year}年度）"),
        ("某区____年度自评表", "某区{year}年度自评表"),
    ] {
        fs.put(
            "/来件/留空.txt",
            form.replace("某区财政支出绩效自评表", head),
        );
        let edition = read("/来件/留空.txt").expect("an edition").edition;
        assert_eq!(edition.title, title, "{head}");
        let year = edition
            .header
            .iter()
            .find(|field| field.key == header::YEAR);
        assert!(year.is_some(), "{head}: the year has a field");
    }
}
