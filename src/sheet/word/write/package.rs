//! The parts of the package, how they hang together, and the package itself.

use std::io::{Cursor, Write as _};

use jiff::{SignedDuration, civil::DateTime};
use zip::{ZipWriter, result::ZipResult, write::SimpleFileOptions};

use super::{
    body::{self, MARK_RELATION, Writer, footer_relation},
    layout::Measures,
    styles,
    text::{self, Looks},
    xml::Xml,
};
use crate::sheet::word::document::{Document, Section};

/// Name spaces of all parts that hold text.
pub(super) const MAIN: &[(&str, &str)] = &[
    (
        "xmlns:w",
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        "xmlns:r",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
];
const DRAWN: &[(&str, &str)] = &[
    MAIN[0],
    MAIN[1],
    ("xmlns:v", "urn:schemas-microsoft-com:vml"),
    ("xmlns:o", "urn:schemas-microsoft-com:office:office"),
];
/// What a total shows until it is counted.
const NOTHING: &str = "—";
/// Who made it, as the document says of itself.
const CREATOR: &str = "绩评";

/// A part: its name, the end of its content type and of its relation's, and its text.
struct Part {
    name: String,
    kind: &'static str,
    relation: String,
    text: String,
}

/// All files of the package with their names.
pub(super) fn parts(document: &Document) -> Vec<(String, String)> {
    let mut writer = Writer::default();
    let main = body::part(document, &mut writer);
    let mut parts = vec![
        Part::new("styles", "styles", "styles", styles::part(document)),
        Part::new("settings", "settings", "settings", settings()),
    ];
    if !writer.remarks.is_empty() {
        let text = writer.remarks.part(document.time);
        parts.push(Part::new("comments", "comments", "comments", text));
    }
    if let Some(letters) = &document.mark {
        parts.push(Part::new("header1", "header", MARK_RELATION, mark(letters)));
    }
    for (number, section) in document.sections.iter().enumerate() {
        let name = format!("footer{}", number + 1);
        let text = footer(document, section);
        parts.push(Part::new(&name, "footer", &footer_relation(number), text));
    }
    let mut files = vec![
        ("[Content_Types].xml".to_owned(), content_types(&parts)),
        ("_rels/.rels".to_owned(), root_relations()),
        ("docProps/core.xml".to_owned(), properties(document)),
        ("word/document.xml".to_owned(), main),
        ("word/_rels/document.xml.rels".to_owned(), relations(&parts)),
    ];
    files.extend(parts.into_iter().map(|part| (part.name, part.text)));
    files
}

/// The package. Its files bear no time, so that the same document gives the same bytes.
pub(super) fn packed(files: &[(String, String)]) -> ZipResult<Vec<u8>> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        package.start_file(name.as_str(), SimpleFileOptions::DEFAULT)?;
        package.write_all(text.as_bytes())?;
    }
    Ok(package.finish()?.into_inner())
}

impl Part {
    fn new(name: &str, kind: &'static str, relation: &str, text: String) -> Self {
        Self {
            name: format!("word/{name}.xml"),
            kind,
            relation: relation.to_owned(),
            text,
        }
    }
}

fn content_types(parts: &[Part]) -> String {
    const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    const PACKAGE: &str = "application/vnd.openxmlformats-package";
    let space = "http://schemas.openxmlformats.org/package/2006/content-types";
    Xml::part("Types", &[("xmlns", space)], |xml| {
        let relations = format!("{PACKAGE}.relationships+xml");
        for (ending, kind) in [("rels", relations.as_str()), ("xml", "application/xml")] {
            xml.leaf("Default", &[("Extension", ending), ("ContentType", kind)]);
        }
        let mut named = |name: &str, kind: &str| {
            let name = format!("/{name}");
            xml.leaf("Override", &[("PartName", &name), ("ContentType", kind)]);
        };
        named(
            "docProps/core.xml",
            &format!("{PACKAGE}.core-properties+xml"),
        );
        named("word/document.xml", &format!("{WORD}.document.main+xml"));
        for part in parts {
            named(&part.name, &format!("{WORD}.{}+xml", part.kind));
        }
    })
}

const RELATIONS: (&str, &str) = (
    "xmlns",
    "http://schemas.openxmlformats.org/package/2006/relationships",
);

fn relation(xml: &mut Xml, id: &str, kind: &str, target: &str) {
    xml.leaf(
        "Relationship",
        &[("Id", id), ("Type", kind), ("Target", target)],
    );
}

fn root_relations() -> String {
    let (office, package) = (MAIN[1].1, RELATIONS.1);
    Xml::part("Relationships", &[RELATIONS], |xml| {
        relation(
            xml,
            "document",
            &format!("{office}/officeDocument"),
            "word/document.xml",
        );
        relation(
            xml,
            "properties",
            &format!("{package}/metadata/core-properties"),
            "docProps/core.xml",
        );
    })
}

fn relations(parts: &[Part]) -> String {
    Xml::part("Relationships", &[RELATIONS], |xml| {
        for part in parts {
            let target = part.name.trim_start_matches("word/");
            relation(
                xml,
                &part.relation,
                &format!("{}/{}", MAIN[1].1, part.kind),
                target,
            );
        }
    })
}

fn properties(document: &Document) -> String {
    let space = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
    let attributes = [
        ("xmlns:cp", space),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    Xml::part("cp:coreProperties", &attributes, |xml| {
        xml.within("dc:title", &[], |xml| xml.text(&document.title));
        xml.within("dc:creator", &[], |xml| xml.text(CREATOR));
        xml.within("cp:lastModifiedBy", &[], |xml| xml.text(CREATOR));
        for name in ["dcterms:created", "dcterms:modified"] {
            xml.within(name, &[("xsi:type", "dcterms:W3CDTF")], |xml| {
                xml.text(&universal(document.time));
            });
        }
    })
}

/// A local time as the world's. All of China is eight hours ahead of it.
fn universal(time: DateTime) -> String {
    let time = time.saturating_sub(SignedDuration::from_hours(8));
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn settings() -> String {
    Xml::part("w:settings", MAIN, |xml| {
        xml.leaf("w:zoom", &[("w:percent", "100")]);
        xml.number("w:defaultTabStop", 420);
        xml.value("w:characterSpacingControl", "compressPunctuation");
        xml.within("w:compat", &[], |xml| {
            // As Word 2013 and later lay out: the lines of a table begin where the text does.
            xml.leaf(
                "w:compatSetting",
                &[
                    ("w:name", "compatibilityMode"),
                    ("w:uri", "http://schemas.microsoft.com/office/word"),
                    ("w:val", "15"),
                ],
            );
        });
        xml.leaf(
            "w:themeFontLang",
            &[("w:val", "en-US"), ("w:eastAsia", "zh-CN")],
        );
    })
}

/// The foot of a section's pages.
fn footer(document: &Document, section: &Section) -> String {
    let looks = Looks::default();
    let measures = Measures::of(document, section.page);
    Xml::part("w:ftr", MAIN, |xml| {
        xml.within("w:p", &[], |xml| {
            xml.within("w:pPr", &[], |xml| {
                xml.value("w:pStyle", styles::FOOTER);
                if section.footer.is_some() {
                    let right = measures.text_width().to_string();
                    xml.within("w:tabs", &[], |xml| {
                        xml.leaf("w:tab", &[("w:val", "right"), ("w:pos", &right)]);
                    });
                } else {
                    xml.value("w:jc", "center");
                }
            });
            if let Some(words) = &section.footer {
                text::run(
                    xml,
                    &format!("{}\t", words.replace(['\n', '\t'], " ")),
                    looks,
                );
            }
            text::run(xml, "第 ", looks);
            text::field(xml, "PAGE", "1", looks);
            text::run(xml, " 页", looks);
            if let Some(total) = total_of(document, section) {
                text::run(xml, "　共 ", looks);
                // Where a program cannot count the pages of a section, no number is better than a wrong one.
                text::field(xml, total, NOTHING, looks);
                text::run(xml, " 页", looks);
            }
        });
    })
}

/// The field that tells how many pages are numbered together with these; `None` where Word has none.
fn total_of(document: &Document, section: &Section) -> Option<&'static str> {
    let mut later = document.sections.iter().skip(1);
    if !later.any(|section| section.restarts) {
        return Some("NUMPAGES");
    }
    let number = document
        .sections
        .iter()
        .position(|other| std::ptr::eq(other, section))?;
    let next = document.sections.get(number + 1);
    let is_alone = (section.restarts || number == 0) && next.is_none_or(|next| next.restarts);
    is_alone.then_some("SECTIONPAGES")
}

/// Letters across the page, as Word itself draws its watermarks: in no text that is searched or copied.
fn mark(letters: &str) -> String {
    let width = 120 * letters.chars().count();
    let style = format!(
        "position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:120pt;rotation:328;z-index:-1;\
         mso-position-horizontal:center;mso-position-horizontal-relative:margin;\
         mso-position-vertical:center;mso-position-vertical-relative:margin"
    );
    Xml::part("w:hdr", DRAWN, |xml| {
        xml.within("w:p", &[], |xml| {
            xml.within("w:r", &[], |xml| {
                xml.within("w:pict", &[], |xml| {
                    shape_type(xml);
                    let shape = [
                        ("id", "PowerPlusWaterMarkObject1"),
                        ("o:spid", "_x0000_s1025"),
                        ("type", "#_x0000_t136"),
                        ("style", &style),
                        ("o:allowincell", "f"),
                        ("fillcolor", "#ededed"),
                        ("stroked", "f"),
                    ];
                    xml.within("v:shape", &shape, |xml| {
                        let path = [
                            ("style", "font-family:\"黑体\";font-size:1pt"),
                            ("string", letters),
                        ];
                        xml.leaf("v:textpath", &path);
                    });
                });
            });
        });
    })
}

/// What Word calls text along a line.
fn shape_type(xml: &mut Xml) {
    let kind = [
        ("id", "_x0000_t136"),
        ("coordsize", "21600,21600"),
        ("o:spt", "136"),
        ("adj", "10800"),
        ("path", "m@7,l@8,m@5,21600l@6,21600e"),
    ];
    xml.within("v:shapetype", &kind, |xml| {
        xml.within("v:formulas", &[], |xml| {
            for formula in [
                "sum #0 0 10800",
                "prod #0 2 1",
                "sum 21600 0 @1",
                "sum 0 0 @2",
                "sum 21600 0 @3",
                "if @0 @3 0",
                "if @0 21600 @1",
                "if @0 0 @2",
                "if @0 @4 21600",
                "mid @5 @6",
                "mid @8 @5",
                "mid @7 @8",
                "mid @6 @7",
                "sum @6 0 @5",
            ] {
                xml.leaf("v:f", &[("eqn", formula)]);
            }
        });
        xml.leaf("v:path", &[("textpathok", "t")]);
        xml.leaf("v:textpath", &[("on", "t"), ("fitshape", "t")]);
    });
}
