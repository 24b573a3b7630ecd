//! References to cells: `B7`, `A1:C3`.

use crate::exchange::grid::Place;

/// A cell's reference, with or without `$`. `None` for what none is.
pub(in crate::exchange) fn place(text: &str) -> Option<Place> {
    let text = text.trim().replace('$', "");
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (column, row) = text.split_at_checked(letters)?;
    if row.len() > 7 || !row.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(Place {
        row: row.parse::<u32>().ok()?.checked_sub(1)?,
        column: self::column(column)?,
    })
}

/// The number of a column from 0, by its one to three letters of either case. `None` for what is no such name.
pub(in crate::exchange) fn column(letters: &str) -> Option<u32> {
    let is_name = letters.len() <= 3 && letters.bytes().all(|byte| byte.is_ascii_alphabetic());
    let number = letters
        .bytes()
        .filter(|_| is_name)
        .fold(0, |number, letter| {
            26 * number + u32::from(letter.to_ascii_uppercase() - b'A') + 1
        });
    number.checked_sub(1)
}

/// The upper left and the lower right cell of an area.
pub(in crate::exchange) fn area(text: &str) -> Option<(Place, Place)> {
    let (from, to) = text.split_once(':')?;
    let (from, to) = (place(from)?, place(to)?);
    let upper_left = Place {
        row: from.row.min(to.row),
        column: from.column.min(to.column),
    };
    let lower_right = Place {
        row: from.row.max(to.row),
        column: from.column.max(to.column),
    };
    Some((upper_left, lower_right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_and_what_is_none_is_told() {
        for name in ["A1", "Z9", "AA10", "XFD1048576"] {
            assert_eq!(place(name).unwrap().name(), name);
        }
        assert_eq!(place("$b$7"), place("B7"));
        for text in [
            "",
            "A",
            "1",
            "A0",
            "AAAA1",
            "A12345678",
            "A1B",
            "甲1",
            "A-1",
        ] {
            assert_eq!(place(text), None, "{text}");
        }
        assert_eq!(area("C3:A1"), area("A1:C3"));
        assert_eq!(area("A:C"), None);
    }
}
