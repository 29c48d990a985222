//! Git over HTTP, for an unmodified `git`: the three addresses of the smart protocol
//! (git's `gitprotocol-http`), each handed to `git http-backend`.
//!
//! A push to a repository that does not exist makes it, as GitLab does, and as there it is
//! *private*: a fresh project is closed until its owner opens it, and the check of step 1 teaches
//! that, for the workshop wants it public. Whoever follows the steps makes an empty public project
//! first (the form, or [`projects`](super::projects)) and pushes then.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use http::{HeaderMap, StatusCode, header};
use serde::Deserialize;

use super::cgi::{self, CgiRequest};
use super::gate::{Access, Admission, Credentials, Gate};
use super::host::{Commit, RepositoryRef, Visibility};
use super::sample::SAMPLE;
use super::sandbox_git::{EMPTY, SandboxGit};
use super::{SourceError, projects};

/// A branch that a push has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pushed {
    /// Where.
    pub repository: RepositoryRef,
    /// The branch.
    pub branch: String,
    /// Its newest commit; `None` when the push deleted it.
    pub commit: Option<Commit>,
}

/// Hears of every push.
#[async_trait]
pub trait OnPush: Send + Sync {
    /// Called once a changed branch, when the push stands and before `git push` returns. A crash
    /// in between loses the call, so whoever must not miss a push compares
    /// [`SandboxGit::branches`] at start.
    async fn pushed(&self, pushed: Pushed);
}

/// What serving the repositories needs.
#[derive(Clone)]
pub struct GitService {
    /// The repositories.
    pub host: Arc<SandboxGit>,
    /// Who may.
    pub gate: Arc<dyn Gate>,
    /// Who wants to know.
    pub on_push: Arc<dyn OnPush>,
}

impl std::fmt::Debug for GitService {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GitService")
            .field("host", &self.host)
            .finish_non_exhaustive()
    }
}

/// The routes below `/git/{workspace}`. A push can be large, so no limit on the body may stand
/// around them; the repositories have one of their own.
pub fn routes<S: Clone + Send + Sync + 'static>(service: GitService) -> Router<S> {
    Router::new()
        .route("/git/{workspace}/{repo}/info/refs", get(info_refs))
        .route("/git/{workspace}/{repo}/git-upload-pack", post(upload_pack))
        .route(
            "/git/{workspace}/{repo}/git-receive-pack",
            post(receive_pack),
        )
        .merge(projects::routes())
        .with_state(service)
}

/// The two services of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
enum Service {
    #[serde(rename = "git-upload-pack")]
    UploadPack,
    #[serde(rename = "git-receive-pack")]
    ReceivePack,
}

impl Service {
    const fn name(self) -> &'static str {
        match self {
            Self::UploadPack => "git-upload-pack",
            Self::ReceivePack => "git-receive-pack",
        }
    }

    const fn access(self) -> Access {
        match self {
            Self::UploadPack => Access::Read,
            Self::ReceivePack => Access::Write,
        }
    }
}

#[derive(Debug, Deserialize)]
struct InfoRefs {
    service: Service,
}

/// What the repository offers: the first request of every clone, fetch and push.
async fn info_refs(
    State(git): State<GitService>,
    Path((workspace, repo)): Path<(String, String)>,
    query: Result<Query<InfoRefs>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let Ok(Query(InfoRefs { service })) = query else {
        let sentence = "This Git is too old: the smart HTTP protocol is needed (Git 1.6.6).";
        return Err(Refusal::new(StatusCode::FORBIDDEN, sentence));
    };
    let repo = git
        .admit(&workspace, &repo, service.access(), &headers)
        .await?;
    let exists = git.host.branches(&repo).await?.is_some();
    // Asking makes nothing: before the first push an empty repository is shown in place of it.
    let folder = match (exists, service) {
        (true, _) => format!("{}/{}.git", repo.owner, repo.name),
        (false, Service::ReceivePack) => EMPTY.to_owned(),
        (false, Service::UploadPack) => return Err(SourceError::Missing(repo.name).into()),
    };
    let request = CgiRequest {
        backend: git.host.backend(),
        root: git.host.root(),
        path: format!("/{folder}/info/refs"),
        method: "GET",
        query: format!("service={}", service.name()),
        headers: &headers,
        user: (service == Service::ReceivePack).then_some(&workspace),
    };
    Ok(cgi::run(request, Body::empty(), async {}).await?)
}

/// A clone or a fetch.
async fn upload_pack(
    State(git): State<GitService>,
    Path((workspace, repo)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let repo = git.admit(&workspace, &repo, Access::Read, &headers).await?;
    if git.host.branches(&repo).await?.is_none() {
        return Err(SourceError::Missing(repo.name).into());
    }
    let request = git.post(&repo, Service::UploadPack, &headers);
    Ok(cgi::run(request, body, async {}).await?)
}

/// A push.
async fn receive_pack(
    State(git): State<GitService>,
    Path((workspace, repo)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let repo = git
        .admit(&workspace, &repo, Access::Write, &headers)
        .await?;
    git.host.create_empty(&repo, Visibility::Private).await?;
    // One push at a time, so that what has changed is what this one has changed.
    let turn = git.host.turn(&git.host.path(&repo)?).await;
    let before = git.host.branches(&repo).await?.unwrap_or_default();
    let afterwards = {
        let (git, repo) = (git.clone(), repo.clone());
        async move {
            if let Err(error) = git.tell(&repo, before).await {
                tracing::warn!(?error, ?repo, "a push stands, but nobody could be told");
            }
            drop(turn);
        }
    };
    let request = git.post(&repo, Service::ReceivePack, &headers);
    Ok(cgi::run(request, body, afterwards).await?)
}

impl GitService {
    /// The repository that is meant, if whoever asks may.
    async fn admit(
        &self,
        workspace: &str,
        repo: &str,
        access: Access,
        headers: &HeaderMap,
    ) -> Result<RepositoryRef, Refusal> {
        self.enter(workspace, access, headers).await?;
        let name = repo.strip_suffix(".git").unwrap_or(repo);
        let repo = RepositoryRef::new(workspace, name);
        self.host.path(&repo)?;
        if access == Access::Write && repo.name == SAMPLE {
            return Err(SourceError::ReadOnly.into());
        }
        Ok(repo)
    }

    /// Puts the question to the gate.
    pub(super) async fn enter(
        &self,
        workspace: &str,
        access: Access,
        headers: &HeaderMap,
    ) -> Result<(), Refusal> {
        let credentials = Credentials::of(headers);
        match self
            .gate
            .admit(workspace, access, credentials.as_ref())
            .await
        {
            Admission::Allow => Ok(()),
            Admission::Ask => Err(Refusal::new(
                StatusCode::UNAUTHORIZED,
                "Sign in with the name of your workspace and its key.",
            )),
            Admission::Deny => Err(Refusal::new(
                StatusCode::FORBIDDEN,
                "This repository is not yours. Check the address: your workspace's name stands in it.",
            )),
        }
    }

    fn post<'a>(
        &'a self,
        repo: &'a RepositoryRef,
        service: Service,
        headers: &'a HeaderMap,
    ) -> CgiRequest<'a> {
        CgiRequest {
            backend: self.host.backend(),
            root: self.host.root(),
            path: format!("/{}/{}.git/{}", repo.owner, repo.name, service.name()),
            method: "POST",
            query: String::new(),
            headers,
            user: (service == Service::ReceivePack).then_some(&repo.owner),
        }
    }

    /// Tells of every branch that is not as it was `before`.
    async fn tell(
        &self,
        repo: &RepositoryRef,
        mut before: BTreeMap<String, Commit>,
    ) -> Result<(), SourceError> {
        let now = self.host.branches(repo).await?.unwrap_or_default();
        self.host.settle_head(repo, &now).await?;
        let mut changes = Vec::new();
        for (branch, commit) in now {
            let was = before.remove(&branch);
            if was.is_none_or(|was| was.id != commit.id) {
                changes.push((branch, Some(commit)));
            }
        }
        changes.extend(before.into_keys().map(|gone| (gone, None)));
        for (branch, commit) in changes {
            let repository = repo.clone();
            self.on_push
                .pushed(Pushed {
                    repository,
                    branch,
                    commit,
                })
                .await;
        }
        Ok(())
    }
}

/// A refusal in words; `git` prints them, for they come as plain text.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) sentence: String,
}

impl Refusal {
    fn new(status: StatusCode, sentence: impl Into<String>) -> Self {
        Self {
            status,
            sentence: sentence.into(),
        }
    }
}

impl From<SourceError> for Refusal {
    fn from(error: SourceError) -> Self {
        let status = match &error {
            SourceError::Name(_) | SourceError::Missing(_) => StatusCode::NOT_FOUND,
            SourceError::ReadOnly => StatusCode::FORBIDDEN,
            _ => {
                tracing::error!(?error, "the Git host failed");
                StatusCode::INTERNAL_SERVER_ERROR
            }
        };
        Self::new(status, error.sentence())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, self.sentence + "\n").into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(
                header::WWW_AUTHENTICATE,
                http::HeaderValue::from_static("Basic realm=\"Greenlight\", charset=\"UTF-8\""),
            );
        }
        response
    }
}
