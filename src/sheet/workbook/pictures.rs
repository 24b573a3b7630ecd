//! Drawings beneath a sheet, as pictures.

use rust_xlsxwriter::{Image, ObjectMovement, RowNum, Worksheet, XlsxError};

use super::{look::USUAL_HEIGHT, plan::Plan};
use crate::sheet::{booklet::Part, layout::Typesetter, office::OfficeError, paper::Paper};

/// A picture and where it stands.
pub(super) struct Picture {
    image: Image,
    row: RowNum,
    /// Whether a new page begins with it.
    breaks: bool,
}

/// The pictures of a part, as wide as its text. The plan gets rows for them.
pub(super) fn of(part: &Part, plan: &mut Plan) -> Result<Vec<Picture>, OfficeError> {
    /// Pixels per point of the drawing: sharp on paper.
    const SCALE: f64 = 2.0;
    /// Points of the drawing, which is then shown as wide as the sheet.
    const DRAWN: f64 = 640.0;
    /// The longest description that a workbook takes.
    const LONGEST: usize = 120;
    let failed = |error: &dyn std::fmt::Display| OfficeError::Failed(error.to_string());
    let mut pictures = Vec::new();
    if part.drawings.is_empty() {
        return Ok(pictures);
    }
    let typesetter = Typesetter::new();
    let width = f64::from(plan.widths.iter().sum::<u32>());
    let page = Paper::of(part.sheet.page).text_height() * 96.0 / 72.0;
    let mut used: f64 = plan.heights.iter().map(|height| f64::from(*height)).sum();
    for drawing in &part.drawings {
        let png = typesetter
            .drawing(&drawing.svg, DRAWN, SCALE)
            .map_err(|error| failed(&error))?;
        let image = Image::new_from_buffer(&png).map_err(|error| failed(&error))?;
        let height = width * image.height() / image.width();
        // Between some hundred and some thousand.
        let rows = (height / f64::from(USUAL_HEIGHT)).ceil() as u32 + 1;
        let taken = f64::from(rows * USUAL_HEIGHT);
        let breaks = used > 0.0 && used + taken > page;
        used = if breaks { taken } else { used + taken };
        let description: String = drawing.alternative.chars().take(LONGEST).collect();
        pictures.push(Picture {
            image: image
                .set_scale_to_size(width, height, true)
                .set_alt_text(description)
                .set_object_movement(ObjectMovement::MoveButDontSizeWithCells),
            row: plan.end() + 1,
            breaks,
        });
        plan.heights.extend((0..rows).map(|_| USUAL_HEIGHT));
    }
    Ok(pictures)
}

/// Puts pictures into their worksheet.
pub(super) fn write(worksheet: &mut Worksheet, pictures: &[Picture]) -> Result<(), XlsxError> {
    for picture in pictures {
        worksheet.insert_image(picture.row, 0, &picture.image)?;
    }
    let breaks = pictures.iter().filter(|picture| picture.breaks);
    let breaks: Vec<RowNum> = breaks.map(|picture| picture.row - 1).collect();
    if !breaks.is_empty() {
        worksheet.set_page_breaks(&breaks)?;
    }
    Ok(())
}
