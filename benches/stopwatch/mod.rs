//! A stopwatch, shared by the benches.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

/// How long `work` takes; freeing its result does not count.
pub fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let result = black_box(work());
    let time = start.elapsed();
    drop(result);
    time
}

/// The middle of the times.
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
