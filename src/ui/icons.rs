//! The icons of the program, from the Phosphor font that lies in `fonts/`.

/// Phosphor "file-plus".
pub const FILE_PLUS: &str = "\u{E236}";
/// Phosphor "file-text".
pub const FILE_TEXT: &str = "\u{E23A}";
/// Phosphor "gear".
pub const GEAR: &str = "\u{E270}";
/// Phosphor "folder-open".
pub const FOLDER_OPEN: &str = "\u{E256}";
/// Phosphor "floppy-disk".
pub const FLOPPY_DISK: &str = "\u{E248}";
/// Phosphor "arrow-counter-clockwise".
pub const ARROW_COUNTER_CLOCKWISE: &str = "\u{E038}";
/// Phosphor "arrow-clockwise".
pub const ARROW_CLOCKWISE: &str = "\u{E036}";
/// Phosphor "scissors".
pub const SCISSORS: &str = "\u{EAE0}";
/// Phosphor "copy".
pub const COPY: &str = "\u{E1CA}";
/// Phosphor "clipboard-text".
pub const CLIPBOARD_TEXT: &str = "\u{E198}";
/// Phosphor "magnifying-glass".
pub const MAGNIFYING_GLASS: &str = "\u{E30C}";
/// Phosphor "plus".
pub const PLUS: &str = "\u{E3D4}";
/// Phosphor "minus".
pub const MINUS: &str = "\u{E32A}";
/// Phosphor "trash".
pub const TRASH: &str = "\u{E4A6}";
/// Phosphor "arrow-up".
pub const ARROW_UP: &str = "\u{E08E}";
/// Phosphor "arrow-down".
pub const ARROW_DOWN: &str = "\u{E03E}";
/// Phosphor "arrow-right".
pub const ARROW_RIGHT: &str = "\u{E06C}";
/// Phosphor "caret-right".
pub const CARET_RIGHT: &str = "\u{E13A}";
/// Phosphor "caret-down".
pub const CARET_DOWN: &str = "\u{E136}";
/// Phosphor "x".
pub const X: &str = "\u{E4F6}";
/// Phosphor "check".
pub const CHECK: &str = "\u{E182}";
/// Phosphor "check-circle".
pub const CHECK_CIRCLE: &str = "\u{E184}";
/// Phosphor "info".
pub const INFO: &str = "\u{E2CE}";
/// Phosphor "warning-octagon".
pub const WARNING_OCTAGON: &str = "\u{E4E4}";
/// Phosphor "warning".
pub const WARNING: &str = "\u{E4E0}";
/// Phosphor "table".
pub const TABLE: &str = "\u{E476}";
/// Phosphor "coins".
pub const COINS: &str = "\u{E78E}";
/// Phosphor "chart-bar".
pub const CHART_BAR: &str = "\u{E150}";
/// Phosphor "target".
pub const TARGET: &str = "\u{E47C}";
/// Phosphor "list-checks".
pub const LIST_CHECKS: &str = "\u{EADC}";
/// Phosphor "chat-text".
pub const CHAT_TEXT: &str = "\u{E17A}";
/// Phosphor "identification-card".
pub const IDENTIFICATION_CARD: &str = "\u{E2C8}";
/// Phosphor "sun".
pub const SUN: &str = "\u{E472}";
/// Phosphor "moon".
pub const MOON: &str = "\u{E330}";
/// Phosphor "desktop".
pub const DESKTOP: &str = "\u{E560}";
/// Phosphor "calculator".
pub const CALCULATOR: &str = "\u{E538}";
/// Phosphor "lock".
pub const LOCK: &str = "\u{E2FA}";
/// Phosphor "lock-open".
pub const LOCK_OPEN: &str = "\u{E306}";
/// Phosphor "clock-counter-clockwise".
pub const CLOCK_COUNTER_CLOCKWISE: &str = "\u{E1A0}";
/// Phosphor "sidebar-simple".
pub const SIDEBAR_SIMPLE: &str = "\u{EC24}";
/// Phosphor "dots-three".
pub const DOTS_THREE: &str = "\u{E1FE}";
/// Phosphor "export".
pub const EXPORT: &str = "\u{EAF0}";
/// Phosphor "question".
pub const QUESTION: &str = "\u{E3E8}";
/// Phosphor "funnel".
pub const FUNNEL: &str = "\u{E266}";
/// Phosphor "pencil-simple".
pub const PENCIL_SIMPLE: &str = "\u{E3B4}";
/// Phosphor "calendar-plus".
pub const CALENDAR_PLUS: &str = "\u{E714}";
/// Phosphor "copy-simple".
pub const COPY_SIMPLE: &str = "\u{E1CC}";
/// Phosphor "command".
pub const COMMAND: &str = "\u{E1C4}";
/// Phosphor "magic-wand".
pub const MAGIC_WAND: &str = "\u{E6B6}";
/// Phosphor "first-aid-kit".
pub const FIRST_AID_KIT: &str = "\u{E570}";
/// Phosphor "book-open".
pub const BOOK_OPEN: &str = "\u{E0E6}";
/// Phosphor "rows-plus-bottom".
pub const ROWS_PLUS_BOTTOM: &str = "\u{E59E}";
/// Phosphor "stamp".
pub const STAMP: &str = "\u{EA48}";
/// Phosphor "user".
pub const USER: &str = "\u{E4C2}";
/// Phosphor "file-arrow-down".
pub const FILE_ARROW_DOWN: &str = "\u{E232}";
/// Phosphor "dots-six-vertical".
pub const DOTS_SIX_VERTICAL: &str = "\u{EAE2}";
/// Phosphor "keyboard".
pub const KEYBOARD: &str = "\u{E2D8}";
/// Phosphor "eye".
pub const EYE: &str = "\u{E220}";
/// Phosphor "eye-slash".
pub const EYE_SLASH: &str = "\u{E224}";
/// Phosphor "clock".
pub const CLOCK: &str = "\u{E19A}";
/// Phosphor "sign-out".
pub const SIGN_OUT: &str = "\u{E42A}";
/// Phosphor "broom".
pub const BROOM: &str = "\u{EC54}";
/// Phosphor "flag".
pub const FLAG: &str = "\u{E244}";
/// Phosphor "bell".
pub const BELL: &str = "\u{E0CE}";
/// Phosphor "tray-arrow-down".
pub const TRAY_ARROW_DOWN: &str = "\u{E010}";
/// Phosphor "caret-circle-up".
pub const CARET_CIRCLE_UP: &str = "\u{E124}";
/// Phosphor "caret-circle-down".
pub const CARET_CIRCLE_DOWN: &str = "\u{E11E}";
/// Phosphor "printer".
pub const PRINTER: &str = "\u{E3DC}";
/// Phosphor "file-pdf".
pub const FILE_PDF: &str = "\u{E702}";
/// Phosphor "images".
pub const IMAGES: &str = "\u{E836}";
/// Phosphor "arrow-square-out".
pub const ARROW_SQUARE_OUT: &str = "\u{E5DE}";
/// Phosphor "caret-left".
pub const CARET_LEFT: &str = "\u{E138}";
/// Phosphor "sliders-horizontal".
pub const SLIDERS_HORIZONTAL: &str = "\u{E434}";
/// Phosphor "arrow-left".
pub const ARROW_LEFT: &str = "\u{E058}";
/// Phosphor "list-bullets".
pub const LIST_BULLETS: &str = "\u{E2F2}";
