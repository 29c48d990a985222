//! The machine of a build: what lasts from one command to the next.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::release::tree::Tree;

/// The most that a variable, an output or a line's arguments may have, in bytes.
pub(super) const TEXT: usize = 256 * 1024;

/// The most that all files together may have, in bytes.
const DISK: u64 = 8 * 1024 * 1024;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Machine {
    pub(crate) variables: BTreeMap<String, String>,
    /// Where the source is: `/codebuild/output/src…/src`.
    pub(crate) home: String,
    /// The present folder, absolute.
    pub(crate) folder: String,
    /// The source's files, and by their absolute paths those elsewhere.
    pub(crate) files: Tree,
    /// Folders that were made and have nothing in them yet; absolute.
    pub(super) folders: BTreeSet<String>,
    /// Docker's images, by name and tag.
    pub(super) images: BTreeMap<String, LocalImage>,
    /// The registries that Docker is logged in to.
    pub(super) logins: BTreeSet<String>,
}

/// An image that was built or pulled here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LocalImage {
    /// What it is made of: base, instructions, files; in lower-case hexadecimal.
    pub(super) content: String,
    /// Bytes.
    pub(super) size: u64,
    /// The files that are in it.
    pub(super) files: Tree,
}

/// What is around a build and stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Surroundings {
    /// The ARN of the role whose credentials the commands have.
    pub(crate) role: String,
    /// The session's name, as refusals have it.
    pub(crate) session: String,
    /// Whether Docker's daemon runs.
    pub(crate) privileged: bool,
    /// What was checked out, for the images that are made of it.
    pub(crate) revision: String,
    /// Whether it came with its history.
    pub(crate) cloned: bool,
}

impl Machine {
    /// A machine with the source in its home.
    pub(crate) fn new(home: &str, files: Tree) -> Machine {
        Machine {
            home: home.to_owned(),
            folder: home.to_owned(),
            files,
            ..Machine::default()
        }
    }

    /// The absolute path, without dots.
    pub(super) fn absolute(&self, path: &str) -> String {
        let from = if path.starts_with('/') {
            ""
        } else {
            &self.folder
        };
        let mut parts = Vec::new();
        for part in from.split('/').chain(path.split('/')) {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        format!("/{}", parts.join("/"))
    }

    /// The path as [`Machine::files`] has it.
    pub(super) fn key(&self, path: &str) -> String {
        let path = self.absolute(path);
        match path.strip_prefix(&self.home) {
            Some("") => String::new(),
            Some(rest) if rest.starts_with('/') => rest[1..].to_owned(),
            _ => path,
        }
    }

    pub(super) fn read(&self, path: &str) -> Option<String> {
        let content = self.files.get(&self.key(path))?;
        Some(String::from_utf8_lossy(content).into_owned())
    }

    /// Writes a file; if not, why not.
    pub(super) fn write(&mut self, path: &str, text: String, append: bool) -> Result<(), String> {
        if path == "/dev/null" || path == "/dev/stdout" || path == "/dev/stderr" {
            return Ok(());
        }
        let problem = |words: &str| Err(format!("{path}: {words}"));
        if path.is_empty() || self.is_folder(path) {
            return problem("Is a directory");
        }
        let absolute = self.absolute(path);
        let folder = absolute.rsplit_once('/').map_or("", |(folder, _)| folder);
        if !self.is_folder(if folder.is_empty() { "/" } else { folder }) {
            return problem("No such file or directory");
        }
        if self.files.size() + text.len() as u64 > DISK {
            return problem("No space left on device");
        }
        let key = self.key(path);
        let text = match self.files.get(&key) {
            Some(there) if append => String::from_utf8_lossy(there).into_owned() + &text,
            _ => text,
        };
        self.files.insert(key, text);
        Ok(())
    }

    pub(super) fn is_file(&self, path: &str) -> bool {
        self.files.get(&self.key(path)).is_some()
    }

    pub(super) fn is_folder(&self, path: &str) -> bool {
        const THERE: [&str; 6] = [
            "/",
            "/tmp",
            "/root",
            "/codebuild",
            "/codebuild/output",
            "/usr/local/bin",
        ];
        let absolute = self.absolute(path);
        THERE.contains(&absolute.as_str())
            || absolute == self.home
            || self.folders.contains(&absolute)
            || self.files.has_folder(&self.key(path))
    }

    /// Sets a variable, unless its value is too long.
    pub(crate) fn set(&mut self, name: &str, value: String) -> bool {
        let fits = value.len() <= TEXT;
        if fits {
            self.variables.insert(name.to_owned(), value);
        }
        fits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let mut machine = Machine::new(
            "/codebuild/output/src1/src",
            Tree::from_iter([("app/a.txt", "a")]),
        );
        assert_eq!(machine.key("app/../app/./a.txt"), "app/a.txt");
        assert_eq!(machine.key("/codebuild/output/src1/src/app"), "app");
        assert_eq!(machine.key("../../x"), "/codebuild/output/x");
        assert_eq!(machine.key("../../../../.."), "/");
        assert!(machine.is_file("app/a.txt") && machine.is_folder("app") && machine.is_folder("."));
        assert_eq!(
            machine.write("none/b", String::new(), false),
            Err("none/b: No such file or directory".to_owned())
        );
        assert_eq!(
            machine.write("app", String::new(), false),
            Err("app: Is a directory".to_owned())
        );
        machine.write("/tmp/b", "b".to_owned(), true).unwrap();
        machine.write("/tmp/b", "c".to_owned(), true).unwrap();
        assert_eq!(machine.read("/tmp/b").as_deref(), Some("bc"));
        let much = "x".repeat(usize::try_from(DISK).unwrap());
        assert!(machine.write("big", much, false).is_err());
    }
}
