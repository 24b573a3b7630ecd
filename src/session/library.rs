//! The 指标库 of this computer: the program's set with the person's own entries; lists and forms on their way into it.

use std::{
    collections::HashMap,
    ffi::OsStr,
    path::PathBuf,
    sync::{Arc, PoisonError},
};

use super::{
    environment::Environment,
    found::Search,
    import::{self, ENDINGS, Progress, Source},
    one_line::one_line,
    session::Session,
};
use crate::{
    exchange::{
        library::{self as lists, Reading},
        recognise::{File, Wishes},
    },
    library::{
        gather::gather,
        judge::{Fault, corrected, faults},
        search::Index,
        shelf::Shelf,
    },
    model::{
        edition::Edition,
        library::{Entry, EntryKey, Library, Origin},
        project::{EditionRef, Project},
    },
    store::{StoreError, editions::EditionShelf, error::shown, library as file},
};

/// The edition by whose form entries are judged.
const JUDGED_ON: &str = "mof-2020";
/// Files at a time at most.
const FILES: usize = 500;

/// The library as it is now.
#[derive(Debug, Clone, Default)]
pub struct AtHand {
    /// Everything, to be searched.
    pub index: Arc<Index>,
    /// The person's own entries.
    pub own: Arc<Library>,
    /// What happened to the person's file, in a sentence.
    pub problem: Option<String>,
}

impl AtHand {
    fn of(own: Library, problem: Option<String>) -> Self {
        let shelf = Shelf::new(file::built_in(), &own);
        Self {
            index: Arc::new(Index::new(shelf)),
            own: Arc::new(own),
            problem,
        }
    }
}

impl Environment {
    /// The library. It is read when first asked for.
    pub fn library(&self) -> AtHand {
        let mut held = self.library.lock().unwrap_or_else(PoisonError::into_inner);
        held.get_or_insert_with(|| {
            let loaded = self.folders().map(|folders| {
                let now = self.now();
                file::load(self.fs(), folders, &now)
            });
            let loaded = loaded.unwrap_or_default();
            AtHand::of(loaded.library, loaded.problem)
        })
        .clone()
    }

    /// Changes the person's own entries: those on the disk, which another window may have changed meanwhile.
    ///
    /// # Errors
    ///
    /// Why nothing was changed, in words.
    pub fn change_library<T>(&self, change: impl FnOnce(&mut Library) -> T) -> Result<T, String> {
        let folders = self.folders().ok_or(StoreError::NoDataFolder);
        let folders = folders.map_err(|error| error.to_string())?;
        let mut held = self.library.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.now();
        let loaded = file::load(self.fs(), folders, &now);
        if let Some(problem) = loaded.problem.as_ref().filter(|_| loaded.in_the_way) {
            return Err(format!("没有保存。{problem}"));
        }
        let mut library = loaded.library;
        let result = change(&mut library);
        let saved = file::save(&library, &self.saver(), folders, &now);
        saved.map_err(|error| error.to_string())?;
        *held = Some(AtHand::of(library, loaded.problem));
        Ok(result)
    }

    /// The form that entries are judged by where no other is open.
    pub fn judging_edition(&self) -> Option<Arc<Edition>> {
        let reference = EditionRef {
            id: JUDGED_ON.into(),
            hash: String::new(),
            unknown: Default::default(),
        };
        self.editions().get(&reference).map(|found| found.edition)
    }
}

/// What may be taken into the library.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Offer {
    /// One for each indicator that was found.
    pub lines: Vec<Line>,
    /// What a person should know, one sentence each: files that cannot be read, rows left out.
    pub notes: Vec<String>,
    /// The lines by what they offer: the same indicator is offered once.
    places: HashMap<EntryKey, usize>,
}

/// An indicator that may be taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Where it stands.
    pub place: String,
    /// The indicator as it was read.
    pub entry: Entry,
    /// The indicator with what can be put right put right, and whether the rules are then content with it.
    pub corrected: Option<(Entry, bool)>,
    /// What becomes of it.
    pub fate: Fate,
}

/// What becomes of an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It is new.
    New,
    /// The person's library has it; the known entry counts one project more and learns what it lacks.
    Known,
    /// It is new, and something of it should be looked at.
    Doubtful(String),
    /// It is new, and the rules find fault with it.
    Faulty(Vec<Fault>),
    /// It is not taken, and why.
    Refused(String),
}

impl Offer {
    /// How many lines have a fate that `which` names.
    pub fn count(&self, which: impl Fn(&Fate) -> bool) -> usize {
        self.lines.iter().filter(|line| which(&line.fate)).count()
    }

    /// What is taken of the lines that are `chosen`, with what can be put right put right if that is wanted.
    pub fn taken(&self, corrects: bool, chosen: impl Fn(usize, &Line) -> bool) -> Vec<Entry> {
        let lines = self.lines.iter().enumerate();
        lines
            .filter(|(_, line)| !matches!(line.fate, Fate::Refused(_)))
            .filter(|(at, line)| chosen(*at, line))
            .map(|(_, line)| match &line.corrected {
                Some((corrected, _)) if corrects => corrected.clone(),
                _ => line.entry.clone(),
            })
            .collect()
    }

    fn add(&mut self, at_hand: &AtHand, edition: Option<&Edition>, entry: Entry, row: Place) {
        let key = entry.key();
        let (place, reading) = (row.place, row.reading);
        let is_refused = matches!(reading, Reading::Refused(_));
        let twice = self.places.get(&key).copied();
        if let Some(line) = twice.and_then(|at| self.lines.get_mut(at))
            && !is_refused
        {
            if let Some((corrected, _)) = &mut line.corrected {
                corrected.absorb(&entry);
            }
            line.entry.absorb(&entry);
            return;
        }
        if !is_refused {
            self.places.insert(key.clone(), self.lines.len());
        }
        let shelf = at_hand.index.shelf();
        let is_known = shelf.get(&key).is_some_and(|item| item.is_own);
        let judged = edition.filter(|_| !is_refused);
        let faults = judged.map_or_else(Vec::new, |edition| faults(&entry, edition));
        let corrected = judged.filter(|_| !faults.is_empty()).and_then(|edition| {
            let corrected = corrected(&entry, edition)?;
            let is_mended = crate::library::judge::faults(&corrected, edition).is_empty();
            Some((corrected, is_mended))
        });
        let fate = match reading {
            Reading::Refused(why) => Fate::Refused(why),
            _ if is_known => Fate::Known,
            _ if !faults.is_empty() => Fate::Faulty(faults),
            Reading::Doubtful(why) => Fate::Doubtful(why),
            Reading::Sure => Fate::New,
        };
        self.lines.push(Line {
            place,
            entry,
            corrected,
            fate,
        });
    }
}

/// Where an indicator was read, and how sure it is.
struct Place {
    place: String,
    reading: Reading,
}

impl Line {
    /// Whether it is taken unless somebody says otherwise: nothing is wrong with it that cannot be put right.
    pub fn is_sound(&self) -> bool {
        match self.fate {
            Fate::New | Fate::Known | Fate::Doubtful(_) => true,
            Fate::Faulty(_) => self.is_mended(),
            Fate::Refused(_) => false,
        }
    }

    /// Whether a correction leaves nothing to find fault with.
    pub fn is_mended(&self) -> bool {
        matches!(self.corrected, Some((_, true)))
    }
}

/// The indicators of an open document's project.
pub fn offer_of_project(environment: &Environment, project: &Project, edition: &Edition) -> Offer {
    let at_hand = environment.library();
    let mut offer = Offer::default();
    offer.gather(&at_hand, project, edition, project.shown_name());
    offer
}

impl Offer {
    fn gather(&mut self, at_hand: &AtHand, project: &Project, edition: &Edition, source: &str) {
        let gathered = gather(project, edition, at_hand.index.shelf(), source);
        for entry in gathered.entries {
            let place = Place {
                place: source.to_owned(),
                reading: Reading::Sure,
            };
            self.add(at_hand, Some(edition), entry, place);
        }
        self.notes.extend(gathered.left);
    }
}

/// The indicators of lists: .xlsx, .csv and other tables, and files that another library was handed on as. Called in a job's
/// thread.
pub fn offer_of_lists(environment: &Environment, paths: &[PathBuf], progress: &Progress) -> Offer {
    let at_hand = environment.library();
    let edition = environment.judging_edition();
    let mut offer = Offer::default();
    let (own, others): (Vec<PathBuf>, Vec<PathBuf>) =
        paths.iter().cloned().partition(|path| is_json(path));
    for path in own {
        match read_library(environment, &path) {
            Ok(library) => {
                for mut entry in library.entries {
                    // How often others used it says nothing of this person's projects.
                    entry.used_in.clear();
                    let name = path.file_name().unwrap_or_default();
                    entry.origin = Origin::From(name.to_string_lossy().into_owned());
                    let place = Place {
                        place: shown(&path),
                        reading: match entry.name.trim() {
                            "" => Reading::Refused("没有指标名称".into()),
                            _ => Reading::Sure,
                        },
                    };
                    offer.add(&at_hand, edition.as_deref(), entry, place);
                }
            }
            Err(problem) => offer.notes.push(problem),
        }
    }
    if others.is_empty() {
        return offer;
    }
    let read = import::gather(environment, &Source::Paths(others), progress);
    for (number, File { name, content }) in read.files.iter().enumerate() {
        if let Some((_, why)) = read.refused.iter().find(|(file, _)| *file == number) {
            offer.notes.push(one_line(&format!("{name}：{why}")));
            continue;
        }
        let list = lists::read(content, name);
        let notes = list.notes.iter();
        offer
            .notes
            .extend(notes.map(|note| one_line(&format!("{name}：{note}"))));
        for row in list.rows {
            if progress.is_stopped() {
                break;
            }
            let place = Place {
                place: row.place,
                reading: row.reading,
            };
            offer.add(&at_hand, edition.as_deref(), row.entry, place);
        }
    }
    offer.notes.extend(read.passed_over);
    offer
}

fn is_json(path: &std::path::Path) -> bool {
    let ending = path.extension().and_then(OsStr::to_str);
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

fn read_library(environment: &Environment, path: &std::path::Path) -> Result<Library, String> {
    let bytes = environment.fs().read(path, file::LIMIT);
    let bytes = bytes.map_err(|error| {
        let reason = crate::store::error::reason(&error);
        format!(
            "文件读不出来（{reason}），没有收录其中的指标。文件：{}",
            shown(path)
        )
    })?;
    let text = String::from_utf8_lossy(&bytes);
    file::read(&text).ok_or_else(|| {
        format!(
            "不是指标库文件，没有收录其中的指标。请选择用“导出指标库”得到的文件，或指标清单。文件：{}",
            shown(path)
        )
    })
}

/// The indicators of filled in forms: documents of this program and office files, also in folders. Called in a job's thread.
pub fn offer_of_forms(
    environment: &Arc<Environment>,
    shelf: &EditionShelf,
    paths: &[PathBuf],
    progress: &Progress,
) -> Offer {
    let at_hand = environment.library();
    let mut offer = Offer::default();
    let endings: Vec<&str> = ENDINGS.iter().copied().chain(["jiping"]).collect();
    let search = Search {
        most: FILES,
        endings: &endings,
        is_stopped: &|| progress.is_stopped(),
    };
    let found = search.below(environment.fs(), paths);
    if found.has_more {
        offer.notes.push(format!(
            "文件超过 {FILES} 个，只读取了前 {FILES} 个。请分几次收录。"
        ));
    }
    offer.notes.extend(found.passed_over);
    let count = found.files.len();
    for (number, path) in found.files.into_iter().enumerate() {
        if progress.is_stopped() {
            break;
        }
        let name = path.file_name().unwrap_or(path.as_os_str());
        let name = name.to_string_lossy().into_owned();
        progress.begin(number, count, &name);
        if import::is_office_file(&path) {
            let source = Source::Paths(vec![path]);
            offer.gather_office(environment, shelf, &at_hand, &source);
        } else {
            match Session::open(Arc::clone(environment), &path) {
                Ok(session) => {
                    for project in session.document().projects.iter() {
                        match session.editions().of(project) {
                            Some(edition) => {
                                offer.gather(&at_hand, project, &edition, &name);
                            }
                            None => offer.notes.push(format!(
                                "{name}：“{}”缺少表样，没有收录其中的指标。",
                                one_line(project.shown_name())
                            )),
                        }
                    }
                }
                Err(error) => offer.notes.push(one_line(&error.to_string())),
            }
        }
    }
    offer
}

impl Offer {
    fn gather_office(
        &mut self,
        environment: &Environment,
        shelf: &EditionShelf,
        at_hand: &AtHand,
        source: &Source,
    ) {
        let read = import::gather(environment, source, &Progress::default());
        let recognised = import::recognise(environment, shelf, &read, &Wishes::default());
        let name = read.files.first().map_or("", |file| &*file.name);
        for form in &recognised.forms {
            self.gather(at_hand, &form.project, &form.edition, name);
        }
        let refused = read.refused.iter().map(|(_, why)| why.clone());
        let nothing = (recognised.forms.is_empty() && read.refused.is_empty())
            .then(|| "没有认出自评表或目标表。指标清单请用“导入清单”。".to_owned());
        let told = refused.chain(nothing);
        self.notes
            .extend(told.map(|why| one_line(&format!("{name}：{why}"))));
    }
}

/// Takes entries into the person's library, and says what was done.
///
/// # Errors
///
/// Why nothing was taken, in words.
pub fn take(environment: &Environment, entries: Vec<Entry>) -> Result<String, String> {
    let (new, known) = environment.change_library(|library| library.add_all(entries))?;
    Ok(match (new, known) {
        (0, 0) => "没有新的指标，指标库没有变化".into(),
        (new, 0) => format!("已收录 {new} 条指标"),
        (0, known) => format!("{known} 条指标库中已有，已合并使用情况"),
        (new, known) => format!("已收录 {new} 条指标，另有 {known} 条已有，已合并使用情况"),
    })
}

/// Takes an entry out of the person's library.
///
/// # Errors
///
/// Why it is still there, in words.
pub fn forget(environment: &Environment, key: &EntryKey) -> Result<(), String> {
    environment.change_library(|library| library.remove(key))
}

/// The person's own entries as a file to hand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandedOn {
    /// .xlsx, to read and to work on
    Workbook,
    /// .json, with everything that is known
    Json,
}

/// The bytes of that file.
///
/// # Errors
///
/// Why there is none, in words.
pub fn handed_on(library: &Library, form: HandedOn) -> Result<Vec<u8>, String> {
    match form {
        HandedOn::Json => {
            let mut library = library.clone();
            // In which projects it was used is the person's own business.
            for entry in &mut library.entries {
                entry.used_in.clear();
            }
            Ok(file::text_of(&library).into_bytes())
        }
        HandedOn::Workbook => {
            let entries: Vec<&Entry> = library.entries.iter().collect();
            let written = lists::workbook(&entries);
            written.map_err(|_| "没有导出：有文字超过单元格能放的长度，请改短后再试。".to_owned())
        }
    }
}
