//! Says in Chinese what is wrong with a command line. clap's own messages are English.

use clap::{
    Error,
    error::{ContextKind, ContextValue, ErrorKind},
};

/// What is wrong, and where to look.
pub fn in_chinese(error: &Error) -> String {
    let named = |kind| context(error, kind).unwrap_or_default();
    let problem = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令", named(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "没有写要做什么".into()
        }
        ErrorKind::UnknownArgument => format!("不认识“{}”", named(ContextKind::InvalidArg)),
        ErrorKind::MissingRequiredArgument => format!("缺少 {}", named(ContextKind::InvalidArg)),
        ErrorKind::InvalidValue if named(ContextKind::InvalidValue).is_empty() => {
            format!("{} 后面缺少内容", named(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!(
            "{} 不能是“{}”{}",
            named(ContextKind::InvalidArg),
            named(ContextKind::InvalidValue),
            choices(error)
        ),
        ErrorKind::ArgumentConflict => format!("{} 只能写一次", named(ContextKind::InvalidArg)),
        ErrorKind::InvalidUtf8 => "参数中有无法识别的字符".into(),
        _ => "命令写法有误".into(),
    };
    format!("{problem}。用法见 jiping-cli --help")
}

fn choices(error: &Error) -> String {
    let valid = context(error, ContextKind::ValidValue).filter(|valid| !valid.is_empty());
    let reason = std::error::Error::source(error).map(ToString::to_string);
    match (valid, reason) {
        (Some(valid), _) => format!("，可以是：{valid}"),
        (None, Some(reason)) => format!("，{reason}"),
        (None, None) => String::new(),
    }
}

fn context(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join("、")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        _ => None,
    }
}
