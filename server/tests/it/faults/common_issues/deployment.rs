//! “CodeDeploy Deployment Fails”.

use aws_sdk_codedeploy::types::{
    LoadBalancerInfo, TargetGroupInfo, TargetGroupPairInfo, TrafficRoute,
};
use workshop::blueprint::Kind::{CodeDeployRole, DeployFiles, DeploymentGroup};

use super::{Stopped, names};
use crate::faults::account::{Finished, Hand};
use crate::faults::service::make::TEST;

const APPLICATION: &str = "CodeDeploy-Tripmgmt-Demo-App";
const GROUP: &str = "deploygrp-tripmgmt-demo";

#[tokio::test]
async fn the_group_has_other_target_groups() {
    let finished = Finished::make().await;
    let hand = finished.copy("no-group").await;
    hand.see().await;
    hand.target_group("other").await;
    hand.deploy_between(&[TEST, "other"]).await;
    let stopped = hand.release_in_vain().await;
    let code = hand.failed_deployment(&stopped).await;
    assert_eq!(code, "ELASTIC_LOAD_BALANCING_INVALID");
    let row = (DeploymentGroup, "target_groups");
    let sentence = "Original and replacement each need one of the two groups behind the listeners.";
    names(&hand.see().await, row, sentence);
}

#[tokio::test]
async fn the_appspec_names_a_container_that_there_is_not() {
    let finished = Finished::make().await;
    let hand = finished.copy("no-container").await;
    hand.see().await;
    hand.replace_in("appspec.yaml", "tripmgmt-demo-container", "tripmgmt");
    let stopped = hand.release_in_vain().await;
    let code = hand.failed_deployment(&stopped).await;
    assert_eq!(code, "ECS_UPDATE_ERROR");
    let row = (DeployFiles, "appspec_container");
    let sentence = "a container that the task definition does not have; the deployment fails";
    names(&hand.see().await, row, sentence);
}

#[tokio::test]
async fn the_task_definition_is_no_json() {
    let finished = Finished::make().await;
    let hand = finished.copy("no-json").await;
    hand.see().await;
    hand.replace_in("taskdef.json", "\"family\":", "\"family\"");
    let stopped = hand.release_in_vain().await;
    assert_eq!(stopped.stage, "Deploy", "{}", stopped.words);
    assert!(
        stopped.words.contains("not valid JSON"),
        "{}",
        stopped.words
    );
    let row = (DeployFiles, "taskdef");
    let sentence = "a comma or quote in it is. CodePipeline reads it before it deploys.";
    names(&hand.see().await, row, sentence);
}

#[tokio::test]
async fn codedeploys_role_lacks_a_permission() {
    let finished = Finished::make().await;
    let hand = finished.copy("no-role").await;
    hand.see().await;
    let policy = "AWSCodeDeployRoleForECS";
    hand.detach("ecsCodeDeployRole", policy).await;
    let stopped = hand.release_in_vain().await;
    let code = hand.failed_deployment(&stopped).await;
    assert_eq!(code, "IAM_ROLE_PERMISSIONS");
    let row = (CodeDeployRole, "policies");
    let seen = hand.see().await;
    names(&seen, row, "a deployment fails with IAM_ROLE_PERMISSIONS");
    let remedy = seen.of(row.0, row.1).remedy.clone();
    assert!(remedy.unwrap_or_default().contains(policy));
}

impl Hand {
    /// The code of the error with which the deployment failed.
    async fn failed_deployment(&self, stopped: &Stopped) -> String {
        assert_eq!(stopped.stage, "Deploy", "{}", stopped.words);
        let id = stopped.external.as_deref().expect("a deployment");
        let deployment = self.codedeploy.get_deployment().deployment_id(id);
        let deployment = deployment.send().await.expect("the deployment");
        let deployment = deployment.deployment_info().expect("the deployment");
        let error = deployment.error_information();
        let code = error.and_then(|error| error.code());
        code.unwrap_or_else(|| panic!("no error: {deployment:#?}"))
            .as_str()
            .to_owned()
    }

    /// Sets the deployment group to these target groups; the listeners stay.
    async fn deploy_between(&self, groups: &[&str]) {
        let groups = groups
            .iter()
            .map(|&name| TargetGroupInfo::builder().name(name).build());
        let route = |arn: String| TrafficRoute::builder().listener_arns(arn).build();
        let pair = TargetGroupPairInfo::builder()
            .set_target_groups(Some(groups.collect()))
            .prod_traffic_route(route(self.yielded("prod_listener_arn").await))
            .test_traffic_route(route(self.yielded("test_listener_arn").await));
        let balancer = LoadBalancerInfo::builder().target_group_pair_info_list(pair.build());
        let update = self.codedeploy.update_deployment_group();
        let update = update.application_name(APPLICATION);
        let update = update.current_deployment_group_name(GROUP);
        let update = update.load_balancer_info(balancer.build()).send().await;
        update.expect("a change");
    }
}
