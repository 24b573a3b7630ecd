//! Where printed files go, and whether they may.

use std::{
    collections::HashSet,
    ffi::OsStr,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use super::naming::{FileName, Names, Paging, Pattern, Values, has_placeholder};
use crate::{
    cli::{
        arguments::To,
        one_line::{is_visible, one_line},
    },
    session::print::failure,
    store::{
        Fs, StoreError,
        error::{reason, shown},
        fs::{FileInfo, FileKind},
    },
};

/// Where files go: a folder, and how they are named in it.
pub struct Targets {
    folder: PathBuf,
    pattern: Pattern,
    paging: Paging,
    to: To,
}

impl Targets {
    /// What `-o` asks for. A folder stands for `{name}` in it.
    ///
    /// # Errors
    ///
    /// The name makes no sense, is that of another kind of file, or its folder is not there; in words.
    pub fn parse(out: &Path, to: To, fs: &dyn Fs) -> Result<Self, String> {
        refuse_no_name(out)?;
        let is_folder = |path: &Path| {
            let info = fs.info(path);
            info.is_ok_and(|info| info.kind == FileKind::Folder)
        };
        let (folder, stem) = if ends_with_separator(out) || is_folder(out) {
            (out.to_path_buf(), "{name}".to_owned())
        } else {
            (
                out.parent().unwrap_or(Path::new("")).to_path_buf(),
                stem_of(out, to)?,
            )
        };
        let pattern =
            Pattern::parse(&stem).map_err(|problem| format!("{problem}输出：{}", told(out)))?;
        let paging = match to {
            To::Pdf if pattern.has_page() => {
                return Err(format!(
                    "PDF 的各页在同一个文件中，文件名里不能写 {{page}}，没有生成文件。输出：{}",
                    told(out)
                ));
            }
            To::Pdf => Paging::Together,
            To::Png if pattern.has_page() => Paging::Always,
            To::Png => Paging::IfSeveral,
        };
        if !folder.as_os_str().is_empty() && !is_folder(&folder) {
            return Err(no_folder(&folder, out, fs));
        }
        Ok(Self {
            folder,
            pattern,
            paging,
            to,
        })
    }

    /// Whether each project becomes a file of its own.
    pub fn is_for_each(&self) -> bool {
        self.pattern.is_for_each()
    }

    /// Names for these, no two alike.
    pub fn names<'v>(&self, values: impl IntoIterator<Item = Values<'v>>) -> Vec<FileName> {
        let mut names = Names::new(&self.pattern, self.paging, self.to.extension());
        let values = values.into_iter();
        values.map(|values| names.next(&values)).collect()
    }

    /// Where a file of this name goes.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Looks before anything is written whether something is in the way.
    ///
    /// # Errors
    ///
    /// A source would be overwritten; or, unless `overwrites`, files are there already. All of them are named.
    pub fn refuse_taken(
        &self,
        names: &[&FileName],
        sources: &[&Path],
        overwrites: bool,
        fs: &dyn Fs,
    ) -> Result<(), String> {
        let taken = self.taken(names, fs);
        let location = |path: &Path| fs.resolve(path).ok();
        let of_sources: Vec<PathBuf> = sources.iter().filter_map(|path| location(path)).collect();
        let is_source = |path: &Path| location(path).is_some_and(|at| of_sources.contains(&at));
        if let Some((path, _)) = taken.iter().find(|(path, _)| is_source(path)) {
            return Err(format!(
                "这个文件正是要导出的源文件，没有覆盖它，也没有生成任何文件。请换一个文件名。文件：{}",
                told(path)
            ));
        }
        if let Some((path, _)) = taken.iter().find(|(_, info)| info.kind != FileKind::File) {
            let path = path.clone();
            return Err(one_line(&StoreError::NotAFile { path }.to_string()));
        }
        if overwrites || taken.is_empty() {
            return Ok(());
        }
        let list: Vec<String> = taken.iter().map(|(path, _)| told(path)).collect();
        Err(format!(
            "同名文件已存在，没有覆盖，也没有生成任何文件。请换一个文件名或文件夹；确认要覆盖时加上 --overwrite。文件：\n{}",
            list.join("\n")
        ))
    }

    /// Files that are there under names that pages may get, other than those just written.
    pub fn left_over(
        &self,
        names: &[&FileName],
        written: &HashSet<&Path>,
        fs: &dyn Fs,
    ) -> Vec<PathBuf> {
        let there = self.taken(names, fs).into_iter();
        there
            .filter(|(path, info)| info.kind == FileKind::File && !written.contains(path.as_path()))
            .map(|(path, _)| path)
            .collect()
    }

    /// What is there under the names that files may get. How many pages there will be is not known yet.
    fn taken(&self, names: &[&FileName], fs: &dyn Fs) -> Vec<(PathBuf, FileInfo)> {
        let candidates: Vec<PathBuf> = match self.paging {
            Paging::Together => names
                .iter()
                .map(|name| self.path(&name.of_page(1, 1)))
                .collect(),
            Paging::IfSeveral | Paging::Always => {
                // A folder that cannot be listed may still be written to; nothing is overwritten there either.
                let listed = fs.list(&self.path(".")).unwrap_or_default();
                let is_ours = |file: &&OsStr| {
                    let file = file.to_str();
                    file.is_some_and(|file| names.iter().any(|name| name.may_become(file)))
                };
                let mut ours: Vec<&OsStr> = listed
                    .iter()
                    .map(|file| file.as_os_str())
                    .filter(is_ours)
                    .collect();
                ours.sort_unstable_by_key(|file| (file.len(), *file));
                ours.into_iter()
                    .map(|file| self.folder.join(file))
                    .collect()
            }
        };
        candidates
            .into_iter()
            .filter_map(|path| {
                let info = fs.info(&path).ok()?;
                Some((path, info))
            })
            .collect()
    }
}

/// A path in a message.
pub fn told(path: &Path) -> String {
    one_line(&shown(path))
}

fn ends_with_separator(path: &Path) -> bool {
    let last = path.to_str().and_then(|path| path.chars().next_back());
    last.is_some_and(std::path::is_separator)
}

/// The file's name without its extension, which may be left out.
fn stem_of(out: &Path, to: To) -> Result<String, String> {
    let name = out.file_name().and_then(OsStr::to_str);
    let name = name.ok_or_else(|| {
        format!(
            "这不是文件名，没有生成文件。请在 -o 后面写出文件名。输出：{}",
            told(out)
        )
    })?;
    let Some((stem, extension)) = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()) else {
        return Ok(name.to_owned());
    };
    if extension.eq_ignore_ascii_case(to.extension()) {
        return Ok(stem.to_owned());
    }
    if is_extension(extension) {
        return Err(format!(
            "扩展名“.{}”与 --to {} 不符，没有生成文件。请把扩展名改为 .{1} 或不写扩展名。输出：{}",
            one_line(extension),
            to.extension(),
            told(out)
        ));
    }
    Ok(name.to_owned())
}

/// Whether what follows the last dot is meant as an extension: "docx" is, in "第3.1版" nothing is.
fn is_extension(text: &str) -> bool {
    const LONGEST: usize = 5;
    let is_short = (1..=LONGEST).contains(&text.len());
    is_short
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Refuses what names no file: the sign by which other programs mean their own output, and names that cannot be read.
fn refuse_no_name(out: &Path) -> Result<(), String> {
    if out == Path::new("-") {
        return Err(
            "导出的内容不能输出到屏幕或其他程序，没有生成文件。请在 -o 后面写出文件名或文件夹。"
                .into(),
        );
    }
    let text = out.to_string_lossy();
    match text.chars().find(|c| !is_visible(*c)) {
        Some(hidden) => Err(format!(
            "输出位置中有看不见的字符（U+{:04X}），没有生成文件。请去掉它再导出一次。输出：{}",
            u32::from(hidden),
            told(out)
        )),
        None => Ok(()),
    }
}

fn no_folder(folder: &Path, out: &Path, fs: &dyn Fs) -> String {
    if has_placeholder(&folder.to_string_lossy()) {
        return format!(
            "{{name}} 等只能写在文件名中，不能写在文件夹名中，没有生成文件。输出：{}",
            told(out)
        );
    }
    match fs.info(folder) {
        Ok(_) => failure::no_folder(&told(folder), "不是文件夹", &told(out)),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            failure::no_folder(&told(folder), "不存在", &told(out))
        }
        Err(error) => {
            let fault = format!("打不开（{}）", reason(&error));
            failure::no_folder(&told(folder), &fault, &told(out))
        }
    }
}
