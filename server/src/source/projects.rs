//! Making a repository from the command line, as GitLab's REST API has it ("Projects API":
//! create, get, edit), below `/git/{workspace}`: so the command that a step shows differs between
//! the sandbox and GitLab in its address alone. A parameter that is not served is refused.

use axum::extract::{FromRequest, Path, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use http::{HeaderMap, StatusCode, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::SourceError;
use super::gate::Access;
use super::host::{RepositoryFacts, RepositoryRef, SourceHost, Visibility};
use super::smart_http::{GitService, Refusal};

pub(super) fn routes() -> Router<GitService> {
    Router::new()
        .route("/git/{workspace}/api/v4/projects", post(create))
        .route("/git/{workspace}/api/v4/projects/{id}", get(show).put(edit))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewProject {
    name: String,
    /// Left out it is private, as on GitLab.
    #[serde(default)]
    visibility: Level,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Changes {
    visibility: Level,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Public,
    #[default]
    Private,
}

impl From<Level> for Visibility {
    fn from(level: Level) -> Self {
        match level {
            Level::Public => Self::Public,
            Level::Private => Self::Private,
        }
    }
}

/// `POST /projects`: an empty project.
async fn create(
    State(git): State<GitService>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
    Parameters(new): Parameters<NewProject>,
) -> Result<Response, ApiRefusal> {
    git.enter(&workspace, Access::Write, &headers).await?;
    let repo = RepositoryRef::new(workspace, new.name);
    if git.host.branches(&repo).await?.is_some() {
        let taken =
            json!({ "name": ["has already been taken"], "path": ["has already been taken"] });
        return Err(ApiRefusal(StatusCode::BAD_REQUEST, taken));
    }
    git.host.create_empty(&repo, new.visibility.into()).await?;
    Ok((StatusCode::CREATED, git.project(&repo).await?).into_response())
}

/// `GET /projects/:id`
async fn show(
    State(git): State<GitService>,
    Path((workspace, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Json<Value>, ApiRefusal> {
    git.enter(&workspace, Access::Read, &headers).await?;
    git.project(&named(workspace, &id)?).await
}

/// `PUT /projects/:id`: the visibility.
async fn edit(
    State(git): State<GitService>,
    Path((workspace, id)): Path<(String, String)>,
    headers: HeaderMap,
    Parameters(changes): Parameters<Changes>,
) -> Result<Json<Value>, ApiRefusal> {
    git.enter(&workspace, Access::Write, &headers).await?;
    let repo = named(workspace, &id)?;
    git.host
        .set_visibility(&repo, changes.visibility.into())
        .await?;
    git.project(&repo).await
}

/// `:id` is the path with its namespace, percent-encoded; of this workspace only.
fn named(workspace: String, id: &str) -> Result<RepositoryRef, ApiRefusal> {
    match id.split_once('/') {
        Some((owner, name)) if owner == workspace => Ok(RepositoryRef::new(workspace, name)),
        _ => Err(ApiRefusal::not_found()),
    }
}

impl GitService {
    async fn project(&self, repo: &RepositoryRef) -> Result<Json<Value>, ApiRefusal> {
        let facts = self.host.look(repo, &[]).await?;
        Ok(Json(project(
            repo,
            &facts.ok_or_else(ApiRefusal::not_found)?,
        )))
    }
}

fn project(repo: &RepositoryRef, facts: &RepositoryFacts) -> Value {
    json!({
        "name": repo.name,
        "path": repo.name,
        "path_with_namespace": format!("{}/{}", repo.owner, repo.name),
        "visibility": if facts.public { "public" } else { "private" },
        "default_branch": facts.default_branch,
        "empty_repo": facts.empty,
        "http_url_to_repo": facts.url,
    })
}

/// Parameters as a form (`curl --data`) or as JSON.
struct Parameters<T>(T);

impl<S: Send + Sync, T: DeserializeOwned + 'static> FromRequest<S> for Parameters<T> {
    type Rejection = ApiRefusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let json = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
        let read = if json {
            Json::from_request(request, state)
                .await
                .map(|Json(value)| value)
                .map_err(|rejection| rejection.body_text())
        } else {
            Form::from_request(request, state)
                .await
                .map(|Form(value)| value)
                .map_err(|rejection| rejection.body_text())
        };
        read.map(Self)
            .map_err(|why| ApiRefusal(StatusCode::BAD_REQUEST, why.into()))
    }
}

/// A refusal as GitLab's API words it: `{"message": …}`.
#[derive(Debug)]
struct ApiRefusal(StatusCode, Value);

impl ApiRefusal {
    fn not_found() -> Self {
        Self(StatusCode::NOT_FOUND, "404 Project Not Found".into())
    }
}

impl From<Refusal> for ApiRefusal {
    fn from(refusal: Refusal) -> Self {
        Self(refusal.status, refusal.sentence.into())
    }
}

impl From<SourceError> for ApiRefusal {
    fn from(error: SourceError) -> Self {
        match error {
            SourceError::Missing(_) => Self::not_found(),
            SourceError::Name(_) => Self(StatusCode::BAD_REQUEST, error.sentence().into()),
            other => Refusal::from(other).into(),
        }
    }
}

impl IntoResponse for ApiRefusal {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "message": self.1 }))).into_response()
    }
}
