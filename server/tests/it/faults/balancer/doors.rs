//! Faults of the balancer and of the rules that let people and the balancer in.

use aws_sdk_ec2::types::{IpPermission, IpRange, UserIdGroupPair};
use aws_sdk_elasticloadbalancingv2::types::LoadBalancerSchemeEnum;
use workshop::blueprint::Kind::{AlbSecurityGroup, InstanceIngress, LoadBalancer, RunningTasks};

use crate::detour::{Fate, detour};
use crate::faults::account::Hand;
use crate::faults::fault::{Fault, warned, wrong};

const BALANCER: &str = "tripmgmt-demo-alb";
const ALB: &str = "tripmgmt-alb-sg";
const INSTANCES: &str = "tripmgmt-ecs-sg";

pub(super) fn faults() -> Vec<Fault> {
    let mut faults = rules();
    faults.extend(ingress());
    faults.extend(balancer());
    faults
}

fn rules() -> Vec<Fault> {
    vec![
        wrong(
            AlbSecurityGroup,
            "ingress",
            "port 80 is closed",
            [
                "tcp 8080 from 0.0.0.0/0",
                "Port 80 is closed",
                "HTTP, TCP 80, from 0.0.0.0/0",
            ],
            |hand| Box::pin(async move { hand.shut(ALB, &cidr(80, "0.0.0.0/0")).await }),
        ),
        warned(
            AlbSecurityGroup,
            "ingress",
            "production is open to one address",
            ["tcp *", "Only some may look"],
            |hand| {
                Box::pin(async move {
                    hand.shut(ALB, &cidr(80, "0.0.0.0/0")).await;
                    hand.admit(ALB, cidr(80, "203.0.113.7/32")).await;
                })
            },
        ),
        wrong(
            AlbSecurityGroup,
            "test_ingress",
            "port 8080 is closed",
            [
                "tcp 80 from 0.0.0.0/0",
                "Port 8080 is closed",
                "Custom TCP, 8080, from 0.0.0.0/0",
            ],
            |hand| Box::pin(async move { hand.shut(ALB, &cidr(8080, "0.0.0.0/0")).await }),
        ),
    ]
}

fn ingress() -> Vec<Fault> {
    const REMEDY: &str = "Custom TCP, 32768-65535, from sg-";
    vec![
        wrong(
            InstanceIngress,
            "ingress",
            "the instances admit the balancer on 8080 only",
            ["tcp 8080 from sg-*", "ports that Docker chooses", REMEDY],
            |hand| {
                Box::pin(async move {
                    hand.forget_the_balancer().await;
                    hand.admit_balancer(8080, 8080).await;
                })
            },
        ),
        warned(
            InstanceIngress,
            "ingress",
            "the instances admit the whole VPC",
            ["tcp 1024-65535 from 172.31.0.0/16", "The whole VPC"],
            |hand| {
                Box::pin(async move {
                    hand.forget_the_balancer().await;
                    let range = IpRange::builder().cidr_ip("172.31.0.0/16").build();
                    hand.admit(INSTANCES, ports(1024, 65535).ip_ranges(range).build())
                        .await;
                })
            },
        ),
        wrong(
            InstanceIngress,
            "exists",
            "the rule was forgotten",
            ["none", "not created yet", "in one of the three ways"],
            |hand| Box::pin(async move { hand.forget_the_balancer().await }),
        ),
    ]
}

fn balancer() -> Vec<Fault> {
    vec![
        wrong(
            LoadBalancer,
            "type",
            "a network load balancer was made",
            [
                "network",
                "network load balancer was made",
                "create an Application Load Balancer",
            ],
            |hand| {
                Box::pin(async move {
                    // The simulated account makes application load balancers only; it shall say
                    // otherwise.
                    detour(&hand.wired, &hand.workspace, |passing| {
                        match passing.operation.as_str() {
                            "DescribeLoadBalancers" => {
                                Fate::Retell("<Type>application<", "<Type>network<")
                            }
                            _ => Fate::Pass,
                        }
                    })
                    .await;
                })
            },
        ),
        wrong(
            LoadBalancer,
            "scheme",
            "it is internal",
            [
                "internal",
                "no public address",
                "make it again, internet-facing",
            ],
            |hand| Box::pin(async move { hand.internal_balancer().await }),
        )
        .starting_with_nothing()
        .also(&[
            (LoadBalancer, "exists"),
            (LoadBalancer, "type"),
            (LoadBalancer, "zones"),
            (LoadBalancer, "security_groups"),
        ]),
        wrong(
            LoadBalancer,
            "zones",
            "one zone was left out",
            ["subnet-*", "Not all zones", "choose every zone"],
            |hand| Box::pin(async move { hand.two_zones().await }),
        )
        // A task runs in that zone.
        .also(&[(RunningTasks, "healthy")]),
        wrong(
            LoadBalancer,
            "security_groups",
            "the default group was left as it was",
            [
                "sg-*",
                "admits nobody from outside",
                "choose tripmgmt-alb-sg",
            ],
            |hand| Box::pin(async move { hand.default_group().await }),
        ),
    ]
}

fn ports(low: i32, high: i32) -> aws_sdk_ec2::types::builders::IpPermissionBuilder {
    IpPermission::builder()
        .ip_protocol("tcp")
        .from_port(low)
        .to_port(high)
}

fn cidr(port: i32, range: &str) -> IpPermission {
    ports(port, port)
        .ip_ranges(IpRange::builder().cidr_ip(range).build())
        .build()
}

impl Hand {
    async fn admit(&self, group: &str, rule: IpPermission) {
        let call = self.ec2.authorize_security_group_ingress();
        let call = call
            .group_id(self.group_id(group).await)
            .ip_permissions(rule);
        call.send().await.expect("a rule");
    }

    async fn shut(&self, group: &str, rule: &IpPermission) {
        let call = self.ec2.revoke_security_group_ingress();
        let call = call
            .group_id(self.group_id(group).await)
            .ip_permissions(rule.clone());
        call.send().await.expect("a rule less");
    }

    async fn admit_balancer(&self, low: i32, high: i32) {
        let pair = UserIdGroupPair::builder()
            .group_id(self.group_id(ALB).await)
            .build();
        self.admit(
            INSTANCES,
            ports(low, high).user_id_group_pairs(pair).build(),
        )
        .await;
    }

    /// Takes away the rule that lets the balancer reach the tasks.
    pub(in crate::faults) async fn forget_the_balancer(&self) {
        let pair = UserIdGroupPair::builder()
            .group_id(self.group_id(ALB).await)
            .build();
        self.shut(
            INSTANCES,
            &ports(32768, 65535).user_id_group_pairs(pair).build(),
        )
        .await;
    }

    async fn subnets(&self) -> Vec<String> {
        let subnets = self
            .ec2
            .describe_subnets()
            .send()
            .await
            .expect("the subnets");
        let subnets = subnets.subnets.unwrap_or_default();
        subnets
            .into_iter()
            .filter_map(|subnet| subnet.subnet_id)
            .collect()
    }

    async fn internal_balancer(&self) {
        let call = self.elbv2.create_load_balancer().name(BALANCER);
        let call = call.scheme(LoadBalancerSchemeEnum::Internal);
        let call = call.set_subnets(Some(self.subnets().await));
        call.send().await.expect("a balancer");
        self.wait();
    }

    pub(super) async fn balancer_arn(&self) -> String {
        let found = self
            .elbv2
            .describe_load_balancers()
            .names(BALANCER)
            .send()
            .await;
        let found = found
            .expect("the balancer")
            .load_balancers
            .unwrap_or_default();
        found[0].load_balancer_arn().expect("its ARN").to_owned()
    }

    async fn two_zones(&self) {
        // The zone of an instance, so that its tasks lose their visitors.
        let instances = self.ec2.describe_instances().send().await;
        let instances = instances.expect("the instances");
        let taken = instances
            .reservations()
            .iter()
            .flat_map(aws_sdk_ec2::types::Reservation::instances)
            .find_map(aws_sdk_ec2::types::Instance::subnet_id)
            .expect("an instance");
        let mut subnets = self.subnets().await;
        subnets.retain(|subnet| subnet != taken);
        let call = self
            .elbv2
            .set_subnets()
            .load_balancer_arn(self.balancer_arn().await);
        call.set_subnets(Some(subnets))
            .send()
            .await
            .expect("its subnets");
    }

    async fn default_group(&self) {
        let group = self.group_id("default").await;
        let call = self
            .elbv2
            .set_security_groups()
            .load_balancer_arn(self.balancer_arn().await);
        call.security_groups(group)
            .send()
            .await
            .expect("its groups");
    }
}
