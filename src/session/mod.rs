//! One open file, and the work that goes on behind it.
//!
//! | module | what it is |
//! |---|---|
//! | [`environment`] | clock, ids and user name from outside |
//! | [`jobs`] | work on other threads over a snapshot of the document |
//! | [`session`] | the open file: document, undo, revision, disk state |

pub mod environment;
pub mod jobs;
#[expect(
    clippy::module_inception,
    reason = "the open file is what the folder is about"
)]
pub mod session;
