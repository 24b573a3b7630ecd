//! What a reader sees of a text, without the markup that a web form left in it.

use std::borrow::Cow;

use memchr::memchr2;

/// Names of elements that web forms and word processors leave behind. A list rather than any word in angle brackets:
/// `<Nature>` is a journal, "<5%" is a target.
const ELEMENTS: &[&str] = &[
    "a",
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "html",
    "i",
    "img",
    "input",
    "label",
    "li",
    "link",
    "meta",
    "ol",
    "p",
    "pre",
    "s",
    "section",
    "small",
    "span",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];

/// Elements that begin a new line.
const BLOCKS: &[&str] = &[
    "blockquote",
    "br",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tr",
    "ul",
];

/// Character references by name.
const REFERENCES: &[(&str, &str)] = &[
    ("nbsp", " "),
    ("ensp", " "),
    ("emsp", " "),
    ("lt", "<"),
    ("gt", ">"),
    ("amp", "&"),
    ("quot", "\""),
    ("apos", "'"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("mdash", "—"),
    ("ndash", "–"),
    ("hellip", "…"),
    ("middot", "·"),
    ("times", "×"),
    ("ge", "≥"),
    ("le", "≤"),
];

/// The longest run between angle brackets that is taken for a tag, in bytes.
const LONGEST_TAG: usize = 2_000;

/// How much markup stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Markup {
    /// Tags such as `<p>` and `</p>`, each counted.
    pub tags: usize,
    /// Character references such as `&nbsp;`.
    pub references: usize,
}

impl Markup {
    /// Counts the markup in `text`.
    pub fn in_text(text: &str) -> Self {
        let mut markup = Self::default();
        if may_have_markup(text) {
            for piece in Pieces::of(text) {
                match piece {
                    Piece::Tag { .. } => markup.tags += 1,
                    Piece::Reference(_) => markup.references += 1,
                    Piece::Text(_) => {}
                }
            }
        }
        markup
    }

    /// Whether there is none.
    pub fn is_none(self) -> bool {
        self == Self::default()
    }
}

/// `text` as a reader is meant to see it: tags dropped, paragraphs on lines of their own, character references written out.
/// Borrowed where there is no markup.
pub fn visible_text(text: &str) -> Cow<'_, str> {
    if !may_have_markup(text) {
        return Cow::Borrowed(text);
    }
    let mut visible = String::with_capacity(text.len());
    let mut line_due = false;
    for piece in Pieces::of(text) {
        match piece {
            Piece::Tag { block } => line_due |= block,
            Piece::Reference(c) => visible.push_str(c.encode_utf8(&mut [0; 4])),
            Piece::Text(plain) if plain.len() == text.len() => return Cow::Borrowed(text),
            Piece::Text(plain) => {
                let plain = if line_due { plain.trim_start() } else { plain };
                if plain.is_empty() {
                    continue;
                }
                if std::mem::take(&mut line_due) && !visible.is_empty() && !visible.ends_with('\n')
                {
                    visible.truncate(visible.trim_end().len());
                    visible.push('\n');
                }
                visible.push_str(plain);
            }
        }
    }
    visible.truncate(visible.trim_end().len());
    Cow::Owned(visible)
}

/// The sentences of `text`, trimmed, without their full stops. Lines end sentences as well.
pub fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['。', '！', '？', '；', '!', '?', ';', '\n', '\r'])
        .map(super::typed::trim)
        .filter(|sentence| !sentence.is_empty())
}

enum Piece<'a> {
    Text(&'a str),
    Tag { block: bool },
    Reference(char),
}

/// Whether the text has one of the signs that begin markup. Both are single bytes, so bytes are enough to look at.
pub fn may_have_markup(text: &str) -> bool {
    memchr2(b'<', b'&', text.as_bytes()).is_some()
}

/// Cuts a text into plain runs, tags and character references.
struct Pieces<'a> {
    rest: &'a str,
    /// The markup that follows the plain run just given.
    next: Option<(Piece<'a>, &'a str)>,
}

impl<'a> Pieces<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            rest: text,
            next: None,
        }
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if let Some((piece, rest)) = self.next.take() {
            self.rest = rest;
            return Some(piece);
        }
        let mut from = 0;
        while let Some(at) = memchr2(b'<', b'&', &self.rest.as_bytes()[from..]) {
            let at = from + at;
            if let Some((piece, rest)) = markup_at_start(&self.rest[at..]) {
                let plain = &self.rest[..at];
                if plain.is_empty() {
                    self.rest = rest;
                    return Some(piece);
                }
                self.next = Some((piece, rest));
                return Some(Piece::Text(plain));
            }
            from = at + 1;
        }
        let plain = std::mem::take(&mut self.rest);
        (!plain.is_empty()).then_some(Piece::Text(plain))
    }
}

fn markup_at_start(text: &str) -> Option<(Piece<'_>, &str)> {
    match text.as_bytes().first()? {
        b'<' => tag(text),
        b'&' => reference(text),
        _ => None,
    }
}

fn tag(text: &str) -> Option<(Piece<'_>, &str)> {
    if let Some(comment) = text.strip_prefix("<!--") {
        let (_, rest) = comment.split_once("-->")?;
        return Some((Piece::Tag { block: false }, rest));
    }
    let inside = text.strip_prefix('<')?;
    let inside = inside.strip_prefix('/').unwrap_or(inside);
    let name_end = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != ':')?;
    let (name, after) = inside.split_at(name_end);
    let is_in = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    let known =
        is_in(ELEMENTS) || matches!(name.split_once(':'), Some(("o" | "w" | "v" | "st1", _)));
    let ends_name = after.starts_with(|c: char| c.is_whitespace() || matches!(c, '/' | '>'));
    if !known || !ends_name {
        return None;
    }
    let end = after.find(['<', '>']).filter(|&end| end <= LONGEST_TAG)?;
    let rest = after[end..].strip_prefix('>')?;
    let block = is_in(BLOCKS);
    Some((Piece::Tag { block }, rest))
}

fn reference(text: &str) -> Option<(Piece<'_>, &str)> {
    const LONGEST: usize = 10;
    let inside = text.strip_prefix('&')?;
    let end = inside.bytes().take(LONGEST).position(|b| b == b';')?;
    let name = &inside[..end];
    let written = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        None => {
            let (_, written) = REFERENCES.iter().find(|(known, _)| *known == name)?;
            written.chars().next()?
        }
    };
    Some((Piece::Reference(written), &inside[end + 1..]))
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|c| !c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_become_lines() {
        assert_eq!(
            visible_text("<p>一、办会；</p>\n<p class=\"a\">二、评审&nbsp;8 项。</p>"),
            "一、办会；\n二、评审 8 项。"
        );
        assert_eq!(
            visible_text("<p>一、甲； </p> <p>二、乙。</p>"),
            "一、甲；\n二、乙。"
        );
        assert_eq!(visible_text("甲<br/>乙<SPAN>丙</SPAN>"), "甲\n乙丙");
    }

    #[test]
    fn signs_and_titles_are_no_markup() {
        for text in [
            "<5%，>3次",
            "发表于<Nature>",
            "a<b且c>d",
            "研发&推广",
            "<p",
            "A&B;",
        ] {
            assert!(Markup::in_text(text).is_none(), "{text}");
            assert_eq!(visible_text(text), text);
        }
    }

    #[test]
    fn counts_every_tag() {
        let markup = Markup::in_text("<p>甲</p><p>乙&nbsp;</p>");
        assert_eq!((markup.tags, markup.references), (4, 1));
    }

    #[test]
    fn sentences_end_at_stops_and_lines() {
        let found: Vec<&str> = sentences("甲。乙；\n 丙").collect();
        assert_eq!(found, ["甲", "乙", "丙"]);
    }
}
