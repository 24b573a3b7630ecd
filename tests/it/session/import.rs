//! Files, folders and pasted text, read for an import in a world in memory.

use jiping::{
    exchange::{
        recognise::Wishes,
        report::Fate,
        step::{self, Take},
    },
    session::import::{self, Gathered, Progress, Source},
};

use super::*;

const FORM: &str = "项目支出绩效自评表\n\
    项目名称,送戏下乡,主管部门,文旅局,实施单位,文化馆\n\
    一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分\n\
    产出指标,数量指标,演出场次,20场,20场,50,50\n\
    效益指标,社会效益指标,群众参与程度,较高,较高,40,40\n";

fn world(files: &[(&str, &[u8])]) -> Arc<Environment> {
    let fs = SimulatedFs::new();
    for (path, bytes) in files {
        fs.put(path, *bytes);
    }
    let clock = Arc::new(FixedClock::new(noon()));
    Arc::new(Environment::for_tests(&fs, clock, 1))
}

fn read(environment: &Environment, paths: &[&str]) -> Gathered {
    let paths = paths.iter().map(Into::into).collect();
    import::gather(environment, &Source::Paths(paths), &Progress::default())
}

fn names(gathered: &Gathered) -> Vec<&str> {
    gathered.files.iter().map(|file| &*file.name).collect()
}

#[test]
fn a_folder_is_read_in_the_order_of_names_without_what_office_leaves_behind() {
    let form = FORM.as_bytes();
    let environment = world(&[
        ("/送来/乙.csv", form),
        ("/送来/一.csv", form),
        ("/送来/~$乙.csv", b"lock"),
        ("/送来/.隐藏.csv", form),
        ("/送来/照片.heic", b"picture"),
    ]);
    let gathered = read(&environment, &["/送来"]);
    assert_eq!(names(&gathered), ["一.csv", "乙.csv"]);
    assert!(gathered.refused.is_empty());
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_others_are_read() {
    let environment = world(&[
        ("/坏.xlsx", b"PK\x03\x04 broken"),
        ("/好.csv", FORM.as_bytes()),
    ]);
    let gathered = read(&environment, &["/坏.xlsx", "/没有.xlsx", "/好.csv"]);
    let recognised = import::recognise(
        &environment,
        &environment.editions(),
        &gathered,
        &Wishes::default(),
    );
    assert_eq!(recognised.forms.len(), 1);
    let report = gathered.report(&recognised);
    let refused: Vec<_> = report.of(Fate::Refused).map(|entry| &*entry.text).collect();
    assert_eq!(refused, ["坏.xlsx", "没有.xlsx"]);
    assert_eq!(report.exit_code(), 2);
}

#[test]
fn a_file_is_not_read_past_the_limit_of_its_size() {
    let large = vec![b'x'; (20 << 20) + 1];
    let environment = world(&[("/大.csv", &large)]);
    let gathered = read(&environment, &["/大.csv"]);
    let (_, why) = gathered.refused.first().expect("refused");
    assert!(why.contains("20 MB"), "{why}");
}

#[test]
fn a_reading_that_was_given_up_reads_nothing_more() {
    let environment = world(&[("/甲.csv", FORM.as_bytes()), ("/乙.csv", FORM.as_bytes())]);
    let progress = Progress::default();
    progress.stop();
    let paths = vec!["/甲.csv".into(), "/乙.csv".into()];
    let gathered = import::gather(&environment, &Source::Paths(paths), &progress);
    assert!(gathered.files.is_empty());
}

#[test]
fn an_import_is_one_step_and_leaves_the_document_alone_where_it_is_refused() {
    let environment = world(&[]);
    let mut session = Session::of_bytes(Arc::clone(&environment), FILED).expect("the sample");
    let source = Source::Text(FORM.replace(',', "\t"));
    let gathered = import::gather(&environment, &source, &Progress::default());
    let shelf = session.editions().shelf().clone();
    let recognised = import::recognise(&environment, &shelf, &gathered, &Wishes::default());
    let taking = step::proposed(session.document(), &recognised);
    assert_eq!(taking, [Take::New]);
    let before = Arc::clone(session.document());
    let taken = import::take(&mut session, &gathered, &recognised, &taking, None);
    let taken = taken.expect("a step");
    assert_eq!(session.document().projects.len(), 2);
    let project = session.document().project(taken.first.expect("a project"));
    assert_eq!(project.expect("it is there").name(), "送戏下乡");
    session.undo();
    assert_eq!(*session.document(), before);
    // A project that is not there cannot be replaced.
    let gone = Take::Replace(jiping::model::id::Id::from_bits(77));
    import::take(&mut session, &gathered, &recognised, &[gone], None).expect_err("refused");
    assert_eq!(*session.document(), before);
}
