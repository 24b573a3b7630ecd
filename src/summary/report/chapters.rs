//! The chapters in their order.

use jiff::civil::DateTime;

use super::{
    deviations, funds, indicators, overview,
    told::Told,
    writing::{Pages, cell, chinese, row},
};
use crate::{
    model::{
        folding::folded,
        markup::visible_text,
        project::{Goal, header},
        typed::trim,
    },
    sheet::word::document::{Align, Element, ParagraphStyle, Run},
};

/// The title, open where the forms do not say the year or disagree.
pub(super) fn title(told: &[Told]) -> Vec<Run> {
    let year = match common(told, |one| one.project.year()) {
        Some(year) => Run::of(format!("{year}年度")),
        None => Run::open("年度"),
    };
    let whose = match told {
        [one] => Run::of(format!("“{}”", one.name())),
        _ => match common(told, Told::unit) {
            Some(unit) => Run::of(unit),
            None => Run::open("单位名称"),
        },
    };
    vec![year, whose, Run::of("项目支出绩效自评报告")]
}

/// What all say alike.
fn common<'t, 'a, T: PartialEq>(
    told: &'t [Told<'a>],
    say: impl Fn(&'t Told<'a>) -> Option<T>,
) -> Option<T> {
    let mut said = told.iter().map(say);
    let first = said.next()??;
    said.all(|other| other.as_ref() == Some(&first))
        .then_some(first)
}

/// All but the appendix.
pub(super) fn elements(told: &[Told], time: DateTime) -> Vec<Element> {
    let mut pages = Pages::default();
    pages.paragraph(title(told), ParagraphStyle::Title);
    general(&mut pages, told);
    how_it_was_done(&mut pages, told, time);
    completion(&mut pages, told);
    reasons(&mut pages, told);
    use_of_results(&mut pages, told);
    pages.heading(1, "六、其他需要说明的问题");
    let left: usize = told.iter().map(Told::left).sum();
    if left > 0 {
        pages.open(&format!(
            "自评表校验还有 {left} 处错误或警告没有处理，请先核对修改；定稿时删去这句话"
        ));
    }
    pages.open("其他需要说明的问题；没有的写“无”");
    closing(&mut pages, told);
    pages.0
}

fn general(pages: &mut Pages, told: &[Told]) {
    if let [one] = told {
        pages.heading(1, "一、项目概况");
        pages.heading(2, "（一）项目基本情况");
        fields(pages, one);
        pages.open("立项背景和依据、主要内容、实施情况");
        pages.heading(2, "（二）项目绩效目标");
        expected(pages, one);
        return;
    }
    pages.heading(1, "一、单位和项目概况");
    pages.heading(2, "（一）单位基本情况");
    pages.open("单位职责、机构设置和人员情况");
    pages.heading(2, "（二）项目概况");
    if !told.is_empty() {
        pages.text(format!(
            "纳入本报告的项目共 {} 个，各项目的资金和自评结果见附表。",
            told.len()
        ));
    }
    pages.open("项目的总体安排、立项依据和主要内容");
}

/// The header fields of the form, as they are filled in.
fn fields(pages: &mut Pages, one: &Told) {
    let rows = one.edition.header.iter().filter_map(|field| {
        let text = one.header(&field.key)?;
        Some(row(vec![
            cell(0, field.caption.clone(), Align::Centre),
            cell(1, visible_text(text), Align::Left),
        ]))
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        let captions = ["项目", "内容"].map(str::to_owned);
        pages.table(&[1, 3], &captions, rows);
    }
}

fn expected(pages: &mut Pages, one: &Told) {
    goal_texts(pages, one, |goal| &goal.expected, "年度绩效目标");
}

/// A text of every goal, each under its caption where there are several.
fn goal_texts(pages: &mut Pages, one: &Told, text_of: impl Fn(&Goal) -> &str, what: &str) {
    let goals = &one.project.goals;
    for (number, goal) in (1..).zip(goals.iter()) {
        let text = visible_text(text_of(goal));
        let text = trim(&text);
        if goals.len() > 1 {
            let caption = match trim(&goal.caption) {
                "" => format!("{}{number}", one.edition.goals.caption),
                caption => caption.to_owned(),
            };
            pages.text(format!("{caption}："));
        }
        if text.is_empty() {
            pages.open(what);
        } else {
            pages.quoted(text);
        }
    }
    if goals.is_empty() {
        pages.open(what);
    }
}

fn how_it_was_done(pages: &mut Pages, told: &[Told], time: DateTime) {
    pages.heading(1, "二、绩效自评工作开展情况");
    pages.open("自评依据的文件名称和文号（财政部门、主管部门关于本年度绩效自评的通知）");
    let rows: usize = told.iter().map(|one| one.form().counted().count()).sum();
    let mut editions: Vec<&str> = Vec::new();
    for one in told {
        if !editions.contains(&one.edition.name.as_str()) {
            editions.push(&one.edition.name);
        }
    }
    if !editions.is_empty() {
        let date = time.strftime("%Y年%-m月%-d日");
        pages.text(format!(
            "本次自评填报《{}》，共 {} 个项目、{rows} 项三级指标。本报告的数据取自截至{date}填报的自评表。",
            editions.join("》《"),
            told.len()
        ));
    }
    pages.open("自评的组织领导、范围、方法和过程，佐证材料的收集和核实情况");
}

fn completion(pages: &mut Pages, told: &[Told]) {
    pages.heading(1, "三、绩效目标完成情况分析");
    if let [one] = told {
        pages.heading(2, "（一）资金投入情况分析");
        funds::write(pages, one, 3);
        pages.heading(2, "（二）总体绩效目标完成情况分析");
        actual(pages, one);
        pages.heading(2, "（三）绩效指标完成情况分析");
        indicators::write(pages, one, 3);
        return;
    }
    for (number, one) in (1..).zip(told) {
        pages.heading(2, format!("（{}）{}", chinese(number), one.name()));
        pages.heading(3, "1. 资金投入情况分析");
        funds::write(pages, one, 4);
        pages.heading(3, "2. 总体绩效目标完成情况分析");
        actual(pages, one);
        pages.heading(3, "3. 绩效指标完成情况分析");
        indicators::write(pages, one, 4);
    }
}

fn actual(pages: &mut Pages, one: &Told) {
    goal_texts(
        pages,
        one,
        |goal| &goal.actual,
        "年度绩效目标的实际完成情况",
    );
}

fn reasons(pages: &mut Pages, told: &[Told]) {
    pages.heading(1, "四、偏离绩效目标的原因和下一步改进措施");
    if let [one] = told {
        deviations::write(pages, one);
    } else {
        for (number, one) in (1..).zip(told) {
            pages.heading(2, format!("（{}）{}", chinese(number), one.name()));
            deviations::write(pages, one);
        }
    }
    pages.open("下一步改进措施");
}

fn use_of_results(pages: &mut Pages, told: &[Told]) {
    pages.heading(1, "五、绩效自评结果拟应用和公开情况");
    if let [one] = told {
        let mut said = Vec::new();
        said.extend(
            one.total()
                .map(|total| format!("自评总分 {}", points(&total))),
        );
        said.extend(one.rating().map(|rating| format!("评价等级为{rating}")));
        if !said.is_empty() {
            pages.text(format!("本项目{}。", said.join("，")));
        }
    } else {
        overview::ratings(pages, told);
    }
    for one in told {
        further_texts(pages, one, |caption| !deviations::is_about_reasons(caption));
    }
    pages.open("自评结果拟怎样应用于预算安排、政策调整和管理改进");
    pages.open("自评结果拟公开的范围、方式和时间");
}

/// A number with what it counts; any other text as it is.
fn points(total: &str) -> String {
    let is_number = total.ends_with(|last: char| last.is_ascii_digit());
    format!("{total}{}", if is_number { " 分" } else { "" })
}

/// Further texts of the form whose captions are wanted, as written. The form's own hint of what to write is no text.
pub(super) fn further_texts(pages: &mut Pages, one: &Told, is_wanted: impl Fn(&str) -> bool) {
    let fields = one.edition.texts.iter();
    for field in fields.filter(|field| is_wanted(&field.caption)) {
        let text = one.project.texts.get(&field.key).map_or("", |text| text);
        let text = visible_text(text);
        let is_hint = !field.prompt.is_empty() && folded(&text) == folded(&field.prompt);
        if !trim(&text).is_empty() && !is_hint {
            pages.quoted(&format!("{}：{}", field.caption, trim(&text)));
        }
    }
}

fn closing(pages: &mut Pages, told: &[Told]) {
    let attached = if told.len() > 1 {
        "附：项目支出绩效自评汇总表"
    } else {
        "附：项目支出绩效自评表"
    };
    pages.text(attached);
    let unit = match common(told, |one| one.header(header::UNIT)) {
        Some(unit) => Run::of(unit),
        None => Run::open("单位名称"),
    };
    pages.paragraph(vec![unit], ParagraphStyle::Right);
    pages.paragraph(vec![Run::open("报告日期")], ParagraphStyle::Right);
}
