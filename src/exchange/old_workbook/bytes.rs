//! Little-endian numbers at a place that may not be there.

/// Two bytes.
pub(in crate::exchange) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes
        .get(at..)?
        .first_chunk()
        .copied()
        .map(u16::from_le_bytes)
}

/// Four bytes.
pub(in crate::exchange) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes
        .get(at..)?
        .first_chunk()
        .copied()
        .map(u32::from_le_bytes)
}

/// Four bytes that number something.
pub(in crate::exchange) fn index_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}

/// A float of eight bytes.
pub(in crate::exchange) fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    bytes
        .get(at..)?
        .first_chunk()
        .copied()
        .map(f64::from_le_bytes)
}

/// A number as Excel packs it into four bytes: the upper half of a float or a whole number, perhaps times 100.
pub(in crate::exchange) fn packed(bits: u32) -> f64 {
    const TIMES_100: u32 = 1;
    const WHOLE: u32 = 2;
    let number = match bits & WHOLE {
        0 => f64::from_bits(u64::from(bits & !3) << 32),
        _ => f64::from(bits.cast_signed() >> 2),
    };
    match bits & TIMES_100 {
        0 => number,
        _ => number / 100.0,
    }
}

/// An error as a cell shows it.
pub(in crate::exchange) fn error_text(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

/// A truth value as a cell shows it.
pub(in crate::exchange) fn truth_text(value: u8) -> &'static str {
    match value {
        0 => "FALSE",
        _ => "TRUE",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers_are_whole_or_the_upper_half_of_a_float() {
        assert_eq!(packed((1234 << 2) | 2), 1234.0);
        assert_eq!(packed((1234 << 2) | 3), 12.34);
        assert_eq!(packed(((-7_i32) << 2).cast_unsigned() | 2), -7.0);
        assert_eq!(packed(0x3FF0_0000), 1.0);
        assert_eq!(packed(0x3FF0_0001), 0.01);
    }
}
