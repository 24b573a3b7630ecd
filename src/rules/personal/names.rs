//! Names of people in running text, where the words around them say so. A name that stands by itself cannot be told from
//! other words, and is not guessed at.

use std::ops::Range;

use crate::rules::lexicon;

/// As long as a name may be, in characters, and as short.
const LENGTH: Range<usize> = 2..5;

/// The places of names, as bytes, from left to right: behind a label (联系人：张三), or before a title (张三同志).
pub fn names_in(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for label in lexicon::NAME_LABELS.find(text) {
        found.extend(name_behind(text, label.end));
    }
    for title in lexicon::NAME_TITLES.find(text) {
        found.extend(name_before(text, title.start));
    }
    found.retain(|range| !lexicon::NO_NAMES.is_in(&text[range.clone()]));
    found.sort_by_key(|range| (range.start, range.end));
    let mut end = 0;
    found.retain(|range| {
        let is_free = range.start >= end;
        end = end.max(range.end);
        is_free
    });
    found
}

/// The names in a field that is made for them: several may stand in it. What is no name by its looks counts as one as a whole,
/// since the field says what it is.
pub fn names_of_field(text: &str) -> Vec<&str> {
    let is_between = |c: char| c.is_whitespace() || "、，,;；/／和".contains(c);
    let parts: Vec<&str> = text
        .split(is_between)
        .map(without_brackets)
        .filter(|part| !part.is_empty())
        .collect();
    // 张　三
    let is_one_by_one = parts.len() > 1 && parts.iter().all(|part| part.chars().count() == 1);
    if is_one_by_one {
        return vec![text.trim()];
    }
    parts
        .into_iter()
        .filter(|part| part.chars().nth(1).is_some())
        .collect()
}

/// 张三（签字） is 张三.
fn without_brackets(part: &str) -> &str {
    let bare = part.split(['（', '(']).next().unwrap_or(part);
    match bare.trim_matches(['：', ':', '。']) {
        "" => "",
        bare => bare,
    }
}

/// A name with all but the family name hidden: 张**, 欧阳*.
pub fn hidden(name: &str) -> String {
    let known = lexicon::SURNAMES.begins(name);
    let first = name.chars().next().map_or(0, char::len_utf8);
    let kept = known.map_or(first, str::len).min(name.len());
    // A name that is a family name and nothing else would be shown whole.
    let kept = if kept == name.len() { first } else { kept };
    let rest = name[kept..].chars().filter(|c| !c.is_whitespace());
    let stars: String = rest.map(|_| '*').collect();
    format!("{}{stars}", &name[..kept])
}

fn name_behind(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = &text[from..];
    let name = rest.trim_start_matches([':', '：', ' ', '\u{3000}', '\t', '为', '是']);
    if name.len() == rest.len() || lexicon::SURNAMES.begins(name).is_none() {
        return None;
    }
    let length: usize = name
        .chars()
        .take_while(|c| is_han(*c))
        .map(char::len_utf8)
        .sum();
    let start = text.len() - name.len();
    let whole = &name[..length];
    let count = whole.chars().count();
    // Without a stop behind it, where it ends is not known: three characters is what most names have at most.
    let count = if LENGTH.contains(&count) { count } else { 3 };
    let end: usize = whole.chars().take(count).map(char::len_utf8).sum();
    (whole.chars().nth(1).is_some()).then_some(start..start + end)
}

fn name_before(text: &str, end: usize) -> Option<Range<usize>> {
    let before = &text[..end];
    let starts: Vec<usize> = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_han(*c))
        .take(3)
        .map(|(at, _)| at)
        .collect();
    // The longest that begins like a name: 欧阳明, 张三; at least two characters.
    let fits = |start: &&usize| lexicon::SURNAMES.begins(&before[**start..]).is_some();
    let is_whole = |start: usize| match before[..start].chars().next_back() {
        // In the middle of a sentence the name may begin later than it seems.
        Some(c) => !is_han(c) || "由请向与和及对为给".contains(c),
        None => true,
    };
    let start = *starts
        .iter()
        .skip(1)
        .rev()
        .find(|start| fits(start) && is_whole(**start))?;
    Some(start..end)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '·')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let places = names_in(text).into_iter();
        places.map(|range| &text[range]).collect()
    }

    #[test]
    fn names_stand_behind_labels_and_before_titles() {
        for (text, names) in [
            ("联系人：张三，电话见附件", vec!["张三"]),
            ("项目负责人 欧阳明华", vec!["欧阳明华"]),
            ("由王小明同志牵头，李四老师协助", vec!["王小明", "李四"]),
            ("负责人签字齐全", vec![]),
            ("各位老师认真负责", vec![]),
            ("全体老师和任课老师；负责人：项目主管", vec![]),
            ("经办人为赵六。", vec!["赵六"]),
            ("", vec![]),
        ] {
            assert_eq!(found(text), names, "{text}");
        }
    }

    #[test]
    fn fields_hold_one_name_or_several() {
        assert_eq!(names_of_field("张三（签字）、李四"), ["张三", "李四"]);
        assert_eq!(names_of_field(" 张　三 "), ["张　三"]);
        assert!(names_of_field("　").is_empty());
    }

    #[test]
    fn the_family_name_stays() {
        for (name, masked) in [
            ("张三", "张*"),
            ("欧阳明", "欧阳*"),
            ("张　三", "张*"),
            ("Ann", "A**"),
            ("欧阳", "欧*"),
        ] {
            assert_eq!(hidden(name), masked);
        }
    }
}
