//! The two listeners: production on 80, the test on 8080.

use serde_json::json;

use crate::blueprint::{
    Call, Expect, Kind, Need, Price, Resource, Setting, Step, Variables, Verdict, Yield,
    resource::tags,
};

/// Production's.
pub(super) const PROD: Resource = Resource {
    kind: Kind::ProdListener,
    name: "HTTP:80",
    needs: &[
        BALANCER,
        Need {
            kind: Kind::ProdTargetGroup,
            why: "it forwards to this group",
        },
    ],
    settings: &[
        PROTOCOL,
        Setting {
            key: "forwards",
            label: "Forwards to",
            expect: Expect::Rule {
                words: "{{prod_target_group}}",
                judge: |found, variables| judge(found, variables, "prod_target_group"),
            },
            cause: "Production would be served by the test's tasks, or by none.",
            remedy: "Edit the listener's default action and forward to {{prod_target_group}} only.",
        },
    ],
    create: |_| create(80, "{{prod_target_group_arn}}", "prod_listener_arn"),
    repair: |setting, _| {
        repair(
            setting,
            "{{prod_listener_arn}}",
            "{{prod_target_group_arn}}",
        )
    },
    delete: || delete("{{prod_listener_arn}}"),
    yields: &[Yield {
        variable: "prod_listener_arn",
        label: "Production listener ARN",
        fact: "arn",
    }],
    ..LISTENER
};

/// The test's.
pub(super) const TEST: Resource = Resource {
    kind: Kind::TestListener,
    name: "HTTP:8080",
    needs: &[
        BALANCER,
        Need {
            kind: Kind::TestTargetGroup,
            why: "it forwards to this group",
        },
    ],
    settings: &[
        PROTOCOL,
        Setting {
            key: "forwards",
            label: "Forwards to",
            expect: Expect::Rule {
                words: "{{test_target_group}}",
                judge: |found, variables| judge(found, variables, "test_target_group"),
            },
            cause: "The test address would show production's tasks, or none: nobody could look at the replacement first.",
            remedy: "Edit the listener's default action and forward to {{test_target_group}} only.",
        },
    ],
    create: |_| create(8080, "{{test_target_group_arn}}", "test_listener_arn"),
    repair: |setting, _| {
        repair(
            setting,
            "{{test_listener_arn}}",
            "{{test_target_group_arn}}",
        )
    },
    delete: || delete("{{test_listener_arn}}"),
    yields: &[Yield {
        variable: "test_listener_arn",
        label: "Test listener ARN",
        fact: "arn",
    }],
    ..LISTENER
};

const BALANCER: Need = Need {
    kind: Kind::LoadBalancer,
    why: "a listener belongs to a balancer",
};

const PROTOCOL: Setting = Setting {
    key: "protocol",
    label: "Protocol",
    expect: Expect::Is("HTTP"),
    cause: "HTTPS needs a certificate, which the workshop does without.",
    remedy: "Edit the listener and set the protocol to HTTP.",
};

const LISTENER: Resource = Resource {
    kind: Kind::ProdListener,
    step: Step::LoadBalancer,
    noun: "Listener",
    name: "",
    needs: &[],
    optional: None,
    shared_name: false,
    minutes: 0,
    price: Price::Free,
    console: "https://{{region}}.console.aws.amazon.com/ec2/home?region={{region}}#LoadBalancers:search={{balancer}}",
    fields: &[],
    settings: &[],
    create: |_| Vec::new(),
    repair: |_, _| Vec::new(),
    delete: Vec::new,
    yields: &[],
};

fn create(port: u16, group: &str, variable: &str) -> Vec<Call> {
    let params = json!({
        "LoadBalancerArn": "{{balancer_arn}}",
        "Protocol": "HTTP",
        "Port": port,
        "DefaultActions": [{ "Type": "forward", "TargetGroupArn": group }],
        "Tags": tags(),
    });
    vec![Call::new("elbv2", "CreateListener", params).capture(variable, "Listeners[0].ListenerArn")]
}

fn repair(setting: &str, listener: &str, group: &str) -> Vec<Call> {
    let change = match setting {
        "protocol" => json!({ "ListenerArn": listener, "Protocol": "HTTP" }),
        "forwards" => {
            json!({ "ListenerArn": listener, "DefaultActions": [{ "Type": "forward", "TargetGroupArn": group }] })
        }
        _ => return Vec::new(),
    };
    vec![Call::new("elbv2", "ModifyListener", change).settles(&[setting])]
}

fn delete(arn: &str) -> Vec<Call> {
    let params = json!({ "ListenerArn": arn });
    vec![Call::new("elbv2", "DeleteListener", params)]
}

/// Observed as the names of the groups that get traffic. A deployment swaps the two, and leaves
/// the listeners on whichever group has the running tasks.
fn judge(found: &[String], variables: &Variables, group: &str) -> Verdict {
    let swapped = variables.get("live_target_group").is_some_and(|live| {
        let of = |name| variables.get(name) == Some(live);
        of("test_target_group")
    });
    let own = match (group, swapped) {
        ("prod_target_group", true) => "test_target_group",
        ("test_target_group", true) => "prod_target_group",
        (group, _) => group,
    };
    match found {
        [only] if variables.get(own) == Some(only.as_str()) => Verdict::Right,
        // During a deployment, and after it, the test listener shows what production shows.
        [only]
            if group == "test_target_group"
                && variables.get("live_target_group") == Some(only.as_str()) =>
        {
            Verdict::Right
        }
        _ => Verdict::Wrong,
    }
}
