//! Jiping (绩评): the data, scoring and checking of the 项目支出绩效自评表.
//!
//! | module | what it is |
//! |---|---|
//! | [`model`] | what a form *is*: plain data, no I/O, no clock |
//! | [`store`] | where files live: format, safe saving, backups |

pub mod model;
pub mod store;
