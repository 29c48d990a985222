//! The security group of the instances. The balancer's step opens it to the balancer.

use crate::blueprint::{Expect, Field, FieldKind, Kind, Price, Resource, Setting, Step, Yield};

use super::ingress::{create_group, delete_group};

/// The group.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::EcsSecurityGroup,
    step: Step::Cluster,
    noun: "Security group",
    name: "{{ecs_security_group}}",
    needs: &[],
    optional: None,
    shared_name: false,
    minutes: 0,
    price: Price::Free,
    console: "https://{{region}}.console.aws.amazon.com/ec2/home?region={{region}}#SecurityGroups:groupName={{ecs_security_group}}",
    fields: &[Field {
        key: "name",
        label: "Security group of the instances",
        help: "Of their own, so that only the load balancer will be let in. It admits nobody yet.",
        kind: FieldKind::Fixed,
        default: "{{ecs_security_group}}",
    }],
    settings: &[Setting {
        key: "vpc",
        label: "VPC",
        expect: Expect::Is("{{vpc_id}}"),
        cause: "The group was made in another VPC than the default one.",
        remedy: "Delete the group and make it again in the default VPC, {{vpc_id}}.",
    }],
    create: |_| {
        create_group(
            "{{ecs_security_group}}",
            "ECS instances of the workshop",
            "ecs_security_group_id",
        )
    },
    repair: |_, _| Vec::new(),
    delete: || delete_group("{{ecs_security_group_id}}"),
    yields: &[Yield {
        variable: "ecs_security_group_id",
        label: "Instances' security group",
        fact: "id",
    }],
};
