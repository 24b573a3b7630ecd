//! Pictures of the blank forms of editions, drawn in the background once each.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use egui::{ColorImage, Context, TextureHandle, TextureOptions};
use jiff::civil::DateTime;

use super::app::{App, JobKind, JobResult};
use crate::{
    model::{edition::Edition, id::CountedIds, project::Project},
    session::jobs::Wanted,
    sheet::{booklet::Booklet, layout::Typesetter, picture::Picture, table::FormSheet},
    store::editions::Shelved,
};

/// Pixels for each point of 1/72 inch: sharp in the chooser at 150 %.
const SCALE: f64 = 1.5;

/// So many pictures are kept, those drawn last: one is some 5 MB, and an edition that is being edited has a new one with every
/// change.
const MOST: usize = 24;

/// The pictures drawn last, by the editions' hashes.
#[derive(Default)]
pub struct EditionPictures {
    drawn: HashMap<Arc<str>, Drawn>,
    order: VecDeque<Arc<str>>,
}

/// How far a picture is.
pub enum Drawn {
    /// Being drawn.
    Underway,
    /// Drawn: the first page.
    Ready(TextureHandle),
    /// The form could not be laid out.
    Failed,
}

impl EditionPictures {
    /// The picture of an edition; `None` where nobody has asked for it yet.
    pub fn get(&self, hash: &str) -> Option<&Drawn> {
        self.drawn.get(hash)
    }

    /// Whether one is being drawn: one at a time.
    pub fn is_busy(&self) -> bool {
        let mut all = self.drawn.values();
        all.any(|drawn| matches!(drawn, Drawn::Underway))
    }

    /// Nothing comes of the one that is being drawn.
    pub(super) fn give_up(&mut self) {
        for drawn in self.drawn.values_mut() {
            if matches!(drawn, Drawn::Underway) {
                *drawn = Drawn::Failed;
            }
        }
    }

    /// Keeps what a job has drawn.
    pub(super) fn take(&mut self, ctx: &Context, hash: Arc<str>, picture: Option<Picture>) {
        let drawn = picture.map_or(Drawn::Failed, |picture| {
            let size = [picture.width as usize, picture.height as usize];
            let image = ColorImage::from_rgba_unmultiplied(size, &picture.rgba);
            let name = format!("edition {hash}");
            let options =
                TextureOptions::LINEAR.with_mipmap_mode(Some(egui::TextureFilter::Linear));
            Drawn::Ready(ctx.load_texture(name, image, options))
        });
        self.drawn.insert(Arc::clone(&hash), drawn);
        self.order.push_back(hash);
        if self.order.len() > MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.drawn.remove(&oldest);
        }
    }
}

impl App {
    /// Starts drawing the blank form of an edition, unless another one is being drawn: the dialog then asks again.
    pub(super) fn draw_edition(&mut self, wanted: Shelved) {
        if self.pictures.is_busy() || self.pictures.get(&wanted.hash).is_some() {
            return;
        }
        let hash = Arc::clone(&wanted.hash);
        self.pictures
            .drawn
            .insert(Arc::clone(&hash), Drawn::Underway);
        let typesetter = Arc::clone(&self.typesetter);
        let time = self.environment.now().datetime();
        self.start(
            JobKind::EditionPicture,
            "edition picture",
            Wanted::Always,
            move || {
                let typesetter = typesetter.get_or_init(Typesetter::new);
                let picture = draw(typesetter, &wanted.edition, time);
                JobResult::EditionPicture(hash, picture)
            },
        );
    }
}

/// The first page of the blank form.
fn draw(typesetter: &Typesetter, edition: &Edition, time: DateTime) -> Option<Picture> {
    let project = Project::blank(edition, &mut CountedIds(0));
    let sheet = FormSheet::new(&project, edition);
    let pages = typesetter.lay_out(&Booklet::official([sheet], time)).ok()?;
    pages.picture(0, SCALE)
}
