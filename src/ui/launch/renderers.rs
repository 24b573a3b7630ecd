//! What can draw the window, in the order in which it is tried.

use std::{fmt, sync::Arc};

use eframe::{
    egui_wgpu::{WgpuSetup, WgpuSetupCreateNew},
    wgpu,
};

use crate::store::settings::Renderer as Chosen;

/// The environment variable that puts one renderer first: `dx12`, `vulkan`, `gl` or `glow`. It goes before the setting.
pub const RENDERER_VARIABLE: &str = "JIPING_RENDERER";

/// One way to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renderer {
    /// wgpu on Direct3D 12.
    Dx12,
    /// wgpu on Vulkan.
    Vulkan,
    /// wgpu on OpenGL.
    Gl,
    /// wgpu on what its own variable `WGPU_BACKEND` names.
    OfVariable(wgpu::Backends),
    /// OpenGL without wgpu.
    Glow,
}

impl Renderer {
    /// All that this system may have, in turn. `variable` is the value of [`RENDERER_VARIABLE`]; what it or the setting
    /// names comes first, and the others follow should it fail. `backends` is what `WGPU_BACKEND` names.
    pub fn in_turn(
        variable: Option<&str>,
        setting: Chosen,
        backends: Option<wgpu::Backends>,
    ) -> Vec<Self> {
        let mut order = match backends {
            Some(backends) => vec![Self::OfVariable(backends)],
            None if cfg!(windows) => vec![Self::Dx12, Self::Vulkan, Self::Gl],
            None => vec![Self::Vulkan, Self::Gl],
        };
        order.push(Self::Glow);
        let chosen = variable.and_then(Self::named).or(match setting {
            Chosen::Auto => None,
            Chosen::Dx12 => Some(Self::Dx12),
            Chosen::Vulkan => Some(Self::Vulkan),
            Chosen::Gl => Some(Self::Gl),
            Chosen::Glow => Some(Self::Glow),
        });
        if let Some(chosen) = chosen {
            order.retain(|renderer| *renderer != chosen);
            order.insert(0, chosen);
        }
        order
    }

    fn named(name: &str) -> Option<Self> {
        [Self::Dx12, Self::Vulkan, Self::Gl, Self::Glow]
            .into_iter()
            .find(|renderer| renderer.to_string() == name.to_ascii_lowercase())
    }

    /// Sets the options of a window that is drawn so.
    pub fn apply(self, options: &mut eframe::NativeOptions) {
        let backends = match self {
            Self::Dx12 => wgpu::Backends::DX12,
            Self::Vulkan => wgpu::Backends::VULKAN,
            Self::Gl => wgpu::Backends::GL,
            Self::OfVariable(backends) => backends,
            Self::Glow => {
                options.renderer = eframe::Renderer::Glow;
                return;
            }
        };
        options.renderer = eframe::Renderer::Wgpu;
        let mut setup = WgpuSetupCreateNew::without_display_handle();
        setup.instance_descriptor.backends = backends;
        // A form does not need the fast graphics card, and the economical one has the older and better known driver.
        setup.power_preference =
            wgpu::PowerPreference::from_env().unwrap_or(wgpu::PowerPreference::LowPower);
        options.wgpu_options.wgpu_setup = WgpuSetup::CreateNew(setup);
    }
}

impl fmt::Display for Renderer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Dx12 => "dx12",
            Self::Vulkan => "vulkan",
            Self::Gl => "gl",
            Self::OfVariable(_) => "wgpu",
            Self::Glow => "glow",
        })
    }
}

/// Calls `lost` when the graphics device is gone or fails. wgpu's own answer to the latter is a panic.
pub fn watch(
    state: &eframe::egui_wgpu::RenderState,
    lost: impl Fn(String) + Send + Sync + 'static,
) {
    let lost = Arc::new(lost);
    let failed = Arc::clone(&lost);
    state
        .device
        .set_device_lost_callback(move |reason, words| lost(format!("{reason:?}: {words}")));
    state
        .device
        .on_uncaptured_error(Arc::new(move |error| failed(error.to_string())));
}
