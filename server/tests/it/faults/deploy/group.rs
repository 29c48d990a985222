//! Faults of the deployment group: what it deploys, how, and under which role.

use aws_sdk_codedeploy::operation::update_deployment_group::builders::UpdateDeploymentGroupFluentBuilder;
use aws_sdk_codedeploy::types::{
    AutoRollbackConfiguration, ComputePlatform, EcsService, TimeBasedCanary, TrafficRoutingConfig,
    TrafficRoutingType,
};
use aws_sdk_ecs::types::{DeploymentController, DeploymentControllerType, LoadBalancer};
use workshop::blueprint::Kind::DeploymentGroup;

use super::application::APPLICATION;
use crate::detour::{Fate, detour};
use crate::faults::account::Hand;
use crate::faults::fault::{Fault, warned, wrong};

const GROUP: &str = "deploygrp-tripmgmt-demo";
const CLUSTER: &str = "tripmgmt-demo-cluster";
const SERVICE: &str = "tripmgmt-demo-service";
const EDIT_SERVICE: &str = "cluster tripmgmt-demo-cluster, service tripmgmt-demo-service";

pub(super) fn faults() -> Vec<Fault> {
    let mut faults = of_what_is_deployed();
    faults.extend(of_how());
    faults
}

fn of_what_is_deployed() -> Vec<Fault> {
    vec![
        wrong(
            DeploymentGroup,
            "exists",
            "its name is a slip away",
            [
                "none, but deploygrp-tripmgmt-dmeo is there",
                "The name is a slip away",
                "again as deploygrp-tripmgmt-demo, and delete deploygrp-tripmgmt-dmeo:",
            ],
            |hand| {
                Box::pin(async move {
                    hand.group_with(|it| it.new_deployment_group_name("deploygrp-tripmgmt-dmeo"))
                        .await;
                })
            },
        ),
        wrong(
            DeploymentGroup,
            "exists",
            "it went with the application that was made again",
            [
                "none",
                "not created yet",
                "named exactly deploygrp-tripmgmt-demo.",
            ],
            |hand| {
                Box::pin(async move {
                    let codedeploy = &hand.codedeploy;
                    let delete = codedeploy
                        .delete_application()
                        .application_name(APPLICATION);
                    delete.send().await.expect("one less");
                    let create = codedeploy
                        .create_application()
                        .application_name(APPLICATION);
                    let create = create.compute_platform(ComputePlatform::Ecs).send().await;
                    create.expect("an application");
                })
            },
        ),
        wrong(
            DeploymentGroup,
            "cluster",
            "it deploys to another cluster",
            ["tripmgmt-other", "deploys to another cluster", EDIT_SERVICE],
            |hand| {
                Box::pin(async move {
                    let create = hand.ecs.create_cluster().cluster_name("tripmgmt-other");
                    create.send().await.expect("a cluster");
                    hand.service_of("tripmgmt-other", SERVICE).await;
                    hand.deploying("tripmgmt-other", SERVICE).await;
                })
            },
        ),
        wrong(
            DeploymentGroup,
            "service",
            "it deploys another service",
            ["tripmgmt-other", "deploys another service", EDIT_SERVICE],
            |hand| {
                Box::pin(async move {
                    hand.service_of(CLUSTER, "tripmgmt-other").await;
                    hand.deploying(CLUSTER, "tripmgmt-other").await;
                })
            },
        ),
    ]
}

fn of_how() -> Vec<Fault> {
    vec![
        wrong(
            DeploymentGroup,
            "role",
            "another role was chosen",
            [
                "arn:aws:iam::*",
                "Another role was chosen",
                "choose the service role ecsCodeDeployRole",
            ],
            |hand| {
                Box::pin(async move {
                    let role = hand.role_for("deploys-something", "codedeploy.amazonaws.com");
                    let role = role.await;
                    hand.group_with(|it| it.service_role_arn(role)).await;
                })
            },
        ),
        wrong(
            DeploymentGroup,
            "style",
            "it deploys in place",
            [
                "IN_PLACE, WITH_TRAFFIC_CONTROL",
                "nothing to go back to",
                "type blue/green, with a load balancer",
            ],
            |hand| {
                Box::pin(async move {
                    // CodeDeploy refuses this of an ECS group; the account shall say otherwise.
                    detour(&hand.wired, &hand.workspace, |passing| {
                        match passing.operation.as_str() {
                            "GetDeploymentGroup" => Fate::Retell("\"BLUE_GREEN\"", "\"IN_PLACE\""),
                            _ => Fate::Pass,
                        }
                    })
                    .await;
                })
            },
        )
        .by_hand(),
        wrong(
            DeploymentGroup,
            "config",
            "it shifts traffic as somebody thought fit",
            [
                "tripmgmt-slowly",
                "A configuration of somebody's own",
                "choose CodeDeployDefault.ECSAllAtOnce",
            ],
            |hand| {
                Box::pin(async move {
                    hand.config("tripmgmt-slowly").await;
                    hand.group_with(|it| it.deployment_config_name("tripmgmt-slowly"))
                        .await;
                })
            },
        ),
        warned(
            DeploymentGroup,
            "config",
            "it shifts a tenth of the traffic first",
            [
                "CodeDeployDefault.ECSCanary10Percent5Minutes",
                "visitors meet both versions",
            ],
            |hand| {
                Box::pin(async move {
                    let config = "CodeDeployDefault.ECSCanary10Percent5Minutes";
                    hand.group_with(|it| it.deployment_config_name(config))
                        .await;
                })
            },
        ),
        warned(
            DeploymentGroup,
            "rollback",
            "nothing is rolled back by itself",
            ["none", "somebody has to roll it back"],
            |hand| {
                Box::pin(async move {
                    let off = AutoRollbackConfiguration::builder().enabled(false).build();
                    hand.group_with(|it| it.auto_rollback_configuration(off))
                        .await;
                })
            },
        ),
    ]
}

impl Hand {
    /// Changes the workshop's deployment group.
    pub(super) async fn group_with(
        &self,
        change: impl FnOnce(UpdateDeploymentGroupFluentBuilder) -> UpdateDeploymentGroupFluentBuilder,
    ) {
        let update = self.codedeploy.update_deployment_group();
        let update = update.application_name(APPLICATION);
        let update = update.current_deployment_group_name(GROUP);
        change(update).send().await.expect("a change");
    }

    async fn deploying(&self, cluster: &str, service: &str) {
        let one = EcsService::builder()
            .cluster_name(cluster)
            .service_name(service);
        self.group_with(|it| it.ecs_services(one.build())).await;
    }

    /// A service without tasks that CodeDeploy may deploy.
    async fn service_of(&self, cluster: &str, name: &str) {
        let controller = DeploymentController::builder();
        let controller = controller.r#type(DeploymentControllerType::CodeDeploy);
        let create = self
            .ecs
            .create_service()
            .cluster(cluster)
            .service_name(name);
        let behind = LoadBalancer::builder()
            .target_group_arn(self.target_group_arn("tripmgmt-prod-tg").await)
            .container_name("tripmgmt-demo-container")
            .container_port(8080);
        let create = create
            .deployment_controller(controller.build().expect("a controller"))
            .load_balancers(behind.build())
            .task_definition("tripmgmt-demo-taskdef")
            .desired_count(0);
        create.send().await.expect("a service");
    }

    async fn config(&self, name: &str) {
        let canary = TimeBasedCanary::builder()
            .canary_percentage(25)
            .canary_interval(1);
        let routing = TrafficRoutingConfig::builder()
            .r#type(TrafficRoutingType::TimeBasedCanary)
            .time_based_canary(canary.build());
        let create = self.codedeploy.create_deployment_config();
        let create = create
            .deployment_config_name(name)
            .compute_platform(ComputePlatform::Ecs)
            .traffic_routing_config(routing.build());
        create.send().await.expect("a configuration");
    }
}
