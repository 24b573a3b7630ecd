//! The colours of series on paper. Each is lighter or darker than all others, so that they stay apart in grey print and for
//! people who tell colours apart less well.

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(
    /// Red.
    pub u8,
    /// Green.
    pub u8,
    /// Blue.
    pub u8,
);

/// How many hues there are.
pub const COUNT: usize = 5;

/// The hues in the order in which series take them: one dark, one light, then between and beyond.
pub const PAPER: [Rgb; COUNT] = [
    Rgb(0x1F, 0x4E, 0x8C),
    Rgb(0xE8, 0xA3, 0x2B),
    Rgb(0x2E, 0x93, 0x7B),
    Rgb(0x55, 0x22, 0x3F),
    Rgb(0xB4, 0xD6, 0xF0),
];

impl Rgb {
    /// How light it is, from 0 to 1,000 (relative luminance as WCAG defines it, in thousandths).
    pub fn luminance(self) -> u32 {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        let sum = 0.2126 * part(self.0) + 0.7152 * part(self.1) + 0.0722 * part(self.2);
        (sum * 1000.0).round() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hue_has_a_grey_of_its_own() {
        let mut greys = PAPER.map(Rgb::luminance);
        greys.sort_unstable();
        for pair in greys.windows(2) {
            // A third more light is seen as another grey.
            assert!(3 * (pair[1] + 50) >= 4 * (pair[0] + 50), "{greys:?}");
        }
        // The first two, which nearly every chart has, differ most.
        let [first, second, ..] = PAPER.map(Rgb::luminance);
        assert!(second > 4 * first);
    }
}
