//! The integration tests, one binary because linking is what costs time.

mod format;
