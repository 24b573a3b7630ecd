//! The window: drawing and input only. egui is allowed here and nowhere else.
//!
//! Views look at a [`scene::Scene`] and send [`action::Action`]s; only [`app::App`] changes anything, between frames.
//!
//! | module | what it is |
//! |---|---|
//! | [`launch`] | from the command line to the first frame, and what to do where no window opens |
//! | [`app`] | the state of the program and its frame |
//! | [`perform`] | what each action does |
//! | [`command`] | one enum for menus, tool bar, keys and palette |
//! | [`action`] | what views ask for |
//! | [`scene`] | what views see |
//! | [`desk`] | the open document and where the person is in it |
//! | [`facts`] | scores and findings, kept until something changes |
//! | [`documents`] | opening, saving, closing |
//! | [`keeping`] | recovery copies of the open document, and who else has its file open |
//! | [`outside`] | the file on the disk while it is open: changed by others, opened by others |
//! | [`preferences`] | what the person sets |
//! | [`faces`] | which faces of the system there are to print with |
//! | [`files`] | file dialogs |
//! | [`filing`] | notes, approved values, the list of steps |
//! | [`importing`], [`exporting`] | files of other people in; everything that leaves the program |
//! | [`outgoing`] | 报送材料包, 公开版, 脱敏副本, and a parcel that was received |
//! | [`filling_in`] | 填报表 given out and taken back |
//! | [`merging`] | another state of the document being joined with it; splitting it |
//! | [`library`] | what is on its way into the 指标库 |
//! | [`ledger`], [`evidence`] | what is on its way into the 整改台账; the files of 佐证材料 |
//! | [`listing`] | lists for others as files |
//! | [`versions`] | 历史版本: what was kept of a file before each save |
//! | [`charting`] | charts as files |
//! | [`comparing`] | another state of the document beside it |
//! | [`pictures`] | pictures of blank forms |
//! | [`editions`] | 表样: made from a form, kept, taken over, handed out, removed |
//! | `reviewing` | 审阅模式, from note to note, 送审, 退回, 定稿 |
//! | [`profiles`] | 复核口径: taken over, handed out, removed |
//! | [`printing`], [`spooling`] | the proof behind the preview, its pictures, and what is made of it; what printers do with it |
//! | `zooming` | the size of everything |
//! | [`transcribing`], [`transcribe`] | 抄录窗: its state, and how it is drawn |
//! | [`theme`], [`icons`] | colours, sizes, fonts, icons |
//! | [`widgets`] | fields, buttons and other parts that pages share |
//! | [`frame`] | menu bar, tool bar, panels, status bar, start page, toasts |
//! | [`pages`] | 基本信息, 资金, 年度目标, 绩效指标, 图表, 预览, 审核意见 |
//! | [`grid`] | the indicator grid |
//! | [`dialogs`] | what is asked in front of everything else |
//! | [`help`] | topics, their search and the panel that shows them |

pub mod action;
pub mod app;
pub mod charting;
pub mod command;
pub mod comparing;
pub mod desk;
pub mod dialogs;
mod documents;
pub mod editions;
pub mod evidence;
pub mod exporting;
pub mod faces;
pub mod facts;
pub mod files;
mod filing;
pub mod filling_in;
mod focus;
pub mod frame;
pub mod grid;
pub mod help;
pub mod icons;
pub mod importing;
pub mod keeping;
pub mod launch;
pub mod ledger;
pub mod library;
pub mod listing;
pub mod merging;
pub mod outgoing;
pub mod outside;
pub mod pages;
pub mod perform;
pub mod pictures;
pub mod preferences;
pub mod printing;
pub mod profiles;
mod reviewing;
pub mod scene;
pub mod spooling;
pub mod theme;
pub mod transcribe;
pub mod transcribing;
pub mod versions;
pub mod widgets;
mod zooming;
