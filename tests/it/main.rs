//! The integration tests, one binary because linking is what costs time.

mod cases;
mod duplicate;
mod editions;
mod rules;
mod weights;
