//! 发出填报表 / 收回: workbooks for colleagues who have WPS or Excel and not this program, and what comes back.
//!
//! A workbook shows forms as they are printed. What is to be filled in is open and coloured, all else is locked. A sheet that
//! no menu shows says which cell is which and what stood there ([`ticket`]), and a hidden column marks every row, so that a
//! form is known again after it was renamed, its rows moved, or its sheet copied. What comes back is compared with what was
//! sent, and becomes two documents, as they were sent and as they came back, for [`crate::versions`] to merge.
//!
//! | module | subject |
//! |---|---|
//! | [`wanted`] | which cells are to be filled in |
//! | [`ticket`] | what is noted in the hidden sheet |
//! | `layout` | where the cells of a form lie |
//! | `guide` | the first sheet, 填写说明 |
//! | [`write()`] | the workbook |
//! | `rows` | which row is which, in what came back |
//! | [`read()`] | what stands in what came back |
//! | [`taken`] | what is taken of it |
//! | [`reminding`] | what is not back |

mod guide;
mod layout;
mod read;
pub mod reminding;
mod rows;
pub mod taken;
pub mod ticket;
pub mod wanted;
mod write;

pub use read::{Answer, Found, NewRow, NotTaken, Returned, ReturnedForm, read};
pub use write::{Order, write};
