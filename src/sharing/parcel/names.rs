//! Names of members: harmless on every system, and no two of them alike there.

use std::collections::HashSet;

use crate::store::device_names::is_device_name;

/// Bytes of one name at most: what file systems take, some room for " (2)" left.
const LONGEST: usize = 200;
/// Folders within one another at most.
const DEEPEST: usize = 4;
/// What no system takes, or only some.
const FORBIDDEN: &str = r#"\/:*?"<>|"#;

/// Whether a name of a member can be unpacked anywhere: relative, within the folder, of parts that every system takes.
pub fn is_safe(name: &str) -> bool {
    let parts: Vec<&str> = name.split('/').collect();
    (1..=DEEPEST).contains(&parts.len()) && parts.into_iter().all(is_safe_part)
}

fn is_safe_part(part: &str) -> bool {
    !part.is_empty()
        && part.len() <= LONGEST + 40
        && part.trim_matches([' ', '.']).len() == part.trim_start_matches([' ', '.']).len()
        && !part.starts_with(' ')
        && !part.trim_matches('.').is_empty()
        && !part.contains(is_bad)
        && !is_device_name(part)
}

fn is_bad(c: char) -> bool {
    let is_invisible = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    c.is_control() || is_invisible || FORBIDDEN.contains(c)
}

/// A text as one part of a name: what is harmful in it becomes `_`, and it is never empty.
pub fn part(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if is_bad(c) { '_' } else { c })
        .collect();
    let (stem, ending) = match plain.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.len() <= 8 => {
            (stem, format!(".{ending}"))
        }
        _ => (plain.as_str(), String::new()),
    };
    let mut end = stem.len().min(LONGEST - ending.len().min(20));
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    let whole = format!("{}{ending}", stem[..end].trim());
    let whole = whole.trim_matches(['.', ' ']);
    match whole {
        "" => "未命名".to_owned(),
        name if is_device_name(name) => format!("_{name}"),
        name => name.to_owned(),
    }
}

/// Gives names, no two of them alike on systems that do not tell capitals.
#[derive(Debug, Default)]
pub struct Unique(HashSet<String>);

impl Unique {
    /// The name; " (2)" follows before its ending where another has it already.
    pub fn take(&mut self, name: &str) -> String {
        let (stem, ending) = match name.rsplit_once('.') {
            Some((stem, ending)) if !stem.is_empty() && !ending.contains('/') => {
                (stem, format!(".{ending}"))
            }
            _ => (name, String::new()),
        };
        let mut given = name.to_owned();
        let mut count = 1;
        while !self.0.insert(given.to_lowercase()) {
            count += 1;
            given = format!("{stem} ({count}){ending}");
        }
        given
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_out_of_the_folder_or_fails_on_some_system_is_not_safe() {
        for name in [
            "清单.json",
            "佐证材料/01 甲/验收单.pdf",
            "a b",
            ".gitignore",
        ] {
            assert!(is_safe(name), "{name}");
        }
        for name in [
            "",
            "/etc/passwd",
            "../a",
            "a/../b",
            "a/./b",
            "C:/a",
            "C:\\a",
            "a\\b",
            "a//b",
            "a/",
            "CON",
            "a/nul.txt",
            "com1",
            "a.",
            "a ",
            " a",
            "a\u{202e}fdp.exe",
            "a\n",
            "a?",
            "..",
            "...",
            "a/b/c/d/e",
        ] {
            assert!(!is_safe(name), "{name:?}");
        }
        assert!(!is_safe(&"长".repeat(100)));
    }

    #[test]
    fn any_text_becomes_a_safe_part() {
        let long = "长".repeat(300) + ".pdf";
        for text in [
            "",
            "..",
            "../../a",
            "CON",
            "con.txt",
            "a:b",
            " a .",
            "a\u{202e}b",
            &long,
            "😀",
            "a.b.",
            ".",
        ] {
            let part = part(text);
            assert!(is_safe(&part), "{text:?} {part:?}");
        }
        assert!(part(&long).ends_with(".pdf"));
    }

    #[test]
    fn names_are_unique_without_regard_to_capitals() {
        let mut names = Unique::default();
        assert_eq!(names.take("a/B.pdf"), "a/B.pdf");
        assert_eq!(names.take("A/b.pdf"), "A/b (2).pdf");
        assert_eq!(names.take("a/b.PDF"), "a/b (3).PDF");
    }
}
