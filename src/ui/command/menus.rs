//! Menu bar and tool bar: which commands stand where.

use super::{UiCommand, UiCommand as C};
use crate::ui::desk::Page;

/// A menu of the menu bar.
pub struct Menu {
    /// Its caption.
    pub caption: &'static str,
    /// Its commands; a gap stands between groups.
    pub groups: &'static [&'static [UiCommand]],
}

/// The menu bar.
pub const MENUS: &[Menu] = &[
    Menu {
        caption: "文件",
        groups: &[
            &[C::New, C::Open, C::Import, C::OpenSample, C::Recover],
            &[C::Save, C::SaveAs, C::SaveCopy, C::Versions],
            &[C::Print, C::ExportPdf, C::ExportPictures, C::OpenPdf],
            &[C::ExportFiles, C::FillTemplate, C::SumUp, C::Transcribe],
            &[C::Editions, C::Settings],
            &[C::CloseDocument, C::Quit],
        ],
    },
    Menu {
        caption: "编辑",
        groups: &[
            &[C::Undo, C::Redo, C::History],
            &[C::Find, C::Replace],
            &[C::InsertRow, C::RemoveRows, C::MoveRowUp, C::MoveRowDown],
            &[C::Library],
        ],
    },
    Menu {
        caption: "项目",
        groups: &[
            &[C::AddProject, C::DuplicateProject, C::NextYearProject],
            &[C::ChangeEdition],
            &[
                C::MoveProjectUp,
                C::MoveProjectDown,
                C::DeleteProject,
                C::Withhold,
            ],
            &[C::PreviousProject, C::NextProject],
            &[C::CompareYears, C::Progress],
            &[C::BatchFunds],
            &[
                C::ApproveTargets,
                C::RecordAdjustment,
                C::BudgetAdjustments,
                C::MissingIndicators,
            ],
            &[C::Evidence],
        ],
    },
    Menu {
        caption: "校验",
        groups: &[
            &[C::NextFinding, C::PreviousFinding],
            &[C::UseComputed, C::UseAllComputed],
            &[C::ExplainScore, C::SplitGroup],
            &[C::WriteDeviation],
            &[C::CopyFindings, C::ExportFindings],
        ],
    },
    Menu {
        caption: "审核",
        groups: &[
            &[C::AddNote, C::NextNote, C::PreviousNote],
            &[C::Ledger],
            &[C::ReviewMode],
            &[C::SendForReview, C::ReturnForm, C::CloseForm, C::ReopenForm],
            &[C::StageRecords, C::VerifyCode],
        ],
    },
    Menu {
        caption: "往来",
        groups: &[
            &[C::Compare, C::MergeFile],
            &[C::Join, C::Split],
            &[C::HandOut, C::Collect, C::Sendings],
            &[C::Pack, C::Publish, C::Anonymise],
        ],
    },
    Menu {
        caption: "视图",
        groups: &[
            &[
                C::ShowPage(Page::Basics),
                C::ShowPage(Page::Funds),
                C::ShowPage(Page::Goals),
                C::ShowPage(Page::Indicators),
                C::ShowPage(Page::Charts),
                C::ShowPage(Page::Preview),
                C::ShowPage(Page::Notes),
                C::ShowPage(Page::WorkingPaper),
                C::ShowPage(Page::Monitoring),
            ],
            &[
                C::NextPane,
                C::MenuBar,
                C::ToggleProjects,
                C::ToggleFindings,
            ],
            &[C::ZoomIn, C::ZoomOut, C::ZoomReset],
            &[C::AppearanceSystem, C::AppearanceLight, C::AppearanceDark],
        ],
    },
    Menu {
        caption: "帮助",
        groups: &[
            &[C::Help, C::Keys],
            &[C::Palette, C::Messages],
            &[C::ChangeName, C::About],
        ],
    },
];

/// The tool bar, in groups.
pub const TOOLS: &[&[UiCommand]] = &[
    &[C::New, C::Open, C::Import, C::ExportFiles, C::Save],
    &[C::Undo, C::Redo],
    &[C::ShowPage(Page::Preview), C::Print, C::ExportPdf],
    &[C::InsertRow, C::RemoveRows, C::UseComputed],
    &[C::Find, C::AddNote],
    &[C::PreviousFinding, C::NextFinding],
];
