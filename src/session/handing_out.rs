//! 发出填报表: which workbooks go to whom, under which names; written in the background, and noted in the document afterwards.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::Zoned;

use super::{
    environment::Environment,
    export::{
        naming::{Ending, Names, Paging, Pattern, Values},
        order::told,
    },
    one_line::one_line,
    print::failure,
    progress::Progress,
    session::Session,
};
use crate::{
    edit::command::EditCommand,
    model::{
        document::Document,
        edition::Edition,
        id::Id,
        project::{Project, header},
        sending::Sending,
        typed::trim,
    },
    sharing::fill_in::{self, wanted::Wanted},
    store::StoreError,
};

/// How files are named where the person says nothing else.
pub const PATTERN: &str = "填报表 {name}";

/// The most projects that one workbook holds.
const MOST_PROJECTS: usize = 100;

/// The names that are tried where a file is there already.
const TRIES: usize = 99;

/// What goes into one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grouping {
    /// Each project by itself.
    #[default]
    Project,
    /// All of the same 实施单位.
    Unit,
    /// All of the same 主管部门.
    Department,
}

/// What is to be given out.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The projects, in this order.
    pub projects: Vec<Id<Project>>,
    /// What goes into one file.
    pub grouping: Grouping,
    /// What is to be filled in.
    pub wanted: Wanted,
    /// By when it is to be back, as typed; may be empty.
    pub due: String,
    /// To whom it is to be returned; may be empty.
    pub return_to: String,
    /// What else is to be said; may be empty.
    pub remark: String,
    /// The folder that files are put into.
    pub folder: PathBuf,
    /// How files are named, without ending, see [`Pattern`]; {name} is the project's, or whose projects they are.
    pub pattern: String,
}

/// Workbooks ready to be written, on any thread.
#[derive(Debug, Clone)]
pub struct HandOutOrder {
    document: Id<Document>,
    wanted: Wanted,
    return_to: String,
    remark: String,
    folder: PathBuf,
    parcels: Vec<Parcel>,
    left_out: Vec<String>,
    now: Zoned,
}

/// One workbook.
#[derive(Debug, Clone)]
struct Parcel {
    sending: Sending,
    /// The file's name without its ending.
    stem: String,
    projects: Vec<(Arc<Project>, Arc<Edition>)>,
}

/// What came of one workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct HandedOut {
    /// Where it is or should be.
    pub path: PathBuf,
    /// To whom it goes.
    pub to: String,
    /// How many projects are in it.
    pub projects: usize,
    /// The note of it, once it is written; else why it is not, in words.
    pub end: Result<Sending, String>,
}

impl Session {
    /// What is to be given out of the document as it is now.
    ///
    /// # Errors
    ///
    /// Why there would be nothing to give out, in words.
    pub fn hand_out_order(&self, request: &Request) -> Result<HandOutOrder, String> {
        let pattern = Pattern::parse(&request.pattern)?;
        if pattern.has_page() {
            return Err("填报表的文件名里不能写 {page}，没有生成文件。".into());
        }
        if request.wanted.is_nothing() {
            return Err("没有勾选要填什么，没有生成文件。请至少勾选一项。".into());
        }
        let mut left_out = Vec::new();
        let projects = self.to_hand_out(request, &mut left_out);
        let now = self.environment().now();
        let time = self.environment().time_in_words();
        let groups = grouped(projects, request.grouping);
        if let Some((name, group)) = groups.iter().find(|(_, group)| group.len() > MOST_PROJECTS) {
            return Err(format!(
                "“{name}”有 {} 个项目，一个文件最多放 {MOST_PROJECTS} 个，没有生成文件。请改为每个项目一个文件，或分几次发出。",
                group.len()
            ));
        }
        let file = self.path().and_then(Path::file_stem).unwrap_or_default();
        let file = file.to_string_lossy();
        let mut names = Names::new(&pattern);
        let count = groups.len();
        let parcels = groups
            .into_iter()
            .enumerate()
            .map(|(index, (name, projects))| {
                let first = projects.first().map(|(project, _)| &**project);
                let year = first
                    .and_then(Project::year)
                    .map_or_else(String::new, |year| year.to_string());
                let values = Values {
                    name: &name,
                    year: &year,
                    file: &file,
                    number: index + 1,
                    of: count,
                };
                let ending = Ending {
                    suffix: String::new(),
                    paging: Paging::Together,
                    extension: ENDING,
                };
                let file_name = names.next(&values, &ending).of_page(1, 1);
                let stem = file_name.strip_suffix(".xlsx").unwrap_or(&file_name);
                let mut ids = &**self.environment();
                Parcel {
                    sending: Sending {
                        id: Id::new(&mut ids),
                        to: first
                            .map_or_else(String::new, |first| addressee(first, request.grouping)),
                        projects: projects.iter().map(|(project, _)| project.id).collect(),
                        file: file_name.clone(),
                        time: time.clone(),
                        due: trim(&request.due).to_owned(),
                        returns: Vec::new(),
                        unknown: Default::default(),
                    },
                    stem: stem.to_owned(),
                    projects,
                }
            });
        Ok(HandOutOrder {
            document: self.document().id,
            wanted: request.wanted,
            return_to: request.return_to.clone(),
            remark: request.remark.clone(),
            folder: request.folder.clone(),
            parcels: parcels.collect(),
            left_out,
            now,
        })
    }

    /// The projects that are given out, each with its edition.
    fn to_hand_out(
        &self,
        request: &Request,
        left_out: &mut Vec<String>,
    ) -> Vec<(Arc<Project>, Arc<Edition>)> {
        let chosen = request.projects.iter();
        let chosen = chosen.filter_map(|id| self.document().project(*id));
        let mut projects = Vec::new();
        for project in chosen {
            let name = project.shown_name();
            match self.editions().of(project) {
                None => left_out.push(format!("项目“{name}”缺少表样，没有发出。")),
                Some(_) if !project.stage.is_editable() => left_out.push(format!(
                    "项目“{name}”处于“{}”阶段，内容已锁定，没有发出。",
                    project.stage
                )),
                Some(edition) => projects.push((Arc::clone(project), edition)),
            }
        }
        projects
    }
}

/// The extension of the files.
const ENDING: &str = "xlsx";

type Group = Vec<(Arc<Project>, Arc<Edition>)>;

/// The projects of each file, with the name of the file's content; projects that name nobody stand by themselves.
fn grouped(projects: Group, grouping: Grouping) -> Vec<(String, Group)> {
    let mut groups: Vec<(String, Group)> = Vec::new();
    for (project, edition) in projects {
        let of = match grouping {
            Grouping::Project => "",
            Grouping::Unit => trim(project.header(header::UNIT)),
            Grouping::Department => trim(project.header(header::DEPARTMENT)),
        };
        let name = match of {
            "" => project.shown_name().to_owned(),
            of => of.to_owned(),
        };
        let known = groups
            .iter_mut()
            .find(|(own, _)| !of.is_empty() && *own == name);
        match known {
            Some((_, group)) => group.push((project, edition)),
            None => groups.push((name, vec![(project, edition)])),
        }
    }
    groups
}

/// To whom a form goes.
fn addressee(project: &Project, grouping: Grouping) -> String {
    let unit = trim(project.header(header::UNIT));
    let department = trim(project.header(header::DEPARTMENT));
    let (first, second) = match grouping {
        Grouping::Department => (department, unit),
        Grouping::Project | Grouping::Unit => (unit, department),
    };
    match (first, second) {
        ("", "") => project.shown_name(),
        ("", second) => second,
        (first, _) => first,
    }
    .to_owned()
}

impl HandOutOrder {
    /// Whether there is nothing to give out.
    pub fn is_empty(&self) -> bool {
        self.parcels.is_empty()
    }

    /// What is not given out, and why, one sentence each.
    pub fn left_out(&self) -> &[String] {
        &self.left_out
    }

    /// The files with those to whom they go. A file that is there already is left alone, and the new one gets a number.
    pub fn planned(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parcels
            .iter()
            .map(|parcel| (parcel.sending.file.as_str(), parcel.sending.to.as_str()))
    }

    /// Writes the workbooks. One that fails does not keep the others from being written.
    pub fn run(&self, environment: &Environment, progress: &Progress) -> Vec<HandedOut> {
        let count = self.parcels.len();
        let mut all = Vec::new();
        // A folder that cannot be made is named by what fails next.
        let _said_below = environment.fs().create_folders(&self.folder);
        for (number, parcel) in self.parcels.iter().enumerate() {
            if progress.is_stopped() {
                break;
            }
            progress.begin(number, count, &parcel.sending.file);
            all.push(self.write(parcel, environment));
        }
        all
    }

    fn write(&self, parcel: &Parcel, environment: &Environment) -> HandedOut {
        let mut out = HandedOut {
            path: self.folder.join(&parcel.sending.file),
            to: parcel.sending.to.clone(),
            projects: parcel.projects.len(),
            end: Err(String::new()),
        };
        let order = fill_in::Order {
            sending: &parcel.sending,
            document: self.document,
            projects: &parcel.projects,
            wanted: self.wanted,
            return_to: &self.return_to,
            remark: &self.remark,
            now: self.now.datetime(),
        };
        let mut ids = environment;
        let bytes = match fill_in::write(&order, &mut ids) {
            Ok(bytes) => bytes,
            Err(error) => {
                out.end = Err(format!("{error}文件：{}", told(&out.path)));
                return out;
            }
        };
        for number in 1..=TRIES {
            let file = match number {
                1 => parcel.sending.file.clone(),
                number => format!("{} ({number}).{ENDING}", parcel.stem),
            };
            out.path = self.folder.join(&file);
            match environment.saver().write_new(&out.path, &bytes) {
                Err(StoreError::Exists { .. }) if number < TRIES => {}
                Err(error) => {
                    out.end = Err(one_line(&failure::in_words(&error)));
                    break;
                }
                Ok(_) => {
                    out.end = Ok(Sending {
                        file,
                        ..parcel.sending.clone()
                    });
                    break;
                }
            }
        }
        out
    }
}

/// Notes what was given out, as one step; `None` where nothing was.
pub fn record(handed_out: &[HandedOut]) -> Option<EditCommand> {
    let written = handed_out.iter().filter_map(|one| one.end.as_ref().ok());
    let commands: Vec<EditCommand> = written
        .map(|sending| EditCommand::RecordSending {
            sending: sending.clone(),
        })
        .collect();
    (!commands.is_empty()).then(|| EditCommand::Many {
        label: format!("登记 发出 {} 份填报表", commands.len()),
        commands,
    })
}
