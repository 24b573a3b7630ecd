//! The paragraphs, runs and texts of a cell, by the bytes that they stand in.

use std::ops::Range;

use crate::exchange::{
    error::ReadError,
    fill::workbook::pieces::{Piece, Pieces, Tag},
    markup::unescaped,
};

/// What a cell or paragraph holds.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) paragraphs: Vec<Paragraph>,
    /// Marks of content controls that show their prompt.
    pub(super) prompts: Vec<Range<usize>>,
    /// The properties of the cell.
    pub(super) properties: Option<Range<usize>>,
    /// It holds a table.
    pub(super) nested: bool,
    /// It holds boxes to tick.
    pub(super) boxes: bool,
    /// The prefix of the names of its elements, with its colon.
    pub(super) prefix: String,
}

/// A paragraph.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// From its start tag to its end tag.
    pub(super) whole: Range<usize>,
    /// Where its content ends; `None` for an empty element.
    pub(super) end: Option<usize>,
    /// Its properties.
    pub(super) properties: Option<Range<usize>>,
    /// How the mark at its end looks.
    pub(super) look: Option<Range<usize>>,
    pub(super) runs: Vec<Run>,
    pub(super) leaves: Vec<Leaf>,
    /// It stands in the cell itself, and holds nothing but runs and properties.
    pub(super) plain: bool,
}

/// A run of characters that look the same.
#[derive(Debug, Clone)]
pub(super) struct Run {
    /// How it looks.
    pub(super) look: Option<Range<usize>>,
    /// The style that prompts have.
    pub(super) style: Option<Range<usize>>,
    /// Where its content ends; `None` for an empty element.
    end: Option<usize>,
    hidden: bool,
    prompt: bool,
    /// It is part of a tracked insertion or a link, which begins here.
    outer: Option<usize>,
    /// It holds something else than text, such as the mark of a note.
    other: bool,
}

/// What shows as characters.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    pub(super) range: Range<usize>,
    /// Its characters; of a prompt none.
    pub(super) text: String,
    /// The number of its run.
    pub(super) run: usize,
}

impl Paragraph {
    /// Its text as shown.
    pub(super) fn text(&self) -> String {
        self.leaves.iter().map(|leaf| leaf.text.as_str()).collect()
    }

    /// A run to write into where there is no text: where, and its number.
    pub(super) fn open_run(&self) -> Option<(usize, usize)> {
        let mut runs = self.runs.iter().enumerate();
        runs.find_map(|(number, run)| {
            let free = !run.hidden && !run.other && run.outer.is_none();
            run.end.filter(|_| free).map(|end| (end, number))
        })
    }

    /// Where the tracked insertion or the link begins that a leaf is part of.
    pub(super) fn outer(&self, leaf: &Leaf) -> Option<usize> {
        self.runs.get(leaf.run)?.outer
    }
}

/// Looks through the content of a cell.
pub(super) fn content(text: &str) -> Result<Content, ReadError> {
    scanned(text, Content::default())
}

/// The content of a paragraph outside of tables, which has no tag of its own here.
pub(super) fn lone(text: &str) -> Result<Content, ReadError> {
    let paragraph = Paragraph {
        whole: 0..text.len(),
        end: Some(text.len()),
        ..Paragraph::default()
    };
    let content = Content {
        paragraphs: vec![paragraph],
        ..Content::default()
    };
    scanned(text, content)
}

fn scanned(text: &str, content: Content) -> Result<Content, ReadError> {
    let mut scan = Scan {
        text,
        pieces: Pieces::of(text),
        content,
        open: Vec::new(),
        prompt: false,
    };
    scan.all()?;
    Ok(scan.content)
}

struct Scan<'s> {
    text: &'s str,
    pieces: Pieces<'s>,
    content: Content,
    /// The elements that are open, with where they begin.
    open: Vec<(&'s str, usize)>,
    /// The content control that is open shows its prompt.
    prompt: bool,
}

impl<'s> Scan<'s> {
    fn all(&mut self) -> Result<(), ReadError> {
        while let Some((piece, range)) = self.pieces.next()? {
            match piece {
                Piece::Open(tag) => self.opened(tag, range)?,
                Piece::Empty(tag) => self.empty(tag, range),
                Piece::Close(name) => self.closed(name, range),
                Piece::Other => {}
            }
        }
        Ok(())
    }

    fn opened(&mut self, tag: Tag<'s>, range: Range<usize>) -> Result<(), ReadError> {
        if self.content.prefix.is_empty() {
            self.content.prefix = tag.prefix().to_owned();
        }
        match tag.name() {
            "tcPr" => self.content.properties = Some(range.start..self.pieces.skip()?.end),
            "pPr" => self.paragraph_properties(range)?,
            "rPr" => self.run_properties(range)?,
            "sdtPr" => self.control()?,
            "tbl" => {
                self.content.nested = true;
                self.pieces.skip()?;
            }
            // What was deleted stays; pictures and text boxes are none of the text.
            "del" | "moveFrom" | "drawing" | "pict" | "object" | "AlternateContent" | "ruby"
            | "sdtEndPr" => {
                self.pieces.skip()?;
                self.other();
            }
            "fldChar" => {
                let end = self.pieces.skip()?.end;
                let whole = range.start..end;
                let inside = self.text.get(whole.clone()).unwrap_or_default();
                self.content.boxes |= inside.contains("checkBox") || inside.contains("ddList");
                self.leaf(whole, String::new());
            }
            "t" => {
                let end = self.pieces.skip()?;
                let text = self.text.get(range.end..end.start).unwrap_or_default();
                self.leaf(range.start..end.end, unescaped(text));
            }
            "instrText" | "sym" | "tab" | "br" | "cr" | "ptab" | "noBreakHyphen" => {
                let end = self.pieces.skip()?.end;
                self.leaf(range.start..end, characters(tag.name()).to_owned());
            }
            name => {
                self.begin(name, &range);
                self.open.push((name, range.start));
            }
        }
        Ok(())
    }

    /// A paragraph or run begins.
    fn begin(&mut self, name: &str, range: &Range<usize>) {
        if name == "p" {
            let plain = self.open.is_empty();
            self.content.paragraphs.push(Paragraph {
                whole: range.clone(),
                plain,
                ..Paragraph::default()
            });
        } else if name == "r" {
            let outer = self.outer();
            let prompt = self.prompt;
            if let Some(paragraph) = self.content.paragraphs.last_mut() {
                paragraph.runs.push(Run {
                    look: None,
                    style: None,
                    end: None,
                    hidden: false,
                    prompt,
                    outer,
                    other: false,
                });
            }
        } else if let Some(paragraph) = self.content.paragraphs.last_mut() {
            paragraph.plain = false;
        }
    }

    /// Where the insertion or link begins that is open.
    fn outer(&self) -> Option<usize> {
        let within = self.open.iter().rev().take_while(|(name, _)| *name != "p");
        let outer = within.filter(|(name, _)| !matches!(*name, "sdt" | "sdtContent" | "r"));
        outer.last().map(|(_, start)| *start)
    }

    fn empty(&mut self, tag: Tag<'s>, range: Range<usize>) {
        if self.content.prefix.is_empty() {
            self.content.prefix = tag.prefix().to_owned();
        }
        match tag.name() {
            "p" => {
                let plain = self.open.is_empty();
                self.content.paragraphs.push(Paragraph {
                    whole: range,
                    plain,
                    ..Paragraph::default()
                });
            }
            "tcPr" => self.content.properties = Some(range),
            name @ ("t" | "instrText" | "fldChar" | "sym" | "tab" | "br" | "cr" | "ptab"
            | "noBreakHyphen") => self.leaf(range, characters(name).to_owned()),
            "proofErr" | "lastRenderedPageBreak" | "r" | "rPr" | "pPr" => {}
            _ => self.other(),
        }
    }

    fn closed(&mut self, name: &str, range: Range<usize>) {
        self.open.pop();
        let Some(paragraph) = self.content.paragraphs.last_mut() else {
            return;
        };
        match name {
            "p" => {
                paragraph.end = Some(range.start);
                paragraph.whole.end = range.end;
            }
            "r" => {
                if let Some(run) = paragraph.runs.last_mut() {
                    run.end = Some(range.start);
                }
            }
            "sdtContent" => self.prompt = false,
            _ => {}
        }
    }

    /// Something that is no text.
    fn other(&mut self) {
        let in_run = self.open.last().is_some_and(|(name, _)| *name == "r");
        let Some(paragraph) = self.content.paragraphs.last_mut() else {
            return;
        };
        paragraph.plain = false;
        if in_run && let Some(run) = paragraph.runs.last_mut() {
            run.other = true;
        }
    }

    fn leaf(&mut self, range: Range<usize>, text: String) {
        let in_run = self.open.last().is_some_and(|(name, _)| *name == "r");
        let Some(paragraph) = self.content.paragraphs.last_mut().filter(|_| in_run) else {
            return;
        };
        let Some(run) = paragraph.runs.last() else {
            return;
        };
        if run.hidden {
            return;
        }
        let text = if run.prompt { String::new() } else { text };
        let run = paragraph.runs.len() - 1;
        paragraph.leaves.push(Leaf { range, text, run });
    }

    fn paragraph_properties(&mut self, range: Range<usize>) -> Result<(), ReadError> {
        let mut look: Option<Range<usize>> = None;
        let mut open = 1_usize;
        let mut end = range.end;
        while open > 0 {
            let (piece, at) = self.pieces.inside()?;
            match piece {
                Piece::Open(tag) if tag.name() == "rPr" && open == 1 => {
                    look = Some(at.start..self.pieces.skip()?.end);
                }
                Piece::Open(_) => open += 1,
                Piece::Close(_) => open -= 1,
                Piece::Empty(_) | Piece::Other => {}
            }
            end = at.end;
        }
        if let Some(paragraph) = self.content.paragraphs.last_mut() {
            paragraph.properties = Some(range.start..end);
            paragraph.look = look;
        }
        Ok(())
    }

    fn run_properties(&mut self, range: Range<usize>) -> Result<(), ReadError> {
        let mut style = None;
        let mut hidden = false;
        let mut open = 1_usize;
        let mut end = range.end;
        while open > 0 {
            let (piece, at) = self.pieces.inside()?;
            match piece {
                Piece::Open(tag) | Piece::Empty(tag) => {
                    let off = tag.values().any(|(name, value)| {
                        name.ends_with("val") && matches!(value.as_str(), "0" | "false" | "off")
                    });
                    hidden |= tag.name() == "vanish" && !off;
                    if tag.name() == "rStyle" && matches!(piece, Piece::Empty(_)) {
                        style = Some(at.clone());
                    }
                    open += usize::from(matches!(piece, Piece::Open(_)));
                }
                Piece::Close(_) => open -= 1,
                Piece::Other => {}
            }
            end = at.end;
        }
        let paragraph = self.content.paragraphs.last_mut();
        if let Some(run) = paragraph.and_then(|paragraph| paragraph.runs.last_mut()) {
            run.look = Some(range.start..end);
            run.style = style.filter(|_| run.prompt);
            run.hidden = hidden;
        }
        Ok(())
    }

    /// The properties of a content control: whether it shows its prompt, or is a box to tick.
    fn control(&mut self) -> Result<(), ReadError> {
        let mut open = 1_usize;
        while open > 0 {
            let (piece, at) = self.pieces.inside()?;
            match piece {
                Piece::Open(tag) | Piece::Empty(tag) => {
                    match tag.name() {
                        "showingPlcHdr" => {
                            self.prompt = true;
                            if matches!(piece, Piece::Empty(_)) {
                                self.content.prompts.push(at);
                            }
                        }
                        "checkbox" => self.content.boxes = true,
                        _ => {}
                    }
                    open += usize::from(matches!(piece, Piece::Open(_)));
                }
                Piece::Close(_) => open -= 1,
                Piece::Other => {}
            }
        }
        Ok(())
    }
}

/// The characters that an element stands for.
fn characters(name: &str) -> &'static str {
    match name {
        "tab" | "ptab" => " ",
        "br" | "cr" => "\n",
        "noBreakHyphen" => "-",
        "sym" => "\u{FFFD}",
        _ => "",
    }
}
