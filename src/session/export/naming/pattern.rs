//! Patterns of file names, and what typed text may contribute to them.

use crate::{session::one_line::one_line, store::device_names::is_device_name};

/// The most characters that one placeholder brings in.
const LONGEST_VALUE: usize = 60;
/// The most bytes of a name, in UTF-8, without what is added later (a number for a second one of the same name, the page, the
/// extension). Common file systems take 255 in all.
pub(super) const LONGEST_NAME: usize = 220;

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
    /// Reads a pattern. A doubled brace stands for itself, see [`literally`].
    ///
    /// # Errors
    ///
    /// A placeholder that is not known, or the page twice; in words.
    pub fn parse(name: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = name;
        while let Some((before, braces)) = next_braces(rest) {
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            let (inner, after) = match braces {
                Braces::Doubled(after) => {
                    pieces.push(Piece::Text("{".into()));
                    rest = after;
                    continue;
                }
                Braces::Around(inner, after) => (inner, after),
            };
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
    pub fn fill(&self, values: &Values<'_>) -> (String, String) {
        let mut filled = (String::new(), String::new());
        for limit in (1..=LONGEST_VALUE).rev() {
            filled = self.fill_within(values, limit);
            if filled.0.len() + filled.1.len() <= LONGEST_NAME {
                break;
            }
        }
        if self.is_for_each() && is_device_name(&filled.0) {
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

/// What begins with a brace, and the text after it.
enum Braces<'a> {
    /// "{{", which stands for one brace.
    Doubled(&'a str),
    /// What stands between two braces.
    Around(&'a str, &'a str),
}

/// The text before the next braces, and these. A brace by itself is just a character.
fn next_braces(text: &str) -> Option<(&str, Braces<'_>)> {
    let (before, rest) = text.split_once('{')?;
    if let Some(after) = rest.strip_prefix('{') {
        return Some((before, Braces::Doubled(after)));
    }
    let (inner, after) = rest.split_once('}')?;
    Some((before, Braces::Around(inner, after)))
}

/// A pattern that gives exactly this name, braces included.
pub fn literally(name: &str) -> String {
    name.replace('{', "{{")
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
