//! The person's own part of the 指标库: lists and forms on their way in, the file it is kept in, and what is handed on.

use std::path::PathBuf;

use jiping::{
    model::library::{Entry, Library},
    session::{
        library::{
            Fate, HandedOn, Offer, handed_on, offer_of_forms, offer_of_lists, offer_of_project,
            take,
        },
        progress::Progress,
        session::Session,
    },
    store::{Fs as _, library as file, simulated::SimulatedFs},
};

use super::{FILE, FILED, world};

const LIST: &str = "行业,指标分类,绩效指标名称,符号,参考值,度量单位,口径说明,数据来源\n\
    水利,数量指标,巡查河道次数,≥,12,次,按巡查记录计,巡查记录\n\
    ,,清理河道长度,大于等于,8,公里,,\n\
    ,满意度指标,沿河居民满意度（问卷）,≥,90,%,,问卷\n\
    ,数量指标,巡查堤防3次,≥,3,次,,\n\
    ,,,,,,只有口径,\n";

fn lists(files: &[(&str, &[u8])]) -> (SimulatedFs, Vec<PathBuf>) {
    let fs = SimulatedFs::new();
    for (path, bytes) in files {
        fs.put(path, *bytes);
    }
    (fs, files.iter().map(|(path, _)| path.into()).collect())
}

fn fates(offer: &Offer) -> Vec<String> {
    let lines = offer.lines.iter().map(|line| {
        let fate = match &line.fate {
            Fate::New => "new".to_owned(),
            Fate::Known => "known".to_owned(),
            Fate::Doubtful(_) => "doubtful".to_owned(),
            Fate::Refused(_) => "refused".to_owned(),
            Fate::Faulty(faults) => faults.iter().map(|fault| fault.code).collect(),
        };
        format!("{} {}", line.entry.name, fate)
    });
    lines.collect()
}

#[test]
fn headings_are_recognised_in_any_wording_and_every_row_has_a_fate() {
    let (fs, paths) = lists(&[("/清单.csv", LIST.as_bytes())]);
    let environment = world(&fs);
    let offer = offer_of_lists(&environment, &paths, &Progress::default());
    assert_eq!(offer.notes, Vec::<String>::new());
    assert_eq!(
        fates(&offer),
        [
            "巡查河道次数 new",
            "清理河道长度 new",
            "沿河居民满意度（问卷） new",
            "巡查堤防3次 I09",
            " refused",
        ]
    );
    let first = &offer.lines[0].entry;
    assert_eq!(
        (
            &*first.whole_target(),
            &*first.measured,
            &*first.evidence,
            &first.kinds[..]
        ),
        (
            "≥12次",
            "按巡查记录计",
            "巡查记录",
            &["水利".to_owned()][..]
        )
    );
    assert_eq!(offer.lines[1].entry.group_name(), "数量指标", "filled down");
    let taken = offer.taken(true, |_, line| line.is_sound());
    let said = take(&environment, taken).expect("taken");
    assert_eq!(said, "已收录 3 条指标");
    let again = offer_of_lists(&environment, &paths, &Progress::default());
    assert_eq!(again.count(|fate| *fate == Fate::Known), 3);
}

#[test]
fn what_is_handed_on_comes_back_the_same() {
    let (fs, paths) = lists(&[("/清单.csv", LIST.as_bytes())]);
    let environment = world(&fs);
    let offer = offer_of_lists(&environment, &paths, &Progress::default());
    take(&environment, offer.taken(true, |_, line| line.is_sound())).expect("taken");
    let own = environment.library().own;
    for (form, name) in [
        (HandedOn::Workbook, "/库.xlsx"),
        (HandedOn::Json, "/库.json"),
    ] {
        let bytes = handed_on(&own, form).expect("written");
        let (fs, paths) = lists(&[(name, &bytes)]);
        let other = world(&fs);
        let offer = offer_of_lists(&other, &paths, &Progress::default());
        let told = |entry: &Entry| {
            let levels = [entry.section_name(), entry.group_name()].join("·");
            let texts = [&entry.name, &levels, &entry.measured, &entry.evidence];
            let texts: Vec<String> = texts.into_iter().cloned().collect();
            (texts, entry.whole_target(), entry.kinds.clone())
        };
        let came: Vec<_> = offer.lines.iter().map(|line| told(&line.entry)).collect();
        let went: Vec<_> = own.entries.iter().map(told).collect();
        assert_eq!(came, went, "{name}");
        assert_eq!(offer.count(|fate| *fate == Fate::New), 3, "{name}");
    }
}

#[test]
fn forms_are_gathered_and_counted_once() {
    let fs = SimulatedFs::new();
    fs.put(FILE, FILED);
    let environment = world(&fs);
    let session = Session::open(environment.clone(), FILE.as_ref()).expect("opens");
    let project = session.document().projects.first().expect("a project");
    let edition = session.editions().of(project).expect("its edition");
    let own = offer_of_project(&environment, project, &edition);
    assert!(own.lines.len() > 5);
    let all = |offer: &Offer| offer.taken(false, |_, _| true);
    take(&environment, all(&own)).expect("taken");
    let before = environment.library().own;
    let shelf = environment.editions();
    let paths = [PathBuf::from("/项目")];
    let offer = offer_of_forms(&environment, &shelf, &paths, &Progress::default());
    assert_eq!(offer.count(|fate| *fate == Fate::Known), offer.lines.len());
    take(&environment, all(&offer)).expect("taken");
    let after = environment.library().own;
    assert_eq!(after.entries.len(), before.entries.len());
    assert!(after.entries.iter().all(|entry| entry.times_used() == 1));
    assert!(
        after
            .entries
            .iter()
            .all(|entry| entry.last_year == Some(2020))
    );
}

#[test]
fn two_windows_do_not_take_each_others_entries_away() {
    let fs = SimulatedFs::new();
    let (one, other) = (world(&fs), world(&fs));
    let entry = |name: &str| Entry {
        name: name.into(),
        ..Entry::default()
    };
    // Both have looked before either changes anything.
    let _both = (one.library(), other.library());
    take(&one, vec![entry("甲")]).expect("taken");
    take(&other, vec![entry("乙")]).expect("taken");
    let own = world(&fs).library().own;
    let names: Vec<&str> = own.entries.iter().map(|entry| &*entry.name).collect();
    assert_eq!(names, ["甲", "乙"]);
}

#[test]
fn a_broken_file_is_kept_aside_and_told() {
    let fs = SimulatedFs::new();
    fs.put("/data/library.json", b"{\"entries\": [");
    let environment = world(&fs);
    let at_hand = environment.library();
    let problem = at_hand.problem.expect("it is told");
    assert!(problem.contains("指标库文件已损坏") && problem.contains("损坏 2021-03-01"));
    assert!(
        !at_hand.index.shelf().items().is_empty(),
        "the program's own"
    );
    take(&environment, vec![Entry::default()]).expect("taken");
    let files = fs.list("/data".as_ref()).expect("the folder");
    let aside = files
        .iter()
        .filter(|info| info.to_string_lossy().contains("损坏"));
    assert_eq!(aside.count(), 1);
}

#[test]
fn fields_of_a_newer_version_survive() {
    let text = r#"{"entries": [{"name": "甲", "colour": "red"}], "shelves": 3}"#;
    let library: Library = file::read(text).expect("a library");
    let again = file::text_of(&library);
    assert!(again.contains("\"colour\": \"red\"") && again.contains("\"shelves\": 3"));
    assert_eq!(file::read(&again), Some(library));
    assert_eq!(file::read("[]"), None);
    assert_eq!(file::read("{}"), None);
}
