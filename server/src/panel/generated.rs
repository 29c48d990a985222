//! The files that the workshop writes for the attendee's repository, to be downloaded.

use workshop::blueprint::generated_file;

use super::Greenlight;
use crate::error::Error;

impl Greenlight {
    /// The generated file at `path` with the workspace's values. What is not known yet stays in
    /// sight as `{{name}}`.
    pub(super) async fn generated(&self, workspace: &str, path: &str) -> Result<String, Error> {
        let file = generated_file(path)
            .ok_or_else(|| Error::NotFound(format!("The workshop writes no file {path}.")))?;
        let workspace = self.workspace(workspace).await?;
        let progress = self.parts().store.progress(&workspace.name).await?;
        Ok(self
            .variables(&workspace, &progress)
            .fill_loosely(file.text))
    }
}
