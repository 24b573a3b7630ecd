//! What the window remembers from one run to the next. Settings are a convenience: whatever is wrong with their file, the
//! program starts, and the file is kept aside.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::ErrorKind,
    path::{Path, PathBuf},
};

use jiff::Zoned;
use serde::{Deserialize, Serialize};

use super::{
    Folders, Fs, Saver, StoreError,
    error::{reason, shown},
    temporary::time_in_name,
};
use crate::model::profile::Adjustments;

/// The largest settings file that is read, in bytes (1 MB); a usual one is a few KB.
const LIMIT: u64 = 1 << 20;

/// How many recent files are remembered.
pub const RECENT_FILES: usize = 12;

/// Everything remembered. A field that is missing in the file has its default; one that this version does not know is
/// written back as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light or dark.
    pub appearance: Appearance,
    /// The size of everything, in percent, within [`Settings::ZOOM`].
    pub zoom: u16,
    /// The panel of projects.
    pub left_panel: Panel,
    /// The panel of findings.
    pub right_panel: Panel,
    /// Where the window was; `None` before the first run.
    pub window: Option<WindowPlace>,
    /// Files opened or saved last, newest first.
    pub recent: Vec<RecentFile>,
    /// The name that stands under notes and explanations; `None` until it was asked for.
    pub user: Option<String>,
    /// How amounts are shown; what is stored never changes.
    pub money: MoneyDisplay,
    /// How findings are grouped.
    pub grouping: Grouping,
    /// What draws the window.
    pub renderer: Renderer,
    /// What forms are printed with.
    pub face: Face,
    /// After how many seconds a change stands in the recovery copy at the latest, within [`Settings::RECOVERY_DELAY`].
    pub recovery_delay: u16,
    /// Whether each save leaves a PDF beside the file.
    pub also_export: bool,
    /// Whether the user's own editions travel with the files that are on them.
    pub embed_editions: bool,
    /// The id of the 复核口径 by which the window checks; `None` for the program's own.
    pub profile: Option<String>,
    /// The person's own changes on top of it. What this version does not know is kept.
    pub own_rules: Adjustments,
    /// Codes of rules that a version before 复核口径 turned off; read only, and taken over into [`Self::own_rules`].
    #[serde(skip_serializing)]
    pub disabled_rules: BTreeSet<String>,
    /// The folder in which dialogs for opening and saving begin; `None` for the one used last.
    pub folder: Option<PathBuf>,
    /// How the preview is shown.
    pub preview: Preview,
    /// How was printed the last time.
    pub print: Print,
    /// Whether the pointers of the first use were seen.
    pub pointers_seen: bool,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub unknown: BTreeMap<String, serde_json::Value>,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Appearance {
    /// As the system has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// A panel at the side of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panel {
    /// Whether it is shown.
    pub open: bool,
    /// Its width in points at 100 %.
    pub width: u16,
}

/// Where a window was, in points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowPlace {
    /// The left edge; negative on a screen left of the first.
    pub x: i32,
    /// The upper edge.
    pub y: i32,
    /// The width of its content.
    pub width: u32,
    /// The height of its content.
    pub height: u32,
    /// Whether it filled the screen; the numbers are then those before.
    pub maximised: bool,
}

/// A file opened or saved before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentFile {
    /// The file.
    pub path: PathBuf,
    /// How many projects it held.
    pub projects: usize,
    /// The score as shown then; empty where there was none.
    #[serde(default)]
    pub score: String,
    /// When it was opened or saved last, as "2021-03-05 14:32".
    #[serde(default)]
    pub time: String,
}

/// How amounts are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoneyDisplay {
    /// As the form has them.
    #[default]
    AsFiled,
    /// 元
    Yuan,
    /// 万元
    TenThousand,
}

/// How findings are grouped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grouping {
    /// By page of the form.
    #[default]
    Page,
    /// By rule.
    Rule,
    /// By gravity.
    Level,
}

/// What draws the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Renderer {
    /// One after the other until one works.
    #[default]
    Auto,
    /// Direct3D 12.
    Dx12,
    /// Vulkan.
    Vulkan,
    /// OpenGL through wgpu.
    Gl,
    /// OpenGL directly.
    Glow,
}

/// How the preview is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preview {
    /// How large pages are.
    pub size: PageSize,
    /// One page at a time.
    pub single: bool,
    /// Whether the options beside it are folded away.
    pub plain: bool,
}

/// How large the pages of the preview are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PageSize {
    /// As wide as there is room.
    #[default]
    Width,
    /// Whole pages.
    Whole,
    /// In percent of their size on paper, within [`Settings::PREVIEW`].
    Percent(u16),
}

/// How was printed the last time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Print {
    /// The printer's name; `None` for the system's own choice.
    pub printer: Option<String>,
    /// One side or both.
    pub duplex: Duplex,
    /// Without colours.
    pub grey: bool,
}

/// One side of the sheet or both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Duplex {
    /// One side.
    #[default]
    Off,
    /// Both, turned over at the long edge.
    LongEdge,
    /// Both, turned over at the short edge.
    ShortEdge,
}

/// What forms are printed with. Whether the computer has it shows when it is used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Face {
    /// The fonts of the program.
    #[default]
    Bundled,
    /// The system's 宋体
    Song,
    /// The system's 仿宋
    FangSong,
    /// The system's 黑体
    Hei,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            appearance: Appearance::default(),
            zoom: 100,
            left_panel: Panel {
                open: true,
                width: 240,
            },
            right_panel: Panel {
                open: true,
                width: 320,
            },
            window: None,
            recent: Vec::new(),
            user: None,
            money: MoneyDisplay::default(),
            grouping: Grouping::default(),
            renderer: Renderer::default(),
            face: Face::default(),
            recovery_delay: Self::RECOVERY_DELAY.0,
            also_export: false,
            embed_editions: true,
            profile: None,
            own_rules: Adjustments::default(),
            disabled_rules: BTreeSet::new(),
            folder: None,
            preview: Preview::default(),
            print: Print::default(),
            pointers_seen: false,
            unknown: BTreeMap::new(),
        }
    }
}

impl Face {
    /// All faces.
    pub const ALL: [Self; 4] = [Self::Bundled, Self::Song, Self::FangSong, Self::Hei];
}

impl Settings {
    /// The smallest and the largest zoom, in percent.
    pub const ZOOM: (u16, u16) = (50, 300);

    /// The smallest and the largest size of the preview's pages, in percent.
    pub const PREVIEW: (u16, u16) = (25, 800);

    /// The shortest and the longest wait for the recovery copy, in seconds.
    pub const RECOVERY_DELAY: (u16, u16) = (5, 60);

    /// Reads the settings. Whatever is wrong, there are settings; the sentence for the person then says what happened to the
    /// file.
    pub fn load(fs: &dyn Fs, folders: &Folders, now: &Zoned) -> (Self, Option<String>) {
        let path = folders.settings();
        let problem = match fs.read(&path, LIMIT) {
            Ok(bytes) => match serde_json::from_slice::<Self>(&bytes) {
                Ok(settings) => return (settings.within_bounds(), None),
                Err(_) => "设置文件已损坏".to_owned(),
            },
            Err(error) if error.kind() == ErrorKind::NotFound => return (Self::default(), None),
            Err(error) => format!("设置文件读不出来（{}）", reason(&error)),
        };
        let outcome = match keep_aside(fs, &path, now) {
            Some(aside) => format!("原来的设置文件留在：{}", shown(&aside)),
            None => format!("下次更改设置时将覆盖它。文件：{}", shown(&path)),
        };
        let sentence = format!("{problem}，已改用默认设置，表格内容不受影响。{outcome}");
        (Self::default(), Some(sentence))
    }

    /// The settings as far as they can be read, for a look before [`load`](Self::load): the file is left alone.
    pub fn glance(fs: &dyn Fs, folders: &Folders) -> Option<Self> {
        let bytes = fs.read(&folders.settings(), LIMIT).ok()?;
        let settings: Self = serde_json::from_slice(&bytes).ok()?;
        Some(settings.within_bounds())
    }

    /// Writes the settings, replacing the file in one step.
    ///
    /// # Errors
    /// The step that failed; the earlier settings are then still there.
    pub fn save(
        &self,
        saver: &Saver<'_>,
        folders: &Folders,
        now: &Zoned,
    ) -> Result<(), StoreError> {
        // A folder that cannot be created is named by what fails next.
        let _said_below = saver.fs.create_folders(folders.data());
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        saver
            .replace_atomically(&folders.settings(), &bytes, now)
            .map(drop)
    }

    /// Puts a file first in the list of recent ones, once.
    pub fn remember(&mut self, file: RecentFile) {
        self.forget(&file.path);
        self.recent.insert(0, file);
        self.recent.truncate(RECENT_FILES);
    }

    /// Takes a file off the list of recent ones.
    pub fn forget(&mut self, path: &Path) {
        self.recent.retain(|known| known.path != path);
    }

    fn within_bounds(mut self) -> Self {
        self.zoom = self.zoom.clamp(Self::ZOOM.0, Self::ZOOM.1);
        self.recent.truncate(RECENT_FILES);
        if let PageSize::Percent(percent) = &mut self.preview.size {
            *percent = (*percent).clamp(Self::PREVIEW.0, Self::PREVIEW.1);
        }
        let (shortest, longest) = Self::RECOVERY_DELAY;
        self.recovery_delay = self.recovery_delay.clamp(shortest, longest);
        for code in std::mem::take(&mut self.disabled_rules) {
            let rule = self.own_rules.all.rules.entry(code).or_default();
            rule.on.get_or_insert(false);
        }
        self.own_rules.bound();
        self.folder = self.folder.filter(|folder| folder.is_absolute());
        self
    }
}

/// Renames a bad file so that the next save does not replace it: `settings（损坏 2025-03-01 14-30-05）.json`.
pub(super) fn keep_aside(fs: &dyn Fs, path: &Path, now: &Zoned) -> Option<PathBuf> {
    const NAMES: u32 = 100;
    let time = time_in_name(now.datetime());
    let name = path.file_stem()?.to_string_lossy();
    for attempt in 1..=NAMES {
        let again = match attempt {
            1 => String::new(),
            n => format!(" {n}"),
        };
        let aside = path.with_file_name(format!("{name}（损坏 {time}{again}）.json"));
        match fs.rename_new(path, &aside) {
            Ok(()) => return Some(aside),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(_) => return None,
        }
    }
    None
}
