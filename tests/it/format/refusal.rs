//! What is no document of this version is refused in Chinese, with its line and column, and never with a panic.

use jiping::store::format_error::FormatError;
use proptest::prelude::*;
use serde_json::json;

use super::{file, read, samples};

fn refused(text: &str) -> FormatError {
    read(text.as_bytes()).expect_err(text)
}

/// The smallest document that has a bit of everything.
fn small() -> String {
    let text = format!(
        "{:#}\n",
        json!({ "format": "jiping", "version": 1, "document": {
            "id": "0000000000000001",
            "projects": [{
                "id": "0000000000000002", "stage": "self_evaluation", "money_unit": "元",
                "header": { "project_name": "科普" },
                "funds": [{ "id": "0000000000000003", "figures": { "rate": "99.7%" } }],
                "goals": [{ "id": "0000000000000004", "sections": [{ "id": "0000000000000005",
                    "groups": [{ "id": "0000000000000006", "indicators": [
                        { "id": "0000000000000007", "target": "≥10场", "tier": "reached" },
                    ] }] }] }],
                "notes": [{ "id": "0000000000000008", "resolved": true,
                    "at": "0000000000000002/whole" }],
            }],
        }})
    );
    assert!(read(text.as_bytes()).is_ok_and(|opened| opened.report.is_clean()));
    text
}

/// No English reaches the reader, save names of fields and the words everybody knows.
fn assert_chinese(error: &FormatError) {
    let message = error.to_string();
    let mut rest = message.clone();
    for known in ["UTF-8", "null", "true", "false"] {
        rest = rest.replace(known, "");
    }
    let mut quoted = false;
    let word = rest
        .split(|c: char| {
            quoted = matches!(c, '“') || quoted && c != '”';
            quoted || !(c.is_ascii_alphabetic() || c == ' ')
        })
        .find(|run| run.trim().contains(' ') && run.trim().len() > 3);
    assert_eq!(word, None, "{message}");
    assert!(
        message.ends_with('。') && message.contains('请'),
        "{message}"
    );
}

#[test]
fn a_newer_file_is_refused_before_its_content_is_looked_at() {
    for text in [
        r#"{"format": "jiping", "version": 7, "document": {"id": 5}}"#,
        r#"{"version": 7, "format": "jiping", "document": []"#,
        r#"{"document": {"id": [1]}, "of_tomorrow": 1, "version": 7, "format": "jiping"}"#,
    ] {
        let error = refused(text);
        let expected = FormatError::Newer {
            found: 7,
            supported: 1,
        };
        assert_eq!(error, expected);
        assert!(
            error.to_string().starts_with(
                "此文件由新版本的绩评创建（格式 7，本程序支持到 1）。为避免丢失其中的新内容，没有打开，文件没有改动。"
            ),
            "{error}"
        );
    }
    let far = r#"{"format": "jiping", "version": 18446744073709551615}"#;
    assert!(matches!(refused(far), FormatError::Newer { .. }));
}

#[test]
fn a_version_that_never_was_is_refused() {
    let error = refused(r#"{"format": "jiping", "version": 0, "document": {}}"#);
    assert_eq!(error, FormatError::NoSuchVersion { found: 0 });
    for version in ["1.0", "\"1\"", "-1", "null", "1e30", "[1]"] {
        let error = refused(&format!(
            r#"{{"format": "jiping", "version": {version}, "document": {{}}}}"#
        ));
        assert!(
            matches!(error, FormatError::Content { .. }),
            "{version}: {error}"
        );
        assert_chinese(&error);
    }
}

#[test]
fn other_files_are_told_apart() {
    for bytes in [
        &b"PK\x03\x04\x14\x00\x06\x00\xff\xfe"[..],
        b"\xd0\xcf\x11\xe0",
        b"%PDF-1.7",
        b"[1, 2]",
        b"\"text\"",
        b"plain words",
        br#"{"name": "package.json"}"#,
        br#"{"format": "other", "version": 1, "document": {}}"#,
        br#"{"format": 5, "version": 1, "document": {}}"#,
    ] {
        assert_eq!(
            read(bytes).expect_err("no document"),
            FormatError::NotJiping
        );
    }
    for bytes in [&b""[..], b"  \r\n ", b"\0\0\0\0", b"\xEF\xBB\xBF"] {
        assert_eq!(read(bytes).expect_err("nothing"), FormatError::Empty);
    }
    for (encoding, bytes) in [
        ("UTF-16", &b"\xff\xfe{\x00"[..]),
        ("UTF-16", b"\xfe\xff\x00{"),
        // 科普 as Notepad writes it under the name ANSI.
        ("GBK", b"{\"format\": \"\xbf\xc6\xc6\xd5\"}"),
    ] {
        let error = read(bytes).expect_err("another encoding");
        assert_eq!(error, FormatError::OtherEncoding { encoding });
        assert!(error.to_string().contains("另存为 UTF-8 编码"), "{error}");
    }
    let damaged = "{\"name\": \"科普\"}".replace('普', "\u{1}").into_bytes();
    let damaged: Vec<u8> = damaged
        .into_iter()
        .map(|byte| if byte == 1 { 0xFF } else { byte })
        .collect();
    assert!(matches!(read(&damaged), Err(FormatError::NotText { .. })));
    assert_chinese(&FormatError::NotJiping);
    assert_chinese(&FormatError::Empty);
}

#[test]
fn the_line_and_column_are_those_of_the_fault() {
    let text = String::from_utf8(samples::filed()).expect("UTF-8");
    let nth_target = |number: usize| {
        let (at, _) = text
            .match_indices("\"target\": \"")
            .nth(number - 1)
            .expect("60 rows");
        let value = at + "\"target\": ".len();
        let end = value + text[value..].find(",\n").expect("a value per line");
        (value, end)
    };
    let (start, end) = nth_target(40);
    let broken = format!("{}10{}", &text[..start], &text[end..]);
    let line = text[..start].matches('\n').count() + 1;
    let indent = text[..start]
        .chars()
        .rev()
        .take_while(|c| *c != '\n')
        .count();
    let error = refused(&broken);
    let at = error.position().expect("a place");
    assert_eq!((at.line, at.column), (line, indent + 2));
    assert_eq!(
        error.to_string(),
        format!(
            "第 {line} 行第 {} 列的内容不符合绩评文件的要求：应为单元格文字，实际是数字“10”。没有读入任何内容，文件没有改动。请改正此处，或打开最近的备份。",
            indent + 2
        )
    );
}

#[test]
fn columns_count_characters_not_bytes() {
    let at = |text: &str| refused(text).position().map(|at| (at.line, at.column));
    // The fault is the 14th character; five before it are three bytes long.
    assert_eq!(at("{\"绩效自评表\": 1, 2}"), Some((1, 14)));
    assert_eq!(at("\u{feff}{\"绩效自评表\": 1, 2}"), Some((1, 14)));
}

#[test]
fn faults_are_said_in_chinese() {
    let id = "\"id\": \"0000000000000001\"";
    for (body, problem) in [
        ("{}", "缺少字段 id"),
        ("{\"id\": \"1\"}", "标识应为 16 位十六进制数字"),
        ("{\"id\": 7}", "应为16 位十六进制标识，实际是数字“7”"),
        (&format!("{{{id}, {id}}}"), "字段 id 重复"),
        (&format!("{{{id}, \"a\": 1, \"a\": 2}}"), "字段 a 重复"),
        (
            &format!("{{{id}, \"projects\": {{}}}}"),
            "应为列表，实际是对象",
        ),
        (
            &format!("{{{id}, \"projects\": [null]}}"),
            "应为对象 Project，实际是空值 null",
        ),
        (
            &format!("{{{id}, \"editions\": [{{\"id\": \"x\"}}]}}"),
            "缺少字段 name",
        ),
        (
            &format!("{{{id}, \"editions\": [{{\"x\": 1}}]}}"),
            "不认识的字段 x",
        ),
        (
            &format!("{{{id}, \"$envelope\": {{\"format\": 1}}}}"),
            "字段 $envelope 为程序保留，不能使用",
        ),
        (
            &format!("{{{id}, \"projects\": [{{{id}, \"stage\": \"done\"}}]}}"),
            "“done”不在可选值之内（可选：targets、adjustment、monitoring、self_evaluation、submitted、returned、final、published）",
        ),
        (
            &format!(
                "{{{id}, \"projects\": [{{{id}, \"header\": {{\"year\": \"2020\", \"year\": \"2021\"}}}}]}}"
            ),
            "字段 year 重复",
        ),
        (
            &format!("{{{id}, \"projects\": [{{{id}, \"notes\": [{{{id}, \"at\": \"x\"}}]}}]}}"),
            "不是有效的单元格地址",
        ),
        (
            &format!(
                "{{{id}, \"projects\": [{{{id}, \"notes\": [{{{id}, \"resolved\": \"yes\"}}]}}]}}"
            ),
            "应为true 或 false，实际是文字“yes”",
        ),
    ] {
        let error = refused(&format!(
            r#"{{"format": "jiping", "version": 1, "document": {body}}}"#
        ));
        match &error {
            FormatError::Content { problem: found, .. } => assert_eq!(found, problem),
            other => panic!("{body}: {other}"),
        }
        assert_chinese(&error);
    }
}

#[test]
fn broken_json_is_said_in_chinese() {
    for (text, problem) in [
        ("{\"a\" 1}", "字段名后缺少冒号"),
        ("{\"a\": [1 2]}", "列表中缺少逗号或右方括号"),
        ("{\"a\": 1 \"b\": 2}", "字段之间缺少逗号，或缺少右花括号"),
        ("{\"a\": tru}", "此处的值写法无效"),
        ("{\"a\": NaN}", "此处缺少值，或值没有加引号"),
        ("{\"a\": 1e400}", "数字过大"),
        ("{\"a\": 01}", "数字写法无效"),
        ("{\"a\": \"\\x\"}", "反斜杠后的字符无效"),
        (
            "{\"a\": \"第一行\n第二行\"}",
            "文字中有未转义的换行或控制字符",
        ),
        ("{a: 1}", "字段名应加引号"),
        ("{\"a\": 1,}", "最后一项后多了逗号"),
        ("{\"a\": \"\\ud800\"}", "字符编码不完整"),
    ] {
        let error = refused(text);
        match &error {
            FormatError::NotJson { problem: found, .. } => assert_eq!(found, problem, "{text}"),
            other => panic!("{text}: {other}"),
        }
        assert_chinese(&error);
    }
    let more = format!("{}{{}}", small());
    assert!(
        refused(&more)
            .to_string()
            .contains("内容结束后还有多余的文字")
    );
}

#[test]
fn text_in_another_encoding_is_refused_with_its_place() {
    let mut bytes = small().into_bytes();
    let name = "科普".as_bytes();
    let at = bytes
        .windows(name.len())
        .position(|window| window == name)
        .expect("the name");
    bytes[at..at + 4].copy_from_slice(b"\xbf\xc6\xc6\xd5");
    let error = read(&bytes).expect_err("GBK");
    assert!(matches!(error, FormatError::NotText { .. }), "{error}");
    let line = small().lines().position(|line| line.contains("科普"));
    assert_eq!(error.position().map(|at| at.line - 1), line);
    assert_chinese(&error);
}

#[test]
fn every_truncated_prefix_is_an_error() {
    let text = small();
    let bytes = text.trim_end().as_bytes();
    let mut cut_short = 0;
    for end in 0..bytes.len() {
        let error = read(&bytes[..end]).expect_err("truncated");
        assert_chinese(&error);
        cut_short += usize::from(matches!(error, FormatError::CutShort { .. }));
    }
    // Only the empty file says something else.
    assert_eq!(cut_short, bytes.len() - 1);
}

#[test]
fn deep_nesting_is_refused() {
    let nested = |depth: usize| {
        let text = format!(
            r#"{{"format": "jiping", "version": 1, "document": {{"id": "0000000000000001", "x": {}1{}}}}}"#,
            "[".repeat(depth),
            "]".repeat(depth)
        );
        read(text.as_bytes())
    };
    // Two levels are the envelope and the document.
    assert!(nested(125).is_ok());
    let error = nested(126).expect_err("too deep");
    assert!(error.to_string().contains("嵌套超过 128 层"), "{error}");
    assert!(error.position().is_some_and(|at| at.column > 100));
    assert!(nested(1_000_000).is_err());
}

#[test]
fn hostile_numbers_are_texts_like_any_other() {
    let long = "9".repeat(200);
    for typed in ["NaN", "1e400", "-Infinity", long.as_str()] {
        let bytes = file(json!({ "id": "0000000000000001", "projects": [{
            "id": "0000000000000002",
            "funds": [{ "id": "0000000000000003", "figures": { "executed": typed } }],
        }]}));
        let opened = read(&bytes).expect("a text");
        assert_eq!(opened.report.findings.unreadable_cells, 1, "{typed}");
        let project = opened.document.projects.first().expect("one");
        let cell = project.funds.first().expect("one").figure("executed");
        assert_eq!((cell.text(), cell.number()), (typed, None));
    }
    let zero = file(json!({ "id": "0000000000000001", "projects": [{
        "id": "0000000000000002", "stated": { "total_score": "-0" } }]}));
    let opened = read(&zero).expect("a text");
    let score = &opened
        .document
        .projects
        .first()
        .expect("one")
        .stated
        .total_score;
    assert_eq!(
        score.number().map(|number| number.to_string()).as_deref(),
        Some("0")
    );
    assert!(opened.report.is_clean());
}

#[derive(Debug, Clone)]
enum Mutation {
    Replace(usize, u8),
    Insert(usize, u8),
    Remove(usize, usize),
    Repeat(usize, usize),
}

fn mutations() -> impl Strategy<Value = Mutation> {
    let byte = prop_oneof![any::<u8>(), prop::sample::select(b"{}[],:\"\\0-e".to_vec())];
    prop_oneof![
        (any::<usize>(), byte.clone()).prop_map(|(at, byte)| Mutation::Replace(at, byte)),
        (any::<usize>(), byte).prop_map(|(at, byte)| Mutation::Insert(at, byte)),
        (any::<usize>(), 1usize..40).prop_map(|(at, length)| Mutation::Remove(at, length)),
        (any::<usize>(), 1usize..200).prop_map(|(at, length)| Mutation::Repeat(at, length)),
    ]
}

fn mutate(bytes: &mut Vec<u8>, mutation: &Mutation) {
    let place = |at: usize| at % bytes.len();
    match *mutation {
        _ if bytes.is_empty() => {}
        Mutation::Replace(at, byte) => {
            let at = place(at);
            bytes[at] = byte;
        }
        Mutation::Insert(at, byte) => bytes.insert(place(at), byte),
        Mutation::Remove(at, length) => {
            let at = place(at);
            bytes.drain(at..bytes.len().min(at + length));
        }
        Mutation::Repeat(at, length) => {
            let at = place(at);
            let piece = bytes[at..bytes.len().min(at + length)].to_vec();
            bytes.splice(at..at, piece);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn damaged_bytes_never_panic_and_what_opens_can_be_saved(
        damage in prop::collection::vec(mutations(), 1..6),
    ) {
        let mut bytes = small().into_bytes();
        for one in &damage {
            mutate(&mut bytes, one);
        }
        match read(&bytes) {
            Ok(opened) => {
                let again = read(&jiping::store::format::write(&opened.document));
                prop_assert_eq!(again.expect("our own bytes").document, opened.document);
            }
            Err(error) => assert_chinese(&error),
        }
    }

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Err(error) = read(&bytes) {
            assert_chinese(&error);
        }
    }
}
