//! The settings by name, with what they do: what the search looks through.

use crate::{model::folding::Pattern, ui::preferences::Group};

/// A setting, but for the rules, of which there are many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// 明暗
    Appearance,
    /// 缩放
    Zoom,
    /// 金额显示
    Money,
    /// 绘图方式
    Renderer,
    /// 字体
    Face,
    /// 同时导出
    AlsoExport,
    /// 恢复副本
    RecoveryDelay,
    /// 随文件保存表样
    EmbedEditions,
    /// 历史版本
    Backups,
    /// 默认文件夹
    Folder,
    /// 数据文件夹
    DataFolder,
    /// 姓名
    User,
    /// 首次使用提示
    Pointers,
}

impl Item {
    const ALL: [Self; 13] = [
        Self::Appearance,
        Self::Zoom,
        Self::Money,
        Self::Renderer,
        Self::Face,
        Self::AlsoExport,
        Self::RecoveryDelay,
        Self::Backups,
        Self::EmbedEditions,
        Self::Folder,
        Self::DataFolder,
        Self::User,
        Self::Pointers,
    ];

    /// The settings of a group in their order.
    pub fn of(group: Group) -> impl Iterator<Item = Self> {
        Self::ALL
            .into_iter()
            .filter(move |item| item.group() == group)
    }

    fn group(self) -> Group {
        match self {
            Self::Appearance | Self::Zoom | Self::Money | Self::Renderer => Group::Looks,
            Self::Face | Self::AlsoExport => Group::Print,
            Self::RecoveryDelay
            | Self::Backups
            | Self::EmbedEditions
            | Self::Folder
            | Self::DataFolder => Group::Files,
            Self::User | Self::Pointers => Group::Person,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Appearance => "明暗",
            Self::Zoom => "界面缩放",
            Self::Money => "金额显示",
            Self::Renderer => "绘图方式",
            Self::Face => "字体",
            Self::AlsoExport => "同时导出",
            Self::RecoveryDelay => "恢复副本",
            Self::Backups => "备份",
            Self::EmbedEditions => "表样",
            Self::Folder => "默认文件夹",
            Self::DataFolder => "数据文件夹",
            Self::User => "姓名",
            Self::Pointers => "首次使用提示",
        }
    }

    /// One line on what it does.
    pub fn about(self) -> &'static str {
        match self {
            Self::Appearance => "界面的浅色或深色；打印和导出不受影响。",
            Self::Zoom => "50%–300%。也可以按住 Ctrl 转动滚轮。",
            Self::Money => "元或万元；只改变显示，文件中的金额和打印不变。",
            Self::Renderer => {
                "下次启动时生效。界面花屏或打不开时换一种；所选方式不能用时自动换用别的。"
            }
            Self::Face => {
                "打印和导出表格时用的字体。自带字体在每台电脑上排版相同；宋体、仿宋、黑体用电脑上装的。"
            }
            Self::AlsoExport => "导出的 PDF 放在文件旁边，没有绩评的同事也能看。",
            Self::RecoveryDelay => {
                "编辑时，每隔这么久把未保存的内容留一份副本；程序意外关闭后，下次启动时可以恢复。"
            }
            Self::Backups => {
                "每次保存前，把文件原来的样子留作备份，放在数据文件夹的 backups 中，可用「历史版本…」查看和恢复。"
            }
            Self::EmbedEditions => {
                "自行添加的表样放进用它的文件，没有这份表样的人也能打开、校验和打印。"
            }
            Self::Folder => "打开文件和第一次保存时，从这个文件夹开始选择。",
            Self::DataFolder => "设置、恢复副本、备份和日志放在这里。",
            Self::User => "写在审核意见和核实说明下面，随文件保存。",
            Self::Pointers => "第一次使用时指出主要功能位置的几条提示。",
        }
    }

    /// Whether all terms of a search occur in it.
    pub fn answers(self, terms: &[Pattern]) -> bool {
        terms.iter().all(|term| {
            term.is_in(self.name()) || term.is_in(self.about()) || term.is_in(self.group().name())
        })
    }
}
