//! 报送材料包, 公开版 and 脱敏副本 in the window, and a 报送材料包 that was received. Looking through the document, reading, making
//! and writing are jobs.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    action::Action,
    app::{App, JobKind, JobResult},
    dialogs::outgoing::{
        anonymise::AnonymiseDialog, parcel::ParcelDialog, publish::PublishDialog,
        received::ReceivedDialog, withhold::WithholdDialog,
    },
    files::Purpose,
    merging::MergeOffer,
    preferences::Change,
};
use crate::{
    model::{id::Id, profile::Profile, project::Project},
    session::{
        jobs::{Revision, Wanted},
        outgoing::{
            Target, Written,
            anonymous::AnonymousOrder,
            opening::{self, TakenOut},
            parcel::{ParcelOrder, ParcelRequest, Survey},
            publish::{PublishOrder, Publishable},
        },
        print::files::file_name,
        profiles::handed_out,
        progress::Progress,
        session::Session,
    },
    sharing::{anonymise, parcel::read::Parcel, publish::Plan},
    sheet::layout::Typesetter,
    store::error::shown,
};

/// What dialogs ask for.
#[derive(Debug, Clone)]
pub enum OutgoingAction {
    /// Look through these projects of the document.
    Look(Sought, Vec<Id<Project>>),
    /// Ask where to write a parcel; whether with the profile in force.
    SaveParcel(ParcelRequest, bool),
    /// Ask where to write this.
    Save(Box<Order>),
    /// Give up what is being made.
    Stop,
    /// Ask anew: what came of it was read.
    Again,
    /// The dialog is closed.
    Leave,
    /// Read this file, which may be a parcel.
    Open(PathBuf),
    /// Open the document of a parcel.
    Use(Arc<Received>),
    /// Join a parcel with the open document.
    Merge(Arc<Received>),
    /// Ask where to put the evidence of a parcel.
    TakeOut(Arc<Received>),
    /// Check by the profile of a parcel from now on.
    TakeProfile(Arc<Received>),
}

/// What is looked for in the document before something is made of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought {
    /// How the files of evidence are.
    Evidence,
    /// What can be published, and the names in it.
    Publishable,
    /// The words that tell whose it is.
    Words,
}

/// What was found.
#[derive(Debug, Clone)]
pub enum Found {
    /// How the files of evidence are.
    Evidence(Survey),
    /// What can be published.
    Publishable(Publishable),
    /// The words that tell whose it is.
    Words(anonymise::Plan),
}

/// Something that is to be made.
#[derive(Debug, Clone)]
pub enum Order {
    /// 报送材料包
    Parcel(ParcelOrder),
    /// 公开版
    Publish(PublishOrder),
    /// 脱敏副本
    Anonymous(AnonymousOrder),
}

/// A parcel that was read.
#[derive(Debug)]
pub struct Received {
    /// The name of its file.
    pub name: String,
    /// What is in it.
    pub parcel: Parcel,
}

/// Where something that is made stands.
#[derive(Debug, Default)]
pub enum Phase {
    /// Nothing was asked for yet.
    #[default]
    Asking,
    /// It is being made.
    Running(Arc<Progress>),
    /// It was written.
    Done(Written),
    /// It was not; why.
    Failed(String),
}

/// Which look through the document this is.
type Look = (Sought, Vec<Id<Project>>, Revision);

/// Everything about it.
#[derive(Default)]
pub struct Outgoing {
    phase: Phase,
    /// What waits for a path.
    order: Option<Order>,
    looking: Option<Look>,
    found: Option<(Look, Found)>,
    /// The parcel whose evidence waits for a folder.
    parcel: Option<Arc<Received>>,
    /// Whether its dialog is open, so that nothing need be said beside it.
    is_watched: bool,
}

/// What a job came to.
pub enum Outcome {
    /// The document was looked through.
    Found(Look, Found),
    /// Something was written, or why not.
    Written(Result<Written, String>),
    /// A parcel was read, or why not.
    Read(String, Box<Result<Parcel, String>>),
    /// A parcel is to be joined with the open document.
    Offer(Box<MergeOffer>),
    /// Evidence was taken out into this folder.
    TakenOut(PathBuf, TakenOut),
}

impl Outgoing {
    /// Where it stands.
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// What was found in these projects at this revision.
    pub fn found(
        &self,
        sought: Sought,
        projects: &[Id<Project>],
        revision: Revision,
    ) -> Option<&Found> {
        let ((of, ids, at), found) = self.found.as_ref()?;
        (*of == sought && ids == projects && *at == revision).then_some(found)
    }

    /// Whether these projects are being looked through.
    pub fn is_looking(&self, sought: Sought, projects: &[Id<Project>], revision: Revision) -> bool {
        let is_that = |(of, ids, at): &Look| *of == sought && ids == projects && *at == revision;
        self.looking.as_ref().is_some_and(is_that)
    }

    /// What is being made, in words, for the status bar.
    pub fn writing(&self) -> Option<String> {
        let Phase::Running(progress) = &self.phase else {
            return None;
        };
        Some(format!("正在生成：{}", progress.now().name))
    }

    /// Gives up what is under way.
    pub(super) fn stop(&self) {
        if let Phase::Running(progress) = &self.phase {
            progress.stop();
        }
    }

    /// Nothing comes of a job.
    pub(super) fn give_up(&mut self, kind: JobKind) {
        match kind {
            JobKind::Outgoing => self.phase = Phase::Asking,
            JobKind::LookThrough => self.looking = None,
            _ => {}
        }
    }

    /// Forgets everything about the open document; what is being written goes on.
    pub(super) fn forget_document(&mut self) {
        if !matches!(self.phase, Phase::Running(_)) {
            self.phase = Phase::Asking;
        }
        self.order = None;
        self.found = None;
        self.looking = None;
    }
}

impl Order {
    /// The ending of its file, without the dot.
    fn ending(&self) -> &'static str {
        match self {
            Self::Parcel(_) => "zip",
            Self::Publish(order) => order.kind.ending(),
            Self::Anonymous(_) => "jiping",
        }
    }

    /// What stands behind the name of the document in the name of its file.
    fn suffix(&self) -> &'static str {
        match self {
            Self::Parcel(_) => "（报送材料包）",
            Self::Publish(_) => "（公开版）",
            Self::Anonymous(_) => "脱敏副本",
        }
    }
}

/// Making.
impl App {
    /// Shows the dialog for a parcel.
    pub(super) fn ask_for_parcel(&mut self) {
        self.outgoing.is_watched = true;
        self.dialogs.push(Box::new(ParcelDialog::default()));
    }

    /// Shows the dialog for a copy for the public.
    pub(super) fn ask_to_publish(&mut self) {
        self.outgoing.is_watched = true;
        self.dialogs.push(Box::new(PublishDialog::default()));
    }

    /// Shows the dialog for a copy without names.
    pub(super) fn ask_to_anonymise(&mut self) {
        self.outgoing.is_watched = true;
        self.dialogs.push(Box::new(AnonymiseDialog::default()));
    }

    /// Asks whether the shown project is kept from the public, and why.
    pub(super) fn ask_to_withhold(&mut self) {
        let Some(desk) = &self.desk else { return };
        if let Some(project) = desk.project(self.position.project) {
            self.dialogs.push(Box::new(WithholdDialog::new(project)));
        }
    }

    pub(super) fn perform_outgoing(&mut self, action: OutgoingAction) {
        match action {
            OutgoingAction::Look(sought, projects) => self.look_through(sought, projects),
            OutgoingAction::SaveParcel(mut request, with_profile) => {
                request.profile = self.profile_to_pack().filter(|_| with_profile);
                let Some(desk) = &mut self.desk else { return };
                let order = desk.session.parcel_order(&request);
                self.ask_where_it_goes(Order::Parcel(order));
            }
            OutgoingAction::Save(order) => self.ask_where_it_goes(*order),
            OutgoingAction::Stop => self.outgoing.stop(),
            OutgoingAction::Again => {
                if !matches!(self.outgoing.phase, Phase::Running(_)) {
                    self.outgoing.phase = Phase::Asking;
                }
            }
            OutgoingAction::Leave => {
                self.outgoing.is_watched = false;
                if !matches!(self.outgoing.phase, Phase::Running(_)) {
                    self.outgoing.phase = Phase::Asking;
                }
            }
            OutgoingAction::Open(path) => self.open_parcel(path),
            OutgoingAction::Use(received) => self.use_parcel(&received),
            OutgoingAction::Merge(received) => self.merge_parcel(&received),
            OutgoingAction::TakeOut(received) => {
                self.outgoing.parcel = Some(received);
                self.ask_where(Purpose::ParcelFolder, "");
            }
            OutgoingAction::TakeProfile(received) => self.take_profile_of_parcel(&received),
        }
    }

    /// 复核口径 that goes into a parcel: the chosen one with the person's own changes; none where the built-in one is in force.
    fn profile_to_pack(&self) -> Option<Arc<Profile>> {
        let in_force = &self.in_force;
        let is_plain = in_force.profile().is_none() && in_force.own_changes() == 0;
        if is_plain {
            return None;
        }
        let name = in_force.named().name;
        let own = &self.settings.own_rules;
        Some(Arc::new(handed_out(in_force, own, &name, "", "")))
    }

    fn look_through(&mut self, sought: Sought, projects: Vec<Id<Project>>) {
        let Some(desk) = &mut self.desk else { return };
        let look = (sought, projects.clone(), desk.session.revision());
        self.outgoing.looking = Some(look.clone());
        let environment = Arc::clone(&self.environment);
        let work: Box<dyn FnOnce() -> Found + Send> = match sought {
            Sought::Evidence => {
                let order = desk.session.parcel_order(&ParcelRequest::of(projects));
                Box::new(move || Found::Evidence(order.survey(&environment)))
            }
            Sought::Publishable => {
                let (forms, left_out) = desk.session.forms_to_publish(&projects);
                Box::new(move || {
                    let plan = Plan::of(forms);
                    Found::Publishable(Publishable { plan, left_out })
                })
            }
            Sought::Words => {
                let document = Arc::clone(desk.session.document());
                let editions = desk.session.editions_of_projects();
                Box::new(move || {
                    let edition_of = |project: &Project| editions.get(&project.id).cloned();
                    Found::Words(anonymise::Plan::of(&document, &edition_of))
                })
            }
        };
        self.start(
            JobKind::LookThrough,
            "look through",
            Wanted::WhileCurrent,
            move || JobResult::Outgoing(Box::new(Outcome::Found(look, work()))),
        );
    }

    fn ask_where_it_goes(&mut self, order: Order) {
        let stem = self
            .desk
            .as_ref()
            .map(|desk| desk.file_name())
            .unwrap_or_default();
        let stem = Path::new(&stem)
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy();
        // The file's own name may say whose it is.
        let stem = match order {
            Order::Anonymous(_) => String::new(),
            _ => file_name(&stem),
        };
        let name = format!("{stem}{}.{}", order.suffix(), order.ending());
        let ending = order.ending();
        self.outgoing.order = Some(order);
        self.ask_where(Purpose::Outgoing(ending), &name);
    }

    /// Makes what waits for a path, and writes it there. The dialog for files has asked about replacing.
    pub(super) fn put_outgoing(&mut self, path: PathBuf) {
        let Some(order) = self.outgoing.order.take() else {
            return;
        };
        if matches!(self.outgoing.phase, Phase::Running(_)) {
            return;
        }
        let progress = Arc::new(Progress::default());
        self.outgoing.phase = Phase::Running(Arc::clone(&progress));
        let environment = Arc::clone(&self.environment);
        let typesetter = Arc::clone(&self.typesetter);
        let source = self.desk.as_ref().and_then(|desk| desk.session.path());
        let source = source.map(Path::to_path_buf);
        self.start(JobKind::Outgoing, "outgoing", Wanted::Always, move || {
            let target = Target {
                path: &path,
                replaces: true,
                source: source.as_deref(),
            };
            let typesetter = || typesetter.get_or_init(Typesetter::new);
            let written = match &order {
                Order::Parcel(order) => order.run(&environment, typesetter(), &progress, target),
                Order::Publish(order) => order.run(&environment, typesetter(), &progress, target),
                Order::Anonymous(order) => order.run(&environment, target),
            };
            JobResult::Outgoing(Box::new(Outcome::Written(written)))
        });
    }

    /// Takes what a job came to.
    pub(super) fn outgoing_came(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Found(look, found) => {
                if self.outgoing.looking.as_ref() == Some(&look) {
                    self.outgoing.looking = None;
                }
                self.outgoing.found = Some((look, found));
            }
            Outcome::Written(result) => self.outgoing_written(result),
            Outcome::Read(name, read) => match *read {
                Ok(parcel) => {
                    let received = Arc::new(Received { name, parcel });
                    self.dialogs.push(Box::new(ReceivedDialog::new(received)));
                }
                Err(problem) => self.tell("没有打开", problem),
            },
            Outcome::Offer(offer) => self.send.send(Action::Merge(offer)),
            Outcome::TakenOut(folder, taken) => self.evidence_taken_out(folder, &taken),
        }
    }

    fn outgoing_written(&mut self, result: Result<Written, String>) {
        if self.outgoing.is_watched {
            self.outgoing.phase = match result {
                Ok(written) => Phase::Done(written),
                Err(why) => Phase::Failed(why),
            };
            return;
        }
        self.outgoing.phase = Phase::Asking;
        match result {
            Ok(written) => {
                let said = format!("已生成：{}", shown(&written.path));
                written
                    .notes
                    .into_iter()
                    .for_each(|note| self.views.toasts.warn(note));
                self.views.toasts.written(said, written.path);
            }
            Err(why) => self.tell("没有生成", why),
        }
    }
}

/// A parcel that was received.
impl App {
    pub(super) fn open_parcel(&mut self, path: PathBuf) {
        let environment = Arc::clone(&self.environment);
        self.start(JobKind::Outgoing, "parcel", Wanted::Always, move || {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let read = opening::open(&environment, &path);
            JobResult::Outgoing(Box::new(Outcome::Read(name.into_owned(), Box::new(read))))
        });
    }

    fn use_parcel(&mut self, received: &Received) {
        let session = Session::of_parcel(Arc::clone(&self.environment), &received.parcel);
        self.take(session);
    }

    fn merge_parcel(&mut self, received: &Arc<Received>) {
        let Some(desk) = &self.desk else { return };
        let versions = desk.session.versions();
        let ours = Arc::clone(desk.session.document());
        let received = Arc::clone(received);
        self.start(JobKind::Outgoing, "parcel", Wanted::Always, move || {
            let parcel = &received.parcel;
            let base = versions.ancestor_of(&parcel.opened.lineage).map(Arc::new);
            let known = base.as_deref().unwrap_or(&ours);
            let offer = MergeOffer {
                title: received.name.clone(),
                theirs: Arc::new(parcel.beside(known)),
                base,
                also: Vec::new(),
            };
            JobResult::Outgoing(Box::new(Outcome::Offer(Box::new(offer))))
        });
    }

    /// Puts the evidence of the parcel that waits for it into this folder.
    pub(super) fn take_evidence_out(&mut self, folder: PathBuf) {
        let Some(received) = self.outgoing.parcel.take() else {
            return;
        };
        let environment = Arc::clone(&self.environment);
        self.start(JobKind::Outgoing, "evidence", Wanted::Always, move || {
            let taken = opening::take_out(&environment, &received.parcel, &folder, &|| false);
            JobResult::Outgoing(Box::new(Outcome::TakenOut(folder, taken)))
        });
    }

    fn evidence_taken_out(&mut self, folder: PathBuf, taken: &TakenOut) {
        let said = format!("已取出 {} 份佐证材料：{}", taken.written, shown(&folder));
        match taken.problems.as_slice() {
            [] => self.views.toasts.written(said, folder),
            problems => {
                let text = format!("{said}\n{}", problems.join("\n"));
                self.tell("有佐证材料没有取出", text);
            }
        }
    }

    fn take_profile_of_parcel(&mut self, received: &Received) {
        let Some(profile) = received.parcel.profile.clone() else {
            return;
        };
        match self.environment.keep_profile(profile) {
            Ok(profile) => {
                self.change_settings(Change::Profile(Some(profile.id.clone())));
                let said = format!("已采用复核口径“{}”，按它校验", profile.name);
                self.views.toasts.done(said);
            }
            Err(problem) => self.tell("没有采用", problem),
        }
    }
}
