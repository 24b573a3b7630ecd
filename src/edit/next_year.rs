//! A project as the form of the next year: what is aimed at stays, what came of it goes, and whatever text still names the
//! old year gets a note for review.

mod written;

use crate::model::{
    date::WrittenDate,
    edition::{Edition, FieldKind, FieldLayout, FundRole, IndicatorRole},
    figure::FigureCell,
    folding::fold,
    id::{Id, IdSource},
    indicator::{Group, Indicator, Section},
    last_year::{HERE, LastYear},
    path::{CellPath, Place},
    project::{FundRow, Goal, Note, Project, Stage, fund, header},
    record::{KeyMap, Text},
    review::NoteKind,
    rows::Rows,
};

use written::{Written, written_dates};

/// The project's form for the year after its own, with new ids, at 目标下达.
///
/// Kept: header and people at the foot, names and captions, natures, targets, units, weights, expected goals. Cleared: all
/// that says what was done or achieved, all amounts, totals, further texts and tables, dates of filling in, notes,
/// explanations, evidence, the working paper, deadlines, what was approved, be it in the form or not, adjustments of the budget,
/// what was filled in at mid-year, what the account says and rows that the edition has no place for, because all of them belong to
/// the old year. What is known of the old year is kept as [`LastYear`]. The year field of the header counts on, written as it was.
/// Every kept cell that still
/// names an old year or a date gets a note by `author` at `time`.
///
/// `edition` tells which of the edition's own fields are dates, weights or targets; without it, such are cleared.
pub fn next_year(
    project: &Project,
    edition: Option<&Edition>,
    author: &str,
    time: &str,
    ids: &mut dyn IdSource,
) -> Project {
    let mut copy = project.duplicate(ids);
    copy.stage = Stage::Targets;
    copy.notes = Rows::new();
    copy.explanations = Rows::new();
    copy.evidence = Rows::new();
    copy.account = None;
    copy.withheld = None;
    copy.aside = None;
    copy.removed = Rows::new();
    copy.last_year = Some(LastYear::of(project, edition, HERE));
    copy.deadlines = Vec::new();
    copy.budget_adjustments = Rows::new();
    copy.forget_monitoring();
    copy.stated.total_weight = FigureCell::default();
    copy.stated.total_score = FigureCell::default();
    copy.stated.rating = Default::default();
    clear_dates(&mut copy.header, edition.map(|edition| &*edition.header));
    clear_dates(&mut copy.footer, edition.map(|edition| &*edition.footer));
    if let Some(year) = copy.header.get_mut(header::YEAR) {
        *year = counted_on(year).into();
    }
    copy.texts.values_mut().for_each(empty);
    clear_tables(&mut copy);
    change_each(&mut copy.funds, |row| clear_fund_row(row, edition));
    change_each(&mut copy.goals, |goal| clear_goal(goal, edition));

    let review = Review {
        old_year: project.year(),
        author,
        time,
    };
    copy.notes = review.notes(&copy, ids);
    copy
}

fn change_each<T: Clone>(rows: &mut Rows<T>, change: impl Fn(&mut T)) {
    for at in 0..rows.len() {
        if let Some(row) = rows.get_mut(at) {
            change(row);
        }
    }
}

/// The entry stays, as a blank form has one for every field.
fn empty(text: &mut Text) {
    *text = Text::default();
}

/// Empties fields that are dates by the edition, or by what they say.
fn clear_dates(fields: &mut KeyMap<Text>, layout: Option<&[FieldLayout]>) {
    for (key, text) in fields {
        let kind = layout
            .and_then(|layout| layout.iter().find(|field| field.key == *key))
            .map(|field| field.kind);
        let says_day = || WrittenDate::read(text).is_some_and(|date| date.day.is_some());
        if key != header::YEAR && (kind == Some(FieldKind::Date) || says_day()) {
            empty(text);
        }
    }
}

fn clear_tables(project: &mut Project) {
    for rows in project.tables.values_mut() {
        // Rows of the person's own are the old year's; the form's are there again.
        *rows = rows
            .iter()
            .filter(|row| !row.key.is_empty())
            .cloned()
            .collect();
        change_each(rows, |row| row.cells.values_mut().for_each(empty));
    }
}

fn clear_fund_row(row: &mut FundRow, edition: Option<&Edition>) {
    let points = edition
        .and_then(|edition| edition.fund_column(FundRole::Weight))
        .map_or(fund::WEIGHT, |column| &column.key);
    row.figures.retain(|column, _| column == points);
    empty(&mut row.remark);
}

fn clear_goal(goal: &mut Goal, edition: Option<&Edition>) {
    empty(&mut goal.actual);
    goal.texts.values_mut().for_each(empty);
    goal.reasons = Rows::new();
    change_each(&mut goal.sections, |section: &mut Section| {
        section.score = FigureCell::default();
        change_each(&mut section.groups, |group: &mut Group| {
            group.score = FigureCell::default();
            change_each(&mut group.indicators, |row| clear_row(row, edition));
        });
    });
}

fn clear_row(row: &mut Indicator, edition: Option<&Edition>) {
    row.actual = Default::default();
    row.tier = None;
    row.score = FigureCell::default();
    empty(&mut row.deviation);
    row.approved = None;
    row.adjustments.clear();
    for (key, text) in &mut row.extra {
        if !edition.is_some_and(|edition| is_target(edition, key)) {
            empty(text);
        }
    }
}

/// Whether a further column of the indicator table holds targets (年初指标值).
fn is_target(edition: &Edition, key: &str) -> bool {
    const TARGETS: &[&str] = &["指标值", "目标值"];
    edition.indicators.columns.iter().any(|column| {
        let caption = &column.caption;
        column.role == IndicatorRole::Extra
            && column.key == key
            && TARGETS.iter().any(|word| caption.contains(word))
            && !caption.contains("完成")
    })
}

/// The year field one year on: every year in it, digits as wide as they were.
fn counted_on(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut counted = String::with_capacity(text.len());
    for run in chars.chunk_by(|one, next| is_digit(*one) == is_digit(*next)) {
        match next_number(run) {
            Some(next) => counted.extend(next),
            None => counted.extend(run),
        }
    }
    counted
}

fn is_digit(c: char) -> bool {
    fold(c).is_ascii_digit()
}

fn next_number(run: &[char]) -> Option<Vec<char>> {
    if run.len() != 4 || !run.iter().copied().all(is_digit) {
        return None;
    }
    let digits: String = run.iter().copied().map(fold).collect();
    let next = digits.parse::<u16>().ok()?.checked_add(1)?.to_string();
    let widened = run.iter().zip(next.chars()).map(|(old, digit)| {
        let wide = digit
            .to_digit(10)
            .and_then(|d| char::from_u32('０' as u32 + d));
        if old.is_ascii() {
            digit
        } else {
            wide.unwrap_or(digit)
        }
    });
    (next.len() == 4).then(|| widened.collect())
}

/// Marks what a person has to look at.
struct Review<'a> {
    old_year: Option<i16>,
    author: &'a str,
    time: &'a str,
}

impl Review<'_> {
    fn notes(&self, project: &Project, ids: &mut dyn IdSource) -> Rows<Note> {
        let mut remarks: Vec<(Place, String)> = Vec::new();
        if project.year().is_none() {
            let text = "由上年复制：请填写新的年度。".to_owned();
            remarks.push((year_place(project), text));
        }
        project.each_filled_cell(&mut |cell| {
            let dates = written_dates(cell.text, self.old_year);
            let is_old = |date: &Written| {
                // A year that is still to come when the new form is filled in is a plan, not a leftover.
                let old = self.old_year.zip(date.year);
                old.is_none_or(|(old, year)| year <= old)
            };
            let mut old: Vec<&str> = Vec::new();
            for date in dates.iter().filter(|date| is_old(date)) {
                let words = &cell.text[date.range.clone()];
                if !old.contains(&words) {
                    old.push(words);
                }
            }
            let place = cell.place();
            if !old.is_empty() && place != year_place(project) {
                remarks.push((place, remark(&old)));
            }
        });
        let note = |(place, text): (Place, String)| self.note(project, place, text, ids);
        remarks.into_iter().map(note).collect()
    }

    fn note(&self, project: &Project, place: Place, text: String, ids: &mut dyn IdSource) -> Note {
        Note {
            id: Id::new(ids),
            at: addressable(project, place),
            author: self.author.to_owned(),
            time: self.time.to_owned(),
            text: text.into(),
            kind: NoteKind::default(),
            resolved: false,
            replies: Rows::new(),
            unknown: Default::default(),
        }
    }
}

fn year_place(project: &Project) -> Place {
    if project.header.contains_key(header::YEAR) {
        Place::Header(header::YEAR.to_owned())
    } else {
        Place::Whole
    }
}

/// The address of the place; of the whole form where the place's address could not be read back from a file.
fn addressable(project: &Project, place: Place) -> CellPath {
    let at = project.at(place);
    match at.to_string().parse::<CellPath>() {
        Ok(same) if same == at => at,
        _ => project.at(Place::Whole),
    }
}

/// "由上年复制：请核对“2020年”、“5月20日”"
fn remark(dates: &[&str]) -> String {
    const MOST: usize = 5;
    let quoted: Vec<String> = dates
        .iter()
        .take(MOST)
        .map(|date| format!("“{date}”"))
        .collect();
    let more = if dates.len() > MOST {
        format!("等{}处日期", dates.len())
    } else {
        String::new()
    };
    format!("由上年复制：请核对{}{more}", quoted.join("、"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_keeps_the_way_it_is_written() {
        for (old, new) in [
            ("2020年度", "2021年度"),
            ("2020", "2021"),
            ("２０１９年", "２０２０年"),
            ("2020年1月至2020年12月", "2021年1月至2021年12月"),
            ("2019-2020", "2020-2021"),
            ("二〇二〇", "二〇二〇"),
            ("9999", "9999"),
            ("", ""),
        ] {
            assert_eq!(counted_on(old), new, "{old}");
        }
    }

    #[test]
    fn a_remark_names_a_few_dates() {
        assert_eq!(remark(&["2020年"]), "由上年复制：请核对“2020年”");
        let many = ["1月", "2月", "3月", "4月", "5月", "6月"];
        assert_eq!(
            remark(&many),
            "由上年复制：请核对“1月”、“2月”、“3月”、“4月”、“5月”等6处日期"
        );
    }
}
