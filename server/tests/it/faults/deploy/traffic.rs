//! Faults of the deployment group: the listeners and target groups between which it deploys.

use aws_sdk_codedeploy::types::{
    LoadBalancerInfo, TargetGroupInfo, TargetGroupPairInfo, TrafficRoute,
};
use aws_sdk_elasticloadbalancingv2::types::{ProtocolEnum, TargetTypeEnum};
use workshop::blueprint::Kind::DeploymentGroup;

use crate::faults::account::Hand;
use crate::faults::fault::{Fault, wrong};

const PROD: &str = "tripmgmt-prod-tg";
const TEST: &str = "tripmgmt-test-tg";
const EDIT: &str = "target groups tripmgmt-prod-tg and tripmgmt-test-tg";

pub(super) fn faults() -> Vec<Fault> {
    vec![
        wrong(
            DeploymentGroup,
            "prod_listener",
            "the two listeners are swapped",
            [
                "arn:aws:elasticloadbalancing:*",
                "the two were swapped",
                EDIT,
            ],
            |hand| {
                Box::pin(async move {
                    let (prod, test) = hand.listeners().await;
                    hand.between([PROD, TEST], &test, Some(&prod)).await;
                })
            },
        )
        .also(&[(DeploymentGroup, "test_listener")]),
        wrong(
            DeploymentGroup,
            "test_listener",
            "no test listener was chosen",
            ["not set", "Without the listener on 8080", EDIT],
            |hand| {
                Box::pin(async move {
                    let (prod, _) = hand.listeners().await;
                    hand.between([PROD, TEST], &prod, None).await;
                })
            },
        ),
        wrong(
            DeploymentGroup,
            "target_groups",
            "one of the two target groups is another",
            [
                "tripmgmt-prod-tg, tripmgmt-other",
                "each need one of the two groups",
                EDIT,
            ],
            |hand| {
                Box::pin(async move {
                    hand.other_target_group("tripmgmt-other").await;
                    let (prod, test) = hand.listeners().await;
                    hand.between([PROD, "tripmgmt-other"], &prod, Some(&test))
                        .await;
                })
            },
        ),
    ]
}

impl Hand {
    /// The listeners of production and of the test.
    async fn listeners(&self) -> (String, String) {
        let prod = self.yielded("prod_listener_arn").await;
        (prod, self.yielded("test_listener_arn").await)
    }

    async fn between(&self, groups: [&str; 2], prod: &str, test: Option<&str>) {
        let route = |listener: &str| TrafficRoute::builder().listener_arns(listener).build();
        let groups = groups.map(|name| TargetGroupInfo::builder().name(name).build());
        let pair = TargetGroupPairInfo::builder()
            .set_target_groups(Some(groups.to_vec()))
            .prod_traffic_route(route(prod))
            .set_test_traffic_route(test.map(route));
        let balancer = LoadBalancerInfo::builder().target_group_pair_info_list(pair.build());
        self.group_with(|it| it.load_balancer_info(balancer.build()))
            .await;
    }

    async fn other_target_group(&self, name: &str) {
        let create = self.elbv2.create_target_group().name(name);
        let create = create
            .protocol(ProtocolEnum::Http)
            .port(80)
            .target_type(TargetTypeEnum::Instance)
            .vpc_id(self.variables().await.0["vpc_id"].clone());
        create.send().await.expect("a target group");
    }
}
