//! The document itself: sections, paragraphs, tables.

use super::{
    layout::Measures,
    package::MAIN,
    remarks::Remarks,
    styles,
    table::Drawing,
    text::{self, Looks},
    xml::Xml,
};
use crate::{
    model::edition::Orientation,
    sheet::word::document::{Document, Element, Paragraph, Section},
};

/// What is gathered while the document is written.
#[derive(Default)]
pub(super) struct Writer<'d> {
    pub remarks: Remarks<'d>,
}

/// The relation of a section to its foot, by the section's number.
pub(super) fn footer_relation(section: usize) -> String {
    format!("foot{}", section + 1)
}

/// The relation of all sections to the mark behind the text.
pub(super) const MARK_RELATION: &str = "mark";

/// The main part.
pub(super) fn part<'d>(document: &'d Document, writer: &mut Writer<'d>) -> String {
    Xml::part("w:document", MAIN, |xml| {
        xml.within("w:body", &[], |xml| {
            for (number, section) in document.sections.iter().enumerate() {
                elements(xml, document, section, writer);
                let is_last = number + 1 == document.sections.len();
                if is_last {
                    if matches!(section.elements.last(), Some(Element::Table(_)) | None) {
                        thin(xml, false, |_| {});
                    }
                    section_properties(xml, document, number);
                } else {
                    thin(xml, false, |xml| section_properties(xml, document, number));
                }
            }
        });
    })
}

fn elements<'d>(
    xml: &mut Xml,
    document: &'d Document,
    section: &'d Section,
    writer: &mut Writer<'d>,
) {
    let measures = Measures::of(document, section.page);
    for (number, element) in section.elements.iter().enumerate() {
        match element {
            Element::Heading(level, text) => {
                let style = styles::id_of_heading(*level);
                paragraph(xml, &style, |xml| text::run(xml, text, Looks::default()));
            }
            Element::Paragraph(content) => written(xml, content, writer),
            Element::Table(table) => {
                let touches = |other: Option<&Element>| matches!(other, Some(Element::Table(next)) if next.ruled == table.ruled);
                let next = section.elements.get(number + 1);
                let drawing = Drawing {
                    table,
                    measures,
                    touched: touches(next),
                };
                drawing.write(xml, writer);
                // Word makes one table of two that have nothing between them, and repeats the captions of the first only.
                if matches!(next, Some(Element::Table(_))) {
                    thin(xml, true, |_| {});
                }
            }
        }
    }
}

fn written<'d>(xml: &mut Xml, content: &'d Paragraph, writer: &mut Writer<'d>) {
    paragraph(xml, styles::id_of(content.style), |xml| {
        writer
            .remarks
            .around(xml, &content.remarks, content.target, |xml| {
                for run in &content.runs {
                    let looks = Looks {
                        bold: run.bold,
                        open: run.open,
                        size: None,
                    };
                    text::run(xml, &run.text, looks);
                }
            });
    });
}

fn paragraph(xml: &mut Xml, style: &str, inner: impl FnOnce(&mut Xml)) {
    xml.within("w:p", &[], |xml| {
        xml.within("w:pPr", &[], |xml| xml.value("w:pStyle", style));
        inner(xml);
    });
}

/// A paragraph that takes no room: one that Word needs and nobody is to see.
fn thin(xml: &mut Xml, between_tables: bool, end_of_section: impl FnOnce(&mut Xml)) {
    xml.within("w:p", &[], |xml| {
        xml.within("w:pPr", &[], |xml| {
            xml.switch("w:keepNext", between_tables);
            xml.leaf(
                "w:spacing",
                &[
                    ("w:before", "0"),
                    ("w:after", "0"),
                    ("w:line", "20"),
                    ("w:lineRule", "exact"),
                ],
            );
            xml.within("w:rPr", &[], |xml| {
                // Hidden, it takes no height at all in Word.
                xml.switch("w:vanish", between_tables);
                xml.number("w:sz", 2);
                xml.number("w:szCs", 2);
            });
            end_of_section(xml);
        });
    });
}

fn section_properties(xml: &mut Xml, document: &Document, number: usize) {
    let section = &document.sections[number];
    let measures = Measures::of(document, section.page);
    xml.within("w:sectPr", &[], |xml| {
        let kind = ("w:type", "default");
        if document.mark.is_some() {
            xml.leaf("w:headerReference", &[kind, ("r:id", MARK_RELATION)]);
        }
        xml.leaf(
            "w:footerReference",
            &[kind, ("r:id", &footer_relation(number))],
        );
        xml.value("w:type", "nextPage");
        let sides = [measures.width, measures.height].map(|side| side.to_string());
        let mut page = vec![("w:w", sides[0].as_str()), ("w:h", &sides[1])];
        if section.page == Orientation::Landscape {
            page.push(("w:orient", "landscape"));
        }
        xml.leaf("w:pgSz", &page);
        let Measures {
            top,
            right,
            bottom,
            left,
            foot,
            ..
        } = measures;
        let margins = [top, right, bottom, left, foot, foot].map(|margin| margin.to_string());
        let names =
            ["top", "right", "bottom", "left", "header", "footer"].map(|name| format!("w:{name}"));
        let mut margins: Vec<(&str, &str)> = names
            .iter()
            .map(String::as_str)
            .zip(margins.iter().map(String::as_str))
            .collect();
        margins.push(("w:gutter", "0"));
        xml.leaf("w:pgMar", &margins);
        if section.restarts {
            xml.leaf("w:pgNumType", &[("w:start", "1")]);
        }
        xml.leaf("w:cols", &[("w:space", "720")]);
    });
}
