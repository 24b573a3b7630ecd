//! 抄录窗: which forms it offers, where it stands in each, and its place beside the main window.
//!
//! The window draws itself without the main one ([`Context::show_viewport_deferred`]), so that it works while that is
//! minimised. What it needs lies on a [`Board`] that both can reach: the app puts the document's projects there whenever they
//! change, the window moves on and copies.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use egui::{Context, IconData, ViewportBuilder, ViewportCommand, ViewportId};

use super::{app::App, desk::Desk, launch::icon, transcribe};
use crate::{
    exchange::system::{Filed, SystemMap, Walk},
    model::{id::Id, project::Project},
    session::jobs::Revision,
};

/// The size of the window when it opens, and the least it may have, in points.
const SIZE: [f32; 2] = [400.0, 480.0];
const LEAST_SIZE: [f32; 2] = [340.0, 400.0];

/// The window, open or not.
#[derive(Default)]
pub struct Transcribing {
    board: Arc<Mutex<Board>>,
    is_open: bool,
    /// The document as it was put on the board last; the inner `None` where none was open.
    seen: Option<Option<Revision>>,
    icon: Option<Arc<IconData>>,
}

/// What the window shows, and where it stands.
#[derive(Default)]
pub struct Board {
    /// The maps to choose from.
    pub maps: Vec<Arc<SystemMap>>,
    /// The one chosen, by its index.
    pub map: usize,
    /// The document's projects; `None` where no document is open.
    pub projects: Option<Vec<Listed>>,
    /// The one chosen.
    pub project: Option<Id<Project>>,
    /// Set when the person closes the window.
    pub is_closing: bool,
    /// Whether the button that copies is to get the focus.
    pub wants_focus: bool,
    skips_nothing: bool,
    /// Where the window stands in each project and map.
    walks: HashMap<(Id<Project>, usize), Walk>,
}

/// A project to choose.
pub struct Listed {
    /// Its id.
    pub id: Id<Project>,
    /// Its number and name, so that two of one name are told apart.
    pub name: String,
    /// The project with its edition; in words, why it cannot be copied from.
    pub filed: Result<Filed, String>,
}

impl Listed {
    fn all(desk: &Desk) -> Vec<Self> {
        let projects = desk.session.document().projects.iter();
        let listed = |(index, project): (usize, &Arc<Project>)| {
            let edition = desk.facts.project(project.id);
            let edition = edition.and_then(|facts| facts.edition.clone());
            Self {
                id: project.id,
                name: format!("{}　{}", index + 1, project.shown_name()),
                filed: edition
                    .map(|edition| (Arc::clone(project), edition))
                    .ok_or_else(|| missing(&project.edition.id)),
            }
        };
        projects.enumerate().map(listed).collect()
    }
}

fn missing(edition: &str) -> String {
    format!(
        "缺少表样“{edition}”，不能确定这个项目有哪些格，内容没有改动。请向提供文件的单位索取该表样并添加，或选择其他项目。"
    )
}

impl Board {
    /// The chosen project.
    pub fn listed(&self) -> Option<&Listed> {
        let id = self.project?;
        self.projects
            .as_ref()?
            .iter()
            .find(|listed| listed.id == id)
    }

    /// The walk over the chosen project in the order of the chosen map, brought up to date; it begins where it was left.
    pub fn walk(&mut self) -> Option<&mut Walk> {
        let map = Arc::clone(self.maps.get(self.map)?);
        let filed = self.listed()?.filed.as_ref().ok()?.clone();
        let walk = self
            .walks
            .entry((filed.0.id, self.map))
            .or_insert_with(|| Walk::new(&map, &filed));
        walk.follow(&filed);
        walk.skip_blanks(!self.skips_nothing);
        Some(walk)
    }

    /// Whether blank cells are passed over.
    pub fn skips_blanks(&self) -> bool {
        !self.skips_nothing
    }

    /// Says whether blank cells are passed over, in all projects.
    pub fn skip_blanks(&mut self, skips: bool) {
        self.skips_nothing = !skips;
    }

    /// Takes the document as it is. Where the chosen project is gone, the first is chosen.
    fn follow(&mut self, projects: Option<Vec<Listed>>) {
        self.projects = projects;
        if self.listed().is_none() {
            let first = self.projects.as_ref().and_then(|projects| projects.first());
            self.project = first.map(|listed| listed.id);
        }
        let known: Vec<Id<Project>> = self
            .projects
            .iter()
            .flatten()
            .map(|listed| listed.id)
            .collect();
        self.walks.retain(|(project, _), _| known.contains(project));
    }
}

impl Transcribing {
    fn viewport() -> ViewportId {
        ViewportId::from_hash_of("transcribing")
    }

    fn board(&self) -> MutexGuard<'_, Board> {
        held(&self.board)
    }
}

impl App {
    /// Opens the window at the shown project, or brings it to the front.
    pub(super) fn open_transcribing(&mut self, ctx: &Context) {
        let state = &mut self.transcribing;
        let mut board = held(&state.board);
        if state.is_open {
            ctx.send_viewport_cmd_to(Transcribing::viewport(), ViewportCommand::Focus);
        } else {
            board.maps = self.environment.systems().list().to_vec();
            state.seen = None;
            state.is_open = true;
            state.icon.get_or_insert_with(icon::of_program);
        }
        board.project = Some(self.position.project);
        board.wants_focus = true;
        drop(board);
        ctx.request_repaint_of(Transcribing::viewport());
    }

    /// Shows the window where it is open, with the document as it is now.
    pub(super) fn show_transcribing(&mut self, ctx: &Context) {
        let state = &mut self.transcribing;
        if std::mem::take(&mut state.board().is_closing) {
            state.is_open = false;
        }
        if !state.is_open {
            return;
        }
        let desk = self.desk.as_ref();
        let revision = desk.map(|desk| desk.session.revision());
        if state.seen != Some(revision) {
            state.seen = Some(revision);
            state.board().follow(desk.map(Listed::all));
            ctx.request_repaint_of(Transcribing::viewport());
        }
        let mut window = ViewportBuilder::default()
            .with_title("抄录窗 - 绩评")
            .with_app_id("jiping")
            .with_inner_size(SIZE)
            .with_min_inner_size(LEAST_SIZE)
            .with_maximize_button(false)
            .with_minimize_button(false)
            .with_always_on_top();
        if let Some(icon) = &state.icon {
            window = window.with_icon(Arc::clone(icon));
        }
        let board = Arc::clone(&state.board);
        ctx.show_viewport_deferred(Transcribing::viewport(), window, move |ui, class| {
            transcribe::show(ui, &mut held(&board), class);
        });
    }
}

/// Nothing is left half done under this lock, so a panic elsewhere does not spoil it.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
