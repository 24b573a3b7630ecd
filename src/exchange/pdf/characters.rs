//! Characters as fonts of a PDF name them: look-alikes, ligatures, boxes to tick.

use unicode_normalization::UnicodeNormalization;

/// What a letter of a font stands for.
pub(super) enum Meaning {
    /// These characters.
    Text(String),
    /// Nothing that is seen.
    Nothing,
    /// The font does not say.
    Unknown,
}

/// What the text that a font gives for a letter means.
pub(super) fn meaning(text: &str) -> Meaning {
    if text.is_empty() {
        return Meaning::Unknown;
    }
    let mut plain = String::new();
    for one in text.chars() {
        match one {
            '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' => plain.push(' '),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            '\u{0}' | '\u{fffd}' => return Meaning::Unknown,
            '\u{1}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => {}
            '\u{f0fe}' | '\u{f052}' => plain.push('☑'),
            '\u{f0a3}' | '\u{f0a8}' | '\u{f06f}' => plain.push('□'),
            '\u{e000}'..='\u{f8ff}' => return Meaning::Unknown,
            // Whole radicals and compatibility ideographs are look-alikes; full-width forms are meant and stay.
            '\u{2f00}'..='\u{2fdf}'
            | '\u{f900}'..='\u{faff}'
            | '\u{2f800}'..='\u{2fa1f}'
            | '\u{fb00}'..='\u{fb06}' => plain.extend([one].into_iter().nfkc()),
            '\u{2e80}'..='\u{2eff}' => plain.push(of_radical(one)),
            _ => plain.push(one),
        }
    }
    if plain.is_empty() {
        Meaning::Nothing
    } else {
        Meaning::Text(plain)
    }
}

/// The ideograph that looks like a radical of the supplement; Unicode's normal forms leave these alone.
fn of_radical(radical: char) -> char {
    const PAIRS: [(char, char); 32] = [
        ('⺁', '厂'),
        ('⺏', '尣'),
        ('⺟', '母'),
        ('⺠', '民'),
        ('⺬', '示'),
        ('⻁', '虎'),
        ('⻄', '西'),
        ('⻅', '见'),
        ('⻆', '角'),
        ('⻉', '贝'),
        ('⻋', '车'),
        ('⻓', '长'),
        ('⻔', '门'),
        ('⻘', '青'),
        ('⻙', '韦'),
        ('⻚', '页'),
        ('⻛', '风'),
        ('⻜', '飞'),
        ('⻝', '食'),
        ('⻢', '马'),
        ('⻣', '骨'),
        ('⻤', '鬼'),
        ('⻥', '鱼'),
        ('⻦', '鸟'),
        ('⻧', '卤'),
        ('⻨', '麦'),
        ('⻩', '黄'),
        ('⻬', '齐'),
        ('⻮', '齿'),
        ('⻰', '龙'),
        ('⻳', '龟'),
        ('⺝', '月'),
    ];
    PAIRS
        .iter()
        .find(|(from, _)| *from == radical)
        .map_or(radical, |(_, to)| *to)
}

/// How wide text is that does not say so, in sizes of its font.
pub(super) fn usual_width(text: &str) -> f64 {
    let one = |one: char| if is_wide(one) { 1.0 } else { 0.5 };
    text.chars().map(one).sum::<f64>().max(0.5)
}

/// Whether a character takes the square of an ideograph.
pub(super) fn is_wide(one: char) -> bool {
    matches!(one, '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3fffd}'
        | '“' | '”' | '‘' | '’' | '…' | '—' | '①'..='⑳' | '□' | '☑' | '★' | '☆' | '≥' | '≤' | '√' | '×')
}

/// Whether a character never begins a line.
pub(super) fn closes(one: char) -> bool {
    "，。、；：！？）】》〉」』”’％%,.;:!?)]}…".contains(one)
}

/// Whether a character never ends a line.
pub(super) fn opens(one: char) -> bool {
    "（《〈「『“‘【([<≥≤>=＞＜＝".contains(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Option<String> {
        match meaning(text) {
            Meaning::Text(text) => Some(text),
            Meaning::Nothing | Meaning::Unknown => None,
        }
    }

    #[test]
    fn look_alikes_become_characters_and_full_width_forms_stay() {
        for (from, to) in [
            ("⼀", "一"),
            ("⻚", "页"),
            ("⻓", "长"),
            ("\u{f9dd}", "利"),
            ("ﬁ", "fi"),
            ("（", "（"),
            ("５", "５"),
            ("\u{f0fe}", "☑"),
            ("\u{a0}", " "),
        ] {
            assert_eq!(plain(from).as_deref(), Some(to), "{from}");
        }
    }

    #[test]
    fn a_font_that_does_not_say_is_told_from_nothing_to_see() {
        assert!(matches!(meaning(""), Meaning::Unknown));
        assert!(matches!(meaning("\u{e123}"), Meaning::Unknown));
        assert!(matches!(meaning("\u{0}"), Meaning::Unknown));
        assert!(matches!(meaning("\u{200b}"), Meaning::Nothing));
    }
}
