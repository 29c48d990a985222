//! What the panel may ask of a Git host.

use async_trait::async_trait;
use workshop::blueprint::Variables;
use workshop::model::Timestamp;

use super::SourceError;

/// The branch that the workshop releases from.
pub const BRANCH: &str = "main";

/// A repository by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepositoryRef {
    /// Whose it is: the workspace in the sandbox; the user or group on GitLab (`group/subgroup`
    /// too).
    pub owner: String,
    /// Its name, without `.git`.
    pub name: String,
}

impl RepositoryRef {
    /// The repository `name` of `owner`.
    pub fn new(owner: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            owner: owner.into(),
            name: name.into(),
        }
    }
}

/// Who may read a repository without signing in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// Everybody: what the workshop asks for.
    Public,
    /// Its members: what GitLab gives a project that a first push makes.
    Private,
}

/// A commit, as far as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// The full object name, 40 hexadecimal digits.
    pub id: String,
    /// The first line of the message.
    pub message: String,
    /// The author's name.
    pub author: String,
    /// When it was written.
    pub at: Timestamp,
}

/// What stands in a repository now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepositoryFacts {
    /// The address to clone from, over HTTP.
    pub url: String,
    /// Whether everybody may read it.
    pub public: bool,
    /// Whether nobody has pushed anything yet.
    pub empty: bool,
    /// The branch that a clone checks out. `None` on GitLab while the repository is empty.
    pub default_branch: Option<String>,
    /// Every branch, by name (GitLab: the first hundred).
    pub branches: Vec<String>,
    /// The newest commit on [`BRANCH`]; `None` without that branch.
    pub head: Option<Commit>,
    /// Those of the wanted paths that are files on [`BRANCH`], in the order in which they were
    /// wanted.
    pub files: Vec<String>,
}

/// A place that keeps repositories.
#[async_trait]
pub trait SourceHost: Send + Sync {
    /// What stands in the repository now, and which of the `wanted` paths it has; `Ok(None)` when
    /// there is no such repository. Changes nothing.
    async fn look(
        &self,
        repo: &RepositoryRef,
        wanted: &[&str],
    ) -> Result<Option<RepositoryFacts>, SourceError>;

    /// Makes the repository from the sample application and gives the newest commit on [`BRANCH`]. Safe to repeat: an empty repository is filled, commits are never overwritten,
    /// and the visibility of a repository that exists stays as it is.
    async fn create(
        &self,
        repo: &RepositoryRef,
        visibility: Visibility,
        variables: &Variables,
    ) -> Result<Commit, SourceError>;

    /// Says who may read it.
    async fn set_visibility(
        &self,
        repo: &RepositoryRef,
        visibility: Visibility,
    ) -> Result<(), SourceError>;

    /// Deletes the repository with everything in it. One that does not exist is deleted already.
    async fn delete(&self, repo: &RepositoryRef) -> Result<(), SourceError>;

    /// The text of a file at the tip of `branch`; `Ok(None)` when there is no such repository,
    /// branch or file. What is not UTF-8 in it is replaced.
    async fn file(
        &self,
        repo: &RepositoryRef,
        branch: &str,
        path: &str,
    ) -> Result<Option<String>, SourceError>;

    /// Commits `content` as the file at `path` on [`BRANCH`], and gives the newest commit. A file
    /// that is like that already makes no commit.
    async fn put_file(
        &self,
        repo: &RepositoryRef,
        path: &str,
        content: &str,
        message: &str,
    ) -> Result<Commit, SourceError>;
}
