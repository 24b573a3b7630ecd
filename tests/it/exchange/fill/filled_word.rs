//! Word documents that are filled in: what changes, what stays byte for byte, and what other programs make of them.

use std::{collections::BTreeMap, fs, io::Read as _, path::Path, process::Command};

use jiping::{
    exchange::{
        child::Within,
        fill::{Filled, Insert, Plan, Value, Write, fill, word},
        watch::Unwatched,
    },
    model::project::{Project, header},
};
use zip::ZipArchive;

use super::{
    super::{forms, packages::zipped, shown},
    changes,
    corpus::{content, recognised, subjects},
    place, text,
};
use crate::foreign;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A document with this body.
fn document(body: &str) -> Vec<u8> {
    let document = format!("<w:document xmlns:w=\"{W}\"><w:body>{body}</w:body></w:document>");
    zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
        ("word/styles.xml", b"<w:styles/>"),
    ])
}

fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(std::io::Cursor::new(bytes)).expect("a package");
    (0..archive.len())
        .map(|at| {
            let mut entry = archive.by_index(at).expect("an entry");
            let mut content = Vec::new();
            entry.read_to_end(&mut content).expect("a part");
            (entry.name().expect("a name").into_owned(), content)
        })
        .collect()
}

/// The body after the plan, and why cells kept their own content.
fn after(body: &str, inserts: Vec<Insert>, writes: Vec<Write>) -> (String, Vec<String>) {
    let plan = Plan {
        grid: 0,
        inserts,
        writes,
    };
    let written = word::apply(&document(body), &[plan], &Unwatched).expect("it is written");
    let whole = parts(&written.bytes)
        .remove("word/document.xml")
        .expect("the document");
    let whole = String::from_utf8(whole).expect("UTF-8");
    let body = whole
        .split_once("<w:body>")
        .and_then(|(_, rest)| rest.split_once("</w:body>"))
        .expect("a body");
    let kept = written.kept.into_iter().map(|(_, _, why)| why).collect();
    (body.0.to_owned(), kept)
}

fn table(rows: &str) -> String {
    format!("<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>")
}

fn cell(inside: &str) -> String {
    format!("<w:tr><w:tc>{inside}</w:tc></w:tr>")
}

#[test]
fn a_text_takes_the_look_and_the_paragraph_of_the_one_before() {
    const BOLD: &str = "<w:rPr><w:b/></w:rPr>";
    let t = |text: &str| format!("<w:t xml:space=\"preserve\">{text}</w:t>");
    for (before, new, wanted) in [
        // One run, several runs, none.
        (
            format!("<w:p w:x=\"1\"><w:pPr><w:jc/></w:pPr><w:r>{BOLD}<w:t>旧</w:t></w:r></w:p>"),
            "新 & <好>",
            format!(
                "<w:p w:x=\"1\"><w:pPr><w:jc/></w:pPr><w:r>{BOLD}{}</w:r></w:p>",
                t("新 &amp; &lt;好&gt;")
            ),
        ),
        (
            format!("<w:p><w:r>{BOLD}<w:t>一</w:t></w:r><w:r><w:t>二</w:t><w:br/></w:r></w:p>"),
            "三",
            format!("<w:p><w:r>{BOLD}{}</w:r><w:r></w:r></w:p>", t("三")),
        ),
        (
            format!("<w:p><w:pPr>{BOLD}</w:pPr></w:p>"),
            "三",
            format!("<w:p><w:pPr>{BOLD}</w:pPr><w:r>{BOLD}{}</w:r></w:p>", t("三")),
        ),
        ("<w:p w:x='2'/>".into(), "三", format!("<w:p w:x='2'><w:r>{}</w:r></w:p>", t("三"))),
        // Lines are paragraphs; those left over go.
        (
            format!("<w:p><w:pPr><w:ind/></w:pPr><w:r>{BOLD}<w:t>一</w:t></w:r></w:p>"),
            "甲\n乙",
            format!(
                "<w:p><w:pPr><w:ind/></w:pPr><w:r>{BOLD}{}</w:r></w:p><w:p><w:pPr><w:ind/></w:pPr><w:r>{BOLD}{}</w:r></w:p>",
                t("甲"),
                t("乙")
            ),
        ),
        (
            "<w:p><w:r><w:t>一</w:t></w:r></w:p><w:p><w:r><w:t>二</w:t></w:r></w:p>".into(),
            "甲",
            format!("<w:p><w:r>{}</w:r></w:p>", t("甲")),
        ),
        // What stands before the colon keeps its own look.
        (
            format!("<w:p><w:r>{BOLD}<w:t>姓名：</w:t></w:r><w:r><w:t>张三</w:t></w:r></w:p>"),
            "姓名：李四",
            format!("<w:p><w:r>{BOLD}<w:t>姓名：</w:t></w:r><w:r>{}</w:r></w:p>", t("李四")),
        ),
        // Tracked changes stay, and the value is no part of them.
        (
            "<w:p><w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:ins><w:r><w:t>增</w:t></w:r></w:ins></w:p>".into(),
            "新",
            format!(
                "<w:p><w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:r>{}</w:r><w:ins><w:r></w:r></w:ins></w:p>",
                t("新")
            ),
        ),
        // A content control is filled in like a person does.
        (
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:rPr><w:rStyle w:val=\"Pl\"/></w:rPr><w:t>请填</w:t></w:r></w:p></w:sdtContent></w:sdt>".into(),
            "新",
            format!(
                "<w:sdt><w:sdtPr></w:sdtPr><w:sdtContent><w:p><w:r><w:rPr></w:rPr>{}</w:r></w:p></w:sdtContent></w:sdt>",
                t("新")
            ),
        ),
        // Marks, notes and pictures are no text.
        (
            "<w:p><w:bookmarkStart w:id=\"1\"/><w:r><w:t>旧</w:t></w:r><w:r><w:footnoteReference w:id=\"1\"/></w:r><w:r><w:drawing><w:t>图</w:t></w:drawing></w:r></w:p>".into(),
            "新",
            format!(
                "<w:p><w:bookmarkStart w:id=\"1\"/><w:r>{}</w:r><w:r><w:footnoteReference w:id=\"1\"/></w:r><w:r><w:drawing><w:t>图</w:t></w:drawing></w:r></w:p>",
                t("新")
            ),
        ),
    ] {
        // The cells around it are to stay as they are.
        let around = |inside: &str| {
            let other = cell("<w:p ><w:r><w:t>邻</w:t></w:r></w:p>");
            table(&format!("{other}{}{other}", cell(inside)))
        };
        let (got, kept) = after(&around(&before), vec![], vec![text("A2", new)]);
        assert_eq!(got, around(&wanted), "{before}");
        assert!(kept.is_empty());
    }
}

#[test]
fn a_value_is_removed_and_its_look_stays_for_the_next() {
    let body = table(&cell(
        "<w:p><w:r><w:rPr><w:i/></w:rPr><w:t>旧</w:t></w:r></w:p>",
    ));
    let mut blank = text("A1", "");
    blank.value = Value::Blank;
    let (blank, _) = after(&body, vec![], vec![blank]);
    assert_eq!(
        blank,
        table(&cell("<w:p><w:r><w:rPr><w:i/></w:rPr></w:r></w:p>"))
    );
    let filled = "<w:p><w:r><w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\">新</w:t></w:r></w:p>";
    let (got, _) = after(&blank, vec![], vec![text("A1", "新")]);
    // A cell without text is told by its place.
    assert_eq!(got, table(&cell(filled)));
}

#[test]
fn what_a_person_has_to_tick_is_left_to_a_person() {
    let boxes = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox/></w:ffData></w:fldChar></w:r><w:r><w:t>是</w:t></w:r></w:p>";
    let nested = format!("<w:p/>{}<w:p/>", table(&cell("<w:p/>")));
    for inside in [boxes, nested.as_str()] {
        let body = table(&cell(inside));
        let (got, kept) = after(&body, vec![], vec![text("A1", "否"), text("C9", "否")]);
        assert_eq!((got, kept.len()), (body, 2));
    }
}

#[test]
fn rows_come_in_with_their_merges_and_without_what_must_not_be_twice() {
    let tc = |properties: &str, inside: &str| {
        format!("<w:tc><w:tcPr><w:tcW w:w=\"9\"/>{properties}</w:tcPr>{inside}</w:tc>")
    };
    let p = "<w:p/>";
    let begins = "<w:vMerge w:val=\"restart\"/>";
    let own = "<w:p w:rsid=\"1\"><w:pPr><w:jc/></w:pPr><w:bookmarkStart w:id=\"1\"/><w:r><w:rPr><w:b/></w:rPr><w:t>值</w:t></w:r></w:p>";
    let first = format!(
        "<w:tr>{}{}{}</w:tr>",
        tc(begins, "<w:p><w:r><w:t>甲</w:t></w:r></w:p>"),
        tc("", "<w:p><w:r><w:t>乙</w:t></w:r></w:p>"),
        tc(begins, "<w:p><w:r><w:t>丙</w:t></w:r></w:p>")
    );
    let last = |level: &str| {
        format!(
            "<w:tr w:rsid=\"2\"><w:trPr><w:ins w:id=\"1\"/><w:trHeight/></w:trPr>{}{}{}</w:tr>",
            tc("<w:vMerge/>", p),
            tc(level, own),
            tc("<w:vMerge/>", p)
        )
    };
    let body = |last: &str, more: &str| table(&format!("{first}{last}{more}"));
    let insert = Insert {
        after: 1,
        count: 2,
        grown: vec![place("A1"), place("B2")],
    };
    let (got, _) = after(&body(&last(""), ""), vec![insert], vec![]);
    let copy = format!(
        "<w:tr><w:trPr><w:trHeight/></w:trPr>{}{}{}</w:tr>",
        tc("<w:vMerge/>", p.replace("/>", "></w:p>").as_str()),
        tc(
            "<w:vMerge/>",
            "<w:p><w:pPr><w:jc/></w:pPr><w:r><w:rPr><w:b/></w:rPr></w:r></w:p>"
        ),
        tc("", "<w:p></w:p>")
    );
    assert_eq!(got, body(&last(begins), &copy.repeat(2)));
}

/// The project of the library of the corpus, with more rows.
fn library() -> jiping::exchange::recognise::Recognised {
    let name = "v01-mof.docx";
    let bytes = fs::read(forms::folder().join(name)).expect("a file");
    let mut with = recognised(name, &content(name, &bytes));
    changes::more_rows(&mut with.forms[0].project);
    with
}

#[test]
fn a_blank_document_takes_a_whole_project_and_other_programs_open_it() {
    let folder = tempfile::tempdir().expect("a folder");
    foreign::python(
        include_str!("../../../exchange/blank_word.py"),
        &[folder.path()],
    );
    let mut with = library();
    for name in ["blank.docx", "protected.docx"] {
        let template = fs::read(folder.path().join(name)).expect("it was made");
        let filled = fill(&template, name, &subjects(&with), &Within, &Unwatched).expect("filled");
        check_values(name, &filled, &mut with);
        check_parts(&template, &filled);
        let path = folder.path().join(format!("filled-{name}"));
        fs::write(&path, &filled.bytes).expect("a folder");
        check_in_python(&path, &with.forms[0].project);
        if let Ok(folder) = std::env::var("JIPING_FILLED") {
            fs::copy(&path, Path::new(&folder).join(name)).expect("a folder");
        }
        check_on_paper(&path, folder.path(), &with.forms[0].project);
    }
}

fn check_values(name: &str, filled: &Filled, with: &mut jiping::exchange::recognise::Recognised) {
    // The template has a footnote of its own, and no place for those of the project.
    let (notes, others): (Vec<_>, Vec<_>) = filled
        .unplaced
        .iter()
        .partition(|unplaced| unplaced.field == "表下注释");
    assert!(others.is_empty(), "{others:#?}");
    assert_eq!(notes.len(), with.forms[0].project.stated.footnotes.len());
    let got = recognised(name, &content(name, &filled.bytes));
    let lines = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| !line.starts_with("注："));
        lines
            .map(|line| line.replace("年度资金总额：：", "年度资金总额："))
            .collect()
    };
    let (wanted, got) = (
        lines(&shown::recognised(with)),
        lines(&shown::recognised(&got)),
    );
    let differences = forms::differences(
        &wanted.iter().map(String::as_str).collect::<Vec<_>>(),
        &got.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    assert!(differences.is_empty(), "{name}\n{differences}");
    assert_eq!(filled.inserted, 7);
}

/// Everything but the document itself is the template's, and so is what was deleted in it.
fn check_parts(template: &[u8], filled: &Filled) {
    let (mut before, mut after) = (parts(template), parts(&filled.bytes));
    let text = |part: Option<Vec<u8>>| String::from_utf8(part.expect("a document")).expect("UTF-8");
    let old = text(before.remove("word/document.xml"));
    let new = text(after.remove("word/document.xml"));
    assert_eq!(before, after);
    for kept in [
        "<w:delText>删去的</w:delText>",
        "<w:tblGrid>",
        "<w:sectPr",
        "w:alias",
    ] {
        assert_eq!(
            old.matches(kept).count(),
            new.matches(kept).count(),
            "{kept}"
        );
    }
    assert!(!new.contains("showingPlcHdr") && !new.contains("PlaceholderText"));
    assert!(!new.contains("指标1：") && !new.contains("……"));
}

fn check_in_python(path: &Path, project: &Project) {
    let said = foreign::python(
        "import sys, docx\n\
         document = docx.Document(sys.argv[1])\n\
         table = document.tables[0]\n\
         print(len(table.rows), document.sections[0].header.paragraphs[0].text)\n\
         print(*table.cell(0, 1)._tc.itertext(), '|', table.cell(1, 1).text)\n\
         print(len({table.cell(at, 1)._tc for at in range(10, 23)}))\n",
        &[path],
    );
    let lines: Vec<&str> = said.lines().collect();
    // 25 rows and 7 more; the first block of levels reaches from 数量指标 to 成本指标.
    assert_eq!(lines[0], "32 临江市财政局");
    assert!(lines[1].starts_with(project.name()), "{said}");
    assert_eq!(lines[2], "1");
}

fn check_on_paper(path: &Path, folder: &Path, project: &Project) {
    let pdf = foreign::converted(&[path], "pdf", folder).remove(0);
    let output = Command::new("pdftotext")
        .arg(&pdf)
        .arg("-")
        .output()
        .expect("pdftotext");
    let paper = shown::squeezed(&String::from_utf8_lossy(&output.stdout));
    for text in [
        project.name(),
        project.header(header::UNIT),
        "新增事项2",
        "98.2",
        "2022",
    ] {
        assert!(paper.contains(&shown::squeezed(text)), "{text}\n{paper}");
    }
}
