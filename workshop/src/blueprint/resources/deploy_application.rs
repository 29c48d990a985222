//! The CodeDeploy application: a name under which deployment groups stand.

use serde_json::json;

use crate::blueprint::{
    Call, Expect, Field, FieldKind, Kind, Price, Resource, Setting, Step, resource::tags,
};

/// The application.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::DeployApplication,
    step: Step::Deploy,
    noun: "CodeDeploy application",
    name: "{{deploy_application}}",
    needs: &[],
    optional: None,
    shared_name: false,
    minutes: 0,
    price: Price::Free,
    console: "https://{{region}}.console.aws.amazon.com/codesuite/codedeploy/applications/{{deploy_application}}?region={{region}}",
    fields: &[
        Field {
            key: "name",
            label: "Application name",
            help: "The deploy stage of step 12 names it.",
            kind: FieldKind::Fixed,
            default: "{{deploy_application}}",
        },
        Field {
            key: "platform",
            label: "Compute platform",
            help: "The console proposes none. It cannot be changed later.",
            kind: FieldKind::Choice(&[
                ("ECS", "Amazon ECS"),
                ("Server", "EC2/On-premises"),
                ("Lambda", "AWS Lambda"),
            ]),
            default: "ECS",
        },
    ],
    settings: &[Setting {
        key: "platform",
        label: "Compute platform",
        expect: Expect::Is("ECS"),
        cause: "“EC2/On-premises” or “AWS Lambda” was chosen. Such an application has no group for an ECS service.",
        remedy: "Delete the application, and make it again for Amazon ECS: the platform cannot be changed.",
    }],
    create: |inputs| {
        let params = json!({
            "applicationName": "{{deploy_application}}",
            "computePlatform": inputs.text("platform"),
            "tags": tags(),
        });
        vec![
            Call::new("deploy", "CreateApplication", params)
                .done_if(&["ApplicationAlreadyExistsException"]),
        ]
    },
    repair: |_, _| Vec::new(),
    // One that is not there is deleted already: CodeDeploy says nothing of it.
    delete: || {
        let params = json!({ "applicationName": "{{deploy_application}}" });
        vec![Call::new("deploy", "DeleteApplication", params)]
    },
    yields: &[],
};
