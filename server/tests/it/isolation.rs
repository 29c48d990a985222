//! Two workspaces neither see nor reach each other's account, repository or progress, whichever
//! way they try.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use server::accounts::{new_link, token_hash};
use server::chance::Chance;
use server::clock::Clock;
use server::cloud::{Cloud, Connection};
use server::store::{OpenLink, Workspace};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;
use workshop::blueprint::{Call, Step};
use workshop::model::{Outcome, Timestamp, Who};
use workshop::panel::Panel;

use crate::browser::{Browser, raw, status};
use crate::support::TestServer;

/// An attendee: a workspace, and a browser in which it was opened.
struct Attendee {
    workspace: Arc<Workspace>,
    browser: Browser,
}

impl Attendee {
    /// Arrives by the address that `greenlight workspace add` prints.
    async fn arrive(server: &TestServer, name: &str) -> Self {
        let workspace = server.workspace(name).await;
        let browser = Browser::new(server);
        let opened = browser
            .get(&format!("/open/{}", link(server, name).await))
            .await;
        assert_eq!(
            (opened.status.as_u16(), opened.location()),
            (303, "/"),
            "{}",
            opened.body
        );
        Self { workspace, browser }
    }

    fn who(&self, server: &TestServer) -> Who {
        Who {
            workspace: self.workspace.name.clone(),
            origin: server.url(""),
        }
    }

    /// What must not be seen by anybody else.
    fn own(&self) -> [&str; 5] {
        let Workspace {
            name,
            account_id,
            access_key_id,
            secret_access_key,
            git_token,
            ..
        } = &*self.workspace;
        [
            name,
            account_id,
            access_key_id,
            secret_access_key,
            git_token,
        ]
    }

    fn assert_not_in(&self, text: &str, place: &str) {
        for own in self.own() {
            assert!(
                !text.contains(own),
                "{place} shows {own} of {}: {text}",
                self.workspace.name
            );
        }
    }
}

/// A fresh one-time address's token.
async fn link(server: &TestServer, name: &str) -> String {
    let (token, link) = new_link(name, &Chance::system(), Clock::system().now());
    server
        .wired
        .store
        .add_open_link(&link)
        .await
        .expect("an address");
    token
}

/// A way to the accounts over HTTP, as the AWS CLI has it.
async fn cloud(server: &TestServer, key: &Workspace, secret: &Workspace) -> Cloud {
    at(
        &server.url("/sandbox"),
        &key.access_key_id,
        &secret.secret_access_key,
    )
    .await
}

async fn at(endpoint: &str, access_key_id: &str, secret_access_key: &str) -> Cloud {
    Cloud::connect(Connection::Fixed {
        region: "eu-west-1".to_owned(),
        access_key_id: access_key_id.to_owned(),
        secret_access_key: secret_access_key.to_owned(),
        http: None,
        endpoint: Some(endpoint.to_owned()),
    })
    .await
}

/// All that is kept of a workspace: its account's history, its progress and its repositories.
async fn state(server: &TestServer, workspace: &Workspace) -> Value {
    let events = server
        .wired
        .sandbox
        .events(workspace)
        .await
        .expect("the history");
    let progress = server
        .wired
        .store
        .progress(&workspace.name)
        .await
        .expect("the progress");
    let folder = server
        .folder()
        .join("greenlight.repositories")
        .join(&workspace.name);
    let mut heads = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("its repositories") {
        let path = entry.expect("a repository").path();
        heads.insert(
            path.display().to_string(),
            said(&git(&path, &["for-each-ref"]).stdout),
        );
    }
    json!([format!("{events:?}"), format!("{progress:?}"), heads])
}

fn git(folder: &Path, arguments: &[&str]) -> Output {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args([
        "-c",
        "credential.helper=",
        "-c",
        "user.name=q",
        "-c",
        "user.email=q@example.com",
    ]);
    git.args(arguments)
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_ASKPASS", "true")
        .env("GIT_CONFIG_GLOBAL", "/dev/null");
    git.output().expect("git")
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

async fn make(server: &TestServer, attendee: &Attendee, step: Step) {
    let who = attendee.who(server);
    server
        .wired
        .panel
        .provision(&who, step, BTreeMap::new())
        .await
        .expect("it is made");
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_lead_to_their_own_account() {
    let server = TestServer::start().await;
    let (quokka, wombat) = (
        server.workspace("quokka").await,
        server.workspace("wombat").await,
    );
    let (of_quokka, of_wombat) = (
        cloud(&server, &quokka, &quokka).await,
        cloud(&server, &wombat, &wombat).await,
    );
    assert_eq!(
        of_quokka.identity().await.expect("an answer").account,
        quokka.account_id
    );
    assert_eq!(
        of_wombat.identity().await.expect("an answer").account,
        wombat.account_id
    );

    let group = Call::new(
        "logs",
        "CreateLogGroup",
        json!({ "logGroupName": "/quokka" }),
    );
    of_quokka.send(&group).await.expect("it is made");
    let again = of_quokka.send(&group).await.expect_err("it is there");
    assert_eq!(again.code(), Some("ResourceAlreadyExistsException"));
    of_wombat
        .send(&group)
        .await
        .expect("the name is free in another account");

    for (key, secret) in [(&quokka, &wombat), (&wombat, &quokka)] {
        let refused = cloud(&server, key, secret)
            .await
            .identity()
            .await
            .expect_err("a foreign secret");
        assert_eq!(refused.code(), Some("SignatureDoesNotMatch"));
    }
    let unknown = at(
        &server.url("/sandbox"),
        "AKIAAAAAAAAAAAAAAAAA",
        &quokka.secret_access_key,
    )
    .await;
    assert_eq!(
        unknown.identity().await.expect_err("an unknown key").code(),
        Some("InvalidClientTokenId")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_request_cannot_be_bent() {
    let server = TestServer::start_by_hand().await;
    let now = Clock::system().now().0;
    server.clock.store(now, Ordering::SeqCst);
    let (quokka, wombat) = (
        server.workspace("quokka").await,
        server.workspace("wombat").await,
    );
    let signed = caught(&quokka).await;
    let good = raw(server.addr, &signed).await;
    assert_eq!(status(&good), 200, "{good}");
    assert!(good.contains(&quokka.account_id), "{good}");

    let signature = signed
        .split("Signature=")
        .nth(1)
        .expect("a signature")
        .get(..64)
        .expect("64 digits");
    let other = signature.chars().rev().collect::<String>();
    let bends = [
        (quokka.access_key_id.as_str(), wombat.access_key_id.as_str()),
        ("/eu-west-1/sts/", "/us-east-1/sts/"),
        ("/eu-west-1/sts/", "/eu-west-1/iam/"),
        ("POST /sandbox", "POST /sandbox?workspace=wombat&x="),
        ("Version=2011-06-15", "Version=2011-06-16"),
        (signature, other.as_str()),
        ("authorization: AWS4", "authorization: none"),
        ("authorization:", "x-nothing:"),
        ("x-amz-date: 2", "x-amz-date: 1"),
    ];
    for (from, to) in bends {
        assert!(signed.contains(from), "{from} is in {signed}");
        let refused = raw(server.addr, &signed.replace(from, to)).await;
        assert!(
            (400..=403).contains(&status(&refused)),
            "{from} → {to}: {refused}"
        );
        assert!(
            !refused.contains(&wombat.account_id) && !refused.contains(&quokka.account_id),
            "{refused}"
        );
    }

    // Whoever overheard it cannot use it for ever.
    server.clock.store(now + 20 * 60 * 1000, Ordering::SeqCst);
    assert_eq!(status(&raw(server.addr, &signed).await), 403);
}

/// A request for `sts:GetCallerIdentity` as the SDK signs it, caught on its way.
async fn caught(workspace: &Workspace) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let endpoint = format!(
        "http://{}/sandbox",
        listener.local_addr().expect("its address")
    );
    let cloud = at(
        &endpoint,
        &workspace.access_key_id,
        &workspace.secret_access_key,
    )
    .await;
    let asking = tokio::spawn(async move { cloud.identity().await });
    let (mut stream, _) = listener.accept().await.expect("a connection");
    let mut request = String::new();
    while !request.contains("Version=2011-06-15") {
        let mut buffer = [0; 4096];
        let read = stream.read(&mut buffer).await.expect("a request");
        assert!(read > 0, "it ended early: {request}");
        request.push_str(&said(&buffer[..read]));
    }
    asking.abort();
    request.replacen("\r\n\r\n", "\r\nconnection: close\r\n\r\n", 1)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_opens_its_own_repositories_only() {
    let server = TestServer::start().await;
    let (quokka, wombat) = (
        Attendee::arrive(&server, "quokka").await,
        Attendee::arrive(&server, "wombat").await,
    );
    make(&server, &quokka, Step::SourceCode).await;
    make(&server, &wombat, Step::SourceCode).await;
    let before = state(&server, &wombat.workspace).await;
    let work = server.folder();
    let token = &quokka.workspace.git_token;
    let address = |user: &str, password: &str, path: &str| {
        format!("http://{user}:{password}@{}/git/{path}", server.addr)
    };

    let cloned = git(
        work,
        &[
            "clone",
            &address("quokka", token, "quokka/tripmgmt.git"),
            "own",
        ],
    );
    assert!(cloned.status.success(), "{}", said(&cloned.stderr));
    let own = work.join("own");
    let pushed = git(&own, &["push", "origin", "main:again"]);
    assert!(pushed.status.success(), "{}", said(&pushed.stderr));

    for user in ["quokka", "wombat", ""] {
        for password in [token.as_str(), "", "x", &wombat.workspace.access_key_id] {
            let theirs = address(user, password, "wombat/tripmgmt.git");
            let cloned = git(work, &["clone", &theirs, "theirs"]);
            assert!(!cloned.status.success(), "{user} cloned {theirs}");
            let pushed = git(&own, &["push", "--force", &theirs, "main"]);
            assert!(!pushed.status.success(), "{user} pushed to {theirs}");
            let new = git(
                &own,
                &["push", &address(user, password, "wombat/new.git"), "main"],
            );
            assert!(!new.status.success(), "{user} made a repository");
        }
    }
    assert_eq!(state(&server, &wombat.workspace).await, before);
    // The refusals were about who asks: the owner is let in.
    let owner = address("wombat", &wombat.workspace.git_token, "wombat/tripmgmt.git");
    assert!(git(work, &["ls-remote", &owner]).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn no_path_leads_into_another_repository() {
    let server = TestServer::start().await;
    let (quokka, wombat) = (
        Attendee::arrive(&server, "quokka").await,
        Attendee::arrive(&server, "wombat").await,
    );
    make(&server, &wombat, Step::SourceCode).await;
    let head = git(
        &server
            .folder()
            .join("greenlight.repositories/wombat/tripmgmt.git"),
        &["rev-parse", "main"],
    );
    let head = said(&head.stdout).trim().to_owned();
    let before = state(&server, &wombat.workspace).await;

    let own_token = format!("PRIVATE-TOKEN: {}\r\n", wombat.workspace.git_token);
    let end = "/info/refs?service=git-upload-pack";
    let shown = raw(
        server.addr,
        &request(
            &server,
            "GET",
            &format!("/git/wombat/tripmgmt.git{end}"),
            &own_token,
        ),
    )
    .await;
    assert!(
        status(&shown) == 200 && shown.contains(&head),
        "the owner sees it: {shown}"
    );

    let token = format!("PRIVATE-TOKEN: {}\r\n", quokka.workspace.git_token);
    let paths = [
        "/git/wombat/tripmgmt.git",
        "/git/quokka/../wombat/tripmgmt.git",
        "/git/quokka/..%2fwombat%2ftripmgmt.git",
        "/git/quokka/..%2Fwombat/tripmgmt.git",
        "/git/quokka/%2e%2e/wombat/tripmgmt.git",
        "/git/quokka%2f..%2fwombat/tripmgmt.git",
        "/git/quokka/%2e%2e%2fwombat%2ftripmgmt",
        "/git/quokka/..%5cwombat%5ctripmgmt.git",
        "/git/quokka/.%00./wombat/tripmgmt.git",
        "/git//wombat/tripmgmt.git",
        "/git/./wombat/tripmgmt.git",
        "/git/quokka//wombat/tripmgmt.git",
        "/git/Wombat/tripmgmt.git",
        "/git/wombat%20/tripmgmt.git",
    ];
    for path in paths {
        for end in [
            end,
            "/HEAD",
            "/objects/info/packs",
            "/packed-refs",
            "/config",
        ] {
            for method in ["GET", "POST", "PROPFIND"] {
                let answer = raw(
                    server.addr,
                    &request(&server, method, &format!("{path}{end}"), &token),
                )
                .await;
                assert!(
                    (400..500).contains(&status(&answer)),
                    "{method} {path}{end}: {answer}"
                );
                assert!(
                    !answer.contains(&head),
                    "{method} {path}{end} shows a commit: {answer}"
                );
            }
        }
    }
    assert_eq!(state(&server, &wombat.workspace).await, before);
}

/// A request as bytes; `headers` end with a line's end each.
fn request(server: &TestServer, method: &str, path: &str, headers: &str) -> String {
    format!(
        "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-length: 0\r\n{headers}\r\n",
        server.addr
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn the_projects_of_another_are_not_there() {
    let server = TestServer::start().await;
    let (quokka, wombat) = (
        Attendee::arrive(&server, "quokka").await,
        Attendee::arrive(&server, "wombat").await,
    );
    make(&server, &wombat, Step::SourceCode).await;
    let before = state(&server, &wombat.workspace).await;
    let ask = async |method: Method, path: &str, token: &str| {
        let form = Browser::new(&server)
            .request(method, path)
            .header("private-token", token);
        let form = form
            .header("content-type", "application/x-www-form-urlencoded")
            .body("name=x&visibility=private");
        quokka.browser.read(form).await
    };
    let mine = &quokka.workspace.git_token;
    for token in [mine.as_str(), "", &wombat.workspace.access_key_id] {
        let theirs = ask(Method::POST, "/git/wombat/api/v4/projects", token).await;
        let nobodys = ask(Method::POST, "/git/nobody/api/v4/projects", token).await;
        assert_eq!(theirs.status, 403, "{}", theirs.body);
        assert_eq!(
            (theirs.status, theirs.body),
            (nobodys.status, nobodys.body),
            "which workspaces there are is not told"
        );
    }
    for (method, path) in [
        (Method::GET, "/git/wombat/api/v4/projects/wombat%2Ftripmgmt"),
        (Method::PUT, "/git/wombat/api/v4/projects/wombat%2Ftripmgmt"),
        (Method::GET, "/git/quokka/api/v4/projects/wombat%2Ftripmgmt"),
        (Method::PUT, "/git/quokka/api/v4/projects/wombat%2Ftripmgmt"),
        (
            Method::GET,
            "/git/quokka/api/v4/projects/quokka%2F..%2Fwombat%2Ftripmgmt",
        ),
        (Method::GET, "/git/quokka/api/v4/projects/..%2Fwombat"),
    ] {
        let answer = ask(method, path, mine).await;
        assert!(
            answer.status.is_client_error(),
            "{path}: {} {}",
            answer.status,
            answer.body
        );
        assert!(
            !answer.body.contains("\"visibility\":"),
            "{path}: {}",
            answer.body
        );
    }
    assert_eq!(state(&server, &wombat.workspace).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_show_and_forms_change_their_own_workspace_only() {
    let server = TestServer::start().await;
    let (quokka, wombat) = (
        Attendee::arrive(&server, "quokka").await,
        Attendee::arrive(&server, "wombat").await,
    );
    for step in Step::ALL {
        let made = wombat
            .browser
            .post(&format!("/steps/{}/create", step.number()), &[])
            .await;
        assert_eq!(made.status, 303, "{}", made.body);
        let checked = server.settled(&wombat.who(&server), step).await;
        assert_eq!(checked.outcome(), Outcome::Passed, "{checked:#?}");
    }
    let own = wombat.browser.get("/steps/1?way=cli").await.body;
    for word in wombat.own() {
        assert!(own.contains(word), "the owner's page shows {word}");
    }

    let before = state(&server, &wombat.workspace).await;
    let pages = ["/start", "/overview", "/nowhere", "/"].map(str::to_owned);
    let steps = Step::ALL.into_iter().flat_map(|step| {
        ["form", "cli", "console"].map(|way| format!("/steps/{}?way={way}", step.number()))
    });
    for page in pages.into_iter().chain(steps) {
        wombat.assert_not_in(&quokka.browser.get(&page).await.body, &page);
        // Nor to someone who was given no workspace.
        wombat.assert_not_in(&Browser::new(&server).get(&page).await.body, &page);
    }
    let claims = [
        ("workspace", "wombat"),
        ("who", "wombat"),
        ("kind", "image_repository"),
        ("setting", "scan"),
    ];
    for action in ["check", "repair", "create"] {
        for step in Step::ALL {
            let address = format!("/steps/{}/{action}?workspace=wombat", step.number());
            let answer = quokka.browser.post(&address, &claims).await;
            wombat.assert_not_in(&answer.body, &address);
        }
    }
    let refused = quokka
        .browser
        .post("/start-over", &[("typed", "wombat")])
        .await;
    assert!(
        refused.location().contains("refused"),
        "{} {}",
        refused.status,
        refused.body
    );
    let done = quokka
        .browser
        .post(
            "/start-over",
            &[("typed", "quokka"), ("workspace", "wombat")],
        )
        .await;
    assert_eq!(done.location(), "/start", "{}", done.body);
    assert_eq!(state(&server, &wombat.workspace).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_opens_once_and_for_a_day() {
    let server = TestServer::start().await;
    let (quokka, wombat) = (
        Attendee::arrive(&server, "quokka").await,
        server.workspace("wombat").await,
    );
    let used = link(&server, "wombat").await;
    let owner = Browser::new(&server);
    assert_eq!(owner.get(&format!("/open/{used}")).await.status, 303);
    assert!(
        owner
            .get("/steps/1?way=cli")
            .await
            .body
            .contains(&wombat.access_key_id)
    );

    let expired = Chance::system().token();
    let old = OpenLink {
        token_hash: token_hash(&expired),
        workspace: "wombat".to_owned(),
        expires_at: Timestamp(Clock::system().now().0 - 1),
    };
    server
        .wired
        .store
        .add_open_link(&old)
        .await
        .expect("an address");
    let fresh = link(&server, "wombat").await;
    let shorter = &fresh[..fresh.len() - 1];
    let hash = token_hash(&fresh);
    for bad in [
        used.as_str(),
        &expired,
        &expired,
        shorter,
        &hash,
        "wombat",
        "%27%20OR%201=1--",
        "..%2f",
    ] {
        for browser in [&Browser::new(&server), &quokka.browser] {
            let answer = browser.get(&format!("/open/{bad}")).await;
            assert_eq!(answer.status, 410, "/open/{bad}: {}", answer.body);
            let page = browser.get("/steps/1?way=cli").await.body;
            assert!(
                !page.contains(&wombat.access_key_id),
                "/open/{bad} opened it all the same"
            );
        }
    }
    assert!(
        quokka
            .browser
            .get("/steps/1?way=cli")
            .await
            .body
            .contains(&quokka.workspace.access_key_id),
        "quokka is where it was"
    );
    assert_eq!(
        quokka.browser.get(&format!("/open/{fresh}")).await.status,
        303,
        "the tries used nothing up"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_not_handed_on_or_guessed() {
    let server = TestServer::start().await;
    let (quokka, wombat) = (
        Attendee::arrive(&server, "quokka").await,
        server.workspace("wombat").await,
    );
    let planted = quokka.browser.cookie("greenlight").expect("a session");
    let opened = quokka
        .browser
        .get(&format!("/open/{}", link(&server, "wombat").await))
        .await;
    let cookie = opened.header("set-cookie").to_owned();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    assert!(
        quokka
            .browser
            .get("/steps/1?way=cli")
            .await
            .body
            .contains(&wombat.access_key_id)
    );

    let id = quokka.browser.cookie("greenlight").expect("a session");
    assert_ne!(
        id, planted,
        "whoever knew the old session must not follow into the workspace"
    );
    let shorter = &id[..id.len() - 1];
    for stale in [
        planted.as_str(),
        shorter,
        "wombat",
        "",
        "AAAAAAAAAAAAAAAAAAAAAA",
    ] {
        let page = Browser::new(&server)
            .request(Method::GET, "/steps/1?way=cli")
            .header("cookie", format!("greenlight={stale}; workspace=wombat"));
        let page = quokka.browser.read(page).await;
        assert_eq!(page.status, 200);
        assert!(
            !page.body.contains(&wombat.access_key_id),
            "the session “{stale}” leads to wombat"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_tells_of_its_own_workspace_only() {
    let server = TestServer::start().await;
    let (quokka, wombat) = (
        Attendee::arrive(&server, "quokka").await,
        Attendee::arrive(&server, "wombat").await,
    );
    let listening = quokka
        .browser
        .request(Method::GET, "/live?workspace=wombat");
    let mut stream = quokka.browser.send(listening).await;
    let first = until_quiet(&mut stream).await;
    assert!(
        first.contains("event: frame") && first.contains(&quokka.workspace.account_id),
        "{first}"
    );
    wombat.assert_not_in(&first, "the stream");

    make(&server, &wombat, Step::SourceCode).await;
    make(&server, &wombat, Step::Roles).await;
    assert_eq!(
        until_quiet(&mut stream).await,
        "",
        "nothing of another workspace"
    );

    make(&server, &quokka, Step::SourceCode).await;
    let own = until_quiet(&mut stream).await;
    assert!(
        own.contains("event: evidence"),
        "the stream is alive: {own}"
    );
    wombat.assert_not_in(&own, "the stream");
}

/// What arrives until nothing does for a while.
async fn until_quiet(stream: &mut reqwest::Response) -> String {
    let mut text = String::new();
    while let Ok(chunk) = tokio::time::timeout(Duration::from_millis(600), stream.chunk()).await {
        text.push_str(&said(&chunk.expect("a chunk").expect("the stream goes on")));
    }
    text
}
