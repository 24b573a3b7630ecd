//! A window in memory: a disk that is not there, file dialogs that answer as told.

use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use egui::{Event, Key, Modifiers, PointerButton, Pos2, Theme, Vec2};
use egui_kittest::{Harness, Node, kittest::Queryable as _};
use jiff::civil::date;
use jiping::{
    model::{document::Document, path::CellPath, project::Project},
    printers::simulated::SimulatedPrinters,
    session::environment::{Environment, FixedClock},
    sheet::fonts::Face,
    store::{Fs as _, simulated::SimulatedFs},
    ui::{
        app::App,
        files::{FileAnswer, FileDialogs, FileRequest},
    },
};

/// The sample as filed, in the simulated disk.
pub const SAMPLE: &str = "/docs/科协2020.jiping";

/// How fast time passes in a window.
pub const FRAMES_PER_SECOND: usize = 60;

/// How a window is opened.
pub struct Setup {
    pub size: Vec2,
    pub scale: f32,
    pub theme: Theme,
    pub pictures: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            size: Vec2::new(1366.0, 768.0),
            scale: 1.0,
            theme: Theme::Light,
            pictures: false,
        }
    }
}

/// A window with everything around it.
pub struct Window {
    pub harness: Harness<'static, App>,
    pub fs: SimulatedFs,
    pub printers: SimulatedPrinters,
    answers: Answers,
}

/// Answers for file dialogs, in order; none left means 取消.
#[derive(Clone, Default)]
pub struct Answers {
    paths: Arc<Mutex<VecDeque<PathBuf>>>,
    windows: Arc<Mutex<Vec<PathBuf>>>,
    opened: Arc<Mutex<Vec<PathBuf>>>,
    requests: Arc<Mutex<Vec<FileRequest>>>,
}

impl FileDialogs for Answers {
    fn ask(&self, request: &FileRequest) -> FileAnswer {
        let mut requests = self.requests.lock().expect("no panic under it");
        requests.push(request.clone());
        let next = self.paths.lock().expect("no panic under it").pop_front();
        next.map_or(FileAnswer::Cancelled, FileAnswer::Chosen)
    }

    fn open_window(&self, path: &Path) -> std::io::Result<()> {
        let mut windows = self.windows.lock().expect("no panic under it");
        windows.push(path.to_path_buf());
        Ok(())
    }

    fn open_with_system(&self, path: &Path) -> std::io::Result<()> {
        let mut opened = self.opened.lock().expect("no panic under it");
        opened.push(path.to_path_buf());
        Ok(())
    }

    fn faces(&self) -> Vec<Face> {
        vec![Face::Bundled, Face::Song]
    }
}

impl Window {
    /// A window on the start page.
    pub fn new() -> Self {
        Self::with(Setup::default())
    }

    /// A window with the filed sample open.
    pub fn with_sample() -> Self {
        let mut window = Self::new();
        window.open(SAMPLE);
        window
    }

    /// A window on the start page, set up in a certain way.
    pub fn with(setup: Setup) -> Self {
        let fs = SimulatedFs::new();
        let sample = include_bytes!("../../../assets/samples/shenzhen-2020-filed.jiping");
        fs.put(SAMPLE, sample);
        Self::on(fs, setup)
    }

    /// A window on a disk that has something on it already, as after a restart.
    pub fn on(fs: SimulatedFs, setup: Setup) -> Self {
        // Every process has ids of its own.
        let first_id = 1 + (u64::from(fs.process().pid - 100) << 32);
        Self::of_process(fs, setup, first_id)
    }

    /// A second window on the disk of another.
    pub fn beside(other: &Self) -> Self {
        Self::of_process(other.fs.clone(), Setup::default(), 1 << 31)
    }

    fn of_process(fs: SimulatedFs, setup: Setup, first_id: u64) -> Self {
        let appearance = match setup.theme {
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        if fs.content("/data/settings.json").is_none() {
            fs.put(
                "/data/settings.json",
                format!("{{\"appearance\": \"{appearance}\"}}"),
            );
        }
        let now = date(2021, 3, 5).at(14, 32, 0, 0);
        let clock = Arc::new(FixedClock::new(
            now.to_zoned(jiff::tz::TimeZone::UTC).expect("a time"),
        ));
        let printers = SimulatedPrinters::default();
        let environment = Environment::for_tests(&fs, Arc::clone(&clock), first_id)
            .with_spooler(Arc::new(printers.clone()));
        let answers = Answers::default();
        let files: Arc<dyn FileDialogs> = Arc::new(answers.clone());
        let mut builder = Harness::builder()
            .with_size(setup.size)
            .with_pixels_per_point(setup.scale)
            .with_theme(setup.theme)
            .with_step_dt(1.0 / FRAMES_PER_SECOND as f32)
            .with_max_steps(20);
        if setup.pictures {
            builder = builder.wgpu();
        }
        let harness = builder.build_eframe(move |creation| {
            App::new(&creation.egui_ctx, Arc::new(environment), files)
        });
        Self {
            harness,
            fs,
            printers,
            answers,
        }
    }

    /// Opens a file of the simulated disk.
    pub fn open(&mut self, path: &str) {
        self.harness.state_mut().open(Path::new(path));
        self.run();
    }

    /// The files that were opened in windows of their own.
    pub fn opened_windows(&self) -> Vec<PathBuf> {
        let windows = self.answers.windows.lock();
        windows.expect("no panic under it").clone()
    }

    /// What was opened with the system's own programs.
    pub fn opened_with_system(&self) -> Vec<PathBuf> {
        let opened = self.answers.opened.lock();
        opened.expect("no panic under it").clone()
    }

    /// What file dialogs were asked for.
    pub fn requests(&self) -> Vec<FileRequest> {
        let requests = self.answers.requests.lock();
        requests.expect("no panic under it").clone()
    }

    /// What the next file dialog answers.
    pub fn will_choose(&self, path: &str) {
        self.answers
            .paths
            .lock()
            .expect("no panic under it")
            .push_back(path.into());
    }

    /// Draws until nothing more is to be drawn, background work included.
    pub fn run(&mut self) {
        self.harness.run();
        while self.harness.state().is_busy() {
            std::thread::sleep(std::time::Duration::from_millis(2));
            self.harness.run();
        }
    }

    /// Clicks on the widget with this name.
    pub fn click(&mut self, name: &str) {
        self.harness.get_by_label(name).click();
        self.run();
    }

    /// Clicks twice in quick succession, a frame for each event.
    pub fn double_click_at(&mut self, pos: Pos2) {
        // A click shortly before, wherever it was, would make the second one a third.
        for _ in 0..FRAMES_PER_SECOND / 2 {
            self.harness.step();
        }
        let button = |pressed| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        let events = [true, false, true, false].map(button);
        for event in [Event::PointerMoved(pos)].into_iter().chain(events) {
            self.harness.event(event);
            self.harness.step();
        }
        self.run();
    }

    /// Whether a widget with this name is there.
    pub fn has(&self, name: &str) -> bool {
        self.harness.query_by_label(name).is_some()
    }

    /// Whether a widget has these words somewhere in its name.
    pub fn has_text(&self, words: &str) -> bool {
        let mut found = self.harness.query_all_by_label_contains(words);
        found.next().is_some()
    }

    /// The widget with this name.
    pub fn get<'t>(&'t self, name: &'t str) -> Node<'t> {
        self.harness.get_by_label(name)
    }

    /// Presses a key.
    pub fn key(&mut self, key: Key) {
        self.harness.key_press(key);
        self.run();
    }

    /// Presses a key with modifiers.
    pub fn keys(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.run();
    }

    /// Types text into whatever has the focus.
    pub fn type_text(&mut self, text: &str) {
        self.harness.event(Event::Text(text.into()));
        self.run();
    }

    /// The cell that the person is at.
    pub fn cell(&self) -> Option<CellPath> {
        self.harness.state().position().cell.clone()
    }

    /// The document as it is.
    pub fn document(&self) -> Arc<Document> {
        let desk = self.harness.state().desk().expect("a document is open");
        Arc::clone(desk.session.document())
    }

    /// The shown project.
    pub fn project(&self) -> Arc<Project> {
        let at = self.harness.state().position().project;
        Arc::clone(self.document().project(at).expect("a project is shown"))
    }

    /// Writes what is seen into `target/window/`.
    pub fn picture(&mut self, name: &str) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/window");
        std::fs::create_dir_all(&folder).expect("a folder for pictures");
        // Nobody wants the pointer in a picture.
        self.harness.event(Event::PointerGone);
        self.run();
        let picture = self.harness.render().expect("a picture");
        picture
            .save(folder.join(format!("{name}.png")))
            .expect("the picture is written");
    }
}
