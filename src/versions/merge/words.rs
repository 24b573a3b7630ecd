//! What parts are called in the list of a merge.

use crate::model::typed::trim;

/// "二级指标 数量指标"; a nameless one by its kind.
pub(super) fn named(kind: &str, name: &str) -> String {
    match trim(name) {
        "" => format!("{kind}（未填名称）"),
        name => format!("{kind} {name}"),
    }
}

/// "目标 ≥10；分值 5": the parts that say something.
pub(super) fn listed<'a>(parts: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let filled = parts.into_iter().filter(|(_, text)| !trim(text).is_empty());
    let told: Vec<String> = filled
        .map(|(caption, text)| format!("{caption} {}", trim(text)))
        .collect();
    told.join("；")
}
