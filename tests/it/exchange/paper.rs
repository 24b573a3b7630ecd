//! PDFs made by hand: text in a Chinese font that is not in the file, ruling lines, pictures.

use std::fmt::Write;

/// A page under the pen, in points from its lower left corner.
#[derive(Default)]
pub struct Page {
    /// What is drawn on it.
    pub content: String,
    /// More entries of the page, such as `/Rotate 90`.
    pub entries: String,
}

impl Page {
    /// A text that begins at a place, 10 points high.
    pub fn text(&mut self, x: f64, y: f64, text: &str) {
        self.turned([1.0, 0.0, 0.0, 1.0, x, y], text);
    }

    /// A text in its own system of coordinates.
    pub fn turned(&mut self, matrix: [f64; 6], text: &str) {
        let matrix = matrix.map(|number| number.to_string()).join(" ");
        let units = text.encode_utf16().map(|unit| format!("{unit:04X}"));
        let units: String = units.collect();
        writeln!(self.content, "BT /F 10 Tf {matrix} Tm <{units}> Tj ET").expect("writes");
    }

    /// A line from one point to another.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64)) {
        writeln!(
            self.content,
            "0.5 w {} {} m {} {} l S",
            from.0, from.1, to.0, to.1
        )
        .expect("writes");
    }

    /// A cell: the four lines around it, and its text in lines from its upper left corner.
    pub fn cell(&mut self, [left, top, right, bottom]: [f64; 4], text: &str) {
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
        for (number, from) in corners.iter().enumerate() {
            self.line(*from, corners[(number + 1) % 4]);
        }
        for (number, line) in (1..).zip(text.split('\n')) {
            self.text(left + 3.0, top - 3.0 - 10.0 * f64::from(number), line);
        }
    }

    /// Rows of cells below one another, each 20 points high and 100 wide; the place below the last. A cell of `None` has no
    /// line above it and belongs to the one over it.
    pub fn rows(&mut self, mut top: f64, rows: &[&[Option<&str>]]) -> f64 {
        for (number, row) in rows.iter().enumerate() {
            for (column, text) in (0_u32..).zip(row.iter()) {
                let Some(text) = text else { continue };
                let below = rows[number + 1..].iter();
                let more = below.take_while(|row| row[column as usize].is_none());
                let high = 20.0 * (more.count() + 1) as f64;
                let left = 50.0 + 100.0 * f64::from(column);
                self.cell([left, top, left + 100.0, top - high], text);
            }
            top -= 20.0;
        }
        top
    }
}

/// The file with these pages. `font` is the dictionary of the only font.
pub fn file_with(pages: &[Page], font: &str, trailer: &str) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len())
        .map(|n| format!("{} 0 R", 5 + 2 * n))
        .collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), kids.len()),
        font.to_owned(),
        "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n0\nendstream"
            .to_owned(),
    ];
    for (number, page) in pages.iter().enumerate() {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 840]/Resources<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>/Contents {} 0 R{}>>",
            6 + 2 * number,
            page.entries
        ));
        objects.push(format!(
            "<</Length {}>>stream\n{}\nendstream",
            page.content.len() + 1,
            page.content
        ));
    }
    let mut file = String::from("%PDF-1.7\n");
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        write!(file, "{number} 0 obj\n{object}\nendobj\n").expect("writes");
    }
    let table = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).expect("writes");
    for place in places {
        writeln!(file, "{place:010} 00000 n ").expect("writes");
    }
    write!(
        file,
        "trailer<</Size {}/Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    )
    .expect("writes");
    file.into_bytes()
}

/// The file with these pages, in a font whose encoding says what its letters are.
pub fn file(pages: &[Page]) -> Vec<u8> {
    file_with(pages, FONT, "")
}

/// A font that is not in the file, with an encoding that everybody knows.
const FONT: &str = "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font\
    /Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000\
    /W[1 95 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6>>>>]>>";

/// A font whose letters are numbers of shapes, without a table of what they are.
pub const NAMELESS_FONT: &str = "<</Type/Font/Subtype/Type0/BaseFont/Nameless/Encoding/Identity-H/DescendantFonts[<<\
    /Type/Font/Subtype/CIDFontType2/BaseFont/Nameless/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>\
    /DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/Nameless/Flags 4>>>>]>>";
