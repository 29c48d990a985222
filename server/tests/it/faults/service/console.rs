//! What the console's form for the service makes beside it: a `CodeDeploy` application with a group
//! that reroutes at once.

use aws_sdk_codedeploy::types::{
    BlueGreenDeploymentConfiguration, BlueInstanceTerminationOption, ComputePlatform,
    DeploymentGroupInfo, DeploymentOption, DeploymentReadyAction, DeploymentReadyOption,
    DeploymentStyle, DeploymentType, EcsService, InstanceAction,
};
use workshop::blueprint::Kind::{DeployApplication, DeploymentGroup, Service};
use workshop::blueprint::Step;
use workshop::model::{Outcome, Provisioned};
use workshop::panel::{Panel, PanelError};

use super::make::{CLUSTER, SERVICE};
use crate::faults::account::{Finished, Hand};
use crate::faults::fault::{Fault, wrong};

const APPLICATION: &str = "AppECS-tripmgmt-demo-cluster-tripmgmt-demo-service";
const GROUP: &str = "DgpECS-tripmgmt-demo-cluster-tripmgmt-demo-service";
/// What step 11 calls them.
const OWN_APPLICATION: &str = "CodeDeploy-Tripmgmt-Demo-App";
const OWN_GROUP: &str = "deploygrp-tripmgmt-demo";

pub(super) fn faults() -> Vec<Fault> {
    vec![
        wrong(
            Service,
            "console_group",
            "the console made a deployment group of its own",
            [
                "DgpECS-tripmgmt-demo-cluster-tripmgmt-demo-service of AppECS-tripmgmt-demo-cluster-tripmgmt-demo-service",
                "step 11 would fail with ECSServiceMappingLimitExceededException",
                "Delete the CodeDeploy application AppECS-tripmgmt-demo-cluster-tripmgmt-demo-service",
            ],
            |hand| Box::pin(async move { hand.let_the_console_make_its_group().await }),
        )
        // A service has one group only, so that the workshop's cannot be there, too.
        .also(&[(DeployApplication, "exists"), (DeploymentGroup, "exists")]),
    ]
}

#[tokio::test]
async fn it_stands_in_the_way_of_step_11_until_it_is_deleted() {
    let finished = Finished::make().await;
    let hand = finished.copy("in-the-way").await;
    hand.see().await;
    hand.let_the_console_make_its_group().await;

    let panel = &hand.wired.panel;
    let refused = hand.provision(Step::Deploy).await;
    let Err(PanelError::Refused(told)) = refused else {
        panic!("{refused:?}");
    };
    assert!(told.contains("only one deployment group"), "{told}");

    let repaired = panel.repair(&hand.who(), Service, "console_group").await;
    assert_eq!(repaired, Ok(()));
    let gone = hand
        .codedeploy
        .get_application()
        .application_name(APPLICATION);
    let gone = gone
        .send()
        .await
        .expect_err("it is gone")
        .into_service_error();
    assert!(gone.is_application_does_not_exist_exception(), "{gone:?}");
    let made = hand.provision(Step::Deploy).await;
    assert!(matches!(made, Ok(Provisioned::Made { .. })), "{made:?}");
    hand.all_is_well().await;
}

#[tokio::test]
async fn it_can_be_edited_into_the_workshops_own() {
    let finished = Finished::make().await;
    let hand = finished.copy("edited").await;
    hand.see().await;
    hand.let_the_console_make_its_group().await;

    // The remedy's other way: both get the names of step 11, and then its check says the rest.
    let rename = hand.codedeploy.update_application();
    let rename = rename.application_name(APPLICATION);
    let rename = rename.new_application_name(OWN_APPLICATION).send().await;
    rename.expect("another name");
    let rename = hand.codedeploy.update_deployment_group();
    let rename = rename.application_name(OWN_APPLICATION);
    let rename = rename.current_deployment_group_name(GROUP);
    let rename = rename.new_deployment_group_name(OWN_GROUP).send().await;
    rename.expect("another name");

    let seen = hand.see_of(&[Step::Service, Step::Deploy]).await;
    assert_eq!(seen.of(Service, "console_group").outcome, Outcome::Passed);
    let reroute = seen.of(DeploymentGroup, "reroute");
    assert_eq!(reroute.outcome, Outcome::Wrong, "{reroute:#?}");
    let cause = reroute.cause.as_deref().unwrap_or_default();
    assert!(cause.contains("Reroute traffic immediately"), "{cause}");
    let panel = &hand.wired.panel;
    let repaired = panel.repair(&hand.who(), DeploymentGroup, "reroute").await;
    assert_eq!(repaired, Ok(()));
    hand.all_is_well().await;
}

impl Hand {
    /// What the form makes; the workshop's own group goes first, as a service has one only.
    async fn let_the_console_make_its_group(&self) {
        let own = self.codedeploy.get_deployment_group();
        let own = own.application_name(OWN_APPLICATION);
        let own = own.deployment_group_name(OWN_GROUP).send().await;
        let own = own.expect("the own group").deployment_group_info;
        let own = own.expect("its settings");
        let delete = self.codedeploy.delete_application();
        let delete = delete.application_name(OWN_APPLICATION).send().await;
        delete.expect("no application");
        let make = self.codedeploy.create_application();
        let make = make.application_name(APPLICATION);
        let make = make.compute_platform(ComputePlatform::Ecs).send().await;
        make.expect("the console's application");
        self.make_console_group(own).await;
    }

    /// As the workshop's, but for the waits.
    async fn make_console_group(&self, like: DeploymentGroupInfo) {
        let at_once = DeploymentReadyOption::builder()
            .action_on_timeout(DeploymentReadyAction::ContinueDeployment);
        let terminate = BlueInstanceTerminationOption::builder().action(InstanceAction::Terminate);
        let terminate = terminate.termination_wait_time_in_minutes(0);
        let waits = BlueGreenDeploymentConfiguration::builder()
            .deployment_ready_option(at_once.build())
            .terminate_blue_instances_on_deployment_success(terminate.build());
        let style = DeploymentStyle::builder()
            .deployment_type(DeploymentType::BlueGreen)
            .deployment_option(DeploymentOption::WithTrafficControl);
        let service = EcsService::builder()
            .cluster_name(CLUSTER)
            .service_name(SERVICE);
        let make = self.codedeploy.create_deployment_group();
        let make = make
            .application_name(APPLICATION)
            .deployment_group_name(GROUP)
            .set_service_role_arn(like.service_role_arn)
            .set_load_balancer_info(like.load_balancer_info)
            .set_auto_rollback_configuration(like.auto_rollback_configuration)
            .deployment_config_name("CodeDeployDefault.ECSAllAtOnce")
            .deployment_style(style.build())
            .blue_green_deployment_configuration(waits.build())
            .ecs_services(service.build());
        make.send().await.expect("the console's group");
    }
}
