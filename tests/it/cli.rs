//! The command line as people and programs meet it: the real program on copies of the samples.

mod compare;
mod convert;
mod editions;
mod export;
mod fill;
mod fill_in;
mod import;
mod ledger;
mod library;
mod merge;
mod outgoing;
mod profile;
mod report;
mod summary;
mod verify;
mod versions;

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

const FILED: &str = "filed.jiping";
const CORRECTED: &str = "corrected.jiping";
const COMMANDS: [&str; 29] = [
    "new",
    "convert",
    "show",
    "check",
    "verify",
    "score",
    "import",
    "hand-out",
    "collect",
    "export",
    "fill",
    "pack",
    "publish",
    "anonymise",
    "summary",
    "report",
    "print",
    "compare",
    "printers",
    "editions",
    "library",
    "ledger",
    "evidence",
    "versions",
    "merge",
    "split",
    "join",
    "rules",
    "schema",
];

/// A folder with the samples in it, and a data folder of its own.
struct Desk {
    folder: TempDir,
}

/// What the program answered.
struct Answer {
    code: i32,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples");
        for (name, sample) in [
            (FILED, "shenzhen-2020-filed.jiping"),
            (CORRECTED, "shenzhen-2020-corrected.jiping"),
        ] {
            fs::copy(samples.join(sample), folder.path().join(name)).expect("copied");
        }
        Self { folder }
    }

    /// Runs the program; nothing it says may be English.
    fn run(&self, arguments: &[&str]) -> Answer {
        let Output {
            status,
            stdout,
            stderr,
        } = Command::new(env!("CARGO_BIN_EXE_jiping-cli"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env("JIPING_DATA", self.folder.path().join("data"))
            .env_remove("SOURCE_DATE_EPOCH")
            .output()
            .expect("runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        let answer = Answer {
            code: status.code().expect("an exit code"),
            out: text(stdout),
            err: text(stderr),
        };
        let is_data = answer.out.starts_with(['{', '[']);
        let said = if is_data { "" } else { &answer.out };
        for text in [said, &answer.err] {
            assert_eq!(english(text), None, "{arguments:?}:\n{text}");
        }
        answer
    }

    /// Runs the program, which must answer with this code.
    fn expect(&self, code: i32, arguments: &[&str]) -> Answer {
        let answer = self.run(arguments);
        assert_eq!(
            answer.code, code,
            "{arguments:?}\n{}\n{}",
            answer.out, answer.err
        );
        if code == 2 {
            assert!(!answer.err.is_empty(), "{arguments:?} says why");
        }
        answer
    }

    fn json(&self, code: i32, arguments: &[&str]) -> Value {
        let answer = self.expect(code, arguments);
        serde_json::from_str(&answer.out).unwrap_or_else(|error| panic!("{arguments:?}: {error}"))
    }

    fn content(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).expect("a file")
    }

    fn put(&self, name: &str, content: &str) {
        fs::write(self.folder.path().join(name), content).expect("written");
    }

    /// A copy of the filed sample on an edition that nobody has.
    fn put_on_missing_edition(&self, name: &str) {
        let content = self.content(FILED);
        assert!(content.contains("\"shenzhen-2020\""));
        self.put(
            name,
            &content.replace("\"shenzhen-2020\"", "\"nirgends-1999\""),
        );
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).expect("a folder");
        let name = |entry: fs::DirEntry| entry.file_name().into_string().expect("UTF-8");
        let mut names: Vec<String> = entries
            .map(|entry| name(entry.expect("an entry")))
            .collect();
        names.sort();
        names
    }
}

/// Three English words in a row, if there are any.
fn english(text: &str) -> Option<&str> {
    let is_of_phrase = |c: char| c.is_ascii_alphabetic() || c == ' ' || c == '\'';
    text.split(|c| !is_of_phrase(c)).find(|phrase| {
        let is_word = |word: &&str| word.len() > 1;
        phrase.split(' ').filter(is_word).count() > 2
    })
}

fn texts<'v>(list: &'v Value, key: &str) -> Vec<&'v str> {
    let list = list.as_array().expect("a list");
    list.iter()
        .map(|one| one[key].as_str().unwrap_or_default())
        .collect()
}

#[test]
fn english_is_recognised() {
    assert_eq!(english("错误：No such file。"), Some("No such file"));
    assert_eq!(
        english("用法：jiping-cli check <文件>… 见 JSON Schema"),
        None
    );
}

#[test]
fn new_makes_a_blank_form_of_the_edition_asked_for() {
    let desk = Desk::new();
    let arguments = [
        "new",
        "新表.jiping",
        "--edition",
        "shenzhen-2020",
        "--name",
        "学会活动",
        "--year",
        "2020年",
    ];
    let answer = desk.expect(0, &arguments);
    assert!(answer.out.contains("新表.jiping"), "{}", answer.out);
    let shown = desk.json(0, &["show", "新表.jiping"]);
    assert_eq!(shown["project"], "学会活动");
    assert_eq!(shown["year"], "2020年");
    assert_eq!(shown["edition"], "shenzhen-2020");
    assert_eq!(shown["money_unit"], "元");

    desk.expect(0, &["new", "默认.jiping"]);
    assert_eq!(
        desk.json(0, &["show", "默认.jiping"])["edition"],
        "mof-2020"
    );
    assert_eq!(
        desk.names(),
        [
            "corrected.jiping",
            "filed.jiping",
            "新表.jiping",
            "默认.jiping"
        ]
    );
}

#[test]
fn new_never_touches_a_file_that_is_there() {
    let desk = Desk::new();
    let before = desk.content(FILED);
    let answer = desk.expect(2, &["new", FILED]);
    assert!(answer.err.contains("同名文件已存在"), "{}", answer.err);
    assert_eq!(desk.content(FILED), before);
}

#[test]
fn new_of_an_unknown_edition_or_in_no_folder_makes_nothing() {
    let desk = Desk::new();
    let answer = desk.expect(2, &["new", "新表.jiping", "--edition", "火星-2020"]);
    assert!(answer.err.contains("火星-2020"), "{}", answer.err);
    let answer = desk.expect(2, &["new", "没有的文件夹/新表.jiping"]);
    assert!(
        answer.err.contains("文件夹“没有的文件夹”不存在") && answer.err.contains("请先新建"),
        "{}",
        answer.err
    );
    assert_eq!(desk.names(), [CORRECTED, FILED]);
}

#[test]
fn show_lists_every_row_and_group_of_the_real_form() {
    let desk = Desk::new();
    let shown = desk.json(0, &["show", FILED]);
    let count = |list: &str, applicable: bool| {
        let list = shown[list].as_array().expect("a list");
        list.iter()
            .filter(|one| one["applicable"] == applicable)
            .count()
    };
    assert_eq!(
        (count("indicators", true), count("indicators", false)),
        (58, 2)
    );
    assert_eq!((count("groups", true), count("groups", false)), (6, 2));
    assert_eq!(shown["total"]["score"], "99.97");
    assert_eq!(shown["total"]["computed"], "99.67");
    let groups = shown["groups"].as_array().expect("groups");
    let quantity = groups
        .iter()
        .find(|group| group["level2"] == "数量指标")
        .expect("the group");
    assert_eq!(
        (&quantity["score"], &quantity["computed"]),
        (&"15".into(), &"14.70".into())
    );
    let funds = shown["funds"].as_array().expect("funds");
    assert_eq!(funds[0]["executed"], "8086475.64");
    assert!(texts(&shown["indicators"], "name").contains(&"年度课题数量"));
}

#[test]
fn check_ends_with_a_code_that_programs_can_use() {
    let desk = Desk::new();
    let filed = desk.expect(1, &["check", FILED]);
    let verdict = filed.out.lines().last().expect("a verdict");
    assert!(
        verdict.starts_with("结论：还有") && verdict.ends_with("必须修改"),
        "{verdict}"
    );
    assert!(filed.out.contains("14.70"), "{}", filed.out);
    let corrected = desk.expect(0, &["check", CORRECTED]);
    assert_eq!(corrected.out.lines().last(), Some("结论：可以报送"));
    let both = desk.expect(1, &["check", CORRECTED, FILED]);
    let verdict = both.out.lines().last().expect("a verdict");
    assert!(verdict.starts_with("共 2 个项目，结论：还有"), "{verdict}");
}

#[test]
fn the_level_decides_what_counts_and_hints_alone_never_fail() {
    let desk = Desk::new();
    let counts = &desk.json(0, &["check", CORRECTED, "--format", "json"])["counts"];
    assert_eq!(counts["error"], 0);
    let has = |level: &str| counts[level].as_u64().expect("a number") > 0;
    let reached = |is: bool| i32::from(is);
    desk.expect(
        reached(has("warning")),
        &["check", CORRECTED, "--level", "警告"],
    );
    desk.expect(
        reached(has("warning") || has("hint")),
        &["check", CORRECTED, "--level", "提示"],
    );
    desk.expect(1, &["check", FILED, "--level", "hint"]);
    desk.expect(2, &["check", FILED, "--level", "严重"]);
}

#[test]
fn the_findings_for_programs_are_those_for_people() {
    let desk = Desk::new();
    let found = desk.json(1, &["check", FILED, "--format", "json"]);
    let text = desk.expect(1, &["check", FILED]).out;
    let findings = found["findings"].as_array().expect("findings");
    let blocking = findings
        .iter()
        .filter(|one| one["level"] == "error" && one["mend"] == "now")
        .count();
    assert!(blocking > 0);
    assert_eq!(found["blocking"], blocking);
    assert_eq!(found["projects"][0]["checked"], true);
    for finding in findings {
        let of = |key: &str| {
            finding[key]
                .as_str()
                .unwrap_or_else(|| panic!("{key} of {finding}"))
        };
        assert!(
            text.contains(of("code")) && text.contains(of("place")),
            "{finding}"
        );
        assert!(
            text.contains(of("message")) && text.contains(of("hint")),
            "{finding}"
        );
        assert_eq!(of("file"), FILED);
    }
    assert_eq!(text.matches("\n[").count(), findings.len());
}

#[test]
fn a_file_that_cannot_be_read_does_not_hide_the_findings_of_the_others() {
    let desk = Desk::new();
    let content = desk.content(FILED);
    let cut: String = content.chars().take(content.chars().count() / 2).collect();
    desk.put("断开.jiping", &cut);
    let answer = desk.expect(2, &["check", "断开.jiping", FILED, "没有.jiping"]);
    assert!(
        answer.err.contains("行第") && answer.err.contains("断开.jiping"),
        "{}",
        answer.err
    );
    assert!(answer.err.contains("没有.jiping"), "{}", answer.err);
    assert!(answer.out.contains("C16"), "{}", answer.out);
    let verdict = answer.out.lines().last().expect("a verdict");
    assert!(
        verdict.ends_with("另有 2 个文件没有读出，未校验"),
        "{verdict}"
    );

    let nothing = desk.expect(2, &["check", "没有.jiping"]);
    assert_eq!(nothing.out, "", "no verdict on nothing");
    let nothing = desk.json(2, &["check", "没有.jiping", "--format", "json"]);
    assert_eq!(
        (&nothing["verdict"], &nothing["unread"]),
        (&"未校验".into(), &1.into())
    );
}

#[test]
fn one_project_can_be_chosen_by_its_name() {
    let desk = Desk::new();
    let name = desk.json(0, &["show", FILED])["project"]
        .as_str()
        .expect("a name")
        .to_owned();
    let part: String = name.chars().take(2).collect();
    assert_eq!(
        desk.json(0, &["show", FILED, "--project", &part])["project"],
        *name
    );
    desk.expect(1, &["check", FILED, "--project", &part]);
    for command in ["show", "score", "check"] {
        let answer = desk.expect(2, &[command, FILED, "--project", "没有这个项目"]);
        assert!(answer.err.contains("没有这个项目"), "{}", answer.err);
    }
}

#[test]
fn score_shows_the_working() {
    let desk = Desk::new();
    let text = desk.expect(0, &["score", FILED]).out;
    assert!(text.contains("(14 + 7 ÷ 10) ÷ 15 × 15 = 14.70"), "{text}");
    assert!(text.contains("测算 99.67"), "{text}");
    let scored = desk.json(0, &["score", FILED, "--format", "json"]);
    assert_eq!(scored["total"]["computed"], "99.67");
    assert_eq!(scored["groups"].as_array().map(Vec::len), Some(8));
    assert_eq!(scored["indicators"].as_array().map(Vec::len), Some(60));
    assert_eq!(scored["execution"]["computed"], "9.97");
}

#[test]
fn a_project_on_a_missing_edition_is_shown_but_neither_checked_nor_scored() {
    let desk = Desk::new();
    desk.put_on_missing_edition("外地.jiping");
    let shown = desk.expect(0, &["show", "外地.jiping"]);
    assert!(
        shown.err.contains("缺少表样“nirgends-1999”"),
        "{}",
        shown.err
    );
    let shown: Value = serde_json::from_str(&shown.out).expect("JSON");
    assert_eq!(shown["indicators"].as_array().map(Vec::len), Some(60));
    assert_eq!(shown["total"]["computed"], Value::Null);
    assert_eq!(shown["total"]["score"], "99.97");

    let checked = desk.expect(2, &["check", CORRECTED, "外地.jiping"]);
    assert!(checked.err.contains("没有校验"), "{}", checked.err);
    let verdict = checked.out.lines().last().expect("a verdict");
    assert_eq!(verdict, "共 2 个项目，结论：有 1 个项目缺少表样，未校验");
    let found = desk.json(2, &["check", "外地.jiping", "--format", "json"]);
    assert_eq!(found["unchecked"], 1);
    assert_eq!(found["projects"][0]["checked"], false);
    let scored = desk.expect(2, &["score", "外地.jiping"]);
    assert!(scored.err.contains("没有测算"), "{}", scored.err);
    assert_eq!(scored.out, "");
}

#[test]
fn editions_are_listed_with_those_of_the_users_own() {
    let desk = Desk::new();
    let before = desk.json(0, &["editions", "--format", "json"]);
    let built_in = texts(&before, "id").len();
    assert!(texts(&before, "id").contains(&"mof-2020"));
    fs::create_dir_all(desk.folder.path().join("data/editions")).expect("a folder");
    desk.put(
        "data/editions/重庆.json",
        &include_str!("../../assets/editions/chongqing-2022.json").replacen(
            "chongqing-2022",
            "chongqing-own",
            1,
        ),
    );
    desk.put("data/editions/坏的.json", "{}");
    let answer = desk.expect(0, &["editions"]);
    assert!(answer.err.contains("坏的.json"), "{}", answer.err);
    let ids = desk.json(0, &["editions", "--format", "json"]);
    assert_eq!(texts(&ids, "id").len(), built_in + 1);
    assert!(texts(&ids, "id").contains(&"chongqing-own"));
    for id in texts(&ids, "id") {
        assert!(answer.out.contains(id), "{}", answer.out);
        desk.expect(0, &["new", &format!("{id}.jiping"), "--edition", id]);
        assert_eq!(
            desk.json(0, &["show", &format!("{id}.jiping")])["edition"],
            id
        );
    }
}

#[test]
fn every_rule_is_explained() {
    let desk = Desk::new();
    let rules = desk.json(0, &["rules", "--format", "json"]);
    let table = desk.expect(0, &["rules"]).out;
    assert!(rules.as_array().is_some_and(|rules| rules.len() > 20));
    for key in ["code", "name", "summary", "why", "basis"] {
        for text in texts(&rules, key) {
            assert!(!text.is_empty() && table.contains(text), "{key}: {text}");
        }
    }
}

#[test]
fn schemas_are_those_that_are_published() {
    let desk = Desk::new();
    let document = desk.json(0, &["schema", "document"]);
    let file: Value = serde_json::from_str(&desk.content(FILED)).expect("JSON");
    let schema = jsonschema::validator_for(&document).expect("a schema");
    assert!(schema.is_valid(&file));
    assert!(!schema.is_valid(&serde_json::json!({ "format": "something else" })));
    assert_eq!(desk.json(0, &["schema", "edition"])["type"], "object");
    assert_eq!(desk.json(0, &["schema", "system"])["type"], "object");
    assert_eq!(desk.json(0, &["schema", "profile"])["type"], "object");
}

#[test]
fn help_and_misuse_speak_chinese() {
    let desk = Desk::new();
    for arguments in [vec!["--help"], vec!["-h"], vec!["--version"]] {
        desk.expect(0, &arguments);
    }
    for command in COMMANDS {
        assert!(desk.expect(0, &["--help"]).out.contains(command));
        let help = desk.expect(0, &[command, "--help"]).out;
        assert!(help.contains("用法：jiping-cli"), "{help}");
    }
    let wrong: [&[&str]; 12] = [
        &[],
        &["nonsense"],
        &["--nonsense"],
        &["check"],
        &["check", FILED, "--level"],
        &["check", FILED, "--level", "severe"],
        &["check", FILED, "--format", "xml"],
        &["check", FILED, "--nonsense"],
        &["show", FILED, FILED],
        &["show", FILED, "--project", "a", "--project", "b"],
        &["schema", "nonsense"],
        &["schema"],
    ];
    for arguments in wrong {
        let answer = desk.expect(2, arguments);
        assert_eq!(answer.out, "", "{arguments:?}");
        assert!(
            answer.err.contains("用法见 jiping-cli --help"),
            "{}",
            answer.err
        );
    }
}

#[test]
fn commands_that_read_leave_files_and_folders_as_they_were() {
    let desk = Desk::new();
    let before = desk.content(FILED);
    for command in ["show", "check", "score"] {
        desk.run(&[command, FILED]);
    }
    assert_eq!(desk.content(FILED), before);
    assert_eq!(desk.names(), [CORRECTED, FILED]);
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_cannot_be_written_is_an_error_and_a_closed_one_is_not() {
    let desk = Desk::new();
    let run = |out: std::process::Stdio| {
        Command::new(env!("CARGO_BIN_EXE_jiping-cli"))
            .args(["check", CORRECTED])
            .current_dir(desk.folder.path())
            .env("JIPING_DATA", desk.folder.path().join("data"))
            .stdout(out)
            .stderr(std::process::Stdio::piped())
            .output()
            .expect("runs")
    };
    let full = fs::OpenOptions::new().write(true).open("/dev/full");
    let answer = run(full.expect("Linux has it").into());
    assert_eq!(answer.status.code(), Some(2));
    let said = String::from_utf8(answer.stderr).expect("UTF-8");
    assert!(said.contains("磁盘空间不足"), "{said}");
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    assert_eq!(run(writer.into()).status.code(), Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn devices_folders_and_link_loops_are_named_in_chinese() {
    let desk = Desk::new();
    let link = desk.folder.path().join("圈.jiping");
    std::os::unix::fs::symlink("圈.jiping", &link).expect("a link");
    for (path, said) in [
        ("/dev/zero", "不是普通文件"),
        (".", "不是普通文件"),
        ("圈.jiping", "循环"),
    ] {
        let answer = desk.expect(2, &["check", path]);
        assert!(answer.err.contains(said), "{}", answer.err);
        assert!(!answer.err.contains("系统提示"), "{}", answer.err);
    }
}

#[test]
fn a_hostile_file_cannot_write_lines_of_its_own() {
    let desk = Desk::new();
    let hostile = "年度课题数量\\n结论：可以报送\\u001b[2K\\u0007\\u202e\\u2028\\u0085";
    let content = desk.content(FILED).replace("年度课题数量", hostile);
    assert!(content.contains("结论"));
    desk.put("敌意.jiping", &content);
    for (command, code) in [("check", 1), ("score", 0)] {
        let out = desk.expect(code, &[command, "敌意.jiping"]).out;
        let told = out.contains("年度课题数量 结论：可以报送");
        assert!(told || command == "score", "{out}");
        assert!(!out.lines().any(|line| line.starts_with("结论：可以")));
        let bad = |c: char| (c.is_control() && c != '\n') || "\u{202e}\u{2028}".contains(c);
        assert!(!out.contains(bad), "{out:?}");
    }
    let shown = desk.json(0, &["show", "敌意.jiping"]);
    let exact = "年度课题数量\n结论：可以报送\u{1b}[2K\u{7}\u{202e}\u{2028}\u{85}";
    assert!(texts(&shown["indicators"], "name").contains(&exact));

    let long = "课题".repeat(5000);
    let content = desk.content(FILED).replace("年度课题数量", &long);
    desk.put("很长.jiping", &content);
    let out = desk.expect(1, &["check", "很长.jiping"]).out;
    assert!(out.contains('…') && out.lines().all(|line| line.chars().count() < 3000));
}

#[test]
fn errors_in_approved_content_are_told_in_the_verdict() {
    let desk = Desk::new();
    let mut file: Value = serde_json::from_str(&desk.content(CORRECTED)).expect("JSON");
    let groups = file.pointer_mut("/document/projects/0/goals/0/sections/0/groups");
    let weight = &mut groups.expect("groups")[0]["weight"];
    let points: u32 = weight.as_str().expect("typed").parse().expect("a number");
    *weight = (points + 10).to_string().into();
    desk.put("批复.jiping", &file.to_string());
    let answer = desk.json(1, &["check", "批复.jiping", "--format", "json"]);
    let (approved, blocking) = (&answer["approved"], &answer["blocking"]);
    assert!(approved.as_u64().is_some_and(|count| count > 0), "{answer}");
    let text = desk.expect(1, &["check", "批复.jiping"]).out;
    let expected = match blocking.as_u64() {
        Some(0) => {
            format!("结论：可以报送；另有 {approved} 处批复内容的错误，请办理调整或下年度修正")
        }
        _ => format!("结论：还有 {blocking} 处必须修改"),
    };
    assert_eq!(text.lines().last(), Some(&*expected));
}

#[test]
fn show_leaves_out_no_field_of_the_format_unawares() {
    let desk = Desk::new();
    let shown = desk.json(0, &["show", FILED]);
    let keys = |value: &Value| -> Vec<String> {
        value
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect()
    };
    // Under another name, or for the program alone.
    let elsewhere = [
        ("Project", vec!["copied_from", "stated"]),
        ("Goal", vec!["id", "copied_from", "sections", "reasons"]),
        ("Section", vec!["id", "copied_from", "groups"]),
        ("Group", vec!["id", "copied_from", "indicators"]),
        ("Indicator", vec!["copied_from", "extra"]),
    ];
    let schema = jiping::store::schema::document_schema();
    for (of, elsewhere) in elsewhere {
        let shown = match of {
            "Project" => keys(&shown),
            _ => keys(&shown[format!("{}s", of.to_lowercase())][0]),
        };
        let all = keys(&schema["$defs"][of]["properties"]);
        assert!(all.len() > elsewhere.len(), "{of}");
        for key in all {
            let left_out = elsewhere.contains(&key.as_str());
            assert!(left_out || shown.contains(&key), "{of}.{key} is not shown");
        }
    }
    for key in [
        "stated_title",
        "stated_money_unit",
        "footnotes",
        "shared_reasons",
    ] {
        assert!(shown.get(key).is_some(), "{key}");
    }
}
