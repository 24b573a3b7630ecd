//! 年度总体目标: what was expected and what was done, side by side or one above the other.

use super::{
    super::found::{Field, FoundGoal},
    foot,
    form::Reading,
    funds, head, heading, outline, parts,
    sheet::{Sheet, append, overlap},
    table::remarked,
    words::{self, Caption, GoalWord},
};
use crate::exchange::grid::Cell;

/// Whether a goal block begins in the row.
pub(super) fn begins(sheet: &Sheet, row: u32) -> bool {
    let line = sheet.line(row);
    let is_goal = |index: &usize| words::goal(sheet.key(*index)).is_some();
    line.first().is_some_and(is_goal) || line.iter().filter(|index| is_goal(index)).count() >= 2
}

/// Whether the row gives the reason why the goal right above was missed: a caption beside its text.
pub(super) fn goes_on(sheet: &Sheet, reading: &Reading, row: u32) -> bool {
    let line = sheet.line(row);
    let stated = reading.form.goals.last().is_some_and(|goal| {
        goal.columns.is_empty() && (goal.expected.is_some() || goal.actual.is_some())
    });
    stated && is_reason(sheet, &line)
}

/// Whether the line is a caption for reasons, with or without a text beside it.
fn is_reason(sheet: &Sheet, line: &[usize]) -> bool {
    let is_caption = |index: &usize| {
        let key = sheet.key(*index);
        words::length(key) <= 20 && (key.contains("偏差") || key.contains("原因"))
    };
    matches!(line, [first] | [first, _] if is_caption(first))
}

/// Reads a caption with the text beside it as a further text of the goal.
pub(super) fn read_further(sheet: &mut Sheet, reading: &mut Reading, row: u32) -> u32 {
    let line = sheet.line(row);
    if let Some((&first, rest)) = line.split_first() {
        let caption = sheet.take(first);
        let value = sheet.take_joined(rest, " ");
        reading.goal().others.push(Field { caption, value });
    }
    row + 1
}

/// Whether the row holds goals with their captions in the same cell ("年初目标：举办展览8场。").
pub(super) fn is_inline(sheet: &Sheet, row: u32) -> bool {
    let line = sheet.line(row);
    line.len() <= 3 && line.iter().any(|&index| inline(sheet, index).is_some())
}

/// A goal with its caption in the same cell.
fn inline(sheet: &Sheet, index: usize) -> Option<(GoalWord, Field)> {
    let word = |key: &str| {
        words::goal(key)
            .filter(|(_, numbered)| !numbered)
            .map(|(word, _)| word)
    };
    let mut fields = parts::split(sheet.cell(index), |key| word(key).is_some())?;
    let field = fields.pop().filter(|field| field.value.is_some())?;
    let word = word(&words::key(&field.caption.text))?;
    fields.is_empty().then_some((word, field))
}

/// Reads goals with their captions in the same cell; another caption stands at their side.
pub(super) fn read_inline(sheet: &mut Sheet, reading: &mut Reading, row: u32) -> u32 {
    for index in sheet.line(row) {
        if let Some((word, field)) = inline(sheet, index) {
            sheet.take(index);
            place(reading.goal_without_table(), word, field);
        } else if words::goal(sheet.key(index)).is_some() {
            side_caption(sheet, reading, index);
        }
    }
    row + 1
}

/// Whether a goal block begins in a row of an open indicator table: its caption is told from an indicator's by what stands
/// beside it.
pub(super) fn interrupts(sheet: &Sheet, row: u32) -> bool {
    let line = sheet.line(row);
    let Some((_, numbered)) = line
        .first()
        .and_then(|&first| words::goal(sheet.key(first)))
    else {
        return false;
    };
    let next = line.get(1);
    let long = next.is_some_and(|&next| words::length(sheet.text(next)) > 15) && line.len() <= 4;
    let caption = next.is_some_and(|&next| words::goal(sheet.key(next)).is_some());
    numbered || long || caption
}

/// Reads the block that begins in the row; gives the first row after it.
pub(super) fn read(sheet: &mut Sheet, reading: &mut Reading, row: u32) -> u32 {
    let line = sheet.line(row);
    let words: Vec<Option<(GoalWord, bool)>> = line
        .iter()
        .map(|&index| words::goal(sheet.key(index)))
        .collect();
    let mut words = words;
    if has_reasons_beside(sheet, &line, &words) {
        for word in &mut words {
            *word = word.or(Some((GoalWord::Other, false)));
        }
    } else if is_beside_captions(sheet, reading, row, &line) {
        for (word, &index) in words.iter_mut().zip(&line) {
            *word = word.or_else(|| Some((words::goal_like(sheet.text(index)), false)));
        }
    }
    let captions = words.iter().flatten().count();
    if captions == line.len() && captions >= 2 {
        columns(sheet, reading, row, &line, &words)
    } else {
        pairs(sheet, reading, row, &line, &words)
    }
}

/// Whether the row is captions of what was expected and what was done, with one for reasons beside them.
fn has_reasons_beside(sheet: &Sheet, line: &[usize], words: &[Option<(GoalWord, bool)>]) -> bool {
    let is_reason = |index: usize| {
        let key = sheet.key(index);
        words::length(key) <= 12 && ["偏差", "原因"].iter().any(|word| key.contains(word))
    };
    words.iter().flatten().count() >= 2
        && line
            .iter()
            .zip(words)
            .all(|(&index, word)| word.is_some() || is_reason(index))
}

/// Whether the row is a caption at the side with short captions right of it, which have their texts below them: then they
/// are captions whatever words they use.
fn is_beside_captions(sheet: &Sheet, reading: &Reading, row: u32, line: &[usize]) -> bool {
    let Some((&side, captions)) = line.split_first() else {
        return false;
    };
    let deep = sheet.cell(side).rows;
    let is_caption = |index: &usize| {
        let text = sheet.text(*index);
        let of_goals = ["目标", "完成", "任务", "内容", "计划", "原因"];
        sheet.cell(*index).rows < deep
            && words::length(sheet.key(*index)) <= 14
            && of_goals.iter().any(|word| text.contains(word))
            && !text.contains(['。', '，', '；', ';', ','])
            && !words::begins_as_value(text)
    };
    if sheet.loose || captions.len() < 2 || deep < 2 || !captions.iter().all(is_caption) {
        return false;
    }
    let end = row.saturating_add(deep).min(reading.end);
    sheet.next_line(row + 1, end).is_some_and(|below| {
        let texts = sheet.line(below);
        let under = |text: &usize| {
            let here = sheet.columns(*text);
            captions
                .iter()
                .any(|&caption| overlap(&sheet.columns(caption), &here) > 0)
        };
        texts.len() <= captions.len()
            && texts.iter().all(under)
            && !begins_other(sheet, reading, below)
    })
}

/// Captions side by side, with the texts in the rows below.
fn columns(
    sheet: &mut Sheet,
    reading: &mut Reading,
    row: u32,
    line: &[usize],
    words: &[Option<(GoalWord, bool)>],
) -> u32 {
    // The first of three, or of two that both mean the goal, stands at the side.
    let expected = |at: usize| matches!(words.get(at), Some(Some((GoalWord::Expected, _))));
    let tall = line
        .first()
        .is_some_and(|&first| sheet.cell(first).rows > 1)
        && line
            .get(1)
            .is_some_and(|&second| sheet.cell(second).rows == 1);
    let has_both = words
        .iter()
        .skip(1)
        .flatten()
        .any(|(word, _)| *word == GoalWord::Actual)
        && expected(1);
    let side = usize::from(tall || has_both || (expected(0) && expected(1)));
    if side == 1
        && let Some(&first) = line.first()
    {
        side_caption(sheet, reading, first);
    }
    let captions = line.get(side..).unwrap_or_default();
    let (texts, next) = texts(sheet, reading, captions, row + 1);
    for ((&index, word), value) in captions.iter().zip(words.iter().skip(side)).zip(texts) {
        let caption = sheet.take(index);
        if let Some((word, _)) = *word {
            place(reading.goal_without_table(), word, Field { caption, value });
        }
    }
    next
}

/// The texts below captions side by side, and the first row after them.
fn texts(
    sheet: &mut Sheet,
    reading: &mut Reading,
    captions: &[usize],
    from: u32,
) -> (Vec<Option<Cell>>, u32) {
    let mut texts: Vec<Option<Cell>> = vec![None; captions.len()];
    let mut next = from;
    while let Some(at) = sheet.next_line(next, reading.end) {
        if begins_other(sheet, reading, at) {
            break;
        }
        let cells = sheet.line(at);
        if sheet.loose && cells.len() != captions.len() {
            let note = "目标与完成情况的文字没有分成与标题同样多的列，按先后次序读取，请与原件核对";
            reading.form.warnings.extend(
                cells
                    .first()
                    .map(|&index| remarked(sheet.cell(index).clone(), note)),
            );
        }
        for (order, &index) in cells.iter().enumerate() {
            let Some(column) = column_of(sheet, captions, index, order) else {
                continue;
            };
            let cell = sheet.take(index);
            match texts.get_mut(column) {
                Some(Some(text)) => {
                    text.rows = (at + cell.rows).saturating_sub(text.place.row);
                    append(text, "\n", &cell);
                }
                Some(text) => *text = Some(cell),
                None => {}
            }
        }
        next = at + 1;
    }
    (texts, next)
}

/// Which of the captions a text belongs to.
fn column_of(sheet: &Sheet, captions: &[usize], index: usize, order: usize) -> Option<usize> {
    if sheet.loose {
        return captions.len().checked_sub(1).map(|last| order.min(last));
    }
    let here = sheet.columns(index);
    (0..captions.len()).find(|&at| overlap(&sheet.columns(captions[at]), &here) > 0)
}

/// Captions with the texts beside them; a text may also stand alone below its caption.
fn pairs(
    sheet: &mut Sheet,
    reading: &mut Reading,
    row: u32,
    line: &[usize],
    words: &[Option<(GoalWord, bool)>],
) -> u32 {
    let mut at = 0;
    while let Some(&index) = line.get(at) {
        let Some(Some((word, numbered))) = words.get(at).copied() else {
            at += 1;
            continue;
        };
        let next_is_caption = matches!(words.get(at + 1), Some(Some(_)));
        if at == 0 && (next_is_caption || line.len() == 1) && word != GoalWord::Other {
            let alone = line.len() == 1 && sheet.cell(index).rows == 1;
            if let Some(row) = alone.then(|| below(sheet, reading, row)).flatten() {
                let caption = sheet.take(index);
                let value = text_below(sheet, row);
                place(
                    block_for(reading, word, numbered, &caption),
                    word,
                    Field { caption, value },
                );
                return row + 1;
            }
            side_caption(sheet, reading, index);
            at += 1;
            continue;
        }
        let value = line.get(at + 1).copied().filter(|_| !next_is_caption);
        let caption = sheet.take(index);
        let value = value.map(|value| sheet.take(value));
        at += 1 + usize::from(value.is_some());
        place(
            block_for(reading, word, numbered, &caption),
            word,
            Field { caption, value },
        );
    }
    row + 1
}

/// The row below where the text of a lone caption stands.
fn below(sheet: &Sheet, reading: &Reading, row: u32) -> Option<u32> {
    let next = sheet.next_line(row + 1, reading.end)?;
    (sheet.line(next).len() == 1 && !begins_other(sheet, reading, next)).then_some(next)
}

fn text_below(sheet: &mut Sheet, row: u32) -> Option<Cell> {
    let line = sheet.line(row);
    sheet.take_joined(&line, " ")
}

/// The block that a field belongs to: a numbered caption begins one of its own.
fn block_for<'r>(
    reading: &'r mut Reading,
    word: GoalWord,
    numbered: bool,
    caption: &Cell,
) -> &'r mut FoundGoal {
    if numbered && word == GoalWord::Expected {
        begin_numbered(reading, caption);
        return reading.goal();
    }
    reading.goal_without_table()
}

/// A block with its own caption and weight.
fn begin_numbered(reading: &mut Reading, caption: &Cell) {
    let fresh = reading.form.goals.last().is_none_or(|goal| {
        !goal.columns.is_empty() || goal.expected.is_some() || goal.caption.is_some()
    });
    if fresh {
        reading.form.goals.push(FoundGoal::default());
    }
    let goal = reading.goal();
    goal.weight = words::points(&caption.text).map(|text| Cell {
        text,
        ..caption.clone()
    });
    goal.caption = Some(caption.clone());
}

/// A caption at the side of a block.
pub(super) fn side_caption(sheet: &mut Sheet, reading: &mut Reading, index: usize) {
    let numbered = words::goal(sheet.key(index)).is_some_and(|(_, numbered)| numbered);
    let cell = sheet.take(index);
    if numbered {
        begin_numbered(reading, &cell);
        return;
    }
    let goal = reading.goal_without_table();
    if goal.side.is_none() {
        goal.side = Some(cell);
    } else {
        goal.others.push(Field {
            caption: cell,
            value: None,
        });
    }
}

fn place(goal: &mut FoundGoal, word: GoalWord, field: Field) {
    match word {
        GoalWord::Expected if goal.expected.is_none() => goal.expected = Some(field),
        GoalWord::Actual if goal.actual.is_none() => goal.actual = Some(field),
        GoalWord::Expected | GoalWord::Actual | GoalWord::Other => goal.others.push(field),
    }
}

/// Whether something else begins in the row.
fn begins_other(sheet: &Sheet, reading: &Reading, row: u32) -> bool {
    let line = sheet.line(row);
    let first_is =
        |test: &dyn Fn(&str) -> bool| line.first().is_some_and(|&first| test(sheet.key(first)));
    heading::is_heading(sheet, row)
        || begins(sheet, row)
        || outline::is_title(sheet, row)
        || (!reading.tabled && funds::is_heading(sheet, row))
        || foot::begins(sheet, row)
        || (line.len() == 2 && is_reason(sheet, &line))
        || (line.len() >= 2 && first_is(&|key| words::header(key) == Caption::Sure))
        || line
            .first()
            .is_some_and(|&first| head::is_unit_only(sheet.text(first)))
}
