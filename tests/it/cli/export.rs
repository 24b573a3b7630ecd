//! `export`: what is written where, and what is never overwritten.

use std::{fs, process::Command};

use serde_json::{Value, json};

use super::{Answer, CORRECTED, Desk, FILED};

const PDF: &[u8] = b"%PDF-";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const TABLES: [&str; 4] = ["projects", "funds", "indicators", "findings"];

impl Desk {
    /// A file with blank projects of these names.
    pub(super) fn put_projects(&self, file: &str, names: &[&str]) {
        self.expect(0, &["new", "空白.jiping", "--year", "2021年度"]);
        let mut content: Value = serde_json::from_str(&self.content("空白.jiping")).expect("JSON");
        fs::remove_file(self.folder.path().join("空白.jiping")).expect("removed");
        let blank = content["document"]["projects"][0].clone();
        let project = |(index, name): (usize, &&str)| {
            let mut project = blank.clone();
            project["id"] = json!(format!("{:016x}", index + 1));
            project["header"]["project_name"] = json!(name);
            project
        };
        content["document"]["projects"] = names.iter().enumerate().map(project).collect();
        self.put(file, &content.to_string());
    }

    pub(super) fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.folder.path().join(name)).expect("a file")
    }

    /// Runs `export`, the files first.
    fn export(&self, code: i32, arguments: &[&str]) -> Answer {
        self.expect(code, &[&["export"], arguments].concat())
    }

    /// The files that an export would write: all that it says are there already, when they are. Nothing is laid out.
    fn names_taken(&self, arguments: &[&str], there: &[&str]) -> Vec<String> {
        for name in there {
            self.put(name, "早已有的内容");
        }
        let answer = self.export(2, arguments);
        let (_, list) = answer.err.split_once("文件：\n").expect("a list");
        assert!(answer.err.contains("--overwrite"), "{}", answer.err);
        for name in there {
            assert_eq!(self.content(name), "早已有的内容");
            fs::remove_file(self.folder.path().join(name)).expect("removed");
        }
        list.lines().map(str::to_owned).collect()
    }
}

/// How many pages each written file has, as the program says.
fn pages(answer: &Answer) -> Vec<usize> {
    let number = |line: &str| {
        let (_, told) = line.rsplit_once("  ")?;
        told.split(' ').find_map(|word| word.parse().ok())
    };
    answer
        .out
        .lines()
        .map(|line| number(line).unwrap_or_else(|| panic!("{line}")))
        .collect()
}

#[test]
fn a_pdf_is_written_once_and_replaced_only_when_asked_for() {
    let desk = Desk::new();
    let at = |moment: &str, out: &str| {
        let status = Command::new(env!("CARGO_BIN_EXE_jiping-cli"))
            .args(["export", FILED, "--to", "pdf", "--overwrite", "-o", out])
            .current_dir(desk.folder.path())
            .env("JIPING_DATA", desk.folder.path().join("data"))
            .env("SOURCE_DATE_EPOCH", moment)
            .output()
            .expect("runs")
            .status;
        assert_eq!(status.code(), Some(0));
    };
    at("1600000000", "表.pdf");
    let first = desk.bytes("表.pdf");
    assert!(first.starts_with(PDF) && first.ends_with(b"%%EOF"));

    let answer = desk.export(2, &[FILED, "--to", "pdf", "-o", "表"]);
    assert!(answer.err.contains("同名文件已存在"), "{}", answer.err);
    assert_eq!(answer.err.lines().last(), Some("表.pdf"));
    assert_eq!(desk.bytes("表.pdf"), first);

    desk.put("又.pdf", "早已有的内容");
    at("1600000000", "又.PDF");
    assert_eq!(
        desk.bytes("又.pdf"),
        first,
        "the same input at the same time"
    );
    assert!(desk.names().iter().all(|name| !name.contains("tmp")));
}

#[test]
fn a_form_for_monitoring_is_made_of_the_project_as_it_is() {
    let desk = Desk::new();
    let mut content: Value = serde_json::from_str(&desk.content(FILED)).expect("JSON");
    content["document"]["editions"] = json!([crate::cases::edition("monitoring-small")]);
    content["document"]["projects"][0]["header"]["monitored_until"] = json!("7月31日");
    desk.put("年中.jiping", &content.to_string());
    let before = desk.content("年中.jiping");
    for (to, out, begins) in [
        ("pdf", "监控.pdf", PDF),
        ("xlsx", "监控.xlsx", b"PK".as_slice()),
        ("docx", "监控.docx", b"PK"),
    ] {
        desk.export(0, &["年中.jiping", "--monitoring", "--to", to, "-o", out]);
        assert!(desk.bytes(out).starts_with(begins));
    }
    assert_eq!(desk.content("年中.jiping"), before);
    for wrong in [
        ["--monitoring", "--review", "--to", "pdf"],
        ["--monitoring", "--working-paper", "--to", "pdf"],
        ["--monitoring", "--formulas", "--to", "xlsx"],
        ["--monitoring", "--overwrite", "--to", "csv"],
    ] {
        let answer = desk.export(2, &[&["年中.jiping", "-o", "x"], &wrong[..]].concat());
        assert!(answer.err.contains("监控表"), "{}", answer.err);
    }
}

#[test]
fn several_projects_become_one_file_or_one_each() {
    let desk = Desk::new();
    desk.put_projects("甲.jiping", &["一", "二"]);
    desk.put_projects("乙.jiping", &["三"]);
    let each = desk.export(
        0,
        &[
            "甲.jiping",
            "乙.jiping",
            "--to",
            "pdf",
            "-o",
            "{n}-{name}.pdf",
        ],
    );
    let names: Vec<&str> = each
        .out
        .lines()
        .filter_map(|line| line.split("  ").next())
        .collect();
    assert_eq!(names, ["1-一.pdf", "2-二.pdf", "3-三.pdf"]);
    for name in names {
        assert!(desk.bytes(name).starts_with(PDF), "{name}");
    }
    let all = desk.export(
        0,
        &["甲.jiping", "乙.jiping", "--to", "pdf", "-o", "全部.pdf"],
    );
    assert_eq!(pages(&all), [pages(&each).iter().sum::<usize>()]);
}

#[test]
fn names_of_projects_reach_no_other_folder_and_no_device() {
    let desk = Desk::new();
    let long = "长".repeat(300);
    desk.put_projects(
        "险.jiping",
        &["../a/b:*?", "CON", &long, "", "同名", "同名"],
    );
    let mut expected = vec![
        "_a_b___.pdf".to_owned(),
        "_CON.pdf".into(),
        format!("{}.pdf", "长".repeat(60)),
        "未命名.pdf".into(),
        "同名.pdf".into(),
        "同名 (2).pdf".into(),
    ];
    let there: Vec<&str> = expected.iter().map(String::as_str).collect();
    let arguments = ["险.jiping", "--to", "pdf", "-o", "{name}"];
    assert_eq!(desk.names_taken(&arguments, &there), expected);

    fs::create_dir(desk.folder.path().join("夹")).expect("a folder");
    expected = expected.iter().map(|name| format!("夹/{name}")).collect();
    let there: Vec<&str> = expected.iter().map(String::as_str).collect();
    for folder in ["夹", "夹/"] {
        let arguments = ["险.jiping", "--to", "pdf", "-o", folder];
        let taken = desk.names_taken(&arguments, &there);
        let taken: Vec<_> = taken.iter().map(|name| name.replace('\\', "/")).collect();
        assert_eq!(taken, expected);
    }
}

#[test]
fn names_tell_number_file_and_year() {
    let desk = Desk::new();
    let ten: Vec<String> = (1..=10).map(|number| format!("项目{number}")).collect();
    let ten: Vec<&str> = ten.iter().map(String::as_str).collect();
    desk.put_projects("十个.jiping", &ten);
    let arguments = ["十个.jiping", "--to", "pdf", "-o", "{year} {file}{n}.pdf"];
    let there = ["2021 十个01.pdf", "2021 十个10.pdf"];
    assert_eq!(desk.names_taken(&arguments, &there), there);
    let arguments = [
        "十个.jiping",
        "--to",
        "png",
        "-o",
        "{name}第{page}页",
        "--project",
        "项目2",
    ];
    let there = ["项目2第1页.png", "项目2第12页.png"];
    assert_eq!(desk.names_taken(&arguments, &there), there);
}

#[test]
fn workbooks_and_word_documents_come_back_through_import_with_the_same_values() {
    let desk = Desk::new();
    for (to, options) in [("xlsx", &[][..]), ("xlsx", &["--formulas"]), ("docx", &[])] {
        let file = format!("表.{to}");
        let export = [FILED, "--to", to, "--overwrite", "-o", &file];
        let answer = desk.export(0, &[&export, options].concat());
        assert_eq!(answer.out, format!("{file}  1 个项目\n"));
        let document = format!("{to}{}.jiping", options.len());
        desk.run(&["import", &file, "-o", &document]);
        let texts = |shown: &Value| {
            let of = |key: &str, field: &str| {
                let rows = shown[key].as_array().expect("rows");
                let texts = rows.iter().map(|row| row[field].to_string());
                texts.collect::<Vec<_>>()
            };
            [
                of("indicators", "name"),
                of("indicators", "target"),
                of("indicators", "actual"),
                of("funds", "executed"),
                vec![
                    shown["project"].to_string(),
                    shown["total"]["score"].to_string(),
                ],
            ]
        };
        let (before, after) = (
            desk.json(0, &["show", FILED]),
            desk.json(0, &["show", &document]),
        );
        assert_eq!(texts(&before), texts(&after), "{to} {options:?}");
    }
}

#[test]
fn findings_are_comments_of_a_review_copy_in_a_workbook_and_in_word() {
    let desk = Desk::new();
    for (to, part) in [("xlsx", "xl/comments1.xml"), ("docx", "word/comments.xml")] {
        let comments = |more: &[&str]| {
            let arguments = [FILED, "--to", to, "--overwrite", "-o", "表"];
            desk.export(0, &[&arguments, more].concat());
            let file = fs::File::open(desk.folder.path().join(format!("表.{to}")));
            let package = zip::ZipArchive::new(file.expect("written"));
            package.expect("a package").by_name(part).is_ok()
        };
        assert!(!comments(&[]), "{to}");
        assert!(comments(&["--review"]), "{to}");
    }
}

#[test]
fn tables_for_programs_are_four_files_over_all_projects() {
    let desk = Desk::new();
    fs::create_dir(desk.folder.path().join("夹")).expect("a folder");
    for (to, begins) in [("csv", &b"\xef\xbb\xbf"[..]), ("jsonl", b"{")] {
        let arguments = [FILED, CORRECTED, "--to", to, "-o", "数据"];
        let answer = desk.export(0, &arguments);
        let expected = TABLES.map(|table| format!("数据-{table}.{to}"));
        let lines: Vec<&str> = answer.out.lines().collect();
        assert_eq!(lines.len(), TABLES.len(), "{}", answer.out);
        for (line, name) in lines.iter().zip(&expected) {
            assert!(line.starts_with(&**name) && line.ends_with(" 行"), "{line}");
            assert!(desk.bytes(name).starts_with(begins), "{name}");
        }
        assert_eq!(lines[0], format!("数据-projects.{to}  2 行"));
        let again = desk.export(2, &arguments);
        assert!(again.err.ends_with(&format!("{}\n", expected.join("\n"))));
        let answer = desk.export(0, &[FILED, "--to", to, "-o", "夹"]);
        assert!(answer.out.contains(&format!("绩效自评数据-funds.{to}")));
    }
    let text = desk.content("数据-projects.jsonl");
    for line in text.lines() {
        let row: Value = serde_json::from_str(line).expect("JSON");
        assert!(row.is_object());
    }
}

#[test]
fn the_import_file_of_a_system_is_that_of_its_map() {
    let desk = Desk::new();
    let arguments = [FILED, "--to", "system", "--system", "anhui", "-o", "导入"];
    let answer = desk.export(0, &arguments);
    assert_eq!(answer.out, "导入.xlsx  1 个项目\n");
    assert!(desk.bytes("导入.xlsx").starts_with(b"PK"));
    let arguments = [FILED, "--to", "system", "--system", "火星", "-o", "导入"];
    let answer = desk.export(2, &arguments);
    assert!(
        answer.err.contains("没有编号为“火星”") && answer.err.contains("anhui（"),
        "{}",
        answer.err
    );
}

#[test]
fn pictures_are_one_file_per_page() {
    let desk = Desk::new();
    let arguments = [FILED, "--to", "png", "--scale", "36", "-o", "图.png"];
    let there = ["图.png", "图-12.png"];
    assert_eq!(desk.names_taken(&arguments, &there), there);
    let numbers = pages(&desk.export(0, &arguments));
    assert!(numbers.len() > 1);
    assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>());
    for number in numbers {
        let picture = desk.bytes(&format!("图-{number}.png"));
        assert!(picture.starts_with(PNG));
        let side = |at| u32::from_be_bytes([0, 1, 2, 3].map(|byte: usize| picture[at + byte]));
        let (width, height) = (side(16), side(20));
        // A4 is 210 mm by 297 mm: 298 by 421 pixels at 36 per inch.
        let sides = [width.min(height), width.max(height)];
        assert_eq!(sides, [298, 421]);
    }

    desk.put_projects("短.jiping", &["甲"]);
    for old in ["图-21.png", "图-100.png", "图-05.png", "图2.png"] {
        desk.put(old, "早已有的内容");
    }
    let arguments = [
        "短.jiping",
        "--to",
        "png",
        "--scale",
        "36",
        "--overwrite",
        "-o",
        "图.png",
    ];
    let answer = desk.export(0, &arguments);
    let last = answer.err.lines().last().expect("a notice");
    assert!(
        last.contains("旧页，没有删除") && last.ends_with("图-21.png、图-100.png"),
        "{last}"
    );
    assert_eq!(desk.content("图-21.png"), "早已有的内容");

    let arguments = [
        "短.jiping",
        "--to",
        "png",
        "--scale",
        "36",
        "-o",
        "{page}页",
    ];
    let answer = desk.export(0, &arguments);
    assert!(
        answer.out.starts_with("1页.png  第 1 页\n"),
        "{}",
        answer.out
    );
    assert!(desk.bytes("1页.png").starts_with(PNG));
}

#[test]
fn a_review_copy_has_more_pages_and_the_official_print_no_mark() {
    let desk = Desk::new();
    let answer = desk.export(2, &[FILED, "--to", "pdf", "--mark", "草稿", "-o", "表.pdf"]);
    assert!(answer.err.contains("--review"), "{}", answer.err);
    let print = |more: &[&str], out: &str| {
        let arguments = [FILED, "--to", "pdf", "-o", out];
        pages(&desk.export(0, &[&arguments, more].concat()))[0]
    };
    let official = print(&[], "表.pdf");
    let reviewed = print(&["--review", "--mark", "定稿"], "审.pdf");
    assert!(reviewed > official);
    assert!(print(&["--review", "--charts"], "图.pdf") > reviewed);
}

#[test]
fn what_cannot_be_printed_does_not_keep_the_rest_from_it() {
    let desk = Desk::new();
    desk.put_on_missing_edition("外地.jiping");
    desk.put_projects("甲.jiping", &["一"]);
    let files = ["外地.jiping", "没有.jiping", "甲.jiping"];
    let answer = desk.export(2, &[&files[..], &["--to", "pdf", "-o", "{name}"]].concat());
    assert!(answer.out.starts_with("一.pdf  "), "{}", answer.out);
    assert_eq!(answer.out.lines().count(), 1);
    assert!(desk.bytes("一.pdf").starts_with(PDF));
    assert!(
        answer
            .err
            .contains("有 1 个项目缺少表样，没有导出。文件：外地.jiping"),
        "{}",
        answer.err
    );
    assert!(answer.err.contains("没有.jiping"), "{}", answer.err);

    let none = [
        "甲.jiping",
        "--project",
        "没有这个",
        "--to",
        "pdf",
        "-o",
        "空.pdf",
    ];
    let answer = desk.export(2, &none);
    assert!(answer.err.contains("没有名称中含有“没有这个”的项目"));
    assert!(!desk.names().contains(&"空.pdf".to_owned()));
}

#[test]
fn a_character_that_no_font_has_is_told_with_its_place() {
    let desk = Desk::new();
    desk.put_projects("生僻.jiping", &["甲\u{10fffd}乙"]);
    let answer = desk.export(0, &["生僻.jiping", "--to", "pdf", "-o", "表.pdf"]);
    assert!(answer.err.contains("U+10FFFD"), "{}", answer.err);
    assert!(answer.err.contains("基本信息 · 项目名称"), "{}", answer.err);
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_takes_no_files_stops_the_export_and_all_is_told() {
    let desk = Desk::new();
    let names = ["一", "二", "三", "四", "五"];
    desk.put_projects("五个.jiping", &names);
    // Nobody may create files there, not even an administrator.
    let answer = desk.export(2, &["五个.jiping", "--to", "pdf", "-o", "/proc/{name}"]);
    assert_eq!(answer.out, "");
    for name in names {
        assert!(
            answer.err.contains(&format!("/proc/{name}.pdf")),
            "{}",
            answer.err
        );
    }
    assert!(
        answer.err.contains("没有生成文件，表中内容没有改动"),
        "{}",
        answer.err
    );
    assert!(!answer.err.contains("保存"), "{}", answer.err);
}

#[test]
fn the_source_is_never_the_target() {
    let desk = Desk::new();
    let content = desk.content(FILED);
    for (name, kind) in [("表.pdf", "pdf"), ("图-3.png", "png")] {
        desk.put(name, &content);
        let out = name.replace("-3", "");
        let arguments = [name, "--to", kind, "--overwrite", "-o", &out];
        let answer = desk.export(2, &arguments);
        assert!(answer.err.contains("正是要导出的源文件"), "{}", answer.err);
        assert_eq!(desk.content(name), content);
    }
}

#[test]
fn what_makes_no_sense_is_told_before_anything_is_written() {
    let desk = Desk::new();
    let before = desk.names();
    for (arguments, said) in [
        (&["--to", "pdf", "-o", "表.docx"][..], "改为 .pdf"),
        (&["--to", "png", "-o", "表.pdf"], "改为 .png"),
        (
            &["--to", "pdf", "-o", "{项目}.pdf"],
            "不认识文件名中的“{项目}”",
        ),
        (&["--to", "pdf", "-o", "{page}.pdf"], "{page}"),
        (&["--to", "pdf", "-o", "没有/表.pdf"], "“没有”不存在"),
        (
            &["--to", "pdf", "-o", "没有/表.pdf"],
            "没有生成文件，表中内容没有改动。请先建好这个文件夹，或换一个位置。输出：没有/表.pdf",
        ),
        (
            &["--to", "pdf", "-o", "corrected.jiping/表.pdf"],
            "“corrected.jiping”不是文件夹",
        ),
        (&["--to", "pdf", "-o", "-"], "没有生成文件"),
        (&["--to", "pdf", "-o", "表\u{7}.pdf"], "（U+0007）"),
        (&["--to", "pdf", "-o", "表\n二/{name}"], "（U+000A）"),
        (
            &["--to", "pdf", "-o", "表", "--project", ""],
            "要处理全部项目时不写 --project",
        ),
        (
            &["--to", "pdf", "-o", "{year}/表.pdf"],
            "不能写在文件夹名中",
        ),
        (&["--to", "png", "--scale", "35", "-o", "图"], "36 到 600"),
        (&["--to", "png", "--scale", "601", "-o", "图"], "36 到 600"),
        (&["--to", "pdf", "--scale", "100", "-o", "表"], "--scale"),
        (
            &["--to", "pdf", "--review", "--mark", "初稿", "-o", "表"],
            "草稿、送审稿 或 定稿",
        ),
        (
            &["--to", "pdf", "--font", "楷体", "-o", "表"],
            "宋体、仿宋 或 黑体",
        ),
        (&["--to", "pdf", "--charts", "-o", "表"], "请加上 --review"),
        (&["--to", "odt", "-o", "表"], "pdf"),
        (&["--to", "docx", "-o", "表.doc"], "改为 .docx"),
        (&["--to", "docx", "-o", "{page}"], "{page}"),
        (&["--to", "csv", "-o", "{name}"], "全部项目合成"),
        (&["--to", "csv", "--review", "-o", "表"], "--review"),
        (
            &["--to", "docx", "--review", "--charts", "-o", "表"],
            "--charts",
        ),
        (&["--to", "pdf", "--formulas", "-o", "表"], "--to xlsx"),
        (
            &["--to", "xlsx", "--system", "anhui", "-o", "表"],
            "--to system",
        ),
        (&["--to", "pdf"], "--out"),
        (&["-o", "表.pdf"], "--to"),
    ] {
        let answer = desk.export(2, &[&[CORRECTED], arguments].concat());
        assert!(answer.err.contains(said), "{arguments:?}: {}", answer.err);
        assert_eq!(answer.out, "");
    }
    assert_eq!(desk.names(), before);
    let help = desk.export(0, &["--help"]).out;
    assert!(
        help.contains("{n} 序号") && help.contains("{page} 页码"),
        "{help}"
    );
}
