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
        "elasticloadbalancing" => "2015-12-01",
        "sts" => "2011-06-15",
        "autoscaling" => "2011-01-01",
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

/// What stands between two tags of an XML answer, every time.
fn values<'a>(answer: &'a Answer, tag: &str) -> Vec<&'a str> {
    let open = format!("<{tag}>");
    let parts = text(answer).split(open.as_str()).skip(1);
    parts.filter_map(|part| part.split('<').next()).collect()
}

/// A load balancer that is being provisioned, and behind it an address at which nobody answers.
fn with_a_load_balancer() -> Account {
    let mut account = account();
    let mut ask = |service: &str, fields: &[(&str, &str)]| {
        let answer = form(&mut account, START, service, fields);
        assert_eq!(answer.response.status(), 200, "{}", text(&answer));
        answer
    };
    let subnets = ask("ec2", &[("Action", "DescribeSubnets")]);
    let (vpc, subnets) = (values(&subnets, "vpcId")[0], values(&subnets, "subnetId"));
    let elb = "elasticloadbalancing";
    let balancer = [
        ("Action", "CreateLoadBalancer"),
        ("Name", "web"),
        ("Subnets.member.1", subnets[0]),
        ("Subnets.member.2", subnets[1]),
    ];
    let balancer = ask(elb, &balancer);
    let group = [
        ("Action", "CreateTargetGroup"),
        ("Name", "web"),
        ("Protocol", "HTTP"),
        ("Port", "80"),
        ("VpcId", vpc),
        ("TargetType", "ip"),
    ];
    let group = ask(elb, &group);
    let group = values(&group, "TargetGroupArn")[0];
    let listener = [
        ("Action", "CreateListener"),
        ("LoadBalancerArn", values(&balancer, "LoadBalancerArn")[0]),
        ("Protocol", "HTTP"),
        ("Port", "80"),
        ("DefaultActions.member.1.Type", "forward"),
        ("DefaultActions.member.1.TargetGroupArn", group),
    ];
    ask(elb, &listener);
    let target = [
        ("Action", "RegisterTargets"),
        ("TargetGroupArn", group),
        ("Targets.member.1.Id", "10.0.0.1"),
        ("Targets.member.1.AvailabilityZone", "all"),
    ];
    ask(elb, &target);
    account
}

/// A build that has begun, of a buildspec whose commands take their time.
fn with_a_build() -> Account {
    let mut account = account();
    let trust = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": {"Service": "codebuild.amazonaws.com"}}}"#;
    let logs = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "logs:*", "Resource": "*"}}"#;
    for fields in [
        [
            ("Action", "CreateRole"),
            ("RoleName", "build"),
            ("AssumeRolePolicyDocument", trust),
            ("Description", "builds"),
        ],
        [
            ("Action", "PutRolePolicy"),
            ("RoleName", "build"),
            ("PolicyName", "logs"),
            ("PolicyDocument", logs),
        ],
    ] {
        let answer = form(&mut account, START, "iam", &fields);
        assert_eq!(answer.response.status(), 200, "{}", text(&answer));
    }
    let project = r#"{"name": "app", "serviceRole": "arn:aws:iam::123456789012:role/build",
        "source": {"type": "NO_SOURCE", "buildspec":
            "version: 0.2\nphases:\n  build:\n    commands: [date, sleep 20, 'for x in a b; do date; done']\n"},
        "artifacts": {"type": "NO_ARTIFACTS"}, "environment": {"type": "LINUX_CONTAINER",
            "image": "aws/codebuild/standard:7.0", "computeType": "BUILD_GENERAL1_SMALL"}}"#;
    for (operation, body) in [
        ("CreateProject", project),
        ("StartBuild", r#"{"projectName": "app"}"#),
    ] {
        let mut request = request("codebuild", "eu-central-1", body.to_owned());
        let target = format!("CodeBuild_20161006.{operation}").parse().unwrap();
        request.headers_mut().insert("x-amz-target", target);
        let answer = handle(&mut account, &request, START);
        assert_eq!(answer.response.status(), 200, "{}", text(&answer));
    }
    account
}

#[test]
fn time_in_steps_is_time_at_once() {
    for begun in [with_a_database(), with_a_load_balancer(), with_a_build()] {
        goes_the_same_way_in_steps(&begun);
    }
}

fn goes_the_same_way_in_steps(begun: &Account) {
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

/// A group that is to have three instances, none of them launched yet.
fn with_a_group() -> Account {
    let mut account = account();
    let template = [
        ("Action", "CreateLaunchTemplate"),
        ("LaunchTemplateName", "app"),
        ("LaunchTemplateData.InstanceType", "t3.small"),
        (
            "LaunchTemplateData.ImageId",
            "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
        ),
    ];
    let group = [
        ("Action", "CreateAutoScalingGroup"),
        ("AutoScalingGroupName", "app"),
        ("LaunchTemplate.LaunchTemplateName", "app"),
        ("MinSize", "3"),
        ("MaxSize", "3"),
        ("AvailabilityZones.member.1", "eu-central-1a"),
        ("AvailabilityZones.member.2", "eu-central-1b"),
    ];
    for (service, fields) in [("ec2", &template[..]), ("autoscaling", &group[..])] {
        let answer = form(&mut account, START, service, fields);
        assert_eq!(answer.response.status(), 200, "{}", text(&answer));
    }
    account
}

#[test]
fn a_group_of_machines_does_not_mind_who_looks() {
    let before = with_a_group();
    let mut at_once = before.clone();
    advance(&mut at_once, START + 10 * MINUTE);
    let mut in_steps = before.clone();
    for step in 1..=600 {
        advance(&mut in_steps, START + step * 1000);
        let stored = serde_json::to_string(&in_steps).unwrap();
        in_steps = serde_json::from_str(&stored).unwrap();
    }
    assert_eq!(at_once, in_steps);
    let describe = [("Action", "DescribeInstances")];
    let answer = form(&mut at_once, START + 10 * MINUTE, "ec2", &describe);
    assert_eq!(text(&answer).matches("<name>running</name>").count(), 3);
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
