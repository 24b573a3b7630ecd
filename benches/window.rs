//! The window against a bare eframe window on the same screen in memory: from the start of the process to the first frame,
//! and the memory it holds with the sample open. Both are drawn by the same software renderer, so no graphics card is
//! needed; Xvfb is.

#![expect(
    clippy::disallowed_methods,
    reason = "looks at processes, which is no business of the store"
)]

mod stopwatch;

use std::{
    env, fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, ExitCode, Stdio},
    thread::sleep,
    time::Duration,
};

use stopwatch::{median, timed};

const ROUNDS: usize = 5;
const SAMPLE: &str = "assets/samples/shenzhen-2020-filed.jiping";
/// Ours over the bare window's, at most.
const START: f64 = 3.0;
const MEMORY: f64 = 2.0;

/// What both windows print once their first frame is shown, see `ui::launch::guard`.
const FIRST_FRAME: &str = "first frame";
const PROBE: &str = "JIPING_PROBE";
/// Tells this program to be the bare window.
const BARE: &str = "JIPING_BARE_WINDOW";
/// How long a window may need before its memory is looked at.
const SETTLING: Duration = Duration::from_secs(2);

fn main() -> ExitCode {
    if env::var_os(BARE).is_some() {
        return bare_window();
    }
    let screen = Screen::start();
    let data = tempfile::tempdir().expect("a folder");
    let ours = || {
        let mut command = screen.command(env!("CARGO_BIN_EXE_jiping"), data.path());
        command.arg(SAMPLE);
        command
    };
    let theirs = || {
        let own = env::current_exe().expect("this program");
        let mut command = screen.command(own, data.path());
        command.env(BARE, "1");
        command
    };
    let (mut our_runs, mut their_runs) = (Vec::new(), Vec::new());
    // The first of each fills the caches of the system.
    for round in 0..=ROUNDS {
        let pair = (Run::of(ours()), Run::of(theirs()));
        if round > 0 {
            our_runs.push(pair.0);
            their_runs.push(pair.1);
        }
    }
    let start = |runs: &[Run]| median(runs.iter().map(|run| run.start).collect()).as_secs_f64();
    let memory = |runs: &[Run]| {
        let mut sizes: Vec<u64> = runs.iter().map(|run| run.kilobytes).collect();
        sizes.sort_unstable();
        sizes[sizes.len() / 2] as f64
    };
    let first = report(
        "start to first frame, s",
        start(&our_runs),
        start(&their_runs),
        START,
    );
    let held = report(
        "memory with the sample open, MB",
        memory(&our_runs) / 1024.0,
        memory(&their_runs) / 1024.0,
        MEMORY,
    );
    if first && held {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn report(what: &str, ours: f64, theirs: f64, limit: f64) -> bool {
    let ratio = ours / theirs;
    println!("{what}: ours {ours:.2}, a bare window {theirs:.2}, ratio {ratio:.2} (limit {limit})");
    ratio <= limit
}

/// One run of a window.
struct Run {
    start: Duration,
    kilobytes: u64,
}

impl Run {
    fn of(mut command: Command) -> Self {
        let mut window = None;
        let start = timed(|| window = first_frame(&mut command));
        let mut window = window.expect("the window shows a frame");
        sleep(SETTLING);
        let kilobytes = resident(window.id());
        end(&mut window);
        Self {
            start,
            kilobytes: kilobytes.expect("the process is there"),
        }
    }
}

/// Starts a window and waits for its first frame; `None` if it ends before.
fn first_frame(command: &mut Command) -> Option<Child> {
    let mut window = command
        .env(PROBE, "1")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    let out = BufReader::new(window.stdout.take().expect("piped"));
    let mut lines = out.lines().map_while(Result::ok);
    lines.any(|line| line == FIRST_FRAME).then_some(window)
}

/// What a process holds in memory, in KB.
fn resident(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

fn end(child: &mut Child) {
    child.kill().expect("kills");
    child.wait().expect("ends");
}

/// A screen in memory.
struct Screen {
    server: Child,
    display: String,
}

impl Screen {
    fn start() -> Self {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-noreset", "-nolisten", "tcp"])
            .args(["-screen", "0", "1400x900x24"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed");
        let mut number = String::new();
        let mut out = BufReader::new(server.stdout.take().expect("piped"));
        out.read_line(&mut number).expect("a number");
        Self {
            server,
            display: format!(":{}", number.trim()),
        }
    }

    /// A program on this screen, drawn by Vulkan without a graphics card, with a data folder of its own.
    fn command(&self, program: impl AsRef<std::ffi::OsStr>, data: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .env("DISPLAY", &self.display)
            .env("WGPU_BACKEND", "vulkan")
            .env("WGPU_POWER_PREF", "low")
            .env("XDG_RUNTIME_DIR", data)
            .env("JIPING_DATA", data);
        command
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        end(&mut self.server);
    }
}

/// An eframe window of the same size with nothing in it.
fn bare_window() -> ExitCode {
    struct Bare(u64);
    impl eframe::App for Bare {
        fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
            self.0 += 1;
            match self.0 {
                1 => ui.ctx().request_repaint(),
                2 => println!("{FIRST_FRAME}"),
                _ => {}
            }
        }
    }
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default().with_inner_size([1280.0, 800.0]),
        ..Default::default()
    };
    match eframe::run_native("bare", options, Box::new(|_| Ok(Box::new(Bare(0))))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
