//! An edition made from a form's own captions, where none at hand fits. It prints what the form prints; how it is scored is
//! taken from the form as far as it says so, else it is the usual way.

use super::{
    FormKind, captions,
    choose::stated_unit,
    clean,
    found::{Field, FoundForm, FurtherTable},
    is_year_line,
    matching::{field_captions, table_caption, table_headings, table_rows},
    with_year,
};
use crate::model::{
    edition::{
        Edition, EditionStatus, FieldKind, FieldLayout, GoalBlock, GoalLayout, Need, Orientation,
        TableLayout, TableRowLayout, TotalLayout, TotalPlace, Years,
    },
    figure::FigureCell,
    indicator::split_caption,
    policy::{CheckPolicy, Departure, ScoringPolicy},
    project::header,
    typed::trim,
};

mod funds;
mod indicators;
mod monitoring;

/// From so many indicator columns on a form is printed across.
const WIDE: usize = 9;

/// The title of a form that has none.
const USUAL_TITLE: &str = "项目支出绩效自评表";

/// Makes an edition of the form. It is sound: [`Edition::problems`] finds nothing.
pub(super) fn edition(found: &FoundForm) -> Edition {
    let title = title(found);
    let (funds, execution) = funds::layout(found);
    let indicators = indicators::layout(found);
    let mut edition = Edition {
        id: "import".into(),
        name: title.clone(),
        form_no: form_no(found),
        region: "未注明".into(),
        years: Years::default(),
        status: EditionStatus::Reference,
        source: source(found, &title),
        gaps: Vec::new(),
        page: if indicators.columns.len() >= WIDE {
            Orientation::Landscape
        } else {
            Orientation::Portrait
        },
        money_unit: stated_unit(found).unwrap_or_default(),
        header: header_fields(found, title.contains("{year}")),
        title,
        funds,
        goals: goals(found),
        indicators,
        tables: tables(&found.tables),
        texts: Vec::new(),
        totals: totals(found),
        footer: Vec::new(),
        footnotes: found
            .footnotes
            .iter()
            .map(|cell| clean::paragraph(&cell.text).text)
            .filter(|text| !trim(text).is_empty())
            .collect(),
        scoring: ScoringPolicy {
            execution,
            ..ScoringPolicy::default()
        },
        checks: CheckPolicy::default(),
    };
    if found.what == FormKind::Monitoring {
        monitoring::keys(found, &mut edition);
    }
    below(found, &mut edition);
    edition.scoring.weights = indicators::weights(&edition);
    if edition.scoring.weights.is_empty() {
        // Without points of its own the form leaves them to the unit.
        edition.checks.weights = Departure::Free;
    }
    without_contradictions(&mut edition);
    name(&mut edition);
    edition
}

/// A form may contradict itself: its points need not add up. Then the edition presets none.
fn without_contradictions(edition: &mut Edition) {
    if edition.problems().is_empty() {
        return;
    }
    edition.scoring.weights = Vec::new();
    edition.checks.weights = Departure::Free;
    for block in &mut edition.goals.blocks {
        block.weight = None;
    }
    for level in &mut edition.indicators.levels {
        for child in &mut level.children {
            child.weight = None;
        }
    }
}

/// Id and name come from the content, so that the same form read twice is on the same edition.
fn name(edition: &mut Edition) {
    let hash = edition.hash();
    let short = hash.get(..8).unwrap_or(&hash);
    let title = without_year(&edition.title);
    edition.name = format!("{title}（导入 {short}）");
    edition.id = format!("import-{short}");
}

/// The title without the place of the year.
fn without_year(title: &str) -> String {
    let mut bare = title.to_owned();
    for place in [
        "（{year}年度）",
        "（{year}年）",
        "（{year}）",
        "{year}年度",
        "{year}年",
        "{year}",
    ] {
        bare = bare.replace(place, "");
    }
    trim(&bare).to_owned()
}

fn source(found: &FoundForm, title: &str) -> String {
    let title = without_year(title);
    let mut source = format!("由导入的表“{title}”生成，未核对。计分方法为通用设置。");
    if found.what == FormKind::Targets {
        source.push_str("原表是绩效目标表，实际完成值、得分和偏差原因各列按通用表样补上。");
    }
    source
}

fn form_no(found: &FoundForm) -> String {
    let text = found.form_no.as_ref().map_or("", |cell| &cell.text);
    let text = clean::line(text).text;
    let number = text.strip_prefix("报表编号").unwrap_or(&text);
    trim(number.trim_start_matches(['：', ':', ' ', '　'])).to_owned()
}

/// The title with the place of the year, where the form states its year there or right beneath.
fn title(found: &FoundForm) -> String {
    let plain = |text: &str| clean::caption(&text.replace(['{', '}'], "")).text;
    let title = plain(found.title.as_ref().map_or("", |cell| &cell.text));
    let Some((cell, year)) = &found.year else {
        return with_blank_year(found, &title);
    };
    let year = trim(year);
    if year.is_empty() {
        return or_usual(title);
    }
    if title.contains(year) {
        let with_place = title.replacen(year, "{year}", 1);
        return if without_year(&with_place).is_empty() {
            format!("{{year}}年度{USUAL_TITLE}")
        } else {
            with_place
        };
    }
    let line = plain(&cell.text);
    let inner = line.trim_matches(['（', '）', '(', ')', ' ', '　']);
    match inner.strip_prefix(year) {
        Some(rest @ ("" | "年" | "年度")) => format!("{}（{{year}}{rest}）", or_usual(title)),
        _ => or_usual(title),
    }
}

/// The title of a form that leaves a blank for the year there or on a line of its own.
fn with_blank_year(found: &FoundForm, title: &str) -> String {
    let place = |text: &str| with_year(&text.replace(['{', '}'], ""), "{year}");
    let printed = found.title.as_ref().map_or("", |cell| &cell.text);
    if let Some(title) = place(printed) {
        return clean::caption(&title).text;
    }
    let lines = found.ignored.iter().map(|remarked| &remarked.cell.text);
    let mut lines = lines.filter(|text| is_year_line(text));
    let line = lines.find_map(|text| Some(clean::caption(&place(text)?).text));
    match line {
        Some(line) => {
            let line = line.trim_matches(['（', '）', '(', ')', ' ', '　']);
            format!("{}（{line}）", or_usual(title.to_owned()))
        }
        None => or_usual(title.to_owned()),
    }
}

fn or_usual(title: String) -> String {
    if title.is_empty() {
        USUAL_TITLE.into()
    } else {
        title
    }
}

/// Keys for a list of fields: the usual one where the caption is known and the key is still free, else a numbered one.
struct Keys {
    taken: Vec<&'static str>,
    prefix: &'static str,
    number: usize,
}

impl Keys {
    fn new(prefix: &'static str) -> Self {
        Self {
            taken: Vec::new(),
            prefix,
            number: 0,
        }
    }

    fn key(&mut self, usual: Option<&'static str>) -> String {
        self.number += 1;
        match usual.filter(|key| !self.taken.contains(key)) {
            Some(key) => {
                self.taken.push(key);
                key.to_owned()
            }
            None => format!("{}_{}", self.prefix, self.number),
        }
    }
}

/// A field without demands.
fn field(key: String, caption: String, kind: FieldKind) -> FieldLayout {
    FieldLayout {
        key,
        caption,
        kind,
        need: Need::Optional,
        options: Vec::new(),
        limit: None,
        prompt: String::new(),
    }
}

fn header_fields(found: &FoundForm, year_in_title: bool) -> Vec<FieldLayout> {
    let mut keys = Keys::new("field");
    let mut fields = Vec::new();
    let mut total_open = found.total.is_none();
    let captions = field_captions(&found.header);
    let usual = captions::fields(&captions);
    for (caption, usual) in captions.into_iter().zip(usual) {
        if captions::is_total(&caption) && std::mem::take(&mut total_open) {
            continue;
        }
        let key = keys.key(usual);
        let kind = if key == header::YEAR {
            FieldKind::Year
        } else {
            kind_of(&caption)
        };
        fields.push(field(key, caption, kind));
    }
    if !fields.iter().any(|field| field.key == header::PROJECT_NAME) {
        let name = field(
            header::PROJECT_NAME.into(),
            "项目名称".into(),
            FieldKind::Line,
        );
        fields.insert(0, name);
    }
    if year_in_title && !fields.iter().any(|field| field.key == header::YEAR) {
        fields.push(field(header::YEAR.into(), "年度".into(), FieldKind::Year));
    }
    for field in &mut fields {
        if field.key == header::PROJECT_NAME {
            field.need = Need::Required;
        }
    }
    fields
}

/// What a field takes, told by its caption.
fn kind_of(caption: &str) -> FieldKind {
    let has = |words: &[&str]| words.iter().any(|word| caption.contains(word));
    if has(&["电话", "联系方式"]) {
        FieldKind::Line
    } else if has(&["日期", "填报时间", "填表时间"]) {
        FieldKind::Date
    } else {
        FieldKind::Line
    }
}

/// Texts and people beneath the table.
fn below(found: &FoundForm, edition: &mut Edition) {
    let mut texts = Keys::new("text");
    let mut people = Keys::new("foot");
    let has_total = found.total.is_some();
    let mut total_open = !has_total && edition.totals.place != TotalPlace::Header;
    let mut rating_open = found
        .total
        .as_ref()
        .is_some_and(|total| total.rating.is_none());
    for (number, own) in found.fields_below.iter().enumerate() {
        let caption = captions::or_numbered(&own.caption.text, number, "项");
        if captions::is_total(&caption) && std::mem::take(&mut total_open) {
            edition.totals.caption = caption;
            edition.totals.place = TotalPlace::Row;
            edition.totals.score = true;
            continue;
        }
        if captions::is_rating(&caption) && std::mem::take(&mut rating_open) {
            edition.totals.rating = true;
            continue;
        }
        let usual = captions::field(&caption).map(|class| class.key);
        if is_at_foot(own, &caption) {
            let kind = kind_of(&caption);
            edition.footer.push(field(people.key(usual), caption, kind));
        } else {
            let key = texts.key(usual);
            edition
                .texts
                .push(field(key, caption, FieldKind::Paragraph));
        }
    }
}

/// Whether the field names a person, a date or a telephone.
fn is_at_foot(field: &Field, caption: &str) -> bool {
    const WORDS: &[&str] = &[
        "人", "负责", "领导", "电话", "联系", "日期", "时间", "签", "盖章", "审核", "经办", "填报",
        "填表", "制表", "单位",
    ];
    /// A text that is longer than any name with a telephone.
    const LONG: usize = 40;
    let value = field.value.as_ref().map_or("", |cell| &cell.text);
    WORDS.iter().any(|word| caption.contains(word)) && value.chars().count() < LONG
}

fn totals(found: &FoundForm) -> TotalLayout {
    if let Some(total) = &found.total {
        return TotalLayout {
            caption: captions::or_numbered(&total.caption.text, 0, "行"),
            weight: total.weight.is_some(),
            score: true,
            rating: total.rating.is_some(),
            place: TotalPlace::Row,
        };
    }
    let in_header = found
        .header
        .iter()
        .find(|field| captions::is_total(&field.caption.text));
    TotalLayout {
        caption: in_header.map_or_else(String::new, |field| {
            clean::caption(&field.caption.text).text
        }),
        weight: false,
        score: in_header.is_some(),
        rating: false,
        place: if in_header.is_some() {
            TotalPlace::Header
        } else {
            TotalPlace::Row
        },
    }
}

fn goals(found: &FoundForm) -> GoalLayout {
    let caption_of = |field: Option<&Field>, usual: &str| {
        let own = field.map(|field| clean::caption(&field.caption.text).text);
        own.filter(|own| !own.is_empty())
            .unwrap_or_else(|| usual.to_owned())
    };
    let first =
        |pick: fn(&super::found::FoundGoal) -> Option<&Field>| found.goals.iter().find_map(pick);
    let several = found.goals.len() > 1;
    let mut keys = Keys::new("goal");
    let most_others = found.goals.iter().max_by_key(|goal| goal.others.len());
    let others = most_others.map_or(&[][..], |goal| &goal.others);
    GoalLayout {
        caption: found
            .goals
            .iter()
            .find_map(|goal| goal.side.as_ref())
            .map(|cell| captions::label(&cell.text))
            .filter(|caption| !caption.is_empty())
            .unwrap_or_else(|| "年度总体目标".into()),
        expected: field(
            "expected".into(),
            caption_of(first(|goal| goal.expected.as_ref()), "预期目标"),
            FieldKind::Paragraph,
        ),
        actual: field(
            "actual".into(),
            caption_of(first(|goal| goal.actual.as_ref()), "实际完成情况"),
            FieldKind::Paragraph,
        ),
        extra: others
            .iter()
            .enumerate()
            .map(|(number, own)| {
                let caption = captions::or_numbered(&own.caption.text, number, "项");
                field(keys.key(None), caption, FieldKind::Paragraph)
            })
            .collect(),
        most_blocks: u32::try_from(found.goals.len()).unwrap_or(u32::MAX).max(1),
        weighted: found.goals.iter().any(|goal| goal.weight.is_some()),
        blocks: if several { blocks(found) } else { Vec::new() },
    }
}

fn blocks(found: &FoundForm) -> Vec<GoalBlock> {
    let blocks = found.goals.iter().map(|goal| {
        let caption = goal.caption.as_ref().map_or("", |cell| &cell.text);
        let weight = goal.weight.as_ref();
        GoalBlock {
            caption: split_caption(&clean::caption(caption).text).0.to_owned(),
            weight: weight.and_then(|cell| FigureCell::new(cell.text.as_str()).number()),
        }
    });
    blocks.collect()
}

fn tables(found: &[FurtherTable]) -> Vec<TableLayout> {
    let tables = found.iter().enumerate().map(|(number, table)| {
        let columns = table_headings(table).into_iter().enumerate();
        let rows = table_rows(table).into_iter().enumerate();
        TableLayout {
            key: format!("table_{}", number + 1),
            caption: table_caption(table, number),
            columns: columns
                .map(|(at, caption)| {
                    field(format!("column_{}", at + 1), caption, FieldKind::Paragraph)
                })
                .collect(),
            free_rows: table.rows.is_empty(),
            rows: rows
                .map(|(at, caption)| TableRowLayout {
                    key: format!("row_{}", at + 1),
                    caption,
                })
                .collect(),
        }
    });
    tables.collect()
}
