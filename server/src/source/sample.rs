//! The sample application, carried in the program and filled with the attendee's values.

use include_dir::{Dir, DirEntry, include_dir};
use workshop::blueprint::Variables;

use super::SourceError;

/// The name of the repository in every workspace that offers the sample for cloning. Nobody
/// pushes to it.
pub const SAMPLE: &str = "sample";

static TRIPMGMT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/sample/tripmgmt");

/// A file to commit.
#[derive(Debug)]
pub(super) struct File {
    /// Its path in the repository, with `/` between the folders.
    pub path: String,
    /// What is in it.
    pub content: String,
}

/// Every file of the sample, in the order of the paths, with `variables` filled in.
pub(super) fn files(variables: &Variables) -> Result<Vec<File>, SourceError> {
    let mut files = Vec::new();
    collect(&TRIPMGMT, variables, &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn collect(dir: &Dir<'_>, variables: &Variables, files: &mut Vec<File>) -> Result<(), SourceError> {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => collect(dir, variables, files)?,
            DirEntry::File(file) => files.push(File {
                path: file.path().to_string_lossy().replace('\\', "/"),
                content: variables
                    .fill(&String::from_utf8_lossy(file.contents()))
                    .map_err(SourceError::Sample)?,
            }),
        }
    }
    Ok(())
}
