//! From the command line to the first frame, and on where a window cannot open or breaks down.
//!
//! | module | what it is |
//! |---|---|
//! | [`renderers`] | what can draw, in the order in which it is tried |
//! | [`guard`] | the program in its window: panics and lost devices end the window, not the work |
//! | [`rescue`] | what a panic would take away, and the hook that keeps it |
//! | [`icon`] | the picture in the title bar and the task bar |
//! | [`fault`] | faults on demand, for tests in a real window |
//! | [`words`] | what is said where no window can say it |

pub mod fault;
pub mod guard;
pub mod icon;
pub mod renderers;
pub mod rescue;
pub mod words;

use std::{
    ffi::OsString,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    process::{Command, ExitCode},
    sync::Arc,
};

use eframe::wgpu;

use self::{
    fault::Fault,
    guard::{Guard, Trouble, Watch},
    renderers::{RENDERER_VARIABLE, Renderer},
};
use super::{app::App, files::SystemDialogs};
use crate::{
    session::environment::Environment,
    store::{log::Level, recovery::EntryId, settings::Settings},
};

/// Hands an entry of the recovery copies to the next process.
const RECOVER_ARGUMENT: &str = "--recover";

/// Tells the next process how often the window broke down before.
const RESTARTS_VARIABLE: &str = "JIPING_RESTARTS";

/// How often a window that broke down is opened again.
const MOST_RESTARTS: u32 = 3;

/// What the window begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Opening {
    /// The start page.
    Nothing,
    /// A file.
    File(PathBuf),
    /// A recovery copy, or where it is gone, the file.
    Recovered(EntryId, Option<PathBuf>),
}

/// How a window ended.
enum End {
    /// The person closed it.
    Closed,
    /// It did not open.
    NotOpened(eframe::Error),
    /// The guard ended it.
    Trouble(Trouble),
    /// A panic went through the event loop, which cannot be used again.
    Broken,
}

/// Runs the program. The first argument is its name, the second a file to open.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let opening = match read(arguments) {
        Ok(opening) => opening,
        Err(argument) => {
            words::tell(&words::misused(&argument));
            return ExitCode::from(2);
        }
    };
    if !has_display() {
        words::tell(&words::no_display());
        return ExitCode::FAILURE;
    }
    let environment = Arc::new(Environment::real());
    rescue::install_hook(Arc::clone(&environment));
    let (version, system) = (env!("CARGO_PKG_VERSION"), std::env::consts::OS);
    environment.log(Level::Info, &format!("started {version} on {system}"));
    Launch::new(environment, opening).run()
}

fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Opening, String> {
    let arguments: Vec<OsString> = arguments.into_iter().skip(1).collect();
    let unknown = |argument: &OsString| Err(argument.to_string_lossy().into_owned());
    match &arguments[..] {
        [] => Ok(Opening::Nothing),
        [name, entry] if name == RECOVER_ARGUMENT => {
            let entry = entry.to_str().and_then(|text| text.parse().ok());
            entry.map_or_else(
                || unknown(name),
                |entry| Ok(Opening::Recovered(entry, None)),
            )
        }
        [option, ..] if option.to_string_lossy().starts_with("--") => unknown(option),
        [file] => Ok(Opening::File(file.into())),
        [_, further, ..] => unknown(further),
    }
}

/// Whether a window could be shown: on Linux the variables of X11 or Wayland tell, elsewhere there always is a desktop.
fn has_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(windows, target_os = "macos"))
        || ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"]
            .into_iter()
            .any(is_set)
}

/// One start of the program: windows in turn until the person closes one.
struct Launch {
    environment: Arc<Environment>,
    opening: Opening,
    order: Vec<Renderer>,
    settings: Settings,
    /// What each renderer said that opened no window.
    problems: Vec<String>,
    restarts: u32,
}

impl Launch {
    fn new(environment: Arc<Environment>, opening: Opening) -> Self {
        let folders = environment.folders();
        let settings = folders.and_then(|folders| Settings::glance(environment.fs(), folders));
        let settings = settings.unwrap_or_default();
        let variable = std::env::var(RENDERER_VARIABLE).ok();
        let restarts = std::env::var(RESTARTS_VARIABLE).ok();
        Self {
            order: Renderer::in_turn(
                variable.as_deref(),
                settings.renderer,
                wgpu::Backends::from_env(),
            ),
            opening,
            settings,
            problems: Vec::new(),
            restarts: restarts.and_then(|text| text.parse().ok()).unwrap_or(0),
            environment,
        }
    }

    fn run(mut self) -> ExitCode {
        let mut at = 0;
        while let Some(renderer) = self.order.get(at).copied() {
            let watch = Arc::new(Watch::default());
            match self.show(renderer, &watch) {
                End::Closed => return ExitCode::SUCCESS,
                End::NotOpened(
                    error @ (eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_)),
                ) => {
                    self.note(&format!("no desktop: {error}"));
                    words::tell(&words::no_display());
                    return ExitCode::FAILURE;
                }
                End::NotOpened(error) => {
                    self.note(&format!("{renderer}: {error}"));
                    at += 1;
                    continue;
                }
                End::Trouble(Trouble::Lost(words)) => {
                    self.note(&format!("{renderer}: device lost: {words}"));
                    at = (at + 1).min(self.order.len() - 1);
                }
                End::Trouble(Trouble::Panicked) => {}
                End::Broken => {
                    let next = self.order.get(at + 1).copied().unwrap_or(renderer);
                    self.hand_over(&watch);
                    return self.go_on_in_another_process(next);
                }
            }
            self.hand_over(&watch);
            if self.restarts >= MOST_RESTARTS {
                return self.give_up();
            }
            self.restarts += 1;
        }
        words::tell(&words::no_renderer(&self.problems));
        ExitCode::FAILURE
    }

    fn note(&mut self, problem: &str) {
        self.environment.log(Level::Warning, problem);
        self.problems.push(problem.to_owned());
    }

    /// Shows the window until it ends.
    fn show(&self, renderer: Renderer, watch: &Arc<Watch>) -> End {
        if Fault::asked() == Some(Fault::Renderers) {
            return End::NotOpened(eframe::Error::AppCreation("a fault asked for".into()));
        }
        let mut options = self.options();
        renderer.apply(&mut options);
        let (environment, opening) = (Arc::clone(&self.environment), self.opening.clone());
        let seen = Arc::clone(watch);
        let create: eframe::AppCreator<'_> = Box::new(move |creation| {
            environment.log(Level::Info, &format!("window opened, drawn by {renderer}"));
            let dialogs = Arc::new(SystemDialogs);
            let mut app = App::new(&creation.egui_ctx, environment, dialogs);
            open(&mut app, opening);
            app.offer_recovery();
            Ok(Box::new(Guard::new(app, creation, seen)))
        });
        let run = || eframe::run_native("jiping", options, create);
        match catch_unwind(AssertUnwindSafe(run)) {
            Err(_) => End::Broken,
            Ok(outcome) => match (watch.trouble(), outcome) {
                (Some(trouble), _) => End::Trouble(trouble),
                (None, Ok(())) => End::Closed,
                (None, Err(error)) => End::NotOpened(error),
            },
        }
    }

    fn options(&self) -> eframe::NativeOptions {
        // Never opened where the last screen was: that screen may be gone.
        let (size, maximised) = match self.settings.window {
            Some(place) => (
                [place.width.max(800) as f32, place.height.max(560) as f32],
                place.maximised,
            ),
            None => ([1280.0, 800.0], false),
        };
        eframe::NativeOptions {
            viewport: egui::ViewportBuilder::default()
                .with_title("绩评")
                .with_app_id("jiping")
                .with_icon(icon::of_program())
                .with_inner_size(size)
                .with_min_inner_size([800.0, 560.0])
                .with_maximized(maximised),
            ..Default::default()
        }
    }

    /// What the next window begins with: the unsaved work, or the file that was open.
    fn hand_over(&mut self, watch: &Watch) {
        self.opening = match (rescue::keep(&self.environment), watch.file()) {
            (Some(entry), file) => Opening::Recovered(entry, file),
            (None, Some(file)) => Opening::File(file),
            (None, None) => Opening::Nothing,
        };
        // The next window notes its own work; until then this is all that is unsaved, and it is kept.
        rescue::remember(None);
    }

    /// Goes on with the same work in another process, since the event loop of this one cannot be used again.
    fn go_on_in_another_process(&self, renderer: Renderer) -> ExitCode {
        if self.restarts >= MOST_RESTARTS {
            return self.give_up();
        }
        let Ok(program) = std::env::current_exe() else {
            return self.give_up();
        };
        let mut next = Command::new(program);
        match &self.opening {
            Opening::Nothing => {}
            Opening::File(file) => {
                next.arg(file);
            }
            Opening::Recovered(entry, _) => {
                next.args([RECOVER_ARGUMENT, &entry.to_string()]);
            }
        }
        let started = next
            .env(RENDERER_VARIABLE, renderer.to_string())
            .env(RESTARTS_VARIABLE, (self.restarts + 1).to_string())
            .env_remove(fault::FAULT_VARIABLE)
            .spawn();
        match started {
            Ok(_) => {
                let words = format!("goes on in another process, drawn by {renderer}");
                self.environment.log(Level::Warning, &words);
                ExitCode::SUCCESS
            }
            Err(_) => self.give_up(),
        }
    }

    fn give_up(&self) -> ExitCode {
        let copy = match (&self.opening, self.environment.folders()) {
            (Opening::Recovered(entry, _), Some(folders)) => {
                folders.recoveries().find(self.environment.fs(), *entry)
            }
            _ => None,
        };
        let log = self.environment.log_file().path();
        let copy = copy.as_ref().map(|entry| &*entry.copy);
        words::tell(&words::given_up(copy, log.as_deref()));
        ExitCode::FAILURE
    }
}

fn open(app: &mut App, opening: Opening) {
    match opening {
        Opening::Nothing => {}
        Opening::File(file) => app.open_or_import(file),
        Opening::Recovered(entry, file) => {
            if !app.go_on_with(entry)
                && let Some(file) = file
            {
                app.open(&file);
            }
        }
    }
}
