//! Whatever is wrong with the settings, the program has some, and the bad file is not lost.

use std::path::PathBuf;

use jiping::{
    model::{policy::Severity, profile::Adjustments},
    store::{
        Folders, Saver,
        settings::{
            Appearance, Face, Grouping, MoneyDisplay, RECENT_FILES, RecentFile, Renderer, Settings,
            WindowPlace,
        },
        simulated::{Damage, Fault, Operation, SimulatedFs},
    },
};

use super::{Scripted, now};

const FILE: &str = "/data/settings.json";

fn load(fs: &SimulatedFs) -> (Settings, Option<String>) {
    Settings::load(fs, &Folders::at("/data"), &now())
}

fn save(fs: &SimulatedFs, settings: &Settings) -> Result<(), jiping::store::StoreError> {
    let sleeper = Scripted::default();
    let saver = Saver {
        fs,
        sleeper: &sleeper,
    };
    settings.save(&saver, &Folders::at("/data"), &now())
}

fn recent(n: usize) -> RecentFile {
    RecentFile {
        path: PathBuf::from(format!("/项目/{n}.jiping")),
        projects: n,
        score: "91.50".into(),
        time: "2025-03-01 14:30".into(),
    }
}

#[test]
fn the_first_start_has_defaults_and_says_nothing() {
    assert_eq!(load(&SimulatedFs::new()), (Settings::default(), None));
}

#[test]
fn what_is_saved_is_there_at_the_next_start() {
    let fs = SimulatedFs::new();
    let mut settings = Settings {
        appearance: Appearance::Dark,
        zoom: 150,
        window: Some(WindowPlace {
            x: -1200,
            y: 40,
            width: 1024,
            height: 700,
            maximised: true,
        }),
        user: Some("张三".into()),
        money: MoneyDisplay::TenThousand,
        grouping: Grouping::Level,
        renderer: Renderer::Glow,
        face: Face::FangSong,
        recovery_delay: 30,
        also_export: true,
        profile: Some("sz-2024".into()),
        own_rules: changed(),
        folder: Some("/表".into()),
        pointers_seen: true,
        ..Settings::default()
    };
    settings.left_panel.open = false;
    settings.remember(recent(1));
    save(&fs, &settings).expect("saves");
    assert_eq!(load(&fs), (settings, None));
}

#[test]
fn missing_fields_have_defaults_and_unknown_ones_survive() {
    let fs = SimulatedFs::new();
    fs.put(
        FILE,
        r#"{"zoom": 120, "of a newer version": [1, {"a": null}]}"#,
    );
    let (settings, problem) = load(&fs);
    assert_eq!((settings.zoom, problem), (120, None));
    assert_eq!(settings.appearance, Appearance::System);
    save(&fs, &settings).expect("saves");
    let text = String::from_utf8(fs.content(FILE).expect("a file")).expect("text");
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(value["of a newer version"][1]["a"], serde_json::Value::Null);
    assert_eq!(value["of a newer version"][0], 1);
}

#[test]
fn a_zoom_out_of_bounds_is_brought_back() {
    for (written, read) in [("1", 50), ("9999", 300)] {
        let fs = SimulatedFs::new();
        fs.put(FILE, format!("{{\"zoom\": {written}}}"));
        assert_eq!(load(&fs).0.zoom, read);
    }
}

#[test]
fn settings_of_an_older_version_turn_nothing_on() {
    let fs = SimulatedFs::new();
    fs.put(FILE, r#"{"zoom": 120, "renderer": "gl"}"#);
    let settings = load(&fs).0;
    assert_eq!(
        (settings.face, settings.recovery_delay, settings.also_export),
        (Face::Bundled, 5, false)
    );
    assert_eq!(settings.own_rules, Adjustments::default());
    assert_eq!(settings.profile, None);
    assert_eq!((settings.folder, settings.pointers_seen), (None, false));
}

#[test]
fn a_wait_for_the_recovery_copy_out_of_bounds_is_brought_back() {
    for (written, read) in [("0", 5), ("4", 5), ("17", 17), ("65535", 60)] {
        let fs = SimulatedFs::new();
        fs.put(FILE, format!("{{\"recovery_delay\": {written}}}"));
        assert_eq!(load(&fs).0.recovery_delay, read);
    }
}

#[test]
fn codes_of_no_rule_that_ever_was_are_dropped_and_so_are_endless_ones() {
    let fs = SimulatedFs::new();
    let mut codes: Vec<String> = (0..1500).map(|n| format!("X{n:04}")).collect();
    codes.extend([String::new(), "长".repeat(400), "A01".into(), "A01".into()]);
    fs.put(
        FILE,
        serde_json::json!({ "disabled_rules": codes }).to_string(),
    );
    let rules = load(&fs).0.own_rules.all.rules;
    assert_eq!(rules.len(), 1000);
    assert!(rules.contains_key("A01"));
    assert!(rules.keys().all(|code| code.len() == 5 || code == "A01"));
}

#[test]
fn rules_that_an_older_version_turned_off_stay_off() {
    let fs = SimulatedFs::new();
    fs.put(FILE, r#"{"disabled_rules": ["C16", "Z99"]}"#);
    let settings = load(&fs).0;
    let mut off = Adjustments::default();
    for code in ["C16", "Z99"] {
        off.set_rule(None, code, Some(false), None);
    }
    assert_eq!(settings.own_rules, off);
    save(&fs, &settings).expect("saves");
    assert_eq!(load(&fs), (settings, None));
}

#[test]
fn a_threshold_that_cannot_be_used_is_dropped_and_one_of_a_newer_version_is_kept() {
    let fs = SimulatedFs::new();
    let thresholds = serde_json::json!({
        "checks.very_low_rate": "900", "checks.copied_rows": 4, "checks.of_a_newer_version": [1],
    });
    let written = serde_json::json!({ "own_rules": { "all": { "thresholds": thresholds } } });
    fs.put(FILE, written.to_string());
    let kept = load(&fs).0.own_rules.all.thresholds;
    let keys: Vec<&str> = kept.keys().map(String::as_str).collect();
    assert_eq!(keys, ["checks.copied_rows", "checks.of_a_newer_version"]);
}

/// Changes to rules and thresholds, for all forms and for those of one edition.
fn changed() -> Adjustments {
    let mut own = Adjustments::default();
    own.set_rule(None, "C16", Some(false), None);
    own.set_rule(None, "Z99", None, Some(Severity::Hint));
    own.set_threshold(Some("mof-2020"), "checks.very_low_rate", Some("40".into()));
    own
}

#[test]
fn a_folder_that_means_another_place_in_each_start_is_not_used() {
    for (written, read) in [("", None), ("表", None), ("/表", Some("/表"))] {
        let fs = SimulatedFs::new();
        fs.put(FILE, serde_json::json!({ "folder": written }).to_string());
        assert_eq!(load(&fs).0.folder, read.map(PathBuf::from));
    }
}

#[test]
fn a_broken_file_is_kept_aside_and_said_so() {
    for broken in [
        "",
        "{\"zoom\": 1",
        "[]",
        "{\"zoom\": \"large\"}",
        "{\"zoom\": -3}",
        "{\"recent\": 7}",
        "{\"appearance\": \"purple\"}",
        "{\"face\": \"comic\"}",
        "{\"disabled_rules\": \"C16\"}",
        "\u{0}\u{0}\u{0}",
    ] {
        let fs = SimulatedFs::new();
        fs.put(FILE, broken);
        let (settings, problem) = load(&fs);
        assert_eq!(settings, Settings::default(), "{broken:?}");
        assert_eq!(
            problem.as_deref(),
            Some(
                "设置文件已损坏，已改用默认设置，表格内容不受影响。原来的设置文件留在：/data/settings（损坏 2025-03-01 14-30-05）.json"
            )
        );
        let aside = "/data/settings（损坏 2025-03-01 14-30-05）.json";
        assert_eq!(fs.content(aside), Some(broken.into()));
        assert_eq!(fs.content(FILE), None);
        assert_eq!(load(&fs), (Settings::default(), None), "asked once only");
    }
}

#[test]
fn two_broken_files_of_one_second_are_both_kept() {
    let fs = SimulatedFs::new();
    for broken in ["a", "b"] {
        fs.put(FILE, broken);
        load(&fs);
    }
    let names = fs.names("/data");
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn a_file_that_cannot_be_read_or_moved_stops_nobody() {
    let fs = SimulatedFs::new();
    fs.put(FILE, "{\"zoom\": 120}");
    for on in [Operation::Read, Operation::RenameNew] {
        fs.inject(Fault {
            on: Some(on),
            from: 1,
            times: u64::MAX,
            damage: Damage::Denied,
        });
    }
    let (settings, problem) = load(&fs);
    assert_eq!(settings, Settings::default());
    assert_eq!(
        problem.as_deref(),
        Some(
            "设置文件读不出来（没有权限），已改用默认设置，表格内容不受影响。下次更改设置时将覆盖它。文件：/data/settings.json"
        )
    );
    fs.heal();
    assert_eq!(load(&fs).0.zoom, 120, "nothing was changed");
}

#[test]
fn an_unreadable_folder_gives_defaults() {
    let fs = SimulatedFs::new();
    fs.put("/data/settings.json/a", "a folder of that name");
    let (settings, problem) = load(&fs);
    assert_eq!(settings, Settings::default());
    assert!(problem.is_some());
}

#[test]
fn a_save_that_fails_anywhere_leaves_the_old_settings_or_the_new_ones() {
    for from in 1.. {
        let fs = SimulatedFs::new();
        let old = Settings {
            zoom: 110,
            ..Settings::default()
        };
        save(&fs, &old).expect("saves");
        fs.inject(Fault {
            on: None,
            from,
            times: 1,
            damage: Damage::NoSpace,
        });
        let new = Settings {
            zoom: 120,
            ..Settings::default()
        };
        let outcome = save(&fs, &new);
        let was_struck = fs.was_struck();
        fs.heal();
        let (read, problem) = load(&fs);
        assert_eq!(problem, None, "operation {from}");
        match outcome {
            Ok(()) => assert_eq!(read, new, "operation {from}"),
            Err(_) => assert!(read == old || read == new, "operation {from}"),
        }
        if !was_struck {
            return;
        }
    }
}

#[test]
fn recent_files_are_listed_once_newest_first_and_at_most_twelve() {
    let mut settings = Settings::default();
    for n in 0..20 {
        settings.remember(recent(n));
    }
    settings.remember(recent(15));
    let order: Vec<usize> = settings.recent.iter().map(|file| file.projects).collect();
    assert_eq!(order, [15, 19, 18, 17, 16, 14, 13, 12, 11, 10, 9, 8]);
    assert_eq!(settings.recent.len(), RECENT_FILES);
    settings.forget("/项目/19.jiping".as_ref());
    assert_eq!(settings.recent[1].projects, 18);
}
