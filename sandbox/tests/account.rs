//! The account as its host sees it: requests in, answers out, time, storage.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests, where to panic is to fail"
)]

use bytes::Bytes;
use http::Request;
use sandbox::{Account, Answer, Millis, advance, handle, next_due};

/// 2026-01-01T00:00:00Z.
const START: Millis = 1_767_225_600_000;
const MINUTE: Millis = 60_000;

fn account() -> Account {
    Account::new("123456789012", 7, 1, START)
}

fn request(service: &str, region: &str, body: String) -> Request<Bytes> {
    let scope =
        format!("AWS4-HMAC-SHA256 Credential=AKIA/20260101/{region}/{service}/aws4_request");
    Request::post("/")
        .header("authorization", scope)
        .body(Bytes::from(body))
        .unwrap()
}

fn form(account: &mut Account, now: Millis, service: &str, fields: &[(&str, &str)]) -> Answer {
    let version = match service {
        "rds" => "2014-10-31",
        "ec2" => "2016-11-15",
        "sts" => "2011-06-15",
        _ => "2010-05-08",
    };
    let mut body = form_urlencoded::Serializer::new(format!("Version={version}"));
    body.extend_pairs(fields);
    handle(
        account,
        &request(service, "eu-central-1", body.finish()),
        now,
    )
}

fn ssm(account: &mut Account, now: Millis, operation: &str, body: &str) -> Answer {
    let mut request = request("ssm", "eu-central-1", body.to_owned());
    let target = format!("AmazonSSM.{operation}").parse().unwrap();
    request.headers_mut().insert("x-amz-target", target);
    handle(account, &request, now)
}

fn text(answer: &Answer) -> &str {
    std::str::from_utf8(answer.response.body()).unwrap()
}

/// A cluster and its instance, both being created.
fn with_a_database() -> Account {
    let mut account = account();
    let cluster = [
        ("Action", "CreateDBCluster"),
        ("DBClusterIdentifier", "db"),
        ("Engine", "aurora-postgresql"),
        ("MasterUsername", "postgres"),
        ("MasterUserPassword", "correcthorse"),
    ];
    let answer = form(&mut account, START, "rds", &cluster);
    assert_eq!(answer.response.status(), 200, "{}", text(&answer));
    let instance = [
        ("Action", "CreateDBInstance"),
        ("DBInstanceIdentifier", "db-1"),
        ("DBClusterIdentifier", "db"),
        ("DBInstanceClass", "db.t3.medium"),
        ("Engine", "aurora-postgresql"),
    ];
    let answer = form(&mut account, START, "rds", &instance);
    assert_eq!(answer.response.status(), 200, "{}", text(&answer));
    account
}

#[test]
fn time_in_steps_is_time_at_once() {
    let begun = with_a_database();
    for step in [1, 7, 59, 61, 299] {
        let (mut in_steps, mut at_once) = (begun.clone(), begun.clone());
        for now in (START..START + 40 * MINUTE).step_by(step * 1000) {
            advance(&mut in_steps, now);
            let mut jumped = begun.clone();
            advance(&mut jumped, now);
            assert_eq!(in_steps, jumped, "at {now}");
        }
        advance(&mut in_steps, START + 40 * MINUTE);
        advance(&mut at_once, START + 40 * MINUTE);
        assert_eq!(in_steps, at_once, "in steps of {step} seconds");
    }
}

#[test]
fn what_is_under_way_says_when_to_wake() {
    let mut account = with_a_database();
    let mut woken = 0;
    while let Some(due) = next_due(&account) {
        assert!(due > START);
        let before = account.clone();
        advance(&mut account, due - 1);
        assert_eq!(
            next_due(&account),
            Some(due),
            "nothing happens before it is due"
        );
        advance(&mut account, due);
        assert_ne!(account, before);
        woken += 1;
    }
    assert!(woken >= 2, "a cluster and an instance came up");
    let found = form(
        &mut account,
        START,
        "rds",
        &[("Action", "DescribeDBClusters")],
    );
    assert!(
        text(&found).contains("<Status>available</Status>"),
        "{}",
        text(&found)
    );
}

#[test]
fn time_never_goes_back() {
    let mut account = account();
    advance(&mut account, START + MINUTE);
    ssm(
        &mut account,
        START,
        "PutParameter",
        r#"{"Name": "a", "Value": "1", "Type": "String"}"#,
    );
    let event = account.events().last().unwrap();
    assert_eq!(event.time, START + MINUTE);
}

#[test]
fn a_stored_account_goes_on_as_if_nothing_had_been() {
    let mut account = with_a_database();
    ssm(
        &mut account,
        START,
        "PutParameter",
        r#"{"Name": "a", "Value": "1", "Type": "SecureString"}"#,
    );
    let stored = serde_json::to_string(&account).unwrap();
    let mut restored = serde_json::from_str::<Account>(&stored).unwrap();
    assert_eq!(restored, account);
    advance(&mut account, START + 40 * MINUTE);
    advance(&mut restored, START + 40 * MINUTE);
    assert_eq!(restored, account);
}

#[test]
fn a_cluster_that_was_stored_without_its_engine_is_of_postgresql() {
    let account = with_a_database();
    let stored = serde_json::to_string(&account).unwrap();
    let before = stored.replace(r#""engine":"aurora-postgresql","#, "");
    assert_ne!(stored, before);
    assert_eq!(serde_json::from_str::<Account>(&before).unwrap(), account);
}

#[test]
fn only_what_changes_the_account_says_so() {
    let mut account = account();
    let put = r#"{"Name": "a", "Value": "1", "Type": "String"}"#;
    assert!(
        !form(
            &mut account,
            START,
            "sts",
            &[("Action", "GetCallerIdentity")]
        )
        .changed
    );
    assert!(ssm(&mut account, START, "PutParameter", put).changed);
    assert!(!ssm(&mut account, START, "GetParameter", r#"{"Name": "a"}"#).changed);
    assert!(!form(&mut account, START, "iam", &[("Action", "NoSuchOperation")]).changed);
    // The first look at a Region makes its network, which has to last.
    let other = request(
        "ec2",
        "eu-west-1",
        "Version=2016-11-15&Action=DescribeVpcs".to_owned(),
    );
    assert!(handle(&mut account, &other, START).changed);
    assert!(!handle(&mut account, &other, START).changed);
    // What came due meanwhile has to last too, whatever was asked.
    let mut account = with_a_database();
    let later = next_due(&account).unwrap();
    assert!(
        form(
            &mut account,
            later,
            "sts",
            &[("Action", "GetCallerIdentity")]
        )
        .changed
    );
}

#[test]
fn the_same_seed_makes_the_same_account_and_another_seed_another() {
    assert_eq!(with_a_database(), with_a_database());
    let vpcs = |seed| {
        let mut account = Account::new("123456789012", seed, 1, START);
        text(&form(
            &mut account,
            START,
            "ec2",
            &[("Action", "DescribeVpcs")],
        ))
        .to_owned()
    };
    assert_eq!(vpcs(1), vpcs(1));
    assert_ne!(vpcs(1), vpcs(2));
}

#[test]
fn the_history_has_what_was_asked_without_the_secrets() {
    let mut account = with_a_database();
    ssm(
        &mut account,
        START,
        "PutParameter",
        r#"{"Name": "a", "Value": "topsecret", "Type": "SecureString"}"#,
    );
    ssm(&mut account, START, "GetParameter", r#"{"Name": "none"}"#);
    let seen = account
        .events()
        .map(|event| (event.operation.as_str(), event.error.as_deref()));
    let expected = [
        ("CreateDBCluster", None),
        ("CreateDBInstance", None),
        ("PutParameter", None),
        ("GetParameter", Some("ParameterNotFound")),
    ];
    assert_eq!(seen.collect::<Vec<_>>(), expected);
    let written = format!("{:?}", account.events().collect::<Vec<_>>());
    assert!(!written.contains("topsecret") && !written.contains("correcthorse"));
    assert!(written.contains("HIDDEN_DUE_TO_SECURITY_REASONS"));
}
