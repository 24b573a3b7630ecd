//! How cells of the workbook look.

use std::collections::HashMap;

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use crate::summary::table::Value;

/// Excel shows no more decimals than these.
const MOST_DECIMALS: u32 = 15;

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Look {
    /// A heading.
    Heading,
    /// Text, or nothing.
    Text,
    /// Yes or no.
    Flag,
    /// A number with so many decimals.
    Number(u32),
    /// An amount of money with so many decimals.
    Amount(u32),
    /// A share, in percent.
    Share,
}

impl Look {
    /// That of a value, in a column of amounts with so many decimals or in another.
    pub(super) fn of(value: &Value, decimals: Option<u32>) -> Self {
        match (value, decimals) {
            (Value::Blank | Value::Text(_), _) => Self::Text,
            (Value::Flag(_), _) => Self::Flag,
            (Value::Share(_), _) => Self::Share,
            (Value::Number(_), Some(decimals)) => Self::Amount(decimals),
            (Value::Number(number), None) => Self::Number(number.scale()),
            (Value::Count(_), _) => Self::Number(0),
        }
    }
}

/// The formats in use, each made once.
#[derive(Default)]
pub(super) struct Looks(HashMap<(Look, bool), Format>);

impl Looks {
    /// The format of a look, in the row of totals or in another.
    pub(super) fn of(&mut self, look: Look, is_total: bool) -> &Format {
        let known = self.0.entry((look, is_total));
        known.or_insert_with(|| format(look, is_total))
    }
}

fn format(look: Look, is_total: bool) -> Format {
    let base = Format::new()
        .set_font_name("宋体")
        .set_font_size(10)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_text_wrap();
    let base = match is_total || look == Look::Heading {
        true => base.set_bold().set_background_color("F2F2F2"),
        false => base,
    };
    match look {
        Look::Heading => base.set_align(FormatAlign::Center),
        Look::Text => base.set_align(FormatAlign::Left),
        Look::Flag => base.set_align(FormatAlign::Center),
        Look::Number(decimals) => numeric(base, &with_decimals("0", decimals)),
        Look::Amount(decimals) => numeric(base, &with_decimals("#,##0", decimals)),
        Look::Share => numeric(base, "0.00%"),
    }
}

fn numeric(base: Format, code: &str) -> Format {
    base.set_align(FormatAlign::Right).set_num_format(code)
}

fn with_decimals(whole: &str, decimals: u32) -> String {
    match decimals.min(MOST_DECIMALS) {
        0 => whole.to_owned(),
        decimals => format!("{whole}.{}", "0".repeat(decimals as usize)),
    }
}
