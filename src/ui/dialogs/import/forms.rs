//! The forms that were recognised: on which edition, and what is to be done with each.

use egui::{Align, ComboBox, Label, Layout, RichText, ScrollArea, Ui, WidgetInfo};

use super::ask;
use crate::{
    edit::batch_funds::told_unit,
    exchange::{
        recognise::{Fit, Form, FormKind},
        step::Take,
    },
    model::{figure::MoneyUnit, id::Id, project::Project},
    ui::{
        importing::{ImportAction, Preview},
        scene::Scene,
        theme::{self, HIT, Palette, ROW, space},
        widgets::choice,
    },
};

/// Draws the list.
pub(super) fn show(ui: &mut Ui, preview: &Preview, scene: &mut Scene<'_>) {
    let palette = Palette::of(ui);
    if preview.recognised.forms.is_empty() && preview.recognised.accounts.is_empty() {
        let text = "没有认出自评表、目标表或资金表。可以在右边的原表中点表头或行号，指明各列、各行是什么，再看结果。";
        ui.add(Label::new(RichText::new(text).color(palette.warning)).wrap());
        return;
    }
    if preview.recognised.forms.len() > 1 {
        edition_of_all(ui, preview, scene);
    }
    ScrollArea::vertical()
        .id_salt("forms to import")
        .max_height(4.2 * ROW)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            for (index, form) in preview.recognised.forms.iter().enumerate() {
                line(ui, preview, scene, index, form);
            }
            accounts(ui, preview, scene);
        });
}

/// One edition for all forms, where there are several.
fn edition_of_all(ui: &mut Ui, preview: &Preview, scene: &mut Scene<'_>) {
    let count = preview.recognised.forms.len();
    ui.horizontal(|ui| {
        ui.set_height(HIT);
        let weak = Palette::of(ui).text_weak;
        let words = format!("认出 {count} 份表。表样不合适时，可以为全部表指定：");
        ui.label(RichText::new(words).color(weak));
        edition_choice(ui, preview, scene, "全部表的表样", 300.0);
    });
}

fn line(ui: &mut Ui, preview: &Preview, scene: &mut Scene<'_>, index: usize, form: &Form) {
    let palette = Palette::of(ui);
    let width = ui.available_width();
    ui.horizontal(|ui| {
        ui.set_height(ROW);
        let kind = match form.what {
            FormKind::SelfEvaluation => "自评表",
            FormKind::Monitoring => "监控表",
            FormKind::Targets => "目标表",
        };
        ui.label(
            RichText::new(kind)
                .font(theme::text::small())
                .color(palette.text_weak),
        );
        let size = egui::vec2(width * 0.34, HIT);
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_size(size);
            let name = RichText::new(form.project.shown_name()).font(theme::text::strong());
            ui.add(Label::new(name).truncate());
        });
        take_choice(ui, preview, scene, index, form);
        if preview.recognised.forms.len() == 1 {
            edition_choice(ui, preview, scene, "表样", 260.0);
        }
        if form.fit == Fit::Built {
            keep(ui, preview, scene, form);
        }
        let (words, color) = fit(form, palette);
        let shown = RichText::new(&words).font(theme::text::small());
        ui.add(Label::new(shown.color(color)).truncate())
            .on_hover_text(words);
    });
}

/// Whether the edition that was made from the form is kept beyond this document.
fn keep(ui: &mut Ui, preview: &Preview, scene: &mut Scene<'_>, form: &Form) {
    let mut is_kept = preview.is_kept(form);
    let shown = ui
        .checkbox(&mut is_kept, "留作以后使用")
        .on_hover_text("把这个表样存入本机：以后新建、导入同样的表时可以直接选用");
    if shown.clicked() {
        let id = form.edition.id.clone();
        ask(scene, ImportAction::Keep(id, is_kept));
    }
}

/// Which edition, and why.
fn fit(form: &Form, palette: &Palette) -> (String, egui::Color32) {
    let name = &form.edition.name;
    match form.fit {
        Fit::Known { share } => (format!("表样：{name}（相符 {share}%）"), palette.text_weak),
        Fit::Chosen => (format!("表样：{name}（指定）"), palette.text_weak),
        Fit::Built => (
            format!("没有相同的表样，按原表生成“{name}”，随文件保存"),
            palette.warning,
        ),
    }
}

/// 新增, 替换, 登记批复值, 登记上年数据, 不导入.
fn take_choice(ui: &mut Ui, preview: &Preview, scene: &mut Scene<'_>, index: usize, form: &Form) {
    let twin = preview.twins.get(index).copied().flatten();
    let next = preview.next_years.get(index).copied().flatten();
    let options = options(form, twin, next);
    let current = preview.taking.get(index).copied().unwrap_or(Take::Skip);
    let words = |take: Take| words_of(take, twin.is_some());
    let name = format!("第 {} 份表", index + 1);
    let shown = ComboBox::from_id_salt(("take", index))
        .selected_text(words(current))
        .width(150.0)
        .show_ui(ui, |ui| {
            let mut taken = None;
            for option in options {
                if ui
                    .selectable_label(option == current, words(option))
                    .clicked()
                {
                    taken = Some(option);
                }
            }
            taken
        });
    shown.response.widget_info(|| {
        let mut info = WidgetInfo::labeled(egui::Role::ComboBox, true, &name);
        info.current_text_value = Some(words(current).to_owned());
        info
    });
    if let Some(take) = shown.inner.flatten() {
        ask(scene, ImportAction::Take(index, take));
    }
}

fn options(form: &Form, twin: Option<Id<Project>>, next: Option<Id<Project>>) -> Vec<Take> {
    let mut options = vec![Take::New];
    if let Some(twin) = twin {
        options.push(match form.what {
            FormKind::SelfEvaluation | FormKind::Monitoring => Take::Replace(twin),
            FormKind::Targets => Take::Approve(twin),
        });
    }
    options.extend(next.map(Take::LastYear));
    options.push(Take::Skip);
    options
}

fn words_of(take: Take, has_twin: bool) -> &'static str {
    match take {
        Take::New if has_twin => "另外新增一个项目",
        Take::New => "新增项目",
        Take::Replace(_) => "替换已有的同名项目",
        Take::Approve(_) => "登记为已有项目的批复值",
        Take::LastYear(_) => "登记为上年数据",
        Take::Skip => "不导入",
    }
}

/// The edition to put forms on.
fn edition_choice(ui: &mut Ui, preview: &Preview, scene: &mut Scene<'_>, name: &str, width: f32) {
    const AUTOMATIC: &str = "自动选择";
    let at_hand;
    let shelf = match scene.desk {
        Some(desk) => desk.session.editions().shelf(),
        None => {
            at_hand = scene.environment.editions();
            &at_hand
        }
    };
    let wanted = preview.wishes.edition.as_deref();
    let listed = shelf.list();
    let current = listed
        .iter()
        .find(|shelved| Some(shelved.edition.id.as_str()) == wanted)
        .map_or(AUTOMATIC, |shelved| shelved.edition.name.as_str());
    let options = std::iter::once((AUTOMATIC, "")).chain(
        listed
            .iter()
            .map(|shelved| (shelved.edition.name.as_str(), "")),
    );
    let taken = ui
        .allocate_ui(egui::vec2(width, HIT), |ui| {
            let caption = ui.scope_id();
            choice::show(ui, name, caption, current, options)
        })
        .inner;
    if let Some(taken) = taken {
        let mut wishes = preview.wishes.clone();
        let chosen = taken.checked_sub(1).and_then(|index| listed.get(index));
        wishes.edition = chosen.map(|shelved| shelved.edition.id.clone());
        ask(scene, ImportAction::Wish(wishes));
    }
}

/// Budget and payment tables, with the unit of their amounts.
fn accounts(ui: &mut Ui, preview: &Preview, scene: &mut Scene<'_>) {
    let Some(first) = preview.recognised.accounts.first() else {
        return;
    };
    let palette = Palette::of(ui);
    let rows: usize = preview
        .recognised
        .accounts
        .iter()
        .map(|table| table.block.rows().len().saturating_sub(1))
        .sum();
    let unit = preview
        .unit
        .or_else(|| told_unit(&first.block))
        .unwrap_or_default();
    ui.horizontal(|ui| {
        ui.set_height(ROW);
        ui.label(
            RichText::new("资金表")
                .font(theme::text::small())
                .color(palette.text_weak),
        );
        let words = format!("约 {rows} 行，按项目编码或名称填入资金，并留作账面数核对。金额单位");
        ui.label(words);
        ui.spacing_mut().item_spacing.x = space::S;
        for each in [MoneyUnit::Yuan, MoneyUnit::TenThousandYuan] {
            if ui.radio(unit == each, each.to_string()).clicked() {
                ask(scene, ImportAction::Unit(each));
            }
        }
    });
}
