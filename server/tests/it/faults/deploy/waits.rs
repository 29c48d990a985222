//! Faults of the deployment group: how long it waits, and for what.

use aws_sdk_codedeploy::types::{
    BlueGreenDeploymentConfiguration, BlueInstanceTerminationOption, DeploymentReadyAction,
    DeploymentReadyOption, InstanceAction,
};
use workshop::blueprint::Kind::DeploymentGroup;

use crate::faults::account::Hand;
use crate::faults::fault::{Fault, warned, wrong};

const REROUTE: &str = "“Specify when to reroute traffic”, 0 days, 0 hours, 5 minutes";
const TERMINATION: &str = "Original revision termination: 0 days, 0 hours, 0 minutes";

pub(super) fn faults() -> Vec<Fault> {
    vec![
        wrong(
            DeploymentGroup,
            "reroute",
            "it reroutes at once, where the wait should be",
            [
                "CONTINUE_DEPLOYMENT",
                "there is nothing left to reroute",
                REROUTE,
            ],
            |hand| {
                Box::pin(async move {
                    hand.waiting(
                        &ready(DeploymentReadyAction::ContinueDeployment, 0),
                        &ends(0),
                    )
                    .await;
                })
            },
        ),
        wrong(
            DeploymentGroup,
            "reroute",
            "it waits for two hours",
            [
                "STOP_DEPLOYMENT after 120 minutes",
                "a forgotten deployment blocks the next one",
                REROUTE,
            ],
            |hand| Box::pin(async move { hand.waiting(&stop_after(120), &ends(0)).await }),
        ),
        warned(
            DeploymentGroup,
            "reroute",
            "it waits for half an hour",
            [
                "STOP_DEPLOYMENT after 30 minutes",
                "waits that long for you",
            ],
            |hand| Box::pin(async move { hand.waiting(&stop_after(30), &ends(0)).await }),
        ),
        wrong(
            DeploymentGroup,
            "termination",
            "the original is kept for ever",
            ["KEEP_ALIVE", "no other deployment finds room", TERMINATION],
            |hand| {
                Box::pin(async move {
                    let keep = BlueInstanceTerminationOption::builder();
                    let keep = keep.action(InstanceAction::KeepAlive).build();
                    hand.waiting(&stop_after(5), &keep).await;
                })
            },
        ),
        wrong(
            DeploymentGroup,
            "termination",
            "the original is kept for two hours",
            [
                "TERMINATE after 120 minutes",
                "no other deployment finds room",
                TERMINATION,
            ],
            |hand| Box::pin(async move { hand.waiting(&stop_after(5), &ends(120)).await }),
        ),
        warned(
            DeploymentGroup,
            "termination",
            "the original is kept for an hour",
            ["TERMINATE after 60 minutes", "going back takes seconds"],
            |hand| Box::pin(async move { hand.waiting(&stop_after(5), &ends(60)).await }),
        ),
    ]
}

fn ready(action: DeploymentReadyAction, minutes: i32) -> DeploymentReadyOption {
    let ready = DeploymentReadyOption::builder().action_on_timeout(action);
    ready.wait_time_in_minutes(minutes).build()
}

fn stop_after(minutes: i32) -> DeploymentReadyOption {
    ready(DeploymentReadyAction::StopDeployment, minutes)
}

fn ends(minutes: i32) -> BlueInstanceTerminationOption {
    let ends = BlueInstanceTerminationOption::builder().action(InstanceAction::Terminate);
    ends.termination_wait_time_in_minutes(minutes).build()
}

impl Hand {
    async fn waiting(
        &self,
        ready: &DeploymentReadyOption,
        original: &BlueInstanceTerminationOption,
    ) {
        let waits = BlueGreenDeploymentConfiguration::builder()
            .deployment_ready_option(ready.clone())
            .terminate_blue_instances_on_deployment_success(original.clone());
        self.group_with(|it| it.blue_green_deployment_configuration(waits.build()))
            .await;
    }
}
