//! Work on other threads. The tests hold and release jobs by channels; no test waits for time to pass.

use std::sync::{
    Arc,
    mpsc::{Receiver, Sender, channel},
};

use jiping::session::jobs::{JobKind, Jobs, Relevance, Revision};

const CHECK: JobKind = JobKind("检查");
const SAVE: JobKind = JobKind("保存");

/// A job that says it has begun and then waits for its result.
struct Held {
    begun: Receiver<()>,
    release: Sender<&'static str>,
}

fn start_held(jobs: &mut Jobs<&'static str>, kind: JobKind, relevance: Relevance) -> Held {
    let (begun_in, begun) = channel();
    let (release, released) = channel();
    jobs.start(kind, relevance, move |_| {
        let _ = begun_in.send(());
        released.recv().unwrap_or("released without result")
    })
    .expect("a thread");
    Held { begun, release }
}

fn start(jobs: &mut Jobs<&'static str>, kind: JobKind, relevance: Relevance, result: &'static str) {
    jobs.start(kind, relevance, move |_| result)
        .expect("a thread");
}

fn at(revision: u64) -> Relevance {
    Relevance::While(Revision(revision))
}

fn lasting(revision: u64) -> Relevance {
    Relevance::Lasting(Revision(revision))
}

#[test]
fn a_result_comes_in_with_its_revision_and_wakes_the_window() {
    let (woken_in, woken) = channel();
    let mut jobs = Jobs::new(move || {
        let _ = woken_in.send(());
    });
    assert!(jobs.poll(Revision(1)).is_empty());
    start(&mut jobs, CHECK, at(1), "checked");
    assert!(jobs.is_running(CHECK));
    woken.recv().expect("a call");
    let finished = jobs.poll(Revision(1));
    assert_eq!(finished.len(), 1);
    assert_eq!(finished[0].kind, CHECK);
    assert_eq!(finished[0].revision, Revision(1));
    assert_eq!(finished[0].outcome, Ok("checked"));
    assert!(!jobs.is_running(CHECK));
    assert!(
        jobs.wait(Revision(1)).is_none(),
        "every result is handed out once"
    );
}

#[test]
fn a_job_has_its_own_thread_named_after_its_kind() {
    let mut jobs = Jobs::new(|| ());
    jobs.start(CHECK, at(0), |_| {
        std::thread::current().name().map(str::to_owned)
    })
    .expect("a thread");
    let finished = jobs.wait(Revision(0)).expect("a result");
    assert_eq!(finished.outcome, Ok(Some("检查".to_owned())));
}

#[test]
fn a_result_of_an_older_revision_is_dropped() {
    let mut jobs = Jobs::new(|| ());
    start(&mut jobs, CHECK, at(1), "old");
    assert!(jobs.wait(Revision(2)).is_none());
    start(&mut jobs, SAVE, lasting(1), "saved");
    let finished = jobs.wait(Revision(2)).expect("a result that lasts");
    assert_eq!(
        (finished.revision, finished.outcome),
        (Revision(1), Ok("saved"))
    );
}

#[test]
fn the_newest_job_of_a_kind_wins() {
    let mut jobs = Jobs::new(|| ());
    let first = start_held(&mut jobs, CHECK, at(1));
    first.begun.recv().expect("the first has begun");
    let (ran_in, ran) = channel();
    jobs.start(CHECK, at(1), move |_| {
        let _ = ran_in.send(());
        "second"
    })
    .expect("a thread");
    start(&mut jobs, CHECK, at(1), "third");
    first.release.send("first").expect("it waits");
    let finished = jobs.wait(Revision(1)).expect("a result");
    assert_eq!(finished.outcome, Ok("third"));
    assert!(jobs.wait(Revision(1)).is_none());
    assert!(
        ran.recv().is_err(),
        "a job that is obsolete before it begins is not done"
    );
}

#[test]
fn kinds_do_not_wait_for_each_other() {
    let mut jobs = Jobs::new(|| ());
    let slow = start_held(&mut jobs, CHECK, at(1));
    slow.begun.recv().expect("it has begun");
    start(&mut jobs, SAVE, lasting(1), "saved");
    assert_eq!(
        jobs.wait(Revision(1)).expect("a result").outcome,
        Ok("saved")
    );
    slow.release.send("checked").expect("it waits");
    assert_eq!(
        jobs.wait(Revision(1)).expect("a result").outcome,
        Ok("checked")
    );
}

#[test]
fn lasting_jobs_are_all_done_in_order() {
    let mut jobs = Jobs::new(|| ());
    let first = start_held(&mut jobs, SAVE, lasting(1));
    start(&mut jobs, SAVE, lasting(2), "second");
    jobs.cancel(SAVE);
    first.release.send("first").expect("it waits");
    let results: Vec<_> = std::iter::from_fn(|| jobs.wait(Revision(9))).collect();
    let results: Vec<_> = results
        .into_iter()
        .map(|one| (one.revision.0, one.outcome))
        .collect();
    assert_eq!(results, [(1, Ok("first")), (2, Ok("second"))]);
}

#[test]
fn a_cancelled_job_sees_it_and_its_result_is_dropped() {
    let mut jobs = Jobs::new(|| ());
    let (begun_in, begun) = channel();
    let (seen_in, seen) = channel();
    jobs.start(CHECK, at(1), move |cancel| {
        let before = cancel.is_cancelled();
        let _ = begun_in.send(());
        while !cancel.is_cancelled() {
            std::thread::yield_now();
        }
        let _ = seen_in.send(before);
        "cancelled"
    })
    .expect("a thread");
    begun.recv().expect("it has begun");
    jobs.cancel(CHECK);
    assert!(!jobs.is_running(CHECK));
    assert_eq!(seen.recv(), Ok(false));
    assert!(jobs.wait(Revision(1)).is_none());
}

#[test]
fn a_fault_in_a_job_is_its_result_and_the_next_job_is_done() {
    let mut jobs: Jobs<&'static str> = Jobs::new(|| ());
    jobs.start(CHECK, at(1), |_| panic!("index out of bounds"))
        .expect("a thread");
    let finished = jobs.wait(Revision(1)).expect("a result");
    let fault = finished.outcome.expect_err("a fault");
    assert!(fault.to_string().contains("index out of bounds"));
    assert!(fault.to_string().contains("文件内容不受影响"));
    start(&mut jobs, CHECK, at(1), "checked");
    assert_eq!(
        jobs.wait(Revision(1)).expect("a result").outcome,
        Ok("checked")
    );
}

#[test]
fn dropping_cancels_and_waits_for_all_jobs() {
    let held_by_job = Arc::new(());
    let (begun_in, begun) = channel();
    let mut jobs = Jobs::new(|| ());
    let copy = Arc::clone(&held_by_job);
    jobs.start(SAVE, lasting(1), move |cancel| {
        let _ = begun_in.send(());
        while !cancel.is_cancelled() {
            std::thread::yield_now();
        }
        drop(copy);
    })
    .expect("a thread");
    begun.recv().expect("it has begun");
    drop(jobs);
    assert_eq!(Arc::strong_count(&held_by_job), 1, "the thread has ended");
}
