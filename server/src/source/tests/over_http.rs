//! Clone and push with the unmodified `git`.

use std::io::Write as _;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::house::{House, variables};
use crate::source::{BRANCH, RepositoryRef, SourceHost, Visibility};

const HOME: &str = "src/main/webapp/app/home/home.component.html";

fn ada() -> RepositoryRef {
    RepositoryRef::new("ada", "tripmgmt")
}

#[tokio::test]
async fn clone_change_push_and_the_push_is_heard() {
    let house = House::new().await;
    house
        .host
        .create(&ada(), Visibility::Public, &variables("ada"))
        .await
        .unwrap();
    let url = house.url("ada", "ada/tripmgmt.git");
    house
        .git(".", &["clone", "-q", &url, "work"])
        .await
        .worked();

    let file = house.folder.0.join("work").join(HOME);
    let changed = std::fs::read_to_string(&file)
        .unwrap()
        .replace("Tripmgmt!", "Tripmgmt! (New)");
    std::fs::write(&file, changed).unwrap();
    house
        .git("work", &["commit", "-q", "-a", "-m", "Update home page"])
        .await
        .worked();
    house.git("work", &["push", "-q"]).await.worked();

    let id = house.git("work", &["rev-parse", "HEAD"]).await.worked();
    let heard = house.heard();
    assert_eq!(heard.len(), 1);
    assert_eq!(
        (&heard[0].repository, heard[0].branch.as_str()),
        (&ada(), BRANCH)
    );
    let commit = heard[0].commit.clone().unwrap();
    assert_eq!(
        (commit.id.as_str(), commit.author.as_str()),
        (id.as_str(), "Ada")
    );
    assert_eq!(
        house.host.look(&ada(), &[]).await.unwrap().unwrap().head,
        Some(commit)
    );

    let text = house
        .host
        .file(&ada(), BRANCH, HOME)
        .await
        .unwrap()
        .unwrap();
    assert!(text.contains("(New)"));
    assert!(house.git("work", &["push"]).await.worked().is_empty());
    assert_eq!(house.heard(), [], "nothing new, nothing heard");
}

#[tokio::test]
async fn the_seeds_way_clone_the_sample_and_push_it_as_ones_own() {
    let house = House::new().await;
    house
        .host
        .offer_sample("ada", &variables("ada"))
        .await
        .unwrap();
    house
        .host
        .create_empty(&ada(), Visibility::Public)
        .await
        .unwrap();
    let sample = house.url("ada", "ada/sample.git");
    house
        .git(".", &["clone", "-q", &sample, "tripmgmt"])
        .await
        .worked();
    std::fs::remove_dir_all(house.folder.0.join("tripmgmt/.git")).unwrap();
    let own = house.url("ada", "ada/tripmgmt.git");
    for command in [
        &["init", "-q", "-b", "main"][..],
        &["add", "."],
        &["commit", "-q", "-m", "Initial commit"],
        &["remote", "add", "origin", &own],
        &["push", "-q", "--set-upstream", "origin", "main"],
    ] {
        house.git("tripmgmt", command).await.worked();
    }
    let facts = house
        .host
        .look(&ada(), &["Dockerfile", ".gitignore", HOME])
        .await
        .unwrap()
        .unwrap();
    assert!(facts.public);
    assert_eq!(facts.files.len(), 3);

    let said = house
        .git("tripmgmt", &["push", &sample, "main"])
        .await
        .failed();
    assert!(said.contains("Push to a repository of your own"), "{said}");
}

#[tokio::test]
async fn the_first_push_makes_a_private_repository_and_asking_makes_none() {
    let house = House::new().await;
    house.project("work", "main").await;
    let url = house.url("ada", "ada/fresh.git");
    let fresh = RepositoryRef::new("ada", "fresh");

    house
        .git("work", &["push", "-q", "--dry-run", &url, "main"])
        .await
        .worked();
    assert_eq!(house.host.look(&fresh, &[]).await.unwrap(), None);
    let said = house.git(".", &["clone", &url, "none"]).await.failed();
    assert!(said.contains("no repository “fresh” yet"), "{said}");

    house
        .git("work", &["push", "-q", &url, "main"])
        .await
        .worked();
    let facts = house.host.look(&fresh, &["a.txt"]).await.unwrap().unwrap();
    assert!(!facts.public && !facts.empty);
    assert_eq!(facts.files, ["a.txt"]);
}

#[tokio::test]
async fn another_first_branch_becomes_the_default_and_is_not_main() {
    let house = House::new().await;
    house.project("work", "master").await;
    let url = house.url("ada", "ada/tripmgmt.git");
    house
        .git("work", &["push", "-q", &url, "master"])
        .await
        .worked();
    let facts = house.host.look(&ada(), &["a.txt"]).await.unwrap().unwrap();
    assert_eq!(facts.default_branch.as_deref(), Some("master"));
    assert_eq!((facts.head, facts.files), (None, vec![]));
    let error = house
        .host
        .create(&ada(), Visibility::Public, &variables("ada"))
        .await;
    assert!(error.unwrap_err().sentence().contains("git branch -M main"));

    house
        .git(".", &["clone", "-q", &url, "again"])
        .await
        .worked();
    assert!(house.folder.0.join("again/a.txt").exists());
}

#[tokio::test]
async fn branches_that_come_move_and_go_are_heard() {
    let house = House::new().await;
    house.project("work", "main").await;
    let url = house.url("ada", "ada/tripmgmt.git");
    house
        .git("work", &["push", "-q", &url, "main", "main:next"])
        .await
        .worked();
    let branches: Vec<_> = house.heard().into_iter().map(|p| p.branch).collect();
    assert_eq!(branches, ["main", "next"]);
    house
        .git("work", &["push", "-q", &url, ":next"])
        .await
        .worked();
    let heard = house.heard();
    assert_eq!((heard.len(), heard[0].branch.as_str()), (1, "next"));
    assert_eq!(heard[0].commit, None);
    // A history started over, as the seed's `rm -rf .git` does.
    house
        .git("work", &["commit", "-q", "--amend", "-m", "Other"])
        .await
        .worked();
    house
        .git("work", &["push", "-q", &url, "main"])
        .await
        .failed();
    assert_eq!(house.heard(), []);
    house
        .git("work", &["push", "-q", "--force", &url, "main"])
        .await
        .worked();
    assert_eq!(house.heard()[0].commit.as_ref().unwrap().message, "Other");
}

#[tokio::test]
async fn nobody_reaches_another_workspaces_repository() {
    let house = House::new().await;
    house
        .host
        .create(&ada(), Visibility::Public, &variables("ada"))
        .await
        .unwrap();
    let before = house.host.look(&ada(), &[]).await.unwrap();
    house.project("work", "main").await;
    let target = house.url("ben", "ada/tripmgmt.git");
    let said = house
        .git("work", &["push", "--force", &target, "main"])
        .await
        .failed();
    assert!(said.contains("not yours"), "{said}");
    let said = house.git(".", &["clone", &target, "stolen"]).await.failed();
    assert!(said.contains("not yours"), "{said}");
    let said = house
        .git("work", &["push", &house.url("ben", "ada/new.git"), "main"])
        .await
        .failed();
    assert!(said.contains("not yours"), "{said}");
    let keyless = house.bare_url("ada/tripmgmt.git");
    let said = house
        .git(".", &["clone", &keyless, "stolen"])
        .await
        .failed();
    assert!(said.contains("could not read Username"), "{said}");
    // Past the first question, straight to the push.
    let post = house.bare_url("ada/tripmgmt.git/git-receive-pack");
    let answer = reqwest::Client::new()
        .post(post)
        .basic_auth("ben", Some("key-of-ben"))
        .header("content-type", "application/x-git-receive-pack-request")
        .body("0000")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 403);
    assert_eq!(house.host.look(&ada(), &[]).await.unwrap(), before);
    assert_eq!(house.host.of("ada").await.unwrap(), [ada()]);
    assert_eq!(house.heard(), []);
}

#[tokio::test]
async fn a_big_push_streams_and_a_gzipped_request_is_read() {
    let house = House::new().await;
    house.project("work", "main").await;
    let mut file = std::fs::File::create(house.folder.0.join("work/big.bin")).unwrap();
    // 8 MiB that do not compress (an xorshift): more than git buffers, so it comes in chunks.
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    for _ in 0..8 * 1024 {
        let mut block = Vec::with_capacity(1024);
        while block.len() < 1024 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            block.extend_from_slice(&state.to_le_bytes());
        }
        file.write_all(&block).unwrap();
    }
    house.git("work", &["add", "."]).await.worked();
    house
        .git("work", &["commit", "-q", "-m", "Big"])
        .await
        .worked();
    // Many commits make the fetch's list of what it has long enough to be gzipped.
    for number in 0..40 {
        let message = number.to_string();
        house
            .git("work", &["commit", "-q", "--allow-empty", "-m", &message])
            .await
            .worked();
    }
    let url = house.url("ada", "ada/big.git");
    house
        .git("work", &["push", "-q", &url, "main"])
        .await
        .worked();
    house
        .git(".", &["clone", "-q", &url, "again"])
        .await
        .worked();
    let sum = |dir: &str| std::fs::read(house.folder.0.join(dir).join("big.bin")).unwrap();
    assert!(sum("work") == sum("again"), "the same bytes");

    house
        .git("again", &["checkout", "-q", "-b", "mine"])
        .await
        .worked();
    for number in 0..40 {
        let message = format!("mine {number}");
        house
            .git("again", &["commit", "-q", "--allow-empty", "-m", &message])
            .await
            .worked();
    }
    house
        .git("work", &["commit", "-q", "--allow-empty", "-m", "Last"])
        .await
        .worked();
    house
        .git("work", &["push", "-q", &url, "main"])
        .await
        .worked();
    let said = house
        .traced(
            "again",
            &["-c", "protocol.version=0", "fetch", "-q", "origin"],
        )
        .await;
    assert!(
        said.to_lowercase().contains("content-encoding: gzip"),
        "{said}"
    );
    let fetched = house
        .git("again", &["log", "-1", "--format=%s", "origin/main"])
        .await
        .worked();
    assert_eq!(fetched, "Last");
}

#[tokio::test]
async fn a_push_that_breaks_off_changes_nothing() {
    let house = House::new().await;
    house
        .host
        .create(&ada(), Visibility::Public, &variables("ada"))
        .await
        .unwrap();
    house.project("work", "main").await;
    let own = house.url("ada", "ada/tripmgmt.git");
    house
        .git("work", &["push", "-q", &own, "main:next"])
        .await
        .worked();
    let id = house.heard()[0].commit.clone().unwrap().id;
    let before = house.host.look(&ada(), &[]).await.unwrap();
    let url = house.bare_url("");
    let address = url
        .trim_start_matches("http://")
        .split('/')
        .next()
        .unwrap()
        .to_owned();
    let mut stream = TcpStream::connect(&address).await.unwrap();
    // Deleting a branch needs no pack: were the half taken for the whole, it would happen.
    let line = format!("{id} {} refs/heads/next\0 report-status", "0".repeat(40));
    let line = format!("{:04x}{line}", line.len() + 4);
    let head = format!(
        "POST /git/ada/tripmgmt.git/git-receive-pack HTTP/1.1\r\nHost: {address}\r\n\
         Authorization: Basic YWRhOmtleS1vZi1hZGE=\r\nContent-Type: application/x-git-receive-pack-request\r\n\
         Content-Length: {}\r\n\r\n",
        line.len() + 400
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(line.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    drop(stream);
    // The next push waits for its turn, so afterwards the broken one is over.
    drop(house.host.turn(&house.host.path(&ada()).unwrap()).await);
    assert_eq!(house.host.look(&ada(), &[]).await.unwrap(), before);
    assert_eq!(house.heard(), []);
    house
        .git("work", &["push", "-q", &own, ":next"])
        .await
        .worked();
    assert_eq!(house.heard()[0].commit, None, "the whole of it does happen");
}

#[tokio::test]
async fn nothing_but_the_three_addresses_of_the_protocol_is_served() {
    let house = House::new().await;
    house
        .host
        .create(&ada(), Visibility::Public, &variables("ada"))
        .await
        .unwrap();
    let client = reqwest::Client::new();
    let get = async |path: &str| {
        // Sent as it stands: a client would tidy `..` away.
        let address = house.bare_url("");
        let address = address
            .trim_start_matches("http://")
            .split('/')
            .next()
            .unwrap()
            .to_owned();
        let mut stream = TcpStream::connect(&address).await.unwrap();
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Basic YWRhOmtleS1vZi1hZGE=\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer.split(' ').nth(1).unwrap().to_owned()
    };
    let service = "info/refs?service=git-upload-pack";
    assert_eq!(
        get(&format!("/git/ada/tripmgmt.git/{service}")).await,
        "200"
    );
    assert_eq!(get(&format!("/git/ada/tripmgmt/{service}")).await, "200");
    for path in [
        "/git/ada/tripmgmt.git/HEAD".to_owned(),
        "/git/ada/tripmgmt.git/config".to_owned(),
        "/git/ada/tripmgmt.git/objects/info/packs".to_owned(),
        format!("/git/ada/..%2fben%2ftripmgmt.git/{service}"),
        format!("/git/ada/%2e%2e/{service}"),
        format!("/git/ada/../ben/tripmgmt.git/{service}"),
        format!("/git/ada/.empty.git/{service}"),
        format!("/git/ada/.tripmgmt.git.0/{service}"),
        format!("/git/ada/none.git/{service}"),
    ] {
        assert_eq!(get(&path).await, "404", "{path}");
    }
    for path in [
        "/git/ada/tripmgmt.git/info/refs",
        "/git/ada/tripmgmt.git/info/refs?service=git-upload-archive",
        // Not Ada's, whatever her key opens.
        "/git/../info/refs?service=git-upload-pack",
        "/git/%2e%2e/tripmgmt.git/info/refs?service=git-upload-pack",
    ] {
        let status = get(path).await;
        assert!(
            ["403", "404"].contains(&status.as_str()),
            "{path}: {status}"
        );
    }
    // A form on another page can send this, and gets nowhere.
    let answer = client
        .post(house.url("ada", "ada/tripmgmt.git/git-receive-pack"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body("0000")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 415);
}
