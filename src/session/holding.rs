//! The note beside the open file that tells colleagues who has it, kept in the background; see [`crate::store::beside`].

use std::{
    path::Path,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
};

use super::{environment::Environment, one_line::beginning};
use crate::{
    model::id::Id,
    store::beside::{self, Colleague, Held, RENEWED_EVERY},
};

/// The most characters of a name out of a note: it may hold anything.
const LONGEST_NAME: usize = 40;

/// One file that is open in this window, for colleagues. Dropping it ends the keeping of its note.
#[derive(Debug)]
pub struct Holding {
    id: Id<Self>,
    shared: Arc<Shared>,
}

/// The work on the note, for a job.
#[derive(Debug, Clone)]
pub struct NoteJob {
    id: Id<Holding>,
    shared: Arc<Shared>,
    environment: Arc<Environment>,
}

#[derive(Debug)]
struct Shared {
    /// Held as long as the disk takes, and never by the window.
    note: Mutex<beside::Holding>,
    is_over: Mutex<bool>,
    bell: Condvar,
}

/// What came of a look at the note.
#[derive(Debug)]
pub struct Kept {
    /// Of which file.
    of: Id<Holding>,
    /// Who else has it, and whether its folder takes files.
    pub held: Held,
}

impl Holding {
    /// For a file that was opened just now by somebody who calls themselves `name`; the system's name of the user where that
    /// is empty. `None` for files in the program's own folders, which are nobody's. The job does the work.
    pub fn begin(
        environment: &Arc<Environment>,
        file: &Path,
        name: &str,
    ) -> Option<(Self, NoteJob)> {
        let location = std::path::absolute(file).ok();
        let is_own = environment
            .folders()
            .zip(location)
            .is_some_and(|(folders, location)| location.starts_with(folders.data()));
        if is_own {
            return None;
        }
        let mut ids = &**environment;
        let person = environment.person(name);
        let note = beside::Holding::new(file, person, &mut ids, environment.timestamp());
        let holding = Self {
            id: Id::new(&mut ids),
            shared: Arc::new(Shared {
                note: Mutex::new(note),
                is_over: Mutex::new(false),
                bell: Condvar::new(),
            }),
        };
        let job = NoteJob {
            id: holding.id,
            shared: Arc::clone(&holding.shared),
            environment: Arc::clone(environment),
        };
        Some((holding, job))
    }

    /// Whether this is what came of a look at its note.
    pub fn is_of(&self, kept: &Kept) -> bool {
        kept.of == self.id
    }
}

impl Drop for Holding {
    fn drop(&mut self) {
        *held(&self.shared.is_over) = true;
        self.shared.bell.notify_all();
    }
}

impl NoteJob {
    /// Looks at the note, and writes or renews it where it is nobody else's. Can take long on a share.
    pub fn renew(&self) -> Kept {
        let environment = &*self.environment;
        let is_going = |run, process| environment.is_going(run, process);
        let now = environment.timestamp();
        let fs = environment.fs();
        let mut note = held(&self.shared.note);
        let held_by = note.renew(fs, environment.run(), now, &is_going);
        if *held(&self.shared.is_over) {
            note.release(fs);
        }
        Kept {
            of: self.id,
            held: held_by,
        }
    }

    /// Renews the note again and again, until there is something to tell that was not known, or the file is closed: then the
    /// note is taken back, and there is nothing to tell.
    pub fn keep(&self, known: &Held) -> Option<Kept> {
        let every = RENEWED_EVERY.unsigned_abs();
        loop {
            let is_over = held(&self.shared.is_over);
            let waited = self
                .shared
                .bell
                .wait_timeout_while(is_over, every, |is_over| !*is_over);
            let (is_over, _) = waited.unwrap_or_else(PoisonError::into_inner);
            if *is_over {
                drop(is_over);
                self.release();
                return None;
            }
            drop(is_over);
            let kept = self.renew();
            if kept.held != *known {
                return Some(kept);
            }
        }
    }

    /// Takes the note back. Can take long on a share.
    pub fn release(&self) {
        held(&self.shared.note).release(self.environment.fs());
    }
}

/// A colleague in words: "王强（财务室-02）", as far as the note says.
pub fn in_words(colleague: &Colleague) -> String {
    let user = beginning(colleague.user.trim(), LONGEST_NAME);
    let computer = beginning(colleague.computer.trim(), LONGEST_NAME);
    match (user.is_empty(), computer.is_empty()) {
        (true, true) => "一位同事".to_owned(),
        (true, false) => format!("“{computer}”上的同事"),
        (false, true) => user,
        (false, false) => format!("{user}（{computer}）"),
    }
}

/// Whatever panics under these locks, a note that is half written counts as none.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
