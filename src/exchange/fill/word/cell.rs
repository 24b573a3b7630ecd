//! A cell or paragraph with another text. Properties and looks stay: a text takes the look of the one before it, and what
//! stands before a colon stays as it is.

use super::{
    Edits,
    scan::{self, Content, Leaf, Paragraph},
};
use crate::exchange::{error::ReadError, fill::workbook::pieces::escaped, markup::is_allowed};

/// What changes in the content of a cell, its end tag included, so that it shows the text; or why it keeps its own.
pub(super) fn written(whole: &str, new: &str) -> Result<Result<Edits, &'static str>, ReadError> {
    let end = whole.rfind("</").unwrap_or(whole.len());
    let inside = whole.get(..end).unwrap_or_default();
    let is_cell = whole
        .get(end..)
        .is_some_and(|tag| tag.trim_end_matches('>').ends_with("tc"));
    let content = if is_cell {
        scan::content(inside)?
    } else {
        scan::lone(inside)?
    };
    if content.nested {
        return Ok(Err("原表的这一格里套有表格，请手工填写"));
    }
    if content.boxes {
        return Ok(Err("原表的这一格是勾选框或下拉项，请手工选择"));
    }
    let mut edits = Edits::default();
    for prompt in &content.prompts {
        edits.put(prompt.clone(), "");
    }
    let prefix = match content.prefix.as_str() {
        "" => "w:",
        own => own,
    };
    let cell = Cell {
        text: inside,
        content: &content,
        prefix,
    };
    cell.write(new, &mut edits);
    Ok(Ok(edits))
}

struct Cell<'c> {
    text: &'c str,
    content: &'c Content,
    prefix: &'c str,
}

impl Cell<'_> {
    fn write(&self, new: &str, edits: &mut Edits) {
        let paragraphs = &self.content.paragraphs;
        let mut used: Vec<&Paragraph> = paragraphs
            .iter()
            .filter(|paragraph| !paragraph.leaves.is_empty())
            .collect();
        if used.is_empty() {
            used.extend(paragraphs.first());
        }
        let Some((last, before)) = used.split_last() else {
            // A cell without paragraph is none that Word writes.
            let run = self.run("", new);
            let p = self.prefix;
            return edits.put(
                self.text.len()..self.text.len(),
                format!("<{p}p>{run}</{p}p>"),
            );
        };
        let plain = paragraphs.iter().all(|paragraph| paragraph.plain);
        let lines: Vec<&str> = new.split('\n').collect();
        if !plain || lines.len() == 1 {
            // One paragraph gets it all; lines are broken inside it.
            self.set(used[0], new, edits);
            for paragraph in used.iter().skip(1) {
                if paragraph.plain {
                    edits.put(paragraph.whole.clone(), "");
                } else {
                    self.set(paragraph, "", edits);
                }
            }
            return;
        }
        for (at, paragraph) in used.iter().enumerate() {
            match lines.get(at) {
                Some(line) => self.set(paragraph, line, edits),
                None => edits.put(paragraph.whole.clone(), ""),
            }
        }
        let more: String = lines
            .iter()
            .skip(before.len() + 1)
            .map(|line| self.paragraph_like(last, line))
            .collect();
        if !more.is_empty() {
            edits.put(last.whole.end..last.whole.end, more);
        }
    }

    /// Gives a paragraph another text. What both have in common up to a colon stays.
    fn set(&self, paragraph: &Paragraph, new: &str, edits: &mut Edits) {
        let old = paragraph.text();
        let kept = common(&old, new);
        let rest = new.get(kept..).unwrap_or_default();
        let mut at = 0;
        let mut home: Option<(&Leaf, usize)> = None;
        for (number, leaf) in paragraph.leaves.iter().enumerate() {
            let end = at + leaf.text.len();
            let is_last = number + 1 == paragraph.leaves.len();
            if end <= kept && at < kept && !(is_last && home.is_none()) {
                at = end;
                continue;
            }
            if home.is_none() {
                home = Some((leaf, kept.saturating_sub(at)));
            } else {
                edits.put(leaf.range.clone(), "");
            }
            at = end;
        }
        match home {
            Some((leaf, own)) => self.set_leaf(paragraph, leaf, own, rest, edits),
            None if rest.is_empty() => {}
            None => self.set_blank(paragraph, rest, edits),
        }
    }

    /// Replaces what a leaf shows behind its first `own` bytes. What was inserted with tracking on is not added to.
    fn set_leaf(
        &self,
        paragraph: &Paragraph,
        leaf: &Leaf,
        own: usize,
        rest: &str,
        edits: &mut Edits,
    ) {
        let own = leaf.text.get(..own).unwrap_or_default();
        let look = paragraph.runs.get(leaf.run);
        if let Some(style) = look.and_then(|run| run.style.clone()) {
            edits.put(style, "");
        }
        match paragraph.outer(leaf).filter(|_| own.is_empty()) {
            Some(outer) => {
                edits.put(leaf.range.clone(), "");
                let look = look.and_then(|run| run.look.clone());
                let look = look
                    .and_then(|look| self.text.get(look))
                    .unwrap_or_default();
                edits.put(outer..outer, self.run(look, rest));
            }
            None => edits.put(leaf.range.clone(), self.characters(&format!("{own}{rest}"))),
        }
    }

    /// Writes into a paragraph without text.
    fn set_blank(&self, paragraph: &Paragraph, rest: &str, edits: &mut Edits) {
        if let Some((end, _)) = paragraph.open_run() {
            return edits.put(end..end, self.characters(rest));
        }
        let run = self.run(self.look_of_mark(paragraph), rest);
        match paragraph.end {
            Some(end) => edits.put(end..end, run),
            None => {
                let tag = self.text.get(paragraph.whole.clone()).unwrap_or_default();
                let tag = tag.trim_end_matches("/>").trim_end();
                let p = self.prefix;
                edits.put(paragraph.whole.clone(), format!("{tag}>{run}</{p}p>"));
            }
        }
    }

    /// A paragraph with the properties and the look of another.
    fn paragraph_like(&self, paragraph: &Paragraph, line: &str) -> String {
        let range = |range: &Option<std::ops::Range<usize>>| {
            let range = range.clone();
            range
                .and_then(|range| self.text.get(range))
                .unwrap_or_default()
        };
        let first = paragraph
            .leaves
            .first()
            .and_then(|leaf| paragraph.runs.get(leaf.run));
        let look = match first {
            Some(run) => range(&run.look),
            None => self.look_of_mark(paragraph),
        };
        let properties = range(&paragraph.properties);
        let properties = if is_tracked(properties) || properties.contains("sectPr") {
            ""
        } else {
            properties
        };
        let p = self.prefix;
        format!("<{p}p>{properties}{}</{p}p>", self.run(look, line))
    }

    /// The look of the mark at the end of a paragraph, for a text where there is none.
    fn look_of_mark(&self, paragraph: &Paragraph) -> &str {
        let look = paragraph.look.clone().and_then(|look| self.text.get(look));
        look.filter(|look| !is_tracked(look)).unwrap_or_default()
    }

    fn run(&self, look: &str, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        let p = self.prefix;
        format!("<{p}r>{look}{}</{p}r>", self.characters(text))
    }

    /// The elements that show a text.
    fn characters(&self, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        let p = self.prefix;
        let lines: Vec<String> = text
            .split('\n')
            .map(|line| {
                let line: String = line.chars().filter(|c| is_written(*c)).collect();
                format!("<{p}t xml:space=\"preserve\">{}</{p}t>", escaped(&line))
            })
            .collect();
        lines.join(&format!("<{p}br/>"))
    }
}

/// Whether properties tell of tracked changes.
pub(super) fn is_tracked(properties: &str) -> bool {
    ["ins ", "del ", "moveFrom ", "moveTo ", "Change "]
        .iter()
        .any(|mark| properties.contains(mark))
}

/// Whether a character is written: XML can hold it, and Word shows it.
fn is_written(c: char) -> bool {
    is_allowed(c) && (!c.is_control() || c == '\t')
}

/// How many bytes two texts have in common, up to and with the last colon of these.
fn common(old: &str, new: &str) -> usize {
    let same = old
        .chars()
        .zip(new.chars())
        .take_while(|(old, new)| old == new);
    let mut at = 0;
    let mut kept = 0;
    for (c, _) in same {
        at += c.len_utf8();
        if matches!(c, ':' | '：') {
            kept = at;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        let cell = "<w:tcPr/><w:p/>";
        let edits = written(&format!("{cell}</w:tc>"), "甲\u{FFFE}\u{7}<乙").unwrap();
        assert_eq!(
            edits.unwrap().apply(cell),
            "<w:tcPr/><w:p><w:r><w:t xml:space=\"preserve\">甲&lt;乙</w:t></w:r></w:p>"
        );
    }
}
