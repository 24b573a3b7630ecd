//! What can go wrong around a file, beyond what the store and the session are tried with by themselves: several people, full
//! disks, and files of every reader broken in every way. The table of all failures and their tests is in `tests/README.md`.

mod disk_full;
mod fuzz;
mod two_people;

use std::{path::Path, sync::Arc};

use jiff::civil::date;
use jiping::{
    edit::command::EditCommand,
    model::{
        path::{CellPath, Place},
        project::header,
    },
    session::{
        environment::{Environment, FixedClock},
        session::Session,
    },
    store::simulated::SimulatedFs,
};

const FILE: &str = "/共享/自评表.jiping";
const FILED: &[u8] = include_bytes!("../../assets/samples/shenzhen-2020-filed.jiping");

fn disk() -> SimulatedFs {
    let fs = SimulatedFs::new();
    fs.put(FILE, FILED);
    fs
}

/// The world of the `person`-th of several people, with ids of their own.
fn world(fs: &SimulatedFs, person: u64) -> Arc<Environment> {
    let noon = date(2021, 3, 1).at(12, 0, 0, 0);
    let clock = FixedClock::new(noon.in_tz("UTC").expect("a time that exists"));
    let first_id = 0xF000_0000_0000_0000 - (person << 32);
    Arc::new(Environment::for_tests(fs, Arc::new(clock), first_id))
}

fn open(fs: &SimulatedFs, person: u64) -> Session {
    Session::open(world(fs, person), Path::new(FILE)).expect("opens")
}

fn header_at(session: &Session, key: &str) -> CellPath {
    let project = session.document().projects.first().expect("a project");
    project.at(Place::Header(key.into()))
}

fn write(session: &mut Session, key: &str, text: &str) {
    let command = EditCommand::SetCell {
        at: header_at(session, key),
        text: text.into(),
    };
    assert_eq!(session.edit(&command), Ok(true));
}

fn text(session: &Session, key: &str) -> String {
    let project = session.document().projects.first().expect("a project");
    project.header(key).to_owned()
}

const NAME: &str = header::PROJECT_NAME;
const UNIT: &str = header::UNIT;
