//! Every command of the program: one enum for menus, tool bar, keys and palette.

mod keys;
mod menus;

pub use menus::{MENUS, Menu, TOOLS};

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
    /// 历史版本…
    Versions,
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
    /// 制作报送材料包…
    Pack,
    /// 制作公开版…
    Publish,
    /// 制作脱敏副本…
    Anonymise,
    /// 不公开…
    Withhold,
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
    /// 与其他文件比较…
    Compare,
    /// 进度一览…
    Progress,
    /// 更换表样
    ChangeEdition,
    /// 合并退回的文件…
    MergeFile,
    /// 拆分为每个项目一个文件…
    Split,
    /// 并入其他文件的项目…
    Join,
    /// 发出填报表…
    HandOut,
    /// 收回填报表…
    Collect,
    /// 填报表收发…
    Sendings,
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
    /// 整改台账…
    Ledger,
    /// 佐证材料…
    Evidence,
    /// 下一条意见
    NextNote,
    /// 上一条意见
    PreviousNote,
    /// 审阅模式
    ReviewMode,
    /// 送审…
    SendForReview,
    /// 退回…
    ReturnForm,
    /// 定稿…
    CloseForm,
    /// 撤回或重新打开…
    ReopenForm,
    /// 流转记录…
    StageRecords,
    /// 核对校验码…
    VerifyCode,
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
pub const ALL: [UiCommand; 104] = [
    C::New,
    C::Open,
    C::Import,
    C::OpenSample,
    C::Recover,
    C::Save,
    C::SaveAs,
    C::SaveCopy,
    C::Versions,
    C::Print,
    C::ExportPdf,
    C::ExportPictures,
    C::OpenPdf,
    C::ExportFiles,
    C::FillTemplate,
    C::SumUp,
    C::Pack,
    C::Publish,
    C::Anonymise,
    C::Transcribe,
    C::MergeFile,
    C::Join,
    C::Split,
    C::HandOut,
    C::Collect,
    C::Sendings,
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
    C::Withhold,
    C::PreviousProject,
    C::NextProject,
    C::CompareYears,
    C::Compare,
    C::Progress,
    C::BatchFunds,
    C::ApproveTargets,
    C::RecordAdjustment,
    C::BudgetAdjustments,
    C::MissingIndicators,
    C::Evidence,
    C::NextFinding,
    C::PreviousFinding,
    C::UseComputed,
    C::UseAllComputed,
    C::ExplainScore,
    C::SplitGroup,
    C::WriteDeviation,
    C::CopyFindings,
    C::ExportFindings,
    C::AddNote,
    C::Ledger,
    C::NextNote,
    C::PreviousNote,
    C::ReviewMode,
    C::SendForReview,
    C::ReturnForm,
    C::CloseForm,
    C::ReopenForm,
    C::StageRecords,
    C::VerifyCode,
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
            C::Versions => "历史版本…",
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
            C::Compare => "与其他文件比较…",
            C::Progress => "进度一览…",
            C::ChangeEdition => "更换表样…",
            C::MergeFile => "合并退回的文件…",
            C::Split => "拆分为每个项目一个文件…",
            C::Join => "并入其他文件的项目…",
            C::HandOut => "发出填报表…",
            C::Collect => "收回填报表…",
            C::Sendings => "填报表收发…",
            C::DeleteProject => "删除项目",
            C::Pack => "制作报送材料包…",
            C::Publish => "制作公开版…",
            C::Anonymise => "制作脱敏副本…",
            C::Withhold => "不公开…",
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
            C::Ledger => "整改台账…",
            C::Evidence => "佐证材料…",
            C::NextNote => "下一条意见",
            C::PreviousNote => "上一条意见",
            C::ReviewMode => "审阅模式",
            C::SendForReview => "送审…",
            C::ReturnForm => "退回…",
            C::CloseForm => "定稿…",
            C::ReopenForm => "撤回或重新打开…",
            C::StageRecords => "流转记录…",
            C::VerifyCode => "核对校验码…",
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
            C::Versions => "查看每次保存前留下的版本，打开或恢复其中一个",
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
            C::Compare => "与另一个版本逐格比较，列出改动，可以导出清单和对照审阅稿",
            C::Progress => "查看全部项目的阶段和期限，设期限、改阶段",
            C::MergeFile => "把同事改过的副本合并进来，双方都改过的逐处决定",
            C::Split => "每个项目另存为一个文件，分给各部门填写",
            C::Join => "把其他文件中的项目并入，已有的项目合并",
            C::HandOut => "给没有绩评的同事一份 Excel 表，只填浅黄色的格子",
            C::Collect => "把同事填好发回的表合并进来，先看改了哪些",
            C::Sendings => "发给了谁、谁还没有交回，可复制催办文字",
            C::DeleteProject => "删除当前项目，可以撤销",
            C::Pack => "把自评表、PDF、问题清单和佐证材料打成一个压缩包上报",
            C::Publish => "生成没有电话、证件号、批注和水印的公开文本，人名由您决定",
            C::Anonymise => "单位、人员和号码换成代称，另存一份，用于求助",
            C::Withhold => "把当前项目标为不公开，不放入公开版",
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
            C::Ledger => "逐条登记财政部门的审核意见和整改情况，导出整改情况反馈表",
            C::Evidence => "登记能证明完成情况的文件，核对是否还在、有没有改动",
            C::NextNote => "转到下一条未处理的审核意见",
            C::PreviousNote => "转到上一条未处理的审核意见",
            C::ReviewMode => "锁定表中内容，只写意见和复核底稿；再选一次结束",
            C::SendForReview => "把项目交给审核，内容锁定，记下谁、何时",
            C::ReturnForm => "把送来的项目退回修改，写明要改什么",
            C::CloseForm => "内容定下来并锁定，打印时印上内容校验码",
            C::ReopenForm => "撤回送审，或把定稿重新打开修改",
            C::StageRecords => "查看谁在何时送审、退回、定稿",
            C::VerifyCode => "输入纸上的内容校验码，看与文件是否一致",
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
            C::History | C::Recover | C::Versions => icons::CLOCK_COUNTER_CLOCKWISE,
            C::Find | C::Replace => icons::MAGNIFYING_GLASS,
            C::AddProject => icons::PLUS,
            C::NextYearProject => icons::CALENDAR_PLUS,
            C::Compare => icons::FILE_TEXT,
            C::CompareYears => icons::CLOCK_COUNTER_CLOCKWISE,
            C::Progress => icons::FLAG,
            C::ChangeEdition => icons::FILE_TEXT,
            C::MergeFile | C::Join => icons::FILE_ARROW_DOWN,
            C::Split => icons::COPY_SIMPLE,
            C::HandOut => icons::EXPORT,
            C::Collect => icons::TRAY_ARROW_DOWN,
            C::Sendings => icons::LIST_CHECKS,
            C::DeleteProject | C::RemoveRows => icons::TRASH,
            C::Pack | C::Publish => icons::EXPORT,
            C::Anonymise | C::Withhold => icons::EYE_SLASH,
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
            C::Ledger => icons::LIST_CHECKS,
            C::Evidence => icons::FOLDER_OPEN,
            C::NextNote => icons::CARET_CIRCLE_DOWN,
            C::PreviousNote => icons::CARET_CIRCLE_UP,
            C::ReviewMode => icons::EYE,
            C::SendForReview => icons::ARROW_RIGHT,
            C::ReturnForm => icons::ARROW_LEFT,
            C::CloseForm => icons::STAMP,
            C::ReopenForm => icons::LOCK_OPEN,
            C::StageRecords => icons::CLOCK_COUNTER_CLOCKWISE,
            C::VerifyCode => icons::CHECK_CIRCLE,
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
