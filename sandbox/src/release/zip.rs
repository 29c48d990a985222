//! Files as a ZIP archive, which is how artifacts are stored (PKWARE's APPNOTE.TXT, 4.3). Nothing is
//! compressed.

use bytes::Bytes;

use super::tree::Tree;

const FILE: u32 = 0x0403_4b50;
const ENTRY: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;

/// What can be read needs this version of the format.
const VERSION: u16 = 20;

/// Names are UTF-8.
const FLAGS: u16 = 0x0800;

/// The first day of 1980: the content alone decides what an archive is.
const DATE: u16 = 0x0021;

impl Tree {
    /// The files as an archive, the same for the same files.
    pub fn zipped(&self) -> Bytes {
        let (mut archive, mut directory, mut count) = (Vec::new(), Vec::new(), 0u16);
        for (path, content) in self.iter() {
            let offset = length(&archive);
            let common = Common::of(path, content);
            archive.extend(FILE.to_le_bytes());
            common.write(&mut archive);
            archive.extend(path.as_bytes());
            archive.extend(content);
            directory.extend(ENTRY.to_le_bytes());
            directory.extend(VERSION.to_le_bytes());
            common.write(&mut directory);
            // No comment, the first disk, no attributes.
            directory.extend([0; 10]);
            directory.extend(offset.to_le_bytes());
            directory.extend(path.as_bytes());
            count = count.saturating_add(1);
        }
        let (offset, size) = (length(&archive), length(&directory));
        archive.append(&mut directory);
        archive.extend(END.to_le_bytes());
        archive.extend([0; 4]);
        archive.extend(count.to_le_bytes());
        archive.extend(count.to_le_bytes());
        archive.extend(size.to_le_bytes());
        archive.extend(offset.to_le_bytes());
        archive.extend([0; 2]);
        Bytes::from(archive)
    }
}

/// What a file's own header and its entry in the directory both have.
struct Common {
    checksum: u32,
    size: u32,
    name: u16,
}

impl Common {
    fn of(path: &str, content: &[u8]) -> Common {
        Common {
            checksum: crc32(content),
            size: length(content),
            name: u16::try_from(path.len()).unwrap_or(u16::MAX),
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        for number in [VERSION, FLAGS, 0, 0, DATE] {
            out.extend(number.to_le_bytes());
        }
        for number in [self.checksum, self.size, self.size] {
            out.extend(number.to_le_bytes());
        }
        out.extend(self.name.to_le_bytes());
        out.extend([0; 2]);
    }
}

/// Trees are far smaller than the four gigabytes that an archive can have.
fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}

/// The checksum of ISO 3309.
fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg());
        }
    }
    !sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_known_one() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn the_same_files_are_the_same_archive() {
        let tree = Tree::from_iter([("a.txt", "one"), ("b/c.txt", "two")]);
        assert_eq!(tree.zipped(), tree.clone().zipped());
        assert!(tree.zipped().starts_with(b"PK\x03\x04"));
        assert_eq!(Tree::default().zipped().len(), 22);
    }
}
