//! Text on its way to paper: what may be printed of it, how wide it is, where a line may end.

/// How wide characters are, in hundredths of the font's size.
pub trait Advances {
    /// The width of a character.
    fn advance(&self, character: char) -> u32;

    /// The width of a text in one line.
    fn width(&self, text: &str) -> u32 {
        text.chars().map(|character| self.advance(character)).sum()
    }
}

/// Where a line may end although neither a space nor a Chinese character is there.
const MAY_BREAK: char = '\u{200B}';

/// The lines of a text as they can be printed: control characters and marks that turn the reading direction are left out,
/// tabs are spaces, empty lines at the end are dropped, and of many empty lines after each other two are left. A few line
/// ends and nothing else are room to write by hand and stay.
pub fn lines(text: &str) -> Vec<String> {
    const MOST_ROOM: usize = 4;
    if !text.is_empty() && text.len() < MOST_ROOM && text.bytes().all(|byte| byte == b'\n') {
        return vec![String::new(); text.len() + 1];
    }
    let mut lines: Vec<String> = Vec::new();
    let mut empty = 0;
    for line in text.split('\n') {
        let line: String = line.chars().filter_map(printable).collect();
        empty = if line.trim().is_empty() { empty + 1 } else { 0 };
        if empty <= 2 {
            lines.push(line);
        }
    }
    while lines.len() > 1 && lines.last().is_some_and(|line| line.trim().is_empty()) {
        lines.pop();
    }
    lines
}

fn printable(character: char) -> Option<char> {
    match character {
        '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{61C}' | '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => None,
        '\u{2060}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}' => None,
        _ if character.is_control() => None,
        _ => Some(character),
    }
}

/// The line with places to break in every stretch that would not fit `room` (in hundredths of the font's size) and in which
/// typesetting finds no place to break.
pub fn with_breaks(line: &str, room: u32, advances: &impl Advances) -> String {
    if advances.width(line) <= room {
        return line.to_owned();
    }
    let mut broken = String::with_capacity(line.len());
    for stretch in stretches(line) {
        if advances.width(stretch) <= room {
            broken.push_str(stretch);
            continue;
        }
        let mut since = 0;
        let mut before = None;
        for (index, character) in stretch.chars().enumerate() {
            // Some eight places in a line do: each of them costs time. None is behind a bracket that opens, unless nothing
            // else helps.
            let lone = before.is_some_and(opens) && since < room / 2;
            if index > 0 && since >= room / 8 && !lone {
                broken.push(MAY_BREAK);
                since = 0;
            }
            broken.push(character);
            before = Some(character);
            since += advances.advance(character);
        }
    }
    broken
}

/// The parts of a line between which it may end for sure.
pub(super) fn stretches(line: &str) -> Vec<&str> {
    let mut stretches = Vec::new();
    let mut start = 0;
    let mut before = None;
    // The last character that is no white space.
    let mut last = None;
    for (at, character) in line.char_indices() {
        if before.is_some_and(breaks_after) && breaks_before(character) && !last.is_some_and(opens)
        {
            stretches.push(&line[start..at]);
            start = at;
        }
        before = Some(character);
        if !character.is_whitespace() {
            last = before;
        }
    }
    stretches.push(&line[start..]);
    stretches
}

/// Whether a line may end behind the character: white space, and letters of scripts without spaces.
fn breaks_after(character: char) -> bool {
    character.is_whitespace() || (character >= '\u{2E80}' && character.is_alphabetic())
}

/// Whether a line may begin with the character. Stops and signs may not, not even behind a space.
fn breaks_before(character: char) -> bool {
    character.is_alphanumeric()
}

/// Whether a line may not end behind the character, not even behind a space after it.
fn opens(character: char) -> bool {
    "([{<\"'（［｛“‘《〈「『【〔".contains(character)
}

/// How many lines a text needs in a column of this width, roughly: never too few by much.
pub fn line_count(text: &str, room: u32, advances: &impl Advances) -> u32 {
    lines(text)
        .iter()
        // A line ends up to one character before the edge.
        .map(|line| {
            advances
                .width(line)
                .div_ceil(room.saturating_sub(100).max(100))
                .max(1)
        })
        .sum()
}

/// A number's parts on both sides of its decimal point, the point and a percent sign with the decimals; `None` for what is
/// no plain number.
pub fn number_parts(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let body = text.strip_suffix(['%', '％']).unwrap_or(text);
    let is_number = body.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        && body.ends_with(|c: char| c.is_ascii_digit())
        && body
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'));
    is_number.then(|| text.split_at(text.find(['.', '%', '％']).unwrap_or(text.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Square;

    impl Advances for Square {
        fn advance(&self, character: char) -> u32 {
            if character < '\u{2E80}' { 50 } else { 100 }
        }
    }

    #[test]
    fn control_characters_are_left_out_and_lines_kept() {
        assert_eq!(lines("一\u{0}\u{7}二\r\n\t三\n\n"), ["一二", " 三"]);
        assert_eq!(lines(""), [""]);
        let gap = format!("一{}二", "\n".repeat(10_000));
        assert_eq!(lines(&gap), ["一", "", "", "二"]);
        assert_eq!(lines("\n\n\n"), ["", "", "", ""]);
        assert_eq!(lines(&"\n".repeat(10_000)), [""]);
    }

    #[test]
    fn only_what_does_not_fit_is_broken() {
        assert_eq!(
            with_breaks("https://a.cn 好", 900, &Square),
            "https://a.cn 好"
        );
        let broken = with_breaks("共aaaaaa个", 250, &Square);
        assert_eq!(broken.replace('\u{200B}', ""), "共aaaaaa个");
        assert_eq!(broken.matches('\u{200B}').count(), 6, "{broken:?}");
        assert!(with_breaks("。。。。。。", 250, &Square).contains('\u{200B}'));
        let continued = with_breaks("（40分）（续）", 500, &Square);
        assert!(!continued.contains("（\u{200B}"), "{continued:?}");
    }

    #[test]
    fn spaces_and_letters_do_not_end_lines_before_stops() {
        for line in ["abcd. :ab", "(  abcdef", "项目：abcd", "项，，，，"] {
            let broken = with_breaks(line, 250, &Square);
            assert!(broken.contains('\u{200B}'), "{broken:?}");
        }
        assert_eq!(with_breaks("abcd ab. abcd", 250, &Square), "abcd ab. abcd");
        assert_eq!(with_breaks("项目项目", 250, &Square), "项目项目");
    }

    #[test]
    fn numbers_are_split_at_their_point() {
        assert_eq!(number_parts("99.70%"), Some(("99", ".70%")));
        assert_eq!(number_parts("8,620,000"), Some(("8,620,000", "")));
        assert_eq!(number_parts("99%"), Some(("99", "%")));
        assert_eq!(number_parts("—"), None);
        assert_eq!(number_parts("约10"), None);
    }
}
