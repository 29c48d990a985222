//! The rule that everyone forgets: the balancer reaches the tasks on ports that Docker chooses.

use serde_json::{Value, json};

use crate::blueprint::{
    Call, Expect, Kind, Need, Price, Resource, Setting, Step, Variables, Verdict,
};

use super::ingress::{admit, contains, source_of_ports};

/// The ports that Docker gives out on an ECS-optimized image (“Dynamic port mapping” in the ECS
/// developer guide), and what is proposed.
const DYNAMIC: (u16, u16) = (32768, 60999);
const OPENED: (u16, u16) = (32768, 65535);

/// The inbound rule of the instances' group.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::InstanceIngress,
    step: Step::LoadBalancer,
    noun: "Inbound rule",
    name: "{{ecs_security_group}}",
    needs: &[
        Need {
            kind: Kind::EcsSecurityGroup,
            why: "it is a rule of this group",
        },
        Need {
            kind: Kind::AlbSecurityGroup,
            why: "it admits this group",
        },
    ],
    optional: None,
    shared_name: false,
    minutes: 0,
    price: Price::Free,
    console: "https://{{region}}.console.aws.amazon.com/ec2/home?region={{region}}#SecurityGroups:groupName={{ecs_security_group}}",
    fields: &[],
    settings: &[Setting {
        key: "ingress",
        label: "Inbound from the balancer",
        expect: Expect::Rule {
            words: "TCP 32768-65535 from {{alb_security_group_id}}",
            judge,
        },
        cause: "Tasks answer on ports that Docker chooses, from 32768 up, and the instances do not admit the balancer there: its health checks time out.",
        remedy: "Add an inbound rule to {{ecs_security_group}}: Custom TCP, 32768-65535, from {{alb_security_group_id}}.",
    }],
    create: |_| vec![admit(GROUP, rule())],
    repair: |_, _| vec![admit(GROUP, rule()).settles(&["ingress"])],
    delete: || {
        let params = json!({ "GroupId": GROUP, "IpPermissions": rule() });
        vec![
            Call::new("ec2", "RevokeSecurityGroupIngress", params)
                .done_if(&["InvalidPermission.NotFound", "InvalidGroup.NotFound"]),
        ]
    },
    yields: &[],
};

const GROUP: &str = "{{ecs_security_group_id}}";

fn rule() -> Value {
    let balancer =
        json!([{ "GroupId": "{{alb_security_group_id}}", "Description": "Load balancer" }]);
    json!([{ "IpProtocol": "tcp", "FromPort": OPENED.0, "ToPort": OPENED.1, "UserIdGroupPairs": balancer }])
}

fn judge(found: &[String], variables: &Variables) -> Verdict {
    let balancer = variables.get("alb_security_group_id").unwrap_or_default();
    let vpc = variables.get("vpc_cidr").unwrap_or_default();
    let sources: Vec<_> = found
        .iter()
        .filter_map(|rule| source_of_ports(rule, DYNAMIC.0, DYNAMIC.1))
        .collect();
    if sources.contains(&balancer) {
        Verdict::Right
    } else if sources.contains(&"0.0.0.0/0") {
        Verdict::RightBut(
            "The whole internet may reach the tasks past the balancer. The balancer's group is enough.",
        )
    } else if sources.iter().any(|source| contains(source, vpc)) {
        Verdict::RightBut("The whole VPC may reach the tasks. The balancer's group is enough.")
    } else {
        Verdict::Wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_range_has_to_be_open_to_the_balancer() {
        let mut variables = Variables::default();
        variables.set("alb_security_group_id", "sg-alb");
        variables.set("vpc_cidr", "172.31.0.0/16");
        let judge = |rule: &str| judge(&[rule.to_owned()], &variables);
        assert_eq!(judge("tcp 32768-65535 from sg-alb"), Verdict::Right);
        assert_eq!(judge("all from sg-alb"), Verdict::Right);
        assert_eq!(judge("tcp 8080 from sg-alb"), Verdict::Wrong);
        assert_eq!(judge("tcp 32768-65535 from sg-other"), Verdict::Wrong);
        for broad in ["all from 0.0.0.0/0", "tcp 1024-65535 from 172.31.0.0/16"] {
            assert!(matches!(judge(broad), Verdict::RightBut(_)), "{broad}");
        }
    }
}
