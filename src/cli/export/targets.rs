//! Where files go, as `-o` says.

use std::{
    ffi::OsStr,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use crate::{
    session::{
        export::{
            naming::{Pattern, has_placeholder},
            order::told,
            what::What,
        },
        one_line::{is_visible, one_line},
        print::failure,
    },
    store::{Fs, error::reason, fs::FileKind},
};

/// Where files go: a folder, and the pattern of their names in it.
pub struct Targets {
    /// The folder.
    pub folder: PathBuf,
    /// The pattern.
    pub pattern: String,
}

impl Targets {
    /// What `-o` asks for. A folder stands for `{name}` in it.
    ///
    /// # Errors
    ///
    /// The name makes no sense, is that of another kind of file, or its folder is not there; in words.
    pub fn parse(out: &Path, what: &What, fs: &dyn Fs) -> Result<Self, String> {
        refuse_no_name(out)?;
        let is_folder = |path: &Path| {
            let info = fs.info(path);
            info.is_ok_and(|info| info.kind == FileKind::Folder)
        };
        let (folder, pattern) = if ends_with_separator(out) || is_folder(out) {
            (out.to_path_buf(), "{name}".to_owned())
        } else {
            let folder = out.parent().unwrap_or(Path::new(""));
            let stem = stem_of(out, what.extension())?;
            refuse_senseless(&stem, out, what)?;
            (folder.to_path_buf(), stem)
        };
        if !folder.as_os_str().is_empty() && !is_folder(&folder) {
            return Err(no_folder(&folder, out, fs));
        }
        Ok(Self { folder, pattern })
    }
}

/// Refuses placeholders that are not known, or have no meaning for what is made.
fn refuse_senseless(stem: &str, out: &Path, what: &What) -> Result<(), String> {
    let about = |problem: &str| format!("{problem}输出：{}", told(out));
    let pattern = Pattern::parse(stem).map_err(|problem| about(&problem))?;
    if pattern.has_page() && !matches!(what, What::Pictures(..)) {
        return Err(about(
            "只有图片是每页一个文件，其他文件的名字里不能写 {page}，没有生成文件。",
        ));
    }
    if pattern.is_for_each() && what.is_of_all() {
        return Err(about(&format!(
            "{}由全部项目合成，文件名里不能写 {{name}} 等占位，没有生成文件。",
            what.name()
        )));
    }
    Ok(())
}

fn ends_with_separator(path: &Path) -> bool {
    let last = path.to_str().and_then(|path| path.chars().next_back());
    last.is_some_and(std::path::is_separator)
}

/// The file's name without its extension, which may be left out.
fn stem_of(out: &Path, expected: &str) -> Result<String, String> {
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
    if extension.eq_ignore_ascii_case(expected) {
        return Ok(stem.to_owned());
    }
    if is_extension(extension) {
        return Err(format!(
            "扩展名“.{}”与文件的内容不符，没有生成文件。请把扩展名改为 .{expected} 或不写扩展名。输出：{}",
            one_line(extension),
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
