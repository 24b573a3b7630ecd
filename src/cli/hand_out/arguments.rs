//! What `hand-out` and `collect` can be asked.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::arguments::Format;

/// What `hand-out` does.
pub const HAND_OUT_HELP: &str = "\
已有的文件不会被覆盖，新的文件名后加序号。原文件不会改动，除非加上 --save 登记发出记录。
退出码：0 全部发出；2 有没有发出的，逐项列出。
--format json 的内容：files 每个文件：path、to 发给谁、projects 几个项目、sending 编号、problem 没有写出的原因；
  left_out 没有发出的项目；recorded 是否已登记";

/// What `collect` does.
pub const COLLECT_HELP: &str = "\
没有写 -o 时只列出结果，不生成文件。已有的文件不会被覆盖，原文件不会改动。
发出后双方都改过的，保留本文件的，并逐处列出；要逐处决定，请在窗口中收回。
退出码：0 全部收回；1 有双方都改过的、锁定后被改动的或要核对的内容；2 有文件收不回来。
--format json 的内容：files 每个文件：file、to、forms（project、filled 填写几处、locked 锁定后被改动几处、added 新增几行、
  notes）、notes；refused 收不回来的：file、why；taken 交回几处改动；conflicts 双方都改过几处；notes；written 生成的文件";

/// What goes into one workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GroupingArgument {
    /// Each project by itself.
    Project,
    /// All of the same 实施单位.
    Unit,
    /// All of the same 主管部门.
    Department,
}

/// What is to be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum WantedArgument {
    /// 完成情况
    Results,
    /// All that was not approved.
    All,
}

/// Arguments of `hand-out`.
#[derive(Debug, Args)]
pub struct HandOutArguments {
    /// 绩评文件
    #[arg(value_name = "文件", help_heading = "参数")]
    pub file: PathBuf,
    /// 填报表放到哪个文件夹
    #[arg(short, long, value_name = "文件夹", help_heading = "选项")]
    pub out: PathBuf,
    /// 每个文件放什么：project 一个项目（默认），unit 同一实施单位的，department 同一主管部门的
    #[arg(long, value_name = "方式", value_enum, default_value_t = GroupingArgument::Project, hide_default_value = true, hide_possible_values = true, help_heading = "选项")]
    pub by: GroupingArgument,
    /// 填什么：results 完成情况（默认），all 全部没有批复的内容
    #[arg(long, value_name = "内容", value_enum, default_value_t = WantedArgument::Results, hide_default_value = true, hide_possible_values = true, help_heading = "选项")]
    pub fill: WantedArgument,
    /// 每组指标下留几行空白，供新增指标；最多 5 行
    #[arg(
        long,
        value_name = "行数",
        default_value_t = 0,
        hide_default_value = true,
        help_heading = "选项"
    )]
    pub blank_rows: u8,
    /// 交回时间，例如 2021年3月15日
    #[arg(long, value_name = "日期", help_heading = "选项")]
    pub due: Option<String>,
    /// 交给谁，例如 财务科张三 0755-12345678
    #[arg(long, value_name = "联系人", help_heading = "选项")]
    pub return_to: Option<String>,
    /// 只发出名称中含有这些字的项目
    #[arg(long, value_name = "名称", help_heading = "选项")]
    pub project: Option<String>,
    /// 把发出记录存入原文件
    #[arg(long, help_heading = "选项")]
    pub save: bool,
    /// 输出格式：text（给人看）或 json（给程序用）
    #[arg(long, value_name = "格式", value_enum, default_value_t = Format::Text, hide_default_value = true, hide_possible_values = true, help_heading = "选项")]
    pub format: Format,
}

/// Arguments of `collect`.
#[derive(Debug, Args)]
pub struct CollectArguments {
    /// 当初发出填报表的绩评文件
    #[arg(value_name = "文件", help_heading = "参数")]
    pub file: PathBuf,
    /// 填好的表，或放着它们的文件夹，可以写多个
    #[arg(value_name = "填好的表", required = true, help_heading = "参数")]
    pub returned: Vec<PathBuf>,
    /// 合并后的文件（*.jiping）
    #[arg(short, long, value_name = "输出", help_heading = "选项")]
    pub out: Option<PathBuf>,
    /// 锁定的格被改动的，也收回；批复内容除外
    #[arg(long, help_heading = "选项")]
    pub locked: bool,
    /// 输出格式：text（给人看）或 json（给程序用）
    #[arg(long, value_name = "格式", value_enum, default_value_t = Format::Text, hide_default_value = true, hide_possible_values = true, help_heading = "选项")]
    pub format: Format,
}
