//! Texts that could be taken for more than letters, and documents of any shape.

use jiping::{
    model::edition::Orientation,
    sheet::{
        fonts::Face,
        word::document::{
            Document, Element, Look, Paragraph, ParagraphStyle, Remark, Run, Section, Table,
            TableCell, TableRow,
        },
    },
};
use proptest::prelude::*;

use super::{super::TIME, bytes, part, seen};

/// A document with this text wherever one can stand.
fn everywhere(text: &str) -> Document {
    let cell = TableCell {
        text: text.to_owned(),
        remarks: vec![Remark {
            author: text.to_owned(),
            time: None,
            text: text.to_owned(),
        }],
        ..TableCell::default()
    };
    let paragraph = Paragraph {
        runs: vec![Run {
            text: text.to_owned(),
            bold: true,
            open: true,
        }],
        ..Paragraph::default()
    };
    Document {
        title: text.to_owned(),
        time: TIME,
        face: Face::FangSong,
        look: Look::Report,
        mark: Some(text.to_owned()),
        sections: vec![Section {
            page: Orientation::Landscape,
            restarts: true,
            footer: Some(text.to_owned()),
            elements: vec![
                Element::Heading(9, text.to_owned()),
                Element::Paragraph(paragraph),
                Element::Table(table(vec![1, 2], vec![vec![cell]])),
            ],
        }],
    }
}

fn table(widths: Vec<u32>, rows: Vec<Vec<TableCell>>) -> Table {
    let rows = rows.into_iter().map(|cells| TableRow {
        cells,
        keep_with_next: false,
    });
    Table {
        widths,
        header_rows: 1,
        ruled: true,
        rows: rows.collect(),
    }
}

#[test]
fn texts_are_texts() {
    let long = "长".repeat(34_000);
    let texts = [
        ("<w:p>&amp;&#x41;</w:p>", "<w:p>&amp;&#x41;</w:p>"),
        ("]]>", "]]>"),
        (
            "<!-- a --><?x?><![CDATA[b]]>",
            "<!-- a --><?x?><![CDATA[b]]>",
        ),
        (
            "{ PAGE } { DDEAUTO c:\\\\a \"b\" }",
            "{ PAGE } { DDEAUTO c:\\\\a \"b\" }",
        ),
        (
            "一\u{0}\u{1}\u{b}\u{1f}\u{fffe}\u{ffff}二\r\n三",
            "一二\n三",
        ),
        ("  两端 空格\t制表\n\n行  ", "  两端 空格\t制表\n\n行  "),
        ("\u{1F600}\u{2028}\u{202E}末", "\u{1F600}\u{2028}\u{202E}末"),
        ("", ""),
        (&long, &long),
    ];
    let documents: Vec<Document> = texts.iter().map(|(text, _)| everywhere(text)).collect();
    for (seen, (text, expected)) in seen(&documents).iter().zip(texts) {
        let cells: Vec<&str> = seen.tables[0]
            .cells
            .iter()
            .map(|cell| cell.4.as_str())
            .collect();
        assert_eq!(cells, [expected, ""], "{text:.40?}");
        let paragraphs: Vec<&str> = seen.paragraphs.iter().map(|one| one.1.as_str()).collect();
        let both = if expected.is_empty() {
            vec![]
        } else {
            vec![expected; 2]
        };
        assert_eq!(paragraphs, both, "{text:.40?}");
        let comment: String = seen.comments[0].1.clone();
        assert_eq!(comment, expected.replace('\t', ""), "{text:.40?}");
        assert_eq!(seen.fields, ["PAGE", "NUMPAGES"], "{text:.40?}");
    }
}

#[test]
fn the_same_document_is_the_same_file_and_bears_no_trace_of_the_machine() {
    let document = everywhere("甲");
    let docx = bytes(&document);
    assert_eq!(docx, bytes(&document));
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(&docx)).expect("a package");
    for index in 0..package.len() {
        let file = package.by_index(index).expect("a file");
        let year = file.last_modified().map(|time| time.year());
        assert!(year.is_none_or(|year| year == 1980));
    }
}

#[test]
fn a_document_of_nothing_is_a_document() {
    let blank = Document {
        sections: Vec::new(),
        ..everywhere("甲")
    };
    let odd = Section {
        elements: vec![
            Element::Table(Table::default()),
            Element::Table(table(vec![0, 0], vec![vec![]])),
            Element::Paragraph(Paragraph::of("", ParagraphStyle::Note)),
        ],
        ..Section::default()
    };
    let odd = Document {
        sections: vec![odd.clone(), Section::default(), odd],
        ..everywhere("甲")
    };
    let seen = seen(&[blank, odd]);
    assert_eq!(seen[1].sections.len(), 3);
}

fn any_table() -> impl Strategy<Value = Table> {
    let cell = (0..6_usize, 0..5_usize, 0..5_usize, "[甲乙\n ]{0,4}").prop_map(
        |(column, columns, rows, text)| TableCell {
            column,
            columns,
            rows,
            text,
            ..TableCell::default()
        },
    );
    let rows = proptest::collection::vec(proptest::collection::vec(cell, 0..6), 0..6);
    let widths = proptest::collection::vec(0..2000_u32, 0..6);
    (widths, rows).prop_map(|(widths, rows)| table(widths, rows))
}

/// The number of columns that each row of a table fills.
fn filled(document: &str) -> Vec<usize> {
    let rows = document.split("<w:tr>").skip(1);
    rows.map(|row| {
        let cells = row.split("<w:tc>").skip(1);
        let spans = cells.map(|cell| {
            let span = cell.split("w:gridSpan w:val=\"").nth(1);
            let span = span.and_then(|rest| rest.split('"').next());
            span.map_or(1, |count| count.parse().expect("a number"))
        });
        spans.sum()
    })
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_row_of_any_table_fills_it(table in any_table()) {
        let columns = table.widths.len();
        let rows = if columns == 0 { 0 } else { table.rows.len() };
        let document = Document {
            sections: vec![Section {
                elements: vec![Element::Table(table)],
                ..Section::default()
            }],
            ..everywhere("甲")
        };
        let written = part(&bytes(&document), "word/document.xml");
        prop_assert_eq!(filled(&written), vec![columns; rows]);
    }
}
