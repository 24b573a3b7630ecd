//! Files that mean harm, built here: each is refused within the limits, or read as what little it is. None brings the program
//! down, whatever is cut off or changed in it.

use std::{io::Cursor, time::Instant};

use jiping::exchange::{
    error::{Excess, ReadError},
    guard::Package,
    limits,
    read::read,
    watch::{Budget, Unwatched},
};
use proptest::prelude::*;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::packages::{
    Cancelled, Nowhere, RELATIONS, WORKBOOK, read_file, texts, workbook, zipped,
};

fn refused(bytes: &[u8]) -> ReadError {
    let since = Instant::now();
    let result = read_file(bytes);
    let taken = since.elapsed();
    // A debug build with other work on the machine may be slow; the limit itself is checked by the reader.
    assert!(taken < 2 * limits::TIME, "{taken:?}");
    match result {
        Err(error) => error,
        Ok(content) => panic!("read: {} grids", content.grids.len()),
    }
}

fn too_large(excess: Excess) -> ReadError {
    ReadError::TooLarge(excess)
}

fn rows(rows: &str) -> String {
    format!("<sheetData>{rows}</sheetData>")
}

const CELL: &str = r#"<row r="1"><c r="A1"><v>1</v></c></row>"#;

#[test]
fn bombs_are_refused_by_what_comes_out_of_them() {
    let blanks = format!("{}<a/>", " ".repeat(1 << 16)).repeat(320);
    let bomb = workbook(&format!("{blanks}{}", rows(CELL)), &[]);
    assert!(bomb.len() < 1 << 18);
    assert_eq!(refused(&bomb), too_large(Excess::Ratio));

    let cell = format!("<row><c><v>{}</v></c></row>", "7".repeat(20 << 20));
    let bomb = workbook(&rows(&cell), &[]);
    assert_eq!(refused(&bomb), too_large(Excess::Cell));
}

/// Text that packs badly enough to pass by its ratio.
fn noise(bytes: usize) -> String {
    let mut state = 1_u32;
    (0..bytes)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b'a' + (state >> 29) as u8)
        })
        .collect()
}

#[test]
fn headers_that_lie_about_sizes_gain_nothing() {
    let blanks = format!("{}<a/>", " ".repeat(1 << 16)).repeat(64);
    let mut bytes = workbook(&format!("{blanks}{}", rows(CELL)), &[]);
    // Sizes in all directory entries: packed at 20, unpacked at 24.
    for lie in [0_u32, 1, 1 << 20, u32::MAX - 1] {
        let mut at = 0;
        while let Some(found) = find(&bytes[at..], b"PK\x01\x02") {
            let size = at + found + 24;
            bytes[size..size + 4].copy_from_slice(&lie.to_le_bytes());
            at = size;
        }
        let error = refused(&bytes);
        let is_told = matches!(error, ReadError::TooLarge(_) | ReadError::Broken(_));
        assert!(is_told, "{lie} {error:?}");
    }
}

fn find(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    bytes.windows(mark.len()).position(|window| window == mark)
}

#[test]
fn too_many_entries_are_refused() {
    let names: Vec<String> = (0..3_000)
        .map(|at| format!("xl/worksheets/{at}.xml"))
        .collect();
    let mut entries: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), [].as_slice()))
        .collect();
    entries.push(("xl/workbook.xml", WORKBOOK.as_bytes()));
    assert_eq!(refused(&zipped(&entries)), too_large(Excess::Entries));
}

#[test]
fn two_entries_of_one_name_are_refused() {
    let mut bytes = workbook(&rows(CELL), &[("xl/worksheets/sheet2.xml", "<a/>")]);
    let (from, to) = (b"sheet2.xml", b"sheet1.xml");
    while let Some(at) = find(&bytes, from) {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    assert!(matches!(refused(&bytes), ReadError::Broken(_)));
}

#[test]
fn protected_files_are_named() {
    let mut bytes = workbook(&rows(CELL), &[]);
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b"PK\x01\x02") {
        bytes[at + found + 8] |= 1;
        at += found + 9;
    }
    assert_eq!(refused(&bytes), ReadError::Protected);
}

#[test]
fn a_large_file_is_refused_before_anybody_looks_into_it() {
    let bytes = vec![b'a'; limits::FILE + 1];
    assert_eq!(refused(&bytes), too_large(Excess::File));
}

#[test]
fn shared_texts_that_claim_more_than_there_are_are_refused() {
    for (claim, excess) in [
        ("4294967295", true),
        ("99999999999999999999", false),
        ("1", false),
    ] {
        let strings = format!("<sst uniqueCount='{claim}'><si><t>甲</t></si></sst>");
        let sheet = rows(r#"<row><c t="s"><v>0</v></c></row>"#);
        let result = read_file(&workbook(&sheet, &[("xl/sharedStrings.xml", &strings)]));
        if excess {
            assert_eq!(result, Err(too_large(Excess::SharedStrings)));
        } else {
            assert_eq!(result.unwrap().grids[0].cells[0].text, "甲");
        }
    }
}

#[test]
fn shared_texts_are_not_multiplied_beyond_the_limit() {
    let strings = format!("<sst><si><t>{}</t></si></sst>", "字".repeat(80_000));
    let cells = r#"<c t="s"><v>0</v></c>"#.repeat(180);
    let sheet = rows(&format!("<row>{cells}</row>"));
    let bytes = workbook(&sheet, &[("xl/sharedStrings.xml", &strings)]);
    assert_eq!(refused(&bytes), too_large(Excess::Text));
}

#[test]
fn dimensions_and_merged_cells_of_the_whole_sheet_cost_nothing() {
    let sheet = format!(
        r#"<dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384" hidden="1"/></cols>{}
        <mergeCells count="4000000000"><mergeCell ref="A1:XFD1048576"/><mergeCell ref="XFD1:A9"/>
        <mergeCell ref="A:XFD"/><mergeCell ref=""/><mergeCell/></mergeCells>"#,
        rows(r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="C9"><v>9</v></c></row>"#)
    );
    let content = read_file(&workbook(&sheet, &[])).unwrap();
    let grid = &content.grids[0];
    assert_eq!(texts(grid), [("A1".to_owned(), "1")]);
    assert_eq!((grid.height(), grid.width()), (9, 3));
}

#[test]
fn cells_beyond_the_limits_are_refused_and_blank_ones_are_not_cells() {
    let far = |cell: &str| rows(&format!("<row>{cell}</row>"));
    let last_row = far(r#"<c r="A1048576"><v>1</v></c>"#);
    assert_eq!(refused(&workbook(&last_row, &[])), too_large(Excess::Rows));
    let last_column = far(r#"<c r="XFD1"><v>1</v></c>"#);
    assert_eq!(
        refused(&workbook(&last_column, &[])),
        too_large(Excess::Columns)
    );
    let corner = far(r#"<c r="XFD1048576"/>"#);
    assert_eq!(refused(&workbook(&corner, &[])), ReadError::NoTable);
    let beyond = rows(r#"<row r="4294967295"/><row><c><v>1</v></c></row>"#);
    assert_eq!(refused(&workbook(&beyond, &[])), too_large(Excess::Rows));
}

#[test]
fn too_many_cells_are_refused() {
    let row = format!("<row>{}</row>", "<c><v>7</v></c>".repeat(200));
    let noisy: String = (0..2_100)
        .map(|at| row.clone() + &format!("<!--{at}{}-->", noise(40)))
        .collect();
    let bytes = workbook(&rows(&noisy), &[]);
    let package = Package::open(&bytes).unwrap();
    // So many cells take a debug build nearly as long as a file may take.
    let result = jiping::exchange::workbook::read(package, &mut Budget::new(&Unwatched));
    assert_eq!(result, Err(too_large(Excess::Cells)));
}

#[test]
fn too_many_sheets_are_refused() {
    let sheets = r#"<sheet name="一" r:id="rId1"/>"#;
    for count in [201, 5_000] {
        let main = format!("<workbook>{}</workbook>", sheets.repeat(count));
        let bytes = workbook(&rows(CELL), &[("xl/workbook.xml", &main)]);
        assert_eq!(refused(&bytes), too_large(Excess::Sheets));
    }
}

#[test]
fn nested_elements_and_entities_are_refused_or_left_alone() {
    let deep = "<a>".repeat(100_000);
    assert_eq!(refused(&workbook(&deep, &[])), too_large(Excess::Depth));

    let mut bomb = String::from("<!DOCTYPE sst [<!ENTITY a0 'ha'>");
    for at in 1..40 {
        let before = at - 1;
        bomb += &format!("<!ENTITY a{at} '&a{before};&a{before};'>");
    }
    bomb += "]><sst><si><t>&a39;</t></si></sst>";
    let sheet = rows(r#"<row><c t="s"><v>0</v></c></row>"#);
    let content = read_file(&workbook(&sheet, &[("xl/sharedStrings.xml", &bomb)])).unwrap();
    assert_eq!(content.grids[0].cells[0].text, "&a39;");

    let outside =
        "<!DOCTYPE sst [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><sst><si><t>&a;</t></si></sst>";
    let content = read_file(&workbook(&sheet, &[("xl/sharedStrings.xml", outside)])).unwrap();
    assert_eq!(content.grids[0].cells[0].text, "&a;");
}

#[test]
fn numbers_styles_and_texts_that_there_are_not_are_told_or_shown_as_they_stand() {
    let sheet = rows(
        r#"<row r="x"><c r="?"><v>1e400</v></c><c s="99999"><v>0.5</v></c><c s="-1"><v>-0</v></c>
        <c><v>NaN</v></c><c t="b"><v>7</v></c><c t="e"><v>#REF!</v></c><c t="odd"><v>3</v></c><c t="s"><v></v></c></row>"#,
    );
    let content = read_file(&workbook(&sheet, &[("xl/styles.xml", "<styleSheet/>")])).unwrap();
    assert_eq!(
        texts(&content.grids[0]),
        [
            ("A1".to_owned(), "1e400"),
            ("B1".to_owned(), "0.5"),
            ("C1".to_owned(), "0"),
            ("D1".to_owned(), "NaN"),
            ("E1".to_owned(), "7"),
            ("F1".to_owned(), "#REF!"),
            ("G1".to_owned(), "3"),
        ]
    );
    for number in ["0", "1", "-1", "4294967296", "x"] {
        let sheet = rows(&format!(r#"<row><c t="s"><v>{number}</v></c></row>"#));
        assert!(matches!(
            refused(&workbook(&sheet, &[])),
            ReadError::Broken(_)
        ));
    }
}

#[test]
fn parts_that_are_missing_are_named() {
    let missing = RELATIONS.replace("sheet1.xml", "sheet7.xml");
    let bytes = workbook(&rows(CELL), &[("xl/_rels/workbook.xml.rels", &missing)]);
    let error = refused(&bytes).to_string();
    assert!(error.contains("自评表"), "{error}");
    let bytes = workbook(
        &rows(CELL),
        &[("xl/_rels/workbook.xml.rels", "<Relationships/>")],
    );
    assert!(refused(&bytes).to_string().contains("自评表"));
}

#[test]
fn a_file_that_breaks_off_anywhere_is_told_to_be_broken() {
    let noisy = format!("<!--{}-->{}", noise(20_000), rows(CELL));
    let whole = workbook(&noisy, &[("xl/sharedStrings.xml", "<sst/>")]);
    assert!(read_file(&whole).is_ok());
    for part in 1..50 {
        let bytes = &whole[..whole.len() * part / 50];
        let error = refused(bytes);
        assert!(matches!(error, ReadError::Broken(_)), "{part} {error:?}");
    }
}

#[test]
fn xml_that_breaks_off_is_told_to_be_broken() {
    let sheet = format!("<worksheet>{}</worksheet>", rows(CELL));
    for end in 1..sheet.len() - 1 {
        let bytes = workbook("", &[("xl/worksheets/sheet1.xml", &sheet[..end])]);
        assert!(matches!(refused(&bytes), ReadError::Broken(_)), "{end}");
    }
}

#[test]
fn a_reader_that_is_stopped_stops() {
    let bytes = workbook(&rows(CELL), &[]);
    let result = read(&bytes, "a.xlsx", &Nowhere, &Cancelled);
    assert_eq!(result, Err(ReadError::Cancelled));
}

#[test]
fn millions_of_elements_cost_time_but_no_memory() {
    // Many small tags, packed just badly enough: the most work for the bytes.
    let pieces: Vec<String> = (0..251)
        .map(|at| format!("<{}/>", noise(1 + at % 5)).repeat(60))
        .collect();
    let mut sheet = String::new();
    for at in 0_usize.. {
        sheet.push_str(&pieces[at * at % pieces.len()]);
        if sheet.len() > 8 << 20 {
            break;
        }
    }
    let error = refused(&workbook(&sheet, &[]));
    let is_told = matches!(
        error,
        ReadError::TooSlow(_) | ReadError::TooLarge(Excess::Ratio) | ReadError::NoTable
    );
    assert!(is_told, "{error:?}");
}

#[test]
fn entries_that_are_stored_and_overlap_are_counted_as_often_as_they_are_read() {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let sheets: String = (0..90)
        .map(|at| format!(r#"<sheet name="{at}" r:id="r{at}"/>"#))
        .collect();
    let relations: String = (0..90)
        .map(|at| format!(r#"<Relationship Id="r{at}" Type="t/worksheet" Target="s.xml"/>"#))
        .collect();
    let comment = format!("<a><!--{}--></a>", noise(1_000_000));
    for (name, content) in [
        ("xl/workbook.xml", format!("<w>{sheets}</w>")),
        ("xl/_rels/workbook.xml.rels", format!("<r>{relations}</r>")),
        ("xl/s.xml", format!("<s>{}</s>", comment.repeat(3))),
    ] {
        writer.start_file(name, options).unwrap();
        std::io::Write::write_all(&mut writer, content.as_bytes()).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    assert_eq!(refused(&bytes), too_large(Excess::Unpacked));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Bytes of a workbook that are not packed, so that changes reach the reader, are changed at a few places.
    #[test]
    fn no_change_of_bytes_brings_the_reader_down(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)
    ) {
        let sheet = r#"<sheetData><row r="1" hidden="1"><c r="A1" s="1"><v>45657.5</v></c><c r="B1" t="s"><v>0</v></c>
            </row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>"#;
        let styles = r#"<s><numFmts><numFmt numFmtId="176" formatCode="[>=1]#,##0.0_);[Red]yyyy/m/d h:mm;0.0E+0;@"/></numFmts>
            <cellXfs><xf/><xf numFmtId="176"/></cellXfs></s>"#;
        let entries = [
            ("xl/workbook.xml", WORKBOOK.to_owned()),
            ("xl/_rels/workbook.xml.rels", RELATIONS.to_owned()),
            ("xl/worksheets/sheet1.xml", format!("<w>{sheet}</w>")),
            ("xl/styles.xml", styles.to_owned()),
            ("xl/sharedStrings.xml", "<sst uniqueCount=\"1\"><si><t>甲_x000D_</t></si></sst>".to_owned()),
        ];
        let mut entries: Vec<(&str, Vec<u8>)> = entries
            .into_iter()
            .map(|(name, content)| (name, content.into_bytes()))
            .collect();
        for (index, byte) in changes {
            let part = index.index(entries.len());
            let content = &mut entries[part].1;
            let at = index.index(content.len());
            content[at] = byte;
        }
        let entries: Vec<(&str, &[u8])> =
            entries.iter().map(|(name, content)| (*name, content.as_slice())).collect();
        if let Ok(content) = read_file(&zipped(&entries)) {
            for cell in content.grids.iter().flat_map(|grid| &grid.cells) {
                prop_assert!(cell.rows >= 1 && cell.columns >= 1 && !cell.text.trim().is_empty());
            }
        }
    }
}
