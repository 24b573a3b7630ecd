//! Where files live: reading with a bound, saving without losing anything, backups, folders.
//!
//! | module | subject |
//! |---|---|
//! | [`fs`] | the one door to the disk: the [`Fs`] trait and [`RealFs`] |
//! | [`mod@open`] | reading a file with its [`Fingerprint`] |
//! | [`save`] | the save protocol: compare, back up, write beside, replace, read again |
//! | [`backup`] | the ten newest earlier versions of each file |
//! | [`temporary`] | names of the files beside a file, and removing those of dead processes |
//! | [`mod@format`] | the bytes of a `*.jiping` file ⇄ a document |
//! | [`format_error`] | why bytes are not a document, in the words of the reader |
//! | [`migrate`] | older versions of the format, one step per version |
//! | [`lineage`] | which versions a file went through, so that copies know where they parted |
//! | [`integrity`] | ids made unique, references that lead nowhere, cells that cannot be read |
//! | [`schema`] | the published JSON Schema of the format |
//! | [`editions`] | 表样 at hand: the program's own, the user's, and those inside a document |
//! | [`profiles`] | 复核口径 at hand: files that the person took over |
//! | [`library`] | 指标库: the program's own set, and the person's file |
//! | [`json_fault`] | what is wrong with JSON that a person wrote |
//! | [`folders`] | the program's own data folder |
//! | [`settings`] | what the window remembers |
//! | [`recovery`] | copies of documents with unsaved changes, for after a crash |
//! | [`presence`] | who has which file open, on this computer |
//! | [`beside`] | who has which file open, for colleagues on a shared folder |
//! | [`scratch`] | files without a lasting name, for other processes |
//! | [`run`] | one run of the program, and whether another is still going |
//! | `moment` | a moment as text in a file |
//! | [`log`] | the log file |
//! | [`error`] | what went wrong, in the reader's words |
//! | [`simulated`] | a disk in memory that fails on demand, for tests |
//!
//! The modules of files do not know what the bytes mean; those of formats do not know where the bytes come from.

pub mod backup;
pub mod beside;
pub mod device_names;
pub mod editions;
pub mod error;
pub mod fingerprint;
pub mod folders;
pub mod format;
pub mod format_error;
pub mod fs;
pub mod integrity;
pub mod json_fault;
pub mod library;
pub mod lineage;
pub mod log;
pub mod migrate;
mod moment;
pub mod open;
pub mod presence;
pub mod profiles;
pub mod recovery;
pub mod run;
pub mod save;
pub mod schema;
pub mod scratch;
pub mod settings;
pub mod simulated;
pub mod temporary;

pub use backup::{Backup, Backups};
pub use error::{Left, Step, StoreError};
pub use fingerprint::Fingerprint;
pub use folders::Folders;
pub use fs::{Fs, RealFs};
pub use open::{MAX_FILE_BYTES, Opened, open};
pub use save::{
    Expected, RealSleeper, SaveOutcome, SaveRequest, SaveWarning, Saved, Saver, Sleeper,
};
pub use scratch::Scratch;
