//! Where files live: reading with a bound, saving without losing anything, backups, folders.
//!
//! | module | subject |
//! |---|---|
//! | [`fs`] | the one door to the disk: the [`Fs`] trait and [`RealFs`] |
//! | [`mod@open`] | reading a file with its [`Fingerprint`] |
//! | [`save`] | the save protocol: compare, back up, write beside, replace, read again |
//! | [`backup`] | the ten newest earlier versions of each file |
//! | [`temporary`] | names of the files beside a file, and removing those of dead processes |
//! | [`editions`] | 表样 at hand: the program's own, the user's, and those inside a document |
//! | [`folders`] | the program's own data folder |
//! | [`error`] | what went wrong, in the reader's words |
//! | [`simulated`] | a disk in memory that fails on demand, for tests |
//!
//! The file modules do not know what the bytes mean; [`editions`] does not know where they come from.

pub mod backup;
pub mod editions;
pub mod error;
pub mod fingerprint;
pub mod folders;
pub mod fs;
pub mod open;
pub mod save;
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
