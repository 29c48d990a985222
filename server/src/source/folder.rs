//! Folders of repositories: names that stay inside, and changes that happen in one step.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::fs;

use super::SourceError;

/// A name that is a folder of its own: no `/`, no leading dot, nothing that Git reserves.
pub(super) fn component(name: &str) -> Result<&str, SourceError> {
    let fine = (1..=100).contains(&name.len())
        && name.starts_with(|first: char| first.is_ascii_alphanumeric())
        && !name.contains("..")
        && ![".", ".git", ".lock", ".atom"]
            .iter()
            .any(|end| name.ends_with(end))
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if fine {
        Ok(name)
    } else {
        Err(SourceError::Name(name.to_owned()))
    }
}

pub(super) fn is_hidden(name: &OsStr) -> bool {
    name.to_string_lossy().starts_with('.')
}

pub(super) async fn exists(path: &Path) -> Result<bool, SourceError> {
    fs::try_exists(path)
        .await
        .map_err(SourceError::io("looking for a repository"))
}

/// Removes a folder. A git that was killed a moment ago may still be writing into it, so it is
/// tried a few times.
pub(super) async fn remove(path: &Path) -> Result<(), SourceError> {
    let mut tries = 10;
    loop {
        match fs::remove_dir_all(path).await {
            Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty && tries > 0 => {
                tries -= 1;
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(SourceError::io("removing a repository")(error));
            }
            _ => return Ok(()),
        }
    }
}

/// A folder beside a repository, under a name that no repository can have and that is used once.
/// What is still there when it is dropped goes away.
pub(super) struct Aside(PathBuf);

impl Aside {
    /// `<folder>/.<name>.git.<number>`, on the same file system as `path`; makes the folder around
    /// it. `number` must be new in this process.
    pub(super) async fn new(path: &Path, number: u64) -> Result<Self, SourceError> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let aside = Self(path.with_file_name(format!(".{name}.{number}")));
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .await
                .map_err(SourceError::io("making a folder"))?;
        }
        remove(&aside.0).await?;
        Ok(aside)
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// Makes what was built here the repository at `path`, in one step.
    pub(super) fn put(self, path: &Path) -> Result<(), SourceError> {
        rename(&self.0, path)
    }

    /// Takes the repository at `path` away, in one step as others see it.
    pub(super) async fn swallow(self, path: &Path) -> Result<(), SourceError> {
        if exists(path).await? {
            rename(path, &self.0)?;
        }
        remove(&self.0).await
    }
}

/// Not `tokio::fs`: that would go on in another thread when whoever asked has gone away, while
/// [`Aside`] is being removed here.
fn rename(from: &Path, to: &Path) -> Result<(), SourceError> {
    std::fs::rename(from, to).map_err(SourceError::io("moving a repository"))
}

impl Drop for Aside {
    fn drop(&mut self) {
        // A few small files at most. What resists is swept at the next start.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
