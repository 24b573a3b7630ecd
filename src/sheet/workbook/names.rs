//! What worksheets are called.

use std::collections::HashSet;

use crate::sheet::{booklet::Part, table::Style, text};

/// The most units of UTF-16 that a worksheet's name may have.
const LONGEST: usize = 31;

/// A name for each part: the project's, that of an appendix with its number behind it; each once, whatever its case.
pub(super) fn of(parts: &[Part]) -> Vec<String> {
    let mut used = HashSet::new();
    parts
        .iter()
        .map(|part| unused(&part.sheet.name, &ordinal(part), &mut used))
        .collect()
}

/// "附一" of the heading "附一　校验意见"; nothing for a form.
fn ordinal(part: &Part) -> String {
    let cells = part.sheet.blocks.iter().flat_map(|block| &block.rows);
    let mut cells = cells.flat_map(|row| &row.cells);
    let heading = cells.find(|cell| cell.style == Style::Heading);
    heading
        .and_then(|cell| cell.text.split_once('　'))
        .map(|(ordinal, _)| format!(" {ordinal}"))
        .unwrap_or_default()
}

fn unused(name: &str, behind: &str, used: &mut HashSet<String>) -> String {
    let name = cleaned(name);
    let mut count = 1;
    loop {
        let number = match count {
            1 => String::new(),
            count => format!("({count})"),
        };
        let behind = format!("{number}{behind}");
        let name = format!("{}{behind}", shortened(&name, LONGEST - units(&behind)));
        if used.insert(name.to_lowercase()) {
            return name;
        }
        count += 1;
    }
}

/// The name in one line without the signs that no worksheet's name may have; never empty, and not the one name that Excel
/// keeps for itself.
fn cleaned(name: &str) -> String {
    let line = text::lines(name).join(" ");
    let plain: String = line
        .chars()
        .filter(|character| !"[]:*?/\\'".contains(*character))
        .collect();
    match plain.trim() {
        "" => "自评表".to_owned(),
        plain if plain.eq_ignore_ascii_case("history") => format!("{plain}_"),
        plain => plain.to_owned(),
    }
}

fn shortened(name: &str, most: usize) -> &str {
    let mut length = 0;
    let end = name.char_indices().find(|(_, character)| {
        length += character.len_utf16();
        length > most
    });
    end.map_or(name, |(at, _)| name[..at].trim_end())
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_clean_short_and_each_once() {
        let mut used = HashSet::new();
        let mut name = |name: &str| unused(name, "", &mut used);
        assert_eq!(name("经费[一]: 'A/B'"), "经费一 AB");
        assert_eq!(name("经费一 ab"), "经费一 ab(2)");
        assert_eq!(name("*?\n"), "自评表");
        assert_eq!(name("History"), "History_");
        let long = "长".repeat(40);
        assert_eq!(name(&long), "长".repeat(31));
        assert_eq!(name(&long), format!("{}(2)", "长".repeat(28)));
        assert_eq!(name(&"𠀀".repeat(20)), "𠀀".repeat(15));
    }
}
