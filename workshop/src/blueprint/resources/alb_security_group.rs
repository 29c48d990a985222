//! The security group of the load balancer: who may see production, and who the test.

use super::ingress::{admit_port, create_group, delete_group, source_of_port};
use crate::blueprint::{
    Call, Expect, Field, FieldKind, Inputs, Kind, Price, Resource, Setting, Step, Variables,
    Verdict, Yield,
};

const GROUP: &str = "{{alb_security_group_id}}";

/// The group.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::AlbSecurityGroup,
    step: Step::LoadBalancer,
    noun: "Security group",
    name: "{{alb_security_group}}",
    needs: &[],
    optional: None,
    shared_name: false,
    minutes: 0,
    price: Price::Free,
    console: "https://{{region}}.console.aws.amazon.com/ec2/home?region={{region}}#SecurityGroups:groupName={{alb_security_group}}",
    fields: &[
        Field {
            key: "name",
            label: "Security group of the load balancer",
            help: "“Create new” in the console.",
            kind: FieldKind::Fixed,
            default: "{{alb_security_group}}",
        },
        Field {
            key: "production",
            label: "Admit production (80) from",
            help: "Everybody: it is a public web site.",
            kind: FieldKind::Cidrs,
            default: "0.0.0.0/0",
        },
        Field {
            key: "test",
            label: "Admit the test address (8080) from",
            help: "The workshop opens it to everybody, too. Your own address would do, and who else is to look at the next version.",
            kind: FieldKind::Cidrs,
            default: "0.0.0.0/0",
        },
    ],
    settings: &[
        Setting {
            key: "vpc",
            label: "VPC",
            expect: Expect::Is("{{vpc_id}}"),
            cause: "The group was made in another VPC than the default one.",
            remedy: "Delete the group and make it again in the default VPC, {{vpc_id}}.",
        },
        Setting {
            key: "ingress",
            label: "Inbound, production",
            expect: Expect::Rule {
                words: "TCP 80 from anywhere",
                judge: |found, variables| judge(found, variables, 80),
            },
            cause: "Port 80 is closed: production would not answer in a browser.",
            remedy: "Add an inbound rule: HTTP, TCP 80, from 0.0.0.0/0.",
        },
        Setting {
            key: "test_ingress",
            label: "Inbound, test",
            expect: Expect::Rule {
                words: "TCP 8080 from anywhere",
                judge: |found, variables| judge(found, variables, 8080),
            },
            cause: "Port 8080 is closed: the replacement could not be looked at before production is rerouted to it.",
            remedy: "Add an inbound rule: Custom TCP, 8080, from 0.0.0.0/0.",
        },
    ],
    create: |inputs| {
        create_group(
            "{{alb_security_group}}",
            "Load balancer of the workshop",
            "alb_security_group_id",
        )
        .into_iter()
        .chain(production(inputs))
        .chain(test(inputs))
        .collect()
    },
    repair: |setting, inputs| match setting {
        "ingress" => production(inputs),
        "test_ingress" => test(inputs),
        _ => Vec::new(),
    },
    delete: || delete_group(GROUP),
    yields: &[Yield {
        variable: "alb_security_group_id",
        label: "Load balancer's security group",
        fact: "id",
    }],
};

fn production(inputs: &Inputs<'_>) -> Vec<Call> {
    admit_port(
        GROUP,
        80,
        &inputs.list("production"),
        "Production",
        "ingress",
    )
}

fn test(inputs: &Inputs<'_>) -> Vec<Call> {
    admit_port(GROUP, 8080, &inputs.list("test"), "Test", "test_ingress")
}

fn judge(found: &[String], _: &Variables, port: u16) -> Verdict {
    let sources: Vec<_> = found
        .iter()
        .filter_map(|rule| source_of_port(rule, port))
        .collect();
    match sources.as_slice() {
        [] => Verdict::Wrong,
        sources if sources.contains(&"0.0.0.0/0") => Verdict::Right,
        _ => Verdict::RightBut("Only some may look: others see a page that never loads."),
    }
}
