//! What is wrong with JSON that a person wrote, in their words.

use serde_json::error::Category;

/// Where a text stops being what is wanted, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonFault {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong, to be read after the place ("有不认识的字段“x”").
    pub what: String,
}

impl JsonFault {
    /// The fault that serde found in `text`. `types` says what a value of the wrong type is to be compared with.
    pub fn of(text: &str, error: &serde_json::Error, types: &str) -> Self {
        Self {
            line: error.line(),
            column: column_in_characters(text, error),
            what: in_chinese(error, types),
        }
    }
}

/// serde counts bytes, of which a Chinese character has three.
fn column_in_characters(text: &str, error: &serde_json::Error) -> usize {
    let line = text
        .split('\n')
        .nth(error.line().saturating_sub(1))
        .unwrap_or_default();
    let before = line
        .char_indices()
        .take_while(|(at, _)| *at < error.column());
    before.count().max(1)
}

/// What a JSON error says. serde words it in English; field names and values stand between grave accents.
fn in_chinese(error: &serde_json::Error, types: &str) -> String {
    let message = error.to_string();
    let quoted = message.split('`').nth(1).unwrap_or_default();
    match error.classify() {
        Category::Eof => "之后内容中断，文件不完整".into(),
        Category::Syntax | Category::Io => "附近不是有效的JSON，请检查逗号、引号和括号".into(),
        Category::Data if message.starts_with("unknown field") => {
            format!("有不认识的字段“{quoted}”")
        }
        Category::Data if message.starts_with("missing field") => {
            format!("之前的对象缺少字段“{quoted}”")
        }
        Category::Data if message.starts_with("duplicate field") => format!("的字段“{quoted}”重复"),
        Category::Data if message.starts_with("unknown variant") => {
            let (_, allowed) = message.split_once("expected").unwrap_or_default();
            let allowed: Vec<&str> = allowed.split('`').skip(1).step_by(2).collect();
            format!("的取值“{quoted}”不认识，可用：{}", allowed.join("、"))
        }
        Category::Data => format!("的值类型不对，请对照{types}"),
    }
}
