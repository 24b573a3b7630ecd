//! The spooler of Windows: which printers there are, how they are, how they are set up.
#![expect(unsafe_code, reason = "the spooler's functions are C")]

use std::{fmt, io, mem, ptr};

use windows_sys::Win32::{
    Foundation::{ERROR_CANCELLED, ERROR_INVALID_PRINTER_NAME, ERROR_PRINT_CANCELLED},
    Graphics::{
        Gdi::{
            DEVMODEW, DM_COLLATE, DM_COLOR, DM_COPIES, DM_DUPLEX, DM_IN_BUFFER, DM_ORIENTATION,
            DM_OUT_BUFFER, DM_PAPERSIZE, DMCOLLATE_FALSE, DMCOLLATE_TRUE, DMCOLOR_COLOR,
            DMCOLOR_MONOCHROME, DMORIENT_LANDSCAPE, DMORIENT_PORTRAIT, DMPAPER_A4,
        },
        Printing::{
            self as print, ClosePrinter, DocumentPropertiesW, EnumPrintersW, GetDefaultPrinterW,
            GetPrinterW, OpenPrinterW, PRINTER_ATTRIBUTE_WORK_OFFLINE, PRINTER_ENUM_CONNECTIONS,
            PRINTER_ENUM_LOCAL, PRINTER_HANDLE, PRINTER_INFO_2W, PRINTER_INFO_4W,
        },
    },
    Storage::Xps::{
        DC_COLLATE, DC_COLORDEVICE, DC_COPIES, DC_DUPLEX, DC_PAPERS, DeviceCapabilitiesW,
        PRINTER_DEVICE_CAPABILITIES,
    },
};

use super::duplex_of;
use crate::printers::Ticket;

/// The spooler does not run, or cannot be reached (`RPC_S_SERVER_UNAVAILABLE` and `RPC_S_SERVER_TOO_BUSY`).
const NO_SERVICE: [i32; 2] = [1722, 1723];

/// The most bytes that are taken of what the spooler tells of itself (4 MB); a printer's set-up is a few thousand.
const MOST: u32 = 4 << 20;

/// What a function of Windows said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failure(i32);

impl Failure {
    /// Of the function called last.
    pub fn last() -> Self {
        Self(
            io::Error::last_os_error()
                .raw_os_error()
                .unwrap_or_default(),
        )
    }

    /// Whether the person gave it up in a dialog of the driver.
    pub fn is_cancelled(self) -> bool {
        [ERROR_CANCELLED, ERROR_PRINT_CANCELLED].contains(&self.0.cast_unsigned())
    }

    /// Whether there is no such printer.
    pub fn is_unknown_printer(self) -> bool {
        self.0.cast_unsigned() == ERROR_INVALID_PRINTER_NAME
    }

    /// Whether the service is not there.
    pub fn is_no_service(self) -> bool {
        NO_SERVICE.contains(&self.0)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => f.write_str("系统没有说明原因"),
            code => write!(f, "{}", io::Error::from_raw_os_error(code)),
        }
    }
}

/// The names of all printers.
pub fn printers() -> Result<Vec<String>, Failure> {
    let flags = PRINTER_ENUM_LOCAL | PRINTER_ENUM_CONNECTIONS;
    // Level 4 is read from the registry: it asks no server that may be away.
    let mut count = 0;
    let buffer = filled(|buffer, size, needed| {
        // SAFETY: the buffer has as many bytes as are said, and both numbers outlive the call.
        unsafe { EnumPrintersW(flags, ptr::null(), 4, buffer, size, needed, &mut count) }
    })?;
    let first = buffer.as_ptr().cast::<PRINTER_INFO_4W>();
    let count = (count as usize).min(mem::size_of_val(&buffer[..]) / size_of::<PRINTER_INFO_4W>());
    Ok((0..count)
        .map(|index| {
            // SAFETY: the spooler wrote so many records to the buffer, which is aligned for them; their texts lie in it too.
            unsafe { text((*first.add(index)).pPrinterName) }
        })
        .filter(|name| !name.is_empty())
        .collect())
}

/// The printer that is taken where none is chosen.
pub fn default_printer() -> Option<String> {
    let mut length = 0;
    // SAFETY: without a buffer, the function only says how long the name is.
    unsafe { GetDefaultPrinterW(ptr::null_mut(), &mut length) };
    let mut name = vec![0_u16; length.min(MOST) as usize];
    // SAFETY: the buffer has as many characters as are said.
    let found = unsafe { GetDefaultPrinterW(name.as_mut_ptr(), &mut length) };
    (found != 0 && !name.is_empty()).then(|| until_zero(&name))
}

/// An open printer.
pub struct Queue {
    handle: PRINTER_HANDLE,
    name: Vec<u16>,
}

/// How a printer is.
pub struct State {
    /// Why jobs wait, in words.
    pub trouble: Option<&'static str>,
    /// Where it stands or what it is.
    pub about: String,
}

impl Queue {
    /// Opens a printer by its name.
    pub fn open(name: &str) -> Result<Self, Failure> {
        let name = wide(name);
        let mut handle = PRINTER_HANDLE::default();
        // SAFETY: the name ends with a zero, and the handle outlives the call.
        match unsafe { OpenPrinterW(name.as_ptr(), &mut handle, ptr::null()) } {
            0 => Err(Failure::last()),
            _ => Ok(Self { handle, name }),
        }
    }

    /// How it is.
    pub fn state(&self) -> Result<State, Failure> {
        let buffer = filled(|buffer, size, needed| {
            // SAFETY: the buffer has as many bytes as are said.
            unsafe { GetPrinterW(self.handle, 2, buffer, size, needed) }
        })?;
        if mem::size_of_val(&buffer[..]) < size_of::<PRINTER_INFO_2W>() {
            return Err(Failure(0));
        }
        // SAFETY: the spooler wrote this record to the buffer, which is aligned and large enough for it; its texts lie in it too.
        let info = unsafe { &*buffer.as_ptr().cast::<PRINTER_INFO_2W>() };
        // SAFETY: as above.
        let (place, comment) = unsafe { (text(info.pLocation), text(info.pComment)) };
        Ok(State {
            trouble: trouble(info.Status, info.Attributes),
            about: if place.is_empty() { comment } else { place },
        })
    }

    /// How the person's own settings set it up.
    pub fn setup(&self) -> Result<Setup, Failure> {
        // SAFETY: without buffers, the function only says how many bytes a set-up has.
        let size = unsafe { self.properties(ptr::null_mut(), ptr::null(), 0) };
        let size = u32::try_from(size).map_err(|_| Failure::last())?;
        if size > MOST || (size as usize) < size_of::<DEVMODEW>() {
            return Err(Failure(0));
        }
        let mut setup = Setup(vec![0; (size as usize).div_ceil(8)]);
        // SAFETY: the buffer has as many bytes as the function asked for.
        let done = unsafe { self.properties(setup.pointer_mut(), ptr::null(), DM_OUT_BUFFER) };
        if done < 0 {
            Err(Failure::last())
        } else {
            Ok(setup)
        }
    }

    /// Has the driver look at a set-up: what it cannot do, it takes back.
    pub fn check(&self, setup: &mut Setup) {
        let wanted = Setup(setup.0.clone());
        let mode = DM_IN_BUFFER | DM_OUT_BUFFER;
        // SAFETY: both buffers are set-ups that this driver filled, with the size it asked for.
        let done = unsafe { self.properties(setup.pointer_mut(), wanted.pointer(), mode) };
        if done < 0 {
            *setup = wanted;
        }
    }

    /// # Safety
    ///
    /// What is not null must be a set-up of this driver's size, and what is read must be one that it filled.
    unsafe fn properties(&self, output: *mut DEVMODEW, input: *const DEVMODEW, mode: u32) -> i32 {
        let name = self.name.as_ptr();
        // SAFETY: as the caller sees to it; no window is needed without a prompt.
        unsafe { DocumentPropertiesW(ptr::null_mut(), self.handle, name, output, input, mode) }
    }

    /// Whether it prints both sides.
    pub fn can_duplex(&self) -> Option<bool> {
        self.ability(DC_DUPLEX).map(|answer| answer == 1)
    }

    /// Whether it prints colours.
    pub fn has_colours(&self) -> Option<bool> {
        self.ability(DC_COLORDEVICE).map(|answer| answer == 1)
    }

    /// Whether it makes the copies of a ticket by itself.
    pub fn makes_copies(&self, ticket: &Ticket) -> bool {
        let most = self.ability(DC_COPIES).unwrap_or(1);
        let collates = self.ability(DC_COLLATE) == Some(1);
        ticket.copies <= 1 || (most >= i32::from(ticket.copies) && (collates || !ticket.collate))
    }

    /// Whether it takes A4 paper.
    pub fn takes_a4(&self) -> Option<bool> {
        let count = self.ability(DC_PAPERS).filter(|count| *count > 0)?;
        let mut papers = vec![0_u16; usize::try_from(count).ok()?];
        let (name, port) = (self.name.as_ptr(), ptr::null());
        let output = papers.as_mut_ptr();
        // SAFETY: the buffer has as many numbers as the driver said that there are.
        let found = unsafe { DeviceCapabilitiesW(name, port, DC_PAPERS, output, ptr::null()) };
        let a4 = u16::try_from(DMPAPER_A4).ok()?;
        (found > 0).then(|| papers.contains(&a4))
    }

    /// What the driver answers to a question that needs no buffer; `None` where it does not know.
    fn ability(&self, which: PRINTER_DEVICE_CAPABILITIES) -> Option<i32> {
        let name = self.name.as_ptr();
        // SAFETY: the name ends with a zero; these questions are answered without a buffer.
        let answer =
            unsafe { DeviceCapabilitiesW(name, ptr::null(), which, ptr::null_mut(), ptr::null()) };
        Some(answer).filter(|answer| *answer >= 0)
    }
}

impl Drop for Queue {
    fn drop(&mut self) {
        // SAFETY: the handle was opened by this value and is closed once.
        unsafe { ClosePrinter(self.handle) };
    }
}

/// How a printer is set up: what Windows calls DEVMODE, with what the driver keeps behind it. As large as the driver said.
pub struct Setup(Vec<u64>);

impl Setup {
    /// For Windows to read.
    pub fn pointer(&self) -> *const DEVMODEW {
        self.0.as_ptr().cast()
    }

    fn pointer_mut(&mut self) -> *mut DEVMODEW {
        self.0.as_mut_ptr().cast()
    }

    /// Sets it up for a job on A4.
    pub fn set(&mut self, ticket: &Ticket, copies: u16, landscape: bool) {
        // SAFETY: the buffer is aligned, and at least as large as this record, which the driver filled.
        let mode = unsafe { &mut *self.pointer_mut() };
        let orientation = match landscape {
            true => DMORIENT_LANDSCAPE,
            false => DMORIENT_PORTRAIT,
        };
        // All of these numbers are small.
        // SAFETY: of the union's two records, this one is that of printers.
        let paper = unsafe { &mut mode.Anonymous1.Anonymous1 };
        paper.dmOrientation = orientation as i16;
        paper.dmPaperSize = DMPAPER_A4 as i16;
        paper.dmCopies = copies.cast_signed();
        mode.dmCollate = match ticket.collate {
            true => DMCOLLATE_TRUE,
            false => DMCOLLATE_FALSE,
        };
        mode.dmDuplex = duplex_of(ticket);
        mode.dmColor = match ticket.grey {
            true => DMCOLOR_MONOCHROME,
            false => DMCOLOR_COLOR,
        };
        mode.dmFields |=
            DM_ORIENTATION | DM_PAPERSIZE | DM_COPIES | DM_COLLATE | DM_DUPLEX | DM_COLOR;
    }
}

/// Why jobs wait, by what the spooler says of a printer; the gravest first.
fn trouble(status: u32, attributes: u32) -> Option<&'static str> {
    let known = [
        (print::PRINTER_STATUS_PENDING_DELETION, "正在被删除"),
        (print::PRINTER_STATUS_OFFLINE, "脱机"),
        (print::PRINTER_STATUS_SERVER_OFFLINE, "打印服务器脱机"),
        (print::PRINTER_STATUS_NOT_AVAILABLE, "不可用"),
        (print::PRINTER_STATUS_PAPER_JAM, "卡纸"),
        (print::PRINTER_STATUS_PAPER_OUT, "缺纸"),
        (print::PRINTER_STATUS_PAPER_PROBLEM, "纸张有问题"),
        (print::PRINTER_STATUS_DOOR_OPEN, "机盖打开"),
        (print::PRINTER_STATUS_NO_TONER, "缺墨粉"),
        (print::PRINTER_STATUS_OUTPUT_BIN_FULL, "出纸盘已满"),
        (print::PRINTER_STATUS_USER_INTERVENTION, "需要人工处理"),
        (print::PRINTER_STATUS_ERROR, "出错"),
        (print::PRINTER_STATUS_PAUSED, "已暂停"),
    ];
    if attributes & PRINTER_ATTRIBUTE_WORK_OFFLINE != 0 {
        return Some("脱机");
    }
    let found = known.iter().find(|(bit, _)| status & bit != 0);
    found.map(|(_, words)| *words)
}

/// A buffer as large as a function of the spooler asks for, filled by it and aligned for its records.
fn filled(fill: impl FnMut(*mut u8, u32, *mut u32) -> i32) -> Result<Vec<u64>, Failure> {
    let mut fill = fill;
    let mut needed = 0;
    if fill(ptr::null_mut(), 0, &mut needed) != 0 || needed == 0 {
        // It had nothing to write, or says why.
        return match Failure::last() {
            _ if needed == 0 => Ok(Vec::new()),
            failure => Err(failure),
        };
    }
    if needed > MOST {
        return Err(Failure(0));
    }
    let mut buffer = vec![0_u64; (needed as usize).div_ceil(8)];
    match fill(buffer.as_mut_ptr().cast(), needed, &mut needed) {
        0 => Err(Failure::last()),
        _ => Ok(buffer),
    }
}

/// A text as Windows takes it: in UTF-16, with a zero at its end.
pub fn wide(text: &str) -> Vec<u16> {
    // A zero in the middle would end it there.
    text.encode_utf16()
        .filter(|unit| *unit != 0)
        .chain([0])
        .collect()
}

fn until_zero(text: &[u16]) -> String {
    let end = text.iter().position(|unit| *unit == 0);
    String::from_utf16_lossy(&text[..end.unwrap_or(text.len())])
}

/// A text of Windows; empty for a null pointer.
///
/// # Safety
///
/// The pointer is null, or the text ends with a zero and is not changed meanwhile.
unsafe fn text(pointer: *const u16) -> String {
    if pointer.is_null() {
        return String::new();
    }
    // SAFETY: the caller sees to it that a zero comes.
    let length = (0..)
        .take_while(|index| unsafe { *pointer.add(*index) } != 0)
        .count();
    // SAFETY: so many were just read.
    String::from_utf16_lossy(unsafe { std::slice::from_raw_parts(pointer, length) })
}
