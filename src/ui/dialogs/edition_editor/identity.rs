//! 名称与适用, and 表下注释.

use egui::{Id, Ui};

use super::pen::{Asked, Pen, captioned, remark, title};
use crate::{
    edit::edition,
    model::{
        edition::{EditionStatus, Orientation},
        figure::MoneyUnit,
    },
    ui::widgets::entry::Entry,
};

/// What stands for the place of the year in a title; in the file it is "{year}".
const YEAR: &str = "【年度】";

/// Draws 名称与适用.
pub fn show(pen: &mut Pen<'_>, ui: &mut Ui) {
    pen.text(ui, "名称", "name", 1, |edition| Some(&mut edition.name));
    pen.text(ui, "地区", "region", 1, |edition| {
        Some(&mut edition.region)
    });
    years(pen, ui);
    pen.text(ui, "报表编号", "form_no", 1, |edition| {
        Some(&mut edition.form_no)
    });
    printed_title(pen, ui);
    let orientations = [
        (Orientation::Portrait, "纵向"),
        (Orientation::Landscape, "横向"),
    ];
    let page = pen.edition.page;
    if let Some(page) = pen.one_of(ui, "纸张方向", "page", page, &orientations) {
        pen.edition.page = page;
    }
    let units = [
        (MoneyUnit::Yuan, "元"),
        (MoneyUnit::TenThousandYuan, "万元"),
    ];
    let unit = pen.edition.money_unit;
    if let Some(unit) = pen.one_of(ui, "金额单位", "money_unit", unit, &units) {
        pen.edition.money_unit = unit;
    }
    title(ui, "依据和核对");
    pen.text(ui, "依据", "source", 3, |edition| {
        Some(&mut edition.source)
    });
    let is_verified = pen.edition.status == EditionStatus::Verified;
    let words = "已与财政部门的原表逐项核对";
    if let Some(is_verified) = pen.check(ui, words, is_verified) {
        pen.edition.status = match is_verified {
            true => EditionStatus::Verified,
            false => EditionStatus::Reference,
        };
    }
    let hint = "每行一条，例如：得分保留几位小数不详";
    pen.lines(ui, "未核对之处", "gaps", hint, |edition| {
        Some(&mut edition.gaps)
    });
    if !is_verified {
        remark(
            ui,
            "没有核对的表样，在项目上和打印、导出时会提醒与原表对照。",
        );
    }
}

fn years(pen: &mut Pen<'_>, ui: &mut Ui) {
    let year = |number: Option<u32>| number.and_then(|year| i16::try_from(year).ok());
    let shown = |year: Option<i16>| year.and_then(|year| u32::try_from(year).ok());
    let years = pen.edition.years;
    if let Some(from) = pen.count(
        ui,
        "适用年度从",
        "years",
        "年（不限则留空）",
        shown(years.from),
    ) {
        pen.edition.years.from = year(from);
    }
    if let Some(to) = pen.count(ui, "至", "years.to", "年（不限则留空）", shown(years.to))
    {
        pen.edition.years.to = year(to);
    }
}

/// The title, with words for the place of the year.
fn printed_title(pen: &mut Pen<'_>, ui: &mut Ui) {
    let mut typed = pen.edition.title.replace("{year}", YEAR);
    let changed = captioned(ui, "表题", |ui, _| {
        let id = Id::unique("title of the edition");
        Entry::new(id, "表题").show(ui, &mut typed).changed()
    });
    if changed {
        pen.edition.title = typed.replace(YEAR, "{year}");
        pen.change = Some(("修改 表题".into(), Some("title".into())));
    }
    pen.told(ui, "title");
    remark(ui, "写上“【年度】”的地方，打印时换成项目的年度。");
}

/// Draws 表下注释.
pub fn footnotes(pen: &mut Pen<'_>, ui: &mut Ui) {
    remark(ui, "印在表的下方。新建的项目带上这些注释，填报时还可以改。");
    let notes = pen.edition.footnotes.iter().enumerate();
    let rows: Vec<(String, String)> = notes
        .map(|(index, text)| {
            (
                format!("注释 {}", index + 1),
                text.chars().take(24).collect(),
            )
        })
        .collect();
    let asked = pen.list(ui, "footnotes", "注释", &rows, |pen, ui, index| {
        let place = format!("footnotes[{index}].text");
        pen.text(ui, "内容", &place, 4, |edition| {
            edition.footnotes.get_mut(index)
        });
    });
    match asked {
        Some(Asked::Add) => {
            pen.edition.footnotes.push("注：".into());
            pen.step("添加 注释");
        }
        Some(Asked::Remove(index)) => {
            pen.edition.footnotes.remove(index);
            pen.step("删除 注释");
        }
        Some(Asked::Step(index, is_up)) => {
            edition::step(&mut pen.edition.footnotes, index, is_up);
            pen.step("移动 注释");
        }
        None => {}
    }
}
