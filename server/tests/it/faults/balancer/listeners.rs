//! Faults of the two listeners.

use aws_sdk_elasticloadbalancingv2::types::{Action, ActionTypeEnum};
use workshop::blueprint::Kind::{ProdListener, RunningTasks, TestListener};

use crate::detour::{Fate, detour};
use crate::faults::account::Hand;
use crate::faults::fault::{Deed, Fault, wrong};

const TEST: &str = "tripmgmt-test-tg";

pub(super) fn faults() -> Vec<Fault> {
    const HTTPS: [&str; 3] = ["HTTPS", "needs a certificate", "set the protocol to HTTP"];
    const NONE: [&str; 3] = ["none", "not created yet", "in one of the three ways"];
    vec![
        wrong(
            ProdListener,
            "forwards",
            "production forwards to the test's group",
            [
                TEST,
                "served by the test's tasks",
                "forward to tripmgmt-prod-tg only",
            ],
            |hand| Box::pin(async move { hand.forward(80, TEST).await }),
        )
        // Where no listener forwards, nobody checks.
        .also(&[(RunningTasks, "healthy")]),
        wrong(
            TestListener,
            "forwards",
            "the test forwards to a group that has nothing to do with it",
            [
                "other",
                "would show production's tasks",
                "forward to tripmgmt-test-tg only",
            ],
            // To production's it may forward once the service is there, as a deployment leaves it.
            |hand| {
                Box::pin(async move {
                    hand.target_group("other").await;
                    hand.forward(8080, "other").await;
                })
            },
        ),
        wrong(
            ProdListener,
            "protocol",
            "both speak HTTPS",
            HTTPS,
            speak_https,
        )
        .also(&[(TestListener, "protocol")])
        .by_hand(),
        wrong(
            TestListener,
            "protocol",
            "both speak HTTPS",
            HTTPS,
            speak_https,
        )
        .also(&[(ProdListener, "protocol")])
        .by_hand(),
        wrong(
            ProdListener,
            "exists",
            "nobody listens on 80",
            NONE,
            |hand| Box::pin(async move { hand.stop_listening(80).await }),
        )
        .also(&[(RunningTasks, "healthy")]),
        wrong(
            TestListener,
            "exists",
            "nobody listens on 8080",
            NONE,
            |hand| Box::pin(async move { hand.stop_listening(8080).await }),
        ),
    ]
}

/// A listener for HTTPS needs a certificate, and the simulated account has no service that gives
/// one; it shall say otherwise.
fn speak_https(hand: Hand) -> Deed {
    Box::pin(async move {
        detour(&hand.wired, &hand.workspace, |passing| {
            match passing.operation.as_str() {
                "DescribeListeners" => {
                    Fate::Retell("<Protocol>HTTP</Protocol>", "<Protocol>HTTPS</Protocol>")
                }
                _ => Fate::Pass,
            }
        })
        .await;
    })
}

impl Hand {
    async fn listener_arn(&self, port: i32) -> String {
        let call = self
            .elbv2
            .describe_listeners()
            .load_balancer_arn(self.balancer_arn().await);
        let found = call.send().await.expect("the listeners");
        let listener = found
            .listeners()
            .iter()
            .find(|found| found.port() == Some(port));
        listener
            .and_then(|found| found.listener_arn())
            .expect("its ARN")
            .to_owned()
    }

    async fn forward(&self, port: i32, group: &str) {
        let action = Action::builder().r#type(ActionTypeEnum::Forward);
        let action = action
            .target_group_arn(self.target_group_arn(group).await)
            .build();
        let call = self
            .elbv2
            .modify_listener()
            .listener_arn(self.listener_arn(port).await);
        call.default_actions(action).send().await.expect("a change");
    }

    async fn stop_listening(&self, port: i32) {
        let call = self
            .elbv2
            .delete_listener()
            .listener_arn(self.listener_arn(port).await);
        call.send().await.expect("one less");
    }
}
