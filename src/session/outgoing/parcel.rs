//! 报送材料包: what goes in, what is missing, and the file.

use std::{path::PathBuf, sync::Arc};

use super::{Target, Written, size_in_words};
use crate::{
    model::{
        document::Document, edition::Edition, id::Id, profile::Profile, project::Project,
        rows::Rows,
    },
    session::{
        environment::Environment,
        export::item::{Item, OnForm, booklet},
        export::source::Source,
        print::Copy,
        progress::Progress,
        session::Session,
    },
    sharing::parcel::{
        evidence::{self, ALL, MOST, Registered, State},
        lists::{self, Checked},
        manifest::Kind,
        names,
        write::Writer,
    },
    sheet::{fonts::Face, layout::Typesetter, pdf::Conformance},
    store::{
        Fingerprint, format,
        lineage::{Lineage, VersionId},
    },
};

/// Which forms are printed into a parcel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Prints {
    /// None.
    None,
    /// All as one PDF.
    #[default]
    Together,
    /// A PDF for each project.
    Each,
}

/// What goes into a parcel.
#[derive(Debug, Clone, PartialEq)]
pub struct ParcelRequest {
    /// The projects, in the order of the document; empty for all of it.
    pub projects: Vec<Id<Project>>,
    /// Forms as PDF.
    pub prints: Prints,
    /// 问题清单
    pub findings: bool,
    /// 佐证材料登记表
    pub register: bool,
    /// The files of evidence themselves.
    pub evidence: bool,
    /// 复核口径 that goes in; `None` for none.
    pub profile: Option<Arc<Profile>>,
    /// Printed in this face.
    pub face: Face,
}

impl ParcelRequest {
    /// A parcel of these projects with forms and lists, and without the files of evidence.
    pub fn of(projects: Vec<Id<Project>>) -> Self {
        Self {
            projects,
            prints: Prints::default(),
            findings: true,
            register: true,
            evidence: false,
            profile: None,
            face: Face::default(),
        }
    }
}

/// A parcel that is to be made, on any thread.
#[derive(Debug, Clone)]
pub struct ParcelOrder {
    request: ParcelRequest,
    items: Vec<Item>,
    document: Document,
    /// The versions that it went through; the parcel is one more.
    lineage: Lineage,
    /// The folder that paths of evidence are relative to.
    folder: Option<PathBuf>,
    left_out: Vec<String>,
}

/// How the files of evidence are before a parcel is made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    /// How many are registered.
    pub registered: usize,
    /// How many are there.
    pub there: usize,
    /// The size of those, in bytes.
    pub size: u64,
    /// What is not there or cannot be packed, one sentence each.
    pub problems: Vec<String>,
}

/// That the person gave it up.
const STOPPED: &str = "已停止，没有生成材料包。";

impl Session {
    /// What a parcel of the document as it is now would hold.
    pub fn parcel_order(&mut self, request: &ParcelRequest) -> ParcelOrder {
        let findings = self.findings().to_vec();
        let source = Arc::new(match self.path() {
            Some(path) => Source::of_file(path, self.fingerprint()),
            None => Source::unnamed(),
        });
        let is_chosen = |project: &&Arc<Project>| {
            request.projects.is_empty() || request.projects.contains(&project.id)
        };
        let mut items = Vec::new();
        let mut left_out = Vec::new();
        for project in self.document().projects.iter().filter(is_chosen) {
            let Some(edition) = self.editions().of(project) else {
                left_out.push(format!(
                    "“{}”缺少表样，包内没有它的 PDF 和问题清单，绩评文件中照样有它。",
                    project.shown_name()
                ));
                continue;
            };
            items.push(Item {
                source: Arc::clone(&source),
                findings: findings
                    .iter()
                    .find(|found| found.project == project.id)
                    .cloned(),
                monitoring: OnForm::monitoring(project, self.editions()),
                project: Arc::clone(project),
                edition,
            });
        }
        let chosen: Rows<Project> = self
            .document()
            .projects
            .iter()
            .filter(is_chosen)
            .cloned()
            .collect();
        ParcelOrder {
            request: request.clone(),
            document: self.document_with(chosen, &items),
            lineage: self
                .lineage()
                .with(VersionId::new(&mut &**self.environment())),
            items,
            folder: self
                .path()
                .and_then(|path| path.parent())
                .map(PathBuf::from),
            left_out,
        }
    }

    /// The document with these projects alone, and with all their editions.
    fn document_with(&self, projects: Rows<Project>, items: &[Item]) -> Document {
        let whole = self.document();
        let has = |id: Id<Project>| projects.iter().any(|project| project.id == id);
        let mut editions: Vec<Arc<Edition>> = Vec::new();
        for item in items {
            if !editions.contains(&item.edition) {
                editions.push(Arc::clone(&item.edition));
            }
        }
        let concerns = |id: Option<Id<Project>>| id.is_none_or(has);
        Document {
            editions,
            ledger: whole
                .ledger
                .iter()
                .filter(|one| concerns(one.project))
                .cloned()
                .collect(),
            // What was given out to colleagues is the unit's own business.
            sendings: Rows::new(),
            projects,
            ..(**whole).clone()
        }
    }
}

impl ParcelOrder {
    /// How many projects go in.
    pub fn projects(&self) -> usize {
        self.document.projects.len()
    }

    /// Looks for the files of evidence.
    pub fn survey(&self, environment: &Environment) -> Survey {
        let found = self.evidence(environment);
        let mut survey = Survey {
            registered: found.len(),
            ..Survey::default()
        };
        for one in &found {
            match one.state {
                State::There(size) => {
                    survey.there += 1;
                    survey.size += size;
                }
                _ => survey.problems.push(format!(
                    "“{}”{}：{}",
                    self.name_of(one.project),
                    one.in_words(None),
                    told(one)
                )),
            }
        }
        if self.folder.is_none() && !found.is_empty() {
            survey.problems =
                vec!["文件还没有保存，佐证材料的位置无从查找。请先保存，再制作材料包。".into()];
        }
        survey
    }

    fn evidence(&self, environment: &Environment) -> Vec<Registered> {
        let editions: Vec<(&Project, &Edition)> = self
            .items
            .iter()
            .map(|item| (&*item.project, &*item.edition))
            .collect();
        evidence::look_up(
            &self.document,
            &editions,
            self.folder.as_deref(),
            environment.fs(),
        )
    }

    fn name_of(&self, id: Id<Project>) -> &str {
        self.document
            .project(id)
            .map_or("", |project| project.shown_name())
    }

    /// Makes the parcel and writes it.
    ///
    /// # Errors
    ///
    /// Why it was not written, in words.
    pub fn run(
        &self,
        environment: &Environment,
        typesetter: &Typesetter,
        progress: &Progress,
        target: Target<'_>,
    ) -> Result<Written, String> {
        target.refuse_source(environment)?;
        let mut making = Making {
            order: self,
            environment,
            progress,
            steps: self.steps(),
            step: 0,
            writer: Writer::new(
                self.document.projects.iter().map(|project| &**project),
                environment.now().datetime(),
            ),
            notes: self.left_out.clone(),
        };
        if self.document.projects.is_empty() {
            return Err("没有选择项目，没有生成材料包。请至少选择一个项目。".into());
        }
        making.begin("绩评文件")?;
        making.add(
            Kind::Document,
            "自评表.jiping",
            format::write_version(&self.document, &self.lineage),
        );
        if let Some(profile) = &self.request.profile {
            making.add(
                Kind::Profile,
                "复核口径.json",
                profile.to_text().into_bytes(),
            );
        }
        making.prints(typesetter)?;
        making.lists()?;
        let (notes, bytes) = making.finish()?;
        target.write(environment, &bytes, notes)
    }

    fn steps(&self) -> usize {
        let prints = match self.request.prints {
            Prints::None => 0,
            Prints::Together => 1,
            Prints::Each => self.items.len(),
        };
        3 + prints
    }
}

/// A parcel being made.
struct Making<'a> {
    order: &'a ParcelOrder,
    environment: &'a Environment,
    progress: &'a Progress,
    steps: usize,
    step: usize,
    writer: Writer,
    notes: Vec<String>,
}

impl Making<'_> {
    fn begin(&mut self, what: &str) -> Result<(), String> {
        if self.progress.is_stopped() {
            return Err(STOPPED.into());
        }
        self.progress.begin(self.step, self.steps, what);
        self.step += 1;
        Ok(())
    }

    fn add(&mut self, kind: Kind, name: &str, bytes: Vec<u8>) {
        self.writer.add(kind, name, bytes, None);
    }

    fn prints(&mut self, typesetter: &Typesetter) -> Result<(), String> {
        let items = &self.order.items;
        let runs: Vec<(String, &[Item])> = match self.order.request.prints {
            _ if items.is_empty() => Vec::new(),
            Prints::None => Vec::new(),
            Prints::Together => vec![("自评表.pdf".to_owned(), items.as_slice())],
            Prints::Each => (1..)
                .zip(items.chunks(1))
                .map(|(number, one)| {
                    let name = names::part(&format!(
                        "{number:02} {}",
                        short(one[0].project.shown_name())
                    ));
                    (format!("自评表/{name}.pdf"), one)
                })
                .collect(),
        };
        for (name, items) in runs {
            self.begin(&name)?;
            let time = self.environment.now().datetime();
            let booklet = booklet(items, Copy::Official, self.order.request.face, time);
            let pages = typesetter
                .lay_out(&booklet)
                .map_err(|error| format!("{error}。"))?;
            let bytes = pages
                .pdf(Conformance::Tagged)
                .map_err(|error| error.to_string())?;
            self.add(Kind::Print, &name, bytes);
        }
        Ok(())
    }

    fn lists(&mut self) -> Result<(), String> {
        self.begin("问题清单和佐证材料")?;
        let time = self.environment.now().datetime();
        let request = &self.order.request;
        if request.findings {
            let checked: Vec<Checked<'_>> = self.order.items.iter().filter_map(checked).collect();
            let bytes = lists::findings(&checked, time).map_err(|error| error.to_string())?;
            self.add(Kind::Findings, "问题清单.xlsx", bytes);
        }
        if !request.register && !request.evidence {
            return Ok(());
        }
        let registered = self.order.evidence(self.environment);
        let mut rows = Vec::with_capacity(registered.len());
        let (mut size, mut count) = (0, 0);
        for one in registered {
            if self.progress.is_stopped() {
                return Err(STOPPED.into());
            }
            let content = self.content(&one);
            let read = content.as_deref().map(Fingerprint::of);
            let mut member = None;
            if request.evidence {
                match content {
                    Some(bytes) if size + bytes.len() as u64 <= ALL && count < MOST => {
                        size += bytes.len() as u64;
                        count += 1;
                        let name = self.member_name(&one);
                        let id = Some(one.evidence.id);
                        member = Some(self.writer.add(Kind::Evidence, &name, bytes, id));
                    }
                    Some(_) => self.notes.push(format!(
                        "佐证材料合计超过 {}，没有放入：{}",
                        size_in_words(ALL),
                        told(&one)
                    )),
                    None => {
                        let why = one.in_words(None);
                        self.notes
                            .push(format!("佐证材料没有放入（{why}）：{}", told(&one)));
                    }
                }
            }
            rows.push((one, read, member));
        }
        if request.register {
            let projects: Vec<&Project> = self
                .order
                .document
                .projects
                .iter()
                .map(|one| &**one)
                .collect();
            let bytes =
                lists::register(&projects, &rows, time).map_err(|error| error.to_string())?;
            self.add(Kind::Register, "佐证材料登记表.xlsx", bytes);
        }
        Ok(())
    }

    fn content(&self, one: &Registered) -> Option<Vec<u8>> {
        let (State::There(_), Some(path)) = (&one.state, &one.path) else {
            return None;
        };
        self.environment.fs().read(path, evidence::LARGEST).ok()
    }

    /// A folder for each project, and the file under its own name.
    fn member_name(&self, one: &Registered) -> String {
        let projects = &self.order.document.projects;
        let number = projects
            .position(|project| project.id == one.project)
            .map_or(0, |at| at + 1);
        let folder = names::part(&format!(
            "{number:02} {}",
            short(self.order.name_of(one.project))
        ));
        let file = one.path.as_deref().and_then(|path| path.file_name());
        let file = file.unwrap_or_default().to_string_lossy();
        format!("佐证材料/{folder}/{}", names::part(&file))
    }

    fn finish(mut self) -> Result<(Vec<String>, Vec<u8>), String> {
        self.begin("打包")?;
        let bytes = self.writer.finish().map_err(|error| error.to_string())?;
        Ok((self.notes, bytes))
    }
}

fn checked(item: &Item) -> Option<Checked<'_>> {
    Some(Checked {
        project: &item.project,
        edition: &item.edition,
        findings: item.findings.as_deref()?,
    })
}

/// The name of a file of evidence, or its title where it has none.
fn told(one: &Registered) -> String {
    match one.evidence.file.trim() {
        "" => one.evidence.title.clone(),
        file => file.to_owned(),
    }
}

/// As much of a name as makes a folder that can still be unpacked on Windows.
fn short(name: &str) -> String {
    const LONGEST: usize = 40;
    name.chars().take(LONGEST).collect()
}
