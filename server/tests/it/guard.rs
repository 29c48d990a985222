//! What is let through: hosts, origins, methods, forms; and the headers of every kind of answer.

use reqwest::Method;
use workshop::blueprint::Step;
use workshop::model::StepState;
use workshop::panel::Panel;

use crate::browser::{Answer, Browser, raw, status};
use crate::support::TestServer;

/// One address of every route, with a method that it takes. A test reads the routers for more.
const ROUTES: [(&str, &str, &str); 28] = [
    ("GET", "/", "/"),
    ("GET", "/start", ""),
    ("GET", "/overview", ""),
    ("GET", "/steps/1", ""),
    ("GET", "/nowhere", ""),
    ("GET", "/live", "/live"),
    ("GET", "/healthz", "/healthz"),
    ("GET", "/open/x", "/open/{token}"),
    ("GET", "/favicon.svg", "/favicon.svg"),
    ("GET", "/pkg/greenlight.css", "/pkg"),
    ("POST", "/steps/1/check", "/steps/{number}/check"),
    ("POST", "/steps/1/create", "/steps/{number}/create"),
    ("POST", "/steps/1/repair", "/steps/{number}/repair"),
    ("POST", "/steps/1/up-to-here", "/steps/{number}/up-to-here"),
    ("POST", "/steps/10/handshake", "/steps/{number}/handshake"),
    ("GET", "/files/buildspec.yml", "/files/{name}"),
    ("POST", "/pre-flight", "/pre-flight"),
    ("POST", "/pre-flight/repair", "/pre-flight/repair"),
    ("POST", "/start-over", "/start-over"),
    ("POST", "/theme", "/theme"),
    ("POST", "/sandbox", "/sandbox"),
    ("POST", "/sandbox/", "/sandbox/"),
    ("POST", "/sandbox/bucket", "/sandbox/{*path}"),
    (
        "GET",
        "/git/local/sample.git/info/refs?service=git-upload-pack",
        "/git/{workspace}/{repo}/info/refs",
    ),
    (
        "POST",
        "/git/local/sample.git/git-upload-pack",
        "/git/{workspace}/{repo}/git-upload-pack",
    ),
    (
        "POST",
        "/git/local/tripmgmt.git/git-receive-pack",
        "/git/{workspace}/{repo}/git-receive-pack",
    ),
    (
        "POST",
        "/git/local/api/v4/projects",
        "/git/{workspace}/api/v4/projects",
    ),
    (
        "POST",
        "/git/local/oauth/authorize",
        "/git/{workspace}/oauth/authorize",
    ),
];

/// The routes that have the same handler's guard as the one beside them above.
const SIBLINGS: [&str; 1] = ["/git/{workspace}/api/v4/projects/{id}"];

#[test]
fn every_route_is_tried() {
    let sources = [
        include_str!("../../src/web/router.rs"),
        include_str!("../../src/web/assets.rs"),
        include_str!("../../src/source/smart_http.rs"),
        include_str!("../../src/source/projects.rs"),
    ];
    let mut found = 0;
    for source in sources {
        for call in source
            .split(".route(")
            .chain(source.split(".nest_service("))
            .skip(1)
        {
            let Some(route) = call
                .trim_start()
                .strip_prefix('"')
                .and_then(|call| call.split('"').next())
            else {
                continue;
            };
            found += 1;
            let known =
                ROUTES.iter().any(|(_, _, known)| *known == route) || SIBLINGS.contains(&route);
            assert!(known, "{route} is not among the routes that are tried");
        }
    }
    assert!(found >= 15, "the routers were read");
}

fn request(method: &str, path: &str, headers: &str) -> String {
    format!("{method} {path} HTTP/1.1\r\nconnection: close\r\ncontent-length: 0\r\n{headers}\r\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn another_host_is_refused_on_every_route() {
    let server = TestServer::start().await;
    let port = server.addr.port();
    let hosts = [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        format!("127.0.0.1.evil.example:{port}"),
        format!("localhost.evil.example:{port}"),
        format!("192.168.0.1:{port}"),
        format!("0.0.0.0:{port}"),
        format!("[::2]:{port}"),
        format!("127.0.0.1:{port}@evil.example"),
        format!("127.0.0.1:{port}, evil.example"),
        String::new(),
    ];
    for (method, path, _) in ROUTES {
        for host in &hosts {
            let answer = raw(
                server.addr,
                &request(method, path, &format!("host: {host}\r\n")),
            )
            .await;
            assert!(
                matches!(status(&answer), 400 | 403),
                "{method} {path} for {host}: {answer}"
            );
            assert!(!answer.contains("set-cookie"), "{answer}");
        }
        let answer = raw(
            server.addr,
            &request(method, path, "host: evil.example\r\n"),
        )
        .await;
        assert!(
            answer.contains("This address is not served here."),
            "{answer}"
        );
        let without = raw(
            server.addr,
            &request(method, path, "").replace("HTTP/1.1", "HTTP/1.0"),
        )
        .await;
        assert_eq!(
            status(&without),
            403,
            "{method} {path} without a host: {without}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn this_host_passes_on_any_port() {
    let server = TestServer::start().await;
    for host in [
        "localhost",
        "localhost:3000",
        "127.0.0.1",
        "127.0.0.1:8443",
        "[::1]",
        "[::1]:9000",
    ] {
        for path in ["/healthz", "/start"] {
            let answer = raw(
                server.addr,
                &request("GET", path, &format!("host: {host}\r\n")),
            )
            .await;
            assert_eq!(status(&answer), 200, "{host}: {answer}");
        }
        for scheme in ["http", "https"] {
            let headers = format!(
                "host: {host}\r\norigin: {scheme}://{host}\r\nsec-fetch-site: same-origin\r\n"
            );
            let answer = raw(server.addr, &request("POST", "/steps/1/check", &headers)).await;
            assert_eq!(status(&answer), 303, "{host}: {answer}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_sites_page_changes_nothing() {
    let server = TestServer::start().await;
    let host = server.addr;
    let mut foreign = vec![
        format!("origin: https://{host}.evil.example"),
        format!("origin: http://evil.example/?http://{host}"),
    ];
    foreign.extend([
        "origin: https://evil.example".to_owned(),
        "origin: http://localhost:1".to_owned(),
        format!("origin: http://localhost:{}", host.port()),
        format!("origin: {host}"),
        format!("origin: file://{host}"),
        "origin: null".to_owned(),
        "origin: ".to_owned(),
        "sec-fetch-site: cross-site".to_owned(),
        "sec-fetch-site: same-site".to_owned(),
    ]);
    let changing = ROUTES
        .into_iter()
        .filter(|(method, ..)| *method == "POST")
        .map(|(method, path, _)| (method, path));
    let others = [
        ("PUT", "/git/local/api/v4/projects/local%2Ftripmgmt"),
        ("DELETE", "/overview"),
        ("PATCH", "/nowhere"),
    ];
    for (method, path) in changing.chain(others) {
        for header in &foreign {
            let answer = raw(
                server.addr,
                &request(method, path, &format!("host: {host}\r\n{header}\r\n")),
            )
            .await;
            assert_eq!(
                status(&answer),
                403,
                "{method} {path} with {header}: {answer}"
            );
            assert!(answer.contains("Nothing was changed."), "{answer}");
        }
    }
    assert!(is_untouched(&server).await);
    assert_eq!(
        Browser::new(&server)
            .post("/steps/1/create", &[])
            .await
            .status,
        303
    );
    assert!(
        !is_untouched(&server).await,
        "the panel's own form does change something"
    );
}

/// Whether nobody has checked or made anything yet.
async fn is_untouched(server: &TestServer) -> bool {
    let overview = server
        .wired
        .panel
        .overview(&server.who())
        .await
        .expect("an overview");
    let begun = overview
        .frame
        .rail
        .iter()
        .any(|item| item.state != StepState::NotBegun);
    let workspace = server
        .wired
        .store
        .workspace("local")
        .await
        .expect("a look-up")
        .expect("it is there");
    let events = server
        .wired
        .sandbox
        .events(&workspace)
        .await
        .expect("the history");
    let repository = server
        .folder()
        .join("greenlight.repositories/local/tripmgmt.git");
    !begun && events.iter().all(|event| event.read_only) && !repository.exists()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_answer_says_what_it_may_do() {
    let server = TestServer::start().await;
    let package = server.folder().join("site/pkg");
    std::fs::create_dir_all(&package).expect("a folder");
    std::fs::write(package.join("greenlight.css"), "a {}").expect("a file");
    let browser = Browser::new(&server);
    let kinds = [
        (200, browser.get("/start").await),
        (200, browser.get("/steps/3?way=cli").await),
        (303, browser.get("/").await),
        (404, browser.get("/nowhere").await),
        (404, browser.get("/steps/99").await),
        (405, browser.get("/theme").await),
        (404, browser.post("/steps/99/check", &[]).await),
        (
            303,
            browser
                .post("/theme", &[("theme", "dark"), ("back", "/start")])
                .await,
        ),
        (410, browser.get("/open/x").await),
        (200, browser.get("/healthz").await),
        (200, browser.get("/pkg/greenlight.css").await),
        (404, browser.get("/pkg/nothing.css").await),
        (
            401,
            browser
                .get("/git/local/sample.git/info/refs?service=git-upload-pack")
                .await,
        ),
        (403, browser.post("/sandbox", &[]).await),
        (
            403,
            browser
                .read(
                    browser
                        .request(Method::GET, "/")
                        .header("host", "evil.example"),
                )
                .await,
        ),
        (
            413,
            browser
                .post("/theme", &[("back", &"x".repeat(3 * 1024 * 1024))])
                .await,
        ),
    ];
    for (status, answer) in kinds {
        assert_eq!(answer.status.as_u16(), status, "{}", answer.body);
        let policy = answer.header("content-security-policy");
        for rule in [
            "default-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(rule), "{status}: {policy}");
        }
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
            "{policy}"
        );
        assert_eq!(
            answer.header("x-content-type-options"),
            "nosniff",
            "{status}: {}",
            answer.body
        );
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_runs_its_own_scripts_only() {
    let server = TestServer::start().await;
    let browser = Browser::new(&server);
    let mut seen = Vec::new();
    for page in [
        "/start",
        "/overview",
        "/overview",
        "/steps/1",
        "/steps/3?way=cli",
        "/nowhere",
    ] {
        let answer = browser.get(page).await;
        let nonce = nonce(&answer);
        assert!(
            nonce.len() >= 20 && !seen.contains(&nonce),
            "a nonce is used once: {nonce}"
        );
        for script in answer.body.split("<script").skip(1) {
            let tag = script.split('>').next().expect("its end");
            assert!(
                tag.contains(&format!("nonce=\"{nonce}\"")),
                "{page}: <script{tag}>"
            );
        }
        for inline in [" style=\"", " onclick=", " onload=", "javascript:"] {
            assert!(
                !answer.body.contains(inline),
                "{page} has {inline}, which the policy forbids"
            );
        }
        seen.push(nonce);
    }
}

fn nonce(answer: &Answer) -> String {
    let policy = answer.header("content-security-policy");
    let nonce = policy
        .split("'nonce-")
        .nth(1)
        .and_then(|rest| rest.split('\'').next());
    nonce
        .unwrap_or_else(|| panic!("no nonce: {policy}"))
        .to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_theme_leads_back_and_nowhere_else() {
    let server = TestServer::start().await;
    let browser = Browser::new(&server);
    for good in ["/", "/steps/2?way=cli", "/overview#map"] {
        assert_eq!(
            browser
                .post("/theme", &[("theme", "dark"), ("back", good)])
                .await
                .location(),
            good
        );
    }
    assert!(
        browser
            .get("/start")
            .await
            .body
            .contains("data-theme=\"dark\"")
    );
    for bad in [
        "",
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "\t//evil.example",
        "/\n/evil.example",
        "/\r\nset-cookie: a=b",
        "javascript:alert(1)",
        "evil.example",
        " //evil.example",
        "/é",
    ] {
        let answer = browser
            .post("/theme", &[("theme", "light"), ("back", bad)])
            .await;
        assert_eq!(
            (answer.status.as_u16(), answer.location()),
            (303, "/"),
            "{bad:?}"
        );
    }
    let odd = browser
        .post(
            "/theme",
            &[("theme", "dark; Path=/; Domain=evil"), ("back", "/")],
        )
        .await;
    assert!(
        odd.header("set-cookie").starts_with("theme=auto; Path=/;"),
        "{}",
        odd.header("set-cookie")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_its_contents_in_its_name_is_kept_for_good() {
    let server = TestServer::start().await;
    let site = server.folder().join("site");
    std::fs::create_dir_all(site.join("pkg")).expect("a folder");
    std::fs::write(site.join("hash.txt"), "not for the browser").expect("a file");
    std::fs::write(site.join("pkg/greenlight.abc.css"), "a {}").expect("a file");
    std::fs::write(site.join("pkg/greenlight.abc.css.br"), "brotli").expect("a file");
    std::fs::write(site.join("pkg/greenlight.abc.css.gz"), "gzip").expect("a file");
    let browser = Browser::new(&server);
    let ask = async |path: &str, encoding: &str| {
        browser
            .read(
                browser
                    .request(Method::GET, path)
                    .header("accept-encoding", encoding),
            )
            .await
    };

    for (encoding, body, named) in [
        ("br, gzip", "brotli", "br"),
        ("gzip", "gzip", "gzip"),
        ("identity", "a {}", ""),
    ] {
        let answer = ask("/pkg/greenlight.abc.css", encoding).await;
        assert_eq!(
            (answer.body.as_str(), answer.header("content-encoding")),
            (body, named)
        );
        assert_eq!(
            answer.header("cache-control"),
            "public, max-age=31536000, immutable"
        );
        assert_eq!(answer.header("content-type"), "text/css");
    }
    let missing = ask("/pkg/greenlight.def.css", "br").await;
    assert_eq!(
        (missing.status.as_u16(), missing.header("cache-control")),
        (404, "")
    );
    for path in [
        "/pkg/../hash.txt",
        "/pkg/%2e%2e/hash.txt",
        "/pkg/..%2fhash.txt",
        "/hash.txt",
        "/pkg/..%5chash.txt",
        "/pkg//../hash.txt",
    ] {
        let answer = raw(server.addr, &request("GET", path, "host: localhost\r\n")).await;
        assert!(!answer.contains("not for the browser"), "{path}: {answer}");
    }
    // A page is never kept: it shows what is.
    assert!(
        !browser
            .get("/start")
            .await
            .header("cache-control")
            .contains("max-age=3")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_refused_in_a_sentence() {
    let server = TestServer::start().await;
    let browser = Browser::new(&server);
    let form = "application/x-www-form-urlencoded";
    let large = "a=".to_owned() + &"x".repeat(2 * 1024 * 1024);
    let cases = [
        ("POST", "/steps/0/check", form, "", 404),
        ("POST", "/steps/99/create", form, "", 404),
        ("POST", "/steps/256/check", form, "", 404),
        ("POST", "/steps/one/check", form, "", 404),
        ("POST", "/steps/-1/create", form, "", 404),
        (
            "POST",
            "/steps/9/repair",
            form,
            "kind=db_cluster&setting=engine",
            404,
        ),
        (
            "POST",
            "/steps/3/repair",
            form,
            "kind=nonsense&setting=engine",
            404,
        ),
        (
            "POST",
            "/steps/1/repair",
            form,
            "kind=db_cluster&setting=engine",
            404,
        ),
        ("POST", "/steps/3/repair", form, "kind=db_cluster", 422),
        ("POST", "/steps/3/repair", form, "", 422),
        ("POST", "/start-over", form, "typd=local", 422),
        ("POST", "/theme", form, "theme=dark", 422),
        ("POST", "/steps/1/create", "application/json", "{}", 415),
        (
            "POST",
            "/start-over",
            "multipart/form-data; boundary=x",
            "--x--",
            415,
        ),
        ("POST", "/steps/1/create", form, &large, 413),
        ("POST", "/start-over", form, &large, 413),
        ("GET", "/steps/1/check", form, "", 405),
        ("GET", "/steps/1/create", form, "", 405),
        ("GET", "/start-over", form, "", 405),
        ("GET", "/theme", form, "", 405),
        ("PUT", "/steps/1/check", form, "", 405),
        ("DELETE", "/steps/1", form, "", 405),
        ("POST", "/overview", form, "", 405),
        ("POST", "/open/x", form, "", 405),
        ("POST", "/healthz", form, "", 405),
    ];
    for (method, path, kind, body, expected) in cases {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let request = browser
            .request(method.clone(), path)
            .header("content-type", kind)
            .header("origin", server.url(""));
        let answer = browser.read(request.body(body.to_owned())).await;
        let beginning = &body[..body.len().min(40)];
        assert_eq!(
            answer.status.as_u16(),
            expected,
            "{method} {path} {beginning}: {}",
            answer.body
        );
        let sentence = answer.body.trim_end();
        assert!(
            sentence.ends_with("Nothing was changed.") && sentence.len() < 200,
            "{method} {path}: {sentence:?}"
        );
        if expected == 405 {
            assert!(
                !answer.header("allow").is_empty(),
                "{method} {path} says what it takes"
            );
        }
    }
    assert!(is_untouched(&server).await);

    let too_large = browser
        .post("/sandbox", &[("x", &"x".repeat(6 * 1024 * 1024))])
        .await;
    assert_eq!(too_large.status, 413, "{}", too_large.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_not_there_says_so() {
    let server = TestServer::start().await;
    let browser = Browser::new(&server);
    for page in [
        "/steps/0",
        "/steps/99",
        "/steps/one",
        "/steps/1/nothing",
        "/nowhere",
        "/steps",
    ] {
        let answer = browser.get(page).await;
        assert_eq!(answer.status, 404, "{page}");
        assert!(
            answer.header("content-type").starts_with("text/html") && answer.body.contains("<h1"),
            "{page}: {}",
            answer.body
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setting_that_cannot_be_put_right_is_told_on_the_page() {
    let server = TestServer::start().await;
    let browser = Browser::new(&server);
    for (kind, setting) in [
        ("image_repository", "scan"),
        ("image_repository", "nonsense"),
    ] {
        let answer = browser
            .post("/steps/4/repair", &[("kind", kind), ("setting", setting)])
            .await;
        assert_eq!(answer.location(), "/steps/4#evidence", "{}", answer.body);
        let page = browser.get("/steps/4").await;
        assert!(page.body.contains("That did not work."), "{}", page.body);
    }
    let step = server
        .wired
        .panel
        .step(&server.who(), Step::Registry)
        .await
        .expect("a page");
    assert!(step.problem.is_some());
}
