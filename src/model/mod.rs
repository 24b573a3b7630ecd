//! What a form is: plain data, without I/O and clock.

pub mod id;
pub mod record;
pub mod rows;
