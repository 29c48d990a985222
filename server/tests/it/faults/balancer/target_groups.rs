//! Faults of the two target groups.

use aws_sdk_elasticloadbalancingv2::operation::create_target_group::builders::CreateTargetGroupFluentBuilder;
use aws_sdk_elasticloadbalancingv2::operation::modify_target_group::builders::ModifyTargetGroupFluentBuilder;
use aws_sdk_elasticloadbalancingv2::types::{Matcher, ProtocolEnum, TargetTypeEnum};
use workshop::blueprint::Kind::{self, ProdTargetGroup, TestTargetGroup};

use crate::faults::account::Hand;
use crate::faults::fault::{Fault, warned, wrong};

const PROD: &str = "tripmgmt-prod-tg";
const TEST: &str = "tripmgmt-test-tg";
const AGAIN: &str = "delete it and make it again";

pub(super) fn faults() -> Vec<Fault> {
    let mut faults = made_wrongly();
    faults.extend(set_wrongly());
    faults
}

/// What cannot be changed later: the group is made so, in an account with nothing in it.
fn made_wrongly() -> Vec<Fault> {
    /// What comes right by the group's being there, but for one setting.
    const fn but(kind: Kind) -> [(Kind, &'static str); 7] {
        [
            (kind, "exists"),
            (kind, "target_type"),
            (kind, "protocol"),
            (kind, "port"),
            (kind, "vpc"),
            (kind, "path"),
            (kind, "matcher"),
        ]
    }
    /// A fault of each group, by what was found and why it is wrong.
    macro_rules! of_both {
        ($setting:literal, $what:literal, $found:literal, $cause:literal, $spoil:expr) => {{
            const PROD_ALSO: [(Kind, &str); 7] = but(ProdTargetGroup);
            const TEST_ALSO: [(Kind, &str); 7] = but(TestTargetGroup);
            [
                wrong(
                    ProdTargetGroup,
                    $setting,
                    $what,
                    [$found, $cause, AGAIN],
                    |hand| Box::pin(async move { hand.group_made(PROD, 80, $spoil).await }),
                )
                .starting_with_nothing()
                .also(without(&PROD_ALSO, $setting)),
                wrong(
                    TestTargetGroup,
                    $setting,
                    $what,
                    [$found, $cause, AGAIN],
                    |hand| Box::pin(async move { hand.group_made(TEST, 8080, $spoil).await }),
                )
                .starting_with_nothing()
                .also(without(&TEST_ALSO, $setting)),
            ]
        }};
    }
    let lists = [
        of_both!(
            "target_type",
            "targets are addresses",
            "ip",
            "cannot hold them",
            |group| { group.target_type(TargetTypeEnum::Ip) }
        ),
        of_both!(
            "protocol",
            "the protocol is HTTPS",
            "HTTPS",
            "speaks plain HTTP",
            |group| { group.protocol(ProtocolEnum::Https) }
        ),
        of_both!(
            "port",
            "the port is another",
            "3000",
            "made with another port",
            |group| { group.port(3000) }
        ),
    ];
    let mut faults: Vec<Fault> = lists.into_iter().flatten().collect();
    faults.extend(in_another_vpc());
    faults
}

fn in_another_vpc() -> Vec<Fault> {
    const CAUSE: &str = "in another VPC than the default one";
    macro_rules! of {
        ($kind:ident, $name:expr, $port:literal) => {
            wrong(
                $kind,
                "vpc",
                "it is in another VPC",
                ["vpc-*", CAUSE, AGAIN],
                |hand| {
                    Box::pin(async move {
                        let vpc = hand.ec2.create_vpc().cidr_block("10.9.0.0/16").send().await;
                        let vpc = vpc.expect("a VPC").vpc.expect("it").vpc_id.expect("its id");
                        hand.group_made($name, $port, |group| group.vpc_id(vpc))
                            .await;
                    })
                },
            )
            .starting_with_nothing()
            .also(&[
                ($kind, "exists"),
                ($kind, "target_type"),
                ($kind, "protocol"),
                ($kind, "port"),
                ($kind, "path"),
                ($kind, "matcher"),
            ])
        };
    }
    vec![
        of!(ProdTargetGroup, PROD, 80),
        of!(TestTargetGroup, TEST, 8080),
    ]
}

fn set_wrongly() -> Vec<Fault> {
    macro_rules! of {
        ($kind:ident, $name:expr) => {
            [
                wrong(
                    $kind,
                    "path",
                    "the health check asks for another page",
                    [
                        "/health",
                        "does not answer at this path",
                        "set the path to /",
                    ],
                    |hand| {
                        Box::pin(async move {
                            hand.group_changed($name, |group| group.health_check_path("/health"))
                                .await;
                        })
                    },
                ),
                wrong(
                    $kind,
                    "matcher",
                    "only a redirect counts as healthy",
                    ["301", "does not count here", "set the success codes to 200"],
                    |hand| {
                        Box::pin(async move {
                            hand.group_changed($name, |group| group.matcher(codes("301")))
                                .await;
                        })
                    },
                ),
                warned(
                    $kind,
                    "matcher",
                    "redirects count as healthy, too",
                    ["200-399", "only redirects counts as healthy"],
                    |hand| {
                        Box::pin(async move {
                            hand.group_changed($name, |group| group.matcher(codes("200-399")))
                                .await;
                        })
                    },
                ),
            ]
        };
    }
    let lists = [of!(ProdTargetGroup, PROD), of!(TestTargetGroup, TEST)];
    lists.into_iter().flatten().collect()
}

/// All but the setting itself; leaked, since a fault's list lives as long as the test.
fn without(all: &'static [(Kind, &'static str)], setting: &str) -> &'static [(Kind, &'static str)] {
    let rest: Vec<_> = all
        .iter()
        .copied()
        .filter(|(_, other)| *other != setting)
        .collect();
    rest.leak()
}

fn codes(codes: &str) -> Matcher {
    Matcher::builder().http_code(codes).build()
}

impl Hand {
    async fn group_made(
        &self,
        name: &str,
        port: i32,
        spoil: impl FnOnce(CreateTargetGroupFluentBuilder) -> CreateTargetGroupFluentBuilder,
    ) {
        let vpcs = self.ec2.describe_vpcs().send().await.expect("the VPCs");
        let default = vpcs
            .vpcs()
            .iter()
            .find(|vpc| vpc.is_default() == Some(true));
        let vpc = default
            .and_then(|vpc| vpc.vpc_id())
            .expect("the default one");
        let right = self
            .elbv2
            .create_target_group()
            .name(name)
            .protocol(ProtocolEnum::Http)
            .port(port)
            .vpc_id(vpc)
            .target_type(TargetTypeEnum::Instance)
            .health_check_path("/")
            .matcher(codes("200"));
        spoil(right).send().await.expect("a target group");
    }

    pub(in crate::faults) async fn group_changed(
        &self,
        name: &str,
        spoil: impl FnOnce(ModifyTargetGroupFluentBuilder) -> ModifyTargetGroupFluentBuilder,
    ) {
        let arn = self.target_group_arn(name).await;
        let change = self.elbv2.modify_target_group().target_group_arn(arn);
        spoil(change).send().await.expect("a change");
    }

    pub(in crate::faults) async fn target_group_arn(&self, name: &str) -> String {
        let found = self.elbv2.describe_target_groups().names(name).send().await;
        let found = found.expect("the group").target_groups.unwrap_or_default();
        found[0].target_group_arn().expect("its ARN").to_owned()
    }
}
