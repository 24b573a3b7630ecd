//! Comments in running text: numbered paragraphs, captions above them, and what stands around them.

use super::{Comment, Comments};
use crate::{
    exchange::grid::{Columns, Grid},
    model::typed::trim,
};

/// The longest caption, in characters.
const CAPTION: usize = 60;
/// The longest line of a signature, in characters.
const SIGNATURE: usize = 24;

/// A line of the text.
struct Line {
    /// How deep its number stands, and the number; `None` for a line without one.
    number: Option<(usize, String)>,
    text: String,
}

/// Reads the paragraphs of a grid.
pub(super) fn read(grid: &Grid, found: &mut Comments) {
    let mut lines = lines(grid);
    drop_signature(&mut lines, found);
    let numbered = lines.iter().filter(|line| line.number.is_some()).count();
    if numbered == 0 {
        for (number, line) in (found.rows.len() + 1..).zip(lines) {
            found.add(Comment {
                number: number.to_string(),
                comment: line.text,
                ..Comment::default()
            });
        }
        return;
    }
    let before = lines
        .iter()
        .take_while(|line| line.number.is_none())
        .count();
    if before > 0 {
        found
            .notes
            .push(format!("开头没有编号的 {before} 行没有列入。"));
    }
    items(lines.split_off(before), grid.columns, found);
}

/// The lines with text. Cells beside one another are one line; a number may stand in a cell of its own.
fn lines(grid: &Grid) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut row = None;
    let mut text = String::new();
    let mut end = |text: &mut String| {
        for line in text.lines() {
            let line = trim(line);
            if !line.is_empty() {
                lines.push(match number_of(line) {
                    Some((depth, number, rest)) => Line {
                        number: Some((depth, number)),
                        text: rest.to_owned(),
                    },
                    None => Line {
                        number: None,
                        text: line.to_owned(),
                    },
                });
            }
        }
        text.clear();
    };
    for cell in &grid.cells {
        if row != Some(cell.place.row) {
            end(&mut text);
            row = Some(cell.place.row);
        }
        let content = trim(&cell.text);
        let is_number = text.is_empty() && is_plain_number(content);
        if !text.is_empty() && !text.ends_with(['、', '\n']) {
            text.push(' ');
        }
        text.push_str(content);
        if is_number {
            text.push('、');
        }
    }
    end(&mut text);
    lines
}

/// A number that stands in a cell of its own.
fn is_plain_number(text: &str) -> bool {
    text.len() <= 3 && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Names and dates at the end of a letter are no part of the last comment.
fn drop_signature(lines: &mut Vec<Line>, found: &mut Comments) {
    let is_signature = |line: &Line| {
        line.number.is_none()
            && line.text.chars().count() <= SIGNATURE
            && !line.text.contains(['。', '；', '，', '：', '！', '？'])
    };
    let has_numbers = lines.iter().any(|line| line.number.is_some());
    let mut dropped = 0;
    while has_numbers && lines.last().is_some_and(is_signature) {
        lines.pop();
        dropped += 1;
    }
    if dropped > 0 {
        found
            .notes
            .push(format!("末尾的落款 {dropped} 行没有列入。"));
    }
}

/// Numbered lines with those that go on with them. One that is short and has deeper ones beneath is their caption.
fn items(lines: Vec<Line>, columns: Columns, found: &mut Comments) {
    let depths: Vec<Option<usize>> = lines
        .iter()
        .map(|line| line.number.as_ref().map(|(depth, _)| *depth))
        .collect();
    let next_depth = |at: usize| depths.iter().skip(at + 1).flatten().next().copied();
    let mut captions: Vec<(usize, String)> = Vec::new();
    let mut open: Option<Comment> = None;
    for (at, line) in lines.into_iter().enumerate() {
        let Some((depth, number)) = line.number else {
            if let Some(comment) = &mut open {
                go_on(&mut comment.comment, &line.text, columns);
            }
            continue;
        };
        captions.retain(|(above, _)| *above < depth);
        let goes_deeper = next_depth(at).is_some_and(|next| next > depth);
        if goes_deeper && is_caption(&line.text) {
            found.rows.extend(open.take());
            captions.push((depth, line.text));
            continue;
        }
        let above: Vec<&str> = captions.iter().map(|(_, text)| &**text).collect();
        let begun = Comment {
            number,
            project: above.join("，"),
            comment: line.text,
            ..Comment::default()
        };
        found.rows.extend(open.replace(begun));
    }
    found.rows.extend(open);
}

fn is_caption(text: &str) -> bool {
    let inner = text.trim_end_matches(['：', ':', '。']);
    inner.chars().count() <= CAPTION && !inner.contains(['。', '；'])
}

/// A paragraph of its own in a document; in a PDF the same sentence, broken where the line was full.
fn go_on(comment: &mut String, text: &str, columns: Columns) {
    let is_broken = columns == Columns::Loose && !comment.ends_with(['。', '；', '：']);
    if !is_broken && !comment.is_empty() {
        comment.push('\n');
    }
    comment.push_str(text);
}

/// A line's number: how deep it stands, the number, and what follows.
fn number_of(line: &str) -> Option<(usize, String, &str)> {
    let bracketed = || {
        let inner = line.strip_prefix(['（', '('])?;
        let end = inner.find(['）', ')'])?;
        let (number, rest) = (&inner[..end], &inner[end..]);
        let mut rest = rest.chars();
        rest.next();
        let depth = match () {
            () if is_chinese(number) => 1,
            () if is_digits(number) => 3,
            () => return None,
        };
        Some((depth, format!("（{number}）"), rest.as_str()))
    };
    let circled = || {
        let first = line.chars().next().filter(|c| ('①'..='⑳').contains(c))?;
        Some((4, first.to_string(), &line[first.len_utf8()..]))
    };
    let led = || {
        let line = line.strip_prefix('第').unwrap_or(line);
        let end = line.find(|c: char| !(c.is_ascii_digit() || CHINESE.contains(c)))?;
        let number = &line[..end];
        let mark = line[end..].chars().next()?;
        let rest = &line[end + mark.len_utf8()..];
        let depth = match () {
            () if is_chinese(number) && matches!(mark, '、' | '.' | '．' | '条' | '：') => 0,
            () if is_digits(number) && matches!(mark, '、' | '）' | ')' | '条') => 2,
            // 1.5 is an amount.
            () if is_digits(number) && matches!(mark, '.' | '．') && !starts_with_digit(rest) => 2,
            () => return None,
        };
        Some((depth, number.to_owned(), rest))
    };
    let (depth, number, rest) = bracketed().or_else(circled).or_else(led)?;
    Some((
        depth,
        number,
        trim(rest.trim_start_matches(['、', '：', ':', '.', '．'])),
    ))
}

const CHINESE: &str = "一二三四五六七八九十百";

fn is_chinese(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| CHINESE.contains(c))
}

fn is_digits(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}
