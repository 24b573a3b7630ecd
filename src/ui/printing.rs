//! The proof behind the preview, its pictures, and what is made of it: paper, PDF, pictures, a file for the system's own program.

use std::{
    cell::Cell,
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use egui::{ColorImage, Context, TextureHandle, TextureId, TextureOptions};

use super::{
    app::{App, JobKind, JobResult},
    desk::Page,
    dialogs::replace_pictures::ReplacePictures,
    spooling::Printers,
};
use crate::{
    model::{id::Id, project::Project},
    printers::{Progress, Receipt, SpoolError},
    rules::profile::InForce,
    session::{
        environment::Environment,
        jobs::{Revision, Wanted},
        print::{Copy, Extent, PrintOptions, PrintOrder, Proof, files::PrintError, paper::Errand},
    },
    sheet::{
        layout::{LayoutError, Typesetter},
        picture::{Picture, Region},
    },
    store::{Fingerprint, error::shown, settings},
};

/// How many bytes of pictures are kept (128 MB): what is in sight on a large screen, twice over.
const KEPT: usize = 128 << 20;

/// What a view asks of printing.
#[derive(Debug, Clone, PartialEq)]
pub enum PrintAction {
    /// Print this from now on.
    Wish(Wish),
    /// Show the preview like this from now on.
    Show(settings::Preview),
    /// Draw these parts of pages.
    Draw(Vec<Tile>),
    /// Write pictures to this path over those that exist.
    ReplacePictures(PathBuf),
    /// Write a PDF beside the document.
    Beside,
    /// Find out how a printer is.
    AskPrinter(String),
    /// Send pages to a printer.
    Send(Errand),
    /// Open a file with the system's own program.
    Open(PathBuf),
    /// Give up what is being written.
    Cancel,
}

impl PrintAction {
    /// Whether it reads the document.
    pub fn reads_document(&self) -> bool {
        matches!(
            self,
            Self::ReplacePictures(_) | Self::Beside | Self::Send(_)
        )
    }
}

/// What the person wants printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    /// The form alone, or the review copy.
    pub copy: Copy,
    /// All projects of the document.
    pub whole: bool,
}

/// Where printed pages go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A PDF.
    Pdf(PathBuf),
    /// A picture per page.
    Pictures {
        /// The path of the first, or of the only one.
        first: PathBuf,
        /// Whether those that exist are replaced.
        replaces: bool,
    },
    /// A PDF beside this document, without being asked each time.
    Beside(PathBuf),
    /// The system's own program.
    View,
    /// A printer.
    Printer(Errand),
}

/// What came of printing.
pub enum Made {
    /// A file, or the first of several.
    File(PathBuf),
    /// A job of a printer.
    Job(Arc<Proof>, Receipt),
}

impl Target {
    /// What is being done, for the status bar.
    fn in_words(&self) -> &'static str {
        match self {
            Self::Pdf(_) | Self::Beside(_) => "正在导出 PDF…",
            Self::Pictures { .. } => "正在导出图片…",
            Self::View => "正在生成 PDF…",
            Self::Printer(_) => "正在打印…",
        }
    }
}

/// A part of a page as it is drawn on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tile {
    /// The page's index.
    pub page: usize,
    /// What the page looks like; see [`Proof::looks`].
    pub look: u128,
    /// Thousandths of a pixel per point of 1/72 inch.
    pub scale: u32,
    /// Which part.
    pub region: Region,
}

/// What a layout came to.
pub struct ProofResult {
    /// Which document it is of.
    document: u64,
    order: PrintOrder,
    proof: Result<Proof, LayoutError>,
}

/// The proof and its pictures.
pub struct Printing {
    /// What the person wants printed.
    pub wish: Wish,
    /// Counts documents: what is laid out for one must not be shown for the next.
    document: u64,
    /// For what the order of the latest layout was put together.
    seen: Option<Seen>,
    latest: Option<(PrintOrder, Arc<Proof>)>,
    is_laying_out: bool,
    /// Why the latest layout gave no pages.
    failure: Option<String>,
    tiles: HashMap<Key, Drawn>,
    is_drawing: bool,
    /// Counts frames in which pictures were looked for.
    clock: Cell<u64>,
    writing: Option<Writing>,
    /// The printers of this computer.
    pub printers: Printers,
}

/// Everything that the pages depend on, cheap to compare.
#[derive(Debug, Clone, PartialEq)]
struct Seen {
    revision: Revision,
    options: PrintOptions,
    saved: Option<Fingerprint>,
    is_dirty: bool,
    /// By what is checked: what is found is printed in the review copy.
    in_force: InForce,
}

/// Pages that look alike share their pictures.
type Key = (u128, u32, Region);

struct Drawn {
    texture: TextureHandle,
    bytes: usize,
    used: Cell<u64>,
}

/// A file that is being written.
struct Writing {
    words: &'static str,
    is_cancelled: Arc<AtomicBool>,
    steps: Arc<Steps>,
}

/// How far a job is: steps that are done, and all of them; none where it has no steps.
#[derive(Default)]
struct Steps {
    done: AtomicUsize,
    total: AtomicUsize,
}

impl Default for Printing {
    fn default() -> Self {
        Self {
            wish: Wish {
                copy: Copy::Official,
                whole: false,
            },
            document: 0,
            seen: None,
            latest: None,
            is_laying_out: false,
            failure: None,
            tiles: HashMap::new(),
            is_drawing: false,
            clock: Cell::new(0),
            writing: None,
            printers: Printers::default(),
        }
    }
}

/// Looking.
impl Printing {
    /// The latest pages.
    pub fn proof(&self) -> Option<&Arc<Proof>> {
        self.latest.as_ref().map(|(_, proof)| proof)
    }

    /// Why there are no pages.
    pub fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// Whether newer pages are on their way.
    pub fn is_laying_out(&self) -> bool {
        self.is_laying_out
    }

    /// Whether pictures are on their way.
    pub fn is_drawing(&self) -> bool {
        self.is_drawing
    }

    /// What is being written, in words.
    pub fn writing(&self) -> Option<String> {
        let writing = self.writing.as_ref()?;
        let [done, total] =
            [&writing.steps.done, &writing.steps.total].map(|count| count.load(Ordering::Relaxed));
        Some(match total {
            0 => writing.words.to_owned(),
            total => format!(
                "{}第 {} 面，共 {total} 面",
                writing.words,
                (done + 1).min(total)
            ),
        })
    }

    /// The picture of a part of a page, if it is drawn.
    pub fn picture(&self, tile: &Tile) -> Option<TextureId> {
        let drawn = self.tiles.get(&(tile.look, tile.scale, tile.region))?;
        self.clock.set(self.clock.get() + 1);
        drawn.used.set(self.clock.get());
        Some(drawn.texture.id())
    }

    /// All pictures of a look at a scale, with the parts they show.
    pub fn pictures_of(&self, look: u128, scale: u32) -> impl Iterator<Item = (Region, TextureId)> {
        let drawn = self.tiles.iter();
        drawn
            .filter(move |((of, at, _), _)| (*of, *at) == (look, scale))
            .map(|((_, _, region), drawn)| (*region, drawn.texture.id()))
    }

    fn options(&self, project: Id<Project>, face: settings::Face) -> PrintOptions {
        PrintOptions {
            extent: if self.wish.whole {
                Extent::Document
            } else {
                Extent::Project(project)
            },
            copy: self.wish.copy,
            face: face.into(),
        }
    }
}

/// Changing.
impl Printing {
    /// Forgets everything about the open document; what the person wants printed stays.
    pub(super) fn forget_document(&mut self) {
        *self = Self {
            wish: self.wish,
            document: self.document + 1,
            is_laying_out: self.is_laying_out,
            is_drawing: self.is_drawing,
            writing: self.writing.take(),
            printers: std::mem::take(&mut self.printers),
            ..Self::default()
        };
    }

    /// Nothing comes of a job.
    pub(super) fn give_up(&mut self, kind: JobKind) {
        match kind {
            JobKind::Proof => self.is_laying_out = false,
            JobKind::Tiles => self.is_drawing = false,
            JobKind::Print => self.writing = None,
            other => self.printers.give_up(other),
        }
    }

    /// Keeps what a job has drawn.
    pub(super) fn take_tiles(&mut self, ctx: &Context, tiles: Vec<(Tile, Option<Picture>)>) {
        self.is_drawing = false;
        for (tile, picture) in tiles {
            let Some(picture) = picture else { continue };
            let size = [picture.width as usize, picture.height as usize];
            let image = ColorImage::from_rgba_unmultiplied(size, &picture.rgba);
            let texture = ctx.load_texture("page", image, TextureOptions::LINEAR);
            let drawn = Drawn {
                texture,
                bytes: picture.rgba.len(),
                used: Cell::new(self.clock.get()),
            };
            self.tiles
                .insert((tile.look, tile.scale, tile.region), drawn);
        }
        self.drop_unused();
    }

    /// Drops the pictures that were not looked at for the longest time.
    fn drop_unused(&mut self) {
        let mut bytes: usize = self.tiles.values().map(|drawn| drawn.bytes).sum();
        if bytes <= KEPT {
            return;
        }
        let mut ages: Vec<(u64, usize, Key)> = self
            .tiles
            .iter()
            .map(|(key, drawn)| (drawn.used.get(), drawn.bytes, *key))
            .collect();
        ages.sort_unstable_by_key(|(used, ..)| *used);
        for (_, size, key) in ages {
            if bytes <= KEPT {
                return;
            }
            self.tiles.remove(&key);
            bytes -= size;
        }
    }
}

/// The preview.
impl App {
    /// Lays the pages out anew where the preview is shown and something changed. The old ones stay until the new ones come.
    pub(super) fn follow_preview(&mut self) {
        if self.position.page != Page::Preview || self.printing.is_laying_out {
            return;
        }
        let project = self.position.project;
        let options = self.printing.options(project, self.settings.face);
        let Some(desk) = &mut self.desk else { return };
        let seen = Seen {
            revision: desk.session.revision(),
            options,
            saved: desk.session.fingerprint(),
            is_dirty: desk.session.is_dirty(),
            in_force: desk.session.in_force().clone(),
        };
        if self.printing.seen.as_ref() == Some(&seen) {
            return;
        }
        self.printing.seen = Some(seen);
        let order = desk.session.print_order(options);
        let latest = self.printing.latest.as_ref();
        if latest.is_some_and(|(latest, _)| latest.is_same(&order)) {
            return;
        }
        if order.is_empty() {
            self.printing.latest = None;
            return;
        }
        self.printing.is_laying_out = true;
        let document = self.printing.document;
        let typesetter = Arc::clone(&self.typesetter);
        self.start(JobKind::Proof, "preview", Wanted::Always, move || {
            let proof = order.proof(typesetter.get_or_init(Typesetter::new));
            JobResult::Proof(Box::new(ProofResult {
                document,
                order,
                proof,
            }))
        });
    }

    /// Takes new pages in place of the old.
    pub(super) fn proof_laid_out(&mut self, result: ProofResult) {
        self.printing.is_laying_out = false;
        if result.document != self.printing.document {
            return;
        }
        match result.proof {
            Ok(proof) => {
                self.printing.latest = Some((result.order, Arc::new(proof)));
                self.printing.failure = None;
            }
            Err(error) => {
                self.printing.latest = None;
                self.printing.failure = Some(error.to_string());
            }
        }
    }

    /// Does what a view asks of printing.
    pub(super) fn perform_print(&mut self, action: PrintAction) {
        match action {
            PrintAction::Wish(wish) => self.printing.wish = wish,
            PrintAction::Show(preview) => self.settings.preview = preview,
            PrintAction::Draw(tiles) => self.draw_tiles(tiles),
            PrintAction::ReplacePictures(first) => self.print_to(Target::Pictures {
                first,
                replaces: true,
            }),
            PrintAction::Beside => {
                let path = self.desk.as_ref().and_then(|desk| desk.session.path());
                if let Some(path) = path.map(Path::to_path_buf) {
                    self.print_to(Target::Beside(path));
                }
            }
            PrintAction::AskPrinter(name) => self.ask_printer(name),
            PrintAction::Send(errand) => self.send_to_printer(errand),
            PrintAction::Open(path) => self.open_with_system(&path),
            PrintAction::Cancel => {
                if let Some(writing) = &self.printing.writing {
                    writing.is_cancelled.store(true, Ordering::Relaxed);
                }
            }
        }
    }

    fn draw_tiles(&mut self, tiles: Vec<Tile>) {
        let Some(proof) = self.printing.proof().map(Arc::clone) else {
            return;
        };
        if self.printing.is_drawing {
            return;
        }
        self.printing.is_drawing = true;
        self.start(JobKind::Tiles, "pages", Wanted::Always, move || {
            let draw = |tile: Tile| {
                let scale = f64::from(tile.scale) / 1000.0;
                let picture = proof.pages.part_of_picture(tile.page, scale, tile.region);
                (tile, picture)
            };
            JobResult::Tiles(tiles.into_iter().map(draw).collect())
        });
    }
}

/// Files.
impl App {
    /// What is printed now.
    pub(super) fn print_order(&mut self) -> Option<PrintOrder> {
        let project = self.position.project;
        let options = self.printing.options(project, self.settings.face);
        let desk = self.desk.as_mut()?;
        Some(desk.session.print_order(options))
    }

    /// Writes a PDF beside a document that was just saved where the person wants that every time; otherwise offers it.
    pub(super) fn print_beside_if_wanted(&mut self, document: &Path) {
        if self.settings.also_export {
            self.print_to(Target::Beside(document.to_path_buf()));
        } else {
            self.views.toasts.saved();
        }
    }

    /// Prints to files.
    pub(super) fn print_to(&mut self, target: Target) {
        if self.printing.writing.is_some() {
            self.views
                .toasts
                .warn("上一次导出还没有结束，请稍候再试".into());
            return;
        }
        let order = match target {
            // A colleague without this program sees what was saved: all of it, as it will be handed in.
            Target::Beside(_) => self.desk.as_mut().map(|desk| {
                desk.session.print_order(PrintOptions {
                    extent: Extent::Document,
                    copy: Copy::Official,
                    face: self.settings.face.into(),
                })
            }),
            _ => self.print_order(),
        };
        let Some(order) = order else { return };
        // Pages of a review copy tell when they were made.
        let known = self.printing.latest.as_ref();
        let known = known
            .filter(|(latest, _)| latest.is_same(&order) && order.options().copy == Copy::Official);
        let job = PrintJob {
            proof: known.map(|(_, proof)| Arc::clone(proof)),
            order,
            typesetter: Arc::clone(&self.typesetter),
            environment: Arc::clone(&self.environment),
            is_cancelled: Arc::default(),
            steps: Arc::default(),
        };
        self.printing.writing = Some(Writing {
            words: target.in_words(),
            is_cancelled: Arc::clone(&job.is_cancelled),
            steps: Arc::clone(&job.steps),
        });
        self.start(JobKind::Print, "print", Wanted::Always, move || {
            let result = job.run(&target);
            JobResult::Printed(target, result)
        });
    }

    /// Says what came of printing.
    pub(super) fn printed(&mut self, target: Target, result: Result<Made, PrintError>) {
        self.printing.writing = None;
        match (target, result) {
            (Target::Printer(errand), Ok(Made::Job(proof, receipt))) => {
                self.sent_to_printer(&errand, &proof.plan(&errand), receipt);
            }
            (_, Ok(Made::Job(..))) => {}
            (Target::View, Ok(Made::File(path))) => self.open_with_system(&path),
            (Target::Beside(_), Ok(Made::File(path))) => {
                let said = format!("已保存，并导出 PDF：{}", shown(&path));
                self.views.toasts.written(said, path);
            }
            (_, Ok(Made::File(path))) => {
                let said = format!("已导出：{}", shown(&path));
                self.views.toasts.written(said, path);
            }
            (
                Target::Printer(_),
                Err(PrintError::Cancelled | PrintError::Spool(SpoolError::Cancelled)),
            ) => {
                self.views.toasts.say("已取消打印".into());
            }
            (Target::Printer(_), Err(error)) => self.tell("没有打印", error.to_string()),
            (_, Err(PrintError::Cancelled)) => self.views.toasts.say("已取消导出".into()),
            (Target::Pictures { first, .. }, Err(PrintError::Exist(taken))) => {
                let dialog = ReplacePictures::new(first, taken);
                self.dialogs.push(Box::new(dialog));
            }
            (Target::Beside(_), Err(error)) => {
                self.views
                    .toasts
                    .warn(format!("已保存。没有导出 PDF：{error}"));
            }
            (_, Err(error)) => self.tell("没有导出", error.to_string()),
        }
    }

    pub(super) fn open_with_system(&mut self, path: &Path) {
        if let Err(error) = self.files.open_with_system(path) {
            let text = format!(
                "本机没有能打开它的程序，或者系统没有启动它（{error}）。文件已经写好，可以自己打开：{}",
                shown(path)
            );
            self.tell("没有打开", text);
        }
    }
}

/// What a job needs for printing.
struct PrintJob {
    order: PrintOrder,
    /// The pages, where they are laid out already.
    proof: Option<Arc<Proof>>,
    typesetter: Arc<OnceLock<Typesetter>>,
    environment: Arc<Environment>,
    is_cancelled: Arc<AtomicBool>,
    steps: Arc<Steps>,
}

impl PrintJob {
    /// Lays out, and writes or sends; the file is the one that a person would open.
    fn run(&self, target: &Target) -> Result<Made, PrintError> {
        if self.order.is_empty() {
            return Err(PrintError::Nothing);
        }
        let goes_on = || !self.is_cancelled.load(Ordering::Relaxed);
        let proof = match &self.proof {
            Some(proof) => Arc::clone(proof),
            None => {
                let typesetter = self.typesetter.get_or_init(Typesetter::new);
                Arc::new(self.order.proof(typesetter)?)
            }
        };
        if !goes_on() {
            return Err(PrintError::Cancelled);
        }
        let environment = &self.environment;
        match target {
            Target::Pdf(path) => {
                proof.write_pdf(environment, path)?;
                Ok(Made::File(path.clone()))
            }
            Target::Pictures { first, replaces } => {
                let written = proof.write_pictures(environment, first, *replaces, goes_on)?;
                Ok(Made::File(written.into_iter().next().unwrap_or_default()))
            }
            Target::Beside(document) => Ok(Made::File(proof.write_beside(environment, document)?)),
            Target::View => {
                let title = self.order.title();
                Ok(Made::File(proof.write_view(environment, &title)?))
            }
            Target::Printer(errand) => {
                let watch = |Progress { done, total }| {
                    self.steps.done.store(done, Ordering::Relaxed);
                    self.steps.total.store(total, Ordering::Relaxed);
                    goes_on()
                };
                let title = self.order.title();
                let receipt = proof.send(environment.spooler(), &title, errand, &watch)?;
                Ok(Made::Job(proof, receipt))
            }
        }
    }
}
