//! Every command of the program: one enum for menus, tool bar, keys and palette.

mod keys;

pub use keys::{by_length, in_words};

use super::{desk::Page, icons};

/// A command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UiCommand {
    /// 新建…
    New,
    /// 打开…
    Open,
    /// 导入…
    Import,
    /// 打开示例
    OpenSample,
    /// 恢复未保存的内容…
    Recover,
    /// 保存
    Save,
    /// 另存为…
    SaveAs,
    /// 保存副本…
    SaveCopy,
    /// 打印…
    Print,
    /// 导出…
    ExportFiles,
    /// 填回原表…
    FillTemplate,
    /// 汇总…
    SumUp,
    /// 导出 PDF…
    ExportPdf,
    /// 导出图片…
    ExportPictures,
    /// 用系统程序打开 PDF
    OpenPdf,
    /// 抄录到网上系统…
    Transcribe,
    /// 表样管理…
    Editions,
    /// 设置…
    Settings,
    /// 关闭文件
    CloseDocument,
    /// 退出
    Quit,
    /// 撤销
    Undo,
    /// 重做
    Redo,
    /// 操作记录…
    History,
    /// 查找…
    Find,
    /// 替换…
    Replace,
    /// 添加项目…
    AddProject,
    /// 复制项目
    DuplicateProject,
    /// 复制到下一年度
    NextYearProject,
    /// 与上年比较…
    CompareYears,
    /// 进度一览…
    Progress,
    /// 更换表样
    ChangeEdition,
    /// 删除项目
    DeleteProject,
    /// 上移项目
    MoveProjectUp,
    /// 下移项目
    MoveProjectDown,
    /// 上一个项目
    PreviousProject,
    /// 下一个项目
    NextProject,
    /// 批量填资金…
    BatchFunds,
    /// 登记批复值…
    ApproveTargets,
    /// 记录调整…
    RecordAdjustment,
    /// 预算调整记录…
    BudgetAdjustments,
    /// 表中没有的批复指标…
    MissingIndicators,
    /// 插入行
    InsertRow,
    /// 删除行
    RemoveRows,
    /// 上移行
    MoveRowUp,
    /// 下移行
    MoveRowDown,
    /// 采用计算值
    UseComputed,
    /// 全部采用计算值
    UseAllComputed,
    /// 计分说明
    ExplainScore,
    /// 指标库…
    Library,
    /// 合并计分助手…
    SplitGroup,
    /// 写偏差说明…
    WriteDeviation,
    /// 添加审核意见…
    AddNote,
    /// 下一个问题
    NextFinding,
    /// 上一个问题
    PreviousFinding,
    /// 复制问题清单
    CopyFindings,
    /// 导出问题清单…
    ExportFindings,
    /// 下一个区域
    NextPane,
    /// 菜单栏
    MenuBar,
    /// A page.
    ShowPage(Page),
    /// 项目列表
    ToggleProjects,
    /// 校验
    ToggleFindings,
    /// 放大
    ZoomIn,
    /// 缩小
    ZoomOut,
    /// 100%
    ZoomReset,
    /// 跟随系统
    AppearanceSystem,
    /// 浅色
    AppearanceLight,
    /// 深色
    AppearanceDark,
    /// 帮助
    Help,
    /// 命令面板…
    Palette,
    /// 快捷键
    Keys,
    /// 最近的消息…
    Messages,
    /// 修改姓名…
    ChangeName,
    /// 关于绩评
    About,
}

use UiCommand as C;

/// All commands in the order of the menus.
pub const ALL: [UiCommand; 81] = [
    C::New,
    C::Open,
    C::Import,
    C::OpenSample,
    C::Recover,
    C::Save,
    C::SaveAs,
    C::SaveCopy,
    C::Print,
    C::ExportPdf,
    C::ExportPictures,
    C::OpenPdf,
    C::ExportFiles,
    C::FillTemplate,
    C::SumUp,
    C::Transcribe,
    C::Editions,
    C::Settings,
    C::CloseDocument,
    C::Quit,
    C::Undo,
    C::Redo,
    C::History,
    C::Find,
    C::Replace,
    C::InsertRow,
    C::RemoveRows,
    C::MoveRowUp,
    C::MoveRowDown,
    C::Library,
    C::AddProject,
    C::DuplicateProject,
    C::NextYearProject,
    C::ChangeEdition,
    C::MoveProjectUp,
    C::MoveProjectDown,
    C::DeleteProject,
    C::PreviousProject,
    C::NextProject,
    C::CompareYears,
    C::Progress,
    C::BatchFunds,
    C::ApproveTargets,
    C::RecordAdjustment,
    C::BudgetAdjustments,
    C::MissingIndicators,
    C::AddNote,
    C::NextFinding,
    C::PreviousFinding,
    C::UseComputed,
    C::UseAllComputed,
    C::ExplainScore,
    C::SplitGroup,
    C::WriteDeviation,
    C::CopyFindings,
    C::ExportFindings,
    C::ShowPage(Page::Basics),
    C::ShowPage(Page::Funds),
    C::ShowPage(Page::Goals),
    C::ShowPage(Page::Indicators),
    C::ShowPage(Page::Charts),
    C::ShowPage(Page::Preview),
    C::ShowPage(Page::Notes),
    C::ShowPage(Page::WorkingPaper),
    C::ShowPage(Page::Monitoring),
    C::NextPane,
    C::MenuBar,
    C::ToggleProjects,
    C::ToggleFindings,
    C::ZoomIn,
    C::ZoomOut,
    C::ZoomReset,
    C::AppearanceSystem,
    C::AppearanceLight,
    C::AppearanceDark,
    C::Help,
    C::Keys,
    C::Palette,
    C::Messages,
    C::ChangeName,
    C::About,
];

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
            &[C::Save, C::SaveAs, C::SaveCopy],
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
            &[C::MoveProjectUp, C::MoveProjectDown, C::DeleteProject],
            &[C::PreviousProject, C::NextProject],
            &[C::CompareYears, C::Progress],
            &[C::BatchFunds],
            &[
                C::ApproveTargets,
                C::RecordAdjustment,
                C::BudgetAdjustments,
                C::MissingIndicators,
            ],
        ],
    },
    Menu {
        caption: "校验",
        groups: &[
            &[C::NextFinding, C::PreviousFinding],
            &[C::UseComputed, C::UseAllComputed],
            &[C::ExplainScore, C::SplitGroup],
            &[C::WriteDeviation, C::AddNote],
            &[C::CopyFindings, C::ExportFindings],
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

impl UiCommand {
    /// What menu and palette call it; … where more is asked.
    pub fn label(self) -> &'static str {
        match self {
            C::New => "新建…",
            C::Open => "打开…",
            C::Import => "导入…",
            C::OpenSample => "打开示例",
            C::Recover => "恢复未保存的内容…",
            C::Save => "保存",
            C::SaveAs => "另存为…",
            C::SaveCopy => "保存副本…",
            C::Print => "打印…",
            C::ExportFiles => "导出…",
            C::FillTemplate => "填回原表…",
            C::SumUp => "汇总…",
            C::ExportPdf => "导出 PDF…",
            C::ExportPictures => "导出图片…",
            C::OpenPdf => "用系统程序打开 PDF",
            C::Transcribe => "抄录到网上系统…",
            C::Editions => "表样管理…",
            C::Settings => "设置…",
            C::CloseDocument => "关闭文件",
            C::Quit => "退出",
            C::Undo => "撤销",
            C::Redo => "重做",
            C::History => "操作记录…",
            C::Find => "查找…",
            C::Replace => "替换…",
            C::AddProject => "添加项目…",
            C::DuplicateProject => "复制项目",
            C::NextYearProject => "复制到下一年度",
            C::CompareYears => "与上年比较…",
            C::Progress => "进度一览…",
            C::ChangeEdition => "更换表样…",
            C::DeleteProject => "删除项目",
            C::MoveProjectUp => "上移项目",
            C::MoveProjectDown => "下移项目",
            C::PreviousProject => "上一个项目",
            C::NextProject => "下一个项目",
            C::BatchFunds => "批量填资金…",
            C::ApproveTargets => "登记批复值…",
            C::RecordAdjustment => "记录调整…",
            C::BudgetAdjustments => "预算调整记录…",
            C::MissingIndicators => "表中没有的批复指标…",
            C::InsertRow => "插入行",
            C::RemoveRows => "删除行",
            C::MoveRowUp => "上移行",
            C::MoveRowDown => "下移行",
            C::Library => "指标库…",
            C::UseComputed => "采用计算值",
            C::UseAllComputed => "全部采用计算值",
            C::ExplainScore => "计分说明…",
            C::SplitGroup => "合并计分助手…",
            C::WriteDeviation => "写偏差说明…",
            C::AddNote => "添加审核意见…",
            C::NextFinding => "下一个问题",
            C::PreviousFinding => "上一个问题",
            C::CopyFindings => "复制问题清单",
            C::ExportFindings => "导出问题清单…",
            C::ShowPage(Page::Preview) => "打印预览",
            C::ShowPage(page) => page.name(),
            C::NextPane => "下一个区域",
            C::MenuBar => "菜单栏",
            C::ToggleProjects => "项目列表",
            C::ToggleFindings => "校验栏",
            C::ZoomIn => "放大",
            C::ZoomOut => "缩小",
            C::ZoomReset => "恢复 100%",
            C::AppearanceSystem => "跟随系统",
            C::AppearanceLight => "浅色",
            C::AppearanceDark => "深色",
            C::Help => "帮助",
            C::Keys => "快捷键",
            C::Palette => "命令面板…",
            C::Messages => "最近的消息…",
            C::ChangeName => "修改姓名…",
            C::About => "关于绩评…",
        }
    }

    /// One sentence on what it does, for tooltips and the palette.
    pub fn explanation(self) -> &'static str {
        match self {
            C::New => "选择表样，新建一个文件",
            C::Open => "打开 .jiping 文件",
            C::Import => "从 Excel、Word、PDF、文本导入自评表、目标表和资金表",
            C::OpenSample => "打开一张填好的自评表",
            C::Recover => "查看程序没有正常关闭时留下的副本",
            C::Save => "保存到文件",
            C::SaveAs => "换一个文件名或位置保存",
            C::SaveCopy => "另存一份，继续编辑原来的文件",
            C::Print => "在打印机上打印预览中的页面",
            C::ExportFiles => {
                "导出为 PDF、Excel、Word、图片、数据文件、汇总表和报告，可以一次导出多个项目"
            }
            C::FillTemplate => "把内容填进财政部门下发的原表，另存为新文件",
            C::SumUp => "把多个项目、多个文件汇总成一份表",
            C::ExportPdf => "把预览中的页面保存为 PDF",
            C::ExportPictures => "把预览中的页面保存为图片，每页一张",
            C::OpenPdf => "用本机的 PDF 程序查看和打印预览中的页面",
            C::Transcribe => "打开抄录窗，按网上系统的顺序逐格复制，到网页里粘贴",
            C::Editions => "查看、修改、导入、导出表样，用空白表做新的表样",
            C::Settings => "外观、字体、备份、校验规则和姓名",
            C::CloseDocument => "关闭文件，回到开始页",
            C::Quit => "退出程序",
            C::Undo => "撤销上一步",
            C::Redo => "重做撤销的一步",
            C::History => "查看每一步，退回到其中任意一步",
            C::Find => "在全部文字中查找",
            C::Replace => "在全部文字中查找并替换",
            C::AddProject => "在文件中添加一个项目",
            C::DuplicateProject => "复制当前项目，内容全部保留",
            C::ChangeEdition => "换到另一份表样，填过的内容都保留",
            C::NextYearProject => "保留目标和权重，清空结果，文字中的旧年份标为待核对",
            C::CompareYears => "资金、得分和指标与上年并排，看哪些提高、降低、新增、取消",
            C::Progress => "查看全部项目的阶段和期限，设期限、改阶段",
            C::DeleteProject => "删除当前项目，可以撤销",
            C::MoveProjectUp => "把当前项目上移一位",
            C::MoveProjectDown => "把当前项目下移一位",
            C::PreviousProject => "转到上一个项目",
            C::NextProject => "转到下一个项目",
            C::BatchFunds => "粘贴一张资金表，填入各个项目",
            C::ApproveTargets => "把现在的指标、指标值和分值登记为批复值",
            C::RecordAdjustment => "登记一项经批准的调整",
            C::BudgetAdjustments => "登记和查看年中的预算调整，按记录填写全年预算数",
            C::MissingIndicators => "查看批复中有、表中没有的指标，登记取消它们的调整",
            C::InsertRow => "在当前行上方插入指标行",
            C::RemoveRows => "删除选中的指标行",
            C::MoveRowUp => "把选中的行上移",
            C::MoveRowDown => "把选中的行下移",
            C::Library => "查找现成的指标加入表中，收录自己用过的指标",
            C::UseComputed => "选中行的得分采用计算值",
            C::UseAllComputed => "全部得分采用计算值",
            C::ExplainScore => "看当前单元格的得分怎样算出来，依据什么",
            C::SplitGroup => "看合并计分的一组按不同办法各得多少分",
            C::WriteDeviation => "按原因类别套用句式，填空写出偏差原因和改进措施",
            C::AddNote => "对当前单元格填写审核意见",
            C::NextFinding => "转到下一个问题",
            C::PreviousFinding => "转到上一个问题",
            C::CopyFindings => "把问题清单复制到剪贴板，可粘贴到 Excel",
            C::ExportFindings => "把问题清单保存为文件",
            C::ShowPage(Page::Preview) => "查看打印出来的样子",
            C::ShowPage(_) => "转到此页",
            C::NextPane => "键盘依次转到项目列表、页面和校验栏",
            C::MenuBar => "键盘转到菜单栏，用方向键选择；按 Esc 返回",
            C::ToggleProjects => "显示或隐藏左侧项目列表",
            C::ToggleFindings => "显示或隐藏右侧校验栏",
            C::ZoomIn => "放大界面",
            C::ZoomOut => "缩小界面",
            C::ZoomReset => "界面恢复原大小",
            C::AppearanceSystem => "浅色或深色跟随系统",
            C::AppearanceLight => "浅色界面",
            C::AppearanceDark => "深色界面",
            C::Help => "打开或关闭帮助，直接翻到当前页面或单元格的说明",
            C::Palette => "按名称查找并执行命令",
            C::Keys => "查看全部快捷键",
            C::Messages => "再看一遍左下角出现过的消息",
            C::ChangeName => "修改填写审核意见时使用的姓名",
            C::About => "版本、字体和许可",
        }
    }

    /// Its icon, where it has one.
    pub fn icon(self) -> Option<&'static str> {
        Some(match self {
            C::New => icons::FILE_PLUS,
            C::Open => icons::FOLDER_OPEN,
            C::Import => icons::TRAY_ARROW_DOWN,
            C::OpenSample => icons::BOOK_OPEN,
            C::Save | C::SaveAs => icons::FLOPPY_DISK,
            C::SaveCopy | C::DuplicateProject => icons::COPY_SIMPLE,
            C::Print => icons::PRINTER,
            C::ExportFiles => icons::EXPORT,
            C::FillTemplate => icons::CLIPBOARD_TEXT,
            C::SumUp => icons::TABLE,
            C::ExportPdf => icons::FILE_PDF,
            C::ExportPictures => icons::IMAGES,
            C::OpenPdf => icons::ARROW_SQUARE_OUT,
            C::Transcribe => icons::CLIPBOARD_TEXT,
            C::Editions => icons::FILE_TEXT,
            C::Settings => icons::GEAR,
            C::CloseDocument => icons::X,
            C::Quit => icons::SIGN_OUT,
            C::Undo => icons::ARROW_COUNTER_CLOCKWISE,
            C::Redo => icons::ARROW_CLOCKWISE,
            C::History | C::Recover => icons::CLOCK_COUNTER_CLOCKWISE,
            C::Find | C::Replace => icons::MAGNIFYING_GLASS,
            C::AddProject => icons::PLUS,
            C::NextYearProject => icons::CALENDAR_PLUS,
            C::CompareYears => icons::CLOCK_COUNTER_CLOCKWISE,
            C::Progress => icons::FLAG,
            C::ChangeEdition => icons::FILE_TEXT,
            C::DeleteProject | C::RemoveRows => icons::TRASH,
            C::BatchFunds => icons::COINS,
            C::ApproveTargets => icons::STAMP,
            C::RecordAdjustment => icons::PENCIL_SIMPLE,
            C::BudgetAdjustments => icons::COINS,
            C::InsertRow => icons::ROWS_PLUS_BOTTOM,
            C::Library => icons::BOOK_OPEN,
            C::PreviousFinding => icons::CARET_CIRCLE_UP,
            C::NextFinding => icons::CARET_CIRCLE_DOWN,
            C::MoveRowUp | C::MoveProjectUp => icons::ARROW_UP,
            C::MoveRowDown | C::MoveProjectDown => icons::ARROW_DOWN,
            C::UseComputed | C::UseAllComputed | C::ExplainScore | C::SplitGroup => {
                icons::CALCULATOR
            }
            C::WriteDeviation => icons::PENCIL_SIMPLE,
            C::AddNote => icons::CHAT_TEXT,
            C::CopyFindings => icons::COPY,
            C::ExportFindings | C::MissingIndicators => icons::LIST_BULLETS,
            C::ShowPage(page) => page.icon(),
            C::ToggleProjects | C::ToggleFindings => icons::SIDEBAR_SIMPLE,
            C::AppearanceSystem => icons::DESKTOP,
            C::AppearanceLight => icons::SUN,
            C::AppearanceDark => icons::MOON,
            C::Help => icons::QUESTION,
            C::Palette => icons::COMMAND,
            C::Keys => icons::KEYBOARD,
            C::Messages => icons::BELL,
            C::ChangeName => icons::USER,
            C::About => icons::INFO,
            C::NextPane
            | C::MenuBar
            | C::PreviousProject
            | C::NextProject
            | C::ZoomIn
            | C::ZoomOut
            | C::ZoomReset => {
                return None;
            }
        })
    }

    /// Whether it changes rows of the indicator table: its keys mean that only where the table has the focus.
    pub fn is_of_rows(self) -> bool {
        matches!(
            self,
            C::InsertRow | C::RemoveRows | C::MoveRowUp | C::MoveRowDown
        )
    }

    /// Whether it waits while a text is being typed: its keys mean something else there.
    pub fn yields_to_typing(self) -> bool {
        matches!(
            self,
            C::Undo
                | C::Redo
                | C::InsertRow
                | C::RemoveRows
                | C::MoveRowUp
                | C::MoveRowDown
                | C::UseComputed
        )
    }
}

impl Page {
    /// Its icon.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Basics => icons::IDENTIFICATION_CARD,
            Self::Funds => icons::COINS,
            Self::Goals => icons::TARGET,
            Self::Indicators => icons::TABLE,
            Self::Preview => icons::EYE,
            Self::Charts => icons::CHART_BAR,
            Self::Notes => icons::CHAT_TEXT,
            Self::WorkingPaper => icons::LIST_CHECKS,
            Self::Monitoring => icons::CLOCK,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_command_stands_in_the_list_once_and_in_a_menu() {
        let all: HashSet<_> = ALL.into_iter().collect();
        assert_eq!(all.len(), ALL.len());
        let in_menus: Vec<_> = MENUS.iter().flat_map(|menu| menu.groups.concat()).collect();
        let distinct: HashSet<_> = in_menus.iter().copied().collect();
        assert_eq!(
            distinct.len(),
            in_menus.len(),
            "a command stands in two places"
        );
        assert_eq!(distinct, all);
    }
}
