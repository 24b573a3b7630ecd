//! From the command line to the first frame.

use std::{ffi::OsString, path::PathBuf, process::ExitCode, sync::Arc};

use super::{app::App, files::SystemDialogs};
use crate::session::environment::Environment;

/// Runs the program.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let file = arguments.into_iter().nth(1).map(PathBuf::from);
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("绩评")
            .with_inner_size([1280.0, 800.0])
            .with_min_inner_size([800.0, 560.0]),
        ..Default::default()
    };
    let outcome = eframe::run_native(
        "jiping",
        options,
        Box::new(|creation| {
            let environment = Arc::new(Environment::real());
            let mut app = App::new(&creation.egui_ctx, environment, Arc::new(SystemDialogs));
            if let Some(file) = file {
                app.open(&file);
            }
            Ok(Box::new(app))
        }),
    );
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("没有打开窗口：{error}");
            ExitCode::FAILURE
        }
    }
}
