//! 佐证材料登记表: the register as a list.

use jiff::civil::DateTime;

use super::{Line, check::States};
use crate::{
    model::document::Document,
    sharing::{ledger::sheet::unit, listing::Listing},
    sheet::table::Style,
};

const COLUMNS: [(&str, u32, Style); 8] = [
    ("序号", 5, Style::Short),
    ("项目名称", 18, Style::Text),
    ("指标", 20, Style::Text),
    ("材料名称", 22, Style::Text),
    ("文件", 34, Style::Text),
    ("大小", 9, Style::Short),
    ("状态", 9, Style::Short),
    ("校验码（SHA-256 前 16 位）", 20, Style::Short),
];
/// So many digits tell any two files apart in practice, and fit a column.
const DIGITS: usize = 16;

/// The list; files that were not looked at have no state.
pub fn listing(document: &Document, lines: &[Line], states: &States, time: DateTime) -> Listing {
    let rows = lines.iter().enumerate().map(|(index, line)| {
        let evidence = &line.evidence;
        vec![
            (index + 1).to_string(),
            line.project_name.clone(),
            line.indicator.clone().unwrap_or_else(|| "整个项目".into()),
            line.title().to_owned(),
            evidence.file.clone(),
            match evidence.hash.is_empty() {
                true => String::new(),
                false => size_in_words(evidence.length),
            },
            states
                .get(&evidence.id)
                .map_or_else(String::new, ToString::to_string),
            evidence.hash.chars().take(DIGITS).collect(),
        ]
    });
    let mut beside = Vec::new();
    if let Some(unit) = unit(document) {
        beside.push(format!("单位：{unit}"));
    }
    beside.push(format!("日期：{}", time.strftime("%Y年%-m月%-d日")));
    beside.push(format!("共 {} 份", lines.len()));
    Listing {
        title: "佐证材料登记表",
        beside,
        columns: COLUMNS.to_vec(),
        rows: rows.collect(),
        signatures: Vec::new(),
    }
}

/// How large a file is, as people say it: "312 KB", "1.4 MB".
pub fn size_in_words(bytes: u64) -> String {
    const KB: u64 = 1 << 10;
    const MB: u64 = 1 << 20;
    const GB: u64 = 1 << 30;
    let tenths = |unit: u64| {
        let tenths = bytes.saturating_mul(10) / unit;
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match bytes {
        0..KB => format!("{bytes} B"),
        KB..MB => format!("{} KB", bytes / KB),
        MB..GB => format!("{} MB", tenths(MB)),
        _ => format!("{} GB", tenths(GB)),
    }
}
