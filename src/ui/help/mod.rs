//! Help, offline: topics in Markdown, topics made from the program itself, their search, and the panel that shows them.
//!
//! | module | what it is |
//! |---|---|
//! | [`text`] | Markdown, read into blocks that can be drawn and searched |
//! | [`book`] | all topics, and how links lead to them |
//! | [`rules`] | a topic of each rule, and their index |
//! | [`keys`] | the table of keys |
//! | [`search`] | finding topics by what stands in them |
//! | [`context`] | which topic is about what the person is at |
//! | [`panel`] | the panel |
//! | [`draw`] | blocks on the screen |

pub mod book;
pub mod context;
pub mod draw;
pub mod keys;
pub mod panel;
pub mod rules;
pub mod search;
pub mod text;
