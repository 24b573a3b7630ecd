//! PDF with text: words by their positions, cells by the ruling lines. Only the child process calls this.

mod characters;
mod ink;
mod lattice;
mod layout;
mod stack;
mod words;

use hayro_interpret::{InterpreterCache, InterpreterSettings};
use hayro_syntax::{LoadPdfError, Pdf};

use self::{ink::Ink, layout::Layout};
use super::{
    error::{Excess, ReadError},
    grid::Content,
    limits,
    watch::Budget,
};

/// What was seen on all pages.
#[derive(Debug, Default)]
struct Seen {
    letters: usize,
    nameless: usize,
    hidden: usize,
    drawings: usize,
    /// Pages with pictures and without text.
    pictures: Vec<String>,
    /// Pages with so many lines that no tables were looked for.
    complex: Vec<String>,
    /// Texts at a slant.
    skewed: Vec<String>,
}

/// Reads a PDF.
///
/// # Errors
///
/// Broken, protected, scanned, or past a limit.
pub fn read(bytes: &[u8], budget: &mut Budget) -> Result<Content, ReadError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => ReadError::Protected,
        LoadPdfError::Invalid => ReadError::Broken("PDF 的结构无法识别".into()),
    })?;
    let count = pdf.pages().len();
    if count == 0 {
        return Err(ReadError::Broken("PDF 中没有页面".into()));
    }
    if count > limits::PAGES {
        return Err(ReadError::TooLarge(Excess::Pages));
    }
    let cache = InterpreterCache::new();
    let settings = InterpreterSettings::default();
    let mut seen = Seen::default();
    let mut pages = Vec::with_capacity(count);
    for (number, page) in (1..).zip(pdf.pages().iter()) {
        budget.go_on()?;
        let ink = Ink::of(page, &cache, &settings);
        if ink.overflow {
            return Err(ReadError::TooLarge(Excess::Cells));
        }
        let layout = Layout::of(&ink, budget)?;
        seen.add(number, &ink, &layout);
        pages.push(layout);
        let reached = number * 1000 / count;
        budget
            .watch()
            .reached(u32::try_from(reached).unwrap_or(1000));
    }
    seen.refuse()?;
    let (grid, mut remarks) = stack::stack(pages)?;
    if grid.cells.is_empty() {
        return Err(ReadError::NoTable);
    }
    remarks.extend(seen.remarks());
    Ok(Content {
        grids: vec![grid],
        remarks,
        ..Content::default()
    })
}

impl Seen {
    fn add(&mut self, number: usize, ink: &Ink, layout: &Layout) {
        let written = ink.letters.iter().filter(|l| !l.text.is_whitespace());
        let letters = written.count();
        self.letters += letters;
        self.nameless += ink.nameless;
        self.hidden += ink.hidden;
        self.drawings += ink.images + ink.lines.len();
        if letters == 0 && ink.images > 0 {
            self.pictures.push(number.to_string());
        }
        if layout.too_complex {
            self.complex.push(number.to_string());
        }
        for text in &layout.skewed {
            if !self.skewed.contains(text) && self.skewed.len() < layout::SKEWED {
                self.skewed.push(text.clone());
            }
        }
    }

    /// Refuses a file without text, by what it has instead.
    fn refuse(&self) -> Result<(), ReadError> {
        let all = self.letters + self.nameless;
        if all > 0 && self.nameless * 5 > all * 4 {
            return Err(ReadError::Broken("字体没有文字编码，读不出文字".into()));
        }
        match (self.letters, self.drawings) {
            (0, 0) => Err(ReadError::NoTable),
            (0, _) => Err(ReadError::Scanned),
            _ => Ok(()),
        }
    }

    fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if self.nameless > 0 {
            remarks.push(format!(
                "有 {} 个字的字体没有文字编码，读不出来，已空缺，请对照原件补上。",
                self.nameless
            ));
        }
        if self.hidden * 2 > self.letters {
            remarks.push("文字来自扫描件的识别结果，可能有错字，请逐项核对。".into());
        }
        if !self.pictures.is_empty() {
            remarks.push(format!(
                "第 {} 页是图片，里面没有文字，没有读取。",
                self.pictures.join("、")
            ));
        }
        if !self.complex.is_empty() {
            remarks.push(format!(
                "第 {} 页线条过多，没有识别表格，只读取了文字。",
                self.complex.join("、")
            ));
        }
        if !self.skewed.is_empty() {
            remarks.push(format!(
                "斜排的文字（多为水印）没有读取：{}",
                self.skewed.join("、")
            ));
        }
        remarks
    }
}
