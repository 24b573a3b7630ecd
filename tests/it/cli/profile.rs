//! `--profile`: by a bureau's own 复核口径.

use super::{Desk, FILED};

const PROFILE: &str = "口径.json";

fn desk(changes: &str) -> Desk {
    let desk = Desk::new();
    let head =
        r#""format": "jiping-profile", "id": "test", "name": "某市复核口径", "version": "2024""#;
    desk.put(PROFILE, &format!("{{{head}, \"changes\": {changes}}}"));
    desk
}

#[test]
fn files_are_checked_by_a_profile_and_it_is_said() {
    let desk = desk(r#"{"all": {"rules": {"C16": {"on": false}, "Z99": {"on": false}}}}"#);
    let plain = desk.json(1, &["check", FILED, "--format", "json"]);
    assert_eq!(plain["profile"]["id"], serde_json::Value::Null);
    let has = |checked: &serde_json::Value| {
        let findings = checked["findings"].as_array().expect("findings");
        findings.iter().any(|finding| finding["code"] == "C16")
    };
    assert!(has(&plain));
    let by = desk.json(
        1,
        &["check", FILED, "--format", "json", "--profile", PROFILE],
    );
    assert_eq!(by["profile"]["name"], "某市复核口径");
    assert_eq!(by["projects"][0]["rules_off"][0], "C16");
    assert!(!has(&by));
    let answer = desk.expect(1, &["check", FILED, "--profile", PROFILE]);
    assert!(
        answer.out.starts_with("复核口径：某市复核口径，2024\n"),
        "{}",
        answer.out
    );
    assert!(answer.out.contains("（已停用 1 条规则）"));
    assert!(answer.err.contains("Z99"), "{}", answer.err);
}

#[test]
fn a_wrong_profile_is_refused_before_anything_is_checked() {
    let desk = desk(r#"{"all": {"thresholds": {"checks.very_low_rate": "-1"}}}"#);
    for command in [
        vec!["check", FILED, "--profile", PROFILE],
        vec!["rules", "--profile", PROFILE],
        vec!["summary", FILED, "--profile", PROFILE, "-o", "汇总.xlsx"],
        vec!["check", FILED, "--profile", "没有.json"],
    ] {
        let answer = desk.expect(2, &command);
        assert_eq!(answer.out, "");
    }
    let answer = desk.expect(2, &["check", FILED, "--profile", PROFILE]);
    let why = "changes.all.thresholds.checks.very_low_rate：应为 0 到 100 之间的数（%）";
    assert!(answer.err.contains(why), "{}", answer.err);
}

#[test]
fn the_rules_are_listed_as_book_and_as_a_file_to_begin_with() {
    let desk = desk(r#"{"all": {"rules": {"C16": {"on": false}, "C01": {"level": "warning"}}}}"#);
    let book = desk.expect(0, &["rules", "--format", "md"]).out;
    assert!(book.starts_with("# 校验规则手册\n") && book.contains("\n### C16 "));
    let start = desk.expect(0, &["rules", "--format", "profile"]).out;
    desk.put("start.json", &start);
    let plain = desk.json(1, &["check", FILED, "--format", "json"]);
    let by_start = [
        "check",
        FILED,
        "--format",
        "json",
        "--profile",
        "start.json",
    ];
    assert_eq!(desk.json(1, &by_start)["findings"], plain["findings"]);
    let text = desk.expect(0, &["rules", "--profile", PROFILE]).out;
    assert!(
        text.contains("C16  停用  ") && text.contains("C01  警告  "),
        "{text}"
    );
}
