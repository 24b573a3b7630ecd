//! Word documents and OpenDocument spreadsheets become grids of cells.

use jiping::exchange::{
    error::{Excess, ReadError},
    grid::{Cell, Columns, Content, Grid},
    guard::Package,
    limits, open_document,
    watch::{Budget, Unwatched},
    word,
};
use proptest::prelude::*;

use super::packages::{Cancelled, zipped};

type Reader = fn(Package, &mut Budget) -> Result<Content, ReadError>;

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let entries = parts
        .iter()
        .map(|(name, content)| (*name, content.as_bytes()));
    zipped(&entries.collect::<Vec<_>>())
}

fn read(reader: Reader, parts: &[(&str, &str)]) -> Result<Content, ReadError> {
    let bytes = package(parts);
    reader(Package::open(&bytes)?, &mut Budget::new(&Unwatched))
}

fn docx(body: &str) -> Result<Content, ReadError> {
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>{body}<w:sectPr><w:pgSz w:w=\"1\"/></w:sectPr></w:body></w:document>"
    );
    read(word::read, &[("word/document.xml", &document)])
}

fn ods(styles: &str, tables: &str) -> Result<Content, ReadError> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\" xmlns:draw=\"d\"><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    read(open_document::read, &[("content.xml", &content)])
}

/// The cells as "B3=text", with the size of merged ones: "B3 2×4=text" covers two rows and four columns.
fn cells(grid: &Grid) -> Vec<String> {
    let cell = |cell: &Cell| {
        let size = if (cell.rows, cell.columns) == (1, 1) {
            String::new()
        } else {
            format!(" {}×{}", cell.rows, cell.columns)
        };
        format!("{}{size}={}", cell.place.name(), cell.text)
    };
    grid.cells.iter().map(cell).collect()
}

fn only(content: &Content) -> Vec<String> {
    assert_eq!(content.grids.len(), 1);
    cells(&content.grids[0])
}

/// A paragraph with one run.
fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A cell with properties.
fn tc(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
}

fn span(columns: u32) -> String {
    format!("<w:gridSpan w:val=\"{columns}\"/>")
}

const DOWN: &str = "<w:vMerge w:val=\"restart\"/>";
const GOES: &str = "<w:vMerge/>";

/// A table of rows of cells.
fn tbl(rows: &[&[String]]) -> String {
    let row = |cells: &&[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let rows: String = rows.iter().map(row).collect();
    format!("<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{rows}</w:tbl>")
}

#[test]
fn paragraphs_and_tables_of_a_document_are_stacked_with_their_spans() {
    let first = tbl(&[
        &[tc("", "项目名称"), tc(&span(3), "社区养老补助")],
        &[
            tc(DOWN, "产出指标"),
            tc(DOWN, "数量指标"),
            tc("", "培训场次"),
            tc("", "≥12 场"),
        ],
        &[
            tc(GOES, ""),
            tc(GOES, ""),
            tc("", "走访户数"),
            tc("", "300 户"),
        ],
        &[
            tc(GOES, ""),
            tc(DOWN, "质量指标"),
            tc("", "合格率"),
            tc("", "95%"),
        ],
        &[
            tc(DOWN, "效益指标"),
            tc("", "社会效益"),
            tc("", "受益人数"),
            tc("", "提高"),
        ],
    ]);
    let second = tbl(&[&[tc("", "负责人"), tc("", "甲")]]);
    let body = format!(
        "{}{}{first}{}{second}",
        p("项目支出绩效自评表"),
        p(" "),
        p("注：一")
    );
    let content = docx(&body).unwrap();
    assert_eq!(content.grids[0].columns, Columns::Aligned);
    assert_eq!(
        only(&content),
        [
            "A1 1×4=项目支出绩效自评表",
            "A2=项目名称",
            "B2 1×3=社区养老补助",
            "A3 3×1=产出指标",
            "B3 2×1=数量指标",
            "C3=培训场次",
            "D3=≥12 场",
            "C4=走访户数",
            "D4=300 户",
            "B5=质量指标",
            "C5=合格率",
            "D5=95%",
            "A6=效益指标",
            "B6=社会效益",
            "C6=受益人数",
            "D6=提高",
            "A7 1×4=注：一",
            "A8=负责人",
            "B8=甲",
        ]
    );
    assert!(content.remarks.is_empty(), "{:?}", content.remarks);
}

#[test]
fn rows_may_begin_late_merge_the_old_way_and_cover_text() {
    let before =
        "<w:tr><w:trPr><w:gridBefore w:val=\"2\"/></w:trPr>".to_owned() + &tc("", "丙") + "</w:tr>";
    let across = "<w:hMerge w:val=\"restart\"/>";
    let body = tbl(&[
        &[tc(across, "甲"), tc("<w:hMerge/>", ""), tc(DOWN, "乙")],
        &[tc("", "丁"), tc("", "戊"), tc(GOES, "看不见")],
        &[tc("", "己"), tc("", "庚"), tc("", "辛"), tc("", "多出一格")],
    ])
    .replace("</w:tbl>", &(before + "</w:tbl>"));
    let content = docx(&body).unwrap();
    assert_eq!(
        only(&content),
        [
            "A1 1×2=甲",
            "C1 2×1=乙",
            "A2=丁",
            "B2=戊",
            "A3=己",
            "B3=庚",
            "C3=辛",
            "D3=多出一格",
            "C4=丙"
        ]
    );
    assert_eq!(
        content.remarks,
        ["有合并单元格遮住了文字，遮住的文字没有读取。"]
    );
}

#[test]
fn a_cell_holds_what_a_person_sees() {
    let run = |inner: &str| format!("<w:r>{inner}</w:r>");
    let field = |inner: &str| {
        run(&format!(
            "<w:fldChar w:fldCharType=\"begin\"><w:ffData>{inner}</w:ffData></w:fldChar>"
        ))
    };
    for (inner, expected) in [
        (run("<w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t>"), "甲 乙\n丙"),
        (run("<w:t>A</w:t><w:noBreakHyphen/><w:t>1 &lt; 2</w:t>"), "A-1 < 2"),
        (run("<w:rPr><w:vanish/></w:rPr><w:t>藏</w:t><w:tab/>") + &run("<w:t>显</w:t>"), "显"),
        (run("<w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>显</w:t>"), "显"),
        (run("<w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:t>是</w:t>"), "☑是"),
        (run("<w:rPr><w:rFonts w:ascii=\"Wingdings 2\"/></w:rPr><w:t>R</w:t>"), "☑"),
        (field("<w:checkBox><w:default w:val=\"0\"/><w:checked/></w:checkBox>"), "☑"),
        (field("<w:checkBox><w:default w:val=\"1\"/><w:checked w:val=\"0\"/></w:checkBox>"), "□"),
        (
            field("<w:ddList><w:result w:val=\"1\"/><w:listEntry w:val=\"优\"/><w:listEntry w:val=\"良\"/></w:ddList>"),
            "良",
        ),
        (run("<w:instrText>PAGE</w:instrText>") + &run("<w:t>3</w:t>"), "3"),
        (
            "<w:sdt><w:sdtPr><w:checkbox><w:checked w:val=\"1\"/></w:checkbox></w:sdtPr><w:sdtContent>"
                .to_owned() + &run("<w:t>☒</w:t>") + "</w:sdtContent></w:sdt>",
            "☒",
        ),
        (
            run("<w:ruby><w:rt><w:r><w:t>pei</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>培</w:t></w:r></w:rubyBase></w:ruby>"),
            "培",
        ),
        (format!("<w:hyperlink>{}</w:hyperlink>", run("<w:t>链</w:t>")), "链"),
    ] {
        let body = tbl(&[&[format!("<w:tc><w:p>{inner}</w:p></w:tc>")]]);
        let content = docx(&body).unwrap();
        assert_eq!(only(&content), [format!("A1={expected}")], "{inner}");
        assert!(content.remarks.is_empty(), "{inner}: {:?}", content.remarks);
    }
}

#[test]
fn what_is_left_out_or_added_is_remarked_once() {
    for (body, expected, remark) in [
        (
            "<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom></w:p>".to_owned(),
            vec!["A1=新"],
            "文档含修订痕迹，按接受全部修订后的内容读取。",
        ),
        (
            tbl(&[&[tc("", "甲")], &[tc("", "乙")]])
                .replacen("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>", 1),
            vec!["A1=乙"],
            "文档含修订痕迹，按接受全部修订后的内容读取。",
        ),
        (
            tbl(&[&[tc("", "甲").replace("<w:p>", "<w:p><w:pPr><w:numPr><w:numId w:val=\"2\"/></w:numPr></w:pPr>")]]),
            vec!["A1=甲"],
            "自动编号（如“1.”“一、”）不属于文字，没有读取。",
        ),
        (
            tbl(&[&[tc("", "外").replace("</w:tc>", &(tbl(&[&[tc("", "1"), tc("", "2")], &[tc("", "3")]]) + "<w:p/></w:tc>"))]]),
            vec!["A1=外\n1 2\n3"],
            "单元格里套有表格，其中的文字已逐行并入该单元格。",
        ),
        (
            p("甲") + "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + &p("单击此处输入") + "</w:sdtContent></w:sdt>",
            vec!["A1=甲"],
            "内容控件中尚未填写的提示文字没有读取。",
        ),
        (
            "<w:p><w:r><w:t>甲</w:t><w:sym w:font=\"Webdings\" w:char=\"F021\"/></w:r></w:p>".to_owned(),
            vec!["A1=甲\u{FFFD}"],
            "有特殊字体的符号无法识别，显示为“\u{FFFD}”，请对照原文件核对。",
        ),
        (
            p("甲") + "<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>",
            vec!["A1=甲"],
            "文档含图片或嵌入对象，其中的文字没有读取。",
        ),
    ] {
        let content = docx(&body).unwrap();
        assert_eq!(only(&content), expected, "{body}");
        assert_eq!(content.remarks, [remark], "{body}");
    }
}

#[test]
fn text_boxes_are_read_once_after_their_paragraph() {
    let boxed = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(text));
    let host = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:posOffset>123</wp:posOffset>{}</w:drawing></mc:Choice><mc:Fallback><w:pict>{}</w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>正文</w:t></w:r></w:p>",
        boxed("附件2"),
        boxed("附件2"),
    );
    let content = docx(&format!("{host}{}", p("后文"))).unwrap();
    assert_eq!(only(&content), ["A1=正文", "A2=附件2", "A3=后文"]);
    let content = docx(&tbl(&[&[format!("<w:tc>{host}</w:tc>")]])).unwrap();
    assert_eq!(only(&content), ["A1=正文\n附件2"]);
}

#[test]
fn headers_and_comments_are_told_and_page_numbers_are_not() {
    let main = "<w:document><w:body><w:p><w:r><w:t>正文</w:t></w:r></w:p></w:body></w:document>";
    let footer = "<w:ftr><w:p><w:r><w:t>第 1 页</w:t></w:r></w:p></w:ftr>";
    let header = "<w:hdr><w:p><w:r><w:t>附件2</w:t></w:r></w:p></w:hdr>";
    let parts = [
        ("word/document.xml", main),
        ("word/footer1.xml", footer),
        ("word/header1.xml", header),
    ];
    assert!(read(word::read, &parts[..2]).unwrap().remarks.is_empty());
    assert_eq!(
        read(word::read, &parts).unwrap().remarks,
        ["页眉（“附件2”）没有读取，需要时请手工补入。"]
    );
}

#[test]
fn the_main_part_may_have_another_name() {
    let relations = "<Relationships><Relationship Id=\"rId1\" Type=\"http://x/officeDocument\" Target=\"/word/document2.xml\"/></Relationships>";
    let main = "<w:document><w:body><w:p><w:r><w:t>正文</w:t></w:r></w:p></w:body></w:document>";
    let parts = [("_rels/.rels", relations), ("word/document2.xml", main)];
    assert_eq!(only(&read(word::read, &parts).unwrap()), ["A1=正文"]);
    assert!(matches!(
        read(word::read, &parts[..1]),
        Err(ReadError::Broken(_))
    ));
}

#[test]
fn documents_past_a_limit_are_refused() {
    let too_large = |excess| Err(ReadError::TooLarge(excess));
    let rows = limits::ROWS as usize;
    assert_eq!(docx(&p("甲").repeat(rows + 1)), too_large(Excess::Rows));
    let blank = format!("<w:tbl>{}</w:tbl>", "<w:tr/>".repeat(rows + 1));
    assert_eq!(docx(&blank), too_large(Excess::Rows));
    for wide in [tc(&span(u32::MAX), "甲"), tc("", "甲").repeat(201)] {
        assert_eq!(docx(&tbl(&[&[wide]])), too_large(Excess::Columns));
    }
    let late = tbl(&[&[tc("", "甲")]]).replace(
        "<w:tr>",
        "<w:tr><w:trPr><w:gridBefore w:val=\"4000000000\"/></w:trPr>",
    );
    assert_eq!(docx(&late), too_large(Excess::Columns));
    let lines = format!(
        "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>",
        p("").repeat(limits::CELL + 1)
    );
    assert_eq!(docx(&lines), too_large(Excess::Cell));
    let deep = "<w:tbl><w:tr><w:tc>".repeat(60);
    assert_eq!(docx(&deep), too_large(Excess::Depth));
    assert!(matches!(docx("<w:tbl>"), Err(ReadError::Broken(_))));
    assert_eq!(docx("<w:p/>"), Err(ReadError::NoTable));
}

#[test]
fn sheets_show_their_texts_with_repeats_and_spans() {
    let tables = "<table:table table:name=\"自评表\"><table:table-column/>\
        <table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned=\"3\" table:number-rows-spanned=\"1\"><text:p>绩效自评表</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated=\"2\"/></table:table-row></table:table-header-rows>\
        <table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
        <table:table-row><table:table-cell table:number-rows-spanned=\"2\"><text:p>数量指标</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"2\"><text:p>12</text:p></table:table-cell><table:table-cell/><table:table-cell><office:annotation><text:p>批注</text:p></office:annotation><text:p>甲<text:s text:c=\"2\"/>乙<text:line-break/><text:span>丙</text:span></text:p><text:p>丁</text:p></table:table-cell></table:table-row>\
        <table:table-row table:number-rows-repeated=\"2\"><table:covered-table-cell/><table:table-cell office:value-type=\"float\" office:value=\"0.5\"/></table:table-row>\
        <table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table>";
    let content = ods("", tables).unwrap();
    assert_eq!(content.grids[0].name, "自评表");
    assert_eq!(
        only(&content),
        [
            "A1 1×3=绩效自评表",
            "A4 2×1=数量指标",
            "B4=12",
            "C4=12",
            "E4=甲  乙\n丙\n丁",
            "B5=0.5",
            "B6=0.5",
        ]
    );
    assert_eq!(content.remarks, ["只读取了单元格，批注没有读取。"]);
}

#[test]
fn hidden_sheets_and_drawings_are_told() {
    let style = "<style:style style:name=\"ta1\"><style:table-properties table:display=\"true\"/></style:style><style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/></style:style>";
    let row = "<table:table-row><table:table-cell><draw:frame><text:p>图</text:p></draw:frame><text:p>甲</text:p></table:table-cell></table:table-row>";
    let tables = format!(
        "<table:tracked-changes><table:table-cell-content-change><text:p>旧</text:p></table:table-cell-content-change></table:tracked-changes><table:table table:name=\"一\" table:style-name=\"ta1\">{row}</table:table><table:table table:name=\"底稿\" table:style-name=\"ta2\">{row}</table:table><table:table table:name=\"空\"/>"
    );
    let content = ods(style, &tables).unwrap();
    assert_eq!(only(&content), ["A1=甲"]);
    assert_eq!(
        content.remarks,
        [
            "隐藏的工作表“底稿”没有读取；需要时请在 WPS 中取消隐藏，保存后再导入。",
            "只读取了单元格，图片、图形和文本框没有读取。",
        ]
    );
}

#[test]
fn repeats_of_text_end_at_the_limits() {
    let across = "<table:table table:name=\"一\"><table:table-row><table:table-cell table:number-columns-repeated=\"16384\"><text:p>—</text:p></table:table-cell></table:table-row></table:table>";
    let content = ods("", across).unwrap();
    assert_eq!(content.grids[0].cells.len(), limits::COLUMNS as usize);
    assert!(
        content.remarks[0].contains("工作表“一”中重复填充"),
        "{:?}",
        content.remarks
    );
    let down = "<table:table><table:table-row table:number-rows-repeated=\"4000000000\"><table:table-cell><text:p>—</text:p></table:table-cell></table:table-row></table:table>";
    let content = ods("", down).unwrap();
    assert_eq!(content.grids[0].height(), limits::ROWS);
    let both = down.replace(
        "<table:table-cell>",
        "<table:table-cell table:number-columns-repeated=\"16384\">",
    );
    assert_eq!(ods("", &both), Err(ReadError::TooLarge(Excess::Cells)));
    let below = down.replace(
        "<table:table-row",
        "<table:table-row table:number-rows-repeated=\"30000\"/><table:table-row",
    );
    assert_eq!(ods("", &below), Err(ReadError::TooLarge(Excess::Rows)));
}

#[test]
fn cells_of_a_broken_sheet_do_not_overlap() {
    let cell = |size: (u32, u32), text: &str| {
        format!(
            "<table:table-cell table:number-rows-spanned=\"{}\" table:number-columns-spanned=\"{}\"><text:p>{text}</text:p></table:table-cell>",
            size.0, size.1
        )
    };
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let tables = format!(
        "<table:table>{}{}</table:table>",
        row(&[
            cell((4_000_000_000, 5), "甲"),
            cell((3, 1), "乙"),
            cell((3, 4_000_000_000), "丙")
        ]),
        row(&[
            cell((1, 2), "丁"),
            "<table:covered-table-cell/>".to_owned(),
            cell((1, 1), "戊")
        ]),
    );
    let content = ods("", &tables).unwrap();
    assert_eq!(
        only(&content),
        ["A1=甲", "B1=乙", "C1 1×198=丙", "A2 1×2=丁", "C2=戊"]
    );
}

#[test]
fn encrypted_and_incomplete_spreadsheets_are_named() {
    let manifest = "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    assert_eq!(
        read(
            open_document::read,
            &[("META-INF/manifest.xml", manifest), ("content.xml", "x")]
        ),
        Err(ReadError::Protected)
    );
    assert!(matches!(
        read(open_document::read, &[("mimetype", "x")]),
        Err(ReadError::Broken(_))
    ));
    assert_eq!(ods("", "<table:table/>"), Ok(Content::default()));
    let many = "<table:table/>".repeat(limits::SHEETS + 1);
    assert_eq!(ods("", &many), Err(ReadError::TooLarge(Excess::Sheets)));
}

#[test]
fn reading_stops_when_told() {
    let main = format!(
        "<w:document><w:body><w:tbl>{}</w:tbl></w:body></w:document>",
        tc("", "甲")
    );
    let row = "<o><table:table><table:table-row/></table:table></o>";
    for (reader, name, content) in [
        (
            word::read as Reader,
            "word/document.xml",
            main.replace("<w:tc>", "<w:tr><w:tc>")
                .replace("</w:tc>", "</w:tc></w:tr>"),
        ),
        (open_document::read as Reader, "content.xml", row.to_owned()),
    ] {
        let bytes = package(&[(name, &content)]);
        let package = Package::open(&bytes).unwrap();
        let read = reader(package, &mut Budget::new(&Cancelled));
        assert_eq!(read, Err(ReadError::Cancelled), "{name}");
    }
}

/// A cell of a random table: its columns, its part in merges down and across (0 none, 1 begins, 2 goes on), whether it has
/// text.
type Random = (u32, u8, u8, bool);

fn random_table() -> impl Strategy<Value = Vec<Vec<Random>>> {
    let cell = (1..4_u32, 0..3_u8, 0..3_u8, any::<bool>());
    prop::collection::vec(prop::collection::vec(cell, 0..6), 1..8)
}

fn random_docx(rows: &[Vec<Random>]) -> String {
    let merge = |name: &str, part: u8| match part {
        0 => String::new(),
        1 => format!("<w:{name} w:val=\"restart\"/>"),
        _ => format!("<w:{name}/>"),
    };
    let cell = |(columns, down, across, has_text): &Random| {
        let properties = span(*columns) + &merge("vMerge", *down) + &merge("hMerge", *across);
        tc(&properties, if *has_text { "甲" } else { "" })
    };
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(cell).collect())
        .collect();
    let rows: Vec<&[String]> = rows.iter().map(Vec::as_slice).collect();
    p("题") + &tbl(&rows)
}

fn random_ods(rows: &[Vec<Random>]) -> String {
    let cell = |(columns, down, across, has_text): &Random| {
        let name = if *across == 2 {
            "covered-table-cell"
        } else {
            "table-cell"
        };
        let text = if *has_text {
            "<text:p>甲</text:p>"
        } else {
            ""
        };
        format!(
            "<table:{name} table:number-columns-spanned=\"{columns}\" table:number-rows-spanned=\"{}\" table:number-columns-repeated=\"{}\">{text}</table:{name}>",
            down + 1,
            across + 1
        )
    };
    let row = |row: &Vec<Random>| {
        let cells: String = row.iter().map(cell).collect();
        format!(
            "<table:table-row table:number-rows-repeated=\"{}\">{cells}</table:table-row>",
            row.len() % 3 + 1
        )
    };
    let rows: String = rows.iter().map(row).collect();
    format!(
        "<table:table><table:table-row><table:table-cell><text:p>题</text:p></table:table-cell></table:table-row>{rows}</table:table>"
    )
}

fn overlap(a: &Cell, b: &Cell) -> bool {
    let apart = |a: u32, size: u32, b: u32, other: u32| a + size <= b || b + other <= a;
    !apart(a.place.row, a.rows, b.place.row, b.rows)
        && !apart(a.place.column, a.columns, b.place.column, b.columns)
}

proptest! {
    #[test]
    fn cells_are_in_order_and_never_overlap(rows in random_table()) {
        for content in [docx(&random_docx(&rows)).unwrap(), ods("", &random_ods(&rows)).unwrap()] {
            let grid = &content.grids[0];
            prop_assert!(grid.cells.is_sorted_by(|a, b| a.place < b.place));
            for (number, cell) in grid.cells.iter().enumerate() {
                let overlapping = grid.cells[number + 1..].iter().find(|other| overlap(cell, other));
                prop_assert!(overlapping.is_none(), "{overlapping:?} in {:?}", cells(grid));
            }
        }
    }

    #[test]
    fn broken_markup_never_panics(at in 0..400_usize, byte in any::<char>(), rows in random_table()) {
        let break_into = |xml: String| -> String {
            xml.chars().enumerate().map(|(number, c)| if number == at { byte } else { c }).collect()
        };
        // Whatever comes of it, it comes as a result.
        drop(docx(&break_into(random_docx(&rows))));
        drop(ods("", &break_into(random_ods(&rows))));
    }
}
