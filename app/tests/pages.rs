//! The pages as a browser without JavaScript gets them, from the preview's panel.
#![cfg(feature = "ssr")]
#![expect(clippy::expect_used, reason = "a test may stop where it is")]

#[path = "../examples/preview/panel.rs"]
mod panel;

use std::sync::Arc;

use app::{App, Services, Theme, shell};
use axum::{Router, body::Body, http::Request};
use http_body_util::BodyExt;
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, file_and_error_handler_with_context, generate_route_list};
use panel::Preview;
use tower::ServiceExt;
use workshop::model::{AccountKind, Who};

const SANDBOX: AccountKind = AccountKind::Sandbox { speed: 20 };

/// The status and the page at `path`, for this kind of account and with this theme.
async fn get(path: &str, kind: AccountKind, theme: Theme) -> (u16, String) {
    let options = LeptosOptions::builder().output_name("greenlight").build();
    let services: Services = Arc::new(Preview { kind });
    let context = move || {
        provide_context(services.clone());
        provide_context(Who {
            workspace: "local".to_owned(),
            origin: "http://127.0.0.1:3000".to_owned(),
        });
        provide_context(theme);
    };
    let router: Router = Router::new()
        .leptos_routes_with_context(&options, generate_route_list(App), context.clone(), {
            let options = options.clone();
            move || shell(options.clone())
        })
        .fallback(file_and_error_handler_with_context(context, shell))
        .with_state(options);
    let request = Request::get(path).body(Body::empty()).expect("a request");
    let response = router.oneshot(request).await.expect("an answer");
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.expect("a body");
    let page = String::from_utf8(body.to_bytes().to_vec()).expect("UTF-8");
    (status, page)
}

async fn page(path: &str) -> String {
    let (status, page) = get(path, SANDBOX, Theme::Auto).await;
    assert_eq!(status, 200, "{path}");
    page
}

#[tokio::test]
async fn unknown_addresses_are_404_with_ways_on() {
    for path in ["/steps/13", "/steps/x", "/nowhere"] {
        let (status, page) = get(path, SANDBOX, Theme::Auto).await;
        assert_eq!(status, 404, "{path}");
        assert!(page.contains("There is no such page"), "{path}");
        assert!(page.contains("href=\"/\""), "{path}");
    }
}

#[tokio::test]
async fn only_pages_with_islands_load_their_code() {
    for (path, loads) in [
        ("/start", false),
        ("/steps/13", false),
        ("/overview", true),
        ("/pre-flight", true),
        ("/steps/1", true),
    ] {
        let (_, page) = get(path, SANDBOX, Theme::Auto).await;
        assert_eq!(page.contains("modulepreload"), loads, "{path}");
        assert_eq!(page.contains("<leptos-island"), loads, "{path}");
    }
}

#[tokio::test]
async fn the_account_is_named_on_every_page_and_never_confused() {
    for path in ["/start", "/overview", "/steps/1", "/steps/2?way=cli"] {
        let simulated = page(path).await;
        assert!(simulated.contains("Simulated account"), "{path}");
        assert!(simulated.contains("time ×20, nothing is charged"), "{path}");
        assert!(!simulated.contains("AWS account</strong>"), "{path}");

        let (_, real) = get(path, AccountKind::Aws, Theme::Auto).await;
        assert!(real.contains("AWS account</strong>"), "{path}");
        assert!(!real.contains("nothing is charged"), "{path}");
    }
}

#[tokio::test]
async fn a_simulated_account_has_no_console_and_cannot_be_confused_by_links() {
    let simulated = page("/steps/2").await;
    assert!(
        !simulated.contains("href=\"https://"),
        "no link leaves a simulated account"
    );
    let (_, real) = get("/steps/2", AccountKind::Aws, Theme::Auto).await;
    assert!(real.contains("Open in the console"));
    let (_, overview) = get("/overview", AccountKind::Aws, Theme::Auto).await;
    assert!(
        !overview.contains("/start-over"),
        "a real account is never started over"
    );
}

#[tokio::test]
async fn every_action_is_a_plain_form() {
    let wrong = page("/steps/2").await;
    assert!(wrong.contains("action=\"/steps/2/check?way=form\""));
    assert!(wrong.contains("action=\"/steps/2/repair?way=form\""));
    assert!(wrong.contains("action=\"/steps/2/create\""));
    assert!(wrong.contains("action=\"/theme\""));
    assert!(page("/overview").await.contains("action=\"/start-over\""));
    let cli = page("/steps/2?way=cli").await;
    assert!(cli.contains("action=\"/steps/2/check?way=cli\""));
    assert!(!cli.contains("action=\"/steps/2/create\""));
}

#[tokio::test]
async fn the_four_outcomes_are_told_apart_in_words() {
    let wrong = page("/steps/2").await;
    for key in ["wrong", "could-not-tell", "passed"] {
        assert!(wrong.contains(&format!("data-outcome=\"{key}\"")), "{key}");
    }
    assert!(wrong.contains("Fix it"));
    let waiting = page("/steps/3").await;
    assert!(waiting.contains("data-outcome=\"not-yet\""));
    // Without JavaScript it looks again by itself; settled pages stay still.
    // The address is named, for a form leads to `#evidence`, and that alone is no new page.
    let again =
        "<noscript><meta http-equiv=\"refresh\" content=\"5; url=/steps/3?way=form\"></noscript>";
    assert!(waiting.contains(again));
    assert!(!wrong.contains("http-equiv=\"refresh\""));
    // The next step's button appears where the check ended, and only then.
    assert!(
        page("/steps/1")
            .await
            .contains("Go on: Create the IAM roles")
    );
    assert!(!wrong.contains("Go on: "));
}

#[tokio::test]
async fn the_pre_flight_names_every_item_with_its_outcome_and_its_way_on() {
    let troubled = page("/pre-flight").await;
    for (item, outcome) in [
        ("capacity", "wrong"),
        ("ports", "wrong"),
        ("image", "passed"),
        ("files", "wrong"),
        ("quiet", "not-yet"),
        ("connection", "not-yet"),
        ("roles", "could-not-tell"),
    ] {
        let mark = format!("data-item=\"{item}\" data-outcome=\"{outcome}\"");
        assert!(troubled.contains(&mark), "{mark}");
    }
    // Numbers and names, what to do, and where.
    assert!(troubled.contains("room for 0 on 2 instances"));
    assert!(troubled.contains("tripmgmt-demo-asg from 2 to 4"));
    assert!(troubled.contains("href=\"/steps/5#evidence\""));
    assert!(troubled.contains("action=\"/pre-flight?from=page\""));
    assert!(troubled.contains("action=\"/pre-flight/repair?from=page\""));
    assert!(
        !troubled.contains("href=\"https://"),
        "a simulated account has no console"
    );
}

#[tokio::test]
async fn a_pre_flight_that_passed_says_so_wherever_it_is_shown() {
    for (path, from) in [
        ("/pre-flight", "page"),
        ("/steps/12", "step"),
        ("/overview", "overview"),
    ] {
        let (_, page) = get(path, AccountKind::Aws, Theme::Auto).await;
        assert!(page.contains("All of 8 items are ready."), "{path}");
        let form = format!("action=\"/pre-flight?from={from}\"");
        assert!(page.contains(&form), "{path}");
        assert!(!page.contains("/pre-flight/repair"), "{path}");
        // The form leads back to where it stands.
        let back = app::pre_flight_address(from);
        assert_eq!(back, format!("{path}#pre-flight"));
    }
    let (_, overview) = get("/overview", AccountKind::Aws, Theme::Auto).await;
    assert!(!overview.contains("data-item="), "what is ready steps back");
    assert!(page("/overview").await.contains("data-item=\"capacity\""));
}

#[tokio::test]
async fn a_refused_answer_says_why_below_it() {
    let refused = page("/steps/4").await;
    assert!(refused.contains("Nothing was sent."));
    assert!(refused.contains("aria-invalid=\"true\""));
    assert!(refused.contains("id=\"field-image_repository-scan-error\""));
}

#[tokio::test]
async fn the_key_stands_in_the_set_up_block_only() {
    let (_, form) = get("/steps/3", SANDBOX, Theme::Auto).await;
    assert!(
        !form.contains("example/only/not/a/key"),
        "the form does not need it"
    );
}

#[tokio::test]
async fn the_theme_is_there_before_the_first_paint() {
    let (_, dark) = get("/start", SANDBOX, Theme::Dark).await;
    assert!(dark.contains("<html lang=\"en\" data-theme=\"dark\">"));
    let (_, auto) = get("/start", SANDBOX, Theme::Auto).await;
    assert!(auto.contains("<html lang=\"en\">"));
    // The button leads back to where it was pressed.
    let (_, step) = get("/steps/3?way=cli", SANDBOX, Theme::Auto).await;
    assert!(step.contains("name=\"back\" value=\"/steps/3?way=cli\""));
}

#[tokio::test]
async fn nothing_needs_inline_style() {
    for path in [
        "/start",
        "/overview",
        "/pre-flight",
        "/steps/2",
        "/steps/3?way=cli",
    ] {
        let page = page(path).await;
        assert!(!page.contains(" style=\""), "{path}");
        assert!(!page.contains("<style"), "{path}");
        // Every script carries the nonce of the policy.
        for script in page.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap_or_default();
            assert!(tag.contains("nonce="), "{path}: <script{tag}>");
        }
    }
}
