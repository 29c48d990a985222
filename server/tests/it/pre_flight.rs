//! The pre-flight of an account that is through with all steps: it passes, and whatever one thing is
//! spoilt, that item is named and no other.

mod ready;

use std::process::Command;
use std::sync::atomic::Ordering;

use aws_sdk_codedeploy::types::{AppSpecContent, RevisionLocation, RevisionLocationType};
use aws_sdk_codepipeline::types::StageTransitionType;
use aws_sdk_ecr::types::ImageIdentifier;
use aws_sdk_ecs::types::{Compatibility, ContainerDefinition};
use aws_sdk_elasticloadbalancingv2::types::{Action, ActionTypeEnum};
use server::accounts::LOCAL;
use workshop::blueprint::Kind;
use workshop::model::{Finding, Outcome, PreFlightItem, Timestamp};
use workshop::panel::Panel;

use crate::browser::Browser;
use crate::detour::{Fate, detour};
use crate::support::TestServer;
use ready::Ready;

const CLUSTER: &str = "tripmgmt-demo-cluster";

#[tokio::test]
async fn it_passes_after_twelve_steps_and_is_kept() {
    let ready = Ready::make().await;
    let browser = Browser::new(&ready.server);
    for path in ["/steps/12", "/overview", "/pre-flight"] {
        let page = browser.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.body.contains("Look at everything"), "{path}");
    }
    let sent = browser.post("/pre-flight?from=step", &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert_eq!(sent.header("location"), "/steps/12#pre-flight");

    let found = ready.look().await;
    for report in &found.items {
        let misses: Vec<_> = report.misses().chain(report.warnings()).collect();
        assert_eq!(misses, Vec::<&Finding>::new(), "{:?}", report.item);
        assert!(!report.findings.is_empty(), "{:?}", report.item);
        assert!(!report.evidence.contains("looked at."), "{report:#?}");
        assert!(!report.evidence.contains("{{"), "{report:#?}");
    }
    let server = ready.server.restart().await;
    let browser = Browser::new(&server);
    for path in ["/steps/12", "/overview", "/pre-flight"] {
        let page = browser.get(path).await.body;
        assert!(page.contains("All of 8 items are ready."), "{path}: {page}");
    }
    let done = server.wired.panel.start_over(&server.who(), LOCAL).await;
    assert_eq!(done, Ok(()));
    let page = browser.get("/pre-flight").await.body;
    assert!(page.contains("Look at everything"), "it is forgotten");
}

#[tokio::test]
async fn before_anything_is_made_it_says_where_to_begin() {
    let server = TestServer::start().await;
    let found = server.wired.panel.look_before_flight(LOCAL).await;
    assert_eq!(found.expect("a look").outcome(), Outcome::Wrong);
    let browser = Browser::new(&server);
    let page = browser.get("/pre-flight").await.body;
    assert!(page.contains("First finish step 1"), "{page}");
    for path in ["/steps/12", "/overview"] {
        let page = browser.get(path).await.body;
        assert!(!page.contains("id=\"pre-flight\""), "{path}");
    }
}

#[tokio::test]
async fn room_that_others_have_taken() {
    let ready = Ready::make().await;
    let container = ContainerDefinition::builder()
        .name("other")
        .image("public.ecr.aws/docker/library/busybox:latest")
        .memory(1000)
        .cpu(10)
        .build();
    let register = ready.ecs().register_task_definition().family("other");
    let register = register.requires_compatibilities(Compatibility::Ec2);
    let made = register.container_definitions(container).send().await;
    made.expect("a task definition");
    let run = ready.ecs().run_task().cluster(CLUSTER).count(2);
    let run = run.task_definition("other").send().await;
    assert_eq!(run.expect("a run").tasks().len(), 2);
    let (item, kind) = (PreFlightItem::Capacity, Kind::ContainerInstances);
    let [found, cause, remedy] = ready.only_wrong(item, kind, "room").await;
    assert!(found.starts_with("room for 0 more (i-"), "{found}");
    assert!(
        cause.contains("4 tasks, of which 2 have no place"),
        "{cause}"
    );
    assert!(cause.contains("Managed scaling is off"), "{cause}");
    assert!(remedy.contains("tripmgmt-demo-asg from 2 to 3"), "{remedy}");
}

#[tokio::test]
async fn ports_that_are_shut_and_what_fix_it_does() {
    let ready = Ready::make().await;
    ready.narrow_the_ports().await;
    let (item, kind) = (PreFlightItem::Ports, Kind::InstanceIngress);
    let [found, cause, _] = ready.only_wrong(item, kind, "ingress").await;
    assert!(found.starts_with("tcp 8080 from sg-"), "{found}");
    assert!(cause.contains("ports that Docker chooses"), "{cause}");

    let browser = Browser::new(&ready.server);
    let page = browser.get("/pre-flight").await.body;
    assert!(page.contains("data-finding=\"instance_ingress.ingress\""));
    assert!(page.contains("href=\"/steps/6#evidence\""));
    let fields = [("kind", "instance_ingress"), ("setting", "ingress")];
    let sent = browser
        .post("/pre-flight/repair?from=overview", &fields)
        .await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert_eq!(sent.header("location"), "/overview#pre-flight");
    assert_eq!(ready.look().await.outcome(), Outcome::Passed);

    // What cannot be put right is said on the page, once.
    let fields = [("kind", "service"), ("setting", "port")];
    browser.post("/pre-flight/repair", &fields).await;
    let page = browser.get("/pre-flight").await.body;
    assert!(page.contains("put right by hand"), "{page}");
    browser.post("/pre-flight", &[]).await;
    let page = browser.get("/pre-flight").await.body;
    assert!(!page.contains("put right by hand"));
    let nothing = [("kind", "nothing"), ("setting", "port")];
    let sent = browser.post("/pre-flight/repair", &nothing).await;
    assert_eq!(sent.status, 404);
}

#[tokio::test]
async fn an_image_that_is_gone() {
    let ready = Ready::make().await;
    let ecr = aws_sdk_ecr::Client::new(&ready.config);
    let latest = ImageIdentifier::builder().image_tag("latest").build();
    let delete = ecr.batch_delete_image().repository_name("tripmgmt-demo");
    delete.image_ids(latest).send().await.expect("one less");
    let [.., remedy] = ready
        .only_wrong(PreFlightItem::Image, Kind::FirstImage, "exists")
        .await;
    assert!(remedy.contains("tripmgmt-demo:latest"), "{remedy}");
}

#[tokio::test]
async fn a_file_that_names_another_container() {
    let ready = Ready::make().await;
    let folder = ready.server.folder().join("greenlight.repositories");
    let bare = folder.join(LOCAL).join("tripmgmt.git");
    let tree = ready.server.folder().join("tree");
    let git = |arguments: &[&str]| {
        let author = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"];
        let mut command = Command::new("git");
        let output = command.args(author).args(arguments).output().expect("git");
        assert!(output.status.success(), "{output:?}");
    };
    let (bare, at) = (bare.display().to_string(), tree.display().to_string());
    git(&["clone", "-q", &bare, &at]);
    let file = tree.join("appspec.yaml");
    let text = std::fs::read_to_string(&file).expect("the file");
    let other = text.replace("tripmgmt-demo-container", "web");
    std::fs::write(&file, other).expect("another file");
    git(&["-C", &at, "commit", "-q", "-a", "-m", "A change"]);
    git(&["-C", &at, "push", "-q", "origin", "main"]);
    let (item, kind) = (PreFlightItem::Files, Kind::DeployFiles);
    let [found, ..] = ready.only_wrong(item, kind, "appspec_container").await;
    assert_eq!(found, "web");
}

#[tokio::test]
async fn a_listener_that_forwards_to_the_wrong_group() {
    let ready = Ready::make().await;
    let elb = aws_sdk_elasticloadbalancingv2::Client::new(&ready.config);
    let balancers = elb.describe_load_balancers().send().await;
    let balancers = balancers.expect("the balancers");
    let balancer = balancers.load_balancers()[0].load_balancer_arn();
    let listeners = elb
        .describe_listeners()
        .set_load_balancer_arn(balancer.map(str::to_owned));
    let listeners = listeners.send().await.expect("the listeners");
    let arn = |port| {
        let mut listeners = listeners.listeners().iter();
        let found = listeners.find(|listener| listener.port() == Some(port));
        let found = found.and_then(|listener| listener.listener_arn());
        found.expect("the listener").to_owned()
    };
    let groups = elb
        .describe_target_groups()
        .names("tripmgmt-test-tg")
        .send();
    let groups = groups.await.expect("the group");
    let group = groups.target_groups()[0]
        .target_group_arn()
        .expect("its ARN");
    let forward = Action::builder().r#type(ActionTypeEnum::Forward);
    let forward = forward.target_group_arn(group).build();
    let change = elb.modify_listener().listener_arn(arn(80));
    change
        .default_actions(forward)
        .send()
        .await
        .expect("a change");
    let (item, kind) = (PreFlightItem::TargetGroups, Kind::ProdListener);
    let [found, ..] = ready.only_wrong(item, kind, "forwards").await;
    assert_eq!(found, "tripmgmt-test-tg");
}

#[tokio::test]
async fn a_deployment_that_waits_for_somebody() {
    let ready = Ready::make().await;
    let latest = ready.ecs().describe_task_definition();
    let latest = latest.task_definition("tripmgmt-demo-taskdef").send().await;
    let latest = latest.expect("the task definition").task_definition;
    let arn = latest.and_then(|latest| latest.task_definition_arn);
    let spec = serde_json::json!({
        "version": 0.0,
        "Resources": [{ "TargetService": { "Type": "AWS::ECS::Service", "Properties": {
            "TaskDefinition": arn,
            "LoadBalancerInfo": { "ContainerName": "tripmgmt-demo-container", "ContainerPort": 8080 },
        }}}],
    });
    let content = AppSpecContent::builder().content(spec.to_string()).build();
    let revision = RevisionLocation::builder()
        .revision_type(RevisionLocationType::AppSpecContent)
        .app_spec_content(content)
        .build();
    let codedeploy = aws_sdk_codedeploy::Client::new(&ready.config);
    let begun = codedeploy
        .create_deployment()
        .application_name("CodeDeploy-Tripmgmt-Demo-App")
        .deployment_group_name("deploygrp-tripmgmt-demo")
        .revision(revision)
        .send()
        .await;
    let begun = begun.expect("a deployment");
    let id = begun.deployment_id().expect("its id");
    let (item, kind) = (PreFlightItem::Quiet, Kind::DeploymentGroup);
    let [found, cause, remedy] = ready.only_wrong(item, kind, "active").await;
    assert!(found.starts_with(&format!("{id} Ready, begun ")), "{found}");
    assert!(
        cause.contains("DeploymentLimitExceededException"),
        "{cause}"
    );
    assert!(
        remedy.contains(&format!("stop-deployment --deployment-id {id}")),
        "{remedy}"
    );
}

#[tokio::test]
async fn a_transition_that_somebody_closed() {
    let ready = Ready::make().await;
    let pipelines = aws_sdk_codepipeline::Client::new(&ready.config);
    let close = pipelines
        .disable_stage_transition()
        .pipeline_name("codepipeline-tripmgmt-demo")
        .stage_name("Deploy")
        .transition_type(StageTransitionType::Inbound)
        .reason("Lunch");
    close.send().await.expect("a closed door");
    let [found, ..] = ready
        .only_wrong(PreFlightItem::Quiet, Kind::Pipeline, "transitions")
        .await;
    assert_eq!(found, "closed into Deploy");
}

#[tokio::test]
async fn a_connection_that_nobody_has_authorized() {
    let ready = Ready::make().await;
    // No operation takes an authorization back; the account's record does.
    let store = &ready.server.wired.store;
    let state = store.sandbox_account(LOCAL).await.expect("a look-up");
    let state = state.expect("an account");
    assert_eq!(state.matches("\"AVAILABLE\"").count(), 1, "the connection");
    let pending = state.replace("\"AVAILABLE\"", "\"PENDING\"");
    let now = Timestamp(ready.server.clock.load(Ordering::SeqCst));
    let saved = store.save_sandbox_account(LOCAL, &pending, now).await;
    saved.expect("another account");
    let server = ready.server.restart().await;
    let found = server.wired.panel.look_before_flight(LOCAL).await;
    for report in found.expect("a look").items {
        let is_pending = report.item == PreFlightItem::Connection;
        let expected = if is_pending {
            Outcome::NotYet
        } else {
            Outcome::Passed
        };
        assert_eq!(report.outcome(), expected, "{report:#?}");
        assert_eq!(report.evidence.contains("is PENDING"), is_pending);
    }
    let page = Browser::new(&server).get("/pre-flight").await.body;
    assert!(
        page.contains("content=\"5; url=/pre-flight\""),
        "it looks again"
    );
}

#[tokio::test]
async fn a_role_that_may_not_push() {
    let ready = Ready::make().await;
    let iam = aws_sdk_iam::Client::new(&ready.config);
    let role = "codebuild-tripmgmt-demo-service-role";
    let deny = serde_json::json!({
        "Version": "2012-10-17",
        "Statement": [{ "Effect": "Deny", "Action": "ecr:PutImage", "Resource": "*" }],
    });
    let put = iam.put_role_policy().role_name(role).policy_name("deny");
    let put = put.policy_document(deny.to_string()).send().await;
    put.expect("a policy");
    let [found, ..] = ready
        .only_wrong(PreFlightItem::Roles, Kind::BuildRole, "push")
        .await;
    assert_eq!(found, "ecr:PutImage denied");
}

#[tokio::test]
async fn what_could_not_be_looked_at_is_said_to_be_so_and_nothing_else_suffers() {
    let ready = Ready::make().await;
    let workspace = ready.server.workspace(LOCAL).await;
    for (operation, item, permission) in [
        (
            "ListDeployments",
            PreFlightItem::Quiet,
            "codedeploy:ListDeployments",
        ),
        (
            "GetPipelineState",
            PreFlightItem::Quiet,
            "codepipeline:GetPipelineState",
        ),
    ] {
        detour(&ready.server.wired, &workspace, move |passing| {
            if passing.operation == operation {
                Fate::Refuse(400, "AccessDeniedException")
            } else {
                Fate::Pass
            }
        })
        .await;
        let miss = ready.only(item, Outcome::CouldNotTell).await;
        let cause = miss.cause.unwrap_or_default();
        assert!(cause.contains(permission), "{operation}: {cause}");
    }
}
