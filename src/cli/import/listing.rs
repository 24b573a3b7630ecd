//! The report of an import as text for people.

use std::fmt::Write as _;

use super::Outcome;
use crate::{
    cli::one_line::one_line,
    exchange::{
        account::name_of,
        recognise::{Fit, Form, FormKind},
        report::{Entry, Fate, Source},
    },
};

/// The forms file by file, then what deserves a look, then what was written.
pub fn as_text(outcome: &Outcome) -> String {
    let mut text = String::new();
    for file in 0..outcome.gathered.files.len() {
        write_file(&mut text, outcome, file);
    }
    for (title, fate) in [
        ("推测，请核对", Fate::Guessed { sure: 0 }),
        ("没有导入", Fate::Ignored),
        ("已整理", Fate::Cleaned),
    ] {
        write_entries(&mut text, outcome, title, fate);
    }
    let forms = outcome.recognised.forms.len();
    let files = outcome.gathered.files.len();
    let _ = write!(text, "共 {files} 个文件，认出 {forms} 份表");
    let _ = match &outcome.written {
        Some(name) => writeln!(text, "，已写入 {}", one_line(name)),
        None => writeln!(text, "，没有生成文件"),
    };
    text
}

fn write_file(text: &mut String, outcome: &Outcome, number: usize) {
    let is_refused = |(file, _): &(usize, String)| *file == number;
    let name = outcome.gathered.files.get(number);
    let name = one_line(name.map_or("", |file| &*file.name));
    if outcome.gathered.refused.iter().any(is_refused) {
        let _ = writeln!(text, "{name}\n  读不出来，没有导入\n");
        return;
    }
    let _ = writeln!(text, "{name}");
    let forms = outcome.recognised.forms.iter();
    for form in forms.filter(|form| form.source.file == number) {
        let _ = writeln!(text, "  {}", one_line(&form_in_words(outcome, form)));
    }
    let tables = outcome.recognised.accounts.iter();
    for table in tables.filter(|table| table.source.file == number) {
        let rows = table.block.rows().len();
        let _ = writeln!(
            text,
            "  {}  资金表，{rows} 行",
            place(outcome, &table.source)
        );
    }
    let count = |fate| {
        let entries = outcome.report.entries.iter();
        let same = entries.filter(|entry| entry.source.file == number && is_same(entry.fate, fate));
        same.count()
    };
    let _ = writeln!(
        text,
        "  读入 {} · 已整理 {} · 推测 {} · 没有导入 {}\n",
        count(Fate::Read),
        count(Fate::Cleaned),
        count(Fate::Guessed { sure: 0 }),
        count(Fate::Ignored),
    );
}

fn form_in_words(outcome: &Outcome, form: &Form) -> String {
    let kind = match form.what {
        FormKind::SelfEvaluation => "自评表",
        FormKind::Monitoring => "监控表",
        FormKind::Targets => "目标申报表或批复表",
    };
    let name = form.project.shown_name();
    let fit = match form.fit {
        Fit::Chosen => "指定".into(),
        Fit::Known { share } => format!("相符 {share}%"),
        Fit::Built => "按原表生成".into(),
    };
    format!(
        "{}  {kind}  {name}  表样：{}（{fit}）",
        place(outcome, &form.source),
        form.edition.name
    )
}

/// Whether two fates are the same; guesses of any sureness are.
fn is_same(one: Fate, other: Fate) -> bool {
    std::mem::discriminant(&one) == std::mem::discriminant(&other)
}

fn write_entries(text: &mut String, outcome: &Outcome, title: &str, fate: Fate) {
    let entries = outcome.report.entries.iter();
    let entries: Vec<&Entry> = entries.filter(|entry| is_same(entry.fate, fate)).collect();
    if entries.is_empty() {
        return;
    }
    let _ = writeln!(text, "{title}（{}）", entries.len());
    for entry in entries {
        let _ = writeln!(text, "  {}", one_line(&entry_in_words(outcome, entry)));
    }
    text.push('\n');
}

/// "自评.xlsx · 2022!E12 → 数量指标 · 培训场次 · 实际完成值：12场（按位置推测，把握 70%）"
fn entry_in_words(outcome: &Outcome, entry: &Entry) -> String {
    let files = &outcome.gathered.files;
    let mut words = name_of(files, &entry.source);
    if let Some(at) = entry.source.place {
        let has_sheet = files
            .get(entry.source.file)
            .and_then(|file| file.content.grids.get(entry.source.grid))
            .is_some_and(|grid| !grid.name.trim().is_empty());
        words.push_str(if has_sheet { "!" } else { " · " });
        words.push_str(&at.name());
    }
    if !entry.field.is_empty() {
        let _ = write!(words, " → {}", entry.field);
    }
    if !entry.text.is_empty() {
        let _ = write!(words, "：{}", entry.text);
    }
    let mut notes = Vec::new();
    if !entry.note.is_empty() {
        notes.push(entry.note.trim_end_matches('。').to_owned());
    }
    if let Fate::Guessed { sure } = entry.fate {
        notes.push(format!("把握 {sure}%"));
    }
    if !notes.is_empty() {
        let _ = write!(words, "（{}）", notes.join("，"));
    }
    words
}

/// Where something stands in its file: "2022!A1", "A1" where the file has no sheets.
fn place(outcome: &Outcome, source: &Source) -> String {
    let files = outcome.gathered.files.get(source.file);
    let grid = files.and_then(|file| file.content.grids.get(source.grid));
    let at = source.place.unwrap_or_default().name();
    match grid.map_or("", |grid| grid.name.trim()) {
        "" => at,
        sheet => format!("{sheet}!{at}"),
    }
}
