//! Choices on paper: options, each behind a box that is ticked or not.

use super::captions::exact;
use crate::model::{layout::chosen, typed::trim};

/// Boxes that are not ticked, and what stands for one that is.
pub(in crate::exchange) const OPEN: [char; 2] = ['□', '☐'];
pub(in crate::exchange) const TICKED: [char; 8] = ['☑', '☒', '■', '√', '✓', '✔', '●', '◼'];

/// A box and what stands behind it.
struct Choice<'t> {
    mark: char,
    /// Without what parts it from the next box.
    text: &'t str,
    /// What parts it from the next box.
    gap: &'t str,
}

/// The choices that a text is made of; `None` where it begins with none.
fn choices(text: &str) -> Option<Vec<Choice<'_>>> {
    let is_mark = |c: char| OPEN.contains(&c) || TICKED.contains(&c);
    let mut choices = Vec::new();
    let mut rest = text;
    while let Some(mark) = rest.chars().next() {
        let behind = rest.strip_prefix(is_mark)?;
        let end = behind.find(is_mark).unwrap_or(behind.len());
        let (piece, next) = behind.split_at(end);
        let text = piece.trim_end_matches(|c: char| c.is_whitespace() || "、，,；;".contains(c));
        let gap = &piece[text.len()..];
        choices.push(Choice { mark, text, gap });
        rest = next;
    }
    (!choices.is_empty()).then_some(choices)
}

fn option<'o>(options: &'o [String], text: &str) -> Option<&'o str> {
    let mut options = options.iter();
    let known = options.find(|option| exact(option) == exact(text));
    known.map(String::as_str)
}

/// The ticked ones of the options; `None` where the text is not made of boxes with options behind them.
pub fn ticked(text: &str, options: &[String]) -> Option<String> {
    let choices = choices(text)?;
    let mut chosen = Vec::new();
    for (at, choice) in choices.iter().enumerate() {
        let text = trim(choice.text);
        match (option(options, text), TICKED.contains(&choice.mark)) {
            (Some(option), true) => chosen.push(option),
            // An option of their own, added behind the others.
            (None, true) if !text.is_empty() => chosen.push(text),
            (Some(_), false) => {}
            // A box with a tick written behind it.
            (None, false)
                if text.is_empty()
                    && choices
                        .get(at + 1)
                        .is_some_and(|next| TICKED.contains(&next.mark)) => {}
            (None, _) => return None,
        }
    }
    (!chosen.is_empty()).then(|| chosen.join("、"))
}

/// The text with those options ticked that are typed; `None` where it is not made of the options, or something else is typed.
pub(in crate::exchange) fn with_ticks(
    text: &str,
    options: &[String],
    typed: &str,
) -> Option<String> {
    let choices = choices(trim(text))?;
    let wanted: Vec<String> = chosen(typed).map(exact).collect();
    let own = |marks: &[char]| {
        let mut used = choices.iter().map(|choice| choice.mark);
        used.find(|mark| marks.contains(mark))
    };
    let open = own(&OPEN).unwrap_or('□');
    let ticked = own(&TICKED).unwrap_or(if open == '☐' { '☑' } else { '■' });
    let mut found = 0;
    let mut marked = String::new();
    for choice in &choices {
        let option = exact(option(options, choice.text)?);
        let is_wanted = wanted.contains(&option);
        found += usize::from(is_wanted);
        marked.push(if is_wanted { ticked } else { open });
        marked.push_str(choice.text);
        marked.push_str(choice.gap);
    }
    (found > 0 && found == wanted.len()).then_some(marked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_choice_keeps_its_boxes() {
        let options = ["持续性项目", "新增性项目"].map(str::to_owned);
        for (printed, typed, marked) in [
            (
                "□持续性项目  □新增性项目",
                "新增性项目",
                Some("□持续性项目  ■新增性项目"),
            ),
            (
                "☐持续性项目、☐新增性项目",
                "持续性项目",
                Some("☑持续性项目、☐新增性项目"),
            ),
            (
                "☑持续性项目 □新增性项目",
                "新增性项目",
                Some("□持续性项目 ☑新增性项目"),
            ),
            ("■持续性项目 □新增性项目", "其他", None),
            ("□持续性项目 □新增性项目", "", None),
            ("□持续性项目 □说明", "持续性项目", None),
            ("", "持续性项目", None),
        ] {
            let got = with_ticks(printed, &options, typed);
            assert_eq!(got.as_deref(), marked, "{printed} {typed}");
        }
    }
}
