//! The log group of the tasks. AWS's policy for the execution role may write to a log group but
//! not make one, so the group is a resource of its own.

use serde_json::json;

use crate::blueprint::{
    Call, Expect, Field, FieldKind, Inputs, Kind, Price, Resource, Setting, Step, Verdict, Yield,
};

/// The group.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::LogGroup,
    step: Step::Roles,
    noun: "Log group",
    name: "{{log_group}}",
    needs: &[],
    optional: None,
    shared_name: false,
    minutes: 0,
    price: Price::Free,
    console: "https://{{region}}.console.aws.amazon.com/cloudwatch/home?region={{region}}#logsV2:log-groups",
    fields: &[
        Field {
            key: "name",
            label: "Log group name",
            help: "The task definition sends the tasks' output here. The execution role may write to it, but not create it.",
            kind: FieldKind::Fixed,
            default: "{{log_group}}",
        },
        Field {
            key: "retention",
            label: "Keep log events for (days)",
            help: "A week outlasts the workshop. Without a limit they are kept, and paid for, for ever.",
            kind: FieldKind::Choice(&[
                ("1", "1"),
                ("3", "3"),
                ("7", "7"),
                ("14", "14"),
                ("30", "30"),
                ("90", "90"),
            ]),
            default: "7",
        },
    ],
    settings: &[Setting {
        key: "retention",
        label: "Retention",
        expect: Expect::Rule {
            words: "a limit in days",
            judge: |found, _| match found {
                [days] if days.ends_with("days") || days.ends_with("day") => Verdict::Right,
                [only] if only == "never expires" => Verdict::RightBut(
                    "Events are kept, and paid for, until the group is deleted. A week is enough here.",
                ),
                _ => Verdict::Wrong,
            },
        },
        cause: "The group has a retention that the service does not report as a number of days.",
        remedy: "Set the group's retention to 7 days.",
    }],
    create: |inputs| {
        let create = json!({ "logGroupName": "{{log_group}}", "tags": { crate::blueprint::TAG_KEY: "{{workspace}}" } });
        vec![
            Call::new("logs", "CreateLogGroup", create)
                .done_if(&["ResourceAlreadyExistsException"]),
            keep_for(inputs),
        ]
    },
    repair: |setting, inputs| {
        if setting == "retention" {
            vec![keep_for(inputs)]
        } else {
            Vec::new()
        }
    },
    delete: || {
        let delete = json!({ "logGroupName": "{{log_group}}" });
        vec![Call::new("logs", "DeleteLogGroup", delete).done_if(&["ResourceNotFoundException"])]
    },
    yields: &[Yield {
        variable: "log_group_arn",
        label: "Log group ARN",
        fact: "arn",
    }],
};

fn keep_for(inputs: &Inputs<'_>) -> Call {
    let params =
        json!({ "logGroupName": "{{log_group}}", "retentionInDays": inputs.number("retention") });
    Call::new("logs", "PutRetentionPolicy", params).settles(&["retention"])
}
