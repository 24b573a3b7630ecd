//! What can be asked on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::outgoing::arguments::{AnonymiseArguments, PackArguments, PublishArguments};
use super::{evidence::EvidenceArguments, ledger::LedgerArguments};
use crate::{
    model::policy::Severity,
    printers::ticket::{Duplex, MOST_COPIES},
    sheet::{booklet::Mark, fonts::Face},
};

/// Help of a command: what it does, how it is written, what goes with it.
const HELP: &str = "\
{about}

用法：{usage}

{all-args}{after-help}";

/// What can stand after `-o`. clap takes a plain {n} for the end of a line, so that one has an escape sequence in it, which
/// is not printed.
const EXPORT_HELP: &str = "\
格式：
  pdf、png        打印成 PDF 或图片
  xlsx、docx      Excel 工作簿、Word 文档；加上 --review 时校验意见写成批注
                  以上四种加上 --working-paper 时导出自评复核工作底稿
  csv、jsonl      数据表：项目、资金、指标、校验意见各一个文件，供 Excel 或程序使用
  system          一体化系统导入用的数据，字段见 --system
输出：
  文件名          全部项目在一个文件中；图片每页一个文件，多于一页时在扩展名前加 -1、-2……；
                  数据表在文件名后加 -projects、-funds、-indicators、-findings
  带占位的文件名  每个项目一个文件，例如 \"{\x1b[mn} {name}\"：
                  {name} 项目名称  {\x1b[mn} 序号  {file} 源文件名  {year} 年度  {page} 页码（图片）
  文件夹          相当于 文件夹/{name}
扩展名可以不写。已有的文件不会被覆盖，除非加上 --overwrite。";

/// What can stand after `-o` of `fill`.
const FILL_HELP: &str = "\
原表可以是 .xlsx、.xlsm、.docx；.xls 转换成 .xlsx 后填写。原表本身不会改动，已有的文件不会被覆盖，除非加上 --overwrite。
输出可以是文件名（全部项目填入同一份），或带占位的文件名、文件夹（每个项目一份），写法见 export 命令。
退出码：0 全部填入；1 有没有填入的内容，逐项列出；2 没有填写。";

/// What `summary` and `report` take.
const SUMMARY_HELP: &str = "\
文件夹中的 *.jiping 和 *.json 都读取，最多三层。读不出来的文件会列出，其余的照常处理，退出码为 2。
已有的文件不会被覆盖，除非加上 --overwrite。";

/// What `editions` does besides listing.
const EDITIONS_HELP: &str = "\
退出码：0 没有问题；1 --check 的表样有问题，逐项列出；2 文件读不出、写不了，或没有这个表样。";

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
    /// 换到另一表样，另存为一份文件
    #[command(
        override_usage = "jiping-cli convert <文件> --edition <表样> [--amounts 方式] [--project 名称] [--format 格式] -o <输出>",
        help_template = HELP
    )]
    Convert(ConvertArguments),
    /// 以 JSON 列出一份文件的全部内容
    #[command(override_usage = "jiping-cli show <文件> [--project 名称]", help_template = HELP)]
    Show(FileArguments),
    /// 校验一份或多份文件
    #[command(
        override_usage = "jiping-cli check <文件>… [--level 级别] [--format 格式] [--project 名称] [--profile 口径文件]",
        help_template = HELP
    )]
    Check(CheckArguments),
    /// 核对定稿：内容是否与定稿时、与纸上的内容校验码一致
    #[command(
        override_usage = "jiping-cli verify <文件> [--code 校验码] [--format 格式] [--project 名称]",
        help_template = HELP,
        after_help = super::verify::HELP
    )]
    Verify(super::verify::VerifyArguments),
    /// 测算得分并列出计算过程
    #[command(override_usage = "jiping-cli score <文件> [--format 格式] [--project 名称]", help_template = HELP)]
    Score(ScoreArguments),
    /// 导入 Excel、Word、PDF、CSV 和文本中的自评表
    #[command(
        override_usage = "jiping-cli import <文件或文件夹>… [-o <输出>] [--edition 表样] [--format 格式]",
        help_template = HELP,
        after_help = super::import::HELP
    )]
    Import(super::import::ImportArguments),
    /// 发出填报表：给没有绩评的同事填写的 Excel 表
    #[command(
        name = "hand-out",
        override_usage = "jiping-cli hand-out <文件> -o <文件夹> [--by project|unit|department] [--fill results|all] [--blank-rows 行数] [--due 日期] [--return-to 联系人] [--project 名称] [--save] [--format 格式]",
        help_template = HELP,
        after_help = super::hand_out::arguments::HAND_OUT_HELP
    )]
    HandOut(super::hand_out::arguments::HandOutArguments),
    /// 收回填报表：把同事填好的表合并进来
    #[command(
        override_usage = "jiping-cli collect <文件> <填好的表或文件夹>… [-o <输出>] [--locked] [--format 格式]",
        help_template = HELP,
        after_help = super::hand_out::arguments::COLLECT_HELP
    )]
    Collect(super::hand_out::arguments::CollectArguments),
    /// 导出成 PDF、图片、Excel、Word 或数据表
    #[command(
        override_usage = "jiping-cli export <文件或文件夹>… --to <格式> [--review] [--charts] [--mark 标记] [--working-paper] [--monitoring] [--project 名称] [--font 字体] [--profile 口径文件] [--scale 清晰度] [--formulas] [--system 编号] [--overwrite] -o <输出>",
        help_template = HELP,
        after_help = EXPORT_HELP
    )]
    Export(ExportArguments),
    /// 填回原表：把内容填进财政部门下发的表格
    #[command(
        override_usage = "jiping-cli fill <文件或文件夹>… --into <原表> [--project 名称] [--overwrite] -o <输出>",
        help_template = HELP,
        after_help = FILL_HELP
    )]
    Fill(FillArguments),
    /// 制作报送材料包：自评表、问题清单和佐证材料
    #[command(
        override_usage = "jiping-cli pack <文件> [--projects 名称] [--evidence] [--without 内容…] [--each] [--profile 口径文件] [--overwrite] -o <输出.zip>",
        help_template = HELP
    )]
    Pack(PackArguments),
    /// 制作公开版：没有电话、证件号和批注，人名由您决定
    #[command(
        override_usage = "jiping-cli publish <文件> [--project 名称] [--hide-names|--keep-names|--remove-names] [--overwrite] -o <输出.pdf|输出.xlsx|输出.docx>",
        help_template = HELP
    )]
    Publish(PublishArguments),
    /// 制作脱敏副本：单位、人员和号码换成代称，用于求助
    #[command(
        override_usage = "jiping-cli anonymise <文件> [--also 词…] [--keep 词…] [--overwrite] -o <输出.jiping>\n      jiping-cli anonymise <文件> --list [--format 格式]",
        help_template = HELP
    )]
    Anonymise(AnonymiseArguments),
    /// 汇总多个项目，生成 Excel 或 PDF 汇总表
    #[command(
        override_usage = "jiping-cli summary <文件或文件夹>… [--project 名称] [--font 字体] [--profile 口径文件] [--overwrite] -o <输出.xlsx|输出.pdf>",
        help_template = HELP,
        after_help = SUMMARY_HELP
    )]
    Summary(SummaryArguments),
    /// 生成绩效自评报告初稿（Word）
    #[command(
        override_usage = "jiping-cli report <文件或文件夹>… [--project 名称] [--font 字体] [--profile 口径文件] [--overwrite] -o <输出.docx>",
        help_template = HELP,
        after_help = SUMMARY_HELP
    )]
    Report(SummaryArguments),
    /// 在打印机上打印
    #[command(
        override_usage = "jiping-cli print <文件或文件夹>… [--printer 打印机] [--copies 份数] [--uncollated] [--pages 页码] [--duplex 长边|短边] [--grey] [--review] [--charts] [--mark 标记] [--working-paper] [--project 名称] [--font 字体] [--profile 口径文件]",
        help_template = HELP
    )]
    Print(PrintArguments),
    /// 比较同一文件的两个版本，逐项列出改动
    #[command(
        override_usage = "jiping-cli compare <旧文件> <新文件> [--project 名称] [--content] [--format 格式] [-o <清单.xlsx|清单.csv>] [--pdf <对照稿.pdf>]",
        help_template = HELP,
        after_help = super::compare::HELP
    )]
    Compare(super::compare::CompareArguments),
    /// 列出打印机及其状态
    #[command(override_usage = "jiping-cli printers [--format 格式]", help_template = HELP)]
    Printers(FormatArguments),
    /// 列出可用的表样
    #[command(
        override_usage = "jiping-cli editions [--format 格式] | --check <文件> | --add <文件> | --export <表样> -o <输出>",
        help_template = HELP,
        after_help = EDITIONS_HELP
    )]
    Editions(EditionsArguments),
    /// 查找指标库，收录和导出指标
    #[command(
        override_usage = "jiping-cli library [词]… [--kind 项目类型] [--own] [--format 格式]\n      jiping-cli library --import <清单>… | --gather <文件或文件夹>… [--faulty]\n      jiping-cli library --hand-on <输出.xlsx|输出.json>",
        help_template = HELP
    )]
    Library(super::library::LibraryArguments),
    /// 整改台账：列出、添加审核意见，生成整改情况反馈表
    #[command(
        override_usage = "jiping-cli ledger <文件> [--add 意见]… [--against 旧版] [-o <输出>] [--format 格式]",
        help_template = HELP,
        after_help = super::ledger::HELP
    )]
    Ledger(LedgerArguments),
    /// 佐证材料：列出、核对登记的文件，生成登记表
    #[command(
        override_usage = "jiping-cli evidence <文件> [--check] [-o <输出>] [--format 格式]",
        help_template = HELP,
        after_help = super::evidence::HELP
    )]
    Evidence(EvidenceArguments),
    /// 列出一份文件每次保存前留下的版本，取出其中一个
    #[command(
        override_usage = "jiping-cli versions <文件> [--format 格式] | --restore <序号> -o <输出.jiping>",
        help_template = HELP
    )]
    Versions(super::versions::VersionsArguments),
    /// 合并两个人改过的同一份文件
    #[command(
        override_usage = "jiping-cli merge <我的文件> <对方的文件> [--base 上一版] [--take 谁的] [--report] [--format 格式] -o <输出>",
        help_template = HELP,
        after_help = super::merge::HELP
    )]
    Merge(super::merge::MergeArguments),
    /// 拆分为每个项目一个文件
    #[command(
        override_usage = "jiping-cli split <文件> [--name 文件名] [--format 格式] -o <文件夹>",
        help_template = HELP,
        after_help = super::parts::SPLIT_HELP
    )]
    Split(super::parts::SplitArguments),
    /// 把几个文件的项目并成一个文件
    #[command(
        override_usage = "jiping-cli join <文件>… [--format 格式] -o <输出>",
        help_template = HELP,
        after_help = super::parts::JOIN_HELP
    )]
    Join(super::parts::JoinArguments),
    /// 列出全部校验规则及其依据，或按它们生成规则手册、复核口径文件
    #[command(override_usage = "jiping-cli rules [--format 格式] [--profile 口径文件]", help_template = HELP)]
    Rules(RulesArguments),
    /// 输出文件格式或表样的 JSON Schema
    #[command(override_usage = "jiping-cli schema <document|edition|system|profile>", help_template = HELP)]
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
    #[arg(long, value_name = "名称", value_parser = read_project, help_heading = "选项")]
    pub project: Option<String>,
}

/// Arguments of `convert`.
#[derive(Debug, Args)]
pub struct ConvertArguments {
    /// 要换表样的文件（*.jiping 或 *.json），它本身不会改动
    #[arg(value_name = "文件", help_heading = "参数")]
    pub file: PathBuf,
    /// 新表样的编号，见 editions 命令
    #[arg(long, value_name = "表样", help_heading = "选项")]
    pub edition: String,
    /// 新表样的金额单位不同时：convert（换算数值）或 keep（只改单位）；不写时换算
    #[arg(long, value_name = "方式", value_enum, default_value_t = AmountsChoice::Convert, hide_default_value = true, hide_possible_values = true, help_heading = "选项")]
    pub amounts: AmountsChoice,
    /// 只换名称中含有这些字的项目
    #[arg(long, value_name = "名称", value_parser = read_project, help_heading = "选项")]
    pub project: Option<String>,
    /// 输出格式：text（给人看）或 json（给程序用）
    #[arg(long, value_name = "格式", value_enum, default_value_t = Format::Text, hide_default_value = true, hide_possible_values = true, help_heading = "选项")]
    pub format: Format,
    /// 换好的文件；已有的文件不会被覆盖
    #[arg(short, long, value_name = "输出", help_heading = "选项")]
    pub out: PathBuf,
}

/// What becomes of the amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AmountsChoice {
    /// 换算数值
    Convert,
    /// 只改单位
    Keep,
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
    #[arg(long, value_name = "名称", value_parser = read_project, help_heading = "选项")]
    pub project: Option<String>,
    /// By what is checked.
    #[command(flatten)]
    pub judge: ProfileArguments,
}

/// The profile by which is checked.
#[derive(Debug, Args)]
pub struct ProfileArguments {
    /// 按这份复核口径校验；不写时按内置口径，全部规则都启用
    #[arg(long, value_name = "口径文件", help_heading = "选项")]
    pub profile: Option<PathBuf>,
}

/// Arguments of `rules`.
#[derive(Debug, Args)]
pub struct RulesArguments {
    /// 输出格式：text（给人看）、json（给程序用）、md（规则手册）或 profile（复核口径文件，用来改成自己的）
    #[arg(long, value_name = "格式", value_enum, default_value_t = RulesFormat::Text, hide_default_value = true, hide_possible_values = true, help_heading = "选项")]
    pub format: RulesFormat,
    /// 列出按这份复核口径启用的规则和级别
    #[arg(long, value_name = "口径文件", help_heading = "选项")]
    pub profile: Option<PathBuf>,
}

/// What the rules are listed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RulesFormat {
    /// Text for people.
    #[value(alias = "table")]
    Text,
    /// JSON for programs.
    Json,
    /// The rule book, as Markdown.
    Md,
    /// A profile file with everything as it is.
    Profile,
}

/// Arguments of `editions`.
#[derive(Debug, Args)]
pub struct EditionsArguments {
    /// 检查一份表样文件，列出问题
    #[arg(long, value_name = "文件", group = "doing", help_heading = "选项")]
    pub check: Option<PathBuf>,
    /// 把表样文件加入本机自行添加的表样
    #[arg(long, value_name = "文件", group = "doing", help_heading = "选项")]
    pub add: Option<PathBuf>,
    /// 导出这个表样，与 -o 一起用
    #[arg(
        long,
        value_name = "表样",
        group = "doing",
        requires = "out",
        help_heading = "选项"
    )]
    pub export: Option<String>,
    /// 导出到这个文件；已有的文件不会被覆盖
    #[arg(
        short,
        long,
        value_name = "输出",
        requires = "export",
        help_heading = "选项"
    )]
    pub out: Option<PathBuf>,
    /// 输出格式：text（给人看）或 json（给程序用）
    #[arg(long, value_name = "格式", value_enum, default_value_t = Format::Text, hide_default_value = true, hide_possible_values = true, help_heading = "选项")]
    pub format: Format,
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

/// What of files is printed, and how it looks.
#[derive(Debug, Args)]
pub struct ContentArguments {
    /// 打印审阅稿：问题处标号，附校验意见和计算过程
    #[arg(long, help_heading = "选项")]
    pub review: bool,
    /// 审阅稿后附图表：资金、得分、执行率；与 --review 一起用
    #[arg(long, help_heading = "选项")]
    pub charts: bool,
    /// 审阅稿上的标记：草稿、送审稿、定稿；不写时为送审稿
    #[arg(long, value_name = "标记", value_parser = read_mark, help_heading = "选项")]
    pub mark: Option<Mark>,
    /// 打印自评复核工作底稿：自评与复核的完成值、得分逐行对照
    #[arg(long, help_heading = "选项")]
    pub working_paper: bool,
    /// 打印年中绩效运行监控表：截至监控日的执行数和完成情况
    #[arg(long, help_heading = "选项")]
    pub monitoring: bool,
    /// 只打印名称中含有这些字的项目
    #[arg(long, value_name = "名称", value_parser = read_project, help_heading = "选项")]
    pub project: Option<String>,
    /// 用本机的 宋体、仿宋 或 黑体；不写时用自带字体，各台电脑上完全一样
    #[arg(long, value_name = "字体", value_parser = read_face, default_value = "自带字体", hide_default_value = true, help_heading = "选项")]
    pub font: Face,
    /// By what is checked.
    #[command(flatten)]
    pub judge: ProfileArguments,
}

/// Arguments of `print`.
#[derive(Debug, Args)]
pub struct PrintArguments {
    /// 要打印的文件（*.jiping 或 *.json）或文件夹，可以写多个
    #[arg(value_name = "文件或文件夹", required = true, help_heading = "参数")]
    pub files: Vec<PathBuf>,
    /// 打印机，见 printers 命令；不写时用默认打印机
    #[arg(long, value_name = "打印机", help_heading = "选项")]
    pub printer: Option<String>,
    /// 份数，1 到 99；不写时为 1
    #[arg(long, value_name = "份数", value_parser = read_copies, default_value = "1", hide_default_value = true, help_heading = "选项")]
    pub copies: u16,
    /// 多份时逐页打印，不逐份打印
    #[arg(long, help_heading = "选项")]
    pub uncollated: bool,
    /// 只打印这些页，例如 1-3,5；页码从全部内容的第一页数起
    #[arg(long, value_name = "页码", help_heading = "选项")]
    pub pages: Option<String>,
    /// 双面打印，沿 长边 或 短边 翻；不写时单面
    #[arg(long, value_name = "长边|短边", value_parser = read_duplex, help_heading = "选项")]
    pub duplex: Option<Duplex>,
    /// 黑白打印
    #[arg(long, help_heading = "选项")]
    pub grey: bool,
    /// What is printed.
    #[command(flatten)]
    pub content: ContentArguments,
}

/// Arguments of `export`.
#[derive(Debug, Args)]
pub struct ExportArguments {
    /// 要导出的文件（*.jiping 或 *.json）或文件夹，可以写多个
    #[arg(value_name = "文件或文件夹", required = true, help_heading = "参数")]
    pub files: Vec<PathBuf>,
    /// 导出成什么：pdf、png（图片）、xlsx、docx、csv、jsonl、system，见下
    #[arg(
        long,
        value_name = "格式",
        value_enum,
        hide_possible_values = true,
        help_heading = "选项"
    )]
    pub to: To,
    /// What is printed.
    #[command(flatten)]
    pub content: ContentArguments,
    /// 图片的清晰度，每英寸的像素数，36 到 600；不写时为 150
    #[arg(long, value_name = "清晰度", value_parser = read_scale, help_heading = "选项")]
    pub scale: Option<u16>,
    /// xlsx 中的合计、执行率和得分写成公式
    #[arg(long, help_heading = "选项")]
    pub formulas: bool,
    /// 一体化系统的编号，用于 --to system；不写时为 anhui
    #[arg(long, value_name = "编号", help_heading = "选项")]
    pub system: Option<String>,
    /// 覆盖已有的文件
    #[arg(long, help_heading = "选项")]
    pub overwrite: bool,
    /// 输出到哪里：文件名、带占位的文件名或文件夹，见下
    #[arg(short, long, value_name = "输出", help_heading = "选项")]
    pub out: PathBuf,
}

/// Arguments of `fill`.
#[derive(Debug, Args)]
pub struct FillArguments {
    /// 要填写的文件（*.jiping 或 *.json）或文件夹，可以写多个
    #[arg(value_name = "文件或文件夹", required = true, help_heading = "参数")]
    pub files: Vec<PathBuf>,
    /// 原表：当初导入的那份表，或财政部门下发的空白表
    #[arg(long, value_name = "原表", help_heading = "选项")]
    pub into: PathBuf,
    /// 只填名称中含有这些字的项目
    #[arg(long, value_name = "名称", value_parser = read_project, help_heading = "选项")]
    pub project: Option<String>,
    /// 覆盖已有的文件
    #[arg(long, help_heading = "选项")]
    pub overwrite: bool,
    /// 填好的表写到哪里
    #[arg(short, long, value_name = "输出", help_heading = "选项")]
    pub out: PathBuf,
}

/// Arguments of `summary` and `report`.
#[derive(Debug, Args)]
pub struct SummaryArguments {
    /// 要处理的文件（*.jiping 或 *.json）或文件夹，可以写多个
    #[arg(value_name = "文件或文件夹", required = true, help_heading = "参数")]
    pub inputs: Vec<PathBuf>,
    /// 只取名称中含有这些字的项目
    #[arg(long, value_name = "名称", value_parser = read_project, help_heading = "选项")]
    pub project: Option<String>,
    /// 用本机的 宋体、仿宋 或 黑体
    #[arg(long, value_name = "字体", value_parser = read_face, default_value = "自带字体", hide_default_value = true, help_heading = "选项")]
    pub font: Face,
    /// By what is checked.
    #[command(flatten)]
    pub judge: ProfileArguments,
    /// 覆盖已有的文件
    #[arg(long, help_heading = "选项")]
    pub overwrite: bool,
    /// 生成的文件
    #[arg(short, long, value_name = "输出", help_heading = "选项")]
    pub out: PathBuf,
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
    /// document（文件格式）、edition（表样）、system（一体化字段表）或 profile（复核口径）
    #[arg(
        value_name = "document|edition|system|profile",
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

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum To {
    /// PDF, all pages in one file.
    Pdf,
    /// Pictures, one per page.
    Png,
    /// A workbook.
    Xlsx,
    /// A Word document.
    Docx,
    /// Flat tables for Excel.
    Csv,
    /// Flat tables for programs.
    Jsonl,
    /// A budget system's import file.
    System,
}

/// What a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// `*.jiping` files.
    Document,
    /// Edition files.
    Edition,
    /// Maps of budget systems.
    System,
    /// Profile files (复核口径).
    Profile,
}

fn read_level(text: &str) -> Result<Severity, String> {
    match text {
        "错误" | "error" => Ok(Severity::Error),
        "警告" | "warning" => Ok(Severity::Warning),
        "提示" | "hint" => Ok(Severity::Hint),
        _ => Err("级别应为 错误、警告 或 提示".into()),
    }
}

/// Every name contains nothing, so that this is a slip: a variable of a script that was never filled in.
pub(super) fn read_project(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        return Err("请写出项目名称中的字；要处理全部项目时不写 --project".into());
    }
    Ok(text.to_owned())
}

fn read_mark(text: &str) -> Result<Mark, String> {
    let found = Mark::ALL.into_iter().find(|mark| mark.words() == text);
    found.ok_or_else(|| "标记应为 草稿、送审稿 或 定稿".into())
}

fn read_copies(text: &str) -> Result<u16, String> {
    let copies = text
        .parse()
        .ok()
        .filter(|copies| (1..=MOST_COPIES).contains(copies));
    copies.ok_or_else(|| format!("份数应为 1 到 {MOST_COPIES} 之间的整数"))
}

fn read_duplex(text: &str) -> Result<Duplex, String> {
    match text {
        "长边" => Ok(Duplex::LongEdge),
        "短边" => Ok(Duplex::ShortEdge),
        _ => Err("双面打印应为 长边 或 短边".into()),
    }
}

pub(super) fn read_face(text: &str) -> Result<Face, String> {
    let found = Face::ALL.into_iter().find(|face| face.name() == text);
    found.ok_or_else(|| "字体应为 宋体、仿宋 或 黑体".into())
}

fn read_scale(text: &str) -> Result<u16, String> {
    let scale = text.parse().ok().filter(|scale| (36..=600).contains(scale));
    scale.ok_or_else(|| "清晰度应为 36 到 600 之间的整数（每英寸的像素数）".into())
}
