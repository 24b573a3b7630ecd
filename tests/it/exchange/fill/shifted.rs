//! Rows that come in, whatever a workbook says of rows: by properties, and in packages made by hand, good ones and bad ones.

use jiping::exchange::{
    error::{Excess, ReadError},
    fill::{Insert, Plan, workbook::apply},
    limits,
    watch::Unwatched,
};
use proptest::prelude::*;

use super::{
    super::packages::{Cancelled, workbook, zipped},
    filled, parts, place, text,
};

/// The sheet of a package after a plan.
fn sheet(content: &str, plan: &Plan) -> String {
    let written = filled(&workbook(content, &[]), std::slice::from_ref(plan));
    let parts = parts(&written.bytes);
    String::from_utf8(parts["xl/worksheets/sheet1.xml"].clone()).expect("a sheet is UTF-8")
}

/// Rows after others, none grown.
fn after(rows: &[(u32, u32)]) -> Plan {
    let inserts = rows.iter().map(|(after, count)| Insert {
        after: *after,
        count: *count,
        grown: Vec::new(),
    });
    Plan {
        inserts: inserts.collect(),
        ..Plan::default()
    }
}

/// Where the number that a row had comes to stand, told by walking down the sheet.
fn expected_row(row: u32, inserts: &[(u32, u32)]) -> u32 {
    (0..row).fold(row, |moved, above| {
        let here = inserts.iter().filter(|(after, _)| *after == above);
        moved + here.map(|(_, count)| count).sum::<u32>()
    })
}

proptest! {
    /// A sheet in which every row holds its own number, and formulas that name rows: after any insertions, what a formula
    /// names are the rows that hold the same numbers, and sums hold all numbers that they held.
    #[test]
    fn formulas_name_the_same_cells_after_any_insertions(
        inserts in prop::collection::vec((0_u32..12, 0_u32..4), 0..4),
        single in 1_u32..=12,
        (first, last) in (1_u32..=12, 1_u32..=12).prop_map(|(a, b)| (a.min(b), a.max(b))),
    ) {
        let rows: String = (1..=12).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>{row}</v></c></row>")).collect();
        let formula = format!("A{single}+$A${single}*SUM(A{first}:A{last})&amp;\"A{single}\"");
        let content = format!(
            "<sheetData>{rows}<row r=\"30\"><c r=\"B30\"><f>{formula}</f></c></row></sheetData>"
        );
        let after = sheet(&content, &after(&inserts));
        let at = |row: u32| expected_row(row - 1, &inserts) + 1;
        for row in 1..=12 {
            let cell = format!("<c r=\"A{}\"><v>{row}</v></c>", at(row));
            prop_assert!(after.contains(&cell), "{cell} in {after}");
        }
        let behind: u32 = inserts.iter().filter(|(row, _)| row + 1 == last).map(|(_, count)| count).sum();
        let end = at(last) + if first < last { behind } else { 0 };
        let formula = format!(
            "<c r=\"B{}\"><f>A{1}+$A${1}*SUM(A{2}:A{end})&amp;&quot;A{single}&quot;</f></c>",
            at(30), at(single), at(first),
        );
        let still = formula.replace("&quot;", "\"");
        prop_assert!(after.contains(&formula) || after.contains(&still), "{formula} in {after}");
        // Rows stand in order, each once.
        let numbers: Vec<u32> = after.split("<row r=\"").skip(1).map(|row| row.split('"').next().unwrap().parse().unwrap()).collect();
        prop_assert!(numbers.is_sorted_by(|above, below| above < below), "{numbers:?}");
    }

    /// Whatever is cut off or changed in a sheet, it is filled in or refused; nothing panics.
    #[test]
    fn a_sheet_that_is_damaged_is_filled_in_or_refused(at in 0_usize..2_000, byte in any::<u8>(), cut in any::<bool>()) {
        let mut content = SHEET.as_bytes().to_vec();
        let at = at % content.len();
        if cut {
            content.truncate(at);
        } else {
            content[at] = byte;
        }
        let content = String::from_utf8_lossy(&content).into_owned();
        let plan = Plan { writes: vec![text("B2", "甲"), text("Z40", "乙")], ..after(&[(1, 2), (4, 1)]) };
        let _ = apply(&workbook(&content, &[]), &[plan], &Unwatched);
    }
}

/// A sheet with formulas that cells share, one that fills several, and cells that the row does not number.
const SHEET: &str = r#"<sheetPr/><dimension ref="A1:C9"/><sheetViews><sheetView topLeftCell="A2"><pane ySplit="2" topLeftCell="A3" state="frozen"/><selection activeCell="A5" sqref="A5:B5 C7"/></sheetView></sheetViews><cols><col min="4" max="9" width="9" style="7"/></cols><sheetData><row r="1" spans="1:3"><c r="A1" t="str"><v>题</v></c></row><row r="2" ht="30" customHeight="1"><c r="A2" s="4"><v>1</v></c><c r="B2" s="5"/><c r="C2"><f t="shared" ref="C2:C4" si="0">A2*B$1+自评表!A2</f><v>1</v></c></row><row r="3"><c r="A3"><v>2</v></c><c r="C3"><f t="shared" si="0"/><v>2</v></c></row><row r="4"><c r="A4"><v>3</v></c><c r="C4"><f t="shared" si="0"/><v>3</v></c></row><row r="5"><c r="A5"><f t="array" ref="A5:A6">A2:A3*2</f><v>2</v></c></row><row r="6"><c r="A6"><v>4</v></c></row><row r="9"/></sheetData><sheetProtection sheet="1"/><autoFilter ref="A1:C4"/><conditionalFormatting sqref="A2 C2:C3"><cfRule type="expression"><formula>A2&gt;1</formula></cfRule></conditionalFormatting><hyperlinks><hyperlink ref="A4" location="自评表!A6"/></hyperlinks><rowBreaks count="1"><brk id="2"/></rowBreaks><colBreaks count="1"><brk id="2"/></colBreaks><extLst><ext><x14:dataValidations xmlns:x14="x"><x14:dataValidation><x14:formula1>
<xm:f xmlns:xm="y">$A$4:$A$6</xm:f></x14:formula1><xm:sqref xmlns:xm="y">B2:B3</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"#;

#[test]
fn everything_of_a_sheet_that_names_rows_follows() {
    let plan = Plan {
        inserts: vec![Insert {
            after: 1,
            count: 2,
            grown: vec![place("B2")],
        }],
        ..Plan::default()
    };
    let after = sheet(SHEET, &plan);
    for expected in [
        r#"<dimension ref="A1:C11"/>"#,
        // The rows that stand still are those above the ones that came in.
        r#"<pane ySplit="2" topLeftCell="A5" state="frozen"/>"#,
        r#"<selection activeCell="A7" sqref="A7:B7 C9"/>"#,
        r#"<row r="2" ht="30" customHeight="1"><c r="A2" s="4"><v>1</v></c><c r="B2" s="5"/><c r="C2"><f>A2*B$1+自评表!A2</f></c></row>"#,
        r#"<row r="3" ht="30" customHeight="1"><c r="A3" s="4"/><c r="B3" s="5"/><c r="C3"><f>A3*B$1+自评表!A3</f></c></row>"#,
        r#"<c r="C4"><f>A4*B$1+自评表!A4</f></c></row><row r="5"><c r="A5"><v>2</v></c><c r="C5"><f>A5*B$1+自评表!A5</f></c></row>"#,
        r#"<c r="A7"><f t="array" ref="A7:A8">A2:A5*2</f></c></row>"#,
        r#"<row r="11"/></sheetData><sheetProtection sheet="1"/><autoFilter ref="A1:C6"/><mergeCells count="1"><mergeCell ref="B2:B4"/></mergeCells><conditionalFormatting sqref="A2:A4 C2:C5">"#,
        r#"<formula>A2&gt;1</formula>"#,
        r#"<hyperlink ref="A6" location="自评表!A8"/>"#,
        r#"<rowBreaks count="1"><brk id="4"/></rowBreaks><colBreaks count="1"><brk id="2"/></colBreaks>"#,
        r#">$A$6:$A$8</xm:f>"#,
        r#">B2:B5</xm:sqref>"#,
    ] {
        assert!(after.contains(expected), "{expected}\nin {after}");
    }
}

#[test]
fn cells_and_rows_that_are_not_there_are_made_in_order() {
    let content = r#"<cols><col min="4" max="9" width="9" style="7"/></cols><sheetData><row r="2" s="3" customFormat="1" spans="2:2"><c r="B2" s="1" t="s"><v>0</v></c></row><row r="5"><c r="C5" s="2"/></row></sheetData>"#;
    let strings = "<sst><si><t>例</t></si></sst>";
    let template = workbook(content, &[("xl/sharedStrings.xml", strings)]);
    let writes = ["A2", "B2", "E2", "A3", "D3", "D5", "B9"].map(|name| text(name, name));
    let plan = Plan {
        writes: writes.to_vec(),
        ..Plan::default()
    };
    let written = filled(&template, &[plan]);
    let after =
        String::from_utf8(parts(&written.bytes)["xl/worksheets/sheet1.xml"].clone()).unwrap();
    let cell = |name: &str, style: &str| {
        format!(
            "<c r=\"{name}\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{name}</t></is></c>"
        )
    };
    let expected = format!(
        "<sheetData><row r=\"2\" s=\"3\" customFormat=\"1\">{}{}{}</row><row r=\"3\">{}{}</row><row r=\"5\"><c r=\"C5\" s=\"2\"/>{}</row><row r=\"9\">{}</row></sheetData>",
        cell("A2", " s=\"3\""),
        cell("B2", " s=\"1\""),
        cell("E2", " s=\"3\""),
        cell("A3", ""),
        cell("D3", " s=\"7\""),
        cell("D5", " s=\"7\""),
        cell("B9", ""),
    );
    assert!(after.contains(&expected), "{expected}\nin {after}");
    assert_eq!(
        parts(&written.bytes)["xl/sharedStrings.xml"],
        strings.as_bytes()
    );
}

#[test]
fn a_workbook_with_prefixes_is_written_with_them() {
    let book = r#"<x:workbook xmlns:x="m" xmlns:r="r"><x:sheets><x:sheet name="表" sheetId="1" r:id="rId1"/></x:sheets></x:workbook>"#;
    let content = r#"<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v>题</x:v></x:c><x:c r="B1"><x:f>A1</x:f><x:v>9</x:v></x:c></x:row></x:sheetData></x:worksheet>"#;
    let template = workbook(
        "",
        &[
            ("xl/workbook.xml", book),
            ("xl/worksheets/sheet1.xml", content),
        ],
    );
    let plan = Plan {
        writes: vec![text("A2", "甲")],
        ..after(&[(0, 1)])
    };
    let parts = parts(&filled(&template, &[plan]).bytes);
    let part = |name: &str| String::from_utf8(parts[name].clone()).unwrap();
    assert_eq!(
        part("xl/worksheets/sheet1.xml"),
        r#"<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v>题</x:v></x:c><x:c r="B1"><x:f>A1</x:f></x:c></x:row><x:row r="2"><x:c r="A2" t="inlineStr"><x:is><x:t xml:space="preserve">甲</x:t></x:is></x:c><x:c r="B2"><x:f>A2</x:f></x:c></x:row></x:sheetData></x:worksheet>"#
    );
    assert!(part("xl/workbook.xml").contains("</x:sheets><x:calcPr fullCalcOnLoad=\"1\"/>"));
}

#[test]
fn pictures_keep_to_their_cells_as_they_say() {
    let anchor = |edit: &str| {
        format!(
            "<a:twoCellAnchor{edit}><a:from><a:col>0</a:col><a:row>1</a:row></a:from><a:to><a:col>1</a:col><a:row>4</a:row></a:to></a:twoCellAnchor>"
        )
    };
    let drawing = format!(
        "<a:wsDr xmlns:a=\"a\">{}{}{}</a:wsDr>",
        anchor(""),
        anchor(" editAs=\"oneCell\""),
        anchor(" editAs=\"absolute\""),
    );
    let relations = r#"<Relationships><Relationship Id="d" Type="http://x/drawing" Target="../drawings/drawing1.xml"/></Relationships>"#;
    let content = r#"<sheetData><row r="1"><c r="A1" t="str"><v>题</v></c></row></sheetData>"#;
    let template = workbook(
        content,
        &[
            ("xl/worksheets/_rels/sheet1.xml.rels", relations),
            ("xl/drawings/drawing1.xml", &drawing),
        ],
    );
    let parts = parts(&filled(&template, &[after(&[(0, 1), (2, 3)])]).bytes);
    let moved = String::from_utf8(parts["xl/drawings/drawing1.xml"].clone()).unwrap();
    let rows: Vec<&str> = moved
        .split("<a:row>")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap())
        .collect();
    assert_eq!(rows, ["2", "8", "2", "5", "1", "4"]);
}

#[test]
fn the_order_of_calculation_goes_when_rows_move() {
    let content = r#"<sheetData><row r="1"><c r="A1" t="str"><v>题</v></c><c r="B1"><f>1+1</f><v>2</v></c></row></sheetData>"#;
    let types = r#"<Types><Override PartName="/xl/calcChain.xml" ContentType="c"/></Types>"#;
    let template = workbook(
        content,
        &[
            ("[Content_Types].xml", types),
            ("xl/calcChain.xml", "<calcChain/>"),
        ],
    );
    let still = filled(
        &template,
        &[Plan {
            writes: vec![text("A2", "甲")],
            ..Plan::default()
        }],
    );
    assert!(parts(&still.bytes).contains_key("xl/calcChain.xml"));
    let moved = parts(&filled(&template, &[after(&[(0, 1)])]).bytes);
    assert!(!moved.contains_key("xl/calcChain.xml"));
    assert_eq!(moved["[Content_Types].xml"], b"<Types></Types>");
}

#[test]
fn formulas_that_miss_rows_are_told_and_texts_that_do_not_fit_are_not_written() {
    let content = r#"<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3"><f>A1+A2</f></c></row></sheetData>"#;
    let plan = Plan {
        writes: vec![text("A1", &"字".repeat(32_768))],
        ..after(&[(1, 1)])
    };
    let written = filled(&workbook(content, &[]), &[plan]);
    let told = "工作表“自评表”中 A4 的公式逐个引用单元格，新插入的行没有计入，请核对公式。";
    assert!(
        written.remarks.iter().any(|remark| remark == told),
        "{:?}",
        written.remarks
    );
    let whys: Vec<&str> = written
        .kept
        .iter()
        .map(|(_, _, why)| why.as_str())
        .collect();
    assert_eq!(whys, ["文字超过一个单元格能容纳的 32767 字"]);
}

#[test]
fn what_is_broken_or_too_much_is_refused() {
    let refused = |bytes: &[u8], plan: &Plan| {
        let written = apply(bytes, std::slice::from_ref(plan), &Unwatched);
        written.map(|_| ()).unwrap_err()
    };
    let good = workbook(
        r#"<sheetData><row r="1"><c r="A1" t="str"><v>题</v></c></row></sheetData>"#,
        &[],
    );
    let rows = limits::ROWS;
    let many = refused(&good, &after(&[(0, rows), (0, rows)]));
    assert_eq!(many, ReadError::TooLarge(Excess::Rows));
    let elsewhere = Plan {
        grid: 7,
        ..after(&[(0, 1)])
    };
    assert!(matches!(refused(&good, &elsewhere), ReadError::Broken(_)));
    let cancelled = apply(&good, &[after(&[(0, 1)])], &Cancelled);
    assert_eq!(cancelled.map(|_| ()), Err(ReadError::Cancelled));
    for content in [
        r#"<sheetData><row r="3"><c r="A3" t="str"><v>题</v></c></row><row r="2"/></sheetData>"#,
        r#"<sheetData><row r="1"><c r="B1" t="str"><v>题</v></c><c r="A1"/></row></sheetData>"#,
        r#"<sheetData><row r="1"><c r="A1" t="str"><v>题</v></c></row></sheetData><drawing"#,
    ] {
        let error = refused(&workbook(content, &[]), &after(&[(0, 1)]));
        assert!(matches!(error, ReadError::Broken(_)), "{error:?}");
    }
    assert!(matches!(
        refused(b"PK\x03\x04", &after(&[])),
        ReadError::Broken(_)
    ));
    assert!(matches!(
        refused(&zipped(&[]), &after(&[])),
        ReadError::Broken(_)
    ));
}
