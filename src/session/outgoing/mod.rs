//! What goes to others as one file: 报送材料包, 公开版, 脱敏副本; and a 报送材料包 that comes back. Made of the document as it was
//! when it was asked for, on any thread; nothing is overwritten unasked, and the open file never.
//!
//! | module | what it is |
//! |---|---|
//! | [`parcel`] | 报送材料包: what goes in, what is missing, the file |
//! | [`opening`] | a 报送材料包 that was received, and its evidence as files |
//! | [`publish`] | 公开版 of the chosen projects |
//! | [`anonymous`] | 脱敏副本 of the document |

pub mod anonymous;
pub mod opening;
pub mod parcel;
pub mod publish;

use std::path::{Path, PathBuf};

use super::{
    environment::Environment,
    export::order::{is_among, is_source, told},
    one_line::one_line,
    print::failure,
};
use crate::store::StoreError;

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Where it is.
    pub path: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// What a person should know, one sentence each.
    pub notes: Vec<String>,
}

/// How many bytes that is, as people say it: "1.5 MB".
pub fn size_in_words(bytes: u64) -> String {
    const KB: u64 = 1 << 10;
    const MB: u64 = 1 << 20;
    match bytes {
        0..KB => format!("{bytes} 字节"),
        KB..MB => format!("{} KB", bytes.div_ceil(KB)),
        _ => format!("{}.{} MB", bytes / MB, bytes % MB * 10 / MB),
    }
}

/// Where something is written.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// The file.
    pub path: &'a Path,
    /// Whether a file that is there is replaced, because the person was asked.
    pub replaces: bool,
    /// The file that it is made of, which is never written over.
    pub source: Option<&'a Path>,
}

impl Target<'_> {
    fn refuse_source(&self, environment: &Environment) -> Result<(), String> {
        let fs = environment.fs();
        let source = self.source.and_then(|source| fs.resolve(source).ok());
        match source.is_some_and(|source| is_among(self.path, &[source], fs)) {
            true => Err(is_source(self.path)),
            false => Ok(()),
        }
    }

    fn write(
        &self,
        environment: &Environment,
        bytes: &[u8],
        mut notes: Vec<String>,
    ) -> Result<Written, String> {
        self.refuse_source(environment)?;
        let saver = environment.saver();
        let saved = match self.replaces {
            true => saver.replace_atomically(self.path, bytes, &environment.now()),
            false => saver.write_new(self.path, bytes),
        };
        let saved = saved.map_err(|error| match error {
            StoreError::Exists { path } => format!(
                "同名文件已存在，没有覆盖它，也没有生成文件。请换一个文件名。文件：{}",
                told(&path)
            ),
            error => one_line(&failure::in_words(&error)),
        })?;
        notes.extend(saved.warnings.iter().map(ToString::to_string));
        Ok(Written {
            path: self.path.to_path_buf(),
            size: bytes.len() as u64,
            notes,
        })
    }
}
