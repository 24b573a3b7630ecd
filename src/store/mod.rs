//! Where data lives.
//!
//! | module | subject |
//! |---|---|
//! | [`editions`] | 表样 at hand: the program's own, the user's, and those inside a document |

pub mod editions;
