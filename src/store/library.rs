//! 指标库 on disk: the set that comes with the program, and the person's own in one file beside the settings. What is wrong
//! with that file keeps nobody from working; it is kept aside.

use std::{io::ErrorKind, sync::LazyLock};

use jiff::Zoned;

use super::{
    Folders, Fs, Saver, StoreError,
    error::{reason, shown},
    settings::keep_aside,
};
use crate::model::library::{KindOfProject, Library};

/// The largest file of a person's own entries, in bytes (32 MB).
pub const LIMIT: u64 = 32 << 20;

/// The name of the file.
pub const FILE: &str = "library.json";

/// The files of the set that comes with the program, in the order in which kinds of projects are offered.
const FILES: &[(&str, &str)] = &[
    ("meeting", include_str!("../../assets/library/meeting.json")),
    (
        "training",
        include_str!("../../assets/library/training.json"),
    ),
    (
        "research",
        include_str!("../../assets/library/research.json"),
    ),
    (
        "procurement",
        include_str!("../../assets/library/procurement.json"),
    ),
    (
        "construction",
        include_str!("../../assets/library/construction.json"),
    ),
    (
        "it-operation",
        include_str!("../../assets/library/it-operation.json"),
    ),
    (
        "it-building",
        include_str!("../../assets/library/it-building.json"),
    ),
    (
        "publicity",
        include_str!("../../assets/library/publicity.json"),
    ),
    ("awards", include_str!("../../assets/library/awards.json")),
    ("subsidy", include_str!("../../assets/library/subsidy.json")),
    (
        "inspection",
        include_str!("../../assets/library/inspection.json"),
    ),
    (
        "services",
        include_str!("../../assets/library/services.json"),
    ),
    ("repair", include_str!("../../assets/library/repair.json")),
    (
        "staffing",
        include_str!("../../assets/library/staffing.json"),
    ),
    ("survey", include_str!("../../assets/library/survey.json")),
    ("events", include_str!("../../assets/library/events.json")),
];

static BUILT_IN: LazyLock<Vec<KindOfProject>> = LazyLock::new(|| {
    let files = FILES.iter();
    files
        .map(|(name, text)| {
            serde_json::from_str(text)
                .unwrap_or_else(|error| unreachable!("assets/library/{name}.json: {error}"))
        })
        .collect()
});

/// The set that comes with the program.
pub fn built_in() -> &'static [KindOfProject] {
    &BUILT_IN
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Loaded {
    /// The entries; none where the file cannot be used.
    pub library: Library,
    /// What happened to the file, in a sentence.
    pub problem: Option<String>,
    /// Whether a bad file is still where the next one would be written.
    pub in_the_way: bool,
}

/// Reads the person's own entries. Whatever is wrong, there is a library.
pub fn load(fs: &dyn Fs, folders: &Folders, now: &Zoned) -> Loaded {
    let path = folders.library();
    let problem = match fs.read(&path, LIMIT) {
        Ok(bytes) => match serde_json::from_slice(&bytes) {
            Ok(library) => {
                return Loaded {
                    library,
                    ..Loaded::default()
                };
            }
            Err(_) => "指标库文件已损坏".to_owned(),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => return Loaded::default(),
        Err(error) => format!("指标库文件读不出来（{}）", reason(&error)),
    };
    let aside = keep_aside(fs, &path, now);
    let outcome = match &aside {
        Some(aside) => format!("原来的文件留在：{}", shown(aside)),
        None => format!(
            "请关闭正在使用它的程序后重新打开指标库。文件：{}",
            shown(&path)
        ),
    };
    Loaded {
        library: Library::default(),
        problem: Some(format!(
            "{problem}，自建和收录的指标暂时不能用，自带的指标和表格内容不受影响。{outcome}"
        )),
        in_the_way: aside.is_none(),
    }
}

/// Writes the person's own entries, replacing the file in one step.
///
/// # Errors
///
/// The step that failed; the earlier entries are then still there.
pub fn save(
    library: &Library,
    saver: &Saver<'_>,
    folders: &Folders,
    now: &Zoned,
) -> Result<(), StoreError> {
    // A folder that cannot be created is named by what fails next.
    let _said_below = saver.fs.create_folders(folders.data());
    let text = text_of(library);
    saver
        .replace_atomically(&folders.library(), text.as_bytes(), now)
        .map(drop)
}

/// The entries as the text of a file, to keep or to hand on.
pub fn text_of(library: &Library) -> String {
    let mut text = serde_json::to_string_pretty(library).unwrap_or_default();
    text.push('\n');
    text
}

/// The entries in the text of a file that somebody handed on. `None` where it is no such file.
pub fn read(text: &str) -> Option<Library> {
    let value: serde_json::Value =
        serde_json::from_str(text.strip_prefix('\u{feff}').unwrap_or(text)).ok()?;
    value.get("entries")?.as_array()?;
    serde_json::from_value(value).ok()
}
