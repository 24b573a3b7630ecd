//! A printer as something to draw on.
#![expect(unsafe_code, reason = "the functions of GDI are C")]

use std::{mem, ptr};

use windows_sys::Win32::{
    Graphics::Gdi::{
        BI_RGB, BITMAPINFOHEADER, CreateDCW, CreateICW, DIB_RGB_COLORS, DeleteDC,
        GET_DEVICE_CAPS_INDEX, GetDeviceCaps, HDC, HORZRES, LOGPIXELSX, LOGPIXELSY, PHYSICALHEIGHT,
        PHYSICALOFFSETX, PHYSICALOFFSETY, PHYSICALWIDTH, RGBQUAD, ResetDCW, SRCCOPY, StretchDIBits,
        VERTRES,
    },
    Storage::Xps::{AbortDoc, DOCINFOW, EndDoc, EndPage, StartDocW, StartPage},
};

use super::winspool::{Failure, Setup, wide};
use crate::printers::{
    dib::Dib,
    measures::{Dots, Measures},
};

/// What Windows calls the driver of every printer here.
const DRIVER: &str = "WINSPOOL";

/// A printer with a set-up.
pub struct Device(HDC);

impl Device {
    /// To draw on.
    pub fn to_draw(printer: &str, setup: &Setup) -> Result<Self, Failure> {
        let (driver, printer) = (wide(DRIVER), wide(printer));
        // SAFETY: the names end with zeros, and the set-up is one that the driver filled.
        let device = unsafe {
            CreateDCW(
                driver.as_ptr(),
                printer.as_ptr(),
                ptr::null(),
                setup.pointer(),
            )
        };
        Self::checked(device)
    }

    /// Only to ask for its measures, which is quicker.
    pub fn to_measure(printer: &str, setup: &Setup) -> Result<Self, Failure> {
        let (driver, printer) = (wide(DRIVER), wide(printer));
        // SAFETY: as above.
        let device = unsafe {
            CreateICW(
                driver.as_ptr(),
                printer.as_ptr(),
                ptr::null(),
                setup.pointer(),
            )
        };
        Self::checked(device)
    }

    fn checked(device: HDC) -> Result<Self, Failure> {
        match device.is_null() {
            true => Err(Failure::last()),
            false => Ok(Self(device)),
        }
    }

    /// Its measures, with the paper that it is set up for.
    pub fn measures(&self) -> Measures {
        // The numbers of these questions are small.
        let ask = |index: GET_DEVICE_CAPS_INDEX| {
            // SAFETY: the device is open.
            unsafe { GetDeviceCaps(self.0, index as i32) }
        };
        Measures {
            resolution: (ask(LOGPIXELSX), ask(LOGPIXELSY)),
            paper: (ask(PHYSICALWIDTH), ask(PHYSICALHEIGHT)),
            offset: (ask(PHYSICALOFFSETX), ask(PHYSICALOFFSETY)),
            reach: (ask(HORZRES), ask(VERTRES)),
        }
    }

    /// Begins a document. Some drivers ask for a file's name here, and wait for it.
    pub fn begin(&self, title: &str) -> Result<Document<'_>, Failure> {
        let title = wide(title);
        let about = DOCINFOW {
            // A few dozen bytes.
            cbSize: size_of::<DOCINFOW>() as i32,
            lpszDocName: title.as_ptr(),
            ..DOCINFOW::default()
        };
        // SAFETY: the record and the title in it outlive the call.
        let number = unsafe { StartDocW(self.0, &about) };
        match number {
            ..=0 => Err(Failure::last()),
            number => Ok(Document {
                device: self,
                number,
                is_ended: false,
            }),
        }
    }
}

impl Drop for Device {
    fn drop(&mut self) {
        // SAFETY: the device was opened by this value and is closed once.
        unsafe { DeleteDC(self.0) };
    }
}

/// A document on its way. Dropped before its end, it is taken back.
pub struct Document<'a> {
    device: &'a Device,
    number: i32,
    is_ended: bool,
}

/// Eight bits for each pixel need a table of 256 greys behind the header.
#[repr(C)]
struct Header {
    fixed: BITMAPINFOHEADER,
    greys: [RGBQUAD; 256],
}

impl Document<'_> {
    /// The measures of the page that is drawn on.
    pub fn measures(&self) -> Measures {
        self.device.measures()
    }

    /// Sets up the pages that follow. Between pages only.
    pub fn turn(&mut self, setup: &Setup) -> Result<(), Failure> {
        // SAFETY: the device is open, and the set-up is one that the driver filled.
        let device = unsafe { ResetDCW(self.device.0, setup.pointer()) };
        if device.is_null() {
            Err(Failure::last())
        } else {
            Ok(())
        }
    }

    /// Begins a page.
    pub fn begin_page(&mut self) -> Result<(), Failure> {
        // SAFETY: a document was begun on the device.
        checked(unsafe { StartPage(self.device.0) })
    }

    /// Draws a strip.
    pub fn draw(&mut self, dib: &Dib, at: Dots) -> Result<(), Failure> {
        let header = Header::new(dib);
        let (width, height) = dib.size;
        // SAFETY: the header says of the bytes what is true of them: so many rows from below, each filled up to four bytes. The
        // table of greys lies right behind it, where the function looks for it.
        let drawn = unsafe {
            StretchDIBits(
                self.device.0,
                at.x,
                at.y,
                at.width,
                at.height,
                0,
                0,
                width,
                height,
                dib.bytes.as_ptr().cast(),
                (&raw const header).cast(),
                DIB_RGB_COLORS,
                SRCCOPY,
            )
        };
        checked(drawn)
    }

    /// Ends a page.
    pub fn end_page(&mut self) -> Result<(), Failure> {
        // SAFETY: a page was begun on the device.
        checked(unsafe { EndPage(self.device.0) })
    }

    /// Hands the document over; the number that the service gave it.
    pub fn end(mut self) -> Result<i32, Failure> {
        // SAFETY: a document was begun on the device.
        checked(unsafe { EndDoc(self.device.0) })?;
        self.is_ended = true;
        Ok(self.number)
    }
}

impl Drop for Document<'_> {
    fn drop(&mut self) {
        if !self.is_ended {
            // SAFETY: a document was begun on the device and not ended.
            unsafe { AbortDoc(self.device.0) };
        }
    }
}

impl Header {
    fn new(dib: &Dib) -> Self {
        let grey = |level: usize| {
            // Below 256.
            let level = level as u8;
            RGBQUAD {
                rgbBlue: level,
                rgbGreen: level,
                rgbRed: level,
                rgbReserved: 0,
            }
        };
        Self {
            fixed: BITMAPINFOHEADER {
                // A few dozen bytes.
                biSize: mem::size_of::<BITMAPINFOHEADER>() as u32,
                biWidth: dib.size.0,
                biHeight: dib.size.1,
                biPlanes: 1,
                biBitCount: dib.bits,
                biCompression: BI_RGB,
                ..BITMAPINFOHEADER::default()
            },
            greys: std::array::from_fn(grey),
        }
    }
}

/// What GDI answers where it failed: zero, or a number below.
fn checked(answer: i32) -> Result<(), Failure> {
    if answer > 0 {
        Ok(())
    } else {
        Err(Failure::last())
    }
}
