//! Where files live.
//!
//! | module | subject |
//! |---|---|
//! | [`format`] | the bytes of a `*.jiping` file ⇄ a document |
//! | [`migrate`] | older versions of the format, one step per version |
//! | [`integrity`] | ids made unique, references that lead nowhere, cells that cannot be read |
//! | [`format_error`] | why bytes are not a document, in the reader's words |
//! | [`schema`] | the published JSON Schema of the format |

pub mod format;
pub mod format_error;
pub mod integrity;
pub mod migrate;
pub mod schema;
