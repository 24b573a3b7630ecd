//! Family H, first part: header, foot and the form's year and money unit.

use super::{
    catalogue::{Check, FixKind, Phase, Rule},
    finding::{CellChange, Fix, Mend},
    form::Form,
    sink::Sink,
};
use crate::model::{
    edition::{FieldKind, FieldLayout, Need},
    figure::MoneyUnit,
    path::{GoalField, Place, StatedField},
    policy::Severity,
    project::header,
    typed::trim,
};

/// The rules of this family.
pub const RULES: &[Rule] = &[
    Rule {
        code: "H01",
        name: "项目名称未填写",
        level: Severity::Error,
        summary: "项目名称空白。",
        why: "没有项目名称，表无法归档和公开。",
        basis: "财预〔2020〕10号所附自评表样式；地方复核口径",
        mend: "在表头填写项目名称，与项目库、预算批复中的名称一字不差。",
        example: "项目名称未填写",
        verified: false,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(h01),
    },
    Rule {
        code: "H02",
        name: "主管部门未填写",
        level: Severity::Error,
        summary: "主管部门空白。",
        why: "自评结果按主管部门汇总。",
        basis: "财预〔2020〕10号所附自评表样式；地方复核口径",
        mend: "在表头填写主管部门的全称，即编报部门预算的局、委、办。",
        example: "主管部门未填写",
        verified: false,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(h02),
    },
    Rule {
        code: "H03",
        name: "实施单位未填写",
        level: Severity::Warning,
        summary: "实施单位空白。",
        why: "绩效责任要落实到单位。",
        basis: "财预〔2020〕10号所附自评表样式；公开自评表中的常见错误",
        mend: "在表头填写具体实施单位的全称；由主管部门自己实施的，填主管部门。",
        example: "实施单位未填写",
        verified: false,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(h03),
    },
    Rule {
        code: "H04",
        name: "年度缺失或不合法",
        level: Severity::Error,
        summary: "年度空白、不是 20×× 年，或晚于今年。",
        why: "年度决定用哪一年的目标和预算。",
        basis: "评审实践",
        mend: "在表头填写自评的年度，写四位数字，如 2020 年。",
        example: "年度未填写",
        verified: false,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &["H05"],
        check: Check::Form(h04),
    },
    Rule {
        code: "H05",
        name: "文字中的年度与表头不一致",
        level: Severity::Warning,
        summary: "目标或完成情况以另一年度作为本表的年度。",
        why: "多为照搬上年的表，会被认为没有如实自评。",
        basis: "第三方复核口径（模板照搬）",
        mend: "先看表头年度对不对；表头无误的，把文字中照搬上年的部分改为本年度的内容。",
        example: "表头为 2020 年，文中写的是 2019 年",
        verified: true,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(h05),
    },
    Rule {
        code: "H06",
        name: "金额单位未标明或不一致",
        level: Severity::Warning,
        summary: "表上没有标明元或万元，标明的与填写所用的不同，或与表样的不同。",
        why: "差一个“万”字，金额就差一万倍。",
        basis: "公开自评表中的常见错误",
        mend: "在表头标明“元”或“万元”，并核对资金表各行都用这个单位填写。",
        example: "金额单位未标明",
        verified: true,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Sometimes,
        silences: &[],
        check: Check::Form(h06),
    },
    Rule {
        code: "H10",
        name: "主管部门与实施单位疑似填反",
        level: Severity::Warning,
        summary: "主管部门像下属单位（团、中心、学校、所……），实施单位像机关（局、委、机关……）。",
        why: "填反会把责任单位和汇总口径弄错。",
        basis: "公开自评表中的常见错误",
        mend: "核对两栏是否填反：主管部门填局、委、办，实施单位填具体做事的单位。",
        example: "主管部门“新洲区楚剧团”与实施单位“新洲区文化和旅游局机关”疑似填反",
        verified: true,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(h10),
    },
    Rule {
        code: "H11",
        name: "表样要求的栏目未填写",
        level: Severity::Warning,
        summary: "表样要求的其他表头、表尾（负责人、联系电话……）或文字栏目空白。",
        why: "填报人和负责人要对内容负责。",
        basis: "四川省部门预算项目支出绩效自评表样式",
        mend: "按表样补填空着的栏目，由负责人确认后报送。",
        example: "表样要求的栏目未填写：财务负责人",
        verified: true,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(h11),
    },
];

/// The level of a blank field.
fn level_of(need: Need) -> Option<Severity> {
    match need {
        Need::Required => Some(Severity::Error),
        Need::Expected => Some(Severity::Warning),
        Need::Optional => None,
    }
}

fn h01(form: &Form<'_>, sink: &mut Sink<'_>) {
    blank_header(form, sink, header::PROJECT_NAME);
}

fn h02(form: &Form<'_>, sink: &mut Sink<'_>) {
    blank_header(form, sink, header::DEPARTMENT);
}

fn h03(form: &Form<'_>, sink: &mut Sink<'_>) {
    blank_header(form, sink, header::UNIT);
}

fn blank_header(form: &Form<'_>, sink: &mut Sink<'_>, key: &str) {
    let Some(field) = form.edition.header.iter().find(|field| field.key == key) else {
        return;
    };
    let Some(level) = level_of(field.need) else {
        return;
    };
    if trim(form.project.header(key)).is_empty() {
        let hit = sink.hit(
            Place::Header(key.to_owned()),
            format!("{}未填写", field.caption),
            format!("填写{}", field.caption),
        );
        sink.push(hit.level(level));
    }
}

fn h04(form: &Form<'_>, sink: &mut Sink<'_>) {
    let Some(field) = form
        .edition
        .header
        .iter()
        .find(|field| field.key == header::YEAR)
    else {
        return;
    };
    let this_year = form.today.year();
    let text = trim(form.project.header(header::YEAR));
    let lead = match form.year {
        Some(year) if (2000..=this_year).contains(&year) => return,
        Some(year) if year > this_year => {
            format!("{} {year} 晚于今年（{this_year} 年）", field.caption)
        }
        _ if text.is_empty() => format!("{}未填写", field.caption),
        _ => format!("{}“{text}”不是有效的年份", field.caption),
    };
    sink.push(sink.hit(
        Place::Header(header::YEAR.to_owned()),
        lead,
        "填写自评的年度，如 2020 年",
    ));
}

fn h05(form: &Form<'_>, sink: &mut Sink<'_>) {
    let Some(year) = form.year else { return };
    for goal in &form.goals {
        let cells = [
            (GoalField::Expected, &goal.expected, Mend::Approved),
            (GoalField::Actual, &goal.actual, Mend::Now),
        ];
        for (field, text, mend) in cells {
            let Some(other) = text.lines().find_map(|line| foreign_year(line, year)) else {
                continue;
            };
            let hit = sink.hit(
                Place::Goal(goal.goal.id, field),
                format!("表头为 {year} 年，文中写的是 {other} 年"),
                "核对年度；照搬上年文字的，改为本年度的内容",
            );
            sink.push(hit.mend(mend));
        }
    }
}

/// A year that stands as the line's own where the form is of another.
///
/// Conservative: a line that also names the form's year, speaks of earlier years, plans or documents, and a year that begins
/// a date, a span or a comparison, tell of other years for a reason.
fn foreign_year(line: &str, form_year: i16) -> Option<i16> {
    const REASONS: &[&str] = &[
        "上年",
        "以前",
        "去年",
        "前年",
        "次年",
        "明年",
        "下年",
        "下一年",
        "跨年",
        "结转",
        "同期",
        "以来",
        "历年",
        "往年",
        "截至",
        "截止",
        "规划",
        "〔",
        "《",
    ];
    let other = line.match_indices("20").find_map(|(at, _)| {
        let before = &line[..at];
        let year: i16 = line.get(at..at + 4)?.parse().ok()?;
        let after = line[at + 4..].strip_prefix('年')?;
        let names_the_year = after.starts_with('度') || begins_clause(before);
        let is_own = names_the_year && !spans_or_compares(before, after) && year != form_year;
        is_own.then_some(year)
    })?;
    let has_reason = line.contains(form_year.to_string().as_str())
        || REASONS.iter().any(|word| line.contains(word));
    (!has_reason).then_some(other)
}

/// Whether a year belongs to a date, a span of years or a comparison.
fn spans_or_compares(before: &str, after: &str) -> bool {
    const NEAR: usize = 4;
    const SIGNS: &str = "至自从起较比届到-—~～0123456789";
    let date = |c: char| c.is_ascii_digit() || "底末初前后内间之".contains(c);
    let is_sign = |c: char| SIGNS.contains(c);
    after.starts_with(date)
        || before.chars().rev().take(NEAR).any(is_sign)
        || after.chars().take(NEAR).any(is_sign)
}

fn begins_clause(before: &str) -> bool {
    before
        .trim_end()
        .chars()
        .next_back()
        .is_none_or(|c| "，。；：、！？,;:.（(）)".contains(c))
}

fn h06(form: &Form<'_>, sink: &mut Sink<'_>) {
    let project = form.project;
    if form.edition.funds.rows.is_empty() {
        return;
    }
    let place = Place::Stated(StatedField::MoneyUnit);
    let text = trim(&project.stated.money_unit);
    let unit = project.money_unit;
    if text.is_empty() {
        let hit = sink.hit(place, "金额单位未标明", "在表头标明“元”或“万元”");
        let change = CellChange {
            at: hit.at.clone(),
            new: unit.to_string(),
        };
        let fix = Fix {
            title: format!("标明“{unit}”"),
            changes: vec![change],
        };
        sink.push(hit.fix(Some(fix)));
        return;
    }
    match stated_unit(text) {
        None => sink.push(sink.hit(
            place,
            format!("金额单位“{text}”既不是元也不是万元"),
            "在表头标明“元”或“万元”",
        )),
        Some(stated) if stated != unit => sink.push(sink.hit(
            place,
            format!("表头标明“{stated}”，填写时用的是“{unit}”"),
            "核对金额后统一单位",
        )),
        Some(_) if unit != form.edition.money_unit => {
            let lead = format!(
                "表样以{}为单位，本表以{unit}为单位",
                form.edition.money_unit
            );
            let hit = sink.hit(place, lead, "当地允许的可以保留；否则按表样的单位换算");
            sink.push(hit.level(Severity::Hint));
        }
        Some(_) => {}
    }
}

fn stated_unit(text: &str) -> Option<MoneyUnit> {
    if text.contains("万元") {
        Some(MoneyUnit::TenThousandYuan)
    } else if text.contains("亿元") || text.contains("千元") {
        None
    } else {
        text.contains('元').then_some(MoneyUnit::Yuan)
    }
}

fn h10(form: &Form<'_>, sink: &mut Sink<'_>) {
    const SUBORDINATE: &[&str] = &[
        "团",
        "中心",
        "学校",
        "小学",
        "中学",
        "幼儿园",
        "所",
        "站",
        "医院",
        "剧院",
        "研究院",
        "博物馆",
        "图书馆",
        "文化馆",
        "大队",
    ];
    const AUTHORITY: &[&str] = &[
        "局",
        "委",
        "委员会",
        "机关",
        "厅",
        "政府",
        "财政部",
        "办公室",
    ];
    let department = trim(form.project.header(header::DEPARTMENT));
    let unit = trim(form.project.header(header::UNIT));
    let ends = |text: &str, words: &[&str]| words.iter().any(|word| text.ends_with(word));
    let same_house = department.is_empty() || unit.contains(department);
    // 团委 and 派出所 belong to authorities themselves.
    let committee = ends(
        department,
        &["兵团", "集团", "代表团", "派出所", "司法所", "财政所"],
    );
    if same_house || committee || !ends(department, SUBORDINATE) || !ends(unit, AUTHORITY) {
        return;
    }
    sink.push(sink.hit(
        Place::Header(header::DEPARTMENT.to_owned()),
        format!("主管部门“{department}”与实施单位“{unit}”疑似填反"),
        "主管部门填主管的局、委，实施单位填具体实施的单位",
    ));
}

fn h11(form: &Form<'_>, sink: &mut Sink<'_>) {
    const OWN_RULES: &[&str] = &[
        header::PROJECT_NAME,
        header::DEPARTMENT,
        header::UNIT,
        header::YEAR,
    ];
    let edition = form.edition;
    let project = form.project;
    let header = edition
        .header
        .iter()
        .filter(|field| !OWN_RULES.contains(&field.key.as_str()) && field.kind != FieldKind::Year);
    for field in header {
        blank_field(field, project.header(&field.key), Place::Header, sink);
    }
    for field in &edition.texts {
        let text = project.texts.get(&field.key).map_or("", |text| text);
        blank_field(field, text, Place::Text, sink);
    }
    for field in &edition.footer {
        let text = project.footer.get(&field.key).map_or("", |text| text);
        blank_field(field, text, Place::Footer, sink);
    }
}

fn blank_field(field: &FieldLayout, text: &str, place: fn(String) -> Place, sink: &mut Sink<'_>) {
    let Some(level) = level_of(field.need).filter(|_| trim(text).is_empty()) else {
        return;
    };
    let mut hit = sink
        .hit(
            place(field.key.clone()),
            "表样要求的栏目未填写",
            "补填后报送",
        )
        .level(level)
        .item(field.caption.clone());
    hit.folds = true;
    sink.push(hit);
}
