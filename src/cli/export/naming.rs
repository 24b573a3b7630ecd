//! Names of printed files: patterns with placeholders, and what a project's name may contribute to them.
//!
//! Names of projects are typed by anybody and may come by mail. What they put into a file name is harmless everywhere: no
//! folder, no device of Windows, nothing invisible, not too long. What the person wrote in the pattern itself stays as it is.

use std::collections::HashSet;

use crate::cli::one_line::one_line;

/// The most characters that one placeholder brings in.
const LONGEST_VALUE: usize = 60;
/// The most bytes of a name, in UTF-8, without what is added later (a number for a second one of the same name, the page, the
/// extension). Common file systems take 255 in all.
const LONGEST_NAME: usize = 220;

/// What stands for something in a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Placeholder {
    Name,
    Number,
    File,
    Year,
    Page,
}

impl Placeholder {
    const ALL: [(&'static str, Self); 5] = [
        ("name", Self::Name),
        ("n", Self::Number),
        ("file", Self::File),
        ("year", Self::Year),
        ("page", Self::Page),
    ];
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Of(Placeholder),
}

/// The name of a file without its extension, with placeholders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<Piece>);

/// What placeholders stand for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Values<'a> {
    /// 项目名称, as typed.
    pub name: &'a str,
    /// The year.
    pub year: &'a str,
    /// The name of the source file without its extension.
    pub file: &'a str,
    /// The running number.
    pub number: usize,
    /// The largest running number: numbers are as wide as this one.
    pub of: usize,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    ///
    /// A placeholder that is not known, or the page twice; in words.
    pub fn parse(name: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = name;
        while let Some((before, inner, after)) = next_braces(rest) {
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            let known = Placeholder::ALL.iter().find(|(word, _)| *word == inner);
            let (_, placeholder) = known.ok_or_else(|| {
                format!(
                    "不认识文件名中的“{{{}}}”，没有生成文件。可以用的有：{{name}} 项目名称、{{n}} 序号、{{file}} 源文件名、{{year}} 年度、{{page}} 页码（图片）。",
                    one_line(inner)
                )
            })?;
            pieces.push(Piece::Of(*placeholder));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        let pages = pieces.iter().filter(|piece| is_page(piece)).count();
        if pages > 1 {
            return Err("文件名中的 {page} 只能写一次，没有生成文件。".into());
        }
        Ok(Self(pieces))
    }

    /// Whether it has a placeholder by which projects differ, so that each becomes a file of its own.
    pub fn is_for_each(&self) -> bool {
        let differs = |piece: &Piece| matches!(piece, Piece::Of(of) if *of != Placeholder::Page);
        self.0.iter().any(differs)
    }

    /// Whether it says where the page number goes.
    pub fn has_page(&self) -> bool {
        self.0.iter().any(is_page)
    }

    /// The name with these values, before and after the page number.
    fn fill(&self, values: &Values<'_>) -> (String, String) {
        let mut filled = (String::new(), String::new());
        for limit in (1..=LONGEST_VALUE).rev() {
            filled = self.fill_within(values, limit);
            if filled.0.len() + filled.1.len() <= LONGEST_NAME {
                break;
            }
        }
        if self.is_for_each() && is_reserved(&filled.0) {
            filled.0.insert(0, '_');
        }
        filled
    }

    fn fill_within(&self, values: &Values<'_>, limit: usize) -> (String, String) {
        let mut before = String::new();
        let mut after = None::<String>;
        for piece in &self.0 {
            let text = match piece {
                Piece::Text(text) => text.clone(),
                Piece::Of(Placeholder::Name) => safe(values.name, limit, "未命名"),
                Piece::Of(Placeholder::Year) => safe(values.year, limit, "未填年度"),
                Piece::Of(Placeholder::File) => safe(values.file, limit, "未命名"),
                Piece::Of(Placeholder::Number) => {
                    let width = values.of.to_string().len();
                    format!("{:0width$}", values.number)
                }
                Piece::Of(Placeholder::Page) => {
                    after = Some(String::new());
                    continue;
                }
            };
            after.as_mut().unwrap_or(&mut before).push_str(&text);
        }
        (before, after.unwrap_or_default())
    }
}

fn is_page(piece: &Piece) -> bool {
    *piece == Piece::Of(Placeholder::Page)
}

/// The text before the next pair of braces, that between them, and the rest. A brace by itself is just a character.
fn next_braces(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (inner, after) = rest.split_once('}')?;
    Some((before, inner, after))
}

/// Whether a folder's name has a placeholder in it, which is not filled in there.
pub fn has_placeholder(folder: &str) -> bool {
    let is_in = |word: &str| folder.contains(&format!("{{{word}}}"));
    Placeholder::ALL.iter().any(|(word, _)| is_in(word))
}

/// The text as part of a file name on every system, at most `limit` characters, or `otherwise` if nothing is left.
fn safe(text: &str, limit: usize, otherwise: &str) -> String {
    let visible: String = one_line(text)
        .chars()
        .map(|c| if r#"\/:*?"<>|"#.contains(c) { '_' } else { c })
        .collect();
    let words: Vec<&str> = visible.split_whitespace().collect();
    let trimmed = words.join(" ");
    let ends: &[char] = &['.', ' '];
    let short: String = trimmed.trim_matches(ends).chars().take(limit).collect();
    match short.trim_end_matches(ends) {
        "" => otherwise.to_owned(),
        text => text.to_owned(),
    }
}

/// Whether Windows takes a name for a device, whatever extension follows.
fn is_reserved(stem: &str) -> bool {
    let base = stem.split('.').next().unwrap_or_default();
    let base = base.trim_end().to_uppercase();
    let is_numbered = |rest: &str| {
        let mut rest = rest.chars();
        let digit = rest.next();
        digit.is_some_and(|c| c.is_ascii_digit() || "¹²³".contains(c)) && rest.next().is_none()
    };
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&base.as_str())
        || ["COM", "LPT"]
            .iter()
            .any(|port| base.strip_prefix(port).is_some_and(is_numbered))
}

/// Where the page number goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paging {
    /// All pages are in one file.
    Together,
    /// At the end, if there is more than one page.
    IfSeveral,
    /// Where the pattern has it.
    Always,
}

/// The name of what is printed: one file, or one per page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileName {
    before: String,
    paging: Paging,
    after: String,
    extension: &'static str,
}

impl FileName {
    /// The name of all pages together, or of one of `count` pages, counted from 1.
    pub fn of_page(&self, page: usize, count: usize) -> String {
        let number = match self.paging {
            Paging::Together => String::new(),
            Paging::IfSeveral if count <= 1 => String::new(),
            Paging::IfSeveral => format!("-{page}"),
            Paging::Always => page.to_string(),
        };
        let (before, after, extension) = (&self.before, &self.after, self.extension);
        format!("{before}{number}{after}.{extension}")
    }

    /// Whether a page of it may get this name, however many there will be.
    pub fn may_become(&self, name: &str) -> bool {
        let ending = format!("{}.{}", self.after, self.extension);
        let middle = name
            .strip_prefix(&self.before)
            .and_then(|rest| rest.strip_suffix(&ending));
        middle.is_some_and(|middle| match self.paging {
            Paging::Together => middle.is_empty(),
            Paging::IfSeveral => {
                middle.is_empty() || middle.strip_prefix('-').is_some_and(is_number)
            }
            Paging::Always => is_number(middle),
        })
    }

    /// The name as that of the `count`-th of its kind.
    fn again(&self, count: usize) -> Self {
        let mut name = self.clone();
        let end = match self.paging {
            Paging::Always => &mut name.after,
            Paging::Together | Paging::IfSeveral => &mut name.before,
        };
        end.push_str(&format!(" ({count})"));
        name
    }

    /// What tells it from others, where capitals do not matter.
    fn key(&self) -> String {
        format!("{}\0{}", self.before, self.after).to_lowercase()
    }

    /// The key of the name that has this one among its pages, if this looks like a page.
    fn key_of_whole(&self) -> Option<String> {
        let (whole, number) = self.before.rsplit_once('-')?;
        let is_page = self.paging == Paging::IfSeveral && is_number(number);
        is_page.then(|| format!("{whole}\0{}", self.after).to_lowercase())
    }
}

/// Whether it is written as page numbers are.
fn is_number(text: &str) -> bool {
    !text.is_empty() && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Gives names, no two of them alike.
pub struct Names<'a> {
    pattern: &'a Pattern,
    paging: Paging,
    extension: &'static str,
    taken: HashSet<String>,
    /// Names that have a taken one among their pages.
    wholes: HashSet<String>,
}

impl<'a> Names<'a> {
    /// Names after this pattern.
    pub fn new(pattern: &'a Pattern, paging: Paging, extension: &'static str) -> Self {
        Self {
            pattern,
            paging,
            extension,
            taken: HashSet::new(),
            wholes: HashSet::new(),
        }
    }

    /// The name with these values; " (2)" follows where another has it already.
    pub fn next(&mut self, values: &Values<'_>) -> FileName {
        let (before, after) = self.pattern.fill(values);
        let first = FileName {
            before,
            paging: self.paging,
            after,
            extension: self.extension,
        };
        let mut name = first.clone();
        let mut count = 1;
        while !self.is_free(&name) {
            count += 1;
            name = first.again(count);
        }
        self.taken.insert(name.key());
        self.wholes.extend(name.key_of_whole());
        name
    }

    fn is_free(&self, name: &FileName) -> bool {
        let key = name.key();
        let whole = name.key_of_whole();
        !self.taken.contains(&key)
            && !self.wholes.contains(&key)
            && whole.is_none_or(|whole| !self.taken.contains(&whole))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(pattern: &str, names: &[&str], paging: Paging) -> Vec<String> {
        let pattern = Pattern::parse(pattern).expect("a pattern");
        let mut given = Names::new(&pattern, paging, "pdf");
        let values = |(index, name)| Values {
            name,
            year: "2020",
            file: "源",
            number: index + 1,
            of: names.len(),
        };
        let all = names.iter().copied().enumerate().map(values);
        all.map(|values| given.next(&values).of_page(1, 2))
            .collect()
    }

    #[test]
    fn names_of_projects_are_harmless_in_file_names() {
        let long = "长".repeat(300);
        let emoji = "😀".repeat(300);
        for (name, file) in [
            ("../a/b:*?", "_a_b___.pdf"),
            (r#"c:\d"<e>|"#, "c__d__e__.pdf"),
            ("CON", "_CON.pdf"),
            ("lpt1.年报", "_lpt1.年报.pdf"),
            ("COM¹", "_COM¹.pdf"),
            ("CONTENT", "CONTENT.pdf"),
            ("完成. . ", "完成.pdf"),
            ("一\u{202e}二\n三\u{7}", "一 二 三.pdf"),
            ("", "未命名.pdf"),
            (" .. ", "未命名.pdf"),
            (&long, &format!("{}.pdf", "长".repeat(60))),
            (&emoji, &format!("{}.pdf", "😀".repeat(55))),
        ] {
            assert_eq!(named("{name}", &[name], Paging::Together), [file]);
        }
    }

    #[test]
    fn placeholders_are_filled_in() {
        let ten = ["甲"; 10];
        let names = named("{n} {year}-{file} {name}", &ten, Paging::Together);
        assert_eq!(names[0], "01 2020-源 甲.pdf");
        assert_eq!(names[9], "10 2020-源 甲.pdf");
        assert_eq!(named("第{page}页", &["甲"], Paging::Always), ["第1页.pdf"]);
        assert_eq!(named("{甲", &["甲"], Paging::Together), ["{甲.pdf"]);
        let long = "长".repeat(300);
        let several = named("{name}{name}{name}", &[&long], Paging::Together);
        assert!(several[0].len() <= LONGEST_NAME + ".pdf".len());
    }

    #[test]
    fn placeholders_that_make_no_sense_are_told() {
        let problem = Pattern::parse("{项目}").expect_err("unknown");
        assert!(
            problem.contains("{项目}") && problem.contains("{name}"),
            "{problem}"
        );
        assert!(Pattern::parse("{page}{page}").is_err());
        assert!(Pattern::parse("{}").is_err());
    }

    #[test]
    fn no_two_files_get_the_same_name() {
        assert_eq!(
            named("{name}", &["Ab", "aB", "ab (2)", "乙"], Paging::Together),
            ["Ab.pdf", "aB (2).pdf", "ab (2) (2).pdf", "乙.pdf"]
        );
        assert_eq!(
            named("{name}", &["甲", "甲-1", "甲", "甲-01"], Paging::IfSeveral),
            ["甲-1.pdf", "甲-1 (2)-1.pdf", "甲 (2)-1.pdf", "甲-01-1.pdf"]
        );
        assert_eq!(
            named("{name}", &["乙-2", "乙"], Paging::IfSeveral),
            ["乙-2-1.pdf", "乙 (2)-1.pdf"]
        );
        assert_eq!(
            named("{page}{name}", &["甲", "甲"], Paging::Always),
            ["1甲.pdf", "1甲 (2).pdf"]
        );
    }

    #[test]
    fn pages_are_recognised_by_their_names() {
        let pattern = Pattern::parse("表").expect("a pattern");
        let name = Names::new(&pattern, Paging::IfSeveral, "png").next(&Values::default());
        for (file, is_page) in [
            ("表.png", true),
            ("表-12.png", true),
            ("表-012.png", false),
            ("表-.png", false),
            ("表12.png", false),
            ("表-1.pdf", false),
            ("表-1-1.png", false),
        ] {
            assert_eq!(name.may_become(file), is_page, "{file}");
        }
    }
}
