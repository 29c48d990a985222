//! Ranges of IPv4 addresses.

use std::fmt;
use std::net::Ipv4Addr;

/// `10.0.0.0/16`, the bits below the prefix cleared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    base: u32,
    length: u32,
}

impl Range {
    pub(super) fn of(cidr: &str) -> Option<Range> {
        let (address, length) = cidr.split_once('/')?;
        let length = length.parse().ok().filter(|length| *length <= 32)?;
        let base = address.parse::<Ipv4Addr>().ok()?.to_bits() & mask(length);
        Some(Range { base, length })
    }

    /// The range of one address.
    pub(super) fn only(address: Ipv4Addr) -> Range {
        Range {
            base: address.to_bits(),
            length: 32,
        }
    }

    /// Whether a VPC or a subnet may have it: from /16 to /28.
    pub(super) fn fits_a_network(self) -> bool {
        (16..=28).contains(&self.length)
    }

    pub(super) fn contains(self, other: Range) -> bool {
        other.length >= self.length && other.base & mask(self.length) == self.base
    }

    pub(super) fn overlaps(self, other: Range) -> bool {
        self.contains(other) || other.contains(self)
    }
}

fn mask(length: u32) -> u32 {
    u32::MAX.checked_shl(32 - length).unwrap_or(0)
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", Ipv4Addr::from_bits(self.base), self.length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_lie_within_each_other_or_overlap() {
        let range = |cidr| Range::of(cidr).unwrap();
        assert_eq!(range("10.1.2.3/16").to_string(), "10.1.0.0/16");
        assert!(range("10.0.0.0/8").contains(range("10.1.0.0/16")));
        assert!(!range("10.1.0.0/16").contains(range("10.0.0.0/8")));
        assert!(range("10.1.0.0/16").overlaps(range("10.0.0.0/8")));
        assert!(!range("10.1.0.0/16").overlaps(range("10.2.0.0/16")));
        assert!(range("0.0.0.0/0").contains(range("192.0.2.0/32")));
        assert_eq!(Range::of("10.0.0.0/33"), None);
        assert_eq!(Range::of("10.0.0.0"), None);
    }
}
