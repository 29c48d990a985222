//! Identifiers: deterministic, so that an account can be replayed.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A stream of identifiers from a seed: the hash of the seed and a counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ids {
    seed: u64,
    drawn: u64,
}

impl Ids {
    pub(crate) fn new(seed: u64) -> Ids {
        Ids { seed, drawn: 0 }
    }

    /// How many were drawn: moves when something was made.
    pub(crate) fn drawn(&self) -> u64 {
        self.drawn
    }

    /// `vpc-0a1b2c3d4e5f67890`: the prefix and `length` hexadecimal digits (at most 64).
    pub(crate) fn hex(&mut self, prefix: &str, length: usize) -> String {
        let digits = hex::encode(self.draw());
        format!("{prefix}{}", &digits[..length.min(digits.len())])
    }

    /// `AROA` and seventeen characters, as IAM's unique ids are
    /// (IAM User Guide, "IAM identifiers").
    pub(crate) fn unique(&mut self, prefix: &str) -> String {
        unique(prefix, &self.draw())
    }

    pub(crate) fn uuid(&mut self) -> String {
        uuid(&self.draw())
    }

    fn draw(&mut self) -> [u8; 32] {
        self.drawn += 1;
        let mut hash = Sha256::new();
        hash.update(self.seed.to_be_bytes());
        hash.update(self.drawn.to_be_bytes());
        hash.finalize().into()
    }
}

/// A request id for an answer that no account gives: it follows from the request.
pub(crate) fn uuid_of(text: &str) -> String {
    uuid(&Sha256::digest(text).into())
}

/// An identifier as [`Ids::hex`] gives them that follows from a text, for what no account made.
pub(crate) fn hex_of(prefix: &str, length: usize, text: &str) -> String {
    let digits = hex::encode(Sha256::digest(text));
    format!("{prefix}{}", &digits[..length.min(digits.len())])
}

/// An IAM unique id that follows from a text, for what no account made.
pub(crate) fn unique_of(prefix: &str, text: &str) -> String {
    unique(prefix, &Sha256::digest(text).into())
}

fn unique(prefix: &str, bytes: &[u8; 32]) -> String {
    let letter = |byte: &u8| char::from(BASE32[usize::from(byte & 31)]);
    let tail = bytes.iter().take(17).map(letter).collect::<String>();
    format!("{prefix}{tail}")
}

fn uuid(bytes: &[u8; 32]) -> String {
    let h = hex::encode(bytes);
    // Version 4 and its variant, as a client that looks at them expects.
    format!(
        "{}-{}-4{}-a{}-{}",
        &h[..8],
        &h[8..12],
        &h[13..16],
        &h[17..20],
        &h[20..32]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_ids_and_no_id_twice() {
        let (mut one, mut two, mut other) = (Ids::new(7), Ids::new(7), Ids::new(8));
        let first = one.hex("vpc-", 17);
        assert_eq!(first, two.hex("vpc-", 17));
        assert_ne!(first, other.hex("vpc-", 17));
        assert_ne!(first, one.hex("vpc-", 17));
        assert_eq!(first.len(), "vpc-".len() + 17);
    }

    #[test]
    fn shapes_are_those_of_aws() {
        let mut ids = Ids::new(1);
        let role = ids.unique("AROA");
        assert_eq!(role.len(), 21);
        assert!(
            role.bytes()
                .all(|b| b.is_ascii_uppercase() || (b'2'..=b'7').contains(&b))
        );
        let uuid = ids.uuid();
        assert_eq!(
            uuid.split('-').map(str::len).collect::<Vec<_>>(),
            [8, 4, 4, 4, 12]
        );
    }
}
