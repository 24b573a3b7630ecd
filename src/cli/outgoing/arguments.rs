//! Arguments of `pack`, `publish` and `anonymise`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::{
    cli::arguments::{Format, ProfileArguments, read_face, read_project},
    sheet::fonts::Face,
};

/// Arguments of `pack`.
#[derive(Debug, Args)]
pub struct PackArguments {
    /// 要打包的文件（*.jiping 或 *.json）
    #[arg(value_name = "文件", help_heading = "参数")]
    pub file: PathBuf,
    /// 生成的材料包（*.zip）
    #[arg(short, long, value_name = "输出", help_heading = "选项")]
    pub out: PathBuf,
    /// 只放入名称中含有这些字的项目
    #[arg(long, value_name = "名称", value_parser = read_project, help_heading = "选项")]
    pub projects: Option<String>,
    /// 连同佐证材料的文件
    #[arg(long, help_heading = "选项")]
    pub evidence: bool,
    /// 不放入 pdf、findings（问题清单）、register（佐证材料登记表）或 profile（复核口径），可以写多个
    #[arg(long, value_name = "内容", value_enum, hide_possible_values = true, num_args = 1.., help_heading = "选项")]
    pub without: Vec<Content>,
    /// 每个项目一个 PDF
    #[arg(long, help_heading = "选项")]
    pub each: bool,
    /// 用本机的 宋体、仿宋 或 黑体
    #[arg(long, value_name = "字体", value_parser = read_face, default_value = "自带字体", hide_default_value = true, help_heading = "选项")]
    pub font: Face,
    /// By what is checked.
    #[command(flatten)]
    pub judge: ProfileArguments,
    /// 覆盖已有的文件
    #[arg(long, help_heading = "选项")]
    pub overwrite: bool,
}

/// What can be left out of a parcel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Content {
    /// Forms as PDF.
    Pdf,
    /// 问题清单
    Findings,
    /// 佐证材料登记表
    Register,
    /// 复核口径
    Profile,
}

/// Arguments of `publish`.
#[derive(Debug, Args)]
pub struct PublishArguments {
    /// 要公开的文件（*.jiping 或 *.json）
    #[arg(value_name = "文件", help_heading = "参数")]
    pub file: PathBuf,
    /// 生成的文件，按扩展名定格式：.pdf、.xlsx 或 .docx
    #[arg(short, long, value_name = "输出", help_heading = "选项")]
    pub out: PathBuf,
    /// 只取名称中含有这些字的项目
    #[arg(long, value_name = "名称", value_parser = read_project, help_heading = "选项")]
    pub project: Option<String>,
    /// 人名隐去名字：张**
    #[arg(long, conflicts_with_all = ["keep_names", "remove_names"], help_heading = "选项")]
    pub hide_names: bool,
    /// 人名保留
    #[arg(long, conflicts_with = "remove_names", help_heading = "选项")]
    pub keep_names: bool,
    /// 人名删去
    #[arg(long, help_heading = "选项")]
    pub remove_names: bool,
    /// 用本机的 宋体、仿宋 或 黑体
    #[arg(long, value_name = "字体", value_parser = read_face, default_value = "自带字体", hide_default_value = true, help_heading = "选项")]
    pub font: Face,
    /// 覆盖已有的文件
    #[arg(long, help_heading = "选项")]
    pub overwrite: bool,
}

/// Arguments of `anonymise`.
#[derive(Debug, Args)]
pub struct AnonymiseArguments {
    /// 要脱敏的文件（*.jiping 或 *.json）
    #[arg(value_name = "文件", help_heading = "参数")]
    pub file: PathBuf,
    /// 生成的副本（*.jiping）；只列清单时不需要
    #[arg(
        short,
        long,
        value_name = "输出",
        required_unless_present = "list",
        help_heading = "选项"
    )]
    pub out: Option<PathBuf>,
    /// 还要隐去的词，可以写多个
    #[arg(long, value_name = "词", num_args = 1.., help_heading = "选项")]
    pub also: Vec<String>,
    /// 不隐去的词，可以写多个
    #[arg(long, value_name = "词", num_args = 1.., help_heading = "选项")]
    pub keep: Vec<String>,
    /// 列出将要替换的词，不生成文件
    #[arg(long, conflicts_with = "out", help_heading = "选项")]
    pub list: bool,
    /// 清单的格式：text（给人看）或 json（给程序用）
    #[arg(long, value_name = "格式", value_enum, default_value_t = Format::Text, hide_default_value = true, hide_possible_values = true, help_heading = "选项")]
    pub format: Format,
    /// 覆盖已有的文件
    #[arg(long, help_heading = "选项")]
    pub overwrite: bool,
}
