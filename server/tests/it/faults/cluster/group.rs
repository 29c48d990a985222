//! Faults of the instances' security group.

use workshop::blueprint::Kind::{AlbSecurityGroup, EcsSecurityGroup};

use crate::faults::account::Hand;
use crate::faults::fault::{Fault, wrong};

/// Both groups of steps 5 and 6 may be made in the wrong VPC.
pub(super) fn faults() -> Vec<Fault> {
    const ELSEWHERE: [&str; 3] = [
        "vpc-*",
        "another VPC than the default one",
        "make it again in the default VPC, vpc-",
    ];
    vec![
        wrong(
            EcsSecurityGroup,
            "vpc",
            "the group is in another VPC",
            ELSEWHERE,
            |hand| Box::pin(async move { hand.group_elsewhere("tripmgmt-ecs-sg").await }),
        )
        .starting_with_nothing()
        .also(&[(EcsSecurityGroup, "exists")]),
        wrong(
            AlbSecurityGroup,
            "vpc",
            "the group is in another VPC",
            ELSEWHERE,
            |hand| Box::pin(async move { hand.group_elsewhere("tripmgmt-alb-sg").await }),
        )
        .starting_with_nothing()
        .also(&[(AlbSecurityGroup, "exists")]),
    ]
}

impl Hand {
    pub(in crate::faults) async fn group_elsewhere(&self, name: &str) {
        let vpc = self
            .ec2
            .create_vpc()
            .cidr_block("10.9.0.0/16")
            .send()
            .await
            .expect("a VPC");
        let vpc = vpc.vpc.and_then(|vpc| vpc.vpc_id).expect("its id");
        let create = self
            .ec2
            .create_security_group()
            .group_name(name)
            .description("of a test")
            .vpc_id(vpc);
        create.send().await.expect("a security group");
    }
}
