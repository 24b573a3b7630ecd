//! The order of the parts, read from the sources: an arrow against it fails here.
//!
//! Folders alone erode, and the compiler allows any module to name any other. The table below says which part may name
//! which; [`imports`] finds what each source names.

mod imports;

use std::path::{Path, PathBuf};
use std::process::Command;

use aho_corasick::AhoCorasick;

use imports::{Import, Kind, ROOT, imports};

/// Each part of `src/` and the parts it may name, lowest first.
const PARTS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("score", &["model"]),
    ("edit", &["model"]),
    ("store", &["model"]),
    ("rules", &["model", "score", "edit"]),
    ("library", &["model", "score", "rules", "edit"]),
    ("sheet", &["model", "score", "rules"]),
    ("summary", &["model", "score", "rules", "sheet"]),
    ("printers", &["sheet"]),
    ("exchange", &["model", "store", "edit"]),
    ("versions", &["model", "edit"]),
    (
        "sharing",
        &[
            "model", "score", "edit", "store", "rules", "sheet", "summary", "exchange", "versions",
        ],
    ),
    ("session", BELOW_SESSION),
    ("cli", UP_TO_SESSION),
    ("ui", UP_TO_SESSION),
];

const BELOW_SESSION: &[&str] = &[
    "model", "score", "edit", "store", "rules", "library", "sheet", "summary", "printers",
    "exchange", "versions", "sharing",
];
const UP_TO_SESSION: &[&str] = &[
    "model", "score", "edit", "store", "rules", "library", "sheet", "summary", "printers",
    "exchange", "versions", "sharing", "session",
];

/// What the programs in `src/bin` may name of the library: `exchange` because one that is started to read a file of other
/// people does that before anything else.
const PROGRAMS_MAY_USE: &[&str] = &["cli", "ui", "exchange"];

/// A file of `src/` has fewer lines than this.
const MAX_LINES: usize = 700;

/// Where a source file stands.
enum Place<'a> {
    /// `src/lib.rs`: declares the parts.
    Root,
    /// A file of a part, with its module's path below the root.
    Part(Vec<&'a str>),
    /// A program in `src/bin`.
    Program,
}

impl<'a> Place<'a> {
    /// The place of a file named relative to the project, such as `src/rules/funds.rs`.
    fn of(file: &'a str) -> Self {
        let below = file.strip_prefix("src/").expect("a file of src/");
        let module = below.strip_suffix(".rs").expect("a Rust source");
        if module == "lib" {
            return Self::Root;
        }
        let mut segments: Vec<&str> = module.split('/').collect();
        if segments[0] == "bin" {
            return Self::Program;
        }
        if segments.last() == Some(&"mod") {
            segments.pop();
        }
        Self::Part(segments)
    }

    fn module(&self) -> &[&'a str] {
        match self {
            Self::Part(module) => module,
            Self::Root | Self::Program => &[],
        }
    }

    fn part(&self) -> Option<&'a str> {
        self.module().first().copied()
    }
}

fn may_use(part: &str) -> Option<&'static [&'static str]> {
    PARTS
        .iter()
        .find(|(name, _)| *name == part)
        .map(|(_, allowed)| *allowed)
}

/// What a source says against the order, one line each.
fn violations(file: &str, source: &str) -> Vec<String> {
    let place = Place::of(file);
    if let Some(part) = place.part()
        && may_use(part).is_none()
    {
        return vec![format!("{file}: the part `{part}` is not in the table")];
    }
    imports(source, place.module())
        .iter()
        .filter_map(|import| {
            let fault = foreign_fault(&place, import)
                .map(str::to_owned)
                .or_else(|| order_fault(&place, import))?;
            Some(format!(
                "{file}:{}: {}: {fault}",
                import.line,
                import.path.join("::")
            ))
        })
        .collect()
}

/// A path out of the crate that this place may not name.
fn foreign_fault(place: &Place, import: &Import) -> Option<&'static str> {
    let path: Vec<&str> = import.path.iter().map(String::as_str).collect();
    match path[..] {
        _ if import.kind == Kind::Hidden => Some("source text that the tests cannot follow"),
        ["std", "net", ..] => Some("no network code"),
        ["std", "fs", ..] if place.part() != Some("store") => Some("files are the store's"),
        ["std"] if import.kind == Kind::Whole => Some("hides what is used of the standard library"),
        [name, ..] if is_window_crate(name) && place.part() != Some("ui") => {
            Some("windows are the ui's")
        }
        _ => None,
    }
}

fn is_window_crate(name: &str) -> bool {
    name.starts_with("egui") || ["eframe", "rfd"].contains(&name)
}

/// A path to another part that the table does not allow from this place.
fn order_fault(place: &Place, import: &Import) -> Option<String> {
    let (first, below) = import.path.split_first()?;
    if first != ROOT {
        return None;
    }
    let allowed = match place {
        Place::Root => return None,
        Place::Program => PROGRAMS_MAY_USE,
        Place::Part(_) => may_use(place.part()?)?,
    };
    let Some(target) = below.first() else {
        let whole = import.kind == Kind::Whole;
        return whole.then(|| "takes or renames the whole crate".to_owned());
    };
    if place.part() == Some(target) {
        return None;
    }
    if may_use(target).is_none() {
        return Some("items are named through their part".to_owned());
    }
    if !allowed.contains(&target.as_str()) {
        let from = place.part().unwrap_or("a program");
        return Some(format!("{from} may use {allowed:?}"));
    }
    (import.kind == Kind::Reexport)
        .then(|| smuggled(place, target))
        .flatten()
}

/// A re-export hands `target` to everyone who may use this part; finds one who may not use `target`.
fn smuggled(place: &Place, target: &str) -> Option<String> {
    let part = place.part()?;
    PARTS
        .iter()
        .filter(|(name, allowed)| *name != target && allowed.contains(&part))
        .find(|(_, allowed)| !allowed.contains(&target))
        .map(|(name, _)| format!("the re-export hands {target} to {name}"))
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files that are, or are about to be, under version control, relative to the project.
fn files() -> Vec<PathBuf> {
    let listing = Command::new("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(project())
        .output()
        .expect("git is installed");
    assert!(listing.status.success(), "the project is a git work tree");
    let names = String::from_utf8(listing.stdout).expect("file names are UTF-8");
    names
        .split_terminator('\0')
        .map(PathBuf::from)
        .filter(|file| project().join(file).is_file())
        .collect()
}

/// The Rust sources of `src/` with their texts; names with `/` on every system.
fn sources() -> Vec<(String, String)> {
    let sources: Vec<_> = files()
        .into_iter()
        .filter(|file| {
            file.starts_with("src") && file.extension().is_some_and(|ending| ending == "rs")
        })
        .map(|file| {
            let text = std::fs::read_to_string(project().join(&file)).expect("sources are UTF-8");
            (file.to_string_lossy().replace('\\', "/"), text)
        })
        .collect();
    assert!(
        sources.iter().any(|(file, _)| file == "src/lib.rs"),
        "the sources are found"
    );
    sources
}

#[test]
fn parts_keep_to_their_order() {
    let found: Vec<String> = sources()
        .iter()
        .flat_map(|(file, text)| violations(file, text))
        .collect();
    assert!(
        found.is_empty(),
        "against the order of the parts:\n{}",
        found.join("\n")
    );
}

#[test]
fn the_table_points_downward() {
    for (at, (part, allowed)) in PARTS.iter().enumerate() {
        for target in *allowed {
            let lower = PARTS[..at].iter().any(|(name, _)| name == target);
            assert!(lower, "{part} → {target}");
        }
    }
}

#[test]
fn files_of_src_stay_short() {
    let long: Vec<String> = sources()
        .iter()
        .map(|(file, text)| (text.lines().count(), file))
        .filter(|(lines, _)| *lines >= MAX_LINES)
        .map(|(lines, file)| format!("{file}: {lines} lines"))
        .collect();
    assert!(
        long.is_empty(),
        "one subject per file, below {MAX_LINES} lines:\n{}",
        long.join("\n")
    );
}

#[test]
fn no_file_names_the_machine_it_was_written_on() {
    // In pieces, so that this file does not name them either.
    let places = [
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("../sha", "red"),
    ];
    let places = AhoCorasick::new(places).expect("three short patterns");
    let found: Vec<String> = files()
        .iter()
        .filter_map(|file| {
            let content = std::fs::read(project().join(file))
                .expect("a file under version control is readable");
            let hit = places.find(&content)?;
            let line = content[..hit.start()]
                .iter()
                .filter(|byte| **byte == b'\n')
                .count()
                + 1;
            Some(format!("{}:{line}", file.display()))
        })
        .collect();
    assert!(
        found.is_empty(),
        "paths of one machine:\n{}",
        found.join("\n")
    );
}

/// The lines that a source in `file` is faulted for.
fn faulted_lines(file: &str, source: &str) -> Vec<usize> {
    let prefix = format!("{file}:");
    let mut lines: Vec<usize> = violations(file, source)
        .iter()
        .map(|violation| {
            let line = violation
                .strip_prefix(&prefix)
                .and_then(|rest| rest.split(':').next());
            line.and_then(|line| line.parse().ok())
                .expect("file and line come first")
        })
        .collect();
    lines.dedup();
    lines
}

#[test]
fn every_way_to_name_a_higher_part_is_found() {
    for (way, source) in [
        ("inline path", "fn f() {\n crate::session::open(); }"),
        (
            "type",
            "struct S {\n session: Option<crate::session::Session> }",
        ),
        ("bound", "fn f<T>(_: T) where\n T: crate::session::Sees {}"),
        ("use", "\nuse crate::session::Session;"),
        (
            "use tree",
            "use crate::{model::id::Id,\n session::{self, Session}};",
        ),
        ("glob", "\nuse crate::session::*;"),
        ("rename", "\nuse crate::session as lower;"),
        ("super chain", "\nuse super::super::session::Session;"),
        (
            "self and super",
            "fn f() {\n self::super::super::session::open(); }",
        ),
        ("re-export", "\npub use crate::session::Session;"),
        (
            "cfg",
            "#[cfg(all(windows, feature = \"never\"))]\nuse crate::session::Session;",
        ),
        (
            "test module",
            "#[cfg(test)] mod tests {\n use super::super::super::session::Session; }",
        ),
        (
            "use in a function",
            "fn f() {\n use crate::session::open; }",
        ),
        ("own crate's name", "\nuse jiping::session::Session;"),
        ("raw name", "\nuse crate::r#session::Session;"),
        (
            "macro call",
            "fn f() { assert!(\n crate::session::ready()); }",
        ),
        (
            "macro definition",
            "macro_rules! m { () => {\n $crate::session::open() } }",
        ),
        (
            "use tree in a macro",
            "m! { use crate::{model::id,\n session::{self}}; }",
        ),
        (
            "super chain in a macro",
            "fn f() { vec![\n super::super::session::open()]; }",
        ),
        ("attribute", "\n#[derive(crate::session::Sees)] struct S;"),
        (
            "name in an attribute",
            "struct S { #[serde(\n with = \"crate::session::text\")] text: String }",
        ),
        ("whole crate", "\nuse crate::*;"),
        ("whole crate by super", "\nuse super::super::*;"),
        ("whole crate renamed", "\nuse crate as all;"),
        (
            "whole crate renamed in a tree",
            "\nuse crate::{self as all};",
        ),
        (
            "whole crate renamed in a macro",
            "m! {\n use crate as all; }",
        ),
        ("extern crate", "\nextern crate self as all;"),
        ("item of the root", "fn f() {\n crate::open(); }"),
        ("included text", "\ninclude!(\"other.txt\");"),
        (
            "foreign file",
            "\n#[path = \"../session/open.rs\"] mod open;",
        ),
    ] {
        assert_eq!(
            faulted_lines("src/score/total.rs", source),
            [2],
            "{way}: {source}"
        );
    }
}

#[test]
fn what_the_order_allows_is_not_faulted() {
    let source = r#"
        //! Speaks of [`crate::session`].
        use std::collections::BTreeMap;
        use crate::model::{self, id::{Id, IdSource}};
        use super::{execution::Rate, group as groups};
        pub(in crate::score) fn f(session: &str) -> &str { crate::score::execution::rate(session) }
        /// As `crate::session::open` does.
        pub use self::inner::*;
        mod inner { use super::super::execution; use crate::model::id::*; }
        fn g() -> String { format!("crate::session::{}", model::session()) }
        struct S { #[serde(with = "crate::model::text")] text: String }
    "#;
    assert_eq!(violations("src/score/total.rs", source), [""; 0]);
    assert_eq!(
        violations("src/lib.rs", "pub mod session; pub mod model;"),
        [""; 0]
    );
    assert_eq!(
        violations(
            "src/session/mod.rs",
            "use crate::rules::check; use super::score;"
        ),
        [""; 0]
    );
}

#[test]
fn each_arrow_outside_the_table_is_faulted() {
    for (part, allowed) in PARTS {
        for (target, _) in PARTS.iter().filter(|(target, _)| target != part) {
            let file = format!("src/{part}/mod.rs");
            let found = violations(&file, &format!("use crate::{target}::thing;"));
            assert_eq!(
                found.is_empty(),
                allowed.contains(target),
                "{part} → {target}: {found:?}"
            );
        }
    }
}

#[test]
fn a_re_export_may_not_hand_on_what_others_may_not_use() {
    let edit = "pub use crate::edit::EditCommand;";
    assert_eq!(
        faulted_lines("src/rules/mod.rs", edit),
        [1],
        "sheet may use rules, but not edit"
    );
    assert_eq!(
        violations("src/rules/mod.rs", "use crate::edit::EditCommand;"),
        [""; 0]
    );
    assert_eq!(
        violations("src/rules/mod.rs", "pub use crate::score::Scored;"),
        [""; 0]
    );
}

#[test]
fn a_part_outside_the_table_is_faulted() {
    let found = violations("src/utils/text.rs", "");
    assert_eq!(
        found,
        ["src/utils/text.rs: the part `utils` is not in the table"]
    );
}

#[test]
fn programs_use_the_command_line_or_the_window_only() {
    let program = "src/bin/jiping-cli.rs";
    assert_eq!(
        violations(program, "fn main() { jiping::cli::run(); }"),
        [""; 0]
    );
    assert_eq!(violations(program, "use jiping::ui::app;"), [""; 0]);
    assert_eq!(faulted_lines(program, "use jiping::session::Session;"), [1]);
    assert_eq!(faulted_lines(program, "use jiping::*;"), [1]);
}

#[test]
fn windows_belong_to_the_ui() {
    for source in [
        "use egui::Ui;",
        "use egui_extras::Table;",
        "fn f(_: &eframe::Frame) {}",
        "fn f() { dbg!(rfd::FileDialog::new()); }",
        "extern crate eframe;",
        "use ::egui::Ui;",
    ] {
        assert_eq!(faulted_lines("src/session/mod.rs", source), [1], "{source}");
        assert_eq!(violations("src/ui/grid.rs", source), [""; 0], "{source}");
    }
}

#[test]
fn files_belong_to_the_store_and_sockets_to_nobody() {
    for source in [
        "use std::fs;",
        "use std::{fs::File, io};",
        "fn f() { std::fs::read(\"a\"); }",
        "fn f() { assert!(std::fs::exists(\"a\")); }",
        "m! { use std::{io, fs}; }",
    ] {
        assert_eq!(faulted_lines("src/session/mod.rs", source), [1], "{source}");
        assert_eq!(violations("src/store/fs.rs", source), [""; 0], "{source}");
    }
    assert_eq!(faulted_lines("src/session/mod.rs", "use std as s;"), [1]);
    assert_eq!(
        faulted_lines("src/store/fs.rs", "use std::net::TcpStream;"),
        [1]
    );
}
