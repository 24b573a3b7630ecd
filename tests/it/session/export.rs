//! Exports of an open document in a world in memory: what files are called, what is never written over, and what becomes of
//! the others when one fails.

use std::{
    path::PathBuf,
    sync::{
        LazyLock, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use jiping::{
    model::project::Project,
    session::{
        export::{End, ExportOrder, Made, Progress, Request, What, run::Onlooker},
        print::Copy,
    },
    sheet::{fonts::Face, layout::Typesetter},
    store::simulated::{Damage, Fault, Operation},
};

use super::*;

static TYPESETTER: LazyLock<Typesetter> = LazyLock::new(Typesetter::new);

const WORKBOOK: What = What::Workbook {
    copy: Copy::Official,
    formulas: false,
};
const WORD: What = What::Word(Copy::Official);

fn request(what: &[What], pattern: &str) -> Request {
    Request {
        projects: Vec::new(),
        what: what.to_vec(),
        folder: "/项目".into(),
        pattern: pattern.into(),
        face: Face::Bundled,
        overwrites: false,
    }
}

/// A document with blank projects of these names, and the disk it lies on.
fn document(names: &[&str]) -> (SimulatedFs, Session) {
    let fs = disk();
    let mut session = open(&fs);
    let edition = session
        .document()
        .projects
        .first()
        .and_then(|project| session.editions().of(project))
        .expect("built in");
    let clock = Arc::new(FixedClock::new(noon()));
    let others = Environment::for_tests(&fs, clock, 0xE000_0000_0000_0000);
    for name in names {
        let project = Project::blank(&edition, &mut &others);
        let at = project.at(Place::Header(header::PROJECT_NAME.into()));
        let index = session.document().projects.len();
        let project = Arc::new(project);
        let insert = EditCommand::InsertProject { index, project };
        session.edit(&insert).expect("inserted");
        let text = (*name).into();
        session
            .edit(&EditCommand::SetCell { at, text })
            .expect("named");
    }
    let first = session.document().projects.first().expect("the sample").id;
    session
        .edit(&EditCommand::RemoveProject { project: first })
        .expect("removed");
    (fs, session)
}

fn order(session: &mut Session, what: &[What], pattern: &str) -> ExportOrder {
    session
        .export_order(&request(what, pattern))
        .expect("an order")
}

fn run(fs: &SimulatedFs, order: &ExportOrder) -> Vec<Made> {
    order.run(&world(fs), &TYPESETTER, &Progress::default())
}

/// The names of files without their folder.
fn names(paths: &[PathBuf]) -> Vec<String> {
    let name = |path: &PathBuf| path.file_name().expect("a name").display().to_string();
    paths.iter().map(name).collect()
}

fn is_written(made: &Made) -> bool {
    matches!(made.end, End::Written { .. })
}

fn problem(made: &Made) -> &str {
    match &made.end {
        End::Failed(problem) => problem,
        other => panic!("{other:?}"),
    }
}

#[test]
fn names_are_known_before_anything_is_made() {
    let (fs, mut session) = document(&["甲/一", "乙", "乙"]);
    let of = |session: &mut Session, what: &[What], pattern| {
        names(&order(session, what, pattern).planned())
    };
    let what = [WORKBOOK, WORD];
    assert_eq!(
        of(&mut session, &what, "{n} {name}"),
        [
            "1 甲_一.xlsx",
            "1 甲_一.docx",
            "2 乙.xlsx",
            "2 乙.docx",
            "3 乙.xlsx",
            "3 乙.docx"
        ]
    );
    assert_eq!(
        of(&mut session, &[WORD], "{name}"),
        ["甲_一.docx", "乙.docx", "乙 (2).docx"]
    );
    assert_eq!(of(&mut session, &what, "全部"), ["全部.xlsx", "全部.docx"]);
    let fill = What::Fill("/下发/空白表.XLS".into());
    assert_eq!(
        of(&mut session, std::slice::from_ref(&fill), "填"),
        ["填.xlsx"]
    );
    assert_eq!(
        of(&mut session, &[WORKBOOK, fill], "全部"),
        ["全部.xlsx", "全部（原表）.xlsx"]
    );
    assert_eq!(
        of(&mut session, &[What::Summary, What::Report], "{name}"),
        ["项目支出绩效自评汇总表.xlsx", "项目支出绩效自评报告.docx"]
    );
    assert!(
        fs.names("/项目")
            .iter()
            .all(|name| name.ends_with(".jiping"))
    );
}

#[test]
fn a_pattern_that_makes_no_sense_is_told_at_once() {
    let (_, mut session) = document(&["甲"]);
    let mut told = |what: What, pattern| {
        let order = session.export_order(&request(&[what], pattern));
        order.expect_err("no sense")
    };
    assert!(told(WORD, "{项目}").contains("不认识文件名中的“{项目}”"));
    assert!(told(WORD, "第{page}页").contains("只有图片"));
}

#[test]
fn chosen_projects_come_in_the_order_asked_for_and_those_without_edition_are_told() {
    let (_, mut session) = document(&["甲", "乙", "丙"]);
    let projects = &session.document().projects;
    let ids: Vec<_> = projects.iter().map(|project| project.id).collect();
    let chosen = Request {
        projects: vec![ids[2], ids[0]],
        ..request(&[WORD], "{name}")
    };
    let order = session.export_order(&chosen).expect("an order");
    assert_eq!(names(&order.planned()), ["丙.docx", "甲.docx"]);
    assert_eq!(order.left_out(), [] as [&str; 0]);

    let fs = SimulatedFs::new();
    let text = String::from_utf8(FILED.to_vec()).expect("UTF-8");
    fs.put(FILE, text.replace("\"shenzhen-2020\"", "\"nirgends-1999\""));
    let mut session = open(&fs);
    let order = self::order(&mut session, &[WORD], "{name}");
    assert!(order.is_empty());
    assert!(order.left_out()[0].contains("缺少表样"));
}

#[test]
fn what_is_there_is_known_before_and_stays_until_the_person_agrees() {
    let (fs, mut session) = document(&["甲", "乙"]);
    fs.put("/项目/甲.docx", "早已有的内容");
    let order = order(&mut session, &[WORD], "{name}");
    let taken = order.taken(&world(&fs)).expect("nothing in the way");
    assert_eq!(taken, [PathBuf::from("/项目/甲.docx")]);

    let made = run(&fs, &order);
    assert_eq!(made[0].end, End::Taken);
    assert!(is_written(&made[1]));
    assert_eq!(
        fs.content("/项目/甲.docx").as_deref(),
        Some("早已有的内容".as_bytes())
    );

    let made = run(&fs, &order.overwriting());
    assert!(made.iter().all(is_written), "{made:?}");
    assert!(
        fs.content("/项目/甲.docx")
            .is_some_and(|bytes| bytes.starts_with(b"PK"))
    );
}

#[test]
fn a_source_is_never_written_over_whatever_its_name() {
    // The template lies under the very name that the filled one would get.
    let (fs, mut session) = document(&["甲"]);
    fs.put("/项目/甲.xlsx", "原表");
    fs.link("/项目/链接.xlsx", "/项目/甲.xlsx");
    for template in ["/项目/甲.xlsx", "/项目/链接.xlsx"] {
        let what = [What::Fill(template.into()), WORKBOOK];
        let order = order(&mut session, &what[1..], "甲");
        assert!(order.taken(&world(&fs)).is_ok());
        let order = self::order(&mut session, &what, "{name}").overwriting();
        let told = order.taken(&world(&fs)).expect_err("a source");
        assert!(told.contains("正是要导出的源文件"), "{told}");
        let made = run(&fs, &order);
        let workbook = made.iter().find(|made| made.what == "Excel");
        let told = problem(workbook.expect("asked for"));
        assert!(told.contains("正是要导出的源文件"), "{told}");
        assert_eq!(
            fs.content("/项目/甲.xlsx").as_deref(),
            Some("原表".as_bytes())
        );
    }
}

#[test]
fn one_file_that_cannot_be_replaced_does_not_keep_the_others() {
    let (fs, mut session) = document(&["甲", "乙", "丙"]);
    fs.put("/项目/乙.docx", "只读的");
    fs.set_read_only("/项目/乙.docx", true);
    let order = order(&mut session, &[WORD], "{name}").overwriting();
    let made = run(&fs, &order);
    assert!(is_written(&made[0]) && is_written(&made[2]));
    let told = problem(&made[1]);
    assert!(
        told.contains("文件是只读的，没有覆盖它，表中内容没有改动"),
        "{told}"
    );
    assert!(told.ends_with("文件：/项目/乙.docx"), "{told}");
}

#[test]
fn a_disk_that_takes_nothing_stops_all_and_leaves_nothing_behind() {
    for (on, damage, said) in [
        (Operation::Write, Damage::NoSpace, "磁盘空间不足"),
        (Operation::CreateNew, Damage::Denied, "有写入权限的文件夹"),
    ] {
        let all: Vec<String> = (1..=30).map(|number| format!("项目{number}")).collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let (fs, mut session) = document(&all);
        let order = order(&mut session, &[WORD], "{name}");
        fs.inject(Fault {
            on: Some(on),
            from: 1,
            times: u64::MAX,
            damage,
        });
        let made = run(&fs, &order);
        assert_eq!(made.len(), 30);
        let (failed, stopped): (Vec<&Made>, Vec<&Made>) =
            made.iter().partition(|made| made.end != End::Stopped);
        assert!(problem(failed[0]).contains(said), "{}", problem(failed[0]));
        assert!(problem(failed[0]).contains("没有生成文件，表中内容没有改动"));
        assert!(failed.iter().all(|made| !problem(made).is_empty()));
        // Those that other threads had begun meanwhile are told to have failed, too.
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        assert!(stopped.len() >= 30_usize.saturating_sub(threads));
        fs.heal();
        assert!(
            fs.names("/项目")
                .iter()
                .all(|name| name.ends_with(".jiping"))
        );
    }
}

/// Stops as soon as the first file is begun, and notes what it is told.
#[derive(Default)]
struct Impatient {
    stopped: AtomicBool,
    begun: Mutex<Vec<(usize, usize)>>,
}

impl Onlooker for Impatient {
    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }

    fn begun(&self, done: usize, all: usize, _: &Path) {
        self.stopped.store(true, Ordering::SeqCst);
        self.begun.lock().expect("whole").push((done, all));
    }
}

#[test]
fn an_export_that_is_given_up_ends_between_files() {
    let (fs, mut session) = document(&["甲", "乙", "丙", "丁"]);
    let order = order(&mut session, &[WORD, WORKBOOK], "{name}");
    let none = Progress::default();
    none.stop();
    let made = order.run(&world(&fs), &TYPESETTER, &none);
    assert!(made.iter().all(|made| made.end == End::Cancelled));

    let impatient = Impatient::default();
    let made = order.run(&world(&fs), &TYPESETTER, &impatient);
    assert_eq!(made.len(), 8);
    let begun = impatient.begun.lock().expect("whole").clone();
    assert!(begun.iter().all(|(done, all)| *all == 8 && *done < 8));
    assert_eq!(
        made.iter().filter(|made| is_written(made)).count(),
        begun.len()
    );
    for one in &made {
        let is_there = fs.content(&one.path).is_some();
        assert_eq!(is_there, is_written(one), "{one:?}");
        assert!(is_there || one.end == End::Cancelled);
    }
}

#[test]
fn progress_tells_how_many_files_there_are_and_which_one_it_is_at() {
    let (fs, mut session) = document(&["甲", "乙", "丙"]);
    let order = order(&mut session, &[WORD], "{n}-{name}");
    let progress = Progress::default();
    assert!(
        order
            .run(&world(&fs), &TYPESETTER, &progress)
            .iter()
            .all(is_written)
    );
    let moment = progress.now();
    assert_eq!(moment.files, 3);
    assert!(moment.file < 3 && moment.share() < 1.0);
    assert!(["1-甲.docx", "2-乙.docx", "3-丙.docx"].contains(&&*moment.name));
}

#[test]
fn each_kind_of_file_says_how_much_it_is() {
    let fs = disk();
    let mut session = open(&fs);
    let what = [What::Pdf(Copy::Official), WORKBOOK, WORD];
    let made = run(&fs, &order(&mut session, &what, "自评表"));
    let told: Vec<(&str, &str)> = made
        .iter()
        .map(|made| match &made.end {
            End::Written { size, .. } => (made.what, &**size),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(told[1..], [("Excel", "1 个项目"), ("Word", "1 个项目")]);
    assert!(told[0].0 == "PDF" && told[0].1.ends_with(" 页"), "{told:?}");
    for (made, begins) in made.iter().zip([&b"%PDF-"[..], b"PK", b"PK"]) {
        let bytes = fs.content(&made.path).expect("written");
        assert!(bytes.starts_with(begins), "{:?}", made.path);
    }
}
