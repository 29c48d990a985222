//! The Git host: where an attendee's repository stands, and what stands in it.
//!
//! [`SourceHost`] is what the panel asks. For a real account GitLab answers ([`GitLab`]); for the
//! sandbox, repositories of our own do ([`SandboxGit`]), which an unmodified `git` clones from and
//! pushes to over [`smart_http`].

mod cgi;
mod error;
mod folder;
mod gate;
mod git;
mod gitlab;
mod host;
mod projects;
mod repository;
mod sample;
mod sandbox_git;
mod smart_http;
mod snapshot;
#[cfg(test)]
mod tests;

pub use error::SourceError;
pub use gate::{Access, Admission, Credentials, Gate};
pub use gitlab::GitLab;
pub use host::{BRANCH, Commit, RepositoryFacts, RepositoryRef, SourceHost, Visibility};
pub use sample::SAMPLE;
pub use sandbox_git::SandboxGit;
pub use smart_http::{GitService, OnPush, Pushed, routes};
pub use snapshot::Snapshot;
