//! The Application Load Balancer.

use serde_json::json;

use crate::blueprint::{
    Call, Expect, Field, FieldKind, Kind, Need, Price, Resource, Setting, Step, Verdict, Yield,
    resource::tags,
};

/// The balancer.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::LoadBalancer,
    step: Step::LoadBalancer,
    noun: "Application Load Balancer",
    name: "{{balancer}}",
    needs: &[Need {
        kind: Kind::AlbSecurityGroup,
        why: "it is made inside this group",
    }],
    optional: None,
    shared_name: false,
    minutes: 3,
    // By the hour, without the capacity units that hardly count here.
    price: Price::Hourly(22_500),
    console: "https://{{region}}.console.aws.amazon.com/ec2/home?region={{region}}#LoadBalancers:search={{balancer}}",
    fields: &[
        Field {
            key: "name",
            label: "Load balancer name",
            help: "It becomes part of the address that you open in the browser.",
            kind: FieldKind::Fixed,
            default: "{{balancer}}",
        },
        Field {
            key: "scheme",
            label: "Scheme",
            help: "An internal one has private addresses only, which your browser cannot reach.",
            kind: FieldKind::Choice(&[
                ("internet-facing", "Internet-facing"),
                ("internal", "Internal"),
            ]),
            default: "internet-facing",
        },
        Field {
            key: "subnets",
            label: "Subnets",
            help: "All zones: a task in a zone that the balancer does not know gets no traffic.",
            kind: FieldKind::Fixed,
            default: "{{subnet_ids}}",
        },
    ],
    settings: &[
        Setting {
            key: "type",
            label: "Type",
            expect: Expect::Is("application"),
            cause: "A network load balancer was made; CodeDeploy's two listeners on one balancer need an application load balancer.",
            remedy: "Delete it and create an Application Load Balancer.",
        },
        Setting {
            key: "scheme",
            label: "Scheme",
            expect: Expect::Is("internet-facing"),
            cause: "“Internal” was chosen: it has no public address, and it cannot be changed later.",
            remedy: "Delete it and make it again, internet-facing.",
        },
        Setting {
            key: "zones",
            label: "Subnets",
            expect: Expect::Rule {
                words: "{{subnet_ids}}",
                judge: |found, variables| {
                    let wanted = variables.get("subnet_ids").unwrap_or_default();
                    let all = wanted
                        .split(',')
                        .all(|subnet| found.iter().any(|found| found == subnet));
                    if all { Verdict::Right } else { Verdict::Wrong }
                },
            },
            cause: "Not all zones were chosen. Instances start in each of them, and a task in a zone that the balancer does not know is never sent traffic (Target.NotInUse).",
            remedy: "Edit the balancer's subnets and choose every zone.",
        },
        Setting {
            key: "security_groups",
            label: "Security groups",
            expect: Expect::Includes(&["{{alb_security_group_id}}"]),
            cause: "The default group was left as it was; it admits nobody from outside.",
            remedy: "Edit the balancer's security groups and choose {{alb_security_group}}.",
        },
    ],
    create: |inputs| {
        let params = json!({
            "Name": "{{balancer}}",
            "Type": "application",
            "Scheme": inputs.text("scheme"),
            "Subnets": inputs.list("subnets"),
            "SecurityGroups": ["{{alb_security_group_id}}"],
            "Tags": tags(),
        });
        vec![
            Call::new("elbv2", "CreateLoadBalancer", params)
                .capture("balancer_arn", "LoadBalancers[0].LoadBalancerArn"),
        ]
    },
    repair: |setting, inputs| match setting {
        "zones" => {
            let params = json!({ "LoadBalancerArn": ARN, "Subnets": inputs.list("subnets") });
            vec![Call::new("elbv2", "SetSubnets", params).settles(&[setting])]
        }
        "security_groups" => {
            let params =
                json!({ "LoadBalancerArn": ARN, "SecurityGroups": ["{{alb_security_group_id}}"] });
            vec![Call::new("elbv2", "SetSecurityGroups", params).settles(&[setting])]
        }
        _ => Vec::new(),
    },
    delete: || {
        let delete = json!({ "LoadBalancerArn": ARN });
        vec![Call::new("elbv2", "DeleteLoadBalancer", delete)]
    },
    yields: &[
        Yield {
            variable: "balancer_arn",
            label: "Load balancer ARN",
            fact: "arn",
        },
        Yield {
            variable: "balancer_dns",
            label: "DNS name",
            fact: "dns",
        },
    ],
};

const ARN: &str = "{{balancer_arn}}";
