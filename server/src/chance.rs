//! Randomness, passed in, so that tests can repeat it.

use std::sync::Arc;

/// Fills bytes at random.
type Fill = dyn Fn(&mut [u8]) + Send + Sync;

/// Where random bytes come from.
#[derive(Clone)]
pub struct Chance(Arc<Fill>);

impl Chance {
    /// The operating system's generator.
    pub fn system() -> Self {
        Self(Arc::new(|bytes| {
            #[expect(
                clippy::disallowed_methods,
                reason = "this is the one source that everything else is given"
            )]
            rand::Rng::fill_bytes(&mut rand::rng(), bytes);
        }))
    }

    /// A source that fills bytes as `fill` does.
    pub fn from_fn(fill: impl Fn(&mut [u8]) + Send + Sync + 'static) -> Self {
        Self(Arc::new(fill))
    }

    /// `length` characters out of `alphabet`, each equally likely for alphabets whose length
    /// divides 256, and nearly so for others.
    pub fn text(&self, alphabet: &str, length: usize) -> String {
        let letters = alphabet.as_bytes();
        let mut bytes = vec![0; length];
        (self.0)(&mut bytes);
        bytes
            .iter()
            .map(|byte| char::from(letters[usize::from(*byte) % letters.len()]))
            .collect()
    }

    /// A token of 160 bits in lower-case letters and digits.
    pub fn token(&self) -> String {
        self.text("abcdefghijklmnopqrstuvwxyz234567", 32)
    }

    /// A seed for a generator.
    pub fn seed(&self) -> u64 {
        let mut bytes = [0; 8];
        (self.0)(&mut bytes);
        u64::from_le_bytes(bytes)
    }
}

impl std::fmt::Debug for Chance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Chance")
    }
}
