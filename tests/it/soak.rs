//! Random sessions of a person at a desk that goes wrong: whatever they do and whatever fails, undo leads back, findings are
//! those of a fresh check, nothing that was saved is lost, and a crash costs no more than the last seconds.
//!
//! `JIPING_SOAK_SEED=17` runs one session alone and tells its turns; `JIPING_LONG_TESTS=1` runs 10,000.

mod desk;

use std::{
    env,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
};

use jiping::store::simulated::{Damage, Survival};
use proptest::{
    prelude::*,
    sample::{Index, select},
    strategy::ValueTree as _,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use super::generate;
use desk::Desk;

/// What happens next.
#[derive(Debug, Clone)]
pub enum Turn {
    Edit(generate::Step),
    /// Cells from the clipboard go where a step would have typed.
    Paste(generate::Step, Vec<Vec<String>>),
    /// A small form out of a text.
    Import(String),
    Undo,
    Redo,
    /// All the way back and forth again.
    ThereAndBack,
    Save,
    SaveAs(u8),
    /// The disk fails from its n-th operation on while it is saved to.
    SaveInTrouble(Damage, u64, u64),
    Restore(Index),
    /// The file goes to a colleague.
    Send,
    /// The colleague's changes come back and are merged.
    Merge(Vec<generate::Step>),
    /// Somebody else saves the file.
    Outside(generate::Step),
    /// The computer goes off, perhaps in the middle of a save.
    Kill(Survival, Option<u64>),
    /// The file is closed and opened again.
    Reopen,
}

fn turn() -> impl Strategy<Value = Turn> {
    let step = generate::step;
    let cells =
        proptest::collection::vec(proptest::collection::vec(generate::cell_text(), 1..4), 1..4);
    let damage = select(vec![
        Damage::NoSpace,
        Damage::Device,
        Damage::Denied,
        Damage::TornWrite,
        Damage::Held(32),
    ]);
    let times = prop_oneof![Just(1), Just(u64::MAX)];
    let survival = select(vec![
        Survival::Nothing,
        Survival::Names,
        Survival::Everything,
    ]);
    prop_oneof![
        24 => step().prop_map(Turn::Edit),
        3 => (step(), cells).prop_map(|(step, cells)| Turn::Paste(step, cells)),
        1 => "[甲乙丙送戏下乡]{1,4}".prop_map(Turn::Import),
        5 => Just(Turn::Undo),
        3 => Just(Turn::Redo),
        1 => Just(Turn::ThereAndBack),
        6 => Just(Turn::Save),
        1 => (0..4_u8).prop_map(Turn::SaveAs),
        3 => (damage, 1..60_u64, times).prop_map(|(damage, from, times)| {
            Turn::SaveInTrouble(damage, from, times)
        }),
        1 => any::<Index>().prop_map(Turn::Restore),
        1 => Just(Turn::Send),
        1 => proptest::collection::vec(step(), 1..4).prop_map(Turn::Merge),
        1 => step().prop_map(Turn::Outside),
        2 => (survival, proptest::option::of(1..60_u64))
            .prop_map(|(survival, at)| Turn::Kill(survival, at)),
        1 => Just(Turn::Reopen),
    ]
}

fn session_of(seed: u64, tells: bool) {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let drawn = (
        generate::document(),
        proptest::collection::vec(turn(), 20..60),
    );
    let drawn = drawn.new_tree(&mut runner).expect("a session");
    let (document, turns) = drawn.current();
    let mut desk = Desk::new(document);
    for turn in &turns {
        if tells {
            eprintln!("{turn:?}");
        }
        desk.take(turn);
    }
    desk.end();
}

#[test]
fn whatever_is_done_and_whatever_fails_nothing_is_lost() {
    let one = env::var("JIPING_SOAK_SEED").ok();
    let one = one.map(|seed| seed.parse().expect("JIPING_SOAK_SEED is a number"));
    let is_long = env::var_os("JIPING_LONG_TESTS").is_some_and(|value| value == "1");
    let count = if is_long { 10_000 } else { 200 };
    let seeds = one.map_or(0..count, |seed: u64| seed..seed + 1);
    for seed in seeds {
        if is_long && seed % 1000 == 0 {
            eprintln!("soak: {seed} sessions");
        }
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| session_of(seed, one.is_some()))) {
            eprintln!("run this session again with JIPING_SOAK_SEED={seed}");
            resume_unwind(panic);
        }
    }
}
