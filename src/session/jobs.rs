//! Work on other threads: checking, previewing, exporting, saving. A job gets all it needs as an immutable snapshot and hands
//! back one result.
//!
//! Each kind of work has one thread of its own, started when first needed, which does one job after the other. Starting a job
//! makes the earlier ones of its kind obsolete unless their results last. Results come in at [`Jobs::poll`] on the thread
//! that owns the session.

use std::{
    any::Any,
    collections::HashMap,
    fmt, io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver, Sender},
    },
    thread::{Builder, JoinHandle},
};

/// Counts the changes of a document; every change, undo and redo gives a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Revision(pub u64);

/// A kind of work, which names its thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct JobKind(pub &'static str);

/// How long the result of a job means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relevance {
    /// Only while the document is at this revision and no newer job of the kind was started: checking, previewing.
    While(Revision),
    /// Always, whatever was changed or started meanwhile: saving, exporting.
    Lasting(Revision),
}

impl Relevance {
    fn revision(self) -> Revision {
        match self {
            Self::While(revision) | Self::Lasting(revision) => revision,
        }
    }
}

/// Tells a job that nobody waits for it any more.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Whether the job should stop and return whatever it has.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// A job that came to an end.
#[derive(Debug)]
pub struct Finished<R> {
    /// What kind of job it was.
    pub kind: JobKind,
    /// The revision of the document it worked on.
    pub revision: Revision,
    /// What it made.
    pub outcome: Result<R, JobPanic>,
}

/// A job broke off by a fault of the program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "程序内部出错，这一步没有完成；文件内容不受影响。请重试，仍出错的请把以下信息告诉开发者：{0}"
)]
pub struct JobPanic(String);

type Work<R> = Box<dyn FnOnce(&Cancel) -> R + Send>;
type Wake = Arc<dyn Fn() + Send + Sync>;

struct Order<R> {
    number: u64,
    cancel: Cancel,
    work: Work<R>,
}

/// What a worker reports; a job that was cancelled before it began has no outcome.
struct Report<R> {
    number: u64,
    outcome: Option<Result<R, JobPanic>>,
}

struct Worker<R> {
    orders: Sender<Order<R>>,
    thread: JoinHandle<()>,
}

struct Open {
    kind: JobKind,
    relevance: Relevance,
    cancel: Cancel,
}

/// The jobs of one session. Dropping it cancels all jobs and waits until they have stopped.
pub struct Jobs<R> {
    wake: Wake,
    workers: HashMap<JobKind, Worker<R>>,
    /// Jobs whose report has not come in, by number.
    open: HashMap<u64, Open>,
    latest: u64,
    report: Sender<Report<R>>,
    reports: Receiver<Report<R>>,
}

impl<R: Send + 'static> Jobs<R> {
    /// No jobs yet. `wake` is called on the job's thread whenever a report is there to be polled.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (report, reports) = mpsc::channel();
        Self {
            wake: Arc::new(wake),
            workers: HashMap::new(),
            open: HashMap::new(),
            latest: 0,
            report,
            reports,
        }
    }

    /// Starts a job. Earlier jobs of the kind whose results do not last are cancelled.
    ///
    /// # Errors
    ///
    /// Where the operating system gives no thread; then the job is not started.
    pub fn start(
        &mut self,
        kind: JobKind,
        relevance: Relevance,
        work: impl FnOnce(&Cancel) -> R + Send + 'static,
    ) -> io::Result<()> {
        self.cancel(kind);
        self.latest += 1;
        let cancel = Cancel::default();
        let order = Order {
            number: self.latest,
            cancel: cancel.clone(),
            work: Box::new(work),
        };
        let worker = match self.workers.remove(&kind) {
            Some(worker) => worker,
            None => self.hire(kind)?,
        };
        let sent = worker.orders.send(order);
        self.workers.insert(kind, worker);
        sent.map_err(|_| io::Error::other("worker thread has ended"))?;
        self.open.insert(
            self.latest,
            Open {
                kind,
                relevance,
                cancel,
            },
        );
        Ok(())
    }

    /// Cancels the jobs of a kind whose results do not last. Their results are never handed out.
    pub fn cancel(&mut self, kind: JobKind) {
        for job in self.open.values() {
            if job.kind == kind && matches!(job.relevance, Relevance::While(_)) {
                job.cancel.cancel();
            }
        }
    }

    /// Whether a job of the kind is waited for.
    pub fn is_running(&self, kind: JobKind) -> bool {
        self.open
            .values()
            .any(|job| job.kind == kind && !job.cancel.is_cancelled())
    }

    /// The results that have come in and still mean something at the revision `now`. Does not wait.
    pub fn poll(&mut self, now: Revision) -> Vec<Finished<R>> {
        let mut finished = Vec::new();
        while let Ok(report) = self.reports.try_recv() {
            finished.extend(self.receive(report, now));
        }
        finished
    }

    /// Waits for the next result that means something at the revision `now`; `None` once no job is left.
    pub fn wait(&mut self, now: Revision) -> Option<Finished<R>> {
        while !self.open.is_empty() {
            let report = self.reports.recv().ok()?;
            if let Some(finished) = self.receive(report, now) {
                return Some(finished);
            }
        }
        None
    }

    fn receive(&mut self, report: Report<R>, now: Revision) -> Option<Finished<R>> {
        let job = self.open.remove(&report.number)?;
        let outdated = matches!(job.relevance, Relevance::While(revision) if revision != now);
        if outdated || job.cancel.is_cancelled() {
            return None;
        }
        Some(Finished {
            kind: job.kind,
            revision: job.relevance.revision(),
            outcome: report.outcome?,
        })
    }

    fn hire(&self, kind: JobKind) -> io::Result<Worker<R>> {
        let (orders, received) = mpsc::channel();
        let (report, wake) = (self.report.clone(), Arc::clone(&self.wake));
        let thread = Builder::new()
            .name(kind.0.to_owned())
            .spawn(move || serve(&received, &report, &wake))?;
        Ok(Worker { orders, thread })
    }
}

/// Does one job after the other until the session ends.
fn serve<R>(orders: &Receiver<Order<R>>, report: &Sender<Report<R>>, wake: &Wake) {
    for order in orders {
        let outcome = (!order.cancel.is_cancelled()).then(|| {
            let Order { work, cancel, .. } = order;
            catch_unwind(AssertUnwindSafe(|| work(&cancel))).map_err(|fault| describe(&*fault))
        });
        let report_in = report.send(Report {
            number: order.number,
            outcome,
        });
        if report_in.is_err() {
            return;
        }
        wake();
    }
}

fn describe(fault: &(dyn Any + Send)) -> JobPanic {
    let text = fault
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| fault.downcast_ref::<String>().map(String::as_str));
    JobPanic(text.unwrap_or("未知错误").to_owned())
}

impl<R> Drop for Jobs<R> {
    fn drop(&mut self) {
        for job in self.open.values() {
            job.cancel.cancel();
        }
        for (_, worker) in self.workers.drain() {
            drop(worker.orders);
            // A worker reports every fault as a result; one that ended badly nevertheless has nobody left to tell.
            drop(worker.thread.join());
        }
    }
}

impl<R> fmt::Debug for Jobs<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Jobs")
            .field("open", &self.open.len())
            .finish_non_exhaustive()
    }
}
