//! The styles of a document, named so that Word shows its own 标题 1 … in the outline.

use super::{
    layout::{Fonts, Measures},
    package::MAIN,
    xml::Xml,
};
use crate::{
    model::edition::Orientation,
    sheet::word::document::{Document, Look, ParagraphStyle},
};

/// Ids of styles.
pub(super) const CELL: &str = "TableText";
pub(super) const CAPTION: &str = "TableCaption";
pub(super) const FOOTER: &str = "Footer";
pub(super) const COMMENT: &str = "CommentText";
/// Levels of headings.
pub(super) const LEVELS: u8 = 4;

/// The id of a paragraph's style.
pub(super) fn id_of(style: ParagraphStyle) -> &'static str {
    match style {
        ParagraphStyle::Body => "BodyText",
        ParagraphStyle::Title => "Title",
        ParagraphStyle::Centred => "Centred",
        ParagraphStyle::Note => "Note",
        ParagraphStyle::Right => "Right",
    }
}

/// The id of a heading's style.
pub(super) fn id_of_heading(level: u8) -> String {
    format!("Heading{}", level.clamp(1, LEVELS))
}

/// A paragraph style.
#[derive(Default)]
struct Style<'a> {
    id: &'a str,
    name: &'a str,
    /// What follows when a person goes on writing behind it.
    next: Option<&'a str>,
    /// Room above and beneath, in twentieths of a point.
    around: (i64, i64),
    /// The distance of lines in twentieths of a point; that of the font where 0.
    line: i64,
    /// Characters by which the first line is set in.
    first: i64,
    align: Option<&'a str>,
    /// The level in the outline, from 0.
    outline: Option<u8>,
    fonts: Option<Fonts>,
    bold: bool,
    /// In half points.
    size: i64,
}

/// The part with all styles.
pub(super) fn part(document: &Document) -> String {
    Xml::part("w:styles", MAIN, |xml| {
        defaults(xml, document);
        for style in &general(document) {
            style.write(xml);
        }
        for level in 1..=LEVELS {
            heading(document, level, xml);
        }
    })
}

fn defaults(xml: &mut Xml, document: &Document) {
    xml.within("w:docDefaults", &[], |xml| {
        xml.within("w:rPrDefault", &[], |xml| {
            xml.within("w:rPr", &[], |xml| {
                Fonts::of_text(document.face).write(xml);
                xml.number("w:sz", 18);
                xml.number("w:szCs", 18);
                xml.leaf("w:lang", &[("w:val", "en-US"), ("w:eastAsia", "zh-CN")]);
            });
        });
        xml.leaf("w:pPrDefault", &[]);
    });
    xml.within(
        "w:style",
        &[
            ("w:type", "table"),
            ("w:default", "1"),
            ("w:styleId", "TableNormal"),
        ],
        |xml| {
            xml.value("w:name", "Normal Table");
            xml.within("w:tblPr", &[], |xml| {
                xml.within("w:tblCellMar", &[], |xml| {
                    for side in ["w:left", "w:right"] {
                        xml.leaf(side, &[("w:w", "0"), ("w:type", "dxa")]);
                    }
                });
            });
        },
    );
}

/// All styles but those of headings.
fn general(document: &Document) -> Vec<Style<'static>> {
    let is_report = document.look == Look::Report;
    let table = Measures::of(document, Orientation::default()).table_size;
    let text = if is_report { 32 } else { table };
    let line = if is_report { 560 } else { 0 };
    vec![
        Style {
            id: "Normal",
            name: "Normal",
            size: text,
            ..Style::default()
        },
        Style {
            id: id_of(ParagraphStyle::Body),
            name: "Body Text",
            line,
            first: 2,
            align: Some("both"),
            size: text,
            ..Style::default()
        },
        Style {
            id: id_of(ParagraphStyle::Title),
            name: "Title",
            next: Some(id_of(ParagraphStyle::Body)),
            around: if is_report { (0, 560) } else { (80, 80) },
            line: if is_report { 640 } else { 0 },
            align: Some("center"),
            outline: Some(0),
            fonts: is_report.then_some(Fonts::of_text(crate::sheet::fonts::Face::Song)),
            bold: true,
            size: if is_report { 44 } else { 32 },
            ..Style::default()
        },
        Style {
            id: id_of(ParagraphStyle::Centred),
            name: "居中",
            line,
            align: Some("center"),
            size: text,
            ..Style::default()
        },
        Style {
            id: id_of(ParagraphStyle::Note),
            name: "表注",
            around: (30, 30),
            size: if is_report { table } else { 14 },
            ..Style::default()
        },
        Style {
            id: id_of(ParagraphStyle::Right),
            name: "靠右",
            line,
            align: Some("right"),
            size: text,
            ..Style::default()
        },
        Style {
            id: CELL,
            name: "表内文字",
            size: table,
            ..Style::default()
        },
        Style {
            id: CAPTION,
            name: "表内标题",
            align: Some("center"),
            fonts: Some(Fonts::of_captions(document)),
            size: table,
            ..Style::default()
        },
        Style {
            id: FOOTER,
            name: "footer",
            fonts: Some(Fonts::of_captions(document)),
            size: if is_report { 18 } else { 15 },
            ..Style::default()
        },
        Style {
            id: COMMENT,
            name: "annotation text",
            size: 18,
            ..Style::default()
        },
    ]
}

fn heading(document: &Document, level: u8, xml: &mut Xml) {
    let is_report = document.look == Look::Report;
    let id = id_of_heading(level);
    let name = format!("heading {level}");
    Style {
        id: &id,
        name: &name,
        next: Some(id_of(ParagraphStyle::Body)),
        around: if is_report { (0, 0) } else { (80, 60) },
        line: if is_report { 560 } else { 0 },
        first: if is_report { 2 } else { 0 },
        outline: Some(level - 1),
        fonts: Some(Fonts::of_heading(document, level)),
        bold: !is_report || level > 2,
        size: match (document.look, level) {
            (Look::Report, _) => 32,
            (Look::Form, 1) => 32,
            (Look::Form, _) => 26,
        },
        ..Style::default()
    }
    .write(xml);
}

impl Style<'_> {
    fn write(&self, xml: &mut Xml) {
        let mut attributes = vec![("w:type", "paragraph"), ("w:styleId", self.id)];
        let is_normal = self.id == "Normal";
        if is_normal {
            attributes.insert(1, ("w:default", "1"));
        }
        xml.within("w:style", &attributes, |xml| {
            xml.value("w:name", self.name);
            if !is_normal {
                xml.value("w:basedOn", "Normal");
            }
            if let Some(next) = self.next {
                xml.value("w:next", next);
            }
            xml.leaf("w:qFormat", &[]);
            self.paragraph(xml);
            xml.within("w:rPr", &[], |xml| {
                if let Some(fonts) = self.fonts {
                    fonts.write(xml);
                }
                xml.switch("w:b", self.bold);
                xml.switch("w:bCs", self.bold);
                xml.number("w:sz", self.size);
                xml.number("w:szCs", self.size);
            });
        });
    }

    fn paragraph(&self, xml: &mut Xml) {
        xml.within("w:pPr", &[], |xml| {
            xml.switch("w:keepNext", self.outline.is_some());
            xml.switch("w:keepLines", self.outline.is_some());
            xml.value("w:snapToGrid", "0");
            let (before, after) = (self.around.0.to_string(), self.around.1.to_string());
            let (line, rule) = match self.line {
                0 => ("240".to_owned(), "auto"),
                line => (line.to_string(), "exact"),
            };
            xml.leaf(
                "w:spacing",
                &[
                    ("w:before", &before),
                    ("w:after", &after),
                    ("w:line", &line),
                    ("w:lineRule", rule),
                ],
            );
            if self.first > 0 {
                let characters = (self.first * 100).to_string();
                let width = (self.first * self.size * 10).to_string();
                xml.leaf(
                    "w:ind",
                    &[("w:firstLineChars", &characters), ("w:firstLine", &width)],
                );
            }
            if let Some(align) = self.align {
                xml.value("w:jc", align);
            }
            if let Some(level) = self.outline {
                xml.number("w:outlineLvl", level.into());
            }
        });
    }
}

impl Fonts {
    /// The fonts as a property. Signs that stand in Chinese and in other texts (“”—…) are set as Chinese ones.
    pub fn write(&self, xml: &mut Xml) {
        xml.leaf(
            "w:rFonts",
            &[
                ("w:hint", "eastAsia"),
                ("w:ascii", self.latin),
                ("w:eastAsia", self.chinese),
                ("w:hAnsi", self.latin),
                ("w:cs", self.latin),
            ],
        );
    }
}
