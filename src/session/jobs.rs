//! Work in the background. A job sees a snapshot that nobody changes; what it finds comes back over a channel that the
//! owner looks into when woken. This is the one place that starts threads.

use std::{
    any::Any,
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread::{Builder, JoinHandle},
    time::Duration,
};

use crate::{model::document::Document, store::error::system_code};

/// Stack of a job, in bytes (16 MB, taken only as far as it is used): typesetting goes deep, and Windows gives little by itself.
const STACK: usize = 16 << 20;

/// Names one look of a document in this run of the program. Later ones are greater, and no two documents share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(u64);

impl Revision {
    /// A revision greater than all before.
    pub fn next() -> Self {
        static LATEST: AtomicU64 = AtomicU64::new(0);
        Self(LATEST.fetch_add(1, Ordering::Relaxed))
    }
}

/// A document as it was at one revision. Cheap to make: it shares everything with the document.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The document.
    pub document: Arc<Document>,
    /// Its revision.
    pub revision: Revision,
}

/// How long the result of a job is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// While the document stays as it was: a result for an older revision is dropped, and a new job of the same kind
    /// cancels this one. For findings, previews, searches.
    WhileCurrent,
    /// Whatever happens meanwhile: for saves and exports, whose effect is outside.
    Always,
}

/// Tells a job that its result is wanted no more. A job looks at it between steps of its work.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Whether to stop.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Why a job has no result.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// It panicked.
    #[error(
        "后台处理中途出错，没有得到结果，正在编辑的内容没有改动。请先保存，再试一次；仍出现本提示时请把以下信息交给维护人员：{0}"
    )]
    Panicked(String),
    /// The system gave no thread.
    #[error(
        "系统资源不足，后台处理没有开始，正在编辑的内容没有改动。请关闭一些程序后再试一次（{}）",
        system_code(.0)
    )]
    NotStarted(io::Error),
}

/// A job that came to its end.
#[derive(Debug)]
pub struct Finished<K, T> {
    /// What sort of job it was.
    pub kind: K,
    /// The revision it worked on.
    pub revision: Revision,
    /// What came of it.
    pub result: Result<T, JobError>,
}

/// The jobs of one owner. Dropping it cancels them and waits for their end, so that a save under way is never cut off.
pub struct Jobs<K, T> {
    wake: Arc<dyn Fn() + Send + Sync>,
    sender: Sender<Message<T>>,
    receiver: Receiver<Message<T>>,
    running: Vec<Running<K>>,
    /// Threads that have delivered and are about to end.
    ending: Vec<JoinHandle<()>>,
    started: u64,
}

struct Running<K> {
    number: u64,
    kind: K,
    revision: Revision,
    wanted: Wanted,
    cancel: Cancel,
    thread: Option<JoinHandle<()>>,
}

struct Message<T> {
    number: u64,
    result: Result<T, JobError>,
}

impl<K: Copy + Eq, T: Send + 'static> Jobs<K, T> {
    /// No jobs yet. `wake` is called from a job's thread when there is something to [`poll`](Self::poll).
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (sender, receiver) = channel();
        Self {
            wake: Arc::new(wake),
            sender,
            receiver,
            running: Vec::new(),
            ending: Vec::new(),
            started: 0,
        }
    }

    /// Starts a job; `name` is what debuggers and system tools show for its thread.
    pub fn start(
        &mut self,
        kind: K,
        name: &'static str,
        wanted: Wanted,
        snapshot: Snapshot,
        work: impl FnOnce(&Snapshot, &Cancel) -> T + Send + 'static,
    ) {
        self.cancel(kind);
        self.started += 1;
        let number = self.started;
        let revision = snapshot.revision;
        let cancel = Cancel::default();
        let (sender, wake, flag) = (self.sender.clone(), self.wake.clone(), cancel.clone());
        let spawned = Builder::new().name(name.into()).stack_size(STACK);
        let spawned = spawned.spawn(move || {
            // What the job held is dropped with it, so nothing half done is seen afterwards.
            let result = catch_unwind(AssertUnwindSafe(|| work(&snapshot, &flag)))
                .map_err(|panic| JobError::Panicked(words_of(&*panic)));
            // The owner is gone only when it is dropped, and then it waits for this thread without listening.
            let _ = sender.send(Message { number, result });
            wake();
        });
        let thread = spawned
            .map_err(|error| {
                let result = Err(JobError::NotStarted(error));
                let _ = self.sender.send(Message { number, result });
                (self.wake)();
            })
            .ok();
        self.running.push(Running {
            number,
            kind,
            revision,
            wanted,
            cancel,
            thread,
        });
    }

    /// Tells the jobs of a kind to stop. Their results are dropped, except those wanted [`Always`](Wanted::Always), which
    /// run to their end.
    pub fn cancel(&self, kind: K) {
        self.running
            .iter()
            .filter(|job| job.kind == kind && job.wanted == Wanted::WhileCurrent)
            .for_each(|job| job.cancel.cancel());
    }

    /// Whether a job of this kind is under way whose result is wanted.
    pub fn is_running(&self, kind: K) -> bool {
        self.running
            .iter()
            .any(|job| job.kind == kind && !job.cancel.is_cancelled())
    }

    /// What has come to its end since the last look and is still wanted, now that the document is at `current`. Jobs for
    /// an older revision are told to stop.
    pub fn poll(&mut self, current: Revision) -> Vec<Finished<K, T>> {
        let outdated = |job: &Running<K>| {
            job.wanted == Wanted::WhileCurrent
                && (job.revision != current || job.cancel.is_cancelled())
        };
        for job in self.running.iter().filter(|job| outdated(job)) {
            job.cancel.cancel();
        }
        let mut finished = Vec::new();
        for Message { number, result } in self.receiver.try_iter() {
            let Some(at) = self.running.iter().position(|job| job.number == number) else {
                continue;
            };
            let job = self.running.swap_remove(at);
            if !outdated(&job) {
                finished.push(Finished {
                    kind: job.kind,
                    revision: job.revision,
                    result,
                });
            }
            self.ending.extend(job.thread);
        }
        self.ending.retain(|thread| !thread.is_finished());
        finished
    }
}

impl<K, T> Drop for Jobs<K, T> {
    fn drop(&mut self) {
        for job in &self.running {
            job.cancel.cancel();
        }
        let running = self.running.drain(..).filter_map(|job| job.thread);
        for thread in running.chain(self.ending.drain(..)) {
            // Panics were caught inside; what else there is to know about the thread, nobody waits for.
            let _ = thread.join();
        }
    }
}

/// Does something in a thread of its own and waits at most `patience` for it; `None` if it takes longer, panics, or no thread
/// can be had. For what must be tried while this thread may hold the locks that the work needs: it goes on by itself then.
pub fn run_apart<T: Send + 'static>(
    name: &'static str,
    patience: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let (sender, receiver) = channel();
    let work = move || {
        // Nobody listens any more if it took too long.
        let _ = sender.send(work());
    };
    Builder::new().name(name.into()).spawn(work).ok()?;
    receiver.recv_timeout(patience).ok()
}

/// What a panic said.
pub fn words_of(panic: &(dyn Any + Send)) -> String {
    match (panic.downcast_ref::<&str>(), panic.downcast_ref::<String>()) {
        (Some(text), _) => (*text).to_owned(),
        (None, Some(text)) => text.clone(),
        (None, None) => "没有更多信息".into(),
    }
}
