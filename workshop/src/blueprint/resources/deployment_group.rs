//! The deployment group: which service CodeDeploy deploys, between which target groups, and how
//! long it waits for a person.

mod calls;
mod settings;

use crate::blueprint::{Field, FieldKind, Kind, Need, Price, Resource, Step};
use settings::SETTINGS;

/// All production traffic at one go.
const CONFIG: &str = "CodeDeployDefault.ECSAllAtOnce";

/// The group.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::DeploymentGroup,
    step: Step::Deploy,
    noun: "Deployment group",
    name: "{{deployment_group}}",
    needs: &[
        Need {
            kind: Kind::DeployApplication,
            why: "it belongs to the application",
        },
        Need {
            kind: Kind::Service,
            why: "it deploys this service, and CodeDeploy refuses one that there is not",
        },
        Need {
            kind: Kind::CodeDeployRole,
            why: "CodeDeploy shifts traffic and tasks under this role",
        },
        Need {
            kind: Kind::ProdListener,
            why: "it shifts the production traffic of this listener",
        },
        Need {
            kind: Kind::TestListener,
            why: "it shifts the test traffic of this listener",
        },
    ],
    optional: None,
    shared_name: false,
    minutes: 0,
    price: Price::Free,
    console: "https://{{region}}.console.aws.amazon.com/codesuite/codedeploy/applications/{{deploy_application}}/deployment-groups/{{deployment_group}}?region={{region}}",
    fields: &[
        Field {
            key: "name",
            label: "Deployment group name",
            help: "The deploy stage of step 12 names it.",
            kind: FieldKind::Fixed,
            default: "{{deployment_group}}",
        },
        Field {
            key: "config",
            label: "Deployment configuration",
            help: "All production traffic at one go. The others shift it in parts.",
            kind: FieldKind::Choice(&[
                (CONFIG, "CodeDeployDefault.ECSAllAtOnce"),
                (
                    "CodeDeployDefault.ECSCanary10Percent5Minutes",
                    "CodeDeployDefault.ECSCanary10Percent5Minutes",
                ),
                (
                    "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
                    "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
                ),
            ]),
            default: CONFIG,
        },
        Field {
            key: "wait",
            label: "Reroute traffic after (minutes)",
            help: "So long a deployment waits for somebody to reroute the traffic. If nobody does, it stops.",
            kind: FieldKind::Number(1, 60),
            default: "5",
        },
        Field {
            key: "termination",
            label: "Original revision termination (minutes)",
            help: "0 ends the original tasks as soon as the replacement has the traffic. Until they end, going back takes seconds.",
            kind: FieldKind::Number(0, 60),
            default: "0",
        },
        Field {
            key: "rollback",
            label: "Roll back when a deployment fails",
            help: "CodeDeploy then puts the last version back by itself.",
            kind: FieldKind::Choice(&[("yes", "Enabled"), ("no", "Disabled")]),
            default: "yes",
        },
    ],
    settings: &SETTINGS,
    create: calls::create,
    repair: calls::repair,
    delete: calls::delete,
    yields: &[],
};
