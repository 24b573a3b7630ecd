//! 复核口径: what a bureau's file and a person's own changes do to rules, levels and thresholds.

use std::{collections::BTreeSet, sync::Arc};

use jiff::civil::date;
use jiping::{
    model::{
        edition::Edition,
        policy::{CheckPolicy, OverFulfilment, Severity},
        profile::{Adjustments, Profile},
        project::Project,
        threshold::{self, Kind},
    },
    rules::{
        book, catalogue,
        checker::check_by,
        finding::Finding,
        profile::{Applied, Chosen, InForce, as_it_is, highest, remarks},
    },
    store::{editions::EditionShelf, profiles::read_profile},
};
use serde_json::json;

use crate::cases::{self, Case};

/// A profile with these changes.
fn profile(changes: serde_json::Value) -> Arc<Profile> {
    let file = json!({
        "format": "jiping-profile", "id": "test", "name": "某市财政局复核口径", "version": "2024-03-01",
        "changes": changes,
    });
    Arc::new(read_profile("口径.json", &file.to_string()).expect("a sound profile"))
}

fn own(change: impl FnOnce(&mut Adjustments)) -> Adjustments {
    let mut own = Adjustments::default();
    change(&mut own);
    own
}

/// A case of a case file, its form filled in.
fn case(code: &str, title: &str) -> (Project, Arc<Edition>) {
    let files = crate::rules::case_files();
    let (_, text) = files
        .iter()
        .find(|(name, _)| name == code)
        .expect("a case file");
    let all = cases::parse(text);
    let case: &Case = all
        .iter()
        .find(|case| case.title.contains(title))
        .expect("a case");
    let (project, edition, _) = case.check();
    (project, Arc::new(edition))
}

fn found(
    project: &Project,
    edition: &Arc<Edition>,
    in_force: &InForce,
    code: &str,
) -> Vec<Finding> {
    let (edition, applied) = in_force.on(edition);
    let mut findings = check_by(project, &edition, date(2021, 3, 1), &applied).findings;
    let is_sorted = findings.is_sorted_by(|a, b| a.level >= b.level);
    assert!(is_sorted, "errors first");
    findings.retain(|finding| finding.rule.code == code);
    findings
}

#[test]
fn a_profile_turns_rules_off_and_changes_their_levels_and_a_person_on_top_of_it() {
    let (project, edition) = case("C16", "课题少三个");
    let level = |in_force: &InForce| {
        let found = found(&project, &edition, in_force, "C16");
        found.first().map(|finding| finding.level)
    };
    assert_eq!(level(&InForce::default()), Some(Severity::Error));
    let milder = profile(json!({ "all": { "rules": { "C16": { "level": "warning" } } } }));
    assert_eq!(level(&InForce::of(milder.clone())), Some(Severity::Warning));
    let off = profile(json!({ "all": { "rules": { "C16": { "on": false } } } }));
    assert_eq!(level(&InForce::of(off.clone())), None);
    let back = own(|own| own.set_rule(None, "C16", Some(true), None));
    let in_force = InForce::new(Chosen::Profile(off), back);
    assert_eq!(level(&in_force), Some(Severity::Error));
    let graver = own(|own| own.set_rule(None, "C16", None, Some(Severity::Error)));
    let in_force = InForce::new(Chosen::Profile(milder), graver);
    assert_eq!(level(&in_force), Some(Severity::Error));
}

#[test]
fn what_is_for_one_edition_leaves_forms_of_others_alone() {
    let changes =
        json!({ "editions": { "shenzhen-2020": { "rules": { "C16": { "on": false } } } } });
    let in_force = InForce::of(profile(changes));
    let off = |id: &str| {
        let (_, applied) = in_force.on(&Arc::new(cases::edition(id)));
        applied.off().collect::<Vec<_>>()
    };
    assert_eq!(off("shenzhen-2020"), ["C16"]);
    assert_eq!(off("mof-2020"), [""; 0]);
}

#[test]
fn thresholds_of_a_profile_move_the_line() {
    let (project, edition) = case("S10", "报警");
    let in_force = |value| {
        let changes = json!({ "all": { "thresholds": {
            "checks.largest_weight": value, "checks.largest_share": "1",
        } } });
        InForce::of(profile(changes))
    };
    assert!(!found(&project, &edition, &InForce::default(), "S10").is_empty());
    assert!(found(&project, &edition, &in_force(json!("60")), "S10").is_empty());
    // A number may stand with or without quotes.
    let strict = found(&project, &edition, &in_force(json!(10)), "S10");
    assert!(
        strict[0].message.contains("超过10分"),
        "{}",
        strict[0].message
    );
    assert_eq!(
        edition.checks.largest_weight,
        30.into(),
        "the edition itself stays"
    );
}

#[test]
fn thresholds_that_contradict_the_edition_are_left_out_and_it_is_said() {
    let edition = Arc::new(cases::edition("mof-2020"));
    let changes = json!({ "all": { "thresholds": { "checks.fewest_indicators": 50 } } });
    let in_force = InForce::of(profile(changes));
    assert!(in_force.contradicts(&edition));
    let (same, applied) = in_force.on(&edition);
    assert_eq!(same.checks, edition.checks);
    assert_eq!(
        applied.in_words(),
        Some("复核口径：某市财政局复核口径，2024-03-01（有的界限与表样矛盾，没有采用）")
    );
}

#[test]
fn a_lowered_rule_has_nothing_graver_and_a_raised_one_keeps_its_steps() {
    let (project, edition) = case("C02", "报警");
    let mut finding = found(&project, &edition, &InForce::default(), "C02").remove(0);
    assert_eq!(finding.rule.level, Severity::Error);
    let mut graded = |code: &str, to, level| {
        let rule = catalogue::by_code(code).expect("a rule");
        let own = own(|own| own.set_rule(None, code, None, Some(to)));
        finding.rule = rule;
        finding.level = level;
        let mut all = [finding.clone()];
        InForce::new(Chosen::BuiltIn, own)
            .rules_on(None)
            .grade(&mut all);
        all[0].level
    };
    use Severity::{Error, Hint, Warning};
    // C02 is an error, and a warning where little is amiss.
    assert_eq!(graded("C02", Warning, Error), Warning);
    assert_eq!(graded("C02", Warning, Warning), Warning);
    assert_eq!(graded("C02", Hint, Error), Hint);
    // C07 is a warning, graver where the edition demands a reason.
    assert_eq!(graded("C07", Error, Warning), Error);
    assert_eq!(graded("C07", Error, Hint), Warning);
    assert_eq!(graded("C07", Error, Error), Error);
    // C17 only hints: it is not to keep a form from being handed in.
    assert_eq!(graded("C17", Error, Hint), Warning);
}

#[test]
fn it_is_said_by_what_was_checked() {
    let words = |chosen: Chosen, changes: usize| {
        let own = own(|own| {
            for rule in catalogue::all().take(changes) {
                own.set_rule(None, rule.code, Some(false), None);
            }
            // Neither is counted: this version knows them not.
            own.set_rule(None, "Z99", Some(false), None);
            own.set_threshold(None, "checks.of_a_newer_version", Some(json!(1)));
        });
        InForce::new(chosen, own).in_words()
    };
    let of = |changes| words(Chosen::Profile(profile(json!({}))), changes).expect("words");
    assert_eq!(words(Chosen::BuiltIn, 0), None);
    assert_eq!(
        words(Chosen::BuiltIn, 2).as_deref(),
        Some("复核口径：内置（另有本机更改 2 处）")
    );
    assert_eq!(of(0), "复核口径：某市财政局复核口径，2024-03-01");
    assert_eq!(
        of(1),
        "复核口径：某市财政局复核口径，2024-03-01（另有本机更改 1 处）"
    );
    assert_eq!(
        words(Chosen::Missing("sz".into()), 0).as_deref(),
        Some("复核口径：内置（所选口径的文件不在了）")
    );
}

#[test]
fn a_file_comes_back_as_it_was_with_what_this_version_does_not_know() {
    let file = json!({
        "format": "jiping-profile", "id": "sz-2024", "name": "某市财政局复核口径", "issuer": "某市财政局",
        "version": "2024-03-01", "note": "试行", "of a newer version": { "a": [1, null] },
        "changes": {
            "all": {
                "rules": { "C16": { "on": false, "why": "x" }, "Z99": { "level": "hint" } },
                "thresholds": { "checks.of_a_newer_version": { "b": 1 }, "checks.copied_rows": 4 },
            },
            "editions": { "shenzhen-2020": { "rules": { "H07": { "level": "warning" } } } },
        },
    });
    let profile = read_profile("口径.json", &file.to_string()).expect("sound");
    let again: serde_json::Value = serde_json::from_str(&profile.to_text()).expect("JSON");
    assert_eq!(again, file);
    assert_eq!(
        remarks(&profile),
        ["口径中有本版本没有的规则或界限，没有采用：Z99、checks.of_a_newer_version。"]
    );
}

#[test]
fn a_file_that_cannot_be_used_says_where_and_why() {
    let refused = |file: &str| {
        read_profile("口径.json", file)
            .expect_err("refused")
            .to_string()
    };
    let with = |key: &str, value: serde_json::Value| {
        let mut file =
            json!({ "format": "jiping-profile", "id": "a", "name": "口径", "changes": {} });
        file[key] = value;
        refused(&file.to_string())
    };
    insta::assert_snapshot!(
        [
            refused("{"),
            refused(r#"{"format": "jiping"}"#),
            with("id", json!("../深圳")),
            with("name", json!(" ")),
            with("changes", json!({ "all": { "rules": { "C16": { "level": "fatal" } } } })),
            with("changes", json!({ "all": { "rules": { "C16": { "on": "yes" } } } })),
            with("changes", json!({ "all": { "thresholds": { "checks.very_low_rate": "101" } } })),
            with("changes", json!({ "editions": { "a": { "thresholds": { "checks.weights": "never" } } } })),
        ]
        .join("\n"),
        @r#"
    复核口径没有载入：第 1 行第 1 列之后内容中断，文件不完整。请换一份文件，或改正后重新载入；校验仍按原来的口径。（口径.json）
    复核口径没有载入：这不是复核口径文件（format 应为“jiping-profile”）。请换一份文件，或改正后重新载入；校验仍按原来的口径。（口径.json）
    复核口径没有载入：id：“../深圳”不能用作标识，请用小写字母、数字和连字符，不超过 64 个字符。请换一份文件，或改正后重新载入；校验仍按原来的口径。（口径.json）
    复核口径没有载入：name：名称为空，请填写。请换一份文件，或改正后重新载入；校验仍按原来的口径。（口径.json）
    复核口径没有载入：第 1 行第 50 列的取值“fatal”不认识，可用：hint、warning、error。请换一份文件，或改正后重新载入；校验仍按原来的口径。（口径.json）
    复核口径没有载入：第 1 行第 45 列的值类型不对，请对照复核口径的格式说明。请换一份文件，或改正后重新载入；校验仍按原来的口径。（口径.json）
    复核口径没有载入：changes.all.thresholds.checks.very_low_rate：应为 0 到 100 之间的数（%）。请换一份文件，或改正后重新载入；校验仍按原来的口径。（口径.json）
    复核口径没有载入：changes.editions.a.thresholds.checks.weights：可用："reported"（报告）、"free"（不报告，由单位自定）。请换一份文件，或改正后重新载入；校验仍按原来的口径。（口径.json）
    "#
    );
}

#[test]
fn every_line_that_checks_draw_can_be_moved() {
    let fields = |prefix: &str, part: serde_json::Value| {
        let part = part.as_object().expect("an object").clone();
        part.into_iter()
            .map(|(key, _)| format!("{prefix}{key}"))
            .collect::<Vec<_>>()
    };
    let checks = serde_json::to_value(CheckPolicy::default()).expect("JSON");
    let over = serde_json::to_value(OverFulfilment::default()).expect("JSON");
    let mut wanted: BTreeSet<String> = fields("checks.", checks).into_iter().collect();
    wanted.extend(fields("scoring.over_fulfilment.", over));
    let there: BTreeSet<String> = threshold::ALL
        .iter()
        .map(|one| one.key.to_owned())
        .collect();
    assert_eq!(
        wanted, there,
        "left: fields of the policies, right: model::threshold::ALL"
    );
    for one in threshold::ALL {
        assert_eq!(one.problem(&one.default_value()), None, "{}", one.key);
        for code in one.rules {
            assert!(catalogue::by_code(code).is_some(), "{}: {code}", one.key);
        }
    }
}

#[test]
fn what_a_person_types_for_a_threshold_is_what_was_there() {
    for shelved in EditionShelf::built_in().list() {
        for one in threshold::ALL
            .iter()
            .filter(|one| !matches!(one.kind, Kind::Choice(_)))
        {
            let value = one.value(&shelved.edition);
            let typed = one.typed(&value);
            let read = one
                .read(&typed)
                .unwrap_or_else(|why| panic!("{}: {typed}: {why}", one.key));
            assert_eq!(one.in_words(&read), one.in_words(&value), "{}", one.key);
            for wrong in ["", "abc", "-1", "99999999999999999999999999999"] {
                assert!(one.read(wrong).is_err(), "{}: {wrong:?}", one.key);
            }
        }
    }
    let share = threshold::by_key("checks.largest_share").expect("a threshold");
    assert_eq!(share.read("45%"), Ok(json!("0.45")));
    let optional = threshold::by_key("checks.explain_rate_below").expect("a threshold");
    assert_eq!(optional.read("无"), Ok(json!(null)));
}

#[test]
fn the_file_to_begin_with_is_sound_and_changes_nothing() {
    let shelf = EditionShelf::built_in();
    let start = as_it_is(shelf.list().iter().map(|shelved| &*shelved.edition));
    assert_eq!(start.problems(), [""; 0]);
    let in_force = InForce::of(Arc::new(start));
    for shelved in shelf.list() {
        let (edition, applied) = in_force.on(&shelved.edition);
        assert_eq!(*edition, *shelved.edition);
        assert_eq!(applied.off().len(), 0);
        for rule in catalogue::all() {
            assert_eq!(applied.level_of(rule), rule.level);
        }
    }
}

#[test]
fn the_published_schema_is_that_of_the_types_and_takes_what_the_program_writes() {
    let schema = serde_json::to_value(Profile::schema()).expect("JSON");
    let published = include_str!("../../assets/schemas/profile.schema.json");
    let generated = serde_json::to_string_pretty(&Profile::schema()).expect("JSON") + "\n";
    assert!(
        published == generated,
        "assets/schemas/profile.schema.json is out of date: jiping-cli schema profile"
    );
    let validator = jsonschema::validator_for(&schema).expect("a valid schema");
    let shelf = EditionShelf::built_in();
    let start = as_it_is(shelf.list().iter().map(|shelved| &*shelved.edition));
    assert!(validator.is_valid(&serde_json::to_value(start).expect("JSON")));
    let wrong = json!({ "changes": { "all": { "rules": { "C16": { "level": 3 } } } } });
    assert!(!validator.is_valid(&wrong));
}

#[test]
fn the_rule_book_says_everything_of_every_rule() {
    let plain = book::markdown(&Applied::default());
    for rule in catalogue::all() {
        let heading = format!("\n### {}\n\n", book::title(rule));
        let (_, rest) = plain
            .split_once(&heading)
            .unwrap_or_else(|| panic!("{}", rule.code));
        let entry = book::entry(rule, &Applied::default());
        assert!(rest.starts_with(&entry), "{}", rule.code);
        for caption in [
            "检查什么",
            "为什么",
            "依据",
            "怎么改",
            "例",
            "能自动修正吗",
            "什么时候检查",
        ] {
            assert!(
                entry.contains(&format!("#### {caption}\n\n")),
                "{} {caption}",
                rule.code
            );
        }
        for code in rule.silences {
            assert!(entry.contains(code), "{} {code}", rule.code);
        }
    }
    let changes =
        json!({ "all": { "rules": { "C16": { "on": false }, "H07": { "level": "hint" } } } });
    let in_force = InForce::of(profile(changes));
    let changed = book::markdown(&in_force.general());
    assert!(changed.contains("复核口径：某市财政局复核口径"));
    assert!(changed.contains("级别：**已停用（内置为错误）**"));
    assert_eq!(
        highest(catalogue::by_code("C17").expect("a rule")),
        Severity::Warning
    );
}
