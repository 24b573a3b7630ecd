//! What a file's content is, in 40 bytes.

use std::fmt;

use sha2::{Digest, Sha256};

/// The length and SHA-256 of a file's content. Times are left out on purpose: clocks go back, FAT rounds to two seconds
/// and sync programs rewrite them, so only the content decides whether a file changed.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint {
    length: u64,
    hash: [u8; 32],
}

impl Fingerprint {
    /// The fingerprint of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            length: bytes.len() as u64,
            hash: Sha256::digest(bytes).into(),
        }
    }

    /// The fingerprint of `length` bytes whose SHA-256 is `hex`; `None` if that is no hash.
    pub fn from_parts(length: u64, hex: &str) -> Option<Self> {
        let digits = hex.as_bytes();
        let mut hash = [0; 32];
        if digits.len() != 64 || !digits.iter().all(u8::is_ascii_hexdigit) {
            return None;
        }
        for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self { length, hash })
    }

    /// The length of the content in bytes.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// As many digits as tell versions apart for people: 8.
    pub fn short(&self) -> String {
        self.hash[..4]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// The SHA-256 of the content as 64 hexadecimal digits.
    pub fn hex(&self) -> String {
        self.hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A fingerprint that is taken piece by piece.
#[derive(Default)]
pub(super) struct Fingerprinting {
    length: u64,
    hash: Sha256,
}

impl Fingerprinting {
    /// The next bytes of the content.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.length += bytes.len() as u64;
        self.hash.update(bytes);
    }

    /// How many bytes there were so far.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// The fingerprint of all of them.
    pub(super) fn finish(self) -> Fingerprint {
        Fingerprint {
            length: self.length,
            hash: self.hash.finalize().into(),
        }
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes, sha256 {}", self.length, self.hex())
    }
}
