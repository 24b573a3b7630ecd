//! One open file: document, history, findings, disk state and work in the background. The only thing that pages and
//! commands change; it lives on one thread.
//!
//! | module | what it is |
//! |---|---|
//! | [`environment`] | what is injected: clock, ids, user, disk, folders, editions |
//! | [`session`] | one open file |
//! | [`saving`] | a save in two halves, so that it can run in the background |
//! | [`outside`] | what others do to the file while it is open |
//! | [`holding`] | the note beside the file that tells colleagues who has it open |
//! | [`versions`] | earlier versions of a file, and where two copies parted |
//! | [`recovery`] | copies of unsaved work, written in the background and offered after a crash |
//! | [`editions`] | the editions that the open file's projects are filled in on |
//! | [`mod@print`] | what is printed, its pages with what they show, and their files |
//! | [`export`] | what leaves the program as files, in the background |
//! | [`import`] | other people's files: read and recognised in the background, taken as one step |
//! | [`ledger`], [`evidence`] | comments for the 整改台账 and earlier versions to compare with; files of 佐证材料 |
//! | [`listing`] | lists for others as files |
//! | [`handing_out`], [`collecting`] | 填报表 for colleagues: written, and read when they come back |
//! | [`outgoing`] | 报送材料包, 公开版 and 脱敏副本, in the background |
//! | [`form_edition`] | a 表样 made from an office's own form |
//! | [`own_editions`] | the user's own 表样 of this computer |
//! | [`library`] | the 指标库 of this computer, and what is on its way into it |
//! | [`profiles`] | 复核口径 of this computer, and the one in force |
//! | [`fixing`] | the fixes of one rule, one after another |
//! | [`changing`] | projects put on another edition as one step, and what is told of it |
//! | [`splitting`] | a file for each project |
//! | [`comparing`] | two states side by side: in words, as list, as marked copy |
//! | [`found`] | the files that paths and folders name |
//! | [`handing_on`] | 送审, 退回, 定稿: what stands against it, and whether closed forms are as they were |
//! | `reviewing` | 审阅模式: while it lasts, nothing of the forms can be changed |
//! | [`jobs`] | work in the background over a snapshot |
//! | [`progress`] | how far such work is, for whoever waits |
//! | [`mod@one_line`] | texts of files on their way into messages |

pub mod changing;
pub mod collecting;
pub mod comparing;
pub mod editions;
pub mod environment;
pub mod evidence;
pub mod export;
pub mod fixing;
pub mod form_edition;
pub mod found;
pub mod handing_on;
pub mod handing_out;
pub mod holding;
pub mod import;
pub mod jobs;
pub mod ledger;
pub mod library;
pub mod listing;
pub mod one_line;
pub mod outgoing;
pub mod outside;
pub mod own_editions;
pub mod print;
pub mod profiles;
pub mod progress;
pub mod recovery;
mod reviewing;
pub mod saving;
#[expect(
    clippy::module_inception,
    reason = "the session is what the part is about"
)]
pub mod session;
pub mod splitting;
pub mod versions;
