//! 图表: five charts of the shown project and of the document, each with what it says in words.

mod card;
mod plot;

use egui::{RichText, Ui};

use crate::{
    model::{id::Id, project::Project},
    session::jobs::Revision,
    sheet::chart::{Chart, Kind, Lack, Subject},
    ui::{
        scene::{Scene, Shown},
        theme::{self, Palette, space},
    },
};
use plot::Place;

/// The narrowest page on which cards stand in two columns, in points.
const TWO_COLUMNS: f32 = 780.0;

/// What the page remembers.
#[derive(Default)]
pub struct ChartsState {
    /// The charts as of the last change.
    drawn: Option<Drawn>,
    /// The heights of the rows of cards as drawn last, in points.
    heights: Vec<f32>,
    /// Whether the first chart takes the focus.
    wants_focus: bool,
}

/// Charts of one state of the document, kept until it changes.
struct Drawn {
    revision: Revision,
    project: Id<Project>,
    cards: Vec<Card>,
    /// How many projects are in no chart, as their editions are not at hand.
    left_out: usize,
}

/// A chart as the page keeps it.
enum Card {
    Ready(Box<Ready>),
    Lacking(Lack),
}

/// A chart that can be drawn.
struct Ready {
    chart: Chart,
    /// Its marks with their places, in the order in which keys go through them.
    places: Vec<Place>,
    /// The mark that keys have come to, as an index into the places.
    chosen: Option<usize>,
}

impl ChartsState {
    /// Gives the first chart the focus once it is drawn.
    pub fn want_focus(&mut self) {
        self.wants_focus = true;
    }
}

/// Draws the page.
pub fn show(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, state: &mut ChartsState) {
    refresh(shown, scene, state);
    let ChartsState {
        drawn: Some(drawn),
        heights,
        wants_focus,
    } = state
    else {
        return;
    };
    let columns = if ui.available_width() < TWO_COLUMNS {
        1
    } else {
        2
    };
    let gaps = space::L * (columns - 1) as f32;
    let width = ((ui.available_width() - gaps) / columns as f32).floor();
    heights.resize(drawn.cards.len().div_ceil(columns), 0.0);
    for (row, (cards, height)) in drawn.cards.chunks_mut(columns).zip(heights).enumerate() {
        if row > 0 {
            ui.add_space(space::L - ui.spacing().item_spacing.y);
        }
        let least = if columns > 1 { *height } else { 0.0 };
        let tallest = ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            let mut tallest = 0.0_f32;
            for card in cards {
                let drawn = ui.vertical(|ui| {
                    ui.set_width(width);
                    let takes_focus = std::mem::take(wants_focus);
                    card::show(ui, scene, card, least, takes_focus)
                });
                tallest = tallest.max(drawn.inner);
            }
            tallest
        });
        if *height != tallest.inner {
            *height = tallest.inner;
            if columns > 1 {
                ui.ctx().request_discard("cards of charts side by side");
            }
        }
    }
    if drawn.left_out > 0 {
        let text = format!("另有 {} 个项目缺少表样，没有画出。", drawn.left_out);
        let text = RichText::new(text).font(theme::text::small());
        ui.label(text.color(Palette::of(ui).text_weak));
    }
}

/// Makes the charts anew where the document or the shown project is another.
fn refresh(shown: &Shown, scene: &Scene<'_>, state: &mut ChartsState) {
    let Some(desk) = scene.desk else { return };
    let revision = desk.session.revision();
    let project = shown.project.id;
    let is_current = |drawn: &Drawn| drawn.revision == revision && drawn.project == project;
    if state.drawn.as_ref().is_some_and(is_current) {
        return;
    }
    let projects = desk.facts.projects();
    let subjects: Vec<Subject<'_>> = projects
        .iter()
        .filter_map(|facts| {
            Some(Subject {
                project: facts.project(),
                edition: facts.edition.as_deref()?,
                score: facts.score.as_deref()?,
            })
        })
        .collect();
    let Some(subject) = subjects.iter().find(|one| one.project.id == project) else {
        return;
    };
    let cards = Kind::ALL.map(|kind| match Chart::of(kind, subject, &subjects) {
        Ok(chart) => Card::Ready(Box::new(Ready {
            places: plot::places(&chart),
            chart,
            chosen: None,
        })),
        Err(lack) => Card::Lacking(lack),
    });
    state.drawn = Some(Drawn {
        revision,
        project,
        cards: cards.into(),
        left_out: projects.len() - subjects.len(),
    });
}
