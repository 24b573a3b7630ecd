//! What is to be written where, known before anything is made.

use std::{
    collections::HashSet,
    ffi::OsStr,
    ops::Range,
    path::{Path, PathBuf},
};

use jiff::Zoned;

use super::{
    Request,
    item::Item,
    naming::{FileName, Names, Paging, Pattern, Values},
    what::What,
};
use crate::{
    session::{environment::Environment, one_line::one_line},
    sheet::fonts::Face,
    store::{
        Fs, StoreError,
        error::shown,
        fs::{FileInfo, FileKind},
    },
};

/// An export ready to run, on any thread.
#[derive(Debug, Clone)]
pub struct ExportOrder {
    pub(super) items: Vec<Item>,
    pub(super) left_out: Vec<String>,
    pub(super) outputs: Vec<Output>,
    pub(super) folder: PathBuf,
    pub(super) face: Face,
    pub(super) overwrites: bool,
    /// The same on all that is made.
    pub(super) now: Zoned,
}

/// Files that are made together.
#[derive(Debug, Clone)]
pub(super) struct Output {
    pub(super) what: What,
    /// Their names; of pictures one for all pages.
    pub(super) names: Vec<FileName>,
    pub(super) items: Range<usize>,
}

impl ExportOrder {
    /// What `request` asks for, of these items; which projects it names is not looked at. `left_out` says what else there
    /// would have been, one sentence each.
    ///
    /// # Errors
    ///
    /// The pattern makes no sense, in words.
    pub fn new(
        items: Vec<Item>,
        left_out: Vec<String>,
        request: &Request,
        now: Zoned,
    ) -> Result<Self, String> {
        let pattern = Pattern::parse(&request.pattern)?;
        let is_picture = |what: &What| matches!(what, What::Pictures(..));
        if pattern.has_page() && !request.what.iter().all(is_picture) {
            return Err(
                "只有图片是每页一个文件，其他文件的名字里不能写 {page}，没有生成文件。".into(),
            );
        }
        let outputs = match items.is_empty() {
            true => Vec::new(),
            false => outputs(&pattern, &request.what, &items),
        };
        Ok(Self {
            items,
            left_out,
            outputs,
            folder: request.folder.clone(),
            face: request.face,
            overwrites: request.overwrites,
            now,
        })
    }

    /// Whether there is nothing to export.
    pub fn is_empty(&self) -> bool {
        self.outputs.is_empty()
    }

    /// What there is no file of, and why, one sentence each.
    pub fn left_out(&self) -> &[String] {
        &self.left_out
    }

    /// The files that will be there; of pictures the first page, since it is not known how many there will be.
    pub fn planned(&self) -> Vec<PathBuf> {
        let names = self.outputs.iter().flat_map(|output| &output.names);
        names.map(|name| self.path(&name.of_page(1, 1))).collect()
    }

    /// With files that are there replaced, since the person was asked.
    #[must_use]
    pub fn overwriting(mut self) -> Self {
        self.overwrites = true;
        self
    }

    /// What is there already under the names that files may get. Without [`overwriting`](Self::overwriting) these are left
    /// as they are.
    ///
    /// # Errors
    ///
    /// One of them cannot be replaced, whatever the person says: a source of the export, or no file; in words.
    pub fn taken(&self, environment: &Environment) -> Result<Vec<PathBuf>, String> {
        let fs = environment.fs();
        let names = self.outputs.iter().flat_map(|output| &output.names);
        let there = self.there(names.collect(), fs);
        let sources = self.sources(fs);
        if let Some((path, _)) = there.iter().find(|(path, _)| is_among(path, &sources, fs)) {
            return Err(is_source(path));
        }
        if let Some((path, _)) = there.iter().find(|(_, info)| info.kind != FileKind::File) {
            let path = path.clone();
            return Err(one_line(&StoreError::NotAFile { path }.to_string()));
        }
        Ok(there.into_iter().map(|(path, _)| path).collect())
    }

    /// Pages of earlier, longer exports that lie beside the pictures `written` now.
    pub fn left_over(&self, written: &HashSet<&Path>, environment: &Environment) -> Vec<PathBuf> {
        let names = self.outputs.iter().flat_map(|output| &output.names);
        let is_begun = |name: &&FileName| {
            let mut pages = written.iter().filter_map(|path| path.file_name()?.to_str());
            pages.any(|page| name.may_become(page))
        };
        let of_pictures = names.filter(|name| name.paging != Paging::Together);
        let there = self.there(of_pictures.filter(is_begun).collect(), environment.fs());
        there
            .into_iter()
            .filter(|(path, info)| info.kind == FileKind::File && !written.contains(path.as_path()))
            .map(|(path, _)| path)
            .collect()
    }

    /// Where a file of this name goes.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Where the files really are that things are made of.
    pub(super) fn sources(&self, fs: &dyn Fs) -> Vec<PathBuf> {
        let of_items = self.items.iter();
        let of_items = of_items.filter_map(|item| item.source.path.as_deref());
        let templates = self.outputs.iter().filter_map(|output| match &output.what {
            What::Fill(template) => Some(&**template),
            _ => None,
        });
        let paths: HashSet<&Path> = of_items.chain(templates).collect();
        let at = paths.into_iter().filter_map(|path| fs.resolve(path).ok());
        at.collect()
    }

    /// What is there under these names. How many pages there will be is not known yet.
    fn there(&self, names: Vec<&FileName>, fs: &dyn Fs) -> Vec<(PathBuf, FileInfo)> {
        let (whole, paged): (Vec<&FileName>, Vec<&FileName>) = names
            .into_iter()
            .partition(|name| name.paging == Paging::Together);
        let whole = whole.iter().map(|name| self.path(&name.of_page(1, 1)));
        whole
            .chain(self.pages_there(&paged, fs))
            .filter_map(|path| {
                let info = fs.info(&path).ok()?;
                Some((path, info))
            })
            .collect()
    }

    fn pages_there(&self, names: &[&FileName], fs: &dyn Fs) -> Vec<PathBuf> {
        if names.is_empty() {
            return Vec::new();
        }
        // A folder that cannot be listed may still be written to; nothing is overwritten there either.
        let listed = fs.list(&self.path(".")).unwrap_or_default();
        let is_ours = |file: &&OsStr| {
            let file = file.to_str();
            file.is_some_and(|file| names.iter().any(|name| name.may_become(file)))
        };
        let ours = listed.iter().map(|file| file.as_os_str()).filter(is_ours);
        let mut ours: Vec<&OsStr> = ours.collect();
        ours.sort_unstable_by_key(|file| (file.len(), *file));
        ours.into_iter()
            .map(|file| self.folder.join(file))
            .collect()
    }
}

/// Everything on all items at once, or what is for each on each by itself, in the order of the items.
fn outputs(pattern: &Pattern, what: &[What], items: &[Item]) -> Vec<Output> {
    let is_alone = what.len() == 1;
    let mut names = Names::new(pattern);
    let mut outputs = Vec::new();
    let endings = |what: &What| what.endings(is_alone, pattern.has_page());
    let (of_all, of_each): (Vec<&What>, Vec<&What>) = what
        .iter()
        .partition(|what| what.is_of_all() || !pattern.is_for_each());
    let several: Vec<(&What, Vec<_>)> = of_each
        .into_iter()
        .map(|what| (what, endings(what)))
        .collect();
    for (index, item) in items.iter().enumerate() {
        let (year, file) = (item.year(), item.source.stem());
        let values = Values {
            name: item.project.name(),
            year: &year,
            file: &file,
            number: index + 1,
            of: items.len(),
        };
        for (what, endings) in &several {
            let names = endings.iter().map(|ending| names.next(&values, ending));
            outputs.push(Output {
                names: names.collect(),
                what: (*what).clone(),
                items: index..index + 1,
            });
        }
    }
    for what in of_all {
        let endings = endings(what);
        let names = endings.iter().map(|ending| match what.is_of_all() {
            true => names.of_all(what.title(), ending),
            false => names.next(&Values::default(), ending),
        });
        outputs.push(Output {
            names: names.collect(),
            what: what.clone(),
            items: 0..items.len(),
        });
    }
    outputs
}

/// Whether a path is one of these locations.
pub(in crate::session) fn is_among(path: &Path, locations: &[PathBuf], fs: &dyn Fs) -> bool {
    fs.resolve(path).is_ok_and(|at| locations.contains(&at))
}

/// That a file would be written over a source.
pub(in crate::session) fn is_source(path: &Path) -> String {
    format!(
        "这个文件正是要导出的源文件，没有覆盖它，也没有生成任何文件。请换一个文件名。文件：{}",
        told(path)
    )
}

/// A path in a message.
pub fn told(path: &Path) -> String {
    one_line(&shown(path))
}
