//! Work in the background. Jobs are held and let go through channels, so that nothing depends on time.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    time::Duration,
};

use jiping::{
    model::{document::Document, id::Id},
    session::jobs::{Cancel, Finished, JobError, Jobs, Revision, Snapshot, Wanted},
};

/// Only a broken program waits this long.
const TOO_LONG: Duration = Duration::from_secs(60);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Check,
    Export,
}

type Answer = &'static str;

/// Jobs and what their waking says.
struct Bench {
    jobs: Jobs<Kind, Answer>,
    woken: Receiver<()>,
}

impl Bench {
    fn new() -> Self {
        let (wake, woken) = channel();
        Self {
            // Nobody listens any more while the jobs are dropped.
            jobs: Jobs::new(move || {
                let _ = wake.send(());
            }),
            woken,
        }
    }

    /// Starts a job that answers when it is let go.
    fn start(&mut self, kind: Kind, wanted: Wanted, at: Revision, answer: Answer) -> Held {
        let (go, gone) = channel();
        let (seen, cancelled) = channel();
        let snapshot = snapshot(at);
        self.jobs
            .start(kind, "test", wanted, snapshot, move |_, cancel| {
                gone.recv_timeout(TOO_LONG).expect("let go");
                seen.send(cancel.is_cancelled()).expect("the test listens");
                answer
            });
        Held { go, cancelled }
    }

    /// Waits for one job to come to its end, then looks.
    fn poll(&mut self, now: Revision) -> Vec<Finished<Kind, Answer>> {
        self.woken
            .recv_timeout(TOO_LONG)
            .expect("a job wakes its owner");
        self.jobs.poll(now)
    }
}

struct Held {
    go: Sender<()>,
    cancelled: Receiver<bool>,
}

impl Held {
    /// Lets the job go; whether it was told to stop.
    fn let_go(&self) -> bool {
        self.go.send(()).expect("the job waits");
        self.cancelled
            .recv_timeout(TOO_LONG)
            .expect("the job goes on")
    }
}

fn snapshot(revision: Revision) -> Snapshot {
    Snapshot {
        document: Arc::new(Document::new(Id::from_bits(7))),
        revision,
    }
}

fn answers(finished: Vec<Finished<Kind, Answer>>) -> Vec<(Kind, Answer)> {
    let answer = |one: Finished<_, _>| (one.kind, one.result.expect("no panic"));
    finished.into_iter().map(answer).collect()
}

#[test]
fn a_result_comes_back_with_its_revision_after_waking_the_owner() {
    let mut bench = Bench::new();
    let now = Revision::next();
    assert!(bench.jobs.poll(now).is_empty());
    let job = bench.start(Kind::Check, Wanted::WhileCurrent, now, "done");
    assert!(bench.jobs.is_running(Kind::Check));
    assert!(bench.jobs.poll(now).is_empty());
    assert!(!job.let_go());
    let finished = bench.poll(now);
    assert_eq!(finished[0].revision, now);
    assert_eq!(answers(finished), [(Kind::Check, "done")]);
    assert!(!bench.jobs.is_running(Kind::Check));
}

#[test]
fn a_job_works_on_its_snapshot_in_a_thread_of_its_own_name() {
    let (wake, woken) = channel();
    let mut jobs = Jobs::new(move || wake.send(()).expect("the test listens"));
    let now = Revision::next();
    let work = |snapshot: &Snapshot, _: &Cancel| {
        let name = std::thread::current().name().map(str::to_owned);
        (snapshot.document.id, snapshot.revision, name)
    };
    jobs.start(
        Kind::Check,
        "check",
        Wanted::WhileCurrent,
        snapshot(now),
        work,
    );
    woken.recv_timeout(TOO_LONG).expect("woken");
    let result = jobs
        .poll(now)
        .pop()
        .expect("finished")
        .result
        .expect("no panic");
    assert_eq!(result, (Id::from_bits(7), now, Some("check".into())));
}

#[test]
fn a_result_for_an_older_revision_is_dropped_and_its_job_told_to_stop() {
    let mut bench = Bench::new();
    let job = bench.start(Kind::Check, Wanted::WhileCurrent, Revision::next(), "old");
    let now = Revision::next();
    assert!(bench.jobs.poll(now).is_empty());
    assert!(!bench.jobs.is_running(Kind::Check));
    assert!(job.let_go(), "told to stop");
    assert!(bench.poll(now).is_empty());
}

#[test]
fn of_two_jobs_of_one_kind_the_newest_wins_whichever_ends_first() {
    for newest_first in [true, false] {
        let mut bench = Bench::new();
        let now = Revision::next();
        let older = bench.start(Kind::Check, Wanted::WhileCurrent, now, "older");
        let other = bench.start(Kind::Export, Wanted::WhileCurrent, now, "other kind");
        let newer = bench.start(Kind::Check, Wanted::WhileCurrent, now, "newer");
        let mut order = [(&newer, false), (&older, true)];
        if !newest_first {
            order.reverse();
        }
        let mut seen = Vec::new();
        for (job, is_cancelled) in order {
            assert_eq!(job.let_go(), is_cancelled);
            seen.extend(answers(bench.poll(now)));
        }
        assert_eq!(seen, [(Kind::Check, "newer")]);
        assert!(!other.let_go(), "another kind is left alone");
        assert_eq!(answers(bench.poll(now)), [(Kind::Export, "other kind")]);
    }
}

#[test]
fn a_result_that_is_always_wanted_outlives_edits_and_successors() {
    let mut bench = Bench::new();
    let first = bench.start(Kind::Export, Wanted::Always, Revision::next(), "first");
    let second = bench.start(Kind::Export, Wanted::Always, Revision::next(), "second");
    bench.jobs.cancel(Kind::Export);
    let now = Revision::next();
    assert!(!first.let_go());
    assert_eq!(answers(bench.poll(now)), [(Kind::Export, "first")]);
    assert!(!second.let_go());
    assert_eq!(answers(bench.poll(now)), [(Kind::Export, "second")]);
}

#[test]
fn a_cancelled_job_gives_no_result() {
    let mut bench = Bench::new();
    let now = Revision::next();
    let job = bench.start(Kind::Check, Wanted::WhileCurrent, now, "unwanted");
    bench.jobs.cancel(Kind::Check);
    assert!(job.let_go());
    assert!(bench.poll(now).is_empty());
}

#[test]
fn a_panic_in_a_job_is_an_error_result_and_hurts_nothing_else() {
    let mut bench = Bench::new();
    let now = Revision::next();
    bench.jobs.start(
        Kind::Export,
        "test",
        Wanted::Always,
        snapshot(now),
        |_, _| panic!("a fault in the program"),
    );
    let finished = bench.poll(now).pop().expect("an end");
    let error = finished.result.expect_err("it panicked");
    assert!(matches!(&error, JobError::Panicked(words) if words == "a fault in the program"));
    assert!(error.to_string().contains("没有改动"), "{error}");
    let next = bench.start(Kind::Export, Wanted::Always, now, "works");
    next.let_go();
    assert_eq!(answers(bench.poll(now)), [(Kind::Export, "works")]);
}

#[test]
fn dropping_the_jobs_stops_them_and_waits_for_their_end() {
    let mut bench = Bench::new();
    let ended = Arc::new(AtomicBool::new(false));
    let in_job = Arc::clone(&ended);
    let (started, begun) = channel();
    let now = Revision::next();
    bench.jobs.start(
        Kind::Export,
        "test",
        Wanted::Always,
        snapshot(now),
        move |_, cancel| {
            started.send(()).expect("the test listens");
            while !cancel.is_cancelled() {
                std::thread::yield_now();
            }
            in_job.store(true, Ordering::SeqCst);
            "never polled"
        },
    );
    begun.recv_timeout(TOO_LONG).expect("the job begins");
    drop(bench);
    assert!(ended.load(Ordering::SeqCst));
}

#[test]
fn revisions_only_grow() {
    let revisions = [Revision::next(), Revision::next(), Revision::next()];
    assert!(revisions.is_sorted_by(|a, b| a < b));
}
