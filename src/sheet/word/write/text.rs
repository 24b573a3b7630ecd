//! Runs of text: line breaks, tabs, and fields that Word fills in.

use super::xml::Xml;

/// The background of what a person still has to write.
const OPEN: &str = "FFF2CC";

/// How a run looks beyond its paragraph's style.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Looks {
    pub bold: bool,
    pub open: bool,
    /// In half points, where it is not that of the style.
    pub size: Option<i64>,
}

impl Looks {
    fn write(self, xml: &mut Xml) {
        xml.within("w:rPr", &[], |xml| {
            xml.leaf("w:rFonts", &[("w:hint", "eastAsia")]);
            xml.switch("w:b", self.bold);
            xml.switch("w:bCs", self.bold);
            if let Some(size) = self.size {
                xml.number("w:sz", size);
                xml.number("w:szCs", size);
            }
            if self.open {
                xml.leaf(
                    "w:shd",
                    &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", OPEN)],
                );
            }
        });
    }
}

/// A text in one look.
pub(super) fn run(xml: &mut Xml, text: &str, looks: Looks) {
    xml.within("w:r", &[], |xml| {
        looks.write(xml);
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                xml.leaf("w:br", &[]);
            }
            for (number, piece) in line.split('\t').enumerate() {
                if number > 0 {
                    xml.leaf("w:tab", &[]);
                }
                if !piece.is_empty() {
                    xml.within("w:t", &[("xml:space", "preserve")], |xml| xml.text(piece));
                }
            }
        }
    });
}

/// A field: what it is to show, and what it shows until Word fills it in. The instruction never comes from a text of users.
pub(super) fn field(xml: &mut Xml, instruction: &str, shown: &str, looks: Looks) {
    let sign = |xml: &mut Xml, kind: &str| {
        xml.within("w:r", &[], |xml| {
            looks.write(xml);
            xml.leaf("w:fldChar", &[("w:fldCharType", kind)]);
        });
    };
    sign(xml, "begin");
    xml.within("w:r", &[], |xml| {
        looks.write(xml);
        xml.within("w:instrText", &[("xml:space", "preserve")], |xml| {
            xml.text(&format!(" {instruction} "));
        });
    });
    sign(xml, "separate");
    run(xml, shown, looks);
    sign(xml, "end");
}
