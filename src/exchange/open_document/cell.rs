//! What one cell shows.

use std::io::BufRead;

use crate::exchange::{
    error::ReadError,
    limits,
    markup::{Element, Markup, Node, append},
    workbook::book::LeftOut,
};

/// What a cell shows.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub(super) text: String,
    /// What lies in it besides.
    pub(super) left_out: LeftOut,
}

/// Reads the cell whose element was opened last.
pub(super) fn read<R: BufRead>(markup: &mut Markup<R>, cell: &Element) -> Result<Shown, ReadError> {
    let mut shown = Shown::default();
    let mut paragraphs = 0_usize;
    let mut open = 1_usize;
    // How many elements were open outside of the paragraph.
    let mut paragraph: Option<usize> = None;
    while open > 0 {
        match markup.next()? {
            Some(Node::Open(element)) => match element.name.as_str() {
                "annotation" => {
                    shown.left_out.comments = true;
                    markup.skip()?;
                }
                // The end of a comment; the small characters above others.
                "annotation-end" | "ruby-text" => markup.skip()?,
                "frame" | "custom-shape" | "rect" | "line" | "ellipse" | "circle" | "g"
                | "connector" | "caption" | "control" | "polygon" | "polyline" | "path" => {
                    shown.left_out.drawings = true;
                    markup.skip()?;
                }
                "p" | "h" => {
                    if paragraphs > 0 {
                        append(&mut shown.text, "\n")?;
                    }
                    paragraphs += 1;
                    paragraph.get_or_insert(open);
                    open += 1;
                }
                name => {
                    append_special(&mut shown.text, name, &element)?;
                    open += 1;
                }
            },
            Some(Node::Close(_)) => {
                open -= 1;
                if paragraph == Some(open) {
                    paragraph = None;
                }
            }
            Some(Node::Text(text)) if paragraph.is_some() => append(&mut shown.text, &text)?,
            // Between the paragraphs of a cell stand line ends of the file.
            Some(Node::Text(_)) => {}
            None => break,
        }
    }
    if paragraphs == 0 {
        shown.text = value(cell).unwrap_or_default().to_owned();
    }
    Ok(shown)
}

/// The value of a cell that has no text: written by a program that leaves the format to others.
fn value(cell: &Element) -> Option<&str> {
    [
        "value",
        "date-value",
        "time-value",
        "boolean-value",
        "string-value",
    ]
    .iter()
    .find_map(|name| cell.get(name))
}

fn append_special(text: &mut String, name: &str, element: &Element) -> Result<(), ReadError> {
    match name {
        "s" => {
            let spaces = element.get("c").and_then(|count| count.parse().ok());
            let spaces = spaces.unwrap_or(1_usize).min(limits::CELL);
            append(text, &" ".repeat(spaces))
        }
        "tab" => append(text, " "),
        "line-break" => append(text, "\n"),
        _ => Ok(()),
    }
}
