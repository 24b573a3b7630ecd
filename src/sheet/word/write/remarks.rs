//! Comments in the margin, and the places that references lead to.

use jiff::civil::DateTime;

use super::{
    package::MAIN,
    styles::COMMENT,
    text::{self, Looks},
    xml::Xml,
};
use crate::sheet::word::document::{Remark, Target};

/// The comments met so far, in the order of their numbers.
#[derive(Debug, Default)]
pub(super) struct Remarks<'a>(Vec<&'a Remark>);

impl<'a> Remarks<'a> {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Writes what `inner` writes as that to which these comments are made and references lead.
    pub fn around(
        &mut self,
        xml: &mut Xml,
        remarks: &'a [Remark],
        target: Option<Target>,
        inner: impl FnOnce(&mut Xml),
    ) {
        // The place holds the comments' marks too: LibreOffice loses one that holds nothing.
        match target {
            Some(target) => bookmarked(xml, target, |xml| self.commented(xml, remarks, inner)),
            None => self.commented(xml, remarks, inner),
        }
    }

    fn commented(&mut self, xml: &mut Xml, remarks: &'a [Remark], inner: impl FnOnce(&mut Xml)) {
        let first = self.0.len();
        self.0.extend(remarks);
        let ids: Vec<String> = (first..self.0.len()).map(|id| id.to_string()).collect();
        for id in &ids {
            xml.leaf("w:commentRangeStart", &[("w:id", id)]);
        }
        inner(xml);
        for id in &ids {
            xml.leaf("w:commentRangeEnd", &[("w:id", id)]);
            xml.within("w:r", &[], |xml| {
                xml.leaf("w:commentReference", &[("w:id", id)]);
            });
        }
    }

    /// The part with all comments.
    pub fn part(&self, made: DateTime) -> String {
        Xml::part("w:comments", MAIN, |xml| {
            for (id, remark) in self.0.iter().enumerate() {
                let time = remark.time.unwrap_or(made);
                let attributes = [
                    ("w:id", id.to_string()),
                    ("w:author", remark.author.clone()),
                    ("w:date", time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
                    ("w:initials", remark.author.chars().take(3).collect()),
                ];
                let attributes = attributes
                    .each_ref()
                    .map(|(key, value)| (*key, value.as_str()));
                xml.within("w:comment", &attributes, |xml| {
                    xml.within("w:p", &[], |xml| {
                        xml.within("w:pPr", &[], |xml| xml.value("w:pStyle", COMMENT));
                        text::run(xml, &remark.text, Looks::default());
                    });
                });
            }
        })
    }
}

/// The name of a place in the document.
pub(super) fn name_of(target: Target) -> String {
    format!("_place{}", target.0)
}

fn bookmarked(xml: &mut Xml, target: Target, inner: impl FnOnce(&mut Xml)) {
    let (id, name) = (target.0.to_string(), name_of(target));
    xml.leaf("w:bookmarkStart", &[("w:id", &id), ("w:name", &name)]);
    inner(xml);
    xml.leaf("w:bookmarkEnd", &[("w:id", &id)]);
}
