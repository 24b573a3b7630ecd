//! One person at one computer, and what must be true there after every turn.

use std::{
    collections::{BTreeSet, VecDeque},
    mem,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::civil::date;
use jiping::{
    edit::{block::Block, command::EditCommand, paste},
    exchange::{recognise::Wishes, step},
    model::{document::Document, id::CountedIds},
    rules::checker::Checker,
    session::{
        environment::{Environment, FixedClock},
        import::{self, Progress, Source},
        recovery::{offers, restore},
        saving::{SaveEnd, SaveError},
        session::Session,
        versions::restoring,
    },
    store::{
        SaveWarning, format,
        simulated::{Damage, Fault, SimulatedFs, Survival},
    },
    versions::merge::merge,
};

use super::Turn;
use crate::generate;

const FILE: &str = "/项目/自评表.jiping";

/// A turn takes a second, and no more than five of them may be lost.
const LOST_AT_MOST: usize = 5;

/// After how many turns a change stands in the recovery copy; the window begins a second ahead.
const COPIED_AFTER: usize = LOST_AT_MOST - 1;

/// What went to a colleague.
struct Sent {
    bytes: Vec<u8>,
    /// How often the file was saved since then.
    saves: usize,
}

pub struct Desk {
    fs: SimulatedFs,
    world: Arc<Environment>,
    session: Session,
    /// What the session began with.
    start: Arc<Document>,
    /// The document after each of the latest turns, the latest last.
    recent: VecDeque<Arc<Document>>,
    /// For how many turns there was work that no copy holds.
    waiting: usize,
    copied: Option<Arc<Document>>,
    sent: Option<Sent>,
    /// Whether a save went without its backup.
    is_backup_missing: bool,
    ids: CountedIds,
    /// How often the program was started, by whomever: each time it gives ids of its own.
    runs: u64,
}

fn world(fs: &SimulatedFs, run: u64) -> Arc<Environment> {
    let noon = date(2021, 3, 1).at(12, 0, 0, 0).in_tz("UTC");
    let clock = FixedClock::new(noon.expect("a time that exists"));
    let first_id = 0xF000_0000_0000_0000 + (run << 32);
    Arc::new(Environment::for_tests(fs, Arc::new(clock), first_id))
}

impl Desk {
    pub fn new(mut document: Document) -> Self {
        document.editions.push(Arc::new(generate::EDITION.clone()));
        let fs = SimulatedFs::new();
        fs.put(FILE, format::write(&document));
        let world = world(&fs, 0);
        let session = Session::open(Arc::clone(&world), Path::new(FILE)).expect("opens");
        let start = Arc::clone(session.document());
        Self {
            recent: [Arc::clone(&start)].into(),
            fs,
            world,
            session,
            start,
            waiting: 0,
            copied: None,
            sent: None,
            is_backup_missing: false,
            ids: CountedIds(0xE000_0000_0000_0000),
            runs: 0,
        }
    }

    pub fn take(&mut self, turn: &Turn) {
        match turn {
            Turn::Edit(step) => {
                let command = step.command(self.session.document(), &mut self.ids);
                self.edit(&command);
            }
            Turn::Paste(step, cells) => self.paste(step, cells),
            Turn::Import(name) => self.import(name),
            Turn::Undo => drop(self.session.undo()),
            Turn::Redo => drop(self.session.redo()),
            Turn::ThereAndBack => self.there_and_back(),
            Turn::Save => self.save(),
            Turn::SaveAs(number) => {
                let path = PathBuf::from(format!("/项目/另存 {number}.jiping"));
                self.saving(&path, |session| session.save_as(&path));
            }
            Turn::SaveInTrouble(damage, from, times) => self.save_in_trouble(Fault {
                on: None,
                from: *from,
                times: *times,
                damage: *damage,
            }),
            Turn::Restore(index) => {
                let versions = self.session.versions();
                let list = versions.list().expect("a list");
                if !list.is_empty() {
                    let version = index.get(&list);
                    let document = versions.read(version).expect("a version").document;
                    let restored = self.session.edit(&restoring(version, document));
                    restored.expect("a version is never refused");
                }
            }
            Turn::Send => self.send(),
            Turn::Merge(steps) => self.merge(steps),
            Turn::Outside(step) => self.outside(step),
            Turn::Kill(survival, at) => self.kill(*survival, *at),
            Turn::Reopen => self.reopen(),
        }
        self.tick();
    }

    /// A second passes.
    fn tick(&mut self) {
        let now = self.session.document();
        if !self.session.is_dirty() {
            self.session.forget_recovery();
            self.copied = None;
            self.waiting = 0;
        } else if self.copied.as_ref() == Some(now) {
            self.waiting = 0;
        } else {
            self.waiting += 1;
            if self.waiting >= COPIED_AFTER {
                self.waiting = 0;
                self.copied = Some(Arc::clone(now));
                let job = self.session.recovery_job().expect("unsaved work");
                job.run().expect("a copy");
            }
        }
        self.recent.push_back(Arc::clone(self.session.document()));
        while self.recent.len() > LOST_AT_MOST + 1 {
            self.recent.pop_front();
        }
    }

    pub fn end(mut self) {
        self.there_and_back();
        let found = self.session.findings().to_vec();
        let today = self.world.today();
        let (document, editions) = (self.session.document(), self.session.editions());
        let fresh = Checker::default().check(document, editions, today);
        assert_eq!(found, fresh, "findings of a fresh check");
        self.save();
    }

    fn edit(&mut self, command: &EditCommand) {
        let before = Arc::clone(self.session.document());
        if self.session.edit(command).is_err() {
            assert_eq!(
                *self.session.document(),
                before,
                "a refusal changes nothing"
            );
        }
    }

    fn paste(&mut self, step: &generate::Step, cells: &[Vec<String>]) {
        let document = Arc::clone(self.session.document());
        let EditCommand::SetCell { at, .. } = step.command(&document, &mut self.ids) else {
            return;
        };
        let project = document.project(at.project);
        let Some(edition) = project.and_then(|project| self.session.editions().of(project)) else {
            return;
        };
        let text = Block::new(cells.to_vec()).to_string();
        let block = Block::parse(&text);
        if let Ok(plan) = paste::plan(&document, &edition, &at, &block, &mut self.ids) {
            self.edit(&plan.command());
        }
    }

    fn import(&mut self, name: &str) {
        let form = format!(
            "项目支出绩效自评表\n项目名称\t{name}\t主管部门\t文旅局\t实施单位\t文化馆\n\
             一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n\
             产出指标\t数量指标\t演出场次\t20场\t20场\t50\t50\n"
        );
        let gathered = import::gather(&self.world, &Source::Text(form), &Progress::default());
        let shelf = self.session.editions().shelf().clone();
        let recognised = import::recognise(&self.world, &shelf, &gathered, &Wishes::default());
        let taking = step::proposed(self.session.document(), &recognised);
        let _refused_where_a_project_is_locked =
            import::take(&mut self.session, &gathered, &recognised, &taking, None);
    }

    fn there_and_back(&mut self) {
        let now = Arc::clone(self.session.document());
        let state = self.session.history().state();
        let steps = std::iter::from_fn(|| self.session.undo()).count();
        assert_eq!(
            *self.session.document(),
            self.start,
            "undo leads to the start"
        );
        for _ in 0..steps {
            self.session.redo();
        }
        assert_eq!(*self.session.document(), now, "redo leads back");
        assert_eq!(self.session.history().state(), state);
    }

    fn save(&mut self) {
        let path = self.path();
        self.saving(&path, Session::save);
        if self.session.is_dirty() {
            // Somebody else has written the file: the person looks, and decides for their own.
            let Ok(SaveEnd::Conflict(conflict)) = self.session.save() else {
                panic!("not saved, and no conflict");
            };
            let path = conflict.path.clone();
            self.saving(&path, |session| {
                let job = session.prepare_save_over(&conflict)?;
                session.finish_save(job.run())
            });
            assert!(!self.session.is_dirty(), "the person decided");
        }
    }

    /// Saves on a sound disk.
    fn saving(
        &mut self,
        path: &Path,
        save: impl FnOnce(&mut Session) -> Result<SaveEnd, SaveError>,
    ) {
        let before = self.fs.content(path);
        match save(&mut self.session) {
            Ok(SaveEnd::Saved(warnings)) => self.saved(path, before, &warnings),
            Ok(SaveEnd::Conflict(_)) => assert_eq!(self.fs.content(path), before),
            Err(error) => panic!("on a sound disk: {error}"),
        }
    }

    /// What a save that succeeded must have done: the file holds the document, and what it held before is kept.
    fn saved(&mut self, path: &Path, before: Option<Vec<u8>>, warnings: &[SaveWarning]) {
        assert!(!self.session.is_dirty());
        let now = self.fs.content(path).expect("the file");
        let read = format::read(&now, &mut CountedIds(0)).expect("a document");
        assert_eq!(read.document, **self.session.document());
        assert_eq!(read.lineage, *self.session.lineage());
        if let Some(sent) = &mut self.sent {
            sent.saves += 1;
        }
        let is_missing = warnings
            .iter()
            .any(|one| matches!(one, SaveWarning::Backup(_)));
        self.is_backup_missing |= is_missing;
        if let Some(before) = before
            && before != now
            && !is_missing
        {
            let versions = self.session.versions();
            let list = versions.list().expect("a list");
            let is_kept = |bytes: Vec<u8>| bytes == before;
            let mut kept = list
                .iter()
                .filter_map(|version| versions.bytes(version).ok());
            assert!(kept.any(is_kept), "what was replaced is kept");
        }
    }

    fn save_in_trouble(&mut self, fault: Fault) {
        let path = self.path();
        let before = self.fs.content(&path);
        let was_dirty = self.session.is_dirty();
        self.fs.inject(fault);
        let end = self.session.save();
        self.fs.heal();
        let now = self.fs.content(&path);
        match end {
            Ok(SaveEnd::Saved(warnings)) => self.saved(&path, before, &warnings),
            Ok(SaveEnd::Conflict(_)) => assert_eq!(now, before),
            Err(_) => {
                assert_eq!(self.session.is_dirty(), was_dirty, "still unsaved");
                let is_new = |bytes: &Vec<u8>| {
                    let read = format::read(bytes, &mut CountedIds(0));
                    read.is_ok_and(|read| read.document == **self.session.document())
                };
                assert!(now == before || now.as_ref().is_some_and(is_new));
            }
        }
        assert!(!self.session.is_saving());
    }

    fn send(&mut self) {
        let Some(bytes) = self.fs.content(self.path()) else {
            return;
        };
        self.sent = Some(Sent { bytes, saves: 0 });
    }

    fn merge(&mut self, steps: &[generate::Step]) {
        /// As many versions as are surely kept.
        const KEPT: usize = 8;
        let Some(sent) = self.sent.take() else {
            return;
        };
        let lineage = format::lineage(&sent.bytes);
        self.runs += 1;
        let theirs = colleague(&sent.bytes, steps, &mut self.ids, self.runs);
        let common = lineage.last();
        let base = self.session.ancestor_of(&theirs.lineage);
        let is_ours = common.is_some_and(|common| self.session.lineage().contains(common));
        if is_ours && sent.saves < KEPT && !self.is_backup_missing {
            let sent = format::read(&sent.bytes, &mut CountedIds(0)).expect("a document");
            assert!(base.as_ref() == Some(&sent.document), "where they parted");
        }
        let joined = merge(base.as_ref(), self.session.document(), &theirs.document);
        let command = joined.command("合并");
        self.session.edit(&command).expect("a merge is not refused");
        assert_eq!(**self.session.document(), **joined.merged());
    }

    fn outside(&mut self, step: &generate::Step) {
        let path = self.path();
        self.runs += 1;
        let other = world(&self.fs, self.runs);
        let Ok(mut session) = Session::open(other, &path) else {
            return;
        };
        let command = step.command(session.document(), &mut self.ids);
        if session.edit(&command) == Ok(true) {
            assert!(matches!(session.save(), Ok(SaveEnd::Saved(_))));
        }
    }

    fn kill(&mut self, survival: Survival, at: Option<u64>) {
        let path = self.path();
        let before = self.fs.content(&path);
        let is_known = || {
            let held = before.as_deref().map(jiping::store::Fingerprint::of);
            held == self.session.fingerprint()
        };
        let is_known = is_known();
        if let Some(from) = at {
            self.fs.inject(Fault {
                on: None,
                from,
                times: u64::MAX,
                damage: Damage::Crash,
            });
            let _nobody_sees_how_it_ends = self.session.save();
        }
        let lost = Arc::clone(self.session.document());
        self.runs += 1;
        self.fs.restart(survival);
        self.world = world(&self.fs, self.runs);
        let next = self.go_on(&path);
        // Nothing is tidied up when a process is killed.
        mem::forget(mem::replace(&mut self.session, next));
        let now = self.session.document();
        let is_recent = self.recent.contains(now) || *now == lost;
        // Without a copy, somebody else's file is opened.
        let is_theirs = self.copied.is_none() && !is_known;
        assert!(
            is_recent || is_theirs,
            "more than the last seconds are lost"
        );
        self.begin();
        self.copied = self.session.is_dirty().then(|| Arc::clone(&self.start));
        if self.session.path().is_none() {
            // The copy was written and its record was not: it does not know its file, and the person saves it as another.
            let path = PathBuf::from(format!("/项目/恢复 {}.jiping", self.runs));
            self.saving(&path, |session| session.save_as(&path));
        }
    }

    /// The work that is offered, else the file.
    fn go_on(&self, path: &Path) -> Session {
        let offered = offers(&self.world);
        let mut restored = offered
            .iter()
            .filter_map(|offer| restore(Arc::clone(&self.world), &offer.entry).ok());
        // An entry that could not be removed is offered, too, although its work was saved.
        let is_recent = |session: &Session| self.recent.contains(session.document());
        restored.find(is_recent).unwrap_or_else(|| {
            Session::open(Arc::clone(&self.world), path).expect("the file is whole")
        })
    }

    fn reopen(&mut self) {
        self.save();
        let path = self.path();
        self.session.forget_recovery();
        self.session = Session::open(Arc::clone(&self.world), &path).expect("opens");
        self.begin();
        self.copied = None;
    }

    fn begin(&mut self) {
        self.start = Arc::clone(self.session.document());
        self.recent.clear();
        self.waiting = 0;
    }

    fn path(&self) -> PathBuf {
        self.session.path().expect("a file").to_path_buf()
    }
}

/// What a colleague made of a file, as it came back.
fn colleague(
    bytes: &[u8],
    steps: &[generate::Step],
    ids: &mut CountedIds,
    run: u64,
) -> format::Opened {
    let fs = SimulatedFs::new();
    fs.put(FILE, bytes);
    let mut session = Session::open(world(&fs, run), Path::new(FILE)).expect("opens");
    for step in steps {
        let command = step.command(session.document(), ids);
        let _refused_or_not = session.edit(&command);
    }
    assert!(matches!(session.save(), Ok(SaveEnd::Saved(_))));
    let bytes = fs.content(FILE).expect("a file");
    let opened = format::read(&bytes, &mut CountedIds(0)).expect("a document");
    let projects: BTreeSet<_> = opened.document.projects.iter().map(|one| one.id).collect();
    assert_eq!(projects.len(), opened.document.projects.len());
    opened
}
