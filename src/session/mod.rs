//! One open file: document, history, findings, disk state and work in the background. The only thing that pages and
//! commands change; it lives on one thread.
//!
//! | module | what it is |
//! |---|---|
//! | [`environment`] | what is injected: clock, ids, user, disk, folders, editions |
//! | [`session`] | one open file |
//! | [`saving`] | a save in two halves, so that it can run in the background |
//! | [`recovery`] | copies of unsaved work, written in the background and offered after a crash |
//! | [`difference`] | how two states of a document differ, in a few words |
//! | [`editions`] | the editions that the open file's projects are filled in on |
//! | [`mod@print`] | what is printed, its pages with what they show, and their files |
//! | [`export`] | what leaves the program as files, in the background |
//! | [`import`] | other people's files: read and recognised in the background, taken as one step |
//! | [`form_edition`] | a 表样 made from an office's own form |
//! | [`own_editions`] | the user's own 表样 of this computer |
//! | [`library`] | the 指标库 of this computer, and what is on its way into it |
//! | [`profiles`] | 复核口径 of this computer, and the one in force |
//! | [`fixing`] | the fixes of one rule, one after another |
//! | [`changing`] | projects put on another edition as one step, and what is told of it |
//! | [`found`] | the files that paths and folders name |
//! | [`jobs`] | work in the background over a snapshot |
//! | [`progress`] | how far such work is, for whoever waits |
//! | [`mod@one_line`] | texts of files on their way into messages |

pub mod changing;
pub mod difference;
pub mod editions;
pub mod environment;
pub mod export;
pub mod fixing;
pub mod form_edition;
pub mod found;
pub mod import;
pub mod jobs;
pub mod library;
pub mod one_line;
pub mod own_editions;
pub mod print;
pub mod profiles;
pub mod progress;
pub mod recovery;
pub mod saving;
#[expect(
    clippy::module_inception,
    reason = "the session is what the part is about"
)]
pub mod session;
