//! Colours, sizes and text styles. No other file names a colour or a size that repeats.

#![expect(
    clippy::disallowed_methods,
    reason = "the one place where colours are made"
)]

use std::sync::Arc;

use egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, FontTweak,
    Margin, Shadow, Stroke, TextStyle, Theme, Ui, Vec2, Visuals, style::WidgetVisuals,
};

use crate::{
    model::policy::Severity,
    sheet::{
        chart::hues::{self, Rgb},
        fonts,
    },
};

/// Distances between things, in points.
pub mod space {
    /// Between an icon and its word.
    pub const XS: f32 = 4.0;
    /// Between things that belong together.
    pub const S: f32 = 8.0;
    /// Inside cards.
    pub const M: f32 = 12.0;
    /// Between cards.
    pub const L: f32 = 16.0;
    /// Between parts of a page.
    pub const XL: f32 = 24.0;
}

/// Corner radius of buttons and fields, in points.
pub const RADIUS: u8 = 6;
/// Corner radius of cards and dialogs, in points.
pub const CARD_RADIUS: u8 = 8;
/// The least height of whatever is clicked, in points.
pub const HIT: f32 = 28.0;
/// The least height of a grid row, in points.
pub const ROW: f32 = 30.0;

/// The colours of one appearance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// Behind the panels.
    pub ground: Color32,
    /// Pages, sidebar, cards.
    pub surface: Color32,
    /// Menus, popovers, dialogs.
    pub raised: Color32,
    /// Printed pages: white in both appearances.
    pub paper: Color32,
    /// Hairlines and the grid.
    pub line: Color32,
    /// Text.
    pub text: Color32,
    /// Text that explains.
    pub text_weak: Color32,
    /// Text that is in the way of nothing: units, placeholders.
    pub text_faint: Color32,
    /// Edges of what is chosen by its edge alone: radio buttons, check boxes.
    pub edge: Color32,
    /// Selection, focus, primary button.
    pub accent: Color32,
    /// The ground of what is selected.
    pub accent_weak: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// 错误
    pub error: Color32,
    /// Its ground.
    pub error_weak: Color32,
    /// 警告
    pub warning: Color32,
    /// Its ground.
    pub warning_weak: Color32,
    /// 提示
    pub hint: Color32,
    /// Its ground.
    pub hint_weak: Color32,
    /// 可以报送, 达标
    pub good: Color32,
    /// Its ground.
    pub good_weak: Color32,
    /// The series of charts, in order: each lighter or darker than all others.
    pub series: [Color32; hues::COUNT],
    /// Under the pointer.
    pub hover: Color32,
    /// Behind modal dialogs.
    pub veil: Color32,
    /// Under raised surfaces.
    pub shadow: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// In the light window, charts have the hues that they have on paper.
const fn on_paper() -> [Color32; hues::COUNT] {
    let mut series = [Color32::TRANSPARENT; hues::COUNT];
    let mut index = 0;
    while index < hues::COUNT {
        let Rgb(red, green, blue) = hues::PAPER[index];
        series[index] = Color32::from_rgb(red, green, blue);
        index += 1;
    }
    series
}

const LIGHT: Palette = Palette {
    ground: rgb(0xF4_F5_F7),
    surface: rgb(0xFF_FF_FF),
    raised: rgb(0xFF_FF_FF),
    paper: rgb(0xFF_FF_FF),
    line: rgb(0xE2_E5_EA),
    text: rgb(0x1C_20_24),
    text_weak: rgb(0x5B_64_70),
    text_faint: rgb(0x67_70_7C),
    edge: rgb(0x85_8E_9B),
    accent: rgb(0x2B_5F_D9),
    accent_weak: rgb(0xE8_EF_FC),
    on_accent: rgb(0xFF_FF_FF),
    error: rgb(0xC2_36_2B),
    error_weak: rgb(0xFC_EC_EA),
    warning: rgb(0x98_5A_00),
    warning_weak: rgb(0xFF_F3_DC),
    hint: rgb(0x36_67_87),
    hint_weak: rgb(0xE7_F1_F7),
    good: rgb(0x23_78_4A),
    good_weak: rgb(0xE5_F4_EB),
    series: on_paper(),
    hover: rgb(0xEE_F0_F3),
    veil: Color32::from_black_alpha(60),
    shadow: Color32::from_black_alpha(28),
};

const DARK: Palette = Palette {
    ground: rgb(0x17_19_1C),
    surface: rgb(0x1F_22_26),
    raised: rgb(0x27_2B_30),
    paper: rgb(0xFF_FF_FF),
    line: rgb(0x34_39_41),
    text: rgb(0xE8_EA_ED),
    text_weak: rgb(0xA6_AE_B8),
    text_faint: rgb(0x89_92_9E),
    edge: rgb(0x7A_84_90),
    accent: rgb(0x6D_9B_FF),
    accent_weak: rgb(0x22_30_4D),
    on_accent: rgb(0x10_18_2B),
    error: rgb(0xFF_80_78),
    error_weak: rgb(0x43_21_1F),
    warning: rgb(0xF2_B8_4B),
    warning_weak: rgb(0x40_32_1A),
    hint: rgb(0x86_B9_DB),
    hint_weak: rgb(0x1D_32_3F),
    good: rgb(0x6C_CB_93),
    good_weak: rgb(0x1C_35_27),
    series: [
        rgb(0x4E_8D_E0),
        rgb(0xF5_C0_4F),
        rgb(0x36_86_72),
        rgb(0xD9_A9_C6),
        rgb(0xE6_F2_FB),
    ],
    hover: rgb(0x2C_31_38),
    veil: Color32::from_black_alpha(120),
    shadow: Color32::from_black_alpha(90),
};

impl Palette {
    /// The colours of the appearance in force.
    pub fn of(ui: &Ui) -> &'static Self {
        Self::named(ui.visuals().dark_mode)
    }

    /// As [`Palette::of`] where there is no [`Ui`].
    pub fn of_context(ctx: &Context) -> &'static Self {
        Self::named(ctx.theme() == Theme::Dark)
    }

    /// The dark or the light colours.
    pub fn named(dark: bool) -> &'static Self {
        if dark { &DARK } else { &LIGHT }
    }

    /// What is drawn on the mark of a level.
    pub fn on_mark(&self) -> Color32 {
        self.surface
    }

    /// The colour of a level of findings.
    pub fn level(&self, level: Severity) -> Color32 {
        match level {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Hint => self.hint,
        }
    }

    /// The ground of a level of findings.
    pub fn level_weak(&self, level: Severity) -> Color32 {
        match level {
            Severity::Error => self.error_weak,
            Severity::Warning => self.warning_weak,
            Severity::Hint => self.hint_weak,
        }
    }
}

/// Text styles beside egui's own.
pub mod text {
    use super::*;

    /// Texts of grids and lists, 13.
    pub fn grid() -> FontId {
        FontId::new(13.0, FontFamily::Proportional)
    }

    /// As [`grid`], bold.
    pub fn grid_bold() -> FontId {
        FontId::new(13.0, bold())
    }

    /// Titles of sections, 16 bold.
    pub fn section() -> FontId {
        FontId::new(16.0, bold())
    }

    /// Titles of pages, 20 bold.
    pub fn page() -> FontId {
        FontId::new(20.0, bold())
    }

    /// A text to be read before it is used elsewhere, 20.
    pub fn large() -> FontId {
        FontId::new(20.0, FontFamily::Proportional)
    }

    /// What explains, 12.
    pub fn small() -> FontId {
        FontId::new(12.0, FontFamily::Proportional)
    }

    /// Bold text of body size.
    pub fn strong() -> FontId {
        FontId::new(14.0, bold())
    }

    /// The bold family.
    pub fn bold() -> FontFamily {
        FontFamily::Name("bold".into())
    }
}

/// Puts fonts and both appearances into force. Called once per context.
pub fn install(ctx: &Context) {
    ctx.set_fonts(font_definitions());
    for (theme, palette) in [(Theme::Light, &LIGHT), (Theme::Dark, &DARK)] {
        ctx.style_mut_of(theme, |style| {
            style.visuals = visuals(palette, theme == Theme::Dark);
            style.text_styles = [
                (TextStyle::Small, text::small()),
                (TextStyle::Body, FontId::proportional(14.0)),
                (TextStyle::Button, FontId::proportional(14.0)),
                (TextStyle::Monospace, FontId::proportional(13.0)),
                (TextStyle::Heading, text::page()),
            ]
            .into();
            let spacing = &mut style.spacing;
            spacing.item_spacing = Vec2::new(space::S, space::S);
            spacing.button_padding = Vec2::new(10.0, 4.0);
            spacing.interact_size = Vec2::new(HIT, HIT);
            spacing.menu_margin = Margin::same(6);
            spacing.window_margin = Margin::same(16);
            spacing.scroll = scroll_style();
            spacing.tooltip_width = 420.0;
            style.interaction.selectable_labels = false;
            style.interaction.tooltip_delay = 0.4;
            // Still as paper, also on remote desktops.
            style.animation_time = 0.0;
            style.scroll_animation = egui::style::ScrollAnimation::none();
        });
    }
    // Zoom has steps, a place in the settings and keys of its own.
    ctx.options_mut(|options| {
        options.zoom_with_keyboard = false;
        // Where the system does not say: paper is white.
        options.fallback_theme = Theme::Light;
    });
}

/// Scroll bars with room of their own, quiet until the pointer comes.
fn scroll_style() -> egui::style::ScrollStyle {
    let mut style = egui::style::ScrollStyle::floating();
    style.bar_width = 9.0;
    style.floating_width = 7.0;
    style.floating_allocated_width = 11.0;
    style.dormant_background_opacity = 0.0;
    style.active_background_opacity = 0.0;
    style.interact_background_opacity = 0.0;
    style.dormant_handle_opacity = 0.28;
    style.active_handle_opacity = 0.36;
    style.interact_handle_opacity = 0.6;
    style.fade.strength = 0.0;
    style.kinetic.rubber_band = false;
    style
}

fn font_definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let sans = |bytes| Arc::new(FontData::from_static(bytes));
    let icons =
        FontData::from_static(include_bytes!("../../fonts/Phosphor.ttf")).tweak(FontTweak {
            scale: 1.15,
            y_offset_factor: 0.12,
            ..FontTweak::default()
        });
    fonts.font_data = [
        ("sans".to_owned(), sans(fonts::SANS_REGULAR)),
        ("sans-bold".to_owned(), sans(fonts::SANS_BOLD)),
        ("icons".to_owned(), Arc::new(icons)),
    ]
    .into();
    let family = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    fonts.families = [
        (FontFamily::Proportional, family(&["sans", "icons"])),
        (FontFamily::Monospace, family(&["sans", "icons"])),
        (text::bold(), family(&["sans-bold", "sans", "icons"])),
    ]
    .into();
    fonts
}

fn visuals(palette: &Palette, dark: bool) -> Visuals {
    let mut visuals = if dark {
        Visuals::dark()
    } else {
        Visuals::light()
    };
    let line = Stroke::new(1.0, palette.line);
    let widget = |fill: Color32, stroke: Stroke, text: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: stroke,
        corner_radius: CornerRadius::same(RADIUS),
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    // A widget with the focus is drawn as an active one.
    let accent = Stroke::new(2.0, palette.accent);
    visuals.widgets.noninteractive = widget(palette.surface, line, palette.text);
    visuals.widgets.inactive = widget(palette.surface, line, palette.text);
    visuals.widgets.hovered = widget(palette.hover, line, palette.text);
    visuals.widgets.active = widget(palette.accent_weak, accent, palette.text);
    visuals.widgets.open = widget(palette.hover, line, palette.text);
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(palette.text_weak);
    visuals.selection.bg_fill = palette.accent_weak;
    visuals.selection.stroke = Stroke::new(2.0, palette.accent);
    visuals.hyperlink_color = palette.accent;
    visuals.faint_bg_color = palette.ground;
    visuals.extreme_bg_color = palette.ground;
    visuals.text_edit_bg_color = Some(palette.surface);
    visuals.code_bg_color = palette.ground;
    visuals.warn_fg_color = palette.warning;
    visuals.error_fg_color = palette.error;
    visuals.window_corner_radius = CornerRadius::same(CARD_RADIUS);
    visuals.menu_corner_radius = CornerRadius::same(CARD_RADIUS);
    visuals.window_fill = palette.raised;
    visuals.window_stroke = line;
    visuals.panel_fill = palette.surface;
    let shadow = Shadow {
        offset: [0, 4],
        blur: 16,
        spread: 0,
        color: palette.shadow,
    };
    visuals.window_shadow = shadow;
    visuals.popup_shadow = shadow;
    visuals.text_cursor.stroke = Stroke::new(1.5, palette.text);
    // A blinking cursor asks for a frame twice a second.
    visuals.text_cursor.blink = false;
    // The composed text stands in the field with an underline, as in any other program of Windows.
    visuals.ime_composition.legacy_visuals = false;
    visuals.interact_cursor = Some(egui::CursorIcon::PointingHand);
    visuals
}

/// The frame around a cell that was found.
pub fn hit(ui: &Ui, rect: egui::Rect, radius: u8) {
    let stroke = Stroke::new(2.0, Palette::of(ui).warning);
    ui.painter()
        .rect_stroke(rect, radius, stroke, egui::StrokeKind::Inside);
}

/// A white sheet on the ground: hairline, rounded, padded.
pub fn card(ui: &Ui) -> egui::Frame {
    let palette = Palette::of(ui);
    egui::Frame::new()
        .fill(palette.surface)
        .stroke(Stroke::new(1.0, palette.line))
        .corner_radius(CARD_RADIUS)
        .inner_margin(Margin::same(12))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn series_differ_in_light_in_both_appearances() {
        for dark in [false, true] {
            let colors = Palette::named(dark).series;
            let mut greys = colors.map(|color| Rgb(color.r(), color.g(), color.b()).luminance());
            greys.sort_unstable();
            for pair in greys.windows(2) {
                // A fifth more light is seen as another grey.
                assert!(
                    5 * (pair[1] + 50) >= 6 * (pair[0] + 50),
                    "{dark}: {greys:?}"
                );
            }
        }
    }
}
