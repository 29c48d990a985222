//! Projects made from the command line, as on GitLab.

use reqwest::{Client, StatusCode};
use serde_json::Value;

use super::house::House;
use crate::source::{RepositoryRef, SourceHost};

async fn create(house: &House, who: &str, form: &'static str) -> (StatusCode, Value) {
    let answer = Client::new()
        .post(house.bare_url("ada/api/v4/projects"))
        .header("PRIVATE-TOKEN", format!("key-of-{who}"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form)
        .send()
        .await
        .unwrap();
    (answer.status(), answer.json().await.unwrap())
}

#[tokio::test]
async fn a_public_project_is_made_empty_and_pushed_to() {
    let house = House::new().await;
    let (status, project) = create(&house, "ada", "name=tripmgmt&visibility=public").await;
    assert_eq!(status, 201);
    assert_eq!(project["path_with_namespace"], "ada/tripmgmt");
    assert_eq!(
        project["http_url_to_repo"],
        "http://here/git/ada/tripmgmt.git"
    );
    assert_eq!(project["empty_repo"], true);

    house.project("work", "main").await;
    let url = house.url("ada", "ada/tripmgmt.git");
    house
        .git("work", &["push", "-q", &url, "main"])
        .await
        .worked();
    let repo = RepositoryRef::new("ada", "tripmgmt");
    assert!(house.host.look(&repo, &[]).await.unwrap().unwrap().public);
}

#[tokio::test]
async fn it_is_private_unless_said_otherwise_and_can_be_opened() {
    let house = House::new().await;
    let (_, project) = create(&house, "ada", "name=tripmgmt").await;
    assert_eq!(project["visibility"], "private");
    let edit = Client::new()
        .put(house.bare_url("ada/api/v4/projects/ada%2Ftripmgmt"))
        .header("PRIVATE-TOKEN", "key-of-ada")
        .json(&serde_json::json!({ "visibility": "public" }));
    let project: Value = edit.send().await.unwrap().json().await.unwrap();
    assert_eq!(project["visibility"], "public");
    let show = Client::new()
        .get(house.bare_url("ada/api/v4/projects/ada%2Ftripmgmt"))
        .header("PRIVATE-TOKEN", "key-of-ada");
    let shown: Value = show.send().await.unwrap().json().await.unwrap();
    assert_eq!(shown, project);
}

#[tokio::test]
async fn what_cannot_be_is_refused_in_gitlabs_words() {
    let house = House::new().await;
    create(&house, "ada", "name=tripmgmt").await;
    let (status, body) = create(&house, "ada", "name=tripmgmt").await;
    assert_eq!(status, 400);
    assert_eq!(body["message"]["name"][0], "has already been taken");
    for form in [
        "name=..%2Fben",
        "name=a&visibility=secret",
        "name=a&wiki_enabled=true",
        "visibility=public",
    ] {
        assert_eq!(create(&house, "ada", form).await.0, 400, "{form}");
    }
    assert_eq!(create(&house, "ada", "name=sample").await.0, 403);
    assert_eq!(create(&house, "ben", "name=mine").await.0, 403);
    assert_eq!(house.host.of("ada").await.unwrap().len(), 1);

    for (id, status) in [
        ("ada%2Fnone", 404),
        ("ben%2Ftripmgmt", 404),
        ("ada%2F..%2Fben%2Ftripmgmt", 400),
        ("17", 404),
    ] {
        let show = Client::new()
            .get(house.bare_url(&format!("ada/api/v4/projects/{id}")))
            .header("PRIVATE-TOKEN", "key-of-ada");
        assert_eq!(show.send().await.unwrap().status(), status, "{id}");
    }
}
