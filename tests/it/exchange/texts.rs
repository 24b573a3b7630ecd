//! Texts become grids: tables where the rows are whole, loose rows where they are not.

use jiping::exchange::{
    encoding,
    error::{Excess, ReadError},
    grid::{Columns, Content, Grid},
    limits, text,
    watch::{Budget, Unwatched},
};

use super::packages::Cancelled;

/// As text out of a PDF that was converted with tabs: cells have slipped, a paragraph stands between, a caption's tail is
/// misread. The names are made up.
const SLIPPED: &str = "\n项目支出绩效自评表\n\n\
    项目名称\t\t基层服务与队伍建设\t\t实施年度\t2023年\t\t\t\n\
    项目资金(元)\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\t\n\
    \t\t年度资金总额\t510000.00\t500000.00\t498000.00\t10\t99.6%\t9.96\n\
    产出指标(50分)\t数量指标\t系统安全测评\t1\t1\t15\t15\t\t\n\
    \t\t举办培训,含线上\t4次\t8次\t\t\t\t\n\
    \t骨干评选数量\t8个\t8个\t\t\t\t\t\n\
    \n按照通知压减了部分课题\n\n\
    年度绩效指标\t方)\t参加展会\t100%\t100%\t\t\t\t\t\n\
    \t\t\t会务安排\t及时\t\t\t及时\t\t\n\
    有效保障会员权益\t\t\t\t有效保障\t有效保障\t\t\t\t\n";

fn read(text: &str, name: &str) -> Result<Content, ReadError> {
    text::read(text, name, &mut Budget::new(&Unwatched))
}

fn grid(text: &str, name: &str) -> Grid {
    let mut content = read(text, name).expect("the text is read");
    assert_eq!(content.grids.len(), 1);
    content.grids.remove(0)
}

/// The cells as "B3=text".
fn cells(grid: &Grid) -> Vec<String> {
    let cell = |cell: &jiping::exchange::grid::Cell| format!("{}={}", cell.place.name(), cell.text);
    grid.cells.iter().map(cell).collect()
}

#[test]
fn text_out_of_a_pdf_is_loose_and_keeps_lines_and_columns() {
    for name in ["form.txt", "", "form.tsv"] {
        let grid = grid(SLIPPED, name);
        assert_eq!(grid.columns, Columns::Loose, "{name}");
        let cells = cells(&grid);
        for expected in [
            "A2=项目支出绩效自评表",
            "C4=基层服务与队伍建设",
            "C8=举办培训,含线上",
            "D8=4次",
            "B9=骨干评选数量",
            "A11=按照通知压减了部分课题",
            "B13=方)",
            "D14=会务安排",
            "H14=及时",
            "E15=有效保障",
        ] {
            assert!(cells.iter().any(|cell| cell == expected), "{expected}");
        }
        assert_eq!(grid.cells.len(), 44);
    }
}

#[test]
fn a_table_from_the_clipboard_is_aligned_with_line_breaks_in_its_cells() {
    let pasted = "项目支出绩效自评表\t\t\r\n三级指标\t年度指标值\t实际完成值\r\n\
        \"培训场次\r\n(线上\"\"云课堂\"\")\"\t≥12 场\t12\r\n\"专精特新\"企业\t3\t\r\n";
    let grid = grid(pasted, "");
    assert_eq!(grid.columns, Columns::Aligned);
    assert_eq!(
        cells(&grid),
        [
            "A1=项目支出绩效自评表",
            "A2=三级指标",
            "B2=年度指标值",
            "C2=实际完成值",
            "A3=培训场次\n(线上\"云课堂\")",
            "B3=≥12 场",
            "C3=12",
            "A4=\"专精特新\"企业",
            "B4=3",
        ]
    );
}

#[test]
fn csv_is_aligned_whatever_parts_its_fields() {
    let table = "指标,目标,完成\n\"场次,合计\",12,12\n人次,300,320\n";
    let aligned = grid(table, "");
    assert_eq!(aligned.columns, Columns::Aligned);
    assert_eq!(aligned.cells[3].text, "场次,合计");
    let semicolons = "指标;目标;完成\n场次;12;12\n人次;1,300;1,320\n";
    assert_eq!(cells(&grid(semicolons, "a.csv"))[7], "B3=1,300");
    let tabs = table.replace(',', "\t");
    assert_eq!(grid(&tabs, "a.csv").columns, Columns::Aligned);
}

#[test]
fn the_name_decides_where_the_content_does_not() {
    let titled = "项目支出绩效自评表\n指标,目标\n场次,12\n人次,300\n";
    assert_eq!(cells(&grid(titled, "a.CSV"))[2], "B2=目标");
    assert_eq!(cells(&grid(titled, "a.txt"))[1], "A2=指标,目标");
}

#[test]
fn sentences_with_commas_are_paragraphs() {
    let grid = grid(
        "一是开展培训,完成任务。\n\n二是走访企业,听取意见。\n",
        "a.txt",
    );
    assert_eq!(grid.columns, Columns::Loose);
    assert_eq!(
        cells(&grid),
        ["A1=一是开展培训,完成任务。", "A3=二是走访企业,听取意见。"]
    );
}

#[test]
fn gaps_of_spaces_part_cells() {
    let laid_out = "        项目支出绩效自评表\n\n 三级指标        年度指标值\u{3000}\u{3000}实际完成值\n 培训场次    ≥12 场    12\n";
    let grid = grid(laid_out, "a.txt");
    assert_eq!(grid.columns, Columns::Loose);
    assert_eq!(
        cells(&grid)[1..],
        [
            "A3=三级指标",
            "B3=年度指标值",
            "C3=实际完成值",
            "A4=培训场次",
            "B4=≥12 场",
            "C4=12",
        ]
    );
}

#[test]
fn every_kind_of_line_end_ends_a_line() {
    for end in ["\n", "\r\n", "\r", "\u{2028}", "\u{85}", "\u{B}", "\n\u{C}"] {
        let text = ["一", "二", "三"].join(end);
        assert_eq!(
            cells(&grid(&text, "")),
            ["A1=一", "A2=二", "A3=三"],
            "{end:?}"
        );
    }
}

#[test]
fn lost_characters_are_counted() {
    let (text, name) = encoding::decode(b"\xC5\xE0\xD1\xB5\t12\n\xFF\t\xFF\n");
    assert_eq!(name, "GBK/GB18030");
    let content = read(&text, "a.txt").unwrap();
    assert_eq!(content.grids[0].cells[0].text, "培训");
    assert_eq!(
        content.remarks,
        ["有 2 处字符无法识别，显示为“\u{FFFD}”，请对照原文件核对。"]
    );
}

#[test]
fn nothing_but_blanks_is_no_table() {
    for text in ["", "\u{FEFF}", " \t\r\n\u{3000}\n,"] {
        let read = read(text, "");
        assert_eq!(read.is_err(), !text.contains(','), "{text:?}");
    }
    assert_eq!(read(" \t\n", ""), Err(ReadError::NoTable));
}

#[test]
fn limits_hold_for_cells_with_text_only() {
    let too_large = |excess| Err(ReadError::TooLarge(excess));
    let rows = limits::ROWS as usize;
    assert!(read(&"行\n".repeat(rows), "").is_ok());
    assert_eq!(read(&"行\n".repeat(rows + 1), ""), too_large(Excess::Rows));
    let wide = format!("甲{}\n乙{}\n", "\t".repeat(16_383), "\t".repeat(16_383));
    assert_eq!(cells(&grid(&wide, "")), ["A1=甲", "A2=乙"]);
    let columns = limits::COLUMNS as usize;
    assert_eq!(
        read(&format!("甲{}乙", "\t".repeat(columns)), ""),
        too_large(Excess::Columns)
    );
    let long = "长".repeat(limits::CELL / 3 + 1);
    assert_eq!(read(&long, ""), too_large(Excess::Cell));
    let full =
        "满\t满\t满\t满\t满\t满\t满\t满\t满\t满\t满\t满\t满\t满\t满\t满\t满\t满\t满\t满\t满\n";
    assert_eq!(read(&full.repeat(rows), ""), too_large(Excess::Cells));
}

#[test]
fn hostile_texts_take_no_time() {
    let texts = [
        "\t".repeat(4 << 20),
        "\"".repeat(4 << 20),
        "\"\n\",".repeat(1 << 20),
        "\"a,".repeat(1 << 20),
        "  ".repeat(2 << 20),
        "\u{3000}\u{3000}甲".repeat(1 << 18),
    ];
    for text in &texts {
        let begun = std::time::Instant::now();
        // Whether it is refused does not matter here.
        drop(read(text, "a.csv"));
        // Tests are built without optimisation and share the machine; time by the square of the length would be minutes.
        let taken = begun.elapsed();
        assert!(taken < limits::TIME * 4, "{taken:?}");
    }
}

#[test]
fn reading_stops_when_told() {
    for text in ["甲\t乙\n丙\t丁", "一段话"] {
        let read = text::read(text, "", &mut Budget::new(&Cancelled));
        assert_eq!(read, Err(ReadError::Cancelled));
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_a_text(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
        let (text, _) = encoding::decode(&bytes);
        drop(read(&text, "a.csv"));
    }

    #[test]
    fn cells_of_any_table_are_in_order(text in "[甲1 \\t\\n\",;]{0,60}") {
        if let Ok(content) = read(&text, "") {
            let cells = &content.grids[0].cells;
            proptest::prop_assert!(cells.is_sorted_by(|a, b| a.place < b.place));
        }
    }
}
