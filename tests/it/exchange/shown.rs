//! What was recognised, in the words and the order of the expectations (see `tests/exchange/README.md`).

use std::fmt::Write as _;

use jiping::{
    exchange::{
        recognise::{AccountTable, Form, FormKind, Recognised},
        report::Report,
    },
    model::{
        edition::Edition,
        figure::FigureCell,
        indicator::{Group, Indicator, Section, SharedReason},
        project::{FundRow, Goal, Project, fund, header},
    },
};

/// Without white space: where lines break is tested with the readers.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn caption(text: &str) -> String {
    squeezed(text)
        .trim_matches(['：', ':', '*', '＊', '★'])
        .to_owned()
}

/// A title without the year behind it, which has a line of its own.
fn without_year(title: &str) -> String {
    let title = squeezed(title);
    let year = title
        .strip_suffix("年度）")
        .and_then(|rest| rest.rsplit_once('（'));
    match year {
        Some((name, year)) if year.chars().all(|c| c.is_ascii_digit()) => name.to_owned(),
        _ => title,
    }
}

fn beginning(text: &str) -> String {
    squeezed(text).chars().take(20).collect()
}

/// Everything that was recognised.
pub fn recognised(recognised: &Recognised) -> String {
    let mut text = String::new();
    for form in &recognised.forms {
        show_form(&mut text, form, &recognised.report);
    }
    for account in &recognised.accounts {
        show_account(&mut text, account);
    }
    text
}

macro_rules! line {
    ($text:expr, $($arg:tt)*) => {
        let _ = writeln!($text, $($arg)*);
    };
}

fn show_form(text: &mut String, form: &Form, report: &Report) {
    let Form {
        project, edition, ..
    } = form;
    line!(
        text,
        "== {} ==",
        match form.what {
            FormKind::SelfEvaluation => "自评表",
            FormKind::Monitoring => "监控表",
            FormKind::Targets => "目标表",
        }
    );
    let title = match project.stated.title.as_str() {
        "" => project.title_on(edition),
        own => own.to_owned(),
    };
    line!(text, "标题：{}", without_year(&title));
    line!(
        text,
        "年度：{}",
        project
            .year()
            .map_or(String::new(), |year| year.to_string())
    );
    line!(text, "金额单位：{}", project.money_unit);
    show_fields(text, "表头", head_fields(project, edition));
    if !project.funds.is_empty() {
        line!(text, "资金");
    }
    for row in project.funds.iter() {
        line!(text, "  {}：{}", squeezed(&row.name), figures(row, edition));
    }
    for goal in project.goals.iter() {
        show_goal(text, goal, edition);
    }
    show_total(text, project);
    let texts = project
        .texts
        .iter()
        .map(|(key, value)| (edition.text_caption(key), &**value));
    let footer = project
        .footer
        .iter()
        .map(|(key, value)| (edition.footer_caption(key), &**value));
    let below = texts
        .chain(footer)
        .map(|(name, value)| (caption(name), squeezed(value)));
    show_fields(text, "表下", below.collect());
    show_tables(text, project, edition);
    // Where the form has the edition's own notes, there is nothing to state.
    let noted = report.entries.iter().any(|entry| {
        (entry.source.file, entry.source.grid) == (form.source.file, form.source.grid)
            && entry.field.starts_with("表下注释")
    });
    let footnotes = match project.stated.footnotes.as_slice() {
        [] if noted => &form.edition.footnotes,
        stated => stated,
    };
    for note in footnotes {
        line!(text, "注：{}", beginning(note));
    }
}

fn head_fields(project: &Project, edition: &Edition) -> Vec<(String, String)> {
    let known = |key: &str| match key {
        header::PROJECT_NAME => Some("项目名称"),
        header::PROJECT_CODE => Some("项目编码"),
        header::DEPARTMENT => Some("主管部门"),
        header::UNIT => Some("实施单位"),
        _ => None,
    };
    let fields = project
        .header
        .iter()
        .filter(|(key, _)| key.as_str() != header::YEAR);
    fields
        .map(|(key, value)| {
            let name = known(key).unwrap_or_else(|| edition.header_caption(key));
            (caption(name), squeezed(value))
        })
        .collect()
}

fn show_fields(text: &mut String, name: &str, mut fields: Vec<(String, String)>) {
    fields.retain(|(_, value)| !value.is_empty());
    fields.sort();
    if !fields.is_empty() {
        line!(text, "{name}");
    }
    for (name, value) in fields {
        line!(text, "  {name}：{value}");
    }
}

/// Names with values, those without left out.
fn pairs<'t>(values: impl IntoIterator<Item = (String, &'t str)>) -> String {
    let shown = values.into_iter().filter(|(_, value)| !value.is_empty());
    let shown: Vec<String> = shown
        .map(|(name, value)| format!("{name}={}", squeezed(value)))
        .collect();
    shown.join("；")
}

/// The figures of a fund row: known columns first, in a fixed order, then those of the form's own.
fn figures(row: &FundRow, edition: &Edition) -> String {
    const KNOWN: [(&str, &str); 6] = [
        (fund::INITIAL, "年初预算数"),
        (fund::ADJUSTED, "全年预算数"),
        (fund::EXECUTED, "全年执行数"),
        (fund::RATE, "执行率"),
        (fund::WEIGHT, "分值"),
        (fund::SCORE, "得分"),
    ];
    let known = KNOWN.map(|(key, name)| (name.to_owned(), row.figure(key).text()));
    let remark = ("原因说明".to_owned(), &*row.remark);
    let own = row
        .figures
        .iter()
        .filter(|(key, _)| KNOWN.iter().all(|(known, _)| known != key));
    let own = own.map(|(key, figure)| (caption(edition.fund_caption(key)), figure.text()));
    pairs(known.into_iter().chain([remark]).chain(own))
}

fn points(weight: &FigureCell, score: &FigureCell) -> String {
    let points = pairs([
        ("分值".to_owned(), weight.text()),
        ("得分".to_owned(), score.text()),
    ]);
    if points.is_empty() {
        points
    } else {
        format!(" {points}")
    }
}

fn show_goal(text: &mut String, goal: &Goal, edition: &Edition) {
    let weight = match goal.weight.text() {
        "" => String::new(),
        weight => format!(" 分值={weight}"),
    };
    line!(
        text,
        "{}{weight}",
        format!("目标 {}", caption(&goal.caption)).trim_end()
    );
    for (name, value) in [("预期", &goal.expected), ("实际", &goal.actual)] {
        if !value.is_empty() {
            line!(text, "  {name}：{}", beginning(value));
        }
    }
    let mut others: Vec<(&str, &str)> = goal
        .texts
        .iter()
        .map(|(key, value)| (edition.goal_caption(key), &**value))
        .collect();
    others.sort_unstable();
    for (name, value) in others.iter().filter(|(_, value)| !value.is_empty()) {
        line!(text, "  {}：{}", caption(name), beginning(value));
    }
    for section in goal.sections.iter() {
        show_section(text, section, edition);
    }
    for reason in goal.reasons.iter() {
        line!(
            text,
            "  共用原因 {}：{}",
            span_of(goal, reason),
            beginning(&reason.text)
        );
    }
}

fn show_section(text: &mut String, section: &Section, edition: &Edition) {
    let caption = format!("  一级 {}", squeezed(&section.caption));
    line!(
        text,
        "{}{}",
        caption.trim_end(),
        points(&section.weight, &section.score)
    );
    for group in section.groups.iter() {
        let caption = format!("    二级 {}", squeezed(&group.caption));
        line!(
            text,
            "{}{}",
            caption.trim_end(),
            points(&group.weight, &group.score)
        );
        for row in group.indicators.iter() {
            line!(text, "      {}", row_line(row, edition));
        }
    }
}

fn row_line(row: &Indicator, edition: &Edition) -> String {
    let fields = [
        ("性质", row.nature.text()),
        ("目标", row.target.text()),
        ("单位", row.unit.as_str()),
        ("实际", row.actual.text()),
        ("分值", row.weight.text()),
        ("得分", row.score.text()),
        ("原因", &*row.deviation),
    ];
    let mut pieces = vec![squeezed(&row.name)];
    let filled = fields
        .iter()
        .filter(|(_, value)| !squeezed(value).is_empty());
    pieces.extend(filled.map(|(name, value)| format!("{name}={}", squeezed(value))));
    let extra = row
        .extra
        .iter()
        .filter(|(_, value)| !squeezed(value).is_empty());
    let extra = extra.map(|(key, value)| {
        format!(
            "{}={}",
            caption(edition.extra_caption(key)),
            squeezed(value)
        )
    });
    let mut extra: Vec<String> = extra.collect();
    extra.sort();
    pieces.extend(extra);
    if let Some(approved) = &row.approved {
        pieces.push(format!("批复={}", squeezed(&approved.target)));
    }
    let part = if row.part_of.is_some() { "其中 " } else { "" };
    format!("{part}{}", pieces.join(" | "))
}

/// What a reason spans, by captions; rows by their names.
pub fn span_of(goal: &Goal, reason: &SharedReason) -> String {
    let sections = || goal.sections.iter();
    let groups = || sections().flat_map(|section| section.groups.iter());
    if let Some(id) = reason.section {
        let section: Option<&Section> = sections()
            .find(|section| section.id == id)
            .map(|section| &**section);
        return squeezed(section.map_or("?", |section| &section.caption));
    }
    if let Some(id) = reason.group {
        let group: Option<&Group> = groups().find(|group| group.id == id).map(|group| &**group);
        return squeezed(group.map_or("?", |group| &group.caption));
    }
    let rows = groups().flat_map(|group| group.indicators.iter());
    let named = rows.filter(|row| reason.rows.contains(&row.id));
    let named: Vec<String> = named.map(|row| squeezed(&row.name)).collect();
    named.join("、")
}

fn show_total(text: &mut String, project: &Project) {
    let stated = &project.stated;
    let total = pairs([
        ("分值".to_owned(), stated.total_weight.text()),
        ("得分".to_owned(), stated.total_score.text()),
        ("等级".to_owned(), stated.rating.text()),
    ]);
    if !total.is_empty() {
        line!(text, "总分：{total}");
    }
}

fn show_tables(text: &mut String, project: &Project, edition: &Edition) {
    for (key, rows) in project.tables.iter() {
        let layout = edition.tables.iter().find(|table| table.key == *key);
        line!(
            text,
            "附表 {}",
            caption(layout.map_or(key, |table| &table.caption))
        );
        for row in rows.iter() {
            let name = layout.and_then(|table| table.rows.iter().find(|own| own.key == row.key));
            let cells = row.cells.iter().map(|(key, value)| {
                let column =
                    layout.and_then(|table| table.columns.iter().find(|own| own.key == *key));
                (
                    caption(column.map_or(key, |column| &column.caption)),
                    &**value,
                )
            });
            let mut cells: Vec<_> = cells.collect();
            cells.sort();
            line!(
                text,
                "  {}：{}",
                squeezed(name.map_or("", |name| &name.caption)),
                pairs(cells)
            );
        }
    }
}

fn show_account(text: &mut String, account: &AccountTable) {
    line!(text, "== 资金账表 ==");
    for row in account.block.rows() {
        let cells: Vec<String> = row.iter().map(|cell| squeezed(cell)).collect();
        line!(text, "  {}", cells.join(" | ").trim_end_matches([' ', '|']));
    }
}
