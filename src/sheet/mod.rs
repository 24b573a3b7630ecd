//! What a form looks like on paper.
//!
//! A project and its edition become a [`FormSheet`](table::FormSheet): cells with spans, each with the address of the field it
//! shows. Sheets become a [`Booklet`](booklet::Booklet), a booklet is laid out into [`Pages`](pages::Pages), and pages become
//! a PDF or pictures.
//!
//! | module | what it is |
//! |---|---|
//! | [`table`] | the form as a table of cells with spans |
//! | `form` | lays a project out as its edition prints it |
//! | `edges` | where vertical lines stand |
//! | [`booklet`] | what is printed together, and how |
//! | [`chart`] | charts as data, and as SVG and PNG |
//! | [`review`] | the review copy: findings at their cells, appendices, contents |
//! | [`public`] | 公开版: forms for the public, with a list of contents |
//! | `contents` | 目录 |
//! | [`working_paper`] | 自评复核工作底稿 |
//! | [`layout`] | lays a booklet out with typst |
//! | `markup`, `outline`, `paper`, `world` | into typst: the booklet in the words of the template |
//! | `frames`, `placement`, `state` | and back: where everything came to lie, and what follows for the next pass |
//! | [`fonts`] | bundled fonts and those of the system |
//! | [`text`] | what of a text is printed, and where its lines may end |
//! | [`pages`] | where everything lies |
//! | [`pdf`], [`picture`] | pages as PDF, pages as pictures |
//! | [`workbook`], [`word`], [`office`] | the same cells as .xlsx and .docx |
//! | `sides` | some of the pages, with blank sides between them, for a printer |
//! | `spacing` | how close rows stand, and when closer than usual |
//! | `look` | which pages look alike |

pub mod booklet;
pub mod chart;
mod contents;
mod edges;
pub mod fonts;
mod form;
mod frames;
pub mod layout;
mod look;
mod markup;
pub mod office;
mod outline;
pub mod pages;
mod paper;
pub mod pdf;
pub mod picture;
mod placement;
pub mod public;
pub mod review;
mod sides;
mod spacing;
mod state;
pub mod table;
pub mod text;
pub mod word;
pub mod workbook;
pub mod working_paper;
mod world;

pub use edges::divided;
pub use form::indicator_tables;
