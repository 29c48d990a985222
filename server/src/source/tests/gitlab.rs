//! The check against GitLab, with its documented answers from a server of our own.

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;
use serde_json::json;
use workshop::model::Timestamp;

use super::house::{serve, variables};
use crate::source::{BRANCH, GitLab, RepositoryRef, SourceError, SourceHost, Visibility};

/// What a project is like, by its path.
fn project(path: &str) -> Option<&'static str> {
    match path {
        "ada/tripmgmt" => Some("full"),
        "group/sub/empty" => Some("empty"),
        "ada/master" => Some("master"),
        "ada/members" => Some("members"),
        _ => None,
    }
}

fn not_found() -> Response {
    let body = json!({ "message": "404 Project Not Found" });
    (StatusCode::NOT_FOUND, axum::Json(body)).into_response()
}

/// docs.gitlab.com/api/projects, "Get a single project", without a token.
async fn one_project(Path(id): Path<String>) -> Response {
    match id.as_str() {
        "ada/busy" => return StatusCode::TOO_MANY_REQUESTS.into_response(),
        "ada/broken" => return StatusCode::BAD_GATEWAY.into_response(),
        "ada/other" => return Html("<h1>Welcome</h1>").into_response(),
        _ => {}
    }
    let Some(kind) = project(&id) else {
        return not_found();
    };
    axum::Json(json!({
        "id": 3,
        "description": null,
        "path_with_namespace": id,
        "default_branch": if kind == "empty" { None } else { Some("main") },
        "http_url_to_repo": format!("https://gitlab.example.com/{id}.git"),
        "web_url": format!("https://gitlab.example.com/{id}"),
        "star_count": 0,
    }))
    .into_response()
}

fn branch(name: &str) -> serde_json::Value {
    json!({
        "name": name,
        "merged": false,
        "protected": true,
        "default": true,
        "commit": {
            "id": "7b5c3cc8be40ee161ae89a06bba6229da1032a0c",
            "short_id": "7b5c3cc",
            "created_at": "2024-06-28T03:44:20-07:00",
            "title": "add projects API",
            "message": "add projects API",
            "author_name": "John Smith",
            "author_email": "john@example.com",
            "authored_date": "2024-06-27T05:51:39-07:00",
            "committer_name": "John Smith",
            "committed_date": "2024-06-28T03:44:20-07:00",
        },
    })
}

async fn branches(Path(id): Path<String>) -> Response {
    match project(&id) {
        Some("full") => axum::Json(json!([branch("main"), branch("next")])).into_response(),
        Some("master") => axum::Json(json!([branch("master")])).into_response(),
        Some("empty") => axum::Json(json!([])).into_response(),
        Some(_) => (
            StatusCode::FORBIDDEN,
            axum::Json(json!({ "message": "403 Forbidden" })),
        )
            .into_response(),
        None => not_found(),
    }
}

async fn one_branch(Path((id, name)): Path<(String, String)>) -> Response {
    if project(&id) == Some("full") && name == "main" {
        axum::Json(branch("main")).into_response()
    } else {
        not_found()
    }
}

#[derive(Deserialize)]
struct Raw {
    r#ref: String,
}

async fn raw(
    Path((id, path)): Path<(String, String)>,
    Query(Raw { r#ref }): Query<Raw>,
) -> Response {
    match (project(&id), path.as_str(), r#ref.as_str()) {
        (Some("full"), "src/main/a.html", "main") => "<p>ä</p>\n".into_response(),
        (Some("full"), "Dockerfile", "main") => "FROM x\n".into_response(),
        _ => not_found(),
    }
}

async fn fake() -> GitLab {
    let router = Router::new()
        .route("/api/v4/projects/{id}", get(one_project))
        .route("/api/v4/projects/{id}/repository/branches", get(branches))
        .route(
            "/api/v4/projects/{id}/repository/branches/{name}",
            get(one_branch),
        )
        .route(
            "/api/v4/projects/{id}/repository/files/{path}/raw",
            get(raw),
        );
    let address = serve(router).await;
    GitLab::with_client(&format!("http://{address}/"), client())
}

fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

fn ada(name: &str) -> RepositoryRef {
    RepositoryRef::new("ada", name)
}

#[tokio::test]
async fn a_public_project_is_seen_whole() {
    let wanted = ["Dockerfile", "buildspec.yml", "src/main/a.html"];
    let facts = fake()
        .await
        .look(&ada("tripmgmt"), &wanted)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(facts.url, "https://gitlab.example.com/ada/tripmgmt.git");
    assert!(facts.public && !facts.empty);
    assert_eq!(facts.default_branch.as_deref(), Some(BRANCH));
    assert_eq!(facts.branches, ["main", "next"]);
    assert_eq!(facts.files, ["Dockerfile", "src/main/a.html"]);
    let head = facts.head.unwrap();
    assert_eq!(
        (head.message.as_str(), head.author.as_str()),
        ("add projects API", "John Smith")
    );
    // 05:51:39 seven hours west of Greenwich.
    assert_eq!(head.at, Timestamp(1_719_492_699_000));
}

#[tokio::test]
async fn an_empty_one_another_branch_and_one_for_members() {
    let gitlab = fake().await;
    let empty = RepositoryRef::new("group/sub", "empty");
    let facts = gitlab.look(&empty, &["Dockerfile"]).await.unwrap().unwrap();
    assert!(facts.public && facts.empty && facts.head.is_none() && facts.files.is_empty());

    let facts = gitlab
        .look(&ada("master"), &["Dockerfile"])
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (facts.branches, facts.head, facts.files),
        (vec!["master".to_owned()], None, vec![])
    );

    let facts = gitlab
        .look(&ada("members"), &["Dockerfile"])
        .await
        .unwrap()
        .unwrap();
    assert!(!facts.public && !facts.empty);
}

#[tokio::test]
async fn private_or_not_there_is_none_and_the_rest_is_an_error() {
    let gitlab = fake().await;
    assert_eq!(gitlab.look(&ada("none"), &[]).await.unwrap(), None);
    let busy = gitlab.look(&ada("busy"), &[]).await.unwrap_err();
    assert!(matches!(busy, SourceError::Busy { .. }), "{busy}");
    let broken = gitlab.look(&ada("broken"), &[]).await.unwrap_err();
    assert!(
        matches!(broken, SourceError::Answer { status: 502, .. }),
        "{broken}"
    );
    let other = gitlab.look(&ada("other"), &[]).await.unwrap_err();
    assert!(matches!(other, SourceError::Garbled { .. }), "{other}");
    let nowhere = GitLab::with_client("http://127.0.0.1:9", client());
    let error = nowhere.look(&ada("tripmgmt"), &[]).await.unwrap_err();
    assert!(matches!(error, SourceError::Unreachable { .. }), "{error}");
}

#[tokio::test]
async fn a_file_is_read_as_it_is() {
    let gitlab = fake().await;
    let text = gitlab
        .file(&ada("tripmgmt"), BRANCH, "src/main/a.html")
        .await
        .unwrap();
    assert_eq!(text.as_deref(), Some("<p>ä</p>\n"));
    assert_eq!(
        gitlab
            .file(&ada("tripmgmt"), "next", "Dockerfile")
            .await
            .unwrap(),
        None
    );
    assert_eq!(
        gitlab.file(&ada("tripmgmt"), BRANCH, "none").await.unwrap(),
        None
    );
}

#[tokio::test]
async fn the_ordinary_client_can_be_made() {
    assert!(GitLab::new("https://gitlab.com").is_ok());
}

#[tokio::test]
async fn what_needs_a_key_is_left_to_the_person() {
    let gitlab = fake().await;
    let repo = ada("tripmgmt");
    let sentences = [
        gitlab
            .create(&repo, Visibility::Public, &variables("ada"))
            .await
            .unwrap_err(),
        gitlab
            .set_visibility(&repo, Visibility::Public)
            .await
            .unwrap_err(),
        gitlab.delete(&repo).await.unwrap_err(),
    ];
    for error in sentences {
        assert!(error.sentence().ends_with("Then run the check."), "{error}");
    }
}
