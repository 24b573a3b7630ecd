//! Faults on demand, so that tests can see in a real window what a lost graphics device or a panic does. Set by
//! [`FAULT_VARIABLE`]; each happens once in a run of the program.

use std::sync::atomic::{AtomicBool, Ordering};

/// Names the fault: `renderers` (no renderer works), `device-lost`, `panic` (in a frame), `panic-outside` (between frames).
/// The last three happen in the first frame that finds unsaved changes.
pub const FAULT_VARIABLE: &str = "JIPING_FAULT";

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No renderer works.
    Renderers,
    /// The graphics device is lost.
    DeviceLost,
    /// The program panics while it draws.
    Panic,
    /// Something below the program panics between two frames.
    PanicOutside,
}

impl Fault {
    /// The fault asked for.
    pub fn asked() -> Option<Self> {
        Some(match std::env::var(FAULT_VARIABLE).ok()?.as_str() {
            "renderers" => Self::Renderers,
            "device-lost" => Self::DeviceLost,
            "panic" => Self::Panic,
            "panic-outside" => Self::PanicOutside,
            _ => return None,
        })
    }

    /// Whether this fault is asked for, `is_time`, and it has not happened yet in this process.
    pub fn strikes_at(self, is_time: bool) -> bool {
        static STRUCK: AtomicBool = AtomicBool::new(false);
        is_time && Self::asked() == Some(self) && !STRUCK.swap(true, Ordering::Relaxed)
    }
}
