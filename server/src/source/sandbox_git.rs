//! The sandbox's own repositories: bare ones in a folder, `<root>/<workspace>/<name>.git`.
//!
//! A repository is built under a name with a leading dot, which no repository can have, and moved
//! to its own in one step; it is taken away the same way. So whoever looks finds it whole or not
//! at all, wherever the process was killed, and the next start sweeps the rest.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use tokio::fs;
use tokio::sync::OwnedMutexGuard;
use workshop::blueprint::Variables;

use super::SourceError;
use crate::clock::Clock;

use super::folder::{Aside, component, exists, is_hidden, remove};
use super::git::http_backend;
use super::host::{BRANCH, Commit, RepositoryFacts, RepositoryRef, SourceHost, Visibility};
use super::repository::{self, init};
use super::sample::SAMPLE;
use super::snapshot::{Snapshot, snapshot};

/// Empty for ever: what a first push is shown before its repository is made.
pub(super) const EMPTY: &str = ".empty.git";

/// The Git host of the sandbox.
pub struct SandboxGit {
    root: PathBuf,
    backend: PathBuf,
    address: String,
    /// The first commit of a repository carries its time.
    clock: Clock,
    /// Counts the folders that something was built in.
    asides: AtomicU64,
    /// Whoever changes a repository holds its lock: creation, deletion and pushes take turns.
    locks: Mutex<HashMap<PathBuf, Arc<tokio::sync::Mutex<()>>>>,
}

impl std::fmt::Debug for SandboxGit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SandboxGit")
            .field("root", &self.root)
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl SandboxGit {
    /// Opens the repositories under `root`, which is made if need be, and sweeps what a killed
    /// process left half-done: so only the one server that owns the folder may call this.
    /// `address` is where [`routes`](super::routes) serves them, such as
    /// `http://127.0.0.1:3000/git`.
    pub async fn open(
        root: impl Into<PathBuf>,
        address: impl Into<String>,
        clock: Clock,
    ) -> Result<Self, SourceError> {
        const DOING: &str = "opening the repositories";
        let host = Self {
            root: root.into(),
            backend: http_backend().await?,
            address: address.into().trim_end_matches('/').to_owned(),
            clock,
            asides: AtomicU64::new(0),
            locks: Mutex::default(),
        };
        fs::create_dir_all(&host.root)
            .await
            .map_err(SourceError::io(DOING))?;
        let mut owners = fs::read_dir(&host.root)
            .await
            .map_err(SourceError::io(DOING))?;
        while let Some(owner) = owners.next_entry().await.map_err(SourceError::io(DOING))? {
            if is_hidden(&owner.file_name()) {
                remove(&owner.path()).await?;
                continue;
            }
            let mut repositories = fs::read_dir(owner.path())
                .await
                .map_err(SourceError::io(DOING))?;
            while let Some(entry) = repositories
                .next_entry()
                .await
                .map_err(SourceError::io(DOING))?
            {
                if is_hidden(&entry.file_name()) {
                    remove(&entry.path()).await?;
                }
            }
        }
        init(&host.root.join(EMPTY), Visibility::Public).await?;
        Ok(host)
    }

    /// Makes an empty repository, as "New project → Create blank project" does on GitLab. One
    /// that exists stays as it is, its visibility too.
    pub async fn create_empty(
        &self,
        repo: &RepositoryRef,
        visibility: Visibility,
    ) -> Result<(), SourceError> {
        let path = self.own_path(repo)?;
        let _turn = self.turn(&path).await;
        if !exists(&path).await? {
            let draft = self.aside(&path).await?;
            init(draft.path(), visibility).await?;
            draft.put(&path)?;
        }
        Ok(())
    }

    /// Offers the sample application of `owner`, with `variables` filled in, for cloning as
    /// [`SAMPLE`]; made anew when the application or a value has changed.
    pub async fn offer_sample(
        &self,
        owner: &str,
        variables: &Variables,
    ) -> Result<RepositoryRef, SourceError> {
        let repo = RepositoryRef::new(owner, SAMPLE);
        let path = self.path(&repo)?;
        let _turn = self.turn(&path).await;
        let draft = self.aside(&path).await?;
        init(draft.path(), Visibility::Public).await?;
        repository::import(draft.path(), variables, self.clock.now()).await?;
        let same = exists(&path).await?
            && repository::tree(draft.path()).await? == repository::tree(&path).await?;
        if !same {
            self.aside(&path).await?.swallow(&path).await?;
            draft.put(&path)?;
        }
        Ok(repo)
    }

    /// Deletes every repository of `owner`: the sandbox is started over.
    pub async fn forget(&self, owner: &str) -> Result<(), SourceError> {
        for repo in self.of(owner).await? {
            self.delete(&repo).await?;
        }
        Ok(())
    }

    /// The repositories of `owner`, the sample included.
    pub async fn of(&self, owner: &str) -> Result<Vec<RepositoryRef>, SourceError> {
        const DOING: &str = "listing the repositories";
        let folder = self.root.join(component(owner)?);
        let mut entries = match fs::read_dir(&folder).await {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(SourceError::io(DOING)(error)),
        };
        let mut repos = Vec::new();
        while let Some(entry) = entries.next_entry().await.map_err(SourceError::io(DOING))? {
            let file = entry.file_name().to_string_lossy().into_owned();
            if let Some(name) = file
                .strip_suffix(".git")
                .filter(|name| !name.starts_with('.'))
            {
                repos.push(RepositoryRef::new(owner, name));
            }
        }
        repos.sort();
        Ok(repos)
    }

    /// The newest commit of every branch; `Ok(None)` when there is no such repository.
    pub async fn branches(
        &self,
        repo: &RepositoryRef,
    ) -> Result<Option<BTreeMap<String, Commit>>, SourceError> {
        let path = self.path(repo)?;
        if exists(&path).await? {
            repository::branches(&path).await.map(Some)
        } else {
            Ok(None)
        }
    }

    /// Whoever has repositories here.
    pub async fn owners(&self) -> Result<Vec<String>, SourceError> {
        const DOING: &str = "listing the owners of repositories";
        let mut entries = fs::read_dir(&self.root)
            .await
            .map_err(SourceError::io(DOING))?;
        let mut owners = Vec::new();
        while let Some(entry) = entries.next_entry().await.map_err(SourceError::io(DOING))? {
            if !is_hidden(&entry.file_name()) {
                owners.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        owners.sort();
        Ok(owners)
    }

    /// The branch with all its files; `Ok(None)` when there is no such repository or branch.
    pub async fn snapshot(
        &self,
        repo: &RepositoryRef,
        branch: &str,
    ) -> Result<Option<Snapshot>, SourceError> {
        let path = self.path(repo)?;
        if exists(&path).await? {
            snapshot(&path, branch).await
        } else {
            Ok(None)
        }
    }

    /// Points `HEAD` at a branch that exists, as GitLab does when the first push brings a branch
    /// of another name than `main`: without it a clone would check out nothing.
    pub(super) async fn settle_head(
        &self,
        repo: &RepositoryRef,
        branches: &BTreeMap<String, Commit>,
    ) -> Result<(), SourceError> {
        let path = self.path(repo)?;
        if branches.contains_key(&repository::head_branch(&path).await?) {
            return Ok(());
        }
        let Some(first) = branches.keys().next() else {
            return Ok(());
        };
        repository::point_head(&path, first).await
    }

    /// Where `git-http-backend` is.
    pub(super) fn backend(&self) -> &Path {
        &self.backend
    }

    /// The folder of all repositories.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Where to clone `repo` from.
    pub(super) fn url(&self, repo: &RepositoryRef) -> String {
        format!("{}/{}/{}.git", self.address, repo.owner, repo.name)
    }

    /// Where `repo` stands, or would.
    pub(super) fn path(&self, repo: &RepositoryRef) -> Result<PathBuf, SourceError> {
        let (owner, name) = (component(&repo.owner)?, component(&repo.name)?);
        Ok(self.root.join(owner).join(format!("{name}.git")))
    }

    /// Waits until nobody else changes the repository at `path`.
    pub(super) async fn turn(&self, path: &Path) -> OwnedMutexGuard<()> {
        let lock = Arc::clone(
            self.locks
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .entry(path.to_owned())
                .or_default(),
        );
        lock.lock_owned().await
    }

    async fn aside(&self, path: &Path) -> Result<Aside, SourceError> {
        Aside::new(path, self.asides.fetch_add(1, Ordering::Relaxed)).await
    }

    /// As [`path`](Self::path), for a repository that the attendee may write to.
    fn own_path(&self, repo: &RepositoryRef) -> Result<PathBuf, SourceError> {
        if repo.name == SAMPLE {
            return Err(SourceError::ReadOnly);
        }
        self.path(repo)
    }
}

#[async_trait]
impl SourceHost for SandboxGit {
    async fn look(
        &self,
        repo: &RepositoryRef,
        wanted: &[&str],
    ) -> Result<Option<RepositoryFacts>, SourceError> {
        let path = self.path(repo)?;
        if !exists(&path).await? {
            return Ok(None);
        }
        let (visibility, default_branch, branches, files) = tokio::try_join!(
            repository::visibility(&path),
            repository::head_branch(&path),
            repository::branches(&path),
            repository::files(&path, wanted),
        )?;
        Ok(Some(RepositoryFacts {
            url: self.url(repo),
            public: visibility == Visibility::Public,
            empty: branches.is_empty(),
            default_branch: Some(default_branch),
            head: branches.get(BRANCH).cloned(),
            branches: branches.into_keys().collect(),
            files,
        }))
    }

    async fn create(
        &self,
        repo: &RepositoryRef,
        visibility: Visibility,
        variables: &Variables,
    ) -> Result<Commit, SourceError> {
        let path = self.own_path(repo)?;
        let _turn = self.turn(&path).await;
        if exists(&path).await? {
            let mut branches = repository::branches(&path).await?;
            if let Some(head) = branches.remove(BRANCH) {
                return Ok(head);
            }
            if !branches.is_empty() {
                return Err(SourceError::NoMain(branches.into_keys().collect()));
            }
            repository::import(&path, variables, self.clock.now()).await?;
        } else {
            let draft = self.aside(&path).await?;
            init(draft.path(), visibility).await?;
            repository::import(draft.path(), variables, self.clock.now()).await?;
            draft.put(&path)?;
        }
        let head = repository::branches(&path).await?.remove(BRANCH);
        head.ok_or_else(|| SourceError::Git {
            doing: "reading the first commit",
            said: "no such branch".to_owned(),
        })
    }

    async fn set_visibility(
        &self,
        repo: &RepositoryRef,
        visibility: Visibility,
    ) -> Result<(), SourceError> {
        let path = self.own_path(repo)?;
        let _turn = self.turn(&path).await;
        if !exists(&path).await? {
            return Err(SourceError::Missing(repo.name.clone()));
        }
        repository::set_visibility(&path, visibility).await
    }

    async fn delete(&self, repo: &RepositoryRef) -> Result<(), SourceError> {
        let path = self.path(repo)?;
        let _turn = self.turn(&path).await;
        self.aside(&path).await?.swallow(&path).await
    }

    async fn file(
        &self,
        repo: &RepositoryRef,
        branch: &str,
        path: &str,
    ) -> Result<Option<String>, SourceError> {
        let dir = self.path(repo)?;
        if exists(&dir).await? {
            repository::file(&dir, branch, path).await
        } else {
            Ok(None)
        }
    }

    async fn put_file(
        &self,
        repo: &RepositoryRef,
        path: &str,
        content: &str,
        message: &str,
    ) -> Result<Commit, SourceError> {
        let dir = self.own_path(repo)?;
        let _turn = self.turn(&dir).await;
        if !exists(&dir).await? {
            return Err(SourceError::Missing(repo.name.clone()));
        }
        let mut branches = repository::branches(&dir).await?;
        let Some(head) = branches.remove(BRANCH) else {
            return Err(SourceError::NoMain(branches.into_keys().collect()));
        };
        let before = repository::file(&dir, BRANCH, path).await?;
        if before.as_deref() == Some(content) {
            return Ok(head);
        }
        repository::put_file(&dir, path, content, message, self.clock.now()).await?;
        let head = repository::branches(&dir).await?.remove(BRANCH);
        head.ok_or_else(|| SourceError::Git {
            doing: "reading the new commit",
            said: "no such branch".to_owned(),
        })
    }
}
