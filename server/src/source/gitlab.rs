//! GitLab, asked through its public REST API (v4) without a token: so what is seen is what
//! everybody may see. A private project answers 404, exactly like one that does not exist.

use std::fmt::Write as _;
use std::time::Duration;

use async_trait::async_trait;
use reqwest::{Method, Response, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use workshop::blueprint::Variables;
use workshop::model::Timestamp;

use super::SourceError;
use super::host::{BRANCH, Commit, RepositoryFacts, RepositoryRef, SourceHost, Visibility};

/// A page waits for the answer.
const LIMIT: Duration = Duration::from_secs(10);

/// A GitLab, by its address.
#[derive(Debug, Clone)]
pub struct GitLab {
    base: String,
    client: reqwest::Client,
}

impl GitLab {
    /// The GitLab at `base`, such as `https://gitlab.com`. Fails when no TLS client can be set up.
    pub fn new(base: &str) -> Result<Self, SourceError> {
        let client = reqwest::Client::builder()
            .timeout(LIMIT)
            .user_agent(concat!("greenlight/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(SourceError::Client)?;
        Ok(Self::with_client(base, client))
    }

    pub(super) fn with_client(base: &str, client: reqwest::Client) -> Self {
        Self {
            base: base.trim_end_matches('/').to_owned(),
            client,
        }
    }

    /// Asks for `path` below `/api/v4`; `Ok(None)` when there is no such thing that everybody may
    /// see. GitLab answers 403 where a project is public and its repository for members only, and
    /// 401 where it lets nobody in without a token.
    async fn ask(&self, method: Method, path: &str) -> Result<Option<Response>, SourceError> {
        let url = format!("{}/api/v4{path}", self.base);
        let request = self.client.request(method, url);
        let answer = request.send().await.map_err(|e| self.unreachable(e))?;
        match answer.status() {
            StatusCode::OK => Ok(Some(answer)),
            StatusCode::NOT_FOUND | StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => Ok(None),
            StatusCode::TOO_MANY_REQUESTS => Err(SourceError::Busy {
                host: self.base.clone(),
            }),
            status => Err(SourceError::Answer {
                host: self.base.clone(),
                status: status.as_u16(),
                path: path.to_owned(),
            }),
        }
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<Option<T>, SourceError> {
        match self.ask(Method::GET, path).await? {
            Some(answer) => answer.json().await.map(Some).map_err(|error| {
                if error.is_decode() {
                    self.garbled(path)
                } else {
                    self.unreachable(error)
                }
            }),
            None => Ok(None),
        }
    }

    /// The newest commit on [`BRANCH`].
    async fn head(&self, project: &str) -> Result<Option<Commit>, SourceError> {
        let path = format!("{project}/repository/branches/{BRANCH}");
        let Some(Tip { commit }) = self.get(&path).await? else {
            return Ok(None);
        };
        let at = OffsetDateTime::parse(&commit.authored_date, &Rfc3339)
            .map_err(|_| self.garbled(&path))?;
        Ok(Some(Commit {
            id: commit.id,
            message: commit.title,
            author: commit.author_name,
            at: Timestamp(at.unix_timestamp().saturating_mul(1000)),
        }))
    }

    fn garbled(&self, path: &str) -> SourceError {
        SourceError::Garbled {
            host: self.base.clone(),
            path: path.to_owned(),
        }
    }

    fn unreachable(&self, source: reqwest::Error) -> SourceError {
        SourceError::Unreachable {
            host: self.base.clone(),
            // The address may hold what nobody else should read.
            source: source.without_url(),
        }
    }

    fn by_hand(&self, what: &str) -> SourceError {
        SourceError::ByHand(format!(
            "Greenlight holds no key to {}. {what} Then run the check.",
            self.base
        ))
    }
}

/// "Get a single project", as it answers without a token.
#[derive(Debug, Deserialize)]
struct Project {
    http_url_to_repo: String,
    default_branch: Option<String>,
}

/// "List repository branches".
#[derive(Debug, Deserialize)]
struct Branch {
    name: String,
}

/// "Get a single repository branch".
#[derive(Debug, Deserialize)]
struct Tip {
    commit: TipCommit,
}

#[derive(Debug, Deserialize)]
struct TipCommit {
    id: String,
    title: String,
    author_name: String,
    authored_date: String,
}

#[async_trait]
impl SourceHost for GitLab {
    async fn look(
        &self,
        repo: &RepositoryRef,
        wanted: &[&str],
    ) -> Result<Option<RepositoryFacts>, SourceError> {
        let project = project_path(repo);
        let Some(Project {
            http_url_to_repo,
            default_branch,
        }) = self.get(&project).await?
        else {
            return Ok(None);
        };
        // Not to be read though the project can be seen: a repository for members only.
        let branches: Option<Vec<Branch>> = self
            .get(&format!("{project}/repository/branches?per_page=100"))
            .await?;
        let public = branches.is_some();
        let branches: Vec<String> = branches.into_iter().flatten().map(|b| b.name).collect();
        let head = if branches.is_empty() {
            None
        } else {
            self.head(&project).await?
        };
        let mut files = Vec::new();
        if head.is_some() {
            for path in wanted {
                let file = file_path(&project, path, BRANCH);
                if self.ask(Method::HEAD, &file).await?.is_some() {
                    files.push((*path).to_owned());
                }
            }
        }
        Ok(Some(RepositoryFacts {
            url: http_url_to_repo,
            public,
            empty: public && branches.is_empty(),
            default_branch,
            branches,
            head,
            files,
        }))
    }

    async fn create(
        &self,
        _: &RepositoryRef,
        _: Visibility,
        _: &Variables,
    ) -> Result<Commit, SourceError> {
        Err(self.by_hand(
            "Create the project there: New project, Create blank project, visibility Public, without a README. Push the sample application to it.",
        ))
    }

    async fn set_visibility(&self, _: &RepositoryRef, _: Visibility) -> Result<(), SourceError> {
        Err(self.by_hand(
            "Change it there: Settings, General, “Visibility, project features, permissions”.",
        ))
    }

    async fn delete(&self, _: &RepositoryRef) -> Result<(), SourceError> {
        Err(self.by_hand("Delete the project there: Settings, General, Advanced, Delete project."))
    }

    async fn file(
        &self,
        repo: &RepositoryRef,
        branch: &str,
        path: &str,
    ) -> Result<Option<String>, SourceError> {
        let file = file_path(&project_path(repo), path, branch);
        match self.ask(Method::GET, &file).await? {
            Some(answer) => answer
                .text()
                .await
                .map(Some)
                .map_err(|e| self.unreachable(e)),
            None => Ok(None),
        }
    }

    async fn put_file(
        &self,
        _: &RepositoryRef,
        path: &str,
        _: &str,
        _: &str,
    ) -> Result<Commit, SourceError> {
        Err(self.by_hand(&format!(
            "Take {path} from this page, commit it in your clone and push."
        )))
    }
}

/// `/projects/:id`, where the id is the path with its namespace, encoded as one segment.
fn project_path(repo: &RepositoryRef) -> String {
    format!(
        "/projects/{}",
        segment(&format!("{}/{}", repo.owner, repo.name))
    )
}

/// "Get raw file from repository".
fn file_path(project: &str, path: &str, branch: &str) -> String {
    let (path, branch) = (segment(path), segment(branch));
    format!("{project}/repository/files/{path}/raw?ref={branch}")
}

/// Percent-encodes all but the unreserved characters of RFC 3986, `.` included: GitLab wants it
/// so in a file's path, and `..` stays a name.
fn segment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_segment() {
        let repo = RepositoryRef::new("group/sub", "trip mgmt");
        assert_eq!(project_path(&repo), "/projects/group%2Fsub%2Ftrip%20mgmt");
        assert_eq!(
            file_path("/projects/1", "src/a.html", "main"),
            "/projects/1/repository/files/src%2Fa%2Ehtml/raw?ref=main"
        );
    }
}
