//! What can be asked on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::model::policy::Severity;

/// Help of a command: what it does, how it is written, what goes with it.
const HELP: &str = "\
{about}

用法：{usage}

{all-args}{after-help}";

/// 绩评命令行
#[derive(Debug, Parser)]
#[command(
    name = "jiping-cli",
    about = "绩评：填写、测算和校验《项目支出绩效自评表》",
    override_usage = "jiping-cli <命令> [选项]",
    help_template = HELP,
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    after_help = "退出码：0 没有问题；1 有达到 --level 级别的问题（批复内容中的也计入）；2 命令有误，文件读不出、写不了，或缺少项目所用的表样。"
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// 显示帮助
    #[arg(short, long, global = true, action = clap::ArgAction::Help, help_heading = "选项")]
    pub help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help_heading = "选项")]
    pub version: Option<bool>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 按表样新建一份空白自评表
    #[command(override_usage = "jiping-cli new <文件> [--edition 表样] [--name 项目名称] [--year 年度]", help_template = HELP)]
    New(NewArguments),
    /// 以 JSON 列出一份文件的全部内容
    #[command(override_usage = "jiping-cli show <文件> [--project 名称]", help_template = HELP)]
    Show(FileArguments),
    /// 校验一份或多份文件
    #[command(
        override_usage = "jiping-cli check <文件>… [--level 级别] [--format 格式] [--project 名称]",
        help_template = HELP
    )]
    Check(CheckArguments),
    /// 测算得分并列出计算过程
    #[command(override_usage = "jiping-cli score <文件> [--format 格式] [--project 名称]", help_template = HELP)]
    Score(ScoreArguments),
    /// 列出可用的表样
    #[command(override_usage = "jiping-cli editions [--format 格式]", help_template = HELP)]
    Editions(FormatArguments),
    /// 列出全部校验规则及其依据
    #[command(override_usage = "jiping-cli rules [--format 格式]", help_template = HELP)]
    Rules(FormatArguments),
    /// 输出文件格式或表样的 JSON Schema
    #[command(override_usage = "jiping-cli schema <document|edition>", help_template = HELP)]
    Schema(SchemaArguments),
}

/// Arguments of `new`.
#[derive(Debug, Args)]
pub struct NewArguments {
    /// 要新建的文件；已有的文件不会被覆盖
    #[arg(value_name = "文件", help_heading = "参数")]
    pub file: PathBuf,
    /// 表样编号，见 editions 命令；不写时为 mof-2020
    #[arg(
        long,
        value_name = "表样",
        default_value = "mof-2020",
        hide_default_value = true,
        help_heading = "选项"
    )]
    pub edition: String,
    /// 项目名称
    #[arg(
        long,
        value_name = "名称",
        default_value = "",
        hide_default_value = true,
        help_heading = "选项"
    )]
    pub name: String,
    /// 年度，例如 2020年
    #[arg(
        long,
        value_name = "年度",
        default_value = "",
        hide_default_value = true,
        help_heading = "选项"
    )]
    pub year: String,
}

/// One file and perhaps one project in it.
#[derive(Debug, Args)]
pub struct FileArguments {
    /// 要读取的文件（*.jiping 或 *.json）
    #[arg(value_name = "文件", help_heading = "参数")]
    pub file: PathBuf,
    /// 只取名称中含有这些字的项目
    #[arg(long, value_name = "名称", help_heading = "选项")]
    pub project: Option<String>,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// 要校验的文件（*.jiping 或 *.json），可以写多个
    #[arg(value_name = "文件", required = true, help_heading = "参数")]
    pub files: Vec<PathBuf>,
    /// 达到哪一级时退出码为 1：错误、警告、提示；不写时为错误
    #[arg(long, value_name = "级别", value_parser = read_level, default_value = "错误", hide_default_value = true, help_heading = "选项")]
    pub level: Severity,
    /// 输出格式：text（给人看）或 json（给程序用）
    #[arg(long, value_name = "格式", value_enum, default_value_t = Format::Text, hide_default_value = true, hide_possible_values = true, help_heading = "选项")]
    pub format: Format,
    /// 只校验名称中含有这些字的项目
    #[arg(long, value_name = "名称", help_heading = "选项")]
    pub project: Option<String>,
}

/// Arguments of `score`.
#[derive(Debug, Args)]
pub struct ScoreArguments {
    /// The file.
    #[command(flatten)]
    pub input: FileArguments,
    /// 输出格式：text（给人看）或 json（给程序用）
    #[arg(long, value_name = "格式", value_enum, default_value_t = Format::Text, hide_default_value = true, hide_possible_values = true, help_heading = "选项")]
    pub format: Format,
}

/// Arguments of commands that only list something.
#[derive(Debug, Args)]
pub struct FormatArguments {
    /// 输出格式：text（给人看）或 json（给程序用）
    #[arg(long, value_name = "格式", value_enum, default_value_t = Format::Text, hide_default_value = true, hide_possible_values = true, help_heading = "选项")]
    pub format: Format,
}

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub struct SchemaArguments {
    /// document（文件格式）或 edition（表样）
    #[arg(
        value_name = "document|edition",
        value_enum,
        hide_possible_values = true,
        help_heading = "参数"
    )]
    pub of: SchemaOf,
}

/// For people or for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Text for people.
    #[value(alias = "table")]
    Text,
    /// JSON for programs.
    Json,
}

/// What a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// `*.jiping` files.
    Document,
    /// Edition files.
    Edition,
}

fn read_level(text: &str) -> Result<Severity, String> {
    match text {
        "错误" | "error" => Ok(Severity::Error),
        "警告" | "warning" => Ok(Severity::Warning),
        "提示" | "hint" => Ok(Severity::Hint),
        _ => Err("级别应为 错误、警告 或 提示".into()),
    }
}
