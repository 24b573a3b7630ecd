//! The picture of the window in the title bar and the task bar.

use std::sync::Arc;

use egui::IconData;

/// The program's own icon, drawn for large screens; the system makes it smaller.
pub fn of_program() -> Arc<IconData> {
    let png = include_bytes!("../../../assets/icon/jiping-256.png");
    // Without a picture the window is as good.
    Arc::new(eframe::icon_data::from_png_bytes(png).unwrap_or_default())
}
