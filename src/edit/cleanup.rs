//! Takes out what a web form or word processor left in a pasted text: markup, invisible characters, odd spaces and breaks.
//! The words stay as they are, and so does the indent of two full-width spaces.

use crate::model::markup::{Markup, visible_text};

/// Whether [`clean`] would change the text in more than the spaces and breaks at its end, which come with typing.
pub fn needs(text: &str) -> bool {
    let text = text.trim_end_matches([' ', '\n']);
    clean(text) != text
}

/// The text without markup, invisible characters, odd spaces, spaces at line ends, and more than one blank line in a row or
/// any at its ends. Cleaning twice is the same as once. Signs such as "<3天" are no markup and stay.
pub fn clean(text: &str) -> String {
    let mut plain = without_invisible(text);
    // What was escaped twice shows its markup only after the first time. Each time makes the text shorter.
    while !Markup::in_text(&plain).is_none() {
        plain = without_invisible(&visible_text(&plain));
    }
    tidy_lines(&with_plain_breaks(&plain))
}

fn without_invisible(text: &str) -> String {
    text.chars().filter(|c| !is_invisible(*c)).collect()
}

/// Characters without width and marks of direction.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}'
    )
}

/// Line breaks of every origin as "\n", spaces of unusual widths as ordinary ones.
fn with_plain_breaks(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|c| match c {
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => ' ',
            _ => c,
        })
        .collect()
}

fn tidy_lines(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut blank_lines = 0;
    for line in text.split('\n').map(str::trim_end) {
        if line.is_empty() {
            blank_lines += 1;
            continue;
        }
        if !tidy.is_empty() {
            tidy.push_str(if blank_lines > 0 { "\n\n" } else { "\n" });
        }
        blank_lines = 0;
        tidy.push_str(line);
    }
    tidy
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn pasted_text_comes_out_as_it_was_meant() {
        for (pasted, meant) in [
            (
                "<p>一、办会；</p><p>二、评审&nbsp;8项。</p>",
                "一、办会；\n二、评审 8项。",
            ),
            ("<ul><li>甲</li><li>乙</li></ul>", "甲\n乙"),
            ("甲<br>乙<BR/>丙", "甲\n乙\n丙"),
            ("研发&amp;推广 &lt;3天", "研发&推广 <3天"),
            ("&amp;lt;p&amp;gt;甲&amp;lt;/p&amp;gt;", "甲"),
            ("甲\r\n乙\r丙\u{b}丁", "甲\n乙\n丙\n丁"),
            ("甲\u{200b}乙\u{feff}", "甲乙"),
            ("甲\u{a0}乙\u{a0}", "甲 乙"),
            ("甲。　　\n　　乙。 \t", "甲。\n　　乙。"),
            ("\n \n甲\n\n　\n\n乙\n\n", "甲\n\n乙"),
            ("<\u{200b}p>甲</p>", "甲"),
            ("&#8203;甲&#160;", "甲"),
            (" \u{a0}　", ""),
        ] {
            assert_eq!(clean(pasted), meant, "{pasted:?}");
            assert!(needs(pasted), "{pasted:?}");
        }
    }

    #[test]
    fn clean_text_is_left_alone() {
        for text in [
            "",
            "≤5% <3天",
            "a<b且c>d",
            "研发&推广",
            "发表于<Nature>",
            "　　一、甲。\n\n　　二、乙　丙。",
            "甲\t乙",
        ] {
            assert_eq!(clean(text), text);
            assert!(!needs(text), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(
            pieces in proptest::collection::vec(
                prop_oneof![
                    proptest::sample::select(vec![
                        "<p>", "</p>", "<br", "/>", "<", ">", "&", "amp;", "lt;", "gt;", "&nbsp;", "&#8203;", "p", "li",
                        "\r", "\n", "\r\n", " ", "　", "\u{a0}", "\u{200b}", "\u{feff}", "\u{2028}", "\u{b}", "<!--", "-->",
                        "&#13;", "&#8232;", "甲",
                    ]).prop_map(str::to_owned),
                    ".{0,4}".prop_map(|text| text),
                ],
                0..30,
            ),
        ) {
            let once = clean(&pieces.concat());
            prop_assert_eq!(clean(&once), once.clone());
            prop_assert!(!needs(&once));
        }
    }
}
