//! Repositories made and taken away, also when the process dies in the middle.

use std::time::Duration;

use super::house::{Folder, clock, variables};
use crate::source::{
    BRANCH, RepositoryRef, SAMPLE, SandboxGit, SourceError, SourceHost, Visibility,
};

const HOME: &str = "src/main/webapp/app/home/home.component.html";

async fn open(folder: &Folder) -> SandboxGit {
    SandboxGit::open(&folder.0, "http://here/git", clock())
        .await
        .unwrap()
}

fn ada() -> RepositoryRef {
    RepositoryRef::new("ada", "tripmgmt")
}

#[tokio::test]
async fn it_is_made_from_the_sample_and_making_it_again_changes_nothing() {
    let folder = Folder::new();
    let host = open(&folder).await;
    assert_eq!(host.look(&ada(), &[]).await.unwrap(), None);

    let first = host
        .create(&ada(), Visibility::Public, &variables("ada"))
        .await
        .unwrap();
    assert_eq!(
        (first.message.as_str(), first.author.as_str()),
        ("Initial commit", "Greenlight")
    );
    assert_eq!(first.at, clock().now());
    let again = host
        .create(&ada(), Visibility::Private, &variables("ada"))
        .await
        .unwrap();
    assert_eq!(first, again);

    let facts = host
        .look(&ada(), &["Dockerfile", "src", "none", HOME])
        .await
        .unwrap()
        .unwrap();
    assert_eq!(facts.url, "http://here/git/ada/tripmgmt.git");
    assert!(facts.public && !facts.empty);
    assert_eq!(facts.branches, [BRANCH]);
    assert_eq!(facts.default_branch.as_deref(), Some(BRANCH));
    assert_eq!(facts.head, Some(first));
    assert_eq!(facts.files, ["Dockerfile", HOME]);
}

#[tokio::test]
async fn a_file_is_committed_once_and_nothing_else_changes() {
    let folder = Folder::new();
    let host = open(&folder).await;
    let put = |content: &'static str| {
        let host = &host;
        async move {
            host.put_file(&ada(), "buildspec.yml", content, "Another\nbuildspec")
                .await
        }
    };
    let error = put("a: 1\n").await.unwrap_err();
    assert!(matches!(error, SourceError::Missing(_)), "{error}");

    let first = host
        .create(&ada(), Visibility::Public, &variables("ada"))
        .await
        .unwrap();
    let home = host.file(&ada(), BRANCH, HOME).await.unwrap();
    let second = put("a: 1\n").await.unwrap();
    assert_ne!(first.id, second.id);
    assert_eq!(second.message, "Another buildspec");
    assert_eq!(put("a: 1\n").await.unwrap().id, second.id);
    let file = host.file(&ada(), BRANCH, "buildspec.yml").await.unwrap();
    assert_eq!(file.as_deref(), Some("a: 1\n"));
    assert_eq!(host.file(&ada(), BRANCH, HOME).await.unwrap(), home);
}

#[tokio::test]
async fn the_same_values_make_the_same_commit() {
    let folder = Folder::new();
    let host = open(&folder).await;
    let one = host
        .create(&ada(), Visibility::Public, &variables("ada"))
        .await
        .unwrap();
    host.delete(&ada()).await.unwrap();
    let two = host
        .create(&ada(), Visibility::Public, &variables("ada"))
        .await
        .unwrap();
    assert_eq!(one.id, two.id);
}

#[tokio::test]
async fn an_empty_one_is_filled_and_its_visibility_stays() {
    let folder = Folder::new();
    let host = open(&folder).await;
    host.create_empty(&ada(), Visibility::Private)
        .await
        .unwrap();
    host.create_empty(&ada(), Visibility::Public).await.unwrap();
    let facts = host.look(&ada(), &["Dockerfile"]).await.unwrap().unwrap();
    assert!(facts.empty && !facts.public && facts.head.is_none() && facts.files.is_empty());

    host.create(&ada(), Visibility::Public, &variables("ada"))
        .await
        .unwrap();
    let facts = host.look(&ada(), &["Dockerfile"]).await.unwrap().unwrap();
    assert!(!facts.empty && !facts.public);
    assert_eq!(facts.files, ["Dockerfile"]);

    host.set_visibility(&ada(), Visibility::Public)
        .await
        .unwrap();
    assert!(host.look(&ada(), &[]).await.unwrap().unwrap().public);
}

#[tokio::test]
async fn a_file_is_read_whole() {
    let folder = Folder::new();
    let host = open(&folder).await;
    assert_eq!(host.file(&ada(), BRANCH, HOME).await.unwrap(), None);
    host.create(&ada(), Visibility::Public, &variables("ada"))
        .await
        .unwrap();
    let text = host
        .file(&ada(), BRANCH, "appspec.yaml")
        .await
        .unwrap()
        .unwrap();
    assert!(
        text.contains("\"tripmgmt-demo-container\"") && text.ends_with("8080\n"),
        "{text:?}"
    );
    for (branch, path) in [
        ("none", HOME),
        (BRANCH, "none"),
        (BRANCH, "src"),
        (BRANCH, "../../config"),
        (BRANCH, "./Dockerfile"),
        (BRANCH, "a blob missing"),
        ("main:Dockerfile\nrefs/heads/main", "Dockerfile"),
        ("", ""),
    ] {
        assert_eq!(
            host.file(&ada(), branch, path).await.unwrap(),
            None,
            "{branch} {path}"
        );
    }
}

#[tokio::test]
async fn what_does_not_exist_is_deleted_already_and_cannot_be_changed() {
    let folder = Folder::new();
    let host = open(&folder).await;
    host.delete(&ada()).await.unwrap();
    let error = host
        .set_visibility(&ada(), Visibility::Public)
        .await
        .unwrap_err();
    assert!(matches!(error, SourceError::Missing(_)));
}

#[tokio::test]
async fn names_stay_inside_the_folder() {
    let folder = Folder::new();
    let host = open(&folder).await;
    for (owner, name) in [
        ("..", "tripmgmt"),
        ("ada", ".."),
        ("ada", "../ben/tripmgmt"),
        ("ada/../ben", "tripmgmt"),
        ("ada", ".tripmgmt"),
        ("ada", "tripmgmt.git"),
        ("ada", "trip mgmt"),
        ("ada", "-upload-pack"),
        ("ada", "trip\0mgmt"),
        ("", "tripmgmt"),
        ("ada", ""),
    ] {
        let repo = RepositoryRef::new(owner, name);
        let error = host
            .create(&repo, Visibility::Public, &variables("ada"))
            .await
            .unwrap_err();
        assert!(matches!(error, SourceError::Name(_)), "{repo:?}");
        assert!(matches!(
            host.look(&repo, &[]).await,
            Err(SourceError::Name(_))
        ));
    }
}

#[tokio::test]
async fn the_sample_is_offered_once_and_anew_when_a_value_changes() {
    let folder = Folder::new();
    let host = open(&folder).await;
    let repo = host.offer_sample("ada", &variables("ada")).await.unwrap();
    assert_eq!(repo, RepositoryRef::new("ada", SAMPLE));
    let first = host.look(&repo, &[]).await.unwrap().unwrap();
    host.offer_sample("ada", &variables("ada")).await.unwrap();
    assert_eq!(host.look(&repo, &[]).await.unwrap().unwrap(), first);

    let mut elsewhere = variables("ada");
    elsewhere.set("region", "eu-central-1");
    host.offer_sample("ada", &elsewhere).await.unwrap();
    let text = host
        .file(&repo, BRANCH, "taskdef.json")
        .await
        .unwrap()
        .unwrap();
    assert!(text.contains("eu-central-1"));

    let error = host
        .create(&repo, Visibility::Public, &elsewhere)
        .await
        .unwrap_err();
    assert!(matches!(error, SourceError::ReadOnly));
}

#[tokio::test]
async fn starting_over_forgets_one_attendee_only() {
    let folder = Folder::new();
    let host = open(&folder).await;
    let ben = RepositoryRef::new("ben", "tripmgmt");
    host.create(&ada(), Visibility::Public, &variables("ada"))
        .await
        .unwrap();
    host.offer_sample("ada", &variables("ada")).await.unwrap();
    host.create(&ben, Visibility::Public, &variables("ben"))
        .await
        .unwrap();
    host.forget("ada").await.unwrap();
    assert_eq!(host.of("ada").await.unwrap(), []);
    assert_eq!(host.of("ben").await.unwrap(), [ben]);
    assert_eq!(host.of("nobody").await.unwrap(), []);
}

#[tokio::test]
async fn whoever_goes_away_in_the_middle_leaves_it_whole_or_not_there() {
    let folder = Folder::new();
    let host = open(&folder).await;
    let variables = variables("ada");
    let mut absent = 0;
    let repo = ada();
    for millis in 0..40 {
        let making = host.create(&repo, Visibility::Public, &variables);
        // The future is dropped, as when a browser hangs up.
        let _ = tokio::time::timeout(Duration::from_millis(millis), making).await;
        match host.look(&ada(), &["Dockerfile"]).await.unwrap() {
            None => absent += 1,
            Some(facts) => {
                assert!(facts.head.is_some() && facts.files == ["Dockerfile"]);
                host.delete(&ada()).await.unwrap();
            }
        }
    }
    assert!(absent > 0, "never stopped in time");
    host.create(&ada(), Visibility::Public, &variables)
        .await
        .unwrap();
}

/// Not a test: what the next one starts as a process of its own, and kills.
#[tokio::test]
#[ignore = "runs until it is killed"]
async fn makes_and_deletes_for_ever() {
    let Some(path) = std::env::var_os(VICTIM) else {
        return;
    };
    let host = SandboxGit::open(path, "http://here/git", clock())
        .await
        .unwrap();
    loop {
        host.create(&ada(), Visibility::Public, &variables("ada"))
            .await
            .unwrap();
        host.delete(&ada()).await.unwrap();
    }
}

const VICTIM: &str = "GREENLIGHT_TEST_REPOSITORIES";

#[tokio::test]
async fn killed_in_the_middle_it_is_whole_or_not_there() {
    let folder = Folder::new();
    let (_, here) = module_path!().split_once("::").unwrap();
    for round in 0..12_u64 {
        let mut victim = tokio::process::Command::new(std::env::current_exe().unwrap())
            .args([
                "--ignored",
                "--exact",
                &format!("{here}::makes_and_deletes_for_ever"),
            ])
            .env(VICTIM, &folder.0)
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        while !folder.0.join("ada").exists() {
            assert!(victim.try_wait().unwrap().is_none(), "it ended by itself");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        tokio::time::sleep(Duration::from_millis(100 + 7 * round)).await;
        victim.kill().await.unwrap();
        let host = open(&folder).await;
        if let Some(facts) = host.look(&ada(), &["Dockerfile"]).await.unwrap() {
            assert!(facts.head.is_some() && facts.files == ["Dockerfile"]);
        }
        host.create(&ada(), Visibility::Public, &variables("ada"))
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn the_next_start_sweeps_what_was_left() {
    let folder = Folder::new();
    let host = open(&folder).await;
    host.create(&ada(), Visibility::Public, &variables("ada"))
        .await
        .unwrap();
    let leftovers = [".other.git.3", ".tripmgmt.git.0"].map(|name| folder.0.join("ada").join(name));
    for leftover in &leftovers {
        std::fs::create_dir_all(leftover.join("objects")).unwrap();
    }
    assert_eq!(host.of("ada").await.unwrap(), [ada()]);
    drop(host);
    let host = open(&folder).await;
    assert!(leftovers.iter().all(|leftover| !leftover.exists()));
    assert!(
        host.look(&ada(), &[])
            .await
            .unwrap()
            .unwrap()
            .head
            .is_some()
    );
}

#[tokio::test]
async fn many_at_once_make_one() {
    let folder = Folder::new();
    let host = std::sync::Arc::new(open(&folder).await);
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let host = std::sync::Arc::clone(&host);
            tokio::spawn(async move {
                host.create(&ada(), Visibility::Public, &variables("ada"))
                    .await
            })
        })
        .collect();
    let mut ids = Vec::new();
    for task in tasks {
        ids.push(task.await.unwrap().unwrap().id);
    }
    ids.dedup();
    assert_eq!(ids.len(), 1);
}
