//! The instances that registered with the cluster. Nobody makes them: they come by themselves
//! once an instance of the group has started, and where they do not come, one learns it here and
//! not an hour later.

use crate::blueprint::{Expect, Kind, Need, Price, Resource, Setting, Step, Verdict};

/// The instances, as ECS sees them.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::ContainerInstances,
    step: Step::Cluster,
    noun: "Container instances",
    name: "{{cluster}}",
    needs: &[
        Need {
            kind: Kind::AutoScalingGroup,
            why: "it starts the instances",
        },
        Need {
            kind: Kind::Cluster,
            why: "the instances register with it",
        },
    ],
    optional: None,
    shared_name: false,
    minutes: 3,
    price: Price::Free,
    console: "https://{{region}}.console.aws.amazon.com/ecs/v2/clusters/{{cluster}}/infrastructure?region={{region}}",
    fields: &[],
    settings: &[
        Setting {
            key: "registered",
            label: "Registered with the cluster",
            expect: Expect::Rule {
                words: "2 or more",
                judge: |found, _| match found {
                    [only] if only.parse().is_ok_and(|number: u32| number >= 2) => Verdict::Right,
                    _ => Verdict::Wrong,
                },
            },
            cause: "Instances run, and their agents did not find the cluster: the image has no agent, the user data names another cluster, or the role may not register.",
            remedy: "Mend the launch template and the role as the rows above say, then terminate the instances: the group starts new ones.",
        },
        Setting {
            key: "agents",
            label: "Agents connected",
            expect: Expect::Is("all"),
            cause: "An instance registered, and its agent has lost the connection since.",
            remedy: "Terminate that instance: the group starts another one.",
        },
    ],
    create: |_| Vec::new(),
    repair: |_, _| Vec::new(),
    delete: Vec::new,
    yields: &[],
};
