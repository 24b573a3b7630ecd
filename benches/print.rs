//! Printing forms against LibreOffice, which prints the same table from a workbook, and typesetting against typst alone.
//!
//! - One form to PDF in a process of its own: less than a quarter of what `soffice --headless --convert-to pdf` needs.
//! - A hundred forms to a hundred files: less than half of what one `soffice` needs for as many workbooks.
//! - Building the sheet and laying it out, all passes together, against one pass of typst over the same markup.

#![expect(clippy::disallowed_methods, reason = "files for two programs to read")]

mod stopwatch;
mod workbook;

use std::{
    path::Path,
    process::{Command, ExitCode, Stdio},
    sync::Arc,
    time::Duration,
};

use jiping::{
    model::{document::Document, edition::Edition, id::CountedIds, project::Project},
    sheet::{booklet::Booklet, fonts::SystemFonts, layout::Typesetter, table::FormSheet},
    store::{editions::EditionShelf, format},
};
use stopwatch::{median, timed};
use typst::{
    Library, LibraryExt as _, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;

const SAMPLE: &str = "assets/samples/shenzhen-2020-filed.jiping";
const FORMS: usize = 100;
/// Ours over theirs, at most; and what is aimed at.
const ONE_FORM: (f64, f64) = (1.0 / 4.0, 1.0 / 8.0);
const MANY_FORMS: (f64, f64) = (1.0 / 2.0, 1.0 / 5.0);
const TYPESETTING: (f64, f64) = (2.5, 1.5);

fn main() -> ExitCode {
    let document = opened();
    let project = document.projects.first().expect("a project");
    let edition = edition_of(project);
    let results = [
        one_form(project, &edition),
        many_forms(&document, project, &edition),
        typesetting(project, &edition),
    ];
    if results.iter().all(|kept| *kept) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn opened() -> Document {
    let bytes = std::fs::read(SAMPLE).expect("the sample");
    let opened = format::read(&bytes, &mut CountedIds(0)).expect("our own file");
    opened.document
}

fn edition_of(project: &Project) -> Arc<Edition> {
    EditionShelf::built_in()
        .get(&project.edition)
        .expect("a built-in edition")
        .edition
}

fn told(name: &str, ours: Duration, theirs: Duration, (limit, aim): (f64, f64)) -> bool {
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    println!(
        "{name}: ours {ours:.1?}, theirs {theirs:.1?}, ratio {ratio:.3} (limit {limit}, aim {aim})"
    );
    ratio <= limit
}

fn one_form(project: &Project, edition: &Edition) -> bool {
    const ROUNDS: usize = 5;
    let folder = tempfile::tempdir().expect("a folder");
    let book = folder.path().join("form.xlsx");
    std::fs::write(&book, workbook::of(&FormSheet::new(project, edition))).expect("a file");
    convert(folder.path(), std::slice::from_ref(&book));
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let out = folder.path().join(format!("{round}.pdf"));
        ours.push(timed(|| export(&[SAMPLE.as_ref()], &out)));
        theirs.push(timed(|| {
            convert(folder.path(), std::slice::from_ref(&book))
        }));
    }
    told("one form", median(ours), median(theirs), ONE_FORM)
}

fn many_forms(document: &Document, project: &Project, edition: &Edition) -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut files, mut books) = (Vec::new(), Vec::new());
    for number in 0..FORMS {
        // Every form differs in its name, so that nothing laid out for one does for the next.
        let mut own = project.clone();
        let name = format!("{} {number}", project.name());
        own.header
            .insert("project_name".into(), name.as_str().into());
        let book = folder.path().join(format!("{number}.xlsx"));
        std::fs::write(&book, workbook::of(&FormSheet::new(&own, edition))).expect("a file");
        books.push(book);
        let mut document = document.clone();
        document.projects = [own].into_iter().collect();
        let file = folder.path().join(format!("{number}.jiping"));
        std::fs::write(&file, format::write(&document)).expect("a file");
        files.push(file);
    }
    let files: Vec<&Path> = files.iter().map(AsRef::as_ref).collect();
    let out = folder.path().join("out {n}.pdf");
    let ours = timed(|| export(&files, &out));
    let theirs = timed(|| convert(folder.path(), &books));
    told("a hundred forms", ours, theirs, MANY_FORMS)
}

fn export(files: &[&Path], out: &Path) {
    let status = Command::new(env!("CARGO_BIN_EXE_jiping-cli"))
        .arg("export")
        .args(files)
        .args(["--to", "pdf", "-o"])
        .arg(out)
        .stdout(Stdio::null())
        .status()
        .expect("the program starts");
    assert!(status.success(), "export ended with {status}");
}

fn convert(folder: &Path, books: &[std::path::PathBuf]) {
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let status = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder)
        .args(books)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("soffice is installed (Debian: libreoffice-calc)");
    assert!(status.success(), "soffice ended with {status}");
    for book in books {
        assert!(
            book.with_extension("pdf").exists(),
            "soffice printed nothing"
        );
    }
}

fn typesetting(project: &Project, edition: &Edition) -> bool {
    const ROUNDS: usize = 9;
    let typesetter = Typesetter::with_fonts(SystemFonts::from_fn(Vec::new));
    let booklet = || {
        let time = jiff::civil::date(2021, 3, 5).at(14, 32, 0, 0);
        Booklet::official([FormSheet::new(project, edition)], time)
    };
    let (source, data) = typesetter
        .markup(&booklet())
        .expect("the sample is laid out");
    let bare = BareTypst::new(source, data);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        // Without what is remembered of the rounds before.
        typst::comemo::evict(0);
        ours.push(timed(|| typesetter.lay_out(&booklet()).expect("laid out")));
        typst::comemo::evict(0);
        theirs.push(timed(|| {
            typst::compile::<PagedDocument>(&bare)
                .output
                .expect("laid out")
        }));
    }
    told("typesetting", median(ours), median(theirs), TYPESETTING)
}

/// typst with its source, its data and the same fonts, and nothing of ours.
struct BareTypst {
    language: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    source: Source,
    data: Bytes,
}

impl BareTypst {
    fn new(source: &str, data: Vec<u8>) -> Self {
        let names = ["Serif-Regular", "Serif-Bold", "Sans-Regular", "Sans-Bold"];
        let fonts: Vec<Font> = names
            .iter()
            .map(|name| {
                let file = std::fs::read(format!("fonts/Jiping{name}.otf")).expect("a font");
                Font::new(Bytes::new(file), 0).expect("a font")
            })
            .collect();
        let path = VirtualPath::new("form.typ").expect("a name");
        let main = FileId::new(RootedPath::new(VirtualRoot::Project, path));
        Self {
            language: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            source: Source::new(main, source.to_owned()),
            data: Bytes::new(data),
        }
    }
}

impl World for BareTypst {
    fn library(&self) -> &LazyHash<Library> {
        &self.language
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() {
            Ok(self.source.clone())
        } else {
            Err(FileError::NotFound("".into()))
        }
    }

    fn file(&self, _id: FileId) -> FileResult<Bytes> {
        Ok(self.data.clone())
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<typst::foundations::Duration>) -> Option<Datetime> {
        None
    }
}
