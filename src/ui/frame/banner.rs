//! Bars above the pages: what stands between the document and its file.

use egui::{Color32, Frame, Margin, Panel, RichText, Ui};

use crate::{
    session::{outside::Outside, session::Access},
    ui::{
        action::Action,
        desk::Desk,
        icons,
        outside::OutsideAction,
        scene::Scene,
        theme::{HIT, Palette, space},
        widgets::button,
    },
};

/// What a bar says, and what can be done at once.
struct Banner {
    id: &'static str,
    icon: &'static str,
    words: String,
    is_warning: bool,
    offers: Vec<(&'static str, Action)>,
}

/// Draws the bars that there is a reason for.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>) {
    let Some(desk) = scene.desk else { return };
    let banners = [of_change(desk, scene), of_access(desk)];
    for banner in banners.into_iter().flatten() {
        if let Some(action) = draw(ui, banner) {
            scene.send.send(action);
        }
    }
}

fn draw(ui: &mut Ui, banner: Banner) -> Option<Action> {
    let palette = Palette::of(ui);
    let (fill, color): (Color32, Color32) = match banner.is_warning {
        true => (palette.warning_weak, palette.warning),
        false => (palette.ground, palette.text_weak),
    };
    let frame = Frame::new()
        .fill(fill)
        .inner_margin(Margin::symmetric(12, 4));
    let shown = Panel::top(banner.id).frame(frame).show(ui, |ui| {
        let mut asked = None;
        ui.horizontal_wrapped(|ui| {
            ui.set_min_height(HIT);
            ui.spacing_mut().item_spacing.x = space::S;
            ui.label(RichText::new(banner.icon).size(16.0).color(color));
            ui.label(banner.words);
            for (name, action) in banner.offers {
                if button::quiet(ui, name).clicked() {
                    asked = Some(action);
                }
            }
        });
        asked
    });
    shown.inner
}

/// Somebody else changed the file.
fn of_change(desk: &Desk, scene: &Scene<'_>) -> Option<Banner> {
    let outside = |action| Action::Outside(action);
    let compare = ("查看差异", outside(OutsideAction::Compare));
    let keep = ("保留我的（另存为）…", Action::SaveAsThen(None));
    let (words, offers) = match desk.session.outside() {
        Outside::Known | Outside::Unseen(_) => return None,
        Outside::Changed(theirs) => {
            let time = scene.environment.moment_in_words(theirs.time);
            let take = outside(OutsideAction::Take);
            if desk.session.is_dirty() {
                let merge = ("合并…", outside(OutsideAction::Merge));
                let take = ("用磁盘上的（放弃我的改动）", take);
                let words = format!("文件已被别人改动（{time}），您的改动还没有保存。");
                (words, vec![merge, compare, take, keep])
            } else {
                let words = format!("文件已被别人改动（{time}）。");
                (words, vec![("换成新的内容", take), compare])
            }
        }
        Outside::Broken(time, why) => {
            let time = scene.environment.moment_in_words(*time);
            let words = format!("文件已被别的程序改动（{time}），现在读不出来：{why}");
            (words, vec![keep])
        }
    };
    Some(Banner {
        id: "banner of a change",
        icon: icons::WARNING,
        words,
        is_warning: true,
        offers,
    })
}

/// The file, or the document, cannot be written to.
fn of_access(desk: &Desk) -> Option<Banner> {
    let save_as = || vec![("另存为…", Action::SaveAsThen(None))];
    let (icon, words, offers) = match desk.session.access() {
        Access::Full => return None,
        Access::Marked => (
            icons::LOCK,
            "文件标为只读：可以编辑，但只能另存为别的文件。",
            save_as(),
        ),
        Access::Folder => (
            icons::LOCK,
            "这个文件夹不能写入：可以编辑，但只能存到别处。",
            save_as(),
        ),
        Access::Looking => {
            let edit = Action::Outside(OutsideAction::LookOnly(false));
            let words = "只读打开：可以看，不能改。";
            (icons::EYE, words, vec![("改为编辑", edit)])
        }
    };
    Some(Banner {
        id: "banner of access",
        icon,
        words: words.to_owned(),
        is_warning: false,
        offers,
    })
}
