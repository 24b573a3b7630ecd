//! .xls and .xlsb: what their cells show, and files that nobody has made in good faith.

mod build;

use std::{
    collections::BTreeMap,
    io::Cursor,
    time::{Duration, Instant},
};

use build::{compound, excel_5, excel_97, package, part_record, put, record, wide, words};
use calamine::{Data, Reader, SheetVisible, Xls, Xlsb};
use jiping::exchange::{
    child::{Aside, Within},
    error::{Excess, ReadError},
    grid::{Cell, Content, Grid},
    kind::Kind,
    limits,
    watch::Unwatched,
};
use proptest::prelude::*;

/// Made by `tests/exchange/old/make.py`.
const FORM: &[u8] = include_bytes!("../../../exchange/old/form.xls");

fn read(bytes: &[u8]) -> Result<Content, ReadError> {
    Within.read(Kind::OldWorkbook, bytes, &Unwatched)
}

fn read_binary(bytes: &[u8]) -> Result<Content, ReadError> {
    Within.read(Kind::BinaryWorkbook, bytes, &Unwatched)
}

/// A grid's cells as lines: place, span where there is one, text.
fn lines(grid: &Grid) -> Vec<String> {
    let line = |cell: &Cell| {
        let span = match (cell.rows, cell.columns) {
            (1, 1) => String::new(),
            (rows, columns) => format!(" {rows}×{columns}"),
        };
        format!("{}{span} {}", cell.place.name(), cell.text)
    };
    grid.cells.iter().map(line).collect()
}

#[test]
fn a_form_is_read_as_its_cells_show_it() {
    let content = read(FORM).unwrap();
    let [form, second] = &content.grids[..] else {
        panic!("two sheets can be seen");
    };
    assert_eq!(
        (form.name.as_str(), second.name.as_str()),
        ("自评表", "第二张")
    );
    assert_eq!(lines(second), ["C3 仅此一格"]);
    let mut found = lines(form);
    let long = found
        .iter()
        .position(|line| line.starts_with("B8"))
        .unwrap();
    assert_eq!(
        found.remove(long),
        format!("B8 2×7 说明：{}", "资金下达晚于计划，".repeat(1500))
    );
    assert_eq!(
        found,
        [
            "A1 1×8 项目支出绩效自评表",
            "A2 项目名称",
            "B2 1×7 老旧管网改造",
            "A3 指标",
            "B3 年度值",
            "C3 实际值",
            "D3 完成率",
            "E3 分值",
            "F3 得分",
            "G3 日期",
            "H3 备注",
            "A4 改造长度",
            "B4 12.5",
            "C4 12.5",
            "D4 100.0%",
            "E4 20",
            "F4 20",
            "G4 2024-06-30",
            "H4 按期",
            "A5 投诉率",
            "B5 5.00%",
            "C5 3.20%",
            "D5 98.5%",
            "E5 10",
            "F5 10",
            "G5 2024年12月31日",
            "A6 全年预算数",
            "B6 1,234,567.80",
            "C6 1,000,000.00",
            "D6 81.0%",
            "E6 10",
            "F6 8.1",
            "A7 合计",
            "F7 38.1",
            "G7 优",
            "H7 #DIV/0!",
            "A8 TRUE",
            "A10 联系电话",
            "B10 010-00000000",
            "C10 -7",
            "D10 1E+15",
            "E10 0.3",
        ]
    );
    assert_eq!(
        content.remarks,
        ["隐藏的工作表“数据字典”没有读取；需要时请在 WPS 中取消隐藏，保存后再导入。"]
    );
}

/// Every cell with a value by sheet, row and column, as calamine reads it.
fn by_calamine(mut book: impl Reader<Cursor<Vec<u8>>>) -> BTreeMap<(String, u32, u32), Data> {
    let mut cells = BTreeMap::new();
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.visible != SheetVisible::Visible {
            continue;
        }
        let Ok(range) = book.worksheet_range(&sheet.name) else {
            panic!("calamine reads the sheet");
        };
        let (row, column) = range.start().unwrap_or_default();
        for (down, right, value) in range.used_cells() {
            let place = (sheet.name.clone(), row + down as u32, column + right as u32);
            cells.insert(place, value.clone());
        }
    }
    cells
}

/// Asserts that calamine finds the same cells, and the same in those that no number format changes.
fn assert_agrees(content: &Content, theirs: &BTreeMap<(String, u32, u32), Data>) {
    let ours: BTreeMap<_, _> = content
        .grids
        .iter()
        .flat_map(|grid| {
            let key = |cell: &Cell| (grid.name.clone(), cell.place.row, cell.place.column);
            grid.cells.iter().map(move |cell| (key(cell), &cell.text))
        })
        .collect();
    assert!(ours.keys().eq(theirs.keys()), "{ours:?}\n{theirs:?}");
    for (place, text) in ours {
        match &theirs[&place] {
            Data::String(their) => assert_eq!(text, their, "{place:?}"),
            Data::Bool(their) => assert_eq!(*text, their.to_string().to_uppercase()),
            Data::Error(their) => assert_eq!(*text, their.to_string()),
            Data::Int(_) | Data::Float(_) | Data::DateTime(_) => {
                assert!(text.starts_with(|first: char| first == '-' || first.is_ascii_digit()));
            }
            other => panic!("{place:?}: {other:?}"),
        }
    }
}

#[test]
fn another_reader_finds_the_same_cells() {
    let theirs = by_calamine(Xls::new(Cursor::new(FORM.to_vec())).unwrap());
    assert_eq!(theirs.len(), 44);
    assert_agrees(&read(FORM).unwrap(), &theirs);
    let bytes = binary(&[]);
    let theirs = by_calamine(Xlsb::new(Cursor::new(bytes.clone())).unwrap());
    // A formula that ends in an error has no value there.
    let mut content = read_binary(&bytes).unwrap();
    content.grids[0].cells.retain(|cell| cell.text != "#REF!");
    assert_agrees(&content, &theirs);
}

/// The record of a number as a float.
fn number(row: u16, column: u16, format: u16, value: f64) -> Vec<u8> {
    record(
        0x0203,
        &[words(&[row, column, format]), value.to_le_bytes().to_vec()].concat(),
    )
}

/// The record of a text of Excel 97 in the cell itself.
fn label(row: u16, column: u16, text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let head = words(&[row, column, 0, units.len() as u16]);
    record(0x0204, &[head, vec![1], words(&units)].concat())
}

/// A workbook of Excel 97 with one sheet.
fn sheet(records: &[Vec<u8>]) -> Vec<u8> {
    compound("Workbook", &excel_97(&[], &[("表", 0, records.concat())]))
}

#[test]
fn excel_5_is_read_in_its_code_page() {
    let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
    let label = |row, column, text: &str| {
        let text = gbk(text);
        let head = words(&[row, column, 0, text.len() as u16]);
        record(0x0204, &[head, text].concat())
    };
    let code = gbk("0.0\"公里\"");
    let globals = [
        record(0x0042, &words(&[936])),
        record(
            0x041E,
            &[&words(&[176])[..], &[code.len() as u8], &code].concat(),
        ),
        record(0x00E0, &words(&[0, 0, 0, 0, 0, 0, 0, 0])),
        record(0x00E0, &words(&[0, 176, 0, 0, 0, 0, 0, 0])),
    ];
    let whole = |number: u32| (number << 2 | 2).to_le_bytes();
    let row = [
        &words(&[1, 1, 1])[..],
        &whole(7),
        &words(&[0]),
        &whole(9),
        &words(&[2]),
    ];
    let cells = [
        label(0, 0, "自评表"),
        record(0x00BD, &row.concat()),
        label(1, 0, "长度"),
    ];
    let sheets = [("绩效", 0, cells.concat()), ("旧", 1, Vec::new())];
    let bytes = compound("Book", &excel_5(&globals.concat(), &sheets));
    let content = read(&bytes).unwrap();
    assert_eq!(content.grids[0].name, "绩效");
    assert_eq!(
        lines(&content.grids[0]),
        ["A1 自评表", "A2 长度", "B2 7.0公里", "C2 9"]
    );
    assert!(
        content.remarks[0].starts_with("隐藏的工作表“旧”"),
        "{:?}",
        content.remarks
    );
}

#[test]
fn a_shared_text_goes_on_in_the_next_record_in_another_width() {
    let chinese = words(&"绩效".encode_utf16().collect::<Vec<_>>());
    let beginning = [&[3, 0, 0, 0, 3, 0, 0, 0][..], &[5, 0, 0], b"abc"].concat();
    // Rich text with a run of format, and phonetics that count for nothing.
    let rich = [
        &[1][..],
        &chinese,
        &[2, 0, 13, 1, 0, 3, 0, 0, 0],
        &chinese,
        &[9; 7],
    ]
    .concat();
    let globals = [
        record(0x00FC, &beginning),
        record(0x003C, &rich),
        record(0x003C, &[0, 0, 0]),
    ];
    let shared = |row, index| record(0x00FD, &words(&[row, 0, 0, index, 0]));
    let cells = [shared(0, 1), shared(1, 0), shared(2, 2)].concat();
    let bytes = compound(
        "Workbook",
        &excel_97(&globals.concat(), &[("表", 0, cells)]),
    );
    let content = read(&bytes).unwrap();
    assert_eq!(lines(&content.grids[0]), ["A1 绩效", "A2 abc绩效"]);
}

#[test]
fn what_is_no_cell_is_told() {
    let chart = [
        record(0x0809, &words(&[0x0600, 0x20])),
        number(5, 5, 0, 1.0),
        record(0x000A, &[]),
    ];
    let records = [
        label(0, 0, "甲"),
        chart.concat(),
        record(0x005D, &words(&[0x15, 0x12, 0x05])),
        record(0x001C, &words(&[0, 0])),
        label(1, 0, "乙"),
    ];
    let content = read(&sheet(&records)).unwrap();
    assert_eq!(lines(&content.grids[0]), ["A1 甲", "A2 乙"]);
    assert_eq!(
        content.remarks,
        ["只读取了单元格，批注和图片、图形、文本框没有读取。"]
    );
}

#[test]
fn a_password_is_told() {
    let globals = record(0x002F, &words(&[1, 1]));
    let bytes = compound("Workbook", &excel_97(&globals, &[("表", 0, Vec::new())]));
    assert_eq!(read(&bytes), Err(ReadError::Protected));
}

/// A workbook in binary parts, with more records in its sheet.
fn binary(more: &[Vec<u8>]) -> Vec<u8> {
    let longs =
        |longs: &[u32]| -> Vec<u8> { longs.iter().flat_map(|long| long.to_le_bytes()).collect() };
    let cell = |kind, column, format, value: &[u8]| {
        part_record(kind, &[&longs(&[column, format]), value].concat())
    };
    let row = |row| part_record(0, &[longs(&[row, 0]), vec![0; 9]].concat());
    let entry = [longs(&[0, 1]), wide("rId1"), wide("自评表")].concat();
    let workbook = [
        part_record(131, &[]),
        part_record(153, &[0; 12]),
        part_record(143, &[]),
        part_record(156, &entry),
        part_record(144, &[]),
        part_record(157, &[0; 26]),
        part_record(132, &[]),
    ];
    let format = |id: u16| part_record(47, &[words(&[0, id]), vec![0; 12]].concat());
    let styles = [
        part_record(278, &[]),
        part_record(615, &longs(&[1])),
        part_record(44, &[words(&[176]), wide("0.0%")].concat()),
        part_record(616, &[]),
        part_record(626, &longs(&[1])),
        format(14),
        part_record(627, &[]),
        part_record(617, &longs(&[2])),
        format(0),
        format(176),
        part_record(618, &[]),
        part_record(279, &[]),
    ];
    let item = |text| part_record(19, &[vec![0], wide(text)].concat());
    let strings = [
        part_record(159, &longs(&[2, 2])),
        item("项目支出绩效自评表"),
        item("完成率"),
        part_record(160, &[]),
    ];
    let cells = [
        part_record(129, &[]),
        part_record(148, &longs(&[0, 3, 0, 3])),
        part_record(145, &[]),
        row(0),
        cell(7, 0, 0, &longs(&[0])),
        row(1),
        cell(7, 0, 0, &longs(&[1])),
        cell(5, 1, 1, &0.985_f64.to_le_bytes()),
        cell(2, 2, 0, &longs(&[20 << 2 | 2])),
        cell(6, 3, 0, &wide("按期")),
        row(2),
        cell(4, 0, 0, &[1]),
        cell(3, 1, 0, &[0x07]),
        cell(11, 2, 0, &[0x17, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ];
    let end = [
        part_record(146, &[]),
        part_record(176, &longs(&[0, 0, 0, 3])),
        part_record(130, &[]),
    ];
    let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.bin"/></Relationships>"#;
    package(&[
        ("xl/workbook.bin", workbook.concat()),
        ("xl/_rels/workbook.bin.rels", relations.into()),
        ("xl/styles.bin", styles.concat()),
        ("xl/sharedStrings.bin", strings.concat()),
        (
            "xl/worksheets/sheet1.bin",
            [cells.concat(), more.concat(), end.concat()].concat(),
        ),
    ])
}

#[test]
fn binary_parts_are_read_as_their_cells_show_them() {
    let content = read_binary(&binary(&[])).unwrap();
    assert_eq!(content.grids[0].name, "自评表");
    assert_eq!(
        lines(&content.grids[0]),
        [
            "A1 1×4 项目支出绩效自评表",
            "A2 完成率",
            "B2 98.5%",
            "C2 20",
            "D2 按期",
            "A3 TRUE",
            "B3 #DIV/0!",
            "C3 #REF!",
        ]
    );
    assert!(content.remarks.is_empty(), "{:?}", content.remarks);
}

#[test]
fn claims_cost_nothing() {
    let claims = [
        // A record of 256 MB, a text of 8 GB.
        vec![0x05, 0xFF, 0xFF, 0xFF, 0x7F],
        part_record(6, &[0, 0, 0, 0, 0, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF]),
        // A text that is not there.
        part_record(7, &[9, 0, 0, 0, 0, 0, 0, 0, 99, 0, 0, 0]),
    ];
    for claim in claims {
        let error = read_binary(&binary(std::slice::from_ref(&claim)));
        assert!(matches!(error, Err(ReadError::Broken(_))), "{error:?}");
    }
    // A sheet that claims to be as large as can be, with one cell.
    let largest = record(
        0x0200,
        &[0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 0, 0],
    );
    let content = read(&sheet(&[largest, label(0, 0, "甲")])).unwrap();
    assert_eq!(lines(&content.grids[0]), ["A1 甲"]);
}

#[test]
fn a_sheet_past_the_limits_is_refused() {
    let far = |row, column| read(&sheet(&[label(row, column, "远")]));
    let refused = |excess| Err(ReadError::TooLarge(excess));
    assert_eq!(far(limits::ROWS as u16, 0), refused(Excess::Rows));
    assert_eq!(far(0, limits::COLUMNS as u16), refused(Excess::Columns));
    let many: Vec<_> = (0..=limits::SHEETS)
        .map(|_| ("表", 0, Vec::new()))
        .collect();
    let bytes = compound("Workbook", &excel_97(&[], &many));
    assert_eq!(read(&bytes), refused(Excess::Sheets));
    // Two thousand cells with one long text between them.
    let long = [&[1, 0, 0, 0, 1, 0, 0, 0, 0, 0x1F, 0][..], &[b'x'; 0x1F00]].concat();
    let cells: Vec<_> = (0..5_000)
        .map(|row| record(0x00FD, &words(&[row, 0, 0, 0, 0])))
        .collect();
    let stream = excel_97(&record(0x00FC, &long), &[("表", 0, cells.concat())]);
    assert_eq!(read(&compound("Workbook", &stream)), refused(Excess::Text));
}

#[test]
fn chains_that_bite_their_tail_come_to_an_end() {
    let begun = Instant::now();
    let whole = sheet(&[label(0, 0, "甲")]);
    // The table's own sector, the directory's chain, the stream's chain, the list of tables.
    for at in [512, 516, 520, 548] {
        for id in [0_u32, 1, 2, 5, 0x7FFF_FFFF] {
            let mut bytes = whole.clone();
            put(&mut bytes, at, &id.to_le_bytes());
            put(&mut bytes, 68, &id.to_le_bytes());
            let result = read(&bytes);
            assert!(
                matches!(result, Ok(_) | Err(ReadError::Broken(_))),
                "{at} {id}"
            );
        }
    }
    // The tree of the directory.
    for at in [68, 72, 76, 68 + 128, 72 + 128] {
        let mut bytes = whole.clone();
        put(&mut bytes, 1024 + at, &1_u32.to_le_bytes());
        assert!(read(&bytes).is_ok(), "{at}");
    }
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_file_that_is_cut_off_is_refused_or_whole() {
    let whole = read(FORM).unwrap();
    for length in (0..FORM.len()).step_by(97) {
        match read(&FORM[..length]) {
            Ok(content) => assert_eq!(content, whole, "{length}"),
            Err(ReadError::Broken(_)) => {}
            Err(error) => panic!("{length}: {error:?}"),
        }
    }
}

/// No two cells cover the same place, and they stand in order.
fn assert_sound(content: &Content) {
    for grid in &content.grids {
        assert!(grid.cells.is_sorted_by_key(|cell| cell.place));
        let mut seen = std::collections::HashSet::new();
        for cell in &grid.cells {
            for row in cell.place.row..cell.place.row + cell.rows {
                for column in cell.place.column..cell.place.column + cell.columns {
                    assert!(seen.insert((row, column)), "{}", cell.place.name());
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn changed_bytes_never_panic(changes in prop::collection::vec((0..FORM.len(), any::<u8>()), 1..40)) {
        let mut bytes = FORM.to_vec();
        for (at, byte) in changes {
            bytes[at] = byte;
        }
        if let Ok(content) = read(&bytes) {
            assert_sound(&content);
        }
    }

    #[test]
    fn changed_records_never_panic(changes in prop::collection::vec((0_usize..400, any::<u8>()), 1..8)) {
        let merged = record(0x00E5, &words(&[2, 0, 1, 0, 1, 1, 2, 1, 2]));
        let formula = record(0x0006, &[words(&[3, 0, 0]), vec![0; 6], words(&[0xFFFF]), vec![0; 8]].concat());
        let text = record(0x0207, &[3, 0, 0, b'a', b'b', b'c']);
        let cells = [label(0, 0, "甲"), number(1, 1, 0, 0.5), formula, text, merged].concat();
        let mut stream = excel_97(&record(0x00FC, &[1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, b'x']), &[("表", 0, cells)]);
        let length = stream.len();
        for (at, byte) in changes {
            stream[at % length] = byte;
        }
        if let Ok(content) = read(&compound("Workbook", &stream)) {
            assert_sound(&content);
        }
    }

    #[test]
    fn any_records_of_a_binary_part_never_panic(records in prop::collection::vec((0_u16..180, prop::collection::vec(any::<u8>(), 0..40)), 0..40)) {
        let records: Vec<_> = records.iter().map(|(kind, data)| part_record(*kind, data)).collect();
        if let Ok(content) = read_binary(&binary(&records)) {
            assert_sound(&content);
        }
    }
}
