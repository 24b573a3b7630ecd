//! Workbooks as offices have them: what their cells show is what is read.

use jiping::exchange::{
    error::ReadError,
    grid::{Cell, Content, Place},
};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Formula, Note, Workbook};

use super::packages::{read_file, texts, workbook};

fn text_at(content: &Content, grid: usize, name: &str) -> String {
    content.grids[grid]
        .cells
        .iter()
        .find(|cell| cell.place.name() == name)
        .map(|cell| cell.text.clone())
        .unwrap_or_default()
}

fn cell_at(content: &Content, name: &str) -> Cell {
    let mut cells = content.grids[0].cells.iter();
    cells
        .find(|cell| cell.place.name() == name)
        .unwrap_or_else(|| panic!("no cell at {name}"))
        .clone()
}

#[test]
fn a_form_with_merged_cells_is_read_with_its_spans() {
    let centre = Format::new().set_align(FormatAlign::Center);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("自评表").unwrap();
    sheet
        .merge_range(0, 0, 0, 5, "项目支出绩效自评表", &centre)
        .unwrap();
    sheet
        .merge_range(2, 0, 5, 0, "绩效\n指标", &centre)
        .unwrap();
    sheet.merge_range(2, 1, 3, 1, "产出指标", &centre).unwrap();
    sheet.write(2, 2, "数量指标").unwrap();
    sheet.write(3, 2, "质量指标").unwrap();
    sheet.write(2, 5, 15).unwrap();
    sheet.write(5, 5, "  ").unwrap();
    let content = read_file(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(content.remarks, Vec::<String>::new());
    assert_eq!(content.grids[0].name, "自评表");
    assert_eq!(
        cell_at(&content, "A1"),
        Cell::new(0, 0, "项目支出绩效自评表").spanning(1, 6)
    );
    // Below the last cell with text there is nothing to cover.
    assert_eq!(
        cell_at(&content, "A3"),
        Cell::new(2, 0, "绩效\n指标").spanning(2, 1)
    );
    assert_eq!(
        cell_at(&content, "B3"),
        Cell::new(2, 1, "产出指标").spanning(2, 1)
    );
    assert_eq!(cell_at(&content, "F3").text, "15");
    assert_eq!(content.grids[0].cells.len(), 6);
}

#[test]
fn numbers_and_dates_are_read_as_they_are_shown() {
    let date = ExcelDateTime::from_ymd(2024, 12, 31).unwrap();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let shown = [
        ("General", 0.1 + 0.2, "0.3"),
        ("0.00%", 0.9875, "98.75%"),
        ("#,##0.00", 1_234_567.891, "1,234,567.89"),
        ("0.00\"万元\"", 12.5, "12.50万元"),
        (
            "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
            0.0,
            "-",
        ),
        ("0;-0;;@", 0.0, ""),
        ("0.0_ ;[Red]-0.0 ", -2.55, "-2.6"),
        ("@", 20.0, "20"),
    ];
    for (row, (format, number, _)) in (0..).zip(shown) {
        let format = Format::new().set_num_format(format);
        sheet
            .write_number_with_format(row, 0, number, &format)
            .unwrap();
    }
    let dates = [
        ("yyyy/m/d", "2024/12/31"),
        ("yyyy\"年\"m\"月\"d\"日\";@", "2024年12月31日"),
        ("yyyy-mm-dd hh:mm", "2024-12-31 00:00"),
    ];
    for (row, (format, _)) in (0..).zip(dates) {
        let format = Format::new().set_num_format(format);
        sheet
            .write_datetime_with_format(row, 1, &date, &format)
            .unwrap();
    }
    for (row, index) in [(0, 9), (1, 14), (2, 57)] {
        let format = Format::new().set_num_format_index(index);
        sheet
            .write_number_with_format(row, 2, 45_657.0, &format)
            .unwrap();
    }
    let content = read_file(&book.save_to_buffer().unwrap()).unwrap();
    for (row, (format, _, expected)) in (1..).zip(shown) {
        assert_eq!(
            text_at(&content, 0, &format!("A{row}")),
            expected,
            "{format}"
        );
    }
    for (row, (format, expected)) in (1..).zip(dates) {
        assert_eq!(
            text_at(&content, 0, &format!("B{row}")),
            expected,
            "{format}"
        );
    }
    assert_eq!(text_at(&content, 0, "C1"), "4565700%");
    assert_eq!(text_at(&content, 0, "C2"), "2024/12/31");
    assert_eq!(text_at(&content, 0, "C3"), "2024年12月");
}

#[test]
fn formulas_are_read_by_their_results_and_rich_texts_whole() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet
        .write_formula(0, 0, Formula::new("=SUM(B1:B9)").set_result("98.5"))
        .unwrap();
    sheet
        .write_formula(1, 0, Formula::new("=\"完成\"&1").set_result("完成1"))
        .unwrap();
    sheet.write_boolean(2, 0, true).unwrap();
    let (plain, bold) = (Format::new(), Format::new().set_bold());
    sheet
        .write_rich_string(
            3,
            0,
            &[(&bold, "数量"), (&plain, "指标 "), (&bold, "≥10个")],
        )
        .unwrap();
    sheet.write(4, 0, "第一行\r\n第二行").unwrap();
    sheet.write(5, 0, "<b>A&B</b>").unwrap();
    let content = read_file(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(
        texts(&content.grids[0]),
        [
            ("A1".to_owned(), "98.5"),
            ("A2".to_owned(), "完成1"),
            ("A3".to_owned(), "TRUE"),
            ("A4".to_owned(), "数量指标 ≥10个"),
            ("A5".to_owned(), "第一行\n第二行"),
            ("A6".to_owned(), "<b>A&B</b>"),
        ]
    );
}

#[test]
fn what_is_hidden_or_left_out_is_told() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("一").unwrap();
    for row in 0..9 {
        sheet.write(row, 0, row).unwrap();
        sheet.write(row, 4, "说明").unwrap();
    }
    for row in [2, 3, 4, 7, 20] {
        sheet.set_row_hidden(row).unwrap();
    }
    sheet.set_column_hidden(4).unwrap();
    sheet.set_column_hidden(9).unwrap();
    sheet.insert_note(0, 0, &Note::new("批注")).unwrap();
    let sheet = book.add_worksheet().set_name("底稿").unwrap();
    sheet.write(0, 0, "看不见").unwrap();
    sheet.set_hidden(true);
    book.add_worksheet().set_name("空").unwrap();
    let sheet = book.add_worksheet().set_name("二").unwrap();
    sheet.write(0, 0, "末").unwrap();
    let content = read_file(&book.save_to_buffer().unwrap()).unwrap();
    let names: Vec<&str> = content
        .grids
        .iter()
        .map(|grid| grid.name.as_str())
        .collect();
    assert_eq!(names, ["一", "二"]);
    assert_eq!(content.grids[0].cells.len(), 18);
    assert_eq!(
        content.remarks,
        [
            "工作表“一”的第 3–5、8 行和第 E 列是隐藏的，也已读取。",
            "隐藏的工作表“底稿”没有读取；需要时请在 WPS 中取消隐藏，保存后再导入。",
            "只读取了单元格，批注没有读取。",
        ]
    );
}

#[test]
fn formulas_without_a_result_hidden_numbers_and_covered_cells_are_told() {
    let sheet = r#"<sheetData>
        <row r="1"><c r="A1" s="1"><v>12</v></c><c r="B1"><f>1+1</f><v></v></c><c r="C1"><f>2</f></c>
            <c r="D1" t="str"><f>""</f><v></v></c></row>
        <row r="2"><c r="A2" t="inlineStr"><is><t>甲</t></is></c><c r="B2"><v>3</v></c></row>
        </sheetData><mergeCells><mergeCell ref="A2:B2"/></mergeCells>"#;
    let styles = r#"<styleSheet><numFmts><numFmt numFmtId="176" formatCode=";;;"/></numFmts>
        <cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="176"/></cellXfs></styleSheet>"#;
    let content = read_file(&workbook(sheet, &[("xl/styles.xml", styles)])).unwrap();
    assert_eq!(texts(&content.grids[0]), [("A2".to_owned(), "甲")]);
    assert_eq!(
        content.remarks,
        [
            "工作表“自评表”有 1 个单元格的内容被合并单元格盖住，表中看不见，没有读取。",
            "工作表“自评表”有 2 个公式没有计算结果，按空白读取；请用 WPS 打开，保存后再导入。",
            "工作表“自评表”有 1 个数字被单元格格式设为不显示，按空白读取。",
        ]
    );
}

#[test]
fn other_programs_write_prefixes_no_references_and_other_paths() {
    let relations = r#"<Relationships><Relationship Id="main"
        Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/book/main.xml"/></Relationships>"#;
    let main = r#"<x:workbook><x:workbookPr date1904="1"/><x:sheets><x:sheet name="图" r:id="b"/>
        <x:sheet name="表" r:id="a"/></x:sheets></x:workbook>"#;
    let parts = r#"<Relationships><Relationship Id="a" Type="t/worksheet" Target="..\sheets\S1.xml"/>
        <Relationship Id="b" Type="t/chartsheet" Target="/sheets/c.xml"/>
        <Relationship Id="c" Type="t/sharedStrings" Target="texts.xml"/>
        <Relationship Id="d" Type="t/styles" Target="styles.xml"/></Relationships>"#;
    let sheet = r#"<x:worksheet><x:sheetData><x:row><x:c t="s"><x:v>1</x:v></x:c><x:c/><x:c><x:v>5</x:v></x:c></x:row>
        <x:row><x:c s="1"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>"#;
    let strings = r#"<x:sst uniqueCount="2"><x:si><x:t>零</x:t></x:si><x:si><x:r><x:t>年</x:t></x:r>
        <x:r><x:t>初</x:t></x:r><x:rPh><x:t>nc</x:t></x:rPh></x:si></x:sst>"#;
    let styles = r#"<styleSheet><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
    let package = super::packages::zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", relations.as_bytes()),
        ("book/main.xml", main.as_bytes()),
        ("book/_rels/main.xml.rels", parts.as_bytes()),
        ("sheets/s1.xml", sheet.as_bytes()),
        ("book/texts.xml", strings.as_bytes()),
        ("book/styles.xml", styles.as_bytes()),
        ("xl/", b""),
    ]);
    let content = read_file(&package).unwrap();
    assert_eq!(content.grids[0].name, "表");
    assert_eq!(
        texts(&content.grids[0]),
        [
            ("A1".to_owned(), "年初"),
            ("C1".to_owned(), "5"),
            ("A2".to_owned(), "1904/1/1"),
        ]
    );
}

#[test]
fn nothing_to_read_is_told() {
    let mut book = Workbook::new();
    book.add_worksheet();
    let blank = book.save_to_buffer().unwrap();
    assert_eq!(read_file(&blank), Err(ReadError::NoTable));
    assert_eq!(read_file(&[]), Err(ReadError::Empty));
}

#[test]
fn the_last_places_within_the_limits_are_read() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(19_999, 199, "末").unwrap();
    let content = read_file(&book.save_to_buffer().unwrap()).unwrap();
    let place = Place {
        row: 19_999,
        column: 199,
    };
    assert_eq!(content.grids[0].cells[0].place, place);
}
