//! What typst sees: the template, the data of one file to be printed, the fonts. Nothing else: no disk, no clock, no packages.

use std::sync::LazyLock;

use typst::{
    Library, LibraryExt as _, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

use super::fonts::Fonts;

/// The template, in typst's own language.
pub const TEMPLATE: &str = include_str!("../../assets/print/form.typ");

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static FORM: LazyLock<Source> =
    LazyLock::new(|| Source::new(file("form.typ"), TEMPLATE.to_owned()));
static CHART: LazyLock<Source> = LazyLock::new(|| {
    let template = include_str!("../../assets/print/chart.typ");
    Source::new(file("chart.typ"), template.to_owned())
});
static DATA: LazyLock<FileId> = LazyLock::new(|| file("data.json"));

#[expect(
    clippy::expect_used,
    reason = "all names are constants, and valid; tests print with them"
)]
fn file(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("a plain file name");
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

/// One file to be printed.
pub(super) struct PrintWorld<'a> {
    fonts: &'a Fonts,
    main: &'static Source,
    data: Bytes,
}

impl<'a> PrintWorld<'a> {
    /// The template of booklets with this data.
    pub fn new(fonts: &'a Fonts, data: Vec<u8>) -> Self {
        Self {
            fonts,
            main: &FORM,
            data: Bytes::new(data),
        }
    }

    /// The template of single charts with this data.
    pub fn of_chart(fonts: &'a Fonts, data: Vec<u8>) -> Self {
        Self {
            fonts,
            main: &CHART,
            data: Bytes::new(data),
        }
    }
}

impl World for PrintWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.store.book()
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            Ok(self.main.clone())
        } else {
            Err(absent())
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *DATA {
            Ok(self.data.clone())
        } else {
            Err(absent())
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.store.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn absent() -> FileError {
    FileError::NotFound("".into())
}
