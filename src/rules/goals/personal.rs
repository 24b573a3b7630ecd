//! Telephone and identity numbers in a form that is made public: G10.

use crate::{
    model::{path::Place, project::Stage},
    rules::{
        cells::{Cell, each_filled},
        facts::Facts,
        finding::{CellChange, Fix, Mend},
        form::Form,
        lexicon,
        sink::Sink,
    },
};

/// G10
pub fn numbers_of_persons(form: &Form<'_>, sink: &mut Sink<'_>) {
    if !form.facts.has(Facts::LONG_NUMBER) {
        return;
    }
    let is_public = form.project.stage == Stage::Published;
    let mut hits = Vec::new();
    each_filled(form, &mut |cell| {
        if cell.text.len() < SHORTEST
            || cell.numeric
            || !is_public && asks_for_telephone(form, cell)
        {
            return;
        }
        let found = personal_numbers(cell.text);
        if let Some(first) = found.first() {
            let hit = cell
                .hit(
                    sink,
                    "公开的表中有个人电话或身份证号",
                    "公开前删去号码或隐去中间几位",
                )
                .item(format!(
                    "{} 有{}{}",
                    cell.in_words(form),
                    first.kind,
                    first.masked
                ));
            let fix = (cell.mend == Mend::Now).then(|| masked(form, cell, &found));
            hits.push(hit.fix(fix));
        }
    });
    for hit in hits {
        sink.push(hit);
    }
}

/// The digits of a mobile number.
const SHORTEST: usize = 11;

/// Whether the cell is the form's own field for a telephone number, which is masked only when the form is made public.
fn asks_for_telephone(form: &Form<'_>, cell: &Cell<'_>) -> bool {
    let caption = match cell.place() {
        Place::Header(key) => form.edition.header_caption(&key).to_owned(),
        Place::Footer(key) => form.edition.footer_caption(&key).to_owned(),
        _ => return false,
    };
    lexicon::TELEPHONE.is_in(&caption)
}

/// A number of a person in a text.
struct Personal {
    kind: &'static str,
    start: usize,
    end: usize,
    masked: String,
}

/// Mobile numbers and identity numbers: runs of digits of just that length, by themselves.
fn personal_numbers(text: &str) -> Vec<Personal> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut start = 0;
    while start < bytes.len() {
        if !bytes[start].is_ascii_digit() {
            start += 1;
            continue;
        }
        let digits = bytes[start..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let mut end = start + digits;
        if digits == 17
            && bytes
                .get(end)
                .is_some_and(|byte| matches!(byte, b'X' | b'x'))
        {
            end += 1;
        }
        let is_part = |byte: Option<&u8>| {
            byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'.')
        };
        let before = start.checked_sub(1).and_then(|at| bytes.get(at));
        let is_decimal = matches!(bytes.get(end..end + 2), Some([b'.', b'0'..=b'9']));
        if !is_part(before) && !is_decimal && !bytes.get(end).is_some_and(u8::is_ascii_alphanumeric)
        {
            found.extend(personal_number(text, start, end));
        }
        start = end;
    }
    found
}

fn personal_number(text: &str, start: usize, end: usize) -> Option<Personal> {
    let number = &text[start..end];
    let (kind, kept) = match number.len() {
        11 if is_mobile(number) => ("手机号", 4),
        18 if is_identity(number) => ("身份证号", 4),
        _ => return None,
    };
    let hidden = number.len() - 3 - kept;
    let masked = format!(
        "{}{}{}",
        &number[..3],
        "*".repeat(hidden),
        &number[number.len() - kept..]
    );
    Some(Personal {
        kind,
        start,
        end,
        masked,
    })
}

fn is_mobile(number: &str) -> bool {
    matches!(number.as_bytes(), [b'1', b'3'..=b'9', ..])
}

/// Whether a number is an identity number by its check digit (GB 11643: weights 2^(17−i) mod 11).
fn is_identity(number: &str) -> bool {
    const CHECK: &[u8; 11] = b"10X98765432";
    let (body, check) = number.as_bytes().split_at(17);
    let mut weight = 1_u32;
    let mut sum = 0;
    for digit in body.iter().rev() {
        weight = weight * 2 % 11;
        sum += weight * u32::from(digit - b'0');
    }
    let wanted = CHECK.get((sum % 11) as usize);
    wanted.is_some_and(|wanted| check.first().map(u8::to_ascii_uppercase) == Some(*wanted))
}

fn masked(form: &Form<'_>, cell: &Cell<'_>, found: &[Personal]) -> Fix {
    let mut new = String::with_capacity(cell.text.len());
    let mut from = 0;
    for number in found {
        new.push_str(&cell.text[from..number.start]);
        new.push_str(&number.masked);
        from = number.end;
    }
    new.push_str(&cell.text[from..]);
    Fix {
        title: "隐去中间几位".into(),
        changes: vec![CellChange {
            at: form.at(cell.place()),
            new,
        }],
    }
}
