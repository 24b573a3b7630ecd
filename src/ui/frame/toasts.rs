//! What is said in passing: at the bottom left, four seconds, and readable afterwards in the list.

use std::{path::PathBuf, time::Duration};

use egui::{Align2, Area, Context, Frame, Id, Margin, Order, RichText, Stroke, vec2};

use crate::edit::{history::StateId, refusal::Refusal};
use crate::ui::{
    action::Action,
    command::UiCommand,
    icons,
    preferences::Change,
    printing::PrintAction,
    scene::Scene,
    theme::{CARD_RADIUS, HIT, Palette, space},
    widgets::button,
};

/// How long a toast stands, in seconds.
const SECONDS: f64 = 4.0;
/// The most that a toast takes, in points.
const WIDEST: f32 = 440.0;
/// How many are kept to be read afterwards.
const KEPT: usize = 50;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tone {
    Plain,
    Good,
    Warning,
}

/// What can be done at once.
#[derive(Debug, Clone, PartialEq)]
enum Offer {
    /// 撤销, after which the document is at this state; only while it is the present one, since 撤销 means the latest step.
    Undo(StateId),
    /// A PDF beside the document that was saved.
    PdfBeside,
    /// Opening what was written.
    Open(PathBuf),
    /// Ending 审阅模式, which stood in the way.
    EndReview,
    /// Setting back what was set otherwise: the word of the button, and the change of the settings.
    SetBack(&'static str, Change),
}

impl Offer {
    /// What the button says.
    fn caption(&self) -> &'static str {
        match self {
            Self::Undo(_) => "撤销",
            Self::PdfBeside => "同时导出 PDF",
            Self::Open(_) => "打开",
            Self::EndReview => "结束审阅",
            Self::SetBack(verb, _) => verb,
        }
    }

    /// What it asks for.
    fn action(&self) -> Action {
        match self {
            Self::Undo(_) => Action::Do(UiCommand::Undo),
            Self::PdfBeside => Action::Print(PrintAction::Beside),
            Self::Open(path) => Action::Print(PrintAction::Open(path.clone())),
            Self::EndReview => Action::Do(UiCommand::ReviewMode),
            Self::SetBack(_, change) => Action::Change(change.clone()),
        }
    }
}

/// Something said.
struct Toast {
    text: String,
    tone: Tone,
    offer: Option<Offer>,
    /// When it was first drawn, in the window's seconds.
    since: Option<f64>,
}

/// What was said, newest last.
#[derive(Default)]
pub struct Toasts(Vec<Toast>);

impl Toasts {
    /// Says something.
    pub fn say(&mut self, text: String) {
        self.push(text, Tone::Plain, None);
    }

    /// Says that something went well.
    pub fn done(&mut self, text: String) {
        self.push(text, Tone::Good, None);
    }

    /// Says that the document was saved, and offers a PDF of it for colleagues who have no such program.
    pub fn saved(&mut self) {
        self.push("已保存".into(), Tone::Good, Some(Offer::PdfBeside));
    }

    /// Says that a file was written, and offers to open it.
    pub fn written(&mut self, text: String, path: PathBuf) {
        self.push(text, Tone::Good, Some(Offer::Open(path)));
    }

    /// Says that something was not done, or not as one might think.
    pub fn warn(&mut self, text: String) {
        self.push(text, Tone::Warning, None);
    }

    /// Says that something was done that can be taken back at once; `state` is the document's after it.
    pub fn undoable(&mut self, text: String, state: StateId) {
        self.push(text, Tone::Good, Some(Offer::Undo(state)));
    }

    /// Says that something was set otherwise, with a button that sets it back.
    pub fn offering(&mut self, text: String, verb: &'static str, back: Change) {
        self.push(text, Tone::Good, Some(Offer::SetBack(verb, back)));
    }

    /// Says why a change was not made; where 审阅模式 stands in the way, with the way out. Said again and again, as to somebody
    /// who goes on typing, it stands once.
    pub fn refused(&mut self, refusal: &Refusal) {
        let text = refusal.to_string();
        if let Some(latest) = self.0.pop_if(|latest| latest.text == text) {
            return self.push(latest.text, latest.tone, latest.offer);
        }
        let offer = (*refusal == Refusal::Reviewing).then_some(Offer::EndReview);
        self.push(text, Tone::Warning, offer);
    }

    fn push(&mut self, text: String, tone: Tone, offer: Option<Offer>) {
        if self.0.len() == KEPT {
            self.0.remove(0);
        }
        self.0.push(Toast {
            text,
            tone,
            offer,
            since: None,
        });
    }

    /// Everything said, newest first.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().rev().map(|toast| toast.text.as_str())
    }

    /// Draws what stands now, over the panel at the left where there is one of this width: there it hides no text that is
    /// being worked on.
    pub fn show(&mut self, ctx: &Context, scene: &mut Scene<'_>, panel: Option<f32>) {
        let now = ctx.time();
        // Each stands from when it is first in sight: of several said at once, none goes by unseen.
        let stands = |toast: &Toast| {
            toast
                .since
                .is_none_or(|since| now < since + duration(toast))
        };
        let last = self.0.iter().rposition(stands);
        let Some(toast) = last.and_then(|index| self.0.get_mut(index)) else {
            return;
        };
        let until = *toast.since.get_or_insert(now) + duration(toast);
        ctx.request_repaint_after(Duration::from_secs_f64((until - now).max(0.05)));
        let room = panel.map_or(WIDEST, |width| (width - 2.0 * space::S).min(WIDEST));
        if draw(ctx, toast, scene, room) {
            toast.since = Some(f64::MIN);
        }
    }
}

/// Longer texts stand longer.
fn duration(toast: &Toast) -> f64 {
    SECONDS.max(toast.text.chars().count() as f64 / 8.0)
}

/// Draws a toast of at most this width; returns whether it was dismissed.
fn draw(ctx: &Context, toast: &Toast, scene: &mut Scene<'_>, width: f32) -> bool {
    let palette = Palette::of_context(ctx);
    let (icon, color) = match toast.tone {
        Tone::Plain => (icons::INFO, palette.hint),
        Tone::Good => (icons::CHECK_CIRCLE, palette.good),
        Tone::Warning => (icons::WARNING, palette.warning),
    };
    let frame = Frame::new()
        .fill(palette.raised)
        .stroke(Stroke::new(1.0, palette.line))
        .corner_radius(CARD_RADIUS)
        .inner_margin(Margin::symmetric(12, 8));
    let mut dismissed = false;
    Area::new(Id::unique("toast"))
        .order(Order::Foreground)
        .anchor(Align2::LEFT_BOTTOM, vec2(space::S, -space::XL * 2.0))
        .show(ctx, |ui| {
            frame.show(ui, |ui| {
                ui.set_max_width(width - frame.total_margin().sum().x);
                let present = scene.desk.map(|desk| desk.session.history().state());
                let offer = toast.offer.as_ref();
                let offer = offer.filter(|offer| match offer {
                    Offer::Undo(state) => Some(*state) == present,
                    Offer::PdfBeside => scene.desk.is_some(),
                    Offer::EndReview => scene.desk.is_some_and(|desk| desk.session.is_reviewing()),
                    Offer::Open(_) | Offer::SetBack(..) => true,
                });
                ui.horizontal(|ui| {
                    ui.label(RichText::new(icon).size(18.0).color(color));
                    ui.scope(|ui| {
                        // What stands behind the text keeps its room.
                        let room = ui.available_width() - HIT - space::S;
                        ui.set_max_width(room.max(0.0));
                        ui.vertical(|ui| {
                            ui.add(egui::Label::new(&toast.text).wrap());
                            if let Some(offer) = offer
                                && button::quiet(ui, offer.caption()).clicked()
                            {
                                scene.send.send(offer.action());
                                dismissed = true;
                            }
                        });
                    });
                    if button::icon(ui, icons::X, "不再显示这条提示").clicked() {
                        dismissed = true;
                    }
                });
            });
        });
    dismissed
}
