//! Which encoding a text is in: UTF-8, UTF-16, GB18030 (GBK). No guessing by frequencies: each is tried, and the first whose
//! rules the bytes keep is taken.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

const NAME_UTF_8: &str = "UTF-8";
const NAME_UTF_16: &str = "UTF-16";
const NAME_GB18030: &str = "GBK/GB18030";

/// Stands where bytes are no character.
pub const LOST: char = '\u{FFFD}';

/// The text of the bytes, and the name of the encoding for the report ("UTF-8", "UTF-16", "GBK/GB18030"). Bytes that do not
/// fit it stand as [`LOST`] in the text.
pub fn decode(bytes: &[u8]) -> (String, &'static str) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let name = if encoding == UTF_8 {
            NAME_UTF_8
        } else {
            NAME_UTF_16
        };
        let text = bytes.get(mark..).unwrap_or_default();
        return (visible(encoding.decode_without_bom_handling(text).0), name);
    }
    // First, because UTF-16 of plain letters and digits is valid UTF-8 as well.
    if let Some(text) = wide_without_mark(bytes) {
        return (text, NAME_UTF_16);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (visible(text.into()), NAME_UTF_8);
    }
    let (chinese, has_misfits) = GB18030.decode_without_bom_handling(bytes);
    if has_misfits {
        // A text in UTF-8 that was cut in the middle of a character is still one.
        let unicode = UTF_8.decode_without_bom_handling(bytes).0;
        if lost(&unicode) < lost(&chinese) {
            return (visible(unicode), NAME_UTF_8);
        }
    }
    (visible(chinese), NAME_GB18030)
}

/// How many characters of a text could not be read.
pub fn lost(text: &str) -> usize {
    text.matches(LOST).count()
}

/// What to say of the encoding of a file; `None` where it is the usual one.
pub fn remark(encoding: &str) -> Option<String> {
    (encoding != NAME_UTF_8).then(|| format!("文字按 {encoding} 编码读取。"))
}

/// No table holds a NUL: where one is left, the bytes were no text.
fn visible(text: Cow<str>) -> String {
    if text.contains('\0') {
        text.replace('\0', LOST.encode_utf8(&mut [0; 4]))
    } else {
        text.into_owned()
    }
}

/// UTF-16 without a byte order mark. Its tabs, line ends and digits contain zero bytes, which no other text does; the order
/// of bytes is the one in which nearly all characters are those of Chinese tables.
fn wide_without_mark(bytes: &[u8]) -> Option<String> {
    if bytes.len() < 2 || !bytes.len().is_multiple_of(2) || !bytes.contains(&0) {
        return None;
    }
    [UTF_16LE, UTF_16BE].into_iter().find_map(|encoding| {
        let (text, broken) = encoding.decode_without_bom_handling(bytes);
        (!broken && is_of_tables(&text)).then(|| text.into_owned())
    })
}

/// Whether at least nine of ten characters are letters, digits, Chinese characters or Chinese punctuation, and none a NUL.
fn is_of_tables(text: &str) -> bool {
    let mut all = 0_usize;
    let mut usual = 0_usize;
    for character in text.chars() {
        match character {
            '\0' => return false,
            '\t' | '\n' | '\r' | ' '..='~' => usual += 1,
            '\u{2010}'..='\u{2027}' | '\u{2200}'..='\u{22FF}' | '\u{25A0}'..='\u{2612}' => {
                usual += 1;
            }
            '\u{3000}'..='\u{303F}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}' => {
                usual += 1;
            }
            _ => {}
        }
        all += 1;
    }
    all > 0 && usual >= all - all / 10
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "一级指标\t二级指标\t年度指标值\r\n产出指标\t数量指标\t≥12 场\r\n";

    fn wide(text: &str, big: bool) -> Vec<u8> {
        let bytes = |unit: u16| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        };
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_of_an_office_is_told() {
        let mut marked = b"\xEF\xBB\xBF".to_vec();
        marked.extend_from_slice(TABLE.as_bytes());
        let mut little = b"\xFF\xFE".to_vec();
        little.extend(wide(TABLE, false));
        let mut big = b"\xFE\xFF".to_vec();
        big.extend(wide(TABLE, true));
        let chinese = GB18030.encode(TABLE).0.into_owned();
        for (bytes, name) in [
            (TABLE.as_bytes().to_vec(), "UTF-8"),
            (marked, "UTF-8"),
            (little, "UTF-16"),
            (big, "UTF-16"),
            (wide(TABLE, false), "UTF-16"),
            (wide(TABLE, true), "UTF-16"),
            (wide("A,B\n1,2\n", true), "UTF-16"),
            (chinese, "GBK/GB18030"),
        ] {
            let (text, found) = decode(&bytes);
            assert_eq!(found, name, "{text}");
            assert!(text == TABLE || text == "A,B\n1,2\n", "{text}");
        }
    }

    #[test]
    fn characters_outside_of_gbk_need_four_bytes() {
        let (bytes, _, _) = GB18030.encode("𠮷林路社区㑇");
        assert_eq!(decode(&bytes), ("𠮷林路社区㑇".to_owned(), "GBK/GB18030"));
    }

    #[test]
    fn broken_bytes_are_counted() {
        let mut chinese = GB18030.encode("培训场次\t12\n").0.into_owned();
        chinese.extend_from_slice(b"\xFF\n");
        let (text, name) = decode(&chinese);
        assert_eq!(
            (text.as_str(), name),
            ("培训场次\t12\n\u{FFFD}\n", "GBK/GB18030")
        );
        assert_eq!(lost(&text), 1);
    }

    #[test]
    fn utf_8_cut_in_a_character_stays_utf_8() {
        let cut = &"年初预算数,全年预算数,全年执行数".as_bytes()[..46];
        let (text, name) = decode(cut);
        assert_eq!((name, lost(&text)), ("UTF-8", 1));
    }

    #[test]
    fn what_is_no_text_is_told_by_what_is_lost() {
        let (text, _) = decode(b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xFF\xFF\x00\x00");
        assert!(lost(&text) > 4, "{text}");
        assert!(!text.contains('\0'));
        assert_eq!(decode(b"a\0b"), ("a\u{FFFD}b".to_owned(), "UTF-8"));
        assert_eq!(decode(b""), (String::new(), "UTF-8"));
    }

    #[test]
    fn only_the_unusual_is_remarked() {
        assert_eq!(remark("UTF-8"), None);
        assert_eq!(
            remark("GBK/GB18030").unwrap(),
            "文字按 GBK/GB18030 编码读取。"
        );
    }
}
