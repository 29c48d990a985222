//! Files by path: a commit's, a build's, an artifact's.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// Files by their paths, which have slashes between their parts and none in front. There are no
/// empty folders, as in Git.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree(BTreeMap<String, Bytes>);

impl Tree {
    /// The content of the file at that path.
    pub fn get(&self, path: &str) -> Option<&Bytes> {
        self.0.get(path)
    }

    /// Puts a file there, in place of what is there.
    pub fn insert(&mut self, path: impl Into<String>, content: impl Into<Bytes>) {
        self.0.insert(path.into(), content.into());
    }

    /// Takes a file away.
    pub fn remove(&mut self, path: &str) -> Option<Bytes> {
        self.0.remove(path)
    }

    /// Paths and contents, in the order of the paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Bytes)> {
        self.0
            .iter()
            .map(|(path, content)| (path.as_str(), content))
    }

    /// Whether there is no file at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether there is any file below that folder; the empty path is the whole.
    pub fn has_folder(&self, path: &str) -> bool {
        path.is_empty() || self.below(path).next().is_some()
    }

    /// The files below a folder, with their whole paths.
    pub(crate) fn below(&self, folder: &str) -> impl Iterator<Item = (&str, &Bytes)> {
        let prefix = match folder {
            "" => String::new(),
            folder => format!("{folder}/"),
        };
        self.iter()
            .filter(move |(path, _)| path.starts_with(&prefix))
    }

    /// How large all the files are together, in bytes.
    pub fn size(&self) -> u64 {
        let sizes = self.0.values().map(|content| content.len() as u64);
        sizes.sum()
    }

    /// A digest of all paths and contents, in lower-case hexadecimal.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for (path, content) in &self.0 {
            for part in [path.as_bytes(), content] {
                hash.update((part.len() as u64).to_be_bytes());
                hash.update(part);
            }
        }
        hex::encode(hash.finalize())
    }
}

impl<P: Into<String>, C: Into<Bytes>> FromIterator<(P, C)> for Tree {
    fn from_iter<I: IntoIterator<Item = (P, C)>>(files: I) -> Tree {
        let mut tree = Tree::default();
        for (path, content) in files {
            tree.insert(path, content);
        }
        tree
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            self.iter()
                .map(|(path, content)| (path, STANDARD.encode(content))),
        )
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Tree, D::Error> {
        let files = BTreeMap::<String, String>::deserialize(deserializer)?;
        files
            .into_iter()
            .map(|(path, content)| match STANDARD.decode(content) {
                Ok(content) => Ok((path, content)),
                Err(error) => Err(Error::custom(error)),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_stored_and_read_back() {
        let tree = Tree::from_iter([("a/b", &b"\xff\x00"[..]), ("c", b"text")]);
        let stored = serde_json::to_string(&tree).unwrap();
        assert_eq!(serde_json::from_str::<Tree>(&stored).unwrap(), tree);
    }

    #[test]
    fn the_digest_tells_paths_and_contents_apart() {
        let digest = |files: &[(&str, &str)]| {
            let files = files
                .iter()
                .map(|(path, text)| (*path, text.as_bytes().to_vec()));
            files.collect::<Tree>().digest()
        };
        assert_eq!(digest(&[("a", "1")]), digest(&[("a", "1")]));
        assert_ne!(digest(&[("a", "1")]), digest(&[("a", "2")]));
        assert_ne!(digest(&[("a", "bc")]), digest(&[("ab", "c")]));
    }

    #[test]
    fn folders_are_what_is_before_a_slash() {
        let tree = Tree::from_iter([("src/main.js", "x")]);
        assert!(tree.has_folder("") && tree.has_folder("src"));
        assert!(!tree.has_folder("sr") && !tree.has_folder("src/main.js"));
    }
}
