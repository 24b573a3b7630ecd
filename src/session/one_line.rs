//! What comes from a file, on its way into a message or a name: it must neither move the cursor nor look like a line of ours.

/// The most characters of one text; the rest is said to be missing by "…".
const LONGEST: usize = 1000;

/// The text in one line: control characters, line breaks and marks that turn the reading direction are spaces, and what is
/// very long is cut.
pub fn one_line(text: &str) -> String {
    beginning(text, LONGEST)
}

/// The first `most` characters of a text in one line, with "…" where there are more.
pub fn beginning(text: &str, most: usize) -> String {
    let mut line: String = text
        .chars()
        .take(most)
        .map(|c| if is_visible(c) { c } else { ' ' })
        .collect();
    if text.chars().nth(most).is_some() {
        line.push('…');
    }
    line
}

/// Whether a character neither moves what follows it nor hides.
pub fn is_visible(c: char) -> bool {
    let turns = matches!(
        c,
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
    );
    let breaks = matches!(c, '\u{2028}' | '\u{2029}');
    !(c.is_control() || turns || breaks)
}
