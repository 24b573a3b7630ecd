//! What stands beside the document: headers, footers, notes and comments. It is not read, but told.

use std::collections::BTreeMap;

use super::source::Source;
use crate::exchange::{error::ReadError, guard::Package, markup::Node, watch::Watch};

/// The beginnings of the names of these parts, and what they are.
const PARTS: [(&str, &str); 5] = [
    ("word/header", "页眉"),
    ("word/footer", "页脚"),
    ("word/footnotes.", "脚注"),
    ("word/endnotes.", "尾注"),
    ("word/comments.", "批注"),
];

/// Characters of a text that are shown in the remark.
const SHOWN: usize = 30;

/// What to say of the texts beside the document; `None` where there are none but page numbers.
pub(super) fn remark(
    package: &mut Package,
    watch: &dyn Watch,
) -> Result<Option<String>, ReadError> {
    let parts: Vec<(&str, String)> = package
        .names()
        .filter_map(|name| Some((kind(name)?, name.to_owned())))
        .collect();
    let mut texts = BTreeMap::new();
    for (kind, name) in parts {
        if texts.contains_key(kind) {
            continue;
        }
        if let Some(part) = package.part(&name)?
            && let Some(text) = first_words(&mut Source::new(part, watch))?
        {
            texts.insert(kind, text);
        }
    }
    let shown: Vec<String> = PARTS
        .iter()
        .filter_map(|(_, kind)| Some(format!("{kind}（“{}”）", texts.get(kind)?)))
        .collect();
    Ok((!shown.is_empty()).then(|| format!("{}没有读取，需要时请手工补入。", shown.join("、"))))
}

fn kind(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    PARTS
        .iter()
        .find(|(begin, _)| name.starts_with(begin) && name.ends_with(".xml"))
        .map(|(_, kind)| *kind)
}

/// The first text that is more than a page number.
fn first_words(source: &mut Source) -> Result<Option<String>, ReadError> {
    while let Some(node) = source.next()? {
        if let Node::Open(element) = node
            && element.name == "t"
        {
            let text = source.text()?;
            let is_word = |c: char| c.is_alphabetic() && !"第页共".contains(c);
            if text.contains(is_word) {
                return Ok(Some(text.trim().chars().take(SHOWN).collect()));
            }
        }
    }
    Ok(None)
}
