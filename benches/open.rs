//! Opening a large file against the plain serde_json parse of the same bytes. Both are timed in turns; the ratio of the
//! medians must not pass [`LIMIT`].

mod large;
mod plain;
mod stopwatch;
mod thousand;
mod varied;

use std::process::ExitCode;

use jiping::{model::id::CountedIds, store::format};
use stopwatch::{median, timed};

const ROUNDS: usize = 15;
const LIMIT: f64 = 2.0;

fn main() -> ExitCode {
    let mut kept = true;
    for (name, document) in thousand::documents() {
        kept &= measure(name, &format::write(&document));
    }
    if kept {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn measure(name: &str, bytes: &[u8]) -> bool {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(timed(|| {
            format::read(bytes, &mut CountedIds(0)).expect("our own bytes")
        }));
        theirs.push(timed(|| plain::parse(bytes)));
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    println!(
        "{name}: {} MB, ours {ours:.1?}, plain parse {theirs:.1?}, ratio {ratio:.2} (limit {LIMIT})",
        bytes.len() / 1_000_000
    );
    ratio <= LIMIT
}
