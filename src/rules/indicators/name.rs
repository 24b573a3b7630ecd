//! An indicator's name as rules read it.

use crate::model::typed::trim;

/// The name without its running number ("指标1：").
pub(in crate::rules) fn body(name: &str) -> &str {
    let name = trim(name);
    let rest = name.strip_prefix("指标").unwrap_or(name);
    let unnumbered = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    match unnumbered.strip_prefix(['：', ':', '、', '.']) {
        Some(body) if rest.len() != unnumbered.len() => trim(body),
        _ => name,
    }
}

/// The name without its running number and without a remark in brackets at its end: what it ends with tells what is
/// measured.
pub(super) fn core(name: &str) -> &str {
    let body = body(name).trim_end_matches(['。', '；', ';', '，', ',', '：', ':']);
    let Some(inner) = body.strip_suffix(['）', ')']) else {
        return body;
    };
    match inner.rfind(['（', '(']).map(|at| trim(&inner[..at])) {
        Some("") | None => body,
        Some(before) => before,
    }
}

/// The name as it is compared with others: without white space, marks and running number.
pub(super) fn normalised(name: &str) -> impl Iterator<Item = char> {
    // The first range is Chinese characters, for which the general question is slow.
    body(name)
        .chars()
        .filter(|c| matches!(c, '一'..='鿿' | '%' | '％') || c.is_alphanumeric())
}
