//! Which faces of the system this computer has: looked for in the background, when somebody asks, since it may take a second.

use std::sync::Arc;

use super::app::{App, JobKind, JobResult};
use crate::{session::jobs::Wanted, sheet::fonts::Face, store::settings};

/// What is known of the faces.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub enum Faces {
    /// Nobody has asked, or the search failed.
    #[default]
    Unknown,
    /// They are being looked for.
    Looking,
    /// These are there.
    Found(Vec<Face>),
}

impl Faces {
    /// Whether a face is there; `None` where that is not known.
    pub fn has(&self, face: Face) -> Option<bool> {
        match self {
            Self::Found(found) => Some(face == Face::Bundled || found.contains(&face)),
            Self::Unknown | Self::Looking => None,
        }
    }
}

impl From<settings::Face> for Face {
    fn from(face: settings::Face) -> Self {
        match face {
            settings::Face::Bundled => Self::Bundled,
            settings::Face::Song => Self::Song,
            settings::Face::FangSong => Self::FangSong,
            settings::Face::Hei => Self::Hei,
        }
    }
}

impl App {
    /// Looks for the faces, unless they are known.
    pub(super) fn look_for_faces(&mut self) {
        if self.faces != Faces::Unknown {
            return;
        }
        self.faces = Faces::Looking;
        let files = Arc::clone(&self.files);
        self.start(JobKind::Faces, "faces", Wanted::Always, move || {
            JobResult::Faces(files.faces())
        });
    }
}
