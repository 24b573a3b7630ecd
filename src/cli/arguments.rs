//! What can be asked on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

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

/// What `import` prints, for programs.
const IMPORT_HELP: &str = "\
没有写 -o 时只列出结果，不生成文件。已有的文件不会被覆盖。
退出码：0 全部读入；1 有推测、未导入或跳过的内容；2 有文件读不出来，或没有认出自评表而没有生成文件。
--format json 的内容：
  files    每个文件：name 文件名，refused 读不出来的原因（读出的为 null），read、cleaned、guessed、ignored 各有几处
  forms    认出的表：file、sheet、cell 位置，kind（self_evaluation 自评表、targets 目标申报表或批复表），project、year、
           edition、edition_name，fit（chosen 指定的、known 已有的、built 按原表生成的），share 与已有表样相符的百分比
  accounts 认出的资金表：file、sheet、cell、rows 行数
  entries  每一格：fate（read、cleaned、guessed、ignored），sure 把握（百分比，只有 guessed 有），file、sheet、cell、text、
           field 填入的栏目，target 填入的位置，note 说明
  passed_over 没有查看的文件和文件夹；written 生成的文件，没有生成的为 null";

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
    /// 测算得分并列出计算过程
    #[command(override_usage = "jiping-cli score <文件> [--format 格式] [--project 名称]", help_template = HELP)]
    Score(ScoreArguments),
    /// 导入 Excel、Word、PDF、CSV 和文本中的自评表
    #[command(
        override_usage = "jiping-cli import <文件或文件夹>… [-o <输出>] [--edition 表样] [--format 格式]",
        help_template = HELP,
        after_help = IMPORT_HELP
    )]
    Import(ImportArguments),
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
    Library(LibraryArguments),
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

/// Arguments of `library`.
#[derive(Debug, Args)]
pub struct LibraryArguments {
    /// 要查找的词，可以写名称、拼音首字母、项目类型和单位；不写时列出全部
    #[arg(value_name = "词", help_heading = "参数")]
    pub words: Vec<String>,
    /// 只列这个项目类型的指标，例如 会议
    #[arg(long, value_name = "项目类型", help_heading = "选项")]
    pub kind: Option<String>,
    /// 只列自建和收录的指标
    #[arg(long, help_heading = "选项")]
    pub own: bool,
    /// 导入指标清单（Excel、CSV）或别人导出的指标库（JSON）
    #[arg(long, value_name = "清单", num_args = 1.., conflicts_with_all = ["words", "kind", "own", "gather", "hand_on"], help_heading = "选项")]
    pub import: Vec<PathBuf>,
    /// 从填好的自评表、目标表中收录指标
    #[arg(long, value_name = "文件或文件夹", num_args = 1.., conflicts_with_all = ["words", "kind", "own", "hand_on"], help_heading = "选项")]
    pub gather: Vec<PathBuf>,
    /// 规则查出问题、又不能自动更正的也收录
    #[arg(long, help_heading = "选项")]
    pub faulty: bool,
    /// 把自建和收录的指标导出成 Excel（.xlsx）或数据文件（.json），交给别人使用
    #[arg(long, value_name = "输出", conflicts_with_all = ["words", "kind", "own"], help_heading = "选项")]
    pub hand_on: Option<PathBuf>,
    /// 输出格式：text（给人看）或 json（给程序用）
    #[arg(long, value_name = "格式", value_enum, default_value_t = Format::Text, hide_default_value = true, hide_possible_values = true, help_heading = "选项")]
    pub format: Format,
}

/// Arguments of `import`.
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// 要导入的文件或文件夹，可以写多个
    #[arg(value_name = "文件或文件夹", required = true, help_heading = "参数")]
    pub inputs: Vec<PathBuf>,
    /// 生成的文件（*.jiping）
    #[arg(short, long, value_name = "输出", help_heading = "选项")]
    pub out: Option<PathBuf>,
    /// 全部按这个表样导入，见 editions 命令；不写时自动选择
    #[arg(long, value_name = "表样", help_heading = "选项")]
    pub edition: Option<String>,
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
fn read_project(text: &str) -> Result<String, String> {
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

fn read_face(text: &str) -> Result<Face, String> {
    let found = Face::ALL.into_iter().find(|face| face.name() == text);
    found.ok_or_else(|| "字体应为 宋体、仿宋 或 黑体".into())
}

fn read_scale(text: &str) -> Result<u16, String> {
    let scale = text.parse().ok().filter(|scale| (36..=600).contains(scale));
    scale.ok_or_else(|| "清晰度应为 36 到 600 之间的整数（每英寸的像素数）".into())
}
