//! Every message that the program has as a value, with values as they come up; and all other texts from the source.

use std::{
    collections::BTreeSet,
    fmt::{Debug, Display},
    io,
    path::{Path, PathBuf},
};

use jiping::{
    edit::{
        batch_funds::Unmatched,
        refusal::{Missing, Refusal},
    },
    exchange::{
        error::{Excess, ReadError},
        fill::FillError,
        kind::Kind as FileKind,
        system::{SystemError, SystemFileError},
    },
    model::{indicator::ApprovedField, project::Stage},
    printers::{SpoolError, ticket::RangeError},
    rules::checker::Verdict,
    session::{
        editions::missing_edition,
        jobs::JobError,
        print::{failure, files::PrintError},
        saving::{Conflict, SaveError},
        session::{FixError, OpenError},
    },
    sharing::fill_in::NotTaken,
    sharing::{
        anonymise::{BadWord, NotMade},
        parcel::read::ParcelError,
        publish::PublishError,
    },
    sheet::office::OfficeError,
    store::{
        Fingerprint, Left, SaveWarning, Step, StoreError,
        editions::EditionError,
        error::reason,
        format::OpenReport,
        format_error::{FormatError, Position},
        integrity::{Dangling, Findings, Kind, Reissued},
        profiles::ProfileError,
    },
    ui::launch::words,
    versions::compare::Summary,
};

use super::{
    page::{Chapter, Entry},
    source::Source,
};
use crate::cases;

/// A message as it comes up.
struct Example {
    of: &'static str,
    variant: String,
    text: String,
}

/// The variant is what `Debug` begins with.
fn example(of: &'static str, message: &(impl Debug + Display)) -> Example {
    let debug = format!("{message:?}");
    let variant = debug.split(|c: char| !c.is_alphanumeric()).next();
    Example {
        of,
        variant: variant.unwrap_or_default().to_owned(),
        text: message.to_string(),
    }
}

macro_rules! examples {
    ($type:ident: $($message:expr),+ $(,)?) => {
        vec![$({
            let message: $type = $message;
            example(stringify!($type), &message)
        }),+]
    };
}

/// Errors that no window and no command line shows as they are.
const INSIDE: [&str; 3] = ["BadId", "BadPath", "SharingViolation"];
/// Errors that only this program's own parts can make; their words are read from the source.
const CLOSED: [&str; 3] = ["LayoutError", "NotPacked", "PdfError"];

/// Variants that say what one of those errors says.
const HANDS_ON: [(&str, &str); 4] = [
    ("PrintError", "Layout"),
    ("PrintError", "Pdf"),
    ("PrintError", "Spool"),
    ("SpoolError", "Pdf"),
];

const FILE: &str = r"D:\绩效\2021\科协2020.jiping";

fn path() -> PathBuf {
    FILE.into()
}

fn full() -> io::Error {
    io::ErrorKind::StorageFull.into()
}

fn store_errors() -> Vec<Example> {
    let written = Fingerprint::of(b"x");
    examples![StoreError:
        StoreError::Missing { path: path() },
        StoreError::NotAFile { path: path() },
        StoreError::TooLarge { limit: 64 << 20, path: path() },
        StoreError::NoFolder { folder: r"E:\报送".into(), path: r"E:\报送\表.jiping".into() },
        StoreError::Unreadable { step: Step::Open, path: path(), source: io::ErrorKind::PermissionDenied.into() },
        StoreError::Unreadable { step: Step::Open, path: path(), source: io::ErrorKind::TimedOut.into() },
        StoreError::ReadOnly { path: path() },
        StoreError::Refused { reason: "写出的内容与正在编辑的不一致".into(), path: path() },
        StoreError::Exists { path: path() },
        StoreError::ChangedMeanwhile { path: path() },
        StoreError::Failed { step: Step::WriteTemporary, left: Left::Original, path: path(), source: full() },
        StoreError::Failed { step: Step::CreateTemporary, left: Left::Nothing, path: path(), source: io::ErrorKind::PermissionDenied.into() },
        StoreError::Failed { step: Step::ReadCurrent, left: Left::Untouched, path: path(), source: io::ErrorKind::TimedOut.into() },
        StoreError::NotReplaced { kept: format!("{FILE}.新内容").into(), left: Left::Original, path: path(), source: io::ErrorKind::PermissionDenied.into() },
        StoreError::Unverified { written, path: path(), source: io::ErrorKind::TimedOut.into() },
        StoreError::Differs { on_disk: written, path: path() },
        StoreError::DamagedBackup { path: path() },
        StoreError::NoDataFolder,
    ]
}

fn format_errors() -> Vec<Example> {
    let at = Position {
        line: 12,
        column: 7,
    };
    let problem = || "字段之间缺少逗号，或缺少右花括号".to_owned();
    examples![FormatError:
        FormatError::Empty,
        FormatError::NotJiping,
        FormatError::OtherEncoding { encoding: "GBK" },
        FormatError::NotText { at },
        FormatError::CutShort { at },
        FormatError::NotJson { at, problem: problem() },
        FormatError::Content { at, problem: "应为文字，实际是数字“12”".into() },
        FormatError::Newer { found: 9, supported: 1 },
        FormatError::NoSuchVersion { found: 0 },
        FormatError::NotUpgradable { from: 1, problem: "缺少字段 projects".into() },
    ]
}

fn session_errors() -> Vec<Example> {
    let missing = || StoreError::Missing { path: path() };
    let mut all = examples![OpenError:
        OpenError::Store(missing()),
        OpenError::Format { error: FormatError::NotJiping, path: path() },
    ];
    all.extend(examples![SaveError:
        SaveError::NoPath,
        SaveError::UnderWay,
        SaveError::Store(StoreError::ReadOnly { path: path() }),
    ]);
    all.extend(examples![FixError:
        FixError::NotOffered,
        FixError::Outdated,
        FixError::Refused(Refusal::LockedByStage(Stage::Final)),
    ]);
    all.extend(examples![JobError:
        JobError::Panicked("src/sheet/layout.rs:120".into()),
        JobError::NotStarted(io::Error::from_raw_os_error(11)),
    ]);
    all.extend(examples![PrintError:
        PrintError::Nothing,
        PrintError::Store(StoreError::ReadOnly { path: r"D:\绩效\科协2020.pdf".into() }),
        PrintError::Foreign(r"D:\绩效\科协2020.pdf".into()),
        PrintError::Exist(vec![path()]),
        PrintError::NoPicture(3),
        PrintError::Cancelled,
    ]);
    let words = || "RPC 服务器不可用。 (os error 1722)".to_owned();
    let printer = || "财务室激光".to_owned();
    all.extend(examples![SpoolError:
        SpoolError::NoService { service: "Windows 服务 Print Spooler", words: words() },
        SpoolError::Unknown(printer()),
        SpoolError::Refused { printer: printer(), words: "已搬到 305 室".into() },
        SpoolError::Failed { printer: printer(), words: words() },
        SpoolError::NotDrawn(3),
        SpoolError::Cancelled,
    ]);
    all.extend(examples![RangeError:
        RangeError::Empty,
        RangeError::Malformed("二".into()),
        RangeError::Beyond { page: 9, count: 3 },
    ]);
    all.extend(examples![EditionError:
        EditionError::Json { name: "某市.json".into(), line: 3, column: 9, what: "缺少逗号".into() },
        EditionError::Problems {
            name: "某市.json".into(),
            problems: vec!["scoring.execution.weight：10 与各级指标的分值相加不是 100".into()],
        },
        EditionError::Taken { name: "某市.json".into(), id: "mof-2020".into() },
    ]);
    all.extend(examples![BadWord:
        BadWord::TooShort,
        BadWord::OfAliases("单位".into()),
        BadWord::Known("福田区教育局".into()),
    ]);
    all.extend(examples![NotMade: NotMade]);
    all.extend(examples![PublishError:
        PublishError::Nothing,
        PublishError::Undecided(3),
        PublishError::Failed("没有生成 PDF，表中内容没有改动。请把以下信息交给维护人员：……。".into()),
    ]);
    all.extend(examples![ParcelError:
        ParcelError::NoParcel,
        ParcelError::Newer(2),
        ParcelError::Unsafe("../a.pdf".into()),
        ParcelError::Clash("佐证材料/A.pdf".into()),
        ParcelError::Changed,
        ParcelError::NoDocument,
        ParcelError::Archive(ReadError::TooLarge(Excess::Ratio)),
        ParcelError::Document(FormatError::NotJiping),
    ]);
    all.extend(examples![ProfileError:
        ProfileError {
            name: "某市复核口径.json".into(),
            why: "changes.all.thresholds.checks.very_low_rate：应为 0 到 100 之间的数（%）".into(),
        },
    ]);
    all
}

fn refusals() -> Vec<Example> {
    let name = || "举办业务培训场次".to_owned();
    let mut all = examples![Refusal:
        Refusal::UnknownProject,
        Refusal::LockedByStage(Stage::Submitted),
        Refusal::Reviewing,
        Refusal::OpenedWithoutReason(Stage::Final),
        Refusal::LockedByApproval { name: name(), field: ApprovedField::Target },
        Refusal::ApprovedRow(name()),
        Refusal::NotApproved(name()),
        Refusal::UnusableMethod("各档应由好到差排列，界限不能重复"),
        Refusal::PartAway(name()),
        Refusal::PartOfItself(name()),
        Refusal::DuplicateId,
        Refusal::DanglingReference("合并原因"),
        Refusal::UnknownTier("基本达到".into()),
        Refusal::Unaddressable,
        Refusal::MergeOutdated,
        Refusal::OnlyLooking,
        Refusal::NothingAdjusted(ApprovedField::Target),
        Refusal::PasteTooWide(2),
        Refusal::PasteTooLong(3),
        Refusal::PasteOutsideTable,
        Refusal::PasteNothing,
        Refusal::OtherBlock { here: "数量指标".into(), pasted: "质量指标".into() },
        Refusal::NotAnAmount("待定".into()),
        Refusal::InsideMerged,
    ];
    let missing = [
        Missing::Cell,
        Missing::Indicator,
        Missing::Group,
        Missing::Section,
        Missing::Goal,
        Missing::Fund,
        Missing::TableRow,
        Missing::Reason,
        Missing::Evidence,
        Missing::Note,
        Missing::Reply,
        Missing::Explanation,
        Missing::Sending,
        Missing::Footnote,
        Missing::Rectification,
    ];
    let missing = missing.map(|part| example("Refusal", &Refusal::UnknownPlace(part)));
    all.extend(missing);
    all.extend(examples![Unmatched:
        Unmatched::Nameless,
        Unmatched::Unknown,
        Unmatched::Ambiguous(2),
        Unmatched::OtherCode("P2020001".into()),
        Unmatched::Repeated(3),
        Unmatched::NoEdition,
        Unmatched::NoFundRow,
    ]);
    all
}

fn examples() -> Vec<Example> {
    let mut all = store_errors();
    all.extend(format_errors());
    all.extend(session_errors());
    all.extend(refusals());
    all.extend(of_reading());
    all.extend(of_making());
    all
}

/// Why a file for other people was not made.
fn of_making() -> Vec<Example> {
    let mut all = examples![FillError:
        FillError::Unread(ReadError::Protected),
        FillError::Kind("这种表格不能直接填回，没有填写，原文件没有改动。请用 WPS 表格打开，“文件—另存为”选 .xlsx，再填回。".into()),
        FillError::NoForm,
        FillError::NoMatch("表中是“学术交流”".into()),
    ];
    all.extend(examples![OfficeError:
        OfficeError::TooLarge("“自评表”的行数超过 1048576 行".into()),
        OfficeError::Failed("zip".into()),
    ]);
    all.extend(examples![NotTaken:
        NotTaken::NotOurs,
        NotTaken::OtherDocument("学术交流".into()),
        NotTaken::Gone("学术交流".into()),
    ]);
    all.extend(examples![SystemError:
        SystemError {
            file: "anhui.json".into(),
            why: "没有“tables”".into(),
        },
    ]);
    all.extend(examples![SystemFileError:
        SystemFileError::Rows("绩效指标".into()),
        SystemFileError::Text("“绩效目标”第 2 行".into(), 40_000),
        SystemFileError::Failed("zip".into()),
    ]);
    all
}

/// Why a file of other people cannot be read.
fn of_reading() -> Vec<Example> {
    let mut all = examples![ReadError:
        ReadError::Empty,
        ReadError::Unreadable(FileKind::OldWord),
        ReadError::Protected,
        ReadError::Scanned,
        ReadError::TooLarge(Excess::Ratio),
        ReadError::TooSlow(5),
        ReadError::Broken("xl/workbook.xml".into()),
        ReadError::NoTable,
        ReadError::Crashed("139".into()),
        ReadError::Cancelled,
    ];
    all.extend(examples![Excess:
        Excess::File,
        Excess::Entries,
        Excess::Entry,
        Excess::Ratio,
        Excess::Unpacked,
        Excess::SharedStrings,
        Excess::Rows,
        Excess::Columns,
        Excess::Sheets,
        Excess::Cells,
        Excess::Text,
        Excess::Cell,
        Excess::Depth,
        Excess::Pages,
        Excess::Memory,
    ]);
    all
}

/// The errors of the source, each with what it says; nothing may be without an example.
fn errors(sources: &[Source]) -> Vec<Entry> {
    let examples = examples();
    let mut used = 0;
    let mut entries = Vec::new();
    for source in sources {
        for error in &source.errors {
            if INSIDE.contains(&error.name.as_str()) {
                continue;
            }
            let mut entry = Entry::new(&error.name, format!("{}::{}", source.file, error.name));
            for (variant, template) in &error.variants {
                if CLOSED.contains(&error.name.as_str()) {
                    entry = entry.line("", template);
                    continue;
                }
                if HANDS_ON.contains(&(error.name.as_str(), variant.as_str())) {
                    continue;
                }
                let of = |each: &&Example| each.of == error.name && each.variant == *variant;
                let shown: Vec<_> = examples.iter().filter(of).collect();
                assert!(
                    !shown.is_empty(),
                    "{}::{variant} is not among the examples of this file",
                    error.name
                );
                used += shown.len();
                for each in shown {
                    entry = entry.line(variant, &each.text);
                }
            }
            entries.push(entry);
        }
    }
    assert_eq!(used, examples.len(), "an example of something that is gone");
    entries
}

fn conflicts() -> Entry {
    let entry = Entry::new("保存冲突", "src/session/saving.rs::Conflict");
    let found = Some(Fingerprint::of(b"x"));
    let forms = [
        (true, found, "已被改动"),
        (true, None, "已不在"),
        (false, found, "同名"),
    ];
    forms
        .into_iter()
        .fold(entry, |entry, (own, on_disk, word)| {
            let path = path();
            entry.line(word, Conflict { path, on_disk, own }.to_string())
        })
}

fn warnings() -> Entry {
    let failed = |left| StoreError::Failed {
        step: Step::Backup,
        left,
        path: r"C:\数据\备份\科协2020".into(),
        source: full(),
    };
    let all = [
        SaveWarning::Backup(failed(Left::Untouched)),
        SaveWarning::Backup(StoreError::NoDataFolder),
        SaveWarning::Permissions(io::ErrorKind::PermissionDenied.into()),
        SaveWarning::SyncFolder(io::ErrorKind::TimedOut.into()),
    ];
    let entry = Entry::new("已保存，但…", "src/store/save.rs::SaveWarning");
    all.iter().fold(entry, |entry, warning| {
        // A new warning does not compile until it is shown here.
        let word = match warning {
            SaveWarning::Backup(_) => "Backup",
            SaveWarning::Permissions(_) => "Permissions",
            SaveWarning::SyncFolder(_) => "SyncFolder",
        };
        entry.line(word, warning.to_string())
    })
}

fn reasons() -> Entry {
    use io::ErrorKind as K;
    let kinds = [
        K::StorageFull,
        K::QuotaExceeded,
        K::PermissionDenied,
        K::ReadOnlyFilesystem,
        K::NotFound,
        K::AlreadyExists,
        K::NotADirectory,
        K::IsADirectory,
        K::Unsupported,
        K::InvalidFilename,
        K::InvalidInput,
        K::FileTooLarge,
        K::OutOfMemory,
        K::WriteZero,
        K::UnexpectedEof,
        K::Interrupted,
        K::BrokenPipe,
        K::ResourceBusy,
        K::ConnectionReset,
        K::TimedOut,
        K::Other,
    ];
    let entry = Entry::new("系统给出的原因", "src/store/error.rs::reason");
    kinds.into_iter().fold(entry, |entry, kind| {
        entry.line(format!("{kind:?}"), reason(&kind.into()))
    })
}

fn printing_failures() -> Entry {
    let pdf = || PathBuf::from(r"D:\绩效\科协2020.pdf");
    let failed = |source: io::ErrorKind, left| StoreError::Failed {
        step: Step::WriteTemporary,
        left,
        path: pdf(),
        source: source.into(),
    };
    let all = [
        StoreError::NoFolder {
            folder: r"E:\报送".into(),
            path: pdf(),
        },
        StoreError::ReadOnly { path: pdf() },
        StoreError::ChangedMeanwhile { path: pdf() },
        failed(io::ErrorKind::StorageFull, Left::Original),
        failed(io::ErrorKind::PermissionDenied, Left::Nothing),
        failed(io::ErrorKind::InvalidFilename, Left::Nothing),
        failed(io::ErrorKind::TimedOut, Left::Untouched),
        StoreError::NotReplaced {
            kept: r"D:\绩效\科协2020.新内容.pdf".into(),
            left: Left::Original,
            path: pdf(),
            source: io::ErrorKind::PermissionDenied.into(),
        },
        StoreError::Unverified {
            written: Fingerprint::of(b"x"),
            path: pdf(),
            source: io::ErrorKind::TimedOut.into(),
        },
        StoreError::Differs {
            on_disk: Fingerprint::of(b"x"),
            path: pdf(),
        },
    ];
    let entry = Entry::new("打印和导出出错", "src/session/print/failure.rs::in_words");
    all.iter().fold(entry, |entry, error| {
        entry.line("", failure::in_words(error))
    })
}

fn opening_notes() -> Entry {
    let project = cases::clean_project(&cases::edition("mof-2020"));
    let report = OpenReport {
        migrated_from: Some(0),
        findings: Findings {
            reissued: vec![Reissued {
                kind: Kind::Indicator,
                old: 1,
                new: 2,
            }],
            dangling: vec![Dangling {
                project: project.id,
                from: Kind::Note,
                to: Kind::Indicator,
                target: 3,
            }],
            unreadable_cells: 2,
            unknown_fields: BTreeSet::from(["attachments".to_owned()]),
        },
    };
    let entry = Entry::new("打开后的说明", "src/store/format.rs::OpenReport");
    let entry = report
        .sentences()
        .into_iter()
        .fold(entry, |entry, sentence| entry.line("", sentence));
    entry.line("缺少表样", missing_edition("某市-2021"))
}

fn differences() -> Entry {
    let all = [
        Summary::default(),
        Summary {
            changed: 2,
            places: 5,
            ..Summary::default()
        },
        Summary {
            changed: 1,
            added: 1,
            removed: 2,
            places: 1,
            beside: 3,
        },
    ];
    let entry = Entry::new("与文件的差别", "src/versions/compare/mod.rs::Summary");
    all.iter()
        .fold(entry, |entry, each| entry.line("", each.to_string()))
}

fn verdicts() -> Entry {
    let of = |blocking, approved, unchecked, disabled| Verdict {
        blocking,
        approved,
        unchecked,
        disabled,
    };
    let all = [
        of(0, 0, 0, 0),
        of(0, 2, 0, 0),
        of(3, 2, 0, 0),
        of(0, 0, 1, 0),
        of(3, 0, 1, 2),
    ];
    let entry = Entry::new("校验结论", "src/rules/checker.rs::Verdict");
    all.iter()
        .fold(entry, |entry, each| entry.line("", each.to_string()))
}

fn without_window() -> Entry {
    let copy = Path::new(r"C:\数据\恢复\1-1.jiping");
    let log = Path::new(r"C:\数据\日志\jiping.log");
    Entry::new("打不开窗口", "src/ui/launch/words.rs")
        .line("no_display", words::no_display())
        .line(
            "no_renderer",
            words::no_renderer(&["vulkan：没有可用的显卡".into(), "glow：没有 OpenGL".into()]),
        )
        .line("given_up", words::given_up(Some(copy), Some(log)))
        .line("misused", words::misused("--help"))
}

pub fn chapter(sources: &[Source]) -> Chapter {
    let mut entries = errors(sources);
    entries.extend([
        conflicts(),
        warnings(),
        reasons(),
        printing_failures(),
        opening_notes(),
        differences(),
        verdicts(),
        without_window(),
    ]);
    Chapter {
        title: "消息",
        about: "出错、拒绝和说明，带实际的值；灰色小字是源程序中的名称。",
        entries,
    }
}

/// What is said in passing or in a message box, with the other words of the function that says it.
pub fn spoken(sources: &[Source]) -> Chapter {
    Chapter {
        title: "提示",
        about: "左下角的提示和消息框的文字，按说出它的函数排列；花括号处填入实际的值。",
        entries: from_source(sources, true),
    }
}

/// All other Chinese words of the program.
pub fn remaining(sources: &[Source]) -> Chapter {
    Chapter {
        title: "其余文字",
        about: "源程序中其余的中文：标题、标签、按钮、悬停说明、规则的句式、命令行的输出，按文件排列。",
        entries: from_source(sources, false),
    }
}

fn from_source(sources: &[Source], speaks: bool) -> Vec<Entry> {
    let of_file = |source: &Source| {
        let functions = source.functions.iter();
        let mut functions = functions
            .filter(|function| function.speaks == speaks)
            .peekable();
        functions.peek()?;
        let short = source.file.trim_start_matches("src/");
        let entry = Entry::new(short.trim_end_matches(".rs"), &source.file);
        Some(functions.fold(entry, |entry, function| {
            entry.line(&function.name, function.texts.join("\n"))
        }))
    };
    sources.iter().filter_map(of_file).collect()
}
