//! The nodes of a document, with what every level of it treats alike: tracked changes, content controls, alternatives.

use std::{collections::BTreeSet, io::BufRead};

use crate::exchange::{
    error::ReadError,
    markup::{Element, Markup, Node, append},
    watch::Watch,
};

/// What a person should know of how a document was read. The order is that of the remarks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Seen {
    Changes,
    Numbers,
    Nested,
    Covered,
    Prompts,
    Symbols,
    Pictures,
    Embedded,
}

impl Seen {
    fn sentence(self) -> &'static str {
        match self {
            Self::Changes => "文档含修订痕迹，按接受全部修订后的内容读取。",
            Self::Numbers => "自动编号（如“1.”“一、”）不属于文字，没有读取。",
            Self::Nested => "单元格里套有表格，其中的文字已逐行并入该单元格。",
            Self::Covered => "有合并单元格遮住了文字，遮住的文字没有读取。",
            Self::Prompts => "内容控件中尚未填写的提示文字没有读取。",
            Self::Symbols => "有特殊字体的符号无法识别，显示为“\u{FFFD}”，请对照原文件核对。",
            Self::Pictures => "文档含图片或嵌入对象，其中的文字没有读取。",
            Self::Embedded => "文档中嵌入了另一个文件，其内容没有读取。",
        }
    }
}

/// The nodes of one part of a document.
pub(super) struct Source<'p, 'w> {
    markup: Markup<Box<dyn BufRead + 'p>>,
    watch: &'w dyn Watch,
    nodes: u32,
    seen: BTreeSet<Seen>,
    /// The content control that was opened last shows its prompt.
    prompt: bool,
}

impl<'p, 'w> Source<'p, 'w> {
    pub(super) fn new(part: Box<dyn BufRead + 'p>, watch: &'w dyn Watch) -> Self {
        Self {
            markup: Markup::new(part),
            watch,
            nodes: 0,
            seen: BTreeSet::new(),
            prompt: false,
        }
    }

    /// How many bytes of the part were read so far: behind the tag or text that came last.
    pub(super) fn position(&self) -> u64 {
        self.markup.position()
    }

    pub(super) fn saw(&mut self, what: Seen) {
        self.seen.insert(what);
    }

    pub(super) fn remarks(&self) -> impl Iterator<Item = String> {
        self.seen.iter().map(|seen| seen.sentence().to_owned())
    }

    /// The next node, unless somebody stops the reading.
    pub(super) fn next(&mut self) -> Result<Option<Node>, ReadError> {
        self.nodes = self.nodes.wrapping_add(1);
        if self.nodes.is_multiple_of(1 << 10)
            && let Some(stopped) = self.watch.stopped()
        {
            return Err(stopped);
        }
        self.markup.next()
    }

    /// Passes over the rest of the element that was opened last.
    pub(super) fn skip(&mut self) -> Result<(), ReadError> {
        self.inside(|_, _| Ok(true)).map(|_| ())
    }

    /// Shows every element inside the one that was opened last to `look`; what it answers `false` to is passed over.
    pub(super) fn inside(
        &mut self,
        mut look: impl FnMut(&mut BTreeSet<Seen>, &Element) -> Result<bool, ReadError>,
    ) -> Result<(), ReadError> {
        let mut open = 1_usize;
        while open > 0 {
            match self.next()? {
                Some(Node::Open(element)) => {
                    if look(&mut self.seen, &element)? {
                        open += 1;
                    } else {
                        self.skip()?;
                    }
                }
                Some(Node::Close(_)) => open -= 1,
                Some(Node::Text(_)) => {}
                None => break,
            }
        }
        Ok(())
    }

    /// The text of the element that was opened last.
    pub(super) fn text(&mut self) -> Result<String, ReadError> {
        let mut all = String::new();
        let mut open = 1_usize;
        while open > 0 {
            match self.next()? {
                Some(Node::Open(_)) => open += 1,
                Some(Node::Close(_)) => open -= 1,
                Some(Node::Text(text)) => append(&mut all, &text)?,
                None => break,
            }
        }
        Ok(all)
    }

    /// Whether what is inside an element belongs to the document as shown; if not, it is passed over.
    pub(super) fn enters(&mut self, element: &Element) -> Result<bool, ReadError> {
        match element.name.as_str() {
            "del" | "moveFrom" => {
                self.saw(Seen::Changes);
                self.skip()?;
                return Ok(false);
            }
            "ins" | "moveTo" => self.saw(Seen::Changes),
            "sdt" => self.prompt = false,
            "sdtPr" => {
                self.prompt = self.has("showingPlcHdr")?;
                return Ok(false);
            }
            "sdtContent" if std::mem::take(&mut self.prompt) => {
                self.saw(Seen::Prompts);
                self.skip()?;
                return Ok(false);
            }
            "blip" | "imagedata" | "OLEObject" => self.saw(Seen::Pictures),
            "altChunk" => self.saw(Seen::Embedded),
            // A fallback repeats the choice for older programs.
            "Fallback" | "sectPr" | "tblPr" | "tblPrEx" | "tblGrid" | "customXmlPr"
            | "smartTagPr" | "sdtEndPr" => {
                self.skip()?;
                return Ok(false);
            }
            _ => {}
        }
        Ok(true)
    }

    /// Whether an element of this name stands inside the one that was opened last.
    fn has(&mut self, name: &str) -> Result<bool, ReadError> {
        let mut found = false;
        self.inside(|_, element| {
            found |= element.name == name && is_on(element);
            Ok(true)
        })?;
        Ok(found)
    }
}

/// Whether a switch (`w:vanish`, `w:checked`) is on: it is, unless its value says no.
pub(super) fn is_on(element: &Element) -> bool {
    !matches!(element.get("val"), Some("0" | "false" | "off"))
}
