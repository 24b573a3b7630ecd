//! The text of one paragraph, as a person sees it.

use super::{
    body,
    source::{Seen, Source, is_on},
    symbol::{self, SymbolFont},
};
use crate::exchange::{
    encoding::LOST,
    error::ReadError,
    markup::{Element, Node, append},
};

/// A paragraph.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) text: String,
    /// The texts of the text boxes that are anchored in it, line by line.
    pub(super) boxes: String,
}

/// How the characters of a run look.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    hidden: bool,
    font: Option<SymbolFont>,
}

/// Reads the paragraph whose element was opened last.
pub(super) fn read(source: &mut Source) -> Result<Paragraph, ReadError> {
    let mut paragraph = Paragraph::default();
    let mut look = Look::default();
    let mut numbered = false;
    let mut open = 1_usize;
    while open > 0 {
        match source.next()? {
            Some(Node::Open(element)) => match element.name.as_str() {
                "pPr" => numbered = is_numbered(source)?,
                "r" => {
                    look = Look::default();
                    open += 1;
                }
                "rPr" => look = run_look(source)?,
                "txbxContent" => append(&mut paragraph.boxes, &body::lines(source)?)?,
                _ => match characters(source, &element, look)? {
                    Some(_) if look.hidden => {}
                    Some(text) => append(&mut paragraph.text, &text)?,
                    None if source.enters(&element)? => open += 1,
                    None => {}
                },
            },
            Some(Node::Close(_)) => open -= 1,
            Some(Node::Text(_)) => {}
            None => break,
        }
    }
    if numbered && !paragraph.text.trim().is_empty() {
        source.saw(Seen::Numbers);
    }
    Ok(paragraph)
}

/// The characters that an element inside a run stands for; `None` for an element that stands for none itself.
fn characters(
    source: &mut Source,
    element: &Element,
    look: Look,
) -> Result<Option<String>, ReadError> {
    let text = match element.name.as_str() {
        "t" => {
            let text = source.text()?;
            return Ok(Some(shown(source, &text, look.font)));
        }
        "fldChar" => return field(source).map(Some),
        "sym" => {
            let font = element.get("font").and_then(SymbolFont::of);
            let character = element
                .get("char")
                .and_then(|code| u32::from_str_radix(code, 16).ok())
                .and_then(char::from_u32)
                .unwrap_or(LOST);
            shown(source, character.encode_utf8(&mut [0; 4]), font)
        }
        "tab" | "ptab" => " ".to_owned(),
        "br" | "cr" => "\n".to_owned(),
        "noBreakHyphen" => "-".to_owned(),
        // Instructions of fields, and the small characters above others.
        "instrText" | "delInstrText" | "delText" | "rt" => String::new(),
        _ => return Ok(None),
    };
    source.skip()?;
    Ok(Some(text))
}

/// The text in the characters that it looks like.
fn shown(source: &mut Source, text: &str, font: Option<SymbolFont>) -> String {
    text.chars()
        .map(|character| match symbol::look(character, font) {
            Some(look) => look,
            // A letter may have been left in a symbol font by accident; a private character is nothing without its font.
            None if character.is_ascii() => character,
            None => {
                source.saw(Seen::Symbols);
                LOST
            }
        })
        .collect()
}

/// What an old form field shows: a box, or the entry of a list. Other fields show the runs that follow.
fn field(source: &mut Source) -> Result<String, ReadError> {
    let (mut is_box, mut default, mut checked) = (false, false, None);
    let (mut entries, mut chosen, mut usual) = (Vec::new(), None, None);
    source.inside(|_, element| {
        let value = || element.get("val").unwrap_or_default();
        match element.name.as_str() {
            "checkBox" => is_box = true,
            "default" => {
                default = is_on(element);
                usual = value().parse::<usize>().ok();
            }
            "checked" => checked = Some(is_on(element)),
            "listEntry" => entries.push(value().to_owned()),
            "result" => chosen = value().parse::<usize>().ok(),
            _ => {}
        }
        Ok(true)
    })?;
    if is_box {
        let mark = if checked.unwrap_or(default) {
            "☑"
        } else {
            "□"
        };
        return Ok(mark.to_owned());
    }
    Ok(entries
        .into_iter()
        .nth(chosen.or(usual).unwrap_or(0))
        .unwrap_or_default())
}

fn run_look(source: &mut Source) -> Result<Look, ReadError> {
    let mut look = Look::default();
    source.inside(|_, element| {
        match element.name.as_str() {
            "vanish" => look.hidden = is_on(element),
            "rFonts" => {
                look.font = element
                    .get("ascii")
                    .or_else(|| element.get("hAnsi"))
                    .and_then(SymbolFont::of);
            }
            // How it was before a change.
            "rPrChange" => return Ok(false),
            _ => {}
        }
        Ok(true)
    })?;
    Ok(look)
}

/// Whether the paragraph has an automatic number; reads its properties.
fn is_numbered(source: &mut Source) -> Result<bool, ReadError> {
    let mut numbered = false;
    source.inside(|seen, element| {
        match element.name.as_str() {
            "numId" => numbered = element.get("val") != Some("0"),
            "ins" | "del" => {
                seen.insert(Seen::Changes);
            }
            "pPrChange" | "sectPr" => return Ok(false),
            _ => {}
        }
        Ok(true)
    })?;
    Ok(numbered)
}
