//! The texts that cells of a workbook share.

use std::io::BufRead;

use super::texts::Texts;
use crate::exchange::{
    error::{Excess, ReadError},
    guard::Package,
    markup::{self, Markup, Node},
    watch::Budget,
};

/// Reads the texts that cells share, within the budget for texts.
pub(super) fn read(
    package: &mut Package,
    path: Option<&str>,
    budget: &mut Budget,
) -> Result<Texts, ReadError> {
    let mut texts = Texts::default();
    let Some(part) = package.part(path.unwrap_or("xl/sharedStrings.xml"))? else {
        return Ok(texts);
    };
    let mut markup = Markup::new(part);
    let mut claimed = 0;
    while let Some(node) = markup.next()? {
        budget.go_on()?;
        let Node::Open(element) = node else {
            continue;
        };
        match element.name.as_str() {
            "sst" => {
                let count = element.get("uniqueCount");
                claimed = count.and_then(|count| count.parse().ok()).unwrap_or(0);
            }
            "si" => {
                let text = text(&mut markup, "si")?;
                // An empty text costs memory too.
                budget.take_text(text.len() + size_of::<usize>())?;
                texts.add(|all| all.push_str(&text));
            }
            _ => {}
        }
    }
    // Nothing here makes room for what is claimed, but whoever claims so much more than there is does not mean well.
    let possible = (markup.position() / 8).max(texts.count() as u64);
    if claimed > possible {
        return Err(ReadError::TooLarge(Excess::SharedStrings));
    }
    Ok(texts)
}

/// The text of an element up to its end: that of all `t` in it, but for readings (`rPh`).
pub(super) fn text<R: BufRead>(source: &mut Markup<R>, ending: &str) -> Result<String, ReadError> {
    let mut text = String::new();
    let mut is_text = false;
    let mut is_reading = false;
    while let Some(node) = source.next()? {
        match node {
            Node::Open(element) => match element.name.as_str() {
                "t" => is_text = true,
                "rPh" => is_reading = true,
                _ => {}
            },
            Node::Close(name) => match name.as_str() {
                "t" => is_text = false,
                "rPh" => is_reading = false,
                name if name == ending => break,
                _ => {}
            },
            Node::Text(piece) if is_text && !is_reading => markup::append(&mut text, &piece)?,
            Node::Text(_) => {}
        }
    }
    Ok(unescaped(&text))
}

/// Characters that XML cannot hold, or that it would change, stand as `_x000D_`. Line breaks become `\n`.
pub(super) fn unescaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        shown.push_str(before);
        let code = after
            .get(..5)
            .and_then(|code| code.strip_suffix('_'))
            .filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32);
        if let (Some(character), Some(after)) = (code, after.get(5..)) {
            shown.push(character);
            rest = after;
        } else {
            shown.push_str("_x");
            rest = after;
        }
    }
    shown.push_str(rest);
    if shown.contains('\r') {
        shown = shown.replace("\r\n", "\n").replace('\r', "\n");
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_characters_are_shown() {
        for (written, shown) in [
            ("甲_x000D_\n乙", "甲\n乙"),
            ("a_x005F_x000D_b", "a_x000D_b"),
            ("_x", "_x"),
            ("_xD800_", "_xD800_"),
            ("_x00年_", "_x00年_"),
            ("_x+00D_", "_x+00D_"),
        ] {
            assert_eq!(unescaped(written), shown);
        }
    }

    #[test]
    fn runs_are_joined_and_readings_left_out() {
        let xml = "<si><r><t>数量</t></r><r><rPr/><t xml:space='preserve'> 指标</t></r><rPh><t>zb</t></rPh></si>";
        let mut markup = Markup::new(xml.as_bytes());
        markup.next().unwrap();
        assert_eq!(text(&mut markup, "si").unwrap(), "数量 指标");
    }
}
