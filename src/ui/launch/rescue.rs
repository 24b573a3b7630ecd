//! What a panic would take away. The window leaves here, after every frame, what it would take to keep the unsaved work; the
//! panic hook keeps it, whichever thread panics.

use std::{
    panic::{PanicHookInfo, set_hook, take_hook},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use crate::{
    session::{environment::Environment, jobs::run_apart, recovery::RecoveryJob},
    store::{error::shown, log::Level, recovery::EntryId},
};

/// How long a panic waits for its recovery copy. A copy of a large document takes a fraction of a second.
const PATIENCE: Duration = Duration::from_secs(5);

static UNSAVED: Mutex<Option<Arc<RecoveryJob>>> = Mutex::new(None);

/// Notes what would have to be kept now; `None` if nothing is unsaved.
pub fn remember(job: Option<RecoveryJob>) {
    *unsaved() = job.map(Arc::new);
}

/// Writes the copy of what was noted last and says which entry it is. `None` if nothing is unsaved, or it could not be
/// written; the log says why.
pub fn keep(environment: &Environment) -> Option<EntryId> {
    let job = unsaved().clone()?;
    let entry = job.entry();
    // Apart, since the panicking thread may hold what the saving needs; it lets go once this has given up waiting.
    let problem = match run_apart("recovery", PATIENCE, move || job.run()) {
        Some(Ok(None)) => return Some(entry),
        Some(Ok(Some(copy))) => {
            let sentence = format!("未保存的内容已留有副本：{}", shown(&copy));
            environment.log(Level::Info, &sentence);
            eprintln!("{sentence}");
            return Some(entry);
        }
        Some(Err(error)) => error.to_string(),
        None => "not in time".to_owned(),
    };
    environment.log(Level::Error, &format!("no recovery copy: {problem}"));
    None
}

/// From now on a panic keeps the unsaved work, says in the log where, and then does what it did before.
pub fn install_hook(environment: Arc<Environment>) {
    let before = take_hook();
    set_hook(Box::new(move |info| {
        environment.log(Level::Error, &words(info));
        keep(&environment);
        before(info);
    }));
}

/// Where it panicked and why. What stands in quotes may come from a document and is left out.
fn words(info: &PanicHookInfo<'_>) -> String {
    let said = info.payload_as_str().unwrap_or_default();
    let said = said.split(['`', '"', '\'']).next().unwrap_or_default();
    let place = info.location().map(ToString::to_string);
    let thread = std::thread::current();
    format!(
        "panic in {} at {}: {said}",
        thread.name().unwrap_or("a thread without a name"),
        place.unwrap_or_default(),
    )
}

fn unsaved() -> MutexGuard<'static, Option<Arc<RecoveryJob>>> {
    UNSAVED.lock().unwrap_or_else(PoisonError::into_inner)
}
