//! The program's own files, broken in every way: none of them may panic, and what cannot be used gives way. Forms, workbooks
//! and texts of other people are broken in `exchange::fuzz`, documents also in `format::refusal`.

use jiping::{
    edit::block::Block,
    model::id::CountedIds,
    session::{environment::Environment, recovery},
    store::{
        Folders, Fs as _,
        beside::{Holding, Person},
        editions::read_edition,
        fs::ProcessMark,
        library,
        profiles::read_profile,
        run::Run,
        settings::Settings,
    },
};
use proptest::{prelude::*, sample::Index};

use super::*;

/// What happens to bytes on a bad disk, a bad stick, or in a text editor.
#[derive(Debug, Clone)]
enum Harm {
    Cut(Index),
    Set(Index, u8),
    Insert(Index, Vec<u8>),
    Remove(Index, usize),
    Repeat(Index, usize),
}

fn harms() -> impl Strategy<Value = Vec<Harm>> {
    let pieces = prop::sample::select(vec![
        "null",
        "{",
        "[",
        "\"",
        "-1e400",
        "NaN",
        ",",
        "\u{feff}",
        "\\ud800",
        "[[[[[[[[",
        "1".repeat(200).leak(),
        "true",
        "\u{202e}",
    ]);
    let piece = prop_oneof![
        pieces.prop_map(|piece: &str| piece.as_bytes().to_vec()),
        prop::collection::vec(any::<u8>(), 1..8),
    ];
    let at = any::<Index>;
    let harm = prop_oneof![
        1 => at().prop_map(Harm::Cut),
        4 => (at(), any::<u8>()).prop_map(|(at, byte)| Harm::Set(at, byte)),
        4 => (at(), piece).prop_map(|(at, piece)| Harm::Insert(at, piece)),
        2 => (at(), 1..60usize).prop_map(|(at, count)| Harm::Remove(at, count)),
        2 => (at(), 1..200usize).prop_map(|(at, count)| Harm::Repeat(at, count)),
    ];
    prop::collection::vec(harm, 1..6)
}

fn harmed(bytes: &[u8], harms: &[Harm]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for harm in harms {
        if bytes.is_empty() {
            break;
        }
        let length = bytes.len();
        match harm {
            Harm::Cut(at) => bytes.truncate(at.index(length)),
            Harm::Set(at, byte) => bytes[at.index(length)] = *byte,
            Harm::Insert(at, piece) => {
                let at = at.index(length);
                bytes.splice(at..at, piece.iter().copied());
            }
            Harm::Remove(at, count) => {
                let at = at.index(length);
                bytes.drain(at..length.min(at + count));
            }
            Harm::Repeat(at, count) => {
                let at = at.index(length);
                let piece = bytes[at..length.min(at + count)].to_vec();
                bytes.splice(at..at, piece);
            }
        }
    }
    bytes
}

/// A disk on which everything of the program's own stands: settings, library, recovery copy, notes of open files.
fn lived_in() -> SimulatedFs {
    let fs = disk();
    let mut session = open(&fs, 1);
    write(&mut session, NAME, "没有保存的名称");
    session.recovery_job().expect("work").run().expect("kept");
    let world = world(&fs, 1);
    world.announce(Path::new(FILE));
    let (saver, now) = (world.saver(), world.now());
    let folders = Folders::at("/data");
    Settings::default()
        .save(&saver, &folders, &now)
        .expect("saved");
    fs
}

fn note(fs: &SimulatedFs) -> Vec<u8> {
    let mut holding = colleague(7);
    fs.set_process(ProcessMark { machine: 7, pid: 1 });
    let run = Run::unseen(fs, &mut CountedIds(1));
    holding.renew(fs, &run, world(fs, 1).timestamp(), &|_, _| false);
    fs.content(NOTE).expect("a note")
}

const NOTE: &str = "/共享/~$自评表.jiping";

fn colleague(machine: u32) -> Holding {
    let person = Person {
        user: "王强".into(),
        computer: "财务室".into(),
        home: Some(machine),
    };
    let mut ids = CountedIds(u64::from(machine) << 40);
    Holding::new(
        FILE.as_ref(),
        person,
        &mut ids,
        world(&disk(), 1).timestamp(),
    )
}

fn names_below(fs: &SimulatedFs, folder: &str, ending: &str) -> Vec<String> {
    let names = fs.names(folder).into_iter();
    names
        .filter(|name| name.ends_with(ending))
        .map(|name| format!("{folder}/{name}"))
        .collect()
}

fn whole_world(fs: &SimulatedFs) -> Environment {
    let noon = date(2021, 3, 1).at(12, 0, 0, 0);
    let clock = FixedClock::new(noon.in_tz("UTC").expect("a time that exists"));
    Environment::for_tests(fs, Arc::new(clock), 1)
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(11),
        ..ProptestConfig::with_cases(
            std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(96)
        )
    })]

    #[test]
    fn settings_give_way_and_are_kept_aside(harms in harms()) {
        let fs = lived_in();
        let path = "/data/settings.json";
        let bytes = harmed(&fs.content(path).expect("settings"), &harms);
        fs.put(path, bytes.clone());
        let world = whole_world(&fs);
        let (settings, problem) = Settings::load(&fs, &Folders::at("/data"), &world.now());
        if problem.is_some() {
            let aside = fs.names("/data").into_iter().filter(|name| name.starts_with("settings"));
            let aside = aside.filter_map(|name| fs.content(format!("/data/{name}")));
            prop_assert!(aside.into_iter().any(|kept| kept == bytes), "the broken file is kept");
        }
        settings.save(&world.saver(), &Folders::at("/data"), &world.now()).expect("saved again");
    }

    #[test]
    fn recovery_records_and_copies_are_offered_or_passed_over(harms in harms(), which in any::<Index>()) {
        let fs = lived_in();
        fs.restart(jiping::store::simulated::Survival::Everything);
        let paths = names_below(&fs, "/data/recovery", "");
        let path = &paths[which.index(paths.len())];
        let bytes = harmed(&fs.content(path).expect("a file"), &harms);
        fs.put(path, bytes);
        let world = Arc::new(whole_world(&fs));
        for offer in recovery::offers(&world) {
            prop_assert!(!offer.words().is_empty());
            if let Err(error) = recovery::restore(Arc::clone(&world), &offer.entry) {
                prop_assert!(!error.to_string().is_empty());
            }
        }
        prop_assert!(paths.iter().all(|path| fs.content(path).is_some()), "nothing is thrown away");
    }

    #[test]
    fn notes_of_open_files_warn_or_do_not(harms in harms()) {
        let fs = lived_in();
        let whole = note(&fs);
        let bytes = harmed(&whole, &harms);
        fs.put(NOTE, bytes);
        let mut other = colleague(8);
        fs.set_process(ProcessMark { machine: 8, pid: 1 });
        let run = Run::unseen(&fs, &mut CountedIds(9));
        let now = world(&fs, 1).timestamp();
        if let Some(held) = other.renew(&fs, &run, now, &|_, _| false).other {
            prop_assert!(!jiping::session::holding::in_words(&held).contains('\n'));
        }
        other.release(&fs);
        for path in names_below(&fs, "/data/open", ".json") {
            let bytes = harmed(&fs.content(&path).expect("a note"), &harms);
            fs.put(&path, bytes);
        }
        whole_world(&fs).announce(Path::new(FILE));
    }

    #[test]
    fn editions_profiles_and_the_library_are_refused_in_words_or_read(harms in harms()) {
        let world = whole_world(&disk());
        let edition = world.editions().list()[0].edition.clone();
        let text = serde_json::to_string_pretty(&*edition).expect("JSON");
        let text = String::from_utf8_lossy(&harmed(text.as_bytes(), &harms)).into_owned();
        match read_edition("自带.json", &text) {
            Ok(edition) => prop_assert!(edition.problems().is_empty()),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
        let text = String::from_utf8_lossy(&harmed(PROFILE.as_bytes(), &harms)).into_owned();
        if let Err(error) = read_profile("口径.json", &text) {
            prop_assert!(!error.to_string().is_empty());
        }
        let text = include_str!("../../../assets/library/awards.json");
        let text = String::from_utf8_lossy(&harmed(text.as_bytes(), &harms)).into_owned();
        let _nothing_or_a_library = library::read(&text);
    }

    #[test]
    fn a_document_on_the_disk_is_read_or_refused_while_it_is_open(harms in harms()) {
        let fs = disk();
        let mut session = open(&fs, 1);
        let before = Arc::clone(session.document());
        fs.put(FILE, harmed(FILED, &harms));
        for _ in 0..3 {
            let look = session.look().expect("a file");
            session.finish_look(look.run());
        }
        prop_assert!(*session.document() == before, "nothing is taken over by itself");
        session.take_theirs();
        prop_assert!(fs.info(Path::new(FILE)).is_ok());
        if let Err(error) = Session::open(world(&fs, 2), Path::new(FILE)) {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn any_text_of_the_clipboard_is_cells(text in "[\\t\\n\\r\" ,、%0-9.≥“”<>&一-三A-C\u{0}\u{202e}]{0,400}") {
        let block = Block::parse(&text);
        let mut cells = block.rows().iter().flatten();
        prop_assert!(cells.all(|cell| cell.len() <= text.len()));
    }
}

/// A profile that loads.
const PROFILE: &str = r#"{
  "format": "jiping-profile", "id": "test", "name": "某市财政局复核口径", "version": "2024-03-01",
  "changes": {"off": ["H01", "H02"], "thresholds": {"deviation": "20"}}
}"#;
