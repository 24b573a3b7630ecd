//! Why bytes are not a document: what happened, what it means for the data, what to do. The path is the caller's to add.
//!
//! serde_json speaks English; here its messages are told apart and said in Chinese. Only names of fields stay as they are.

use std::fmt;

use serde_json::error::Category;

/// A place in a file, counted as an editor counts: from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Position {
    /// The place behind the first `count` bytes.
    pub(super) fn after(bytes: &[u8], count: usize) -> Self {
        let before = &bytes[..count.min(bytes.len())];
        let line_start = before
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        Self {
            line: before.iter().filter(|byte| **byte == b'\n').count() + 1,
            column: String::from_utf8_lossy(&before[line_start..])
                .chars()
                .count()
                .max(1),
        }
    }

    /// serde_json counts the columns in bytes.
    fn of_json(text: &str, error: &serde_json::Error) -> Self {
        let mut lines = text.as_bytes().split(|byte| *byte == b'\n');
        let line = lines
            .nth(error.line().saturating_sub(1))
            .unwrap_or_default();
        let before = &line[..error.column().min(line.len())];
        Self {
            line: error.line().max(1),
            column: String::from_utf8_lossy(before).chars().count().max(1),
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "第 {} 行第 {} 列", self.line, self.column)
    }
}

/// Why bytes are not a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// No content at all.
    #[error(
        "文件是空的，没有可以读入的内容。可能是复制或保存时中断。请打开最近的备份，或请对方重新发送。"
    )]
    Empty,
    /// Some other kind of file.
    #[error("这不是绩评文件，没有读入任何内容，文件没有改动。请确认选对了文件。")]
    NotJiping,
    /// Text in another encoding, as an editor writes it that was told so.
    #[error(
        "文件不是 UTF-8 编码的文字，而是 {encoding} 编码，可能是用记事本等程序改动后另存的。没有读入任何内容，文件没有改动。请在记事本中另存为 UTF-8 编码，再打开。"
    )]
    OtherEncoding {
        /// As editors name it ("UTF-16", "GBK").
        encoding: &'static str,
    },
    /// Bytes that are not UTF-8.
    #[error(
        "{at}的内容不是 UTF-8 编码的文字，文件可能已损坏，或被别的程序另存成了其他编码。没有读入任何内容，文件没有改动。请打开最近的备份，或请对方重新发送。"
    )]
    NotText {
        /// The last good character.
        at: Position,
    },
    /// The file ends in the middle.
    #[error(
        "文件在{at}处中断，后面的内容缺失，可能是复制或下载没有完成。没有读入任何内容，文件没有改动。请重新复制一份，或打开最近的备份。"
    )]
    CutShort {
        /// Where it ends.
        at: Position,
    },
    /// Not JSON.
    #[error(
        "{at}有误：{problem}。文件可能被手工改动或已损坏，没有读入任何内容，文件没有改动。请改正此处，或打开最近的备份。"
    )]
    NotJson {
        /// Where reading stopped.
        at: Position,
        /// What is wrong there.
        problem: String,
    },
    /// JSON, but not what a document holds.
    #[error(
        "{at}的内容不符合绩评文件的要求：{problem}。没有读入任何内容，文件没有改动。请改正此处，或打开最近的备份。"
    )]
    Content {
        /// Where reading stopped: behind the wrong value, or at the end of the object that lacks something.
        at: Position,
        /// What is wrong there.
        problem: String,
    },
    /// Written by a newer version of the program.
    #[error(
        "此文件由新版本的绩评创建（格式 {found}，本程序支持到 {supported}）。为避免丢失其中的新内容，没有打开，文件没有改动。请升级绩评后再打开，或请对方用旧版本另存一份。"
    )]
    Newer {
        /// The file's version.
        found: u64,
        /// The newest version this program reads.
        supported: u32,
    },
    /// A version number that never was.
    #[error(
        "文件写明的格式版本 {found} 并不存在，文件可能被手工改动。没有读入任何内容，文件没有改动。请打开最近的备份，或请对方重新发送。"
    )]
    NoSuchVersion {
        /// The file's version.
        found: u32,
    },
    /// An older file that does not hold what its version should.
    #[error(
        "此文件由旧版本的绩评创建（格式 {from}），升级时出错：{problem}。没有读入任何内容，文件没有改动。请打开最近的备份，或请对方重新发送。"
    )]
    NotUpgradable {
        /// The file's version.
        from: u32,
        /// What is wrong with it.
        problem: String,
    },
}

impl FormatError {
    /// Where reading stopped, where that can be said.
    pub fn position(&self) -> Option<Position> {
        match self {
            Self::NotText { at }
            | Self::CutShort { at }
            | Self::NotJson { at, .. }
            | Self::Content { at, .. } => Some(*at),
            _ => None,
        }
    }

    pub(super) fn of_json(text: &str, error: &serde_json::Error) -> Self {
        let at = Position::of_json(text, error);
        let problem = Self::problem_of(error);
        match error.classify() {
            Category::Eof => Self::CutShort { at },
            Category::Data => Self::Content { at, problem },
            Category::Syntax | Category::Io => Self::NotJson { at, problem },
        }
    }

    /// What serde_json says, without the place, in Chinese.
    pub(super) fn problem_of(error: &serde_json::Error) -> String {
        let message = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        in_chinese(message.strip_suffix(&place).unwrap_or(&message))
    }
}

/// serde_json's words for broken JSON.
const SYNTAX: &[(&str, &str)] = &[
    ("expected `:`", "字段名后缺少冒号"),
    ("expected `,` or `]`", "列表中缺少逗号或右方括号"),
    ("expected `,` or `}`", "字段之间缺少逗号，或缺少右花括号"),
    ("expected ident", "此处的值写法无效"),
    ("expected value", "此处缺少值，或值没有加引号"),
    ("expected `\"`", "此处缺少引号"),
    ("invalid escape", "反斜杠后的字符无效"),
    ("invalid number", "数字写法无效"),
    ("number out of range", "数字过大"),
    ("invalid unicode code point", "字符编码无效"),
    ("control character", "文字中有未转义的换行或控制字符"),
    ("key must be a string", "字段名应加引号"),
    ("lone leading surrogate", "字符编码不完整"),
    ("unexpected end of hex escape", "字符编码不完整"),
    ("trailing comma", "最后一项后多了逗号"),
    ("trailing characters", "内容结束后还有多余的文字"),
    ("recursion limit exceeded", "嵌套超过 128 层"),
];

fn in_chinese(message: &str) -> String {
    if let Some((_, chinese)) = SYNTAX.iter().find(|(known, _)| message.starts_with(known)) {
        return (*chinese).to_owned();
    }
    let mismatch = ["invalid type: ", "invalid value: ", "invalid length "]
        .iter()
        .find_map(|start| message.strip_prefix(start)?.rsplit_once(", expected "));
    if let Some((found, expected)) = mismatch {
        return format!(
            "应为{}，实际是{}",
            expected_kind(expected),
            found_kind(found)
        );
    }
    if let Some((found, expected)) = message
        .strip_prefix("unknown variant ")
        .and_then(|rest| rest.rsplit_once(", expected "))
    {
        let found = quoted(found);
        let choices: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
        return format!("“{found}”不在可选值之内（可选：{}）", choices.join("、"));
    }
    for (start, chinese) in [
        ("unknown field ", "不认识的字段"),
        ("missing field ", "缺少字段"),
        ("duplicate field ", "字段重复："),
    ] {
        if let Some(rest) = message.strip_prefix(start) {
            return format!("{chinese} {}", quoted(rest));
        }
    }
    let own_words = message
        .chars()
        .any(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    if own_words {
        shortened(message)
    } else {
        "内容不符合要求".to_owned()
    }
}

fn expected_kind(expected: &str) -> &str {
    match expected {
        "a string" | "a borrowed string" | "string" => "文字",
        "a boolean" => "true 或 false",
        "a sequence" => "列表",
        "a map" => "对象",
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" | "usize" => "整数",
        _ if expected.starts_with("struct ") => "对象",
        _ if expected.is_ascii() => "另一种值",
        own_words => own_words,
    }
}

fn found_kind(found: &str) -> String {
    let value = quoted(found);
    for (start, chinese) in [
        ("boolean", "逻辑值"),
        ("integer", "数字"),
        ("floating point", "数字"),
        ("string", "文字"),
    ] {
        if found.starts_with(start) {
            return format!("{chinese}“{value}”");
        }
    }
    match found {
        "null" => "空值 null",
        "sequence" => "列表",
        "map" => "对象",
        _ => "其他内容",
    }
    .to_owned()
}

/// What stands in quotation marks or backticks, shortened.
fn quoted(text: &str) -> String {
    let inside = text
        .split_once(['`', '"'])
        .map_or(text, |(_, rest)| rest.split('`').next().unwrap_or(rest));
    shortened(inside.strip_suffix('"').unwrap_or(inside))
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
